package enginetest_test

import (
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/internal/testdb"
)

// crossings are the ways between the newest servers of the four engines.
func crossings(t testing.TB) []enginetest.Crossing {
	newest := map[string]enginetest.Suite{}
	for _, s := range append(testdb.Servers(t), testdb.Servers(t, testdb.SQLite)...) {
		newest[s.Engine] = enginetest.Suite{Engine: familyOf(s).engine, Server: s}
	}
	var out []enginetest.Crossing
	for _, from := range []string{testdb.Postgres, testdb.MySQL, testdb.MariaDB, testdb.SQLite} {
		for _, to := range []string{testdb.Postgres, testdb.MySQL, testdb.MariaDB, testdb.SQLite} {
			source, have := newest[from]
			target, want := newest[to]
			if have && want && source.Engine.Dialect() != target.Engine.Dialect() {
				out = append(out, enginetest.Crossing{Source: source, Target: target})
			}
		}
	}
	return out
}

// TestRealSchemasCross takes every real schema to every other engine.
func TestRealSchemasCross(t *testing.T) {
	for _, x := range crossings(t) {
		for name, text := range schemas(t, x.Source) {
			t.Run(x.Name()+"/"+name, func(t *testing.T) {
				t.Parallel()
				if err := x.Check(t.Context(), enginetest.Case{Before: text}); err != nil {
					t.Error(err)
				}
			})
		}
	}
}
