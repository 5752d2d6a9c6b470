package translate

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// Align is the wanted structure, which came out of a translation or was made by a plan of one, with the spelling of the actual
// one wherever that means the same. Both are of one dialect. Servers write expressions in their own words, name what has no
// name, and have properties that no source could tell: none of that is a difference.
func Align(wanted, actual *schema.Database) *schema.Database {
	a := aligner{d: dialectOf(actual), wanted: wanted, actual: actual, comments: true}
	return a.align()
}

type aligner struct {
	d              dialect
	wanted, actual *schema.Database
	soft           map[schema.Key]softness
	left           map[schema.Key]bool    // what was not translated, so that what the target has there stays
	nameless       map[schema.Object]bool // wanted objects whose names nobody chose
	comments       bool                   // the wanted structure knows comments
	// keeps tells that the source says nothing about an actual key, dispensable that a wanted one need not be made; may be nil.
	keeps       func(table *schema.Table, k key) bool
	dispensable func(table *schema.Table, k key) bool
	// given tells that a wanted check need not be made, standsFor that the source says it with a type that the target has a check
	// for; may be nil.
	given     func(c *schema.Constraint, out *schema.Table) bool
	standsFor func(c *schema.Constraint, out, there *schema.Table) bool
	// prefixed are the columns behind the expressions that stand for the first characters of them; shortens tells that the
	// source's engine has no word for how much of a column an index takes.
	prefixed map[string]string
	shortens bool
	// fits tells that the actual column's type is as good for the source's column as the wanted one; may be nil.
	fits func(wanted, actual *schema.Column) bool
}

func (a *aligner) align() *schema.Database {
	out := a.wanted.Clone()
	for _, o := range a.wanted.Objects() {
		if s, ok := o.(*schema.Scripted); ok {
			if there, ok := a.actual.Get(s.Key()).(*schema.Scripted); ok && sameScript(s, there) {
				out.Put(there)
			}
		}
		if t, ok := o.(*schema.Table); ok {
			if there := a.actual.Table(t.Schema, t.Name); there != nil && there != t {
				out.Put(a.table(t, there))
			}
		}
	}
	a.foreignKeys(out)
	a.ownObjects(out)
	return out
}

// table is the wanted table in the actual one's spelling.
func (a *aligner) table(want, there *schema.Table) *schema.Table {
	out := *want
	out.Base = there.Base
	out.PartitionBy, out.PartitionOf, out.Bound, out.Inherits = there.PartitionBy, there.PartitionOf, there.Bound, there.Inherits
	out.Comment = a.comment(want.Comment, there.Comment)
	out.Columns = slices.Clone(want.Columns)
	for i, c := range out.Columns {
		if x := there.Column(c.Name); x != nil {
			out.Columns[i] = a.column(want, there, c, x)
		}
	}
	a.keys(&out, there)
	a.checks(want, &out, there)
	return out.WithParts(out.Parts())
}

// column is the actual column with what differs from the wanted one.
func (a *aligner) column(wt, at *schema.Table, want, there *schema.Column) *schema.Column {
	if want == there {
		return there
	}
	out := *there
	soft := a.soft[want.Key()]
	retyped := !a.sameType(want, there, soft)
	if retyped {
		out.Type = want.Type
		wasText, isText := there.Charset != "", want.Charset != ""
		if !wasText || !isText || want.Charset == "ascii" {
			out.Charset, out.Collation = want.Charset, want.Collation
		}
		if a.d.postgres() {
			out.Collation = ""
		}
	}
	if !(a.d.sqlite() && inPrimaryKey(at, there.Name) && inPrimaryKey(wt, want.Name)) {
		out.NotNull = want.NotNull
	}
	switch {
	case retyped && want.Identity != nil && there.Identity != nil:
		identity := *want.Identity
		identity.Sequence, identity.Generation, identity.Options.Start = there.Identity.Sequence, there.Identity.Generation, there.Identity.Options.Start
		out.Identity = &identity
	case !a.sameDefault(wt, at, want, there, soft), retyped && !counterOf(at, there, a.d, a.actual).on:
		out.Default, out.Identity, out.AutoIncrement = want.Default, want.Identity, want.AutoIncrement
		out.DependsOn = want.DependsOn
	}
	if out.Identity != nil && out.Type.Text != want.Type.Text { // it counts in the type that stays
		identity := *out.Identity
		if typ := a.d.read(out.Type, a.actual); typ.Class == Int && identity.Options.Type == want.Type.Text {
			identity.Options.Type, identity.Options.Max = out.Type.Text, largest[typ.Size]
		}
		out.Identity = &identity
	}
	if want.GeneratedKind != there.GeneratedKind || !a.sameExpression(at, want.Generated, there.Generated, a.d.exprType(there.Type.Text, a.d.read(there.Type, a.actual))) {
		out.Generated, out.GeneratedKind, out.DependsOn = want.Generated, want.GeneratedKind, want.DependsOn
		out.Spelling.Set("definition", "", schema.ClassStructure) // of the former expression
	}
	if want.OnUpdate != "" && there.OnUpdate == "" || want.OnUpdate != "" && retyped {
		out.OnUpdate = want.OnUpdate
	}
	out.Comment = a.comment(want.Comment, there.Comment)
	return &out
}

