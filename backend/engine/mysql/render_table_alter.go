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
// statement has one statement before it (prelude) or some of its own behind it (later).
type alteration struct {
	d             dialect
	op            plan.Op
	world         plan.World
	before, after *schema.Table
	newPeriod     bool // see rebuildsPeriod

	prelude, drops, columns, adds, inPlace, options []string
	tail                                            string
	later                                           []string
	err                                             error
}

func (d dialect) alterTable(op plan.Op, w plan.World) ([]plan.Node, error) {
	first, op := d.splitMovedChecks(op, w)
	a := &alteration{d: d, op: op, world: w, before: op.Before.(*schema.Table), after: op.After.(*schema.Table)}
	if err := d.checkTable(a.after); err != nil {
		return nil, err
	}
	a.restate()
	a.columnClauses()
	a.periodClauses()
	a.partClauses()
	a.optionClauses()
	if a.err != nil {
		return nil, a.err
	}
	return append(first, a.node()), nil
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
		if p.Before != nil && p.After != nil && p.Before.Key() != p.After.Key() { // renamed
			n.Creates, n.Drops = append(n.Creates, p.After.Key()), append(n.Drops, p.Before.Key())
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
	main := slices.Concat(a.drops, a.columns, a.adds, a.inPlace, a.options)
	if a.countsInPlace() {
		main = append(main, "ALGORITHM=COPY")
	}
	add(main, a.tail)
	for _, l := range a.later {
		add([]string{l}, "")
	}
	if len(out) > 0 {
		out[len(out)-1].Hazards = a.hazards()
	}
	return out
}

func (a *alteration) hazards() []hazard.Hazard {
	list := a.d.opHazards(plan.Op{Action: diff.Alter, Before: a.before, After: a.after})
	for _, p := range a.op.Parts {
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
			a.dropPart(p)
		}
		if p.Action == diff.Create || p.Action == diff.Replace {
			a.addPart(p.After)
		}
		if p.Action == diff.Alter {
			a.alterPart(p.After)
		}
	}
}

// dropPart drops in the prelude what stands in the way of another change.
func (a *alteration) dropPart(change plan.Op) {
	o, clause := change.Before, ""
	switch o := o.(type) {
	case *schema.Constraint:
		clause = a.d.dropConstraint(o)
	case *schema.Index:
		clause = "DROP KEY " + quoteIdent(o.Name)
	}
	if a.inTheWay(o) || onlyParser(change) {
		a.prelude = append([]string{clause}, a.prelude...)
		return
	}
	a.drops = append([]string{clause}, a.drops...)
}

// inTheWay tells that the primary key, index or check must be gone before the main statement: because the prelude makes
// its column anew or changes its period, or drops a column and so a check that names none, or because MySQL looks at
// spatial indexes before it looks at the rest.
func (a *alteration) inTheWay(o schema.Object) bool {
	if o.Extra().Attrs.Get(attrWithoutOverlaps) != "" && a.changesPeriod() || a.recased(o) {
		return true
	}
	if c, ok := o.(*schema.Constraint); ok && namesNoColumn(c) && slices.ContainsFunc(a.prelude, dropsColumn) {
		return true
	}
	return slices.ContainsFunc(o.Deps(), func(k schema.Key) bool {
		if k.Kind != schema.KindColumn || k.Owner != a.before.Name {
			return false
		}
		was, is := a.before.Column(k.Name), a.after.Column(k.Name)
		return a.rebuiltFirst(k) || was != nil && is != nil && changed(was, is, attrSRID)
	})
}

func dropsColumn(clause string) bool { return strings.HasPrefix(clause, "DROP COLUMN ") }

// countsInPlace tells that MySQL (9.7) would add an AUTO_INCREMENT column in place, and then find that it cannot build the
// table's full-text indexes anew, of which InnoDB builds one at a time: "InnoDB presently supports one FULLTEXT index
// creation at a time".
func (a *alteration) countsInPlace() bool {
	fulltext := 0
	for _, i := range a.after.Indexes {
		if i.Method == "fulltext" {
			fulltext++
		}
	}
	return !a.d.f.mariadb && fulltext > 1 && slices.ContainsFunc(a.op.Parts, func(p plan.Op) bool {
		c, ok := p.After.(*schema.Column)
		return ok && c.AutoIncrement && p.Before == nil
	})
}

// onlyParser tells that a full-text index gets another parser and nothing else: MySQL takes dropping and adding it in one
// statement for no change.
func onlyParser(change plan.Op) bool {
	return change.Action == diff.Replace && len(change.Fields) == 1 && change.Fields[0].Name == attrParser
}

// recased tells that an index goes and one comes whose name differs in nothing but case: MariaDB would keep the old one.
func (a *alteration) recased(o schema.Object) bool {
	k := o.Key()
	return a.d.f.mariadb && slices.ContainsFunc(a.op.Parts, func(p plan.Op) bool {
		return p.Action == diff.Create && p.Key().Kind == k.Kind && p.Key().Name != k.Name && strings.EqualFold(p.Key().Name, k.Name)
	})
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
	a.adds = append(a.adds, a.orLater("ADD "+definition)...)
}

// orLater keeps all full-text indexes but the first for statements of their own: InnoDB builds them one at a time.
func (a *alteration) orLater(clause string) []string {
	const fulltext = "ADD FULLTEXT KEY"
	if strings.HasPrefix(clause, fulltext) && slices.ContainsFunc(a.adds, func(c string) bool { return strings.HasPrefix(c, fulltext) }) {
		a.later = append(a.later, clause)
		return nil
	}
	return []string{clause}
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
		a.tail = change.whole
		a.later = append(a.later, change.steps...)
	}
}
