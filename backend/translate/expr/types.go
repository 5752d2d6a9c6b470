package expr

import (
	"strconv"
	"strings"
)

// Class is a sort of values that all dialects know in some way.
type Class string

// The classes. The zero value is an unknown type.
const (
	Unknown     Class = ""
	Boolean     Class = "boolean"
	Integer     Class = "integer"
	Decimal     Class = "decimal"
	Float       Class = "float"
	Text        Class = "text"
	Char        Class = "char" // of fixed length, padded
	Bytea       Class = "bytes"
	BitString   Class = "bits"
	Date        Class = "date"
	Time        Class = "time"
	Timestamp   Class = "timestamp" // without a zone
	TimestampTZ Class = "timestamptz"
	Duration    Class = "interval"
	JSON        Class = "json"
	UUID        Class = "uuid"
	ArrayOf     Class = "array"
	Enum        Class = "enum"  // a text out of a list
	Other       Class = "other" // anything else, such as a user's own type
)

// numeric tells that values of the class are numbers.
func (c Class) numeric() bool { return c == Integer || c == Decimal || c == Float }

// textual tells that values of the class are texts as they stand.
func (c Class) textual() bool { return c == Text || c == Enum }

// temporal tells that values of the class are points in time.
func (c Class) temporal() bool { return c == Date || c == Timestamp || c == TimestampTZ }

// Type is a type as far as expressions care.
type Type struct {
	Class    Class
	Size     int    // bytes, of integers and floats; 0: not known
	Length   int    // characters of Text, Char; bits; digits of Decimal; digits of a second; 0: none given
	Scale    int    // of Decimal with a Length
	Unsigned bool   // of Integer
	Name     string // as the dialect spells it
}

// ColumnInfo is what the scope knows of a column.
type ColumnInfo struct {
	Type    Type
	NotNull bool
}

// typeNames are the names of types in all dialects. Where dialects differ, [TypeOf] looks first.
var typeNames = map[string]Type{
	"boolean": {Class: Boolean}, "bool": {Class: Boolean},
	"tinyint": {Class: Integer, Size: 1}, "int1": {Class: Integer, Size: 1}, "smallint": {Class: Integer, Size: 2}, "int2": {Class: Integer, Size: 2},
	"mediumint": {Class: Integer, Size: 3}, "integer": {Class: Integer, Size: 4}, "int": {Class: Integer, Size: 4}, "int4": {Class: Integer, Size: 4},
	"bigint": {Class: Integer, Size: 8}, "int8": {Class: Integer, Size: 8}, "signed": {Class: Integer, Size: 8}, "unsigned": {Class: Integer, Size: 8, Unsigned: true},
	"year":    {Class: Integer, Size: 2},
	"numeric": {Class: Decimal}, "decimal": {Class: Decimal}, "dec": {Class: Decimal}, "fixed": {Class: Decimal}, "money": {Class: Other},
	"real": {Class: Float, Size: 4}, "float4": {Class: Float, Size: 4}, "float": {Class: Float, Size: 8}, "float8": {Class: Float, Size: 8},
	"double": {Class: Float, Size: 8}, "double precision": {Class: Float, Size: 8},
	"text": {Class: Text}, "tinytext": {Class: Text}, "mediumtext": {Class: Text}, "longtext": {Class: Text}, "clob": {Class: Text}, "name": {Class: Text},
	"varchar": {Class: Text}, "character varying": {Class: Text}, "nvarchar": {Class: Text},
	"char": {Class: Char}, "character": {Class: Char}, "bpchar": {Class: Char}, "nchar": {Class: Char},
	"bytea": {Class: Bytea}, "blob": {Class: Bytea}, "tinyblob": {Class: Bytea}, "mediumblob": {Class: Bytea}, "longblob": {Class: Bytea},
	"binary": {Class: Bytea}, "varbinary": {Class: Bytea},
	"bit": {Class: BitString}, "bit varying": {Class: BitString}, "varbit": {Class: BitString},
	"date": {Class: Date}, "time": {Class: Time}, "time without time zone": {Class: Time}, "time with time zone": {Class: Other}, "timetz": {Class: Other},
	"timestamp": {Class: Timestamp}, "timestamp without time zone": {Class: Timestamp}, "datetime": {Class: Timestamp},
	"timestamp with time zone": {Class: TimestampTZ}, "timestamptz": {Class: TimestampTZ}, "interval": {Class: Duration},
	"json": {Class: JSON}, "jsonb": {Class: JSON}, "uuid": {Class: UUID}, "enum": {Class: Enum}, "set": {Class: Other},
	"inet4": {Class: Other}, "inet6": {Class: Other},
}

