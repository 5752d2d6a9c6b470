// Package engine says what every database engine offers to the rest of the program, and keeps the registry of engines.
// It must not know any concrete engine: only composition roots name those.
package engine

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Config says how to reach one database.
type Config struct {
	Scheme   string // as written in the URL: postgres, postgresql, mysql, mariadb, sqlite
	Host     string // host name, address, or the folder/path of a Unix socket when it starts with "/"
	Port     int    // 0: the engine's default
	User     string
	Password string
	Database string     // of an embedded engine (sqlite) the path of its file; then there is no host, port, user, password
	Params   url.Values // sslmode, sslrootcert, sslcert, sslkey, schema (repeatable), …
	// ConnectTimeout bounds each attempt to connect; 0: 10 s.
	ConnectTimeout time.Duration
	// KeyPassphrase decrypts the client's key, the parameter sslkey; "": it is not encrypted.
	KeyPassphrase string
	// AskKeyPassphrase asks somebody for it when it is missing or wrong (fault.TLSKeyPassphrase): who opens the database asks,
	// and opens again with the answer. Attempts count from 1. nil, or ok false: nobody knows it.
	AskKeyPassphrase func(ctx context.Context, attempt int) (passphrase string, ok bool, err error)
	// ServerName is the name that the server's certificate must be for; "": the host.
	ServerName string
	// Dial opens the connection to a host and port or a Unix socket, and resolves the host's name; nil: the network's own.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Route opens a way to the server where the network alone is none, once for each connection that is opened; nil: there
	// needs to be none. Who opens the database opens the way first, and sets Dial to its own.
	Route func(ctx context.Context) (Route, error)
	// Secured is told of each finished TLS handshake; may be nil.
	Secured func(tls.ConnectionState)
}

// Route is an open way to a server, such as a tunnel.
type Route interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
	// Explain is the error of what was done over the way: one that names what was lost of it, with that error as its cause,
	// when that is what it comes from, and else the same error.
	Explain(ctx context.Context, err error) error
	// Close ends the way and what still goes over it.
	Close()
}

// Embedded tells that the database is a file, which this process opens by itself.
func (c Config) Embedded() bool { return c.Scheme == "sqlite" }

// Redacted is the configuration as a URL without password and parameters, for messages.
func (c Config) Redacted() string {
	if c.Embedded() {
		return c.Scheme + ":" + (&url.URL{Path: c.Database}).EscapedPath()
	}
	u := url.URL{Scheme: c.Scheme, Path: "/" + c.Database}
	host := c.Host
	if strings.HasPrefix(host, "/") {
		host = ""
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if c.Port != 0 {
		host += fmt.Sprintf(":%d", c.Port)
	}
	u.Host = host
	if c.User != "" {
		u.User = url.User(c.User)
	}
	return u.String()
}

// Server describes the server behind a connection.
type Server struct {
	Flavor  string // "PostgreSQL", "MySQL", "MariaDB"
	Version string // short, "17.6"
	// Identity is equal for two connections to the same database of the same server, as far as the server can tell.
	Identity string
}

// Progress is told what an inspection does: a phase's stable name and how many of how many objects are read (0, 0 when
// unknown). It may be called from several goroutines.
type Progress func(phase string, done, total int)

// InspectOptions narrows an inspection.
type InspectOptions struct {
	Schemas  []string // empty: every user schema
	Progress Progress // may be nil
}

// Stats counts what a connection has sent.
type Stats struct{ Queries, RoundTrips int }

// Conn is one open database. It is used by one goroutine at a time. Every method honours its context at once, and
// returns *fault.Error for what a user can cause or mend (unreachable, lost connection, privileges, timeouts, cancel).
type Conn interface {
	Server() Server
	// Dialect renders for this server's version.
	Dialect() plan.Dialect
	// Inspect reads the structure in one consistent snapshot, read only, in a number of round trips that does not depend
	// on the number of tables (or one per 500). The result is normalised. What cannot be read is a Notice in it.
	Inspect(ctx context.Context, opt InspectOptions) (*schema.Database, error)
	// Lock keeps other runs of this program off the database until unlock, without waiting: fault.TargetLocked when
	// another holds it.
	Lock(ctx context.Context) (unlock func(context.Context) error, err error)
	// Begin, Commit and Rollback bracket statements; on engines whose DDL is not transactional they do nothing.
	Begin(ctx context.Context) error
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	// Exec runs one statement with the server's timeouts. The error is a *fault.Error of code statement_failed with
	// everything the server said (message, detail, hint, SQLSTATE or number), or connection_lost.
	Exec(ctx context.Context, sql string) error
	Stats() Stats
	Close() error
}

// Prober is what connections offer besides to somebody who tests whether they are good.
type Prober interface {
	// Ping is one trivial round trip.
	Ping(ctx context.Context) error
	// Rights counts what the user can see of the database.
	Rights(ctx context.Context) (Rights, error)
}

// Rights is what a user can see of a database.
type Rights struct {
	Schemas, Tables int             // not the system's own
	Notices         []schema.Notice // what may exist without being shown, or cannot be read
}

// Engine opens connections of one dialect.
type Engine interface {
	// Dialect is the name of the family: "postgres", "mysql".
	Dialect() string
	// Schemes are the URL schemes it answers to.
	Schemes() []string
	// Open connects, checks that the server's version is supported and that the database exists.
	Open(ctx context.Context, cfg Config) (Conn, error)
}

// Registry finds engines by URL scheme.
type Registry struct{ engines []Engine }

// NewRegistry makes a registry of these engines.
func NewRegistry(engines ...Engine) *Registry { return &Registry{engines} }

// Find is the engine of the scheme.
func (r *Registry) Find(scheme string) (Engine, error) {
	var known []string
	for _, e := range r.engines {
		for _, s := range e.Schemes() {
			if s == scheme {
				return e, nil
			}
			if (Config{Scheme: s}).Embedded() {
				known = append(known, s+":")
			} else {
				known = append(known, s+"://")
			}
		}
	}
	return nil, fault.New(fault.UnknownScheme, "%q is no known kind of database: write the URL with one of %s", scheme, strings.Join(known, ", "))
}
