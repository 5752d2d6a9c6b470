package mysql

import (
	"regexp"
	"slices"
	"strings"
)

// The two servers print one expression in different words: MySQL puts parentheses around everything, MariaDB around what
// needs them; each has its own names for some functions; each turns conditions around in its own way. What follows reads
// both into one tree and writes that in one way, which is no SQL: it only serves to find out whether two texts mean the
// same. A text that cannot be read means what its tokens say.

// sameMeaning tells whether two texts of the servers, expressions or whole statements, mean the same.
func sameMeaning(a, b string) bool { return a == b || canonical(a) == canonical(b) }

// canonical is the one way to write the meaning of an SQL text.
func canonical(sql string) string {
	tokens, err := tokenize(sql)
	if err != nil {
		return sql
	}
	c := canon{tokens: withoutColumnList(withoutReturnCollation(dropIntroducers(tokens)))}
	text := c.sequence()
	if c.pos < len(c.tokens) { // a parenthesis that nothing opens
		return sql
	}
	return text
}

// withoutReturnCollation leaves out the collation that only MariaDB prints behind the character set of a routine's
// parameters and result.
func withoutReturnCollation(tokens []token) []token {
	out := make([]token, 0, len(tokens))
	for i := 0; i < len(tokens); i++ {
		if i >= 2 && i+1 < len(tokens) && tokens[i].is("COLLATE") && tokens[i-2].is("CHARSET") {
			i++
			continue
		}
		out = append(out, tokens[i])
	}
	return out
}

// withoutColumnList names the columns of a view where they are selected: MySQL may name them behind the view's name.
func withoutColumnList(tokens []token) []token {
	p := parser{tokens: tokens}
	p.until(func(t token) bool { return t.is("VIEW") || t.is("AS") })
	if !p.accept("VIEW") {
		return tokens
	}
	if _, err := p.ident(); err != nil || !p.peek().punct("(") {
		return tokens
	}
	start := p.pos
	names, err := p.idents()
	if err != nil {
		return tokens
	}
	out := append(slices.Clone(tokens[:start]), tokens[p.pos:]...)
	depth, selected := 0, false
	for i := start; i < len(out) && len(names) > 0; i++ {
		switch t := out[i]; {
		case t.punct("("):
			depth++
		case t.punct(")"):
			depth--
		case depth > 0:
		case t.is("SELECT"):
			selected = true
		case selected && t.is("AS") && i+1 < len(out):
			out[i+1].text = quoteIdent(names[0])
			names = names[1:]
		}
	}
	return out
}

// expression is a node: an operator with its operands, or a text.
type expression struct {
	op   string
	args []expression
	text string
}

func leaf(text string) expression { return expression{text: text} }

func (e expression) String() string {
	if e.op == "" {
		return e.text
	}
	texts := make([]string, len(e.args))
	for i, a := range e.args {
		texts[i] = a.String()
	}
	return "[" + e.op + " " + strings.Join(texts, " ") + "]"
}

func node(op string, args ...expression) expression { return expression{op: op, args: args} }

// canon reads tokens as canonical's sequence of expressions and words.
type canon struct {
	tokens []token
	pos    int
}

func (c *canon) peek() token {
	if c.pos >= len(c.tokens) {
		return token{}
	}
	return c.tokens[c.pos]
}

func (c *canon) at(n int) token {
	if c.pos+n >= len(c.tokens) {
		return token{}
	}
	return c.tokens[c.pos+n]
}

func (c *canon) accept(words ...string) bool {
	for i, w := range words {
		if t := c.at(i); !t.is(w) && !t.punct(w) {
			return false
		}
	}
	c.pos += len(words)
	return true
}

// separators are words that stand between expressions and begin none.
var separators = wordSet("select distinct all from where group by having order limit offset union except intersect join inner cross " +
	"outer on as with recursive over partition rows asc desc separator using when then else end set into create or_replace view trigger procedure function " +
	"event begin declare return returns call insert update delete replace_into for each row before after follows precedes algorithm undefined merge temptable sql " +
	"security definer invoker check option cascaded local deterministic do every starts ends at enable disable less than in_ out inout range list columns hash key " +
	"linear partitions subpartition subpartitions natural straight_join comment default unsigned zerofill charset")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// sequence reads up to a closing parenthesis or the end.
