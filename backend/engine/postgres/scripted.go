package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// scripted renders an object whose definition is the statement that creates it; target is how COMMENT ON names it. Extra
// statements that follow its creation, or change it in place, are added by more, which gets the attributes before.
func (r *rendering) scripted(op plan.Op, target, drop string, more func(w *work, before schema.Attrs)) []plan.Node {
	k := op.Key()
	w := newWork(k, op.Action)
	switch op.Action {
	case diff.Drop:
		var hs []hazard.Hazard
		if r.w.After.Get(k) == nil {
			hs = r.hazards.drop(op.Before)
		} else {
			hs = r.hazards.replaced(op.Before, r.w.After.Get(k))
		}
		w.run(drop, hs...)
		return nodes(w.drops(k))
	case diff.Create:
		after := op.After.(*schema.Scripted)
		w.run(spelled(&after.Base, spellDefinition, after.Definition))
		if more != nil {
			more(w, nil)
		}
		w.comment(target, "", after.Comment)
		return nodes(w.creates(k))
	}
	before, after := op.Before.(*schema.Scripted), op.After.(*schema.Scripted)
	if before.Definition != after.Definition { // kinds that can be replaced in place
		w.run(after.Definition)
	}
	if more != nil {
		more(w, before.Attrs)
	}
	w.comment(target, before.Comment, after.Comment)
	return nodes(w.alters(k))
}
