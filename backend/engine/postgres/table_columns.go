package postgres

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// columnWork gathers the work on the columns of one altered table into as few ALTER TABLE as the order of the whole plan
// allows: columns share one when they depend on the same objects.
type columnWork struct {
	r             *rendering
	before, after *schema.Table
	out           []plan.Node
	groups        map[string]*columnGroup
	order         []*columnGroup
	last          schema.Key // the column added last: added ones keep their order
}

// columnGroup is one ALTER TABLE and what follows it.
type columnGroup struct {
	actions, own           []string // own: of ONLY the table
	ownFirst               bool
	leading, trailing      *work
	node                   plan.Node
	key                    schema.Key
	action                 diff.Action
	only                   bool
	hazards                []hazard.Hazard
	creates, alters, drops []schema.Key
}

// columnNodes are the nodes for the columns of an altered table.
func (r *rendering) columnNodes(op plan.Op, before, after *schema.Table) ([]plan.Node, error) {
	c := &columnWork{r: r, before: before, after: after, groups: map[string]*columnGroup{}}
	var adds []*schema.Column
	reasons := map[string]string{}
	for _, p := range op.Parts {
		if p.Key().Kind != schema.KindColumn {
			continue
		}
		reasons[p.Key().Name] = p.Reason
		b, _ := p.Before.(*schema.Column)
		a, _ := p.After.(*schema.Column)
		switch {
		case p.Action == diff.Create:
			adds = append(adds, a)
		case p.Action == diff.Drop:
			c.drop(b, diff.Drop)
		case c.recreated(p) && b.Generated != "" && a.Generated == "" && !c.given(b):
			c.replaceByValues(b, a)
		case c.recreated(p):
			c.drop(b, diff.Replace)
			adds = append(adds, a)
		default:
			c.change(p, b, a)
		}
	}
	for _, a := range c.addOrder(adds) {
		c.add(a)
	}
	c.flush()
	for i := range c.out {
		c.out[i] = r.afterDetaching(c.out[i], before)
		for j := range c.out[i].Statements {
			s := &c.out[i].Statements[j]
			if s.Reason == "" && s.Key.Kind == schema.KindColumn {
				s.Reason = reasons[s.Key.Name]
			}
		}
	}
	return c.out, nil
}

// given tells that a column is brought, changed and taken by a parent table or the table's type.
func (c *columnWork) given(col *schema.Column) bool {
	if col == nil || c.moves() {
		return false
	}
	return col.Inherited || c.after.Attrs.Get(attrOfType) != ""
}

func (c *columnWork) moves() bool { return c.r.moves(c.after) }

// merged tells that a column of the table's own is a parent's as well, which retypes it along with its own.
func (c *columnWork) merged(db *schema.Database, t *schema.Table, col *schema.Column) bool {
	return !c.moves() && c.r.parentColumn(db, t, col) != col
}

// source are the keys of what brings a given column: the parents' column, or the table's type.
func (c *columnWork) source(col *schema.Column) (keys []schema.Key) {
	for _, p := range parents(c.after) {
		keys = append(keys, schema.Key{Kind: schema.KindColumn, Schema: p.Schema, Owner: p.Name, Name: col.Name})
	}
	for _, k := range c.after.DependsOn {
		if k.Kind == schema.KindComposite {
			keys = append(keys, k)
		}
	}
	return keys
}

func (c *columnWork) table() string { return fullName(c.after.Key()) }

// group is the group of that name, made when it is new.
func (c *columnWork) group(name string, key schema.Key, action diff.Action) *columnGroup {
	g := c.groups[name]
	if g == nil {
		g = &columnGroup{leading: newWork(key, action), trailing: newWork(key, action), key: key, action: action}
		c.groups[name] = g
		c.order = append(c.order, g)
	}
	return g
}

// flush turns the groups into nodes.
func (c *columnWork) flush() {
	for _, g := range c.order {
		w := g.leading
		target := c.table()
		if g.only {
			target = "ONLY " + target
		}
		own := alterTable("ONLY "+c.table(), g.own)
		if g.ownFirst {
			w.run(own)
		}
		for i, actions := range c.r.apart(g.actions) {
			if sql := alterTable(target, actions); i == 0 {
				w.run(sql, g.hazards...)
			} else {
				w.run(sql)
			}
		}
		if !g.ownFirst {
			w.run(own)
		}
		w.statements = append(w.statements, g.trailing.statements...)
		c.out = append(c.out, plan.Node{Statements: w.statements, Creates: g.creates, Alters: g.alters, Drops: g.drops, Needs: g.node.Needs})
	}
	c.order = nil
}

