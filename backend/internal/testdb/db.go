package testdb

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// DB is a throw-away database. Its methods may be called at the same time.
type DB struct {
	Server Server
	Name   string // of SQLite's the path of the file
}

// URL is how this program's users would write the database on their command line, password included.
func (db *DB) URL() string { return db.Server.URL(db.Name) }

// Exec runs a script of statements in a session of its own, which leaves no settings behind. What only the command-line
// clients understand (DELIMITER, \connect, COPY … FROM stdin) is for [DB.Load].
func (db *DB) Exec(t testing.TB, script string) {
	t.Helper()
	if err := db.ExecContext(t.Context(), script); err != nil {
		t.Fatal(err)
	}
}

// ExecContext is [DB.Exec] with an error.
func (db *DB) ExecContext(ctx context.Context, script string) error {
	return db.session(ctx, func(conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, script); err != nil {
			return fmt.Errorf("executing on %s: %w\n%s", db.Server.Name, err, excerpt(script))
		}
		return nil
	})
}

// QueryStrings returns the rows of a query with every value as text, NULL as "NULL".
func (db *DB) QueryStrings(t testing.TB, query string) [][]string {
	t.Helper()
	rows, err := db.QueryStringsContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// QueryStringsContext is [DB.QueryStrings] with an error.
func (db *DB) QueryStringsContext(ctx context.Context, query string) ([][]string, error) {
	var result [][]string
	err := db.session(ctx, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		values := make([]sql.NullString, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(targets...); err != nil {
				return err
			}
			row := make([]string, len(columns))
			for i, v := range values {
				row[i] = "NULL"
				if v.Valid {
					row[i] = v.String
				}
			}
			result = append(result, row)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("querying %s: %w\n%s", db.Server.Name, err, excerpt(query))
	}
	return result, nil
}

// DropContext drops the database, whoever is connected to it. Tests need not call it: [Server.Create] has arranged it.
func (db *DB) DropContext(ctx context.Context) error {
	if db.Server.Engine == SQLite {
		return db.removeFile()
	}
	admin, err := db.Server.admin()
	if err != nil {
		return err
	}
	statement := "DROP DATABASE IF EXISTS " + db.Name
	switch {
	case db.Server.Engine != Postgres:
	case db.Server.major() >= 13:
		statement += " WITH (FORCE)"
	default:
		leave := "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + db.Name + "'"
		if _, err := admin.ExecContext(ctx, leave); err != nil {
			return fmt.Errorf("sending away who uses a database on %s: %w", db.Server.Name, err)
		}
	}
	if _, err := admin.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("dropping a database on %s: %w", db.Server.Name, err)
	}
	return nil
}

// session runs f on a new connection to the database and closes it.
func (db *DB) session(ctx context.Context, f func(*sql.Conn) error) (err error) {
	pool, err := db.Server.open(db.Name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to %s: %w", db.Server.Name, err)
	}
	defer conn.Close()
	return f(conn)
}

// admins holds one pool per server and process, for creating and dropping databases.
var admins sync.Map // Server.address() → func() (*sql.DB, error)

func (s Server) admin() (*sql.DB, error) {
	database := ""
	if s.Engine == Postgres {
		database = "postgres"
	}
	open, _ := admins.LoadOrStore(s.address(), sync.OnceValues(func() (*sql.DB, error) {
		pool, err := s.open(database)
		if err == nil {
			pool.SetMaxOpenConns(2)
			pool.SetConnMaxIdleTime(time.Minute)
		}
		return pool, err
	}))
	return open.(func() (*sql.DB, error))()
}

// open prepares connections that take several statements at once.
func (s Server) open(database string) (*sql.DB, error) {
	if s.Engine == SQLite {
		return openFile(database)
	}
	if s.Engine == Postgres {
		config, err := pgx.ParseConfig(s.URL(database))
		if err != nil {
			return nil, fmt.Errorf("preparing a connection to %s: %w", s.Name, err)
		}
		config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
		return stdlib.OpenDB(*config), nil
	}
	config := mysql.NewConfig()
	config.User, config.Passwd, config.Net, config.Addr, config.DBName = s.User, s.Password, "tcp", s.address(), database
	config.MultiStatements = true
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("preparing a connection to %s: %w", s.Name, err)
	}
	return sql.OpenDB(connector), nil
}

func uniqueName() string {
	random := make([]byte, 6)
	rand.Read(random) // never fails
	return "test_" + hex.EncodeToString(random)
}

// excerpt keeps a long script from burying the error above it.
func excerpt(script string) string {
	const limit = 2000
	if len(script) > limit {
		return script[:limit] + "\n…"
	}
	return script
}
