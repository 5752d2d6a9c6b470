package mysql

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	mysql "github.com/go-sql-driver/mysql"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
)

// Engine opens MySQL and MariaDB databases.
type Engine struct{}

// Dialect implements engine.Engine.
func (Engine) Dialect() string { return "mysql" }

// Schemes implements engine.Engine.
func (Engine) Schemes() []string { return []string{"mysql", "mariadb"} }

// session is what the driver's connections can do.
type session interface {
	driver.Conn
	driver.QueryerContext
}

// conn is one session on the server.
type conn struct {
	my        session
	connector driver.Connector // for a second connection, which ends a statement of this one
	target    string           // how messages name the database
	server    engine.Server
	f         flavor
	db        string // name of the database as the server writes it
	id        string // the server's number of this connection
	role      string // active roles, as the server writes them
	stats     engine.Stats
	broken    bool // given up after a statement that did not end
	showAll   int  // see showAll
}

// Open implements engine.Engine.
func (Engine) Open(ctx context.Context, cfg engine.Config) (engine.Conn, error) {
	a, err := prepare(cfg)
	if err != nil {
		return nil, err
	}
	connector, err := mysql.NewConnector(a.config)
	if err != nil {
		return nil, fault.New(fault.BadInput, "%s cannot be understood as a MySQL connection: check host, port and parameters", cfg.Redacted())
	}
	dialing, cancel := context.WithTimeout(ctx, a.config.Timeout)
	defer cancel()
	opened, err := connector.Connect(dialing)
	if err != nil {
		return nil, a.fault(ctx, err, cfg)
	}
	a.log.close()
	c := &conn{my: opened.(session), connector: connector, target: cfg.Redacted(), showAll: showAll}
	if err := c.setUp(ctx); err != nil {
		_ = c.Close() // the session is given up anyway
		return nil, err
	}
	return c, nil
}

// Server implements engine.Conn.
func (c *conn) Server() engine.Server { return c.server }

// Dialect implements engine.Conn.
func (c *conn) Dialect() plan.Dialect { return newDialect(c.f) }

// Stats implements engine.Conn.
func (c *conn) Stats() engine.Stats { return c.stats }

// lockName names the lock that runs of this program hold on a database while they change it. Locks belong to the whole
// server and names are at most 64 characters, hence the hash.
func (c *conn) lockName() string {
	sum := sha256.Sum256([]byte(c.db))
	return "dbstruct:" + hex.EncodeToString(sum[:16])
}

// Lock implements engine.Conn.
func (c *conn) Lock(ctx context.Context) (func(context.Context) error, error) {
	name := quoteString(c.lockName())
	var got bool
	err := c.run(ctx, "locking the database", func(ctx context.Context) error {
		return c.query(ctx, "SELECT GET_LOCK("+name+", 0)", func(row []driver.Value) error {
			got = text(row[0]) == "1"
			return nil
		})
	})
	if err != nil {
		return nil, c.fault(err, "locking the database")
	}
	if !got {
		return nil, fault.New(fault.TargetLocked,
			"another run of this program is changing %s; wait until it has finished, then try again", c.target)
	}
	return func(ctx context.Context) error {
		return c.fault(c.control(ctx, "SELECT RELEASE_LOCK("+name+")", "unlocking the database"), "unlocking the database")
	}, nil
}

// Begin implements engine.Conn. DDL ends any transaction here, so there is none.
func (c *conn) Begin(context.Context) error { return nil }

// Commit implements engine.Conn.
func (c *conn) Commit(context.Context) error { return nil }

// Rollback implements engine.Conn.
func (c *conn) Rollback(context.Context) error { return nil }

// Exec implements engine.Conn.
func (c *conn) Exec(ctx context.Context, sql string) error {
	return c.statementFault(c.control(ctx, sql, "the statement"))
}

// control runs statements whose results nobody wants.
func (c *conn) control(ctx context.Context, sql, doing string) error {
	return c.run(ctx, doing, func(ctx context.Context) error {
		return c.query(ctx, sql, func([]driver.Value) error { return nil })
	})
}

