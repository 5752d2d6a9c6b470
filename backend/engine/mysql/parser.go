package mysql

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// parser reads tokens one after the other. What it accepts it passes over; what it does not stays.
type parser struct {
	tokens []token
	pos    int
	db     string // the database whose name is left out where it qualifies another
	f      flavor
}

func (p *parser) end() bool { return p.pos >= len(p.tokens) }

func (p *parser) peek() token { return p.at(0) }

// at looks ahead; past the end stands a token of kind tokEnd.
func (p *parser) at(n int) token {
	if p.pos+n >= len(p.tokens) {
		return token{}
	}
	return p.tokens[p.pos+n]
}

func (p *parser) next() token {
	t := p.peek()
	p.pos++
	return t
}

// accept passes over these keywords if all of them stand here.
func (p *parser) accept(keywords ...string) bool {
	for i, k := range keywords {
		if !p.at(i).is(k) {
			return false
		}
	}
	p.pos += len(keywords)
	return true
}

func (p *parser) acceptPunct(s string) bool {
	if !p.peek().punct(s) {
		return false
	}
	p.pos++
	return true
}

func (p *parser) expectPunct(s string) error {
	if !p.acceptPunct(s) {
		return p.unexpected(s)
	}
	return nil
}

func (p *parser) unexpected(wanted string) error {
	if p.end() {
		return fmt.Errorf("the text ends where %s should stand", wanted)
	}
	return fmt.Errorf("%s stands where %s should", clip(p.peek().text), wanted)
}

// ident reads a name, quoted or bare.
func (p *parser) ident() (string, error) {
	switch t := p.peek(); t.kind {
	case tokIdent:
		p.pos++
		return unquoteIdent(t.text)
	case tokWord:
		p.pos++
		return t.text, nil
	}
	return "", p.unexpected("a name")
}

// idents reads a list of names in parentheses.
func (p *parser) idents() ([]string, error) {
	if err := p.expectPunct("("); err != nil {
		return nil, err
	}
	var names []string
	for {
		name, err := p.ident()
		if err != nil {
			return nil, err
		}
		names = append(names, name)
		if p.acceptPunct(")") {
			return names, nil
		}
		if err := p.expectPunct(","); err != nil {
			return nil, err
		}
	}
}

// stringValue reads a string literal.
func (p *parser) stringValue() (string, error) {
	if t := p.peek(); t.kind == tokString {
		p.pos++
		return unquoteString(t.text)
	}
	return "", p.unexpected("a string")
}

// group reads what stands in the parentheses that open here.
func (p *parser) group() ([]token, error) {
	if err := p.expectPunct("("); err != nil {
		return nil, err
	}
	start, depth := p.pos, 1
	for !p.end() {
		switch t := p.next(); {
		case t.punct("("):
			depth++
		case t.punct(")"):
			if depth--; depth == 0 {
				return p.tokens[start : p.pos-1], nil
			}
		}
	}
	return nil, fmt.Errorf("a parenthesis has no end")
}

// until reads tokens up to the first one outside parentheses that stop accepts, or a comma or closing parenthesis there.
func (p *parser) until(stop func(token) bool) []token {
	start, depth := p.pos, 0
	for !p.end() {
		t := p.peek()
		if depth == 0 && (t.punct(",") || t.punct(")") || stop(t)) {
			break
		}
		if t.punct("(") {
			depth++
		} else if t.punct(")") {
			depth--
		}
		p.pos++
	}
	return p.tokens[start:p.pos]
}

// sql is the canonical text of an expression of a table.
func (p *parser) sql(tokens []token) string { return exprText(tokens, p.db, p.f) }

// exprText is the canonical text of an expression of a table in the database: the server's own words, with one space
// wherever white space stands, string literals quoted in one way, and without the database's own name, so that it means
// the same in another database.
func exprText(tokens []token, db string, f flavor) string {
	if !f.mariadb {
		tokens = bareNegatives(dropIntroducers(tokens))
	}
	return joinTokens(dropQualifier(tokens, db, func(int, bool) bool { return true }))
}

// dropIntroducers leaves out the character sets that MySQL puts before every string literal: that of the connection which
// wrote it in information_schema, that of the column beside it in SHOW CREATE TABLE. In front of ASCII, which is the same
// in all of them, they change nothing.
func dropIntroducers(tokens []token) []token {
	introducer := func(i int) bool {
		t := tokens[i]
		if t.kind != tokWord || t.text[0] != '_' || i+1 == len(tokens) || tokens[i+1].kind != tokString {
			return false
		}
		switch strings.ToLower(t.text) {
		case "_binary", "_ucs2", "_utf16", "_utf16le", "_utf32":
			return false
		}
		return strings.IndexFunc(tokens[i+1].text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	}
	var out []token
	for i := range tokens {
		if introducer(i) {
			if out == nil {
				out = slices.Clone(tokens[:i])
			}
			tokens[i+1].spaced = tokens[i].spaced
		} else if out != nil {
			out = append(out, tokens[i])
		}
	}
	if out == nil {
		return tokens
	}
	return out
}

// bareNegatives takes the parentheses from -(4), which MySQL prints for -4 until the table is copied for the first time.
func bareNegatives(tokens []token) []token {
	var out []token
	for i := 0; i < len(tokens); i++ {
		if i+3 < len(tokens) && tokens[i].punct("-") && tokens[i+1].punct("(") && tokens[i+2].kind == tokNumber && tokens[i+3].punct(")") {
			if out == nil {
				out = slices.Clone(tokens[:i])
			}
			number := tokens[i+2]
			number.spaced = tokens[i+1].spaced
			out = append(out, tokens[i], number)
			i += 3
		} else if out != nil {
			out = append(out, tokens[i])
		}
	}
	if out == nil {
		return tokens
	}
	return out
}

// dropQualifier leaves out the database's name where it qualifies another name and drop agrees, which is told where and
// whether two more names follow.
func dropQualifier(tokens []token, db string, drop func(at int, three bool) bool) []token {
	if db == "" || !slices.ContainsFunc(tokens, func(t token) bool { return t.kind == tokIdent }) {
		return tokens
	}
	own := quoteIdent(db)
	out := make([]token, 0, len(tokens))
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		dot := func(n int) bool {
			return i+n+1 < len(tokens) && tokens[i+n].punct(".") && tokens[i+n+1].kind == tokIdent
		}
		first := i == 0 || !tokens[i-1].punct(".")
		if t.kind == tokIdent && t.text == own && first && dot(1) && drop(i, dot(3)) {
			i += 2
			name := tokens[i]
			name.spaced = t.spaced
			out = append(out, name)
			continue
		}
		out = append(out, t)
	}
	return out
}

// joinTokens writes tokens as text.
func joinTokens(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if t.spaced && i > 0 {
			b.WriteByte(' ')
		}
		if t.kind == tokString {
			if s, err := unquoteString(t.text); err == nil {
				b.WriteString(quoteString(s))
				continue
			}
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// stripParens takes away parentheses that enclose the whole expression.
func stripParens(tokens []token) []token {
	for len(tokens) >= 2 && tokens[0].punct("(") {
		p := parser{tokens: tokens}
		inner, err := p.group()
		if err != nil || !p.end() {
			break
		}
		tokens = inner
	}
	return tokens
}
