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

// kindsOfVersions are the kinds of cases in which versions of PostgreSQL differ most: in what they write, in what they have,
// or in how it is changed.
var kindsOfVersions = []string{"check", "column", "generated", "identity", "inheritance", "partition", "primary_key", "view"}

// TestPostgresVersionsConverge compares and synchronises across versions: the source is on one server, the target on
// another. What only the source's version has is refused in a sentence.
func TestPostgresVersionsConverge(t *testing.T) {
	servers := testdb.Servers(t, testdb.Postgres)
	if len(servers) == 0 {
		return // DBSTRUCT_TEST_SERVERS wants none
	}
	oldest, newest := servers[0], servers[len(servers)-1]
	cases := enginetest.LoadCases(t, filepath.Join("testdata", "postgres"))
	for _, way := range []struct{ source, target testdb.Server }{{newest, oldest}, {oldest, newest}} {
		suite := enginetest.Suite{Engine: postgres.Engine{}, Server: way.target}
		for _, c := range cases {
			kind, _, _ := strings.Cut(c.Name, "/")
			if !slices.Contains(kindsOfVersions, kind) || !c.For(way.source) {
				continue
			}
			t.Run(way.source.Name+" to "+way.target.Name+"/"+c.Name, func(t *testing.T) {
				t.Parallel()
				across := suite.Across
				if !c.For(way.target) {
					across = suite.AcrossOrRefused
				}
				if err := across(t.Context(), way.source, c); err != nil {
					t.Error(err)
				}
			})
		}
	}
}
