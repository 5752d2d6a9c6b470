package testdb

import "testing"

func TestAFileIsADatabaseWithoutAServer(t *testing.T) {
	var gone *DB
	t.Run("while it lasts", func(t *testing.T) {
		gone = Servers(t, SQLite)[0].Create(t)
		gone.Load(t, "CREATE TABLE a (i INTEGER PRIMARY KEY, t TEXT); INSERT INTO a VALUES (1, NULL), (2, 'x; y');")
		if rows := gone.QueryStrings(t, "SELECT i, t FROM a ORDER BY i"); len(rows) != 2 || rows[0][1] != "NULL" || rows[1][1] != "x; y" {
			t.Errorf("the rows are %v", rows)
		}
	})
	if err := gone.ExecContext(t.Context(), "SELECT 1"); err == nil {
		t.Error("the database is still there after the test that made it")
	}
}

func TestFilesAreDumpedAlikeWhenTheyMeanTheSame(t *testing.T) {
	s := Servers(t, SQLite)[0]
	dump := func(script string) string {
		db := s.Create(t)
		db.Load(t, script)
		return db.Dump(t)
	}
	for _, pair := range [][2]string{
		{"CREATE TABLE t (a INT CHECK (a > 0), b TEXT REFERENCES t (a))", `create table "t" ([a] int, b text NULL, check ((A>0)), foreign key (b) references T (A) on delete no action)`},
		{"CREATE TABLE t (a INTEGER PRIMARY KEY, b DEFAULT 0)", "CREATE TABLE t (a INTEGER, b DEFAULT (0), PRIMARY KEY (a) /* key */)"},
		{"CREATE TABLE t (a UNIQUE, b AS (a + 1))", "CREATE TABLE t (a, b GENERATED ALWAYS AS (a+1) VIRTUAL, UNIQUE (a ASC))"},
	} {
		if x, y := dump(pair[0]), dump(pair[1]); x != y {
			t.Errorf("%s\n%s\nand\n%s\n%s", pair[0], x, pair[1], y)
		}
	}
	for _, pair := range [][2]string{
		{"CREATE TABLE t (a INT)", "CREATE TABLE t (a INTEGER)"},
		{"CREATE TABLE t (a, b)", "CREATE TABLE t (b, a)"},
		{"CREATE TABLE t (a CHECK (a > 0))", "CREATE TABLE t (a CHECK (a >= 0))"},
		{"CREATE TABLE t (a CHECK (a <> 'x'))", "CREATE TABLE t (a CHECK (a <> 'X'))"},
		{"CREATE TABLE t (a COLLATE NOCASE)", "CREATE TABLE t (a)"},
		{"CREATE TABLE t (a, CONSTRAINT x UNIQUE (a))", "CREATE TABLE t (a, CONSTRAINT y UNIQUE (a))"},
		{"CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE)", "CREATE TABLE t (a UNIQUE)"},
		{"CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)", "CREATE TABLE t (a INTEGER PRIMARY KEY)"},
		{"CREATE TABLE t (a REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)", "CREATE TABLE t (a REFERENCES t (a))"},
		{"CREATE TABLE t (a REFERENCES t (a) ON DELETE CASCADE)", "CREATE TABLE t (a REFERENCES t (a))"},
		{"CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a > 1", "CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a > 2"},
		{"CREATE TABLE t (a); CREATE INDEX i ON t (lower(a))", "CREATE TABLE t (a); CREATE INDEX i ON t (upper(a))"},
		{"CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t", "CREATE TABLE t (a); CREATE VIEW v AS SELECT 1 AS a FROM t"},
		{"CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID", "CREATE TABLE t (a PRIMARY KEY NOT NULL)"},
	} {
		if dump(pair[0]) == dump(pair[1]) {
			t.Errorf("these are told as one:\n%s\n%s", pair[0], pair[1])
		}
	}
}
