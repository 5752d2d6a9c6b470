package expr

import (
	"regexp"
	"strings"
)

// dateArithmetic rewrites sums of a date and an interval or a number of days, and differences of dates; nil for other sums.
func (a *adapter) dateArithmetic(n *Binary) Node {
	l, r := a.class(n.L), a.class(n.R)
	switch {
	case n.Op == OpAdd && l == Duration && r != Duration:
		return a.dateArithmetic(&Binary{OpAdd, n.R, n.L})
	case r == Duration:
		return a.shift(n, a.value(n.L), l == Date && a.opt.From != Postgres)
	case l == Date && r == Integer && a.opt.From == Postgres && a.d != Postgres:
		return a.shift(&Binary{n.Op, n.L, &Interval{n.R, "day"}}, a.value(n.L), true)
	case l == Date && r == Date && n.Op == OpSubtract && a.opt.From == Postgres && a.d != Postgres:
		return a.daysBetween(n.L, n.R)
	}
	return nil
}

// shift moves a point in time, of which x is rewritten already, by an interval. A date moved by days stays a date, if dates.
func (a *adapter) shift(n *Binary, x Node, dates bool) Node {
	interval, ok := n.R.(*Interval)
	if sum, isSum := n.R.(*Binary); isSum && sum.Op == OpAdd { // one after the other
		first := a.shift(&Binary{n.Op, n.L, sum.L}, x, dates)
		return a.shift(&Binary{n.Op, n.L, sum.R}, first, dates)
	}
	if !ok {
		return a.fail(KindConstruct, "an interval that is computed")
	}
	days := dates && isDays(interval)
	if a.d == SQLite {
		return a.shiftText(n.Op, x, interval, days)
	}
	amount := a.number(interval.Amount)
	unit := interval.Unit
	if unit == "quarter" && a.d == Postgres {
		amount, unit = &Binary{OpMultiply, amount, &Number{"3"}}, "month"
	}
	if a.d.mysqlish() {
		return &Binary{n.Op, x, &Interval{amount, unit}}
	}
	if strings.Contains(unit, "_") {
		return a.fail(KindConstruct, "INTERVAL … "+unit)
	}
	by := Node(&Interval{amount, unit})
	if _, constant := amount.(*Number); !constant {
		by = &Binary{OpMultiply, amount, &Interval{&Number{"1"}, unit}}
	}
	sum := &Binary{n.Op, x, by}
	if days {
		return &Cast{X: sum, Type: Type{Class: Date}}
	}
	return sum
}

// shiftText moves a point in time by one of SQLite's modifiers.
func (a *adapter) shiftText(op Op, x Node, i *Interval, days bool) Node {
	amount, unit := a.value(i.Amount), i.Unit
	factor := map[string]string{"week": "7", "quarter": "3"}[unit]
	switch unit {
	case "week":
		unit = "day"
	case "quarter":
		unit = "month"
	case "year", "month", "day", "hour", "minute", "second":
	default:
		return a.fail(KindConstruct, "INTERVAL … "+unit)
	}
	if unit == "month" || unit == "year" {
		a.note(NoteIntervalMonths, unit)
	}
	var modifier Node
	if number, ok := amount.(*Number); ok && factor == "" {
		text := number.Text
		negative := strings.HasPrefix(text, "-") != (op == OpSubtract)
		sign := "+"
		if negative {
			sign = "-"
		}
		modifier = &String{sign + strings.TrimPrefix(text, "-") + " " + unit + "s"}
	} else {
		if factor != "" {
			amount = &Binary{OpMultiply, amount, &Number{factor}}
		}
		if op == OpSubtract {
			amount = &Unary{OpNegate, amount}
		}
		modifier = &Call{Func: "concat", Args: []Node{amount, &String{" " + unit + "s"}}}
	}
	name := "datetime"
	if days {
		name = "date"
	}
	return &Call{Func: name, Native: SQLite, Args: []Node{x, modifier}}
}

// daysBetween is the number of days from one date to another.
func (a *adapter) daysBetween(to, from Node) Node {
	day := func(n Node) Node {
		if a.class(n) == Date {
			return a.value(n)
		}
		return &Cast{X: a.value(n), Type: Type{Class: Date, Name: "date"}}
	}
	switch a.d {
	case Postgres:
		return &Binary{OpSubtract, day(to), day(from)}
	case SQLite:
		julian := func(n Node) Node { return &Call{Func: "julianday", Native: SQLite, Args: []Node{day(n)}} }
		return &Cast{X: &Binary{OpSubtract, julian(to), julian(from)}, Type: Type{Class: Integer}}
	}
	return &Call{Func: "days_between", Args: []Node{a.value(to), a.value(from)}}
}

// strftimeFields are SQLite's letters for fields.
var strftimeFields = map[string]string{
	"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S", "doy": "%j", "dow": "%w", "isodow": "%u", "week": "%V",
	"epoch": "%s",
}

// dateField is CAST(strftime('%Y', x) AS INTEGER) as a field; nil for any other cast.
func (a *adapter) dateField(n *Cast) *Extract {
	c, ok := n.X.(*Call)
	if !ok || c.Native != SQLite || c.Func != "strftime" || len(c.Args) != 2 || n.Type.Class != Integer || a.d == SQLite {
		return nil
	}
	format, _ := constantText(c.Args[0])
	for field, letter := range strftimeFields {
		if letter == format {
			return &Extract{field, c.Args[1]}
		}
	}
	return nil
}

