package expr

import (
	"slices"
	"strings"
)

// children calls f with the parts of n in their order.
func children(n Node, f func(Node)) {
	each := func(nodes []Node) {
		for _, c := range nodes {
			f(c)
		}
	}
	switch n := n.(type) {
	case *Unary:
		f(n.X)
	case *Binary:
		f(n.L)
		f(n.R)
	case *Logic:
		each(n.Args)
	case *Is:
		f(n.X)
	case *In:
		f(n.X)
		each(n.List)
	case *Between:
		f(n.X)
		f(n.Lo)
		f(n.Hi)
	case *Match:
		f(n.X)
		f(n.Pattern)
	case *Case:
		if n.Operand != nil {
			f(n.Operand)
		}
		for _, w := range n.Whens {
			f(w.Cond)
			f(w.Then)
		}
		if n.Else != nil {
			f(n.Else)
		}
	case *Call:
		each(n.Args)
	case *Cast:
		f(n.X)
	case *Collate:
		f(n.X)
	case *Extract:
		f(n.X)
	case *Interval:
		f(n.Amount)
	case *JSONPath:
		f(n.X)
	case *Row:
		each(n.Items)
	case *Array:
		each(n.Items)
	case *Subscript:
		f(n.X)
		f(n.Index)
	}
}

// walk visits n and all its parts, as long as f says to go on.
func walk(n Node, f func(Node) bool) {
	if f(n) {
		children(n, func(c Node) { walk(c, f) })
	}
}

// mapChildren is n with every part replaced by what f makes of it. n itself stays as it is.
func mapChildren(n Node, f func(Node) Node) Node {
	each := func(nodes []Node) []Node {
		if nodes == nil {
			return nil
		}
		mapped := make([]Node, len(nodes))
		for i, c := range nodes {
			mapped[i] = f(c)
		}
		return mapped
	}
	optional := func(n Node) Node {
		if n == nil {
			return nil
		}
		return f(n)
	}
	switch n := n.(type) {
	case *Unary:
		return &Unary{n.Op, f(n.X)}
	case *Binary:
		return &Binary{n.Op, f(n.L), f(n.R)}
	case *Logic:
		return &Logic{n.Op, each(n.Args)}
	case *Is:
		return &Is{f(n.X), n.What, n.Not}
	case *In:
		return &In{f(n.X), each(n.List), n.Not}
	case *Between:
		return &Between{f(n.X), f(n.Lo), f(n.Hi), n.Not}
	case *Match:
		m := *n
		m.X, m.Pattern = f(n.X), f(n.Pattern)
		return &m
	case *Case:
		c := &Case{Operand: optional(n.Operand), Whens: make([]When, len(n.Whens))}
		for i, w := range n.Whens {
			c.Whens[i] = When{f(w.Cond), f(w.Then)}
		}
		c.Else = optional(n.Else)
		return c
	case *Call:
		return &Call{n.Func, n.Native, each(n.Args)}
	case *Cast:
		return &Cast{f(n.X), n.Type, n.Const}
	case *Collate:
		return &Collate{f(n.X), n.Name}
	case *Extract:
		return &Extract{n.Field, f(n.X)}
	case *Interval:
		return &Interval{f(n.Amount), n.Unit}
	case *JSONPath:
		return &JSONPath{f(n.X), n.Steps, n.Text}
	case *Row:
		return &Row{each(n.Items)}
	case *Array:
		return &Array{each(n.Items)}
	case *Subscript:
		return &Subscript{f(n.X), f(n.Index)}
	}
	return n
}

// Columns are the names of the columns that an expression uses, each once, in the order of their first use.
func Columns(n Node) []string {
	var names []string
	seen := map[string]bool{}
	walk(n, func(n Node) bool {
		if c, ok := n.(*Column); ok && !seen[c.Name] {
			seen[c.Name] = true
			names = append(names, c.Name)
		}
		return true
	})
	return names
}

// Rename is the expression with columns under other names. Names are found as they are spelled, or else without regard to
// case if only one entry matches so. Qualifiers are left out.
func Rename(n Node, names map[string]string) Node {
	if c, ok := n.(*Column); ok {
		if to, ok := lookup(names, c.Name); ok {
			return &Column{Name: to}
		}
		return n
	}
	return mapChildren(n, func(c Node) Node { return Rename(c, names) })
}

// lookup finds a name as it is spelled, or else the only one that it matches without regard to case.
func lookup[V any](m map[string]V, name string) (V, bool) {
	if v, ok := m[name]; ok {
		return v, true
	}
	key, ok := matchName(m, name)
	return m[key], ok
}

// matchName is the only name that matches without regard to case.
func matchName[V any](m map[string]V, name string) (string, bool) {
	if _, ok := m[name]; ok {
		return name, true
	}
	var found []string
	for k := range m {
		if strings.EqualFold(k, name) {
			found = append(found, k)
		}
	}
	slices.Sort(found)
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}
