package translate

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// mysqlTypes are the types without arguments.
var mysqlTypes = map[string]Type{
	"tinyint": {Class: Int, Size: 1}, "smallint": {Class: Int, Size: 2}, "mediumint": {Class: Int, Size: 3}, "int": {Class: Int, Size: 4},
	"bigint": {Class: Int, Size: 8}, "float": {Class: Float, Size: 4}, "double": {Class: Float, Size: 8},
	"tinytext": {Class: Text, Size: 1}, "text": {Class: Text, Size: 2}, "mediumtext": {Class: Text, Size: 3}, "longtext": {Class: Text, Size: 4},
	"tinyblob": {Class: Blob, Size: 1}, "blob": {Class: Blob, Size: 2}, "mediumblob": {Class: Blob, Size: 3}, "longblob": {Class: Blob, Size: 4},
	"date": {Class: Date}, "year": {Class: Year}, "json": {Class: JSON}, "uuid": {Class: UUID},
	"inet4": {Class: Network, Name: "inet4"}, "inet6": {Class: Network, Name: "inet6"},
}

var mysqlSynonyms = map[string]string{
	"integer": "int", "bool": "tinyint(1)", "boolean": "tinyint(1)", "numeric": "decimal", "dec": "decimal", "real": "double",
	"double precision": "double", "character varying": "varchar", "character": "char", "int2": "smallint", "int4": "int", "int8": "bigint",
}

// spatialTypes are MySQL's types of the OpenGIS standard.
var spatialTypes = []string{
	"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection",
}

// spellMySQL is a type that somebody wrote as SHOW CREATE TABLE writes it.
func spellMySQL(text string) string {
	text = strings.TrimSpace(text)
	name, args, rest := typeWords(text)
	name, rest = strings.ToLower(name), strings.ToLower(rest)
	first, more, _ := strings.Cut(name, " ")
	if s, ok := mysqlSynonyms[name]; ok {
		name = s
	} else if s, ok := mysqlSynonyms[first]; ok {
		name = strings.TrimSpace(s + " " + more)
	}
	if len(args) > 0 && !strings.Contains(name, "(") {
		name += "(" + strings.Join(args, ",") + ")"
	}
	return strings.TrimSpace(name + " " + rest)
}

// readMySQL reads a type as the model has it.
func readMySQL(text string) Type {
	if text == "tinyint(1)" {
		return Type{Class: Bool, Wide: true}
	}
	name, args, rest := typeWords(text)
	name, attributes, _ := strings.Cut(name, " ")
	attributes += " " + rest
	unsigned := strings.Contains(attributes, "unsigned")
	if t, ok := mysqlTypes[name]; ok {
		t.Unsigned = unsigned && (t.Class == Int || t.Class == Float)
		return t
	}
	n := argument(args, 0, Unlimited)
	switch name {
	case "decimal":
		if n == Unlimited {
			n = 10
		}
		return Type{Class: Decimal, Precision: n, Scale: argument(args, 1, 0), Unsigned: unsigned}
	case "bit":
		return Type{Class: Bits, Length: max(n, 1)}
	case "char":
		return Type{Class: Char, Length: length(n)}
	case "varchar":
		return Type{Class: Varchar, Length: n}
	case "binary":
		return Type{Class: Binary, Length: length(n)}
	case "varbinary":
		return Type{Class: Varbinary, Length: n}
	case "time":
		return Type{Class: Time, Precision: max(n, 0), Wide: true}
	case "datetime":
		return Type{Class: DateTime, Precision: max(n, 0)}
	case "timestamp":
		return Type{Class: DateTime, Precision: max(n, 0), Zone: true}
	case "enum":
		return Type{Class: Enum, Labels: unquoteAll(args)}
	case "set":
		return Type{Class: Set, Labels: unquoteAll(args)}
	}
	if slices.Contains(spatialTypes, name) {
		return Type{Class: Spatial, Name: name}
	}
	return Type{Class: Other, Name: text}
}

// length is a length that may not have been given, and then is 1.
func length(n int) int {
	if n == Unlimited {
		return 1
	}
	return n
}

