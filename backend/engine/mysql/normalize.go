package mysql

import (
	"encoding/hex"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Normalisation: one spelling for everything that the servers' versions write in several ways. It happens here and only
// here, right after reading.

// family is the sort of values that a type has, as far as defaults and character sets care.
type family uint8

const (
	familyOther family = iota // temporal, spatial, json, uuid, …: literals are quoted
	familyNumber
	familyBit
	familyBinary
	familyText
)

var families = map[string]family{
	"tinyint": familyNumber, "smallint": familyNumber, "mediumint": familyNumber, "int": familyNumber, "bigint": familyNumber,
	"decimal": familyNumber, "float": familyNumber, "double": familyNumber, "bit": familyBit,
	"binary": familyBinary, "varbinary": familyBinary, "tinyblob": familyBinary, "blob": familyBinary, "mediumblob": familyBinary, "longblob": familyBinary,
	"char": familyText, "varchar": familyText, "tinytext": familyText, "text": familyText, "mediumtext": familyText, "longtext": familyText,
	"enum": familyText, "set": familyText,
}

// familyOf is the family of a normalised type.
func familyOf(typ string) family { return families[baseType(typ)] }

// baseType is a type's first word, without arguments.
func baseType(typ string) string {
	if i := strings.IndexAny(typ, "( "); i >= 0 {
		return typ[:i]
	}
	return typ
}

var typeSynonyms = map[string]string{
	"integer": "int", "int4": "int", "int1": "tinyint", "int2": "smallint", "int3": "mediumint", "middleint": "mediumint", "int8": "bigint",
	"dec": "decimal", "numeric": "decimal", "fixed": "decimal", "real": "double", "double precision": "double", "float4": "float", "float8": "double",
	"bool": "tinyint(1)", "boolean": "tinyint(1)", "character": "char", "geomcollection": "geometrycollection",
}

// displayWidths are what the servers print for an integer without a width of its own: signed and unsigned.
var displayWidths = map[string][2]string{
	"tinyint": {"(4)", "(3)"}, "smallint": {"(6)", "(5)"}, "mediumint": {"(9)", "(8)"}, "int": {"(11)", "(10)"}, "bigint": {"(20)", "(20)"},
}

// normalType is a type in its one spelling. A display width is no part of it, save tinyint(1), which means a boolean, and
// with zerofill, where it shows; MariaDB also keeps and prints any width that somebody gave.
func normalType(f flavor, typ string) string {
	base := baseType(typ)
	rest := typ[len(base):]
	if strings.HasPrefix(typ, "double precision") {
		base, rest = "double", typ[len("double precision"):]
	}
	if s, ok := typeSynonyms[base]; ok {
		base = s
	}
	if base == "year" {
		return base
	}
	widths, integer := displayWidths[base]
	if !integer || !strings.HasPrefix(rest, "(") || strings.HasSuffix(rest, " zerofill") {
		return base + rest
	}
	end := strings.IndexByte(rest, ')') + 1
	width, sign := rest[:end], rest[end:]
	standard := widths[0]
	if sign != "" {
		standard = widths[1]
	}
	switch {
	case width == standard:
	case base == "tinyint" && width == "(1)" && sign == "":
		return base + width
	case f.mariadb:
		return base + width + sign
	}
	return base + sign
}

// normalCharset is a character set under its present name.
func normalCharset(name string) string {
	if name = strings.ToLower(name); name == "utf8" {
		return "utf8mb3"
	}
	return name
}

// normalCollation is a collation under its present name.
func normalCollation(name string) string {
	name = strings.ToLower(name)
	if rest, ok := strings.CutPrefix(name, "utf8_"); ok {
		return "utf8mb3_" + rest
	}
	return name
}

// charsetOf is the character set of a collation, which its name begins with.
func charsetOf(collation string) string {
	charset, _, _ := strings.Cut(collation, "_")
	return charset
}

var (
	plainNumber = regexp.MustCompile(`^-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$`)
	now         = regexp.MustCompile(`(?i)^(?:current_timestamp|now|localtime|localtimestamp)(?:\((\d*)\))?$`)
)

// normalDefault is the SQL behind DEFAULT in its one spelling: numbers bare, bits as b'…', binary strings as x'…',
// everything else quoted; expressions in one pair of parentheses, except the current time.
func normalDefault(typ, charset string, d rawDefault) string {
	switch d.kind {
	case defaultLiteral:
		return literalDefault(typ, d.text)
	case defaultBytes:
		return bytesDefault(typ, charset, d.text)
	case defaultExpr:
		if t := normalNow(d.text); t != "" && !strings.HasPrefix(strings.ToLower(d.text), "now") {
			return t
		}
		return "(" + d.text + ")"
	}
	return ""
}

func literalDefault(typ, value string) string {
	switch familyOf(typ) {
	case familyNumber:
		if !plainNumber.MatchString(value) {
			return quoteString(value)
		}
		if strings.HasSuffix(typ, " zerofill") {
			value = strings.TrimLeft(value, "0")
			if value == "" || !isDigit(value[0]) {
				value = "0" + value
			}
		}
		return value
	case familyBit:
		if rest, ok := strings.CutPrefix(value, "b'"); ok {
			bits := strings.TrimLeft(strings.TrimSuffix(rest, "'"), "0")
			if bits == "" {
				bits = "0"
			}
			return "b'" + bits + "'"
		}
		return quoteString(value)
	case familyBinary:
		return bytesDefault(typ, "", hex.EncodeToString([]byte(value)))
	}
	return quoteString(value)
}

// bytesDefault is the default given as hexadecimal digits. A server prints a text default so when it holds characters
// that its own dictionary's character set lacks.
func bytesDefault(typ, charset, digits string) string {
	if base := baseType(typ); base == "binary" {
		for strings.HasSuffix(digits, "00") { // padding
			digits = digits[:len(digits)-2]
		}
	}
	if familyOf(typ) == familyText && (charset == "utf8mb4" || charset == "utf8mb3") {
		if b, err := hex.DecodeString(digits); err == nil && utf8.Valid(b) {
			return quoteString(string(b))
		}
	}
	return "x'" + strings.ToUpper(digits) + "'"
}

// The words for the two clocks.
const (
	currentTime = "CURRENT_TIMESTAMP"
	localTime   = "LOCALTIMESTAMP"
)

// isLocalTime tells whether the expression asks the other clock than CURRENT_TIMESTAMP does.
func isLocalTime(expr string) bool {
	return len(expr) >= len(localTime) && strings.EqualFold(expr[:len(localTime)], localTime)
}

// normalNow is the current time in its one spelling; "" when the expression is something else.
func normalNow(expr string) string {
	m := now.FindStringSubmatch(expr)
	if m == nil {
		return ""
	}
	if m[1] == "" || m[1] == "0" {
		return currentTime
	}
	return currentTime + "(" + m[1] + ")"
}

// normalOnUpdate is the SQL behind ON UPDATE in its one spelling.
func normalOnUpdate(expr string) string {
	if t := normalNow(expr); t != "" {
		return t
	}
	return expr
}

// normalEngine is a storage engine's name as it calls itself today.
func normalEngine(name string) string {
	switch strings.ToLower(name) {
	case "innodb":
		return "InnoDB"
	case "myisam":
		return "MyISAM"
	case "mrg_myisam", "merge":
		return "MRG_MyISAM"
	case "heap", "memory":
		return "MEMORY"
	}
	return name
}
