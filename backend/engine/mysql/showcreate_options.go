package mysql

import (
	"fmt"
	"strings"
)

// tableOptions reads what follows the parentheses of CREATE TABLE.
func (p *parser) tableOptions(t *rawTable) error {
	for !p.end() {
		switch {
		case p.accept("WITH", "SYSTEM", "VERSIONING"):
			t.versioned = true
		case p.accept("PARTITION", "BY"):
			t.partition = p.partitionText(p.tokens[p.pos:], engineOf(t))
			p.pos = len(p.tokens)
		case p.acceptPunct(","):
		default:
			if err := p.tableOption(t); err != nil {
				return fmt.Errorf("table options: %w", err)
			}
		}
	}
	return nil
}

// twoWords are the options whose name is two words.
var twoWords = [][2]string{{"DATA", "DIRECTORY"}, {"INDEX", "DIRECTORY"}, {"CHARACTER", "SET"}}

func (p *parser) tableOption(t *rawTable) error {
	p.accept("DEFAULT")
	first := p.next()
	if first.kind != tokWord && first.kind != tokIdent {
		t.leftovers = append(t.leftovers, first.text)
		return nil
	}
	name := first.text
	if first.kind == tokWord {
		name = strings.ToUpper(name)
	}
	for _, two := range twoWords {
		if name == two[0] && p.accept(two[1]) {
			name += " " + two[1]
		}
	}
	if name == "CHARACTER SET" {
		name = "CHARSET"
	}
	hasValue := p.acceptPunct("=") || name == "TABLESPACE" || name == "STORAGE"
	if !hasValue {
		t.leftovers = append(t.leftovers, name)
		return nil
	}
	value, err := p.optionValue()
	t.options = append(t.options, rawOption{name, value})
	return err
}

// optionValue reads an option's value as SQL.
func (p *parser) optionValue() (string, error) {
	if p.peek().punct("(") {
		list, err := p.group()
		return "(" + p.sql(list) + ")", err
	}
	if p.end() {
		return "", p.unexpected("a value")
	}
	return joinTokens([]token{p.next()}), nil
}

// engineOf is the storage engine among the options read so far.
func engineOf(t *rawTable) string {
	for _, o := range t.options {
		if o.name == "ENGINE" {
			return o.value
		}
	}
	return ""
}

// partitionText is the canonical text behind PARTITION BY. Each partition repeats the table's storage engine, which is
// left out: it cannot be another one.
func (p *parser) partitionText(tokens []token, engine string) string {
	out := make([]token, 0, len(tokens))
	for i := 0; i < len(tokens); i++ {
		if tokens[i].is("ENGINE") && i+2 < len(tokens) && tokens[i+1].punct("=") && strings.EqualFold(tokens[i+2].text, engine) {
			i += 2
			continue
		}
		out = append(out, tokens[i])
	}
	return p.sql(out)
}
