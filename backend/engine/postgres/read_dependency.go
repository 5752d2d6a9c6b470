package postgres

import (
	"fmt"

	"database-structure-sync/backend/schema"
)

// dependencyQueries read what the server knows of dependencies between objects of users, where structure does not say
// it already: of expressions, queries, routines, triggers. An index on plain columns has nothing to tell.
func dependencyQueries() []query {
	return []query{{"dependencies", `
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype, e.extname
  FROM pg_depend d
  LEFT JOIN pg_constraint c ON d.classid = 2606 AND c.oid = d.objid
  LEFT JOIN pg_index i ON d.classid = 1259 AND i.indexrelid = d.objid
  LEFT JOIN pg_extension e ON d.deptype = 'x' AND e.oid = d.refobjid -- plpgsql among them, which every database is born with
 WHERE d.objid >= 16384 AND (d.refobjid >= 16384 OR d.deptype = 'x') AND d.deptype IN ('n', 'a', 'x') AND d.refclassid <> 2615
   AND CASE d.classid WHEN 2606 THEN c.contype IN ('c', 'x')
                      WHEN 1259 THEN d.deptype <> CASE WHEN d.objsubid > 0 THEN 'n' WHEN i.indexprs IS NOT NULL OR i.indpred IS NOT NULL THEN '' ELSE 'a' END::"char"
                      WHEN 1247 THEN d.deptype <> 'a'
                      ELSE true END
   AND NOT (d.classid = 2604 AND d.refclassid = 1259 AND d.deptype = 'a' AND EXISTS
       (SELECT FROM pg_attrdef f WHERE f.oid = d.objid AND f.adrelid = d.refobjid AND f.adnum = d.refobjsubid))`, (*reader).dependency}}
}

func (r *reader) dependency(w row) error {
	base := r.base(w.oid(0), w.oid(1))
	if sub := w.num(2); sub > 0 { // before PostgreSQL 15, a generated column itself uses others, and not its expression
		if rel := r.relations[w.oid(1)]; w.oid(0) == classRelation && rel != nil && rel.column(sub) != "" && rel.columns[sub-1].column != nil {
			base = &rel.columns[sub-1].column.Base
		}
	}
	if base == nil {
		return nil
	}
	if w.char(6) == 'x' {
		base.Unmodelled = append(base.Unmodelled, fmt.Sprintf("DEPENDS ON EXTENSION %s", quoteIdent(w.text(7))))
		return nil
	}
	key := r.target(w.oid(3), w.oid(4), w.num(5))
	if !key.IsZero() {
		base.DependsOn = append(base.DependsOn, key)
	}
	return nil
}

// target is the object that a dependency points at: as precise as the server tells, or the extension that brings it.
func (r *reader) target(class, oid uint32, sub int) schema.Key {
	a := address{class: class, oid: oid}
	if key, ok := r.members[a]; ok {
		return key
	}
	switch class {
	case classRelation:
		if rel := r.relations[oid]; rel != nil {
			if keys := rel.columnKeys([]int{sub}); rel.table != nil && len(keys) > 0 {
				return keys[0]
			}
			return rel.key
		}
	case classType:
		return r.types[oid]
	case classCollation:
		if deps := r.collations[oid].deps; len(deps) > 0 {
			return deps[0]
		}
		return schema.Key{}
	}
	return r.key(class, oid)
}
