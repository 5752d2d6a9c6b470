package expr

import "strings"

// adapter rewrites a tree so that the dialect can say it as it is, and tells what then differs.
type adapter struct {
	d   Dialect
	opt PrintOptions
	*inference
	err error
}

func newAdapter(d Dialect, opt PrintOptions) *adapter {
	extract := Integer
	if opt.From == Postgres {
		extract = Decimal
	}
	return &adapter{d: d, opt: opt, inference: newInference(opt.Columns, extract)}
}

// top rewrites the whole expression.
func (a *adapter) top(n Node) Node {
	if a.opt.Result.Class == Boolean {
		x := a.condition(n)
		if c, ok := x.(*Call); a.d == MySQL && a.opt.Place == Check && !isPredicate(x) && (!ok || c.Func != "json_valid") {
			return &Binary{OpNotEqual, x, &Number{"0"}} // it only takes predicates
		}
		return x
	}
	return a.typed(a.value(n), n, a.opt.Result.Class)
}

// fail remembers the first thing that cannot be translated.
func (a *adapter) fail(kind Kind, name string) Node {
	if a.err == nil {
		a.err = &Untranslatable{a.d, kind, name}
	}
	return &Null{}
}

func (a *adapter) note(code Code, args ...string) {
	if a.opt.Note != nil {
		a.opt.Note(Note{code, args})
	}
}

// sql is a part of the expression as a note quotes it: in the terms of the dialect it came from, as far as that can be said.
func (a *adapter) sql(n Node) string {
	d := a.opt.From
	if d == "" {
		d = a.d
	}
	e := &emitter{d: d}
	e.node(n, levelOr)
	return e.b.String()
}

// from tells that the expression came from one of these dialects, or from one that is not known.
func (a *adapter) from(dialects ...Dialect) bool {
	for _, d := range dialects {
		if d == a.opt.From {
			return true
		}
	}
	return a.opt.From == ""
}

// condition rewrites an expression of which only the truth counts.
func (a *adapter) condition(n Node) Node {
	switch n := n.(type) {
	case *Logic:
		return &Logic{n.Op, a.conditions(n.Args)}
	case *Unary:
		if n.Op == OpNot {
			return &Unary{OpNot, a.condition(n.X)}
		}
	case *Call:
		if n.Func == "json_valid" && a.d == Postgres && len(n.Args) == 1 && a.class(n.Args[0]) == JSON && a.opt.Place == Check {
			return &Bool{Value: true} // the type sees to it
		}
	}
	return a.typed(a.value(n), n, Boolean)
}

func (a *adapter) conditions(nodes []Node) []Node {
	out := make([]Node, len(nodes))
	for i, n := range nodes {
		out[i] = a.condition(n)
	}
	return out
}

func (a *adapter) values(nodes []Node) []Node {
	out := make([]Node, len(nodes))
	for i, n := range nodes {
		out[i] = a.value(n)
	}
	return out
}

// value rewrites an expression of which the value counts.
func (a *adapter) value(n Node) Node {
	switch n := n.(type) {
	case *Logic:
		return a.condition(n)
	case *Unary:
		if n.Op == OpNot {
			return a.condition(n)
		}
		if n.Op == OpBitNot && a.d.mysqlish() != a.opt.From.mysqlish() {
			a.note(NoteBitOperation, string(n.Op))
		}
		return &Unary{n.Op, a.number(n.X)}
	case *Binary:
		return a.binary(n)
	case *Is:
		return a.is(n)
	case *In:
		return a.in(n)
	case *Between:
		x := a.value(n.X)
		lo, hi := a.beside(a.value(n.Lo), n.Lo, n.X), a.beside(a.value(n.Hi), n.Hi, n.X)
		return &Between{a.beside(x, n.X, n.Lo), lo, hi, n.Not}
	case *Match:
		return a.match(n)
	case *Case:
		return a.caseOf(n)
	case *Call:
		return a.call(n)
	case *Cast:
		return a.cast(n)
	case *Collate:
		return a.collate(n)
	case *Extract:
		return a.extracted(n)
	case *JSONPath:
		return a.json(n)
	case *Column:
		return &Column{Name: n.Name}
	case *Row:
		if a.d == SQLite && len(n.Items) < 2 {
			return a.fail(KindConstruct, "ROW of one value")
		}
	}
	return mapChildren(n, a.value)
}

func (a *adapter) is(n *Is) Node {
	switch n.What {
	case IsTrue, IsFalse, IsUnknown:
		return &Is{a.condition(n.X), n.What, n.Not}
	case IsJSON:
		if a.d == Postgres {
			break
		}
		valid := Node(&Call{Func: "json_valid", Args: []Node{a.value(n.X)}})
		if n.Not {
			return &Unary{OpNot, valid}
		}
		return valid
	}
	return &Is{a.value(n.X), n.What, n.Not}
}

func (a *adapter) in(n *In) Node {
	if a.d == SQLite && isRow(n.X) {
		return a.fail(KindConstruct, "IN of rows")
	}
	list := make([]Node, len(n.List))
	for i, item := range n.List {
		list[i] = a.beside(a.value(item), item, n.X)
	}
	return &In{a.beside(a.value(n.X), n.X, n.List[0]), list, n.Not}
}

func (a *adapter) caseOf(n *Case) Node {
	out := &Case{Whens: make([]When, len(n.Whens))}
	if n.Operand != nil {
		out.Operand = a.beside(a.value(n.Operand), n.Operand, n.Whens[0].Cond)
	}
	class := a.class(n)
	for i, w := range n.Whens {
		if n.Operand != nil {
			out.Whens[i].Cond = a.beside(a.value(w.Cond), w.Cond, n.Operand)
		} else {
			out.Whens[i].Cond = a.condition(w.Cond)
		}
		out.Whens[i].Then = a.typed(a.value(w.Then), w.Then, class)
	}
	if n.Else != nil {
		out.Else = a.typed(a.value(n.Else), n.Else, class)
	}
	return out
}

// collations are the names of the collation that compares bytes.
var collations = map[Dialect][]string{
	Postgres: {"C", "POSIX", "ucs_basic"}, SQLite: {"BINARY"}, MySQL: {"utf8mb4_bin", "binary"}, MariaDB: {"utf8mb4_bin", "utf8mb4_nopad_bin", "binary"},
}

func (a *adapter) collate(n *Collate) Node {
	x := a.value(n.X)
	if a.d.sharesNative(a.opt.From) {
		return &Collate{x, n.Name}
	}
	for _, names := range collations {
		for _, name := range names {
			if strings.EqualFold(name, n.Name) {
				return &Collate{x, collations[a.d][0]}
			}
		}
	}
	a.note(NoteCollation, n.Name)
	return x
}

func (a *adapter) json(n *JSONPath) Node {
	if n.Text && a.opt.From.mysqlish() != a.d.mysqlish() && a.opt.From != "" {
		a.note(NoteJSONText, a.sql(n))
	}
	return &JSONPath{a.value(n.X), n.Steps, n.Text}
}
