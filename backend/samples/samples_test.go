package samples_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/run"
	"database-structure-sync/backend/samples"
	"database-structure-sync/backend/schema"
)

func open(t *testing.T, path string) engine.Conn {
	t.Helper()
	conn, err := sqlite.Engine{}.Open(t.Context(), engine.Config{Scheme: "sqlite", Database: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func compared(t *testing.T, source, target string) (*compare.Result, engine.Conn) {
	t.Helper()
	to := open(t, target)
	result, err := compare.Run(t.Context(),
		compare.Input{Conn: open(t, source), Dialect: "sqlite", Name: source}, compare.Input{Conn: to, Dialect: "sqlite", Name: target}, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return result, to
}

func TestTheSamplesDifferAndCanBeMadeEqual(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder")
	began := time.Now()
	source, target, err := samples.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("made in %s", time.Since(began))
	found, conn := compared(t, source, target)
	if tables := count(found.Source, schema.KindTable); tables < 12 {
		t.Errorf("the source has only %d tables", tables)
	}
	n := found.Count()
	if n.Create == 0 || n.Alter == 0 || n.Drop == 0 || n.Destructive == 0 || len(found.Unmodelled) > 0 {
		t.Errorf("the samples show too little: %+v", n)
	}
	p, err := found.Plan(true)
	if err != nil {
		t.Fatal(err)
	}
	result, err := run.Execute(t.Context(), conn, p, run.Options{Diff: found.Options})
	if err != nil {
		t.Fatal(err)
	}
	if !result.Residual.Equal() {
		t.Errorf("there still are %d differences", len(diff.Items(result.Residual.Changes)))
	}
	if again, _ := compared(t, source, target); !again.Equal() {
		t.Errorf("comparing again finds %d differences", again.Count().Total())
	}
}

func count(db *schema.Database, kind schema.Kind) int {
	n := 0
	for _, o := range db.Objects() {
		if o.Key().Kind == kind {
			n++
		}
	}
	return n
}

func TestCreatingAgainReplacesAndRemovingLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "mine.db")
	if err := os.WriteFile(other, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, _, err := samples.Create(dir); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := samples.Remove(dir); err != nil {
			t.Fatal(err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 1 || left[0].Name() != "mine.db" {
		t.Errorf("left behind: %v", left)
	}
}

func TestFilesOfOthersAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, samples.TargetName)
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := samples.Create(dir); err == nil {
		t.Error("a file of another was replaced")
	}
	if err := samples.Remove(dir); err == nil {
		t.Error("a file of another was removed")
	}
	if text, err := os.ReadFile(mine); err != nil || string(text) != "mine" {
		t.Errorf("it is %q now (%v)", text, err)
	}
}

func TestTheJudgeSeesWhatDiffers(t *testing.T) {
	source, target, err := samples.Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := samples.Judge(t.Context(), source, target); err == nil || !strings.Contains(err.Error(), "different structures") {
		t.Errorf("the judge says %v", err)
	}
	if lines, err := samples.Judge(t.Context(), source, source); err != nil || lines < 100 {
		t.Errorf("%d lines, %v", lines, err)
	}
}

func TestWhatBecameOfTheRowsIsTold(t *testing.T) {
	_, target, err := samples.Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	before, err := samples.Read(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", target)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("ALTER TABLE customers DROP COLUMN fax; DROP TABLE newsletter_subscribers; UPDATE suppliers SET name = 'x' WHERE id = 1; ALTER TABLE orders ADD COLUMN more INT DEFAULT 1"); err != nil {
		t.Fatal(err)
	}
	after, err := samples.Read(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	kept, lost := after.Since(before)
	if want := []samples.Lost{{Table: "customers", Column: "fax", Count: 22}, {Table: "newsletter_subscribers", Count: 66}}; !slices.Equal(lost, want) {
		t.Errorf("lost: %+v", lost)
	}
	for _, k := range kept {
		if k.Same == (k.Table == "suppliers") || k.Before != k.After {
			t.Errorf("%+v", k)
		}
	}
}
