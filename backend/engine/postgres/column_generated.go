package postgres

import (
	"strings"

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
	if !c.r.v.atLeast(17) || c.r.d.columnRecreated(b, a) || b.GeneratedKind != a.GeneratedKind || b.Type.Text != a.Type.Text || c.r.columnFate(b, a) != kept {
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

// replaceByValues makes a plain column of a generated one where the server cannot: a new column takes over what the old
// one's expression gives, before anything that the expression uses goes, and then its name.
func (c *columnWork) replaceByValues(b, a *schema.Column) {
	k := b.Key()
	alter := func(action string) string { return alterTable(c.table(), []string{action}) }
	spare := quoteIdent(spareName(b.Name))
	bare := &schema.Column{Schema: b.Schema, Table: b.Table, Name: b.Name, Type: b.Type, Collation: b.Collation}
	typ := b.Type.Text
	if b.Collation != "" {
		typ += " COLLATE " + b.Collation
	}
	g := c.group("drop\x00"+uses(b)+"\x01"+b.Name, k, diff.Replace)
	g.leading.run(alter("ADD COLUMN " + spare + " " + typ))
	// Unlike an UPDATE, this fires no triggers.
	g.leading.run(alter("ALTER COLUMN "+spare+" TYPE "+typ+" USING ("+b.Generated+")"), c.r.hazards.rewrite(c.after.Key())...)
	g.actions = append(g.actions, "DROP COLUMN "+quoteIdent(b.Name))
	g.trailing.run(alter("RENAME COLUMN " + spare + " TO " + quoteIdent(b.Name)))
	g.drops, g.alters = append(g.drops, k), append(g.alters, side(k))
	ch := &columnChange{r: c.r, before: bare, after: a}
	added := c.group("add\x00"+a.Name, k, diff.Replace)
	actions, own := ch.actions(bare)
	for _, action := range own {
		if strings.Contains(action, " SET DEFAULT ") { // children get it as they would with a new column
			actions = append(actions, action)
		} else {
			added.own = append(added.own, action)
		}
	}
	added.actions = append(added.actions, actions...)
	added.creates = append(added.creates, k)
	follow := newWork(k, diff.Replace)
	ch.followUp(follow, bare)
	added.trailing.statements = append(added.trailing.statements, follow.statements...)
}
