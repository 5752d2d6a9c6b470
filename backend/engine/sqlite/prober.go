//go:build cgo

package sqlite

import (
	"context"
	"database/sql/driver"

	"database-structure-sync/backend/engine"
)

// Ping implements engine.Prober. It reads the file's header.
func (c *conn) Ping(ctx context.Context) error {
	return c.fault(ctx, c.control(ctx, "PRAGMA main.schema_version"), "asking for a sign of life")
}

// Rights implements engine.Prober. Who may read the file may read everything in it.
func (c *conn) Rights(ctx context.Context) (engine.Rights, error) {
	rights := engine.Rights{Schemas: 1}
	err := c.query(ctx, `SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`, func(row []driver.Value) error {
		rights.Tables = number(row[0])
		return nil
	})
	return rights, c.fault(ctx, err, "counting the tables")
}
