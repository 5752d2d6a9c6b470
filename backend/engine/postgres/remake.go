package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// remake renders an operation on a type or collation that is to be made anew: the old one is renamed and the new one
// takes its name; what uses it changes over, each in its own operation; then the old one is dropped. done is false when
// the operation is of another sort. A replacement arrives as a drop, for which there is nothing to do, and a create.
func (r *rendering) remake(op plan.Op, create func(*work, schema.Object)) (out []plan.Node, done bool) {
	k := op.Key()
	if r.fateOf(k) != remade {
		return nil, false
	}
	if op.Action == diff.Drop {
		return nil, true
	}
	before, after := r.w.Before.Get(k), r.w.After.Get(k)
	spare := r.freeName(k)
	word := typeWord(k.Kind)
	w := newWork(k, diff.Replace)
	w.run("ALTER "+word+" "+fullName(k)+" RENAME TO "+quoteIdent(spare), r.hazards.alter(before, after)...)
	create(w, after)
	drop := newWork(k, diff.Replace).run("DROP " + word + " " + quoteQualified(k.Schema, spare))
	last := drop.alters(side(k))
	last.Needs = r.changedOver(k)
	return []plan.Node{w.alters(k), last}, true
}

// changedOver are the keys of what has to be done with the old type or collation before it is dropped.
func (r *rendering) changedOver(k schema.Key) (keys []schema.Key) {
	for _, user := range r.before.users[k] {
		uk := user.Key()
		keys = append(keys, uk)
		if isTypeKind(uk.Kind) {
			keys = append(keys, side(uk))
		}
	}
	for _, t := range r.before.typed[fullName(k)] {
		keys = append(keys, detached(t.Key()))
	}
	return append(keys, k)
}

func typeWord(k schema.Kind) string {
	switch k {
	case schema.KindDomain:
		return "DOMAIN"
	case schema.KindCollation:
		return "COLLATION"
	}
	return "TYPE"
}
