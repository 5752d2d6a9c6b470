package postgres

import (
	"context"

	"database-structure-sync/backend/engine"
)

// Ping implements engine.Prober.
func (c *conn) Ping(ctx context.Context) error {
	return c.control(ctx, "SELECT 1", "asking for a sign of life")
}

// rightsQuery counts as the reader of structures sees them. PostgreSQL shows everybody the structure of everything.
const rightsQuery = `
SELECT count(DISTINCT n.oid), count(c.oid)
  FROM pg_catalog.pg_namespace n
  LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

// Rights implements engine.Prober.
func (c *conn) Rights(ctx context.Context) (engine.Rights, error) {
	c.count(1)
	results, err := c.pg.Exec(ctx, rightsQuery).ReadAll()
	if err != nil {
		return engine.Rights{}, c.fault(ctx, err, "counting the tables")
	}
	row := results[0].Rows[0]
	return engine.Rights{Schemas: integer(row[0]), Tables: integer(row[1])}, nil
}
