package schema

import "slices"

// Renaming says which objects of a database get other names.
type Renaming struct {
	names   map[Key]string            // of objects, by the key that they have
	members map[Key]map[string]string // of enum labels and attributes, by the key of their type or column
}

// Set gives the object of that key another name.
func (r *Renaming) Set(k Key, name string) {
	if r.names == nil {
		r.names = map[Key]string{}
	}
	r.names[k] = name
}

// SetMember gives a label or attribute of the object of that key another name.
func (r *Renaming) SetMember(k Key, member, name string) {
	if r.members == nil {
		r.members = map[Key]map[string]string{}
	}
	if r.members[k] == nil {
		r.members[k] = map[string]string{}
	}
	r.members[k][member] = name
}

// owners are the kinds that the Owner of a key may name.
var owners = []Kind{KindTable, KindView, KindMaterializedView, KindVirtualTable}

// Key is the key that an object gets, which may come from its owner's new name.
func (r *Renaming) Key(k Key) Key {
	out := k
	if n, ok := r.names[k]; ok {
		out.Name = n
	}
	if k.Owner == "" {
		return out
	}
	for _, kind := range owners {
		if n, ok := r.names[Key{Kind: kind, Schema: k.Schema, Name: k.Owner}]; ok {
			out.Owner = n
		}
	}
	return out
}

// Member is the name that a label or attribute gets.
func (r *Renaming) Member(k Key, member string) string {
	if n, ok := r.members[k][member]; ok {
		return n
	}
	return member
}

// Members are the new names of the object's labels or attributes, by the ones that they have; nil when all stay.
func (r *Renaming) Members(k Key) map[string]string { return r.members[k] }

// Touches tells whether the object is renamed, or speaks of something that is.
func (r *Renaming) Touches(o Object) bool {
	touched := r.moves(o.Key())
	note := func(k Key) { touched = touched || r.moves(k) }
	o.EachDep(note)
	if s, ok := o.(*Sequence); ok { // its owner is no dependency
		note(s.OwnedBy)
	}
	for _, p := range o.Parts() {
		if touched {
			return true
		}
		note(p.Key())
		p.EachDep(note)
	}
	return touched
}

func (r *Renaming) moves(k Key) bool { return r.Key(k) != k || r.members[k] != nil }

// Text brings a text of an object, an expression, a type, a definition or the value of an attribute, to the new names. of is
// the object as it is.
type Text func(of Object, text string) string

// Rename is a copy of the object under the new names: its own, its parts', and all that it speaks of. text knows the
// dialect's language; attributes are texts, too.
func (r *Renaming) Rename(o Object, text Text) Object {
	c := carrier{r: r, of: o, text: func(s string) string {
		if s == "" {
			return ""
		}
		return text(o, s)
	}}
	switch o := o.(type) {
	case *Table:
		return c.table(o, text)
	case *Column:
		return c.column(o)
	case *Constraint:
		return c.constraint(o)
	case *Index:
		return c.index(o)
	case *ForeignKey:
		return c.foreignKey(o)
	case *Sequence:
		n := *o
		n.Base, n.Name, n.OwnedBy = c.base(&o.Base), c.key().Name, r.key(o.OwnedBy)
		return &n
	case *Enum:
		n := *o
		n.Base, n.Name, n.Labels = c.base(&o.Base), c.key().Name, c.each(o.Labels, func(l string) string { return r.Member(o.Key(), l) })
		return &n
	case *Domain:
		return c.domain(o)
	case *Composite:
		return c.composite(o)
	case *Scripted:
		n := *o
		n.Base, n.Owner, n.Name, n.Definition = c.base(&o.Base), c.key().Owner, c.key().Name, c.text(o.Definition)
		return &n
	}
	return o
}

// key is Key, but for what is absent.
func (r *Renaming) key(k Key) Key {
	if k.IsZero() {
		return k
	}
	return r.Key(k)
}

// carrier makes the copy of one object.
type carrier struct {
	r    *Renaming
	of   Object
	text func(string) string
}

func (c carrier) key() Key { return c.r.Key(c.of.Key()) }

func (c carrier) each(list []string, name func(string) string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = name(s)
	}
	return out
}

func (c carrier) keys(list []Key) []Key {
	if list == nil {
		return nil
	}
	out := make([]Key, len(list))
	for i, k := range list {
		out[i] = c.r.key(k)
	}
	return out
}

func (c carrier) attrs(list Attrs) Attrs {
	if list == nil {
		return nil
	}
	out := make(Attrs, len(list))
	for i, a := range list {
		a.Value = c.text(a.Value)
		out[i] = a
	}
	return out
}

