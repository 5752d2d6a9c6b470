package enginetest_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/enginetest/gen"
	"database-structure-sync/backend/internal/testdb"
)

// pairsEach is how many random pairs every server gets in a normal run; DBSTRUCT_PAIRS asks for another number and
// DBSTRUCT_SEED for another first seed.
const pairsEach = 60

func fromEnv(t testing.TB, name string, otherwise int) int {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s is no number: %v", name, err)
	}
	return n
}

func familyOf(s testdb.Server) family {
	i := slices.IndexFunc(families, func(f family) bool { return slices.Contains(f.servers, s.Engine) })
	return families[i]
}

// randomPair is the pair of that seed for the server's version.
func randomPair(t testing.TB, s testdb.Server, seed uint64) gen.Pair {
	if s.Engine == testdb.SQLite {
		return gen.SQLite(seed)
	}
	major, err := strconv.Atoi(regexp.MustCompile(`^\d+`).FindString(s.Version))
	if err != nil {
		t.Fatalf("the version %q of %s: %v", s.Version, s.Name, err)
	}
	if s.Engine == testdb.Postgres {
		return gen.Postgres(seed, major)
	}
	return gen.MySQL(seed, gen.Flavor{MariaDB: s.Engine == testdb.MariaDB, Major: major})
}

func TestRandomPairsConverge(t *testing.T) {
	count, first := fromEnv(t, "DBSTRUCT_PAIRS", pairsEach), fromEnv(t, "DBSTRUCT_SEED", 1)
	for n, s := range append(testdb.Servers(t), testdb.Servers(t, testdb.SQLite)...) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			for i := range count {
				seed := uint64(first+i) + uint64(n)*1_000_000 // other pairs on every server
				t.Run(fmt.Sprint(seed), func(t *testing.T) {
					p := randomPair(t, s, seed)
					err := converges(t, s, p)
					if err == nil {
						return
					}
					t.Errorf("seed %d: %v", seed, err)
					keep(t, s, seed, shrink(t, s, p, err))
				})
			}
		})
	}
}

// converges makes Before like After, After like Before, and takes the first one back.
func converges(t testing.TB, s testdb.Server, p gen.Pair) error {
	suite := enginetest.Suite{Engine: familyOf(s).engine, Server: s}
	return suite.Check(t.Context(), enginetest.Case{Before: p.Before.SQL(), After: p.After.SQL()})
}

// shrink makes the failing pair small, keeping what fails first and where.
func shrink(t testing.TB, s testdb.Server, p gen.Pair, failure error) gen.Pair {
	kind, _, _ := strings.Cut(failure.Error(), ":")
	return gen.Shrink(p, func(q gen.Pair) bool {
		err := converges(t, s, q)
		return err != nil && strings.HasPrefix(err.Error(), kind)
	})
}

// keep writes the shrunk pair as a case that the suite runs from then on, for all servers that understand its SQL.
func keep(t testing.TB, s testdb.Server, seed uint64, p gen.Pair) {
	family := familyOf(s)
	dir := filepath.Join("testdata", "regress", family.engine.Dialect())
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c := enginetest.Case{
		Comment: fmt.Sprintf("Found with seed %d on %s.", seed, s.Name),
		Before:  p.Before.SQL(), After: p.After.SQL(),
	}
	c.Requires = understanding(t, family, c)
	sum := sha256.Sum256([]byte(c.Before + "\x00" + c.After))
	path := filepath.Join(dir, fmt.Sprintf("seed_%d_%x.txtar", seed, sum[:3]))
	if err := os.WriteFile(path, c.Format(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("the shrunk pair is kept in %s:\n%s", path, c.Format())
}

// understanding are the servers that can load both sides of a case: nil for all of the family.
func understanding(t testing.TB, f family, c enginetest.Case) enginetest.Requirements {
	var able enginetest.Requirements
	all := true
	if slices.Contains(f.servers, testdb.SQLite) { // of which there is one
		return nil
	}
	servers, err := testdb.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range servers {
		if !slices.Contains(f.servers, s.Engine) {
			continue
		}
		switch suite := (enginetest.Suite{Engine: f.engine, Server: s}); {
		case !suite.Loads(t.Context(), c):
			all = false
		case !able.Met(s): // servers come with their versions rising
			able = append(able, enginetest.AtLeast(s))
		}
	}
	if all {
		return nil
	}
	return able
}
