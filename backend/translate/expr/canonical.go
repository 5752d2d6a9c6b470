package expr

import "strings"

// Equal tells whether two expressions mean the same for all that is known without any type; see the package's comment. Both
// must be of one dialect, or of two that mean the same by the same tree.
func Equal(a, b Node) bool { return Scope{}.Equal(a, b) }

// Equal is [Equal] with what is known about columns and the wanted type, which lets it see more.
func (s Scope) Equal(a, b Node) bool { return Key(s.Canonical(a)) == Key(s.Canonical(b)) }

// Canonical is the one tree that stands for all that are equal to n in this scope.
func (s Scope) Canonical(n Node) Node {
	c := &canonizer{s, newInference(s.Columns, Unknown)}
	switch {
	case s.Result.Class == Boolean:
		n = c.condition(n)
	default:
		n = c.constant(c.node(n), s.Result.Class)
	}
	return n
}

// canonizer rewrites trees into their canonical form.
type canonizer struct {
	scope Scope
	*inference
}

// node is the canonical form of a value.
func (c *canonizer) node(n Node) Node {
	switch n := n.(type) {
	case *Number:
		return &Number{plainNumber(n.Text)}
	case *Column:
		if name, ok := matchName(c.columns, n.Name); ok {
			return &Column{Name: name}
		}
		return &Column{Name: n.Name}
	case *Unary:
		if n.Op == OpNot {
			return c.negated(n.X)
		}
	case *Logic:
		args := make([]Node, 0, len(n.Args))
		for _, arg := range n.Args {
			args = append(args, c.condition(arg))
		}
		return joined(n.Op, args)
	case *Case:
		return c.caseOf(n)
	case *Binary:
		return c.binary(n)
	case *Is:
		is := &Is{c.node(n.X), n.What, n.Not}
		if n.What == IsTrue || n.What == IsFalse || n.What == IsUnknown {
			is.X = c.condition(n.X)
		}
		if n.What == IsUnknown {
			is.What = IsNull
		}
		return is
	case *In:
		return c.in(n)
	case *Between:
		x := c.node(n.X)
		return &Between{x, c.compared(c.node(n.Lo), n.X), c.compared(c.node(n.Hi), n.X), n.Not}
	case *Match:
		m := *n
		m.X, m.Pattern = c.text(n.X), c.text(n.Pattern)
		if s, ok := m.Pattern.(*String); ok && !strings.Contains(s.Value, m.Escape) {
			m.Escape = ""
		}
		return &m
	case *Call:
		return c.call(n)
	case *Cast:
		return c.cast(n)
	}
	return mapChildren(n, c.node)
}

// plainNumber is a number without what adds nothing to it.
func plainNumber(text string) string {
	if strings.HasPrefix(text, "0x") {
		return text
	}
	text = lowerASCII(text)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	text = strings.TrimLeft(text, "0")
	if text == "" || !isDigit(text[0]) {
		text = "0" + text
	}
	if sign != "" && strings.Trim(text, "0") == "" {
		sign = ""
	}
	return sign + text
}

// joined is a chain of AND or OR, without chains of the same operator in it, and pairs of comparisons as BETWEEN.
func joined(op Op, args []Node) Node {
	flat := make([]Node, 0, len(args))
	for _, arg := range args {
		if l, ok := arg.(*Logic); ok && l.Op == op {
			flat = append(flat, l.Args...)
		} else {
			flat = append(flat, arg)
		}
	}
	paired := flat[:0]
	for i := 0; i < len(flat); i++ {
		if i+1 < len(flat) {
			if b := asBetween(op, flat[i], flat[i+1]); b != nil {
				paired = append(paired, b)
				i++
				continue
			}
		}
		paired = append(paired, flat[i])
	}
	if len(paired) == 1 {
		return paired[0]
	}
	return &Logic{op, paired}
}