// comment is the wanted comment, or the actual one where the engines cannot tell the two apart: MySQL and MariaDB keep question
// marks in the place of characters beyond the basic plane.
func (a *aligner) comment(want, there string) string {
	if !a.comments || !a.d.comments() || a.d.mysql() && strings.Map(printable, want) == there {
		return there
	}
	return want
}

// sameType tells that the actual type is what the wanted one means.
func (a *aligner) sameType(want, there *schema.Column, soft softness) bool {
	if a.d.sqlite() && want.AutoIncrement && there.Type.Text != want.Type.Text {
		return false // of integers only INTEGER can be the rowid
	}
	if want.Type.Text == there.Type.Text && want.Type.User == there.Type.User && want.Type.User.IsZero() {
		return true
	}
	w, t := a.d.read(want.Type, a.wanted), a.d.read(there.Type, a.actual)
	if w.Class != Other && w.same(t) && !soft.ruled {
		return true
	}
	return a.fits != nil && !soft.ruled && a.fits(want, there)
}

// sameDefault tells that both columns get the same values by themselves.
func (a *aligner) sameDefault(wt, at *schema.Table, want, there *schema.Column, soft softness) bool {
	w, t := counterOf(wt, want, a.d, a.wanted), counterOf(at, there, a.d, a.actual)
	if w.on || t.on {
		return w.on == t.on || soft.counter && !w.on || soft.counter || t.perhaps && want.Default == "" || w.perhaps && there.Default == ""
	}
	if want.Default == there.Default {
		return true
	}
	typ := a.d.read(want.Type, a.wanted)
	v, x := a.d.value(want).as(typ), a.d.value(there).as(a.d.read(there.Type, a.actual))
	if v.kind == exprValue && x.kind == exprValue {
		return a.sameExpression(at, want.Default, there.Default, a.d.exprType(there.Type.Text, a.d.read(there.Type, a.actual)))
	}
	if a.d.mariadb() && v.kind == textValue { // which prints question marks for what its dictionary lacks
		v.text = strings.Map(printable, v.text)
	}
	return v == x || v == x.as(typ)
}

func printable(r rune) rune {
	if r > 0xFFFF {
		return '?'
	}
	return r
}

