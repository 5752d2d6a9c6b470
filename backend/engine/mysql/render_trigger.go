package mysql

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// triggerNodes render a trigger. It is never altered. Triggers of the same event and time run in the order in which they
// were created: each depends on the one before it, and those behind a replaced one are created again, so that no
// statement has to say FOLLOWS.
func (d dialect) triggerNodes(op plan.Op) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		return d.one(op, "DROP TRIGGER "+quoteIdent(op.Before.Key().Name)), nil
	}
	t := op.After.(*schema.Scripted)
	return []plan.Node{d.node(op, d.underSession(op, t)...)}, nil
}
