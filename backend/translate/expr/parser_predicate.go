package expr

import "strings"

// is reads what follows IS.
func (p *parser) is(left Node, bind int) (Node, error) {
	not := p.accept("NOT")
	for _, test := range []Test{IsNull, IsTrue, IsFalse, IsUnknown, IsJSON} {
		if p.accept(string(test)) {
			if p.d == SQLite && p.power(p.peek()) > bind { // IS is as any comparison there: x IS NULL + 1
				p.pos--
				break
			}
			return &Is{left, test, not}, nil
		}
	}
	op := OpNotDistinct
	switch {
	case p.accept("DISTINCT", "FROM"):
		if !not {
			op = OpDistinct
		}
	case p.d != SQLite:
		return nil, p.fail("this IS is not supported")
	case not:
		op = OpDistinct
	}
	right, err := p.expr(max(bind, 50))
	if err != nil {
		return nil, err
	}
	return &Binary{op, left, right}, nil
}

// predicate reads what follows X [NOT] and the keyword, which is read.
func (p *parser) predicate(left Node, keyword token, not bool) (Node, error) {
	switch keyword.word {
	case "BETWEEN":
		return p.between(left, not)
	case "IN":
		return p.in(left, not)
	case "LIKE":
		return p.like(left, not, p.likeFold())
	case "ILIKE":
		return p.like(left, not, FoldAll)
	case "SIMILAR":
		if err := p.expect("TO"); err != nil {
			return nil, err
		}
		n, err := p.like(left, not, Sensitive)
		if m, ok := n.(*Match); ok {
			m.Kind = Similar
		}
		return n, err
	case "REGEXP", "RLIKE", "GLOB":
		pattern, err := p.expr(powerOperand)
		if err != nil {
			return nil, err
		}
		m := &Match{X: left, Pattern: pattern, Kind: Regex, Not: not}
		switch {
		case keyword.word == "GLOB":
			m.Kind = Glob
		case p.d.mysqlish():
			m.Fold = ByCollation
		}
		return m, nil
	}
	return nil, p.failAt(keyword, "a predicate is missing")
}

func (p *parser) likeFold() Fold {
	switch p.d {
	case SQLite:
		return FoldASCII
	case Postgres:
		return Sensitive
	}
	return ByCollation
}

func (p *parser) between(left Node, not bool) (Node, error) {
	if p.accept("SYMMETRIC") {
		return nil, p.fail("BETWEEN SYMMETRIC is not supported")
	}
	p.accept("ASYMMETRIC")
	lo, err := p.expr(powerOperand)
	if err != nil {
		return nil, err
	}
	if err := p.expect("AND"); err != nil {
		return nil, err
	}
	hi, err := p.expr(powerOperand)
	if err != nil {
		return nil, err
	}
	return &Between{left, lo, hi, not}, nil
}

func (p *parser) in(left Node, not bool) (Node, error) {
	if err := p.expectOp("("); err != nil {
		return nil, err
	}
	if p.d == SQLite && p.acceptOp(")") { // an empty list holds nothing, not even NULL
		return &Bool{Value: not, Numeric: true}, nil
	}
	list, err := p.list(")")
	if err != nil {
		return nil, err
	}
	return &In{left, list, not}, nil
}

// list reads expressions separated by commas and what ends them.
func (p *parser) list(end string) ([]Node, error) {
	var list []Node
	for {
		n, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
		if p.acceptOp(",") {
			continue
		}
		return list, p.expectOp(end)
	}
}

