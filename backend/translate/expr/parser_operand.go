package expr

import (
	"strings"
)

// operand reads a value with the operators before it.
func (p *parser) operand() (Node, error) {
	t := p.next()
	switch t.kind {
	case tokNumber:
		return &Number{t.text}, nil
	case tokString:
		return p.adjacent(t.text), nil
	case tokBytes:
		return &Bytes{t.text}, nil
	case tokBits:
		return &Bits{t.text}, nil
	case tokIdent:
		return p.name(t)
	case tokWord:
		return p.word(t)
	case tokOp:
		return p.prefixed(t)
	}
	return nil, p.failAt(t, "a value is missing")
}

// adjacent is a string with those behind it that MySQL takes as parts of it.
func (p *parser) adjacent(text string) Node {
	for p.d.mysqlish() && p.peek().kind == tokString {
		text += p.next().text
	}
	return &String{text}
}

// prefixed reads an operand that begins with an operator or a parenthesis.
func (p *parser) prefixed(t token) (Node, error) {
	switch {
	case t.text == "(":
		if p.peek().is("SELECT") || p.peek().is("WITH") || p.peek().is("VALUES") {
			return nil, p.fail("queries are not supported")
		}
		list, err := p.list(")")
		if err != nil {
			return nil, err
		}
		if len(list) > 1 {
			return &Row{list}, nil
		}
		return list[0], nil
	case t.text == "-":
		x, err := p.expr(powerUnary)
		if err != nil {
			return nil, err
		}
		if n, ok := x.(*Number); ok && !strings.HasPrefix(n.Text, "-") {
			return &Number{"-" + n.Text}, nil
		}
		return &Unary{OpNegate, x}, nil
	case t.text == "+":
		return p.expr(powerUnary)
	case t.text == "~":
		x, err := p.expr(powerUnary)
		return &Unary{OpBitNot, x}, err
	case t.text == "!" && p.d.mysqlish():
		x, err := p.expr(powerUnary + 5)
		return &Unary{OpNot, x}, err
	}
	return nil, p.failAt(t, "a value is missing")
}

// word reads an operand that begins with a word.
func (p *parser) word(t token) (Node, error) {
	call := p.peek().op("(")
	switch t.word {
	case "NOT":
		x, err := p.expr(powerNot)
		return &Unary{OpNot, x}, err
	case "NULL":
		return &Null{}, nil
	case "TRUE", "FALSE":
		return &Bool{t.word == "TRUE", p.d.numericBooleans()}, nil
	case "CASE":
		return p.caseOf()
	case "SELECT", "EXISTS":
		return nil, p.failAt(t, "queries are not supported")
	case "BINARY":
		if p.d.mysqlish() && !call {
			x, err := p.expr(powerUnary)
			return &Cast{X: x, Type: Type{Class: Bytea, Name: "binary"}}, err
		}
	case "ARRAY":
		if p.acceptOp("[") {
			return p.array()
		}
	case "ROW":
		if call {
			p.next()
			list, err := p.list(")")
			return &Row{list}, err
		}
	case "INTERVAL":
		if n, err := p.interval(t); n != nil || err != nil {
			return n, err
		}
	case "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "JSON", "JSONB":
		if p.peek().kind == tokString && p.d != SQLite {
			typ := TypeOf(p.d, t.text)
			if typ.Class == TimestampTZ && t.word == "TIMESTAMP" {
				typ.Class = Timestamp // MySQL's literal is one of DATETIME
			}
			return p.cast(&String{p.next().text}, typ, true), nil
		}
	}
	if n := p.clock(t); n != nil {
		return n, nil
	}
	if call {
		if special, ok := p.special(t.word); ok {
			p.next()
			return special()
		}
	} else if reservedOperands[t.word] {
		return nil, p.failAt(t, "a value is missing")
	}
	if s, ok := p.introduced(t); ok {
		return s, nil
	}
	return p.name(t)
}

// reservedOperands are words that no dialect takes for a column's name.
var reservedOperands = map[string]bool{
	"AND": true, "OR": true, "IN": true, "LIKE": true, "BETWEEN": true, "IS": true, "WHEN": true, "THEN": true, "ELSE": true,
	"FROM": true, "WHERE": true, "COLLATE": true, "AS": true, "ON": true,
}

// introduced reads a string behind MySQL's name of its character set: _utf8mb4'a'.
func (p *parser) introduced(t token) (Node, bool) {
	if !p.d.mysqlish() || !strings.HasPrefix(t.text, "_") {
		return nil, false
	}
	switch next := p.peek(); {
	case next.kind == tokString && t.text != "_binary":
		p.next()
		return p.adjacent(next.text), true
	case next.kind == tokString, next.kind == tokBytes && t.text == "_binary":
		p.next()
		return &Bytes{next.text}, true
	case next.kind == tokBytes:
		p.next()
		return &String{next.text}, true
	}
	return nil, false
}

