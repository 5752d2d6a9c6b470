package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// columnTarget is how COMMENT ON names a column.
func columnTarget(c *schema.Column) string {
	return "COLUMN " + quoteQualified(c.Schema, c.Table) + "." + quoteIdent(c.Name)
}

// columnDefinition is the column as CREATE TABLE and ADD COLUMN write it. What they cannot say (storage, statistics,
// options, a NOT NULL that is not valid) is left to columnSettings.
func (r *rendering) columnDefinition(c *schema.Column) string {
	text := quoteIdent(c.Name) + " " + c.Type.Text
	if compression := c.Attrs.Get(attrCompression); compression != "" && r.v.atLeast(14) {
		text += " COMPRESSION " + compression
	}
	if c.Collation != "" {
		text += " COLLATE " + c.Collation
	}
	return text + r.columnConstraints(c)
}

// columnConstraints is what follows the type in a column's definition: generation, default, NOT NULL.
func (r *rendering) columnConstraints(c *schema.Column) string {
	text := ""
	switch {
	case c.Generated != "":
		text += " GENERATED ALWAYS AS (" + spelled(&c.Base, spellDefinition, c.Generated) + ") " + c.GeneratedKind
	case c.Identity != nil:
		text += " GENERATED " + c.Identity.Generation + " AS IDENTITY" + identityOptions(c)
	case c.Default != "":
		text += " DEFAULT " + c.Default
	}
	if c.NotNull && !r.notNullLater(c) {
		if name := r.notNullNamed(c); name != "" {
			text += " CONSTRAINT " + name
		}
		text += " NOT NULL"
		if c.Attrs.Get(attrNotNullOpts) == "NO INHERIT" && r.v.atLeast(18) {
			text += " NO INHERIT"
		}
	}
	return text
}

// notNullLater tells that the column's NOT NULL is added after the column, because it is not valid or because the
// constraint's name must be given in a way that a column's definition has no words for. A NOT NULL that is not inherited
// comes later in a table with children, too: with the column they would get half of it (18.6), and could not drop it.
func (r *rendering) notNullLater(c *schema.Column) bool {
	opts := c.Attrs.Get(attrNotNullOpts)
	table := schema.Key{Kind: schema.KindTable, Schema: c.Schema, Name: c.Table}
	return strings.Contains(opts, "NOT VALID") || opts == "NO INHERIT" && len(r.before.children[table]) > 0
}

// addNotNull is the action that puts NOT NULL on a column of a table.
func (r *rendering) addNotNull(c *schema.Column) string {
	name, opts := r.notNullNamed(c), c.Attrs.Get(attrNotNullOpts)
	if name == "" && opts == "" || !r.v.atLeast(18) {
		return "ALTER COLUMN " + quoteIdent(c.Name) + " SET NOT NULL"
	}
	if name == "" {
		name = quoteIdent(notNullName(c.Table, c.Name))
	}
	text := "ADD CONSTRAINT " + name + " NOT NULL " + quoteIdent(c.Name)
	if opts != "" {
		text += " " + opts
	}
	return text
}

// notNullNamed is the quoted name to give to a column's NOT NULL (18), "" where the server finds it by itself: it takes
// another one when the usual name is used in the schema, as a partition's constraint may have its parent's.
func (r *rendering) notNullNamed(c *schema.Column) string {
	if name := c.Attrs.Get(attrNotNullName); name != "" {
		return name
	}
	usual := quoteIdent(notNullName(c.Table, c.Name))
	if qualified := quoteIdent(c.Schema) + "." + usual; r.v.atLeast(18) && (r.before.notNulls[qualified] || r.after.notNulls[qualified]) {
		return usual
	}
	return ""
}

// notNullName is the name that the server gives to a NOT NULL constraint nobody named (18).
func notNullName(table, column string) string { return objectName(table, column, "not_null") }

// objectName makes a name as the server's makeObjectName does: the longer of the two names is shortened, at the bounds
// of characters, until all fits into 63 bytes.
func objectName(first, second, label string) string {
	const limit = 63
	overhead := len(label) + 1
	if second != "" {
		overhead++
	}
	n1, n2 := len(first), len(second)
	for n1+n2+overhead > limit {
		if n1 > n2 {
			n1--
		} else {
			n2--
		}
	}
	name := clip(first, n1)
	if second != "" {
		name += "_" + clip(second, n2)
	}
	return name + "_" + label
}