// like reads the pattern of LIKE and its escape character.
func (p *parser) like(left Node, not bool, fold Fold) (Node, error) {
	pattern, err := p.expr(powerOperand)
	if err != nil {
		return nil, err
	}
	escape := `\`
	if p.d == SQLite {
		escape = ""
	}
	if p.accept("ESCAPE") {
		n, err := p.expr(powerOperand)
		if err != nil {
			return nil, err
		}
		s, ok := constantText(n)
		if !ok {
			return nil, p.fail("the escape character has to be a constant before")
		}
		escape = s
	}
	return p.matchLike(left, pattern, escape, not, fold), nil
}

// matchLike is LIKE; PostgreSQL keeps the escape character in a function around the pattern.
func (p *parser) matchLike(left, pattern Node, escape string, not bool, fold Fold) Node {
	if c, ok := pattern.(*Call); ok && c.Func == "like_escape" && len(c.Args) == 2 {
		if s, ok := constantText(c.Args[1]); ok {
			pattern, escape = c.Args[0], s
		}
	}
	if s, ok := constantText(pattern); ok && len(escape) == 1 && !strings.Contains(s, escape) {
		escape = "" // nothing is escaped
	}
	return &Match{X: left, Pattern: pattern, Kind: Like, Fold: fold, Escape: escape, Not: not}
}

// constantText is the text of a constant, through PostgreSQL's casts of it.
func constantText(n Node) (string, bool) {
	switch n := n.(type) {
	case *String:
		return n.Value, true
	case *Cast:
		if n.Const && (n.Type.Class.textual() || n.Type.Class == Char) && n.Type.Length == 0 {
			return constantText(n.X)
		}
	}
	return "", false
}

func isString(n Node) bool { _, ok := n.(*String); return ok }

// postgresMatches are the operators that PostgreSQL prints for matches.
var postgresMatches = map[string]Match{
	"~~": {Kind: Like}, "!~~": {Kind: Like, Not: true}, "~~*": {Kind: Like, Fold: FoldAll}, "!~~*": {Kind: Like, Fold: FoldAll, Not: true},
	"~": {Kind: Regex}, "!~": {Kind: Regex, Not: true}, "~*": {Kind: Regex, Fold: FoldAll}, "!~*": {Kind: Regex, Fold: FoldAll, Not: true},
}

// plainOperators are the tokens of operators that mean the same in all dialects that have them.
var plainOperators = map[string]Op{
	"=": OpEqual, "==": OpEqual, "<>": OpNotEqual, "!=": OpNotEqual, "<": OpLess, "<=": OpLessEqual, ">": OpGreater, ">=": OpGreaterEqual,
	"<=>": OpNotDistinct, "+": OpAdd, "-": OpSubtract, "*": OpMultiply, "%": OpModulo, "MOD": OpModulo, "DIV": OpDivideInteger,
	"XOR": OpXor, "&": OpBitAnd, "|": OpBitOr, "<<": OpShiftLeft, ">>": OpShiftRight,
}

// binary is the node of an operator with two operands.
func (p *parser) binary(left Node, t token, right Node) (Node, error) {
	text := t.text
	if t.kind == tokWord {
		text = t.word
	}
	switch {
	case text == "AND", text == "&&" && p.d.mysqlish():
		return logic(OpAnd, left, right), nil
	case text == "OR", text == "||" && p.d.mysqlish():
		return logic(OpOr, left, right), nil
	case text == "||":
		return concat(left, right), nil
	case text == "/" && p.d.mysqlish():
		return &Binary{OpDivideExactly, left, right}, nil
	case text == "/" && p.d == SQLite:
		return &Binary{OpDivideStored, left, right}, nil
	case text == "/":
		return &Binary{OpDivide, left, right}, nil
	case text == "^" && p.d.mysqlish(), text == "#" && p.d == Postgres:
		return &Binary{OpBitXor, left, right}, nil
	case text == "^" && p.d == Postgres:
		return &Call{Func: "power", Args: []Node{left, right}}, nil
	}
	if m, ok := postgresMatches[text]; ok && p.d == Postgres {
		if m.Kind == Like {
			return p.matchLike(left, right, `\`, m.Not, m.Fold), nil
		}
		m.X, m.Pattern = left, right
		return &m, nil
	}
	if op, ok := plainOperators[text]; ok {
		if n := inArray(op, left, right); n != nil {
			return n, nil
		}
		if l, r := toDays(left), toDays(right); op == OpSubtract && l != nil && r != nil {
			return &Call{Func: "days_between", Args: []Node{l, r}}, nil
		}
		return &Binary{op, left, right}, nil
	}
	if p.d == Postgres && t.kind == tokOp {
		return &Binary{Op(text), left, right}, nil
	}
	return nil, p.failAt(t, "this operator is not known")
}

// toDays is x of MySQL's to_days(x), as it stores datediff; nil for anything else.
func toDays(n Node) Node {
	if c, ok := n.(*Call); ok && c.Native.mysqlish() && c.Func == "to_days" && len(c.Args) == 1 {
		return c.Args[0]
	}
	return nil
}

// concat joins texts; a chain is one call.
func concat(left, right Node) Node {
	if c, ok := left.(*Call); ok && c.Func == "concat" {
		return &Call{Func: "concat", Args: append(c.Args, right)}
	}
	return &Call{Func: "concat", Args: []Node{left, right}}
}

// inArray is x = ANY (ARRAY[…]) and x <> ALL (ARRAY[…]) as IN; nil for anything else.
func inArray(op Op, left, right Node) Node {
	c, ok := right.(*Call)
	if !ok || c.Native != Postgres || len(c.Args) != 1 {
		return nil
	}
	if !(op == OpEqual && c.Func == "ANY" || op == OpNotEqual && c.Func == "ALL") {
		return nil
	}
	array := c.Args[0]
	element := Type{}
	if cast, ok := array.(*Cast); ok && cast.Type.Class == ArrayOf {
		element = TypeOf(Postgres, strings.TrimSuffix(cast.Type.Name, "[]"))
		array = cast.X
	}
	a, ok := array.(*Array)
	if !ok || len(a.Items) == 0 || element.Class == ArrayOf {
		return nil
	}
	list := a.Items
	if element.Class != Unknown && !(element.Class == Text && element.Length == 0) {
		list = make([]Node, len(a.Items))
		for i, item := range a.Items {
			list[i] = constantCast(item, element)
		}
	}
	return &In{left, list, op == OpNotEqual}
}

// constantCast casts one element of an array.
func constantCast(item Node, t Type) Node {
	if s, ok := constantText(item); ok {
		return castConstant(s, t)
	}
	return &Cast{X: item, Type: t}
}
