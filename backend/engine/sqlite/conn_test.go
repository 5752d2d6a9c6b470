//go:build cgo

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// file makes a database with that script and tells its path.
func file(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a database.db")
	execute(t, path, script)
	return path
}

// execute runs a script through the driver alone.
func execute(t *testing.T, path, script string) {
	t.Helper()
	db := other(t, path)
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// other is another program's connection.
func other(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func open(t *testing.T, path string) *conn {
	t.Helper()
	c, err := Engine{}.Open(t.Context(), engine.Config{Scheme: "sqlite", Database: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c.(*conn)
}

func inspect(t *testing.T, c *conn) *schema.Database {
	t.Helper()
	db, err := c.Inspect(t.Context(), engine.InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func value(t *testing.T, path, query string) string {
	t.Helper()
	var v sql.NullString
	db := other(t, path)
	if err := db.QueryRow(query).Scan(&v); err != nil {
		t.Fatal(err)
	}
	db.Close()
	return v.String
}

func wantFault(t *testing.T, err error, code fault.Code, words ...string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code {
		t.Fatalf("got %v, want a fault %s", err, code)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the fault does not say %q: %v", w, err)
		}
	}
}

func TestWhatIsNoDatabaseIsRefusedAndNothingIsMade(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("Dear Sir or Madam, ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		path string
		code fault.Code
		word string
	}{
		{filepath.Join(dir, "missing.db"), fault.NoDatabase, "there is no file"},
		{dir, fault.NoDatabase, "is a folder"},
		{text, fault.NoDatabase, "is no SQLite database"},
		{"", fault.BadInput, "names no file"},
		{dir + "/a\x00b", fault.BadInput, "names no file"},
	} {
		_, err := Engine{}.Open(t.Context(), engine.Config{Scheme: "sqlite", Database: x.path})
		wantFault(t, err, x.code, x.word)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("files were made: %v", left)
	}
}

func TestOneFileHasOneIdentity(t *testing.T) {
	path := file(t, "CREATE TABLE t (a)")
	link, hard := path+".link", path+".hard"
	if err := errors.Join(os.Symlink(path, link), os.Link(path, hard)); err != nil {
		t.Fatal(err)
	}
	want := open(t, path).Server().Identity
	for _, p := range []string{link, hard, filepath.Join(filepath.Dir(path), ".", filepath.Base(path))} {
		if got := open(t, p).Server().Identity; got != want {
			t.Errorf("%s is %s, not %s", p, got, want)
		}
	}
	if got := open(t, file(t, "CREATE TABLE t (a)")).Server().Identity; got == want {
		t.Error("two files have one identity")
	}
}

func TestReadingLeavesTheFileAlone(t *testing.T) {
	for _, mode := range []string{"DELETE", "WAL"} {
		path := file(t, "PRAGMA journal_mode = "+mode+"; CREATE TABLE t (a)")
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := open(t, path)
		if db := inspect(t, c); db.Table("", "t") == nil {
			t.Error("the table was not read")
		}
		if c.writable {
			t.Errorf("%s: the file was opened for writing", mode)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
			t.Errorf("%s: the file has changed (%v)", mode, err)
		}
	}
}

func TestReadingSeesWhatIsOnlyInTheLogYet(t *testing.T) {
	path := file(t, "PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
	db := other(t, path)
	if _, err := db.Exec("CREATE TABLE u (a)"); err != nil {
		t.Fatal(err)
	}
	if inspect(t, open(t, path)).Table("", "u") == nil {
		t.Error("the table in the log was not read")
	}
}

func TestTwoRunsKeepEachOtherOff(t *testing.T) {
	path := file(t, "CREATE TABLE t (a)")
	first, second := open(t, path), open(t, path)
	unlock, err := first.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = second.Lock(t.Context())
	wantFault(t, err, fault.TargetLocked, "a%20database.db", "try again")
	if err := unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	unlock, err = second.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAnotherProgramThatWritesIsNamedAsTheReason(t *testing.T) {
	path := file(t, "CREATE TABLE t (a)")
	db := other(t, path)
	if _, err := db.Exec("BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	_, err := Engine{}.Open(t.Context(), engine.Config{Scheme: "sqlite", Database: path})
	wantFault(t, err, fault.TargetLocked, "another program is using", "try again")
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	c := open(t, path)
	if _, err := db.Exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	inspect(t, c) // readers are not kept off
	wantFault(t, c.Begin(t.Context()), fault.TargetLocked)
}

func TestACommitThatReadersPreventLeavesEverythingAsItWas(t *testing.T) {
	path := file(t, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
	db := other(t, path)
	rows, err := db.Query("SELECT a FROM t")
	if err != nil {
		t.Fatal(err)
	}
	rows.Next() // the reader keeps its lock
	c := open(t, path)
	if err := c.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Exec(t.Context(), "CREATE TABLE u (a)"); err != nil {
		t.Fatal(err)
	}
	wantFault(t, c.Commit(t.Context()), fault.TargetLocked)
	rows.Close()
	if inspect(t, c).Table("", "u") != nil {
		t.Error("the table is there")
	}
}

func TestCancellingEndsAStatementAndLeavesEverythingAsItWas(t *testing.T) {
	path := file(t, "CREATE TABLE t (a)")
	c := open(t, path)
	if err := c.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Exec(t.Context(), "CREATE TABLE u (a)"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	began := time.Now()
	err := c.Exec(ctx, "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
	wantFault(t, err, fault.Cancelled)
	if waited := time.Since(began); waited > 5*time.Second {
		t.Errorf("that took %s", waited)
	}
	if err := c.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if db := inspect(t, c); db.Table("", "u") != nil || db.Table("", "t") == nil {
		t.Error("something is left of the cancelled transaction")
	}
	timed, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	err = c.Exec(timed, "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
	wantFault(t, err, fault.TimedOut)
}

func TestAFailedStatementSaysWhatSQLiteSays(t *testing.T) {
	c := open(t, file(t, "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)"))
	wantFault(t, c.Exec(t.Context(), "INSERT INTO t VALUES (1)"), fault.StatementFailed, "UNIQUE constraint failed: t.a")
	wantFault(t, c.Exec(t.Context(), "CREATE TABEL"), fault.StatementFailed, `near "TABEL": syntax error`)
}

func TestAFileThatWasReplacedIsNotWritten(t *testing.T) {
	path := file(t, "CREATE TABLE t (a)")
	c := open(t, path)
	if err := os.Rename(file(t, "CREATE TABLE mine (a)"), path); err != nil {
		t.Fatal(err)
	}
	_, err := c.Lock(t.Context())
	wantFault(t, err, fault.TargetChanged)
}

func TestBrokenForeignKeysAreToldWithTheirRowsAndRolledBack(t *testing.T) {
	path := file(t, `CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p_id INT REFERENCES p (id));
INSERT INTO p VALUES (1), (2); INSERT INTO c (rowid, p_id) VALUES (10, 1), (20, 2), (30, 99)`)
	c := open(t, path)
	if err := c.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"CREATE TABLE n (id INTEGER PRIMARY KEY)", "INSERT INTO n SELECT id FROM p WHERE id = 1", "DROP TABLE p", "ALTER TABLE n RENAME TO p"} {
		if err := c.Exec(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	err := c.Commit(t.Context())
	wantFault(t, err, fault.StatementFailed, "2 rows of c refer by (p_id) to rows of p that do not exist", "20, 30")
	if got := value(t, path, "SELECT count(*) FROM p"); got != "2" {
		t.Errorf("p has %s rows", got)
	}
}

func TestWhatOtherProgramsBringAlongCanBeRead(t *testing.T) {
	path := file(t, `CREATE TABLE t (a TEXT COLLATE NOCASE CHECK (upper(a) <> 'X'), b AS (lower(a))); CREATE INDEX i ON t (a, lower(a));
CREATE VIEW v AS SELECT upper(a) FROM t; CREATE VIRTUAL TABLE s USING fts4(x); PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(replace(sql, 'NOCASE', 'CHINESE'), 'upper', 'theirs'), 'lower', 'other'), 'fts4', 'vector9');`)
	db := inspect(t, open(t, path))
	table := db.Table("", "t")
	if table == nil || len(table.Unmodelled) > 0 || table.Columns[0].Collation != "CHINESE" || table.Columns[1].Generated != "other(a)" {
		t.Fatalf("%+v", table)
	}
	if i := table.Indexes; len(i) != 1 || len(i[0].Unmodelled) > 0 || i[0].Columns[1].Expr != "other(a)" {
		t.Errorf("%+v", i[0])
	}
	for _, kind := range []schema.Kind{schema.KindView, schema.KindVirtualTable} {
		name := map[schema.Kind]string{schema.KindView: "v", schema.KindVirtualTable: "s"}[kind]
		if db.Get(schema.Key{Kind: kind, Name: name}) == nil {
			t.Errorf("%s was not read", name)
		}
	}
	if n := db.Len(); n != 3 {
		t.Errorf("%d objects", n)
	}
}

func TestADamagedFileIsToldAsSuch(t *testing.T) {
	path := file(t, "CREATE TABLE t (a); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a'")
	_, err := Engine{}.Open(t.Context(), engine.Config{Scheme: "sqlite", Database: path})
	wantFault(t, err, fault.NoDatabase, "malformed database schema (t)")
}
