package postgres

import "database-structure-sync/backend/schema"

func domainQueries() []query {
	return []query{{"domains", `
SELECT oid, typname, typnamespace, typbasetype, typtypmod, typcollation, typnotnull, pg_get_expr(typdefaultbin, 0)
  FROM pg_type WHERE oid >= 16384 AND typtype = 'd'`, (*reader).domain}}
}

// domain reads a domain; its checks come with the constraints.
func (r *reader) domain(w row) error {
	oid := w.oid(0)
	r.baseTypes[oid] = w.oid(3)
	in, ok := r.own(classType, oid, w.oid(2))
	if !ok {
		return nil
	}
	info := r.typeTexts[typeRef{w.oid(3), w.num(4)}]
	d := &schema.Domain{Schema: in, Name: w.text(1), Type: info.Type, NotNull: w.is(6), Default: w.text(7)}
	d.Collation, d.DependsOn = r.collate(w.oid(5), info.collation)
	d.DependsOn = append(d.DependsOn, r.memberOf(classType, info.base)...)
	r.track(classType, oid, d)
	r.domains[oid] = d
	r.put(in, d)
	return nil
}

// domainConstraint is a check of a domain or (from PostgreSQL 17 on) the name of its NOT NULL.
func (r *reader) domainConstraint(c constraintRow) {
	d := r.domains[c.oid(conDomain)]
	if d == nil {
		return
	}
	name := c.text(conName)
	switch c.char(conType) {
	case 'c':
		expr := stripParens(c.text(conText))
		spell(&d.Base, spellDefinition+" "+name, &expr)
		d.Checks = append(d.Checks, schema.DomainCheck{Name: name, Expr: expr, NotValid: !c.is(conValidated)})
		r.bases[address{class: classConstraint, oid: c.oid(conOID)}] = &d.Base
		if comment := r.comments[address{class: classConstraint, oid: c.oid(conOID)}]; comment != "" {
			d.Attrs.Set(attrConstraintComment+name, comment, schema.ClassComment)
		}
	case 'n':
		if name != objectName(d.Name, "", "not_null") {
			d.Attrs.Set(attrNotNullName, quoteIdent(name), schema.ClassNotNullName)
		}
	}
}
