package mysql

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// alteration collects the clauses of one ALTER TABLE in the order in which the servers carry them out without tripping:
// what goes, columns in the resulting order, what comes, what changes in place, options. What cannot share that
// statement has a statement before it (prelude) or after it (partitions).
type alteration struct {
	d             dialect
	op            plan.Op
	world         plan.World
	before, after *schema.Table

	prelude, drops, columns, adds, inPlace, options []string
	tail                                            string
	partitions                                      []string
	err                                             error
}

func (d dialect) alterTable(op plan.Op, w plan.World) ([]plan.Node, error) {
	a := &alteration{d: d, op: op, world: w, before: op.Before.(*schema.Table), after: op.After.(*schema.Table)}
	if err := d.checkTable(a.after); err != nil {
		return nil, err
	}
	a.restatements()
	a.columnClauses()
	a.periodClauses()
	a.partClauses()
	a.optionClauses()
	if a.err != nil {
		return nil, a.err
	}
	return []plan.Node{a.node()}, nil
}

// node is the alteration with all that it does to the table's parts.
func (a *alteration) node() plan.Node {
	n := plan.Node{Statements: a.statements(), Alters: []schema.Key{a.op.Key()}}
	for _, p := range a.op.Parts {
		switch k := p.Key(); p.Action {
		case diff.Create:
			n.Creates = append(n.Creates, k)
		case diff.Drop:
			n.Drops = append(n.Drops, k)
		case diff.Replace:
			n.Creates, n.Drops = append(n.Creates, k), append(n.Drops, k)
		default:
			n.Alters = append(n.Alters, k)
		}
	}
	return n
}

func (a *alteration) statements() []plan.Statement {
	var out []plan.Statement
	add := func(clauses []string, tail string) {
		if len(clauses) == 0 && tail == "" {
			return
		}
		out = append(out, plan.Statement{SQL: a.sql(clauses, tail), Key: a.op.Key(), Action: a.op.Action})
	}
	add(a.prelude, "")
	add(slices.Concat(a.drops, a.columns, a.adds, a.inPlace, a.options), a.tail)
	for _, p := range a.partitions {
		add([]string{p}, "")
	}
	if len(out) > 0 {
		out[len(out)-1].Hazards = a.hazards()
	}
	return out
}

func (a *alteration) hazards() []hazard.Hazard {
	list := a.d.opHazards(plan.Op{Action: diff.Alter, Before: a.before, After: a.after})
	renamed := caseRenames(a.op)
	for _, p := range a.op.Parts {
		if _, ok := renamed[p.Key().Name]; ok && p.Action == diff.Drop && p.Key().Kind == schema.KindColumn {
			continue
		}
		list = append(list, a.d.opHazards(p)...)
	}
	return distinct(list)
}

// sql is one ALTER TABLE. MariaDB alters a table with history only after it was told what becomes of that.
func (a *alteration) sql(clauses []string, tail string) string {
	var b strings.Builder
	if versioned(a.before) {
		b.WriteString("SET STATEMENT system_versioning_alter_history=KEEP FOR ")
	}
	b.WriteString("ALTER TABLE " + quoteIdent(a.after.Name))
	if len(clauses) == 1 && tail == "" {
		b.WriteString(" " + clauses[0])
		return b.String()
	}
	if len(clauses) > 0 {
		b.WriteString("\n  " + strings.Join(clauses, ",\n  "))
	}
	if tail != "" {
		b.WriteString("\n  " + tail)
	}
	return b.String()
}

func (a *alteration) fail(err error) {
	if a.err == nil {
		a.err = err
	}
}

// partClauses are those of the primary key, indexes and checks.
func (a *alteration) partClauses() {
	for _, p := range a.op.Parts {
		if p.Key().Kind == schema.KindColumn {
			continue
		}
		if p.Action == diff.Drop || p.Action == diff.Replace {
			a.dropPart(p.Before)
		}
		if p.Action == diff.Create || p.Action == diff.Replace {
			a.addPart(p.After)
		}
		if p.Action == diff.Alter {
			a.alterPart(p.After)
		}
	}
}

