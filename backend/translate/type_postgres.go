package translate

import (
	"fmt"
	"strings"

	"database-structure-sync/backend/schema"
)

// postgresTypes are the types that have no arguments, as format_type writes them.
var postgresTypes = map[string]Type{
	"boolean": {Class: Bool}, "smallint": {Class: Int, Size: 2}, "integer": {Class: Int, Size: 4}, "bigint": {Class: Int, Size: 8},
	"real": {Class: Float, Size: 4}, "double precision": {Class: Float, Size: 8}, "money": {Class: Money},
	"text": {Class: Text}, "name": {Class: Varchar, Length: 63}, `"char"`: {Class: Char, Length: 1}, "bytea": {Class: Blob},
	"date": {Class: Date}, "uuid": {Class: UUID}, "xml": {Class: XML}, "citext": {Class: Text},
	"json": {Class: JSON}, "jsonb": {Class: JSON}, "interval": {Class: Interval}, "bpchar": {Class: Text},
	"inet": {Class: Network, Name: "inet"}, "cidr": {Class: Network, Name: "cidr"},
	"macaddr": {Class: Network, Name: "macaddr"}, "macaddr8": {Class: Network, Name: "macaddr8"}, "oid": {Class: Int, Size: 4, Unsigned: true},
}

// postgresSynonyms are what people write for what format_type calls otherwise.
var postgresSynonyms = map[string]string{
	"bool": "boolean", "int": "integer", "int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real",
	"float8": "double precision", "float": "double precision", "decimal": "numeric", "varchar": "character varying", "char": "character",
	"varbit": "bit varying", "timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
	"time": "time without time zone", "timetz": "time with time zone",
}

// spellPostgres is a type that somebody wrote as format_type writes it.
func spellPostgres(text string) string {
	name, args, rest := typeWords(strings.ToLower(strings.TrimSpace(text)))
	array := ""
	for strings.HasSuffix(name+rest, "[]") {
		array += "[]"
		if rest != "" {
			rest = strings.TrimSpace(strings.TrimSuffix(rest, "[]"))
		} else {
			name = strings.TrimSpace(strings.TrimSuffix(name, "[]"))
		}
	}
	if s, ok := postgresSynonyms[name]; ok && rest == "" {
		name = s
	}
	length := ""
	if len(args) > 0 {
		length = "(" + strings.Join(args, ",") + ")"
	}
	if word, zone, ok := strings.Cut(name, " with"); ok && (word == "time" || word == "timestamp") {
		return word + length + " with" + zone + array
	}
	if rest != "" {
		rest = " " + rest
	}
	return name + length + rest + array
}

// readPostgres reads a type as format_type writes it; db has the user's own types.
func readPostgres(typ schema.Type, db *schema.Database) Type {
	text := typ.Text
	if base, ok := strings.CutSuffix(text, "[]"); ok {
		elem := readPostgres(schema.Type{Text: base, User: typ.User}, db)
		return Type{Class: Array, Elem: &elem}
	}
	if !typ.User.IsZero() && db != nil {
		switch o := db.Get(typ.User).(type) {
		case *schema.Enum:
			return Type{Class: Enum, Labels: o.Labels}
		case *schema.Domain:
			return readPostgres(o.Type, db)
		}
	}
	if t, ok := postgresTypes[text]; ok {
		return t
	}
	if i := strings.LastIndexByte(text, '.'); i >= 0 && strings.EqualFold(text[i+1:], "citext") {
		return Type{Class: Text}
	}
	name, args, rest := typeWords(text)
	digits := argument(args, 0, Unlimited)
	switch name {
	case "numeric":
		if len(args) == 0 {
			return Type{Class: Decimal, Precision: Unlimited}
		}
		return Type{Class: Decimal, Precision: digits, Scale: argument(args, 1, 0)}
	case "character varying":
		return Type{Class: Varchar, Length: digits}
	case "character":
		return Type{Class: Char, Length: max(digits, 1)}
	case "bit":
		return Type{Class: Bits, Length: max(digits, 1)}
	case "bit varying":
		return Type{Class: Bits, Length: digits, Varying: true}
	}
	for class, word := range map[Class]string{Time: "time", DateTime: "timestamp"} {
		if zone, ok := strings.CutPrefix(strings.TrimSpace(name+" "+rest), word+" "); ok && strings.HasSuffix(zone, "time zone") {
			return Type{Class: class, Precision: digits, Zone: strings.HasPrefix(zone, "with time")}
		}
	}
	if strings.HasPrefix(text, "interval") {
		return Type{Class: Interval}
	}
	return Type{Class: Other, Name: text}
}

