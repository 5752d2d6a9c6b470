package expr

import (
	"strings"
	"unicode/utf8"
)

// textParameters are how many of a function's first arguments are texts.
var textParameters = map[string]int{
	"lower": 1, "upper": 1, "trim": 2, "ltrim": 2, "rtrim": 2, "replace": 3, "left": 1, "right": 1, "substring": 1, "char_length": 1, "position": 2,
	"reverse": 1, "repeat": 1, "md5": 1, "ascii": 1,
}

// rewrites are the functions that a dialect may have to say in another way, or of which something has to be noted.
var rewrites map[string]func(*adapter, *Call) Node

func init() {
	rewrites = map[string]func(*adapter, *Call) Node{
		"concat": (*adapter).concat, "concat_present": (*adapter).concatPresent, "concat_ws": (*adapter).concatSeparated,
		"greatest": (*adapter).extreme, "least": (*adapter).extreme, "greatest_present": (*adapter).extreme, "least_present": (*adapter).extreme,
		"coalesce": (*adapter).common, "nullif": (*adapter).nullif,
		"now": (*adapter).clock, "local_now": (*adapter).clock, "utc_now": (*adapter).clock, "current_date": (*adapter).clock, "current_time": (*adapter).clock,
		"random_uuid": (*adapter).uuid, "time_uuid": (*adapter).uuid,
		"lower": (*adapter).letterCase, "upper": (*adapter).letterCase,
		"left": (*adapter).side, "right": (*adapter).side, "substring": (*adapter).substring,
		"trim": (*adapter).trim, "ltrim": (*adapter).trim, "rtrim": (*adapter).trim,
		"octet_length": (*adapter).octetLength, "round": (*adapter).round, "json_valid": (*adapter).jsonValid,
		"num_nulls": (*adapter).countNulls, "num_nonnulls": (*adapter).countNulls,
		"days_between": func(a *adapter, n *Call) Node { return a.daysBetween(n.Args[0], n.Args[1]) },
	}
}

// call rewrites a function call.
func (a *adapter) call(n *Call) Node {
	if n.Native != "" {
		return a.nativeCall(n)
	}
	if f := rewrites[n.Func]; f != nil {
		return f(a, n)
	}
	return a.plain(n)
}

// plain is a call whose arguments need nothing but themselves.
func (a *adapter) plain(n *Call) Node {
	out := &Call{Func: n.Func, Args: make([]Node, len(n.Args))}
	for i, arg := range n.Args {
		if i < textParameters[n.Func] {
			out.Args[i] = a.text(arg)
		} else {
			out.Args[i] = a.value(arg)
		}
	}
	return out
}

// nativeCall is a call of what only one dialect is known to have.
func (a *adapter) nativeCall(n *Call) Node {
	if a.d.sharesNative(n.Native) {
		if n.Native != a.d && onlyOne[lowerASCII(n.Func)] {
			return a.fail(KindFunction, n.Func)
		}
		return mapChildren(n, a.value)
	}
	one := func() Node { return a.value(n.Args[0]) }
	switch {
	case n.Native == SQLite:
		if sum := a.shifted(n); sum != nil {
			return sum
		}
	case len(n.Args) != 1:
	case n.Native.mysqlish() && n.Func == "dayofweek":
		return &Binary{OpAdd, a.extracted(&Extract{"dow", n.Args[0]}), &Number{"1"}}
	case n.Native.mysqlish() && n.Func == "weekday":
		return &Binary{OpSubtract, a.extracted(&Extract{"isodow", n.Args[0]}), &Number{"1"}}
	case n.Native.mysqlish() && n.Func == "space" && a.d == Postgres:
		return &Call{Func: "repeat", Args: []Node{&String{" "}, one()}}
	}
	return a.fail(KindFunction, n.Func)
}

// onlyOne are functions that MySQL or MariaDB has without the other.
var onlyOne = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(`uuid_to_bin bin_to_uuid is_uuid regexp_like json_storage_size json_storage_free statement_digest
		nextval lastval setval json_exists json_query json_compact json_detailed json_loose json_normalize natural_sort_key sformat chr add_months to_char
		uuid_v4 uuid_v7 uuid_v1 column_get column_create trim_oracle kdf`) {
		set[name] = true
	}
	return set
}()

