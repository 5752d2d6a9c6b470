//go:build cgo

package sqlite

import (
	"strings"
	"testing"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/engine/enginetest/gen"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/run"
)

// sync makes the file like what the script says and tells the plan.
func sync(t *testing.T, path, source string) (string, error) {
	t.Helper()
	to := open(t, path)
	found, err := compare.Run(t.Context(), compare.Input{Conn: open(t, file(t, source)), Dialect: "sqlite", Name: "source"},
		compare.Input{Conn: to, Dialect: "sqlite", Name: "target"}, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := found.Plan(true)
	if err != nil {
		t.Fatal(err)
	}
	var script []string
	for _, s := range p.Statements {
		script = append(script, s.SQL)
	}
	result, err := run.Execute(t.Context(), to, p, run.Options{Diff: found.Options})
	if err == nil && !result.Residual.Equal() {
		t.Errorf("something still differs after\n%s", strings.Join(script, ";\n"))
	}
	return strings.Join(script, ";\n"), err
}

func TestARebuildKeepsEveryValue(t *testing.T) {
	path := file(t, `CREATE TABLE t (a, b TEXT, c REAL, d INTEGER, x AS (a || b) STORED);
INSERT INTO t (rowid, a, b, c, d) VALUES (1, NULL, NULL, NULL, NULL), (7, 9223372036854775807, 'it''s', 0.1, -9223372036854775808),
(-5, x'00FF00', x'ABCD', 1e308, 'no number'), (1000, '', 'emoji 🙂', 9e999, 1.5), (1001, 0.1 + 0.2, '007', 3, '12');`)
	all := "SELECT group_concat(rowid || ':' || typeof(a) || quote(a) || typeof(b) || quote(b) || typeof(c) || quote(c) || typeof(d) || quote(d), '|') FROM t"
	before := value(t, path, all)
	plan, err := sync(t, path, "CREATE TABLE t (b TEXT, d INTEGER, y AS (d + 1), n DEFAULT 5, a, c REAL, x AS (a || b) STORED)")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "RENAME TO") {
		t.Fatalf("the table was not built anew:\n%s", plan)
	}
	if after := value(t, path, all); after != before {
		t.Errorf("%s became %s", before, after)
	}
	if n := value(t, path, "SELECT count(*) FROM t WHERE n = 5"); n != "5" {
		t.Errorf("%s rows have the new column's default", n)
	}
}

func TestARebuildKeepsTheCounterAndFiresNoTrigger(t *testing.T) {
	path := file(t, `CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT); CREATE TABLE log (a);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;
CREATE TRIGGER gone BEFORE DELETE ON t BEGIN INSERT INTO log VALUES ('deleted'); END;
INSERT INTO t (id, a) VALUES (1, 1), (500, 2); DELETE FROM t WHERE id = 500; DELETE FROM log;`)
	_, err := sync(t, path, `CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT NOT NULL); CREATE TABLE log (a);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;
CREATE TRIGGER gone BEFORE DELETE ON t BEGIN INSERT INTO log VALUES ('deleted'); END;`)
	if err != nil {
		t.Fatal(err)
	}
	if n := value(t, path, "SELECT count(*) FROM log"); n != "0" {
		t.Errorf("triggers fired %s times", n)
	}
	execute(t, path, "INSERT INTO t (a) VALUES (3)")
	if id := value(t, path, "SELECT max(id) FROM t"); id != "501" {
		t.Errorf("the next id is %s", id)
	}
	if n := value(t, path, "SELECT count(*) FROM log"); n != "1" {
		t.Error("the trigger is not there any more")
	}
}

func TestATableWithoutRowsKeepsItsCounter(t *testing.T) {
	path := file(t, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT); INSERT INTO t VALUES (41, 1); DELETE FROM t;")
	if _, err := sync(t, path, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT NOT NULL);"); err != nil {
		t.Fatal(err)
	}
	execute(t, path, "INSERT INTO t (a) VALUES (3)")
	if id := value(t, path, "SELECT max(id) FROM t"); id != "42" {
		t.Errorf("the next id is %s", id)
	}
}

