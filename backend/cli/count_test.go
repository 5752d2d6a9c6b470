package cli_test

import (
	"encoding/json"
	"strings"
	"syscall"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// countServers are SQLite and a PostgreSQL that cannot be asked whether a text is valid for a type.
func countServers(t *testing.T) []testdb.Server {
	t.Helper()
	out := testdb.Servers(t, testdb.SQLite)[:1]
	for _, s := range testdb.Servers(t, testdb.Postgres) {
		if s.Name == "postgres15" {
			return append(out, s)
		}
	}
	t.Fatal("there is no PostgreSQL 15")
	return nil
}

const countedSource = "CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer NOT NULL, UNIQUE (b));"

func TestRowsThatStandAgainstAChangeAreCountedOnRequest(t *testing.T) {
	for _, s := range countServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			source, target := databases(t, s, countedSource, `CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
INSERT INTO t VALUES (1, NULL, 1), (2, NULL, 2), (3, 1, 3), (4, NULL, 4);`)
			before := target.QueryStrings(t, "SELECT id, a, b FROM t ORDER BY id")
			silent := dbstruct(t, "diff", source.URL(), target.URL())
			silent.expect(t, 2, "NULL may stand in a")
			lacks(t, silent, "rows have NULL", "no row stands against it")
			dbstruct(t, "diff", "--count-rows", source.URL(), target.URL()).expect(t, 2, "NULL may stand in a\n", "3 rows have NULL in a\n", "no row stands against it\n")
			want := map[string]int64{"null_values a": 3, "null_values b": 0, "duplicates": 0}
			for what, n := range rowCounts(t, dbstruct(t, "diff", "--count-rows", "--format", "json", source.URL(), target.URL())) {
				if expected, ok := want[what]; ok && (n == nil || *n != expected) {
					t.Errorf("%s: %v, want %d", what, n, expected)
				}
				delete(want, what)
			}
			if len(want) > 1 || want["null_values a"] != 0 {
				t.Errorf("not counted: %v", want)
			}
			if after := target.QueryStrings(t, "SELECT id, a, b FROM t ORDER BY id"); len(after) != len(before) {
				t.Errorf("the rows have changed: %v", after)
			}
			target.Exec(t, "UPDATE t SET a = 1, b = 7 WHERE id <> 2")
			dbstruct(t, "diff", "--count-rows", source.URL(), target.URL()).expect(t, 2, "1 row has NULL in a", "3 rows have values that")
		})
	}
}

// rowCounts are the counts of a JSON document, by reason and, of columns, name.
func rowCounts(t *testing.T, r result) map[string]*int64 {
	t.Helper()
	r.expect(t, 2)
	type change struct {
		Kind, Name string
		Hazards    []struct {
			Code  string
			Args  []string
			Count *struct{ Rows *int64 }
		}
		Parts []change
	}
	var doc struct{ Changes []change }
	if err := json.Unmarshal([]byte(r.stdout), &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]*int64{}
	var walk func([]change)
	walk = func(changes []change) {
		for _, c := range changes {
			for _, h := range c.Hazards {
				if (h.Code == "may_fail") != (h.Count != nil) {
					t.Errorf("%s of %s %s: count %v", h.Code, c.Kind, c.Name, h.Count)
				}
				if h.Count != nil {
					what := h.Args[1]
					if c.Kind == "column" {
						what += " " + c.Name
					}
					out[what] = h.Count.Rows
				}
			}
			walk(c.Parts)
		}
	}
	walk(doc.Changes)
	return out
}

func lacks(t *testing.T, r result, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(r.stdout, text) {
			t.Errorf("%q is in the output:\n%s", text, r.stdout)
		}
	}
}

func TestWhatIsRenamedOrNewIsNotCounted(t *testing.T) {
	for _, s := range countServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			source, target := databases(t, s, "CREATE TABLE people (a integer NOT NULL, b integer NOT NULL); CREATE TABLE u (x integer, y integer); CREATE UNIQUE INDEX xy ON u (x, y);",
				"CREATE TABLE persons (a integer, b integer NOT NULL); INSERT INTO persons VALUES (NULL, 1); CREATE TABLE u (x integer);")
			r := dbstruct(t, "diff", "--count-rows", "--rename", "table:persons=people", source.URL(), target.URL())
			r.expect(t, 2, "only executing it tells how many rows")
			lacks(t, r, "could not be counted")
		})
	}
}

func TestAScriptHasNoCounts(t *testing.T) {
	dbstruct(t, "diff", "--count-rows", "--format", "sql", "sqlite:a", "sqlite:b").expect(t, 1, "--count-rows is for --format text and json")
}

func TestCountingCanBeInterrupted(t *testing.T) {
	s := countServers(t)[1]
	source, target := databases(t, s, "CREATE TABLE t (a integer NOT NULL);", "CREATE TABLE t (a integer); INSERT INTO t VALUES (NULL);")
	other := session(t, target)
	must(t, other, "BEGIN", "LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
	t.Cleanup(func() { _, _ = other.ExecContext(t.Context(), "ROLLBACK") })
	p := start(t, nil, "diff", "--count-rows", source.URL(), target.URL())
	blocked(t, target, "SELECT count(*)")
	p.signal(syscall.SIGINT)
	p.wait().expect(t, 1, "cancelled, nothing was changed")
	eventually(t, "the program's session has ended", func() bool { return waitingFor(t, target, "SELECT count(*)") == "" })
}

func TestCountingInAFileHonoursTheTimeLimit(t *testing.T) {
	// The condition makes 40 MB of text for each of 2000 rows.
	source, target := files(t, "CREATE TABLE t (a integer, CHECK (length(hex(zeroblob(a))) > 0));",
		"CREATE TABLE t (a integer); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT 20000000 FROM n;")
	dbstruct(t, "diff", "--count-rows", "--timeout", "2s", source.URL(), target.URL()).expect(t, 1, "the time limit of 2s was up", "counting")
	dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 2)
}