// asBetween is x >= a AND x <= b, or x < a OR x > b, as [NOT] BETWEEN; nil for anything else.
func asBetween(op Op, a, b Node) Node {
	l, ok1 := a.(*Binary)
	r, ok2 := b.(*Binary)
	if !ok1 || !ok2 {
		return nil
	}
	both := l.Op == OpGreaterEqual && r.Op == OpLessEqual && op == OpAnd
	neither := l.Op == OpLess && r.Op == OpGreater && op == OpOr
	if !both && !neither || !pure(l.L) || Key(l.L) != Key(r.L) {
		return nil
	}
	return &Between{l.L, l.R, r.R, neither}
}

// isPredicate tells that an expression is true, false or NULL in every dialect.
func isPredicate(n Node) bool {
	switch n := n.(type) {
	case *Bool, *Logic, *Is, *In, *Between, *Match:
		return true
	case *Unary:
		return n.Op == OpNot
	case *Binary:
		return n.Op.isComparison() || n.Op == OpXor
	}
	return false
}

// condition is the canonical form of an expression of which only the truth counts: what is no predicate is compared with 0.
func (c *canonizer) condition(n Node) Node {
	switch n := n.(type) {
	case *Bool:
		return &Bool{Value: n.Value}
	case *Number:
		if text := plainNumber(n.Text); text == "0" || text == "1" {
			return &Bool{Value: text == "1"}
		}
	case *Binary:
		l, r := n.L, n.R
		if isZero(l) {
			l, r = r, l
		}
		if !isZero(r) || n.Op != OpEqual && n.Op != OpNotEqual {
			break
		}
		x := c.node(l)
		switch {
		case !isPredicate(x):
			x = &Binary{n.Op, x, &Number{"0"}}
		case n.Op == OpEqual:
			x = negate(x)
		}
		return x
	}
	x := c.node(n)
	if class := c.class(n); !isPredicate(x) && (class.numeric() || class == Boolean) {
		return &Binary{OpNotEqual, x, &Number{"0"}}
	}
	return x
}

func isZero(n Node) bool {
	number, ok := n.(*Number)
	return ok && plainNumber(number.Text) == "0"
}

// negated is the canonical form of NOT n.
func (c *canonizer) negated(n Node) Node { return negate(c.condition(n)) }

// negate is NOT of what is canonical already.
func negate(n Node) Node {
	switch n := n.(type) {
	case *Bool:
		return &Bool{Value: !n.Value}
	case *Unary:
		if n.Op == OpNot && isPredicate(n.X) {
			return n.X
		}
	case *Logic:
		args := make([]Node, len(n.Args))
		for i, arg := range n.Args {
			args[i] = negate(arg)
		}
		return joined(map[Op]Op{OpAnd: OpOr, OpOr: OpAnd}[n.Op], args)
	case *Binary:
		if op, ok := negations[n.Op]; ok && !isRow(n.L) && !isRow(n.R) && !isQuantified(n.R) {
			return &Binary{op, n.L, n.R}
		}
	case *Is:
		return &Is{n.X, n.What, !n.Not}
	case *In:
		return &In{n.X, n.List, !n.Not}
	case *Between:
		return &Between{n.X, n.Lo, n.Hi, !n.Not}
	case *Match:
		m := *n
		m.Not = !n.Not
		return &m
	}
	return &Unary{OpNot, n}
}

func isRow(n Node) bool { _, ok := n.(*Row); return ok }

func isQuantified(n Node) bool {
	c, ok := n.(*Call)
	return ok && c.Native == Postgres && (c.Func == "ANY" || c.Func == "ALL")
}

func (c *canonizer) caseOf(n *Case) Node {
	out := &Case{Whens: make([]When, len(n.Whens))}
	if n.Operand != nil {
		out.Operand = c.node(n.Operand)
	}
	for i, w := range n.Whens {
		if n.Operand == nil {
			out.Whens[i].Cond = c.condition(w.Cond)
		} else {
			out.Whens[i].Cond = c.compared(c.node(w.Cond), n.Operand)
		}
		out.Whens[i].Then = c.result(w.Then, n)
	}
	if n.Else != nil {
		if e := c.result(n.Else, n); !isNull(e) {
			out.Else = e
		}
	}
	return out
}

