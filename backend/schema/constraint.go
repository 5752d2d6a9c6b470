package schema

import "strings"

// Constraint is a primary key, unique, check or exclusion constraint of a table; Kind says which.
type Constraint struct {
	Kind                Kind
	Schema, Table, Name string
	Columns             []IndexPart // primary key, unique
	Include             []string    // primary key, unique
	// Expr is the condition of a check without the outer parentheses, or an exclusion's definition from USING on.
	Expr              string
	NullsNotDistinct  bool
	WithoutOverlaps   bool // the last column is compared with && (PostgreSQL 18), or MariaDB's application-time period
	Deferrable        bool
	InitiallyDeferred bool
	NotValid          bool
	NotEnforced       bool
	NoInherit         bool
	// Inherited marks a constraint that a parent table gives to a partition or child (PostgreSQL).
	Inherited bool
	// Parent is the constraint of the partitioned parent that this one is attached to (PostgreSQL).
	Parent Key
	Base
}

var constraintProps = []property[Constraint]{
	{"columns", ClassStructure, func(c *Constraint) string { return partsText(c.Columns) }, func(d, s *Constraint) { d.Columns = s.Columns }},
	{"include", ClassStructure, func(c *Constraint) string { return strings.Join(c.Include, ", ") }, func(d, s *Constraint) { d.Include = s.Include }},
	{"expression", ClassStructure, func(c *Constraint) string { return c.Expr }, func(d, s *Constraint) { d.Expr = s.Expr }},
	{"nulls_not_distinct", ClassStructure, func(c *Constraint) string { return flag(c.NullsNotDistinct) }, func(d, s *Constraint) { d.NullsNotDistinct = s.NullsNotDistinct }},
	{"without_overlaps", ClassStructure, func(c *Constraint) string { return flag(c.WithoutOverlaps) }, func(d, s *Constraint) { d.WithoutOverlaps = s.WithoutOverlaps }},
	{"deferrable", ClassStructure, func(c *Constraint) string { return flag(c.Deferrable) }, func(d, s *Constraint) { d.Deferrable = s.Deferrable }},
	{"initially_deferred", ClassStructure, func(c *Constraint) string { return flag(c.InitiallyDeferred) }, func(d, s *Constraint) { d.InitiallyDeferred = s.InitiallyDeferred }},
	{"not_valid", ClassStructure, func(c *Constraint) string { return flag(c.NotValid) }, func(d, s *Constraint) { d.NotValid = s.NotValid }},
	{"not_enforced", ClassStructure, func(c *Constraint) string { return flag(c.NotEnforced) }, func(d, s *Constraint) { d.NotEnforced = s.NotEnforced }},
	{"no_inherit", ClassStructure, func(c *Constraint) string { return flag(c.NoInherit) }, func(d, s *Constraint) { d.NoInherit = s.NoInherit }},
	{"inherited", ClassInheritance, func(c *Constraint) string { return flag(c.Inherited) }, func(d, s *Constraint) { d.Inherited = s.Inherited }},
	{"parent", ClassStructure, func(c *Constraint) string { return keyText(c.Parent) }, func(d, s *Constraint) { d.Parent = s.Parent }},
}

// Key implements Object.
func (c *Constraint) Key() Key {
	return Key{Kind: c.Kind, Schema: c.Schema, Owner: c.Table, Name: c.Name}
}

// Deps implements Object.
func (c *Constraint) Deps() []Key {
	return sortedDeps(c)
}

// EachDep implements Object.
func (c *Constraint) EachDep(visit func(Key)) {
	visit(Key{Kind: KindTable, Schema: c.Schema, Name: c.Table})
	visitKey(c.Parent, visit)
	visitKeys(c.DependsOn, visit)
	for _, p := range c.Columns {
		if p.Column != "" {
			visit(columnKey(c.Schema, c.Table, p.Column))
		}
	}
	visitColumns(c.Schema, c.Table, c.Include, visit)
}

// Props implements Object.
func (c *Constraint) Props() []Prop { return props(c, &c.Base, constraintProps) }

func (c *Constraint) eachProp(visit func(Prop)) { eachProp(c, &c.Base, constraintProps, visit) }

// Parts implements Object.
func (c *Constraint) Parts() []Object { return nil }

// Same implements Object.
func (c *Constraint) Same(o Object) bool {
	x, ok := o.(*Constraint)
	return ok && same(c, x, &c.Base, &x.Base, constraintProps)
}

// With implements Object.
func (c *Constraint) With(from Object, take func(Prop) bool) Object {
	d, f := *c, from.(*Constraint)
	with(&d, f, &d.Base, &f.Base, constraintProps, take)
	return &d
}
