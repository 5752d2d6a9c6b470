package expr

import "strings"

// maxDepth is how deep parentheses and chains of operators may nest. Servers refuse far less deep ones, save chains of AND,
// which MySQL and MariaDB print with parentheses around every link.
const maxDepth = 2000

// Parse reads an expression, which must be the whole text.
func Parse(d Dialect, text string) (Node, error) {
	if _, ok := powers[d]; !ok {
		return nil, &SyntaxError{d, 0, "this dialect is not known", near(text)}
	}
	tokens, err := tokenize(d, text)
	if err != nil {
		return nil, err
	}
	p := &parser{d: d, sql: text, tokens: tokens, powers: powers[d]}
	n, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	if p.peek().kind != tokEnd {
		return nil, p.fail("the expression ends before")
	}
	return n, nil
}

// parser is a Pratt parser: expr reads an operand and then every operator that binds more tightly than its caller's.
type parser struct {
	d      Dialect
	sql    string
	tokens []token
	pos    int
	depth  int
	powers map[string]int
}

// Binding powers of what is no infix operator, the same in all dialects as far as they matter.
const (
	powerNot     = 30
	powerOperand = 66 // operands of BETWEEN, LIKE, …; above comparisons
	powerCollate = 120
	powerUnary   = 130
)

// powers are the binding powers of infix operators; a higher one binds more tightly. All are left-associative.
var powers = map[Dialect]map[string]int{
	Postgres: merge(map[string]int{
		"IS": 40, "ISNULL": 40, "NOTNULL": 40, "=": 50, "<": 50, ">": 50, "<=": 50, ">=": 50, "<>": 50, "!=": 50,
		"BETWEEN": 60, "IN": 60, "LIKE": 60, "ILIKE": 60, "SIMILAR": 60, "NOT": 60,
		"+": 80, "-": 80, "*": 90, "/": 90, "%": 90, "^": 100, "AT": 110, "COLLATE": powerCollate, "[": 140, "::": 150,
		"(any)": 70,
	}),
	MySQL: mysqlPowers, MariaDB: mysqlPowers,
	SQLite: merge(map[string]int{
		"=": 50, "==": 50, "<>": 50, "!=": 50, "IS": 50, "IN": 50, "LIKE": 50, "GLOB": 50, "REGEXP": 50, "MATCH": 50,
		"BETWEEN": 50, "ISNULL": 50, "NOTNULL": 50, "NOT": 50, "<": 60, "<=": 60, ">": 60, ">=": 60,
		"&": 70, "|": 70, "<<": 70, ">>": 70, "+": 80, "-": 80, "*": 90, "/": 90, "%": 90, "||": 100, "->": 100, "->>": 100,
		"COLLATE": powerCollate,
	}),
}

var mysqlPowers = merge(map[string]int{
	"||": 10, "XOR": 15, "&&": 20, "BETWEEN": 40,
	"=": 50, "<=>": 50, "<": 50, ">": 50, "<=": 50, ">=": 50, "<>": 50, "!=": 50, "IS": 50, "LIKE": 50, "REGEXP": 50, "RLIKE": 50,
	"IN": 50, "NOT": 50, "|": 67, "&": 68, "<<": 70, ">>": 70, "+": 80, "-": 80, "*": 90, "/": 90, "DIV": 90, "%": 90, "MOD": 90,
	"^": 100, "COLLATE": powerCollate, "->": 150, "->>": 150,
})

// merge adds the operators that bind alike everywhere.
func merge(m map[string]int) map[string]int {
	m["OR"], m["AND"] = 10, 20
	return m
}

func (p *parser) peek() token { return p.tokens[p.pos] }

func (p *parser) peekAt(n int) token {
	if p.pos+n < len(p.tokens) {
		return p.tokens[p.pos+n]
	}
	return p.tokens[len(p.tokens)-1]
}

func (p *parser) next() token {
	t := p.tokens[p.pos]
	if t.kind != tokEnd {
		p.pos++
	}
	return t
}

// fail is an error at the next token.
func (p *parser) fail(message string) error { return p.failAt(p.peek(), message) }

func (p *parser) failAt(t token, message string) error {
	return &SyntaxError{p.d, t.at, message, near(p.sql[t.at:])}
}

// accept passes over these keywords if they come next.
func (p *parser) accept(keywords ...string) bool {
	for i, k := range keywords {
		if !p.peekAt(i).is(k) {
			return false
		}
	}
	p.pos += len(keywords)
	return true
}

func (p *parser) acceptOp(s string) bool {
	if p.peek().op(s) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) expect(keyword string) error {
	if !p.accept(keyword) {
		return p.fail(keyword + " is missing")
	}
	return nil
}

func (p *parser) expectOp(s string) error {
	if !p.acceptOp(s) {
		return p.fail(s + " is missing")
	}
	return nil
}

