package translate

import (
	"cmp"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// table translates a table with its parts and puts it into the result.
func (tr *translation) table(src *schema.Table, at schema.Key) {
	dst := &schema.Table{Schema: at.Schema, Name: at.Name}
	tr.tableFacts(src, dst)
	for _, c := range src.Columns {
		if col := tr.column(src, dst, c); col != nil {
			dst.Columns = append(dst.Columns, col)
		}
	}
	if len(dst.Columns) == 0 && !tr.to.postgres() {
		tr.about(at, src.Key(), Note{Code: NoColumns, Severity: Blocked})
		delete(tr.tables, src.Key())
		return
	}
	for _, k := range keysOf(src, tr.from) {
		tr.key(src, dst, k)
	}
	for _, c := range src.Constraints {
		switch c.Kind {
		case schema.KindCheck:
			tr.check(src, dst, c)
		case schema.KindExclusion:
			tr.about(dst.Key(), c.Key(), Note{Code: IndexLeftOut, Severity: Blocked, Args: []string{c.Name, "exclusion"}})
		}
	}
	tr.columnChecks(src, dst)
	tr.out.Put(dst.WithParts(dst.Parts()))
}

// tableFacts takes over what a table has of itself.
func (tr *translation) tableFacts(src, dst *schema.Table) {
	key := dst.Key()
	if tr.to.comments() {
		dst.Comment = src.Comment
	} else if n := countComments(src); n > 0 {
		tr.about(key, src.Key(), Note{Code: CommentLost, Severity: Info, Args: []string{decimal(n)}})
	}
	if src.PartitionBy != "" {
		tr.about(key, src.Key(), Note{Code: PartitionLeft, Severity: Lossy, Args: []string{src.PartitionBy}})
	}
	if len(src.Inherits) > 0 {
		tr.about(key, src.Key(), Note{Code: InheritanceLeft, Severity: Lossy})
	}
	for _, u := range src.Unmodelled {
		tr.about(key, src.Key(), Note{Code: Unmodelled, Severity: Blocked, Args: []string{u}})
	}
	if tr.to.mysql() {
		collation := cmp.Or(tr.target.Collation, "utf8mb4_general_ci")
		dst.Attrs.Set("engine", "InnoDB", schema.ClassStructure)
		dst.Attrs.Set("charset", cmp.Or(tr.target.Charset, "utf8mb4"), schema.ClassCollation)
		dst.Attrs.Set("collation", collation, schema.ClassCollation)
	}
}

func countComments(t *schema.Table) int {
	n := 0
	for _, o := range append(t.Parts(), schema.Object(t)) {
		if o.Extra().Comment != "" {
			n++
		}
	}
	return n
}

// key translates a primary key, a unique constraint or an index.
func (tr *translation) key(src, dst *schema.Table, k key) {
	at := k.source
	at.Schema, at.Owner = dst.Schema, dst.Name
	parts, why := tr.parts(src, dst, &k)
	if why != "" {
		tr.about(at, k.source, Note{Code: IndexLeftOut, Severity: leftOutSeverity(k), Args: []string{why}})
		return
	}
	if len(k.include) > 0 {
		if include := tr.newNames(src, k.include); tr.to.postgres() {
			k.include = include
		} else {
			tr.about(at, k.source, Note{Code: IncludeLost, Severity: Info, Args: include})
			k.include = nil
		}
	}
	if k.nullsNotDistinct && !tr.to.postgres() {
		tr.about(at, k.source, Note{Code: NullsEqual, Severity: Lossy})
	}
	if k.deferrable {
		tr.about(at, k.source, Note{Code: DeferrableLost, Severity: Lossy})
	}
	if k.invisible {
		tr.about(at, k.source, Note{Code: InvisibleLost, Severity: Info})
	}
	if !tr.predicate(src, &k, at) {
		return
	}
	tr.caseOfKeys(src, k, at)
	base := schema.Base{}
	if tr.to.comments() {
		base.Comment = k.comment
	}
	if k.primary && (tr.to.postgres() || tr.to.sqlite() && tr.countsBy(src, k)) {
		parts = slices.Clone(parts)
		for i := range parts {
			parts[i].Desc = false // PostgreSQL's keys have no direction, SQLite counts in one only
		}
	}
	switch {
	case k.primary:
		dst.Constraints = append(dst.Constraints, &schema.Constraint{
			Kind: schema.KindPrimaryKey, Schema: dst.Schema, Table: dst.Name, Name: tr.primaryKeyName(dst, k), Columns: parts, Base: tr.unnamed(base, k),
		})
	case tr.asConstraint(k, parts, dst.Constraints):
		dst.Constraints = append(dst.Constraints, &schema.Constraint{
			Kind: schema.KindUnique, Schema: dst.Schema, Table: dst.Name, Columns: parts, Include: k.include,
			Name: tr.keyName(dst, k, parts, "key"), NullsNotDistinct: k.nullsNotDistinct && tr.to.postgres(), Base: base,
		})
	default:
		dst.Indexes = append(dst.Indexes, &schema.Index{
			Schema: dst.Schema, Table: dst.Name, Name: tr.keyName(dst, k, parts, "idx"), Unique: k.unique, Method: k.method, Columns: parts, Include: k.include,
			Predicate: k.predicate, NullsNotDistinct: k.nullsNotDistinct && tr.to.postgres(), Base: base,
		})
	}
}

// countsBy tells that a key is all of a column that counts.
func (tr *translation) countsBy(src *schema.Table, k key) bool {
	if len(k.parts) != 1 {
		return false
	}
	c := src.Column(k.parts[0].Column)
	return c != nil && counterOf(src, c, tr.from, tr.source).on
}

// leftOutSeverity: an index less makes queries slow, a unique key less lets in what was not to be.
func leftOutSeverity(k key) Severity {
	if k.unique {
		return Blocked
	}
	return Lossy
}

// asConstraint tells whether a unique key becomes a constraint rather than an index: where the target knows the difference
// and the source says that it is one.
func (tr *translation) asConstraint(k key, parts []schema.IndexPart, done []*schema.Constraint) bool {
	plainParts := !slices.ContainsFunc(parts, func(p schema.IndexPart) bool { return p.Column == "" || p.Desc })
	if tr.to.postgres() && !k.primary && slices.ContainsFunc(done, func(c *schema.Constraint) bool { return slices.Equal(c.Columns, parts) }) {
		return false // PostgreSQL would make one of the two
	}
	return k.unique && k.constraint && k.predicate == "" && plainParts && !tr.to.mysql() && (tr.to.postgres() || tr.from.postgres() || k.name == "")
}

func (tr *translation) primaryKeyName(t *schema.Table, k key) string {
	switch {
	case tr.to.mysql():
		return "PRIMARY"
	case tr.to.sqlite() && tr.unnamedPrimaryKey(k):
		return "PRIMARY"
	case k.name == "":
		return tr.to.fit(madeName(t.Name, nil, "pkey"))
	}
	return tr.to.fit(k.name)
}

// unnamedPrimaryKey: a primary key's name says nothing that a person chose when it is the one that PostgreSQL makes.
func (tr *translation) unnamedPrimaryKey(k key) bool {
	return k.name == "" || k.name == madeName(k.source.Owner, nil, "pkey")
}

// unnamed marks what has no name in SQLite.
func (tr *translation) unnamed(base schema.Base, k key) schema.Base {
	if tr.to.sqlite() && tr.unnamedPrimaryKey(k) {
		base.Attrs.Set("unnamed", "yes", schema.ClassName)
	}
	return base
}

func (tr *translation) keyName(t *schema.Table, k key, parts []schema.IndexPart, word string) string {
	if k.name != "" {
		return tr.to.fit(k.name)
	}
	made := madeName(t.Name, columnsOf(parts), word)
	name := tr.to.fit(made)
	taken := func(o key) bool { return strings.EqualFold(o.name, name) }
	for n := 1; slices.ContainsFunc(keysOf(t, tr.to), taken); n++ {
		name = tr.to.fit(made + decimal(n))
	}
	return name
}

// newNames are the columns' names in the target.
func (tr *translation) newNames(src *schema.Table, columns []string) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = cmp.Or(tr.columns[src.Key()][c], c)
	}
	return out
}

