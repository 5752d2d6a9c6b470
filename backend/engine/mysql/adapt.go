package mysql

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// Adapt is asked for by package compare. A source on another of the two servers, or on another version, is told as the target's
// server would tell it.
func (d dialect) Adapt(source, target *schema.Database) (*schema.Database, []schema.Note) {
	from, err := parseFlavor(source.Version, source.Flavor)
	if source.Dialect != "mysql" || err != nil || from == d.f {
		return source, nil
	}
	a := &adapter{d: d, from: from, source: source, target: target, told: map[string]bool{}}
	a.out = source.Clone()
	a.out.Flavor, a.out.Version = d.f.name(), d.f.version()
	for _, o := range source.Objects() {
		a.out.Remove(o.Key())
		if adapted := a.object(o); adapted != nil {
			a.out.Put(adapted)
		}
	}
	slices.SortStableFunc(a.notes, func(x, y schema.Note) int { return x.Key.Compare(y.Key) })
	return a.out, a.notes
}

// adapter is one call of Adapt.
type adapter struct {
	d              dialect
	from           flavor
	source, target *schema.Database
	out            *schema.Database
	notes          []schema.Note
	told           map[string]bool // pairs of collations
}

// note adds a note on an object.
func (a *adapter) note(code schema.NoteCode, k schema.Key, args ...string) {
	name := k.Name
	if k.Owner != "" {
		name = k.Owner + "." + k.Name
	}
	text := strings.ReplaceAll(string(k.Kind), "_", " ") + " " + name
	a.notes = append(a.notes, schema.Note{Key: k, Code: code, Args: append([]string{text}, args...)})
}

// omitted notes that the target goes without the object for what it uses, lacks that it has the object without a property,
// otherwise what it has instead.
func (a *adapter) omitted(k schema.Key, uses string) { a.note(schema.NoteOmitted, k, uses, a.server()) }

func (a *adapter) lacks(k schema.Key, property string) {
	a.note(schema.NoteLacks, k, property, a.server())
}

func (a *adapter) otherwise(k schema.Key, property, instead string) {
	a.note(schema.NoteOtherwise, k, property, instead, a.server())
}

// aboutCollation notes, once, what concerns many objects.
func (a *adapter) aboutCollation(code schema.NoteCode, from, to string) {
	if told := from + " " + to; !a.told[told] {
		a.told[told] = true
		a.notes = append(a.notes, schema.Note{Code: code, Args: []string{a.target.Name, from, to, a.server()}})
	}
}

// server is the target's server for sentences.
func (a *adapter) server() string { return a.d.f.name() + " " + a.d.f.version() }

// function is a function for sentences.
func function(name string) string { return "the function " + name }

func (a *adapter) object(o schema.Object) schema.Object {
	switch o := o.(type) {
	case *schema.Table:
		return a.table(o)
	case *schema.ForeignKey:
		if k := a.foreignKey(o); k != nil {
			return k
		}
		return nil
	case *schema.Sequence:
		if s := a.sequence(o); s != nil {
			return s
		}
		return nil
	case *schema.Scripted:
		if s := a.scripted(o); s != nil {
			return s
		}
		return nil
	}
	return o
}

func (a *adapter) sequence(s *schema.Sequence) *schema.Sequence {
	if !a.d.f.sequences() {
		a.omitted(s.Key(), "sequences")
		return nil
	}
	if s.Options.Type == "" || a.d.f.sequenceTypes() {
		return s
	}
	c := *s
	c.Options.Type = ""
	a.lacks(s.Key(), "the type "+s.Options.Type)
	return &c
}

// foreignKey takes the two words for "no" for one: InnoDB knows no difference, and each server leaves out another of them.
func (a *adapter) foreignKey(k *schema.ForeignKey) *schema.ForeignKey {
	for _, side := range []struct {
		table   string
		columns []string
	}{{k.Table, k.Columns}, {k.RefTable, k.RefColumns}} {
		t := a.adaptedTable(side.table)
		if t == nil || side.table == k.RefTable && k.RefSchema != "" {
			continue
		}
		if slices.ContainsFunc(side.columns, func(c string) bool { return t.Column(c) == nil }) {
			a.omitted(k.Key(), "a column that it uses")
			return nil
		}
	}
	c := *k
	other, _ := a.target.Get(k.Key()).(*schema.ForeignKey)
	if other == nil {
		other = &schema.ForeignKey{}
	}
	c.OnDelete, c.OnUpdate = a.action(k.OnDelete, other.OnDelete), a.action(k.OnUpdate, other.OnUpdate)
	return &c
}

