package cli_test

import (
	"database/sql"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/samples"
)

// files are two SQLite databases made of these scripts.
func files(t *testing.T, sourceScript, targetScript string) (source, target *testdb.DB) {
	t.Helper()
	return databases(t, testdb.Servers(t, testdb.SQLite)[0], sourceScript, targetScript)
}

func TestSampleFilesAreComparedAndSynchronised(t *testing.T) {
	source, target, err := samples.Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s, d := "sqlite:"+source, "sqlite:"+target
	dbstruct(t, "diff", s, d).expect(t, 2, "table coupons", "newsletter_subscribers", "the data in customers.fax is lost")
	dbstruct(t, "diff", "--format", "sql", s, d).expect(t, 2, "PRAGMA foreign_keys = OFF;", "BEGIN IMMEDIATE;", "sqlite3 FILE < SCRIPT")
	dbstruct(t, "sync", "--yes", "--allow-destructive", s, d).expect(t, 0)
	dbstruct(t, "diff", s, d).expect(t, 0)
}

func TestFilesThatCannotBeComparedAreRefused(t *testing.T) {
	source, target := files(t, "CREATE TABLE t (a);", "CREATE TABLE t (a);")
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(source.Name, link); err != nil {
		t.Fatal(err)
	}
	refused(t, dbstruct(t, "diff", source.URL(), "sqlite:"+link), "are the same database")
	refused(t, dbstruct(t, "diff", source.URL(), target.URL()+".missing"), "opening the target: there is no file")
	if _, err := os.Stat(target.Name + ".missing"); err == nil {
		t.Error("the missing file was made")
	}
}

func TestAFailureInAFileLeavesItAsItWas(t *testing.T) {
	source, target := files(t, "CREATE TABLE a (x INT); CREATE TABLE t (a INT NOT NULL);", "CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (NULL);")
	before, err := os.ReadFile(target.Name)
	if err != nil {
		t.Fatal(err)
	}
	dbstruct(t, "sync", "--yes", source.URL(), target.URL()).expect(t, 1, "NOT NULL constraint failed", "rows of t do not fit into its new form", "everything was rolled back and the target is as it was")
	if after, err := os.ReadFile(target.Name); err != nil || string(after) != string(before) {
		t.Errorf("the file has changed (%v)", err)
	}
}

func TestASecondWriterOfAFileGetsAClearMessage(t *testing.T) {
	source, target := files(t, "CREATE TABLE t (a INT, b INT);", "CREATE TABLE t (a INT);")
	db, err := sql.Open("sqlite3", target.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	dbstruct(t, "sync", "--yes", source.URL(), target.URL()).expect(t, 1, "another program is using "+target.URL(), "try again")
	if _, err := db.Exec("COMMIT"); err != nil {
		t.Fatal(err)
	}
	dbstruct(t, "sync", "--yes", source.URL(), target.URL()).expect(t, 0)
}

func TestForeignKeysOfFilesHaveADefinition(t *testing.T) {
	source, target := files(t, "CREATE TABLE t (a INT PRIMARY KEY, b INT REFERENCES t (a) ON DELETE CASCADE);", "CREATE TABLE t (a INT PRIMARY KEY, b INT);")
	r := dbstruct(t, "diff", "--format", "json", "--definitions", source.URL(), target.URL())
	r.expect(t, 2)
	var out struct {
		Changes []struct {
			Kind        string
			Definitions struct{ Before, After *string }
		}
	}
	if err := json.Unmarshal([]byte(r.stdout), &out); err != nil {
		t.Fatal(err)
	}
	for _, c := range out.Changes {
		if c.Kind == "foreign_key" && c.Definitions.After != nil && strings.HasPrefix(*c.Definitions.After, `FOREIGN KEY ("b") REFERENCES "t"`) {
			return
		}
	}
	t.Errorf("no definition of the foreign key in\n%s", r.stdout)
}

// encoded is a path as it stands in a URL.
func encoded(path string) string { return (&url.URL{Path: path}).EscapedPath() }
