package expr

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

// What means different things is never equal, however alike it looks.
func TestSpellingsThatMeanDifferentThingsStayApart(t *testing.T) {
	scope := sampleScope(Postgres, Unknown)
	for _, c := range []struct {
		d    Dialect
		a, b string
	}{
		{Postgres, `a / 2`, `a / (2)::numeric`},
		{Postgres, `a / b`, `(a)::numeric / b`},
		{Postgres, `(a)::numeric / (b)::numeric`, `a / b`},
		{Postgres, `1.0`, `1.00`},
		{Postgres, `s = '1'`, `s = '01'`},
		{Postgres, `(a)::text = '1'::text`, `a = 1`},
		{Postgres, `unknown::text = 'x'`, `unknown = 'x'`},
		{Postgres, `lower((doc)::text)`, `lower(doc)`},
		{Postgres, `a = 1 OR b = 2`, `b = 2 OR a = 1`},
		{Postgres, `a + b`, `b + a`},
		{Postgres, `(a = 1 AND b = 2) OR d = 3`, `a = 1 AND (b = 2 OR d = 3)`},
		{Postgres, `a - (b - 1)`, `a - b - 1`},
		{Postgres, `flag IS TRUE`, `flag`},
		{Postgres, `NOT (a < b)`, `a > b`},
		{Postgres, `a <> b`, `a IS DISTINCT FROM b`},
		{Postgres, `NOT (a = ANY (ARRAY[1, 2]))`, `a <> ANY (ARRAY[1, 2])`},
		{Postgres, `random() >= 1 AND random() <= 2`, `random() BETWEEN 1 AND 2`},
		{Postgres, `a >= 1 AND b <= 2`, `a BETWEEN 1 AND 2`},
		{Postgres, `s LIKE 'a%'`, `s ILIKE 'a%'`},
		{Postgres, `s LIKE 'a\%'`, `s LIKE 'a\%' ESCAPE '!'`},
		{Postgres, `s ~ 'a'`, `s ~* 'a'`},
		{Postgres, `'abc'::varchar(2)`, `'abc'`},
		{Postgres, `at >= '2020-01-01 12:00:00'::date`, `at >= '2020-01-01 12:00:00'::timestamp`},
		{Postgres, `"X"`, `x`},
		{Postgres, `CURRENT_TIMESTAMP(3)`, `CURRENT_TIMESTAMP`},
		{Postgres, `now()`, `LOCALTIMESTAMP`},
		{Postgres, `'1 day'::interval`, `'24:00:00'::interval`},
		{Postgres, `'1 mon'::interval`, `'30 days'::interval`},
		{Postgres, `concat(s, st)`, `s || st`},
		{Postgres, `doc -> 'a'`, `doc ->> 'a'`},
		{Postgres, `CASE a WHEN 1 THEN 2 END`, `CASE WHEN a = 1 THEN 3 END`},
		{Postgres, `coalesce(a, b)`, `coalesce(b, a)`},
		{Postgres, `a COLLATE "C" < s`, `a < s`},
		{Postgres, `f = 0.1`, `f = (0.1)::real`},
		{MySQL, `concat(s, st)`, `concat_ws('', s, st)`},
		{MySQL, `length(s)`, `char_length(s)`},
		{MySQL, `a / 2`, `a DIV 2`},
		{MySQL, `'a' || 'b'`, `concat('a', 'b')`},
		{MySQL, `a & b`, `a && b`},
		{MySQL, `x'41'`, `'A'`},
		{MySQL, `a IN (1, NULL)`, `a IN (1)`},
		{SQLite, `s`, `s <> 0`},
		{SQLite, `a IS b`, `a = b`},
		{SQLite, `max(a, b)`, `min(a, b)`},
		{SQLite, `"a"`, `'a'`},
	} {
		a, b := parse(t, c.d, c.a), parse(t, c.d, c.b)
		for _, s := range []Scope{{}, scope, {Columns: scope.Columns, Result: Type{Class: Boolean}}} {
			if s.Equal(a, b) {
				t.Errorf("%s: taken for equal:\n  %s\n  %s\n  %s", c.d, c.a, c.b, Key(s.Canonical(a)))
			}
		}
	}
}

