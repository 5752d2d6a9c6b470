package postgres

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// composite renders a stand-alone row type.
func (r *rendering) composite(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	if err := r.tablesFollow(k); err != nil {
		return nil, err
	}
	if out, done := r.remake(op, createComposite); done {
		return out, nil
	}
	w := newWork(k, op.Action)
	switch op.Action {
	case diff.Create:
		createComposite(w, op.After)
		return nodes(w.creates(k)), nil
	case diff.Drop:
		w.run("DROP TYPE " + fullName(k))
		return nodes(w.drops(k)), nil
	}
	before, after := op.Before.(*schema.Composite), op.After.(*schema.Composite)
	if actions, hs := r.attributeActions(before, after); len(actions) > 0 {
		w.run("ALTER TYPE "+fullName(k)+" "+strings.Join(actions, ", "), hs...)
	}
	w.comment("TYPE "+fullName(k), before.Comment, after.Comment)
	old := attributesByName(before)
	for _, a := range after.Attributes {
		w.comment(attributeTarget(after, a), old[a.Name].Comment, a.Comment)
	}
	return nodes(w.alters(k)), nil
}

// tablesFollow tells why tables of the type cannot follow its change, nil when they can: their columns have to be in the
// order of the attributes, and new columns come last.
func (r *rendering) tablesFollow(k schema.Key) error {
	before, was := r.w.Before.Get(k).(*schema.Composite)
	after, is := r.w.After.Get(k).(*schema.Composite)
	if !was || !is {
		return nil
	}
	old, now := attributesByName(before), attributesByName(after)
	var order []string
	for _, a := range before.Attributes {
		if _, still := now[a.Name]; still {
			order = append(order, a.Name)
		}
	}
	for _, a := range after.Attributes {
		if _, had := old[a.Name]; !had {
			order = append(order, a.Name)
		}
	}
	follows := slices.EqualFunc(order, after.Attributes, func(name string, a schema.Attribute) bool { return name == a.Name })
	for _, t := range r.before.typed[fullName(k)] {
		if still := r.w.After.Table(t.Schema, t.Name); !follows && still != nil && still.Attrs.Get(attrOfType) == fullName(k) {
			return fault.New(fault.Unsupported, "PostgreSQL cannot change the order of the columns of %s, which a new attribute between others, or another order, of its type %s would need",
				displayName(t.Key()), displayName(k))
		}
	}
	return nil
}

func attributeTarget(c *schema.Composite, a schema.Attribute) string {
	return "COLUMN " + fullName(c.Key()) + "." + quoteIdent(a.Name)
}

func createComposite(w *work, o schema.Object) {
	c := o.(*schema.Composite)
	attributes := make([]string, len(c.Attributes))
	for i, a := range c.Attributes {
		attributes[i] = quoteIdent(a.Name) + " " + attributeType(a)
	}
	list := "()"
	if len(attributes) > 0 {
		list = "(\n    " + strings.Join(attributes, ",\n    ") + "\n)"
	}
	w.run("CREATE TYPE " + fullName(c.Key()) + " AS " + list)
	w.comment("TYPE "+fullName(c.Key()), "", c.Comment)
	for _, a := range c.Attributes {
		w.comment(attributeTarget(c, a), "", a.Comment)
	}
}

func attributeType(a schema.Attribute) string {
	if a.Collation != "" {
		return a.Type.Text + " COLLATE " + a.Collation
	}
	return a.Type.Text
}

func attributesByName(c *schema.Composite) map[string]schema.Attribute {
	byName := make(map[string]schema.Attribute, len(c.Attributes))
	for _, a := range c.Attributes {
		byName[a.Name] = a
	}
	return byName
}

// alterableAttributes tells whether ALTER TYPE can make the change: attributes are only added at the end, and those of
// a type that a column stores keep their types.
func alterableAttributes(before, after *schema.Composite, stored bool) bool {
	old := attributesByName(before)
	position, added := 0, false
	for _, a := range after.Attributes {
		b, had := old[a.Name]
		if !had {
			added = true
			continue
		}
		if added || stored && attributeType(b) != attributeType(a) {
			return false
		}
		for before.Attributes[position].Name != a.Name { // attributes in between are dropped, or stand elsewhere
			if position++; position == len(before.Attributes) {
				return false
			}
		}
	}
	return true
}

// attributeActions are the actions of ALTER TYPE. Tables of the type follow.
func (r *rendering) attributeActions(before, after *schema.Composite) (actions []string, hs []hazard.Hazard) {
	cascade := ""
	typed := r.before.typed[fullName(before.Key())]
	if len(typed) > 0 {
		cascade = " CASCADE"
	}
	old, now := attributesByName(before), attributesByName(after)
	for _, a := range before.Attributes {
		if _, still := now[a.Name]; !still {
			actions = append(actions, "DROP ATTRIBUTE "+quoteIdent(a.Name)+cascade)
		}
	}
	for _, a := range after.Attributes {
		b, had := old[a.Name]
		switch {
		case !had:
			actions = append(actions, "ADD ATTRIBUTE "+quoteIdent(a.Name)+" "+attributeType(a)+cascade)
		case attributeType(b) != attributeType(a):
			actions = append(actions, "ALTER ATTRIBUTE "+quoteIdent(a.Name)+" TYPE "+attributeType(a)+cascade)
		}
	}
	if len(actions) > 0 {
		hs = r.hazards.alter(before, after)
	}
	return actions, hs
}

// usingComposite converts a value of an old row type into the new one, attribute by attribute.
func usingComposite(col string, before, after *schema.Composite, target string, r *rendering) string {
	old := attributesByName(before)
	values := make([]string, len(after.Attributes))
	for i, a := range after.Attributes {
		b, had := old[a.Name]
		if !had {
			values[i] = "NULL"
			continue
		}
		value := "(" + col + ")." + quoteIdent(a.Name)
		values[i] = value
		if b.Type.Text != a.Type.Text || r.fateOf(a.Type.User) != kept {
			from, to := shapeOf(b.Type, r.w.Before), shapeOf(a.Type, r.w.After)
			switch cast := using("("+value+")", from, to, a.Type.Text); {
			case r.fateOf(a.Type.User) != kept:
				values[i] = "(" + value + ")::text::" + a.Type.Text
			case cast == "":
				values[i] = "(" + value + ")::" + a.Type.Text
			default:
				values[i] = cast
			}
		}
	}
	return "CASE WHEN " + col + " IS NULL THEN NULL ELSE ROW(" + strings.Join(values, ", ") + ")::" + target + " END"
}
