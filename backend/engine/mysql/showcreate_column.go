package mysql

import "strings"

// column reads the definition of a column.
func (p *parser) column() (rawColumn, error) {
	var c rawColumn
	var err error
	if c.name, err = p.ident(); err != nil {
		return c, err
	}
	if c.typ, err = p.columnType(); err != nil {
		return c, err
	}
	for !p.elementEnds() {
		if err := p.columnAttribute(&c); err != nil {
			return c, err
		}
	}
	return c, nil
}

// columnType reads a type with its arguments and the words that belong to it.
func (p *parser) columnType() (string, error) {
	if p.peek().kind != tokWord {
		return "", p.unexpected("a type")
	}
	var b strings.Builder
	b.WriteString(strings.ToLower(p.next().text))
	if p.accept("PRECISION") {
		b.WriteString(" precision")
	}
	if p.peek().punct("(") {
		args, err := p.group()
		if err != nil {
			return "", err
		}
		b.WriteString("(" + joinTokens(args) + ")")
	}
	for {
		switch {
		case p.accept("UNSIGNED"):
			b.WriteString(" unsigned")
		case p.accept("ZEROFILL"):
			b.WriteString(" zerofill")
		case p.accept("SIGNED"):
		default:
			return b.String(), nil
		}
	}
}

// columnAttribute reads one attribute behind a column's type.
func (p *parser) columnAttribute(c *rawColumn) (err error) {
	switch {
	case p.accept("NOT", "NULL"):
		c.notNull = true
	case p.accept("NULL"), p.accept("VISIBLE"), p.accept("WITH", "SYSTEM", "VERSIONING"):
	case p.accept("DEFAULT"):
		c.def, err = p.defaultValue()
	case p.accept("AUTO_INCREMENT"):
		c.auto = true
	case p.accept("COMMENT"):
		c.comment, err = p.stringValue()
	case p.accept("CHARACTER", "SET"), p.accept("CHARSET"):
		c.charset, err = p.ident()
	case p.accept("COLLATE"):
		c.collation, err = p.ident()
	case p.accept("ON", "UPDATE"):
		c.onUpdate = p.sql(p.until(endsDefault))
	case p.accept("GENERATED", "ALWAYS"), p.peek().is("AS"):
		err = p.generated(c)
	case p.accept("INVISIBLE"):
		c.invisible = true
	case p.accept("SRID"):
		c.srid = p.next().text
	case p.accept("REF_SYSTEM_ID"):
		p.acceptPunct("=")
		c.srid = p.next().text
	case p.accept("CHECK"):
		var expr []token
		expr, err = p.group()
		c.check = p.sql(stripParens(expr))
	case p.accept("WITHOUT", "SYSTEM", "VERSIONING"):
		c.attrs = append(c.attrs, rawOption{attrWithoutSV, "yes"})
	default:
		p.columnStorage(c)
	}
	return err
}

// columnStorage reads an attribute that says how a column is stored.
func (p *parser) columnStorage(c *rawColumn) {
	add := func(name, value string) { c.attrs = append(c.attrs, rawOption{name, value}) }
	switch {
	case p.accept("COLUMN_FORMAT"):
		add(attrColumnFormat, strings.ToUpper(p.next().text))
	case p.accept("STORAGE"):
		add(attrStorage, strings.ToUpper(p.next().text))
	case p.accept("COMPRESSED"):
		value := "COMPRESSED"
		if p.acceptPunct("=") {
			value += "=" + strings.ToLower(p.next().text)
		}
		add(attrCompressed, value)
	case p.accept("ENGINE_ATTRIBUTE"):
		p.acceptPunct("=")
		add(attrEngineAttr, joinTokens([]token{p.next()}))
	case p.accept("SECONDARY_ENGINE_ATTRIBUTE"):
		p.acceptPunct("=")
		add(attrSecondaryAttr, joinTokens([]token{p.next()}))
	case p.accept("NOT", "SECONDARY"):
		c.leftovers = append(c.leftovers, "NOT SECONDARY")
	default:
		c.leftovers = append(c.leftovers, p.leftover())
	}
}

// generated reads GENERATED ALWAYS AS and what follows; the first two words are read.
func (p *parser) generated(c *rawColumn) error {
	if !p.accept("AS") {
		return p.unexpected("AS")
	}
	switch {
	case p.accept("ROW", "START"):
		c.genKind = "ROW START"
		return nil
	case p.accept("ROW", "END"):
		c.genKind = "ROW END"
		return nil
	}
	expr, err := p.group()
	if err != nil {
		return err
	}
	c.generated, c.genKind = p.sql(stripParens(expr)), "VIRTUAL"
	if p.accept("STORED") || p.accept("PERSISTENT") {
		c.genKind = "STORED"
	} else {
		p.accept("VIRTUAL")
	}
	return nil
}

// endsDefault tells whether the word begins the next attribute of a column. MariaDB writes a default that is a function
// call without parentheses around it.
func endsDefault(t token) bool {
	if t.kind != tokWord {
		return false
	}
	switch strings.ToUpper(t.text) {
	case "ON", "COMMENT", "CHECK", "INVISIBLE", "AUTO_INCREMENT", "WITHOUT", "WITH", "COMPRESSED", "REF_SYSTEM_ID", "NOT",
		"NULL", "GENERATED", "COLUMN_FORMAT", "STORAGE", "SRID", "COLLATE", "CONSTRAINT", "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE":
		return true
	}
	return false
}

// defaultValue reads what stands behind DEFAULT.
func (p *parser) defaultValue() (rawDefault, error) {
	t := p.peek()
	switch {
	case p.accept("NULL"):
		return rawDefault{}, nil
	case t.kind == tokString:
		p.pos++
		s, err := unquoteString(t.text)
		return rawDefault{defaultLiteral, s}, err
	case t.kind == tokNumber && strings.HasPrefix(t.text, "0x"):
		p.pos++
		return rawDefault{defaultBytes, t.text[2:]}, nil
	case t.kind == tokBytes && (t.text[0] == 'x' || t.text[0] == 'X'):
		p.pos++
		return rawDefault{defaultBytes, t.text[2 : len(t.text)-1]}, nil
	case t.kind == tokNumber, t.kind == tokBytes:
		p.pos++
		return rawDefault{defaultLiteral, t.text}, nil
	case t.punct("-") && p.at(1).kind == tokNumber:
		p.pos += 2
		return rawDefault{defaultLiteral, "-" + p.tokens[p.pos-1].text}, nil
	}
	expr := stripParens(p.until(endsDefault))
	if len(expr) == 0 {
		return rawDefault{}, p.unexpected("a default")
	}
	if len(expr) == 1 && expr[0].is("NULL") {
		return rawDefault{}, nil
	}
	return rawDefault{defaultExpr, p.sql(expr)}, nil
}