// keys takes over the actual keys and indexes that mean the same as wanted ones, whatever they are called, and whether they
// are constraints or indexes.
func (a *aligner) keys(out, there *schema.Table) {
	wanted, actual := keysOf(out, a.d), keysOf(there, a.d)
	taken, found := make([]bool, len(actual)), map[schema.Key]schema.Key{}
	named := map[string]bool{} // names that wanted keys have must not go to others
	for _, w := range wanted {
		named[strings.ToLower(w.name)] = true
	}
	for _, c := range out.Constraints { // nor do servers let a check and a key have one name
		if c.Kind == schema.KindCheck && !a.nameless[c] {
			named[strings.ToLower(c.Name)] = true
		}
	}
	for _, byName := range []bool{true, false} {
		for _, w := range wanted {
			if _, done := found[w.source]; done {
				continue
			}
			for i, x := range actual {
				if !taken[i] && (strings.EqualFold(x.name, w.name) || w.primary || !byName && (x.name == "" || !named[strings.ToLower(x.name)])) && a.sameKey(out, there, w, x) {
					taken[i] = true
					found[w.source] = x.source
					break
				}
			}
		}
	}
	db := &schema.Database{}
	db.Put(there)
	constraints, indexes := out.Constraints, out.Indexes
	out.Constraints, out.Indexes = nil, nil
	spare := map[schema.Key]bool{}
	for _, w := range wanted {
		spare[w.source] = a.dispensable != nil && a.dispensable(out, w)
	}
	put := func(o schema.Object) {
		if k, ok := found[o.Key()]; ok {
			o = db.Find(k)
		} else if spare[o.Key()] {
			return
		} else if x := db.Find(o.Key()); x != nil {
			o = inheriting(o, x)
		}
		switch o := o.(type) {
		case *schema.Constraint:
			out.Constraints = append(out.Constraints, o)
		case *schema.Index:
			out.Indexes = append(out.Indexes, o)
		}
	}
	for _, c := range constraints {
		put(c)
	}
	for _, i := range indexes {
		put(i)
	}
	a.keepKeys(out, there, actual, taken)
}

// keepKeys leaves alone the actual keys that the source cannot know of.
func (a *aligner) keepKeys(out, there *schema.Table, actual []key, taken []bool) {
	if a.keeps == nil {
		return
	}
	for _, c := range there.Constraints {
		if c.Kind == schema.KindExclusion {
			out.Constraints = append(out.Constraints, c)
		}
	}
	for i, x := range actual {
		gone := slices.ContainsFunc(columnsOfKey(there, x), func(c string) bool { return out.Column(c) == nil })
		if taken[i] || x.primary || gone || !a.keeps(there, x) {
			continue
		}
		for _, o := range there.Parts() {
			if o.Key() != x.source || slices.ContainsFunc(out.Parts(), func(p schema.Object) bool { return p.Key() == o.Key() }) {
				continue
			}
			switch o := o.(type) {
			case *schema.Constraint:
				out.Constraints = append(out.Constraints, o)
			case *schema.Index:
				out.Indexes = append(out.Indexes, o)
			}
		}
	}
}

// columnsOfKey are the columns that a key uses, those in expressions and its condition included.
func columnsOfKey(t *schema.Table, k key) []string {
	names := columnsIn(t, k.predicate)
	for _, p := range k.parts {
		if p.Column != "" {
			names = append(names, p.Column)
		}
		names = append(names, columnsIn(t, p.Expr)...)
	}
	return names
}

// inheriting is a changed key with the properties of the actual one that the source does not know. How the server writes a
// condition is only known of the condition that it has.
func inheriting(o, there schema.Object) schema.Object {
	switch o := o.(type) {
	case *schema.Constraint:
		if o.Kind == schema.KindCheck {
			return o
		}
		copied := *o
		copied.Attrs, copied.Spelling = there.Extra().Attrs, there.Extra().Spelling
		if o.Kind == schema.KindPrimaryKey {
			copied.Name = there.Key().Name
		}
		return &copied
	case *schema.Index:
		copied := *o
		copied.Attrs, copied.Spelling = there.Extra().Attrs, there.Extra().Spelling
		if x, ok := there.(*schema.Index); !ok || x.Predicate != o.Predicate {
			copied.Spelling.Set("definition", "", schema.ClassStructure)
		}
		return &copied
	}
	return o
}

// sameKey tells that two keys of a table are the same in all that the source knows.
func (a *aligner) sameKey(out, there *schema.Table, w, x key) bool {
	if w.primary != x.primary || w.unique != x.unique || len(w.parts) != len(x.parts) || btree(w.method) != btree(x.method) && !w.primary {
		return false
	}
	if !btree(w.method) && w.method != x.method && !(w.method == "hash") {
		return false
	}
	if !slices.Equal(w.include, x.include) && len(w.include) > 0 || !a.sameCondition(out, there, w.predicate, x.predicate, truth) {
		return false
	}
	if a.comment(w.comment, x.comment) != x.comment {
		return false
	}
	for i, p := range w.parts {
		q := x.parts[i]
		if a.samePrefix(out, there, w, p, q) {
			continue
		}
		if p.Column != q.Column || p.Desc != q.Desc || p.Length != q.Length {
			return false
		}
		if p.Column == "" && !a.sameCondition(out, there, p.Expr, q.Expr, anything) &&
			(q.Collation == "" || !a.sameCondition(out, there, p.Expr, "("+q.Expr+") COLLATE "+q.Collation, anything)) {
			return false // readers take a collation around all of a part off it
		}
	}
	return true
}

