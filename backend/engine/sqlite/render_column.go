package sqlite

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// inline is what the definition of a column says beside the column itself, instead of a line behind all columns.
type inline struct {
	primaryKey *schema.Constraint
	unique     bool
	checks     []*schema.Constraint
	references []*schema.ForeignKey
}

// columnDefinition is a column as it stands in CREATE TABLE and behind ADD COLUMN.
func columnDefinition(c *schema.Column, in inline, implicit func(*schema.ForeignKey) bool) (string, error) {
	if err := checkColumn(c); err != nil {
		return "", err
	}
	words := []string{quoteIdent(c.Name)}
	add := func(more ...string) { words = append(words, more...) }
	if typ := writtenType(c); typ != "" {
		add(typ)
	}
	if in.primaryKey != nil {
		add(inlinePrimaryKey(c, in.primaryKey))
	}
	if c.NotNull {
		if name := c.Attrs.Get(attrNotNullName); name != "" {
			add("CONSTRAINT", quoteIdent(name))
		}
		add("NOT NULL" + onConflict(c.Attrs.Get(attrNotNullConflict)))
	}
	if in.unique {
		add("UNIQUE")
	}
	if c.Default != "" {
		add("DEFAULT", c.Default)
	}
	if c.Collation != "" {
		add("COLLATE", collationSQL(c.Collation))
	}
	if c.GeneratedKind != "" {
		add("GENERATED ALWAYS AS (" + c.Generated + ") " + c.GeneratedKind)
	}
	for _, k := range in.checks {
		add(constraintName(k.Name, k.Attrs) + "CHECK (" + k.Expr + ")")
	}
	for _, f := range in.references {
		text, err := referencesClause(f, implicit(f))
		if err != nil {
			return "", err
		}
		add(text)
	}
	return strings.Join(words, " "), nil
}

// writtenType is the type as it was written. A spelling may come from the other side of a comparison and fit another type.
func writtenType(c *schema.Column) string {
	written := c.Spelling.Get(spellType)
	if tokens, err := tokenize(written); err == nil && typeText(tokens) == c.Type.Text {
		return written
	}
	return c.Type.Text
}

// checkColumn finds what SQLite's columns cannot have.
func checkColumn(c *schema.Column) error {
	switch {
	case c.Identity != nil:
		return cannot(c.Key(), "is an identity column, which SQLite does not have")
	case c.OnUpdate != "":
		return cannot(c.Key(), "changes with every update, which takes a trigger in SQLite")
	case c.Invisible:
		return cannot(c.Key(), "is invisible, which SQLite does not have")
	case c.GeneratedKind != "" && c.GeneratedKind != "STORED" && c.GeneratedKind != "VIRTUAL":
		return cannot(c.Key(), "is generated as %s, which SQLite does not have", c.GeneratedKind)
	}
	return nil
}

func inlinePrimaryKey(c *schema.Column, k *schema.Constraint) string {
	text := constraintName(k.Name, k.Attrs) + "PRIMARY KEY"
	if k.Columns[0].Desc {
		text += " DESC"
	}
	text += onConflict(k.Attrs.Get(attrOnConflict))
	if c.AutoIncrement {
		text += " AUTOINCREMENT"
	}
	return text
}

// collationSQL is a collation's name. The ones that SQLite has need no quotes.
func collationSQL(name string) string {
	if isBare(name) {
		return name
	}
	return quoteIdent(name)
}

func onConflict(resolution string) string {
	if resolution == "" {
		return ""
	}
	return " ON CONFLICT " + resolution
}

// constraintName is what stands before a constraint that has a name.
func constraintName(name string, attrs schema.Attrs) string {
	if attrs.Get(attrUnnamed) != "" {
		return ""
	}
	if written := attrs.Get(attrName); written != "" {
		name = written
	}
	return "CONSTRAINT " + quoteIdent(name) + " "
}

// inlines says what stands in the definitions of columns, by column, and which constraints and foreign keys have lines of
// their own. A primary key of one column of type INTEGER means something else in the one place than in the other when it
// descends.
func inlines(t *schema.Table, foreign []*schema.ForeignKey) (in map[string]inline, constraints []*schema.Constraint, keys []*schema.ForeignKey) {
	in = map[string]inline{}
	for _, k := range t.Constraints {
		name := ""
		if len(k.Columns) == 1 && k.Columns[0].Collation == "" {
			name = k.Columns[0].Column
		}
		unnamed := k.Attrs.Get(attrUnnamed) != ""
		x := in[name]
		switch {
		case k.Kind == schema.KindPrimaryKey && name != "":
			x.primaryKey = k
		case k.Kind == schema.KindUnique && name != "" && unnamed && !k.Columns[0].Desc && k.Attrs.Get(attrOnConflict) == "" && !x.unique:
			x.unique = true
		case k.Kind == schema.KindCheck && t.Column(k.Spelling.Get(spellColumn)) != nil:
			name = k.Spelling.Get(spellColumn)
			x = in[name]
			x.checks = append(x.checks, k)
		default:
			constraints = append(constraints, k)
			continue
		}
		in[name] = x
	}
	for _, f := range foreign {
		if len(f.Columns) != 1 || f.Attrs.Get(attrUnnamed) == "" {
			keys = append(keys, f)
			continue
		}
		x := in[f.Columns[0]]
		x.references = append(x.references, f)
		in[f.Columns[0]] = x
	}
	slices.SortStableFunc(constraints, func(a, b *schema.Constraint) int { return constraintRank(a.Kind) - constraintRank(b.Kind) })
	return in, constraints, keys
}

func constraintRank(k schema.Kind) int { return slices.Index(kinds, k) }
