package postgres

import (
	"database-structure-sync/backend/plan"
)

// schema renders a schema.
func (r *rendering) schema(op plan.Op) ([]plan.Node, error) {
	name := quoteIdent(op.Key().Name)
	return r.scripted(op, "SCHEMA "+name, "DROP SCHEMA "+name, nil), nil
}
