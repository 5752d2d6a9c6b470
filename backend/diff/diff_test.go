package diff_test

import (
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

func column(name, typ string) *schema.Column {
	return &schema.Column{Schema: "public", Table: "t", Name: name, Type: schema.Type{Text: typ}}
}

func table(cols ...*schema.Column) *schema.Table {
	return &schema.Table{Schema: "public", Name: "t", Columns: cols}
}

func database(objects ...schema.Object) *schema.Database {
	db := &schema.Database{Dialect: "postgres"}
	for _, o := range objects {
		db.Put(o)
	}
	return db
}

func ids(changes []diff.Change) string {
	var out []string
	for _, c := range diff.Items(changes) {
		out = append(out, string(c.Action)+" "+c.ID())
	}
	return strings.Join(out, "\n")
}

func names(t *schema.Table) string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return strings.Join(out, " ")
}

func TestEqualDatabasesHaveNoChanges(t *testing.T) {
	a, b := database(table(column("id", "integer"))), database(table(column("id", "integer")))
	if r := diff.Compare(a, b, diff.Options{ColumnOrder: true}); !r.Equal() || len(r.Identical) != 1 {
		t.Fatalf("got %v, identical %v", ids(r.Changes), r.Identical)
	}
}

func TestPartsAreReportedInTheirTable(t *testing.T) {
	source := database(table(column("id", "bigint"), column("email", "text")))
	target := database(table(column("id", "integer"), column("phone", "text")))
	r := diff.Compare(source, target, diff.Options{})
	want := "alter column:public.t.id\ncreate column:public.t.email\ndrop column:public.t.phone"
	if got := ids(r.Changes); got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	f := r.Changes[0].Parts[0].Fields
	if len(f) != 1 || f[0] != (diff.Field{Name: "type", Before: "integer", After: "bigint"}) {
		t.Fatalf("fields %v", f)
	}
}

func TestIgnoredPropertiesKeepTheTargetsValue(t *testing.T) {
	src, dst := column("id", "bigint"), column("id", "integer")
	src.Comment, dst.Comment = "new words", "old words"
	r := diff.Compare(database(table(src)), database(table(dst)), diff.Options{Ignore: map[schema.Class]bool{schema.ClassComment: true}})
	part := r.Changes[0].Parts[0]
	if got := part.After.Extra().Comment; got != "old words" {
		t.Fatalf("the change would touch the ignored comment: %q", got)
	}
	if r.Ignored["comment"] != 1 {
		t.Fatalf("ignored %v", r.Ignored)
	}
}

func TestApplyingEverythingLeavesNothingToCompare(t *testing.T) {
	source := database(table(column("z", "text"), column("id", "bigint"), column("m", "text"), column("a", "text")))
	target := database(table(column("a", "text"), column("id", "integer"), column("old", "text"), column("z", "text")))
	for _, order := range []bool{false, true} {
		opt := diff.Options{ColumnOrder: order}
		r := diff.Compare(source, target, opt)
		if rest := diff.Compare(source, diff.Apply(target, r.Changes), opt); !rest.Equal() {
			t.Errorf("with column order %v there remains\n%s", order, ids(rest.Changes))
		}
	}
}