func TestConflictClausesOfTheNewTableLoseNoRow(t *testing.T) {
	path := file(t, "CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 1), (1, 2);")
	_, err := sync(t, path, "CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE, b INT);")
	wantFault(t, err, fault.StatementFailed, "UNIQUE constraint failed", "rows of t do not fit", "everything was rolled back")
	if n := value(t, path, "SELECT count(*) FROM t"); n != "2" {
		t.Errorf("%s rows are left", n)
	}
}

func TestAForeignKeyThatRowsBreakIsRefused(t *testing.T) {
	path := file(t, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (a INT); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (2);")
	_, err := sync(t, path, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (a INT REFERENCES p (id));")
	wantFault(t, err, fault.StatementFailed, "1 rows of c refer by (a) to rows of p that do not exist (rowid 2)", "target is as it was")
	if n := value(t, path, "SELECT count(*) FROM pragma_foreign_key_list('c')"); n != "0" {
		t.Error("the foreign key is there")
	}
}

func TestAllAboutOneTableIsOneRebuild(t *testing.T) {
	path := file(t, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INT, b INT, c TEXT); CREATE INDEX i ON t (a);")
	plan, err := sync(t, path, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (c TEXT NOT NULL CHECK (c <> ''), a BIGINT REFERENCES p, b INT UNIQUE REFERENCES p (id), FOREIGN KEY (a, b) REFERENCES p); CREATE INDEX i ON t (a DESC);")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(plan, "CREATE TABLE"); n != 1 {
		t.Errorf("there are %d CREATE TABLE in\n%s", n, plan)
	}
}

func TestWhatSQLiteCanDoInPlaceIsDoneInPlace(t *testing.T) {
	path := file(t, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INT, b INT, gone TEXT CHECK (gone <> ''));")
	plan, err := sync(t, path, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INT, b INT, c TEXT NOT NULL DEFAULT 'x' CHECK (c <> ''), d INT REFERENCES p (id), e AS (a + b)); CREATE INDEX i ON t (e);")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plan, "CREATE TABLE") || strings.Count(plan, "ALTER TABLE") != 4 {
		t.Errorf("the plan is\n%s", plan)
	}
}

// Rows of random tables survive becoming others, as far as the new tables let them.
func TestRowsOfRandomTablesSurvive(t *testing.T) {
	survived := 0
	for seed := range uint64(60) {
		pair := gen.SQLite(seed)
		path := file(t, pair.Before.SQL())
		counts := map[string]string{}
		c := open(t, path)
		for _, table := range inspect(t, c).Objects() {
			if k := table.Key(); k.Kind == "table" {
				fillTable(t, path, k.Name)
				counts[k.Name] = value(t, path, "SELECT count(*) FROM "+quoteIdent(k.Name))
			}
		}
		c.Close()
		_, err := sync(t, path, pair.After.SQL())
		after := inspect(t, open(t, path))
		for name, n := range counts {
			if err == nil && after.Table("", name) == nil {
				continue
			}
			if now := value(t, path, "SELECT count(*) FROM "+quoteIdent(name)); now != n {
				t.Errorf("seed %d: %s had %s rows and has %s (%v)", seed, name, n, now, err)
			}
		}
		if err == nil {
			survived++
		} else if fault.CodeOf(err) != fault.StatementFailed {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	if survived < 10 {
		t.Errorf("only %d of the pairs let rows through", survived)
	}
}

// fillTable puts a few rows into a table, as many as its constraints let in.
func fillTable(t *testing.T, path, table string) {
	t.Helper()
	db := other(t, path)
	defer db.Close()
	rows, err := db.Query("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", table)
	if err != nil {
		t.Fatal(err)
	}
	var names, values []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names, values = append(names, quoteIdent(name)), append(values, "abs(random()) % 4 + 1")
	}
	rows.Close()
	for range 5 {
		_, err := db.Exec("INSERT OR IGNORE INTO " + quoteIdent(table) + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")")
		if err != nil {
			t.Fatal(err)
		}
	}
}
