package mysql

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// eventNodes render an event of the scheduler.
func (d dialect) eventNodes(op plan.Op) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		return d.one(op, "DROP EVENT "+quoteIdent(op.Before.Key().Name)), nil
	}
	e := op.After.(*schema.Scripted)
	return []plan.Node{d.node(op, d.underSession(op, e)...)}, nil
}