func (a *adapter) concat(n *Call) Node {
	if len(n.Args) == 0 {
		return &String{""}
	}
	args := make([]Node, len(n.Args))
	text := false
	for i, arg := range n.Args {
		args[i] = a.text(arg)
		class := a.class(arg)
		_, cast := args[i].(*Cast)
		text = text || isString(args[i]) || class.textual() || cast
		if class == Boolean && a.d == Postgres && a.opt.From != Postgres { // 1 and 0 there
			args[i] = &Cast{X: a.typed(a.value(arg), arg, Integer), Type: Type{Class: Text}}
		}
	}
	if a.d == Postgres && (!text || len(args) == 1) && !isString(args[0]) {
		args[0] = &Cast{X: args[0], Type: Type{Class: Text}}
	}
	if len(args) == 1 && !a.d.mysqlish() {
		if a.d == SQLite {
			return &Cast{X: args[0], Type: Type{Class: Text}}
		}
		return args[0]
	}
	return &Call{Func: "concat", Args: args}
}

// present is a text, or none for NULL.
func (a *adapter) present(n Node) Node {
	x := a.text(n)
	if info, ok := a.column(n); ok && info.NotNull || isString(x) {
		return x
	}
	if a.d == Postgres && a.class(n) == Unknown {
		x = &Cast{X: x, Type: Type{Class: Text}}
	}
	return &Call{Func: "coalesce", Args: []Node{x, &String{""}}}
}

// concatPresent leaves out NULL.
func (a *adapter) concatPresent(n *Call) Node {
	args := make([]Node, len(n.Args))
	for i, arg := range n.Args {
		args[i] = a.present(arg)
	}
	if len(args) == 1 {
		return args[0]
	}
	return &Call{Func: "concat", Args: args}
}

// concatSeparated puts a text between those that are not NULL. PostgreSQL does not take its own for generated columns and
// indexes, since it also takes values that print differently from session to session; SQLite only has it since 3.44.
func (a *adapter) concatSeparated(n *Call) Node {
	separator, ok := constantText(n.Args[0])
	if a.d.mysqlish() || !ok || len(n.Args) < 2 {
		return a.plain(n)
	}
	parts := make([]Node, 0, len(n.Args)-1)
	for _, arg := range n.Args[1:] {
		part := Node(&Call{Func: "concat", Args: []Node{&String{separator}, a.text(arg)}})
		if info, ok := a.column(arg); !ok || !info.NotNull {
			part = &Call{Func: "coalesce", Args: []Node{part, &String{""}}}
		}
		parts = append(parts, part)
	}
	all := parts[0]
	if len(parts) > 1 {
		all = &Call{Func: "concat", Args: parts}
	}
	return &Call{Func: "substring", Args: []Node{all, numberOf(utf8.RuneCountInString(separator) + 1)}}
}

// common rewrites arguments of which one is the result.
func (a *adapter) common(n *Call) Node {
	class := a.class(n)
	out := &Call{Func: n.Func, Args: make([]Node, len(n.Args))}
	for i, arg := range n.Args {
		out.Args[i] = a.typed(a.value(arg), arg, class)
	}
	return out
}

func (a *adapter) nullif(n *Call) Node {
	if len(n.Args) != 2 {
		return a.plain(n)
	}
	l, r := n.Args[0], n.Args[1]
	return &Call{Func: "nullif", Args: []Node{a.beside(a.value(l), l, r), a.beside(a.value(r), r, l)}}
}

// extreme rewrites the greatest or least of some values. PostgreSQL leaves out NULL; to the others it is the answer.
func (a *adapter) extreme(n *Call) Node {
	args := a.common(n).(*Call).Args
	name, skips := strings.CutSuffix(n.Func, "_present")
	if a.d == Postgres {
		name += "_present"
	}
	direct := &Call{Func: name, Args: args}
	if skips == (a.d == Postgres) {
		return direct
	}
	var nullable []Node
	all := true
	for i, arg := range n.Args {
		all = all && simple(arg)
		info, known := a.column(arg)
		if _, isColumn := arg.(*Column); known && info.NotNull || simple(arg) && !isColumn && !isNull(arg) {
			continue
		}
		nullable = append(nullable, args[i])
	}
	switch {
	case len(nullable) == 0:
		return direct
	case !all || len(args) > 8:
		a.note(NoteNullInExtremes, name)
		return direct
	case skips:
		rotated := make([]Node, len(args))
		for i := range args {
			rotated[i] = &Call{Func: "coalesce", Args: append(append([]Node{}, args[i:]...), args[:i]...)}
		}
		return &Call{Func: name, Args: rotated}
	}
	tests := make([]Node, len(nullable))
	for i, arg := range nullable {
		tests[i] = &Is{X: arg, What: IsNull}
	}
	cond := tests[0]
	if len(tests) > 1 {
		cond = &Logic{OpOr, tests}
	}
	return &Case{Whens: []When{{cond, &Null{}}}, Else: direct}
}

