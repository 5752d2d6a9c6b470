package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// extension renders an extension. Which version of it is installed is the server's affair.
func (r *rendering) extension(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	name := quoteIdent(k.Name)
	w := newWork(k, op.Action)
	switch op.Action {
	case diff.Drop:
		w.run("DROP EXTENSION "+name, r.hazards.drop(op.Before)...)
		return nodes(w.drops(k)), nil
	case diff.Create:
		after := op.After.(*schema.Scripted)
		w.run(after.Definition)
		w.run(commentOn("EXTENSION "+name, after.Comment)) // an extension brings a comment along
		return nodes(w.creates(k)), nil
	}
	before, after := op.Before.(*schema.Scripted), op.After.(*schema.Scripted)
	if to := after.Attrs.Get(attrSchema); to != before.Attrs.Get(attrSchema) {
		w.run("ALTER EXTENSION " + name + " SET SCHEMA " + to)
	}
	w.comment("EXTENSION "+name, before.Comment, after.Comment)
	return nodes(w.alters(k)), nil
}
