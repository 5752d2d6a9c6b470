package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

func ruleQueries() []query {
	return []query{{
		"rules", `
SELECT oid, rulename, ev_class, ev_enabled, pg_get_ruledef(oid) FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN'`,
		func(r *reader, w row) error {
			oid, rel := w.oid(0), r.relations[w.oid(2)]
			if _, member := r.members[address{class: classRewrite, oid: oid}]; rel == nil || member {
				return nil
			}
			u := &schema.Scripted{Kind: schema.KindRule, Schema: rel.schema, Owner: rel.name, Name: w.text(1)}
			u.Definition = strings.TrimSuffix(w.text(4), ";")
			spell(&u.Base, spellDefinition, &u.Definition)
			u.Attrs.Set(attrEnabled, enabledText(w.char(3)), schema.ClassStructure)
			u.DependsOn = append(u.DependsOn, rel.key)
			r.track(classRewrite, oid, u)
			r.put(rel.schema, u)
			return nil
		},
	}}
}