// uuid rewrites the functions that make a new UUID.
func (a *adapter) uuid(n *Call) Node {
	random := n.Func == "random_uuid"
	switch {
	case a.d == Postgres, a.d == SQLite:
		if !random {
			a.note(NoteUUIDVersion, "uuid")
		}
	case random && a.opt.From != a.d:
		a.note(NoteUUIDVersion, "uuid")
		return &Call{Func: "time_uuid"}
	}
	switch a.d {
	case Postgres:
		return &Call{Func: "random_uuid"}
	case SQLite:
		n, err := Parse(SQLite, `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || `+
			`substr('89AB', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`)
		if err != nil {
			return a.fail(KindFunction, "uuid")
		}
		return n
	}
	return n
}

func (a *adapter) letterCase(n *Call) Node {
	if a.d == SQLite && a.opt.From != SQLite {
		a.note(NoteASCIICase, n.Func)
	}
	return a.plain(n)
}

// atLeast tells that an expression is a whole number that is not less than the limit.
func atLeast(n Node, limit int) bool {
	number, ok := n.(*Number)
	return ok && isInteger(number.Text) && !strings.HasPrefix(number.Text, "-") && (limit == 0 || strings.Trim(number.Text, "0") != "")
}

func (a *adapter) side(n *Call) Node {
	if len(n.Args) != 2 {
		return a.plain(n)
	}
	if !a.d.sharesNative(a.opt.From) && !atLeast(n.Args[1], 0) {
		a.note(NoteSubstringStart, n.Func)
	}
	if a.d != SQLite {
		return a.plain(n)
	}
	x, length := a.text(n.Args[0]), a.value(n.Args[1])
	if n.Func == "left" {
		return &Call{Func: "substring", Args: []Node{x, &Number{"1"}, length}}
	}
	if atLeast(length, 1) {
		return &Call{Func: "substring", Args: []Node{x, &Number{"-" + length.(*Number).Text}}}
	}
	return &Call{Func: "substring", Args: []Node{x, &Unary{OpNegate, length}, length}}
}

func (a *adapter) substring(n *Call) Node {
	if !a.d.sharesNative(a.opt.From) && (!atLeast(n.Args[1], 1) || len(n.Args) > 2 && !atLeast(n.Args[2], 0)) {
		a.note(NoteSubstringStart, n.Func)
	}
	return a.plain(n)
}

func (a *adapter) trim(n *Call) Node {
	if len(n.Args) == 2 && a.d.mysqlish() != a.opt.From.mysqlish() {
		if set, ok := constantText(n.Args[1]); !ok || utf8.RuneCountInString(set) != 1 {
			a.note(NoteTrimSet, set)
		}
	}
	return a.plain(n)
}

func (a *adapter) octetLength(n *Call) Node {
	if a.d != SQLite || len(n.Args) != 1 {
		return a.plain(n)
	}
	return &Call{Func: "char_length", Args: []Node{&Cast{X: a.value(n.Args[0]), Type: Type{Class: Bytea}}}}
}

// round rewrites rounding: PostgreSQL's with digits wants a numeric.
func (a *adapter) round(n *Call) Node {
	out := a.plain(n).(*Call)
	if class := a.class(n.Args[0]); a.d == Postgres && len(n.Args) == 2 && a.opt.From != "" && class != Decimal && class != Integer {
		out.Args[0] = &Cast{X: out.Args[0], Type: Type{Class: Decimal}}
	}
	return out
}

func (a *adapter) jsonValid(n *Call) Node {
	if a.d != Postgres || len(n.Args) != 1 {
		return a.plain(n)
	}
	a.note(NoteJSONValid, "json_valid")
	return &Is{X: a.value(n.Args[0]), What: IsJSON}
}

// countNulls rewrites PostgreSQL's count of arguments that are, or are not, NULL.
func (a *adapter) countNulls(n *Call) Node {
	if a.d == Postgres || len(n.Args) == 0 {
		return a.plain(n)
	}
	var sum Node
	for _, arg := range n.Args {
		test := Node(&Is{a.value(arg), IsNull, n.Func == "num_nonnulls"})
		if sum != nil {
			test = &Binary{OpAdd, sum, test}
		}
		sum = test
	}
	return sum
}
