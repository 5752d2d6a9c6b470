package schema

import (
	"strconv"
	"strings"
)

// IndexPart is one key part of an index or of a primary key or unique constraint.
type IndexPart struct {
	Column string // "" when the part is an expression
	Expr   string // without the parentheses that the syntax puts around it
	Length int    // prefix length in characters or bytes as the server counts them (MySQL); 0 for the whole column
	Desc   bool
	// NullsFirst is set when it differs from the direction's default (NULLS LAST for ascending, FIRST for descending).
	NullsFirst, NullsLast bool
	// Collation and OpClass are set only where they differ from the column's and the type's default; qualified, quoted.
	// OpClass carries its parameters: "public.gist_trgm_ops (siglen='32')".
	Collation, OpClass string
}

// String is the part's comparable text; it is no dialect's SQL.
func (p IndexPart) String() string {
	var b strings.Builder
	if p.Column != "" {
		b.WriteString(p.Column)
	} else {
		b.WriteString("(" + p.Expr + ")")
	}
	if p.Length > 0 {
		b.WriteString("(" + strconv.Itoa(p.Length) + ")")
	}
	if p.Collation != "" {
		b.WriteString(" COLLATE " + p.Collation)
	}
	if p.OpClass != "" {
		b.WriteString(" " + p.OpClass)
	}
	for _, x := range []struct {
		on   bool
		text string
	}{{p.Desc, " DESC"}, {p.NullsFirst, " NULLS FIRST"}, {p.NullsLast, " NULLS LAST"}} {
		if x.on {
			b.WriteString(x.text)
		}
	}
	return b.String()
}

func partsText(parts []IndexPart) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.String()
	}
	return strings.Join(texts, ", ")
}

// Index is an index that no constraint stands for. In MySQL a UNIQUE constraint and its index are one object: an Index.
type Index struct {
	Schema, Table, Name string
	Unique              bool
	Method              string // lower case: btree, hash, gin, gist, brin, fulltext, spatial, …; "" for the engine's default
	Columns             []IndexPart
	Include             []string
	Predicate           string // of a partial index, without WHERE
	NullsNotDistinct    bool
	Invisible           bool // INVISIBLE (MySQL), IGNORED (MariaDB)
	// Parent is the index of the partitioned parent table that this one is attached to (PostgreSQL).
	Parent Key
	Base
}

var indexProps = []property[Index]{
	{"unique", ClassStructure, func(i *Index) string { return flag(i.Unique) }, func(d, s *Index) { d.Unique = s.Unique }},
	{"method", ClassStructure, func(i *Index) string { return i.Method }, func(d, s *Index) { d.Method = s.Method }},
	{"key", ClassStructure, func(i *Index) string { return partsText(i.Columns) }, func(d, s *Index) { d.Columns = s.Columns }},
	{"include", ClassStructure, func(i *Index) string { return strings.Join(i.Include, ", ") }, func(d, s *Index) { d.Include = s.Include }},
	{"predicate", ClassStructure, func(i *Index) string { return i.Predicate }, func(d, s *Index) { d.Predicate = s.Predicate }},
	{"nulls_not_distinct", ClassStructure, func(i *Index) string { return flag(i.NullsNotDistinct) }, func(d, s *Index) { d.NullsNotDistinct = s.NullsNotDistinct }},
	{"invisible", ClassStructure, func(i *Index) string { return flag(i.Invisible) }, func(d, s *Index) { d.Invisible = s.Invisible }},
	{"parent", ClassStructure, func(i *Index) string { return keyText(i.Parent) }, func(d, s *Index) { d.Parent = s.Parent }},
}

// Key implements Object.
func (i *Index) Key() Key {
	return Key{Kind: KindIndex, Schema: i.Schema, Owner: i.Table, Name: i.Name}
}

// Deps implements Object.
func (i *Index) Deps() []Key {
	return sortedDeps(i)
}

// EachDep implements Object.
func (i *Index) EachDep(visit func(Key)) {
	visit(Key{Kind: KindTable, Schema: i.Schema, Name: i.Table})
	visitKey(i.Parent, visit)
	visitKeys(i.DependsOn, visit)
	for _, p := range i.Columns {
		if p.Column != "" {
			visit(columnKey(i.Schema, i.Table, p.Column))
		}
	}
	visitColumns(i.Schema, i.Table, i.Include, visit)
}

// Props implements Object.
func (i *Index) Props() []Prop { return props(i, &i.Base, indexProps) }

func (i *Index) eachProp(visit func(Prop)) { eachProp(i, &i.Base, indexProps, visit) }

// Parts implements Object.
func (i *Index) Parts() []Object { return nil }

// Same implements Object.
func (i *Index) Same(o Object) bool {
	x, ok := o.(*Index)
	return ok && same(i, x, &i.Base, &x.Base, indexProps)
}

// With implements Object.
func (i *Index) With(from Object, take func(Prop) bool) Object {
	c, f := *i, from.(*Index)
	with(&c, f, &c.Base, &f.Base, indexProps, take)
	return &c
}
