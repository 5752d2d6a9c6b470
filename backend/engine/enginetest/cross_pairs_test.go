package enginetest_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// TestSchemasWrittenTwiceDifferOnlyWhereTheirAuthorsDid holds schemas that were written by hand for two engines against each
// other, both ways: what differs is what their differences.txt lists and explains, and nothing is left after a sync.
func TestSchemasWrittenTwiceDifferOnlyWhereTheirAuthorsDid(t *testing.T) {
	pairs, err := filepath.Glob(filepath.Join("testdata", "pairs", "*", "differences.txt"))
	if err != nil || len(pairs) == 0 {
		t.Fatalf("there are no pairs: %v", err)
	}
	for _, list := range pairs {
		dir := filepath.Dir(list)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			for direction, expected := range differencesOf(t, list) {
				from, to, _ := strings.Cut(direction, " to ")
				across(t, from, to, func(t *testing.T, source, target testdb.Server) {
					holdPair(t, loaded(t, source, filepath.Join(dir, from+".sql")), loaded(t, target, filepath.Join(dir, to+".sql")), expected)
				})
			}
		})
	}
}

func loaded(t *testing.T, s testdb.Server, file string) *testdb.DB {
	db := s.Create(t)
	db.LoadFile(t, file)
	return db
}

// expectation is a line of differences.txt: what may differ, as path.Match has it, and why a person would say so as well.
type expectation struct{ what, why string }

// differencesOf reads the expected differences of every direction.
func differencesOf(t *testing.T, file string) map[string][]expectation {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out, direction := map[string][]expectation{}, ""
	for n, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "["):
			direction = strings.Trim(line, "[]")
			out[direction] = []expectation{}
			continue
		}
		what, why, explained := strings.Cut(line, " -- ")
		if !explained || strings.TrimSpace(why) == "" || direction == "" {
			t.Fatalf("%s:%d: write a difference, two dashes, and the reason, below a [direction]", file, n+1)
		}
		out[direction] = append(out[direction], expectation{strings.TrimSpace(what), why})
	}
	return out
}

// holdPair compares, makes the target like the source and compares again.
func holdPair(t *testing.T, source, target *testdb.DB, expected []expectation) {
	in, out := inputOf(t, source), inputOf(t, target)
	found, err := compare.Run(t.Context(), in, out, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	met := make([]bool, len(expected))
	for _, d := range differences(found) {
		known := false
		for i, e := range expected {
			if ok, err := path.Match(e.what, d.what); err != nil {
				t.Fatalf("%s: %v", e.what, err)
			} else if ok {
				known, met[i] = true, true
			}
		}
		if !known {
			t.Errorf("nobody wrote that on purpose: %s\n    %s", d.what, d.why)
		}
	}
	for i, e := range expected {
		if !met[i] {
			t.Errorf("does not differ: %s -- %s", e.what, e.why)
		}
	}
	follow(t, source, target)
	again, err := compare.Run(t.Context(), in, out, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range diff.Items(again.Changes) {
		t.Errorf("after the sync: %s %s", c.Action, c.Key())
	}
}

// differences are what a person sees: every property of what is altered, what is made and dropped, and what cannot be made.
func differences(r *compare.Result) []expectation {
	var out []expectation
	for _, c := range diff.Items(r.Changes) {
		what := fmt.Sprintf("%s %s %s", c.Action, c.Key().Kind, pairName(c.Key()))
		if c.Action != diff.Alter {
			out = append(out, expectation{what, ""})
			continue
		}
		for _, f := range c.Fields {
			out = append(out, expectation{what + " " + f.Name, fmt.Sprintf("%q becomes %q", f.Before, f.After)})
		}
	}
	for _, n := range r.Translation {
		if n.Severity == translate.Blocked {
			out = append(out, expectation{fmt.Sprintf("blocked %s %s %s", n.Key.Kind, pairName(n.Key), n.Code), strings.Join(n.Args, ", ")})
		}
	}
	return out
}

// pairName is a key without the schema, which is another one in every engine.
func pairName(k schema.Key) string {
	if k.Owner != "" {
		return k.Owner + "." + k.Name
	}
	return k.Name
}
