package enginetest_test

import (
	"testing"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/translate"
)

// TestChangedConditionsAreNotWrittenAsTheyWere changes conditions that PostgreSQL prints in other words than it compares: what is
// written is the new one, though the object keeps its name.
func TestChangedConditionsAreNotWrittenAsTheyWere(t *testing.T) {
	var source, target testdb.Server
	for _, s := range append(testdb.Servers(t), testdb.Servers(t, testdb.SQLite)...) {
		switch s.Engine {
		case testdb.Postgres:
			target = s
		case testdb.SQLite:
			source = s
		}
	}
	before, after, made := source.Create(t), source.Create(t), target.Create(t)
	before.Exec(t, `CREATE TABLE t (id INTEGER PRIMARY KEY, c DECIMAL(10,2), d INTEGER AS (CASE WHEN c IN (1, 2) THEN 1 ELSE 0 END) STORED,
		CHECK (c IN (1, 2, 3))); CREATE INDEX i ON t (d) WHERE c IN (1, 2, 3)`)
	after.Exec(t, `CREATE TABLE t (id INTEGER PRIMARY KEY, c DECIMAL(10,2), d INTEGER AS (CASE WHEN c > 7 THEN 1 ELSE 0 END) STORED,
		CHECK (c <> 5 OR c IS NULL)); CREATE INDEX i ON t (d) WHERE c > 5`)
	synced(t, before, made, translate.Rules{})
	synced(t, after, made, translate.Rules{})
	made.Exec(t, `INSERT INTO t (id, c) VALUES (1, 9)`) // which the former check refuses
	if got := made.QueryStrings(t, `SELECT d FROM t`); got[0][0] != "1" {
		t.Errorf("the generated column is %s", got[0][0])
	}
}
