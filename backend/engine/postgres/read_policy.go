package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

func policyQueries() []query {
	return []query{{"policies", `
SELECT p.oid, p.polname, p.polrelid, p.polcmd, p.polpermissive,
       ARRAY(SELECT quote_ident(a.rolname) FROM pg_roles a WHERE a.oid = ANY (p.polroles) ORDER BY a.rolname),
       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
  FROM pg_policy p WHERE p.oid >= 16384`, (*reader).policy}}
}

func (r *reader) policy(w row) error {
	oid, rel := w.oid(0), r.relations[w.oid(2)]
	if rel == nil {
		return nil
	}
	p := &schema.Scripted{Kind: schema.KindPolicy, Schema: rel.schema, Owner: rel.name, Name: w.text(1)}
	var text strings.Builder
	text.WriteString("CREATE POLICY " + quoteIdent(p.Name) + " ON " + quoteQualified(rel.schema, rel.name))
	if !w.is(4) {
		text.WriteString(" AS RESTRICTIVE")
	}
	if command := map[byte]string{'r': "SELECT", 'a': "INSERT", 'w': "UPDATE", 'd': "DELETE"}[w.char(3)]; command != "" {
		text.WriteString(" FOR " + command)
	}
	if roles := w.list(5); len(roles) > 0 { // none: PUBLIC
		text.WriteString(" TO " + strings.Join(roles, ", "))
	}
	if !w.null(6) {
		text.WriteString(" USING (" + stripParens(w.text(6)) + ")")
	}
	if !w.null(7) {
		text.WriteString(" WITH CHECK (" + stripParens(w.text(7)) + ")")
	}
	p.Definition = text.String()
	spell(&p.Base, spellDefinition, &p.Definition)
	p.DependsOn = append(p.DependsOn, rel.key)
	r.track(classPolicy, oid, p)
	r.put(rel.schema, p)
	return nil
}