// Close implements engine.Conn.
func (c *conn) Close() error {
	if c.broken {
		return nil
	}
	if err := c.my.Close(); err != nil && !isLost(err) {
		return fmt.Errorf("closing the connection to %s: %w", c.target, err)
	}
	return nil
}

// abandonAfter is how long a cancelled statement may take to end before its connection is given up.
const abandonAfter = 3 * time.Second

// run does work that talks to the server and ends it when ctx ends. The driver would only close the connection then, which
// the server does not notice while it runs a statement; so the statement is killed, and the connection lives on.
func (c *conn) run(ctx context.Context, doing string, work func(context.Context) error) error {
	if c.broken {
		return fault.New(fault.ConnectionLost, "the connection to %s was given up after %s did not end", c.target, doing)
	}
	if ctx.Err() != nil {
		return c.contextFault(ctx, doing)
	}
	inner, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	done := make(chan error, 1)
	go func() { done <- work(inner) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	c.kill("KILL QUERY ")
	select {
	case err := <-done:
		if err == nil || !isLost(err) && numberOf(err) != errQueryInterrupted && numberOf(err) != 0 {
			return err // it had ended by itself
		}
	case <-time.After(abandonAfter):
		c.broken = true
		abandon()
		if err := <-done; err != nil {
			c.kill("KILL CONNECTION ")
		}
	}
	return c.contextFault(ctx, doing)
}

// kill ends the running statement, or the whole connection, from a second connection. A failure only means that the
// server could not be told.
func (c *conn) kill(command string) {
	if c.id == "" {
		return // the session is still being set up
	}
	ctx, cancel := context.WithTimeout(context.Background(), abandonAfter)
	defer cancel()
	second, err := c.connector.Connect(ctx)
	if err != nil {
		return
	}
	defer func() { _ = second.Close() }()
	if rows, err := second.(session).QueryContext(ctx, command+c.id, nil); err == nil {
		_ = rows.Close()
	}
}

func (c *conn) contextFault(ctx context.Context, doing string) error {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return fault.New(fault.TimedOut, "%s did not finish in time on %s", doing, c.target)
	}
	return fault.New(fault.Cancelled, "%s was cancelled on %s", doing, c.target)
}

// query sends SQL, which may be several statements, in one round trip and hands over the rows of all results. A row's
// bytes are valid only during the call.
func (c *conn) query(ctx context.Context, sql string, each func(row []driver.Value) error) error {
	return c.queryResults(ctx, sql, 1, func(_ int, row []driver.Value) error { return each(row) })
}

// queryResults is query for several statements: each row comes with the number of its result.
func (c *conn) queryResults(ctx context.Context, sql string, statements int, each func(result int, row []driver.Value) error) (err error) {
	c.stats.RoundTrips++
	c.stats.Queries += statements
	rows, err := c.my.QueryContext(ctx, sql, nil)
	if err != nil {
		return err
	}
	defer func() {
		if e := rows.Close(); err == nil {
			err = e
		}
	}()
	for result := 0; ; result++ {
		row := make([]driver.Value, len(rows.Columns()))
		for len(row) > 0 {
			err := rows.Next(row)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			if err := each(result, row); err != nil {
				return err
			}
		}
		more, ok := rows.(driver.RowsNextResultSet)
		if !ok || !more.HasNextResultSet() {
			return nil
		}
		if err := more.NextResultSet(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// text is a value of a row as text; "" for NULL.
func text(v driver.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// interner keeps one copy of every text that comes again and again.
type interner map[string]string

// text is [text] without a copy for what is known.
func (k interner) text(v driver.Value) string {
	b, ok := v.([]byte)
	if !ok {
		return text(v)
	}
	if s, ok := k[string(b)]; ok { // no allocation
		return s
	}
	s := string(b)
	k[s] = s
	return s
}