func TestNewColumnsStandBehindTheirPredecessor(t *testing.T) {
	source := database(table(column("first", "text"), column("a", "text"), column("x", "text"), column("y", "text"), column("b", "text")))
	target := database(table(column("a", "text"), column("kept", "text"), column("b", "text")))
	r := diff.Compare(source, target, diff.Options{ColumnOrder: true})
	onlyNew := diff.Select(r.Changes, func(c diff.Change) bool { return c.Action == diff.Create })
	got := names(diff.Apply(target, onlyNew).Table("public", "t"))
	if want := "first a x y kept b"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestUntickedOwnFieldsOfATableStayAsTheyAre(t *testing.T) {
	src, dst := table(column("id", "bigint")), table(column("id", "integer"))
	src.Comment, dst.Comment = "new", "old"
	target := database(dst)
	r := diff.Compare(database(src), target, diff.Options{})
	onlyColumn := diff.Select(r.Changes, func(c diff.Change) bool { return c.Key().Kind == schema.KindColumn })
	got := diff.Apply(target, onlyColumn).Table("public", "t")
	if got.Comment != "old" || got.Columns[0].Type.Text != "bigint" {
		t.Fatalf("comment %q, type %q", got.Comment, got.Columns[0].Type.Text)
	}
	if target.Table("public", "t").Columns[0].Type.Text != "integer" {
		t.Fatal("the target itself was changed")
	}
}

func TestIgnoredNamesMatchByContent(t *testing.T) {
	index := func(name string) *schema.Table {
		tab := table(column("id", "integer"))
		tab.Indexes = []*schema.Index{{Schema: "public", Table: "t", Name: name, Columns: []schema.IndexPart{{Column: "id"}}}}
		return tab
	}
	opt := diff.Options{IgnoreNames: map[schema.Kind]bool{schema.KindIndex: true}}
	if r := diff.Compare(database(index("a")), database(index("b")), opt); !r.Equal() || r.Ignored["name"] != 1 {
		t.Fatalf("got %s, ignored %v", ids(r.Changes), r.Ignored)
	}
	if r := diff.Compare(database(index("a")), database(index("b")), diff.Options{}); r.Equal() {
		t.Fatal("names count unless they are ignored")
	}
}

func TestUnmodelledFactsThatDifferAreNeverEqual(t *testing.T) {
	src, dst := table(), table()
	src.Unmodelled = []string{"SOMETHING NEW"}
	if r := diff.Compare(database(src), database(dst), diff.Options{}); r.Equal() || len(r.Unmodelled) != 1 {
		t.Fatalf("unmodelled %v", r.Unmodelled)
	}
	dst.Unmodelled = []string{"SOMETHING NEW"}
	if r := diff.Compare(database(src), database(dst), diff.Options{}); !r.Equal() {
		t.Fatalf("the same text on both sides is equal; got %v", r.Unmodelled)
	}
}

func TestFiltersDecideAboutTablesAndTheirBelongings(t *testing.T) {
	fk := &schema.ForeignKey{Schema: "public", Table: "t", Name: "fk", RefSchema: "public", RefTable: "u"}
	source := database(table(), fk, &schema.Table{Schema: "public", Name: "u"}, &schema.Enum{Schema: "public", Name: "mood"})
	target := database()
	for _, c := range []struct {
		opt  diff.Options
		want string
	}{
		{diff.Options{Include: []string{"t"}}, "create table:public.t\ncreate foreign_key:public.t.fk"},
		{diff.Options{Exclude: []string{"public.t"}}, "create enum:public.mood\ncreate table:public.u"},
	} {
		if got := ids(diff.Compare(source, target, c.opt).Changes); got != c.want {
			t.Errorf("%+v: got\n%s\nwant\n%s", c.opt, got, c.want)
		}
	}
}

func TestATriggerThatIsLetThroughBringsTheRoutineThatIsMissing(t *testing.T) {
	routine := &schema.Scripted{Kind: schema.KindRoutine, Schema: "public", Name: "f()", Definition: "new"}
	other := &schema.Scripted{Kind: schema.KindRoutine, Schema: "public", Name: "g()"}
	trigger := &schema.Scripted{Kind: schema.KindTrigger, Schema: "public", Owner: "t", Name: "a", Base: schema.Base{DependsOn: []schema.Key{routine.Key()}}}
	opt := diff.Options{Include: []string{"t"}}
	source := database(table(), routine, other, trigger)
	if got, want := ids(diff.Compare(source, database(table()), opt).Changes), "create routine:public.f()\ncreate trigger:public.t.a"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	there := &schema.Scripted{Kind: schema.KindRoutine, Schema: "public", Name: "f()", Definition: "old"}
	if got, want := ids(diff.Compare(source, database(table(), there), opt).Changes), "create trigger:public.t.a"; got != want {
		t.Errorf("one that is there is not looked at: got\n%s\nwant\n%s", got, want)
	}
}

func TestColumnsThatDifferInCaseAreOneWhereTheServerSaysSo(t *testing.T) {
	columns := func(names ...string) *schema.Database {
		table := &schema.Table{Name: "t"}
		for _, n := range names {
			table.Columns = append(table.Columns, &schema.Column{Table: "t", Name: n})
		}
		db := &schema.Database{}
		db.Put(table)
		return db
	}
	source, target := columns("id", "b", "Name", "c"), columns("name", "ID", "b", "gone")
	found := diff.Compare(source, target, diff.Options{FoldColumns: true, ColumnOrder: true})
	var items []string
	for _, c := range diff.Items(found.Changes) {
		items = append(items, string(c.Action)+" "+c.Key().Name)
		for _, f := range c.Fields {
			items = append(items, f.Name+": "+f.Before+" -> "+f.After)
		}
	}
	want := "alter t; column_order: Name, id, b -> id, b, Name; alter id; name: ID -> id; alter Name; name: name -> Name; create c; drop gone"
	if got := strings.Join(items, "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if left := diff.Compare(source, diff.Apply(target, found.Changes), diff.Options{FoldColumns: true, ColumnOrder: true}); !left.Equal() {
		t.Errorf("applied, there is left %v", left.Changes)
	}
	if strict := diff.Compare(source, target, diff.Options{}); len(diff.Items(strict.Changes)) != 6 {
		t.Errorf("without folding: %v", diff.Items(strict.Changes))
	}
}