// mysqlFields are MySQL's functions for fields that its EXTRACT does not have.
var mysqlFields = map[string]func(x Node) Node{
	"doy":    func(x Node) Node { return native(MySQL, "dayofyear", x) },
	"dow":    func(x Node) Node { return &Binary{OpSubtract, native(MySQL, "dayofweek", x), &Number{"1"}} },
	"isodow": func(x Node) Node { return &Binary{OpAdd, native(MySQL, "weekday", x), &Number{"1"}} },
	"week":   func(x Node) Node { return native(MySQL, "week", x, &Number{"3"}) },
	"epoch":  func(x Node) Node { return native(MySQL, "unix_timestamp", x) },
}

func native(d Dialect, name string, args ...Node) Node {
	return &Call{Func: name, Native: d, Args: args}
}

// extracted rewrites a field of a date or time.
func (a *adapter) extracted(n *Extract) Node {
	x := a.value(n.X)
	if n.Field == "second" && (a.opt.From == Postgres) != (a.d == Postgres) && a.class(n.X) != Date {
		a.note(NoteSecondsFraction, n.Field)
	}
	switch a.d {
	case SQLite:
		return a.strftime(n.Field, x)
	case Postgres:
		if strings.Contains(n.Field, "_") {
			return a.fail(KindConstruct, "EXTRACT("+n.Field+" …)")
		}
		if a.opt.From == Postgres || a.opt.From == "" {
			return &Extract{n.Field, x}
		}
		return &Cast{X: &Extract{n.Field, x}, Type: Type{Class: Integer, Size: 4}}
	}
	if f := mysqlFields[n.Field]; f != nil && !(n.Field == "week" && a.opt.From.mysqlish()) {
		return f(x)
	}
	switch n.Field {
	case "year", "quarter", "month", "day", "hour", "minute", "second", "microsecond", "week":
		return &Extract{n.Field, x}
	}
	if a.opt.From.mysqlish() {
		return &Extract{n.Field, x}
	}
	return a.fail(KindConstruct, "EXTRACT("+n.Field+" …)")
}

func (a *adapter) strftime(field string, x Node) Node {
	integer := Type{Class: Integer}
	if field == "quarter" {
		month := &Cast{X: native(SQLite, "strftime", &String{"%m"}, x), Type: integer}
		return &Binary{OpDivideStored, &Binary{OpAdd, month, &Number{"2"}}, &Number{"3"}}
	}
	letter := strftimeFields[field]
	if letter == "" || field == "week" && a.opt.From.mysqlish() {
		return a.fail(KindConstruct, "EXTRACT("+field+" …)")
	}
	return &Cast{X: native(SQLite, "strftime", &String{letter}, x), Type: integer}
}

// modifier is one of SQLite's modifiers that add to a point in time.
var modifier = regexp.MustCompile(`^([+-]?)(\d+(?:\.\d+)?) (year|month|day|hour|minute|second)s?$`)

// shifted is SQLite's date(x, '+1 day', …) as a sum; nil for other forms.
func (a *adapter) shifted(n *Call) Node {
	if n.Func != "date" && n.Func != "datetime" || len(n.Args) < 2 {
		return nil
	}
	class := map[string]Class{"date": Date, "datetime": Timestamp}[n.Func]
	x := n.Args[0]
	if s, ok := constantText(x); ok && s == "now" {
		x = &Call{Func: map[string]string{"date": "current_date", "datetime": "now"}[n.Func]}
	} else if c := a.class(x); c != class {
		x = &Cast{X: x, Type: Type{Class: class, Name: string(class)}}
	}
	for _, arg := range n.Args[1:] {
		text, _ := constantText(arg)
		m := modifier.FindStringSubmatch(text)
		if m == nil {
			return nil
		}
		op := OpAdd
		if m[1] == "-" {
			op = OpSubtract
		}
		x = &Binary{op, x, &Interval{&Number{m[2]}, m[3]}}
		if m[3] == "month" || m[3] == "year" {
			a.note(NoteIntervalMonths, m[3])
		}
	}
	return a.value(x)
}

// clock rewrites the functions for the current time.
func (a *adapter) clock(n *Call) Node {
	if (a.d == SQLite) != (a.opt.From == SQLite) && a.opt.From != "" && n.Func != "utc_now" && a.opt.Result.Class != TimestampTZ {
		a.note(NoteNowZone, strings.ReplaceAll(n.Func, "_", " "))
	}
	name := n.Func
	if name == "now" || name == "local_now" {
		switch a.opt.Result.Class {
		case Date:
			return &Call{Func: "current_date"}
		case Time:
			return &Call{Func: "current_time"}
		}
	}
	if name == "local_now" && a.d == SQLite {
		return native(SQLite, "datetime", &String{"now"}, &String{"localtime"})
	}
	if name == "local_now" && a.d != Postgres {
		name = "now"
	}
	out := &Call{Func: name, Args: n.Args}
	digits := a.opt.Result.Length
	if digits == 0 && len(n.Args) > 0 {
		digits = 1
	}
	switch {
	case a.d == SQLite:
		if digits > 0 {
			a.note(NoteNowPrecision, strings.ReplaceAll(n.Func, "_", " "))
		}
		out.Args = nil
	case a.d.mysqlish() && name == "now" && (a.opt.Result.Class == Timestamp || a.opt.Result.Class == TimestampTZ):
		out.Args = nil // a default has to have its column's digits
		if a.opt.Result.Length > 0 {
			out.Args = []Node{numberOf(a.opt.Result.Length)}
		}
	}
	return out
}
