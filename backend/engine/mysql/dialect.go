package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// dialect renders changes for one server version. What one kind of object needs is in the kind's render file; here is
// only what decides between kinds.
type dialect struct{ f flavor }

// newDialect is the dialect of servers of that flavour.
func newDialect(f flavor) plan.Dialect { return dialect{f} }

var kinds = []schema.Kind{
	schema.KindSequence, schema.KindTable, schema.KindColumn, schema.KindPrimaryKey, schema.KindCheck, schema.KindIndex,
	schema.KindForeignKey, schema.KindRoutine, schema.KindView, schema.KindTrigger, schema.KindEvent,
}

// Kinds implements plan.Dialect.
func (d dialect) Kinds() []schema.Kind { return kinds }

// ColumnOrder implements plan.Dialect.
func (d dialect) ColumnOrder() bool { return true }

// FoldsColumns tells that names of columns are compared without regard to case (compare asks).
func (d dialect) FoldsColumns() bool { return true }

// Transactional implements plan.Dialect: every statement commits by itself.
func (d dialect) Transactional() bool { return false }

// Knows tells whether servers of this version have properties of the class (compare asks).
func (d dialect) Knows(class schema.Class) bool { return class != schema.ClassClock || d.f.twoClocks() }

// QuoteIdent implements plan.Dialect.
func (d dialect) QuoteIdent(name string) string { return quoteIdent(name) }

// QuoteString implements plan.Dialect.
func (d dialect) QuoteString(s string) string { return quoteString(s) }

// Names implements plan.Dialect. Names of columns, indexes and constraints are compared without regard to case by the
// servers.
func (d dialect) Names(o schema.Object) []string {
	k := o.Key()
	folded := strings.ToLower(k.Name)
	switch k.Kind {
	case schema.KindTable, schema.KindView, schema.KindSequence:
		return []string{"rel:" + k.Name}
	case schema.KindForeignKey:
		return []string{"fk:" + folded}
	case schema.KindCheck:
		if d.f.mariadb {
			return []string{"check:" + k.Owner + ":" + folded}
		}
		return []string{"check:" + folded}
	case schema.KindColumn, schema.KindIndex:
		return []string{string(k.Kind) + ":" + k.Owner + ":" + folded}
	case schema.KindRoutine, schema.KindTrigger, schema.KindEvent:
		return []string{string(k.Kind) + ":" + folded}
	}
	return nil
}

// Replace implements plan.Dialect.
func (d dialect) Replace(c diff.Change) bool {
	switch after := c.After.(type) {
	case *schema.Column:
		return d.replacesColumn(c.Before.(*schema.Column), after)
	case *schema.Constraint:
		return !d.checkChangesInPlace(c)
	case *schema.Index:
		return !d.indexChangesInPlace(c)
	case *schema.ForeignKey:
		return true
	case *schema.Scripted:
		return d.replacesScripted(c)
	}
	return false
}

// StepsAside implements plan.Dialect.
func (d dialect) StepsAside(dependent schema.Object, on schema.Key, op plan.Op) bool {
	goes := op.Action == diff.Drop || op.Action == diff.Replace
	switch o := dependent.(type) {
	case *schema.ForeignKey:
		return foreignKeyStepsAside(on, op)
	case *schema.Index:
		// So is a spatial index in the way of another reference system.
		return on.Kind == schema.KindColumn && (op.Action == diff.Replace || op.Action == diff.Alter && o.Method == "spatial" && changed(op.Before, op.After, attrSRID))
	case *schema.Column, *schema.Constraint:
		// The servers drop a check or an index silently with the last of its columns, and refuse to drop the base of a
		// generated column, even if the same statement adds a column of that name.
		return on.Kind == schema.KindColumn && op.Action == diff.Replace
	case *schema.Scripted:
		// A trigger that follows a dropped one keeps its place only when it is created again behind it. A package takes its
		// body along.
		return o.Kind == schema.KindTrigger && on.Kind == schema.KindTrigger && goes || o.Kind == schema.KindRoutine && on.Kind == schema.KindRoutine && goes
	}
	return false
}

// Nodes implements plan.Dialect.
func (d dialect) Nodes(op plan.Op, w plan.World) ([]plan.Node, error) {
	o := op.After
	if o == nil {
		o = op.Before
	}
	switch o := o.(type) {
	case *schema.Table:
		return d.tableNodes(op, w)
	case *schema.ForeignKey:
		return d.foreignKeyNodes(op)
	case *schema.Sequence:
		return d.sequenceNodes(op)
	case *schema.Scripted:
		switch o.Kind {
		case schema.KindView:
			return d.viewNodes(op, w)
		case schema.KindRoutine:
			return d.routineNodes(op)
		case schema.KindTrigger:
			return d.triggerNodes(op)
		case schema.KindEvent:
			return d.eventNodes(op)
		}
	}
	return nil, d.cannot(o.Key(), "is of a kind that %s does not have: leave it out of the synchronisation", d.f.name())
}

// cannot is the fault for something that this server cannot have. text goes on after the object's name.
func (d dialect) cannot(k schema.Key, text string, args ...any) error {
	name := k.Name
	if k.Owner != "" {
		name = k.Owner + "." + k.Name
	}
	return fault.New(fault.Unsupported, "the %s %s "+text, append([]any{strings.ReplaceAll(string(k.Kind), "_", " "), name}, args...)...)
}

// one is the node of a single statement on op's object.
func (d dialect) one(op plan.Op, sql string) []plan.Node {
	return []plan.Node{d.node(op, d.statement(op, sql))}
}

// statement is a statement that carries the hazards of the operation itself.
func (d dialect) statement(op plan.Op, sql string) plan.Statement {
	return plan.Statement{SQL: sql, Key: op.Key(), Action: op.Action, Hazards: d.opHazards(op)}
}

// node holds statements that together carry out op.
func (d dialect) node(op plan.Op, statements ...plan.Statement) plan.Node {
	n := plan.Node{Statements: statements}
	switch op.Action {
	case diff.Create:
		n.Creates = withParts(op.After)
	case diff.Drop:
		n.Drops = withParts(op.Before)
	default:
		n.Alters = []schema.Key{op.Key()}
	}
	return n
}

func withParts(o schema.Object) []schema.Key {
	keys := []schema.Key{o.Key()}
	for _, p := range o.Parts() {
		keys = append(keys, p.Key())
	}
	return keys
}

// changed tells whether any of the named properties differs between the two objects.
func changed(before, after schema.Object, names ...string) bool {
	was, is := properties(before), properties(after)
	for _, n := range names {
		if was[n] != is[n] {
			return true
		}
	}
	return false
}

// onlyChanged tells that nothing but the named properties differs.
func onlyChanged(c diff.Change, names ...string) bool {
	was, is := properties(c.Before), properties(c.After)
	for _, n := range names {
		delete(was, n)
		delete(is, n)
	}
	if len(was) != len(is) {
		return false
	}
	for n, v := range was {
		if is[n] != v {
			return false
		}
	}
	return true
}

func properties(o schema.Object) map[string]string {
	out := map[string]string{}
	for _, p := range o.Props() {
		out[p.Name] = p.Value
	}
	return out
}