func TestDefaultsAreWrittenAsTheTargetWantsThem(t *testing.T) {
	for _, c := range []struct {
		from   Dialect
		text   string
		to     Dialect
		column Type
		want   string
		notes  []Code
	}{
		{MySQL, `'0'`, Postgres, Type{Class: Boolean}, "FALSE", nil},
		{MySQL, `b'1'`, Postgres, Type{Class: Boolean}, "TRUE", nil},
		{MySQL, `1`, Postgres, Type{Class: Integer, Size: 2}, "1", nil},
		{MySQL, `'12.50'`, Postgres, Type{Class: Decimal, Length: 10, Scale: 2}, "12.50", nil},
		{MySQL, `CURRENT_TIMESTAMP(3)`, Postgres, Type{Class: Timestamp, Length: 3}, "CURRENT_TIMESTAMP(3)", nil},
		{MySQL, `'it\'s \\ \n'`, Postgres, Type{Class: Text}, "'it''s \\ \n'", nil},
		{MySQL, `x'CAFE'`, Postgres, Type{Class: Bytea}, `'\xcafe'::bytea`, nil},
		{MySQL, `(uuid())`, Postgres, Type{Class: Text, Length: 36}, "gen_random_uuid()", []Code{NoteUUIDVersion}},
		{MySQL, `(curdate())`, SQLite, Type{Class: Date}, "CURRENT_DATE", []Code{NoteNowZone}},
		{MySQL, `CURRENT_TIMESTAMP(6)`, SQLite, Type{Class: Timestamp, Length: 6}, "CURRENT_TIMESTAMP", []Code{NoteNowZone, NoteNowPrecision}},
		{Postgres, `now()`, MySQL, Type{Class: Timestamp, Length: 6}, "CURRENT_TIMESTAMP(6)", nil},
		{Postgres, `now()`, MySQL, Type{Class: Timestamp}, "CURRENT_TIMESTAMP", nil},
		{Postgres, `CURRENT_DATE`, MySQL, Type{Class: Date}, "(curdate())", nil},
		{Postgres, `now()`, MySQL, Type{Class: Date}, "(curdate())", nil},
		{Postgres, `timezone('utc'::text, now())`, MySQL, Type{Class: Timestamp}, "(utc_timestamp())", nil},
		{Postgres, `timezone('utc'::text, now())`, SQLite, Type{Class: Timestamp}, "CURRENT_TIMESTAMP", nil},
		{Postgres, `'active'::public.status`, MySQL, Type{Class: Enum}, "'active'", nil},
		{Postgres, `'x'::character varying`, MySQL, Type{Class: Text, Length: 10}, "'x'", nil},
		{Postgres, `'x'::text`, MySQL, Type{Class: Text}, "('x')", nil},
		{Postgres, `'{}'::jsonb`, MySQL, Type{Class: JSON}, "('{}')", nil},
		{Postgres, `'{}'::jsonb`, SQLite, Type{Class: JSON}, "'{}'", nil},
		{Postgres, `'2020-01-01'::date`, MySQL, Type{Class: Date}, "'2020-01-01'", nil},
		{Postgres, `true`, MySQL, Type{Class: Boolean}, "TRUE", nil},
		{Postgres, `gen_random_uuid()`, MySQL, Type{Class: UUID}, "(uuid())", []Code{NoteUUIDVersion}},
		{Postgres, `(0)::numeric`, SQLite, Type{Class: Decimal}, "0", nil},
		{Postgres, `'-5'::integer`, SQLite, Type{Class: Integer}, "-5", nil},
		{Postgres, `(1 + 2)`, SQLite, Type{Class: Integer}, "(1 + 2)", nil},
		{SQLite, `CURRENT_TIMESTAMP`, Postgres, Type{Class: Timestamp}, "CURRENT_TIMESTAMP", []Code{NoteNowZone}},
		{SQLite, `(datetime('now'))`, MySQL, Type{Class: Timestamp}, "CURRENT_TIMESTAMP", []Code{NoteNowZone}},
		{SQLite, `(lower(hex(1)))`, SQLite, Type{Class: Text}, "(lower(hex(1)))", nil},
		{MariaDB, `current_timestamp()`, MySQL, Type{Class: TimestampTZ}, "CURRENT_TIMESTAMP", nil},
		{MariaDB, `'a\\b'`, SQLite, Type{Class: Text}, `'a\b'`, nil},
	} {
		var notes []Code
		text, err := Print(c.to, parse(t, c.from, c.text), PrintOptions{
			Scope: Scope{Result: c.column}, From: c.from, Place: Default, Note: func(n Note) { notes = append(notes, n.Code) },
		})
		if err != nil || text != c.want || !slices.Equal(notes, c.notes) {
			t.Errorf("%s %s in %s: %s %v %v, want %s %v", c.from, c.text, c.to, text, notes, err, c.want, c.notes)
		}
	}
}