// samePrefix tells that two parts of an index that is not unique take the same column: how much of it is a matter of the engine
// that has to know.
func (a *aligner) samePrefix(out, there *schema.Table, w key, p, q schema.IndexPart) bool {
	switch {
	case w.unique || p.Desc != q.Desc || q.Column == "":
		return false
	case a.shortens && p.Column == q.Column: // with another type it would have to take more or less
		return out.Column(p.Column).Type.Text == there.Column(q.Column).Type.Text
	}
	return p.Column == "" && a.prefixed[prefixKey(out.Key(), p.Expr)] == q.Column
}

func prefixKey(table schema.Key, expression string) string { return table.String() + ": " + expression }

// checks takes over the actual checks that mean the same as wanted ones, those at columns included.
func (a *aligner) checks(want, out, there *schema.Table) {
	taken := map[*schema.Constraint]bool{}
	constraints := out.Constraints
	out.Constraints = nil
	named := map[string]bool{}
	for _, c := range constraints {
		if !a.nameless[c] {
			named[strings.ToLower(c.Name)] = true
		}
	}
	atColumns := map[string]bool{} // columns whose own check is wanted
	var made []*schema.Constraint  // to be named anew where an actual check has their made name
	for _, c := range constraints {
		if c.Kind != schema.KindCheck {
			out.Constraints = append(out.Constraints, c)
			continue
		}
		if x := a.sameCheck(out, c, there, taken, named); x != nil {
			taken[x] = true
			out.Constraints = append(out.Constraints, x)
			continue
		}
		if name := a.columnWithCheck(c, there, atColumns); name != "" {
			atColumns[name] = true
			continue
		}
		if a.given != nil && a.given(c, out) {
			continue
		}
		if a.nameless[c] {
			made = append(made, c)
			continue
		}
		out.Constraints = append(out.Constraints, c)
	}
	for _, c := range made {
		out.Constraints = append(out.Constraints, a.renamedBeside(c, out))
	}
	for _, x := range there.Constraints {
		if x.Kind == schema.KindCheck && !taken[x] && (a.left[x.Key()] || a.standsFor != nil && a.standsFor(x, out, there)) && !hasConstraint(out, x.Name) {
			out.Constraints = append(out.Constraints, x)
		}
	}
	for i, c := range out.Columns {
		own := ""
		if x := want.Column(c.Name); x != nil { // what a plan has left where it was
			own = x.Attrs.Get("check")
		}
		if a.d.mysql() && c.Attrs.Get("check") != own && !atColumns[c.Name] {
			copied := *c
			copied.Attrs.Set("check", own, schema.ClassStructure)
			out.Columns[i] = &copied
		}
	}
}

// renamedBeside is a check whose name nobody chose under one that no other of the table has.
func (a *aligner) renamedBeside(c *schema.Constraint, t *schema.Table) *schema.Constraint {
	name := c.Name
	for n := 1; hasConstraint(t, name); n++ {
		name = a.d.fit(c.Name + decimal(n))
	}
	if name == c.Name {
		return c
	}
	copied := *c
	copied.Name = name
	a.nameless[&copied] = true
	return &copied
}

func (a *aligner) sameCheck(out *schema.Table, c *schema.Constraint, there *schema.Table, taken map[*schema.Constraint]bool, named map[string]bool) *schema.Constraint {
	var same *schema.Constraint
	for _, x := range there.Constraints {
		if x.Kind != schema.KindCheck || taken[x] || !a.sameCondition(out, there, c.Expr, x.Expr, truth) {
			continue
		}
		if strings.EqualFold(x.Name, c.Name) {
			return x
		}
		if same == nil && !named[strings.ToLower(x.Name)] {
			same = x
		}
	}
	return same
}

