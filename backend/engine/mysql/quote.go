package mysql

import (
	"fmt"
	"strings"
)

// quoteIdent quotes an identifier. Always: whether a bare word is reserved differs between versions.
func quoteIdent(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// quoteIdents quotes a list, separated by commas without spaces, as both servers print it.
func quoteIdents(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quoteIdent(n)
	}
	return strings.Join(quoted, ",")
}

// stringEscaper turns what would end or change a string literal into its escape, as the servers themselves print them.
// It is right whenever NO_BACKSLASH_ESCAPES is off, which every session of this package sees to.
var stringEscaper = strings.NewReplacer(`\`, `\\`, `'`, `''`, "\n", `\n`, "\r", `\r`, "\x00", `\0`, "\x1a", `\Z`)

// quoteString quotes a string literal.
func quoteString(s string) string { return "'" + stringEscaper.Replace(s) + "'" }

// unquoteIdent is the name behind a quoted identifier.
func unquoteIdent(text string) (string, error) {
	if len(text) < 2 || text[0] != '`' || text[len(text)-1] != '`' {
		return "", fmt.Errorf("no quoted identifier: %s", text)
	}
	return strings.ReplaceAll(text[1:len(text)-1], "``", "`"), nil
}

// unquoteString is the value of a string literal in single or double quotes, without an introducer.
func unquoteString(text string) (string, error) {
	if len(text) < 2 || text[0] != '\'' && text[0] != '"' || text[len(text)-1] != text[0] {
		return "", fmt.Errorf("no string literal: %s", text)
	}
	quote, body := text[0], text[1:len(text)-1]
	if strings.IndexByte(body, '\\') < 0 && strings.IndexByte(body, quote) < 0 {
		return body, nil
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '\\':
			i++
			if i == len(body) {
				return "", fmt.Errorf("string literal ends in the middle of an escape: %s", text)
			}
			b.WriteString(unescape(body[i]))
		case c == quote:
			i++
			if i == len(body) || body[i] != quote {
				return "", fmt.Errorf("string literal has a single quote inside: %s", text)
			}
			b.WriteByte(quote)
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// unescape is what a backslash before c stands for. The escapes of LIKE patterns keep their backslash.
func unescape(c byte) string {
	switch c {
	case '0':
		return "\x00"
	case 'b':
		return "\b"
	case 'n':
		return "\n"
	case 'r':
		return "\r"
	case 't':
		return "\t"
	case 'Z':
		return "\x1a"
	case '%', '_':
		return `\` + string(c)
	}
	return string([]byte{c})
}
