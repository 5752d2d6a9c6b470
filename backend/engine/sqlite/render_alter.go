package sqlite

import (
	"slices"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// alteration is what happens to one table that stays. It is done in place if only columns come and go that SQLite lets come
// and go, else by building the table anew (see rebuild).
type alteration struct {
	d                      dialect
	op                     plan.Op
	world                  plan.World
	before, after          *schema.Table
	wasForeign, isForeign  []*schema.ForeignKey
	created, dropped       []*schema.Column
	newChecks, goneChecks  []*schema.Constraint
	newForeign             []*schema.ForeignKey
	newIndexes, oldIndexes []plan.Op
}

func (d dialect) alterTable(op plan.Op, w plan.World) ([]plan.Node, error) {
	a := &alteration{d: d, op: op, world: w, before: op.Before.(*schema.Table), after: op.After.(*schema.Table)}
	a.wasForeign, a.isForeign = foreignKeysOf(w.Before, a.before.Name), foreignKeysOf(w.After, a.after.Name)
	inPlace := a.sort()
	nodes, err := a.indexNodes()
	if err != nil {
		return nil, err
	}
	if inPlace && a.inPlace() {
		more, err := a.columnNodes()
		return append(nodes, more...), err
	}
	node, err := a.rebuild()
	return append(nodes, node), err
}

// sort divides the operations on parts. It tells whether they are of the sorts that can be done in place.
func (a *alteration) sort() bool {
	ok := len(a.op.Fields) == 0
	for _, p := range a.op.Parts {
		switch o := either(p).(type) {
		case *schema.Index:
			if p.Action != diff.Create {
				a.oldIndexes = append(a.oldIndexes, p)
			}
			if p.Action != diff.Drop {
				a.newIndexes = append(a.newIndexes, p)
			}
		case *schema.Column:
			switch p.Action {
			case diff.Create:
				a.created = append(a.created, o)
			case diff.Drop:
				a.dropped = append(a.dropped, o)
			default:
				ok = false
			}
		case *schema.Constraint:
			switch {
			case o.Kind == schema.KindCheck && p.Action == diff.Create:
				a.newChecks = append(a.newChecks, o)
			case o.Kind == schema.KindCheck && p.Action == diff.Drop:
				a.goneChecks = append(a.goneChecks, o)
			default:
				ok = false
			}
		}
	}
	return ok && a.sortForeign()
}

// sortForeign finds the foreign keys that come. It tells whether none goes or changes.
func (a *alteration) sortForeign() bool {
	was := map[schema.Key]*schema.ForeignKey{}
	for _, f := range a.wasForeign {
		was[f.Key()] = f
	}
	kept := 0
	for _, f := range a.isForeign {
		switch old := was[f.Key()]; {
		case old == nil:
			a.newForeign = append(a.newForeign, f)
		case len(changedProps(old, f)) > 0:
			return false
		default:
			kept++
		}
	}
	return kept == len(a.wasForeign)
}

func either(op plan.Op) schema.Object {
	if op.After != nil {
		return op.After
	}
	return op.Before
}

// indexNodes drop and make the indexes that come, go or change.
func (a *alteration) indexNodes() ([]plan.Node, error) {
	var nodes []plan.Node
	for _, p := range a.oldIndexes {
		nodes = append(nodes, a.d.dropIndex(p))
	}
	for _, p := range a.newIndexes {
		node, err := a.d.newIndex(p)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, node)
	}
	return nodes, nil
}

// inPlace tells whether SQLite can add and drop these columns. What it says about that is at
// sqlite.org/lang_altertable.html; where it has to look into an expression, names alone decide here.
func (a *alteration) inPlace() bool {
	if !a.checksFit() || !a.foreignFits() || !a.appended() {
		return false
	}
	for i, c := range a.created {
		if !a.addable(c, i) {
			return false
		}
	}
	return !slices.ContainsFunc(a.dropped, func(c *schema.Column) bool { return !a.droppable(c) })
}

// checksFit: a check comes and goes with the column in whose definition it stands.
func (a *alteration) checksFit() bool {
	with := func(columns []*schema.Column, k *schema.Constraint) bool {
		return slices.ContainsFunc(columns, func(c *schema.Column) bool { return c.Name == k.Spelling.Get(spellColumn) })
	}
	for _, k := range a.newChecks {
		if !with(a.created, k) {
			return false
		}
	}
	for _, k := range a.goneChecks {
		if !with(a.dropped, k) {
			return false
		}
	}
	return true
}