func (c *canon) sequence() string {
	var items []string
	for c.pos < len(c.tokens) && !c.peek().punct(")") {
		last := len(items) - 1
		if last >= 0 && (items[last] == "where" || items[last] == "on" || items[last] == "having") {
			items = append(items, truth(c.expr(0)).String())
			continue
		}
		items = append(items, c.item())
	}
	return strings.Join(items, " ")
}

// item reads one word or expression of a sequence.
func (c *canon) item() string {
	t := c.peek()
	lower := strings.ToLower(t.text)
	switch {
	case t.kind == tokPunct && !startsOperand(t):
		c.pos++
		return t.text
	case t.kind == tokWord && separators[lower]:
		c.pos++
		return lower
	}
	return c.expr(0).String()
}

func startsOperand(t token) bool {
	switch t.text {
	case "(", "-", "+", "~", "!", "*", "@":
		return true
	}
	return false
}

// Binary operators by how they bind.
const (
	bindOr = iota + 1
	bindXor
	bindAnd
	bindNot
	bindBetween
	bindCompare
	bindBitOr
	bindBitAnd
	bindShift
	bindAdd
	bindMultiply
	bindBitXor
	bindCollate
)

var binaryOperators = map[string]int{
	"or": bindOr, "||": bindOr, "xor": bindXor, "and": bindAnd, "&&": bindAnd, "=": bindCompare, "<=>": bindCompare, ">=": bindCompare, ">": bindCompare,
	"<=": bindCompare, "<": bindCompare, "<>": bindCompare, "!=": bindCompare, "like": bindCompare, "regexp": bindCompare, "rlike": bindCompare, "in": bindCompare,
	"is": bindCompare, "not": bindCompare, "between": bindBetween, "member": bindCompare, "sounds": bindCompare, "|": bindBitOr, "&": bindBitAnd,
	"<<": bindShift, ">>": bindShift, "+": bindAdd, "-": bindAdd, "*": bindMultiply, "/": bindMultiply, "div": bindMultiply, "%": bindMultiply, "mod": bindMultiply,
	"^": bindBitXor, "collate": bindCollate,
}

var operatorNames = map[string]string{"||": "or", "&&": "and", "!=": "<>", "rlike": "regexp", "mod": "%"}

// operator is the binary operator that stands here, and how it binds; 0 for none. NOT is one before IN, LIKE, BETWEEN and
// REGEXP.
func (c *canon) operator() (string, int) {
	t := c.peek()
	if t.kind != tokPunct && t.kind != tokWord {
		return "", 0
	}
	name := strings.ToLower(t.text)
	bind := binaryOperators[name]
	if name == "not" {
		next := c.at(1)
		if !next.is("IN") && !next.is("LIKE") && !next.is("BETWEEN") && !next.is("REGEXP") && !next.is("RLIKE") {
			return "", 0
		}
		if next.is("BETWEEN") {
			bind = bindBetween
		}
	}
	if n, ok := operatorNames[name]; ok {
		name = n
	}
	return name, bind
}

// expr reads an expression whose operators bind at least as strongly as told.
func (c *canon) expr(least int) expression {
	left := c.operand()
	for {
		op, bind := c.operator()
		if bind == 0 || bind < least {
			return left
		}
		c.pos++
		left = c.binary(op, bind, left)
	}
}

func (c *canon) binary(op string, bind int, left expression) expression {
	negated := op == "not"
	if negated {
		op = strings.ToLower(c.peek().text)
		if op == "rlike" {
			op = "regexp"
		}
		c.pos++
	}
	var e expression
	switch op {
	case "is":
		e = c.is(left)
	case "between":
		low := c.expr(bindBitOr)
		c.accept("AND")
		e = node("between", left, low, c.expr(bindBitOr))
	case "member":
		c.accept("OF")
		e = node("member", left, c.operand())
	case "like":
		e = node("like", left, c.expr(bind+1))
		if c.accept("ESCAPE") {
			e.args = append(e.args, c.operand())
		}
	case "collate":
		e = node("collate", left, c.operand())
	default:
		e = combine(op, left, c.expr(bind+1))
	}
	if negated {
		return negate(e)
	}
	return e
}

