package mysql

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/enginetest/gen"
	"database-structure-sync/backend/internal/testdb"
)

// corpus hands over every script there is for the server: real schemas, both ends of every case, and random schemas.
func corpus(t *testing.T, s testdb.Server, each func(t *testing.T, script string)) {
	files, err := filepath.Glob("../enginetest/testdata/schemas/mysql/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no schemas found: ", err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(f), func(t *testing.T) { each(t, string(text)) })
	}
	for _, c := range enginetest.LoadCases(t, "../enginetest/testdata/mysql") {
		if !c.Requires.Met(s) {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			each(t, c.Before)
			each(t, c.After)
		})
	}
	flavor := gen.Flavor{MariaDB: s.Engine == testdb.MariaDB}
	if f, err := parseFlavor(s.Version, ""); err == nil {
		flavor.Major = f.major
	}
	for seed := range uint64(10) {
		t.Run("random", func(t *testing.T) { each(t, gen.MySQL(seed, flavor).After.SQL()) })
	}
}

// neverInBulk is what information_schema does not tell; see readTablespaces.
var neverInBulk = regexp.MustCompile(`(?m)^  (?:column_format|storage): .*\n`)

// TestCorpus reads every script and checks what must hold for whatever is read:
//   - nothing is unmodelled or unreadable,
//   - the name of the database makes no difference,
//   - what MySQL tells in bulk is the same model as what SHOW CREATE TABLE prints, or large databases would differ from
//     small ones.
func TestCorpus(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		t.Parallel()
		corpus(t, s, func(t *testing.T, script string) {
			c := open(t, config(load(t, s, script)))
			read := dump(inspected(t, c))
			for line := range strings.Lines(read) {
				if strings.HasPrefix(line, "  unmodelled:") || strings.HasPrefix(line, "notice:") {
					t.Error(line)
				}
			}
			if other := dump(inspected(t, open(t, config(load(t, s, script))))); other != read {
				t.Errorf("the same script reads differently in another database:\n%s", firstDifference(read, other))
			}
			if s.Engine != testdb.MySQL {
				return
			}
			c.showAll = 0
			shown, bulk := neverInBulk.ReplaceAllString(read, ""), neverInBulk.ReplaceAllString(dump(inspected(t, c)), "")
			if bulk != shown {
				t.Errorf("SHOW CREATE (-) and information_schema (+) differ:\n%s", firstDifference(shown, bulk))
			}
		})
	})
}

// serverOwn is what versions of MariaDB do differently: default collations, the text of views and of what routines return,
// and which clock LOCALTIMESTAMP is, a class that comparisons leave out where one side does not know it.
var serverOwn = regexp.MustCompile(`(?m)^  collation: .*\n|^  definition: CREATE .*\n|^  clock: .*\n`)

func TestVersionsOfMariaDBReadTheSameTables(t *testing.T) {
	servers := testdb.Servers(t, testdb.MariaDB)
	for _, s := range servers[1:] {
		corpus(t, servers[0], func(t *testing.T, script string) {
			one, two := serverOwn.ReplaceAllString(dump(read(t, servers[0], script)), ""), serverOwn.ReplaceAllString(dump(read(t, s, script)), "")
			if one != two {
				t.Errorf("%s (-) and %s (+) differ:\n%s", servers[0].Name, s.Name, firstDifference(one, two))
			}
		})
	}
}
