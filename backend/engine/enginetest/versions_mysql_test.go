package enginetest_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/internal/testdb"
)

// sampledFlavors are the kinds of cases in which MySQL and MariaDB differ most.
var sampledFlavors = []string{"check", "column", "foreign_key", "generated", "index", "partition", "sequence", "system_versioning", "table", "view"}

// TestMySQLAndMariaDBConverge compares and synchronises between MySQL and MariaDB, and between two versions of MariaDB:
// the source is on one server, the target on another. What the target's server does not have is noted, and the rest
// converges.
func TestMySQLAndMariaDBConverge(t *testing.T) {
	cases := enginetest.LoadCases(t, filepath.Join("testdata", "mysql"))
	servers := testdb.Servers(t, testdb.MySQL, testdb.MariaDB)
	newest := newestOfEach(servers)
	for _, source := range servers {
		for _, target := range servers {
			if source.Name == target.Name {
				continue
			}
			t.Run(source.Name+" to "+target.Name, func(t *testing.T) {
				t.Parallel()
				for _, c := range cases {
					kind, _, _ := strings.Cut(c.Name, "/")
					if all := newest[source.Name] && newest[target.Name]; !c.For(source) || !all && !slices.Contains(sampledFlavors, kind) {
						continue
					}
					t.Run(c.Name, func(t *testing.T) {
						suite := enginetest.Suite{Engine: mysql.Engine{}, Server: target}
						if err := suite.AcrossFlavors(t.Context(), source, c); err != nil {
							t.Error(err)
						}
					})
				}
			})
		}
	}
}

// newestOfEach are the names of the last server of each engine: they come with their versions rising.
func newestOfEach(servers []testdb.Server) map[string]bool {
	last := map[string]string{}
	for _, s := range servers {
		last[s.Engine] = s.Name
	}
	names := map[string]bool{}
	for _, name := range last {
		names[name] = true
	}
	return names
}
