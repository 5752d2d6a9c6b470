package postgres

import (
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// collation renders a collation.
func (r *rendering) collation(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	create := func(w *work, o schema.Object) {
		w.run(o.(*schema.Scripted).Definition).comment("COLLATION "+fullName(k), "", o.Extra().Comment)
	}
	if out, done := r.remake(op, create); done {
		return out, nil
	}
	return r.scripted(op, "COLLATION "+fullName(k), "DROP COLLATION "+fullName(k), nil), nil
}
