package sqlite

import (
	"fmt"
	"strings"
)

// parser reads tokens one after the other. What it accepts it passes over; what it does not stays.
type parser struct {
	tokens []token
	pos    int
}

// parse makes a parser of a stored statement.
func parse(sql string) (*parser, error) {
	tokens, err := tokenize(sql)
	return &parser{tokens: tokens}, err
}

func (p *parser) end() bool   { return p.pos >= len(p.tokens) }
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

func (p *parser) expect(keywords ...string) error {
	if !p.accept(keywords...) {
		return p.unexpected(strings.Join(keywords, " "))
	}
	return nil
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

// name reads a name.
func (p *parser) name() (string, error) {
	if t := p.peek(); t.isName() {
		p.pos++
		return t.name(), nil
	}
	return "", p.unexpected("a name")
}

// qualified reads a name that a schema's name may precede.
func (p *parser) qualified() (string, error) {
	name, err := p.name()
	if err == nil && p.acceptPunct(".") {
		return p.name()
	}
	return name, err
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

// list reads what stands in parentheses, separated by commas.
func (p *parser) list() ([][]token, error) {
	inner, err := p.group()
	if err != nil {
		return nil, err
	}
	return splitCommas(inner), nil
}

func splitCommas(tokens []token) [][]token {
	var out [][]token
	depth, start := 0, 0
	for i, t := range tokens {
		switch {
		case t.punct("("):
			depth++
		case t.punct(")"):
			depth--
		case depth == 0 && t.punct(","):
			out = append(out, tokens[start:i])
			start = i + 1
		}
	}
	return append(out, tokens[start:])
}

// names reads a list of names in parentheses; what old versions allowed behind a name is passed over.
func (p *parser) names() ([]string, error) {
	items, err := p.list()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(items))
	for i, item := range items {
		q := parser{tokens: item}
		if names[i], err = q.name(); err != nil {
			return nil, err
		}
	}
	return names, nil
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

// keyPart is one part of a key as written: a name or expression, its collation and direction.
type keyPart struct {
	tokens    []token
	collation string
	desc      bool
}

// keyParts reads the parts of an index, a primary key or a unique constraint, in parentheses.
func (p *parser) keyParts() ([]keyPart, error) {
	items, err := p.list()
	if err != nil {
		return nil, err
	}
	parts := make([]keyPart, len(items))
	for i, item := range items {
		if parts[i], err = newKeyPart(item); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

func newKeyPart(tokens []token) (keyPart, error) {
	var k keyPart
	drop := func(keywords ...string) bool {
		n := len(tokens) - len(keywords)
		if n < 1 {
			return false
		}
		for i, w := range keywords {
			if !tokens[n+i].is(w) {
				return false
			}
		}
		tokens = tokens[:n]
		return true
	}
	_ = drop("NULLS", "FIRST") // only where it says what holds anyway
	_ = drop("NULLS", "LAST")
	if k.desc = drop("DESC"); !k.desc {
		_ = drop("ASC")
	}
	for n := len(tokens); n > 2 && tokens[n-2].is("COLLATE") && tokens[n-1].isName() && isOperand(tokens[:n-2]); n = len(tokens) {
		if k.collation == "" { // the last one counts
			k.collation = collationName(tokens[n-1].name())
		}
		tokens = tokens[:n-2]
	}
	if len(tokens) == 0 {
		return k, fmt.Errorf("a key has an empty part")
	}
	k.tokens = tokens
	return k, nil
}

// isOperand tells that tokens are one operand, perhaps with collations of its own: COLLATE behind an expression with operators
// belongs to the last operand alone.
func isOperand(tokens []token) bool {
	for n := len(tokens); n > 2 && tokens[n-2].is("COLLATE"); n = len(tokens) {
		tokens = tokens[:n-2]
	}
	p := parser{tokens: tokens}
	if p.peek().kind != tokPunct {
		p.pos++
	}
	if p.peek().punct("(") {
		if _, err := p.group(); err != nil {
			return false
		}
	}
	return p.end()
}

// collationName is a collation's name as it is compared: without regard to case.
func collationName(name string) string { return strings.ToUpper(name) }
