package enginetest_test

import (
	"path/filepath"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/internal/testdb"
)

// TestMySQLAndMariaDBConverge compares and synchronises between MySQL and MariaDB, and between two versions of MariaDB:
// the source is on one server, the target on another. What the target's server does not have is noted, and the rest
// converges.
func TestMySQLAndMariaDBConverge(t *testing.T) {
	cases := enginetest.LoadCases(t, filepath.Join("testdata", "mysql"))
	servers := testdb.Servers(t, testdb.MySQL, testdb.MariaDB)
	for _, source := range servers {
		for _, target := range servers {
			if source.Name == target.Name {
				continue
			}
			t.Run(source.Name+" to "+target.Name, func(t *testing.T) {
				t.Parallel()
				for _, c := range cases {
					if !c.For(source) {
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