// dropPart drops before everything else what hangs on a column that the prelude rebuilds.
func (a *alteration) dropPart(o schema.Object) {
	clause := ""
	switch o := o.(type) {
	case *schema.Constraint:
		clause = a.d.dropConstraint(o)
	case *schema.Index:
		clause = "DROP KEY " + quoteIdent(o.Name)
	}
	for _, k := range o.Deps() {
		if a.rebuiltFirst(k) {
			a.prelude = append([]string{clause}, a.prelude...)
			return
		}
	}
	a.drops = append([]string{clause}, a.drops...)
}

func (a *alteration) addPart(o schema.Object) {
	var definition string
	var err error
	switch o := o.(type) {
	case *schema.Constraint:
		definition, err = a.d.constraintDefinition(o)
	case *schema.Index:
		definition, err = a.d.indexDefinition(o)
	}
	if err != nil {
		a.fail(err)
		return
	}
	a.adds = append(a.adds, "ADD "+definition)
}

func (a *alteration) alterPart(o schema.Object) {
	switch o := o.(type) {
	case *schema.Constraint:
		a.inPlace = append(a.inPlace, enforcement(o))
	case *schema.Index:
		a.inPlace = append(a.inPlace, a.d.visibility(o))
	}
}

func (a *alteration) optionClauses() {
	options, err := a.d.optionChanges(a.before, a.after)
	if err != nil {
		a.fail(err)
		return
	}
	a.options = append(a.options, options...)
	if a.before.PartitionBy != a.after.PartitionBy {
		change := partitionChangeOf(a.before, a.after)
		a.tail, a.partitions = change.whole, change.steps
	}
}

// columnClauses drop, add, change and move columns.
func (a *alteration) columnClauses() {
	op := a.op
	op.Parts = slices.Clone(op.Parts)
	renamed := caseRenames(op)
	for i, p := range op.Parts {
		if p.Key().Kind != schema.KindColumn {
			continue
		}
		switch {
		case p.Action == diff.Replace && a.rebuiltFirst(p.Key()):
			a.rebuild(p.Before.(*schema.Column))
			op.Parts[i].Action = diff.Alter
		case p.Action == diff.Replace && isRowTime(p.Before.(*schema.Column)) && isRowTime(p.After.(*schema.Column)):
			a.prelude = append(a.prelude, "DROP COLUMN "+quoteIdent(p.Key().Name))
		case p.Action == diff.Drop && renamed[p.Key().Name] == "", p.Action == diff.Replace:
			a.drops = append(a.drops, "DROP COLUMN "+quoteIdent(p.Key().Name))
		}
	}
	for _, s := range columnSteps(op, a.before, a.after) {
		if a.followsDefault(s) {
			s.alters = true
		}
		a.columnClause(s)
	}
}

func (a *alteration) columnClause(s columnStep) {
	if s.was != "" && !s.alters && !s.moves {
		return
	}
	definition, err := a.d.columnDefinition(a.after, s.column)
	if err != nil {
		a.fail(err)
		return
	}
	verb, name := "MODIFY COLUMN ", quoteIdent(s.column.Name)
	switch {
	case s.was == "":
		verb = "ADD COLUMN "
	case s.was != s.column.Name:
		verb = "CHANGE COLUMN " + quoteIdent(s.was) + " "
	}
	a.columns = append(a.columns, verb+name+" "+definition+s.place())
}

// followsDefault tells that a column which keeps its collation comes to agree with the table's new one: MySQL remembers
// whether the charset was said and would go on printing it.
func (a *alteration) followsDefault(s columnStep) bool {
	return !a.d.f.mariadb && s.was != "" && s.column.Charset != "" && !saysCollation(a.after, s.column) &&
		changed(a.before, a.after, attrCharset, attrCollation)
}

// rebuiltFirst tells that the column was virtual and becomes plain. No server does that in place: a prelude makes it a
// stored one, which can then become plain and keeps its values.
func (a *alteration) rebuiltFirst(k schema.Key) bool {
	if k.Kind != schema.KindColumn || k.Owner != a.after.Name {
		return false
	}
	was, is := a.before.Column(k.Name), a.after.Column(k.Name)
	return was != nil && is != nil && was.GeneratedKind == "VIRTUAL" && is.GeneratedKind == ""
}

