package enginetest_test

import (
	"strings"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
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

// TestConditionsFollowTheTypesOfTheirColumns changes a column's type only. PostgreSQL would keep the condition's casts to the former one.
func TestConditionsFollowTheTypesOfTheirColumns(t *testing.T) {
	for _, types := range [][2]string{{"REAL", "DECIMAL(10,2)"}, {"DECIMAL(10,2)", "REAL"}, {"INTEGER", "DECIMAL(10,2)"}, {"REAL", "INTEGER"}, {"VARCHAR(20)", "CLOB"}} {
		t.Run(types[0]+" to "+types[1], func(t *testing.T) {
			across(t, testdb.SQLite, testdb.Postgres, func(t *testing.T, source, target testdb.Server) {
				made := target.Create(t)
				for _, typ := range types {
					zero := map[bool]string{true: "0", false: "'0'"}[typ != "CLOB" && typ != "VARCHAR(20)"]
					db := source.Create(t)
					db.Exec(t, `CREATE TABLE t (id INTEGER PRIMARY KEY, c `+typ+`, CONSTRAINT con CHECK (c > `+zero+`), CHECK (c IN (`+zero+`, `+zero+`)));
					CREATE INDEX i ON t (id) WHERE c > `+zero+`; CREATE INDEX j ON t (coalesce(c, `+zero+`))`)
					synced(t, db, made, translate.Rules{})
				}
				for _, row := range made.QueryStrings(t, `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = 't'::regclass UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = 't'`) {
					if types[1] != "REAL" && strings.Contains(row[0], "double precision") || types[1] == "CLOB" && strings.Contains(row[0], "character varying") {
						t.Errorf("of the former type something is left: %s", row[0])
					}
				}
			})
		})
	}
}

// TestTheseChangesCross are changes that random pairs have found wanting.
func TestTheseChangesCross(t *testing.T) {
	for name, c := range map[string]struct{ from, to, before, after string }{
		"a prefix goes with its column": {
			testdb.MariaDB, testdb.SQLite,
			"CREATE TABLE t (id int PRIMARY KEY, c longtext, KEY i (c(10)))", "CREATE TABLE t (id int PRIMARY KEY)",
		},
		"a prefix goes and its column stays": {
			testdb.MariaDB, testdb.Postgres,
			"CREATE TABLE t (id int PRIMARY KEY, c longtext, KEY i (c(10)))", "CREATE TABLE t (id int PRIMARY KEY, c longtext)",
		},
		"a check takes the name of a key that is called otherwise": {
			testdb.Postgres, testdb.MariaDB,
			"CREATE TABLE t (a integer, b integer, CONSTRAINT c UNIQUE (a, b))",
			"CREATE TABLE t (a integer, b integer, CONSTRAINT c CHECK (a > 0), CONSTRAINT d UNIQUE (a, b))",
		},
		"a foreign key turns to a column of another type": {
			testdb.Postgres, testdb.MySQL,
			"CREATE TABLE big (id bigint PRIMARY KEY); CREATE TABLE small (id integer PRIMARY KEY); CREATE TABLE t (r bigint CONSTRAINT f REFERENCES big)",
			"CREATE TABLE big (id bigint PRIMARY KEY); CREATE TABLE small (id integer PRIMARY KEY); CREATE TABLE t (r bigint CONSTRAINT f REFERENCES small)",
		},
		"a counter becomes a text": {
			testdb.SQLite, testdb.Postgres,
			"CREATE TABLE t (id INTEGER PRIMARY KEY, c INTEGER)", "CREATE TABLE t (id CLOB NOT NULL PRIMARY KEY, c INTEGER)",
		},
		"a counter counts down the key": {
			testdb.MySQL, testdb.SQLite,
			"CREATE TABLE t (id int NOT NULL AUTO_INCREMENT, PRIMARY KEY (id DESC))", "CREATE TABLE t (id int NOT NULL AUTO_INCREMENT, c int, PRIMARY KEY (id))",
		},
	} {
		t.Run(name, func(t *testing.T) {
			across(t, c.from, c.to, func(t *testing.T, source, target testdb.Server) {
				made := target.Create(t)
				for _, script := range []string{c.before, c.after} {
					db := source.Create(t)
					db.Exec(t, script)
					synced(t, db, made, translate.Rules{})
				}
				read, err := inputOf(t, made).Conn.Inspect(t.Context(), engine.InspectOptions{})
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range read.Objects() {
					if table, ok := o.(*schema.Table); ok && strings.HasPrefix(name, "a prefix") && len(table.Indexes) > 0 {
						t.Errorf("the index stays: %v", table.Indexes[0].Columns)
					}
				}
			})
		})
	}
}
