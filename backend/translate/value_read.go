package translate

import (
	"encoding/hex"
	"regexp"
	"strings"

	"database-structure-sync/backend/schema"
)

// value reads a column's default.
func (d dialect) value(c *schema.Column) value {
	text := c.Default
	if text == "" {
		return value{}
	}
	inner := outerParens(text)
	if d.postgres() {
		inner = withoutCasts(text)
	}
	if strings.EqualFold(inner, "null") {
		return value{}
	}
	if v, ok := d.escaped(inner); ok {
		return v
	}
	if v, ok := literal(inner); ok {
		return d.literal(v, inner, text)
	}
	if v, ok := clock(inner); ok {
		return v
	}
	if document, ok := emptyDocuments[strings.ToLower(strings.Join(strings.Fields(inner), ""))]; ok {
		return value{textValue, document}
	}
	if d.sqlite() {
		if v, ok := sqliteClock(inner); ok {
			return v
		}
	}
	if strings.HasPrefix(inner, "-") {
		if v, ok := literal("-" + outerParens(strings.TrimSpace(inner[1:]))); ok {
			return v
		}
	}
	return value{exprValue, text}
}

// emptyDocuments are the calls by which people write JSON without anything in it.
var emptyDocuments = map[string]string{
	"json_object()": "{}", "json_array()": "[]", // MySQL, MariaDB, SQLite
	"jsonb_build_object()": "{}", "json_build_object()": "{}", "jsonb_build_array()": "[]", "json_build_array()": "[]",
}

// literal gives the texts of MySQL and PostgreSQL that stand for something else their meaning.
func (d dialect) literal(v value, inner, text string) value {
	switch {
	case v.kind == textValue && d.postgres() && strings.Contains(text, "::bytea"):
		if bytes, err := hex.DecodeString(strings.TrimPrefix(v.text, `\x`)); err == nil {
			return value{bytesValue, string(bytes)}
		}
	case v.kind == textValue && d.postgres() && strings.Contains(text, `"bit"`), v.kind == textValue && d.postgres() && strings.Contains(text, "::bit varying"):
		return value{bitsValue, v.text}
	case v.kind == textValue && d.mysql():
		return value{textValue, unescapeMySQL(v.text)}
	}
	return v
}

// escaped is PostgreSQL's E'…', which it prints when there are backslashes.
func (d dialect) escaped(text string) (value, bool) {
	body, ok := strings.CutPrefix(text, "E'")
	if !ok || !d.postgres() || !strings.HasSuffix(body, "'") {
		return value{}, false
	}
	v, ok := literal("'" + body)
	v.text = strings.ReplaceAll(v.text, `\\`, `\`)
	if bytes, err := hex.DecodeString(strings.TrimPrefix(v.text, `\x`)); err == nil && strings.HasPrefix(v.text, `\x`) {
		return value{bytesValue, string(bytes)}, ok
	}
	return v, ok
}

var mysqlEscapes = strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\"`, `"`, `\n`, "\n", `\r`, "\r", `\t`, "\t", `\0`, "\x00", `\Z`, "\x1a", `\b`, "\b")

func unescapeMySQL(s string) string { return mysqlEscapes.Replace(s) }

// outerParens takes away parentheses around all of the text.
func outerParens(text string) string {
	text = strings.TrimSpace(text)
	for strings.HasPrefix(text, "(") && closing(text, 0) == len(text)-1 {
		text = strings.TrimSpace(text[1 : len(text)-1])
	}
	return text
}

var cast = regexp.MustCompile(`^::("[^"]*"|[a-zA-Z_][\w.]*|\.)+(\s+(varying|precision|with(out)? time zone))*(\(\d+(,\d+)?\))?(\s+with(out)? time zone)?(\[\])*`)

// withoutCasts takes away the casts behind the text and the parentheses around it, in any order.
func withoutCasts(text string) string {
	for {
		inner := outerParens(text)
		at := lastCast(inner)
		if at < 0 {
			return inner
		}
		text = inner[:at]
	}
}

// lastCast is where the cast begins that ends the text; -1 when there is none.
func lastCast(text string) int {
	at := strings.LastIndex(text, "::")
	if at <= 0 || cast.FindString(text[at:]) != text[at:] {
		return -1
	}
	head := text[:at]
	switch head[len(head)-1] {
	case ')':
		if head[0] != '(' || closing(head, 0) != len(head)-1 {
			return -1
		}
	case '\'':
		first := strings.IndexByte(head, '\'')
		if first > 1 || strings.Contains(strings.ReplaceAll(head[first+1:len(head)-1], "''", ""), "'") {
			return -1
		}
	default:
		if strings.ContainsAny(head, " (") && lastCast(head) < 0 {
			return -1
		}
	}
	return at
}

var sqliteNow = regexp.MustCompile(`(?i)^(datetime|date|time|strftime)\s*\(\s*(?:'[^']*'\s*,\s*)?'now'(?:\s*,\s*'(?:localtime|subsec|utc)')*\s*\)$`)

// sqliteClock are SQLite's ways to ask for the time.
func sqliteClock(text string) (value, bool) {
	m := sqliteNow.FindStringSubmatch(text)
	if m == nil {
		return value{}, false
	}
	switch strings.ToLower(m[1]) {
	case "date":
		return value{kind: todayValue}, true
	case "time":
		return value{kind: clockValue}, true
	case "strftime":
		return value{kind: nowValue}, strings.Contains(strings.ToLower(text), "%y-%m-%d")
	}
	return value{kind: nowValue}, true
}
