package postgres

import (
	"strings"
	"testing"
)

func TestStripParensTakesOnlyThoseAroundTheWhole(t *testing.T) {
	for in, want := range map[string]string{
		"(a > 0)":                   "a > 0",
		"((a > 0))":                 "a > 0",
		"(a > 0) AND (b > 0)":       "(a > 0) AND (b > 0)",
		"((a > 0) AND (b > 0))":     "(a > 0) AND (b > 0)",
		"f(a)":                      "f(a)",
		"(a = ')'::text)":           "a = ')'::text",
		`("a)" = 1)`:                `"a)" = 1`,
		`(a = E'\\')'::text)`:       `(a = E'\\')'::text)`,
		`(a = E'it''s \\ )'::text)`: `a = E'it''s \\ )'::text`,
		"()":                        "()",
		"":                          "",
		"(":                         "(",
	} {
		if got := stripParens(in); got != want {
			t.Errorf("stripParens(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIndexDefinitionIsTakenApart(t *testing.T) {
	definition := `CREATE INDEX "a USING (" ON ONLY s."t (" USING btree (lower((a)::text) COLLATE "C" text_pattern_ops DESC NULLS LAST, ((x || ', '::text)), s.f(b)) INCLUDE (c) WHERE (a = ')'::text)`
	parts := indexDefinitionParts(definition)
	want := []string{`lower((a)::text) COLLATE "C" text_pattern_ops DESC NULLS LAST`, `((x || ', '::text))`, `s.f(b)`}
	if strings.Join(parts, "|") != strings.Join(want, "|") {
		t.Fatalf("parts: %q", parts)
	}
	for n, c := range []struct {
		expression        string
		collated, classed bool
	}{{"lower((a)::text)", true, true}, {"((x || ', '::text))", false, false}, {"s.f(b)", false, false}} {
		collated, classed := decorations(parts, n, c.expression)
		if collated != c.collated || classed != c.classed {
			t.Errorf("%s: collated %v, classed %v", c.expression, collated, classed)
		}
	}
}

func TestTablespaceStandsBeforeThePredicate(t *testing.T) {
	got := withTablespace(`CREATE INDEX i ON v USING btree (a) WHERE (a > 0)`, "fast")
	if want := `CREATE INDEX i ON v USING btree (a) TABLESPACE fast WHERE (a > 0)`; got != want {
		t.Errorf("got %s", got)
	}
}

func TestColumnsOfStatisticsAreSorted(t *testing.T) {
	got := sortedStatistics(`CREATE STATISTICS s."a ON b" (mcv) ON z, (lower(b)), a FROM s.t`)
	if want := `CREATE STATISTICS s."a ON b" (mcv) ON (lower(b)), a, z FROM s.t`; got != want {
		t.Errorf("got %s", got)
	}
}

func TestArraysAreReadAsTheServerWritesThem(t *testing.T) {
	for in, want := range map[string][]string{
		"{}":                     nil,
		"{a,b}":                  {"a", "b"},
		`{"a,b","c\"d\\e",NULL}`: {"a,b", `c"d\e`, ""},
		`{"NULL",""}`:            {"NULL", ""},
	} {
		if got := parseArray(in); strings.Join(got, "|") != strings.Join(want, "|") || len(got) != len(want) {
			t.Errorf("parseArray(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestViewsOfOneTableLoseItsName(t *testing.T) {
	for in, want := range map[string]string{
		" SELECT users.id,\n    users.\"Name\" AS nm\n   FROM app.users\n  WHERE (users.n > 1)":                   " SELECT id,\n    \"Name\" AS nm\n   FROM app.users\n  WHERE (n > 1)",
		" SELECT u.id\n   FROM app.users u":                                                                       " SELECT id\n   FROM app.users u",
		" SELECT u.*::text\n   FROM app.users u":                                                                  " SELECT u.*::text\n   FROM app.users u",
		" SELECT a.id\n   FROM (app.a\n     JOIN app.b ON ((b.id = a.id)))":                                       " SELECT a.id\n   FROM (app.a\n     JOIN app.b ON ((b.id = a.id)))",
		" SELECT a.id\n   FROM a,\n    b":                                                                         " SELECT a.id\n   FROM a,\n    b",
		" SELECT a.id\n   FROM a\nUNION\n SELECT b.id\n   FROM b":                                                 " SELECT a.id\n   FROM a\nUNION\n SELECT b.id\n   FROM b",
		" SELECT a.id\n   FROM a\n  WHERE (EXISTS ( SELECT 1\n           FROM b\n          WHERE (b.id = a.id)))": " SELECT id\n   FROM a\n  WHERE (EXISTS ( SELECT 1\n           FROM b\n          WHERE (b.id = a.id)))",
		" SELECT x.id\n   FROM ( SELECT a.id\n           FROM a) x":                                               " SELECT id\n   FROM ( SELECT a.id\n           FROM a) x",
		" SELECT app.f(app.id) AS f, 'app.id'::app.t AS t\n   FROM public.app":                                    " SELECT app.f(id) AS f, 'app.id'::app.t AS t\n   FROM public.app",
		" SELECT a.b AS c, a.c AS d\n   FROM a\n  ORDER BY a.c, a.b":                                              " SELECT b AS c, c AS d\n   FROM a\n  ORDER BY a.c, b",
		" SELECT g.g\n   FROM generate_series(1, 2) g(g)":                                                         " SELECT g\n   FROM generate_series(1, 2) g(g)",
		" SELECT now() AS now":                             " SELECT now() AS now",
		` SELECT "a ""b"."c ""." AS d FROM public."a ""b"`: ` SELECT "c ""." AS d FROM public."a ""b"`,
		" WITH c AS (\n         SELECT a.id\n           FROM a\n        )\n SELECT c.id\n   FROM c": " WITH c AS (\n         SELECT a.id\n           FROM a\n        )\n SELECT id\n   FROM c",
	} {
		if got := unqualified(in); got != want {
			t.Errorf("unqualified(%q)\n got  %q\n want %q", in, got, want)
		}
	}
}

func TestMultirangesAreNamedAsTheServerDoes(t *testing.T) {
	for in, want := range map[string]string{
		"floatrange": "floatmultirange", "span": "span_multirange", "range_range": "multirange_range",
		strings.Repeat("x", 63): strings.Repeat("x", 52) + "_multirange",
	} {
		if got := defaultMultirangeName(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestIdentifiersAreQuotedOnlyWhereNeeded(t *testing.T) {
	for in, want := range map[string]string{
		"abc_1": "abc_1", "Abc": `"Abc"`, "1a": `"1a"`, "a b": `"a b"`, "user": `"user"`, "select": `"select"`, "name": "name",
		`a"b`: `"a""b"`, "": `""`, "日本": `"日本"`, "between": `"between"`, "a$": `"a$"`, "_": "_",
	} {
		if got := quoteIdent(in); got != want {
			t.Errorf("quoteIdent(%q) = %s, want %s", in, got, want)
		}
	}
	if got := quoteLiteral(`it's \ "x"`); got != `'it''s \ "x"'` {
		t.Errorf("quoteLiteral: %s", got)
	}
}

func FuzzServerTexts(f *testing.F) {
	for _, s := range []string{"((a))", "{a,\"b\\\"\"}", " SELECT a.b FROM a", "CREATE INDEX i ON t USING btree (a, (b || 'x'))", "EXCLUDE USING gist (a WITH =)", `"`, "'", `{"`, "{\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if stripped := stripParens(s); !strings.Contains(s, stripped) {
			t.Errorf("stripParens(%q) invented %q", s, stripped)
		}
		parseArray(s)
		exclusionText(s)
		decorations(indexDefinitionParts(s), 0, s)
		withTablespace(s, "x")
		sortedStatistics(s)
		if got := unqualified(s); len(got) > len(s) {
			t.Errorf("unqualified(%q) grew to %q", s, got)
		}
		if joined := joinTokens(tokenize(s)); joined != s {
			t.Errorf("tokens of %q make %q", s, joined)
		}
		if end := identEnd(s); end > len(s) {
			t.Errorf("identEnd(%q) = %d", s, end)
		}
		optionChanges(s, "")
		optionChanges("", s)
	})
}

func joinTokens(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.text)
	}
	return b.String()
}

func FuzzQuoting(f *testing.F) {
	f.Add("a", `b"c`, "d'e\\")
	f.Fuzz(func(t *testing.T, schemaName, name, literal string) {
		if strings.ContainsRune(schemaName+name+literal, 0) || schemaName == "" || name == "" {
			return
		}
		text := quoteQualified(schemaName, name)
		if end := identEnd(text + " x"); end != len(text) {
			t.Errorf("%s ends at %d", text, end)
		}
		if quoted := quoteLiteral(literal); closingParen("("+quoted+")") != len(quoted)+1 {
			t.Errorf("%s is not one literal", quoted)
		}
	})
}

func TestOptionsReachTheOrderOfTheOtherSide(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"a='1'", "a='1', b='2'", "SET (b='2')"},
		{"a='1', b='2'", "b='2'", "RESET (a)"},
		{"a='1', b='2'", "b='2', a='1'", "SET (a='1')"},
		{"a='1', b='2'", "a='3', b='2'", "SET (a='3', b='2')"},
		{"", "a='x, y'", "SET (a='x, y')"},
		{"a='1'", "", "RESET (a)"},
	} {
		if got := strings.Join(optionChanges(c.before, c.after), " "); got != c.want {
			t.Errorf("%s → %s: %s", c.before, c.after, got)
		}
	}
}
