package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// tableNodes render a table with its columns, primary key, indexes and checks: one statement creates or drops all of it,
// and all its alterations travel together.
func (d dialect) tableNodes(op plan.Op, w plan.World) ([]plan.Node, error) {
	switch op.Action {
	case diff.Create:
		sql, err := d.createTable(op.After.(*schema.Table))
		if err != nil {
			return nil, err
		}
		return d.one(op, sql), nil
	case diff.Drop:
		return d.one(op, "DROP TABLE "+quoteIdent(op.Before.Key().Name)), nil
	}
	return d.alterTable(op, w)
}

func (d dialect) createTable(t *schema.Table) (string, error) {
	if err := d.checkTable(t); err != nil {
		return "", err
	}
	lines, err := d.tableLines(t)
	if err != nil {
		return "", err
	}
	options, err := tableOptions(t)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("CREATE TABLE " + quoteIdent(t.Name) + " (\n  " + strings.Join(lines, ",\n  ") + "\n)")
	for _, o := range options {
		b.WriteString(" " + o.sql())
	}
	if versioned(t) {
		b.WriteString(" WITH SYSTEM VERSIONING")
	}
	if t.PartitionBy != "" {
		b.WriteString("\nPARTITION BY " + t.PartitionBy)
	}
	return b.String(), nil
}

// tableLines are the elements between the parentheses of CREATE TABLE.
func (d dialect) tableLines(t *schema.Table) ([]string, error) {
	var lines []string
	for _, c := range t.Columns {
		definition, err := d.columnDefinition(t, c)
		if err != nil {
			return nil, err
		}
		lines = append(lines, quoteIdent(c.Name)+" "+definition)
	}
	lines = append(lines, periodsOf(t)...)
	var checks []string
	for _, c := range t.Constraints {
		line, err := d.constraintDefinition(c)
		if err != nil {
			return nil, err
		}
		if c.Kind == schema.KindPrimaryKey {
			lines = append(lines, line)
		} else {
			checks = append(checks, line)
		}
	}
	for _, i := range t.Indexes {
		line, err := d.indexDefinition(i)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return append(lines, checks...), nil
}

// checkTable finds what this server cannot have.
func (d dialect) checkTable(t *schema.Table) error {
	switch {
	case !d.f.systemVersioning() && t.Attrs.Get(attrSystemVersion)+t.Attrs.Get(attrPeriods) != "":
		return d.cannot(t.Key(), "has periods or system versioning, which %s does not have: leave it out", d.f.name())
	case !d.f.engineAttributes() && t.Attrs.Get(attrEngineAttr)+t.Attrs.Get(attrSecondaryAttr) != "":
		return d.cannot(t.Key(), "has engine attributes, which %s %s does not have: ignore storage options", d.f.name(), d.f.version())
	}
	return nil
}

// versioned tells whether MariaDB keeps the table's history.
func versioned(t *schema.Table) bool {
	return strings.HasSuffix(t.Attrs.Get(attrSystemVersion), "WITH SYSTEM VERSIONING")
}

// systemPeriod is the explicit period of system versioning, "" when the server keeps hidden columns for it.
func systemPeriod(t *schema.Table) string {
	return strings.TrimSpace(strings.TrimSuffix(t.Attrs.Get(attrSystemVersion), "WITH SYSTEM VERSIONING"))
}

// periodsOf are the table's periods as lines of CREATE TABLE.
func periodsOf(t *schema.Table) []string {
	var out []string
	for _, p := range []string{systemPeriod(t), t.Attrs.Get(attrPeriods)} {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
