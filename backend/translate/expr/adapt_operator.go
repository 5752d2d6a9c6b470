package expr

import (
	"strconv"
	"strings"
)

func numberOf(i int) *Number { return &Number{strconv.Itoa(i)} }

// simple tells that an expression can be written twice without doing twice what it does, or growing much.
func simple(n Node) bool {
	switch n := n.(type) {
	case *Column, *Null, *Bool, *Number, *String:
		return true
	case *Cast:
		return simple(n.X)
	}
	return false
}

// binary rewrites an operator with two operands.
func (a *adapter) binary(n *Binary) Node {
	switch {
	case n.Op.isComparison():
		return &Binary{n.Op, a.beside(a.value(n.L), n.L, n.R), a.beside(a.value(n.R), n.R, n.L)}
	case n.Op == OpXor && !a.d.mysqlish():
		return &Binary{OpNotEqual, a.truth(n.L), a.truth(n.R)}
	case n.Op == OpXor:
		return &Binary{OpXor, a.condition(n.L), a.condition(n.R)}
	}
	switch n.Op {
	case OpAdd, OpSubtract:
		if date := a.dateArithmetic(n); date != nil {
			return date
		}
	case OpDivide, OpDivideExactly, OpDivideStored, OpDivideInteger:
		return a.divide(n)
	case OpModulo:
		return a.modulo(n)
	case OpBitOr, OpBitXor, OpShiftLeft, OpShiftRight:
		if a.opt.From != "" && a.d.mysqlish() != a.opt.From.mysqlish() {
			a.note(NoteBitOperation, string(n.Op))
		}
		if n.Op == OpBitXor && a.d == SQLite {
			if !simple(n.L) || !simple(n.R) {
				return a.fail(KindOperator, "XOR of bits")
			}
			l, r := a.number(n.L), a.number(n.R)
			return &Binary{OpSubtract, &Binary{OpBitOr, l, r}, &Binary{OpBitAnd, l, r}}
		}
	}
	if operatorName(a.d, n.Op) == "" || a.d != Postgres && !knownOperator(n.Op) {
		return a.fail(KindOperator, string(n.Op))
	}
	return &Binary{n.Op, a.number(n.L), a.number(n.R)}
}

// knownOperator tells that the operator is of this package's list.
func knownOperator(op Op) bool {
	for _, known := range plainOperators {
		if op == known {
			return true
		}
	}
	return op == OpBitXor
}

// nonzero tells that an expression is a constant other than 0.
func nonzero(n Node) bool {
	switch n := n.(type) {
	case *Number:
		return strings.Trim(n.Text, "-0.") != "" && !strings.HasPrefix(n.Text, "0x")
	case *Cast:
		return nonzero(n.X)
	}
	return false
}

// divisor is the right side of a division. PostgreSQL fails where the others give NULL.
func (a *adapter) divisor(whole Node, n Node) Node {
	x := a.number(n)
	switch {
	case nonzero(n):
	case a.d == Postgres && a.opt.From != "":
		return &Call{Func: "nullif", Args: []Node{x, &Number{"0"}}}
	case a.opt.From == Postgres:
		a.note(NoteDivisionByZero, a.sql(whole))
	}
	return x
}

// divide rewrites the divisions, of which there are four.
func (a *adapter) divide(n *Binary) Node {
	l, r := a.class(n.L), a.class(n.R)
	both := promote(l, r)
	left, right := a.number(n.L), a.divisor(n, n.R)
	if (n.Op == OpDivide || n.Op == OpDivideStored) && both == Unknown && a.d != a.opt.From {
		a.note(NoteDivisionType, a.sql(n))
	}
	if n.Op == OpDivideStored && both == Decimal {
		a.note(NoteDivisionType, a.sql(n)) // the value decides there, whatever the type
	}
	exact := n.Op == OpDivideExactly || n.Op != OpDivideInteger && (both == Decimal || both == Float)
	if exact && both != Float {
		a.note(NoteDivisionScale, a.sql(n))
	}
	switch {
	case n.Op == OpDivideInteger || !exact && both == Integer:
		return a.divideInteger(left, right, both)
	case a.d.mysqlish():
		return &Binary{OpDivideExactly, left, right}
	case a.d == SQLite:
		if exact && l != Float && r != Float {
			left = &Binary{OpMultiply, left, &Number{"1.0"}}
		}
		return &Binary{OpDivideStored, left, right}
	case exact && (both == Integer || both == Unknown):
		left = &Cast{X: left, Type: Type{Class: Decimal}}
	}
	return &Binary{OpDivide, left, right}
}

// divideInteger is a division that cuts off.
func (a *adapter) divideInteger(left, right Node, both Class) Node {
	switch {
	case a.d.mysqlish():
		return &Binary{OpDivideInteger, left, right}
	case both == Integer && a.d == SQLite:
		return &Binary{OpDivideStored, left, right}
	case both == Integer:
		return &Binary{OpDivide, left, right}
	case a.d == SQLite:
		return &Cast{X: &Binary{OpDivideStored, left, right}, Type: Type{Class: Integer}}
	}
	quotient := &Binary{OpDivide, left, right}
	return &Cast{X: &Call{Func: "truncate", Args: []Node{quotient, &Number{"0"}}}, Type: Type{Class: Integer, Size: 8}}
}

func (a *adapter) modulo(n *Binary) Node {
	if a.d == SQLite || a.opt.From == SQLite {
		if promote(a.class(n.L), a.class(n.R)) != Integer {
			a.note(NoteModuloType, a.sql(n))
		}
	}
	return &Binary{OpModulo, a.number(n.L), a.divisor(n, n.R)}
}
