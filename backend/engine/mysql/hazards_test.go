package mysql

import (
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

func TestHazardsOfColumnChanges(t *testing.T) {
	column := func(typ, charset string) *schema.Column {
		c := &schema.Column{Table: "t", Name: "c", Charset: charset}
		c.Type.Text = typ
		return c
	}
	for _, c := range []struct{ from, fromCharset, to, toCharset, want string }{
		{"int", "", "bigint", "", "table_rewrite blocking_lock"},
		{"bigint", "", "int", "", "may_fail table_rewrite blocking_lock"},
		{"int", "", "int unsigned", "", "may_fail table_rewrite blocking_lock"},
		{"int unsigned", "", "bigint", "", "table_rewrite blocking_lock"},
		{"decimal(10,2)", "", "decimal(12,2)", "", "table_rewrite blocking_lock"},
		{"decimal(10,4)", "", "decimal(10,2)", "", "value_loss table_rewrite blocking_lock"},
		{"decimal(10,2)", "", "decimal(8,2)", "", "may_fail table_rewrite blocking_lock"},
		{"double", "", "int", "", "value_loss table_rewrite blocking_lock"},
		{"varchar(20)", "utf8mb4", "varchar(10)", "utf8mb4", "may_fail table_rewrite blocking_lock"},
		{"varchar(10)", "utf8mb4", "varchar(20)", "utf8mb4", ""},
		{"varchar(60)", "utf8mb4", "varchar(80)", "utf8mb4", "table_rewrite blocking_lock"},
		{"varchar(10)", "utf8mb4", "varchar(10)", "latin1", "may_fail table_rewrite blocking_lock"},
		{"varchar(10)", "latin1", "varchar(10)", "utf8mb4", "table_rewrite blocking_lock"},
		{"text", "latin1", "text", "utf8mb4", "may_fail table_rewrite blocking_lock"},
		{"varchar(100)", "utf8mb4", "text", "utf8mb4", "table_rewrite blocking_lock"},
		{"enum('a','b')", "utf8mb4", "enum('a','b','c')", "utf8mb4", ""},
		{"enum('a','b')", "utf8mb4", "enum('b','a')", "utf8mb4", "table_rewrite blocking_lock"},
		{"enum('a','b')", "utf8mb4", "enum('a')", "utf8mb4", "may_fail table_rewrite blocking_lock"},
		{"datetime(6)", "", "datetime", "", "value_loss table_rewrite blocking_lock"},
		{"datetime", "", "date", "", "value_loss table_rewrite blocking_lock"},
		{"date", "", "datetime", "", "table_rewrite blocking_lock"},
		{"varchar(20)", "utf8mb4", "int", "", "value_loss table_rewrite blocking_lock"},
		{"int", "", "varchar(80)", "utf8mb4", "table_rewrite blocking_lock"},
	} {
		before, after := column(c.from, c.fromCharset), column(c.to, c.toCharset)
		var codes []string
		for _, h := range newDialect(mysql97).Hazards(diff.Change{Action: diff.Alter, Before: before, After: after}, nil) {
			codes = append(codes, string(h.Code))
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%s %s → %s %s: got %q, want %q", c.from, c.fromCharset, c.to, c.toCharset, got, c.want)
		}
	}
}

func TestDataIsLostOnlyWhereDataIs(t *testing.T) {
	plain, generated := &schema.Column{Table: "t", Name: "c"}, &schema.Column{Table: "t", Name: "c", Generated: "1", GeneratedKind: "VIRTUAL"}
	for _, c := range []struct {
		change diff.Change
		loses  bool
	}{
		{diff.Change{Action: diff.Drop, Before: plain}, true},
		{diff.Change{Action: diff.Drop, Before: generated}, false},
		{diff.Change{Action: diff.Alter, Before: plain, After: &schema.Column{Table: "t", Name: "C"}}, false},
		{diff.Change{Action: diff.Alter, Before: plain, After: generated}, true},
		{diff.Change{Action: diff.Alter, Before: generated, After: plain}, false},
		{diff.Change{Action: diff.Drop, Before: &schema.Table{Name: "t"}}, true},
		{diff.Change{Action: diff.Drop, Before: &schema.Index{Table: "t", Name: "i"}}, false},
		{diff.Change{Action: diff.Drop, Before: &schema.Sequence{Name: "s"}}, true},
	} {
		c.change.Hazards = newDialect(mysql97).Hazards(c.change, nil)
		if c.change.Destructive() != c.loses {
			t.Errorf("%s of %v: %v", c.change.Action, c.change.Key(), c.change.Hazards)
		}
	}
}
