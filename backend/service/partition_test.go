package service_test

import (
	"slices"
	"testing"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

const (
	plainTable = `CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text);
CREATE TABLE r (t int REFERENCES t);`
	partitionedTable = `CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF t FOR VALUES FROM (0) TO (3);
CREATE TABLE high PARTITION OF t FOR VALUES FROM (3) TO (100);
CREATE TABLE r (t int REFERENCES t);`
	someRows = `INSERT INTO t (v) SELECT 'row ' || n FROM generate_series(1, 5) AS n; DELETE FROM t WHERE id = 5; INSERT INTO r VALUES (1), (4);`
)

// everything are the rows that can be ticked.
func everything(r *service.Review) (rows []int) {
	for i, x := range r.Rows {
		if x.Tickable() {
			rows = append(rows, i)
		}
	}
	return rows
}

// agreed is the consent to every risk of a plan.
func agreed(p *service.Planned) (c service.Consent) {
	for _, risk := range p.Risks() {
		c.Acknowledged = append(c.Acknowledged, risk.ID)
	}
	return c
}

// Rows stay when a plain table becomes a partitioned one and the other way round, and nothing is called a loss that is none.
func TestPlainAndPartitionedTablesBecomeEachOtherWithTheirRows(t *testing.T) {
	for _, s := range testdb.Named(t, "postgres15", "postgres18") {
		for _, way := range []struct{ name, source, target, ticked string }{
			{"plain becomes partitioned", partitionedTable, plainTable, "t"},
			{"partitioned becomes plain", plainTable, partitionedTable, "low"},
		} {
			t.Run(s.Name+"/"+way.name, func(t *testing.T) {
				w, r, target := bench(t, s, way.source, way.target+someRows, false)
				for _, x := range r.Rows {
					if x.Destructive() {
						t.Errorf("%s is called destructive: %v", x.Key, x.Hazards)
					}
				}
				p, err := w.Plan(r.ID, []int{row(t, r.Review, schema.KindTable, way.ticked)})
				if err != nil {
					t.Fatal(err)
				}
				if len(p.Pulled) != 2 || !p.Complete() {
					t.Errorf("pulled %v, complete %t: what moves rows goes together", p.Pulled, p.Complete())
				}
				result, err := w.Execute(t.Context(), p.ID, agreed(p), nil)
				if err != nil || !result.Residual.Equal() {
					t.Fatal(err, result)
				}
				target.Exec(t, "INSERT INTO t (v) VALUES ('after')") // the counter goes on behind what was deleted
				got := target.QueryStrings(t, "SELECT id || ' ' || v FROM t ORDER BY id")
				want := []string{"1 row 1", "2 row 2", "3 row 3", "4 row 4", "6 after"}
				if flat := slices.Concat(got...); !slices.Equal(flat, want) {
					t.Errorf("got %q, want %q", flat, want)
				}
				if n := target.QueryStrings(t, "SELECT count(*) FROM r"); n[0][0] != "2" {
					t.Errorf("rows that refer to the table: %v", n)
				}
			})
		}
	}
}

// A row that no partition takes ends the execution, and everything is as it was.
func TestARowThatNoPartitionTakesLeavesThePlainTableAsItWas(t *testing.T) {
	for _, s := range testdb.Named(t, "postgres18") {
		w, r, target := bench(t, s, partitionedTable, plainTable+someRows+"INSERT INTO t (id, v) OVERRIDING SYSTEM VALUE VALUES (100, 'beyond');", false)
		before := target.Dump(t)
		p, err := w.Plan(r.ID, []int{row(t, r.Review, schema.KindTable, "t")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Execute(t.Context(), p.ID, agreed(p), nil); err == nil {
			t.Error("it went through")
		}
		if target.DumpNormalized(t) != target.Normalize(before) {
			t.Error("the structure has changed")
		}
		if n := target.QueryStrings(t, "SELECT count(*) FROM t"); n[0][0] != "5" {
			t.Errorf("rows: %v", n)
		}
	}
}

// A counting column that comes to a parent numbers the rows of its children too, and goes on behind them.
func TestRowsOfChildrenGetTheirNumbersFromTheParentsCounter(t *testing.T) {
	for _, s := range testdb.Named(t, "postgres15", "postgres18") {
		w, r, target := bench(t, s, "CREATE TABLE p (a text, id int GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5)); CREATE TABLE c () INHERITS (p);",
			"CREATE TABLE p (a text); CREATE TABLE c () INHERITS (p); INSERT INTO p VALUES ('1'), ('2'); INSERT INTO c VALUES ('3'), ('4');", false)
		p, err := w.Plan(r.ID, everything(r.Review))
		if err != nil {
			t.Fatal(err)
		}
		result, err := w.Execute(t.Context(), p.ID, agreed(p), nil)
		if err != nil || !result.Residual.Equal() {
			t.Fatal(err, result)
		}
		target.Exec(t, "INSERT INTO p (a) VALUES ('5')")
		got := slices.Concat(target.QueryStrings(t, "SELECT id FROM p ORDER BY id")...)
		if want := []string{"10", "15", "20", "25", "30"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", s.Name, got, want)
		}
	}
}
