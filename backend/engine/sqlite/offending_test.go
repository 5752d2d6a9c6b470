package sqlite_test

import (
	"fmt"
	"slices"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

func TestRowsThatStandAgainstAChangeAreCounted(t *testing.T) {
	s := testdb.Servers(t, testdb.SQLite)[0]
	target, source := s.Create(t), s.Create(t)
	target.Load(t, `
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE t (a INT, c INT, f TEXT, p INT, CONSTRAINT fs UNIQUE (f));
INSERT INTO parent VALUES (1), (2);
INSERT INTO t VALUES (1, 1, 'a', 1), (1, NULL, 'A', 7), (NULL, -5, 'b', NULL), (2, 3, 'c', 2);`)
	source.Load(t, `
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE t (a INT, c INT NOT NULL, f TEXT COLLATE NOCASE, p INT, added INT NOT NULL, CONSTRAINT fs UNIQUE (f), CONSTRAINT positive CHECK (c > 0),
  CONSTRAINT parents FOREIGN KEY (p) REFERENCES parent);
CREATE UNIQUE INDEX a ON t (a);`)
	conn, before := inspected(t, target)
	_, after := inspected(t, source)
	var got []string
	for _, c := range diff.Items(diff.Compare(after, before, diff.Options{}).Changes) {
		for _, h := range conn.Dialect().Hazards(c, before) {
			if h.Code != hazard.MayFail {
				continue
			}
			n, counted, err := conn.(engine.OffendingCounter).CountOffending(t.Context(), before, c, h)
			if err != nil {
				t.Errorf("%s: %v", c.Key(), err)
			}
			reason, _ := h.Reason()
			got = append(got, fmt.Sprintf("%s %s: %d %t", c.Key().Name, reason, n, counted))
		}
	}
	slices.Sort(got)
	want := []string{
		"a duplicates: 2 true", "added not_null_without_default: 4 true", "c null_values: 1 true", "f collation_equals: 2 true",
		"parents missing_rows: 1 true", "positive check: 1 true",
	}
	if !slices.Equal(got, want) {
		t.Errorf(" got %q\nwant %q", got, want)
	}
}

// inspected opens a test database and reads it.
func inspected(t *testing.T, db *testdb.DB) (engine.Conn, *schema.Database) {
	t.Helper()
	conn, err := sqlite.Engine{}.Open(t.Context(), enginetest.Config(db))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	model, err := conn.Inspect(t.Context(), engine.InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return conn, model
}
