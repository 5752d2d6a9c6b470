package expr

import "math/big"

// Sums works out sums, differences and products of whole numbers, as MySQL does when it stores an expression: 24 * 60 is 1440.
func Sums(n Node) Node {
	n = mapChildren(n, Sums)
	b, ok := n.(*Binary)
	if !ok {
		return n
	}
	l, r := whole(b.L), whole(b.R)
	if l == nil || r == nil {
		return n
	}
	result := new(big.Int)
	switch b.Op {
	case OpAdd:
		result.Add(l, r)
	case OpSubtract:
		result.Sub(l, r)
	case OpMultiply:
		result.Mul(l, r)
	default:
		return n
	}
	if !result.IsInt64() { // beyond, servers differ in what comes out
		return n
	}
	return &Number{Text: result.String()}
}

// whole is the value of a literal without a fraction, nil of anything else.
func whole(n Node) *big.Int {
	x, ok := n.(*Number)
	if !ok {
		return nil
	}
	v, ok := new(big.Int).SetString(x.Text, 10)
	if !ok {
		return nil
	}
	return v
}
