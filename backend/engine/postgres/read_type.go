package postgres

import (
	"database-structure-sync/backend/schema"
)

// typeRef is a type with its modifier, as columns have it.
type typeRef struct {
	oid uint32
	mod int
}

// typeInfo is what a column must know of its type.
type typeInfo struct {
	schema.Type
	base      uint32 // the element's type behind an array, else the type itself
	collation uint32
	storage   byte
	array     bool
}

// typeName is a user-defined type that is an object of its own.
type typeName struct{ schema, name string }

// typeQueries read what types are called. Of the two types that every table brings along, its row and the array of it,
// only those that something refers to are asked for. A domain
// over an array has an element like an array and is none.
func typeQueries(v version) []query {
	multirange := v.since(14, "OR rg.rngmultitypid = t.oid", "")
	return []query{
		{"types", `
SELECT t.oid, t.typname, t.typnamespace, t.typtype, t.typelem, c.relname, c.relkind, t.typlen = -1 AND t.typcategory = 'A' AND t.typtype <> 'd',
       rt.oid, rt.typname
  FROM pg_type t
  LEFT JOIN pg_class c ON c.oid = t.typrelid
  LEFT JOIN pg_range rg ON rg.rngtypid = t.oid ` + multirange + `
  LEFT JOIN pg_type rt ON rt.oid = rg.rngtypid
 WHERE t.oid >= 16384 AND (t.typrelid = 0 AND (t.typcategory <> 'A' OR t.typtype = 'd') OR c.relkind = 'c' OR t.oid IN
       (SELECT refobjid FROM pg_depend WHERE refclassid = 1247 AND refobjid >= 16384 AND deptype = 'n'))
 ORDER BY t.typcategory = 'A' AND t.typtype <> 'd'`, (*reader).typeName},
		{"types", `
SELECT u.typ, u.mod, format_type(u.typ, u.mod), b.oid, b.typtype, b.typnamespace, b.typname, c.relkind,
       t.typcollation, t.typstorage, b.oid <> t.oid
  FROM (SELECT atttypid AS typ, atttypmod AS mod FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped
        UNION SELECT typbasetype, typtypmod FROM pg_type WHERE typtype = 'd' AND oid >= 16384
        UNION SELECT rngsubtype, -1 FROM pg_range WHERE rngtypid >= 16384) u
  JOIN pg_type t ON t.oid = u.typ
  JOIN pg_type b ON b.oid = CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' AND t.typtype <> 'd' THEN t.typelem ELSE t.oid END
  LEFT JOIN pg_class c ON c.oid = b.typrelid`, (*reader).typeText},
		{"types", `
SELECT o.oid, o.opcname, n.nspname, o.opcmethod, o.opcintype, o.opcdefault, t.typispreferred, t.typtype = 'p', o.opcnamespace
  FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_type t ON t.oid = o.opcintype`, (*reader).opclass},
		{
			"types", `SELECT castsource, casttarget FROM pg_cast WHERE castmethod = 'b' AND castcontext = 'i'`,
			func(r *reader, w row) error {
				r.castable[[2]uint32{w.oid(0), w.oid(1)}] = true
				return nil
			},
		},
	}
}

// typeName notes which object a type belongs to; arrays come last and belong to their elements.
func (r *reader) typeName(w row) error {
	oid, element, isArray := w.oid(0), w.oid(4), w.is(7)
	if isArray {
		if key, ok := r.types[element]; ok {
			r.types[oid] = key
		}
		return nil
	}
	if key, ok := r.members[address{class: classType, oid: oid}]; ok {
		r.types[oid] = key
		return nil
	}
	if key, ok := r.members[address{class: classType, oid: w.oid(8)}]; ok && w.char(3) == 'm' {
		r.types[oid] = key
		return nil
	}
	in, ok := r.schemas[w.oid(2)]
	if !ok {
		return nil
	}
	name := w.text(1)
	if w.char(3) == 'm' {
		name = w.text(9)
	}
	if kind := typeKind(w.char(3), w.char(6)); kind != "" {
		r.types[oid] = schema.Key{Kind: kind, Schema: in, Name: name}
		r.typeNames[oid] = typeName{in, w.text(1)}
	}
	return nil
}

// typeKind is the kind of object behind a type's typtype and, for a row type, its relation's relkind.
func typeKind(typtype, relkind byte) schema.Kind {
	switch typtype {
	case 'e':
		return schema.KindEnum
	case 'd':
		return schema.KindDomain
	case 'r', 'm':
		return schema.KindRange
	case 'c':
		return map[byte]schema.Kind{
			'c': schema.KindComposite, 'r': schema.KindTable, 'p': schema.KindTable,
			'v': schema.KindView, 'm': schema.KindMaterializedView,
		}[relkind]
	}
	return ""
}

func (r *reader) typeText(w row) error {
	info := typeInfo{base: w.oid(3), collation: w.oid(8), storage: w.char(9), array: w.is(10)}
	info.Text = w.name(2)
	info.User = r.types[info.base]
	if info.User.IsZero() && !w.null(7) { // the row type of a table
		if in, ok := r.own(classType, info.base, w.oid(5)); ok {
			info.User = schema.Key{Kind: typeKind(w.char(4), w.char(7)), Schema: in, Name: w.text(6)}
		}
	}
	r.typeTexts[typeRef{w.oid(0), w.num(1)}] = info
	return nil
}
