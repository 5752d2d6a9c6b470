package sqlite

import "strings"

// quoteIdent quotes an identifier. Always: whether a bare word is a keyword differs between versions.
func quoteIdent(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// quoteIdents quotes a list.
func quoteIdents(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quoteIdent(n)
	}
	return strings.Join(quoted, ", ")
}

// quoteString quotes a string literal. SQLite knows no escapes. Text behind a zero byte would be lost on the way to it.
func quoteString(s string) string {
	if strings.IndexByte(s, 0) < 0 {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	parts := strings.Split(s, "\x00")
	for i, p := range parts {
		parts[i] = quoteString(p)
	}
	return "(" + strings.Join(parts, " || char(0) || ") + ")"
}

// unquote is what stands between the quotes of a name or a string literal.
func unquote(text string) string {
	body := text[1 : len(text)-1]
	switch text[0] {
	case '[':
		return body
	case '\'', '"', '`':
		q := text[:1]
		return strings.ReplaceAll(body, q+q, q)
	}
	return text
}

// fold is a name as SQLite compares it: ASCII letters without regard to case, everything else as it is.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

// same tells whether SQLite takes two names for one.
func sameName(a, b string) bool { return fold(a) == fold(b) }
