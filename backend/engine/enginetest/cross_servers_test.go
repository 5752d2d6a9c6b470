package enginetest_test

import (
	"slices"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

var engines = []string{testdb.Postgres, testdb.MySQL, testdb.MariaDB, testdb.SQLite}

// newestServers are the newest ones of the engines that are up, by engine.
func newestServers(t testing.TB) map[string]testdb.Server {
	newest := map[string]testdb.Server{}
	for _, s := range append(testdb.Servers(t), testdb.Servers(t, testdb.SQLite)...) {
		newest[s.Engine] = s
	}
	return newest
}

// across runs a test on the newest servers of two engines, unless the run is narrowed to others.
func across(t *testing.T, from, to string, test func(t *testing.T, source, target testdb.Server)) {
	t.Helper()
	if !slices.Contains(engines, from) || !slices.Contains(engines, to) {
		t.Fatalf("%s and %s are not both engines", from, to)
	}
	newest := newestServers(t)
	source, have := newest[from]
	target, want := newest[to]
	if !have || !want {
		return
	}
	t.Run(source.Name+" to "+target.Name, func(t *testing.T) {
		t.Parallel()
		test(t, source, target)
	})
}
