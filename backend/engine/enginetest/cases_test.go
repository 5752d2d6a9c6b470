package enginetest_test

import (
	"path/filepath"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/internal/testdb"
)

// family is one engine, the test servers it is for, and the folder of its cases.
type family struct {
	engine  engine.Engine
	servers []string
}

var families = []family{
	{postgres.Engine{}, []string{testdb.Postgres}},
	{mysql.Engine{}, []string{testdb.MySQL, testdb.MariaDB}},
	{sqlite.Engine{}, []string{testdb.SQLite}},
}

// onEveryServer runs f for every server of every engine, all at the same time as far as -parallel allows.
func onEveryServer(t *testing.T, f func(t *testing.T, s enginetest.Suite)) {
	for _, fam := range families {
		for _, server := range testdb.Servers(t, fam.servers...) {
			t.Run(server.Name, func(t *testing.T) {
				t.Parallel()
				f(t, enginetest.Suite{Engine: fam.engine, Server: server})
			})
		}
	}
}

func TestEveryCaseConverges(t *testing.T) {
	onEveryServer(t, func(t *testing.T, s enginetest.Suite) {
		runCases(t, s, enginetest.LoadCases(t, filepath.Join("testdata", s.Engine.Dialect())))
	})
}

func TestWhatOnceFailedConverges(t *testing.T) {
	onEveryServer(t, func(t *testing.T, s enginetest.Suite) {
		runCases(t, s, enginetest.LoadCases(t, filepath.Join("testdata", "regress", s.Engine.Dialect())))
	})
}

func runCases(t *testing.T, s enginetest.Suite, cases []enginetest.Case) {
	for _, c := range cases {
		if c.For(s.Server) {
			t.Run(c.Name, func(t *testing.T) {
				t.Parallel()
				s.Converge(t, c)
			})
		}
	}
}
