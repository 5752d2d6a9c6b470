package expr

import (
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// tokenKind is the sort of a token.
type tokenKind uint8

const (
	tokEnd    tokenKind = iota
	tokWord             // a keyword or a bare name
	tokIdent            // a quoted name; text is the name
	tokString           // text is its value
	tokNumber
	tokBytes // text is its value
	tokBits  // text is its digits
	tokOp    // an operator or other punctuation
)

// token is a token, where it begins, and for words their upper-case form.
type token struct {
	kind tokenKind
	text string
	word string // upper case, of words only
	at   int
}

func (t token) is(keyword string) bool { return t.kind == tokWord && t.word == keyword }
func (t token) op(s string) bool       { return t.kind == tokOp && t.text == s }

// lexer splits the text of one dialect into tokens.
type lexer struct {
	d      Dialect
	sql    string
	pos    int
	tokens []token
}

func tokenize(d Dialect, sql string) ([]token, error) {
	l := &lexer{d: d, sql: sql, tokens: make([]token, 0, len(sql)/4+2)}
	for {
		if err := l.skipSpace(); err != nil {
			return nil, err
		}
		if l.pos == len(sql) {
			l.tokens = append(l.tokens, token{kind: tokEnd, at: len(sql)})
			return l.tokens, nil
		}
		if err := l.next(); err != nil {
			return nil, err
		}
	}
}

func (l *lexer) fail(message string) error {
	return &SyntaxError{l.d, l.pos, message, near(l.sql[l.pos:])}
}

// near is the beginning of the rest of a text.
func near(rest string) string {
	if len(rest) <= 30 {
		return rest
	}
	end := 30
	for end > 0 && !utf8.RuneStart(rest[end]) {
		end--
	}
	return rest[:end] + "…"
}

func (l *lexer) emit(kind tokenKind, text string, length int) {
	t := token{kind: kind, text: text, at: l.pos}
	if kind == tokWord {
		t.word = strings.ToUpper(text)
	}
	l.tokens = append(l.tokens, t)
	l.pos += length
}

// skipSpace passes over white space and comments.
func (l *lexer) skipSpace() error {
	for l.pos < len(l.sql) {
		rest := l.sql[l.pos:]
		switch c := rest[0]; {
		case c == ' ' || c >= '\t' && c <= '\r':
			l.pos++
		case c == '#' && l.d.mysqlish(), strings.HasPrefix(rest, "--") && (!l.d.mysqlish() || len(rest) == 2 || rest[2] <= ' '):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			l.pos += end
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return l.fail("a comment has no end")
			}
			l.pos += end + 4
		default:
			return nil
		}
	}
	return nil
}

// next reads one token.
func (l *lexer) next() error {
	rest := l.sql[l.pos:]
	c := rest[0]
	var following byte
	if len(rest) > 1 {
		following = rest[1]
	}
	switch {
	case c == '\'':
		return l.quoted(0, '\'', tokString, l.d.mysqlish())
	case c == '"' && l.d.mysqlish():
		return l.quoted(0, '"', tokString, true)
	case c == '"':
		return l.quoted(0, '"', tokIdent, false)
	case c == '`' && l.d != Postgres:
		return l.quoted(0, '`', tokIdent, false)
	case c == '[' && l.d == SQLite:
		end := strings.IndexByte(rest, ']')
		if end < 0 {
			return l.fail("a bracket has no end")
		}
		l.emit(tokIdent, rest[1:end], end+1)
	case following == '\'' && strings.IndexByte("xXbBnNeE", c) >= 0:
		return l.prefixed(c)
	case c == '$' && l.d == Postgres:
		return l.dollarQuoted(rest)
	case isDigit(c), c == '.' && isDigit(following) && !l.afterName():
		return l.number(rest)
	case isWordByte(c):
		n := 1
		for n < len(rest) && (isWordByte(rest[n]) || isDigit(rest[n])) {
			n++
		}
		l.emit(tokWord, rest[:n], n)
	default:
		n := l.operatorLength(rest)
		l.emit(tokOp, rest[:n], n)
	}
	return nil
}

// afterName tells that a dot here separates names.
func (l *lexer) afterName() bool {
	if len(l.tokens) == 0 || l.pos == 0 {
		return false
	}
	last := l.tokens[len(l.tokens)-1].kind
	before := l.sql[l.pos-1]
	return (last == tokIdent || last == tokWord) && before != ' '
}

// quoted reads what stands in quotes, skip bytes ahead.
func (l *lexer) quoted(skip int, quote byte, kind tokenKind, backslash bool) error {
	rest := l.sql[l.pos+skip:]
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		switch {
		case backslash && rest[i] == '\\' && i+1 < len(rest):
			i += unescape(&b, rest[i+1:], l.d)
		case rest[i] != quote:
			b.WriteByte(rest[i])
		case i+1 < len(rest) && rest[i+1] == quote:
			b.WriteByte(quote)
			i++
		default:
			l.emit(kind, b.String(), skip+i+1)
			return nil
		}
	}
	return l.fail("a quote has no end")
}

// unescape writes what stands behind a backslash and tells its length.
func unescape(b *strings.Builder, rest string, d Dialect) int {
	c := rest[0]
	switch {
	case c == 'b':
		b.WriteByte('\b')
	case c == 'n':
		b.WriteByte('\n')
	case c == 'r':
		b.WriteByte('\r')
	case c == 't':
		b.WriteByte('\t')
	case d.mysqlish() && c == '0':
		b.WriteByte(0)
	case d.mysqlish() && c == 'Z':
		b.WriteByte(0x1a)
	case d.mysqlish() && (c == '%' || c == '_'):
		b.WriteByte('\\')
		b.WriteByte(c)
	case d == Postgres && c == 'f':
		b.WriteByte('\f')
	case d == Postgres && c >= '0' && c <= '7':
		n, value := 0, 0
		for n < 3 && n < len(rest) && rest[n] >= '0' && rest[n] <= '7' {
			value = value*8 + int(rest[n]-'0')
			n++
		}
		b.WriteByte(byte(value))
		return n
	case d == Postgres && strings.IndexByte("xuU", c) >= 0:
		return unescapeHex(b, rest)
	default:
		b.WriteByte(c)
	}
	return 1
}

