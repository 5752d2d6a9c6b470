package postgres

import (
	"context"
	"strconv"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// CountOffending implements engine.OffendingCounter.
func (c *conn) CountOffending(ctx context.Context, target *schema.Database, ch diff.Change, h hazard.Hazard) (int64, bool, error) {
	q := offendingQuery(c.version, target, ch, h)
	if q == "" {
		return 0, false, nil
	}
	const doing = "counting the rows that stand against a change"
	if err := c.control(ctx, "BEGIN READ ONLY", doing); err != nil { // a condition may call functions
		return 0, false, err
	}
	c.count(1)
	results, err := c.pg.Exec(ctx, q).ReadAll()
	if err != nil {
		err = c.fault(ctx, err, doing)
		if ctx.Err() == nil {
			_ = c.Rollback(ctx) // the first error says more
		}
		return 0, false, err
	}
	if err := c.Rollback(ctx); err != nil {
		return 0, false, err
	}
	n, err := strconv.ParseInt(string(results[0].Rows[0][0]), 10, 64)
	return n, err == nil, err
}

// rows are the queries that ask about rows.
var rows = engine.RowQueries{
	Quote:         quoteIdent,
	Table:         func(t *schema.Table) string { return fullName(t.Key()) },
	Column:        (*schema.Table).Column,
	EnforcesMatch: true,
}

// offendingQuery counts the rows that stand against a change, "" where no query can tell.
func offendingQuery(v version, target *schema.Database, c diff.Change, h hazard.Hazard) string {
	if h.Code != hazard.MayFail || c.After == nil {
		return ""
	}
	reason, _ := h.Reason()
	switch x := c.After.(type) {
	case *schema.Column:
		if table := target.Table(x.Schema, x.Table); table != nil {
			return offendingColumn(v, table, x, reason)
		}
		return ""
	case *schema.Enum:
		if before, ok := c.Before.(*schema.Enum); ok && reason == hazard.RemovedLabels {
			return removedLabels(target, before, x)
		}
		return ""
	case *schema.Domain:
		if reason == hazard.NullValues {
			return nullsOfDomain(target, x)
		}
		return ""
	case *schema.Constraint:
		if reason == hazard.CheckFails {
			check := *x
			check.Expr = spelled(&x.Base, spellDefinition, x.Expr)
			return rows.Query(target, &check, reason)
		}
	}
	return rows.Query(target, c.After, reason)
}

func nullsOfDomain(target *schema.Database, d *schema.Domain) string {
	return ofType(target, d.Key(), func(column string, array bool) string {
		if array {
			return "array_position(" + column + ", NULL) IS NOT NULL"
		}
		return column + " IS NULL"
	})
}

// offendingColumn counts for a column of a table that is there.
func offendingColumn(v version, t *schema.Table, after *schema.Column, reason hazard.Reason) string {
	col := quoteIdent(after.Name)
	if reason == hazard.NoDefault {
		return rows.All(t)
	}
	before := t.Column(after.Name)
	if before == nil {
		return ""
	}
	switch reason {
	case hazard.NullValues:
		return rows.Where(t, col+" IS NULL")
	case hazard.OutOfRange, hazard.CastFails:
		bounds, integer := sequenceBounds[after.Type.Text]
		base, length := splitModifiers(after.Type.Text)
		switch _, wasInteger := sequenceBounds[before.Type.Text]; {
		case integer && wasInteger:
			return rows.Where(t, col+" NOT BETWEEN "+bounds[0]+" AND "+bounds[1])
		case reason == hazard.OutOfRange && (base == "character varying" || base == "character") && length != "":
			return rows.Where(t, "length(rtrim("+col+"::text)) > "+length)
		case v.atLeast(16):
			return rows.Where(t, col+" IS NOT NULL AND NOT pg_catalog.pg_input_is_valid("+col+"::text, "+quoteLiteral(after.Type.Text)+")")
		}
	}
	return ""
}

// removedLabels counts the values of labels that go, in all columns of the type.
func removedLabels(target *schema.Database, before, after *schema.Enum) string {
	var gone []string
	for _, l := range before.Labels {
		still := false
		for _, a := range after.Labels {
			still = still || a == l
		}
		if !still {
			gone = append(gone, quoteLiteral(l))
		}
	}
	if len(gone) == 0 {
		return ""
	}
	list := "ARRAY[" + strings.Join(gone, ", ") + "]"
	return ofType(target, after.Key(), func(column string, array bool) string {
		if array {
			return column + "::text[] && " + list
		}
		return column + "::text = ANY (" + list + ")"
	})
}

// ofType counts rows over all columns of a type or of arrays of it. Partitions and children are counted with their parents.
func ofType(target *schema.Database, typ schema.Key, condition func(column string, array bool) string) string {
	var counts []string
	for _, o := range target.Objects() {
		t, ok := o.(*schema.Table)
		if !ok {
			continue
		}
		for _, c := range t.Columns {
			if c.Type.User == typ && !c.Inherited {
				array := strings.HasSuffix(c.Type.Text, "[]")
				counts = append(counts, rows.Where(t, condition(quoteIdent(c.Name), array)))
			}
		}
	}
	return rows.Sum(counts)
}