// rebuild replaces a virtual column by a stored one in the same place.
func (a *alteration) rebuild(c *schema.Column) {
	stored := *c
	stored.GeneratedKind = "STORED"
	definition, err := a.d.columnDefinition(a.before, &stored)
	if err != nil {
		a.fail(err)
		return
	}
	place := " FIRST"
	for i, other := range a.before.Columns {
		if other.Name == c.Name && i > 0 {
			place = " AFTER " + quoteIdent(a.before.Columns[i-1].Name)
		}
	}
	name := quoteIdent(c.Name)
	a.prelude = append(a.prelude, "DROP COLUMN "+name, "ADD COLUMN "+name+" "+definition+place)
}

// periodClauses are those of MariaDB's periods and system versioning.
func (a *alteration) periodClauses() {
	if a.before.Attrs.Get(attrPeriods) != a.after.Attrs.Get(attrPeriods) {
		a.periodChange(a.before.Attrs.Get(attrPeriods), a.after.Attrs.Get(attrPeriods))
	}
	was, is := systemPeriod(a.before), systemPeriod(a.after)
	if was != is || a.replacesRowTime() {
		a.periodChange(was, is)
	}
	switch {
	case versioned(a.before) && !versioned(a.after):
		a.inPlace = append(a.inPlace, "DROP SYSTEM VERSIONING")
	case !versioned(a.before) && versioned(a.after):
		a.inPlace = append(a.inPlace, "ADD SYSTEM VERSIONING")
	}
}

// periodChange drops one period and adds another; to do both takes two statements.
func (a *alteration) periodChange(was, is string) {
	if was != "" {
		drop := "DROP " + strings.TrimSpace(was[:strings.LastIndex(was, "(")])
		if is != "" {
			a.prelude = append(a.prelude, drop)
		} else {
			a.drops = append(a.drops, drop)
		}
	}
	if is != "" {
		a.columns = append(a.columns, "ADD "+is)
	}
}

func (a *alteration) replacesRowTime() bool {
	for _, p := range a.op.Parts {
		if c, ok := p.After.(*schema.Column); ok && p.Action == diff.Replace && isRowTime(c) {
			return true
		}
	}
	return false
}

// restatements are indexes that stay but must be said again: the servers silently drop the index that they once made for
// a foreign key as soon as another index can serve it, and do not tell which one they made.
func (a *alteration) restatements() {
	var served []*schema.ForeignKey
	for _, i := range a.after.Indexes {
		if !a.untouched(i.Key()) || !a.shadowed(i) {
			continue
		}
		if served == nil {
			served = a.foreignKeys()
		}
		for _, f := range served {
			if slices.Equal(f.Columns, wholeColumns(i)) {
				a.op.Parts = append(slices.Clip(a.op.Parts), plan.Op{Action: diff.Replace, Before: i, After: i})
				break
			}
		}
	}
}

func (a *alteration) untouched(k schema.Key) bool {
	return !slices.ContainsFunc(a.op.Parts, func(p plan.Op) bool { return p.Key() == k })
}

// shadowed tells that an added index or primary key begins with all columns of i.
func (a *alteration) shadowed(i *schema.Index) bool {
	columns := wholeColumns(i)
	if i.Unique || len(columns) == 0 {
		return false
	}
	return slices.ContainsFunc(a.op.Parts, func(p plan.Op) bool {
		if p.Action != diff.Create && p.Action != diff.Replace {
			return false
		}
		var parts []schema.IndexPart
		switch o := p.After.(type) {
		case *schema.Index:
			parts = o.Columns
		case *schema.Constraint:
			parts = o.Columns
		}
		if len(parts) < len(columns) {
			return false
		}
		for n, c := range columns {
			if parts[n].Column != c {
				return false
			}
		}
		return true
	})
}

// wholeColumns are the columns of an index that a server could have made for a foreign key; nil for any other.
func wholeColumns(i *schema.Index) []string {
	var out []string
	for _, p := range i.Columns {
		if p.Column == "" || p.Length > 0 || p.Desc {
			return nil
		}
		out = append(out, p.Column)
	}
	return out
}

// foreignKeys are those of the table that are there before and after.
func (a *alteration) foreignKeys() []*schema.ForeignKey {
	var out []*schema.ForeignKey
	for _, o := range a.world.Before.Objects() {
		if f, ok := o.(*schema.ForeignKey); ok && f.Table == a.before.Name && a.world.After.Get(f.Key()) != nil {
			out = append(out, f)
		}
	}
	return out
}