func (c carrier) base(b *Base) Base {
	n := *b
	n.Attrs, n.Spelling, n.DependsOn = c.attrs(b.Attrs), c.attrs(b.Spelling), c.keys(b.DependsOn)
	return n
}

// columns are names of columns of the table.
func (c carrier) columns(schemaName, table string, names []string) []string {
	return c.each(names, func(n string) string { return c.r.Key(columnKey(schemaName, table, n)).Name })
}

func (c carrier) parts(schemaName, table string, parts []IndexPart) []IndexPart {
	out := make([]IndexPart, len(parts))
	for i, p := range parts {
		if p.Column != "" {
			p.Column = c.r.Key(columnKey(schemaName, table, p.Column)).Name
		}
		p.Expr, p.Collation, p.OpClass = c.text(p.Expr), c.text(p.Collation), c.text(p.OpClass)
		out[i] = p
	}
	return out
}

func (c carrier) table(t *Table, text Text) *Table {
	n := *t
	n.Base, n.Name = c.base(&t.Base), c.key().Name
	n.PartitionBy, n.PartitionOf, n.Bound, n.Inherits = c.text(t.PartitionBy), c.r.key(t.PartitionOf), c.text(t.Bound), c.keys(t.Inherits)
	var parts []Object
	for _, p := range t.Parts() {
		parts = append(parts, c.r.Rename(p, text))
	}
	return n.WithParts(parts)
}

func (c carrier) typ(t Type) Type {
	return Type{Text: c.text(t.Text), User: c.r.key(t.User)}
}

func (c carrier) column(o *Column) *Column {
	n := *o
	n.Base, n.Table, n.Name = c.base(&o.Base), c.key().Owner, c.key().Name
	n.Type, n.Default, n.Generated, n.OnUpdate = c.typ(o.Type), c.text(o.Default), c.text(o.Generated), c.text(o.OnUpdate)
	return &n
}

func (c carrier) constraint(o *Constraint) *Constraint {
	n := *o
	n.Base, n.Table, n.Name = c.base(&o.Base), c.key().Owner, c.key().Name
	n.Columns, n.Include = c.parts(o.Schema, o.Table, o.Columns), c.columns(o.Schema, o.Table, o.Include)
	n.Expr, n.Parent = c.text(o.Expr), c.r.key(o.Parent)
	return &n
}

func (c carrier) index(o *Index) *Index {
	n := *o
	n.Base, n.Table, n.Name = c.base(&o.Base), c.key().Owner, c.key().Name
	n.Columns, n.Include = c.parts(o.Schema, o.Table, o.Columns), c.columns(o.Schema, o.Table, o.Include)
	n.Predicate, n.Parent = c.text(o.Predicate), c.r.key(o.Parent)
	return &n
}

func (c carrier) foreignKey(o *ForeignKey) *ForeignKey {
	n := *o
	n.Base, n.Table, n.Name = c.base(&o.Base), c.key().Owner, c.key().Name
	n.Columns, n.SetColumns = c.columns(o.Schema, o.Table, o.Columns), c.columns(o.Schema, o.Table, o.SetColumns)
	n.RefTable, n.RefColumns = c.r.Key(o.RefKey()).Name, c.columns(o.RefSchema, o.RefTable, o.RefColumns)
	return &n
}

func (c carrier) domain(o *Domain) *Domain {
	n := *o
	n.Base, n.Name, n.Type, n.Default = c.base(&o.Base), c.key().Name, c.typ(o.Type), c.text(o.Default)
	n.Checks = make([]DomainCheck, len(o.Checks))
	for i, check := range o.Checks {
		check.Expr = c.text(check.Expr)
		n.Checks[i] = check
	}
	return &n
}

func (c carrier) composite(o *Composite) *Composite {
	n := *o
	n.Base, n.Name = c.base(&o.Base), c.key().Name
	n.Attributes = make([]Attribute, len(o.Attributes))
	for i, a := range o.Attributes {
		a.Name, a.Type = c.r.Member(o.Key(), a.Name), c.typ(a.Type)
		n.Attributes[i] = a
	}
	return &n
}

// Columns are the columns of a table that get other names, sorted.
func (r *Renaming) Columns(table Key) []string {
	var out []string
	for k := range r.names {
		if t, ok := k.TableOf(); ok && t == table && k.Kind == KindColumn {
			out = append(out, k.Name)
		}
	}
	slices.Sort(out)
	return out
}
