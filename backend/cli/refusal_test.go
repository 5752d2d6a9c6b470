package cli_test

import (
	"context"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// refused demands one sentence on standard error, exit code 1, and nothing on standard output.
func refused(t *testing.T, r result, texts ...string) {
	t.Helper()
	r.expect(t, 1, texts...)
	if r.stdout != "" || !strings.HasPrefix(r.stderr, "dbstruct: ") || strings.Count(strings.TrimSpace(r.stderr), "\n") > 1 {
		t.Errorf("standard output:\n%s\nstandard error:\n%s", r.stdout, r.stderr)
	}
}

func TestBadCommandLinesAreRefused(t *testing.T) {
	good := "postgres://u:" + wrongPassword + "@h/d"
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"no command", []string{good}, "name a command first"},
		{"unknown command", []string{"dif"}, `"dif" is no command`},
		{"no arguments", []string{"diff"}, "SOURCE is missing"},
		{"one argument", []string{"sync", good}, "TARGET is missing"},
		{"too many", []string{"diff", good, good, good}, "too many"},
		{"unknown option", []string{"diff", "--colour", good, good}, "unknown flag: --colour"},
		{"unknown format", []string{"diff", "--format", "xml", good, good}, "text, json, sql"},
		{"unknown ignore", []string{"diff", "--ignore", "case", good, good}, `does not know "case"`},
		{"malformed glob", []string{"diff", "--include", "[a", good, good}, "no glob"},
		{"malformed time", []string{"diff", "--timeout", "soon", good, good}, "--timeout"},
		{"negative time", []string{"diff", "--timeout", "-5s", good, good}, "--timeout"},
		{"unknown scheme", []string{"diff", "oracle://u:" + wrongPassword + "@h/d", good}, "SOURCE: \"oracle\" is no known kind of database"},
		{"no scheme", []string{"diff", good, "u:" + wrongPassword + "@h/d"}, "TARGET: it is no URL (write scheme://user@host:port/database), and no saved connection has this name"},
		{"malformed password", []string{"diff", "postgres://u:" + wrongPassword + "#@h/d", good}, "write %23"},
		{"unknown parameter", []string{"diff", good + "?sslmod=require", good}, `unknown parameter "sslmod": known are `},
		{"schema twice", []string{"diff", "--schema", "a", good + "?schema=b", good}, "leave out --schema"},
		{"a name of nobody", []string{"diff", "Shop", good}, "SOURCE: it is no URL"},
		{"password as an option", []string{"diff", "--password=" + wrongPassword, good, good}, "can be read by every user of the machine"},
		{"password as a word", []string{"connections", "add", "a", "postgres://h/d", "--password", wrongPassword}, "can be read by every user of the machine"},
		{"master password as an option", []string{"connections", "list", "--master-password=" + wrongPassword}, "set DBSTRUCT_MASTER_PASSWORD"},
		{"password as mysql has it", []string{"diff", "-p" + wrongPassword, good, good}, "there is no option -p"},
		{"password behind another letter", []string{"diff", "-W" + wrongPassword, good, good}, "there is no option -W"},
		{"confirmed without a connection", []string{"sync", "--confirm", "Shop", good, good}, "the target is a URL"},
		{"sync as JSON without --yes", []string{"sync", "--format", "json", good, good}, "needs --yes"},
		{"sync has no SQL", []string{"sync", "--format", "sql", good, good}, "text, json"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { refused(t, dbstruct(t, test.args...), test.says) })
	}
}

// nowhere is an address on which nothing listens.
func nowhere(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func TestConnectionsThatCannotBeOpenedAreExplained(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target := pair(t, s)
			with := func(edit func(*url.URL)) string { return edited(t, target, edit) }
			silent := newProxy(t, s, "")
			silent.freeze()
			tests := []struct{ name, url, says string }{
				{"unreachable", with(func(u *url.URL) { u.Host = nowhere(t) }), "nothing accepts connections"},
				{"unknown host", with(func(u *url.URL) { u.Host = "no-such-host.invalid" }), "no-such-host.invalid"},
				{"silent host", silent.url(t, target, "connect_timeout=1"), "1s"},
				{"wrong password", with(func(u *url.URL) { u.User = url.UserPassword(s.User, wrongPassword) }), "check user and password"},
				{"missing database", with(func(u *url.URL) { u.Path = "/no_such_database" }), `"no_such_database"`},
				{"missing socket", with(func(u *url.URL) {
					u.Host = ""
					u.RawQuery = "host=" + filepath.Join(t.TempDir(), "nothing")
				}), "nothing accepts connections"},
			}
			for _, test := range tests {
				t.Run(test.name, func(t *testing.T) {
					refused(t, dbstruct(t, "diff", source.URL(), test.url), "opening the target: ", test.says)
					refused(t, dbstruct(t, "sync", "--yes", test.url, source.URL()), "opening the source: ", test.says)
				})
			}
			refused(t, dbstruct(t, "inspect", with(func(u *url.URL) { u.Path = "/no_such_database" })), "opening the database: ", "no_such_database")
		})
	}
}

