package expr

import (
	"strings"
	"unicode/utf8"
)

// fixedOperators of more than one character, longest first, where operators are a closed list.
var fixedOperators = []string{"<=>", "->>", "<=", ">=", "<>", "!=", "==", "<<", ">>", "||", "&&", ":=", "->"}

// operatorLength is the length of the operator that rest begins with.
func (l *lexer) operatorLength(rest string) int {
	if l.d == Postgres {
		return postgresOperatorLength(rest)
	}
	for _, op := range fixedOperators {
		if strings.HasPrefix(rest, op) {
			return len(op)
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	return n
}

// postgresOperatorLength follows PostgreSQL's rule: the longest run of operator characters, without a sign at its end unless
// one of ~!@#%^&|`? is in it, and up to a comment.
func postgresOperatorLength(rest string) int {
	if strings.HasPrefix(rest, "::") {
		return 2
	}
	n := 0
	for n < len(rest) && strings.IndexByte("+-*/<>=~!@#%^&|`?", rest[n]) >= 0 {
		if n > 0 && (strings.HasPrefix(rest[n:], "--") || strings.HasPrefix(rest[n:], "/*")) {
			break
		}
		n++
	}
	if n == 0 {
		_, n = utf8.DecodeRuneInString(rest)
		return n
	}
	for n > 1 && (rest[n-1] == '+' || rest[n-1] == '-') && !strings.ContainsAny(rest[:n], "~!@#%^&|`?") {
		n--
	}
	return n
}
