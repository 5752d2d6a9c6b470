//go:build cgo && sqlite_fts5

package sqlite

import (
	"testing"

	"database-structure-sync/backend/schema"
)

// The program is built with modules and functions beyond SQLite's usual ones (see the Makefile).
func TestModulesAndFunctionsAreBuiltIn(t *testing.T) {
	c := memory(t)
	script := `CREATE VIRTUAL TABLE s USING fts5(title, body, content='', tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE r USING rtree(id, x, y); CREATE TABLE t (a REAL CHECK (sqrt(a) > 1), b AS (pow(a, 2)))`
	if err := c.control(t.Context(), script); err != nil {
		t.Fatal(err)
	}
	db := structure(t, c)
	if db.Len() != 3 || db.Get(schema.Key{Kind: schema.KindVirtualTable, Name: "s"}) == nil {
		t.Errorf("what the modules keep is taken for the user's tables: %v", db.Objects())
	}
	if again := structure(t, written(t, db)); again.Fingerprint() != db.Fingerprint() {
		t.Error("the tables come back as others")
	}
}