// name reads a column, or a call of a function, whose first word is read.
func (p *parser) name(t token) (Node, error) {
	path, quoted := []string{p.spelled(t)}, t.kind == tokIdent
	if t.text == "" {
		return nil, p.failAt(t, "a name is empty")
	}
	for p.peek().op(".") {
		p.next()
		part := p.next()
		if part.kind != tokIdent && part.kind != tokWord || part.text == "" {
			return nil, p.failAt(part, "a name is missing")
		}
		path, quoted = append(path, p.spelled(part)), part.kind == tokIdent
	}
	if !p.peek().op("(") {
		return &Column{path[: len(path)-1 : len(path)-1], path[len(path)-1]}, nil
	}
	p.next()
	if len(path) == 1 || len(path) == 2 && path[0] == "pg_catalog" {
		name := strings.ToUpper(path[len(path)-1])
		if special, ok := p.special(name); ok && !quoted {
			return special()
		}
	}
	return p.call(path, quoted)
}

// spelled is a name as it is meant: PostgreSQL writes bare names in lower case.
func (p *parser) spelled(t token) string {
	if p.d == Postgres && t.kind == tokWord {
		return strings.ToLower(t.text)
	}
	return t.text
}

// caseOf reads what follows CASE.
func (p *parser) caseOf() (Node, error) {
	n := &Case{}
	var err error
	if !p.peek().is("WHEN") {
		if n.Operand, err = p.expr(0); err != nil {
			return nil, err
		}
	}
	for p.accept("WHEN") {
		var w When
		if w.Cond, err = p.expr(0); err != nil {
			return nil, err
		}
		if err = p.expect("THEN"); err != nil {
			return nil, err
		}
		if w.Then, err = p.expr(0); err != nil {
			return nil, err
		}
		n.Whens = append(n.Whens, w)
	}
	if len(n.Whens) == 0 {
		return nil, p.fail("WHEN is missing")
	}
	if p.accept("ELSE") {
		if n.Else, err = p.expr(0); err != nil {
			return nil, err
		}
	}
	return n, p.expect("END")
}

// array reads what follows ARRAY[.
func (p *parser) array() (Node, error) {
	if p.acceptOp("]") {
		return &Array{}, nil
	}
	list, err := p.list("]")
	return &Array{list}, err
}

// typeName reads a type, through its modifiers and brackets.
func (p *parser) typeName() (Type, error) {
	t := p.next()
	if t.kind != tokWord && t.kind != tokIdent {
		return Type{}, p.failAt(t, "a type is missing")
	}
	var b strings.Builder
	b.WriteString(p.typeWord(t))
	for {
		switch next := p.peek(); {
		case next.op("."):
			p.next()
			part := p.next()
			if part.kind != tokWord && part.kind != tokIdent {
				return Type{}, p.failAt(part, "a type is missing")
			}
			b.WriteString("." + p.typeWord(part))
		case next.op("("):
			args, err := p.typeArguments()
			if err != nil {
				return Type{}, err
			}
			b.WriteString("(" + args + ")")
		case next.op("[") && p.d == Postgres && p.peekAt(1).op("]"):
			p.pos += 2
			b.WriteString("[]")
		case next.kind == tokWord && typeWords[next.word] && (p.d.mysqlish() || !strings.HasPrefix(next.word, "CHAR")):
			p.next()
			b.WriteString(" " + strings.ToLower(next.text))
			if next.word == "CHARSET" || next.word == "SET" {
				b.WriteString(" " + p.next().text)
			}
		default:
			return TypeOf(p.d, b.String()), nil
		}
	}
}

func (p *parser) typeWord(t token) string {
	if t.kind == tokIdent && p.d == Postgres {
		if !plainName(t.text) || len(typeNames[t.text].Class) > 0 && t.text == "char" {
			return quoteWith(t.text, '"')
		}
		return t.text
	}
	return p.spelled(t)
}

// typeWords may follow a type's first word.
var typeWords = map[string]bool{
	"PRECISION": true, "VARYING": true, "WITH": true, "WITHOUT": true, "TIME": true, "ZONE": true, "UNSIGNED": true, "SIGNED": true,
	"INTEGER": true, "ZEROFILL": true, "CHARSET": true, "CHARACTER": true, "SET": true, "YEAR": true, "MONTH": true, "DAY": true, "HOUR": true,
	"MINUTE": true, "SECOND": true, "TO": true,
}

// typeArguments reads the numbers in the parentheses behind a type.
func (p *parser) typeArguments() (string, error) {
	p.next() // (
	var args []string
	for {
		t := p.next()
		sign := ""
		if t.op("-") {
			sign, t = "-", p.next()
		}
		if t.kind != tokNumber && t.kind != tokWord && t.kind != tokString {
			return "", p.failAt(t, "a number is missing")
		}
		args = append(args, sign+t.text)
		if p.acceptOp(",") {
			continue
		}
		return strings.Join(args, ","), p.expectOp(")")
	}
}
