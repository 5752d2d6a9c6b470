package enginetest_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/testdb"
)

// sampled are the kinds of cases in which versions of PostgreSQL differ most: in what they write, in what they have, or in
// how it is changed.
var sampled = []string{"check", "column", "generated", "identity", "inheritance", "partition", "primary_key", "view"}

// versionPairs are compared and synchronised, all cases between the oldest and the newest, the sampled ones between others.
var versionPairs = []struct {
	source, target string
	kinds          []string
}{
	{"postgres18", "postgres12", nil},
	{"postgres12", "postgres18", nil},
	{"postgres18", "postgres15", sampled},
	{"postgres14", "postgres17", sampled},
	{"postgres17", "postgres13", []string{"column", "generated", "partition"}},
	{"postgres13", "postgres16", []string{"identity", "inheritance", "view"}},
	{"postgres16", "postgres14", []string{"index", "routine", "trigger"}},
}

// TestPostgresVersionsConverge compares and synchronises across versions: the source is on one server, the target on
// another. What the target's version does not have is noted, and the rest converges.
func TestPostgresVersionsConverge(t *testing.T) {
	cases := enginetest.LoadCases(t, filepath.Join("testdata", "postgres"))
	for _, pair := range versionPairs {
		servers := testdb.Named(t, pair.source, pair.target)
		if len(servers) < 2 {
			continue // DBSTRUCT_TEST_SERVERS wants other ones
		}
		source, target := servers[0], servers[1]
		suite := enginetest.Suite{Engine: postgres.Engine{}, Server: target}
		for _, c := range cases {
			kind, _, _ := strings.Cut(c.Name, "/")
			if pair.kinds != nil && !slices.Contains(pair.kinds, kind) || !c.For(source) {
				continue
			}
			t.Run(source.Name+" to "+target.Name+"/"+c.Name, func(t *testing.T) {
				t.Parallel()
				across := suite.Across
				if !c.For(target) {
					across = suite.AcrossNoted
				}
				if err := across(t.Context(), source, c); err != nil {
					t.Error(err)
				}
			})
		}
	}
}
