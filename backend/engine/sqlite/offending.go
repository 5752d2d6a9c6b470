//go:build cgo

package sqlite

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// CountOffending implements engine.OffendingCounter.
func (c *conn) CountOffending(ctx context.Context, target *schema.Database, ch diff.Change, h hazard.Hazard) (n int64, counted bool, err error) {
	q := offendingQuery(target, ch, h)
	if q == "" {
		return 0, false, nil
	}
	err = c.query(ctx, q, func(row []driver.Value) error {
		n = int64(number(row[0]))
		return nil
	})
	return n, err == nil, c.fault(ctx, err, "counting the rows that stand against a change")
}

// rows are the queries that ask about rows.
var rows = engine.RowQueries{
	Quote:        quoteIdent,
	Table:        func(t *schema.Table) string { return "main." + quoteIdent(t.Name) },
	Column:       columnNamed,
	KeysTakeNull: true,
}

// offendingQuery counts the rows that stand against a change, "" where no query can tell.
func offendingQuery(target *schema.Database, c diff.Change, h hazard.Hazard) string {
	if h.Code != hazard.MayFail || c.After == nil {
		return ""
	}
	reason, _ := h.Reason()
	if x, ok := c.After.(*schema.Column); ok {
		if table := target.Table("", x.Table); table != nil {
			return offendingColumn(table, x, reason)
		}
		return ""
	}
	return rows.Query(target, c.After, reason)
}

// columnNamed is the table's column of that name, compared as SQLite does.
func columnNamed(t *schema.Table, name string) *schema.Column {
	i := slices.IndexFunc(t.Columns, func(c *schema.Column) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return nil
	}
	return t.Columns[i]
}

func offendingColumn(t *schema.Table, after *schema.Column, reason hazard.Reason) string {
	switch {
	case reason == hazard.NoDefault:
		return rows.All(t)
	case columnNamed(t, after.Name) == nil:
	case reason == hazard.NullValues:
		return rows.Where(t, quoteIdent(after.Name)+" IS NULL")
	case reason == hazard.CollationEquals:
		return rows.EqualInCollation(t, after)
	}
	return ""
}
