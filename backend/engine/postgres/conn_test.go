package postgres_test

import (
	"context"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
)

func TestEveryFailureToConnectHasItsSentence(t *testing.T) {
	db := testdb.Servers(t, testdb.Postgres)[0].Create(t)
	const secret = `s3cr:et@'\ pass`
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closedPort := closed.Addr().(*net.TCPAddr).Port
	closed.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts, and never answers
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for _, c := range []struct {
		name   string
		change func(*engine.Config)
		code   fault.Code
		says   string
	}{
		{"wrong password", func(c *engine.Config) { c.Password = secret }, fault.AuthFailed, "refused the log-in"},
		{"no such user", func(c *engine.Config) { c.User, c.Password = "nobody here", secret }, fault.AuthFailed, "nobody here"},
		{"no such database", func(c *engine.Config) { c.Database = "not there" }, fault.NoDatabase, `"not there" does not exist`},
		{"no database named", func(c *engine.Config) { c.Database, c.Password = "", secret }, fault.BadInput, "names no database"},
		{"nobody listens", func(c *engine.Config) { c.Port, c.Password = closedPort, secret }, fault.Unreachable, "nothing accepts connections"},
		{"no answer", func(c *engine.Config) {
			c.Port, c.Password, c.ConnectTimeout = silent.Addr().(*net.TCPAddr).Port, secret, 300*time.Millisecond
		}, fault.Unreachable, "did not answer"},
		{"no such socket", func(c *engine.Config) { c.Host, c.Password = "/no such folder", secret }, fault.Unreachable, "/no such folder/.s.PGSQL"},
		{"no such host", func(c *engine.Config) { c.Host, c.Password = "no-such-host.invalid", secret }, fault.Unreachable, "no-such-host.invalid"},
		{"no TLS there", func(c *engine.Config) { c.Params = url.Values{"sslmode": {"require"}} }, fault.TLSNotOffered, "does not offer TLS"},
		{"no such mode", func(c *engine.Config) { c.Password, c.Params = secret, url.Values{"sslmode": {"maybe"}} }, fault.BadInput, `"maybe" is no sslmode`},
		{"no such root certificate", func(c *engine.Config) {
			c.Password, c.Params = secret, url.Values{"sslmode": {"verify-ca"}, "sslrootcert": {"/not/there.pem"}}
		}, fault.TLSFile, "/not/there.pem"},
		{"certificate without key", func(c *engine.Config) {
			c.Password, c.Params = secret, url.Values{"sslmode": {"require"}, "sslcert": {"/x.pem"}}
		}, fault.BadInput, "belong together"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := config(t, db)
			c.change(&cfg)
			conn, err := postgres.Engine{}.Open(t.Context(), cfg)
			if err == nil {
				conn.Close()
				t.Fatal("connected")
			}
			if fault.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", fault.CodeOf(err), err)
			}
			if strings.Contains(err.Error(), "s3cr") || strings.Contains(err.Error(), cfg.Password) && cfg.Password != "" {
				t.Errorf("the password is in: %v", err)
			}
		})
	}
}

func TestCancelledConnectingSaysSo(t *testing.T) {
	cfg := config(t, testdb.Servers(t, testdb.Postgres)[0].Create(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (postgres.Engine{}).Open(ctx, cfg); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("%v", err)
	}
}

func TestFailedStatementKeepsWhatTheServerSaid(t *testing.T) {
	db := testdb.Servers(t, testdb.Postgres)[0].Create(t)
	db.Load(t, `CREATE TABLE t (i int); INSERT INTO t VALUES (1), (1)`)
	conn := open(t, db)
	err := conn.Exec(t.Context(), `ALTER TABLE public.t ADD UNIQUE (i)`)
	for _, part := range []string{"could not create unique index", "Key (i)=(1) is duplicated", "23505"} {
		if fault.CodeOf(err) != fault.StatementFailed || !strings.Contains(err.Error(), part) {
			t.Errorf("%q is missing in %v", part, err)
		}
	}
}

func TestCancelStopsTheStatementAndLeavesTheSessionAble(t *testing.T) {
	db := testdb.Servers(t, testdb.Postgres)[0].Create(t)
	conn := open(t, db)
	if err := conn.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := conn.Exec(t.Context(), `CREATE TABLE public.half ()`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	if err := conn.Exec(ctx, `SELECT pg_sleep(60)`); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := conn.Rollback(t.Context()); err != nil {
		t.Fatalf("rolling back: %v", err)
	}
	if err := conn.Exec(ctx, `SELECT pg_sleep(60)`); fault.CodeOf(err) != fault.TimedOut {
		t.Errorf("timed out: %v", err)
	}
	if rows := db.QueryStrings(t, `SELECT 1 FROM pg_class WHERE relname = 'half'`); len(rows) > 0 {
		t.Error("the table of the rolled back transaction is there")
	}
}

func TestServersTimeoutIsToldApart(t *testing.T) {
	conn := open(t, testdb.Servers(t, testdb.Postgres)[0].Create(t))
	if err := conn.Exec(t.Context(), `SET statement_timeout = '100ms'`); err != nil {
		t.Fatal(err)
	}
	if err := conn.Exec(t.Context(), `SELECT pg_sleep(60)`); fault.CodeOf(err) != fault.TimedOut {
		t.Errorf("%s: %v", fault.CodeOf(err), err)
	}
}

func TestLostConnectionIsToldApart(t *testing.T) {
	db := testdb.Servers(t, testdb.Postgres)[0].Create(t)
	conn := open(t, db)
	time.AfterFunc(200*time.Millisecond, func() {
		_ = db.ExecContext(context.Background(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND application_name = 'dbstruct'`)
	})
	if err := conn.Exec(t.Context(), `SELECT pg_sleep(60)`); fault.CodeOf(err) != fault.ConnectionLost {
		t.Errorf("%s: %v", fault.CodeOf(err), err)
	}
	if _, err := conn.Inspect(t.Context(), engine.InspectOptions{}); fault.CodeOf(err) != fault.ConnectionLost {
		t.Errorf("afterwards %s: %v", fault.CodeOf(err), err)
	}
}

func TestLockKeepsASecondRunOff(t *testing.T) {
	db := testdb.Servers(t, testdb.Postgres)[0].Create(t)
	one, two := open(t, db), open(t, db)
	unlock, err := one.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.Lock(t.Context()); fault.CodeOf(err) != fault.TargetLocked {
		t.Errorf("a second lock: %v", err)
	}
	if err := unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	unlock, err = two.Lock(t.Context())
	if err != nil {
		t.Fatalf("after unlocking: %v", err)
	}
	if err := unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestCommitOfAFailedTransactionIsAnError(t *testing.T) {
	conn := open(t, testdb.Servers(t, testdb.Postgres)[0].Create(t))
	if err := conn.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := conn.Exec(t.Context(), `SELECT 1/0`); err == nil {
		t.Fatal("division by zero succeeded")
	}
	if err := conn.Commit(t.Context()); err == nil {
		t.Error("committed")
	}
}

func TestIdentityTellsDatabasesApart(t *testing.T) {
	s := testdb.Servers(t, testdb.Postgres)[0]
	one, two := s.Create(t), s.Create(t)
	a, b, c := open(t, one).Server(), open(t, one).Server(), open(t, two).Server()
	if a.Identity != b.Identity || a.Identity == c.Identity {
		t.Errorf("identities %q, %q of one database, %q of another", a.Identity, b.Identity, c.Identity)
	}
}