func TestSourceAndTargetMustBeTwoDatabases(t *testing.T) {
	for _, s := range some(t) {
		db := s.Create(t)
		refused(t, dbstruct(t, "diff", db.URL(), db.URL()), "source and target are the same database")
		byName := edited(t, db, func(u *url.URL) { u.Host = "localhost:" + strconv.Itoa(s.Port) })
		refused(t, dbstruct(t, "sync", "--yes", db.URL(), byName), "source and target are the same database")
	}
}

func TestDifferentEnginesAreComparedWithNotes(t *testing.T) {
	source, target := one(t, testdb.MariaDB).Create(t), one(t, testdb.Postgres).Create(t)
	source.Exec(t, "CREATE TABLE a (id int UNSIGNED AUTO_INCREMENT PRIMARY KEY, v varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci UNIQUE)")
	dbstruct(t, "sync", "--yes", source.URL(), target.URL()).expect(t, 0,
		"Not quite the same in the target, because its engine is another one:", "what was equal regardless of case", "now equals that of the source as far as the target's server can have it (see above).")
	r := dbstruct(t, "diff", "--format", "json", source.URL(), target.URL())
	r.expect(t, 0, `"code": "case_matters"`, `"severity": "lossy"`)
}

func TestMySQLAndMariaDBCompareWithEachOther(t *testing.T) {
	ddl := "CREATE TABLE a (id int PRIMARY KEY, v varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
	a, b := one(t, testdb.MySQL).Create(t), one(t, testdb.MariaDB).Create(t)
	a.Exec(t, ddl)
	dbstruct(t, "sync", "--yes", a.URL(), b.URL()).expect(t, 0, "Verified: the structure of the target now equals")
}

func TestWhatExistsOnNeitherSideIsNotCalledEqual(t *testing.T) {
	source, target := pair(t, one(t, testdb.Postgres))
	refused(t, dbstruct(t, "diff", "--schema", "pubic", source.URL(), target.URL()), `no schema "pubic"`)
	refused(t, dbstruct(t, "inspect", "--schema", "pubic", source.URL()), `no schema "pubic"`)
	refused(t, dbstruct(t, "diff", "--include", "ordrs", source.URL(), target.URL()), `"ordrs" matches no table`)
}

// restricted is the target's URL for a user of its own who may only do what the statements grant.
func restricted(t *testing.T, db *testdb.DB, grants ...string) string {
	t.Helper()
	user := "u_" + db.Name
	quoted, create := user, "CREATE ROLE "+user+" LOGIN PASSWORD '"+wrongPassword+"'"
	drop := "DROP OWNED BY " + user + "; DROP ROLE " + user
	if db.Server.Engine != testdb.Postgres {
		quoted = "'" + user + "'@'%'"
		create, drop = "CREATE USER "+quoted+" IDENTIFIED BY '"+wrongPassword+"'", "DROP USER "+quoted
	}
	db.Exec(t, create)
	t.Cleanup(func() {
		if err := db.ExecContext(context.Background(), drop); err != nil {
			t.Error(err)
		}
	})
	for _, g := range grants {
		db.Exec(t, strings.ReplaceAll(g, "USER", quoted))
	}
	return edited(t, db, func(u *url.URL) { u.User = url.UserPassword(user, wrongPassword) })
}

func TestMissingPrivilegesAreToldAndNothingIsHalfDone(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target := databases(t, s, "CREATE TABLE a (x int); CREATE TABLE b (x int)", "CREATE TABLE a (x int)")
			grants := []string{"GRANT SELECT, SHOW VIEW ON " + target.Name + ".* TO USER"}
			if s.Engine == testdb.Postgres {
				grants = []string{"GRANT USAGE ON SCHEMA public TO USER"}
			}
			limited := restricted(t, target, grants...)
			before := target.Dump(t)
			r := dbstruct(t, "sync", "--yes", source.URL(), limited)
			r.expect(t, 1, "statement 1 of 1 failed", "denied", "as it was")
			if target.DumpNormalized(t) != target.Normalize(before) {
				t.Error("the target has changed")
			}
		})
	}
}

func TestADatabaseThatOneMayNotEnterIsToldSo(t *testing.T) {
	for _, s := range some(t) {
		db := s.Create(t)
		text := "may not"
		if s.Engine == testdb.Postgres {
			db.Exec(t, "REVOKE CONNECT ON DATABASE "+db.Name+" FROM PUBLIC")
		}
		r := dbstruct(t, "diff", s.Create(t).URL(), restricted(t, db))
		refused(t, r, "opening the target", text)
	}
}

func TestOutputThatCannotBeWrittenIsAnError(t *testing.T) {
	source, target := pair(t, one(t, testdb.Postgres))
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	p := startTo(t, full, "diff", source.URL(), target.URL())
	p.wait().expect(t, 1, "the output could not be written", "no space left")
}

func TestAReaderThatHasEnoughEndsADiffQuietly(t *testing.T) {
	source, target := pair(t, one(t, testdb.Postgres))
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	defer w.Close()
	res := startTo(t, w, "diff", source.URL(), target.URL()).wait()
	if res.expect(t, 1); res.stderr != "" {
		t.Errorf("standard error: %s", res.stderr)
	}
}

func TestASyncGoesOnWhenItsReaderHasEnough(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		startTo(t, w, "sync", "--yes", "--allow-destructive", source.URL(), target.URL()).wait().
			expect(t, 0, "the output could not be written", "statements ran, verified")
		_ = w.Close()
		dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 0)
	}
}
