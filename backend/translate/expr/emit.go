package expr

import (
	"strconv"
	"strings"
)

// emitter writes a tree that its dialect can say as it is. Parentheses stand wherever any dialect might read it otherwise.
type emitter struct {
	d   Dialect
	b   strings.Builder
	err error
}

// Levels of binding, of which all dialects agree on the order.
const (
	levelOr = iota
	levelAnd
	levelNot
	levelPredicate
	levelOther // operators that bind differently from dialect to dialect
	levelSum
	levelProduct
	levelCollate
	levelUnary
	levelAtom
)

func (e *emitter) fail(kind Kind, name string) {
	if e.err == nil {
		e.err = &Untranslatable{e.d, kind, name}
	}
}

func (e *emitter) write(parts ...string) {
	for _, p := range parts {
		e.b.WriteString(p)
	}
}

// level is how tightly the node's own operator binds.
func (e *emitter) level(n Node) int {
	switch n := n.(type) {
	case *Logic:
		if n.Op == OpAnd {
			return levelAnd
		}
		return levelOr
	case *Unary:
		if n.Op == OpNot {
			return levelNot
		}
		return levelUnary
	case *Number:
		if strings.HasPrefix(n.Text, "-") {
			return levelUnary
		}
	case *Binary:
		switch {
		case n.Op == OpXor:
			return levelOr
		case n.Op.isComparison():
			return levelPredicate
		case n.Op == OpAdd, n.Op == OpSubtract:
			return levelSum
		case n.Op == OpMultiply, n.Op == OpDivide, n.Op == OpDivideExactly, n.Op == OpDivideStored, n.Op == OpDivideInteger, n.Op == OpModulo:
			return levelProduct
		}
		return levelOther
	case *Is, *In, *Between, *Match:
		return levelPredicate
	case *Collate:
		return levelCollate
	case *JSONPath:
		return levelOther
	case *Call:
		if n.Func == "concat" && !e.d.mysqlish() {
			return levelOther
		}
	case *Interval:
		if e.d.mysqlish() {
			return levelUnary
		}
	}
	return levelAtom
}

// node writes n, in parentheses if it binds less tightly than wanted.
func (e *emitter) node(n Node, want int) {
	if e.level(n) < want {
		e.write("(")
		e.bare(n)
		e.write(")")
		return
	}
	e.bare(n)
}

// list writes nodes with a separator between them.
func (e *emitter) list(nodes []Node, separator string, want int) {
	for i, n := range nodes {
		if i > 0 {
			e.write(separator)
		}
		e.node(n, want)
	}
}

func (e *emitter) bare(n Node) {
	switch n := n.(type) {
	case *Null, *Bool, *Number, *String, *Bytes, *Bits:
		e.literal(n)
	case *Column:
		for _, q := range n.Qualifier {
			e.write(QuoteIdent(e.d, q), ".")
		}
		e.write(QuoteIdent(e.d, n.Name))
	case *Unary:
		e.unary(n)
	case *Binary:
		e.binary(n)
	case *Logic:
		e.list(n.Args, " "+string(n.Op)+" ", levelNot)
	case *Is, *In, *Between, *Match:
		e.predicate(n)
	case *Case:
		e.caseOf(n)
	case *Call:
		e.call(n)
	case *Cast:
		e.cast(n)
	case *Collate:
		e.node(n.X, levelAtom)
		e.write(" COLLATE ", e.collation(n.Name))
	case *Extract:
		e.write("EXTRACT(", n.Field, " FROM ")
		e.node(n.X, levelOr)
		e.write(")")
	case *Interval:
		e.interval(n)
	case *JSONPath:
		e.json(n)
	default:
		e.container(n)
	}
}

// container writes rows and arrays.
func (e *emitter) container(n Node) {
	switch n := n.(type) {
	case *Row:
		if len(n.Items) < 2 {
			if e.d != Postgres {
				e.fail(KindConstruct, "ROW of one value")
			}
			e.write("ROW")
		}
		e.write("(")
		e.list(n.Items, ", ", levelOr)
		e.write(")")
	case *Array:
		if e.d != Postgres {
			e.fail(KindConstruct, "ARRAY[…]")
		}
		e.write("ARRAY[")
		e.list(n.Items, ", ", levelOr)
		e.write("]")
	case *Subscript:
		if e.d != Postgres {
			e.fail(KindConstruct, "array[…]")
		}
		e.write("(")
		e.node(n.X, levelOr)
		e.write(")[")
		e.node(n.Index, levelOr)
		e.write("]")
	}
}

func (e *emitter) unary(n *Unary) {
	switch n.Op {
	case OpNot:
		e.write("NOT ")
	case OpNegate:
		e.write("-")
	default:
		e.write(string(n.Op))
	}
	e.node(n.X, levelAtom)
}

