package postgres

import (
	"strings"

	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// columnChange is the way of one column of a table from before to after.
type columnChange struct {
	r             *rendering
	before, after *schema.Column
	// given tells that the column comes from a parent table or a composite type, which creates, retypes and drops it.
	given bool
	// aside tells that the column has to let go of what it depends on before it is changed: the default is dropped in a
	// statement of its own, and values are parked as text where the type itself goes.
	aside bool
	// parent tells that the table has children, which follow what is not said of ONLY it.
	parent bool
	fate   fate
}

// base is the column that the actions start from: before, or, for a column that is given, what the parent makes of it.
func (c *columnChange) base(parentBefore, parentAfter *schema.Column) *schema.Column {
	if c.before == nil {
		b := *parentAfter
		b.Base = schema.Base{Attrs: c.givenStorage(parentAfter)}
		b.Schema, b.Table = c.after.Schema, c.after.Table
		b.NotNull = givesNotNull(parentAfter)
		if c.after.Identity == nil {
			b.Identity = nil
		}
		if parentAfter == c.after { // an attribute of the table's type
			b.Default, b.NotNull, b.Generated = "", false, ""
		}
		return &b
	}
	b := *c.before
	if parentBefore == nil || parentAfter == nil {
		return &b
	}
	switch was, is := givesNotNull(parentBefore), givesNotNull(parentAfter); {
	case !was && is:
		b.NotNull = true
	case was && !parentAfter.NotNull:
		b.NotNull = false
	}
	return &b
}

// givesNotNull tells that a parent's column has a NOT NULL that its children have, too.
func givesNotNull(c *schema.Column) bool { return c.NotNull && !constraintOfNotNull(c).noInherit }

// givenStorage is what a parent's column gives to a new one: how it is compressed, and to a table that is created as its
// child how it is stored too.
func (c *columnChange) givenStorage(parent *schema.Column) (attrs schema.Attrs) {
	if parent == c.after {
		return nil
	}
	attrs.Set(attrCompression, parent.Attrs.Get(attrCompression), schema.ClassStorage)
	if before := c.r.w.Before.Table(c.after.Schema, c.after.Table); before == nil || c.r.replacedTable(before.Key()) {
		attrs.Set(attrStorage, parent.Attrs.Get(attrStorage), schema.ClassStorage)
	}
	return attrs
}

// leave are the actions by which a column that steps aside lets go of what goes or changes; own ones concern this table
// alone.
func (c *columnChange) leave() (actions, own []string) {
	alter := "ALTER COLUMN " + quoteIdent(c.before.Name) + " "
	if c.before.Default != "" {
		own = append(own, alter+"DROP DEFAULT")
	}
	if c.before.Generated != "" && c.after.Generated == "" && !c.given {
		actions = append(actions, alter+"DROP EXPRESSION")
	}
	if (c.fate == parked || c.typeGoes()) && !c.given {
		text := "text"
		if shapeOf(c.before.Type, c.r.w.Before).array {
			text = "text[]"
		}
		actions = append(actions, alter+"TYPE "+text+" USING "+quoteIdent(c.before.Name)+"::"+text)
	}
	return actions, own
}

// typeGoes tells that the type that the column has before, or its collation, is dropped by the plan.
func (c *columnChange) typeGoes() bool {
	for _, k := range usedByType(c.before) {
		if (isTypeKind(k.Kind) || k.Kind == schema.KindCollation) && c.r.w.After.Get(k) == nil {
			return true
		}
	}
	return false
}

// retyped tells that the column's type is set, by the table's own action or by that of a parent.
func (c *columnChange) retyped(base *schema.Column) bool {
	return retyped(base, c.after) || c.fate != kept
}

// retype is the action that changes the column's type or collation, "" when it needs none.
func (c *columnChange) retype(base *schema.Column) string {
	if c.given {
		return ""
	}
	if !c.retyped(base) {
		return ""
	}
	col := quoteIdent(c.after.Name)
	text := "ALTER COLUMN " + col + " TYPE " + c.after.Type.Text
	if c.after.Collation != "" {
		text += " COLLATE " + c.after.Collation
	}
	if c.after.Generated != "" {
		return text // computed again, never converted
	}
	if u := c.using(base, col); u != "" {
		text += " USING " + u
	}
	return text
}

func (c *columnChange) using(base *schema.Column, col string) string {
	from, to := shapeOf(base.Type, c.r.w.Before), shapeOf(c.after.Type, c.r.w.After)
	target := c.after.Type.Text
	switch {
	case c.fate == parked, c.aside && c.typeGoes():
		if from.array && to.array {
			return col + "::text[]::" + target
		}
		return col + "::text::" + target
	case c.fate == remade:
		return c.usingRemade(col, from, to, target)
	case base.Type.Text == target:
		return "" // only the collation changes
	}
	return using(col, from, to, target)
}

// usingRemade converts values of an old user-defined type into those of the one that took its name.
func (c *columnChange) usingRemade(col string, from, to shape, target string) string {
	b, isComposite := c.r.w.Before.Get(c.before.Type.User).(*schema.Composite)
	a, still := c.r.w.After.Get(c.after.Type.User).(*schema.Composite)
	if isComposite && still && !from.array && !to.array {
		return usingComposite(col, b, a, target, c.r)
	}
	switch {
	case c.after.Type.User.Kind == schema.KindDomain && from.family != famUser && from.array == to.array:
		if u := using(col, from, to, target); u != "" {
			return u
		}
		return col + "::" + target
	case c.after.Type.User.IsZero():
		return "" // only a collation was made anew
	case from.array && to.array:
		return col + "::text[]::" + target
	}
	return col + "::text::" + target
}

// rebased tells whether the type changes in a way that the default has to follow.
func (c *columnChange) rebased(base *schema.Column) bool {
	from, to := shapeOf(base.Type, c.r.w.Before), shapeOf(c.after.Type, c.r.w.After)
	return c.fate != kept || base.Type.User != c.after.Type.User || from.base != to.base || from.array != to.array
}

// actions are the actions of one ALTER TABLE that lead from base to after, in the order in which the server runs them.
// Those of own concern this table alone, the others its children too.
func (c *columnChange) actions(base *schema.Column) (actions, own []string) {
	col := "ALTER COLUMN " + quoteIdent(c.after.Name) + " "
	add := func(action string) {
		if action != "" {
			actions = append(actions, action)
		}
	}
	retype := c.retype(base)
	rebased := c.rebased(base) // the old default may not fit the new type
	reset := rebased && (retype != "" || c.given)
	hasDefault := c.after.Default != ""
	setDefault := hasDefault && (c.aside || reset || base.Default != c.after.Default)
	switch {
	case base.Generated != "" && c.after.Generated == "":
		if !c.given && !c.aside {
			add(col + "DROP EXPRESSION")
		}
	case c.aside: // it is dropped already
	case reset && !c.given && (base.Default != "" || c.parent && base.Identity == nil && base.Generated == ""):
		add(col + "DROP DEFAULT")
	case base.Default != "" && !hasDefault:
		own = append(own, col+"DROP DEFAULT")
	}
	if base.Identity != nil && c.after.Identity == nil && !c.given {
		add(col + "DROP IDENTITY")
	}
	if base.NotNull && !c.after.NotNull {
		add(col + "DROP NOT NULL")
	}
	add(retype)
	if !c.given && base.Generated != "" && c.after.Generated != "" && base.Generated != c.after.Generated {
		add(col + "SET EXPRESSION AS (" + spelled(&c.after.Base, spellDefinition, c.after.Generated) + ")")
	}
	if !base.NotNull && c.after.NotNull {
		add(c.r.addNotNull(c.after))
	}
	if base.Identity == nil && c.after.Identity != nil && !c.given {
		add(addIdentity(c.after))
	}
	if setDefault {
		own = append(own, col+"SET DEFAULT "+c.after.Default)
	}
	return actions, append(own, c.r.storageActions(base, c.after, c.retyped(base))...)
}

// followUp are the statements after the ALTER TABLE: what it has no action for.
func (c *columnChange) followUp(w *work, base *schema.Column) {
	table := quoteQualified(c.after.Schema, c.after.Table)
	if base.Identity != nil && c.after.Identity != nil && !c.given {
		c.alterIdentity(w, table, base)
	}
	if base.NotNull && c.after.NotNull {
		c.alterNotNull(w, table, base)
	}
	w.comment(columnTarget(c.after), base.Comment, c.after.Comment)
	c.r.commentNotNull(w, base, c.after)
}

// commentNotNull brings the comment on a NOT NULL constraint (18) to what it is afterwards; before is nil for a new column.
func (r *rendering) commentNotNull(w *work, before, after *schema.Column) {
	if !r.v.atLeast(18) {
		return // it is no constraint there
	}
	_, is := prefixed(after.Attrs, attrConstraintComment)
	was := map[string]string{}
	if before != nil {
		_, was = prefixed(before.Attrs, attrConstraintComment)
	}
	text := func(comments map[string]string) string {
		for _, t := range comments { // there is one at most
			return t
		}
		return ""
	}
	if after.NotNull {
		name := constraintOfNotNull(after).name
		for n := range is {
			name = quoteIdent(n)
		}
		w.comment("CONSTRAINT "+name+" ON "+ownerName(after.Key()), text(was), text(is))
	}
}

func (c *columnChange) alterIdentity(w *work, table string, base *schema.Column) {
	was, is := base.Identity, c.after.Identity
	col := "ALTER COLUMN " + quoteIdent(c.after.Name)
	if was.Generation != is.Generation {
		w.run(alterTable(table, []string{col + " SET GENERATED " + is.Generation}))
	}
	old := was.Options
	if base.Type.Text != c.after.Type.Text { // the sequence has followed the column, bounds of the old type included
		old = retypedSequence(old, c.after.Type.Text)
	}
	if changes := sequenceChanges(old, is.Options); len(changes) > 0 {
		text := col
		for _, change := range changes {
			text += " SET " + change
		}
		first, word := keepCounter(quoteQualified(base.Schema, was.Sequence), old, is.Options)
		if word != "" {
			text += " " + word
		}
		w.run(first).run(alterTable(table, []string{text}))
	}
	if was.Sequence != is.Sequence && is.Sequence != "" && was.Sequence != "" {
		w.run("ALTER SEQUENCE " + quoteQualified(base.Schema, was.Sequence) + " RENAME TO " + quoteIdent(is.Sequence))
	}
}

// alterNotNull changes name and options of a NOT NULL constraint that stays (18).
func (c *columnChange) alterNotNull(w *work, table string, base *schema.Column) {
	if !c.r.v.atLeast(18) {
		return
	}
	was, is := constraintOfNotNull(base), constraintOfNotNull(c.after)
	if was.name != is.name && !c.given {
		w.run("ALTER TABLE " + table + " RENAME CONSTRAINT " + was.name + " TO " + is.name)
	}
	switch {
	case was.notValid && !is.notValid:
		w.run("ALTER TABLE "+table+" VALIDATE CONSTRAINT "+is.name, hazard.Fails(displayName(tableKey(c.after)), hazard.NullValues, c.after.Name))
	case !was.notValid && is.notValid:
		w.run(alterTable(table, []string{"DROP CONSTRAINT " + is.name, c.r.addNotNull(c.after)}))
		return
	}
	if was.noInherit != is.noInherit {
		word := " INHERIT"
		if is.noInherit {
			word = " NO INHERIT"
		}
		w.run("ALTER TABLE " + table + " ALTER CONSTRAINT " + is.name + word)
	}
}

type notNull struct {
	name                string
	notValid, noInherit bool
}

func constraintOfNotNull(c *schema.Column) notNull {
	n := notNull{name: c.Attrs.Get(attrNotNullName)}
	if n.name == "" {
		n.name = quoteIdent(notNullName(c.Table, c.Name))
	}
	opts := c.Attrs.Get(attrNotNullOpts)
	n.noInherit, n.notValid = strings.Contains(opts, "NO INHERIT"), strings.Contains(opts, "NOT VALID")
	return n
}

// tableKey names the table of a column.
func tableKey(c *schema.Column) schema.Key { return schema.Key{Schema: c.Schema, Name: c.Table} }
