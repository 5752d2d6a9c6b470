package expr

// Scope is what is known about the place where an expression stands.
type Scope struct {
	// Columns are the columns that the expression can name, with the types that they have in the dialect at hand: when
	// printing, in the one that is printed for.
	Columns map[string]ColumnInfo
	// Result is the type that the place wants: Boolean of a CHECK and of an index predicate, the column's of a default and of
	// a generated column. Unknown is fine.
	Result Type
}

// Place is the sort of place an expression stands in.
type Place string

// The places. Only [Default] makes a difference to what is printed: MySQL, MariaDB and SQLite want parentheses around a
// default that is more than a literal or the current time.
const (
	Anywhere  Place = ""
	Default   Place = "default"
	Check     Place = "check"
	Generated Place = "generated"
	Index     Place = "index"
	Predicate Place = "predicate"
)

// PrintOptions tell [Print] what it needs to know beyond the tree.
type PrintOptions struct {
	Scope
	Place Place
	// From is the dialect that the expression was read from. It is only asked where two dialects write one thing and mean two,
	// such as by a division by zero. Unknown is fine.
	From Dialect
	// Note is called with everything that comes out differently in some cases. It may be nil.
	Note func(Note)
}

// Print writes an expression as the dialect's server accepts it, whatever dialect it was read from. What the dialect cannot
// say is an [*Untranslatable].
func Print(d Dialect, n Node, opt PrintOptions) (string, error) {
	if _, ok := powers[d]; !ok {
		return "", &Untranslatable{d, KindConstruct, "any expression"}
	}
	if opt.From != d {
		a := newAdapter(d, opt)
		if n = a.top(n); a.err != nil {
			return "", a.err
		}
	}
	e := &emitter{d: d}
	if opt.Place == Default && !plainDefault(d, n, opt.Result) {
		e.b.WriteByte('(')
		e.node(n, levelOr)
		e.b.WriteByte(')')
	} else {
		e.node(n, levelOr)
	}
	if e.err != nil {
		return "", e.err
	}
	return e.b.String(), nil
}

// plainDefault tells that a default needs no parentheses.
func plainDefault(d Dialect, n Node, column Type) bool {
	if d == Postgres {
		return true
	}
	if d == MySQL && column.Length == 0 && (column.Class == Text || column.Class == Bytea || column.Class == JSON) {
		return isNull(n) // TEXT, BLOB and JSON take only expressions
	}
	switch n := n.(type) {
	case *Null, *Bool, *Number, *String, *Bytes, *Bits:
		return true
	case *Cast:
		return d.mysqlish() && n.Const && literalWord(n.Type.Class) != ""
	case *Call:
		if d == SQLite {
			return n.Func == "now" || n.Func == "current_date" || n.Func == "current_time" || n.Func == "utc_now"
		}
		return n.Func == "now" && (column.Class == Unknown || column.Class == Timestamp || column.Class == TimestampTZ)
	}
	return false
}