// notPostgres are the names of types that only others have; in PostgreSQL they may be a user's own.
var notPostgres = map[string]bool{
	"tinyint": true, "int1": true, "mediumint": true, "signed": true, "unsigned": true, "year": true, "fixed": true, "double": true,
	"tinytext": true, "mediumtext": true, "longtext": true, "clob": true, "nvarchar": true, "blob": true, "tinyblob": true, "mediumblob": true,
	"longblob": true, "binary": true, "varbinary": true, "datetime": true, "enum": true, "set": true, "inet4": true, "inet6": true,
}

// TypeOf reads a type as the dialect's server prints it: "character varying(20)", "int unsigned", "timestamp(3) without time
// zone", "DECIMAL(10,2)". What it does not know is of class [Other].
func TypeOf(d Dialect, text string) Type {
	words, args, array := splitType(text)
	t, known := typeNames[words]
	unsigned := false
	if !known && d != Postgres {
		for _, attribute := range []string{" zerofill", " unsigned", " signed", " integer"} {
			if rest, ok := strings.CutSuffix(words, attribute); ok {
				words = rest
				unsigned = unsigned || attribute == " unsigned"
			}
		}
		t, known = typeNames[words]
	}
	switch {
	case array:
		return Type{Class: ArrayOf, Name: text}
	case d == SQLite && !known:
		t = affinity(words)
	case d == SQLite && t.Class == Char:
		t.Class = Text // nothing is padded
	case d == SQLite && t.Class == Integer:
		t.Size = 8
	case !known:
		t = Type{Class: Other}
	case d.mysqlish() && (words == "tinyint" || words == "bit") && args == "1" && !unsigned:
		return Type{Class: Boolean, Name: text}
	case d.mysqlish() && words == "timestamp":
		t.Class = TimestampTZ
	case d.mysqlish() && words == "real":
		t.Size = 8
	case d == Postgres && notPostgres[words]:
		t = Type{Class: Other}
	}
	t.Name, t.Unsigned = text, t.Unsigned || unsigned
	if t.Class == Integer || t.Class == Float || t.Class == Enum || t.Class == Duration {
		return t // a display width
	}
	length, scale, _ := strings.Cut(args, ",")
	t.Length, _ = strconv.Atoi(strings.TrimSpace(length))
	t.Scale, _ = strconv.Atoi(strings.TrimSpace(scale))
	if t.Length <= 0 {
		t.Length, t.Scale = 0, 0
	}
	if t.Length == 0 && (words == "char" || words == "character" || words == "bit") {
		t.Length = 1
	}
	return t
}

// splitType takes a type's text apart: its words in lower case, what stands in parentheses, whether [] stands at the end.
func splitType(text string) (words, args string, array bool) {
	text = strings.TrimSpace(text)
	for strings.HasSuffix(text, "[]") {
		text, array = strings.TrimSpace(strings.TrimSuffix(text, "[]")), true
	}
	before, rest, found := strings.Cut(text, "(")
	if found {
		end := strings.LastIndexByte(rest, ')')
		if end < 0 {
			end = len(rest)
		}
		args = rest[:end]
		before += " " + strings.TrimPrefix(rest[end:], ")")
	}
	words = strings.ToLower(strings.Join(strings.Fields(before), " "))
	for _, attribute := range []string{" charset ", " character set ", " collate "} {
		words, _, _ = strings.Cut(words, attribute)
	}
	return words, args, array
}

