package translate

import (
	"testing"

	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate/expr"
)

func TestRulesForOnUpdateAreAboutOneColumnOrAll(t *testing.T) {
	column := &schema.Column{Table: "orders", Name: "changed"}
	for _, c := range []struct {
		rules []string
		want  string
	}{
		{nil, ""},
		{[]string{"on update=trigger"}, ByTrigger},
		{[]string{"ON UPDATE CURRENT_TIMESTAMP = trigger"}, ByTrigger},
		{[]string{"orders.changed on update=trigger"}, ByTrigger},
		{[]string{"orders.other on update=trigger"}, ""},
		{[]string{"on update=trigger", "orders.changed on update=none"}, ByNobody},
	} {
		var r Rules
		for _, rule := range c.rules {
			if err := r.Add(rule); err != nil {
				t.Errorf("%s: %v", rule, err)
			}
		}
		if got := r.touch(column); got != c.want {
			t.Errorf("%v: %q, not %q", c.rules, got, c.want)
		}
		if len(r.Columns)+len(r.Types) > 0 {
			t.Errorf("%v is taken for rules about types", c.rules)
		}
	}
	if err := new(Rules).Add("on update=boolean"); err == nil {
		t.Error("ON UPDATE cannot be a boolean")
	}
}

func TestTypesKeepThePromisesOfChecks(t *testing.T) {
	table := &schema.Table{Columns: []*schema.Column{{Name: "Flag"}, {Name: "doc"}}}
	sqlite, postgres := dialect{name: "sqlite"}, dialect{name: "postgres"}
	labels := func(l ...string) Type { return Type{Class: Enum, Labels: l} }
	for _, c := range []struct {
		d    dialect
		text string
		typ  Type
		kept bool
	}{
		{sqlite, "flag IN (0, 1)", Type{Class: Bool}, true},
		{sqlite, "flag IN (0, 1, NULL)", Type{Class: Bool}, false},
		{sqlite, "flag IN (1)", Type{Class: Bool}, false},
		{sqlite, "flag NOT IN (0, 1)", Type{Class: Bool}, false},
		{sqlite, "flag IN (0, 1)", Type{Class: Bool, Wide: true}, false},
		{sqlite, "flag IN (0, 1)", Type{Class: Int, Size: 8}, false},
		{sqlite, "flag IN ('a', 'b')", labels("b", "a"), true},
		{sqlite, "flag IN ('a', 'b', 'c')", labels("b", "a"), false},
		{sqlite, "flag IN ('a')", labels("b", "a"), false},
		{postgres, `"Flag" = ANY (ARRAY['a'::text, 'b'::text])`, labels("a", "b"), true},
		{sqlite, "json_valid(doc)", Type{Class: JSON}, true},
		{sqlite, "json_valid(doc)", Type{Class: Text}, false},
		{sqlite, "flag IN (0, 1) AND json_valid(doc)", Type{Class: Bool}, false},
	} {
		p, ok := c.d.promised(table, c.text)
		if got := ok && c.typ.keptBy(p); got != c.kept {
			t.Errorf("%s of %s: %t", c.text, c.typ, got)
		}
	}
}

func TestWholeNumbersMeetNumbersWithAFractionUncast(t *testing.T) {
	scope := expr.Scope{Columns: map[string]expr.ColumnInfo{
		"n": {Type: expr.TypeOf(expr.Postgres, "integer")}, "m": {Type: expr.TypeOf(expr.Postgres, "integer")}, "p": {Type: expr.TypeOf(expr.Postgres, "numeric(10,2)")},
	}}
	for from, to := range map[string]string{
		"(n)::numeric * p":            "n * p",
		"p + (n)::numeric":            "p + n",
		"(n)::numeric / (m)::numeric": "(n)::numeric / (m)::numeric", // whole numbers divide otherwise
		"(n)::numeric / m":            "(n)::numeric / m",
		"(n)::numeric(5,0) * p":       "(n)::numeric(5,0) * p",
	} {
		got, err := expr.Parse(expr.Postgres, from)
		if err != nil {
			t.Fatal(err)
		}
		want, err := expr.Parse(expr.Postgres, to)
		if err != nil {
			t.Fatal(err)
		}
		if expr.Key(scope.Meeting(got)) != expr.Key(want) {
			t.Errorf("%s is not %s", from, to)
		}
	}
}
