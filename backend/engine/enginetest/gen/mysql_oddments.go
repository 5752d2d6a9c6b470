package gen

// myMariaDB11 is a version that only MariaDB has: MySQL's are below it.
const myMariaDB11 = 11

// myOddments are what MySQL and MariaDB have besides tables, columns and keys of the usual kinds.
var myOddments = []oddment{
	{prefix: "merged", stage: stageTable, texts: []string{
		"CREATE TABLE {n} (a int, KEY a (a)) ENGINE=MyISAM DELAY_KEY_WRITE=1;\nCREATE TABLE {m} (a int, KEY a (a)) ENGINE=MERGE UNION=({n}) INSERT_METHOD=FIRST",
		"CREATE TABLE {n} (a int, KEY a (a)) ENGINE=MyISAM PACK_KEYS=1;\nCREATE TABLE {m} (a int, KEY a (a)) ENGINE=MERGE UNION=({n}) INSERT_METHOD=LAST",
		"CREATE TABLE {n} (a int, KEY a (a)) ENGINE=MyISAM DELAY_KEY_WRITE=1 PACK_KEYS=1",
	}},
	{prefix: "cut", stage: stageTable, texts: []string{
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY LIST COLUMNS (b) (PARTITION p0 VALUES IN ('x', 'it''s'), PARTITION p1 VALUES IN ('y'))",
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY LIST COLUMNS (b) (PARTITION p0 VALUES IN ('x'), PARTITION p2 VALUES IN ('z', NULL))",
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30))",
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (15), PARTITION p1b VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (40))",
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY HASH (a) PARTITIONS 3", "CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY HASH (a) PARTITIONS 2",
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20))",
	}, only: map[string][]string{"mariadb": {
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1), PARTITION rest DEFAULT)",
		"CREATE TABLE {n} (a int NOT NULL, b varchar(20)) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1, 2), PARTITION rest DEFAULT)",
	}}},
	{prefix: "past", stage: stageTable, only: map[string][]string{"mariadb": {
		"CREATE TABLE {n} (a int PRIMARY KEY, b int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME LIMIT 1000 (PARTITION p0 HISTORY, PARTITION p1 HISTORY, PARTITION pn CURRENT)",
		"CREATE TABLE {n} (a int PRIMARY KEY, b int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME LIMIT 2000 (PARTITION p0 HISTORY, PARTITION pn CURRENT)",
		"CREATE TABLE {n} (a int PRIMARY KEY, b int) WITH SYSTEM VERSIONING",
	}}},
	{prefix: "near", stage: stageTable, since: map[int][]string{myMariaDB11: {
		"CREATE TABLE {n} (a int PRIMARY KEY, `v` vector(3) NOT NULL)", "CREATE TABLE {n} (a int PRIMARY KEY, `v` vector(3) NOT NULL, VECTOR KEY near (`v`) M=6)",
		"CREATE TABLE {n} (a int PRIMARY KEY, `v` vector(3) NOT NULL, VECTOR KEY near (`v`) M=8 DISTANCE=cosine)",
	}}},
	{prefix: "second", stage: stageColumn, table: "any", inside: true, class: "other", only: map[string][]string{"mysql": {
		`{n} int SECONDARY_ENGINE_ATTRIBUTE='{"k": 1}'`, `{n} int SECONDARY_ENGINE_ATTRIBUTE='{"k": 2}' COMMENT 'x'`, "{n} int",
	}, "mariadb": {"{n} inet4", "{n} inet4 DEFAULT '10.0.0.1'", "{n} uuid DEFAULT uuid()"}}},
	{prefix: "choice", stage: stageColumn, table: "any", inside: true, class: "other", texts: []string{
		"{n} enum('b','a','it''s')", "{n} enum('a','b','it''s') NOT NULL DEFAULT 'b'", "{n} enum('a','it''s')", "{n} set('y','x')", "{n} set('x','y','z') DEFAULT 'x,z'",
	}},
	{prefix: "grams", stage: stageConstraint, table: "plain", inside: true, columns: []string{"text char blob"}, texts: []string{
		"FULLTEXT KEY {n} ({1}) COMMENT 'words'",
	}, only: map[string][]string{"mysql": {"FULLTEXT KEY {n} ({1}) WITH PARSER ngram", "FULLTEXT KEY {n} ({1})"}}},
	{prefix: "ticket", stage: stageSequence, only: map[string][]string{"mariadb": {
		"CREATE SEQUENCE {n} MINVALUE 5 MAXVALUE 500 START WITH 7", "CREATE SEQUENCE {n} MAXVALUE 1000 CYCLE", "CREATE SEQUENCE {n} INCREMENT BY -2 MINVALUE -100 MAXVALUE -1 START WITH -1 NOCACHE", "CREATE SEQUENCE {n} START WITH 7 COMMENT='numbers'",
	}}, since: map[int][]string{myMariaDB11: {"CREATE SEQUENCE {n} AS smallint CYCLE", "CREATE SEQUENCE {n} AS tinyint unsigned START WITH 5"}}},
	{prefix: "fires", stage: stageTrigger, table: "any", columns: []string{"int text date"}, texts: []string{
		"CREATE TRIGGER {n} BEFORE UPDATE ON {t} FOR EACH ROW SET NEW.{1} = OLD.{1}", "CREATE TRIGGER {n} BEFORE UPDATE ON {t} FOR EACH ROW SET @was = OLD.{1}", "CREATE TRIGGER {n} AFTER INSERT ON {t} FOR EACH ROW SET @is = NEW.{1}",
	}},
	{prefix: "calls", stage: stageFunction, texts: []string{
		"CREATE PROCEDURE {n}(INOUT a decimal(10,2), IN b enum('x','y')) MODIFIES SQL DATA COMMENT 'it''s one' SET a = a + 1", "CREATE PROCEDURE {n}(IN a json) SQL SECURITY INVOKER READS SQL DATA SELECT a",
	}},
}

// odd plants one of them.
func (m *myMaker) odd() {
	flavor := "mysql"
	if m.flavor.MariaDB {
		flavor = "mariadb"
	}
	m.plant(pick(m.r, myOddments...), ground{
		version: m.flavor.Major,
		flavor:  flavor,
		ident:   myIdent,
		tables: func(kind string) []Piece {
			if kind == "any" {
				return m.tables()
			}
			var fit []Piece
			for _, t := range m.tables() {
				if !m.isPartitioned(t.ID) {
					fit = append(fit, t)
				}
			}
			return fit
		},
		written: func(t Piece) string { return myIdent(t.name) },
	})
}
