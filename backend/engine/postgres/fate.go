package postgres

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// fate is what becomes of a type or collation that stands before and after a plan.
type fate int

const (
	// kept: the object stays, perhaps altered in place.
	kept fate = iota
	// remade: the old one is renamed, the new one takes its name, the columns change over, and the old one is dropped. A
	// column's values are rewritten once.
	remade
	// parked: the old one is dropped before the new one is created, because both cannot stand side by side (a range
	// type's constructor functions cannot be renamed). Columns hold their values as text meanwhile.
	parked
)

// fateOf says what becomes of the type or collation of that key.
func (r *rendering) fateOf(k schema.Key) fate {
	if !isTypeKind(k.Kind) && k.Kind != schema.KindCollation {
		return kept
	}
	before, after := r.w.Before.Get(k), r.w.After.Get(k)
	if before == nil || after == nil {
		return kept
	}
	own := ownFate(before, after, r.storedIn(k) || r.castsInTables(before, after))
	if own == parked {
		return parked
	}
	for _, d := range before.Deps() {
		if f := r.fateOf(d); f > own && d != k {
			own = f
		}
		if contains(before) && r.validates(d) {
			return parked
		}
	}
	if own != kept && k.Kind == schema.KindRange {
		return parked
	}
	return own
}

// ownFate is an object's fate as far as its own change decides.
func ownFate(before, after schema.Object, stored bool) fate {
	switch b := before.(type) {
	case *schema.Enum:
		if _, ok := labelAdditions(b.Labels, after.(*schema.Enum).Labels); !ok {
			return remade
		}
	case *schema.Domain:
		if a := after.(*schema.Domain); a.Type.Text != b.Type.Text || a.Collation != b.Collation {
			return remade
		}
	case *schema.Composite:
		if !alterableAttributes(b, after.(*schema.Composite), stored) {
			return remade
		}
	case *schema.Scripted:
		if b.Definition != after.(*schema.Scripted).Definition {
			if b.Kind == schema.KindRange {
				return parked
			}
			return remade
		}
	}
	return kept
}

// storedIn tells whether a column, or another type, uses the type of that key before.
func (r *rendering) storedIn(k schema.Key) bool { return len(r.before.users[k]) > 0 }

// castsInTables tells that the attributes of a composite type with tables of its own change into types that ALTER TYPE
// cannot turn their values into by itself.
func (r *rendering) castsInTables(before, after schema.Object) bool {
	b, ok := before.(*schema.Composite)
	if !ok || len(r.before.typed[fullName(b.Key())]) == 0 {
		return false
	}
	old := attributesByName(b)
	return slices.ContainsFunc(after.(*schema.Composite).Attributes, func(a schema.Attribute) bool {
		was, had := old[a.Name]
		return had && was.Type.Text != a.Type.Text && using("", shapeOf(was.Type, r.w.Before), shapeOf(a.Type, r.w.After), "") != ""
	})
}

// contains tells that values of an object's type are put together of those of other types.
func contains(o schema.Object) bool {
	switch x := o.(type) {
	case *schema.Column:
		return strings.HasSuffix(x.Type.Text, "]")
	case *schema.Domain:
		return strings.HasSuffix(x.Type.Text, "]")
	case *schema.Composite:
		return true
	case *schema.Scripted:
		return x.Kind == schema.KindRange
	}
	return false
}

// validates tells that a domain is altered in a way that all its values are checked for. The server finds them only
// where they stand by themselves, and refuses while there are any in arrays, rows or ranges.
func (r *rendering) validates(k schema.Key) bool {
	before, was := r.w.Before.Get(k).(*schema.Domain)
	after, is := r.w.After.Get(k).(*schema.Domain)
	return was && is && domainValidates(before, after)
}

func domainValidates(before, after *schema.Domain) bool {
	if after.NotNull && !before.NotNull {
		return true
	}
	had := map[schema.DomainCheck]bool{}
	said := map[string]bool{}
	for _, c := range before.Checks {
		had[c] = true
		if !c.NotValid {
			said[c.Expr] = true
		}
	}
	for _, c := range after.Checks {
		if !c.NotValid && !had[c] && !said[c.Expr] {
			return true
		}
	}
	return false
}

// columnFate is what becomes of the types and collations that a column keeps using.
func (r *rendering) columnFate(before, after *schema.Column) fate {
	result := kept
	still := map[schema.Key]bool{}
	for _, k := range usedByType(after) {
		still[k] = true
	}
	for _, k := range usedByType(before) {
		if still[k] && contains(before) && r.validates(k) {
			return parked
		}
		if f := r.fateOf(k); still[k] && f > result {
			result = f
		}
	}
	u := before.Type.User
	if before.Type.Text == after.Type.Text && !u.IsZero() && (u != after.Type.User || isTypeKind(u.Kind) && r.w.After.Get(u) == nil) {
		return parked // another kind of type has taken the name
	}
	return result
}

// usedByType are the user-defined type and the collations of a column. A collation may also be there only because an
// expression of the column names it; treating the column as its user does no harm.
func usedByType(c *schema.Column) []schema.Key {
	var keys []schema.Key
	if !c.Type.User.IsZero() {
		keys = append(keys, c.Type.User)
	}
	if c.Collation == "" {
		return keys
	}
	for _, k := range c.DependsOn {
		if k.Kind == schema.KindCollation {
			keys = append(keys, k)
		}
	}
	return keys
}

// side is the key of the renamed old object while a remade one takes its name: no object of the model, but what the
// order of statements can be told by.
func side(k schema.Key) schema.Key {
	k.Owner, k.Name = k.Owner+"."+k.Name, "(old)"
	return k
}
