package schema

import "strings"

// ForeignKey is a referential constraint. It stands beside its table so that tables may reference each other in cycles.
type ForeignKey struct {
	Schema, Table, Name string
	Columns             []string
	RefSchema, RefTable string
	RefColumns          []string
	// OnUpdate and OnDelete are "NO ACTION", "RESTRICT", "CASCADE", "SET NULL" or "SET DEFAULT"; NO ACTION may be "".
	OnUpdate, OnDelete string
	SetColumns         []string // the columns that ON DELETE SET NULL / SET DEFAULT is restricted to (PostgreSQL 15)
	Match              string   // "FULL", "PARTIAL"; "" for SIMPLE
	Period             bool     // the last column pair is PERIOD (PostgreSQL 18)
	Deferrable         bool
	InitiallyDeferred  bool
	NotValid           bool
	NotEnforced        bool
	// Inherited marks a foreign key that a partition has from its parent (PostgreSQL).
	Inherited bool
	Base
}

var foreignKeyProps = []property[ForeignKey]{
	{"columns", ClassStructure, func(f *ForeignKey) string { return strings.Join(f.Columns, ", ") }, func(d, s *ForeignKey) { d.Columns = s.Columns }},
	{"referenced_table", ClassStructure, func(f *ForeignKey) string { return keyText(f.RefKey()) }, func(d, s *ForeignKey) { d.RefSchema, d.RefTable = s.RefSchema, s.RefTable }},
	{"referenced_columns", ClassStructure, func(f *ForeignKey) string { return strings.Join(f.RefColumns, ", ") }, func(d, s *ForeignKey) { d.RefColumns = s.RefColumns }},
	{"on_update", ClassStructure, func(f *ForeignKey) string { return f.OnUpdate }, func(d, s *ForeignKey) { d.OnUpdate = s.OnUpdate }},
	{"on_delete", ClassStructure, func(f *ForeignKey) string { return f.OnDelete }, func(d, s *ForeignKey) { d.OnDelete = s.OnDelete }},
	{"set_columns", ClassStructure, func(f *ForeignKey) string { return strings.Join(f.SetColumns, ", ") }, func(d, s *ForeignKey) { d.SetColumns = s.SetColumns }},
	{"match", ClassStructure, func(f *ForeignKey) string { return f.Match }, func(d, s *ForeignKey) { d.Match = s.Match }},
	{"period", ClassStructure, func(f *ForeignKey) string { return flag(f.Period) }, func(d, s *ForeignKey) { d.Period = s.Period }},
	{"deferrable", ClassStructure, func(f *ForeignKey) string { return flag(f.Deferrable) }, func(d, s *ForeignKey) { d.Deferrable = s.Deferrable }},
	{"initially_deferred", ClassStructure, func(f *ForeignKey) string { return flag(f.InitiallyDeferred) }, func(d, s *ForeignKey) { d.InitiallyDeferred = s.InitiallyDeferred }},
	{"not_valid", ClassStructure, func(f *ForeignKey) string { return flag(f.NotValid) }, func(d, s *ForeignKey) { d.NotValid = s.NotValid }},
	{"not_enforced", ClassStructure, func(f *ForeignKey) string { return flag(f.NotEnforced) }, func(d, s *ForeignKey) { d.NotEnforced = s.NotEnforced }},
	{"inherited", ClassInheritance, func(f *ForeignKey) string { return flag(f.Inherited) }, func(d, s *ForeignKey) { d.Inherited = s.Inherited }},
}

// Key implements Object.
func (f *ForeignKey) Key() Key {
	return Key{Kind: KindForeignKey, Schema: f.Schema, Owner: f.Table, Name: f.Name}
}

// RefKey is the referenced table.
func (f *ForeignKey) RefKey() Key { return Key{Kind: KindTable, Schema: f.RefSchema, Name: f.RefTable} }

// Deps implements Object: both tables, the columns of both sides and (from the reader) the referenced unique key.
func (f *ForeignKey) Deps() []Key {
	return sortedDeps(f)
}

// EachDep implements Object.
func (f *ForeignKey) EachDep(visit func(Key)) {
	visit(Key{Kind: KindTable, Schema: f.Schema, Name: f.Table})
	visit(f.RefKey())
	visitKeys(f.DependsOn, visit)
	visitColumns(f.Schema, f.Table, f.Columns, visit)
	visitColumns(f.RefSchema, f.RefTable, f.RefColumns, visit)
}

// Props implements Object.
func (f *ForeignKey) Props() []Prop { return props(f, &f.Base, foreignKeyProps) }

func (f *ForeignKey) eachProp(visit func(Prop)) { eachProp(f, &f.Base, foreignKeyProps, visit) }

// Parts implements Object.
func (f *ForeignKey) Parts() []Object { return nil }

// Same implements Object.
func (f *ForeignKey) Same(o Object) bool {
	x, ok := o.(*ForeignKey)
	return ok && same(f, x, &f.Base, &x.Base, foreignKeyProps)
}

// With implements Object.
func (f *ForeignKey) With(from Object, take func(Prop) bool) Object {
	c, o := *f, from.(*ForeignKey)
	with(&c, o, &c.Base, &o.Base, foreignKeyProps, take)
	return &c
}
