package expr

import "strings"

// clock reads the words for the current time and user that need no parentheses.
func (p *parser) clock(t token) Node {
	name := ""
	switch t.word {
	case "CURRENT_TIMESTAMP":
		name = "now"
	case "CURRENT_DATE":
		name = "current_date"
	case "CURRENT_TIME":
		name = "current_time"
	case "LOCALTIMESTAMP", "LOCALTIME":
		switch {
		case p.d.mysqlish():
			name = "now"
		case p.d == Postgres && t.word == "LOCALTIMESTAMP":
			name = "local_now"
		case p.d == Postgres:
			name = "current_time"
		}
	case "UTC_TIMESTAMP":
		if p.d.mysqlish() {
			name = "utc_now"
		}
	case "CURRENT_USER", "SESSION_USER":
		if p.d == Postgres {
			return &Call{Func: t.word, Native: Postgres}
		}
	}
	if name == "" {
		return nil
	}
	c := &Call{Func: name}
	if p.peek().op("(") {
		switch digits := p.peekAt(1); {
		case digits.op(")"):
			p.pos += 2
		case digits.kind == tokNumber && p.peekAt(2).op(")"):
			p.pos += 3
			if digits.text != "0" || !p.d.mysqlish() {
				c.Args = []Node{&Number{digits.text}}
			}
		}
	}
	return c
}

// special finds the reader of a function that has a syntax of its own; it begins behind the parenthesis.
func (p *parser) special(name string) (func() (Node, error), bool) {
	var f func() (Node, error)
	switch name {
	case "CAST":
		f = p.castAs
	case "CONVERT":
		if p.d.mysqlish() {
			f = p.convert
		}
	case "EXTRACT":
		if p.d != SQLite {
			f = p.extract
		}
	case "POSITION":
		if p.d != SQLite {
			f = p.position
		}
	case "SUBSTRING", "SUBSTR", "MID":
		f = p.substring
	case "TRIM":
		f = p.trim
	case "ANY", "ALL", "SOME":
		if p.d == Postgres {
			f = func() (Node, error) { return p.quantified(name) }
		}
	}
	return f, f != nil
}

func (p *parser) castAs() (Node, error) {
	x, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	if err := p.expect("AS"); err != nil {
		return nil, err
	}
	typ, err := p.typeName()
	if err != nil {
		return nil, err
	}
	return p.cast(x, typ, p.d == Postgres && isString(x)), p.expectOp(")")
}

// convert reads CONVERT(x, type) and CONVERT(x USING charset), of which the latter changes no character that both sides have.
func (p *parser) convert() (Node, error) {
	x, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	if p.accept("USING") {
		charset := p.next()
		typ := TypeOf(p.d, "char charset "+charset.text)
		if strings.EqualFold(charset.text, "binary") {
			typ = Type{Class: Bytea, Name: "binary"}
		}
		return p.cast(x, typ, false), p.expectOp(")")
	}
	if err := p.expectOp(","); err != nil {
		return nil, err
	}
	typ, err := p.typeName()
	if err != nil {
		return nil, err
	}
	return p.cast(x, typ, false), p.expectOp(")")
}

func (p *parser) extract() (Node, error) {
	t := p.next()
	if !plainName(strings.ToLower(t.text)) {
		return nil, p.failAt(t, "a field is missing")
	}
	if err := p.expect("FROM"); err != nil {
		return nil, err
	}
	x, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	return &Extract{strings.ToLower(t.text), x}, p.expectOp(")")
}

// position reads POSITION(needle IN text), or PostgreSQL's "position"(text, needle).
func (p *parser) position() (Node, error) {
	needle, err := p.expr(powerOperand)
	if err != nil {
		return nil, err
	}
	if p.acceptOp(",") {
		second, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		return &Call{Func: "position", Args: []Node{needle, second}}, p.expectOp(")")
	}
	if err := p.expect("IN"); err != nil {
		return nil, err
	}
	text, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	return &Call{Func: "position", Args: []Node{text, needle}}, p.expectOp(")")
}

