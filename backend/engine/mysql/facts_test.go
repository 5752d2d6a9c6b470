package mysql

import (
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// Facts that are easily read wrong. Each script is read by the servers it is for, and what is read must contain every
// line, in this order.
var facts = []struct {
	name, engines string
	script        string
	lines         []string
}{
	{
		"widths that mean nothing are no part of a type", "mysql mariadb", "CREATE TABLE t (a int(11), b bigint(20) unsigned, c tinyint(1), d int(4) zerofill, e year(4), f double precision, g bool)",
		[]string{
			"column:t.a", "type: int", "column:t.b", "type: bigint unsigned", "column:t.c", "type: tinyint(1)", "column:t.d", "type: int(4) unsigned zerofill",
			"column:t.e", "type: year", "column:t.f", "type: double", "column:t.g", "type: tinyint(1)",
		},
	},
	{"json is a type", "mysql mariadb", "CREATE TABLE t (a json)", []string{"column:t.a", "type: json"}},
	{
		"a check beside json_valid is no json", "mariadb", "CREATE TABLE t (a longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin CHECK (json_valid(a) AND a <> ''))",
		[]string{"type: longtext", "check: json_valid(`a`) and `a` <> ''"},
	},
	{
		"defaults have one spelling", "mysql mariadb", "CREATE TABLE t (a int DEFAULT '5', b varchar(9) DEFAULT 5, c decimal(5,2) DEFAULT 1, d bit(8) DEFAULT 5, e datetime(3) DEFAULT NOW(3) ON UPDATE NOW(3), " +
			"f varbinary(9) DEFAULT 'AB', g binary(4) DEFAULT 'A', h varchar(20) DEFAULT 'it''s \\\\ \\n', i year DEFAULT 2020, j char(9) DEFAULT NULL)",
		[]string{
			"default: 5", "default: '5'", "default: 1.00", "default: b'101'", "default: CURRENT_TIMESTAMP(3)", "on_update: CURRENT_TIMESTAMP(3)",
			"default: x'4142'", "default: x'41'", `default: 'it''s \\ \n'`, "default: '2020'",
		},
	},
	{"the text NULL is no NULL", "mysql mariadb", "CREATE TABLE t (a varchar(9) DEFAULT 'NULL')", []string{"default: 'NULL'"}},
	{"zero dates", "mysql mariadb", "SET sql_mode = ''; CREATE TABLE t (a date DEFAULT '0000-00-00')", []string{"default: '0000-00-00'"}},
	{"bytes that are no text", "mysql mariadb", "CREATE TABLE t (a varbinary(4) DEFAULT 0xFF00FE)", []string{"default: x'FF00FE'"}},
	{"characters beyond utf8mb3 in a default", "mysql mariadb", "CREATE TABLE t (a varchar(9) DEFAULT 'a😀?')", []string{"default: 'a😀?'"}},
	{"characters beyond utf8mb3 in expressions", "mariadb", "CREATE TABLE t (a varchar(9), CHECK (a <> '😀'))", []string{"expression: `a` <> '😀'"}},
	{"characters beyond utf8mb3 in MySQL's expressions", "mysql", "CREATE TABLE t (a varchar(9), CHECK (a <> '😀'))", []string{"expression: `a` <> _utf8mb4'😀'"}},
	{
		"actions that nobody gave", "mariadb", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) ON DELETE NO ACTION)",
		[]string{"foreign_key:t.f", "on_update: RESTRICT", "on_delete: NO ACTION"},
	},
	{
		"actions that nobody gave MySQL", "mysql", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) ON DELETE RESTRICT)",
		[]string{"foreign_key:t.f", "on_update: NO ACTION", "on_delete: RESTRICT"},
	},
	{"a method that the engine uses anyway", "mysql mariadb", "CREATE TABLE t (a int, KEY k (a) USING BTREE)", []string{"index:t.k [table:t column:t.a]", "key: a"}},
	{"a method that another engine does not", "mysql mariadb", "CREATE TABLE t (a int, KEY k (a) USING BTREE) ENGINE=MEMORY", []string{"index:t.k", "method: btree"}},
	{"an effective collation", "mysql mariadb", "CREATE TABLE t (a varchar(9), b varchar(9) CHARACTER SET latin1) COLLATE utf8mb4_bin", []string{"collation: utf8mb4_bin", "column:t.a", "collation: utf8mb4_bin", "column:t.b", "collation: latin1_swedish_ci"}},
	{"utf8 under its present name", "mysql mariadb", "CREATE TABLE t (a varchar(9) CHARACTER SET utf8 COLLATE utf8_bin)", []string{"charset: utf8mb3", "collation: utf8mb3_bin"}},
	{"partitions without the engine that each repeats", "mysql mariadb", "CREATE TABLE t (a int) PARTITION BY HASH (a) (PARTITION p0, PARTITION p1)", []string{"partition_by: HASH (`a`) (PARTITION", ", PARTITION"}},
	{"an AUTO_INCREMENT column needs its index", "mysql mariadb", "CREATE TABLE t (a int, b int AUTO_INCREMENT, KEY k2 (b, a), KEY k1 (a))", []string{"column:t.b [table:t index:t.k2]"}},
	{"a foreign key needs an index on either side", "mysql mariadb", "CREATE TABLE p (a int, b int, UNIQUE KEY u (a, b)); CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p (a, b))", []string{"foreign_key:t.f [table:p table:t column:p.a column:p.b index:p.u column:t.a column:t.b index:t.f]"}},
	{"what expressions use", "mysql", "CREATE TABLE t (a int, b int AS (a + 1), KEY k ((b * 2)), CONSTRAINT c CHECK (a > b))", []string{"column:t.b [table:t column:t.a]", "check:t.c [table:t column:t.a column:t.b]", "index:t.k [table:t column:t.b]"}},
	{"the table's next value", "mysql mariadb", "CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT = 77; CREATE TABLE u (a int AUTO_INCREMENT PRIMARY KEY)", []string{"auto_increment: 77", "table:u", "  charset"}},
	{"a generated invisible primary key", "mysql", "SET sql_generate_invisible_primary_key = 1; CREATE TABLE t (a int)", []string{"column:t.my_row_id", "auto_increment: yes", "invisible: yes"}},
	{"a period without overlaps", "mariadb", "CREATE TABLE t (id int, a date, b date, PERIOD FOR p (a, b), UNIQUE KEY k (id, p WITHOUT OVERLAPS))", []string{"periods: PERIOD FOR `p` (`a`, `b`)", "index:t.k", "key: id", "without_overlaps: `p`"}},
	{
		"system versioning with named columns", "mariadb", "CREATE TABLE t (a int, s timestamp(6) AS ROW START, e timestamp(6) AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING",
		[]string{"system_versioning: PERIOD FOR SYSTEM_TIME (`s`, `e`) WITH SYSTEM VERSIONING", "column:t.s", "generated_kind: ROW START", "generated_kind: ROW END", "invisible: yes"},
	},
	{"a sequence in a default", "mariadb", "CREATE SEQUENCE s START WITH 5 INCREMENT BY 2; CREATE TABLE t (a int DEFAULT NEXTVAL(s))", []string{"sequence:s", "start: 5", "increment: 2", "column:t.a [sequence:s table:t]", "default: (nextval(`s`))"}},
	{
		"a view does not name its own database", "mysql mariadb", "CREATE TABLE t (a int); CREATE FUNCTION f(x int) RETURNS int DETERMINISTIC RETURN x; CREATE VIEW v AS SELECT f(a) AS b, 'a.`b' AS c FROM t",
		[]string{"view:v [routine:function f table:t column:t.a]", "definition: CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `v` AS select `f`(`t`.`a`) AS `b`,'a.`b' AS `c` from `t`"},
	},
	{
		"a function and a procedure of one name", "mysql mariadb", "CREATE FUNCTION x() RETURNS int DETERMINISTIC COMMENT 'c' RETURN 1; CREATE PROCEDURE x() SELECT 1",
		[]string{"routine:function x", "definition: CREATE FUNCTION `x`() RETURNS int", "RETURN 1", "comment: c", "routine:procedure x", "definition: CREATE PROCEDURE `x`()", "SELECT 1"},
	},
	{
		"triggers run in order", "mysql mariadb", "CREATE TABLE t (a int); CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW SET new.a = 1; CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW FOLLOWS z SET new.a = 2",
		[]string{"trigger:t.a [table:t trigger:t.z]", "definition: CREATE TRIGGER `a` BEFORE INSERT ON `t` FOR EACH ROW SET new.a = 2", "order: FOLLOWS `z`", "trigger:t.z [table:t]"},
	},
	{"an empty sql_mode", "mysql mariadb", "SET sql_mode = ''; CREATE PROCEDURE p() SELECT 1", []string{"sql_mode: ,"}},
}

func TestFacts(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		for _, f := range facts {
			if !strings.Contains(f.engines, s.Engine) {
				continue
			}
			t.Run(f.name, func(t *testing.T) {
				d := dump(read(t, s, f.script))
				rest := d
				for _, line := range f.lines {
					var found bool
					if _, rest, found = strings.Cut(rest, line); !found {
						t.Fatalf("%q is not there or not in its place:\n%s", line, d)
					}
				}
			})
		}
	})
}
