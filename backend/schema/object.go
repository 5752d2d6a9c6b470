package schema

import (
	"fmt"
	"slices"
)

// Object is anything with a name in a database. Implementations are pointers to the structs of this package; after the
// reader has normalised them they are never changed in place: With makes copies.
type Object interface {
	Key() Key
	// Deps are the keys of what must exist before this object can, parts of other tables included; sorted, without
	// duplicates. The table of a part and the schema of an object are always among them.
	Deps() []Key
	// EachDep visits the same keys in no particular order, some perhaps twice, and without making a list; of a table only
	// its own, not those of its parts.
	EachDep(visit func(Key))
	// Props are the comparable facts in display order. An absent fact is left out.
	Props() []Prop
	// Parts are the elements it owns; nil for all but tables.
	Parts() []Object
	// Same tells quickly that an object of the same key has the same properties, unmodelled facts and parts, in the same
	// order. False says nothing: a comparison has to find out what differs, if anything.
	Same(o Object) bool
	// With is a copy of the object in which every property that take accepts has from's value. The two must be of the
	// same Go type. Parts are kept.
	With(from Object, take func(Prop) bool) Object
	// Extra is what every object has: comment, attributes, dependencies, unmodelled facts.
	Extra() *Base
	// eachProp visits what Props lists, without making a list.
	eachProp(visit func(Prop))
}

// Class groups properties that users may choose to ignore together. ClassStructure is never ignored.
type Class string

// The classes of properties.
const (
	ClassStructure     Class = ""
	ClassComment       Class = "comment"
	ClassCollation     Class = "collation"
	ClassAutoIncrement Class = "auto_increment"
	ClassStorage       Class = "storage"
	// ClassInheritance tells whether a child table had a column or constraint before its parent gave it: PostgreSQL has
	// no statement that makes it so afterwards.
	ClassInheritance Class = "inheritance"
	// ClassNotNullName are names of NOT NULL constraints, which PostgreSQL keeps since version 18.
	ClassNotNullName Class = "not_null_name"
	// ClassName says how an object is called beyond its key: that it has no name of its own, for instance (SQLite).
	ClassName Class = "name"
	// ClassClock is which of two clocks gives a default: MariaDB tells LOCALTIMESTAMP from CURRENT_TIMESTAMP since 11.7.
	ClassClock Class = "clock"
)

// Prop is one comparable fact of an object. Value is in the dialect's own spelling, normalised; "" means absent.
type Prop struct {
	Name  string
	Value string
	Class Class
}

// Attr is a fact that only one dialect knows, under the name that its manual uses. It is compared like any property.
type Attr struct {
	Name  string
	Value string
	Class Class
}

// Attrs is a list of facts sorted by name; names are unique.
type Attrs []Attr

// Get is the value of the named attribute, "" when absent.
func (a Attrs) Get(name string) string {
	for _, x := range a {
		if x.Name == name {
			return x.Value
		}
	}
	return ""
}

// Set gives the attribute a value; the empty value removes it. Copies of the list are left as they are.
func (a *Attrs) Set(name, value string, class Class) {
	at := 0
	for at < len(*a) && (*a)[at].Name < name {
		at++
	}
	rest := (*a)[at:]
	if len(rest) > 0 && rest[0].Name == name {
		rest = rest[1:]
	}
	if value == "" && at+len(rest) == len(*a) { // there is nothing to remove
		return
	}
	out := append(make(Attrs, 0, at+1+len(rest)), (*a)[:at]...)
	if value != "" {
		out = append(out, Attr{Name: name, Value: value, Class: class})
	}
	*a = append(out, rest...)
}

// Base is embedded in every object.
type Base struct {
	Comment string
	Attrs   Attrs
	// DependsOn are dependencies that the reader learned from the server (pg_depend) or from an expression's text; the
	// ones that follow from the structure itself are added by Deps.
	DependsOn []Key
	// Spelling is how the server writes what would be equal without it (an index method that is the engine's own, a
	// collation that is the table's). It is no difference; renderers repeat it where they write the object anew.
	Spelling Attrs
	// Standing is not compared; nil when there is nothing to say.
	Standing *Standing
	// Unmodelled are facts of the server's definition that this model cannot express, as the server writes them. They
	// are never compared as equal in silence: the comparison reports them.
	Unmodelled []string
}

// Extra makes Base available through the Object interface.
func (b *Base) Extra() *Base { return b }

// property describes one comparable fact of T: how it reads as text and how it is carried over to a copy.
type property[T any] struct {
	name  string
	class Class
	get   func(*T) string
	copy  func(dst, src *T)
}

// Properties are the comparable properties of every type of object, "*schema.Column.not_null", in the model's order.
// Attributes and the comment, which every object has, are not among them.
func Properties() []string {
	return slices.Concat(
		propertyNames(tableProps), propertyNames(columnProps), propertyNames(constraintProps), propertyNames(indexProps),
		propertyNames(foreignKeyProps), propertyNames(sequenceProps), propertyNames(enumProps), propertyNames(domainProps),
		propertyNames(compositeProps), propertyNames(scriptedProps),
	)
}

func propertyNames[T any](table []property[T]) []string {
	names := make([]string, len(table))
	for i, p := range table {
		names[i] = fmt.Sprintf("%T.%s", (*T)(nil), p.name)
	}
	return names
}

// props lists the present facts of o: the table's, then the attributes, then the comment.
func props[T any](o *T, b *Base, table []property[T]) []Prop {
	out := make([]Prop, 0, len(table)+len(b.Attrs)+1)
	eachProp(o, b, table, func(p Prop) { out = append(out, p) })
	return out
}

// eachProp visits what props lists.
func eachProp[T any](o *T, b *Base, table []property[T], visit func(Prop)) {
	for i := range table {
		p := &table[i]
		if v := p.get(o); v != "" {
			visit(Prop{p.name, v, p.class})
		}
	}
	for _, a := range b.Attrs {
		visit(Prop(a))
	}
	if b.Comment != "" {
		visit(Prop{"comment", b.Comment, ClassComment})
	}
}

// with carries the accepted properties from src over to dst, which is already a copy of its own.
func with[T any](dst, src *T, db, sb *Base, table []property[T], take func(Prop) bool) {
	for i := range table {
		p := &table[i]
		if take(Prop{p.name, p.get(src), p.class}) {
			p.copy(dst, src)
		}
	}
	attrs := append(Attrs(nil), db.Attrs...)
	for _, a := range db.Attrs {
		if take(Prop(a)) {
			attrs.Set(a.Name, sb.Attrs.Get(a.Name), a.Class)
		}
	}
	for _, a := range sb.Attrs {
		if take(Prop(a)) {
			attrs.Set(a.Name, a.Value, a.Class)
		}
	}
	db.Attrs = attrs
	if take(Prop{"comment", sb.Comment, ClassComment}) {
		db.Comment = sb.Comment
	}
}

// sortKeys sorts and removes duplicates and zero keys.
func sortKeys(keys []Key) []Key {
	keys = slices.DeleteFunc(keys, Key.IsZero)
	if len(keys) < 2 { // as with most columns
		return keys
	}
	slices.SortFunc(keys, Key.Compare)
	return slices.Compact(keys)
}
