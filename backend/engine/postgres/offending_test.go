package postgres_test

import (
	"fmt"
	"slices"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/testdb"
)

func TestRowsThatStandAgainstAChangeAreCounted(t *testing.T) {
	for _, s := range testdb.Servers(t, testdb.Postgres) {
		target, source := s.Create(t), s.Create(t)
		target.Load(t, `
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE t (a integer, b text, c integer, d bigint, m mood, ms mood[], p integer, q integer);
INSERT INTO parent VALUES (1), (2);
INSERT INTO t VALUES (1, 'abc', 1, 1, 'sad', '{ok}', 1, 1), (1, 'abcdef', NULL, 99999999999, 'ok', '{sad,ok}', 7, 1),
  (NULL, 'x', -5, 2, 'happy', NULL, NULL, 2), (2, 'y', 3, 3, 'sad', '{sad}', 2, 3);`)
		source.Load(t, `
CREATE TYPE mood AS ENUM ('happy', 'ok');
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE t (a integer, b varchar(3), c integer NOT NULL, d integer, m mood, ms mood[], p integer REFERENCES parent, q integer PRIMARY KEY,
  added integer NOT NULL, CHECK (c > 0), UNIQUE (a));`)
		conn, err := postgres.Engine{}.Open(t.Context(), enginetest.Config(target))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		before := read(t, target)
		var got []string
		for _, c := range diff.Items(diff.Compare(read(t, source), before, diff.Options{}).Changes) {
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
			"added not_null_without_default: 4 true",
			"b out_of_range: 1 true",
			"c null_values: 1 true",
			"d out_of_range: 1 true",
			"mood removed_labels: 4 true",
			"q null_values: 0 true",
			"t_a_key duplicates: 2 true",
			"t_c_check check: 1 true",
			"t_p_fkey missing_rows: 1 true",
			"t_pkey duplicates: 2 true",
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", s.Name, got, want)
		}
	}
}
