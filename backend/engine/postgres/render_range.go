package postgres

import "database-structure-sync/backend/plan"

// rangeType renders a range type. A changed one is dropped and created: its constructor functions keep it from being
// renamed out of the way.
func (r *rendering) rangeType(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	return r.scripted(op, "TYPE "+fullName(k), "DROP TYPE "+fullName(k), nil), nil
}