// writePostgres writes a type for PostgreSQL. An enum gets its name elsewhere.
func writePostgres(t Type, _ dialect) written {
	switch t.Class {
	case Bool:
		return plain("boolean").noteIf(t.Wide, Note{Code: NumberAsBoolean, Severity: Lossy, Alternatives: []string{"smallint"}})
	case Int:
		return writePostgresInt(t)
	case Decimal:
		w := plain("numeric")
		if t.Precision != Unlimited {
			w = plain(fmt.Sprintf("numeric(%d,%d)", t.Precision, t.Scale))
		}
		return w.noteIf(t.Unsigned, Note{Code: UnsignedLost, Severity: Info})
	case Float:
		if t.Size == 4 {
			return plain("real")
		}
		return plain("double precision")
	case Money:
		return plain("money")
	case Bits:
		return writePostgresBits(t)
	case Char:
		return plain(fmt.Sprintf("character(%d)", max(t.Length, 1)))
	case Varchar:
		if t.Length == Unlimited {
			return plain("character varying")
		}
		return plain(fmt.Sprintf("character varying(%d)", max(t.Length, 1)))
	case Text:
		return plain("text")
	case Binary, Varbinary:
		return plain("bytea").note(Note{Code: LengthLost, Severity: Info, Args: []string{fmt.Sprint(t.Length)}})
	case Blob:
		return plain("bytea")
	case Date:
		return plain("date")
	case Time:
		return plain(zoned("time", t)).noteIf(t.Wide, Note{Code: TimeBounded, Severity: Lossy, Alternatives: []string{"interval"}})
	case DateTime:
		return plain(zoned("timestamp", t))
	case Year:
		return plain("smallint").note(Note{Code: YearAsNumber, Severity: Info})
	case Interval:
		return plain("interval")
	case UUID:
		return plain("uuid")
	case JSON:
		return plain("jsonb").note(Note{Code: JSONNormalised, Severity: Info, Alternatives: []string{"json"}})
	case XML:
		return plain("xml")
	case Enum:
		return plain("") // enumType names it
	case Set:
		labels := []string{strings.Join(t.Labels, ", ")}
		return plain("text[]").note(Note{Code: SetAsArray, Severity: Lossy, Args: labels, Alternatives: []string{"text"}})
	case Array:
		w := writePostgres(*t.Elem, dialect{})
		w.text += "[]"
		return w
	case Network:
		if name := t.Name; name == "cidr" || name == "macaddr" || name == "macaddr8" {
			return plain(name)
		}
		return plain("inet")
	case Any:
		return plain("text").note(Note{Code: AnyAsText, Severity: Lossy, Alternatives: []string{"numeric", "bytea"}})
	}
	return blocked("text", "bytea")
}

func writePostgresInt(t Type) written {
	switch {
	case t.Unsigned && t.Size == 8:
		return plain("numeric(20,0)").note(Note{Code: UnsignedWidened, Severity: Info, Alternatives: []string{"bigint"}})
	case t.Unsigned && t.Size == 4:
		return plain("bigint").note(Note{Code: UnsignedWidened, Severity: Info, Alternatives: []string{"integer"}})
	case t.Size == 1, t.Size == 2 && !t.Unsigned:
		return plain("smallint")
	case t.Size == 8:
		return plain("bigint")
	}
	return plain("integer")
}

func writePostgresBits(t Type) written {
	switch {
	case t.Varying && t.Length == Unlimited:
		return plain("bit varying")
	case t.Varying:
		return plain(fmt.Sprintf("bit varying(%d)", t.Length))
	case t.Length == 1:
		return plain("boolean").note(Note{Code: BitAsBoolean, Severity: Info, Alternatives: []string{"bit(1)", "smallint"}})
	}
	return plain(fmt.Sprintf("bit(%d)", t.Length))
}

// zoned is a type of time as format_type writes it.
func zoned(word string, t Type) string {
	if t.Precision != Unlimited {
		word += fmt.Sprintf("(%d)", t.Precision)
	}
	if t.Zone {
		return word + " with time zone"
	}
	return word + " without time zone"
}
