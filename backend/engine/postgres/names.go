package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// Names implements plan.Dialect: relations share one namespace per schema, with indexes and the sequences behind identity
// columns; so do types, with the row types of tables and views; so do a table's constraints.
func (d *dialect) Names(o schema.Object) []string {
	k := o.Key()
	relation := "relation:" + quoteQualified(k.Schema, k.Name)
	typ := "type:" + quoteQualified(k.Schema, k.Name)
	constraint := "constraint:" + quoteQualified(k.Schema, k.Owner) + "." + quoteIdent(k.Name)
	switch x := o.(type) {
	case *schema.Table:
		return []string{relation, typ}
	case *schema.Column:
		if x.Identity != nil && x.Identity.Sequence != "" {
			return []string{"relation:" + quoteQualified(k.Schema, x.Identity.Sequence)}
		}
		return nil
	case *schema.Index, *schema.Sequence:
		return []string{relation}
	case *schema.Constraint:
		if x.Kind == schema.KindCheck {
			return []string{constraint}
		}
		names := []string{constraint, relation}
		if x.Kind == schema.KindPrimaryKey { // there is only one
			names = append(names, "primary key:"+quoteQualified(k.Schema, k.Owner))
		}
		return names
	case *schema.ForeignKey:
		return []string{constraint}
	case *schema.Enum, *schema.Domain:
		return []string{typ}
	case *schema.Composite:
		return []string{relation, typ}
	case *schema.Scripted:
		return scriptedNames(x, relation, typ)
	}
	return nil
}

func scriptedNames(s *schema.Scripted, relation, typ string) []string {
	switch s.Kind {
	case schema.KindView:
		return []string{relation, typ}
	case schema.KindMaterializedView:
		names := []string{relation, typ}
		for _, a := range s.Attrs {
			if name, ok := strings.CutPrefix(a.Name, attrIndex); ok {
				names = append(names, "relation:"+quoteQualified(s.Schema, name))
			}
		}
		return names
	case schema.KindRange:
		return []string{typ}
	}
	return []string{string(s.Kind) + ":" + quoteQualified(s.Schema, s.Owner) + "." + quoteIdent(s.Name)}
}

// displayName is how messages name an object.
func displayName(k schema.Key) string {
	var parts []string
	for _, s := range []string{k.Schema, k.Owner, k.Name} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ".")
}

// freeName is a name for the old object while a new one takes its name, that nothing else has at either end of the plan.
func (r *rendering) freeName(k schema.Key) string { return r.freeNameFor(k, "old") }

// freeNameFor is the same with another word for what the object is meanwhile.
func (r *rendering) freeNameFor(k schema.Key, label string) string {
	for n := 0; ; n++ {
		name := objectName(k.Name, "", label+strings.Repeat("_", n))
		taken := false
		for _, kind := range kinds {
			other := schema.Key{Kind: kind, Schema: k.Schema, Name: name}
			taken = taken || r.w.Before.Get(other) != nil || r.w.After.Get(other) != nil
		}
		if !taken {
			return name
		}
	}
}
