package expr

import (
	"strings"
	"unicode/utf8"
)

// Where a dialect wants a type that the expression did not need where it came from.

// typed is x, which was made of n, where a class of values is wanted.
func (a *adapter) typed(x, n Node, wanted Class) Node {
	switch x := x.(type) {
	case *Null:
		return x
	case *Bool:
		if wanted.numeric() && (a.d == Postgres || x.Numeric) {
			return &Number{truthNumber(x.Value)}
		}
		return x
	case *Number:
		if wanted == Boolean && isInteger(x.Text) {
			return &Bool{Value: strings.Trim(x.Text, "-0") != ""}
		}
		return x
	case *Bits:
		if wanted == Boolean {
			return &Bool{Value: strings.Contains(x.Digits, "1")}
		}
		return x
	case *Bytes:
		if wanted.textual() || wanted == Char {
			if utf8.ValidString(x.Value) {
				return &String{x.Value}
			}
		}
		return x
	case *String:
		return a.typedString(x, wanted)
	}
	if a.d != Postgres {
		return x
	}
	class := a.class(n)
	switch {
	case wanted == Boolean && class.numeric():
		return &Binary{OpNotEqual, x, &Number{"0"}}
	case wanted.numeric() && class == Boolean:
		return &Cast{X: x, Type: Type{Class: Integer, Size: 4}}
	}
	return x
}