// affinity is the class of a type that SQLite knows by the words in its name alone.
func affinity(words string) Type {
	contains := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(words, p) {
				return true
			}
		}
		return false
	}
	switch {
	case contains("int"):
		return Type{Class: Integer, Size: 8}
	case contains("char", "clob", "text"):
		return Type{Class: Text}
	case contains("blob"):
		return Type{Class: Bytea}
	case contains("real", "floa", "doub"):
		return Type{Class: Float, Size: 8}
	}
	return Type{Class: Other}
}

// castName is the type as it stands behind AS in a cast of the dialect; "" if there is no such cast.
func castName(d Dialect, t Type) string {
	switch {
	case d == Postgres:
		return postgresType(t)
	case d == SQLite:
		switch t.Class {
		case Boolean, Integer:
			return "INTEGER"
		case Decimal:
			return "NUMERIC"
		case Float:
			return "REAL"
		case Text, Char, Enum, UUID, JSON:
			return "TEXT"
		case Bytea:
			return "BLOB"
		}
		return ""
	}
	return mysqlType(d, t)
}

func withLength(name string, n int) string {
	if n == 0 {
		return name
	}
	return name + "(" + strconv.Itoa(n) + ")"
}

func withScale(name string, t Type) string {
	if t.Length == 0 {
		return name
	}
	return name + "(" + strconv.Itoa(t.Length) + "," + strconv.Itoa(t.Scale) + ")"
}

func postgresType(t Type) string {
	switch t.Class {
	case Boolean, Date, UUID:
		return string(t.Class)
	case Integer:
		switch {
		case t.Unsigned && t.Size == 8:
			return "numeric(20)"
		case t.Size == 1 || t.Size == 2 && !t.Unsigned:
			return "smallint"
		case t.Size > 0 && t.Size <= 3 || t.Size == 4 && !t.Unsigned:
			return "integer"
		}
		return "bigint"
	case Decimal:
		return withScale("numeric", t)
	case Float:
		if t.Size == 4 {
			return "real"
		}
		return "double precision"
	case Text:
		if t.Length > 0 {
			return withLength("varchar", t.Length)
		}
		return "text"
	case Enum:
		return "text"
	case Char:
		if t.Length == 0 {
			return "bpchar"
		}
		return withLength("char", t.Length)
	case Bytea:
		return "bytea"
	case BitString:
		if strings.Contains(t.Name, "var") {
			return withLength("varbit", t.Length)
		}
		return withLength("bit", t.Length)
	case Time:
		return withLength("time", t.Length)
	case Timestamp:
		return withLength("timestamp", t.Length)
	case TimestampTZ:
		return withLength("timestamptz", t.Length)
	case Duration:
		return "interval"
	case JSON:
		if strings.EqualFold(t.Name, "json") {
			return "json"
		}
		return "jsonb"
	}
	return ""
}

func mysqlType(d Dialect, t Type) string {
	switch t.Class {
	case Integer:
		if t.Unsigned {
			return "unsigned"
		}
		return "signed"
	case Decimal:
		if t.Length == 0 {
			return "decimal(65,30)"
		}
		return withScale("decimal", t)
	case Float:
		if t.Size == 4 {
			return "float"
		}
		return "double"
	case Text, Char, Enum:
		return withLength("char", t.Length)
	case UUID:
		if d == MariaDB {
			return "uuid"
		}
		return "char(36)"
	case Bytea:
		return withLength("binary", t.Length)
	case Date:
		return "date"
	case Time:
		return withLength("time", t.Length)
	case Timestamp, TimestampTZ:
		return withLength("datetime", t.Length)
	case JSON:
		if d == MySQL {
			return "json"
		}
		return "char"
	}
	return ""
}
