package postgres

import (
	"slices"

	"database-structure-sync/backend/schema"
)

// A check that is not valid is valid all the same in a table that is created as a child of one that has it, because the
// table is empty. In a child that is there when the parent gets the check, or that has such a check when it joins the
// parent, it is not.

// checkLater tells that a new child has to be there before its parents get a check that is not valid.
func (r *rendering) checkLater(t *schema.Table, c *schema.Constraint) bool {
	if !inheritedNotValid(t, c) || !r.isNew(t) {
		return false
	}
	for _, p := range parents(t) {
		parent := r.w.After.Table(p.Schema, p.Name)
		if parent == nil {
			return false
		}
		if given := check(parent, c.Name); given != nil && !r.comes(parent, given) {
			return false
		}
	}
	return true
}

// comes tells that the table gets the constraint in the course of the plan.
func (r *rendering) comes(t *schema.Table, c *schema.Constraint) bool {
	if inheritedNotValid(t, c) && r.isNew(t) {
		return r.checkLater(t, c)
	}
	before := r.w.Before.Find(c.Key())
	return before == nil || r.isNew(t) || !slices.Equal(structure(before), structure(c))
}

// joinsLate tells that a new child can only have a check that is not valid by having it before it joins its parents.
func (r *rendering) joinsLate(t *schema.Table) bool {
	return slices.ContainsFunc(t.Constraints, func(c *schema.Constraint) bool {
		return inheritedNotValid(t, c) && r.isNew(t) && !r.checkLater(t, c)
	})
}

// bornBefore are the keys of the new tables that have to be there before their parent gets the check.
func (r *rendering) bornBefore(t *schema.Table, c *schema.Constraint) (keys []schema.Key) {
	for _, child := range r.after.children[t.Key()] {
		if given := check(child, c.Name); given != nil && r.checkLater(child, given) {
			keys = append(append(keys, child.Key()), r.bornBefore(child, given)...)
		}
	}
	return keys
}

// parentNotValid tells that a parent's check of the same name is not valid, so that it validates no child's.
func (r *rendering) parentNotValid(t *schema.Table, c *schema.Constraint) bool {
	return slices.ContainsFunc(parents(t), func(p schema.Key) bool {
		parent := r.w.After.Table(p.Schema, p.Name)
		return parent != nil && check(parent, c.Name) != nil && check(parent, c.Name).NotValid
	})
}

// check is the table's check of that name, nil when it has none.
func check(t *schema.Table, name string) *schema.Constraint {
	for _, c := range t.Constraints {
		if c.Kind == schema.KindCheck && c.Name == name {
			return c
		}
	}
	return nil
}

func inheritedNotValid(t *schema.Table, c *schema.Constraint) bool {
	return c.Kind == schema.KindCheck && c.Inherited && c.NotValid && !c.NotEnforced && t.PartitionOf.IsZero()
}

// isNew tells that the plan creates the table.
func (r *rendering) isNew(t *schema.Table) bool {
	before := r.w.Before.Table(t.Schema, t.Name)
	return before == nil || r.tableReplaced(before, t)
}

// invalidated are the statements for a child's check that stays the parents' and is not valid any more, which nothing can
// say of it alone: the parents' check, which is not valid either, is made anew, and validated again where it was. nil when
// that is not so, or another child sees to it.
func (r *rendering) invalidated(before, after *schema.Constraint) []string {
	if !losesValidity(before, after) {
		return nil
	}
	table, top := r.w.After.Table(after.Schema, after.Table), after
	for table != nil {
		parent, given := r.parentCheck(table, after.Name)
		if given == nil {
			break
		}
		was, ok := r.w.Before.Find(given.Key()).(*schema.Constraint)
		if !ok || !slices.Equal(structure(was), structure(given)) && !losesValidity(was, given) {
			return nil // it comes anew by itself
		}
		table, top = parent, given
	}
	if top == after || !top.NotValid {
		return nil
	}
	below := r.checksBelow(table, after.Name)
	first := slices.IndexFunc(below, func(c *schema.Constraint) bool {
		was, ok := r.w.Before.Find(c.Key()).(*schema.Constraint)
		return ok && losesValidity(was, c)
	})
	if below[first].Key() != after.Key() {
		return nil
	}
	name := quoteIdent(after.Name)
	out := []string{
		"ALTER TABLE " + fullName(table.Key()) + " DROP CONSTRAINT " + name,
		"ALTER TABLE " + fullName(table.Key()) + " ADD " + r.constraintDefinition(top),
	}
	for _, c := range append([]*schema.Constraint{top}, below...) {
		if !c.NotValid {
			out = append(out, "ALTER TABLE "+ownerName(c.Key())+" VALIDATE CONSTRAINT "+name)
		}
		if c.Comment != "" {
			out = append(out, commentOn(constraintTarget(c.Key()), c.Comment))
		}
	}
	return out
}

func losesValidity(before, after *schema.Constraint) bool {
	return after.Kind == schema.KindCheck && before.Inherited && after.Inherited && !before.NotValid && after.NotValid
}

// parentCheck is the first parent, afterwards, that has a check of the name.
func (r *rendering) parentCheck(t *schema.Table, name string) (*schema.Table, *schema.Constraint) {
	for _, p := range parents(t) {
		if parent := r.w.After.Table(p.Schema, p.Name); parent != nil && check(parent, name) != nil {
			return parent, check(parent, name)
		}
	}
	return nil, nil
}

// checksBelow are the checks of the name of all tables below, sorted by key.
func (r *rendering) checksBelow(t *schema.Table, name string) (out []*schema.Constraint) {
	for _, child := range r.after.children[t.Key()] {
		if c := check(child, name); c != nil {
			out = append(append(out, c), r.checksBelow(child, name)...)
		}
	}
	slices.SortFunc(out, func(a, b *schema.Constraint) int { return a.Key().Compare(b.Key()) })
	return slices.CompactFunc(out, func(a, b *schema.Constraint) bool { return a.Key() == b.Key() })
}
