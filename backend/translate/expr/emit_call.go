package expr

import "strings"

// clocks are the spellings of the current time, where the dialect has them; a precision goes in their parentheses.
var clocks = map[string]map[Dialect]string{
	"now":          {Postgres: "CURRENT_TIMESTAMP", MySQL: "CURRENT_TIMESTAMP", MariaDB: "CURRENT_TIMESTAMP", SQLite: "CURRENT_TIMESTAMP"},
	"local_now":    {Postgres: "LOCALTIMESTAMP"},
	"utc_now":      {MySQL: "utc_timestamp()", MariaDB: "utc_timestamp()", SQLite: "CURRENT_TIMESTAMP"},
	"current_date": {Postgres: "CURRENT_DATE", MySQL: "curdate()", MariaDB: "curdate()", SQLite: "CURRENT_DATE"},
	"current_time": {Postgres: "CURRENT_TIME", MySQL: "curtime()", MariaDB: "curtime()", SQLite: "CURRENT_TIME"},
}

func (e *emitter) call(n *Call) {
	if words := clocks[n.Func]; words != nil && n.Native == "" {
		e.clock(n, words[e.d])
		return
	}
	if n.Native != "" {
		if !e.d.sharesNative(n.Native) {
			e.fail(KindFunction, n.Func)
		}
		if e.d == Postgres && len(n.Args) == 0 && (n.Func == "CURRENT_USER" || n.Func == "SESSION_USER") {
			e.write(n.Func)
			return
		}
		e.write(n.Func, "(")
		e.list(n.Args, ", ", levelOr)
		e.write(")")
		return
	}
	switch {
	case n.Func == "concat" && !e.d.mysqlish():
		e.list(n.Args, " || ", levelUnary)
		return
	case (n.Func == "trim" || n.Func == "ltrim" || n.Func == "rtrim") && e.d.mysqlish() && len(n.Args) == 2:
		e.write("trim(", map[string]string{"trim": "both ", "ltrim": "leading ", "rtrim": "trailing "}[n.Func])
		e.node(n.Args[1], levelOr)
		e.write(" from ")
		e.node(n.Args[0], levelOr)
		e.write(")")
		return
	}
	if n.Func == "truncate" && e.d == Postgres && len(n.Args) == 2 && isZero(n.Args[1]) {
		n = &Call{Func: "truncate", Args: n.Args[:1]} // the only form that takes a float
	}
	name := e.function(n.Func)
	if name == "" {
		e.fail(KindFunction, n.Func)
	}
	e.write(name, "(")
	e.list(n.Args, ", ", levelOr)
	e.write(")")
}

// function is the dialect's spelling of a function of this package's list.
func (e *emitter) function(name string) string {
	switch {
	case name == "concat":
		return "concat"
	case name == "random_uuid" && e.d == MariaDB:
		return "uuid_v4"
	}
	return functions[name].in(e.d)
}

func (e *emitter) clock(n *Call, words string) {
	if words == "" {
		switch {
		case n.Func == "utc_now": // PostgreSQL's
			e.write("timezone('utc', ")
			e.clock(&Call{Func: "now", Args: n.Args}, clocks["now"][e.d])
			e.write(")")
		default:
			e.fail(KindFunction, strings.ReplaceAll(n.Func, "_", " "))
		}
		return
	}
	e.write(strings.TrimSuffix(words, "()"))
	switch {
	case len(n.Args) > 0 && e.d != SQLite:
		e.write("(")
		e.list(n.Args, ", ", levelOr)
		e.write(")")
	case strings.HasSuffix(words, "()"):
		e.write("()")
	}
}
