package enginetest_test

import (
	"os"
	"path/filepath"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
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

// A property that no case changes alone is a failure: whether it is compared, rendered and verified is then unknown.
func TestEveryCaseConverges(t *testing.T) {
	facts := map[string]*enginetest.Facts{}
	expected := map[string]int{}
	t.Run("cases", func(t *testing.T) {
		for _, fam := range families {
			facts[fam.engine.Dialect()] = &enginetest.Facts{}
		}
		onEveryServer(t, func(t *testing.T, s enginetest.Suite) {
			s.Facts = facts[s.Engine.Dialect()]
			runCases(t, s, enginetest.LoadCases(t, filepath.Join("testdata", s.Engine.Dialect())))
		})
	})
	if os.Getenv("DBSTRUCT_TEST_SERVERS") != "" {
		t.Log("with some of the servers only, what cases show is not held against the model")
		return
	}
	for _, fam := range families {
		cases := enginetest.LoadCases(t, filepath.Join("testdata", fam.engine.Dialect()))
		for _, s := range testdb.Servers(t, fam.servers...) {
			for _, c := range cases {
				if c.For(s) {
					expected[fam.engine.Dialect()]++
				}
			}
		}
		if got := facts[fam.engine.Dialect()].Cases(); got != expected[fam.engine.Dialect()] {
			t.Logf("%d of %d cases ran: what they show is not held against the model", got, expected[fam.engine.Dialect()])
			return
		}
		for _, problem := range facts[fam.engine.Dialect()].Unproven(neverAlone[fam.engine.Dialect()]) {
			t.Errorf("%s: %s", fam.engine.Dialect(), problem)
		}
	}
	for _, property := range schema.Properties() {
		shown := false
		for _, f := range facts {
			shown = shown || f.Shows(property)
		}
		if !shown {
			t.Errorf("no case of any engine shows %s", property)
		}
	}
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
