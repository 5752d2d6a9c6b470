package postgres

import (
	"slices"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// fitted is what a server of that major version makes of a structure of PostgreSQL 18, and the notes.
func fitted(major int, objects ...schema.Object) (*schema.Database, []string) {
	db := &schema.Database{Dialect: "postgres", Version: "18.1"}
	for _, o := range objects {
		db.Put(o)
	}
	out, notes := newDialect(version(major*10000)).(*dialect).Adapt(db, nil)
	var texts []string
	for _, n := range notes {
		texts = append(texts, n.String())
	}
	return out, texts
}

func TestWhatAnOlderVersionDoesNotHaveIsNoted(t *testing.T) {
	col := func(name string) *schema.Column {
		return &schema.Column{Schema: "s", Table: "t", Name: name, Type: schema.Type{Text: "integer"}}
	}
	table := func(parts ...schema.Object) *schema.Table {
		return (&schema.Table{Schema: "s", Name: "t"}).WithParts(parts)
	}
	virtual := col("v")
	virtual.Generated, virtual.GeneratedKind = "a + 1", "VIRTUAL"
	multirange := col("m")
	multirange.Type.Text = "int4multirange"
	index := &schema.Index{Schema: "s", Table: "t", Name: "i", Columns: []schema.IndexPart{{Column: "m"}}}
	unforced := &schema.Constraint{Kind: schema.KindCheck, Schema: "s", Table: "t", Name: "k", Expr: "a > 0", NotEnforced: true}
	view := func(name, query string, deps ...schema.Key) *schema.Scripted {
		return &schema.Scripted{Kind: schema.KindView, Schema: "s", Name: name, Definition: "CREATE VIEW s." + name + " AS\n" + query, Base: schema.Base{DependsOn: deps}}
	}
	later := view("later", " SELECT uuidv7() AS id")
	for name, c := range map[string]struct {
		major   int
		objects []schema.Object
		notes   []string
	}{
		"nothing in a version that has it": {18, []schema.Object{table(col("a"), virtual)}, nil},
		"virtual columns are stored": {17, []schema.Object{table(col("a"), virtual)}, []string{
			"s.t.v has a stored one instead of a virtual generated column, new in PostgreSQL 18",
		}},
		"an index goes with its column": {13, []schema.Object{table(col("a"), multirange, index)}, []string{
			"s.t.i is left out because it needs s.t.m", "s.t.m is left out: columns of type int4multirange are new in PostgreSQL 14",
		}},
		"what is not enforced is left out": {17, []schema.Object{table(col("a"), unforced)}, []string{
			"s.t.k is left out: constraints that are not enforced are new in PostgreSQL 18",
		}},
		"a view on a view that calls something new": {17, []schema.Object{later, view("above", " SELECT 1", later.Key())}, []string{
			"s.above is left out because it needs s.later", "s.later is left out: calls of uuidv7 are new in PostgreSQL 18",
		}},
		"a text that names a function in quotes": {17, []schema.Object{view("v", " SELECT 'uuidv7()'::text AS t")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			db, notes := fitted(c.major, c.objects...)
			if !slices.Equal(notes, c.notes) {
				t.Errorf("notes\n got %q\nwant %q", notes, c.notes)
			}
			again, more := newDialect(version(c.major*10000)).(*dialect).Adapt(db, nil)
			if found := diff.Compare(again, db, diff.Options{}); !found.Equal() || len(more) > 0 {
				t.Errorf("fitting what fits gives %v, %v", diff.Items(found.Changes), more)
			}
		})
	}
}

func TestWordsOfSQLAreCallsBefore14(t *testing.T) {
	f := &fitter{v: 130000, source: &schema.Database{Version: "18.1"}}
	for text, want := range map[string]string{
		"EXTRACT(year FROM d)":                      "date_part('year'::text, d)",
		"(d AT TIME ZONE 'UTC'::text)":              "timezone('UTC'::text, d)",
		"SUBSTRING(a FROM 2 FOR 3)":                 `"substring"(a, 2, 3)`,
		"SUBSTRING(lower(a) FROM '^x'::text)":       `"substring"(lower(a), '^x'::text)`,
		"TRIM(BOTH FROM a)":                         "btrim(a)",
		"TRIM(LEADING 'x'::text FROM a)":            "ltrim(a, 'x'::text)",
		"OVERLAY(a PLACING 'x'::text FROM 2 FOR 1)": `"overlay"(a, 'x'::text, 2, 1)`,
		"POSITION(('x'::text) IN (a))":              `"position"(a, 'x'::text)`,
		"EXTRACT(dow FROM (d AT TIME ZONE z)) = 1":  "date_part('dow'::text, timezone(z, d)) = 1",
		"'EXTRACT(year FROM d)'::text":              "'EXTRACT(year FROM d)'::text",
		`"EXTRACT"(a)`:                              `"EXTRACT"(a)`,
		"my_extract(a)":                             "my_extract(a)",
	} {
		if got := f.rewritten(text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}