func (c *canon) is(left expression) expression {
	not := c.accept("NOT")
	what := c.operand()
	if what.text != "null" && what.text != "unknown" {
		left = truth(left)
	}
	if not {
		return node("is not", left, what)
	}
	return node("is", left, what)
}

// combine makes a binary operation in its one form.
func combine(op string, left, right expression) expression {
	switch op {
	case "and", "or":
		e := node(op)
		for _, x := range []expression{left, right} {
			if x.op == op {
				e.args = append(e.args, x.args...)
			} else {
				e.args = append(e.args, truth(x))
			}
		}
		return e
	case "xor":
		return node(op, truth(left), truth(right))
	case "=", "<>":
		if left.text == "0" && right.text != "0" {
			left, right = right, left
		}
	}
	return node(op, left, right)
}

// truth is an expression in a place where only its truth counts: there, "x <> 0" is x, and so is "x is true".
func truth(e expression) expression {
	if e.op == "<>" && e.args[1].text == "0" || e.op == "is" && e.args[1].text == "1" {
		return e.args[0]
	}
	return e
}

var opposites = map[string]string{
	"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "is": "is not", "is not": "is", "like": "not like", "regexp": "not regexp",
	"in": "not in", "between": "not between", "not like": "like", "not regexp": "regexp", "not in": "in", "not between": "between",
}

// negate is NOT of an expression.
func negate(e expression) expression {
	if op, ok := opposites[e.op]; ok {
		return expression{op: op, args: e.args}
	}
	switch e.op {
	case "and", "or":
		out := node(map[string]string{"and": "or", "or": "and"}[e.op])
		for _, a := range e.args {
			out.args = append(out.args, truth(negate(a)))
		}
		return out
	case "not":
		return e.args[0]
	case "":
		return node("=", e, leaf("0"))
	}
	if e.op == "call exists" {
		return node("not", e)
	}
	return node("=", e, leaf("0"))
}

// operand reads an expression without binary operators.
func (c *canon) operand() expression {
	t := c.peek()
	lower := strings.ToLower(t.text)
	c.pos++
	switch {
	case t.kind == tokEnd:
		return leaf("")
	case t.punct("("):
		return c.parenthesis()
	case t.punct("-"):
		return c.negative()
	case t.punct("+"):
		return c.operand()
	case t.punct("~"):
		return node("~", c.operand())
	case t.punct("!"):
		return negate(c.operand())
	case t.kind == tokString:
		if s, err := unquoteString(t.text); err == nil {
			return leaf(quoteString(s))
		}
		return leaf(t.text)
	case t.kind == tokIdent:
		return c.name(t)
	case t.kind != tokWord:
		return leaf(t.text)
	case lower == "not":
		return negate(c.expr(bindNot))
	case lower == "case":
		return c.cases()
	case lower == "interval" && !(c.peek().punct("(") && !c.peek().spaced):
		amount := c.expr(bindBitOr)
		unit := strings.ToLower(c.peek().text)
		c.pos++
		return node("interval", amount, leaf(unit))
	case lower == "binary" && !c.peek().punct("(") && c.peek().kind != tokEnd && !c.peek().punct(")") && !c.peek().punct(","):
		return node("binary", c.operand())
	case lower == "true":
		return leaf("1")
	case lower == "false":
		return leaf("0")
	case c.peek().kind == tokString && (lower == "date" || lower == "time" || lower == "timestamp"):
		return node(lower, c.operand())
	}
	return c.name(t)
}

func (c *canon) negative() expression {
	e := c.operand()
	if e.op == "" && e.text != "" && isDigit(e.text[0]) {
		return leaf("-" + e.text)
	}
	return node("neg", e)
}

// parenthesis reads what stands in the parentheses just opened: one expression, a list, or a query.
func (c *canon) parenthesis() expression {
	start := c.pos
	if t := c.peek(); t.kind != tokWord || !separators[strings.ToLower(t.text)] {
		if e := c.expr(0); c.accept(")") {
			return e
		}
	}
	c.pos = start
	text := c.sequence()
	c.accept(")")
	return leaf("(" + text + ")")
}

