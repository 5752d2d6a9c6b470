package translate

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate/expr"
)

// Result is a translated structure.
type Result struct {
	// Database is the source in the target's terms, and everything of the target that the source's engine cannot say.
	Database *schema.Database
	// Origins are the source's keys of the tables.
	Origins map[schema.Key]schema.Key
	// Notes are sorted by the key of what they are about.
	Notes []Note
}

// Between tells whether databases of these dialects have to be translated to be compared.
func Between(source, target string) bool { return source != target }

// Database says what the source is in the target's terms. scope is the target's schema that the source is held against, ""
// for the one that people use when they name none. Neither of the two is changed.
func Database(source, target *schema.Database, scope string, rules Rules) Result {
	tr := &translation{
		from: dialectOf(source), to: dialectOf(target), source: source, target: target, rules: rules,
		out: target.Empty(), scope: scope,
		tables: map[schema.Key]schema.Key{}, columns: map[schema.Key]map[string]string{}, enums: map[schema.Key][]string{},
		soft: map[schema.Key]softness{}, left: map[schema.Key]bool{}, missing: map[schema.Key]bool{}, nameless: map[schema.Object]bool{}, infos: map[schema.Key]map[string]expr.ColumnInfo{},
		prefixed: map[string]string{}, promises: map[*schema.Constraint]expr.Promise{},
	}
	tr.out.Notices = slices.Clone(source.Notices)
	tr.out.Unseen = nil
	tr.chooseScope()
	tr.nameTables()
	tr.findKeyed()
	tr.findTouched()
	for _, o := range source.Objects() {
		if t, ok := o.(*schema.Table); ok {
			if key, chosen := tr.tables[t.Key()]; chosen {
				tr.table(t, key)
			}
		}
	}
	for _, o := range source.Objects() {
		switch o := o.(type) {
		case *schema.Table:
		case *schema.ForeignKey:
			tr.foreignKey(o)
		default:
			tr.leaveOut(o)
		}
	}
	tr.shape()
	tr.touch()
	tr.keep()
	a := aligner{d: tr.to, wanted: tr.out, actual: target, soft: tr.soft, left: tr.left, nameless: tr.nameless, comments: tr.from.comments(), fits: tr.fits, keeps: tr.keeps, dispensable: tr.dispensable, prefixed: tr.prefixed, shortens: tr.to.mysql() && !tr.from.mysql(), given: tr.given, standsFor: tr.standsFor}
	tr.out = a.align()
	tr.alikeWhatStands()
	out := tr.freeNames(tr.out)
	connect(tr.to, out)
	slices.SortStableFunc(tr.notes, func(x, y Note) int { return x.Key.Compare(y.Key) })
	origins := map[schema.Key]schema.Key{}
	for from, to := range tr.tables {
		origins[to] = from
	}
	return Result{Database: out, Origins: origins, Notes: tr.notes}
}

type translation struct {
	from, to       dialect
	source, target *schema.Database
	out            *schema.Database
	rules          Rules
	scope          string // the target's schema; "" in MySQL and SQLite
	notes          []Note
	// tables and columns are the source's names in the target.
	tables   map[schema.Key]schema.Key
	columns  map[schema.Key]map[string]string // by the source's table
	keyed    map[schema.Key]bool              // columns of the source that stand in a key or foreign key
	enums    map[schema.Key][]string          // the types of the target that columns want
	soft     map[schema.Key]softness          // by column of the target
	infos    map[schema.Key]map[string]expr.ColumnInfo
	missing  map[schema.Key]bool    // columns of the source that could not be translated
	nameless map[schema.Object]bool // what has no name in the source and was given one
	left     map[schema.Key]bool    // keys of the target that were left out
	prefixed map[string]string      // see aligner
	acted    map[schema.Key]bool    // columns of the source that foreign keys set
	touches  map[schema.Key]bool    // columns of the source that triggers do ON UPDATE for, and these triggers
	spent    map[schema.Key]bool    // such triggers of the target that are not wanted any more
	promises map[*schema.Constraint]expr.Promise
	refers   map[*schema.Database]map[schema.Key][]schema.Key
}

// softness is what the source leaves open about a column.
type softness struct {
	counter bool // whether it counts by itself
	ruled   bool // a rule decides about its type: nothing else will do
	enum    bool // its labels are known, from a check if from nothing else
	source  *schema.Column
}

func (tr *translation) note(n Note) { tr.notes = append(tr.notes, n) }

// about adds notes on an object.
func (tr *translation) about(key, source schema.Key, notes ...Note) {
	for _, n := range notes {
		n.Key, n.Source = key, source
		if n.Code == IndexLeftOut {
			tr.left[key] = true
		}
		tr.note(n)
	}
}

// chooseScope finds the schema of the target that is compared.
func (tr *translation) chooseScope() {
	if !tr.to.postgres() {
		tr.scope = ""
		return
	}
	if tr.scope == "" {
		tr.scope = "public"
		var names []string
		for _, o := range tr.target.Objects() {
			if k := o.Key(); k.Kind == schema.KindSchema {
				names = append(names, k.Name)
			}
		}
		if len(names) == 1 {
			tr.scope = names[0]
		}
	}
	key := schema.Key{Kind: schema.KindSchema, Name: tr.scope}
	if tr.target.Get(key) == nil {
		tr.out.Put(&schema.Scripted{Kind: schema.KindSchema, Name: tr.scope, Definition: "CREATE SCHEMA " + quoteName(tr.scope, '"')})
	}
}