// caseOfKeys notes that what is unique depends on collations, which engines do not share.
func (tr *translation) caseOfKeys(src *schema.Table, k key, at schema.Key) {
	if !k.unique {
		return
	}
	for _, p := range k.parts {
		c := src.Column(p.Column)
		if c == nil || !tr.from.read(c.Type, tr.source).textual() {
			continue
		}
		switch {
		case tr.from.mysql() && insensitive(c.Collation):
			tr.about(at, k.source, Note{Code: CaseMatters, Severity: Lossy, Args: []string{c.Collation}})
			return
		case !tr.to.mysql() && cmp.Or(p.Collation, c.Collation) == "NOCASE":
			tr.about(at, k.source, Note{Code: CaseMatters, Severity: Lossy, Args: []string{"NOCASE"}})
			return
		case tr.to.mysql() && insensitive(cmp.Or(tr.target.Collation, "utf8mb4_general_ci")) && !tr.from.mysql():
			tr.about(at, k.source, Note{Code: CaseIgnored, Severity: Lossy, Args: []string{tr.target.Collation}})
			return
		}
	}
}

// insensitive tells that a collation of MySQL takes upper and lower case for the same.
func insensitive(collation string) bool {
	return len(collation) > 3 && collation[len(collation)-3:] == "_ci"
}
