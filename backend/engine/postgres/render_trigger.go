package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// trigger renders a trigger. It goes with its table.
func (r *rendering) trigger(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	if op.Action == diff.Drop && r.goesWithTable(k) {
		return nil, nil
	}
	name := quoteIdent(k.Name) + " ON " + ownerName(k)
	return r.scripted(op, "TRIGGER "+name, "DROP TRIGGER "+name, r.enabling(op, "TRIGGER")), nil
}

// enabling are the statements that switch a trigger or rule on or off.
func (r *rendering) enabling(op plan.Op, word string) func(*work, schema.Attrs) {
	return func(w *work, before schema.Attrs) {
		k := op.Key()
		if was, is := before.Get(attrEnabled), op.After.Extra().Attrs.Get(attrEnabled); was != is {
			w.run("ALTER TABLE " + ownerName(k) + " " + orElse(is, "ENABLE") + " " + word + " " + quoteIdent(k.Name))
		}
	}
}
