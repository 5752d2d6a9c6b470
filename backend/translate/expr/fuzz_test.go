package expr

import (
	"errors"
	"strings"
	"testing"
)

// Whatever the text, Parse gives an answer; and what it can read it can print for the same dialect, and reads that as the same.
func FuzzParsePrintParse(f *testing.F) {
	for _, c := range serverCases {
		f.Add(c.sql)
	}
	for _, s := range []string{
		`E'a\nb' || $tag$x$tag$`, `x::numeric(10,2)[]`, `a.b."c d"`, "`a``b`", `[a b]`, `0x1F + .5e-3`, `b'101' | x'4142'`, `-(-1)`, `- -1`, `NOT NOT a`,
		`interval '1:2' hour_minute`, `_utf8mb4'a' 'b'`, `a IS NOT DISTINCT FROM b`, `a COLLATE "C" < b`, `ROW(1)`, `ARRAY[1,2][1]`, `(ARRAY['a'])[1]`,
		`f(g(h(1)))`, `CAST(a AS char(3) charset latin1)`, `a -> 'b' -> 0 ->> 'c'`, `x AT TIME ZONE 'utc'`, `trim(both 'ab' from x)`, `a OPERATOR(pg_catalog.+) b`,
		`like_escape`, `a ESCAPE`, `CASE a WHEN 1 THEN 2 ELSE 3 END`, `date '2020-01-01' + interval '1 day'`, `"A"."b"(1)`, `a ~~* b`, `a @> b`, `"`, `'`, `((((`,
		`!a`, `~a`, `ABs()`, `round()`, `a div b`, `x is json`, `x = any ('{1,2}'::int[])`, `extract(epoch from x)`, `json_extract(a, '$."x y"[1]')`, `x between 1 and 2 and y`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range dialects {
			n, err := Parse(d, text)
			if err != nil {
				var syntax *SyntaxError
				if !errors.As(err, &syntax) {
					t.Fatalf("%s: %q: an error of another type: %v", d, text, err)
				}
				continue
			}
			Columns(n)
			printed, err := Print(d, n, PrintOptions{From: d})
			if err != nil {
				var refused *Untranslatable
				if !errors.As(err, &refused) {
					t.Fatalf("%s: %q: an error of another type: %v", d, text, err)
				}
				continue
			}
			again, err := Parse(d, printed)
			if err != nil {
				t.Fatalf("%s: %q is printed as %q, which cannot be read: %v", d, text, printed, err)
			}
			if !Equal(n, again) {
				t.Fatalf("%s: %q is printed as %q, which is something else:\n%s\n%s", d, text, printed, Key(Scope{}.Canonical(n)), Key(Scope{}.Canonical(again)))
			}
			for _, other := range dialects { // must not panic
				_, _ = Print(other, n, PrintOptions{From: d, Scope: sampleScope(other, Boolean), Note: func(Note) {}})
				_, _ = Print(other, n, PrintOptions{Place: Default})
			}
		}
	})
}

func TestDeepNestingIsRefusedAndLongChainsAreNot(t *testing.T) {
	for _, c := range []struct {
		name, text string
		refused    bool
	}{
		{"parentheses", strings.Repeat("(", 20_000) + "a" + strings.Repeat(")", 20_000), true},
		{"signs", strings.Repeat("- ", 20_000) + "a", true},
		{"NOT", strings.Repeat("NOT ", 20_000) + "a", true},
		{"a sum", "a" + strings.Repeat(" + a", 20_000), true},
		{"CASE", strings.Repeat("CASE WHEN a THEN ", 20_000) + "a", true},
		{"AND", "a = 1" + strings.Repeat(" AND a = 1", 20_000), false},
		{"OR as MySQL prints it", strings.Repeat("(", 900) + "a" + strings.Repeat(" or a)", 900), false},
		{"IN", "a IN (1" + strings.Repeat(", 1", 20_000) + ")", false},
		{"a text", "'" + strings.Repeat("x", 1_000_000) + "'", false},
	} {
		for _, d := range dialects {
			n, err := Parse(d, c.text)
			var syntax *SyntaxError
			if refused := errors.As(err, &syntax) && strings.Contains(syntax.Message, "too deep"); refused != c.refused || err != nil && !refused {
				t.Errorf("%s, %s: %v", c.name, d, err)
				continue
			}
			if err == nil {
				if _, err := Print(d, n, PrintOptions{}); err != nil {
					t.Errorf("%s, %s: %v", c.name, d, err)
				}
				if !Equal(n, n) {
					t.Errorf("%s, %s: not equal to itself", c.name, d)
				}
			}
		}
	}
}

// A text of four times the length is no more than about four times the work.
func TestWorkGrowsInStepWithTheText(t *testing.T) {
	work := func(text string) float64 {
		return testing.AllocsPerRun(1, func() {
			n := parse(t, Postgres, text)
			for _, d := range dialects {
				_, _ = Print(d, n, PrintOptions{From: Postgres, Scope: sampleScope(d, Boolean)})
			}
			Scope{}.Equal(n, n)
		})
	}
	for _, c := range []struct{ open, repeated, end string }{
		{"a = 1", " AND b > a + 1", ""},
		{"a IN (1", ", 2", ")"},
		{"a", " || b", ""},
		{"", "f(", ""},
		{"CASE", " WHEN a > 1 THEN b", " END"},
		{"a >= 1", " AND a >= 1 AND a <= 2", ""},
		{"a", " + 1", ""},
		{"a", " BETWEEN 1 AND 2 AND a", ""},
	} {
		text := func(n int) string {
			s := c.open + strings.Repeat(c.repeated, n) + c.end
			if strings.HasSuffix(c.repeated, "(") {
				s += "a" + strings.Repeat(")", n)
			}
			return s
		}
		if small, large := work(text(250)), work(text(1000)); large > 5*small {
			t.Errorf("%s…: %.0f allocations, then %.0f", c.repeated, small, large)
		}
	}
}
