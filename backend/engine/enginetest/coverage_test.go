package enginetest_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/internal/testdb"
)

var write = flag.Bool("write", false, "write docs/coverage.md anew instead of holding it against the cases")

func TestEveryClauseOfTheManualsHasACaseOrAReason(t *testing.T) {
	var page bytes.Buffer
	page.WriteString(`# What of the manuals is covered

Made by ` + "`make docs`" + ` from what the cases of the conformance suite say about themselves (their section "covers") and from the
catalogues of clauses beside them, [backend/engine/enginetest/testdata](../backend/engine/enginetest/testdata); ` + "`make test`" + ` fails when it is out
of date, when a clause has neither a case nor a reason, or when a case fails.

What a case proves: one real database is made like another, forward, backward and back again; the server's own dump program
says that the two are equal; the rows that were there are kept; a second comparison finds nothing.

A clause without cases says why: *unmodelled* is reported by every comparison and never taken for equal; *out of scope* is no
structure.
`)
	for _, f := range []struct{ title, dialect string }{
		{"PostgreSQL", "postgres"}, {"MySQL and MariaDB", "mysql"}, {"SQLite", "sqlite"},
	} {
		clauses, err := enginetest.LoadClauses(filepath.Join("testdata", f.dialect, "clauses.txt"))
		if err != nil {
			t.Fatal(err)
		}
		cases := enginetest.LoadCases(t, filepath.Join("testdata", f.dialect))
		table, problems := enginetest.Coverage(clauses, cases)
		for _, problem := range problems {
			t.Errorf("%s: %s", f.title, problem)
		}
		page.WriteString("\n## " + f.title + "\n\nHow many cases run on each server:\n\n")
		page.WriteString(enginetest.Groups(cases, servers(f.dialect)))
		page.WriteString("\n" + table)
	}
	const path = "../../../docs/coverage.md"
	if *write {
		if err := os.WriteFile(path, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(was, page.Bytes()) {
		t.Error("docs/coverage.md is out of date: run `make docs`")
	}
}

// servers are the ones that tests run on, whichever of them are up; of their versions the names tell enough.
func servers(dialect string) []testdb.Server {
	var out []testdb.Server
	for _, name := range slices.Concat(testdb.Names, []string{testdb.SQLite}) {
		digits := strings.IndexAny(name, "0123456789")
		if digits < 0 {
			digits = len(name)
		}
		for _, fam := range families {
			if fam.engine.Dialect() == dialect && slices.Contains(fam.servers, name[:digits]) {
				out = append(out, testdb.Server{Name: name, Engine: name[:digits], Version: name[digits:]})
			}
		}
	}
	return out
}

func TestCatalogueNeedsReasonsOfTwoKinds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clauses.txt")
	for text, want := range map[string]string{
		"CREATE TABLE: LIKE | out of scope: expanded\nCREATE INDEX\n": "",
		"CREATE TABLE: LIKE | too hard\n":                             "begins neither",
		"CREATE INDEX\nCREATE INDEX\n":                                "stands there twice",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := enginetest.LoadClauses(path)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