func truthNumber(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// typedString is a constant where a class of values is wanted.
func (a *adapter) typedString(s *String, wanted Class) Node {
	text := strings.TrimSpace(s.Value)
	switch {
	case wanted.numeric() && isNumber(text) && (wanted != Integer || isInteger(text)):
		return &Number{text}
	case wanted == Boolean && (text == "0" || text == "1"):
		return &Bool{Value: text == "1"}
	case wanted == Boolean && a.d != Postgres:
		if b, ok := castConstant(text, Type{Class: Boolean}).(*Bool); ok {
			return b
		}
	case wanted == Bytea:
		return &Bytes{s.Value}
	case wanted.temporal() && strings.HasPrefix(text, "0000-00-00") && a.d == Postgres:
		return a.fail(KindConstruct, "the date 0000-00-00")
	}
	return s
}

// beside is x, which was made of n, next to a comparison operator with other on its other side.
func (a *adapter) beside(x, n, other Node) Node {
	class, wanted := a.class(n), a.class(other)
	switch x := x.(type) {
	case *String:
		if wanted == Boolean || wanted.numeric() {
			return a.typed(x, n, wanted)
		}
		return x
	case *Number:
		if wanted == Boolean && a.d == Postgres && (x.Text == "0" || x.Text == "1") {
			return a.typed(x, n, wanted)
		}
		return x
	case *Bool, *Bits:
		if wanted == Boolean && a.d == Postgres || wanted.numeric() {
			return a.typed(x, n, wanted)
		}
		return x
	}
	if path, ok := x.(*JSONPath); ok && !path.Text && (wanted.numeric() || wanted.textual()) {
		x, class = &JSONPath{path.X, path.Steps, true}, Text // compared as the value it holds
		if a.d.mysqlish() {
			return path
		}
	}
	if a.d != Postgres {
		return x
	}
	switch {
	case wanted.numeric() && (class == Text || class == Char):
		a.note(NoteTextToNumber, a.sql(n))
		return &Cast{X: x, Type: Type{Class: Decimal}}
	case (wanted == Text || wanted == Char) && (class.numeric() || class == UUID || class == JSON) && !isString(other):
		return &Cast{X: x, Type: Type{Class: Text}}
	case wanted.numeric() && class == Boolean:
		if number, ok := other.(*Number); ok && (number.Text == "0" || number.Text == "1") {
			return x // the number becomes TRUE or FALSE
		}
		return a.typed(x, n, Integer)
	}
	return x
}

// number rewrites an operand of arithmetic.
func (a *adapter) number(n Node) Node {
	x := a.value(n)
	switch class := a.class(n); {
	case class == Boolean:
		return a.typed(x, n, Integer)
	case isString(x):
		return a.typed(x, n, Decimal)
	case (class == Text || class == Char) && a.d == Postgres:
		a.note(NoteTextToNumber, a.sql(n))
		return &Cast{X: x, Type: Type{Class: Decimal}}
	}
	return x
}

// text rewrites an operand that is used as a text.
func (a *adapter) text(n Node) Node {
	x := a.value(n)
	switch x := x.(type) {
	case *Number:
		return &String{x.Text}
	case *String, *Null:
		return x
	}
	if a.d != Postgres {
		return x
	}
	switch a.class(n) {
	case Unknown, Text, Char, Other:
		return x
	}
	if c, ok := x.(*Cast); ok && c.Type.Class == Text {
		return x
	}
	return &Cast{X: x, Type: Type{Class: Text}}
}

// cast rewrites a conversion.
func (a *adapter) cast(n *Cast) Node {
	if s, ok := n.X.(*String); ok && n.Const && a.d != Postgres {
		return a.constantCast(s, n)
	}
	if field := a.dateField(n); field != nil {
		return a.extracted(field)
	}
	t, from := n.Type, a.class(n.X)
	if a.d != Postgres && (isNull(n.X) || t.Class == Text && t.Length == 0 && from.textual()) {
		return a.value(n.X)
	}
	t.Name = ""
	if n.Type.Class == JSON {
		t.Name = n.Type.Name
	}
	if _, isNumber := n.X.(*Number); isNumber && t.Length == 0 && a.d != Postgres && (t.Class == Decimal || t.Class == Integer && from == Integer) {
		return n.X
	}
	switch t.Class {
	case Boolean:
		if a.d == Postgres {
			break
		}
		if from != Boolean && !from.numeric() {
			return a.fail(KindConstruct, "a cast to boolean")
		}
		return a.truth(n.X)
	case Integer:
		return a.toInteger(n, t, from)
	case Text, Char, Enum:
		return a.toText(n, t, from)
	case Other, ArrayOf, Unknown, BitString, Duration:
		if a.opt.From != "" || a.d != Postgres {
			return a.fail(KindType, n.Type.Name)
		}
		t = n.Type
	}
	return &Cast{X: a.value(n.X), Type: t, Const: n.Const}
}

// constantCast is PostgreSQL's typed constant, or MySQL's literal of a date, for another dialect.
func (a *adapter) constantCast(s *String, n *Cast) Node {
	switch n.Type.Class {
	case Text, Char, Enum, UUID, Other:
		if n.Type.Length == 0 || utf8.RuneCountInString(s.Value) <= n.Type.Length {
			return s
		}
	case JSON, TimestampTZ, ArrayOf:
		return s
	case Date, Timestamp, Time:
		if strings.Trim(s.Value, "0123456789-:. T") != "" {
			return a.fail(KindConstruct, "the time '"+s.Value+"'")
		}
		if a.d == SQLite || a.opt.Place == Default {
			return s
		}
		return n
	}
	if castName(a.d, n.Type) == "" {
		return a.fail(KindType, n.Type.Name)
	}
	return &Cast{X: s, Type: n.Type}
}

// truth is whether a number is not 0, or a condition itself, as 0, 1 or NULL.
func (a *adapter) truth(n Node) Node {
	x := a.condition(n)
	if a.d == Postgres || a.class(n) == Boolean {
		return x
	}
	return &Binary{OpNotEqual, x, &Number{"0"}}
}

func (a *adapter) toInteger(n *Cast, t Type, from Class) Node {
	x := a.value(n.X)
	switch {
	case from == Boolean && a.d != Postgres:
		return x
	case from == Decimal || from == Float:
		if a.d == SQLite && a.opt.From != SQLite { // which cuts off
			x = &Call{Func: "round", Args: []Node{x}}
		} else if a.d != SQLite && a.opt.From == SQLite {
			x = &Call{Func: "truncate", Args: []Node{x, &Number{"0"}}}
		}
	case from == Text || from == Char:
		a.note(NoteCast, string(from), string(t.Class))
	}
	if a.d == Postgres && t.Size == 0 {
		t.Size = 8
	}
	return &Cast{X: x, Type: t}
}

func (a *adapter) toText(n *Cast, t Type, from Class) Node {
	x := a.value(n.X)
	if t.Class == Enum {
		t = Type{Class: Text}
	}
	switch {
	case from == Boolean && a.opt.From == Postgres && a.d != Postgres:
		if !simple(n.X) {
			return a.fail(KindConstruct, "a cast of a boolean to text")
		}
		return &Case{Whens: []When{{a.condition(n.X), &String{"true"}}, {&Unary{OpNot, a.condition(n.X)}, &String{"false"}}}}
	case from == Boolean && a.d == Postgres && a.opt.From != Postgres:
		x = &Cast{X: x, Type: Type{Class: Integer, Size: 4}}
	case (from == Decimal || from == Float) && (a.d == SQLite || a.opt.From == SQLite) || from == Float:
		a.note(NoteCast, string(from), string(t.Class))
	}
	if a.d == SQLite && t.Length > 0 {
		return &Call{Func: "substring", Args: []Node{&Cast{X: x, Type: t}, &Number{"1"}, numberOf(t.Length)}}
	}
	if t.Class == Char && t.Length == 0 && a.d == Postgres && a.opt.From != Postgres {
		t.Class = Text
	}
	return &Cast{X: x, Type: t}
}
