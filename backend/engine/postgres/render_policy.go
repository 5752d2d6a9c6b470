package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
)

// policy renders a row security policy. It goes with its table.
func (r *rendering) policy(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	if op.Action == diff.Drop && r.goesWithTable(k) {
		return nil, nil
	}
	name := quoteIdent(k.Name) + " ON " + ownerName(k)
	return r.scripted(op, "POLICY "+name, "DROP POLICY "+name, nil), nil
}
