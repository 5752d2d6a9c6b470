package expr

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// testServers are the servers that expressions are tried on, one of each dialect.
var testServers = map[Dialect]string{Postgres: "postgres17", MySQL: "mysql9.7", MariaDB: "mariadb11.8", SQLite: "sqlite"}

var dialects = []Dialect{Postgres, MySQL, MariaDB, SQLite}

// sampleColumns are the columns of the sample table in each dialect.
var sampleColumns = []struct {
	name, postgres, mysql, sqlite string
	notNull                       bool
}{
	{"id", "integer", "int", "integer", true},
	{"a", "integer", "int", "integer", false},
	{"b", "integer", "int", "integer", false},
	{"d", "numeric(10,2)", "decimal(10,2)", "numeric", false},
	{"f", "double precision", "double", "real", false},
	{"s", "varchar(50)", "varchar(50)", "text", false},
	{"st", "varchar(10)", "varchar(10)", "text", true},
	{"flag", "boolean", "tinyint(1)", "boolean", false},
	{"day", "date", "date", "date", false},
	{"other day", "date", "date", "date", false},
	{"at", "timestamp", "datetime", "datetime", false},
	{"doc", "jsonb", "json", "text", false},
}

const sampleRows = `
(1, 7, 2, 10.50, 1.5, 'abc', 'a', TRUE, '2024-02-29', '2024-01-31', '2024-02-29 13:45:10', '{"a": "x", "n": {"m": "deep"}, "list": [1, 2, 3], "num": 5}'),
(2, -7, 2, -10.50, -1.5, 'ABC', 'b', FALSE, '2023-12-31', '2024-01-01', '2023-12-31 23:59:59', '{"a": "y"}'),
(3, 0, 5, 0.00, 0.0, '', 'c', TRUE, '2020-01-05', '2020-01-05', '2020-01-05 00:00:00', '{}'),
(4, NULL, NULL, NULL, NULL, NULL, 'a', NULL, NULL, NULL, NULL, NULL),
(5, 5, 0, 2.25, 2.0, ' padded ', 'b', FALSE, '2021-06-15', NULL, '2021-06-15 06:07:08', '{"a": "1"}'),
(6, 12, 5, 10.00, 4.0, 'a%c_d', 'c', NULL, '2022-10-10', '2022-10-01', '2022-10-10 10:10:10', '{"a": null}'),
(7, 100, -3, 99.99, 0.25, 'it''s é-mail@example.com', 'a', TRUE, '1999-07-04', '2001-01-01', '1999-07-04 12:00:00', '{"n": {"m": "q"}}');`

// columnType is the type of a sample column, or a result, in a dialect.
func columnType(d Dialect, postgres, mysql, sqlite string) string {
	switch d {
	case Postgres:
		return postgres
	case SQLite:
		return sqlite
	}
	return mysql
}

// sampleTable is CREATE TABLE of the sample table with something more in it.
func sampleTable(d Dialect, name, more string) string {
	var parts []string
	for _, c := range sampleColumns {
		part := QuoteIdent(d, c.name) + " " + columnType(d, c.postgres, c.mysql, c.sqlite)
		if c.notNull {
			part += " NOT NULL"
		}
		parts = append(parts, part)
	}
	if more != "" {
		parts = append(parts, more)
	}
	return "CREATE TABLE " + name + " (" + strings.Join(parts, ", ") + ")"
}

func sampleScope(d Dialect, result Class) Scope {
	s := Scope{Columns: map[string]ColumnInfo{}, Result: resultType(d, result)}
	for _, c := range sampleColumns {
		t := TypeOf(d, columnType(d, c.postgres, c.mysql, c.sqlite))
		if c.name == "doc" {
			t.Class = JSON
		}
		s.Columns[c.name] = ColumnInfo{Type: t, NotNull: c.notNull}
	}
	return s
}

// resultNames are types that take each class of results.
var resultNames = map[Class][3]string{
	Boolean: {"boolean", "tinyint(1)", "boolean"}, Integer: {"bigint", "bigint", "integer"}, Decimal: {"numeric(20,6)", "decimal(20,6)", "numeric"},
	Float: {"double precision", "double", "real"}, Text: {"varchar(200)", "varchar(200)", "text"}, Date: {"date", "date", "date"},
	Timestamp: {"timestamp", "datetime", "datetime"},
}

func resultType(d Dialect, c Class) Type {
	n := resultNames[c]
	return TypeOf(d, columnType(d, n[0], n[1], n[2]))
}

// Every expression, said in every dialect, is taken by its server as a generated column and as a CHECK; what the server
// stores means the same to this package; and its values are the same as in the dialect it came from, or a note says that they
// might not be.
func TestTranslatedExpressionsMeanTheSameOnRealServers(t *testing.T) {
	databases := map[Dialect]*testdb.DB{}
	for _, s := range testdb.Servers(t, testdb.Postgres, testdb.MySQL, testdb.MariaDB, testdb.SQLite) {
		if d := Dialect(s.Engine); testServers[d] == s.Name {
			databases[d] = s.Create(t)
			databases[d].Exec(t, sampleTable(d, "sample", ""))
			databases[d].Exec(t, "INSERT INTO sample VALUES "+sampleRows)
		}
	}
	for i, c := range serverCases {
		t.Run(fmt.Sprintf("%s %s", c.from, c.sql), func(t *testing.T) {
			n := parse(t, c.from, c.sql)
			for _, d := range dialects {
				if db := databases[d]; db != nil && !slices.Contains(c.not, d) {
					tryOn(t, db, d, fmt.Sprint("x", i), c, n)
				}
			}
			if source := databases[c.from]; source != nil {
				compareValues(t, databases, c, n)
			}
		})
	}
}

