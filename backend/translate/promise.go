package translate

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate/expr"
)

// Checks that say what a type says elsewhere: where there are no booleans, people write IN (0, 1), where there are no enums, the
// labels, and where JSON is a text, json_valid. Such a check is wanted from no target whose column has the type, and stays where it is.

// promised is what a check of a table says of one column, by the column's own name.
func (d dialect) promised(t *schema.Table, text string) (expr.Promise, bool) {
	n, err := expr.Parse(d.sql(), text)
	if err != nil {
		return expr.Promise{}, false
	}
	p, ok := expr.PromiseOf(n)
	if !ok {
		return p, false
	}
	for _, c := range t.Columns {
		if c.Name == p.Column || strings.EqualFold(c.Name, p.Column) {
			p.Column = c.Name
			return p, true
		}
	}
	return p, false
}

// keptBy tells that values of the type cannot but keep the promise.
func (t Type) keptBy(p expr.Promise) bool {
	switch t.Class {
	case JSON:
		return p.Values == nil
	case Bool:
		return !t.Wide && slices.Contains(p.Values, "0") && slices.Contains(p.Values, "1")
	case Enum:
		return sameSet(t.Labels, p.Values)
	}
	return false
}

// given tells that a wanted check only says what the column's type says that it has in the target.
func (tr *translation) given(c *schema.Constraint, out *schema.Table) bool {
	p, ok := tr.promises[c]
	if !ok {
		return false
	}
	column := out.Column(p.Column)
	return column != nil && tr.to.read(column.Type, tr.out).keptBy(p)
}

// standsFor tells that a check of the target says no more than the source's type of the column.
func (tr *translation) standsFor(c *schema.Constraint, out, there *schema.Table) bool {
	p, ok := tr.to.promised(there, c.Expr)
	if !ok || out.Column(p.Column) == nil {
		return false
	}
	src := tr.soft[columnKey(out.Key(), p.Column)].source
	if src == nil {
		return false
	}
	typ := tr.from.read(src.Type, tr.source)
	typ.Wide = false // a number that people take for a boolean
	return typ.keptBy(p)
}

// enumOf gives a text of SQLite whose check lists its values the labels, where the target has an enum for it: in the target's
// order if they are the same.
func (tr *translation) enumOf(src *schema.Table, c *schema.Column, there *schema.Column, t Type) Type {
	if !tr.from.sqlite() || there == nil || t.Class != Text && t.Class != Varchar {
		return t
	}
	enum := tr.to.read(there.Type, tr.target)
	if enum.Class != Enum {
		return t
	}
	for _, k := range src.Constraints {
		if k.Kind != schema.KindCheck {
			continue
		}
		p, ok := tr.from.promised(src, k.Expr)
		if !ok || p.Column != c.Name || p.Values == nil {
			continue
		}
		if sameSet(enum.Labels, p.Values) {
			return enum
		}
		return Type{Class: Enum, Labels: p.Values}
	}
	return t
}
