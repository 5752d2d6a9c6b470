package enginetest_test

import (
	"testing"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/translate"
)

// TestTypesOfEnumsGoWithTheirColumns takes enums from MySQL and MariaDB to PostgreSQL: a type that was made for a column goes when the
// column goes, its table goes, or it is a text from now on; others stay.
func TestTypesOfEnumsGoWithTheirColumns(t *testing.T) {
	for _, from := range []string{testdb.MySQL, testdb.MariaDB} {
		across(t, from, testdb.Postgres, func(t *testing.T, source, target testdb.Server) {
			db, made := source.Create(t), target.Create(t)
			db.Exec(t, `CREATE TABLE a (id INT PRIMARY KEY, gone ENUM('x','y'), text_now ENUM('x','y') DEFAULT 'x', stays ENUM('x','y'));
				CREATE TABLE b (id INT PRIMARY KEY, kind ENUM('p','q'))`)
			made.Exec(t, `CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE a_other AS ENUM ('m')`)
			synced(t, db, made, translate.Rules{})
			expectTypes(t, made, "a_gone a_other a_stays a_text_now b_kind mood")
			made.Exec(t, `CREATE FUNCTION uses(a_stays) RETURNS int LANGUAGE sql AS 'SELECT 1'`)
			db.Exec(t, `ALTER TABLE a DROP COLUMN gone, MODIFY text_now VARCHAR(10) DEFAULT 'x'; DROP TABLE b`)
			synced(t, db, made, translate.Rules{})
			expectTypes(t, made, "a_other a_stays mood")
			db.Exec(t, `ALTER TABLE a DROP COLUMN stays`)
			synced(t, db, made, translate.Rules{})
			expectTypes(t, made, "a_other a_stays mood") // the function uses it
		})
	}
}

func expectTypes(t *testing.T, db *testdb.DB, names string) {
	t.Helper()
	if got := db.QueryStrings(t, `SELECT string_agg(typname, ' ' ORDER BY typname) FROM pg_type WHERE typtype = 'e'`); got[0][0] != names {
		t.Errorf("the types are %q, not %q", got[0][0], names)
	}
}
