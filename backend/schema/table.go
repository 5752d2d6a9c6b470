package schema

import (
	"sort"
	"strings"
)

// Table is a base table, a partitioned table or a partition, with its parts in the server's order (columns) or sorted by
// name (constraints, indexes).
type Table struct {
	Schema, Name string
	Columns      []*Column
	Constraints  []*Constraint
	Indexes      []*Index
	// PartitionBy is the partition key as the dialect writes it after PARTITION BY; in MySQL with the list of partitions.
	PartitionBy string
	// PartitionOf is the parent of a partition that is a table of its own (PostgreSQL), with its bound, for example
	// "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')" or "DEFAULT".
	PartitionOf Key
	Bound       string
	// Inherits are the parents by table inheritance (PostgreSQL), in order.
	Inherits []Key
	Base
}

var tableProps = []property[Table]{
	{"partition_by", ClassStructure, func(t *Table) string { return t.PartitionBy }, func(d, s *Table) { d.PartitionBy = s.PartitionBy }},
	{"partition_of", ClassStructure, func(t *Table) string { return keyText(t.PartitionOf) }, func(d, s *Table) { d.PartitionOf = s.PartitionOf }},
	{"partition_bound", ClassStructure, func(t *Table) string { return t.Bound }, func(d, s *Table) { d.Bound = s.Bound }},
	{"inherits", ClassStructure, func(t *Table) string { return keyTexts(t.Inherits) }, func(d, s *Table) { d.Inherits = s.Inherits }},
}

// Key implements Object.
func (t *Table) Key() Key { return Key{Kind: KindTable, Schema: t.Schema, Name: t.Name} }

// Deps implements Object. What the parts depend on counts as the table's own, save the table and its parts.
func (t *Table) Deps() []Key {
	var keys []Key
	collect := func(k Key) { keys = append(keys, k) }
	t.EachDep(collect)
	self := t.Key()
	for _, p := range t.Parts() {
		p.EachDep(func(k Key) {
			if owner, ok := k.TableOf(); k != self && (!ok || owner != self) {
				collect(k)
			}
		})
	}
	return sortKeys(keys)
}

// EachDep implements Object.
func (t *Table) EachDep(visit func(Key)) {
	visitSchema(t.Schema, visit)
	visitKeys(t.DependsOn, visit)
	visitKey(t.PartitionOf, visit)
	visitKeys(t.Inherits, visit)
}

// Props implements Object.
func (t *Table) Props() []Prop { return props(t, &t.Base, tableProps) }

func (t *Table) eachProp(visit func(Prop)) { eachProp(t, &t.Base, tableProps, visit) }

// Parts implements Object: columns, then constraints, then indexes.
func (t *Table) Parts() []Object {
	out := make([]Object, 0, len(t.Columns)+len(t.Constraints)+len(t.Indexes))
	for _, c := range t.Columns {
		out = append(out, c)
	}
	for _, c := range t.Constraints {
		out = append(out, c)
	}
	for _, i := range t.Indexes {
		out = append(out, i)
	}
	return out
}

// Same implements Object.
func (t *Table) Same(o Object) bool {
	x, ok := o.(*Table)
	return ok && same(t, x, &t.Base, &x.Base, tableProps) &&
		sameList(t.Columns, x.Columns) && sameList(t.Constraints, x.Constraints) && sameList(t.Indexes, x.Indexes)
}

// With implements Object.
func (t *Table) With(from Object, take func(Prop) bool) Object {
	c, f := *t, from.(*Table)
	with(&c, f, &c.Base, &f.Base, tableProps, take)
	return &c
}

// Column is the column of that name, nil when there is none.
func (t *Table) Column(name string) *Column {
	for _, c := range t.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// PrimaryKey is the primary key constraint, nil when there is none.
func (t *Table) PrimaryKey() *Constraint {
	for _, c := range t.Constraints {
		if c.Kind == KindPrimaryKey {
			return c
		}
	}
	return nil
}

// WithParts is a copy of the table that owns these parts: columns in the order given, the rest sorted by key.
func (t *Table) WithParts(parts []Object) *Table {
	c := *t
	c.Columns, c.Constraints, c.Indexes = nil, nil, nil
	for _, p := range parts {
		switch p := p.(type) {
		case *Column:
			c.Columns = append(c.Columns, p)
		case *Constraint:
			c.Constraints = append(c.Constraints, p)
		case *Index:
			c.Indexes = append(c.Indexes, p)
		}
	}
	c.sortParts()
	return &c
}

func keyText(k Key) string {
	if k.IsZero() {
		return ""
	}
	if k.Schema == "" {
		return k.Name
	}
	return k.Schema + "." + k.Name
}

func keyTexts(keys []Key) string {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = keyText(k)
	}
	return strings.Join(texts, ", ")
}

// sortParts brings constraints and indexes into the order of their keys.
func (t *Table) sortParts() {
	sort.Slice(t.Constraints, func(i, j int) bool { return t.Constraints[i].Key().Less(t.Constraints[j].Key()) })
	sort.Slice(t.Indexes, func(i, j int) bool { return t.Indexes[i].Key().Less(t.Indexes[j].Key()) })
}

// part is the part of that key, nil when there is none.
func (t *Table) part(k Key) Object {
	switch k.Kind {
	case KindColumn:
		if c := t.Column(k.Name); c != nil {
			return c
		}
	case KindIndex:
		for _, i := range t.Indexes {
			if i.Name == k.Name {
				return i
			}
		}
	default:
		for _, c := range t.Constraints {
			if c.Name == k.Name && c.Kind == k.Kind {
				return c
			}
		}
	}
	return nil
}
