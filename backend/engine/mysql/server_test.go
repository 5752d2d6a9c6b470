package mysql

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

// config is how to reach the database.
func config(db *testdb.DB) engine.Config {
	s := db.Server
	return engine.Config{Scheme: "mysql", Host: s.Host, Port: s.Port, User: s.User, Password: s.Password, Database: db.Name, Params: url.Values{}}
}

// open opens the database for the length of the test.
func open(t *testing.T, cfg engine.Config) *conn {
	t.Helper()
	c, err := Engine{}.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c.(*conn)
}

// load makes a database of the script. Every database has the same character set, whatever the server's default.
func load(t *testing.T, s testdb.Server, script string) *testdb.DB {
	t.Helper()
	db := s.Create(t)
	db.Exec(t, "ALTER DATABASE `"+db.Name+"` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
	db.Load(t, script)
	return db
}

// inspected reads the database.
func inspected(t *testing.T, c *conn) *schema.Database {
	t.Helper()
	d, err := c.Inspect(t.Context(), engine.InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// read makes a database of the script and reads it.
func read(t *testing.T, s testdb.Server, script string) *schema.Database {
	t.Helper()
	return inspected(t, open(t, config(load(t, s, script))))
}

// eachServer runs the test on every server of the engines.
func eachServer(t *testing.T, test func(t *testing.T, s testdb.Server), engines ...string) {
	if len(engines) == 0 {
		engines = []string{testdb.MySQL, testdb.MariaDB}
	}
	for _, s := range testdb.Servers(t, engines...) {
		t.Run(s.Name, func(t *testing.T) { test(t, s) })
	}
}

// dump writes a database out, one fact a line.
func dump(d *schema.Database) string {
	var b strings.Builder
	var write func(o schema.Object)
	write = func(o schema.Object) {
		fmt.Fprintf(&b, "%s %v\n", o.Key(), o.Deps())
		for _, p := range o.Props() {
			fmt.Fprintf(&b, "  %s: %s\n", p.Name, p.Value)
		}
		for _, u := range o.Extra().Unmodelled {
			fmt.Fprintf(&b, "  unmodelled: %s\n", u)
		}
		for _, p := range o.Parts() {
			write(p)
		}
	}
	for _, o := range d.Objects() {
		write(o)
	}
	for _, n := range d.Notices {
		fmt.Fprintf(&b, "notice: %s %s\n", n.Key, n.Reason)
	}
	return b.String()
}

// firstDifference shows where two dumps part, with the lines before.
func firstDifference(x, y string) string {
	xs, ys := strings.Split(x, "\n"), strings.Split(y, "\n")
	for i := range xs {
		if i >= len(ys) || xs[i] != ys[i] {
			other := "(the end)"
			if i < len(ys) {
				other = ys[i]
			}
			return strings.Join(xs[max(0, i-6):i], "\n") + "\n- " + xs[i] + "\n+ " + other
		}
	}
	return "the second goes on where the first ends"
}

// quiet is a context that outlives the test, for cleaning up.
func quiet() context.Context { return context.Background() }
