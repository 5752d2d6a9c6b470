package postgres

import (
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// statistics renders an extended statistics object.
func (r *rendering) statistics(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	name := fullName(k)
	target := func(w *work, before schema.Attrs) {
		was, is := before.Get(attrStatistics), op.After.Extra().Attrs.Get(attrStatistics)
		if was != is {
			w.run("ALTER STATISTICS " + name + " SET STATISTICS " + orElse(is, "-1"))
		}
	}
	return r.scripted(op, "STATISTICS "+name, "DROP STATISTICS "+name, target), nil
}
