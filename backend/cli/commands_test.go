package cli_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

func TestDiffTellsEqualFromDifferentByItsExitCode(t *testing.T) {
	for _, s := range testdb.Servers(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target := pair(t, s)
			dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 2,
				"column total", "- column legacy", "may destroy data", "to create")
			twin := s.Create(t)
			twin.Exec(t, sourceDDL[family(s)])
			dbstruct(t, "diff", source.URL(), twin.URL()).expect(t, 0, "The structures are equal")
		})
	}
}

func TestSyncMakesTheTargetEqualAndProvesIt(t *testing.T) {
	for _, s := range testdb.Servers(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target := pair(t, s)
			dbstruct(t, "sync", "--yes", source.URL(), target.URL()).expect(t, 2,
				"Left out without --allow-destructive:", "column legacy of", "Verified: every change of the plan has taken effect.")
			dbstruct(t, "sync", "--yes", "--allow-destructive", source.URL(), target.URL()).expect(t, 0,
				"DROP COLUMN", "Verified: the structure of the target now equals that of the source.")
			dbstruct(t, "sync", "--yes", source.URL(), target.URL()).expect(t, 0, "Nothing to do.")
		})
	}
}

func TestTheSQLScriptRunsInTheServersOwnClient(t *testing.T) {
	for _, s := range testdb.Servers(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target := pair(t, s)
			r := dbstruct(t, "diff", "--format", "sql", "--allow-destructive", source.URL(), target.URL())
			r.expect(t, 2)
			again := dbstruct(t, "diff", "--format", "sql", "--allow-destructive", source.URL(), target.URL())
			if r.stdout != again.stdout {
				t.Errorf("the script is not the same twice:\n%s\n%s", r.stdout, again.stdout)
			}
			runScript(t, target, r.stdout)
			dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 0)

			r = dbstruct(t, "inspect", source.URL())
			r.expect(t, 0)
			empty := s.Create(t)
			runScript(t, empty, r.stdout)
			dbstruct(t, "diff", source.URL(), empty.URL()).expect(t, 0)
		})
	}
}

func TestAScriptWithoutDestructionSaysWhatItLeavesOut(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		r := dbstruct(t, "diff", "--format", "sql", source.URL(), target.URL())
		r.expect(t, 2, "-- Left out: column:")
		if strings.Contains(r.stdout, "DROP COLUMN") {
			t.Errorf("%s: the script destroys data:\n%s", s.Name, r.stdout)
		}
		if !strings.Contains(r.stderr, "column legacy of") {
			t.Errorf("%s: standard error does not say what is left out:\n%s", s.Name, r.stderr)
		}
	}
}

// document is what the tests look at of the JSON output; docs/json-format.md describes all of it.
type document struct {
	Format  int
	Command string
	Equal   bool
	Source  struct{ URL, Flavor, Version, Database string }
	Counts  map[string]int
	Changes []struct {
		ID, Action, Kind, Name string
		Parts                  []struct {
			ID, Action  string
			Destructive bool
			Fields      []struct{ Name, Before, After string }
		}
		Definitions *struct{ Before, After string }
	}
	Ignored []struct {
		What        string
		Differences int
	}
	Plan struct {
		ID         string
		Statements []struct{ SQL, Transaction string }
		LeftOut    []struct{ ID, Because string } `json:"left_out"`
	}
	Sync *struct {
		Executed, Verified, Unchanged bool
		Statements                    []struct{ Outcome string }
		Error                         *struct{ Code, Message string }
	}
	Objects []struct{ ID string }
}

func parse(t *testing.T, r result) document {
	t.Helper()
	var d document
	if err := json.Unmarshal([]byte(r.stdout), &d); err != nil {
		t.Fatalf("%v\n%s\n%s", err, r.stdout, r.stderr)
	}
	if d.Format != 1 {
		t.Errorf("format %d", d.Format)
	}
	return d
}

