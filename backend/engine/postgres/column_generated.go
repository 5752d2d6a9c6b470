package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// How generated columns change: by being dropped and added again, or by having another expression for a while.

// recreated tells that the column is dropped and added again rather than changed.
func (c *columnWork) recreated(p plan.Op) bool {
	b, a := p.Before.(*schema.Column), p.After.(*schema.Column)
	if c.given(b) && c.given(a) { // the column at the top decides
		top := *c
		top.before, b = c.r.topColumn(c.r.w.Before, c.before, b)
		top.after, a = c.r.topColumn(c.r.w.After, c.after, a)
		return !top.given(b) && top.recreated(plan.Op{Action: p.Action, Before: b, After: a})
	}
	if p.Action == diff.Replace && a.Generated != "" && b.Generated != "" {
		return !c.swapsExpression(b, a)
	}
	return c.r.d.columnRecreated(b, a)
}

// swapsExpression tells that a generated column can let go of what its expression uses by having another expression
// for a while (17), which keeps its place among the columns.
func (c *columnWork) swapsExpression(b, a *schema.Column) bool {
	if !c.r.v.atLeast(17) || b.GeneratedKind != a.GeneratedKind || b.Type.Text != a.Type.Text || c.r.columnFate(b, a) != kept {
		return false
	}
	for _, t := range []*schema.Table{c.before, c.after} {
		for _, k := range t.Constraints {
			if k.Kind == schema.KindCheck && a.GeneratedKind == "VIRTUAL" {
				return false // the server refuses it for virtual columns of tables with checks
			}
			if k.Kind == schema.KindPrimaryKey {
				for _, p := range k.Columns {
					if p.Column == a.Name {
						return false // the stand-in is NULL
					}
				}
			}
		}
	}
	return true
}

// isSwap tells that a generated column steps aside by having another expression for a while.
func (c *columnWork) isSwap(ch *columnChange) bool {
	return !ch.given && ch.before.Generated != "" && ch.after.Generated != ""
}

// restoreExpression gives a generated column its expression back.
func (c *columnWork) restoreExpression(ch *columnChange) (actions []string) {
	if ch.before.Generated == ch.after.Generated { // else the change itself sets it
		actions = append(actions, "ALTER COLUMN "+quoteIdent(ch.after.Name)+" SET EXPRESSION AS ("+ch.after.Generated+")")
	}
	if ch.before.NotNull && ch.after.NotNull {
		actions = append(actions, c.r.addNotNull(ch.after))
	}
	return actions
}
