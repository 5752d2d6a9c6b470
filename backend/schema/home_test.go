package schema_test

import (
	"testing"

	"database-structure-sync/backend/schema"
)

func TestHome(t *testing.T) {
	table := schema.Key{Kind: schema.KindTable, Schema: "s", Name: "x"}
	view := schema.Key{Kind: schema.KindView, Schema: "s", Name: "x"}
	trigger := func(on ...schema.Key) *schema.Scripted {
		return &schema.Scripted{Kind: schema.KindTrigger, Schema: "s", Owner: "x", Name: "t", Base: schema.Base{DependsOn: on}}
	}
	for name, test := range map[string]struct {
		object schema.Object
		want   schema.Key
	}{
		"a trigger on a table":             {trigger(table), table},
		"a trigger on a view":              {trigger(view), view},
		"a trigger that only reads a view": {trigger(table, schema.Key{Kind: schema.KindView, Schema: "s", Name: "other"}), table},
		"a foreign key":                    {&schema.ForeignKey{Schema: "s", Table: "x", Name: "fk"}, table},
		"a sequence that a column owns":    {&schema.Sequence{Schema: "s", Name: "q", OwnedBy: schema.Key{Kind: schema.KindColumn, Schema: "s", Owner: "x", Name: "id"}}, table},
		"a sequence by itself":             {&schema.Sequence{Schema: "s", Name: "q"}, schema.Key{}},
		"a view":                           {&schema.Scripted{Kind: schema.KindView, Schema: "s", Name: "x"}, schema.Key{}},
	} {
		got, ok := schema.Home(test.object)
		if got != test.want || ok != !test.want.IsZero() {
			t.Errorf("%s stands under %q", name, got)
		}
	}
}
