// Package diff compares two databases of one dialect, generically: it knows keys, properties and parts, never a dialect
// or a kind's meaning. What it finds are changes that lead from the target (Before) to the source (After); applying a
// choice of them to the target gives the structure to expect.
package diff

import (
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// Action is what a change does to the target.
type Action string

// The actions. Replace is a drop followed by a create; only plans use it.
const (
	Create  Action = "create"
	Alter   Action = "alter"
	Drop    Action = "drop"
	Replace Action = "replace"
	// RenameAction gives the object another name; see Rename.
	RenameAction Action = "rename"
)

// Field is one property that differs; "" means absent.
type Field struct {
	Name          string
	Before, After string
}

// ColumnOrder is the name of the field of a table whose common columns stand in another order.
const ColumnOrder = "column_order"

// Name is the name of the field of an object that matches under another name (see Options.FoldColumns).
const Name = "name"

// Member is the name of the field of an object whose label or attribute is renamed.
const Member = "member"

// Change is one difference of one object. Before is nil for Create, After is nil for Drop. Of an altered table, Fields
// are the table's own properties and Parts the changes of its columns, constraints and indexes. After already carries
// the target's values of ignored properties, so that a change never touches them. A rename was confirmed by the user: its
// After is Before under its new name, and all other changes start from what the target is once all renames have been made.
type Change struct {
	Action        Action
	Before, After schema.Object
	Fields        []Field
	Parts         []Change
	Hazards       []hazard.Hazard
	Rename        *Rename // of the action rename
}

// Key is the key of the object that changes.
func (c Change) Key() schema.Key {
	if c.After != nil {
		return c.After.Key()
	}
	return c.Before.Key()
}

// ID is the change's stable id: its key's text. An altered table's id stands for its own fields.
func (c Change) ID() string {
	if c.Rename != nil {
		return c.Rename.ID()
	}
	return c.Key().String()
}

// Renames tells whether the object gets another name along with its other changes.
func (c Change) Renames() bool {
	return c.Action == Alter && c.Before.Key() != c.After.Key()
}

// Destructive tells whether executing the change itself, parts not counted, may lose data.
func (c Change) Destructive() bool { return hazard.AnyDestroys(c.Hazards) }

// Items flattens changes into what can be ticked one by one: every change whose own object differs, parts included.
func Items(changes []Change) []Change {
	var out []Change
	for _, c := range changes {
		if c.Action != Alter || len(c.Fields) > 0 {
			out = append(out, c)
		}
		out = append(out, c.Parts...)
	}
	return out
}

// Select keeps the items that take accepts, nested as they were; tables left without any are left out.
func Select(changes []Change, take func(Change) bool) []Change {
	var out []Change
	for _, c := range changes {
		if c.Action != Alter {
			if take(c) {
				out = append(out, c)
			}
			continue
		}
		kept := c
		if len(c.Fields) > 0 && !take(c) {
			kept.Fields, kept.Hazards = nil, nil
			kept.After = keepOwn(c)
		}
		kept.Parts = nil
		for _, p := range c.Parts {
			if take(p) {
				kept.Parts = append(kept.Parts, p)
			}
		}
		if len(kept.Fields) > 0 || len(kept.Parts) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// keepOwn is the change's result when the object's own properties stay as they are in the target.
func keepOwn(c Change) schema.Object {
	return c.After.With(c.Before, func(schema.Prop) bool { return true })
}