// foreignFits: a foreign key comes with its column if all rows have NULL there.
func (a *alteration) foreignFits() bool {
	for _, f := range a.newForeign {
		fits := len(f.Columns) == 1 && f.Attrs.Get(attrUnnamed) != "" &&
			slices.ContainsFunc(a.created, func(c *schema.Column) bool { return c.Name == f.Columns[0] && c.Default == "" && c.GeneratedKind == "" })
		if !fits {
			return false
		}
	}
	return true
}

// appended: new columns stand behind all others, and at least one column stays.
func (a *alteration) appended() bool {
	kept := len(a.before.Columns) - len(a.dropped)
	if kept < 1 || len(a.after.Columns) != kept+len(a.created) {
		return false
	}
	at := 0
	for _, c := range a.before.Columns {
		if slices.Contains(a.dropped, c) || a.after.Column(c.Name) == nil {
			continue
		}
		if a.after.Columns[at].Name != c.Name {
			return false
		}
		at++
	}
	slices.SortFunc(a.created, func(x, y *schema.Column) int { return a.place(x) - a.place(y) })
	return at == kept
}

func (a *alteration) place(c *schema.Column) int {
	return slices.IndexFunc(a.after.Columns, func(x *schema.Column) bool { return x.Name == c.Name })
}

// addable tells whether ADD COLUMN can make the column, the i-th of the new ones.
func (a *alteration) addable(c *schema.Column, i int) bool {
	switch {
	case c.AutoIncrement, c.GeneratedKind == "STORED", c.Default != "" && !isConstant(c.Default):
		return false
	case c.NotNull && c.GeneratedKind == "" && c.Default == "":
		return false
	case slices.ContainsFunc(a.dropped, func(d *schema.Column) bool { return sameName(d.Name, c.Name) }):
		return false
	}
	for _, later := range a.created[i+1:] {
		if slices.Contains(c.DependsOn, later.Key()) {
			return false
		}
	}
	return true
}

// droppable tells whether DROP COLUMN can take the column away.
func (a *alteration) droppable(c *schema.Column) bool {
	for _, k := range a.before.Constraints {
		if k.Kind == schema.KindCheck && slices.Contains(a.goneChecks, k) && k.Spelling.Get(spellColumn) == c.Name {
			continue
		}
		if slices.Contains(k.Deps(), c.Key()) {
			return false
		}
	}
	for _, other := range a.before.Columns {
		if slices.Contains(other.DependsOn, c.Key()) {
			return false
		}
	}
	return !slices.ContainsFunc(a.wasForeign, func(f *schema.ForeignKey) bool { return slices.Contains(f.Columns, c.Name) })
}

// columnNodes drop and add columns in place.
func (a *alteration) columnNodes() ([]plan.Node, error) {
	var nodes []plan.Node
	table := "ALTER TABLE " + quoteIdent(a.after.Name)
	for _, c := range a.dropped {
		op := plan.Op{Action: diff.Drop, Before: c, Reason: a.op.Reason}
		node := plan.Node{Drops: []schema.Key{c.Key()}, Statements: []plan.Statement{a.d.statement(op, table+" DROP COLUMN "+quoteIdent(c.Name))}}
		for _, k := range a.goneChecks {
			if k.Spelling.Get(spellColumn) == c.Name {
				node.Drops = append(node.Drops, k.Key())
			}
		}
		nodes = append(nodes, node)
	}
	if len(a.created) == 0 {
		return nodes, nil
	}
	in, _, _ := inlines(&schema.Table{Name: a.after.Name, Columns: a.created, Constraints: a.newChecks}, a.newForeign)
	node := plan.Node{}
	for _, c := range a.created {
		definition, err := columnDefinition(c, in[c.Name], func(f *schema.ForeignKey) bool { return isImplicit(f, a.world.After) })
		if err != nil {
			return nil, err
		}
		statement := a.d.statement(plan.Op{Action: diff.Create, After: c, Reason: a.op.Reason}, table+" ADD COLUMN "+definition)
		for _, k := range in[c.Name].checks {
			statement.Hazards = append(statement.Hazards, a.d.opHazards(plan.Op{Action: diff.Create, After: k})...)
		}
		node.Creates = append(node.Creates, c.Key())
		node.Statements = append(node.Statements, statement)
	}
	for _, k := range a.newChecks {
		node.Creates = append(node.Creates, k.Key())
	}
	return append(nodes, node), nil
}
