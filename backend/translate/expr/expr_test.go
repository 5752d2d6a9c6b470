package expr

import (
	"strings"
	"testing"
)

// spellings that a server prints, or people write, in one dialect; every pair means the same.
func TestSpellingsThatMeanTheSame(t *testing.T) {
	columns := map[string]ColumnInfo{
		"price": {Type: Type{Class: Decimal, Length: 10, Scale: 2}}, "name": {Type: Type{Class: Text, Length: 50}}, "n": {Type: Type{Class: Integer, Size: 4}},
		"active": {Type: Type{Class: Boolean}}, "day": {Type: Type{Class: Date}}, "at": {Type: Type{Class: Timestamp}}, "status": {Type: Type{Class: Enum}},
		"code": {Type: Type{Class: Char, Length: 3}},
	}
	cases := []struct {
		d    Dialect
		a, b string
	}{
		{Postgres, `((price > (0)::numeric) AND ((name)::text ~~ 'a%'::text))`, `price > 0 AND name LIKE 'a%'`},
		{Postgres, `'x'::character varying`, `'x'`},
		{Postgres, `((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`, `status IN ('a', 'b')`},
		{Postgres, `(status = ANY (ARRAY['a'::status, 'b'::status]))`, `status IN ('a', 'b')`},
		{Postgres, `n <> ALL (ARRAY[1, 2])`, `n NOT IN (1, 2)`},
		{Postgres, `now()`, `CURRENT_TIMESTAMP`},
		{Postgres, `timezone('utc'::text, now())`, `now() AT TIME ZONE 'UTC'`},
		{Postgres, `((n >= 1) AND (n <= 10))`, `n BETWEEN 1 AND 10`},
		{Postgres, `((n < 1) OR (n > 10))`, `n NOT BETWEEN 1 AND 10`},
		{Postgres, `lower((name)::text)`, `lower(name)`},
		{Postgres, `(("left"((name)::text, 2) || '-'::text) || (code)::text)`, `left(name, 2) || '-' || code::text`},
		{Postgres, `(day > '2020-01-01'::date)`, `day > '2020-01-01'`},
		{Postgres, `(at >= '2020-01-01 00:00:00'::timestamp without time zone)`, `at >= '2020-01-01'`},
		{Postgres, `NOT (n = 1 AND price IS NULL)`, `n <> 1 OR price IS NOT NULL`},
		{Postgres, `CASE WHEN (n > 0) THEN 'p'::text ELSE NULL::text END`, `CASE WHEN n > 0 THEN 'p' END`},
		{Postgres, `'1 day'::interval`, `INTERVAL '1 day'`},
		{Postgres, `EXTRACT(year FROM day)`, `date_part('year', day)`},
		{Postgres, `COALESCE(price, (0)::numeric)`, `coalesce(price, 0)`},
		{Postgres, `"substring"((name)::text, 1, 2)`, `substring(name from 1 for 2)`},
		{Postgres, `(a IS DISTINCT FROM b)`, `NOT (a IS NOT DISTINCT FROM b)`},
		{MySQL, "((`n` > 0) and (`name` like _utf8mb4'a\\'b%'))", `n > 0 AND name LIKE 'a''b%'`},
		{MySQL, "(`n` between 1 and 2)", `n >= 1 AND n <= 2`},
		{MySQL, "(0 <> `active`)", `active`},
		{MySQL, "regexp_like(`name`,_utf8mb4'^a')", `name REGEXP '^a'`},
		{MySQL, "if((`n` > 0),_utf8mb4'a',_utf8mb4'b')", `CASE WHEN n > 0 THEN 'a' ELSE 'b' END`},
		{MySQL, "ifnull(`n`,0)", `COALESCE(n, 0)`},
		{MySQL, "(`at` + interval 1 day)", `date_add(at, INTERVAL 1 DAY)`},
		{MySQL, "json_unquote(json_extract(`doc`,_utf8mb4'$.a'))", `doc->>'$.a'`},
		{MySQL, "(`n` % 2)", `mod(n, 2)`},
		{MySQL, "(`n` >= 2)", `NOT n < 2`},
		{MariaDB, "`n` = 1 and `name` is not null", "not (`n` <> 1 or `name` is null)"},
		{SQLite, `n == 1 AND name NOTNULL`, `(n = 1) AND "name" IS NOT NULL`},
		{SQLite, `iif(n > 0, 'a', 'b')`, `CASE WHEN n > 0 THEN 'a' ELSE 'b' END`},
		{SQLite, `n IN (1)`, `[n] = 1`},
	}
	scope := Scope{Columns: columns, Result: Type{}}
	for _, c := range cases {
		a, b := parse(t, c.d, c.a), parse(t, c.d, c.b)
		s := scope
		if strings.Contains(c.a, "0 <>") {
			s.Result.Class = Boolean
		}
		if !s.Equal(a, b) {
			t.Errorf("%s: not equal:\n  %s\n  %s\n  %s\n  %s", c.d, c.a, c.b, Key(s.Canonical(a)), Key(s.Canonical(b)))
		}
	}
}

func parse(t *testing.T, d Dialect, text string) Node {
	t.Helper()
	n, err := Parse(d, text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}
