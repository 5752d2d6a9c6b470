package mysql

import (
	"fmt"
	"strings"
)

// parseCreateTable reads what SHOW CREATE TABLE prints, of either server. What it does not know is kept as leftovers,
// never passed over. The database's own name is left out of expressions.
func parseCreateTable(sql, db string, f flavor) (*rawTable, error) {
	return (&parser{db: db, f: f}).createTable(sql, &rawTable{})
}

// createTable is parseCreateTable for a parser that is used again and again, into a table whose lists may be overwritten.
func (p *parser) createTable(sql string, spare *rawTable) (_ *rawTable, err error) {
	if p.tokens, err = tokenizeInto(p.tokens, sql); err != nil {
		return nil, err
	}
	p.pos = 0
	if !p.accept("CREATE") {
		return nil, p.unexpected("CREATE")
	}
	p.accept("TEMPORARY")
	if !p.accept("TABLE") {
		return nil, p.unexpected("TABLE")
	}
	t := spare
	*t = rawTable{columns: spare.columns[:0], indexes: spare.indexes[:0], foreignKeys: spare.foreignKeys[:0], checks: spare.checks[:0], options: spare.options[:0]}
	if t.name, err = p.ident(); err != nil {
		return nil, err
	}
	if err := p.expectPunct("("); err != nil {
		return nil, err
	}
	for {
		if err := p.item(t); err != nil {
			return nil, fmt.Errorf("element %d: %w", len(t.columns)+len(t.indexes)+len(t.checks)+len(t.foreignKeys)+1, err)
		}
		if p.acceptPunct(")") {
			break
		}
		if err := p.expectPunct(","); err != nil {
			return nil, err
		}
	}
	if err := p.tableOptions(t); err != nil {
		return nil, err
	}
	return t, nil
}

// item reads one element between the parentheses of CREATE TABLE.
func (p *parser) item(t *rawTable) error {
	if p.peek().kind == tokIdent {
		c, err := p.column()
		t.columns = append(t.columns, c)
		return err
	}
	switch {
	case p.accept("PERIOD", "FOR"):
		return p.period(t)
	case p.accept("CONSTRAINT"):
		name, err := p.ident()
		if err != nil {
			return err
		}
		if p.accept("FOREIGN", "KEY") {
			return p.foreignKey(t, name)
		}
		if p.accept("CHECK") {
			return p.check(t, name)
		}
		return p.unexpected("FOREIGN KEY or CHECK")
	case p.accept("FOREIGN", "KEY"):
		return p.foreignKey(t, "")
	case p.accept("CHECK"):
		return p.check(t, "")
	}
	ix := rawIndex{}
	switch {
	case p.accept("PRIMARY", "KEY"):
		ix.name, ix.primary, ix.unique = "PRIMARY", true, true
	case p.accept("UNIQUE", "KEY"):
		ix.unique = true
	case p.accept("FULLTEXT", "KEY"):
		ix.method = "fulltext"
	case p.accept("SPATIAL", "KEY"):
		ix.method = "spatial"
	case p.accept("VECTOR", "KEY"):
		ix.method = "vector"
	case p.accept("KEY"):
	default:
		t.leftovers = append(t.leftovers, p.skipAttribute())
		return nil
	}
	err := p.index(&ix)
	t.indexes = append(t.indexes, ix)
	return err
}

// skipAttribute takes what nobody knows up to the next comma or closing parenthesis, as the server writes it.
func (p *parser) skipAttribute() string {
	return joinTokens(p.until(func(token) bool { return false }))
}

// leftover takes one thing that nobody knows: a word or name with its value or parentheses.
func (p *parser) leftover() string {
	start := p.pos
	p.pos++
	if p.acceptPunct("=") {
		p.pos++
	}
	if p.peek().punct("(") {
		if _, err := p.group(); err != nil {
			p.pos = len(p.tokens)
		}
	}
	return joinTokens(p.tokens[start:min(p.pos, len(p.tokens))])
}

// period reads PERIOD FOR name (start, end).
func (p *parser) period(t *rawTable) error {
	name, err := p.ident()
	if err != nil {
		return err
	}
	columns, err := p.idents()
	if err != nil {
		return err
	}
	if len(columns) != 2 {
		return fmt.Errorf("period %s has %d columns", name, len(columns))
	}
	t.periods = append(t.periods, rawPeriod{name, columns[0], columns[1]})
	return nil
}

func (p *parser) check(t *rawTable, name string) error {
	expr, err := p.group()
	if err != nil {
		return err
	}
	c := rawCheck{name: name, expr: p.sql(stripParens(expr))}
	for !p.elementEnds() {
		switch {
		case p.accept("NOT", "ENFORCED"):
			c.notEnforced = true
		case p.accept("ENFORCED"):
		default:
			c.leftovers = append(c.leftovers, p.leftover())
		}
	}
	t.checks = append(t.checks, c)
	return nil
}

func (p *parser) elementEnds() bool {
	t := p.peek()
	return p.end() || t.punct(",") || t.punct(")")
}

func (p *parser) foreignKey(t *rawTable, name string) error {
	fk := rawForeignKey{name: name}
	if !p.peek().punct("(") { // the name of the index, which old servers print
		if _, err := p.ident(); err != nil {
			return err
		}
	}
	var err error
	if fk.columns, err = p.idents(); err != nil {
		return err
	}
	if !p.accept("REFERENCES") {
		return p.unexpected("REFERENCES")
	}
	if fk.refTable, err = p.ident(); err != nil {
		return err
	}
	if p.acceptPunct(".") {
		fk.refSchema = fk.refTable
		if fk.refTable, err = p.ident(); err != nil {
			return err
		}
	}
	if fk.refColumns, err = p.idents(); err != nil {
		return err
	}
	for !p.elementEnds() {
		switch {
		case p.accept("ON", "DELETE"):
			fk.onDelete = p.action()
		case p.accept("ON", "UPDATE"):
			fk.onUpdate = p.action()
		default:
			fk.leftovers = append(fk.leftovers, p.leftover())
		}
	}
	t.foreignKeys = append(t.foreignKeys, fk)
	return nil
}

// action reads a referential action.
func (p *parser) action() string {
	first := strings.ToUpper(p.next().text)
	if first == "SET" || first == "NO" {
		return first + " " + strings.ToUpper(p.next().text)
	}
	return first
}
