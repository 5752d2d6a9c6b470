package expr

import (
	"fmt"
	"strconv"
	"strings"
)

// Key is a text that is the same for trees that are the same, node by node, and for no others.
func Key(n Node) string {
	var b strings.Builder
	writeKey(&b, n)
	return b.String()
}

func writeKey(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *Null:
		b.WriteString("null")
		return
	case *Bool:
		fmt.Fprintf(b, "bool:%t", n.Value)
		return
	case *Number:
		b.WriteString(n.Text)
		return
	case *String:
		b.WriteString(strconv.Quote(n.Value))
		return
	case *Bytes:
		b.WriteString("x" + strconv.Quote(n.Value))
		return
	case *Bits:
		b.WriteString("b" + n.Digits)
		return
	case *Column:
		b.WriteByte('.')
		for _, q := range n.Qualifier {
			b.WriteString(strconv.Quote(q) + ".")
		}
		b.WriteString(strconv.Quote(n.Name))
		return
	}
	b.WriteByte('(')
	b.WriteString(keyHead(n))
	children(n, func(c Node) {
		b.WriteByte(' ')
		writeKey(b, c)
	})
	b.WriteByte(')')
}

// keyHead is what a node says beside its parts.
func keyHead(n Node) string {
	switch n := n.(type) {
	case *Unary:
		return string(n.Op)
	case *Binary:
		return string(n.Op)
	case *Logic:
		return string(n.Op)
	case *Is:
		return fmt.Sprintf("is %s %t", n.What, n.Not)
	case *In:
		return fmt.Sprintf("in %t", n.Not)
	case *Between:
		return fmt.Sprintf("between %t", n.Not)
	case *Match:
		return fmt.Sprintf("match %s %d %q %t", n.Kind, n.Fold, n.Escape, n.Not)
	case *Case:
		return fmt.Sprintf("case %t %d %t", n.Operand != nil, len(n.Whens), n.Else != nil)
	case *Call:
		return fmt.Sprintf("call %s %q", n.Native, n.Func)
	case *Cast:
		return fmt.Sprintf("cast %s %d %d %d %t %q %t", n.Type.Class, n.Type.Size, n.Type.Length, n.Type.Scale, n.Type.Unsigned, n.Type.Name, n.Const)
	case *Collate:
		return fmt.Sprintf("collate %q", n.Name)
	case *Extract:
		return "extract " + n.Field
	case *Interval:
		return "interval " + n.Unit
	case *JSONPath:
		return fmt.Sprintf("json %q %t", dollarPath(n.Steps), n.Text)
	}
	return fmt.Sprintf("%T", n)
}