// operatorName is an operator's spelling; "" where the dialect has none.
func operatorName(d Dialect, op Op) string {
	switch op {
	case OpDistinct:
		if d == SQLite {
			return "IS NOT"
		}
	case OpNotDistinct:
		switch {
		case d == SQLite:
			return "IS"
		case d.mysqlish():
			return "<=>"
		}
	case OpDivide:
		if d != Postgres {
			return ""
		}
	case OpDivideStored:
		if d == SQLite {
			return "/"
		}
		return ""
	case OpDivideExactly:
		if d.mysqlish() {
			return "/"
		}
		return ""
	case OpDivideInteger, OpXor:
		if !d.mysqlish() {
			return ""
		}
	case OpBitXor:
		switch {
		case d == Postgres:
			return "#"
		case d.mysqlish():
			return "^"
		}
		return ""
	case OpEqual, OpNotEqual, OpLess, OpLessEqual, OpGreater, OpGreaterEqual, OpAdd, OpSubtract, OpMultiply, OpModulo, OpBitAnd, OpBitOr,
		OpShiftLeft, OpShiftRight:
	default:
		if d != Postgres && (d != SQLite || op != "->" && op != "->>") {
			return ""
		}
	}
	return string(op)
}

func (e *emitter) binary(n *Binary) {
	name := operatorName(e.d, n.Op)
	if n.Op == OpDistinct && e.d.mysqlish() {
		e.write("NOT (")
		e.binary(&Binary{OpNotDistinct, n.L, n.R})
		e.write(")")
		return
	}
	if name == "" {
		e.fail(KindOperator, strings.TrimPrefix(strings.TrimPrefix(string(n.Op), "exact"), "stored"))
	}
	left, right := levelUnary, levelUnary
	switch e.level(n) {
	case levelOr:
		left, right = levelPredicate, levelPredicate
	case levelPredicate:
		left, right = levelOther, levelOther
	case levelSum:
		left, right = levelSum, levelProduct
	case levelProduct:
		left, right = levelProduct, levelUnary
	}
	e.node(n.L, left)
	e.write(" ", name, " ")
	e.node(n.R, right)
}

func (e *emitter) caseOf(n *Case) {
	e.write("CASE")
	if n.Operand != nil {
		e.write(" ")
		e.node(n.Operand, levelOther)
	}
	for _, w := range n.Whens {
		e.write(" WHEN ")
		e.node(w.Cond, levelOr)
		e.write(" THEN ")
		e.node(w.Then, levelOr)
	}
	if n.Else != nil {
		e.write(" ELSE ")
		e.node(n.Else, levelOr)
	}
	e.write(" END")
}

func (e *emitter) cast(n *Cast) {
	switch {
	case n.Const && e.d.mysqlish() && literalWord(n.Type.Class) != "":
		e.write(literalWord(n.Type.Class))
		e.literal(n.X)
		return
	case e.d == SQLite && (n.Type.Class == Date || n.Type.Class == Timestamp || n.Type.Class == Time):
		e.write(map[Class]string{Date: "date(", Time: "time(", Timestamp: "datetime("}[n.Type.Class])
		e.node(n.X, levelOr)
		e.write(")")
		return
	}
	name := castName(e.d, n.Type)
	if name == "" && e.d == Postgres {
		name = n.Type.Name
	}
	if name == "" {
		e.fail(KindType, n.Type.Name)
	}
	if n.Type.Class == Text && e.d.mysqlish() {
		charset := "utf8mb4"
		if _, other, ok := strings.Cut(n.Type.Name, "charset "); ok {
			charset = other
		}
		name += " charset " + charset
	}
	e.write("CAST(")
	e.node(n.X, levelOr)
	e.write(" AS ", name, ")")
}

// literalWord stands before a string that is a literal of the class in MySQL and MariaDB.
func literalWord(c Class) string {
	return map[Class]string{Date: "DATE", Time: "TIME", Timestamp: "TIMESTAMP"}[c]
}

func (e *emitter) interval(n *Interval) {
	switch {
	case e.d.mysqlish():
		e.write("INTERVAL ")
		e.node(n.Amount, levelAtom)
		e.write(" ", n.Unit)
	case e.d == Postgres:
		number, ok := n.Amount.(*Number)
		if !ok {
			e.fail(KindConstruct, "INTERVAL of a computed length")
			return
		}
		e.write("INTERVAL '", number.Text, " ", n.Unit, "'")
	default:
		e.fail(KindConstruct, "INTERVAL")
	}
}

func (e *emitter) json(n *JSONPath) {
	if e.d.mysqlish() {
		e.write(map[bool]string{true: "json_unquote(json_extract(", false: "json_extract("}[n.Text])
		e.node(n.X, levelOr)
		e.write(", ")
		e.literal(&String{dollarPath(n.Steps)})
		e.write(map[bool]string{true: "))", false: ")"}[n.Text])
		return
	}
	arrow := map[bool]string{true: " ->> ", false: " -> "}
	e.node(n.X, levelUnary)
	if e.d == SQLite {
		e.write(arrow[n.Text])
		e.literal(&String{dollarPath(n.Steps)})
		return
	}
	for i, s := range n.Steps {
		e.write(arrow[n.Text && i == len(n.Steps)-1])
		if s.IsIndex {
			e.write(strconv.Itoa(s.Index))
		} else {
			e.literal(&String{s.Name})
		}
	}
}

// dollarPath is a path as MySQL, MariaDB and SQLite write it.
func dollarPath(steps []Step) string {
	var b strings.Builder
	b.WriteByte('$')
	for _, s := range steps {
		switch {
		case s.IsIndex:
			b.WriteString("[" + strconv.Itoa(s.Index) + "]")
		case plainName(strings.ToLower(s.Name)):
			b.WriteString("." + s.Name)
		default:
			b.WriteString(`."` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s.Name) + `"`)
		}
	}
	return b.String()
}