// unquoteAll are the texts behind string literals.
func unquoteAll(literals []string) []string {
	out := make([]string, len(literals))
	for i, l := range literals {
		if len(l) >= 2 {
			l = strings.ReplaceAll(l[1:len(l)-1], "''", "'")
		}
		out[i] = strings.ReplaceAll(l, `\\`, `\`)
	}
	return out
}

// writeMySQL writes a type for MySQL or MariaDB.
func writeMySQL(t Type, d dialect) written {
	switch t.Class {
	case Bool:
		return plain("tinyint(1)")
	case Int:
		return plain(unsigned(t, map[int]string{1: "tinyint", 2: "smallint", 3: "mediumint", 4: "int", 8: "bigint"}[t.Size]))
	case Decimal:
		return writeMySQLDecimal(t)
	case Float:
		return plain(unsigned(t, map[int]string{4: "float", 8: "double"}[t.Size]))
	case Money:
		return plain("decimal(19,2)").note(Note{Code: MoneyAsDecimal, Severity: Info, Alternatives: []string{"decimal(19,4)"}})
	case Bits:
		return writeMySQLBits(t)
	case Char:
		if t.Length > 255 {
			return writeMySQL(Type{Class: Varchar, Length: t.Length}, d)
		}
		return plain(fmt.Sprintf("char(%d)", t.Length))
	case Varchar:
		if t.Length == Unlimited || t.Length > maxVarchar {
			return plain("longtext")
		}
		return plain(fmt.Sprintf("varchar(%d)", t.Length))
	case Text:
		return plain([...]string{"longtext", "tinytext", "text", "mediumtext", "longtext"}[t.Size])
	case Binary, Varbinary:
		switch {
		case t.Class == Binary && t.Length <= 255 && t.Length != Unlimited:
			return plain(fmt.Sprintf("binary(%d)", t.Length))
		case t.Length == Unlimited || t.Length > 65000:
			return plain("longblob")
		}
		return plain(fmt.Sprintf("varbinary(%d)", t.Length))
	case Blob:
		return plain([...]string{"longblob", "tinyblob", "blob", "mediumblob", "longblob"}[t.Size])
	case Date:
		return plain("date")
	case Time:
		return plain(fractional("time", t)).noteIf(t.Zone, Note{Code: ZoneLost, Severity: Lossy})
	case DateTime:
		w := plain(fractional("datetime", t))
		return w.noteIf(t.Zone, Note{Code: ZoneAsUTC, Severity: Info, Alternatives: []string{fractional("timestamp", t)}})
	case Year:
		return plain("year")
	case XML:
		return plain("longtext").note(Note{Code: UncheckedText, Severity: Info, Args: []string{"xml"}})
	case JSON:
		return plain("json")
	case UUID:
		if d.mariadb() && d.atLeast(10, 7) {
			return plain("uuid")
		}
		w := plain("char(36)").note(Note{Code: UncheckedText, Severity: Info, Args: []string{"uuid"}, Alternatives: []string{"binary(16)"}})
		w.charset = "ascii"
		return w
	case Enum:
		if longest, ok := enumerable(t.Labels); !ok {
			return plain(fmt.Sprintf("varchar(%d)", longest)).note(Note{Code: UncheckedText, Severity: Lossy, Args: []string{"enum"}})
		}
		return plain("enum(" + quoteLabels(t.Labels) + ")")
	case Set:
		return plain("set(" + quoteLabels(t.Labels) + ")")
	case Array:
		return plain("json").note(Note{Code: ArrayAsJSON, Severity: Lossy, Args: []string{t.Elem.String()}, Alternatives: []string{"longtext"}})
	case Network:
		return writeMySQLNetwork(t)
	case Spatial:
		return plain(t.Name)
	case Any:
		return plain("longtext").note(Note{Code: AnyAsText, Severity: Lossy, Alternatives: []string{"longblob", "decimal(65,30)"}})
	}
	return blocked("varchar(255)", "longtext", "json")
}

// maxVarchar is how many characters of four bytes fit into a row.
const maxVarchar = 16383

func unsigned(t Type, word string) string {
	if t.Unsigned {
		return word + " unsigned"
	}
	return word
}

func fractional(word string, t Type) string {
	switch t.Precision {
	case Unlimited:
		return word + "(6)"
	case 0:
		return word
	}
	return fmt.Sprintf("%s(%d)", word, t.Precision)
}

func writeMySQLDecimal(t Type) written {
	p, s := t.Precision, t.Scale
	if p == Unlimited {
		return plain("decimal(65,30)").note(Note{Code: DecimalBounded, Severity: Lossy, Alternatives: []string{"double", "varchar(255)"}})
	}
	if s < 0 { // PostgreSQL rounds to tens
		p, s = p-s, 0
	}
	p = max(p, s)
	if p > 65 || s > 30 {
		return blocked("decimal(65,30)", "double", "varchar(255)")
	}
	return plain(unsigned(t, fmt.Sprintf("decimal(%d,%d)", p, s)))
}

func writeMySQLBits(t Type) written {
	switch {
	case t.Varying && t.Length == Unlimited:
		return plain("longtext").note(Note{Code: BitsAsText, Severity: Lossy})
	case t.Varying:
		return writeMySQL(Type{Class: Varchar, Length: t.Length}, dialect{}).note(Note{Code: BitsAsText, Severity: Lossy})
	case t.Length > 64:
		return writeMySQL(Type{Class: Char, Length: t.Length}, dialect{}).note(Note{Code: BitsAsText, Severity: Lossy})
	}
	return plain(fmt.Sprintf("bit(%d)", t.Length))
}

func writeMySQLNetwork(t Type) written {
	switch t.Name {
	case "macaddr":
		return networkText(17, t)
	case "macaddr8":
		return networkText(23, t)
	case "inet4", "inet6":
		return plain(t.Name)
	}
	return networkText(43, t)
}

func networkText(n int, t Type) written {
	return plain(fmt.Sprintf("varchar(%d)", n)).note(Note{Code: UncheckedText, Severity: Lossy, Args: []string{t.Name}})
}

func quoteLabels(labels []string) string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = quoteMySQL(l)
	}
	return strings.Join(out, ",")
}

// enumerable tells whether MySQL can have the labels: it takes those that differ in case or in blanks at the end only for one.
// longest is what a text needs to hold each of them.
func enumerable(labels []string) (longest int, ok bool) {
	seen := map[string]bool{}
	longest, ok = 1, len(labels) > 0
	for _, l := range labels {
		folded := strings.ToLower(strings.TrimRight(l, " "))
		ok = ok && !seen[folded]
		seen[folded] = true
		longest = max(longest, utf8.RuneCountInString(l))
	}
	return longest, ok
}
