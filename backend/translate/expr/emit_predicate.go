package expr

import "strings"

func not(negated bool) string {
	if negated {
		return " NOT"
	}
	return ""
}

func (e *emitter) predicate(n Node) {
	switch n := n.(type) {
	case *Is:
		e.is(n)
	case *In:
		e.node(n.X, levelOther)
		e.write(not(n.Not), " IN (")
		e.list(n.List, ", ", levelOr)
		e.write(")")
	case *Between:
		e.node(n.X, levelOther)
		e.write(not(n.Not), " BETWEEN ")
		e.node(n.Lo, levelSum)
		e.write(" AND ")
		e.node(n.Hi, levelSum)
	case *Match:
		e.match(n)
	}
}

func (e *emitter) is(n *Is) {
	switch {
	case n.What == IsUnknown && e.d == SQLite:
		n = &Is{n.X, IsNull, n.Not}
	case n.What == IsJSON && e.d != Postgres:
		e.fail(KindConstruct, "IS JSON")
	}
	e.node(n.X, levelOther)
	e.write(" IS", not(n.Not), " ", string(n.What))
}

func (e *emitter) match(n *Match) {
	if n.Kind == Regex && e.d == MySQL && n.Fold != ByCollation {
		if n.Not {
			e.write("NOT ")
		}
		e.write("regexp_like(")
		e.list([]Node{n.X, n.Pattern}, ", ", levelOr)
		e.write(map[Fold]string{Sensitive: ", 'c')", FoldASCII: ", 'i')", FoldAll: ", 'i')"}[n.Fold])
		return
	}
	e.node(n.X, levelOther)
	e.write(e.matchOperator(n))
	e.node(n.Pattern, levelSum)
	if n.Kind != Like && n.Kind != Similar {
		return
	}
	standard := `\`
	if e.d == SQLite {
		standard = ""
	}
	if pattern, ok := constantText(n.Pattern); ok && n.Escape == "" && !strings.Contains(pattern, `\`) {
		return
	}
	if n.Escape != standard {
		e.write(" ESCAPE ")
		e.literal(&String{n.Escape})
	}
}

// matchOperator is the operator of a match, with spaces around it.
func (e *emitter) matchOperator(n *Match) string {
	switch {
	case n.Kind == Regex && e.d == Postgres:
		op := "~"
		if n.Not {
			op = "!~"
		}
		if n.Fold != Sensitive {
			op += "*"
		}
		return " " + op + " "
	case n.Kind == Like && n.Fold == FoldAll && e.d == Postgres:
		return not(n.Not) + " ILIKE "
	case n.Kind == Similar && e.d != Postgres, n.Kind == Glob && e.d != SQLite:
		e.fail(KindOperator, string(n.Kind))
	}
	return not(n.Not) + " " + string(n.Kind) + " "
}
