package postgres

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// labelAddition is one ALTER TYPE … ADD VALUE.
type labelAddition struct {
	label, neighbour string
	before           bool // BEFORE neighbour rather than AFTER it
}

// labelAdditions are the additions that lead from one list of labels to another; ok is false when labels go or change
// places, which ADD VALUE cannot do.
func labelAdditions(before, after []string) (additions []labelAddition, ok bool) {
	old := map[string]bool{}
	for _, l := range before {
		old[l] = true
	}
	next := 0
	for i, l := range after {
		if next < len(before) && before[next] == l {
			next++
			continue
		}
		if old[l] {
			return nil, false
		}
		a := labelAddition{label: l}
		switch {
		case i > 0 && next < len(before):
			a.neighbour = after[i-1]
		case i == 0 && len(before) > 0:
			a.neighbour, a.before = before[0], true
		}
		additions = append(additions, a)
	}
	return additions, next == len(before)
}

// enum renders an enumerated type.
func (r *rendering) enum(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	if out, done := r.remake(op, createEnum); done {
		return out, nil
	}
	w := newWork(k, op.Action)
	switch op.Action {
	case diff.Create:
		createEnum(w, op.After)
		return nodes(w.creates(k)), nil
	case diff.Drop:
		w.run("DROP TYPE " + fullName(k))
		return nodes(w.drops(k)), nil
	}
	before, after := op.Before.(*schema.Enum), op.After.(*schema.Enum)
	additions, _ := labelAdditions(before.Labels, after.Labels)
	for _, a := range additions {
		text := "ALTER TYPE " + fullName(k) + " ADD VALUE " + quoteLiteral(a.label)
		if a.neighbour != "" || a.before {
			word := " AFTER "
			if a.before {
				word = " BEFORE "
			}
			text += word + quoteLiteral(a.neighbour)
		}
		w.run(text, hazard.New(hazard.NotAtomic, displayName(k)))
		w.statements[len(w.statements)-1].Tx = plan.Alone // a new label is unusable in the transaction that adds it
	}
	w.comment("TYPE "+fullName(k), before.Comment, after.Comment)
	return nodes(w.alters(k)), nil
}

func createEnum(w *work, o schema.Object) {
	e := o.(*schema.Enum)
	labels := make([]string, len(e.Labels))
	for i, l := range e.Labels {
		labels[i] = quoteLiteral(l)
	}
	w.run("CREATE TYPE " + fullName(e.Key()) + " AS ENUM (" + strings.Join(labels, ", ") + ")")
	w.comment("TYPE "+fullName(e.Key()), "", e.Comment)
}
