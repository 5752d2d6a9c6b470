package mysql

import (
	"fmt"
	"strconv"
	"strings"
)

// index reads an index from its name on.
func (p *parser) index(ix *rawIndex) error {
	var err error
	if !ix.primary {
		if ix.name, err = p.ident(); err != nil {
			return err
		}
	}
	if p.accept("USING") { // where old servers print it
		ix.method = strings.ToLower(p.next().text)
	}
	if err := p.indexParts(ix); err != nil {
		return err
	}
	for !p.elementEnds() {
		if err := p.indexOption(ix); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) indexParts(ix *rawIndex) error {
	if err := p.expectPunct("("); err != nil {
		return err
	}
	for {
		part, err := p.indexPart()
		if err != nil {
			return err
		}
		ix.parts = append(ix.parts, part)
		if p.accept("WITHOUT", "OVERLAPS") {
			ix.overlaps = true
		}
		if p.acceptPunct(")") {
			return nil
		}
		if err := p.expectPunct(","); err != nil {
			return err
		}
	}
}

func (p *parser) indexPart() (rawPart, error) {
	var part rawPart
	if p.peek().punct("(") {
		expr, err := p.group()
		if err != nil {
			return part, err
		}
		part.expr = p.sql(stripParens(expr))
	} else {
		var err error
		if part.column, err = p.ident(); err != nil {
			return part, err
		}
		if p.peek().punct("(") {
			length, err := p.group()
			if err != nil {
				return part, err
			}
			if part.length, err = strconv.Atoi(joinTokens(length)); err != nil {
				return part, fmt.Errorf("length of an index part: %w", err)
			}
		}
	}
	part.desc = p.accept("DESC")
	p.accept("ASC")
	return part, nil
}

func (p *parser) indexOption(ix *rawIndex) (err error) {
	value := func() string {
		p.acceptPunct("=")
		return joinTokens([]token{p.next()})
	}
	switch {
	case p.accept("USING"):
		ix.method = strings.ToLower(p.next().text)
	case p.accept("COMMENT"):
		ix.comment, err = p.stringValue()
	case p.accept("WITH", "PARSER"):
		ix.parser, err = p.ident()
	case p.accept("INVISIBLE"), p.accept("IGNORED"):
		ix.invisible = true
	case p.accept("VISIBLE"), p.accept("NOT", "IGNORED"):
	case p.accept("KEY_BLOCK_SIZE"):
		ix.options = append(ix.options, rawOption{attrKeyBlockSize, value()})
	case p.accept("ENGINE_ATTRIBUTE"):
		ix.options = append(ix.options, rawOption{attrEngineAttr, value()})
	case p.accept("SECONDARY_ENGINE_ATTRIBUTE"):
		ix.options = append(ix.options, rawOption{attrSecondaryAttr, value()})
	case p.acceptOption("M"):
		ix.options = append(ix.options, rawOption{attrVectorM, value()})
	case p.acceptOption("DISTANCE"):
		ix.options = append(ix.options, rawOption{attrVectorDistance, strings.ToLower(value())})
	default:
		ix.leftovers = append(ix.leftovers, p.leftover())
	}
	return err
}

// acceptOption passes over the name of an option that MariaDB's engines define, which is printed as a quoted name.
func (p *parser) acceptOption(name string) bool {
	t := p.peek()
	if plain, err := unquoteIdent(t.text); t.kind != tokIdent || err != nil || !strings.EqualFold(plain, name) {
		return false
	}
	p.pos++
	return true
}
