package cli

import (
	"bytes"
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

func reported(write func(t textReport)) string {
	var b bytes.Buffer
	write(textReport{w: &b})
	return b.String()
}

func column(name, typ string) *schema.Column {
	return &schema.Column{Schema: "app", Table: "orders", Name: name, Type: schema.Type{Text: typ}}
}

func TestChangesAreGroupedByTable(t *testing.T) {
	orders := &schema.Table{Schema: "app", Name: "orders"}
	lost := column("legacy", "text")
	changes := []diff.Change{
		{Action: diff.Create, After: &schema.ForeignKey{
			Schema: "app", Table: "lines", Name: "lines_order", Columns: []string{"order_id"}, RefSchema: "app", RefTable: "orders",
			RefColumns: []string{"id"}, OnDelete: "CASCADE",
		}},
		{Action: diff.Alter, Before: orders, After: orders, Parts: []diff.Change{
			{Action: diff.Alter, Before: column("total", "integer"), After: column("total", "bigint"), Fields: []diff.Field{{Name: "type", Before: "integer", After: "bigint"}, {Name: "default", After: "0"}}},
			{Action: diff.Drop, Before: lost, Hazards: []hazard.Hazard{hazard.New(hazard.DataLoss, "app.orders.legacy")}},
		}},
		{Action: diff.Create, After: &schema.Sequence{Schema: "app", Name: "orders_id_seq", OwnedBy: schema.Key{Kind: schema.KindColumn, Schema: "app", Owner: "orders", Name: "id"}}},
		{Action: diff.Create, After: &schema.Enum{Schema: "app", Name: "mood", Labels: []string{"sad", "ok"}}},
		{
			Action: diff.Alter, Before: &schema.Scripted{Kind: schema.KindView, Schema: "app", Name: "v"}, After: &schema.Scripted{Kind: schema.KindView, Schema: "app", Name: "v"},
			Fields: []diff.Field{{Name: "definition", Before: "SELECT\n  1\nFROM a", After: "SELECT\n  2\nFROM a"}},
		},
	}
	want := `
+ enum app.mood  'sad', 'ok'

  table app.lines
    + foreign key lines_order  (order_id) → app.orders (id) on delete cascade

~ table app.orders
    ~ column total
        type: integer → bigint
        default: none → 0
    - column legacy  text
        ! the data in app.orders.legacy is lost
    + sequence app.orders_id_seq  owned by app.orders.id

~ view app.v
    definition:
        SELECT
      -   1
      +   2
        FROM a
`
	if got := reported(func(r textReport) { r.changes(changes) }); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestWhatADatabaseSaysCannotWriteToTheTerminal(t *testing.T) {
	c := diff.Change{Action: diff.Drop, Before: &schema.Table{Name: "a\x1b[2J\nb\u202e"}}
	want := "\n- table a\\u001b[2J\\nb\\u202e\n"
	if got := reported(func(r textReport) { r.changes([]diff.Change{c}) }); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPasswordsInURLsAreBlankedOut(t *testing.T) {
	for text, want := range map[string]string{
		"cannot reach postgres://me:secret@h/d now": "cannot reach postgres://me:***@h/d now",
		"mysql://:s/e:c@h/d":                        "mysql://:***@h/d",
		"postgres://me@h:5432/d":                    "postgres://me@h:5432/d",
	} {
		if got := scrub(text); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestLineDiffKeepsALittleAround(t *testing.T) {
	before := "1\n2\n3\n4\n5\n6\n7\n8\n9"
	after := "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10"
	var b strings.Builder
	for _, l := range lineDiff(before, after) {
		b.WriteRune(l.sign)
		b.WriteString(l.text + "|")
	}
	if got, want := b.String(), "…| 3| 4|-5|+five| 6| 7| 8| 9|+10|"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestIgnoredListsWhatWasAskedForAndWhatDiffers(t *testing.T) {
	got := ignoredList(map[string]int{"comment": 2, "column_order": 1, "name": 3}, []string{"collation", "index_names", "constraint_names"})
	want := []jsonIgnored{{"comments", 2}, {"collation", 0}, {"column_order", 1}, {"names", 3}}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}
