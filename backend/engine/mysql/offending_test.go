package mysql_test

import (
	"fmt"
	"slices"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

func TestRowsThatStandAgainstAChangeAreCounted(t *testing.T) {
	for _, s := range testdb.Servers(t, testdb.MySQL, testdb.MariaDB) {
		target, source := s.Create(t), s.Create(t)
		target.Load(t, `
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE t (a int, b varchar(20), c int, d bigint, e enum('x','y','z'), f varchar(20) COLLATE utf8mb4_bin, g varchar(20), p int, q int, UNIQUE KEY f (f)) DEFAULT CHARSET = utf8mb4;
INSERT INTO parent VALUES (1), (2);
INSERT INTO t VALUES (1, 'abc', 1, 1, 'x', 'a', 'é', 1, 1), (1, 'abcdef', NULL, 99999999999, 'y', 'A', '€', 7, 1),
  (NULL, 'x', -5, -1, 'z', 'b', 'x', NULL, 2), (2, 'y', 3, 300, 'x', 'c', 'テ', 2, 3);`)
		source.Load(t, `
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE t (a int, b varchar(3), c int NOT NULL, d tinyint unsigned, e enum('x','w'), f varchar(20) COLLATE utf8mb4_general_ci, g varchar(20) CHARACTER SET latin1, p int, q int NOT NULL,
  added date NOT NULL, UNIQUE KEY f (f), PRIMARY KEY (q), UNIQUE KEY a (a), CONSTRAINT positive CHECK (c > 0), CONSTRAINT parents FOREIGN KEY (p) REFERENCES parent (id)) DEFAULT CHARSET = utf8mb4;`)
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
					t.Errorf("%s: %s: %v", s.Name, c.Key(), err)
				}
				reason, _ := h.Reason()
				got = append(got, fmt.Sprintf("%s %s: %d %t", c.Key().Name, reason, n, counted))
			}
		}
		slices.Sort(got)
		want := []string{
			"PRIMARY duplicates: 2 true",
			"a duplicates: 2 true",
			"added not_null_without_default: 4 true",
			"b out_of_range: 1 true",
			"c null_values: 1 true",
			"d out_of_range: 3 true",
			"e out_of_range: 2 true",
			"f collation_equals: 2 true",
			"g missing_characters: 1 true",
			"parents missing_rows: 1 true",
			"positive check: 1 true",
			"q null_values: 0 true",
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", s.Name, got, want)
		}
	}
}

// inspected opens a test database and reads it.
func inspected(t *testing.T, db *testdb.DB) (engine.Conn, *schema.Database) {
	t.Helper()
	conn, err := mysql.Engine{}.Open(t.Context(), enginetest.Config(db))
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
