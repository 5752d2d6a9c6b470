package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// shape is a type taken apart: what PostgreSQL's casts go by.
type shape struct {
	base   string // without modifiers and array brackets: "character varying", "timestamp without time zone"
	args   string // the modifiers: "20", "10,2"
	array  bool
	family family
}

// family groups the types that cast into each other alike.
type family int

const (
	famOther family = iota // every other type: only through its text, or to itself
	famNumber
	famMoney
	famBool
	famText
	famChar // the internal "char", one byte
	famDate // date, timestamps
	famTime // time, time with time zone
	famInterval
	famBit
	famJSON
	famNet
	famMac
	famUser // enums, composites, ranges
)

var families = map[string]family{
	"smallint": famNumber, "integer": famNumber, "bigint": famNumber, "numeric": famNumber, "real": famNumber,
	"double precision": famNumber, "money": famMoney, "boolean": famBool,
	"text": famText, "character varying": famText, "character": famText, "name": famText, "bpchar": famText, `"char"`: famChar,
	"date": famDate, "timestamp without time zone": famDate, "timestamp with time zone": famDate,
	"time without time zone": famTime, "time with time zone": famTime, "interval": famInterval,
	"bit": famBit, "bit varying": famBit, "json": famJSON, "jsonb": famJSON,
	"inet": famNet, "cidr": famNet, "macaddr": famMac, "macaddr8": famMac,
}

// shapeOf takes a type apart, through domains down to their base types.
func shapeOf(t schema.Type, db *schema.Database) shape {
	for range 32 { // domains over domains; the bound only guards against nonsense
		d, ok := db.Get(t.User).(*schema.Domain)
		if !ok || strings.HasSuffix(t.Text, "]") {
			break
		}
		t = d.Type
	}
	text, array := t.Text, false
	for strings.HasSuffix(text, "[]") {
		text, array = strings.TrimSuffix(text, "[]"), true
	}
	if d, ok := db.Get(t.User).(*schema.Domain); ok && array {
		s := shapeOf(d.Type, db)
		if s.array { // arrays in an array, which no cast reaches into
			return shape{base: text, family: famUser, array: true}
		}
		s.array = true
		return s
	}
	s := shape{base: text, array: array}
	if t.User.IsZero() {
		s.base, s.args = splitModifiers(text)
	}
	s.family = families[s.base]
	if !t.User.IsZero() {
		s.family = famUser
	}
	return s
}

// splitModifiers takes the modifiers out of a type's text: "timestamp(3) without time zone" gives "timestamp without
// time zone" and "3"; an interval's fields count as modifiers.
func splitModifiers(text string) (base, args string) {
	if strings.HasPrefix(text, "interval") {
		return "interval", strings.TrimSpace(strings.TrimPrefix(text, "interval"))
	}
	open := strings.LastIndexByte(text, '(')
	end := strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return text, ""
	}
	return strings.TrimSpace(text[:open] + text[end+1:]), text[open+1 : end]
}

// using is the expression behind USING that turns a column's values into another type, "" where the server's own
// assignment cast does it. col is the quoted column.
func using(col string, from, to shape, target string) string {
	if from.array != to.array {
		return usingAcrossArrays(col, from, to, target)
	}
	switch castOf(from, to) {
	case castAssignment:
		return ""
	case castExplicit:
		return col + "::" + target
	}
	if from.array {
		return col + "::text::" + target
	}
	return usingThrough(col, from, to, target)
}

func usingAcrossArrays(col string, from, to shape, target string) string {
	switch {
	case to.family == famText && !to.array:
		return "" // an array's text
	case from.family == famText && !from.array:
		return col + "::" + target
	case to.array && castOf(shape{base: from.base, family: from.family}, shape{base: to.base, family: to.family}) != castNone:
		return "CASE WHEN " + col + " IS NULL THEN NULL ELSE ARRAY[" + col + "]::" + target + " END"
	}
	return col + "::text::" + target
}

