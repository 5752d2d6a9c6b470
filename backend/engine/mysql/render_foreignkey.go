package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// foreignKeyNodes render a foreign key, which is always created and dropped by itself: its name is free only after the
// statement that drops it, and the indexes that it needs must stand before it comes, or the server adds one of its own.
func (d dialect) foreignKeyNodes(op plan.Op) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		f := op.Before.(*schema.ForeignKey)
		return d.one(op, "ALTER TABLE "+quoteIdent(f.Table)+" DROP FOREIGN KEY "+quoteIdent(f.Name)), nil
	}
	f := op.After.(*schema.ForeignKey)
	definition, err := d.foreignKeyDefinition(f)
	if err != nil {
		return nil, err
	}
	nodes := d.one(op, "ALTER TABLE "+quoteIdent(f.Table)+" ADD "+definition)
	nodes[0].Needs = []schema.Key{{Kind: schema.KindTable, Schema: f.Schema, Name: f.Table}, f.RefKey()}
	return nodes, nil
}

func (d dialect) foreignKeyDefinition(f *schema.ForeignKey) (string, error) {
	if f.Deferrable || f.NotEnforced || f.NotValid || f.Period || len(f.SetColumns) > 0 {
		return "", d.cannot(f.Key(), "has options that %s does not have: leave it out", d.f.name())
	}
	target := quoteIdent(f.RefTable)
	if f.RefSchema != "" {
		target = quoteIdent(f.RefSchema) + "." + target
	}
	var b strings.Builder
	b.WriteString("CONSTRAINT " + quoteIdent(f.Name) + " FOREIGN KEY (" + quoteIdents(f.Columns) + ") REFERENCES " + target +
		" (" + quoteIdents(f.RefColumns) + ")")
	if f.Match != "" {
		b.WriteString(" MATCH " + f.Match)
	}
	if f.OnDelete != "" {
		b.WriteString(" ON DELETE " + f.OnDelete)
	}
	if f.OnUpdate != "" {
		b.WriteString(" ON UPDATE " + f.OnUpdate)
	}
	return b.String(), nil
}

// foreignKeyStepsAside: the servers refuse to change the type, charset, collation or nullability of a column under a
// foreign key, and to drop an index that it uses, on either side.
func foreignKeyStepsAside(on schema.Key, op plan.Op) bool {
	switch on.Kind {
	case schema.KindColumn:
		return op.Action != diff.Alter || changed(op.Before, op.After,
			"type", "not_null", "charset", "collation", "generated", "generated_kind", "auto_increment")
	case schema.KindIndex, schema.KindPrimaryKey:
		return op.Action == diff.Drop || op.Action == diff.Replace
	case schema.KindTable:
		return op.Action == diff.Alter && changed(op.Before, op.After, attrEngine)
	}
	return false
}
