package schema

// Type is a column's or domain's data type.
type Type struct {
	// Text is the complete type as the dialect writes it, canonical: "character varying(20)", "int unsigned",
	// "app.mood[]". Charset and collation are not part of it.
	Text string
	// User is the user-defined type (enum, domain, composite, range) behind Text, through arrays; zero for built-in types.
	User Key
}

// Identity is a SQL-standard identity column (PostgreSQL): how values are generated and the sequence behind them.
type Identity struct {
	Generation string // "ALWAYS" or "BY DEFAULT"
	// Sequence is the name of the sequence behind it, in the table's schema.
	Sequence string
	Options  SequenceOptions
	Standing *Standing // of the sequence; not compared
}

// Column is one column of a table.
type Column struct {
	Schema, Table, Name string
	Type                Type
	NotNull             bool
	// Default is the complete SQL expression behind DEFAULT, ready to be rendered; "" when there is none. A default of
	// NULL is no default.
	Default string
	// Generated is the expression of a generated column; GeneratedKind is "STORED" or "VIRTUAL".
	Generated, GeneratedKind string
	Identity                 *Identity
	// AutoIncrement marks MySQL's AUTO_INCREMENT. PostgreSQL's serial is a Default on an owned Sequence.
	AutoIncrement bool
	// OnUpdate is the expression of MySQL's ON UPDATE.
	OnUpdate           string
	Charset, Collation string // effective values; "" when the type has none, or (PostgreSQL) when it is the type's own
	Invisible          bool
	// Inherited marks a column that a parent table gives to a partition or child: it is not created or dropped by itself.
	Inherited bool
	Base
}

var columnProps = []property[Column]{
	{"type", ClassStructure, func(c *Column) string { return c.Type.Text }, func(d, s *Column) { d.Type = s.Type }},
	{"not_null", ClassStructure, func(c *Column) string { return flag(c.NotNull) }, func(d, s *Column) { d.NotNull = s.NotNull }},
	{"default", ClassStructure, func(c *Column) string { return c.Default }, func(d, s *Column) { d.Default = s.Default }},
	{"generated", ClassStructure, func(c *Column) string { return c.Generated }, func(d, s *Column) { d.Generated = s.Generated }},
	{"generated_kind", ClassStructure, func(c *Column) string { return c.GeneratedKind }, func(d, s *Column) { d.GeneratedKind = s.GeneratedKind }},
	{"identity", ClassStructure, (*Column).identityGeneration, (*Column).copyIdentity},
	{"identity_sequence", ClassStructure, (*Column).identitySequence, (*Column).copyIdentity},
	{"identity_options", ClassStructure, (*Column).identityOptions, (*Column).copyIdentity},
	{"auto_increment", ClassStructure, func(c *Column) string { return flag(c.AutoIncrement) }, func(d, s *Column) { d.AutoIncrement = s.AutoIncrement }},
	{"on_update", ClassStructure, func(c *Column) string { return c.OnUpdate }, func(d, s *Column) { d.OnUpdate = s.OnUpdate }},
	{"charset", ClassCollation, func(c *Column) string { return c.Charset }, func(d, s *Column) { d.Charset = s.Charset }},
	{"collation", ClassCollation, func(c *Column) string { return c.Collation }, func(d, s *Column) { d.Collation = s.Collation }},
	{"invisible", ClassStructure, func(c *Column) string { return flag(c.Invisible) }, func(d, s *Column) { d.Invisible = s.Invisible }},
	{"inherited", ClassInheritance, func(c *Column) string { return flag(c.Inherited) }, func(d, s *Column) { d.Inherited = s.Inherited }},
}

func (c *Column) identityGeneration() string {
	if c.Identity == nil {
		return ""
	}
	return c.Identity.Generation
}

func (c *Column) identitySequence() string {
	if c.Identity == nil {
		return ""
	}
	return c.Identity.Sequence
}

func (c *Column) identityOptions() string {
	if c.Identity == nil {
		return ""
	}
	return c.Identity.Options.String()
}

func (c *Column) copyIdentity(src *Column) { c.Identity = src.Identity }

// Key implements Object.
func (c *Column) Key() Key {
	return Key{Kind: KindColumn, Schema: c.Schema, Owner: c.Table, Name: c.Name}
}

// Deps implements Object.
func (c *Column) Deps() []Key {
	return sortedDeps(c)
}

// EachDep implements Object.
func (c *Column) EachDep(visit func(Key)) {
	visit(Key{Kind: KindTable, Schema: c.Schema, Name: c.Table})
	visitKey(c.Type.User, visit)
	visitKeys(c.DependsOn, visit)
}

// Props implements Object.
func (c *Column) Props() []Prop { return props(c, &c.Base, columnProps) }

func (c *Column) eachProp(visit func(Prop)) { eachProp(c, &c.Base, columnProps, visit) }

// Parts implements Object.
func (c *Column) Parts() []Object { return nil }

// Same implements Object.
func (c *Column) Same(o Object) bool {
	x, ok := o.(*Column)
	return ok && same(c, x, &c.Base, &x.Base, columnProps)
}

// With implements Object.
func (c *Column) With(from Object, take func(Prop) bool) Object {
	d, f := *c, from.(*Column)
	with(&d, f, &d.Base, &f.Base, columnProps, take)
	return &d
}

// flag is a boolean property's text: present or absent.
func flag(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
