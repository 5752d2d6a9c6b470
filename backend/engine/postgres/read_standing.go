package postgres

import (
	"sort"
	"strings"

	"database-structure-sync/backend/schema"
)

// standingQueries read whose things are and who may do what with them: only what is not as it would be if the user who
// reads had just created it.
func standingQueries() []query {
	privileges := func(a, b string) string {
		return `ARRAY(SELECT CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END || '/' || x.privilege_type || '/' || x.is_grantable
         FROM (SELECT grantee, privilege_type, is_grantable FROM aclexplode(` + a + `)
               EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(` + b + `)) x)`
	}
	return []query{{"privileges", `
SELECT o.class, o.oid, o.sub, CASE WHEN o.owner <> m.oid AND o.sub = 0 THEN quote_ident(pg_get_userbyid(o.owner)) END,
       ` + privileges("COALESCE(o.acl, o.usual)", "o.usual") + `, ` + privileges("o.usual", "COALESCE(o.acl, o.usual)") + `
  FROM (SELECT 1259 AS class, oid, 0 AS sub, relowner AS owner, relacl AS acl,
               acldefault(CASE WHEN relkind = 'S' THEN 's' ELSE 'r' END::"char", relowner) AS usual
          FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p', 'v', 'm', 'S')
        UNION ALL SELECT 1259, attrelid, attnum, 0, attacl, NULL
          FROM pg_attribute WHERE attrelid >= 16384 AND attacl IS NOT NULL AND attnum > 0 AND NOT attisdropped
        UNION ALL SELECT 1255, oid, 0, proowner, proacl, acldefault('f', proowner) FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT 1247, oid, 0, typowner, typacl, acldefault('T', typowner)
          FROM pg_type WHERE oid >= 16384 AND typtype IN ('e', 'd', 'r', 'c')
        UNION ALL SELECT 3456, oid, 0, collowner, NULL, NULL FROM pg_collation WHERE oid >= 16384
        UNION ALL SELECT 3381, oid, 0, stxowner, NULL, NULL FROM pg_statistic_ext WHERE oid >= 16384) o
 CROSS JOIN (SELECT oid FROM pg_roles WHERE rolname = current_user) m
 WHERE o.acl IS NOT NULL OR o.sub = 0 AND o.owner <> m.oid`, (*reader).standing}}
}

func (r *reader) standing(w row) error {
	class, oid, sub := w.oid(0), w.oid(1), w.num(2)
	rel := r.relations[oid]
	var at **schema.Standing
	column := ""
	switch {
	case class == classRelation && rel == nil:
		return nil
	case class == classRelation && sub > 0:
		if column = rel.column(sub); column == "" {
			return nil
		}
		at = &rel.object.Extra().Standing
		if c := rel.columns[sub-1].column; c != nil {
			at = &c.Standing
		}
	case class == classRelation && rel.identity != nil:
		at = &rel.identity.Identity.Standing
	default:
		base := r.base(class, oid)
		if base == nil {
			return nil
		}
		at = &base.Standing
	}
	if *at == nil {
		*at = &schema.Standing{}
	}
	s := *at
	if !w.null(3) {
		s.Owner = w.text(3)
	}
	if w.null(4) || class == classCollation || class == classStatistics {
		return nil
	}
	s.Granted = append(s.Granted, grantsOf(w.list(4), column)...)
	s.Revoked = append(s.Revoked, grantsOf(w.list(5), column)...)
	return nil
}

// grantsOf takes "role/PRIVILEGE/true" apart.
func grantsOf(texts []string, column string) (out []schema.Grant) {
	sort.Strings(texts)
	for _, t := range texts {
		option := strings.LastIndexByte(t, '/')
		privilege := strings.LastIndexByte(t[:option], '/')
		out = append(out, schema.Grant{
			To: t[:privilege], Privilege: t[privilege+1 : option], Column: column, Option: t[option+1:] == "true",
		})
	}
	return out
}
