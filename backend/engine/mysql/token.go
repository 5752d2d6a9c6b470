package mysql

import (
	"fmt"
	"strings"
)

// tokenKind is the sort of a token of SQL text as the servers print it.
type tokenKind uint8

const (
	tokEnd    tokenKind = iota
	tokIdent            // `quoted`
	tokWord             // a keyword, a bare name, an introducer such as _utf8mb4
	tokString           // 'text' or "text"
	tokNumber           // 12, 1.5e3, 0x4142
	tokBytes            // x'4142', b'101'
	tokPunct            // everything else, one character or one operator
)

// token is one token: its text as it stands, where it begins, and whether white space stands before it.
type token struct {
	kind   tokenKind
	text   string
	at     int
	spaced bool
}

// is tells whether the token is this keyword, given in upper case.
func (t token) is(keyword string) bool {
	return t.kind == tokWord && strings.EqualFold(t.text, keyword)
}

// punct tells whether the token is this punctuation.
func (t token) punct(s string) bool { return t.kind == tokPunct && t.text == s }

// tokenize splits SQL text as MySQL and MariaDB print it. Comments are white space; what stands in a version comment
// (/*!80023 INVISIBLE */, /*M!100301 … */) is read as if it stood there by itself.
func tokenize(sql string) ([]token, error) { return tokenizeInto(nil, sql) }

// tokenizeInto is tokenize with a buffer that it may overwrite.
func tokenizeInto(buffer []token, sql string) ([]token, error) {
	if buffer == nil {
		buffer = make([]token, 0, len(sql)/5+4)
	}
	l := lexer{sql: sql, tokens: buffer[:0]}
	for {
		if err := l.skipSpace(); err != nil {
			return nil, err
		}
		if l.pos == len(l.sql) {
			return l.tokens, nil
		}
		if err := l.next(); err != nil {
			return nil, err
		}
		l.spaced = false
	}
}

type lexer struct {
	sql     string
	pos     int
	spaced  bool
	version int // open version comments
	tokens  []token
}

func (l *lexer) rest() string { return l.sql[l.pos:] }

func (l *lexer) emit(kind tokenKind, length int) {
	l.tokens = append(l.tokens, token{kind, l.sql[l.pos : l.pos+length], l.pos, l.spaced})
	l.pos += length
}

// skipSpace passes over white space and comments.
func (l *lexer) skipSpace() error {
	for l.pos < len(l.sql) {
		rest := l.rest()
		switch c := rest[0]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
			l.pos++
		case c == '#', strings.HasPrefix(rest, "--") && (len(rest) == 2 || rest[2] <= ' '):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			l.pos += end
		case strings.HasPrefix(rest, "/*!"), strings.HasPrefix(rest, "/*M!"):
			l.pos += strings.IndexByte(rest, '!') + 1
			for l.pos < len(l.sql) && isDigit(l.sql[l.pos]) {
				l.pos++
			}
			l.version++
		case l.version > 0 && strings.HasPrefix(rest, "*/"):
			l.pos += 2
			l.version--
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return fmt.Errorf("a comment has no end: %s", clip(rest))
			}
			l.pos += end + 4
		default:
			return nil
		}
		l.spaced = true
	}
	return nil
}

// next reads the token at the position, which is neither white space nor the end.
func (l *lexer) next() error {
	rest := l.rest()
	switch c := rest[0]; {
	case c == '`':
		n, err := quotedLength(rest, false)
		if err != nil {
			return err
		}
		l.emit(tokIdent, n)
	case c == '\'' || c == '"':
		n, err := quotedLength(rest, true)
		if err != nil {
			return err
		}
		l.emit(tokString, n)
	case len(rest) > 1 && rest[1] == '\'' && strings.IndexByte("xXbB", c) >= 0:
		n, err := quotedLength(rest[1:], false)
		if err != nil {
			return err
		}
		l.emit(tokBytes, n+1)
	case isDigit(c), c == '.' && len(rest) > 1 && isDigit(rest[1]) && !l.afterName():
		l.number(rest)
	case isWord(c):
		n := 1
		for n < len(rest) && isWord(rest[n]) {
			n++
		}
		l.emit(tokWord, n)
	default:
		l.emit(tokPunct, operatorLength(rest))
	}
	return nil
}

// afterName tells that a dot here separates names rather than begins a number.
func (l *lexer) afterName() bool {
	if l.spaced || len(l.tokens) == 0 {
		return false
	}
	last := l.tokens[len(l.tokens)-1].kind
	return last == tokIdent || last == tokWord
}

// number reads a number, or a bare name that begins with digits.
func (l *lexer) number(rest string) {
	n := 0
	for n < len(rest) && (isDigit(rest[n]) || rest[n] == '.') {
		n++
	}
	if n < len(rest) && (rest[n] == 'e' || rest[n] == 'E') {
		m := n + 1
		if m < len(rest) && (rest[m] == '+' || rest[m] == '-') {
			m++
		}
		if m < len(rest) && isDigit(rest[m]) {
			for m < len(rest) && isDigit(rest[m]) {
				m++
			}
			n = m
		}
	}
	kind := tokNumber
	if n < len(rest) && isWord(rest[n]) {
		if rest[:n] != "0" || rest[n] != 'x' && rest[n] != 'b' {
			kind = tokWord
		}
		for n < len(rest) && isWord(rest[n]) {
			n++
		}
	}
	l.emit(kind, n)
}

// quotedLength is the length of the quoted text that rest begins with, both quotes included.
func quotedLength(rest string, escapes bool) (int, error) {
	quote := rest[0]
	for i := 1; i < len(rest); i++ {
		switch {
		case escapes && rest[i] == '\\':
			i++
		case rest[i] == quote:
			if i+1 < len(rest) && rest[i+1] == quote {
				i++
				continue
			}
			return i + 1, nil
		}
	}
	return 0, fmt.Errorf("a quote has no end: %s", clip(rest))
}

// operators of more than one character, longest first.
var operators = []string{"<=>", "->>", "<=", ">=", "<>", "!=", "<<", ">>", "||", "&&", ":=", "->"}

func operatorLength(rest string) int {
	if len(rest) < 2 || strings.IndexByte("<>!|&:-", rest[0]) < 0 {
		return 1
	}
	for _, op := range operators {
		if strings.HasPrefix(rest, op) {
			return len(op)
		}
	}
	return 1
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isWord tells whether c may stand in a bare name; every byte of a character beyond ASCII may.
func isWord(c byte) bool {
	return c == '_' || c == '$' || c == '@' || c >= 0x80 || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// clip shortens a text for an error.
func clip(s string) string {
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}