type serverCase struct {
	from   Dialect
	sql    string
	result Class
	not    []Dialect // it cannot be said there
}

func printFor(t *testing.T, d Dialect, c serverCase, n Node) (string, []Note) {
	t.Helper()
	var notes []Note
	text, err := Print(d, n, PrintOptions{Scope: sampleScope(d, c.result), From: c.from, Place: Generated, Note: func(n Note) { notes = append(notes, n) }})
	if err != nil {
		t.Errorf("printing for %s: %v", d, err)
	}
	return text, notes
}

// tryOn lets a server store the expression and reads back what it made of it.
func tryOn(t *testing.T, db *testdb.DB, d Dialect, table string, c serverCase, n Node) {
	t.Helper()
	text, _ := printFor(t, d, c, n)
	if text == "" {
		return
	}
	names := resultNames[c.result]
	more := "g " + columnType(d, names[0], names[1], names[2]) + " GENERATED ALWAYS AS (" + text + ") STORED"
	if c.result == Boolean {
		more += ", CHECK (" + text + ")"
	}
	if err := db.ExecContext(t.Context(), sampleTable(d, table, more)); err != nil {
		t.Errorf("%s: %s\n%v", d, text, err)
		return
	}
	defer db.Exec(t, "DROP TABLE "+table)
	for place, stored := range reprints(t, db, d, table) {
		scope := sampleScope(d, c.result)
		printed := parse(t, d, text)
		again, err := Parse(d, stored)
		if err != nil {
			t.Errorf("%s: reading back the %s: %v\nstored: %s", d, place, err, stored)
			continue
		}
		if !scope.Equal(printed, again) {
			t.Errorf("%s: the %s is stored as something else:\nprinted: %s\nstored:  %s\n%s\n%s", d, place, text, stored, Key(scope.Canonical(printed)), Key(scope.Canonical(again)))
		}
	}
}

// reprints are the expressions of a table as its server prints them.
func reprints(t *testing.T, db *testdb.DB, d Dialect, table string) map[string]string {
	t.Helper()
	found := map[string]string{}
	if d == Postgres {
		rows := db.QueryStrings(t, "SELECT 'generated', pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = '"+table+"'::regclass UNION ALL "+
			"SELECT 'check', pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = '"+table+"'::regclass AND contype = 'c'")
		for _, r := range rows {
			found[r[0]] = r[1]
		}
		return found
	}
	if d == SQLite {
		sql := db.QueryStrings(t, "SELECT sql FROM sqlite_schema WHERE name = '"+table+"'")[0][0]
		_, rest, _ := strings.Cut(sql, "GENERATED ALWAYS AS (")
		found["generated"], _, _ = strings.Cut(rest, ") STORED")
		return found
	}
	create := db.QueryStrings(t, "SHOW CREATE TABLE "+table)[0][1]
	for line := range strings.SplitSeq(create, "\n") {
		line = strings.TrimSuffix(line, ",")
		if _, rest, ok := strings.Cut(line, "GENERATED ALWAYS AS ("); ok {
			found["generated"] = rest[:strings.LastIndex(rest, ") STORED")]
		} else if _, rest, ok := strings.Cut(line, " CHECK ("); ok {
			found["check"] = strings.TrimSuffix(rest, ")")
		}
	}
	return found
}

// compareValues evaluates the expression over the sample rows in all dialects.
func compareValues(t *testing.T, databases map[Dialect]*testdb.DB, c serverCase, n Node) {
	t.Helper()
	wanted, err := evaluate(t, databases[c.from], c.from, c.sql)
	if err != nil {
		t.Error(err)
		return
	}
	for _, d := range dialects {
		if databases[d] == nil || slices.Contains(c.not, d) {
			continue
		}
		text, notes := printFor(t, d, c, n)
		got, err := evaluate(t, databases[d], d, text)
		if err != nil {
			if !explains(notes, NoteDivisionByZero) {
				t.Errorf("%s: %v", d, err)
			}
			continue
		}
		tolerance := 1e-9
		if explains(notes, NoteDivisionScale) {
			tolerance = 1e-3
		}
		for i := range wanted {
			if !sameValue(wanted[i], got[i], tolerance) && !explains(notes) {
				t.Errorf("row %d: %s in %s, %s in %s, without a note:\n%s", i+1, wanted[i], c.from, got[i], d, text)
			}
		}
	}
}

// explains tells that a note says values may differ: one of the codes, or any but those about the number of digits.
func explains(notes []Note, codes ...Code) bool {
	return slices.ContainsFunc(notes, func(n Note) bool {
		if len(codes) > 0 {
			return slices.Contains(codes, n.Code)
		}
		return n.Code != NoteDivisionScale && n.Code != NoteASCIICase
	})
}

func evaluate(t *testing.T, db *testdb.DB, d Dialect, text string) ([]string, error) {
	t.Helper()
	query := "SELECT CAST((" + text + ") AS " + columnType(d, "text", "char", "text") + ") FROM sample ORDER BY id"
	if d == SQLite {
		query = "SELECT (" + text + ") FROM sample ORDER BY id"
	}
	rows, err := db.QueryStringsContext(t.Context(), query)
	values := make([]string, len(rows))
	for i, r := range rows {
		values[i] = r[0]
	}
	return values, err
}

// sameValue compares values as texts; numbers by their value, and true and false as 1 and 0.
func sameValue(a, b string, tolerance float64) bool {
	plain := strings.NewReplacer("true", "1", "false", "0")
	a, b = plain.Replace(a), plain.Replace(b)
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err1 == nil && err2 == nil {
		return math.Abs(x-y) <= tolerance*max(1, math.Abs(x))
	}
	return a == b
}
