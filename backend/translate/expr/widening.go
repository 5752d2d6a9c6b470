package expr

// WithoutWidening leaves out casts of numbers to types that hold all of them, which PostgreSQL adds wherever two types of
// numbers meet: COALESCE(small, 7) is stored as COALESCE(small::integer, 7). What comes out has the same values.
func (s Scope) WithoutWidening(n Node) Node {
	n = mapChildren(n, s.WithoutWidening)
	c, ok := n.(*Cast)
	if !ok {
		return n
	}
	from, known := s.numberOf(c.X)
	if known && widens(from, c.Type) {
		return c.X
	}
	return n
}

// numberOf is the type of a column or literal that is a number.
func (s Scope) numberOf(n Node) (Type, bool) {
	switch n := n.(type) {
	case *Number:
		if isInteger(n.Text) && len(n.Text) < 5 {
			return Type{Class: Integer, Size: 2}, true
		}
	case *Column:
		info, ok := lookup(s.Columns, n.Name)
		return info.Type, ok && info.Type.Class.numeric()
	}
	return Type{}, false
}

func widens(from, to Type) bool {
	switch {
	case from.Class == Integer && to.Class == Integer:
		return from.Size > 0 && to.Size >= from.Size
	case from.Class == Integer && to.Class == Decimal, from.Class == Decimal && to.Class == Decimal:
		return to.Length == 0
	case from.Class == Integer && to.Class == Float:
		return to.Size == 8 && from.Size > 0 && from.Size <= 4
	case from.Class == Float && to.Class == Float:
		return to.Size >= from.Size
	}
	return false
}

// Meeting leaves out the casts of whole numbers that PostgreSQL adds where they meet a number with a fraction:
// quantity * price is stored as quantity::numeric * price. Every engine widens such a number by itself.
func (s Scope) Meeting(n Node) Node {
	n = mapChildren(n, s.Meeting)
	b, ok := n.(*Binary)
	if !ok || !b.Op.isComparison() && b.Op != OpAdd && b.Op != OpSubtract && b.Op != OpMultiply && b.Op != OpDivide && b.Op != OpDivideStored {
		return n
	}
	l, r := s.metBy(b.L, b.R), s.metBy(b.R, b.L)
	if l == b.L && r == b.R {
		return n
	}
	copied := *b
	copied.L, copied.R = l, r
	return &copied
}

// metBy is the column behind a cast to what the other operand is without any cast.
func (s Scope) metBy(n, other Node) Node {
	c, ok := n.(*Cast)
	if !ok {
		return n
	}
	if _, both := other.(*Cast); both {
		return n
	}
	from, known := s.numberOf(c.X)
	if known && from.Class == Integer && c.Type.Class == Decimal && c.Type.Length == 0 && s.ClassOf(other) == Decimal {
		return c.X
	}
	return n
}
