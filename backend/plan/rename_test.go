package plan_test

import (
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// renaming is the dialect of words, with renames.
type renaming struct{ words }

func (renaming) RenamesKind(schema.Kind) bool   { return true }
func (renaming) Members(schema.Object) []string { return nil }
func (renaming) Renamed(db *schema.Database, renames []diff.Rename) (*diff.Renamed, error) {
	out := diff.Carry(db, renames, func(_ *schema.Renaming, of schema.Object, s string) (string, bool) {
		return s, of.Key().Kind != schema.KindView // views are not followed
	})
	return out, nil
}

func (d renaming) RenameStatements(renames []diff.Change, before, after *schema.Database) ([]plan.Statement, error) {
	var out []plan.Statement
	for _, s := range plan.Untangle(renames, plan.NamesUnder(d), plan.FreeName(before, after)) {
		out = append(out, plan.Statement{SQL: "rename " + string(s.Rename.Key.Kind) + " " + s.From + " to " + s.To})
	}
	return out, nil
}

func planRenamed(t *testing.T, source, target *schema.Database, ticked func(diff.Change) bool, texts ...string) *plan.Plan {
	t.Helper()
	renames, err := diff.ParseRenames(target, texts)
	if err != nil {
		t.Fatal(err)
	}
	r, err := diff.CompareRenamed(renaming{}, source, target, renames, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Build(renaming{}, target, r.Changes, plan.Options{Ticked: ticked})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRenamesComeFirstAndTheRestStartsFromThem(t *testing.T) {
	p := planRenamed(t, database(table("b", "id int", "new int", "more int")), database(table("a", "id int", "old int")), nil,
		"table:a=b", "column:a.old=new")
	expect(t, sql(p), "rename column old to new", "rename table a to b", "create column:b.more")
	if p.Expected.Table("", "b") == nil || p.Expected.Table("", "a") != nil {
		t.Fatal("the expected structure has the table under its old name")
	}
}

func TestNamesInACircleGoThroughAFreeOne(t *testing.T) {
	p := planRenamed(t, database(table("b", "x int"), table("a", "y int"), table("d", "z int"), table("e", "w int")),
		database(table("a", "x int"), table("b", "y int"), table("c", "z int"), table("d", "w int")), nil,
		"table:a=b", "table:b=a", "table:c=d", "table:d=e")
	expect(t, sql(p), "rename table d to e", "rename table c to d", "rename table a to renamed_x", "rename table b to a", "rename table renamed_x to b")
}

func TestWhatSpeaksOfANewNameTakesTheRenameAlong(t *testing.T) {
	target := database(table("a", "id int"), table("other", "id int"))
	source := database(table("b", "id int", "more int"), table("other", "id int", "x int"))
	only := func(kind schema.Kind, name string) func(diff.Change) bool {
		return func(c diff.Change) bool { return c.Key().Kind == kind && c.Key().Name == name }
	}
	p := planRenamed(t, source, target, only(schema.KindColumn, "more"), "table:a=b")
	expect(t, sql(p), "rename table a to b", "create column:b.more")
	if len(p.Pulled) != 1 || p.Pulled[0].Reason != plan.ReasonRename {
		t.Fatalf("pulled %v", p.Pulled)
	}
	p = planRenamed(t, source, target, only(schema.KindColumn, "x"), "table:a=b")
	expect(t, sql(p), "create column:other.x")
	if p.Expected.Table("", "a") == nil {
		t.Fatal("the table is expected under a name that nobody asked for")
	}
}

func TestARenameTakesTheViewsAlongThatItWouldBreak(t *testing.T) {
	withView := func(tableName, text string) *schema.Database {
		v := view("v", columnKey(tableName, "id"))
		v.Definition = text
		return database(table(tableName, "id int"), v)
	}
	onlyRenames := func(c diff.Change) bool { return c.Action == diff.RenameAction }
	p := planRenamed(t, withView("b", "from b"), withView("a", "from a"), onlyRenames, "table:a=b")
	expect(t, sql(p), "rename table a to b", "drop view:v", "create view:v")
}

func TestWhatHoldsANewNameAndGoesIsDroppedBeforeTheRename(t *testing.T) {
	target := database(table("a", "id int"), view("b"), view("bb", schema.Key{Kind: schema.KindView, Name: "b"}), table("other", "id int"))
	source := database(table("b", "id int"), table("other", "id int", "x int"))
	p := planRenamed(t, source, target, nil, "table:a=b")
	expect(t, sql(p), "drop view:bb", "drop view:b", "rename table a to b", "create column:other.x")
	p = planRenamed(t, source, target, func(c diff.Change) bool { return c.Action == diff.RenameAction }, "table:a=b")
	expect(t, sql(p), "drop view:bb", "drop view:b", "rename table a to b")
	if len(p.Pulled) != 2 || p.Pulled[0].Reason != plan.ReasonName {
		t.Fatalf("pulled %v", p.Pulled)
	}
}

func TestANameThatSomethingKeepsIsNotTaken(t *testing.T) {
	// The view bb stays, and only lets go of the one that goes.
	target := database(table("a", "id int"), view("b"), view("bb", schema.Key{Kind: schema.KindView, Name: "b"}))
	source := database(table("b", "id int"), view("bb"))
	renames := []diff.Rename{{Key: schema.Key{Kind: schema.KindTable, Name: "a"}, To: "b"}}
	r, err := diff.CompareRenamed(renaming{}, source, target, renames, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := plan.Build(renaming{}, target, r.Changes, plan.Options{}); err == nil {
		t.Fatal("two things get one name", sql(p))
	}
}