func TestWhatHasNoCounterpartIsNamed(t *testing.T) {
	for _, c := range []struct {
		from Dialect
		text string
		to   Dialect
		kind Kind
		name string
	}{
		{Postgres, `nextval('s'::regclass)`, MySQL, KindFunction, "nextval"},
		{Postgres, `public.my_function(a)`, MySQL, KindFunction, "public.my_function"},
		{Postgres, `s ~ '^a'`, SQLite, KindOperator, "REGEXP"},
		{Postgres, `doc @> '{"a": 1}'::jsonb`, MySQL, KindOperator, "@>"},
		{Postgres, `ARRAY[1, 2]`, MySQL, KindConstruct, "ARRAY[…]"},
		{Postgres, `a::inet`, SQLite, KindType, "inet"},
		{Postgres, `to_tsvector('english', s)`, MariaDB, KindFunction, "to_tsvector"},
		{MySQL, `st_distance(a, b)`, Postgres, KindFunction, "st_distance"},
		{MySQL, `uuid_to_bin(a)`, MariaDB, KindFunction, "uuid_to_bin"},
		{MySQL, `interval 1 day_hour + at`, Postgres, KindConstruct, "INTERVAL … day_hour"},
		{MySQL, `'0000-00-00'`, Postgres, KindConstruct, "the date 0000-00-00"},
		{MySQL, `md5(s)`, SQLite, KindFunction, "md5"},
		{SQLite, `julianday(day)`, Postgres, KindFunction, "julianday"},
		{SQLite, `s REGEXP 'a'`, SQLite, "", ""},
	} {
		scope := sampleScope(c.to, Unknown)
		if c.kind == KindConstruct && c.from == MySQL {
			scope.Result.Class = Timestamp
		}
		_, err := Print(c.to, parse(t, c.from, c.text), PrintOptions{Scope: scope, From: c.from})
		var refused *Untranslatable
		switch {
		case c.kind == "" && err != nil:
			t.Errorf("%s %s for %s: %v", c.from, c.text, c.to, err)
		case c.kind != "" && (!errors.As(err, &refused) || refused.Kind != c.kind || refused.Name != c.name || refused.Dialect != c.to):
			t.Errorf("%s %s for %s: %v, want %s %s", c.from, c.text, c.to, err, c.kind, c.name)
		}
	}
}

