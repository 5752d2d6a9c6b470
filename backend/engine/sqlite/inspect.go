//go:build cgo

package sqlite

import (
	"context"
	"database/sql/driver"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/schema"
)

// Inspect implements engine.Conn. The queries see one state of the file, whoever writes to it meanwhile.
func (c *conn) Inspect(ctx context.Context, opt engine.InspectOptions) (*schema.Database, error) {
	var cat *catalog
	err := c.reading(ctx, func() (err error) {
		cat, err = c.readCatalog(ctx, opt.Progress)
		return err
	})
	if err != nil {
		return nil, c.fault(ctx, err, "reading the structure")
	}
	return build(cat, c.server.Version, c.path), nil
}

func (c *conn) readCatalog(ctx context.Context, progress engine.Progress) (*catalog, error) {
	cat := &catalog{
		tables: map[string]tableRow{}, columns: map[string][]columnRow{}, indexes: map[string][]*indexRow{},
		foreignKeys: map[string][]foreignKeyRow{},
	}
	for _, q := range []struct {
		phase, sql string
		each       func([]driver.Value)
	}{
		{"objects", queryObjects, cat.object},
		{"tables", queryTables, cat.table},
		{"columns", queryColumns, cat.column},
		{"indexes", queryIndexes, cat.index},
		{"foreign_keys", queryForeignKeys, cat.foreignKey},
	} {
		if progress != nil {
			progress(q.phase, 0, 0)
		}
		if err := c.query(ctx, q.sql, func(row []driver.Value) error { q.each(row); return nil }); err != nil {
			return nil, err
		}
	}
	return cat, nil
}
