package service_test

import (
	"fmt"
	"slices"
	"testing"

	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/testdb"
)

// A statement's hazard is one of the changes that the statement makes, so that its rows can be counted.
func TestTheRowsThatAStatementsHazardSpeaksOfAreCounted(t *testing.T) {
	for _, s := range append(testdb.Servers(t, testdb.SQLite), testdb.Named(t, "postgres18", "mysql9.7", "mariadb11.8")...) {
		t.Run(s.Name, func(t *testing.T) {
			bench, r, _ := bench(t, s, `CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer, c integer, added date NOT NULL, CONSTRAINT positive CHECK (b > 0),
  CONSTRAINT first FOREIGN KEY (b) REFERENCES p (id), CONSTRAINT second FOREIGN KEY (c) REFERENCES p (id));
CREATE UNIQUE INDEX u ON t (b)`, `CREATE TABLE p (id integer PRIMARY KEY); INSERT INTO p VALUES (1), (2);
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer);
INSERT INTO t VALUES (1, NULL, 1, 1), (2, NULL, 7, 2), (3, 1, 7, 8), (4, 1, -1, NULL)`, false)
			p, err := bench.Plan(r.ID, everything(r.Review))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, statement := range p.Statements {
				for _, h := range statement.Hazards {
					if h.Code != hazard.MayFail {
						continue
					}
					counts, err := bench.CountRows(t.Context(), p.ID, i, h)
					if err != nil {
						t.Fatal(err)
					}
					if len(counts) == 0 {
						t.Errorf("%s: no change has the hazard %s", statement.SQL, h)
					}
					for _, n := range counts {
						reason, _ := h.Reason()
						got = append(got, fmt.Sprintf("%s %s: %d %t %v", n.Change.Name, reason, n.Rows, n.Counted, n.Err))
					}
				}
			}
			slices.Sort(got)
			got = slices.Compact(got)
			want := []string{
				"a null_values: 2 true <nil>", "added not_null_without_default: 4 true <nil>", "first missing_rows: 3 true <nil>",
				"positive check: 1 true <nil>", "second missing_rows: 1 true <nil>", "u duplicates: 2 true <nil>",
			}
			if !slices.Equal(got, want) {
				t.Errorf("\n got %q\nwant %q", got, want)
			}
			if _, err := bench.CountRows(t.Context(), p.ID, len(p.Statements), hazard.New(hazard.MayFail)); err == nil {
				t.Error("a statement that the plan has not was counted for")
			}
		})
	}
}
