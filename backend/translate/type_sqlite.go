package translate

import (
	"fmt"
	"slices"
	"strings"
)

// sqliteTypes are names that people give to types in SQLite, where any name will do. Those that writeSQLite gives are among
// them, so that a type comes back as what it was.
var sqliteTypes = map[string]Type{
	"INTEGER": {Class: Int, Size: 8}, "INT": {Class: Int, Size: 8}, "BIGINT": {Class: Int, Size: 8}, "INT8": {Class: Int, Size: 8},
	"TINYINT": {Class: Int, Size: 1}, "SMALLINT": {Class: Int, Size: 2}, "INT2": {Class: Int, Size: 2}, "MEDIUMINT": {Class: Int, Size: 3},
	"BOOLEAN": {Class: Bool}, "BOOL": {Class: Bool}, "FLOAT": {Class: Float, Size: 8}, "FLOAT4": {Class: Float, Size: 4}, "REAL": {Class: Float, Size: 8}, "DOUBLE": {Class: Float, Size: 8},
	"DOUBLE PRECISION": {Class: Float, Size: 8}, "MONEY": {Class: Money},
	"TEXT": {Class: Text}, "CLOB": {Class: Text}, "STRING": {Class: Text}, "TINYTEXT": {Class: Text, Size: 1}, "MEDIUMTEXT": {Class: Text, Size: 3}, "LONGTEXT": {Class: Text, Size: 4},
	"BLOB": {Class: Blob}, "BYTEA": {Class: Blob}, "TINYBLOB": {Class: Blob, Size: 1}, "MEDIUMBLOB": {Class: Blob, Size: 3}, "LONGBLOB": {Class: Blob, Size: 4},
	"DATE": {Class: Date}, "YEAR": {Class: Year}, "JSON": {Class: JSON}, "JSONB": {Class: JSON}, "UUID": {Class: UUID}, "GUID": {Class: UUID}, "XML TEXT": {Class: XML},
	"INET": {Class: Network, Name: "inet"}, "CIDR": {Class: Network, Name: "cidr"}, "MACADDR": {Class: Network, Name: "macaddr"}, "MACADDR8": {Class: Network, Name: "macaddr8"},
	"INET4": {Class: Network, Name: "inet4"}, "INET6": {Class: Network, Name: "inet6"}, "": {Class: Any}, "ANY": {Class: Any},
	"ARRAY": {Class: JSON},
}

// readSQLite reads a type's name: the words that people use, else what SQLite itself makes of it. A column of a STRICT table
// has nothing but the latter.
func readSQLite(text string) Type {
	name, args, rest := typeWords(strings.ToUpper(text))
	name = strings.TrimSpace(name + " " + rest)
	unsigned := false
	if bare, ok := strings.CutSuffix(name, " UNSIGNED"); ok {
		name, unsigned = bare, true
	}
	if t, ok := sqliteTypes[name]; ok && (len(args) == 0 || t.Class == Int || t.Class == Float) {
		t.Unsigned = unsigned && (t.Class == Int || t.Class == Float)
		if t.Unsigned && strings.HasPrefix(name, "INT") && name != "INT8" { // a word of MySQL's
			t.Size = 4
		}
		return t
	}
	n := argument(args, 0, Unlimited)
	switch name {
	case "NUMERIC", "DECIMAL", "DEC", "NUMBER":
		if n == Unlimited {
			return Type{Class: Decimal, Precision: Unlimited}
		}
		return Type{Class: Decimal, Precision: n, Scale: argument(args, 1, 0), Unsigned: unsigned}
	case "VARCHAR", "NVARCHAR", "CHARACTER VARYING", "VARCHAR2", "VARYING CHARACTER":
		return Type{Class: Varchar, Length: n}
	case "CHAR", "CHARACTER", "NCHAR", "NATIVE CHARACTER":
		return Type{Class: Char, Length: length(n)}
	case "TEXT":
		return Type{Class: Varchar, Length: n}
	case "BINARY":
		return Type{Class: Binary, Length: length(n)}
	case "VARBINARY":
		return Type{Class: Varbinary, Length: n}
	case "BIT":
		return Type{Class: Bits, Length: length(n)}
	case "TIME":
		return Type{Class: Time, Precision: n}
	case "TIMETZ", "TIME WITH TIME ZONE":
		return Type{Class: Time, Precision: n, Zone: true}
	case "DATETIME", "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE":
		return Type{Class: DateTime, Precision: n}
	case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE", "DATETIMETZ":
		return Type{Class: DateTime, Precision: n, Zone: true}
	}
	if slices.Contains(spatialTypes, strings.ToLower(strings.TrimSuffix(name, " BLOB"))) {
		return Type{Class: Spatial, Name: strings.ToLower(strings.TrimSuffix(name, " BLOB"))}
	}
	return affinity(name)
}

