package mysql

import (
	"strings"
	"testing"
)

func TestPartitionsChangeWithoutLosingRows(t *testing.T) {
	p := func(name, bound string) string { return "PARTITION `" + name + "` VALUES LESS THAN " + bound }
	ranges := func(list ...string) string { return "RANGE (`a`) (" + strings.Join(list, ", ") + ")" }
	lists := func(list ...string) string { return "LIST (`a`) (" + strings.Join(list, ", ") + ")" }
	in := func(name, values string) string { return "PARTITION `" + name + "` VALUES IN (" + values + ")" }
	for _, c := range []struct {
		name          string
		before, after string
		steps         string
		whole         bool
		dropped       string
	}{
		{"new at the end", ranges(p("a", "(1)")), ranges(p("a", "(1)"), p("b", "(2)")), "ADD PARTITION (" + p("b", "(2)") + ")", false, ""},
		{"gone at the end", ranges(p("a", "(1)"), p("b", "(2)")), ranges(p("a", "(1)")), "DROP PARTITION `b`", false, "b"},
		{
			"gone at the beginning: the next one takes the rows", ranges(p("a", "(1)"), p("b", "(2)")), ranges(p("b", "(2)")),
			"REORGANIZE PARTITION `a`, `b` INTO (" + p("b", "(2)") + ")", false, "",
		},
		{
			"split", ranges(p("a", "(1)"), p("m", "MAXVALUE")), ranges(p("a", "(1)"), p("b", "(2)"), p("m", "MAXVALUE")),
			"REORGANIZE PARTITION `m` INTO (" + p("b", "(2)") + ", " + p("m", "MAXVALUE") + ")", false, "",
		},
		{
			"rotated", ranges(p("a", "(1)"), p("b", "(2)"), p("c", "(3)")), ranges(p("b", "(2)"), p("c", "(3)"), p("d", "(4)")),
			"REORGANIZE PARTITION `a`, `b` INTO (" + p("b", "(2)") + "); ADD PARTITION (" + p("d", "(4)") + ")", false, "",
		},
		{
			"renamed at the end", ranges(p("a", "(1)"), p("b", "(2)")), ranges(p("a", "(1)"), p("c", "(2)")),
			"REORGANIZE PARTITION `b` INTO (" + p("c", "(2)") + ")", false, "",
		},
		{"last bound lowered", ranges(p("a", "(1)"), p("b", "(5)")), ranges(p("a", "(1)"), p("b", "(3)")), "", true, ""},
		{"a name moves", ranges(p("a", "(1)"), p("b", "(2)")), ranges(p("b", "(1)"), p("a", "(2)")), "REORGANIZE PARTITION `a`, `b` INTO (" + p("b", "(1)") + ", " + p("a", "(2)") + ")", false, ""},
		{"list: value added", lists(in("a", "1"), in("b", "2")), lists(in("a", "1,3"), in("b", "2")), "REORGANIZE PARTITION `a` INTO (" + in("a", "1,3") + ")", false, ""},
		{"list: gone", lists(in("a", "1"), in("b", "2")), lists(in("b", "2")), "DROP PARTITION `a`", false, "a"},
		{"list: new in the middle", lists(in("a", "1"), in("b", "2")), lists(in("a", "1"), in("c", "3"), in("b", "2")), "", true, ""},
		{"another expression", ranges(p("a", "(1)")), strings.Replace(ranges(p("a", "(1)")), "`a`", "`b`", 1), "", true, ""},
		{"more of a hash", "HASH (`a`) PARTITIONS 2", "HASH (`a`) PARTITIONS 4", "", true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := changePartitioning(c.before, c.after)
			if err != nil {
				t.Fatal(err)
			}
			if steps := strings.Join(got.steps, "; "); steps != c.steps {
				t.Errorf("steps %s, want %s", steps, c.steps)
			}
			if (got.whole != "") != c.whole || strings.Join(got.dropped, ",") != c.dropped {
				t.Errorf("whole %q, dropped %v", got.whole, got.dropped)
			}
		})
	}
}
