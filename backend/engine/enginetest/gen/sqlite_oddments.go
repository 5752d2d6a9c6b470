package gen

// liteOddments are what SQLite has besides tables, columns, keys and indexes of the usual kinds.
var liteOddments = []oddment{
	{prefix: "strict", stage: stageTable, texts: []string{
		"CREATE TABLE {n} (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c ANY) STRICT", "CREATE TABLE {n} (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c REAL DEFAULT 1.5, d INT CHECK (d > 0)) STRICT",
		"CREATE TABLE {n} (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c TEXT) WITHOUT ROWID, STRICT", "CREATE TABLE {n} (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c ANY)",
	}},
	{prefix: "keyed", stage: stageTable, texts: []string{
		"CREATE TABLE {n} (a INTEGER, b TEXT, c, PRIMARY KEY (a DESC, b))", "CREATE TABLE {n} (a INTEGER, b TEXT, c, CONSTRAINT {m} PRIMARY KEY (b COLLATE NOCASE, a) ON CONFLICT REPLACE)",
		"CREATE TABLE {n} (a INTEGER PRIMARY KEY DESC ON CONFLICT IGNORE, b TEXT)", "CREATE TABLE {n} (a INTEGER PRIMARY KEY ON CONFLICT REPLACE, b TEXT, c)", "CREATE TABLE {n} (a INTEGER, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID",
		"CREATE TABLE {n} (a INTEGER, b TEXT, c, UNIQUE (a) ON CONFLICT FAIL)",
	}},
	{prefix: "wide", stage: stageTable, texts: []string{
		"CREATE TABLE {n} (a INTEGER, b TEXT, PRIMARY KEY (a, b));\nCREATE TABLE {m} (x INTEGER, y TEXT, FOREIGN KEY (x, y) REFERENCES {n} (a, b) ON DELETE CASCADE)",
		"CREATE TABLE {n} (a INTEGER, b TEXT, c, UNIQUE (b, a));\nCREATE TABLE {m} (x INTEGER, y TEXT, FOREIGN KEY (y, x) REFERENCES {n} (b, a) MATCH FULL DEFERRABLE INITIALLY DEFERRED)",
		"CREATE TABLE {n} (a INTEGER, b TEXT, PRIMARY KEY (a, b));\nCREATE TABLE {m} (x INTEGER, y TEXT)",
	}},
	{prefix: "up", stage: stageColumn, table: "any", inside: true, columns: []string{"key"}, class: "reference", texts: []string{
		"{n} INT REFERENCES {t} ({1})", "{n} INT CONSTRAINT {m} REFERENCES {t} ({1}) MATCH FULL ON DELETE SET NULL", "{n} INT NOT NULL DEFAULT 1 REFERENCES {t} ({1}) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED", "{n} INT",
	}},
	{prefix: "derived", stage: stageColumn, table: "any", inside: true, columns: []string{"int"}, class: "derived", texts: []string{
		"{n} INT AS ({1} + 1)", "{n} INT GENERATED ALWAYS AS ({1} * 2) STORED", "{n} INT AS ({1} + 1) VIRTUAL NOT NULL", "{n} INT DEFAULT 5",
	}},
	{prefix: "instead", stage: stageView, table: "any", columns: []string{"int num text any"}, texts: []string{
		"CREATE VIEW {n} AS SELECT {1} AS a FROM {t};\nCREATE TRIGGER {m} INSTEAD OF INSERT ON {n} BEGIN SELECT 1; END",
		"CREATE VIEW {n} AS SELECT {1} AS a FROM {t};\nCREATE TRIGGER {m} INSTEAD OF UPDATE OF a ON {n} WHEN new.a > 3 BEGIN SELECT 'it''s'; END", "CREATE VIEW {n} (a) AS SELECT {1} FROM {t}",
	}},
	{prefix: "fires", stage: stageTrigger, table: "any", columns: []string{"int num text any"}, texts: []string{
		"CREATE TRIGGER {n} AFTER UPDATE OF {1} ON {t} FOR EACH ROW WHEN old.{1} IS NOT new.{1} BEGIN UPDATE {t} SET {1} = 1 WHERE {1} IS NULL; SELECT 2; END",
		"CREATE TRIGGER {n} BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, 'it''s kept'); END",
	}},
	{prefix: "several", stage: stageIndex, table: "any", columns: []string{"int num text", "int num text"}, texts: []string{
		"CREATE UNIQUE INDEX {n} ON {t} ({1}, {2}) WHERE {1} > 3 AND {2} IS NOT NULL", "CREATE INDEX {n} ON {t} ({1} + 1, {2} DESC)", "CREATE INDEX {n} ON {t} ({2} COLLATE NOCASE, {1} COLLATE BINARY DESC)",
	}},
}

// odd plants one of them.
func (m *liteMaker) odd() {
	m.plant(pick(m.r, liteOddments...), ground{
		ident:   liteIdent,
		tables:  func(string) []Piece { return m.tables() },
		written: func(t Piece) string { return liteIdent(t.name) },
	})
}