func (a *adapter) action(action, other string) string {
	no := func(s string) bool { return s == "RESTRICT" || s == "NO ACTION" }
	switch {
	case !no(action) || a.from.mariadb == a.d.f.mariadb:
		return action
	case no(other):
		return other
	case a.d.f.mariadb:
		return "RESTRICT"
	}
	return "NO ACTION"
}

// adaptedTable is the table as it was adapted, or as it is about to be.
func (a *adapter) adaptedTable(name string) *schema.Table {
	if t := a.out.Table("", name); t != nil {
		return t
	}
	return a.source.Table("", name)
}

// Settle is asked for by package run when it verifies.
func (d dialect) Settle(expected, actual *schema.Database) *schema.Database {
	out := expected
	for _, o := range expected.Objects() {
		other := actual.Get(o.Key())
		if other == nil || o.Same(other) {
			continue
		}
		if settled := settle(o, other); settled != o {
			if out == expected {
				out = expected.Clone()
			}
			out.Put(settled)
		}
	}
	return out
}

func settle(o, other schema.Object) schema.Object {
	switch o := o.(type) {
	case *schema.Table:
		c := *o
		respellTable(&c, other.(*schema.Table))
		return &c
	case *schema.Scripted:
		if text := respell(o.Definition, other.(*schema.Scripted).Definition); text != o.Definition {
			c := *o
			c.Definition = text
			return &c
		}
	}
	return o
}

// respell is other when the two mean the same.
func respell(text, other string) string {
	if text != "" && other != "" && sameMeaning(text, other) {
		return other
	}
	return text
}

// respellTable tells the expressions of a table of which the caller owns the struct, but not the parts, as other does.
func respellTable(t, other *schema.Table) {
	t.PartitionBy = respell(t.PartitionBy, other.PartitionBy)
	t.Columns = slices.Clone(t.Columns)
	for i, c := range t.Columns {
		if o := columnFolded(other, c.Name); o != nil {
			t.Columns[i] = respellColumn(c, o)
		}
	}
	t.Constraints = slices.Clone(t.Constraints)
	for i, c := range t.Constraints {
		for _, o := range other.Constraints {
			if o.Kind == c.Kind && strings.EqualFold(o.Name, c.Name) && c.Expr != o.Expr {
				d := *c
				d.Expr = respell(c.Expr, o.Expr)
				t.Constraints[i] = &d
			}
		}
	}
	t.Indexes = slices.Clone(t.Indexes)
	for i, x := range t.Indexes {
		for _, o := range other.Indexes {
			if strings.EqualFold(o.Name, x.Name) {
				t.Indexes[i] = respellIndex(x, o)
			}
		}
	}
}

func respellColumn(c, other *schema.Column) *schema.Column {
	d := *c
	d.Default, d.Generated = respell(c.Default, other.Default), respell(c.Generated, other.Generated)
	if check, o := c.Attrs.Get(attrCheck), other.Attrs.Get(attrCheck); check != o {
		d.Attrs.Set(attrCheck, respell(check, o), schema.ClassStructure)
	}
	return &d
}

func respellIndex(x, other *schema.Index) *schema.Index {
	d := *x
	d.Columns = slices.Clone(x.Columns)
	for i := range d.Columns {
		if i < len(other.Columns) {
			d.Columns[i].Expr = respell(d.Columns[i].Expr, other.Columns[i].Expr)
		}
	}
	return &d
}

// columnFolded is the table's column of that name, compared as the servers do.
func columnFolded(t *schema.Table, name string) *schema.Column {
	for _, c := range t.Columns {
		if strings.EqualFold(c.Name, name) {
			return c
		}
	}
	return nil
}
