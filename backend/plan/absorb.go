package plan

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// Absorber is the part of a Dialect that writes some objects in the definition of their table, although they stand beside
// it in the model: SQLite's foreign keys. What happens to such an object, while its table stays, happens by altering the
// table, whose operation is there even if nothing else about it changes; Nodes has nothing to add for the object itself.
type Absorber interface {
	Absorbs(kind schema.Kind) bool
	// Clause is the object as it stands in its table's definition.
	Clause(o schema.Object) (string, error)
}

// ReasonBelongs is the reason of a table's operation that is there for the sake of a belonging: a code and its key.
const ReasonBelongs = "belongs"

// alterOwner makes sure that the table of a changed object is altered, if the table's definition is where the object stands.
func (e *expansion) alterOwner(c diff.Change) {
	a, ok := e.d.(Absorber)
	if !ok || !a.Absorbs(c.Key().Kind) {
		return
	}
	k, ok := c.Key().TableOf()
	if !ok || e.ops[k] != nil {
		return
	}
	before, after := e.world.Before.Get(k), e.world.After.Get(k)
	if before == nil || after == nil {
		return
	}
	op := &Op{Action: diff.Alter, Before: before, After: after, Reason: ReasonBelongs + " " + c.Key().String()}
	e.ops[k] = op
	e.touch(op, k)
}

// clause is the definition of an object that its table absorbs; ok is false for all others.
func clause(d Dialect, o schema.Object) (text string, ok bool, err error) {
	a, ok := d.(Absorber)
	if !ok || !a.Absorbs(o.Key().Kind) {
		return "", false, nil
	}
	text, err = a.Clause(o)
	return text, true, err
}