// quoteName quotes an identifier.
func quoteName(name string, q byte) string {
	s := string(q)
	return s + strings.ReplaceAll(name, s, s+s) + s
}

// nameTables gives every table of the source its name in the target, and every column. What stands there under a name that
// differs in case only keeps it.
func (tr *translation) nameTables() {
	taken := map[string]schema.Key{}
	there := tr.targetTables()
	for _, o := range tr.source.Objects() {
		t, ok := o.(*schema.Table)
		if !ok || !tr.wanted(t) {
			continue
		}
		name := tr.to.fit(t.Name)
		if tr.target.Table(tr.scope, name) == nil && len(there[strings.ToLower(name)]) == 1 {
			name = there[strings.ToLower(name)][0]
		}
		key := schema.Key{Kind: schema.KindTable, Schema: tr.scope, Name: name}
		folded := name
		if tr.to.foldsTables() {
			folded = strings.ToLower(name)
		}
		if other, dup := taken[folded]; dup {
			tr.about(key, t.Key(), Note{Code: NameTaken, Severity: Blocked, Args: []string{t.Key().String(), other.String()}})
			continue
		}
		taken[folded] = t.Key()
		tr.tables[t.Key()] = key
		if name != t.Name {
			tr.about(key, t.Key(), Note{Code: NameChanged, Severity: Info, Args: []string{t.Name}})
		}
		tr.nameColumns(t, key)
	}
}

// targetTables are the names of the target's tables, by their name in lower case.
func (tr *translation) targetTables() map[string][]string {
	names := map[string][]string{}
	for _, o := range tr.target.Objects() {
		if t, ok := o.(*schema.Table); ok && t.Schema == tr.scope {
			names[strings.ToLower(t.Name)] = append(names[strings.ToLower(t.Name)], t.Name)
		}
	}
	return names
}

// wanted leaves out tables that are parts of others.
func (tr *translation) wanted(t *schema.Table) bool {
	if t.PartitionOf.IsZero() {
		return true
	}
	tr.about(schema.Key{Kind: schema.KindTable, Schema: tr.scope, Name: t.Name}, t.Key(), Note{Code: KindLeftOut, Severity: Info, Args: []string{"partition"}})
	return false
}

func (tr *translation) nameColumns(t *schema.Table, key schema.Key) {
	names, taken := map[string]string{}, map[string]bool{}
	exact, there := map[string]bool{}, map[string]string{}
	if x := tr.target.Table(key.Schema, key.Name); x != nil {
		for _, c := range x.Columns {
			exact[c.Name] = true
			there[strings.ToLower(c.Name)] = c.Name
		}
	}
	own := map[string]bool{} // names that the source's own columns take
	for _, c := range t.Columns {
		own[tr.to.fit(c.Name)] = true
	}
	for _, c := range t.Columns {
		name := tr.to.fit(c.Name)
		if was, ok := there[strings.ToLower(name)]; ok && !exact[name] && !own[was] {
			name = was
		}
		folded := name
		if tr.to.foldsColumns() {
			folded = strings.ToLower(name)
		}
		if taken[folded] {
			name = shortened(c.Name, func(s string) bool { return len(s) <= postgresName })
			folded = strings.ToLower(name)
		}
		taken[folded] = true
		names[c.Name] = name
		if name != c.Name && !strings.EqualFold(name, c.Name) {
			tr.about(columnKey(key, name), c.Key(), Note{Code: NameChanged, Severity: Info, Args: []string{c.Name}})
		}
	}
	tr.columns[t.Key()] = names
}

func columnKey(table schema.Key, name string) schema.Key {
	return schema.Key{Kind: schema.KindColumn, Schema: table.Schema, Owner: table.Name, Name: name}
}

// findKeyed finds the columns that stand in keys, which some engines want to know the length of.
func (tr *translation) findKeyed() {
	tr.keyed = map[schema.Key]bool{}
	mark := func(table schema.Key, columns ...string) {
		for _, c := range columns {
			tr.keyed[columnKey(table, c)] = true
		}
	}
	for _, o := range tr.source.Objects() {
		switch o := o.(type) {
		case *schema.Table:
			for _, k := range keysOf(o, tr.from) {
				for _, p := range k.parts {
					if p.Column != "" && p.Length == 0 && (k.unique || k.primary) {
						mark(o.Key(), p.Column)
					}
				}
			}
		case *schema.ForeignKey:
			mark(schema.Key{Kind: schema.KindTable, Schema: o.Schema, Name: o.Table}, o.Columns...)
			mark(o.RefKey(), o.RefColumns...)
		}
	}
}

// leaveOut notes an object of a kind that is not translated.
func (tr *translation) leaveOut(o schema.Object) {
	k := o.Key()
	if tr.touches[k] {
		return
	}
	switch x := o.(type) {
	case *schema.Enum, *schema.Domain: // they come with the columns
		return
	case *schema.Sequence:
		if !x.OwnedBy.IsZero() {
			return
		}
	case *schema.Scripted:
		if x.Kind == schema.KindSchema || x.Kind == schema.KindExtension {
			return
		}
	}
	target := k
	target.Schema = tr.scope
	if table, ok := tr.tables[schema.Key{Kind: schema.KindTable, Schema: k.Schema, Name: k.Owner}]; ok {
		target.Owner = table.Name
	}
	tr.about(target, k, Note{Code: KindLeftOut, Severity: Lossy, Args: []string{string(k.Kind)}})
}