// enter counts a level of nesting; the caller must leave.
func (p *parser) enter() error {
	p.depth++
	if p.depth > maxDepth {
		return p.fail("the expression nests too deeply")
	}
	return nil
}

// expr reads an operand and the operators behind it that bind more tightly than power.
func (p *parser) expr(power int) (Node, error) {
	before := p.depth
	defer func() { p.depth = before }()
	if err := p.enter(); err != nil {
		return nil, err
	}
	left, err := p.operand()
	if err != nil {
		return nil, err
	}
	for {
		t := p.peek()
		bind := p.power(t)
		if bind <= power {
			return left, nil
		}
		was := left
		if left, err = p.infix(left, t, bind); err != nil {
			return nil, err
		}
		if l, ok := left.(*Logic); !ok || was != Node(l) && !sameChain(was, l) {
			if err := p.enter(); err != nil { // the tree has become one level deeper
				return nil, err
			}
		}
	}
}

// sameChain tells that a chain of AND or OR only became longer.
func sameChain(was Node, l *Logic) bool {
	w, ok := was.(*Logic)
	return ok && w.Op == l.Op
}

// power is how tightly the token binds as an infix operator; 0 if it is none.
func (p *parser) power(t token) int {
	switch t.kind {
	case tokWord:
		if t.word == "OPERATOR" && p.d == Postgres && p.peekAt(1).op("(") {
			return 70
		}
		return p.powers[t.word]
	case tokOp:
		if bind, ok := p.powers[t.text]; ok {
			return bind
		}
		if p.d == Postgres && strings.IndexByte("+-*/<>=~!@#%^&|`?", t.text[0]) >= 0 {
			return p.powers["(any)"]
		}
	}
	return 0
}

// infix reads an operator, which is next, and its right side.
func (p *parser) infix(left Node, t token, bind int) (Node, error) {
	p.next()
	if t.kind == tokWord {
		return p.wordInfix(left, t, bind)
	}
	switch t.text {
	case "::":
		typ, err := p.typeName()
		if err != nil {
			return nil, err
		}
		return p.cast(left, typ, isString(left)), nil
	case "[":
		index, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		return &Subscript{left, index}, p.expectOp("]")
	case "->", "->>", "#>", "#>>":
		return p.jsonOperator(left, t, bind)
	}
	right, err := p.expr(bind)
	if err != nil {
		return nil, err
	}
	return p.binary(left, t, right)
}

// wordInfix reads what follows an operator that is a word.
func (p *parser) wordInfix(left Node, t token, bind int) (Node, error) {
	switch t.word {
	case "IS":
		return p.is(left, bind)
	case "ISNULL":
		return &Is{left, IsNull, false}, nil
	case "NOTNULL":
		return &Is{left, IsNull, true}, nil
	case "NOT":
		if p.d == SQLite && p.accept("NULL") {
			return &Is{left, IsNull, true}, nil
		}
		return p.predicate(left, p.next(), true)
	case "BETWEEN", "IN", "LIKE", "ILIKE", "SIMILAR", "REGEXP", "RLIKE", "GLOB":
		return p.predicate(left, t, false)
	case "COLLATE":
		return p.collate(left)
	case "AT":
		if !p.accept("TIME", "ZONE") {
			return nil, p.fail("TIME ZONE is missing")
		}
		zone, err := p.expr(bind)
		if err != nil {
			return nil, err
		}
		return inZone(zone, left), nil
	case "OPERATOR":
		return p.namedOperator(left)
	case "MATCH":
		return nil, p.failAt(t, "MATCH is not supported")
	}
	right, err := p.expr(bind)
	if err != nil {
		return nil, err
	}
	return p.binary(left, t, right)
}

// collate reads the collation behind COLLATE.
func (p *parser) collate(left Node) (Node, error) {
	var path []string
	for {
		t := p.next()
		if t.kind != tokWord && t.kind != tokIdent && (t.kind != tokString || p.d == Postgres) {
			return nil, p.failAt(t, "a collation is missing")
		}
		path = append(path, t.text)
		if !p.acceptOp(".") {
			break
		}
	}
	if len(path) > 1 && path[0] == "pg_catalog" {
		path = path[1:]
	}
	return &Collate{left, strings.Join(path, ".")}, nil
}

// namedOperator reads PostgreSQL's OPERATOR(schema.+).
func (p *parser) namedOperator(left Node) (Node, error) {
	p.next() // (
	if (p.peek().kind == tokWord || p.peek().kind == tokIdent) && p.peekAt(1).op(".") {
		if s := p.next(); s.text != "pg_catalog" {
			return nil, p.failAt(s, "operators of a schema are not supported")
		}
		p.next()
	}
	t := p.next()
	if t.kind != tokOp {
		return nil, p.failAt(t, "an operator is missing")
	}
	if err := p.expectOp(")"); err != nil {
		return nil, err
	}
	right, err := p.expr(70)
	if err != nil {
		return nil, err
	}
	return p.binary(left, t, right)
}
