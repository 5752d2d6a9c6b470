package sqlite

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// constraintDefinition is a key or a check as it stands behind the columns.
func constraintDefinition(t *schema.Table, c *schema.Constraint) (string, error) {
	if err := checkConstraint(c); err != nil {
		return "", err
	}
	name := constraintName(c.Name, c.Attrs)
	if c.Kind == schema.KindCheck {
		return name + "CHECK (" + c.Expr + ")", nil
	}
	parts, err := keyPartsSQL(c.Key(), c.Columns)
	if err != nil {
		return "", err
	}
	text := name + "UNIQUE ("
	if c.Kind == schema.KindPrimaryKey {
		text = name + "PRIMARY KEY ("
		for _, p := range c.Columns {
			if col := t.Column(p.Column); col != nil && col.AutoIncrement {
				parts += " AUTOINCREMENT"
			}
		}
	}
	return text + parts + ")" + onConflict(c.Attrs.Get(attrOnConflict)), nil
}

// checkConstraint finds what SQLite's constraints cannot have.
func checkConstraint(c *schema.Constraint) error {
	switch {
	case c.Kind == schema.KindExclusion:
		return cannot(c.Key(), "is an exclusion constraint, which SQLite does not have")
	case len(c.Include) > 0, c.NullsNotDistinct, c.WithoutOverlaps:
		return cannot(c.Key(), "has included columns, equal NULLs or periods, which SQLite does not have")
	case c.Deferrable, c.NotValid, c.NotEnforced, c.NoInherit:
		return cannot(c.Key(), "is deferrable or not enforced, which SQLite does not have")
	}
	return nil
}

// keyPartsSQL are the parts of a key without the parentheses around them.
func keyPartsSQL(k schema.Key, parts []schema.IndexPart) (string, error) {
	texts := make([]string, len(parts))
	for i, p := range parts {
		if p.Length > 0 || p.OpClass != "" || p.NullsFirst || p.NullsLast {
			return "", cannot(k, "has a prefix, an operator class or an order of NULLs, which SQLite does not have")
		}
		text := quoteIdent(p.Column)
		if p.Column == "" {
			text = p.Expr
			if tokens, err := tokenize(text); p.Collation != "" && (err != nil || !isOperand(tokens)) {
				text = "(" + text + ")"
			}
		}
		if p.Collation != "" {
			text += " COLLATE " + collationSQL(p.Collation)
		}
		if p.Desc {
			text += " DESC"
		}
		texts[i] = text
	}
	return strings.Join(texts, ", "), nil
}

// foreignKeyClause is a foreign key as it stands behind the columns.
func foreignKeyClause(f *schema.ForeignKey, implicit bool) (string, error) {
	references, err := referencesClause(f, implicit)
	return constraintName(f.Name, f.Attrs) + "FOREIGN KEY (" + quoteIdents(f.Columns) + ") " + references, err
}

// referencesClause is a foreign key from REFERENCES on; implicit leaves the columns to the parent's primary key.
func referencesClause(f *schema.ForeignKey, implicit bool) (string, error) {
	switch {
	case f.RefSchema != "":
		return "", cannot(f.Key(), "refers to another database, which SQLite does not have")
	case len(f.SetColumns) > 0, f.Period, f.NotValid, f.NotEnforced:
		return "", cannot(f.Key(), "has periods, columns to set or is not enforced, which SQLite does not have")
	}
	text := "REFERENCES " + quoteIdent(f.RefTable)
	if !implicit && len(f.RefColumns) > 0 {
		text += " (" + quoteIdents(f.RefColumns) + ")"
	}
	for _, rule := range [][2]string{{" ON UPDATE ", f.OnUpdate}, {" ON DELETE ", f.OnDelete}} {
		if rule[1] != "" && rule[1] != "NO ACTION" {
			text += rule[0] + rule[1]
		}
	}
	if f.Match != "" {
		text += " MATCH " + bareOrQuoted(f.Match)
	}
	if f.InitiallyDeferred {
		text += " DEFERRABLE INITIALLY DEFERRED"
	}
	return text, nil
}

// createIndex is the statement that makes an index.
func createIndex(i *schema.Index) (string, error) {
	if text := i.Spelling.Get(spellText); text != "" && len(i.Unmodelled) > 0 {
		return text, nil
	}
	if i.Method != "" && i.Method != "btree" || len(i.Include) > 0 || i.NullsNotDistinct || i.Invisible {
		return "", cannot(i.Key(), "is of a sort that SQLite does not have")
	}
	parts, err := keyPartsSQL(i.Key(), i.Columns)
	if err != nil {
		return "", err
	}
	text := "CREATE INDEX "
	if i.Unique {
		text = "CREATE UNIQUE INDEX "
	}
	text += quoteIdent(i.Name) + " ON " + quoteIdent(i.Table) + " (" + parts + ")"
	if i.Predicate != "" {
		text += " WHERE " + i.Predicate
	}
	return text, nil
}
