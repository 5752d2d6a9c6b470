package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
)

// Engine opens PostgreSQL databases.
type Engine struct{}

// Dialect implements engine.Engine.
func (Engine) Dialect() string { return "postgres" }

// Schemes implements engine.Engine.
func (Engine) Schemes() []string { return []string{"postgres", "postgresql"} }

// conn is one session.
type conn struct {
	pg      *pgconn.PgConn
	target  string // how messages name the database
	server  engine.Server
	version version
	name    string // of the database
	stats   engine.Stats
}

// sessionSettings make texts mean the same in every session, whatever the server, database or role have set: names are
// always qualified, values are written in one style, and new objects get no default that somebody configured.
const sessionSettings = `
SET search_path = '';
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = off;
SET quote_all_identifiers = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
SET row_security = off;
SET xmloption = content;
SET bytea_output = hex;
SET datestyle = 'ISO, YMD';
SET intervalstyle = postgres;
SET extra_float_digits = 3;
SET timezone = 'UTC';
SET lc_monetary = 'C';
SET jit = off;`

const identityQuery = `
SELECT current_setting('server_version_num'), current_database(), d.oid::text || '@' ||
       extract(epoch FROM pg_postmaster_start_time())::text
  FROM pg_catalog.pg_database d WHERE d.datname = current_database()`

// Open implements engine.Engine.
func (Engine) Open(ctx context.Context, cfg engine.Config) (engine.Conn, error) {
	a, err := prepare(cfg)
	if err != nil {
		return nil, err
	}
	target := cfg.Redacted()
	ctx, cancel := context.WithTimeoutCause(ctx, a.config.ConnectTimeout, errConnectTimeout)
	defer cancel()
	pg, err := a.open(ctx)
	if err != nil {
		return nil, a.fault(ctx, err, cfg)
	}
	c := &conn{pg: pg, target: target}
	if err := c.setUp(ctx); err != nil {
		_ = c.Close() // the session is given up anyway
		return nil, err
	}
	return c, nil
}

// setUp learns what the server is and brings the session into its known state, in one round trip.
func (c *conn) setUp(ctx context.Context) error {
	c.count(1)
	results, err := c.pg.Exec(ctx, sessionSettings+identityQuery).ReadAll()
	if err != nil {
		return c.fault(ctx, err, "setting up the session")
	}
	row := results[len(results)-1].Rows[0]
	number, err := strconv.Atoi(string(row[0]))
	if err != nil {
		return fmt.Errorf("reading the server's version: %w", err)
	}
	c.version, c.name = version(number), string(row[1])
	c.server = engine.Server{Flavor: "PostgreSQL", Version: c.version.String(), Identity: string(row[2])}
	if !c.version.supported() {
		return fault.New(fault.UnsupportedServer, "%s is a PostgreSQL %s server; supported are the versions %d to %d",
			c.target, c.version, oldestMajor, newestMajor)
	}
	return nil
}

// count notes one round trip with this many statements in it.
func (c *conn) count(queries int) {
	c.stats.RoundTrips++
	c.stats.Queries += queries
}

// Server implements engine.Conn.
func (c *conn) Server() engine.Server { return c.server }

// Dialect implements engine.Conn.
func (c *conn) Dialect() plan.Dialect { return newDialect(c.version) }

// Stats implements engine.Conn.
func (c *conn) Stats() engine.Stats { return c.stats }

// lockKey is the advisory lock that runs of this program hold on a database while they change it.
const lockKey int64 = 0x44_42_53_54_52_55_43_54 // "DBSTRUCT"

// Lock implements engine.Conn.
func (c *conn) Lock(ctx context.Context) (func(context.Context) error, error) {
	key := strconv.FormatInt(lockKey, 10)
	c.count(1)
	results, err := c.pg.Exec(ctx, "SELECT pg_try_advisory_lock("+key+")").ReadAll()
	if err != nil {
		return nil, c.fault(ctx, err, "locking the database")
	}
	if string(results[0].Rows[0][0]) != "t" {
		return nil, fault.New(fault.TargetLocked,
			"another run of this program is changing %s; wait until it has finished, then try again", c.target)
	}
	return func(ctx context.Context) error {
		return c.control(ctx, "SELECT pg_advisory_unlock("+key+")", "unlocking the database")
	}, nil
}

// Begin implements engine.Conn.
func (c *conn) Begin(ctx context.Context) error {
	return c.control(ctx, "BEGIN", "beginning a transaction")
}

// Commit implements engine.Conn. A transaction that cannot be committed is an error: the server answers COMMIT with
// ROLLBACK when a statement in it failed.
func (c *conn) Commit(ctx context.Context) error {
	c.count(1)
	results, err := c.pg.Exec(ctx, "COMMIT").ReadAll()
	if err != nil {
		return c.fault(ctx, err, "committing")
	}
	if tag := results[0].CommandTag.String(); tag != "COMMIT" {
		return fault.New(fault.StatementFailed, "%s did not commit but rolled back (%s)", c.target, tag)
	}
	return nil
}

// Rollback implements engine.Conn.
func (c *conn) Rollback(ctx context.Context) error {
	return c.control(ctx, "ROLLBACK", "rolling back")
}

// Exec implements engine.Conn.
func (c *conn) Exec(ctx context.Context, sql string) error {
	c.count(1)
	if _, err := c.pg.Exec(ctx, sql).ReadAll(); err != nil {
		return c.statementFault(ctx, err)
	}
	return nil
}

// control runs a statement of the session's own.
func (c *conn) control(ctx context.Context, sql, doing string) error {
	c.count(1)
	if _, err := c.pg.Exec(ctx, sql).ReadAll(); err != nil {
		return c.fault(ctx, err, doing)
	}
	return nil
}

// Close implements engine.Conn. It does not wait long for a server that is gone.
func (c *conn) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := c.pg.Close(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("closing the connection to %s: %w", c.target, err)
	}
	return nil
}
