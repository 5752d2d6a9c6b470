package schema

import "strings"

// Enum is a named enumerated type with its labels in order.
type Enum struct {
	Schema, Name string
	Labels       []string
	Base
}

var enumProps = []property[Enum]{
	{"labels", ClassStructure, func(e *Enum) string { return quotedList(e.Labels) }, func(d, s *Enum) { d.Labels = s.Labels }},
}

// quotedList joins texts so that no two different lists give the same text.
func quotedList(items []string) string {
	quoted := make([]string, len(items))
	for i, s := range items {
		quoted[i] = "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return strings.Join(quoted, ", ")
}

// Key implements Object.
func (e *Enum) Key() Key { return Key{Kind: KindEnum, Schema: e.Schema, Name: e.Name} }

// Deps implements Object.
func (e *Enum) Deps() []Key { return sortedDeps(e) }

// EachDep implements Object.
func (e *Enum) EachDep(visit func(Key)) {
	visitSchema(e.Schema, visit)
	visitKeys(e.DependsOn, visit)
}

// Props implements Object.
func (e *Enum) Props() []Prop { return props(e, &e.Base, enumProps) }

func (e *Enum) eachProp(visit func(Prop)) { eachProp(e, &e.Base, enumProps, visit) }

// Parts implements Object.
func (e *Enum) Parts() []Object { return nil }

// Same implements Object.
func (e *Enum) Same(o Object) bool {
	x, ok := o.(*Enum)
	return ok && same(e, x, &e.Base, &x.Base, enumProps)
}

// With implements Object.
func (e *Enum) With(from Object, take func(Prop) bool) Object {
	c, f := *e, from.(*Enum)
	with(&c, f, &c.Base, &f.Base, enumProps, take)
	return &c
}

// DomainCheck is one named CHECK of a domain; Expr is without the outer parentheses.
type DomainCheck struct {
	Name, Expr string
	NotValid   bool
}

// Domain is a named type with constraints over a base type.
type Domain struct {
	Schema, Name string
	Type         Type
	Collation    string // qualified, quoted; "" when it is the base type's own
	NotNull      bool
	Default      string
	Checks       []DomainCheck // sorted by name
	Base
}

var domainProps = []property[Domain]{
	{"type", ClassStructure, func(d *Domain) string { return d.Type.Text }, func(d, s *Domain) { d.Type = s.Type }},
	{"collation", ClassCollation, func(d *Domain) string { return d.Collation }, func(d, s *Domain) { d.Collation = s.Collation }},
	{"not_null", ClassStructure, func(d *Domain) string { return flag(d.NotNull) }, func(d, s *Domain) { d.NotNull = s.NotNull }},
	{"default", ClassStructure, func(d *Domain) string { return d.Default }, func(d, s *Domain) { d.Default = s.Default }},
	{"checks", ClassStructure, (*Domain).checksText, func(d, s *Domain) { d.Checks = s.Checks }},
}

func (d *Domain) checksText() string {
	texts := make([]string, len(d.Checks))
	for i, c := range d.Checks {
		texts[i] = c.Name + " CHECK (" + c.Expr + ")"
		if c.NotValid {
			texts[i] += " NOT VALID"
		}
	}
	return strings.Join(texts, "\n")
}

// Key implements Object.
func (d *Domain) Key() Key { return Key{Kind: KindDomain, Schema: d.Schema, Name: d.Name} }

// Deps implements Object.
func (d *Domain) Deps() []Key {
	return sortedDeps(d)
}

// EachDep implements Object.
func (d *Domain) EachDep(visit func(Key)) {
	visitSchema(d.Schema, visit)
	visitKey(d.Type.User, visit)
	visitKeys(d.DependsOn, visit)
}

// Props implements Object.
func (d *Domain) Props() []Prop { return props(d, &d.Base, domainProps) }

func (d *Domain) eachProp(visit func(Prop)) { eachProp(d, &d.Base, domainProps, visit) }

// Parts implements Object.
func (d *Domain) Parts() []Object { return nil }

// Same implements Object.
func (d *Domain) Same(o Object) bool {
	x, ok := o.(*Domain)
	return ok && same(d, x, &d.Base, &x.Base, domainProps)
}

// With implements Object.
func (d *Domain) With(from Object, take func(Prop) bool) Object {
	c, f := *d, from.(*Domain)
	with(&c, f, &c.Base, &f.Base, domainProps, take)
	return &c
}

// Attribute is one field of a composite type.
type Attribute struct {
	Name      string
	Type      Type
	Collation string
	Comment   string
}

// Composite is a stand-alone row type.
type Composite struct {
	Schema, Name string
	Attributes   []Attribute
	Base
}

var compositeProps = []property[Composite]{
	{"attributes", ClassStructure, (*Composite).attributesText, func(d, s *Composite) { d.Attributes = s.Attributes }},
}

func (c *Composite) attributesText() string {
	texts := make([]string, len(c.Attributes))
	for i, a := range c.Attributes {
		texts[i] = a.Name + " " + a.Type.Text
		if a.Collation != "" {
			texts[i] += " COLLATE " + a.Collation
		}
		if a.Comment != "" {
			texts[i] += " COMMENT " + quotedList([]string{a.Comment})
		}
	}
	return strings.Join(texts, "\n")
}

// Key implements Object.
func (c *Composite) Key() Key { return Key{Kind: KindComposite, Schema: c.Schema, Name: c.Name} }

// Deps implements Object.
func (c *Composite) Deps() []Key {
	return sortedDeps(c)
}

// EachDep implements Object.
func (c *Composite) EachDep(visit func(Key)) {
	visitSchema(c.Schema, visit)
	visitKeys(c.DependsOn, visit)
	for _, a := range c.Attributes {
		visitKey(a.Type.User, visit)
	}
}

// Props implements Object.
func (c *Composite) Props() []Prop { return props(c, &c.Base, compositeProps) }

func (c *Composite) eachProp(visit func(Prop)) { eachProp(c, &c.Base, compositeProps, visit) }

// Parts implements Object.
func (c *Composite) Parts() []Object { return nil }

// Same implements Object.
func (c *Composite) Same(o Object) bool {
	x, ok := o.(*Composite)
	return ok && same(c, x, &c.Base, &x.Base, compositeProps)
}

// With implements Object.
func (c *Composite) With(from Object, take func(Prop) bool) Object {
	d, f := *c, from.(*Composite)
	with(&d, f, &d.Base, &f.Base, compositeProps, take)
	return &d
}
