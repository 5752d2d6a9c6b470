package postgres_test

import (
	"net/url"
	"strconv"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

// config is how the engine is told to open the database.
func config(t testing.TB, db *testdb.DB) engine.Config {
	t.Helper()
	u, err := url.Parse(db.URL())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	password, _ := u.User.Password()
	return engine.Config{
		Scheme: u.Scheme, Host: u.Hostname(), Port: port, User: u.User.Username(), Password: password,
		Database: db.Name, Params: u.Query(),
	}
}

func open(t testing.TB, db *testdb.DB) engine.Conn {
	t.Helper()
	conn, err := postgres.Engine{}.Open(t.Context(), config(t, db))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func read(t testing.TB, db *testdb.DB) *schema.Database {
	t.Helper()
	structure, err := open(t, db).Inspect(t.Context(), engine.InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return structure
}