func TestLossesAreNoted(t *testing.T) {
	for _, c := range []struct {
		from Dialect
		text string
		to   Dialect
		want string
	}{
		{MySQL, `s LIKE 'a%'`, Postgres, "[{like-case [a%]}]"},
		{MySQL, `s LIKE '%@%'`, Postgres, "[]"},
		{Postgres, `s LIKE 'A%'`, SQLite, "[{like-case [A%]}]"},
		{Postgres, `a / b`, MySQL, "[{division-by-zero [a / b]}]"},
		{Postgres, `x / 2`, MySQL, "[{division-type [x / 2]}]"},
		{Postgres, `d / 4`, SQLite, "[{division-scale [d / 4]}]"},
		{Postgres, `lower(s)`, SQLite, "[{ascii-case [lower]}]"},
		{Postgres, `left(s, a)`, MySQL, "[{substring-start [left]}]"},
		{Postgres, `btrim(s, 'xy')`, MySQL, "[{trim-set [xy]}]"},
		{Postgres, `btrim(s, 'x')`, MySQL, "[]"},
		{Postgres, `s ~ '(?i)^a\M'`, MySQL, `[{regex-dialect [(?i)^a\M]}]`},
		{Postgres, `doc ->> 'a'`, MySQL, "[{json-text [doc ->> 'a']}]"},
		{Postgres, `s COLLATE "de_DE"`, MySQL, "[{collation-dropped [de_DE]}]"},
		{Postgres, `s COLLATE "C"`, SQLite, "[]"},
		{MySQL, `s + 1`, Postgres, "[{text-to-number [`s`]}]"},
		{MySQL, `a | b`, Postgres, "[{bit-operation [|]}]"},
		{MySQL, `day + interval 1 month`, SQLite, "[{interval-months [month]}]"},
		{MySQL, `a % 2 = 0 and st in ('a')`, Postgres, "[]"},
		{MariaDB, `s regexp 'a'`, MySQL, "[]"},
	} {
		notes := []Note{}
		if _, err := Print(c.to, parse(t, c.from, c.text), PrintOptions{Scope: sampleScope(c.to, Unknown), From: c.from, Note: func(n Note) { notes = append(notes, n) }}); err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
		if got := fmt.Sprint(notes); got != c.want {
			t.Errorf("%s %s in %s: %s, want %s", c.from, c.text, c.to, got, c.want)
		}
	}
}

func TestColumnsAreFoundAndRenamed(t *testing.T) {
	n := parse(t, MySQL, "`t`.`First Name` = concat(b, 'b', `B`) and b > 0")
	if got := fmt.Sprint(Columns(n)); got != "[First Name b B]" {
		t.Error(got)
	}
	renamed := Rename(n, map[string]string{"first name": "first_name", "b": "order"})
	text, err := Print(Postgres, renamed, PrintOptions{From: MySQL})
	if want := `first_name = "order" || 'b' || "order" AND "order" > 0`; text != want || err != nil {
		t.Error(text, err)
	}
	if again, _ := Print(MySQL, n, PrintOptions{From: MySQL}); again != "`t`.`First Name` = concat(`b`, 'b', `B`) AND `b` > 0" {
		t.Error("the original has changed:", again)
	}
}

func TestWhatIsNoScalarExpressionIsRefused(t *testing.T) {
	for _, c := range []struct {
		d    Dialect
		text string
	}{
		{Postgres, ``},
		{Postgres, `a +`},
		{Postgres, `(SELECT 1)`},
		{Postgres, `EXISTS (SELECT 1)`},
		{Postgres, `count(*)`},
		{Postgres, `a; b`},
		{Postgres, `$1`},
		{Postgres, `'a`},
		{Postgres, `a /* b`},
		{Postgres, `sum(a) OVER ()`},
		{MySQL, `count(distinct a)`},
		{MySQL, `a = (select 1)`},
		{MySQL, `1a`},
		{MySQL, `@x`},
		{SQLite, `a b`},
		{SQLite, `?1`},
		{SQLite, `[a`},
		{"oracle", `a`},
		{Postgres, `a ~`},
		{MySQL, `case when 1 end`},
		{SQLite, `a IN (SELECT 1)`},
		{SQLite, `a IN t`},
	} {
		n, err := Parse(c.d, c.text)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%s: %q is read as %v, %v", c.d, c.text, n, err)
		}
	}
}
