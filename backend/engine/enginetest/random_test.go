package enginetest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/enginetest/gen"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/testdb"
)

// pairsEach is how many random pairs every server gets in a normal run; DBSTRUCT_PAIRS asks for another number and
// DBSTRUCT_SEED for another first seed.
const pairsEach = 20

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

func engineOf(s testdb.Server) engine.Engine {
	if s.Engine == testdb.Postgres {
		return postgres.Engine{}
	}
	return mysql.Engine{}
}

// randomPair is the pair of that seed for the server's version.
func randomPair(t testing.TB, s testdb.Server, seed uint64) gen.Pair {
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
	for n, s := range testdb.Servers(t) {
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
	suite := enginetest.Suite{Engine: engineOf(s), Server: s}
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

// keep writes the shrunk pair as a case that the suite runs from then on.
func keep(t testing.TB, s testdb.Server, seed uint64, p gen.Pair) {
	dialect := engineOf(s).Dialect()
	dir := filepath.Join("testdata", "regress", dialect)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c := enginetest.Case{
		Comment: fmt.Sprintf("Found with seed %d on %s.", seed, s.Name),
		Before:  p.Before.SQL(), After: p.After.SQL(),
	}
	path := filepath.Join(dir, fmt.Sprintf("seed_%d.txtar", seed))
	if err := os.WriteFile(path, c.Format(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("the shrunk pair is kept in %s:\n%s", path, c.Format())
}