// unescapeHex writes the byte behind \x or the character behind \u and \U.
func unescapeHex(b *strings.Builder, rest string) int {
	longest := map[byte]int{'x': 2, 'u': 4, 'U': 8}[rest[0]]
	n, value := 1, rune(0)
	for n <= longest && n < len(rest) {
		digit := strings.IndexByte("0123456789abcdef", rest[n]|0x20)
		if digit < 0 {
			break
		}
		value = value<<4 | rune(digit)
		n++
	}
	switch {
	case n == 1:
		b.WriteByte(rest[0])
	case rest[0] == 'x':
		b.WriteByte(byte(value))
	default:
		b.WriteRune(value)
	}
	return n
}

// prefixed reads x'41', b'101', E'a\n' and N'a'.
func (l *lexer) prefixed(c byte) error {
	at := len(l.tokens)
	backslash := l.d.mysqlish() || c|0x20 == 'e'
	if c|0x20 == 'e' && l.d != Postgres || l.d == SQLite && c|0x20 != 'x' {
		l.emit(tokWord, l.sql[l.pos:l.pos+1], 1)
		return nil
	}
	start := l.pos
	if err := l.quoted(1, '\'', tokString, backslash && strings.IndexByte("xXbB", c) < 0); err != nil {
		return err
	}
	t := &l.tokens[at]
	switch c | 0x20 {
	case 'b':
		if strings.Trim(t.text, "01") != "" {
			l.pos = start
			return l.fail("a bit string has other digits than 0 and 1")
		}
		t.kind = tokBits
	case 'x':
		value, err := hex.DecodeString(t.text)
		if l.d == Postgres { // X'1F' is a bit string there
			t.text, err = bitsOfHex(t.text), nil
			t.kind = tokBits
			break
		}
		if err != nil {
			l.pos = start
			return l.fail("a binary string is not made of pairs of hexadecimal digits")
		}
		t.kind, t.text = tokBytes, string(value)
	}
	return nil
}

// bitsOfHex spells hexadecimal digits as bits.
func bitsOfHex(digits string) string {
	var b strings.Builder
	for i := range len(digits) {
		v := strings.IndexByte("0123456789abcdef", digits[i]|0x20)
		for bit := 3; bit >= 0; bit-- {
			b.WriteByte('0' + byte(max(v, 0)>>bit&1))
		}
	}
	return b.String()
}

// dollarQuoted reads $$text$$ and $tag$text$tag$.
func (l *lexer) dollarQuoted(rest string) error {
	end := strings.IndexByte(rest[1:], '$') + 2
	if end < 2 {
		return l.fail("parameters are not supported")
	}
	tag := rest[:end]
	for _, c := range []byte(tag[1 : end-1]) {
		if !isWordByte(c) && !isDigit(c) {
			return l.fail("parameters are not supported")
		}
	}
	length := strings.Index(rest[end:], tag)
	if length < 0 {
		return l.fail("a quote has no end")
	}
	l.emit(tokString, rest[end:end+length], length+2*end)
	return nil
}

// number reads a number, or in MySQL a bare name that begins with digits.
func (l *lexer) number(rest string) error {
	if len(rest) > 2 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'b' && l.d.mysqlish()) {
		return l.radixNumber(rest)
	}
	n := 0
	for n < len(rest) && (isDigit(rest[n]) || rest[n] == '.') {
		n++
	}
	if n < len(rest) && rest[n]|0x20 == 'e' {
		m := n + 1
		if m < len(rest) && (rest[m] == '+' || rest[m] == '-') {
			m++
		}
		for m < len(rest) && isDigit(rest[m]) {
			m++
			n = m
		}
	}
	if strings.Count(rest[:n], ".") > 1 {
		return l.fail("a number has two points")
	}
	if n < len(rest) && isWordByte(rest[n]) {
		return l.fail("a name begins with a digit")
	}
	l.emit(tokNumber, rest[:n], n)
	return nil
}

// radixNumber reads 0x4142 and 0b101: binary strings in MySQL, numbers elsewhere.
func (l *lexer) radixNumber(rest string) error {
	n := 2
	for n < len(rest) && (isWordByte(rest[n]) || isDigit(rest[n])) {
		n++
	}
	digits := rest[2:n]
	switch {
	case rest[1] == 'b' && l.d.mysqlish() && strings.Trim(digits, "01") == "" && digits != "":
		l.emit(tokBits, digits, n)
	case rest[1] == 'x' && l.d.mysqlish():
		if len(digits)%2 == 1 {
			digits = "0" + digits
		}
		value, err := hex.DecodeString(digits)
		if err != nil {
			return l.fail("a hexadecimal number has other digits")
		}
		l.emit(tokBytes, string(value), n)
	case rest[1] == 'x' && digits != "" && strings.Trim(strings.ToLower(digits), "0123456789abcdef") == "":
		l.emit(tokNumber, "0x"+strings.ToLower(digits), n)
	default:
		return l.fail("a name begins with a digit")
	}
	return nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isWordByte tells whether c may begin a bare name; every byte of a character beyond ASCII may.
func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
