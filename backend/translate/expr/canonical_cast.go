package expr

import (
	"regexp"
	"strings"
)

// Which casts and spellings of constants say nothing new.

// cast is the canonical form of a cast.
func (c *canonizer) cast(n *Cast) Node {
	x := c.node(n.X)
	t := n.Type
	switch {
	case isNull(x):
		return &Null{}
	case n.Const && (t.Class == Text || t.Class == Char) && t.Length == 0:
		return x
	}
	from := Type{Class: c.class(n.X)}
	if info, ok := c.column(n.X); ok {
		from = info.Type
	}
	if sameValues(from, t) {
		return x
	}
	t.Name = strings.ToLower(t.Name)
	if t.Class != Other && t.Class != ArrayOf && t.Class != Enum && t.Class != JSON && !strings.Contains(t.Name, "charset") {
		t.Name = ""
	}
	return &Cast{x, t, n.Const}
}

// sameValues tells that a cast between two types leaves every value as it is, and what can be done with it.
func sameValues(from, to Type) bool {
	switch {
	case from.Class != to.Class && !(from.Class == Enum && to.Class == Text):
		return false
	case to.Class == Text:
		return to.Length == 0 || from.Length > 0 && from.Length <= to.Length
	case to.Class == Integer:
		return from.Size > 0 && from.Size == to.Size && from.Unsigned == to.Unsigned
	case to.Class == Decimal, to.Class == Timestamp, to.Class == TimestampTZ, to.Class == Time:
		return to.Length == 0 || from.Length == to.Length && from.Scale == to.Scale
	case to.Class == Float:
		return from.Size > 0 && from.Size == to.Size
	}
	return to.Class == Boolean || to.Class == Date || to.Class == UUID
}

var (
	dateText      = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	timestampText = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(?: 00:00:00)?$|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$`)
	wholeNumber   = regexp.MustCompile(`^-?\d{1,15}$`)
)

// compared is a canonical operand of a comparison, without casts that only give it the type of the other side.
func (c *canonizer) compared(n, other Node) Node {
	switch n := n.(type) {
	case *Bool:
		return &Number{truthNumber(n.Value)}
	case *Number:
		return n
	case *Cast:
		if x := c.comparedCast(n, other); x != nil {
			return x
		}
	}
	return c.constant(n, c.class(other))
}

// comparedCast is what a cast next to a comparison operator can be left out of; nil if it matters.
func (c *canonizer) comparedCast(n *Cast, other Node) Node {
	switch x := n.X.(type) {
	case *Number:
		if n.Type.Length == 0 && (n.Type.Class == Decimal || n.Type.Class == Integer && isInteger(x.Text)) {
			return x
		}
	case *String:
		if n.Const {
			return typedText(x, n.Type, c.class(other))
		}
	default:
		from, to := c.class(n.X), n.Type.Class
		if n.Type.Length == 0 && from.numeric() && (to == Decimal && from != Float || to == Integer && from == Integer && n.Type.Size == 8) {
			return n.X // compared by value, whatever the type
		}
		if n.Type.Length == 0 && (from == Char && to == Char || from == Date && to == Timestamp) {
			return n.X
		}
	}
	return nil
}

// typedText is a constant that was read as a value of a type, as the text that is read as the same value where that type is
// wanted anyway; nil if the type matters.
func typedText(s *String, t Type, other Class) Node {
	switch t.Class {
	case Date:
		if dateText.MatchString(s.Value) {
			return s
		}
	case Timestamp:
		if m := timestampText.FindStringSubmatch(s.Value); m != nil && t.Length == 0 {
			if m[1] != "" {
				return &String{m[1]}
			}
			return s
		}
	case Enum, Other, UUID:
		return s
	case JSON:
		if other == JSON {
			return s
		}
	}
	return nil
}

// constant is a canonical constant where a type is wanted anyway: without a cast to it, and numbers in quotes as numbers.
func (c *canonizer) constant(n Node, wanted Class) Node {
	switch n := n.(type) {
	case *String:
		switch {
		case wanted == Integer && isInteger(strings.TrimSpace(n.Value)):
			return &Number{plainNumber(strings.TrimSpace(n.Value))}
		case (wanted == Decimal || wanted == Float) && isNumber(strings.TrimSpace(n.Value)):
			return &Number{plainNumber(strings.TrimPrefix(strings.TrimSpace(n.Value), "+"))}
		case wanted == Timestamp || wanted == TimestampTZ:
			if m := timestampText.FindStringSubmatch(n.Value); m != nil && m[1] != "" {
				return &String{m[1]}
			}
		}
	case *Number:
		if wanted == Boolean && (n.Text == "0" || n.Text == "1") {
			return &Bool{Value: n.Text == "1"}
		}
	case *Bool:
		if n.Numeric && wanted.numeric() {
			return &Number{truthNumber(n.Value)}
		}
		return &Bool{Value: n.Value}
	case *Cast:
		if number, ok := n.X.(*Number); ok && n.Type.Length == 0 && n.Type.Class == wanted &&
			(wanted == Decimal || wholeNumber.MatchString(number.Text) || wanted == Float && n.Type.Size != 4) {
			return number
		}
		if s, ok := n.X.(*String); ok && n.Const && (n.Type.Class == wanted || wanted == Enum) && n.Type.Length == 0 {
			if text := typedText(s, n.Type, wanted); text != nil {
				return text
			}
		}
	}
	return n
}

// text is the canonical form of an operand that is used as a text, without a cast of what gives the same text by itself.
func (c *canonizer) text(n Node) Node {
	if cast, ok := n.(*Cast); ok && cast.Type.Class == Text && cast.Type.Length == 0 {
		switch c.class(cast.X) {
		case Text, Enum, Integer, Decimal, UUID:
			return c.node(cast.X)
		}
	}
	return c.node(n)
}

// textArguments are the functions whose arguments are taken as texts, whatever they are.
var textArguments = map[string]bool{"concat": true, "concat_present": true, "concat_ws": true}

// floatArguments are the functions that take integers as floats.
var floatArguments = map[string]bool{
	"power": true, "sqrt": true, "exp": true, "ln": true, "log10": true, "sin": true, "cos": true, "tan": true, "asin": true, "acos": true, "atan": true,
	"atan2": true, "cot": true, "degrees": true, "radians": true,
}

// call is the canonical form of a call.
func (c *canonizer) call(n *Call) Node {
	out := &Call{n.Func, n.Native, make([]Node, len(n.Args))}
	wanted := Unknown
	switch n.Func {
	case "coalesce", "nullif", "greatest", "least", "greatest_present", "least_present":
		wanted = c.class(n)
	}
	if n.Func == "round" && len(n.Args) == 2 && isZero(n.Args[1]) && n.Native == "" {
		out.Args = out.Args[:1]
	}
	for i, arg := range n.Args[:len(out.Args)] {
		switch {
		case floatArguments[n.Func] && n.Native == "":
			out.Args[i] = c.node(arg)
			if x, class := c.widened(out.Args[i]); x != nil && class == Float && c.class(x) == Integer {
				out.Args[i] = x
			}
		case textArguments[n.Func] && n.Native == "":
			out.Args[i] = c.text(arg)
		case n.Native == "":
			out.Args[i] = c.constant(c.node(arg), wanted)
		default:
			out.Args[i] = c.node(arg)
		}
	}
	return out
}
