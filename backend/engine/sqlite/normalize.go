package sqlite

import "strings"

// plainType is a column's type as it was written, with white space in one way.
func plainType(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && !t.punct("(") && !t.punct(")") && !t.punct(",") && !tokens[i-1].punct("(") && !tokens[i-1].punct(",") &&
			!tokens[i-1].punct("-") && !tokens[i-1].punct("+") {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// typeText is the type as it is compared: SQLite looks for words in it without regard to case and takes everything else as
// it comes. Quotes around a word are no part of it.
func typeText(tokens []token) string {
	bare := make([]token, len(tokens))
	for i, t := range tokens {
		bare[i] = t
		if t.kind == tokIdent || t.kind == tokString {
			if name := t.name(); isBare(name) {
				bare[i] = token{kind: tokWord, text: name}
			}
		}
	}
	return strings.ToUpper(plainType(bare))
}

// defaultText is the expression behind DEFAULT, ready to be rendered: a literal as it is, everything else in parentheses. A
// default of NULL is none.
func defaultText(tokens []token) string {
	tokens = stripParens(tokens)
	text := plain(tokens)
	if len(tokens) == 1 && tokens[0].is("NULL") {
		return ""
	}
	if isLiteral(tokens) {
		if tokens[0].is(tokens[0].text) { // CURRENT_DATE, TRUE, …
			return strings.ToUpper(text)
		}
		return text
	}
	if len(tokens) == 1 && tokens[0].isName() { // which means a string
		return quoteString(tokens[0].name())
	}
	return "(" + text + ")"
}

// isLiteral tells that tokens are a value that DEFAULT takes without parentheses.
func isLiteral(tokens []token) bool {
	if len(tokens) == 2 && (tokens[0].punct("-") || tokens[0].punct("+")) {
		return tokens[1].kind == tokNumber
	}
	if len(tokens) != 1 {
		return false
	}
	switch t := tokens[0]; t.kind {
	case tokNumber, tokString, tokBlob:
		return true
	default:
		return t.isOne("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "TRUE", "FALSE")
	}
}

// isConstant tells that a default is the same for every row, so that a column with it can be added to rows that exist.
func isConstant(fallback string) bool {
	tokens, err := tokenize(fallback)
	return err == nil && isLiteral(tokens) && !tokens[0].isOne("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP")
}
