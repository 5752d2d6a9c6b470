package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
)

// rule renders a rewrite rule. It goes with its table.
func (r *rendering) rule(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	if op.Action == diff.Drop && r.goesWithTable(k) {
		return nil, nil
	}
	name := quoteIdent(k.Name) + " ON " + ownerName(k)
	return r.scripted(op, "RULE "+name, "DROP RULE "+name, r.enabling(op, "RULE")), nil
}
