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
	trees := make([]Node, len(serverCases))
	all := make([]int, len(serverCases))
	for i, c := range serverCases {
		trees[i], all[i] = parse(t, c.from, c.sql), i
	}
	run := serverRun{databases, trees}
	values := map[Dialect]map[int][]string{}
	for _, d := range dialects {
		if databases[d] != nil {
			run.store(t, d, all)
			values[d] = map[int][]string{}
			run.evaluate(t, d, all, values[d])
		}
	}
	for i, c := range serverCases {
		if databases[c.from] != nil {
			run.compare(t, i, values)
		}
	}
}

// serverRun is one run of all cases.
type serverRun struct {
	databases map[Dialect]*testdb.DB
	trees     []Node
}

type serverCase struct {
	from   Dialect
	sql    string
	result Class
	not    []Dialect // it cannot be said there
}

func (c serverCase) String() string { return string(c.from) + " " + c.sql }

func (r serverRun) print(t *testing.T, d Dialect, i int, place Place) (string, []Note) {
	t.Helper()
	c := serverCases[i]
	var notes []Note
	text, err := Print(d, r.trees[i], PrintOptions{Scope: sampleScope(d, c.result), From: c.from, Place: place, Note: func(n Note) { notes = append(notes, n) }})
	if err != nil {
		t.Errorf("%s for %s: %v", c, d, err)
	}
	return text, notes
}

// said are the cases that can be said in a dialect.
func said(d Dialect, cases []int) []int {
	return slices.DeleteFunc(slices.Clone(cases), func(i int) bool { return slices.Contains(serverCases[i].not, d) })
}

// store lets a server store the expressions in one table and reads back what it made of them. If it refuses the table, halves
// of it are tried, down to the expressions that it refuses.
func (r serverRun) store(t *testing.T, d Dialect, cases []int) {
	t.Helper()
	var more []string
	texts := map[string]string{}
	cases = said(d, cases)
	for _, i := range cases {
		c := serverCases[i]
		g, check := fmt.Sprint("g", i), fmt.Sprint("c", i)
		texts[g], _ = r.print(t, d, i, Generated)
		names := resultNames[c.result]
		more = append(more, g+" "+columnType(d, names[0], names[1], names[2])+" GENERATED ALWAYS AS ("+texts[g]+") STORED")
		if c.result == Boolean {
			texts[check], _ = r.print(t, d, i, Check)
			more = append(more, "CONSTRAINT "+check+" CHECK ("+texts[check]+")")
		}
	}
	slices.SortStableFunc(more, func(a, b string) int { return strings.Compare(b[:1], a[:1]) }) // columns first
	if err := r.databases[d].ExecContext(t.Context(), sampleTable(d, "kept", strings.Join(more, ", "))); err != nil {
		if len(cases) == 1 {
			t.Errorf("%s: %v", serverCases[cases[0]], err)
			return
		}
		r.store(t, d, cases[:len(cases)/2])
		r.store(t, d, cases[len(cases)/2:])
		return
	}
	stored := texts // SQLite keeps the text
	if d != SQLite {
		stored = reprints(t, r.databases[d], d)
	}
	for _, i := range cases {
		for _, place := range []string{fmt.Sprint("g", i), fmt.Sprint("c", i)} {
			if texts[place] != "" {
				checkReprint(t, d, serverCases[i], texts[place], stored[place])
			}
		}
	}
	r.databases[d].Exec(t, "DROP TABLE kept")
}

func checkReprint(t *testing.T, d Dialect, c serverCase, text, stored string) {
	t.Helper()
	scope := sampleScope(d, c.result)
	printed := parse(t, d, text)
	again, err := Parse(d, stored)
	if err != nil {
		t.Errorf("%s: reading back from %s: %v\nstored: %s", c, d, err, stored)
		return
	}
	if !scope.Equal(printed, again) {
		t.Errorf("%s: %s stores something else:\nprinted: %s\nstored:  %s\n%s\n%s", c, d, text, stored, Key(scope.Canonical(printed)), Key(scope.Canonical(again)))
	}
}

// reprints are the expressions of the table as its server prints them, by the names of columns and constraints.
func reprints(t *testing.T, db *testdb.DB, d Dialect) map[string]string {
	t.Helper()
	found := map[string]string{}
	if d == Postgres {
		for _, r := range db.QueryStrings(t, `SELECT attname, pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
			WHERE adrelid = 'kept'::regclass UNION ALL
			SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = 'kept'::regclass AND contype = 'c'`) {
			found[r[0]] = r[1]
		}
		return found
	}
	create := db.QueryStrings(t, "SHOW CREATE TABLE kept")[0][1]
	for line := range strings.SplitSeq(create, "\n") {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		if name, rest, ok := strings.Cut(line, "GENERATED ALWAYS AS ("); ok {
			found[strings.Split(name, "`")[1]] = rest[:strings.LastIndex(rest, ") STORED")]
		} else if name, rest, ok := strings.Cut(line, " CHECK ("); ok && strings.HasPrefix(line, "CONSTRAINT") {
			found[strings.Split(name, "`")[1]] = strings.TrimSuffix(rest, ")")
		}
	}
	return found
}

// evaluate finds the values of the expressions over the sample rows; of those of this dialect as they are written. An
// expression of which the server refuses some value has none.
func (r serverRun) evaluate(t *testing.T, d Dialect, cases []int, values map[int][]string) {
	t.Helper()
	cases = said(d, cases)
	var list []string
	for _, i := range cases {
		text := serverCases[i].sql
		if serverCases[i].from != d {
			text, _ = r.print(t, d, i, Generated)
		}
		if d == SQLite {
			list = append(list, "("+text+")")
		} else {
			list = append(list, "CAST(("+text+") AS "+columnType(d, "text", "char", "")+")")
		}
	}
	rows, err := r.databases[d].QueryStringsContext(t.Context(), "SELECT "+strings.Join(list, ", ")+" FROM sample ORDER BY id")
	if err != nil {
		if len(cases) > 1 {
			r.evaluate(t, d, cases[:len(cases)/2], values)
			r.evaluate(t, d, cases[len(cases)/2:], values)
			return
		}
		if _, notes := r.print(t, d, cases[0], Generated); !explains(notes, NoteDivisionByZero) {
			t.Errorf("%s: %v", serverCases[cases[0]], err)
		}
		return
	}
	for n, i := range cases {
		for _, row := range rows {
			values[i] = append(values[i], row[n])
		}
	}
}

// compare compares the values of one expression.
func (r serverRun) compare(t *testing.T, i int, values map[Dialect]map[int][]string) {
	t.Helper()
	c := serverCases[i]
	wanted := values[c.from][i]
	for _, d := range dialects {
		got := values[d][i]
		if got == nil || wanted == nil {
			continue
		}
		text, notes := r.print(t, d, i, Generated)
		tolerance := 1e-9
		if explains(notes, NoteDivisionScale) {
			tolerance = 1e-3
		}
		for row := range wanted {
			if !sameValue(wanted[row], got[row], tolerance) && !explains(notes) {
				t.Errorf("%s, row %d: %s, but %s in %s, without a note:\n%s", c, row+1, wanted[row], got[row], d, text)
			}
		}
	}
}

// explains tells that a note says values may differ: one of the codes, or any but those that are about other values than the
// sample's.
func explains(notes []Note, codes ...Code) bool {
	return slices.ContainsFunc(notes, func(n Note) bool {
		if len(codes) > 0 {
			return slices.Contains(codes, n.Code)
		}
		return n.Code != NoteDivisionScale
	})
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
