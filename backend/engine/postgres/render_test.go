package postgres

import (
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

const (
	v12 version = 120022
	v15 version = 150018
	v17 version = 170006
	v18 version = 180001
)

// database holds these objects.
func database(objects ...schema.Object) *schema.Database {
	db := &schema.Database{Dialect: "postgres"}
	for _, o := range objects {
		db.Put(o)
	}
	return db
}

// table is public.t with these columns.
func table(columns ...*schema.Column) *schema.Table {
	for _, c := range columns {
		c.Schema, c.Table = "public", "t"
	}
	return &schema.Table{Schema: "public", Name: "t", Columns: columns}
}

// planned is the SQL that leads from before to after, statements separated by ";\n".
func planned(t *testing.T, v version, before, after *schema.Database) string {
	t.Helper()
	d := newDialect(v)
	changes := diff.Compare(after, before, diff.Options{}).Changes
	p, err := plan.Build(d, before, changes, plan.Options{AllowDestructive: true})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, s := range p.Statements {
		texts = append(texts, s.SQL)
	}
	return strings.Join(texts, ";\n")
}

func column(name, typ string) *schema.Column {
	return &schema.Column{Name: name, Type: schema.Type{Text: typ}}
}

func TestColumnChanges(t *testing.T) {
	with := func(c *schema.Column, f func(*schema.Column)) *schema.Column { f(c); return c }
	identity := func(c *schema.Column) {
		c.NotNull = true
		c.Identity = &schema.Identity{Generation: "ALWAYS", Sequence: "t_a_seq"}
	}
	generated := func(expr, kind string) func(*schema.Column) {
		return func(c *schema.Column) { c.Generated, c.GeneratedKind = expr, kind }
	}
	for name, c := range map[string]struct {
		v             version
		before, after *schema.Column
		want          string
	}{
		"a wider integer needs no conversion": {
			v15, column("a", "integer"), column("a", "bigint"),
			"ALTER TABLE public.t ALTER COLUMN a TYPE bigint",
		},
		"a text becomes a number only when told how": {
			v15, column("a", "text"), column("a", "integer"),
			"ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer",
		},
		"a default that cannot be cast is dropped and set again": {
			v15,
			with(column("a", "text"), func(c *schema.Column) { c.Default = "'1'::text" }),
			with(column("a", "integer"), func(c *schema.Column) { c.Default = "1" }),
			"ALTER TABLE public.t\n    ALTER COLUMN a DROP DEFAULT,\n    ALTER COLUMN a TYPE integer USING a::integer,\n    ALTER COLUMN a SET DEFAULT 1",
		},
		"a collation alone": {
			v15, column("a", "text"), with(column("a", "text"), func(c *schema.Column) { c.Collation = `"C"` }),
			`ALTER TABLE public.t ALTER COLUMN a TYPE text COLLATE "C"`,
		},
		"identity needs NOT NULL first": {
			v15, column("a", "integer"), with(column("a", "integer"), identity),
			"ALTER TABLE public.t\n    ALTER COLUMN a SET NOT NULL,\n    ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.t_a_seq)",
		},
		"identity ends": {
			v15, with(column("a", "integer"), identity), column("a", "integer"),
			"ALTER TABLE public.t\n    ALTER COLUMN a DROP IDENTITY,\n    ALTER COLUMN a DROP NOT NULL",
		},
		"a stored expression is kept as values": {
			v15, with(column("a", "integer"), generated("b + 1", "STORED")), column("a", "integer"),
			"ALTER TABLE public.t ALTER COLUMN a DROP EXPRESSION",
		},
		"version 12 keeps them in a new column": {
			v12, with(column("a", "integer"), generated("b + 1", "STORED")), column("a", "integer"),
			"ALTER TABLE public.t ADD COLUMN a_old integer;\nALTER TABLE public.t ALTER COLUMN a_old TYPE integer USING (b + 1);\n" +
				"ALTER TABLE public.t DROP COLUMN a;\nALTER TABLE public.t RENAME COLUMN a_old TO a",
		},
		"an expression changes in place from 17 on": {
			v17,
			with(column("a", "integer"), generated("b + 1", "STORED")), with(column("a", "integer"), generated("b + 2", "STORED")),
			"ALTER TABLE public.t ALTER COLUMN a SET EXPRESSION AS (b + 2)",
		},
		"and with the column before": {
			v15,
			with(column("a", "integer"), generated("b + 1", "STORED")), with(column("a", "integer"), generated("b + 2", "STORED")),
			"ALTER TABLE public.t DROP COLUMN a;\nALTER TABLE public.t ADD COLUMN a integer GENERATED ALWAYS AS (b + 2) STORED",
		},
		"storage goes back to the type's own": {
			v15,
			with(column("a", "text"), func(c *schema.Column) { c.Attrs.Set(attrStorage, "EXTERNAL", schema.ClassStorage) }), column("a", "text"),
			"ALTER TABLE public.t ALTER COLUMN a SET STORAGE EXTENDED",
		},
		"which has a word of its own from 16 on": {
			v17,
			with(column("a", "text"), func(c *schema.Column) { c.Attrs.Set(attrStorage, "EXTERNAL", schema.ClassStorage) }), column("a", "text"),
			"ALTER TABLE public.t ALTER COLUMN a SET STORAGE DEFAULT",
		},
		"a NOT NULL with a name": {v18, column("a", "integer"), with(column("a", "integer"), func(c *schema.Column) {
			c.NotNull = true
			c.Attrs.Set(attrNotNullName, "must", schema.ClassNotNullName)
		}), "ALTER TABLE public.t ADD CONSTRAINT must NOT NULL a"},
		"a comment, quoted": {
			v15, column("a", "integer"), with(column("a", "integer"), func(c *schema.Column) { c.Comment = `it's \` }),
			`COMMENT ON COLUMN public.t.a IS 'it''s \'`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := planned(t, c.v, database(table(c.before)), database(table(c.after))); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestSerialBecomesIdentityAndGoesOnCounting(t *testing.T) {
	key := schema.Key{Kind: schema.KindColumn, Schema: "public", Owner: "t", Name: "id"}
	sequence := &schema.Sequence{Schema: "public", Name: "t_id_seq", OwnedBy: key}
	serial := column("id", "integer")
	serial.NotNull, serial.Default, serial.DependsOn = true, "nextval('public.t_id_seq'::regclass)", []schema.Key{sequence.Key()}
	identity := column("id", "integer")
	identity.NotNull, identity.Identity = true, &schema.Identity{Generation: "ALWAYS", Sequence: "t_id_seq"}
	got := planned(t, v17, database(table(serial), sequence), database(table(identity)))
	want := `ALTER TABLE public.t ALTER COLUMN id DROP DEFAULT;
ALTER SEQUENCE public.t_id_seq RENAME TO t_id_seq_old;
ALTER TABLE public.t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.t_id_seq);
SELECT pg_catalog.setval('public.t_id_seq'::pg_catalog.regclass, last_value, is_called) FROM public.t_id_seq_old;
DROP SEQUENCE public.t_id_seq_old`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRemovedLabelMakesTheTypeAnew(t *testing.T) {
	mood := func(labels ...string) *schema.Enum {
		return &schema.Enum{Schema: "public", Name: "mood", Labels: labels}
	}
	col := func() *schema.Column {
		c := column("m", "public.mood")
		c.Type.User = mood().Key()
		c.Default, c.DependsOn = "'a'::public.mood", []schema.Key{mood().Key()}
		return c
	}
	got := planned(t, v15, database(mood("a", "b"), table(col())), database(mood("a"), table(col())))
	want := `ALTER TABLE public.t ALTER COLUMN m DROP DEFAULT;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('a');
ALTER TABLE public.t
    ALTER COLUMN m TYPE public.mood USING m::text::public.mood,
    ALTER COLUMN m SET DEFAULT 'a'::public.mood;
DROP TYPE public.mood_old`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLabelAdditions(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          string // "label after neighbour", …; "-" when labels go or move
	}{
		{"a b", "a b", ""},
		{"a b", "a b c", "c"},
		{"a b", "x a b", "x before a"},
		{"a b", "x y a b", "x before a, y after x"},
		{"a b", "a x b y", "x after a, y"},
		{"", "a b", "a, b"},
		{"a b", "b a", "-"},
		{"a b", "a", "-"},
	} {
		additions, ok := labelAdditions(strings.Fields(c.before), strings.Fields(c.after))
		var got []string
		for _, a := range additions {
			text := a.label
			switch {
			case a.before:
				text += " before " + a.neighbour
			case a.neighbour != "":
				text += " after " + a.neighbour
			}
			got = append(got, text)
		}
		text := strings.Join(got, ", ")
		if !ok {
			text = "-"
		}
		if text != c.want {
			t.Errorf("from %q to %q: %q, want %q", c.before, c.after, text, c.want)
		}
	}
}

func TestNewLabelsRunAlone(t *testing.T) {
	before, after := &schema.Enum{Schema: "s", Name: "e", Labels: []string{"a"}}, &schema.Enum{Schema: "s", Name: "e", Labels: []string{"a", "it's"}}
	p, err := plan.Build(newDialect(v15), database(before), diff.Compare(database(after), database(before), diff.Options{}).Changes, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Statements) != 1 || p.Statements[0].Tx != plan.Alone || p.Statements[0].SQL != "ALTER TYPE s.e ADD VALUE 'it''s'" {
		t.Errorf("got %+v", p.Statements)
	}
}

func TestUsing(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"integer", "bigint", ""},
		{"bigint", "smallint", ""},
		{"integer", "text", ""},
		{"text", "uuid", "c::uuid"},
		{"character varying(20)", "timestamp(3) with time zone", "c::timestamp(3) with time zone"},
		{"boolean", "integer", "c::integer"},
		{"boolean", "bigint", "c::integer::bigint"},
		{"numeric(10,2)", "boolean", "c <> 0"},
		{"json", "jsonb", ""},
		{"uuid", "integer", "c::text::integer"},
		{"integer[]", "text[]", ""},
		{"integer", "integer[]", "CASE WHEN c IS NULL THEN NULL ELSE ARRAY[c]::integer[] END"},
		{"text", "integer[]", "c::integer[]"},
		{"integer[]", "text", ""},
		{"date", "timestamp without time zone", ""},
		{"integer", "bit(8)", "c::bit(8)"},
		{"integer", "bit varying(8)", "c::text::bit varying(8)"},
	} {
		none := database()
		got := using("c", shapeOf(schema.Type{Text: c.from}, none), shapeOf(schema.Type{Text: c.to}, none), c.to)
		if got != c.want {
			t.Errorf("from %s to %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestTypeChangeHazards(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"character varying(10)", "character varying(20)", ""},
		{"character varying(10)", "text", ""},
		{"text", "character varying(10)", "may_fail table_rewrite blocking_lock"},
		{"integer", "bigint", "table_rewrite blocking_lock"},
		{"integer", "smallint", "may_fail table_rewrite blocking_lock"},
		{"numeric(10,4)", "numeric(10,2)", "value_loss table_rewrite blocking_lock"},
		{"numeric(10,2)", "numeric(12,2)", ""},
		{"double precision", "integer", "value_loss table_rewrite blocking_lock"},
		{"text", "integer", "may_fail table_rewrite blocking_lock"},
		{"timestamp(6) without time zone", "timestamp(3) without time zone", "value_loss table_rewrite blocking_lock"},
		{"timestamp without time zone", "date", "value_loss table_rewrite blocking_lock"},
		{"uuid", "text", "table_rewrite blocking_lock"},
	} {
		before, after := database(table(column("a", c.from))), database(table(column("a", c.to)))
		change := diff.Compare(after, before, diff.Options{}).Changes[0].Parts[0]
		if got := codes(newDialect(v15).Hazards(change, before)); got != c.want {
			t.Errorf("from %s to %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func codes(hs []hazard.Hazard) string {
	var texts []string
	for _, h := range hs {
		texts = append(texts, string(h.Code))
	}
	return strings.Join(texts, " ")
}

func TestHazardsOfOtherChanges(t *testing.T) {
	notNull := column("b", "integer")
	notNull.NotNull = true
	plain, partitioned := table(column("a", "integer")), table(column("a", "integer"))
	partitioned.PartitionBy = "LIST (a)"
	unique := table(column("a", "integer"))
	unique.Constraints = []*schema.Constraint{{Kind: schema.KindUnique, Schema: "public", Table: "t", Name: "u", Columns: []schema.IndexPart{{Column: "a"}}}}
	free := &schema.Sequence{Schema: "public", Name: "s"}
	for name, c := range map[string]struct {
		before, after *schema.Database
		want          string
	}{
		"a table goes":                        {database(plain), database(), "data_loss"},
		"a partitioned table has no rows":     {database(partitioned), database(), ""},
		"a table becomes a partitioned one":   {database(plain), database(partitioned), "table_rewrite may_fail"},
		"a column goes":                       {database(table(column("a", "integer"), column("b", "integer"))), database(plain), "data_loss"},
		"a column that may not be empty":      {database(plain), database(table(column("a", "integer"), notNull)), "may_fail"},
		"a unique constraint":                 {database(plain), database(unique), "index_build may_fail blocking_lock"},
		"a new table with a constraint":       {database(), database(unique), ""},
		"a sequence that nobody owns goes":    {database(free), database(), "counter_loss"},
		"an index on a table that is not new": {database(plain), database(indexed()), "index_build blocking_lock"},
	} {
		t.Run(name, func(t *testing.T) {
			items := diff.Items(diff.Compare(c.after, c.before, diff.Options{}).Changes)
			if got := codes(newDialect(v15).Hazards(items[0], c.before)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func indexed() *schema.Table {
	t := table(column("a", "integer"))
	t.Indexes = []*schema.Index{{Schema: "public", Table: "t", Name: "i", Columns: []schema.IndexPart{{Column: "a", Desc: true}}}}
	return t
}

func TestCounterStaysInsideNewBounds(t *testing.T) {
	options := func(low, high, start string) schema.SequenceOptions {
		return schema.SequenceOptions{Start: start, Increment: "1", Min: low, Max: high}
	}
	for name, c := range map[string]struct {
		before, after schema.SequenceOptions
		first, word   string
	}{
		"wider bounds change nothing":                  {options("1", "10", "1"), options("1", "100", "1"), "", ""},
		"bounds without a value in common start again": {options("1", "10", "1"), options("100", "200", "150"), "", "RESTART WITH 150"},
		"a value below the new bounds moves to the start": {
			options("1", "1000", "1"), options("100", "1000", "100"),
			"SELECT pg_catalog.setval('s'::pg_catalog.regclass, CASE WHEN last_value BETWEEN 100 AND 1000 THEN last_value ELSE 100 END, " +
				"is_called AND last_value BETWEEN 100 AND 1000) FROM s", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if first, word := keepCounter("s", c.before, c.after); first != c.first || word != c.word {
				t.Errorf("got %q, %q", first, word)
			}
		})
	}
}

func TestRoutineReplaceable(t *testing.T) {
	const body = "\n LANGUAGE sql\nAS $function$select 1$function$"
	for _, c := range []struct {
		before, after string
		want          bool
	}{
		{"f(a integer)\n RETURNS integer", "f(a integer)\n RETURNS integer", true},
		{"f(a integer)\n RETURNS integer", "f(b integer)\n RETURNS integer", false},
		{"f(a integer)\n RETURNS integer", "f(a integer)\n RETURNS bigint", false},
		{"f(a integer)\n RETURNS integer", "f(a integer DEFAULT 1)\n RETURNS integer", true},
		{"f(a integer DEFAULT 1)\n RETURNS integer", "f(a integer)\n RETURNS integer", false},
		{"f(a text DEFAULT ', b'::text, c integer DEFAULT 2)\n RETURNS integer", "f(a text DEFAULT ')'::text, c integer DEFAULT 3)\n RETURNS integer", true},
		{`"f("(a integer)` + "\n RETURNS integer", `"f("(a integer)` + "\n RETURNS integer", true},
	} {
		routine := func(head string) *schema.Scripted {
			s := &schema.Scripted{Kind: schema.KindRoutine, Definition: "CREATE OR REPLACE FUNCTION public." + head + body}
			s.Attrs.Set(attrRoutine, "FUNCTION public.f(integer)", schema.ClassStructure)
			return s
		}
		if got := routineReplaceable(routine(c.before), routine(c.after)); got != c.want {
			t.Errorf("from %q to %q: %v", c.before, c.after, got)
		}
	}
}

func TestUnsupportedFeatureIsSaidInASentence(t *testing.T) {
	virtual := column("b", "integer")
	virtual.Generated, virtual.GeneratedKind = "a + 1", "VIRTUAL"
	before, after := database(table(column("a", "integer"))), database(table(column("a", "integer"), virtual))
	_, err := plan.Build(newDialect(v17), before, diff.Compare(after, before, diff.Options{}).Changes, plan.Options{})
	if fault.CodeOf(err) != fault.Unsupported || !strings.Contains(err.Error(), "PostgreSQL 17.6 has no virtual generated columns") {
		t.Errorf("got %v", err)
	}
}

func TestTablesOfATypeFollowNewAttributesAtItsEndOnly(t *testing.T) {
	attribute := func(name string) schema.Attribute {
		return schema.Attribute{Name: name, Type: schema.Type{Text: "integer"}}
	}
	db := func(names ...string) *schema.Database {
		of := &schema.Composite{Schema: "public", Name: "row_type"}
		var columns []*schema.Column
		for _, n := range names {
			of.Attributes = append(of.Attributes, attribute(n))
			columns = append(columns, column(n, "integer"))
		}
		typed := table(columns...)
		typed.Attrs.Set(attrOfType, "public.row_type", schema.ClassStructure)
		typed.DependsOn = []schema.Key{of.Key()}
		return database(of, typed)
	}
	for want, after := range map[fault.Code]*schema.Database{"": db("a", "b", "c"), fault.Unsupported: db("a", "c", "b")} {
		before := db("a", "b")
		_, err := plan.Build(newDialect(v15), before, diff.Compare(after, before, diff.Options{}).Changes, plan.Options{AllowDestructive: true})
		if (err != nil) != (want != "") || err != nil && fault.CodeOf(err) != want {
			t.Errorf("wanted the code %q, got %v", want, err)
		}
	}
}

func TestForeignKeysOfTablesThatGoTogetherGoFirst(t *testing.T) {
	a, b := &schema.Table{Schema: "public", Name: "a"}, &schema.Table{Schema: "public", Name: "b"}
	fk := func(from, to string) *schema.ForeignKey {
		return &schema.ForeignKey{Schema: "public", Table: from, Name: from + "_fk", Columns: []string{"x"}, RefSchema: "public", RefTable: to, RefColumns: []string{"x"}}
	}
	got := planned(t, v15, database(a, b, fk("a", "b"), fk("b", "a")), database())
	want := `ALTER TABLE public.a DROP CONSTRAINT a_fk;
ALTER TABLE public.b DROP CONSTRAINT b_fk;
DROP TABLE public.a;
DROP TABLE public.b`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPartitionWithTheParentsIndexIsAttachedWhenItHasItsOwn(t *testing.T) {
	parent := &schema.Table{Schema: "public", Name: "p", PartitionBy: "RANGE (k)", Columns: []*schema.Column{{Schema: "public", Table: "p", Name: "k", Type: schema.Type{Text: "integer"}}}}
	parent.Indexes = []*schema.Index{{Schema: "public", Table: "p", Name: "p_k", Columns: []schema.IndexPart{{Column: "k"}}}}
	child := &schema.Table{
		Schema: "public", Name: "c", PartitionOf: parent.Key(), Bound: "FOR VALUES FROM (1) TO (2)",
		Columns: []*schema.Column{{Schema: "public", Table: "c", Name: "k", Type: schema.Type{Text: "integer"}, Inherited: true}},
	}
	child.Indexes = []*schema.Index{{Schema: "public", Table: "c", Name: "c_k", Columns: []schema.IndexPart{{Column: "k"}}, Parent: parent.Indexes[0].Key()}}
	got := planned(t, v15, database(parent), database(parent, child))
	want := `CREATE TABLE public.c (
    k integer
);
CREATE INDEX c_k ON public.c (k);
ALTER TABLE ONLY public.p ATTACH PARTITION public.c FOR VALUES FROM (1) TO (2)`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestObjectNameIsTheServersOwn(t *testing.T) {
	long := strings.Repeat("ä", 30) // 60 bytes
	for _, c := range []struct{ first, second, label, want string }{
		{"t", "a", "not_null", "t_a_not_null"},
		{"t", "", "old", "t_old"},
		{long, "b", "seq", strings.Repeat("ä", 28) + "_b_seq"},
	} {
		if got := objectName(c.first, c.second, c.label); got != c.want {
			t.Errorf("%s %s %s: %q (%d bytes), want %q", c.first, c.second, c.label, got, len(got), c.want)
		}
	}
}
