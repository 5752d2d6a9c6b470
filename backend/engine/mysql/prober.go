package mysql

import (
	"context"
	"database/sql/driver"
	"strconv"

	"database-structure-sync/backend/engine"
)

// Ping implements engine.Prober.
func (c *conn) Ping(ctx context.Context) error {
	return c.fault(c.control(ctx, "DO 0", "asking for a sign of life"), "asking for a sign of life")
}

// Rights implements engine.Prober. The database is the only schema.
func (c *conn) Rights(ctx context.Context) (engine.Rights, error) {
	const doing = "counting the tables"
	rights := engine.Rights{Schemas: 1}
	r := &reader{c: c, grants: grants{}}
	steps := []step{
		{"SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_SCHEMA = " + quoteString(c.db), func(row []driver.Value) (err error) {
			rights.Tables, err = strconv.Atoi(text(row[0]))
			return err
		}},
		r.grantsStep(),
	}
	err := c.run(ctx, doing, func(ctx context.Context) error { return r.batch(ctx, steps) })
	rights.Notices = r.grants.hidden()
	return rights, c.fault(err, doing)
}