// result is one of several results, of which a constant takes the type of the others.
func (c *canonizer) result(n, of Node) Node { return c.constant(c.node(n), c.class(of)) }

func isNull(n Node) bool {
	switch n := n.(type) {
	case *Null:
		return true
	case *Cast:
		return isNull(n.X)
	}
	return false
}

func (c *canonizer) binary(n *Binary) Node {
	if n.Op == OpXor {
		return &Binary{OpXor, c.condition(n.L), c.condition(n.R)}
	}
	if rows := c.rows(n); rows != nil {
		return rows
	}
	l, r := c.node(n.L), c.node(n.R)
	if n.Op.isComparison() {
		l, r = c.compared(l, n.R), c.compared(r, n.L)
		if isNull(r) && (n.Op == OpDistinct || n.Op == OpNotDistinct) {
			return &Is{l, IsNull, n.Op == OpDistinct}
		}
		if isZero(l) && (n.Op == OpEqual || n.Op == OpNotEqual) {
			l, r = r, l
		}
		return &Binary{n.Op, l, r}
	}
	switch n.Op {
	case OpAdd, OpSubtract, OpMultiply, OpDivide, OpDivideStored, OpModulo:
		l, r = c.siblings(l, r)
	}
	return &Binary{n.Op, l, r}
}

// rows is the comparison of two rows for equality as one of their items, as PostgreSQL and MySQL store it; nil for all else.
func (c *canonizer) rows(n *Binary) Node {
	l, ok1 := n.L.(*Row)
	r, ok2 := n.R.(*Row)
	if !ok1 || !ok2 || len(l.Items) != len(r.Items) || len(l.Items) < 2 || n.Op != OpEqual && n.Op != OpNotEqual {
		return nil
	}
	items := make([]Node, len(l.Items))
	for i := range items {
		items[i] = c.node(&Binary{n.Op, l.Items[i], r.Items[i]})
	}
	return joined(map[Op]Op{OpEqual: OpAnd, OpNotEqual: OpOr}[n.Op], items)
}

// siblings are the operands of arithmetic without the casts that bring one to the type of the other: integers to what they
// meet. Where both are integers one cast decides, and stands on the left.
func (c *canonizer) siblings(l, r Node) (Node, Node) {
	left, leftClass := c.widened(l)
	right, rightClass := c.widened(r)
	switch {
	case right != nil && c.class(l) == rightClass:
		r = right
	case right != nil && left == nil && c.class(l) == Integer:
		l, r = &Cast{X: l, Type: Type{Class: rightClass, Size: r.(*Cast).Type.Size}}, right
	}
	if left != nil && c.class(r) == leftClass || left != nil && c.class(r) == Duration {
		l = left
	}
	if right != nil && c.class(l) == Duration {
		r = right
	}
	return l, r
}

// widened is an integer, or a constant, inside a cast to a wider class of numbers, and that class; nil for anything else.
func (c *canonizer) widened(n Node) (Node, Class) {
	cast, ok := n.(*Cast)
	if !ok || cast.Type.Length != 0 || cast.Type.Class != Decimal && cast.Type.Class != Float {
		return nil, Unknown
	}
	from := c.class(cast.X)
	if from == Integer || from == Decimal && cast.Type.Class == Float {
		return cast.X, cast.Type.Class
	}
	return nil, Unknown
}

func (c *canonizer) in(n *In) Node {
	x := c.node(n.X)
	if len(n.List) == 1 && !isRow(x) {
		op := OpEqual
		if n.Not {
			op = OpNotEqual
		}
		return &Binary{op, c.compared(x, n.List[0]), c.compared(c.node(n.List[0]), n.X)}
	}
	list := make([]Node, len(n.List))
	for i, item := range n.List {
		list[i] = c.compared(c.node(item), n.X)
	}
	return &In{c.compared(x, n.List[0]), list, n.Not}
}