// cases reads behind CASE.
func (c *canon) cases() expression {
	e := node("case")
	simple := !c.peek().is("WHEN")
	if simple {
		e.args = append(e.args, c.expr(0))
	}
	for c.accept("WHEN") {
		when := c.expr(0)
		if !simple {
			when = truth(when)
		}
		c.accept("THEN")
		e.args = append(e.args, node("when", when, c.expr(0)))
	}
	if c.accept("ELSE") {
		if other := c.expr(0); other.text != "null" {
			e.args = append(e.args, other)
		}
	}
	c.accept("END")
	return e
}

// functionNames are those that the servers print under the name that stands here.
var functionNames = map[string]string{
	"ucase": "upper", "lcase": "lower", "octet_length": "length", "current_timestamp": "now", "localtimestamp": "now", "localtime": "now", "substring": "substr", "mid": "substr",
	"power": "pow", "character_length": "char_length", "ceiling": "ceil", "current_date": "curdate", "current_time": "curtime", "std": "stddev_pop", "stddev": "stddev_pop", "variance": "var_pop",
	"sha": "sha1", "day": "dayofmonth", "geomcollection": "geometrycollection", "schema": "database", "session_user": "user", "system_user": "user",
}

var displayType = regexp.MustCompile(`^(?:tinyint|smallint|mediumint|int|bigint)$`)

// name reads what begins with a name: a column, with its table perhaps, or a call.
func (c *canon) name(t token) expression {
	text := t.text
	if t.kind == tokIdent {
		if s, err := unquoteIdent(text); err == nil {
			text = s
		}
	} else {
		text = strings.ToLower(text)
	}
	for c.peek().punct(".") && (c.at(1).kind == tokIdent || c.at(1).kind == tokWord || c.at(1).punct("*")) {
		next := c.at(1).text
		if s, err := unquoteIdent(next); err == nil {
			next = s
		}
		text += "." + next
		c.pos += 2
	}
	if p := c.peek(); !p.punct("(") || p.spaced {
		if known, ok := functionNames[text]; ok && t.kind == tokWord && (known == "now" || known == "curdate" || known == "curtime") {
			return node("call " + known)
		}
		return leaf(text)
	}
	c.pos++
	return c.call(text, t.kind == tokWord)
}

// call reads the arguments of a function, or of a type.
func (c *canon) call(name string, builtin bool) expression {
	if known, ok := functionNames[name]; ok && builtin {
		name = known
	}
	e := node("call " + name)
	for c.pos < len(c.tokens) && !c.peek().punct(")") {
		if c.accept(",") {
			continue
		}
		e.args = append(e.args, c.argument())
	}
	c.accept(")")
	if !builtin {
		return e
	}
	return known(name, e)
}

// argument reads up to a comma or the closing parenthesis: nearly always one expression.
func (c *canon) argument() expression {
	t := c.peek()
	if t.kind != tokWord || !separators[strings.ToLower(t.text)] {
		e := c.expr(0)
		if p := c.peek(); p.punct(",") || p.punct(")") || p.kind == tokEnd {
			return e
		}
		return leaf(strings.TrimSpace(e.String() + " " + c.words()))
	}
	return leaf(c.words())
}

func (c *canon) words() string {
	var items []string
	for c.pos < len(c.tokens) && !c.peek().punct(")") && !c.peek().punct(",") {
		items = append(items, c.item())
	}
	return strings.Join(items, " ")
}

// known writes the calls of some functions in another way.
func known(name string, e expression) expression {
	switch {
	case name == "regexp_like" && len(e.args) == 2:
		return node("regexp", e.args...)
	case name == "mod" && len(e.args) == 2:
		return node("%", e.args...)
	case name == "not" && len(e.args) == 1:
		return negate(e.args[0])
	case name == "if" && len(e.args) == 3:
		e.args = slices.Clone(e.args)
		e.args[0] = truth(e.args[0])
	case name == "exists" && len(e.args) == 1:
		return node("call exists", leaf(strings.TrimSuffix(e.args[0].String(), " limit 1")))
	case name == "now" && len(e.args) == 1 && e.args[0].text == "0":
		return node("call now")
	case displayType.MatchString(name) && len(e.args) == 1 && !(name == "tinyint" && e.args[0].text == "1"):
		return leaf(name)
	}
	return e
}
