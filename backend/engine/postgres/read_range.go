package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

func rangeQueries(v version) []query {
	multirange := v.since(14, "(SELECT m.typname FROM pg_type m WHERE m.oid = g.rngmultitypid)", "NULL")
	return []query{{"ranges", `
SELECT t.oid, t.typname, t.typnamespace, g.rngsubtype, g.rngcollation, st.typcollation, g.rngsubopc,
       CASE WHEN g.rngcanonical <> 0 THEN g.rngcanonical::regproc::text END,
       CASE WHEN g.rngsubdiff <> 0 THEN g.rngsubdiff::regproc::text END, ` + multirange + `
  FROM pg_range g JOIN pg_type t ON t.oid = g.rngtypid JOIN pg_type st ON st.oid = g.rngsubtype WHERE t.oid >= 16384`, (*reader).rangeType}}
}

func (r *reader) rangeType(w row) error {
	oid := w.oid(0)
	in, ok := r.own(classType, oid, w.oid(2))
	if !ok {
		return nil
	}
	t := &schema.Scripted{Kind: schema.KindRange, Schema: in, Name: w.text(1)}
	subtype := r.typeTexts[typeRef{w.oid(3), -1}]
	options := []string{"subtype = " + subtype.Text}
	add := func(name, value string) {
		if value != "" {
			options = append(options, name+" = "+value)
		}
	}
	if name := w.text(9); name != "" && name != defaultMultirangeName(t.Name) {
		add("multirange_type_name", quoteQualified(in, name))
	}
	add("subtype_opclass", r.opclassText(w.oid(6), w.oid(3)))
	collate, deps := r.collate(w.oid(4), w.oid(5))
	add("collation", collate)
	add("canonical", w.text(7))
	add("subtype_diff", w.text(8))
	t.Definition = "CREATE TYPE " + quoteQualified(in, t.Name) + " AS RANGE (" + strings.Join(options, ", ") + ")"
	t.DependsOn = append(t.DependsOn, subtype.User)
	t.DependsOn = append(t.DependsOn, deps...)
	t.DependsOn = append(t.DependsOn, r.memberOf(classType, subtype.base)...)
	r.track(classType, oid, t)
	r.put(in, t)
	return nil
}

// defaultMultirangeName is the name that the server gives the multirange type of a range type by itself.
func defaultMultirangeName(name string) string {
	const longest = 63
	if before, after, found := strings.Cut(name, "range"); found {
		name = before + "multirange" + after
		return clip(name, min(len(name), longest))
	}
	return clip(name, min(len(name), longest-len("_multirange"))) + "_multirange"
}