// apart divides actions where the server would not run them in one statement: it lets no expression say how values of a
// column convert that is a generated one before the statement, wants an identity to stay a whole number that stops being one in the
// statement, and (until 13) takes an identity's sequence for one of the type that its column has before it.
func (r *rendering) apart(actions []string) (parts [][]string) {
	converts := slices.ContainsFunc(actions, func(a string) bool { return strings.Contains(a, " USING ") })
	var first, rest, last []string
	for _, a := range actions {
		switch {
		case converts && strings.HasSuffix(a, " DROP EXPRESSION"), losesNumber(a, actions):
			first = append(first, a)
		case !r.v.atLeast(13) && strings.Contains(a, " ADD GENERATED ") && strings.Contains(a, " AS IDENTITY"):
			last = append(last, a)
		default:
			rest = append(rest, a)
		}
	}
	for _, part := range [][]string{first, rest, last} {
		if len(part) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// losesNumber tells that an action drops the identity of a column that gets a type without counters.
func losesNumber(action string, actions []string) bool {
	column, ok := strings.CutSuffix(action, " DROP IDENTITY")
	return ok && slices.ContainsFunc(actions, func(a string) bool {
		typ, retypes := strings.CutPrefix(a, column+" TYPE ")
		name, _, _ := strings.Cut(typ, " USING ")
		return retypes && !slices.Contains([]string{"smallint", "integer", "bigint"}, name)
	})
}

// uses is a text of what a column depends on beside its table, equal for columns that may share a statement.
func uses(col *schema.Column) string {
	if col == nil {
		return ""
	}
	var keys []string
	for _, k := range col.Deps() {
		if k.Kind != schema.KindTable || k.Name != col.Table || k.Schema != col.Schema {
			keys = append(keys, k.String())
		}
	}
	return strings.Join(keys, "\x00")
}

// drop drops a column, and lets go of sequences that it owns and that stay.
func (c *columnWork) drop(b *schema.Column, action diff.Action) {
	k := b.Key()
	if c.given(b) {
		c.out = append(c.out, newWork(k, action).drops(k))
		return
	}
	name := "drop\x00" + uses(b)
	if uses(b) != "" {
		name += "\x01" + b.Name // what it depends on goes at its own time
	}
	g := c.group(name, k, diff.Drop)
	sequences, stay := c.r.vanishing(k)
	for _, s := range stay {
		g.leading.runFor(s.Key(), diff.Alter, "ALTER SEQUENCE "+fullName(s.Key())+" OWNED BY NONE")
	}
	for _, s := range sequences {
		g.drops = append(g.drops, s.Key())
	}
	g.actions = append(g.actions, "DROP COLUMN "+quoteIdent(b.Name))
	g.drops = append(g.drops, k)
	g.alters = append(g.alters, side(k))
	for _, p := range parents(c.before) { // a parent's column of the same name holds it
		g.node.Needs = append(g.node.Needs, side(schema.Key{Kind: k.Kind, Schema: p.Schema, Owner: p.Name, Name: k.Name}))
	}
	g.hazards = append(g.hazards, c.r.hazards.drop(b)...)
}

// addOrder puts added columns into the table's order, except that a generated one waits for those it is computed from.
func (c *columnWork) addOrder(adds []*schema.Column) []*schema.Column {
	pending := map[schema.Key]*schema.Column{}
	for _, a := range adds {
		pending[a.Key()] = a
	}
	var out []*schema.Column
	var visit func(a *schema.Column)
	visit = func(a *schema.Column) {
		if pending[a.Key()] == nil {
			return
		}
		delete(pending, a.Key())
		for _, d := range a.DependsOn {
			if other := pending[d]; other != nil {
				visit(other)
			}
		}
		out = append(out, a)
	}
	for _, col := range c.after.Columns {
		for _, a := range adds {
			if a.Name == col.Name {
				visit(a)
			}
		}
	}
	return out
}

// add adds a column behind the one added before it.
func (c *columnWork) add(a *schema.Column) {
	k := a.Key()
	if c.given(a) {
		ch := &columnChange{r: c.r, after: a, given: true}
		base := ch.base(nil, c.r.parentColumn(c.r.w.After, c.after, a))
		actions, own := ch.actions(base)
		w := newWork(k, diff.Create).run(alterTable("ONLY "+c.table(), append(actions, own...)))
		ch.followUp(w, base)
		n := w.creates(k)
		n.Needs = c.source(a)
		c.out = append(c.out, n)
		return
	}
	var g *columnGroup
	if n := len(c.order); n > 0 && c.order[n-1].action == diff.Create && len(c.order[n-1].creates) > 0 &&
		sameUses(c.r, c.order[n-1].creates, a) {
		g = c.order[n-1]
	} else {
		g = c.group("add\x00"+a.Name, k, diff.Create)
		if !c.last.IsZero() {
			g.node.Needs = append(g.node.Needs, c.last)
		}
	}
	c.last = k
	for _, child := range c.r.after.children[c.after.Key()] { // a child's own column of the same name is merged into it
		if own := child.Column(a.Name); own != nil && !own.Inherited && c.r.w.Before.Find(own.Key()) == nil &&
			c.r.w.Before.Get(child.Key()) != nil && !c.r.attachesNow(child) {
			g.node.Needs = append(g.node.Needs, own.Key())
		}
	}
	plain := *a
	if c.identityLater(a) {
		plain.Identity = nil
		plain.Default = c.numbered(g, a)
	}
	g.actions = append(g.actions, "ADD COLUMN "+c.r.columnDefinition(&plain))
	g.creates = append(g.creates, k)
	g.hazards = append(g.hazards, c.r.hazards.create(&plain)...)
	g.trailing.runFor(k, diff.Create, alterTable("ONLY "+c.table(), c.r.columnSettings(a)))
	w := newWork(k, diff.Create).comment(columnTarget(a), "", a.Comment)
	c.r.commentNotNull(w, nil, a)
	g.trailing.statements = append(g.trailing.statements, w.statements...)
}

// identityLater tells that the server adds no identity column to the table together with those of its children, which
// have none (17 gives them to partitions).
func (c *columnWork) identityLater(a *schema.Column) bool {
	return a.Identity != nil && len(c.r.before.children[c.before.Key()]) > 0 && (c.after.PartitionBy == "" || !c.r.v.atLeast(17))
}

// numbered gives a column that becomes identity afterwards a sequence for as long as it is added: it is its default, so
// that rows which are there already get their numbers, those of children too.
func (c *columnWork) numbered(g *columnGroup, a *schema.Column) (byDefault string) {
	k, name := a.Key(), schema.Key{Schema: a.Schema, Name: a.Table + "_" + a.Name}
	numbers := quoteQualified(a.Schema, c.r.freeNameFor(name, "numbers"))
	options := a.Identity.Options
	options.Type = ""
	g.leading.runFor(k, diff.Create, strings.Join(append([]string{"CREATE SEQUENCE " + numbers}, sequenceOptions(options)...), " "))
	g.trailing.runFor(k, diff.Create, alterTable("ONLY "+c.table(), []string{"ALTER COLUMN " + quoteIdent(a.Name) + " DROP DEFAULT", addIdentity(a)}))
	for _, child := range c.r.heirs(c.before.Key(), a.Name) {
		g.trailing.runFor(child.Key(), diff.Alter, alterTable("ONLY "+fullName(child.Key()), []string{"ALTER COLUMN " + quoteIdent(a.Name) + " DROP DEFAULT"}))
	}
	if a.Identity.Sequence != "" {
		g.trailing.runFor(k, diff.Create, carryOn(quoteQualified(a.Schema, a.Identity.Sequence), numbers, options, options))
	}
	g.trailing.runFor(k, diff.Create, "DROP SEQUENCE "+numbers)
	return "nextval(" + quoteLiteral(numbers) + "::regclass)"
}

// heirs are the tables below a table that get a new column of it and do not have one of that name.
func (r *rendering) heirs(table schema.Key, column string) (out []*schema.Table) {
	for _, c := range r.before.children[table] {
		after := r.w.After.Table(c.Schema, c.Name)
		if c.Column(column) != nil || after == nil || r.detaches(c, after) {
			continue
		}
		out = append(append(out, c), r.heirs(c.Key(), column)...)
	}
	return out
}

func addIdentity(c *schema.Column) string {
	return "ALTER COLUMN " + quoteIdent(c.Name) + " ADD GENERATED " + c.Identity.Generation + " AS IDENTITY" + identityOptions(c)
}

// sameUses tells that a column depends on just what those added in the same statement depend on.
func sameUses(r *rendering, keys []schema.Key, a *schema.Column) bool {
	for _, k := range keys {
		other, ok := r.w.After.Find(k).(*schema.Column)
		if !ok || uses(other) != uses(a) {
			return false
		}
	}
	return true
}

// change alters a column in place, or steps by step where it has to step aside.
func (c *columnWork) change(p plan.Op, b, a *schema.Column) {
	k := a.Key()
	ch := &columnChange{r: c.r, before: b, after: a}
	ch.given = c.given(a) && c.given(b) || c.merged(c.r.w.Before, c.before, b) && c.merged(c.r.w.After, c.after, a)
	ch.fate = c.r.columnFate(b, a)
	ch.parent = len(c.r.before.children[c.before.Key()])+len(c.r.after.children[c.after.Key()]) > 0
	ch.aside = p.Action == diff.Replace && (ch.fate == parked || keepsUsing(b, a))
	var parentBefore, parentAfter *schema.Column
	if ch.given {
		parentBefore, parentAfter = c.r.parentColumn(c.r.w.Before, c.before, b), c.r.parentColumn(c.r.w.After, c.after, a)
		if parentBefore == b || parentAfter == a {
			parentBefore, parentAfter = nil, nil
		}
	}
	base := ch.base(parentBefore, parentAfter)
	if ch.aside {
		c.stepAside(ch, k)
	}
	g := c.group("alter\x00"+uses(b)+"\x01"+uses(a)+flagText(ch.given)+flagText(ch.aside), k, diff.Alter)
	if ch.given {
		g.only = true
		g.node.Needs = append(g.node.Needs, c.source(a)...)
	}
	if !ch.given && c.changesCounter(g, ch, base) {
		base = afterCounter(base, a)
	}
	actions, own := ch.actions(base)
	g.take(ch, actions, own)
	if ch.aside && c.isSwap(ch) {
		g.actions = append(g.actions, c.restoreExpression(ch)...)
	}
	g.hazards = append(g.hazards, c.r.hazards.alter(b, a)...)
	after := newWork(k, diff.Alter)
	ch.followUp(after, base)
	g.trailing.statements = append(g.trailing.statements, after.statements...)
	if ch.aside {
		g.creates = append(g.creates, k)
		if u := a.Type.User; !u.IsZero() && c.r.w.After.Get(u) == nil { // another kind of type has taken the name
			for _, kind := range typeKinds {
				g.node.Needs = append(g.node.Needs, schema.Key{Kind: kind, Schema: u.Schema, Name: u.Name})
			}
		}
	} else {
		g.alters = append(g.alters, k)
	}
}

// keepsUsing tells whether a column uses an object, before and after, that may be replaced meanwhile. One that merely
// changes from one object to another needs no stepping aside: it is changed when both are there.
func keepsUsing(b, a *schema.Column) bool {
	still := map[schema.Key]bool{}
	for _, k := range a.Deps() {
		still[k] = true
	}
	table := schema.Key{Kind: schema.KindTable, Schema: b.Schema, Name: b.Table}
	for _, k := range b.Deps() {
		switch k.Kind {
		case schema.KindSequence, schema.KindExtension, schema.KindSchema:
		default:
			if still[k] && k != table {
				return true
			}
		}
	}
	return false
}

func flagText(b bool) string {
	if b {
		return "+"
	}
	return "-"
}

// stepAside lets a column go of what it depends on: the node counts as its drop.
func (c *columnWork) stepAside(ch *columnChange, k schema.Key) {
	g := c.group("leave\x00"+uses(ch.before), k, diff.Alter)
	g.drops = append(g.drops, k)
	g.only = g.only || ch.given
	g.ownFirst = true
	if c.isSwap(ch) {
		col := "ALTER COLUMN " + quoteIdent(k.Name) + " "
		if ch.before.NotNull {
			g.actions = append(g.actions, col+"DROP NOT NULL")
		}
		g.actions = append(g.actions, col+"SET EXPRESSION AS (NULL)")
		return
	}
	actions, own := ch.leave()
	g.take(ch, actions, own)
}

// take adds actions to the group's statement; those that concern the table alone have one of their own where there are
// children. Leaving goes the other way round: the default is let go of before the type is.
func (g *columnGroup) take(ch *columnChange, actions, own []string) {
	if ch.parent && !g.only {
		g.actions, g.own = append(g.actions, actions...), append(g.own, own...)
		return
	}
	g.actions = append(append(g.actions, actions...), own...)
}
