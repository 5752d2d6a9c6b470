package cli_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// countServers are one of each engine, and of PostgreSQL one that cannot be asked whether a text is valid for a type.
func countServers(t *testing.T) []testdb.Server {
	t.Helper()
	return append(testdb.Servers(t, testdb.SQLite), testdb.Named(t, "postgres15", "mysql9.7", "mariadb11.8")...)
}

func TestRowsThatStandAgainstAChangeAreCountedOnRequest(t *testing.T) {
	unique := map[string]string{testdb.Postgres: "unique t_b_key", testdb.SQLite: "unique (b)", testdb.MySQL: "index b", testdb.MariaDB: "index b"}
	for _, s := range countServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			source, target := databases(t, s, "CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer NOT NULL, UNIQUE (b));",
				"CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer); INSERT INTO t VALUES (1, NULL, 1), (2, NULL, 2), (3, 1, 3), (4, NULL, 4);")
			rows := func() [][]string { return target.QueryStrings(t, "SELECT id, a, b FROM t ORDER BY id") }
			before := rows()
			silent := dbstruct(t, "diff", source.URL(), target.URL())
			silent.expect(t, 2, "NULL may stand in a")
			lacks(t, silent, "rows have NULL", "no row stands against it")
			counted := func() []string {
				t.Helper()
				return rowCounts(t, dbstruct(t, "diff", "--count-rows", "--format", "json", source.URL(), target.URL()))
			}
			dbstruct(t, "diff", "--count-rows", source.URL(), target.URL()).expect(t, 2, "NULL may stand in a\n", "3 rows have NULL in a\n", "no row stands against it\n")
			equal(t, counted(), "column a null_values: 3, 3 rows have NULL in a", "column b null_values: 0, no row stands against it",
				unique[s.Engine]+" duplicates: 0, no row stands against it")
			equal(t, rows(), before...)
			target.Exec(t, "UPDATE t SET a = 1, b = 7 WHERE id <> 2")
			equal(t, counted(), "column a null_values: 1, 1 row has NULL in a", "column b null_values: 0, no row stands against it",
				unique[s.Engine]+" duplicates: 3, 3 rows have values that "+strings.Fields(unique[s.Engine])[1]+" wants unique and that are not")
		})
	}
}

func equal[T string | []string](t *testing.T, got []T, want ...T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// rowCounts are the counts of a JSON document, each with the object and the reason that it is for.
func rowCounts(t *testing.T, r result) (counts []string) {
	t.Helper()
	r.expect(t, 2)
	type change struct {
		Kind, Name string
		Hazards    []struct {
			Code  string
			Args  []string
			Count *struct {
				Rows  *int64
				Text  *string
				Error *struct{ Code, Message string }
			}
		}
		Parts []change
	}
	var doc struct{ Changes []change }
	if err := json.Unmarshal([]byte(r.stdout), &doc); err != nil {
		t.Fatal(err)
	}
	var walk func([]change)
	walk = func(changes []change) {
		for _, c := range changes {
			for _, h := range c.Hazards {
				if (h.Code == "may_fail") != (h.Count != nil) {
					t.Errorf("%s of %s %s: count %v", h.Code, c.Kind, c.Name, h.Count)
				}
				if h.Count == nil {
					continue
				}
				text := fmt.Sprintf("%s %s %s: ", c.Kind, c.Name, h.Args[1])
				switch n := h.Count; {
				case n.Error != nil && n.Rows == nil && n.Text == nil:
					text += n.Error.Code + ", " + n.Error.Message
				case n.Error == nil && n.Rows != nil && n.Text != nil:
					text += fmt.Sprintf("%d, %s", *n.Rows, *n.Text)
				case n.Error == nil && n.Rows == nil && n.Text == nil:
					text += "unknown"
				default:
					t.Errorf("%s contradicts itself: %+v", text, n)
				}
				counts = append(counts, text)
			}
			walk(c.Parts)
		}
	}
	walk(doc.Changes)
	slices.Sort(counts)
	return counts
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

func TestRowsThatMayNotBeReadAreNotCountedAndTheOthersAre(t *testing.T) {
	for _, s := range countServers(t) {
		if s.Engine == testdb.SQLite { // it has no users
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			source, target := databases(t, s, "CREATE TABLE closed (a integer NOT NULL); CREATE TABLE opened (a integer NOT NULL);",
				"CREATE TABLE closed (a integer); CREATE TABLE opened (a integer); INSERT INTO closed VALUES (NULL); INSERT INTO opened VALUES (NULL), (NULL);")
			grants := []string{"GRANT ALTER ON " + target.Name + ".* TO USER", "GRANT SELECT ON " + target.Name + ".opened TO USER"}
			if s.Engine == testdb.Postgres {
				grants = []string{"GRANT SELECT ON opened TO USER"}
			}
			as := restricted(t, target, grants...)
			r := dbstruct(t, "diff", "--count-rows", source.URL(), as)
			r.expect(t, 2, "the rows could not be counted: ", "2 rows have NULL in a")
			counts := rowCounts(t, dbstruct(t, "diff", "--count-rows", "--format", "json", source.URL(), as))
			if len(counts) != 2 || !strings.HasPrefix(counts[1], "column a null_values: no_privilege, counting the rows that stand against a change was refused on ") {
				t.Fatalf("%q", counts)
			}
			equal(t, counts[:1], "column a null_values: 2, 2 rows have NULL in a")
		})
	}
}

func TestCountingCanBeInterrupted(t *testing.T) {
	for _, s := range testdb.Named(t, "postgres15", "mysql9.7", "mariadb11.8") {
		t.Run(s.Name, func(t *testing.T) {
			source, target := databases(t, s, "CREATE TABLE t (a integer NOT NULL);", "CREATE TABLE t (a integer); INSERT INTO t VALUES (NULL);")
			other := session(t, target)
			if s.Engine == testdb.Postgres {
				must(t, other, "BEGIN", "LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
			} else {
				must(t, other, "LOCK TABLES t WRITE")
			}
			t.Cleanup(func() { _, _ = other.ExecContext(context.Background(), "ROLLBACK") })
			p := start(t, nil, "diff", "--count-rows", source.URL(), target.URL())
			blocked(t, target, "SELECT COUNT(*)")
			p.signal(syscall.SIGINT)
			p.wait().expect(t, 1, "cancelled, nothing was changed")
			eventually(t, "the program's session has ended", func() bool { return waitingFor(t, target, "SELECT COUNT(*)") == "" })
		})
	}
}

func TestCountingInAFileHonoursTheTimeLimit(t *testing.T) {
	for _, s := range testdb.Servers(t, testdb.SQLite) {
		// The condition makes 40 MB of text for each of 2000 rows.
		source, target := databases(t, s, "CREATE TABLE t (a integer, CHECK (length(hex(zeroblob(a))) > 0));",
			"CREATE TABLE t (a integer); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT 20000000 FROM n;")
		dbstruct(t, "diff", "--count-rows", "--timeout", "2s", source.URL(), target.URL()).expect(t, 1, "the time limit of 2s was up", "counting")
		dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 2)
	}
}