// substring reads both ways to write it.
func (p *parser) substring() (Node, error) {
	x, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	c := &Call{Func: "substring", Args: []Node{x}}
	for _, separator := range []string{"FROM", "FOR"} {
		if !p.accept(separator) && !p.acceptOp(",") {
			break
		}
		arg, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		c.Args = append(c.Args, arg)
	}
	if len(c.Args) == 1 || len(c.Args) == 2 && isString(c.Args[1]) {
		return nil, p.fail("this form of substring is not supported")
	}
	return c, p.expectOp(")")
}

// trim reads TRIM([BOTH | LEADING | TRAILING] [characters] [FROM] x).
func (p *parser) trim() (Node, error) {
	name := "trim"
	switch {
	case p.accept("BOTH"):
	case p.accept("LEADING"):
		name = "ltrim"
	case p.accept("TRAILING"):
		name = "rtrim"
	}
	if p.accept("FROM") {
		x, err := p.expr(0)
		return &Call{Func: name, Args: []Node{x}}, firstError(err, p.expectOp(")"))
	}
	first, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	switch {
	case p.accept("FROM"):
		x, err := p.expr(0)
		return &Call{Func: name, Args: []Node{x, first}}, firstError(err, p.expectOp(")"))
	case p.acceptOp(","):
		set, err := p.expr(0)
		return &Call{Func: name, Args: []Node{first, set}}, firstError(err, p.expectOp(")"))
	}
	return &Call{Func: name, Args: []Node{first}}, p.expectOp(")")
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// quantified reads what stands in ANY (…) and ALL (…).
func (p *parser) quantified(name string) (Node, error) {
	if p.peek().is("SELECT") {
		return nil, p.fail("queries are not supported")
	}
	x, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	if name == "SOME" {
		name = "ANY"
	}
	return &Call{Func: name, Native: Postgres, Args: []Node{x}}, p.expectOp(")")
}

// call reads the arguments of a function, whose parenthesis is read.
func (p *parser) call(path []string, quoted bool) (Node, error) {
	if p.peek().op("*") || p.peek().is("DISTINCT") || p.peek().is("SELECT") {
		return nil, p.fail("aggregates and queries are not supported")
	}
	var args []Node
	if !p.acceptOp(")") {
		var err error
		if args, err = p.list(")"); err != nil {
			return nil, err
		}
	}
	if p.peek().is("OVER") || p.peek().is("FILTER") {
		return nil, p.fail("aggregates and windows are not supported")
	}
	if len(path) == 2 && (path[0] == "pg_catalog" || strings.EqualFold(path[1], "uuid_generate_v4")) && p.d == Postgres {
		path = path[1:]
	}
	name := path[len(path)-1]
	if len(path) == 1 && (!quoted || p.d != Postgres || name == strings.ToLower(name)) {
		lower := lowerASCII(name)
		if n := p.known(lower, args); n != nil {
			return n, nil
		}
		if f, ok := spellings[p.d][lower]; ok && len(args) >= leastArguments(f) {
			return &Call{Func: f, Args: args}, nil
		}
	}
	return &Call{Func: p.native(path, quoted), Native: p.d, Args: args}, nil
}

// native is a function's name as its dialect reads it again.
func (p *parser) native(path []string, quoted bool) string {
	for i, part := range path {
		switch lower := lowerASCII(part); {
		case len(path) == 1 && !quoted:
			path[i] = lower
		case p.d.mysqlish() && len(path) > 1:
			path[i] = quoteWith(part, '`')
		case p.d != Postgres && plainName(lower) && !keywords[strings.ToUpper(part)]:
			path[i] = lower
		default:
			path[i] = QuoteIdent(p.d, part)
		}
	}
	return strings.Join(path, ".")
}

// quoteWith quotes a name.
func quoteWith(name string, quote byte) string {
	q := string(quote)
	return q + strings.ReplaceAll(name, q, q+q) + q
}

// plainName tells that PostgreSQL takes the name for itself without quotes, unless it is a keyword.
func plainName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c == '_' || i > 0 && (isDigit(c) || c == '$')) {
			return false
		}
	}
	return s != ""
}