// clip is the longest beginning of s of at most n bytes that ends between characters.
func clip(s string, n int) string {
	if n >= len(s) {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// identityOptions are the parentheses behind AS IDENTITY, with the sequence's name and every option.
func identityOptions(c *schema.Column) string {
	o := c.Identity.Options
	o.Type = "" // it follows the column
	words := sequenceOptions(o)
	if c.Identity.Sequence != "" {
		words = append([]string{"SEQUENCE NAME " + quoteQualified(c.Schema, c.Identity.Sequence)}, words...)
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, " ") + ")"
}

// columnSettings are the actions for what a definition cannot say of a new column.
func (r *rendering) columnSettings(c *schema.Column) (actions []string) {
	blank := *c
	blank.Attrs = nil
	blank.Attrs.Set(attrCompression, c.Attrs.Get(attrCompression), schema.ClassStorage)
	actions = r.storageActions(&blank, c, false)
	if c.NotNull && r.notNullLater(c) {
		actions = append(actions, r.addNotNull(c))
	}
	return actions
}

// storageActions lead a column's storage, compression, statistics target and options from before to after. Changing the
// type sets storage and compression back to the new type's own.
func (r *rendering) storageActions(before, after *schema.Column, retyped bool) (actions []string) {
	alter := "ALTER COLUMN " + quoteIdent(after.Name) + " "
	get := func(name string) (string, string) { return before.Attrs.Get(name), after.Attrs.Get(name) }
	was, is := get(attrStorage)
	if retyped {
		was = ""
	}
	if was != is {
		if is == "" {
			is = r.defaultStorage(after)
		}
		actions = append(actions, alter+"SET STORAGE "+is)
	}
	was, is = get(attrCompression)
	if retyped {
		was = ""
	}
	if was != is {
		if is == "" {
			is = "DEFAULT"
		}
		actions = append(actions, alter+"SET COMPRESSION "+is)
	}
	if was, is := get(attrStatistics); was != is {
		if is == "" {
			is = "-1"
		}
		actions = append(actions, alter+"SET STATISTICS "+is)
	}
	was, is = get(attrColOptions)
	for _, change := range optionChanges(was, is) {
		actions = append(actions, alter+change)
	}
	return actions
}

// defaultStorage is the word for the storage that the column's type has by itself; SET STORAGE DEFAULT came with 16.
func (r *rendering) defaultStorage(c *schema.Column) string {
	if r.v.atLeast(16) {
		return "DEFAULT"
	}
	s := shapeOf(c.Type, r.w.After)
	switch {
	case s.array:
		return "EXTENDED"
	case s.base == "numeric" || s.family == famNet || s.base == "tsquery":
		return "MAIN"
	case s.family == famText && s.base != "name", s.family == famBit, s.family == famJSON, s.base == "bytea", s.base == "xml", s.base == "tsvector",
		s.base == "path", s.base == "polygon", s.base == "jsonpath":
		return "EXTENDED"
	case s.family == famUser && c.Type.User.Kind != schema.KindEnum:
		return "EXTENDED"
	}
	return "PLAIN"
}

// columnRecreated tells whether the change can only be made by dropping the column and adding it again.
func (d *dialect) columnRecreated(before, after *schema.Column) bool {
	switch {
	case before.Generated == "" && after.Generated == "":
		return false
	case before.Generated == "":
		return true // a column cannot become a generated one
	case after.Generated == "":
		return before.GeneratedKind == "VIRTUAL" || !d.v.atLeast(13) || before.Spelling.Get(spellNested) != ""
	case before.GeneratedKind != after.GeneratedKind:
		return true
	case before.Generated != after.Generated:
		// The old expression may not fit the new type, nor the new expression the old one.
		// Of a virtual column, the server changes no expression where the table has checks; nothing is lost by adding it again.
		return !d.v.atLeast(17) || before.Type.Text != after.Type.Text || after.GeneratedKind == "VIRTUAL"
	}
	return false
}