// affinity is what SQLite makes of a name that it does not know, by its documented rules.
func affinity(name string) Type {
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, w) })
	}
	switch {
	case has("INT"):
		return Type{Class: Int, Size: 8}
	case has("CHAR", "CLOB", "TEXT"):
		return Type{Class: Text}
	case has("BLOB"):
		return Type{Class: Blob}
	case has("REAL", "FLOA", "DOUB"):
		return Type{Class: Float, Size: 8}
	}
	return Type{Class: Decimal, Precision: Unlimited}
}

// writeSQLite writes a name that says what the type was, and whose affinity keeps its values.
func writeSQLite(t Type, d dialect) written {
	switch t.Class {
	case Bool:
		return plain("BOOLEAN")
	case Int:
		w := plain(unsignedName(t, map[int]string{1: "TINYINT", 2: "SMALLINT", 3: "MEDIUMINT", 4: "INTEGER", 8: "BIGINT"}[t.Size]))
		return w.noteIf(t.Unsigned && t.Size == 8, Note{Code: BigUnsigned, Severity: Lossy})
	case Decimal:
		if t.Precision == Unlimited {
			return plain("NUMERIC").note(Note{Code: DecimalAsFloat, Severity: Lossy, Alternatives: []string{"TEXT"}})
		}
		w := plain(unsignedName(t, "NUMERIC") + fmt.Sprintf("(%d,%d)", t.Precision, t.Scale))
		return w.noteIf(t.Precision > 15, Note{Code: DecimalAsFloat, Severity: Lossy, Alternatives: []string{"TEXT"}})
	case Float:
		return plain(unsignedName(t, map[int]string{4: "FLOAT4", 8: "DOUBLE"}[t.Size]))
	case Money:
		return plain("MONEY").note(Note{Code: MoneyAsDecimal, Severity: Lossy})
	case Bits:
		if t.Varying || t.Length > 63 {
			return writeSQLite(Type{Class: Varchar, Length: t.Length}, d).note(Note{Code: BitsAsText, Severity: Lossy})
		}
		return plain(fmt.Sprintf("BIT(%d)", t.Length))
	case Char:
		return plain(fmt.Sprintf("CHAR(%d)", t.Length))
	case Varchar:
		if t.Length == Unlimited {
			return plain("VARCHAR")
		}
		return plain(fmt.Sprintf("VARCHAR(%d)", t.Length))
	case Text:
		return plain([...]string{"TEXT", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT"}[t.Size])
	case Binary, Varbinary:
		if t.Length == Unlimited {
			return plain("BLOB")
		}
		return plain(fmt.Sprintf("%s(%d)", strings.ToUpper(string(t.Class)), t.Length))
	case Blob:
		return plain([...]string{"BLOB", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB"}[t.Size])
	case Date:
		return plain("DATE")
	case Time:
		return plain(withDigits("TIME", t))
	case DateTime:
		if t.Zone {
			return plain(withDigits("TIMESTAMPTZ", t))
		}
		return plain(withDigits("DATETIME", t))
	case Year:
		return plain("YEAR")
	case UUID:
		return plain("UUID")
	case JSON:
		return plain("JSON")
	case XML:
		return plain("XML TEXT")
	case Enum:
		return plain("TEXT")
	case Set:
		return plain("TEXT").note(Note{Code: UncheckedText, Severity: Lossy, Args: []string{"set"}})
	case Array:
		return plain("JSON").note(Note{Code: ArrayAsJSON, Severity: Lossy, Args: []string{t.Elem.String()}})
	case Network:
		return plain(strings.ToUpper(t.Name)).note(Note{Code: UncheckedText, Severity: Info, Args: []string{t.Name}})
	case Spatial:
		return plain(strings.ToUpper(t.Name) + " BLOB").note(Note{Code: SpatialAsBytes, Severity: Lossy, Args: []string{t.Name}})
	case Any:
		return plain("")
	case Interval:
		return plain("TEXT").note(Note{Code: UncheckedText, Severity: Lossy, Args: []string{"interval"}})
	}
	return blocked("TEXT", "BLOB")
}

func unsignedName(t Type, name string) string {
	if t.Unsigned {
		return name + " UNSIGNED"
	}
	return name
}

// withDigits writes the digits of a second where they are neither the one engine's default nor the other's.
func withDigits(name string, t Type) string {
	if t.Precision <= 0 || t.Precision == 6 {
		return name
	}
	return fmt.Sprintf("%s(%d)", name, t.Precision)
}

// strictType is the one of the few types that a STRICT table takes.
func strictType(t Type) string {
	switch t.Class {
	case Bool, Int, Year, Bits:
		return "INTEGER"
	case Float:
		return "REAL"
	case Binary, Varbinary, Blob, Spatial:
		return "BLOB"
	case Decimal, Money, Any:
		return "ANY"
	}
	return "TEXT"
}
