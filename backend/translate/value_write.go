package translate

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"database-structure-sync/backend/schema"
)

// writeValue is the default in the words of the dialect for a column of that type, which text spells; ok is false when it has
// none. What is an expression is not for here.
func (d dialect) writeValue(v value, t Type, text string) (sql string, ok bool) {
	v = v.as(t)
	switch {
	case v.kind == noValue:
		return "", true
	case v.kind == exprValue:
		return "", false
	case t.Class == Array && !d.postgres() && v.kind == textValue:
		v.text = arrayAsJSON(v.text, *t.Elem)
		t = Type{Class: JSON}
	}
	if u := d.read(schema.Type{Text: text}, nil); u.Class != Other && t.Class != Array && t.Class != Set {
		v, t = v.as(u), u // one bit became a boolean, others digits
	}
	if d.postgres() && t.Class == Time && v.kind == textValue && !timeOfDay.MatchString(v.text) {
		return "", false
	}
	if !d.sqlite() && !v.fits(t) {
		return "", false
	}
	switch {
	case d.postgres():
		return writePostgresValue(v, t, text)
	case d.mysql():
		return d.writeMySQLValue(v, t, text)
	}
	return writeSQLiteValue(v, t)
}

// timeOfDay is what MySQL's times may go beyond.
var timeOfDay = regexp.MustCompile(`^([01]?\d|2[0-4]):`)

// realDate has a year, a month and a day, which MySQL can do without.
var realDate = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`)

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// quotePostgres is a text as pg_get_expr prints it.
func quotePostgres(s string) string {
	if strings.Contains(s, `\`) {
		return "E" + quote(strings.ReplaceAll(s, `\`, `\\`))
	}
	return quote(s)
}

func quoteMySQL(s string) string {
	return quote(strings.ReplaceAll(s, `\`, `\\`))
}

// castName is the type behind :: as pg_get_expr prints it, without its arguments.
func castName(text string) string {
	name, _, rest := typeWords(text)
	name = strings.TrimSpace(name + " " + strings.TrimSpace(rest))
	switch name {
	case "character":
		return "bpchar"
	case "bit":
		return `"bit"`
	}
	return name
}

func writePostgresValue(v value, t Type, text string) (string, bool) {
	switch v.kind {
	case textValue:
		if t.Class == Array || t.Class == Set {
			return quotePostgres(arrayText(v.text, t)) + "::" + castName(text), true
		}
		return quotePostgres(v.text) + "::" + castName(text), true
	case numberValue:
		if strings.HasPrefix(v.text, "-") {
			return quote(v.text) + "::" + castName(text), true
		}
		return v.text, true
	case boolValue:
		return v.text, true
	case bytesValue:
		return `'\x` + hex.EncodeToString([]byte(v.text)) + "'::bytea", t.Class == Binary || t.Class == Varbinary || t.Class == Blob
	case bitsValue:
		return "'" + v.text + "'::" + castName(text), true
	case nowValue:
		return "CURRENT_TIMESTAMP", true
	case todayValue:
		return "CURRENT_DATE", true
	case clockValue:
		return "CURRENT_TIME", true
	case uuidValue:
		if t.Class != UUID {
			return "gen_random_uuid()", t.textual()
		}
		return "gen_random_uuid()", true
	}
	return "", false
}

// arrayText is a set's labels as PostgreSQL writes an array.
func arrayText(text string, t Type) string {
	if t.Class == Array || strings.HasPrefix(text, "{") {
		return text
	}
	if text == "" {
		return "{}"
	}
	return "{" + text + "}"
}

func (d dialect) writeMySQLValue(v value, t Type, text string) (string, bool) {
	switch v.kind {
	case textValue:
		if basicPlane(v.text) != v.text && !d.mariadb() { // which MySQL would not print
			return d.mysqlText("x'"+strings.ToUpper(hex.EncodeToString([]byte(v.text)))+"'", text)
		}
		return d.mysqlText(quoteMySQL(v.text), text)
	case numberValue:
		return d.mysqlText(v.text, text)
	case boolValue:
		switch bit := map[string]string{"true": "1", "false": "0"}[v.text]; t.Class {
		case Bits:
			return "b'" + bit + "'", true
		default:
			return bit, true
		}
	case bytesValue:
		return d.mysqlText("x'"+strings.ToUpper(hex.EncodeToString([]byte(v.text)))+"'", text)
	case bitsValue:
		bits := strings.TrimLeft(v.text, "0")
		if bits == "" {
			bits = "0"
		}
		return "b'" + bits + "'", true
	case nowValue:
		if t.Class != DateTime {
			return "(now())", true
		}
		if digits := t.canonical().Precision; digits > 0 {
			return fmt.Sprintf("CURRENT_TIMESTAMP(%d)", digits), true
		}
		return "CURRENT_TIMESTAMP", true
	case todayValue:
		return "(curdate())", true
	case clockValue:
		return "(curtime())", true
	case uuidValue:
		return "(uuid())", true
	}
	return "", false
}

// mysqlText is a literal default. MySQL takes it for long types only as an expression.
func (d dialect) mysqlText(sql, text string) (string, bool) {
	switch typ := readMySQL(text); typ.Class {
	case Text, Blob, JSON, Spatial, Other:
		if !d.mariadb() {
			return "(" + sql + ")", d.atLeast(8, 0)
		}
	}
	return sql, true
}

func writeSQLiteValue(v value, _ Type) (string, bool) {
	switch v.kind {
	case textValue, bitsValue:
		return quote(v.text), true
	case numberValue:
		return v.text, true
	case boolValue:
		return map[string]string{"true": "1", "false": "0"}[v.text], true
	case bytesValue:
		return "x'" + strings.ToUpper(hex.EncodeToString([]byte(v.text))) + "'", true
	case nowValue:
		return "CURRENT_TIMESTAMP", true
	case todayValue:
		return "CURRENT_DATE", true
	case clockValue:
		return "CURRENT_TIME", true
	case uuidValue:
		return "(lower(hex(randomblob(16))))", true
	}
	return "", false
}
