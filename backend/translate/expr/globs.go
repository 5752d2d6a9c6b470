package expr

import "strings"

// LikeGlobs writes SQLite's GLOB as LIKE where they differ in nothing but the case of letters: that is how people write in SQLite
// what cares for case elsewhere.
func LikeGlobs(n Node) Node {
	n = mapChildren(n, LikeGlobs)
	m, ok := n.(*Match)
	if !ok || m.Kind != Glob {
		return n
	}
	text, constant := constantText(m.Pattern)
	if !constant || strings.ContainsAny(text, `[%_\`) {
		return n
	}
	like := *m
	like.Kind, like.Fold, like.Pattern = Like, FoldASCII, &String{strings.NewReplacer("*", "%", "?", "_").Replace(text)}
	return &like
}

// Promise is what a condition says of a single column and a type could say as well.
type Promise struct {
	Column string
	// Values are those that are allowed, as texts; nil when it is JSON that is asked for.
	Values []string
}

// PromiseOf is the promise that a condition makes, if it is no more than that: c IN (…), or c is JSON.
func PromiseOf(n Node) (p Promise, ok bool) {
	switch n := n.(type) {
	case *In:
		if n.Not {
			return p, false
		}
		for _, item := range n.List {
			text, ok := constantValue(item)
			if !ok {
				return p, false
			}
			p.Values = append(p.Values, text)
		}
		p.Column, ok = columnName(n.X)
		return p, ok && len(p.Values) > 0
	case *Call:
		if n.Func == "json_valid" && len(n.Args) == 1 {
			p.Column, ok = columnName(n.Args[0])
			return p, ok
		}
	case *Is:
		if n.What == IsJSON && !n.Not {
			p.Column, ok = columnName(n.X)
			return p, ok
		}
	}
	return p, false
}

func constantValue(n Node) (text string, ok bool) {
	switch n := n.(type) {
	case *Number:
		return n.Text, true
	case *Bool:
		return map[bool]string{true: "1", false: "0"}[n.Value], true
	}
	return constantText(n)
}

// columnName is the column that a node is, casts put aside.
func columnName(n Node) (string, bool) {
	switch n := n.(type) {
	case *Column:
		return n.Name, true
	case *Cast:
		return columnName(n.X)
	}
	return "", false
}
