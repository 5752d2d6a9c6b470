package sqlite

import (
	"fmt"
	"strings"
)

// tokenKind is the sort of a token of SQLite's SQL.
type tokenKind uint8

const (
	tokEnd    tokenKind = iota
	tokWord             // a keyword or a bare name
	tokIdent            // a name in "double quotes", `backticks` or [brackets]
	tokString           // 'text'
	tokBlob             // x'4142'
	tokNumber           // 12, 1.5e3, 0x41
	tokParam            // ?1, :name, @name, $name
	tokPunct            // everything else, one character or one operator
)

// token is one token: its text as it stands and where it begins.
type token struct {
	kind tokenKind
	text string
	at   int
}

// is tells whether the token is this keyword, given in upper case.
func (t token) is(keyword string) bool {
	return t.kind == tokWord && strings.EqualFold(t.text, keyword)
}

// isOne tells whether the token is one of these keywords.
func (t token) isOne(keywords ...string) bool {
	for _, k := range keywords {
		if t.is(k) {
			return true
		}
	}
	return false
}

// punct tells whether the token is this punctuation.
func (t token) punct(s string) bool { return t.kind == tokPunct && t.text == s }

// isName tells whether the token can be a name. SQLite takes a string for a name where only a name makes sense.
func (t token) isName() bool {
	return t.kind == tokIdent || t.kind == tokString || t.kind == tokWord && !reserved[strings.ToUpper(t.text)]
}

// name is the name that the token stands for.
func (t token) name() string {
	if t.kind == tokIdent || t.kind == tokString {
		return unquote(t.text)
	}
	return t.text
}

// tokenize splits SQL text as SQLite does. White space and comments are left out.
func tokenize(sql string) ([]token, error) {
	tokens := make([]token, 0, len(sql)/5+4)
	for pos := 0; pos < len(sql); {
		kind, n, err := scan(sql[pos:])
		if err != nil {
			return nil, err
		}
		if kind != tokEnd {
			tokens = append(tokens, token{kind, sql[pos : pos+n], pos})
		}
		pos += n
	}
	return tokens, nil
}

// scan tells kind and length of the token that the text, which is not empty, begins with; white space and comments are of
// kind tokEnd.
func scan(s string) (tokenKind, int, error) {
	switch c := s[0]; {
	case isSpace(c):
		n := 1
		for n < len(s) && isSpace(s[n]) {
			n++
		}
		return tokEnd, n, nil
	case strings.HasPrefix(s, "--"):
		if n := strings.IndexByte(s, '\n'); n >= 0 {
			return tokEnd, n + 1, nil
		}
		return tokEnd, len(s), nil
	case strings.HasPrefix(s, "/*"):
		if n := strings.Index(s[2:], "*/"); n >= 0 {
			return tokEnd, n + 4, nil
		}
		return tokEnd, len(s), nil // as SQLite has it
	case c == '\'':
		n, err := quotedLength(s, '\'')
		return tokString, n, err
	case c == '"', c == '`':
		n, err := quotedLength(s, c)
		return tokIdent, n, err
	case c == '[':
		n := strings.IndexByte(s, ']')
		if n < 0 {
			return 0, 0, fmt.Errorf("a bracket has no end: %s", clip(s))
		}
		return tokIdent, n + 1, nil
	case (c == 'x' || c == 'X') && len(s) > 1 && s[1] == '\'':
		n, err := quotedLength(s[1:], '\'')
		return tokBlob, n + 1, err
	case isDigit(c), c == '.' && len(s) > 1 && isDigit(s[1]):
		return tokNumber, numberLength(s), nil
	case strings.IndexByte("?:@$#", c) >= 0:
		n := 1
		for n < len(s) && isWord(s[n]) {
			n++
		}
		return tokParam, n, nil
	case isWord(c):
		n := 1
		for n < len(s) && isWord(s[n]) {
			n++
		}
		return tokWord, n, nil
	}
	for _, op := range operators {
		if strings.HasPrefix(s, op) {
			return tokPunct, len(op), nil
		}
	}
	return tokPunct, 1, nil
}

// operators of more than one character, longest first.
var operators = []string{"->>", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"}

// quotedLength is the length of the quoted text that s begins with, both quotes included.
func quotedLength(s string, quote byte) (int, error) {
	for i := 1; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		if i+1 < len(s) && s[i+1] == quote {
			i++
			continue
		}
		return i + 1, nil
	}
	return 0, fmt.Errorf("a quote has no end: %s", clip(s))
}

func numberLength(s string) int {
	n := 0
	if len(s) > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		n = 2
		for n < len(s) && isWord(s[n]) {
			n++
		}
		return n
	}
	for n < len(s) && (isDigit(s[n]) || s[n] == '.' || s[n] == '_') {
		n++
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		m := n + 1
		if m < len(s) && (s[m] == '+' || s[m] == '-') {
			m++
		}
		for m < len(s) && isDigit(s[m]) {
			m++
			n = m
		}
	}
	return n
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isWord tells whether c may stand in a bare name; every byte of a character beyond ASCII may.
func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// clip shortens a text for an error.
func clip(s string) string {
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}

// reserved are the keywords that can never be a bare name, so that their case means nothing.
var reserved = wordSet(`ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CHECK COLLATE COMMIT CONSTRAINT CREATE DEFAULT
	DEFERRABLE DELETE DISTINCT DROP ELSE ESCAPE EXISTS FOREIGN FROM GROUP HAVING IN INDEX INSERT INTO IS ISNULL
	JOIN LIMIT NOT NOTHING NOTNULL NULL ON OR ORDER PRIMARY REFERENCES RETURNING SELECT SET TABLE THEN TO TRANSACTION
	UNIQUE UPDATE USING VALUES WHEN WHERE`)

// operands are keywords before which a parenthesis opens a list or an expression rather than the arguments of a function.
var operands = wordSet(`AND OR NOT IN IS LIKE GLOB REGEXP MATCH BETWEEN CASE WHEN THEN ELSE ESCAPE FROM JOIN ON WHERE
	HAVING BY SELECT VALUES AS USING OVER FILTER DISTINCT ALL UNION EXCEPT INTERSECT LIMIT OFFSET SET CHECK EXISTS
	RETURNING INTO MATERIALIZED PARTITION`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
