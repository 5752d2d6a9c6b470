package sqlite

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// tableNodes render a table with its columns, constraints and foreign keys, and its indexes, which have statements of their
// own.
func (d dialect) tableNodes(op plan.Op, w plan.World) ([]plan.Node, error) {
	switch op.Action {
	case diff.Create:
		return d.newTable(op, w)
	case diff.Drop:
		drop := d.statement(op, "DROP TABLE "+quoteIdent(op.Before.Key().Name))
		return []plan.Node{{Statements: []plan.Statement{drop}, Drops: withParts(op.Before)}}, nil
	}
	return d.alterTable(op, w)
}

func withParts(o schema.Object) []schema.Key {
	keys := []schema.Key{o.Key()}
	for _, p := range o.Parts() {
		keys = append(keys, p.Key())
	}
	return keys
}

// withoutIndexes are the keys of a table and its parts save the indexes.
func withoutIndexes(t *schema.Table) []schema.Key {
	return slices.DeleteFunc(withParts(t), func(k schema.Key) bool { return k.Kind == schema.KindIndex })
}

func (d dialect) newTable(op plan.Op, w plan.World) ([]plan.Node, error) {
	t := op.After.(*schema.Table)
	sql, err := createTable(t, t.Name, foreignKeysOf(w.After, t.Name), w.After)
	if err != nil {
		return nil, err
	}
	nodes := []plan.Node{{Statements: []plan.Statement{d.statement(op, sql)}, Creates: withoutIndexes(t)}}
	for _, i := range t.Indexes {
		node, err := d.newIndex(plan.Op{Action: diff.Create, After: i, Reason: op.Reason})
		if err != nil {
			return nil, err
		}
		node.Statements[0].Hazards = nil // the table is empty
		nodes = append(nodes, node)
	}
	return nodes, nil
}

func (d dialect) newIndex(op plan.Op) (plan.Node, error) {
	sql, err := createIndex(op.After.(*schema.Index))
	create := d.statement(op, sql)
	create.Action = diff.Create
	return plan.Node{Statements: []plan.Statement{create}, Creates: []schema.Key{op.Key()}}, err
}

func (d dialect) dropIndex(op plan.Op) plan.Node {
	k := op.Before.Key()
	drop := plan.Statement{SQL: "DROP INDEX " + quoteIdent(k.Name), Key: k, Action: diff.Drop, Reason: op.Reason}
	return plan.Node{Statements: []plan.Statement{drop}, Drops: []schema.Key{k}}
}

// foreignKeysOf are the foreign keys that a table has, by name.
func foreignKeysOf(db *schema.Database, table string) []*schema.ForeignKey {
	var out []*schema.ForeignKey
	for _, o := range db.Objects() {
		if f, ok := o.(*schema.ForeignKey); ok && f.Table == table {
			out = append(out, f)
		}
	}
	return out
}

// createTable is the statement that makes the table under a name, with its foreign keys and without its indexes.
func createTable(t *schema.Table, name string, foreign []*schema.ForeignKey, db *schema.Database) (string, error) {
	if text := t.Spelling.Get(spellText); text != "" && len(t.Unmodelled) > 0 {
		if name != t.Name {
			return "", cannot(t.Key(), "has a definition that could not be understood: %s", strings.Join(t.Unmodelled, "; "))
		}
		return text, nil
	}
	if err := checkTable(t); err != nil {
		return "", err
	}
	implicit := func(f *schema.ForeignKey) bool { return isImplicit(f, db) }
	in, constraints, keys := inlines(t, foreign)
	var lines []string
	for _, c := range t.Columns {
		line, err := columnDefinition(c, in[c.Name], implicit)
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	for _, c := range constraints {
		line, err := constraintDefinition(t, c)
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	for _, f := range keys {
		line, err := foreignKeyClause(f, implicit(f))
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	text := "CREATE TABLE " + quoteIdent(name) + " (\n  " + strings.Join(lines, ",\n  ") + "\n)"
	var options []string
	if t.Attrs.Get(attrWithoutRowid) != "" {
		options = append(options, "WITHOUT ROWID")
	}
	if t.Attrs.Get(attrStrict) != "" {
		options = append(options, "STRICT")
	}
	if len(options) > 0 {
		text += " " + strings.Join(options, ", ")
	}
	return text, nil
}

// checkTable finds what SQLite's tables cannot have.
func checkTable(t *schema.Table) error {
	switch {
	case t.PartitionBy != "", !t.PartitionOf.IsZero():
		return cannot(t.Key(), "is partitioned, which SQLite does not have")
	case len(t.Inherits) > 0:
		return cannot(t.Key(), "inherits from another table, which SQLite does not have")
	case len(t.Columns) == 0:
		return cannot(t.Key(), "would have no column")
	}
	return nil
}

// isImplicit tells that a foreign key can leave the referenced columns to the parent's primary key, as it was written.
func isImplicit(f *schema.ForeignKey, db *schema.Database) bool {
	if f.Spelling.Get(spellImplicit) == "" {
		return false
	}
	parent := db.Table("", f.RefTable)
	if parent == nil || parent.PrimaryKey() == nil {
		return false
	}
	return slices.EqualFunc(parent.PrimaryKey().Columns, f.RefColumns, func(p schema.IndexPart, c string) bool { return p.Column == c })
}