// usingThrough goes by way of a third type where there is no direct cast.
func usingThrough(col string, from, to shape, target string) string {
	switch {
	case from.family == famNumber && to.family == famBool:
		return col + " <> 0"
	case from.family == famBool && to.family == famNumber:
		return col + "::integer::" + target
	case multirangeOf(to) == from.base && from.base != "":
		return "range_merge(" + col + ")"
	case from.family == famMoney && to.family == famNumber, from.family == famNumber && to.family == famMoney:
		return col + "::numeric::" + target
	}
	return col + "::text::" + target
}

type castKind int

const (
	castNone castKind = iota
	castExplicit
	castAssignment
)

// geometricCasts are those between shapes; an explicit cast does what an assignment would.
var geometricCasts = map[[2]string]bool{
	{"box", "circle"}: true, {"box", "lseg"}: true, {"box", "point"}: true, {"box", "polygon"}: true,
	{"circle", "box"}: true, {"circle", "point"}: true, {"circle", "polygon"}: true, {"lseg", "point"}: true,
	{"path", "polygon"}: true, {"point", "box"}: true, {"polygon", "box"}: true, {"polygon", "circle"}: true,
	{"polygon", "path"}: true, {"polygon", "point"}: true,
}

// multirangeOf is the built-in type of sets of values of a built-in range type, "" for other types.
func multirangeOf(s shape) string {
	if name, ok := strings.CutSuffix(s.base, "range"); ok && s.family == famOther && !strings.HasSuffix(name, "multi") {
		return name + "multirange"
	}
	return ""
}

// castOf says how the server casts between two base types (pg_cast, and text's casts through input and output).
func castOf(from, to shape) castKind {
	switch {
	case from.base == to.base, to.family == famText:
		return castAssignment
	case from.family == famChar || to.family == famChar:
		return castOfChar(from, to)
	case from.family == famText:
		return castExplicit
	case geometricCasts[[2]string{from.base, to.base}], multirangeOf(from) == to.base && to.base != "":
		return castExplicit
	case from.family == famUser || to.family == famUser || from.family == famOther || to.family == famOther:
		return castNone
	case from.family == famMoney || to.family == famMoney:
		if from.base == "numeric" || to.base == "numeric" || from.base == "integer" || from.base == "bigint" {
			return castAssignment
		}
		return castNone
	case from.family == famNumber && to.family == famBool:
		return castIf(from.base == "integer", castExplicit)
	case from.family == famBool && to.family == famNumber:
		return castIf(to.base == "integer", castExplicit)
	case from.family == famBit && to.family == famNumber:
		return castIf(from.base == "bit" && (to.base == "integer" || to.base == "bigint"), castExplicit)
	case from.family == famNumber && to.family == famBit:
		return castIf(to.base == "bit" && (from.base == "integer" || from.base == "bigint"), castExplicit)
	case from.family == famJSON && (to.family == famNumber || to.family == famBool):
		return castIf(from.base == "jsonb", castExplicit)
	case from.family == to.family:
		return castAssignment
	}
	return castBetweenTimes(from, to)
}

// castOfChar: "char" is no string to the server's casts through input and output.
func castOfChar(from, to shape) castKind {
	if from.family == famText && from.base != "name" {
		return castAssignment
	}
	return castIf(from.base == "integer" || to.base == "integer", castExplicit)
}

func castBetweenTimes(from, to shape) castKind {
	switch {
	case from.family == famDate && to.family == famTime:
		return castIf(from.base != "date" && (to.base == "time without time zone" || from.base == "timestamp with time zone"), castAssignment)
	case from.base == "time without time zone" && to.family == famInterval, from.family == famInterval && to.base == "time without time zone":
		return castAssignment
	}
	return castNone
}

func castIf(yes bool, kind castKind) castKind {
	if yes {
		return kind
	}
	return castNone
}

// sameComparison tells that values of two types compare with each other by an operator of one family, so that a foreign
// key between them stands.
func sameComparison(a, b shape) bool {
	if a.array != b.array {
		return false
	}
	if a.base == b.base {
		return a.family != famUser
	}
	integers := map[string]bool{"smallint": true, "integer": true, "bigint": true}
	if integers[a.base] && integers[b.base] {
		return true
	}
	return a.family == famText && b.family == famText
}