func TestJSONHasChangesPlanAndResult(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		r := dbstruct(t, "diff", "--format", "json", "--definitions", source.URL(), target.URL())
		r.expect(t, 2)
		d := parse(t, r)
		if d.Equal || d.Command != "diff" || len(d.Changes) == 0 || len(d.Plan.Statements) == 0 || d.Counts["destructive"] != 1 || len(d.Plan.LeftOut) != 1 {
			t.Errorf("%s: %s", s.Name, r.stdout)
		}
		for _, c := range d.Changes {
			if c.Definitions == nil || c.Definitions.Before == "" && c.Definitions.After == "" {
				t.Errorf("%s: %s has no definitions", s.Name, c.ID)
			}
		}
		if strings.Contains(d.Source.URL, ":"+s.Password) || !strings.Contains(d.Source.URL, source.Name) {
			t.Errorf("%s: URL %s", s.Name, d.Source.URL)
		}
		d = parse(t, dbstruct(t, "sync", "--yes", "--allow-destructive", "--format", "json", source.URL(), target.URL()))
		if d.Sync == nil || !d.Sync.Executed || !d.Sync.Verified || len(d.Sync.Statements) != len(d.Plan.Statements) {
			t.Errorf("%s: %+v", s.Name, d.Sync)
		}
		r = dbstruct(t, "diff", "--format", "json", source.URL(), target.URL())
		r.expect(t, 0)
		if d = parse(t, r); !d.Equal || len(d.Changes) != 0 || len(d.Plan.Statements) != 0 {
			t.Errorf("%s: %s", s.Name, r.stdout)
		}
		if d = parse(t, dbstruct(t, "inspect", "--format", "json", source.URL())); len(d.Objects) < 4 {
			t.Errorf("%s: inspect finds %d objects", s.Name, len(d.Objects))
		}
	}
}

func TestFiltersAndIgnores(t *testing.T) {
	s := one(t, testdb.Postgres)
	source, target := databases(t, s,
		`CREATE TABLE a (x int, y int); COMMENT ON TABLE a IS 'new'; CREATE TABLE b (x int); CREATE SCHEMA app; CREATE TABLE app.c (x int);
		 CREATE TABLE u (x int CONSTRAINT one UNIQUE); CREATE INDEX i1 ON u (x);`,
		`CREATE TABLE a (x int); CREATE SCHEMA app; CREATE TABLE u (x int CONSTRAINT two UNIQUE); CREATE INDEX i2 ON u (x);`)
	tests := []struct {
		name string
		args []string
		want string // ids of the changes
	}{
		{"all", nil, "table:app.c table:public.a table:public.b table:public.u"},
		{"include", []string{"--include", "[ab]"}, "table:public.a table:public.b"},
		{"include with a schema", []string{"--include", "app.*"}, "table:app.c"},
		{"exclude", []string{"--exclude", "b", "--exclude", "public.u"}, "table:app.c table:public.a"},
		{"schema", []string{"--schema", "app"}, "table:app.c"},
		{"names", []string{"--ignore", "constraint_names,index_names", "--include", "u"}, ""},
		{"index names", []string{"--ignore", "index_names", "--include", "u"}, "table:public.u"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := dbstruct(t, append(append([]string{"diff", "--format", "json"}, test.args...), source.URL(), target.URL())...)
			var ids []string
			for _, c := range parse(t, r).Changes {
				ids = append(ids, c.ID)
			}
			if got := strings.Join(ids, " "); got != test.want {
				t.Errorf("got %s, want %s\n%s", got, test.want, r.stderr)
			}
		})
	}
	dbstruct(t, "diff", "--include", "a", "--ignore", "comments", source.URL(), target.URL()).expect(t, 2, "Ignored: comments (1 difference)", "+ column y")
}

func TestTheCounterIsDataUnlessAskedFor(t *testing.T) {
	for _, s := range testdb.Servers(t, testdb.MariaDB, testdb.MySQL) {
		source, target := databases(t, s, "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=500", "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY)")
		dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 0, "Ignored: auto increment (1 difference)")
		dbstruct(t, "diff", "--compare", "auto_increment", source.URL(), target.URL()).expect(t, 2, "auto increment: none → 500")
		dbstruct(t, "sync", "--yes", "--compare", "auto_increment", source.URL(), target.URL()).expect(t, 0, "Verified")
	}
}

func TestPasswordsComeFromTheEnvironment(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		without := func(db *testdb.DB) string { return edited(t, db, func(u *url.URL) { u.User = url.User(s.User) }) }
		env := []string{"DBSTRUCT_SOURCE_PASSWORD=" + s.Password, "DBSTRUCT_TARGET_PASSWORD=" + s.Password}
		start(t, env, "diff", without(source), without(target)).wait().expect(t, 2, "column legacy")
	}
}

func TestHelpHasExamples(t *testing.T) {
	for _, command := range []string{"diff", "sync", "inspect", "demo", "version"} {
		dbstruct(t, command, "--help").expect(t, 0, "Examples:", "dbstruct "+command)
	}
	dbstruct(t, "completion", "bash").expect(t, 0, "bash completion")
	dbstruct(t, "version").expect(t, 0, "dbstruct ")
}
