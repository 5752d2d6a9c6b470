//go:build cgo

package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"

	sqlite3 "github.com/mattn/go-sqlite3"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
)

// conn is one open file. It is opened for reading; only what changes it opens it for writing.
type conn struct {
	db       *sqlite3.SQLiteConn
	path     string
	target   string // how messages name the database
	server   engine.Server
	stats    engine.Stats
	writable bool
	locked   bool // by Lock, which a transaction for writing does
	inside   bool // a transaction
	// dangling counts the rows that referred to missing ones before the transaction dropped anything; nil before that.
	dangling map[reference]int
}

// Server implements engine.Conn.
func (c *conn) Server() engine.Server { return c.server }

// Dialect implements engine.Conn.
func (c *conn) Dialect() plan.Dialect { return dialect{} }

// Stats implements engine.Conn.
func (c *conn) Stats() engine.Stats { return c.stats }

// Close implements engine.Conn.
func (c *conn) Close() error {
	if c.db == nil {
		return nil
	}
	err := c.db.Close()
	c.db = nil
	if err != nil {
		return fmt.Errorf("closing %s: %w", c.target, err)
	}
	return nil
}

// Lock implements engine.Conn. SQLite knows one lock for those who write, and it belongs to a transaction: the one that the
// statements will run in begins here, so that nobody, this program or another, changes the file between the check of its
// structure and the last statement. Commit gives it back, because what is verified is what others see.
func (c *conn) Lock(ctx context.Context) (func(context.Context) error, error) {
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	c.locked = true
	return func(ctx context.Context) error {
		c.locked = false
		return c.Rollback(ctx)
	}, nil
}

// Begin implements engine.Conn.
func (c *conn) Begin(ctx context.Context) error {
	if c.inside && c.locked {
		return nil
	}
	return c.begin(ctx)
}

func (c *conn) begin(ctx context.Context) error {
	if err := c.toWrite(ctx); err != nil {
		return err
	}
	if err := c.control(ctx, "BEGIN IMMEDIATE"); err != nil {
		return c.fault(ctx, err, "beginning to write")
	}
	c.inside, c.dangling = true, nil
	return nil
}

// Commit implements engine.Conn. Foreign keys, which are not enforced while tables are built anew, are checked before.
func (c *conn) Commit(ctx context.Context) error {
	err := c.checkReferences(ctx)
	if err == nil {
		err = c.control(ctx, "COMMIT")
	}
	if err != nil {
		_ = c.Rollback(context.WithoutCancel(ctx)) // an open transaction would keep everybody else out
		return c.statementFault(ctx, err)
	}
	c.inside, c.dangling = false, nil
	return nil
}

// Rollback implements engine.Conn.
func (c *conn) Rollback(ctx context.Context) error {
	if !c.inside {
		return nil
	}
	c.inside, c.dangling = false, nil
	if c.db == nil || c.db.AutoCommit() { // SQLite has rolled back by itself, as it does after some errors
		return nil
	}
	return c.fault(ctx, c.control(ctx, "ROLLBACK"), "rolling back")
}

// Exec implements engine.Conn.
func (c *conn) Exec(ctx context.Context, sql string) error {
	if err := c.toWrite(ctx); err != nil {
		return err
	}
	if c.inside && c.dangling == nil && dropsTable(sql) {
		var err error
		if c.dangling, err = c.references(ctx); err != nil {
			return c.fault(ctx, err, "checking the foreign keys")
		}
	}
	err := c.control(ctx, sql)
	if table, copies := copiedTable(sql); copies && codeOf(err) == sqlite3.ErrConstraint {
		return fault.New(fault.StatementFailed, "%v: rows of %s do not fit into its new form (SQLite error %d)", err, table, extendedCode(err))
	}
	return c.statementFault(ctx, err)
}

// copiedTable is the table whose rows the statement copies into what will take its place (see alteration.copyRows).
func copiedTable(sql string) (table string, ok bool) {
	p, err := parse(sql)
	if err != nil || !p.accept("INSERT", "INTO") && !p.accept("INSERT", "OR", "ABORT", "INTO") {
		return "", false
	}
	n := len(p.tokens)
	if n < 8 || !p.tokens[n-4].is("FROM") || !p.tokens[n-2].is("AS") || !p.tokens[n-3].isName() {
		return "", false
	}
	return p.tokens[n-3].name(), true
}

// dropsTable tells that rows that others refer to may go with the statement.
func dropsTable(sql string) bool {
	p, err := parse(sql)
	return err == nil && p.accept("DROP", "TABLE")
}

// control runs statements whose results nobody wants.
func (c *conn) control(ctx context.Context, sql string) error {
	if c.db == nil {
		return fault.New(fault.ConnectionLost, "%s was closed", c.target)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.stats.Queries++
	c.stats.RoundTrips++
	_, err := c.db.ExecContext(ctx, sql, nil)
	return err
}

// reading runs what reads in one transaction, so that it sees one state of the file.
func (c *conn) reading(ctx context.Context, read func() error) error {
	if c.inside {
		return read()
	}
	if err := c.control(ctx, "BEGIN"); err != nil {
		return err
	}
	err := read()
	if end := c.control(context.WithoutCancel(ctx), "ROLLBACK"); err == nil && !c.db.AutoCommit() {
		err = end
	}
	return err
}

// query hands over the rows of a query. A row is valid only during the call.
func (c *conn) query(ctx context.Context, sql string, each func(row []driver.Value) error) error {
	if c.db == nil {
		return fault.New(fault.ConnectionLost, "%s was closed", c.target)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.stats.Queries++
	c.stats.RoundTrips++
	rows, err := c.db.QueryContext(ctx, sql, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := make([]driver.Value, len(rows.Columns()))
	for {
		err := rows.Next(row)
		if errors.Is(err, io.EOF) {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
		if err := each(row); err != nil {
			return err
		}
	}
}

// hasNUL tells that a path has a zero byte, which no file has in its name.
func hasNUL(path string) bool { return strings.IndexByte(path, 0) >= 0 }
