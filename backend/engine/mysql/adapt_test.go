package mysql_test

import (
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

// Each script is loaded into a server that understands it, and compared with an empty database on another one, which has
// to note these things, and nothing else.
var impossibilities = []struct {
	name, source, target string
	script               string
	notes                []string
}{
	{"sequences", "mariadb", "mysql", "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval(s))", []string{"sequence s is left out", "column t.a comes without its default with the function nextval"}},
	{"types", "mariadb", "mysql", "CREATE TABLE t (a uuid, b inet6, c inet4)", []string{"column t.a has char(36) instead of the type uuid", "column t.b has varchar(45) instead of the type inet6", "column t.c has varchar(15) instead of the type inet4"}},
	{"history", "mariadb", "mysql", "CREATE TABLE t (a int) WITH SYSTEM VERSIONING", []string{"table t comes without SYSTEM VERSIONING"}},
	{
		"periods", "mariadb", "mysql", "CREATE TABLE t (id int, a date, b date, PERIOD FOR p (a, b), UNIQUE KEY k (id, p WITHOUT OVERLAPS))",
		[]string{"table t comes without its period", "index t.k is left out"},
	},
	{"compressed columns", "mariadb", "mysql", "CREATE TABLE t (a text COMPRESSED)", []string{"column t.a comes without COMPRESSED COMPRESSED"}},
	{"engines", "mariadb", "mysql", "CREATE TABLE t (a int) ENGINE = Aria", []string{"table t has InnoDB instead of the storage engine Aria"}},
	{"whole texts", "mariadb", "mysql", "CREATE TABLE t (a text, UNIQUE KEY k (a))", []string{"index t.k is left out"}},
	{"functions", "mariadb", "mysql", "CREATE TABLE t (a json); CREATE VIEW v AS SELECT json_query(a, '$.x') AS x FROM t", []string{"view v is left out"}},
	{"expressions", "mysql", "mariadb", "CREATE TABLE t (a int, KEY k ((a + 1)))", []string{"index t.k is left out"}},
	{"checks that are not enforced", "mysql", "mariadb", "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED)", []string{"check t.c is left out"}},
	{"reference systems", "mysql", "mariadb", "CREATE TABLE t (p point NOT NULL SRID 4326)", []string{"column t.p comes without SRID 4326"}},
	{"storage", "mysql", "mariadb", "CREATE TABLE t (a varchar(9) COLUMN_FORMAT FIXED) COMPRESSION = 'zlib'", []string{"table t comes without COMPRESSION='zlib'", "column t.a comes without COLUMN_FORMAT FIXED"}},
	{"generated columns that are not null", "mysql", "mariadb", "CREATE TABLE t (a int, g int AS (a + 1) STORED NOT NULL)", []string{"column t.g comes without NOT NULL on a generated column"}},
	{"parsers", "mysql", "mariadb", "CREATE TABLE t (a text, FULLTEXT KEY k (a) WITH PARSER ngram)", []string{"index t.k comes without the parser `ngram`"}},
	{"character sets", "mysql", "mariadb", "CREATE TABLE t (a varchar(9) CHARACTER SET gb18030)", []string{"takes the place of gb18030_chinese_ci"}},
	{"languages", "mysql", "mariadb", "CREATE TABLE t (a varchar(9) COLLATE utf8mb4_ja_0900_as_cs)", []string{"takes the place of utf8mb4_ja_0900_as_cs"}},
}

func TestWhatTheOtherServerLacksIsNoted(t *testing.T) {
	newest := map[string]testdb.Server{}
	for _, s := range testdb.Servers(t, testdb.MySQL, testdb.MariaDB) {
		newest[s.Engine] = s
	}
	for _, x := range impossibilities {
		if newest[x.source].Name == "" || newest[x.target].Name == "" {
			continue // DBSTRUCT_TEST_SERVERS wants others
		}
		t.Run(x.name, func(t *testing.T) {
			from, to := newest[x.source].Create(t), newest[x.target].Create(t)
			to.Load(t, "ALTER DATABASE COLLATE utf8mb4_unicode_ci")
			from.Load(t, "ALTER DATABASE COLLATE utf8mb4_unicode_ci;\n"+x.script)
			_, source := inspected(t, from)
			conn, target := inspected(t, to)
			_, notes := compare.Fitted(conn.Dialect(), source, target)
			var got []string
			for _, n := range notes {
				got = append(got, n.String())
			}
			for i, want := range x.notes {
				if i >= len(got) || !strings.Contains(got[i], want) {
					t.Errorf("noted: %q\nwanted: %q", got, x.notes)
					return
				}
			}
			if len(got) != len(x.notes) {
				t.Errorf("noted: %q\nwanted: %q", got, x.notes)
			}
		})
	}
}

func TestCollationsThatStandForEachOtherAreNoDifference(t *testing.T) {
	for _, source := range testdb.Servers(t, testdb.MySQL, testdb.MariaDB) {
		for _, target := range testdb.Servers(t, testdb.MySQL, testdb.MariaDB) {
			if source.Engine == target.Engine {
				continue
			}
			own := map[string]string{testdb.MySQL: "utf8mb4_0900_ai_ci", testdb.MariaDB: "utf8mb4_uca1400_ai_ci"}
			from, to := source.Create(t), target.Create(t)
			script := "CREATE TABLE t (a varchar(9), b varchar(9) COLLATE utf8mb4_bin) COLLATE "
			from.Load(t, script+own[source.Engine])
			to.Load(t, script+own[target.Engine])
			_, s := inspected(t, from)
			conn, model := inspected(t, to)
			fitted, notes := compare.Fitted(conn.Dialect(), s, model)
			if found := diff.Compare(fitted, model, diff.Options{}); !found.Equal() {
				t.Errorf("%s to %s: %v", source.Name, target.Name, found.Changes)
			}
			if !slices.ContainsFunc(notes, func(n schema.Note) bool { return strings.Contains(n.String(), "is taken for the same as") }) {
				t.Errorf("%s to %s: noted: %v", source.Name, target.Name, notes)
			}
		}
	}
}
