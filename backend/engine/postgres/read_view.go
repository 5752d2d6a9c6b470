package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

func viewQueries() []query {
	return []query{{"views", `
SELECT c.oid, w.oid, pg_get_viewdef(c.oid)
  FROM pg_class c JOIN pg_rewrite w ON w.ev_class = c.oid AND w.rulename = '_RETURN'
 WHERE c.oid >= 16384 AND c.relkind IN ('v', 'm')`, (*reader).viewDefinition}}
}

// viewFacts reads what stands beside a view's query. A view's options are part of the statement that creates it; those
// of a materialized view are about storage and can be altered by themselves.
func (r *reader) viewFacts(w row, rel *relation) {
	v, options := rel.view, joinOptions("", w.list(6))
	var head strings.Builder
	head.WriteString("CREATE ")
	if rel.kind == 'm' {
		head.WriteString("MATERIALIZED ")
	}
	head.WriteString("VIEW " + quoteQualified(rel.schema, rel.name))
	if rel.kind == 'm' {
		v.Attrs.Set(attrStorageParams, options, schema.ClassStorage)
		v.Attrs.Set(attrTablespace, quoteName(w.text(12)), schema.ClassStorage)
		r.accessMethod(w, &v.Base)
	} else if options != "" {
		head.WriteString(" WITH (" + options + ")")
	}
	v.Definition = head.String() + " AS"
}

// viewDefinition completes the statement with the view's query.
func (r *reader) viewDefinition(w row) error {
	rel := r.relations[w.oid(0)]
	if rel == nil || rel.view == nil {
		return nil
	}
	query := strings.TrimSuffix(w.text(2), ";")
	if !r.v.atLeast(16) {
		query = unqualified(query)
	}
	rel.view.Definition += "\n" + query
	spell(&rel.view.Base, spellDefinition, &rel.view.Definition)
	r.bases[address{class: classRewrite, oid: w.oid(1)}] = &rel.view.Base
	return nil
}
