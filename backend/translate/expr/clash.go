package expr

import "strings"

// Clash finds what a server that is strict about types refuses: two values side by side that are of different kinds, such as a
// time and a number. SQLite, where a column holds what it is given, lets expressions mix them; MySQL and MariaDB convert
// most. It is the first clash as text, "" if there is none as far as types are known. n is in the words of the server that
// will have it.
func (s Scope) Clash(d Dialect, n Node) string {
	c := &clash{d: d, inference: newInference(s.Columns, Unknown)}
	walk(n, func(n Node) bool {
		c.visit(n)
		return c.found == ""
	})
	if c.found == "" && d == Postgres && s.Result.Class != Unknown && kindOf(s.Result.Class) != "text" {
		c.beside(n, s.Result.Class)
	}
	return c.found
}

// ClassOf is the class of an expression's values, [Unknown] if that cannot be told.
func (s Scope) ClassOf(n Node) Class { return newInference(s.Columns, Unknown).class(n) }

type clash struct {
	*inference
	d     Dialect
	found string
}

// kindOf are the classes that compare with each other.
func kindOf(c Class) string {
	switch c {
	case Integer, Decimal, Float:
		return "number"
	case Text, Char, Enum:
		return "text"
	case Date, Timestamp, TimestampTZ:
		return "time"
	case Unknown, Other:
		return ""
	}
	return string(c)
}

func (c *clash) visit(n Node) {
	switch n := n.(type) {
	case *Binary:
		if n.Op.isComparison() {
			c.alike(n.L, n.R)
		}
	case *Between:
		c.alike(n.X, n.Lo, n.Hi)
	case *In:
		c.alike(append([]Node{n.X}, n.List...)...)
	case *Case:
		var results []Node
		for _, w := range n.Whens {
			results = append(results, w.Then)
		}
		if n.Else != nil {
			results = append(results, n.Else)
		}
		c.alike(results...)
	case *JSONPath:
		c.beside(n.X, JSON)
	case *Call:
		switch n.Func {
		case "coalesce", "greatest", "least", "greatest_present", "least_present", "nullif":
			c.alike(n.Args...)
		case "json_array_length":
			c.beside(n.Args[0], JSON)
		case "abs", "round", "truncate", "ceil", "floor", "sign", "sqrt", "power", "exp", "ln":
			if len(n.Args) > 0 {
				c.beside(n.Args[0], Decimal)
			}
		}
	}
}

// alike wants all operands to be of one kind.
func (c *clash) alike(nodes ...Node) {
	first := Unknown
	for _, n := range nodes {
		if c.open(n) {
			continue
		}
		if first == Unknown {
			first = c.class(n)
			continue
		}
		c.beside(n, first)
	}
	for _, n := range nodes {
		s, ok := n.(*String)
		if !ok {
			continue
		}
		switch kind := kindOf(first); {
		case kind == "time" && c.d != Postgres && (s.Value == "" || s.Value[0] < '0' || s.Value[0] > '9'): // there it becomes a time or fails
			c.found = "a time beside the text " + s.Value
		case kind == "number" && c.d != SQLite && !isNumber(strings.TrimSpace(s.Value)): // MySQL and MariaDB take it for 0
			c.found = "a number beside the text " + s.Value
		}
	}
}

// open tells that a value is whatever it stands beside.
func (c *clash) open(n Node) bool {
	switch n.(type) {
	case *Null, *String:
		return true
	}
	return kindOf(c.class(n)) == ""
}

func (c *clash) beside(n Node, other Class) {
	if c.open(n) || c.found != "" {
		return
	}
	mine, its := kindOf(c.class(n)), kindOf(other)
	if its == "" || mine == its || c.d == SQLite {
		return
	}
	if c.d.mysqlish() && mine != "time" && its != "time" {
		return // which are converted
	}
	c.found = mine + " beside " + its
}
