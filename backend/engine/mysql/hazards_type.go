package mysql

import (
	"slices"
	"strconv"

	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// typeKind groups types by what their values are.
type typeKind uint8

const (
	kindOther typeKind = iota
	kindInteger
	kindDecimal
	kindFloat
	kindText
	kindBytes
	kindBit
	kindEnum
	kindSet
	kindTemporal
	kindJSON
)

var typeKinds = map[string]typeKind{
	"tinyint": kindInteger, "smallint": kindInteger, "mediumint": kindInteger, "int": kindInteger, "bigint": kindInteger, "year": kindInteger,
	"decimal": kindDecimal, "float": kindFloat, "double": kindFloat, "bit": kindBit, "enum": kindEnum, "set": kindSet, "json": kindJSON,
	"char": kindText, "varchar": kindText, "tinytext": kindText, "text": kindText, "mediumtext": kindText, "longtext": kindText,
	"binary": kindBytes, "varbinary": kindBytes, "tinyblob": kindBytes, "blob": kindBytes, "mediumblob": kindBytes, "longblob": kindBytes,
	"date": kindTemporal, "time": kindTemporal, "datetime": kindTemporal, "timestamp": kindTemporal,
}

func kindOf(typ string) typeKind { return typeKinds[baseType(typ)] }

// columnType is a type taken apart.
type columnType struct {
	base     string
	args     []string
	unsigned bool
}

func parseType(text string) columnType {
	t := columnType{base: baseType(text)}
	tokens, err := tokenize(text)
	if err != nil {
		return t
	}
	for i, tok := range tokens {
		switch {
		case tok.is("UNSIGNED"), tok.is("ZEROFILL"):
			t.unsigned = true
		case i > 0 && tok.kind != tokPunct && tok.kind != tokWord:
			t.args = append(t.args, tok.text)
		}
	}
	return t
}

// number is an argument's value, or the default when it is not there.
func (t columnType) number(n, absent int) int {
	if n >= len(t.args) {
		return absent
	}
	v, err := strconv.Atoi(t.args[n])
	if err != nil {
		return absent
	}
	return v
}

func (t columnType) first() int { return t.number(0, 1) }

// integerBits is the size of an integer type.
var integerBits = map[string]int{"tinyint": 8, "year": 16, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}

// digits are the decimal digits before and behind the point that the type holds.
func (t columnType) digits() (whole, fraction int) {
	switch t.base {
	case "decimal":
		fraction = t.number(1, 0)
		return t.number(0, 10) - fraction, fraction
	case "tinyint":
		return 3, 0
	case "smallint", "year":
		return 5, 0
	case "mediumint":
		return 8, 0
	case "int":
		return 10, 0
	}
	return 20, 0
}

// textBytes is how many bytes a text or binary type holds.
func (t columnType) textBytes(charset string) int {
	switch t.base {
	case "tinytext", "tinyblob":
		return 1<<8 - 1
	case "text", "blob":
		return 1<<16 - 1
	case "mediumtext", "mediumblob":
		return 1<<24 - 1
	case "longtext", "longblob", "json":
		return 1<<32 - 1
	case "binary", "varbinary":
		return t.first()
	}
	return t.first() * charBytes(charset)
}

// charBytes is the most that one character takes.
func charBytes(charset string) int {
	switch charset {
	case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030":
		return 4
	case "utf8mb3", "eucjpms", "ujis":
		return 3
	case "ucs2", "big5", "cp932", "euckr", "gb2312", "gbk", "sjis":
		return 2
	}
	return 1
}

// typeHazards judges what a change of type or charset does to values.
func typeHazards(name string, before, after *schema.Column) []hazard.Hazard {
	was, is := parseType(before.Type.Text), parseType(after.Type.Text)
	from, to := before.Type.Text, after.Type.Text
	loss := []hazard.Hazard{hazard.New(hazard.ValueLoss, name, from, to)}
	fail := []hazard.Hazard{hazard.Fails(after.Table, hazard.OutOfRange, after.Name, to)}
	a, b := kindOf(from), kindOf(to)
	switch {
	case a == kindText && b == kindText:
		return textHazards(before, after, fail)
	case a == kindBytes && b == kindBytes:
		return unless(is.textBytes("") >= was.textBytes(""), fail)
	case a == kindText && b == kindBytes:
		return unless(is.textBytes("") >= was.textBytes(before.Charset), fail)
	case a == kindInteger && b == kindInteger:
		return unless(holdsInteger(was, is), fail)
	case a == kindTemporal && b == kindTemporal:
		return temporalHazards(was, is, loss, fail)
	case a == kindEnum && b == kindEnum, a == kindSet && b == kindSet:
		return unless(containsAll(is.args, was.args), fail)
	case a == kindBit && b == kindBit:
		return unless(is.first() >= was.first(), fail)
	case (a == kindInteger || a == kindDecimal) && b == kindDecimal, a == kindDecimal && b == kindInteger:
		return decimalHazards(was, is, loss, fail)
	case b == kindFloat && (a == kindInteger || a == kindFloat || a == kindDecimal):
		exact := is.base == "double" && (a == kindFloat || a == kindInteger && was.base != "bigint") ||
			is.base == was.base || a == kindInteger && integerBits[was.base] <= 24
		return unless(exact && len(is.args) == 0, loss)
	case b == kindText && a != kindBytes:
		return unless(a == kindJSON && is.base == "longtext" || is.textBytes(after.Charset) >= 255 && a != kindJSON && a != kindSet && a != kindOther, fail)
	case b == kindJSON, b == kindText, b == kindEnum, b == kindSet, a == kindOther && b == kindOther:
		return fail
	}
	return loss
}

func unless(fine bool, hazards []hazard.Hazard) []hazard.Hazard {
	if fine {
		return nil
	}
	return hazards
}

func textHazards(before, after *schema.Column, fail []hazard.Hazard) []hazard.Hazard {
	was, is := parseType(before.Type.Text), parseType(after.Type.Text)
	if !holdsCharset(before.Charset, after.Charset) {
		return []hazard.Hazard{hazard.Fails(after.Table, hazard.MissingCharacters, after.Name, after.Charset)}
	}
	counted := func(base string) bool { return base == "char" || base == "varchar" }
	if counted(was.base) && counted(is.base) {
		return unless(is.first() >= was.first(), fail)
	}
	have := was.textBytes(before.Charset)
	if !counted(was.base) { // the same characters may take more bytes than before
		have = have * charBytes(after.Charset) / charBytes(before.Charset)
	}
	return unless(is.textBytes(after.Charset) >= have || is.base == "longtext", fail)
}

// holdsCharset tells that every character of one charset exists in the other.
func holdsCharset(from, to string) bool {
	switch {
	case from == to, from == "ascii":
		return true
	case to == "utf8mb4", to == "utf16", to == "utf16le", to == "utf32", to == "gb18030":
		return from != "binary"
	case to == "utf8mb3", to == "ucs2":
		return charBytes(from) == 1 && from != "binary" || from == "utf8mb3" || from == "ucs2"
	}
	return false
}

func holdsInteger(was, is columnType) bool {
	w, i := integerBits[was.base], integerBits[is.base]
	if is.base == "year" {
		return false
	}
	switch {
	case was.unsigned == is.unsigned:
		return i >= w
	case was.unsigned:
		return i > w
	}
	return false
}

func decimalHazards(was, is columnType, loss, fail []hazard.Hazard) []hazard.Hazard {
	whole, fraction := was.digits()
	wholeAfter, fractionAfter := is.digits()
	if integerBits[is.base] > 0 {
		wholeAfter-- // not every number of that many digits fits
	}
	switch {
	case fractionAfter < fraction:
		return loss
	case wholeAfter < whole, is.unsigned && !was.unsigned:
		return fail
	}
	return nil
}

func temporalHazards(was, is columnType, loss, fail []hazard.Hazard) []hazard.Hazard {
	switch {
	case was.base == is.base, was.base == "timestamp" && is.base == "datetime", was.base == "date" && is.base == "datetime":
		if is.number(0, 0) < was.number(0, 0) {
			return loss
		}
		return nil
	case is.base == "timestamp" && was.base != "time" && is.number(0, 0) >= was.number(0, 0):
		return fail
	}
	return loss
}

func containsAll(list, wanted []string) bool {
	for _, w := range wanted {
		if !slices.Contains(list, w) {
			return false
		}
	}
	return true
}