// columnWithCheck is the column of MariaDB that has the check for its own.
func (a *aligner) columnWithCheck(c *schema.Constraint, there *schema.Table, taken map[string]bool) string {
	if !a.d.mysql() {
		return ""
	}
	for _, x := range there.Columns {
		if own := x.Attrs.Get("check"); own != "" && !taken[x.Name] && a.sameExpression(there, c.Expr, own, truth) {
			return x.Name
		}
	}
	return ""
}

// foreignKeys takes over the actual foreign keys that mean the same as wanted ones.
func (a *aligner) foreignKeys(out *schema.Database) {
	there := map[schema.Key][]*schema.ForeignKey{}
	for _, o := range a.actual.Objects() {
		if f, ok := o.(*schema.ForeignKey); ok {
			table, _ := f.Key().TableOf()
			there[table] = append(there[table], f)
		}
	}
	taken, named := map[*schema.ForeignKey]bool{}, map[schema.Key]bool{}
	for _, o := range a.wanted.Objects() {
		named[o.Key()] = true
	}
	for _, byName := range []bool{true, false} {
		for _, o := range a.wanted.Objects() {
			f, ok := o.(*schema.ForeignKey)
			if !ok || out.Get(f.Key()) != o {
				continue
			}
			table, _ := f.Key().TableOf()
			for _, x := range there[table] {
				if !taken[x] && (x.Name == f.Name || !byName && !named[x.Key()]) && a.sameForeignKey(f, x) {
					taken[x] = true
					out.Remove(f.Key())
					out.Put(x)
					break
				}
			}
		}
	}
}

func (a *aligner) sameForeignKey(f, x *schema.ForeignKey) bool {
	return slices.Equal(f.Columns, x.Columns) && f.RefKey() == x.RefKey() && slices.Equal(f.RefColumns, x.RefColumns) &&
		a.sameAction(f.OnDelete, x.OnDelete) && a.sameAction(f.OnUpdate, x.OnUpdate) && f.Match == x.Match &&
		f.Deferrable == x.Deferrable && f.InitiallyDeferred == x.InitiallyDeferred
}

// sameAction: not every engine tells the two ways of doing nothing apart.
func (a *aligner) sameAction(x, y string) bool {
	idle := func(s string) bool { return s == "" || s == "NO ACTION" || s == "RESTRICT" }
	return x == y || idle(x) && idle(y)
}

// ownObjects drops the types of PostgreSQL that were made for columns and that no column wants: under their new names, and those
// that stand there for a column that goes or gets another type.
func (a *aligner) ownObjects(out *schema.Database) {
	if !a.d.postgres() {
		return
	}
	used := map[schema.Key]bool{}
	for _, o := range out.Objects() {
		o.EachDep(func(k schema.Key) { used[k] = true })
		for _, p := range o.Parts() {
			p.EachDep(func(k schema.Key) { used[k] = true })
		}
	}
	made := map[schema.Key]bool{}
	if a.fits != nil { // a plan has said what it leaves
		made = a.madeForColumns()
	}
	for _, o := range out.Objects() {
		if e, ok := o.(*schema.Enum); ok && (a.actual.Get(e.Key()) == nil || made[e.Key()]) && !used[e.Key()] {
			out.Remove(e.Key())
		}
	}
}

// madeForColumns are the types that stand there under the names that translations give them, at the columns that they are
// called after.
func (a *aligner) madeForColumns() map[schema.Key]bool {
	made := map[schema.Key]bool{}
	for _, o := range a.actual.Objects() {
		t, ok := o.(*schema.Table)
		if !ok {
			continue
		}
		for _, c := range t.Columns {
			if k := c.Type.User; k.Kind == schema.KindEnum && k.Schema == t.Schema && k.Name == a.d.enumName(t.Name, c.Name) {
				made[k] = true
			}
		}
	}
	return made
}

// enumName is what the type is called that an enum of a column becomes in PostgreSQL.
func (d dialect) enumName(table, column string) string { return d.fit(table + "_" + column) }
