package plan_test

import (
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// words is a dialect whose SQL are the words of what happens, one node per object or part: what the planner derives can
// be read from it without a server. The real dialects are proven on real servers.
type words struct{}

func (words) Kinds() []schema.Kind {
	return []schema.Kind{
		schema.KindSchema, schema.KindEnum, schema.KindSequence, schema.KindTable, schema.KindColumn,
		schema.KindPrimaryKey, schema.KindUnique, schema.KindIndex, schema.KindForeignKey, schema.KindView,
	}
}

func (words) Hazards(c diff.Change, _ *schema.Database) []hazard.Hazard {
	if k := c.Key().Kind; c.Action == diff.Drop && (k == schema.KindTable || k == schema.KindColumn) {
		return []hazard.Hazard{hazard.New(hazard.DataLoss, c.ID())}
	}
	return nil
}

func (words) Replace(c diff.Change) bool {
	return c.Key().Kind != schema.KindTable && c.Key().Kind != schema.KindColumn
}

func (words) StepsAside(dependent schema.Object, _ schema.Key, op plan.Op) bool {
	k := dependent.Key().Kind
	return k == schema.KindView || k == schema.KindForeignKey && op.Action != diff.Alter
}

func (words) Names(o schema.Object) []string {
	switch k := o.Key(); k.Kind {
	case schema.KindTable, schema.KindView, schema.KindIndex, schema.KindUnique:
		return []string{k.Schema + "." + k.Name}
	}
	return nil
}

func (words) ColumnOrder() bool             { return false }
func (words) Transactional() bool           { return true }
func (words) QuoteIdent(name string) string { return name }
func (words) QuoteString(s string) string   { return s }

func (w words) Nodes(op plan.Op, _ plan.World) ([]plan.Node, error) {
	var out []plan.Node
	say := func(verb string, k schema.Key) []plan.Statement {
		return []plan.Statement{{SQL: verb + " " + k.String(), Key: k}}
	}
	switch op.Action {
	case diff.Create:
		n := plan.Node{Statements: say("create", op.Key())}
		for _, p := range append([]schema.Object{op.After}, op.After.Parts()...) {
			n.Creates = append(n.Creates, p.Key())
		}
		return []plan.Node{n}, nil
	case diff.Drop:
		n := plan.Node{Statements: say("drop", op.Key())}
		for _, p := range append([]schema.Object{op.Before}, op.Before.Parts()...) {
			n.Drops = append(n.Drops, p.Key())
		}
		return []plan.Node{n}, nil
	}
	if len(op.Fields) > 0 || len(op.Parts) == 0 {
		out = append(out, plan.Node{Statements: say("alter", op.Key()), Alters: []schema.Key{op.Key()}})
	}
	for _, p := range op.Parts {
		if p.Action == diff.Replace {
			d, _ := w.Nodes(plan.Op{Action: diff.Drop, Before: p.Before}, plan.World{})
			c, _ := w.Nodes(plan.Op{Action: diff.Create, After: p.After}, plan.World{})
			out = append(append(out, d...), c...)
			continue
		}
		ns, _ := w.Nodes(p, plan.World{})
		out = append(out, ns...)
	}
	return out, nil
}

func table(name string, columns ...string) *schema.Table {
	t := &schema.Table{Name: name}
	for _, c := range columns {
		n, typ, _ := strings.Cut(c, " ")
		t.Columns = append(t.Columns, &schema.Column{Table: name, Name: n, Type: schema.Type{Text: typ}})
	}
	return t
}

func index(t *schema.Table, name string, columns ...string) *schema.Table {
	i := &schema.Index{Table: t.Name, Name: name}
	for _, c := range columns {
		i.Columns = append(i.Columns, schema.IndexPart{Column: c})
	}
	t.Indexes = append(t.Indexes, i)
	return t
}

func unique(t *schema.Table, name string, columns ...string) *schema.Table {
	c := &schema.Constraint{Kind: schema.KindUnique, Table: t.Name, Name: name}
	for _, col := range columns {
		c.Columns = append(c.Columns, schema.IndexPart{Column: col})
	}
	t.Constraints = append(t.Constraints, c)
	return t
}

func foreignKey(from, column, to, refColumn string, deps ...schema.Key) *schema.ForeignKey {
	return &schema.ForeignKey{
		Table: from, Name: "fk_" + to, Columns: []string{column}, RefTable: to, RefColumns: []string{refColumn},
		Base: schema.Base{DependsOn: deps},
	}
}

func view(name string, deps ...schema.Key) *schema.Scripted {
	return &schema.Scripted{Kind: schema.KindView, Name: name, Definition: "x", Base: schema.Base{DependsOn: deps}}
}

func columnKey(table, name string) schema.Key {
	return schema.Key{Kind: schema.KindColumn, Owner: table, Name: name}
}

func database(objects ...schema.Object) *schema.Database {
	db := &schema.Database{}
	for _, o := range objects {
		db.Put(o)
	}
	return db
}

func changes(source, target *schema.Database) []diff.Change {
	r := diff.Compare(source, target, diff.Options{})
	var fill func(cs []diff.Change)
	fill = func(cs []diff.Change) {
		for i := range cs {
			cs[i].Hazards = words{}.Hazards(cs[i], target)
			fill(cs[i].Parts)
		}
	}
	fill(r.Changes)
	return r.Changes
}

func build(t *testing.T, source, target *schema.Database, opt plan.Options) *plan.Plan {
	t.Helper()
	p, err := plan.Build(words{}, target, changes(source, target), opt)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sql(p *plan.Plan) string {
	var out []string
	for _, s := range p.Statements {
		out = append(out, s.SQL)
	}
	return strings.Join(out, "\n")
}

func expect(t *testing.T, got string, want ...string) {
	t.Helper()
	if w := strings.Join(want, "\n"); got != w {
		t.Fatalf("got\n%s\nwant\n%s", got, w)
	}
}

func TestTablesThatReferenceEachOtherAreCreatedBeforeTheirForeignKeys(t *testing.T) {
	full := database(table("a", "id int"), table("b", "id int"), foreignKey("a", "id", "b", "id"), foreignKey("b", "id", "a", "id"))
	expect(t, sql(build(t, full, database(), plan.Options{})),
		"create table:a", "create table:b", "create foreign_key:a.fk_b", "create foreign_key:b.fk_a")
	expect(t, sql(build(t, database(), full, plan.Options{AllowDestructive: true})),
		"drop foreign_key:a.fk_b", "drop foreign_key:b.fk_a", "drop table:a", "drop table:b")
}

func TestNamesSwappedBetweenTablesAreFreedFirst(t *testing.T) {
	target := database(index(table("a", "id int"), "one", "id"), index(table("b", "id int"), "two", "id"))
	source := database(index(table("a", "id int"), "two", "id"), index(table("b", "id int"), "one", "id"))
	expect(t, sql(build(t, source, target, plan.Options{})),
		"drop index:a.one", "drop index:b.two", "create index:a.two", "create index:b.one")
}

func TestViewsStepAsideOnlyForTheColumnTheyUse(t *testing.T) {
	views := []schema.Object{view("over", schema.Key{Kind: schema.KindView, Name: "uses"}), view("uses", columnKey("t", "a")), view("other", columnKey("t", "b"))}
	target := database(append(views, table("t", "a int", "b int"))...)
	source := database(append(views, table("t", "a bigint", "b int"))...)
	p := build(t, source, target, plan.Options{})
	expect(t, sql(p), "drop view:over", "drop view:uses", "alter column:t.a", "create view:uses", "create view:over")
	if got := p.Statements[1].Reason; got != "steps_aside column:t.a" {
		t.Fatalf("reason %q", got)
	}
}

func TestAForeignKeyStepsAsideWhileItsUniqueKeyIsReplaced(t *testing.T) {
	key := schema.Key{Kind: schema.KindUnique, Owner: "b", Name: "u"}
	keyed := func(cols ...string) *schema.Database {
		return database(table("a", "id int"), unique(table("b", "id int", "x int"), "u", cols...), foreignKey("a", "id", "b", "id", key))
	}
	expect(t, sql(build(t, keyed("x", "id"), keyed("id"), plan.Options{})),
		"drop foreign_key:a.fk_b", "drop unique:b.u", "create unique:b.u", "create foreign_key:a.fk_b")
}

func TestWhatATickedChangeNeedsIsPulledInWithTheReason(t *testing.T) {
	source := database(table("a", "id int"), table("b", "id int"), foreignKey("a", "id", "b", "id"))
	p := build(t, source, database(), plan.Options{Ticked: func(c diff.Change) bool { return c.Key().Kind == schema.KindForeignKey }})
	expect(t, sql(p), "create table:a", "create table:b", "create foreign_key:a.fk_b")
	if len(p.Pulled) != 2 || p.Pulled[0].Reason != plan.ReasonDependsOn {
		t.Fatalf("pulled %v", p.Pulled)
	}
}

func TestDroppingTakesDependentsAlong(t *testing.T) {
	target := database(table("t", "a int"), view("v", columnKey("t", "a")))
	p := build(t, database(), target, plan.Options{AllowDestructive: true, Ticked: func(c diff.Change) bool { return c.Key().Kind == schema.KindTable }})
	expect(t, sql(p), "drop view:v", "drop table:t")
	if p.Expected.Len() != 0 {
		t.Fatal("the expected structure still has objects")
	}
}

func TestWithoutPermissionNothingThatNeedsDestructionRuns(t *testing.T) {
	target := database(table("taken", "a int"), table("t", "a int", "gone int"))
	source := database(view("taken"), table("t", "a bigint"))
	p := build(t, source, target, plan.Options{})
	expect(t, sql(p), "alter column:t.a")
	var left []string
	for _, l := range p.LeftOut {
		left = append(left, l.Key.String()+" because of "+l.Because.String())
	}
	slices.Sort(left)
	expect(t, strings.Join(left, "\n"),
		"column:t.gone because of column:t.gone", "table:taken because of table:taken", "view:taken because of table:taken")
}

func TestPlansAreTheSameBytesEveryTime(t *testing.T) {
	var objects []schema.Object
	for _, n := range strings.Split("k f a z c q m b", " ") {
		objects = append(objects, index(table(n, "id int", "x int"), n+"_x", "x"), foreignKey(n, "id", "a", "id"))
	}
	first := build(t, database(objects...), database(), plan.Options{})
	for range 20 {
		slices.Reverse(objects)
		if again := build(t, database(objects...), database(), plan.Options{}); again.ID() != first.ID() {
			t.Fatalf("got\n%s\nthen\n%s", sql(first), sql(again))
		}
	}
}
