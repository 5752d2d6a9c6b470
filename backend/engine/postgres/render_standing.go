package postgres

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// restore gives what is made anew by these nodes, and was there before, the owner and the privileges that it had.
func (r *rendering) restore(nodes []plan.Node) {
	for i := range nodes {
		n := &nodes[i]
		for _, k := range n.Creates {
			n.Statements = append(n.Statements, r.standing(k, true)...)
		}
		for _, k := range n.Alters {
			if isTypeKind(k.Kind) || k.Kind == schema.KindCollation {
				n.Statements = append(n.Statements, r.standing(k, false)...)
			}
		}
	}
}

// standing are the statements that restore one object, none when it does not come back or has never been away.
func (r *rendering) standing(k schema.Key, created bool) []plan.Statement {
	before, after := r.w.Before.Find(k), r.w.After.Find(k)
	if before == nil || after == nil {
		return nil
	}
	s := before.Extra().Standing
	switch x := before.(type) {
	case *schema.Column:
		t, still := r.w.Before.Table(k.Schema, k.Owner), r.w.After.Table(k.Schema, k.Owner)
		if x.Inherited || !r.tableReplaced(t, still) && !r.d.columnRecreated(x, after.(*schema.Column)) {
			return nil
		}
	case *schema.Constraint, *schema.Index:
		return nil // as their table
	default:
		if (isTypeKind(k.Kind) || k.Kind == schema.KindCollation) && k.Kind != schema.KindRange && r.fateOf(k) != remade {
			return nil
		}
		if k.Kind == schema.KindRange && !created {
			return nil
		}
	}
	if s == nil {
		return nil
	}
	w := newWork(k, diff.Replace)
	if word := ownerWord(after); word != "" && s.Owner != "" {
		w.run("ALTER " + word + " OWNER TO " + s.Owner)
	}
	for _, text := range grants(grantTarget(after), s) {
		w.run(text)
	}
	return w.statements
}

// ownerWord is how ALTER … OWNER TO names an object.
func ownerWord(o schema.Object) string {
	k := o.Key()
	switch k.Kind {
	case schema.KindTable:
		return "TABLE " + fullName(k)
	case schema.KindView:
		return "VIEW " + fullName(k)
	case schema.KindMaterializedView:
		return "MATERIALIZED VIEW " + fullName(k)
	case schema.KindSequence:
		return "SEQUENCE " + fullName(k)
	case schema.KindEnum, schema.KindComposite, schema.KindRange:
		return "TYPE " + fullName(k)
	case schema.KindDomain:
		return "DOMAIN " + fullName(k)
	case schema.KindCollation:
		return "COLLATION " + fullName(k)
	case schema.KindStatistics:
		return "STATISTICS " + fullName(k)
	case schema.KindRoutine:
		return o.Extra().Attrs.Get(attrRoutine)
	}
	return ""
}

// grantTarget is how GRANT names an object.
func grantTarget(o schema.Object) string {
	k := o.Key()
	switch k.Kind {
	case schema.KindView, schema.KindMaterializedView:
		return "TABLE " + fullName(k)
	case schema.KindColumn:
		return "TABLE " + ownerName(k)
	case schema.KindRoutine:
		return strings.Replace(o.Extra().Attrs.Get(attrRoutine), "AGGREGATE ", "FUNCTION ", 1)
	}
	return ownerWord(o)
}

// grants are the statements that lead from the usual privileges to these.
func grants(target string, s *schema.Standing) (out []string) {
	if s == nil || target == "" {
		return nil
	}
	regranted := func(g schema.Grant) bool { // with or without the option to pass it on
		return slices.ContainsFunc(s.Granted, func(x schema.Grant) bool { return x.To == g.To && x.Privilege == g.Privilege && x.Column == g.Column })
	}
	each := func(list []schema.Grant, verb, word string) {
		for i := 0; i < len(list); {
			j := i
			var privileges []string
			for ; j < len(list) && list[j].To == list[i].To && list[j].Column == list[i].Column && list[j].Option == list[i].Option; j++ {
				if verb == "REVOKE " && regranted(list[j]) {
					continue
				}
				p := list[j].Privilege
				if list[j].Column != "" {
					p += " (" + quoteIdent(list[j].Column) + ")"
				}
				privileges = append(privileges, p)
			}
			text := verb + strings.Join(privileges, ", ") + " ON " + target + word + list[i].To
			if verb == "GRANT " && list[i].Option {
				text += " WITH GRANT OPTION"
			}
			if len(privileges) > 0 {
				out = append(out, text)
			}
			i = j
		}
	}
	each(s.Revoked, "REVOKE ", " FROM ")
	each(s.Granted, "GRANT ", " TO ")
	return out
}

// ownerOfTable gives a new sequence to the owner of the table that it is to belong to, which the server insists on.
func (r *rendering) ownerOfTable(s *schema.Sequence) string {
	t := r.w.Before.Table(s.OwnedBy.Schema, s.OwnedBy.Owner)
	if t == nil || t.Standing == nil || t.Standing.Owner == "" {
		return ""
	}
	if was := r.w.Before.Get(s.Key()); was != nil && was.Extra().Standing != nil && was.Extra().Standing.Owner == t.Standing.Owner {
		return ""
	}
	return "ALTER SEQUENCE " + fullName(s.Key()) + " OWNER TO " + t.Standing.Owner
}
