package mysql

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"database-structure-sync/backend/schema"
)

func texts(t *testing.T, sql string) string {
	t.Helper()
	tokens, err := tokenize(sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	out := make([]string, len(tokens))
	for i, x := range tokens {
		out[i] = x.text
	}
	return strings.Join(out, "·")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ what, sql, want string }{
		{"quoted names keep their quotes", "`a``b`.`c`", "`a``b`·.·`c`"},
		{"a backslash ends no name", "`e\\` x", "`e\\`·x"},
		{"a backslash escapes a quote in a string", `'it\'s' "x\"y" 'a''b'`, `'it\'s'·"x\"y"·'a''b'`},
		{"numbers", "1 -2 1.5e-3 .5 0xAF 1e5", "1·-·2·1.5e-3·.5·0xAF·1e5"},
		{"a dot behind a name begins no number", "t.1st", "t·.·1st"},
		{"a name may begin with digits", "1st 2e", "1st·2e"},
		{"bit and byte literals", "b'101' x'4142' X'41'", "b'101'·x'4142'·X'41'"},
		{"an introducer is a word of its own", "_utf8mb4'a'", "_utf8mb4·'a'"},
		{"version comments are read", "/*!80023 INVISIBLE */ a /*M!100301 COMPRESSED*/", "INVISIBLE·a·COMPRESSED"},
		{"comments are not", "a/* b */c -- d\ne # f", "a·c·e"},
		{"minus minus without a space is two operators", "1--2", "1·-·-·2"},
		{"operators", "a<=>b->>'$.x' <> != :=", "a·<=>·b·->>·'$.x'·<>·!=·:="},
		{"accounts", "DEFINER=`u`@`%`", "DEFINER·=·`u`·@·`%`"},
		{"names beyond ASCII", "größe 表", "größe·表"},
	} {
		if got := texts(t, c.sql); got != c.want {
			t.Errorf("%s: %s gives %s, want %s", c.what, c.sql, got, c.want)
		}
	}
}

func TestOpenQuotesAndCommentsAreErrors(t *testing.T) {
	for _, sql := range []string{"'abc", "`abc", `'abc\'`, "/* abc", "x'41"} {
		if _, err := tokenize(sql); err == nil {
			t.Errorf("%s: no error", sql)
		}
	}
}

func TestExpressionsHaveOneText(t *testing.T) {
	mysql, maria := flavor{major: 9}, flavor{mariadb: true, major: 11}
	for _, c := range []struct {
		f         flavor
		sql, want string
	}{
		{maria, "`db`.`f`(`a`,  `b`)", "`f`(`a`, `b`)"},
		{maria, "nextval(`db`.`s`)", "nextval(`s`)"},
		{maria, "nextval(`other`.`s`)", "nextval(`other`.`s`)"},
		{maria, `concat('a\'b',"c")`, `concat('a''b','c')`},
		{maria, "_latin1'x'", "_latin1'x'"},
		{mysql, "concat(_latin1'x',_utf8mb4'é',_binary'b')", "concat('x',_utf8mb4'é',_binary'b')"},
		{mysql, "(`a` like _utf8mb4'a\\\\_')", `(` + "`a`" + ` like 'a\\_')`},
		{maria, "'a\n\tb'", "'a\\n\tb'"},
	} {
		tokens, err := tokenize(c.sql)
		if err != nil {
			t.Fatal(err)
		}
		if got := exprText(tokens, "db", c.f); got != c.want {
			t.Errorf("%s: got %s, want %s", c.sql, got, c.want)
		}
	}
}

// seeds are texts as servers print them.
func seeds(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/showcreate/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no seeds: ", err)
	}
	var all []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// FuzzTokenize: the tokens and the white space and comments between them are the text, and joining them and splitting
// them again gives the same tokens.
func FuzzTokenize(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		tokens, err := tokenize(sql)
		if err != nil {
			return
		}
		end := 0
		for _, x := range tokens {
			if x.text == "" || x.at < end || sql[x.at:x.at+len(x.text)] != x.text {
				t.Fatalf("token %q at %d does not stand there", x.text, x.at)
			}
			end = x.at + len(x.text)
		}
		// A canonical text is its own canonical text.
		for i := range tokens {
			tokens[i].spaced = true
		}
		once := joinTokens(tokens)
		again, err := tokenize(once)
		if err != nil {
			t.Fatalf("%q cannot be split again: %v", once, err)
		}
		for i := range again {
			again[i].spaced = true
		}
		if twice := joinTokens(again); twice != once {
			t.Fatalf("%q became %q", once, twice)
		}
	})
}

// FuzzParseCreateTable: whatever the text, there is a table or an error, and never a panic.
func FuzzParseCreateTable(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, sql string, mariadb bool) {
		fl := flavor{mariadb: mariadb, major: 10, minor: 11}
		rest, _ := withoutOddForeignKeys(sql)
		raw, err := parseCreateTable(rest, "db", fl)
		if err != nil {
			return
		}
		b := builder{f: fl, db: "db", collation: "utf8mb4_bin"}
		table, _ := b.table(raw)
		_ = table.Deps()
		for _, p := range table.Parts() {
			_ = p.Props()
		}
	})
}

func FuzzParseOtherCreates(f *testing.F) {
	for _, s := range []string{
		"CREATE SEQUENCE `s2` as smallint start with -1 minvalue -32767 maxvalue -1 increment by -1 nocache nocycle ENGINE=Aria COMMENT='sc'",
		"CREATE ALGORITHM=UNDEFINED DEFINER=`u`@`%` SQL SECURITY DEFINER VIEW `v1` AS select `p`.`id` AS `id` from (`db`.`p` join `c` on(`c`.`pid` = `p`.`id`))",
		"CREATE DEFINER=`u`@`%` TRIGGER `tr2` BEFORE INSERT ON `c` FOR EACH ROW FOLLOWS tr1 set new.id = 2",
		"CREATE DEFINER=`u`@`%` FUNCTION `fn`(a int) RETURNS varchar(10) CHARSET utf8mb4\n    DETERMINISTIC\n    COMMENT 'fc'\nreturn concat(a,'x')",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		if s, err := parseCreateSequence(sql); err == nil {
			_ = s.Props()
		}
		if _, tokens, err := parseCreateView(sql, "db"); err == nil {
			_ = relations{out: &schema.Database{}}.usedBy("v", tokens)
		}
		_, _ = parseCreateTrigger(sql, "t", "c")
		_, _, _ = parseCreateRoutine(sql, "PROCEDURE")
	})
}

func FuzzQuoting(f *testing.F) {
	for _, s := range []string{"", "a", "it's", "`", `\`, "a\nb\x00\x1a", `\%`, "表", "'"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := unquoteIdent(quoteIdent(s)); err != nil || got != s {
			t.Errorf("name %q became %q (%v)", s, got, err)
		}
		// A value keeps its meaning where the server reads \% and \_ as two characters.
		if got, err := unquoteString(quoteString(s)); err != nil || got != s {
			t.Errorf("string %q became %q (%v)", s, got, err)
		}
		if tokens, err := tokenize(quoteString(s) + quoteIdent(s)); err != nil || len(tokens) != 2 {
			t.Errorf("%q is no string and name: %v %v", s, tokens, err)
		}
	})
}
