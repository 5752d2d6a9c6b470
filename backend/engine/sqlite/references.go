//go:build cgo

package sqlite

import (
	"context"
	"database/sql/driver"
	"fmt"
	"sort"
	"strings"

	"database-structure-sync/backend/internal/fault"
)

// reference is a foreign key as far as it stays the same when its table is built anew.
type reference struct{ table, columns, parent string }

// references counts, for every foreign key, the rows that refer to a row that is not there. Foreign keys that SQLite cannot
// check, because what they refer to is no key, have no such rows.
func (c *conn) references(ctx context.Context) (map[reference]int, error) {
	found := map[reference]int{}
	err := c.eachDangling(ctx, func(r reference, _ string) { found[r]++ })
	return found, err
}

// eachDangling visits the rows that refer to a missing one, by foreign key and rowid.
func (c *conn) eachDangling(ctx context.Context, visit func(r reference, rowid string)) error {
	type key struct {
		table string
		id    int
	}
	var tables []string
	columns := map[key][]string{}
	err := c.query(ctx, `SELECT m.name, f.id, f."from" FROM main.sqlite_schema AS m JOIN pragma_foreign_key_list(m.name, 'main') AS f
WHERE m.type = 'table' AND m.rootpage > 0 ORDER BY m.name, f.id, f.seq`, func(row []driver.Value) error {
		k := key{text(row[0]), number(row[1])}
		if len(tables) == 0 || tables[len(tables)-1] != k.table {
			tables = append(tables, k.table)
		}
		columns[k] = append(columns[k], text(row[2]))
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range tables {
		err := c.query(ctx, "PRAGMA main.foreign_key_check("+quoteIdent(t)+")", func(row []driver.Value) error {
			visit(reference{t, strings.Join(columns[key{t, number(row[3])}], ", "), text(row[2])}, text(row[1]))
			return nil
		})
		if err != nil && !strings.Contains(err.Error(), "foreign key mismatch") {
			return err
		}
	}
	return nil
}

// checkReferences fails when rows refer to missing ones that did not before: then the transaction must not be committed.
func (c *conn) checkReferences(ctx context.Context) error {
	if c.dangling == nil {
		return nil
	}
	now, rowids := map[reference]int{}, map[reference][]string{}
	err := c.eachDangling(ctx, func(r reference, rowid string) {
		now[r]++
		if rowid != "" && len(rowids[r]) < 5 {
			rowids[r] = append(rowids[r], rowid)
		}
	})
	if err != nil {
		return err
	}
	var texts []string
	for r, n := range now {
		if n <= c.dangling[r] {
			continue
		}
		text := fmt.Sprintf("%d rows of %s refer by (%s) to rows of %s that do not exist", n, r.table, r.columns, r.parent)
		if ids := rowids[r]; len(ids) > 0 {
			text += " (rowid " + strings.Join(ids, ", ")
			if n > len(ids) {
				text += ", …"
			}
			text += ")"
		}
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return nil
	}
	sort.Strings(texts)
	return fault.New(fault.StatementFailed, "foreign keys would be broken: %s", strings.Join(texts, "; "))
}
