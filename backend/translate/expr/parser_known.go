package expr

import (
	"strconv"
	"strings"
)

// known is the node of a function that is more than a name; nil for any other.
func (p *parser) known(name string, args []Node) Node {
	switch len(args) {
	case 0:
		return p.knownClock(name)
	case 1:
		if n := p.knownOfOne(name, args[0]); n != nil {
			return n
		}
	case 2:
		if n := p.knownOfTwo(name, args[0], args[1]); n != nil {
			return n
		}
	case 3:
		if name == "if" && p.d != Postgres || name == "iif" && p.d == SQLite {
			return &Case{Whens: []When{{args[0], args[1]}}, Else: args[2]}
		}
		if name == "regexp_like" && p.d != SQLite {
			return p.regexpLike(args)
		}
	}
	switch name {
	case "concat":
		if p.d.mysqlish() {
			return &Call{Func: "concat", Args: args}
		}
	case "max", "min":
		if p.d == SQLite && len(args) < 2 { // an aggregate
			return &Call{Func: name, Native: SQLite, Args: args}
		}
	case "log":
		if len(args) == 1 {
			return &Call{Func: map[bool]string{true: "ln", false: "log10"}[p.d.mysqlish()], Args: args}
		}
	case "truncate", "trunc":
		if len(args) == 1 && p.d == Postgres {
			return &Call{Func: "truncate", Args: []Node{args[0], &Number{"0"}}}
		}
	case "json_length", "json_array_length":
		if len(args) > 1 {
			return &Call{Func: name, Native: p.d, Args: args}
		}
	}
	return nil
}

func (p *parser) knownClock(name string) Node {
	switch {
	case name == "now" && p.d != SQLite, p.d == Postgres && name == "transaction_timestamp":
		return &Call{Func: "now"}
	case p.d.mysqlish() && name == "curdate":
		return &Call{Func: "current_date"}
	case p.d.mysqlish() && name == "curtime":
		return &Call{Func: "current_time"}
	}
	return nil
}

// dateParts are MySQL's functions that take a field out of a date.
var dateParts = map[string]string{
	"year": "year", "month": "month", "day": "day", "dayofmonth": "day", "hour": "hour", "minute": "minute", "second": "second",
	"quarter": "quarter", "dayofyear": "doy",
}

func (p *parser) knownOfOne(name string, x Node) Node {
	if field, ok := dateParts[name]; ok && p.d.mysqlish() {
		return &Extract{field, x}
	}
	switch name {
	case "now":
		if n, ok := x.(*Number); ok && p.d.mysqlish() {
			return &Call{Func: "now", Args: []Node{n}}
		}
	case "isnull":
		if p.d.mysqlish() {
			return &Is{x, IsNull, false}
		}
	case "date":
		if s, ok := x.(*String); ok && p.d == SQLite && s.Value == "now" {
			return &Call{Func: "current_date"}
		}
		return &Cast{X: x, Type: Type{Class: Date, Name: "date"}}
	case "datetime":
		if s, ok := x.(*String); ok && p.d == SQLite && s.Value == "now" {
			return &Call{Func: "now"}
		}
	case "json_unquote":
		if j, ok := x.(*JSONPath); ok && p.d.mysqlish() && !j.Text {
			return &JSONPath{j.X, j.Steps, true}
		}
	case "jsonb_array_length", "json_array_length":
		if p.d == Postgres {
			return &Call{Func: "json_array_length", Args: []Node{x}}
		}
	}
	return nil
}

func (p *parser) knownOfTwo(name string, a, b Node) Node {
	switch name {
	case "mod":
		return &Binary{OpModulo, a, b}
	case "locate":
		if p.d.mysqlish() {
			return &Call{Func: "position", Args: []Node{b, a}}
		}
	case "timezone":
		if p.d == Postgres {
			return inZone(a, b)
		}
	case "date_part":
		if s, ok := constantText(a); ok && p.d == Postgres && plainName(strings.ToLower(s)) {
			return &Extract{strings.ToLower(s), b}
		}
	case "date_add", "adddate", "date_sub", "subdate":
		if _, ok := b.(*Interval); ok && p.d.mysqlish() {
			op := OpAdd
			if strings.Contains(name, "sub") {
				op = OpSubtract
			}
			return &Binary{op, a, b}
		}
	case "regexp_like":
		if p.d != SQLite {
			return p.regexpLike([]Node{a, b})
		}
	case "json_extract":
		if s, ok := constantText(b); ok && p.d != Postgres {
			if steps, ok := parsePath(s); ok {
				return &JSONPath{a, steps, p.d == SQLite} // SQLite's gives the value of what is no object or array
			}
		}
	}
	return nil
}

// regexpLike is the function form of a match with a regular expression.
func (p *parser) regexpLike(args []Node) Node {
	m := &Match{X: args[0], Pattern: args[1], Kind: Regex}
	if p.d.mysqlish() {
		m.Fold = ByCollation
	}
	if len(args) == 3 {
		switch flags, _ := constantText(args[2]); flags {
		case "c":
			m.Fold = Sensitive
		case "i":
			m.Fold = FoldAll
		default:
			return &Call{Func: "regexp_like", Native: p.d, Args: args}
		}
	}
	return m
}

// inZone is x AT TIME ZONE zone.
func inZone(zone, x Node) Node {
	name, ok := constantText(zone)
	c, isCall := x.(*Call)
	if ok && isCall && strings.EqualFold(name, "utc") && c.Func == "now" {
		return &Call{Func: "utc_now", Args: c.Args}
	}
	return &Call{Func: "timezone", Native: Postgres, Args: []Node{zone, x}}
}

// jsonOperator reads what follows ->, ->>, #> or #>>.
func (p *parser) jsonOperator(left Node, t token, bind int) (Node, error) {
	right, err := p.expr(bind)
	if err != nil {
		return nil, err
	}
	steps, ok := p.steps(t.text, right)
	if !ok {
		return &Binary{Op(t.text), left, right}, nil
	}
	if j, isPath := left.(*JSONPath); isPath && !j.Text {
		left, steps = j.X, append(j.Steps[:len(j.Steps):len(j.Steps)], steps...)
	}
	return &JSONPath{left, steps, strings.HasSuffix(t.text, ">>")}, nil
}

// steps reads the right side of a JSON operator.
func (p *parser) steps(op string, n Node) ([]Step, bool) {
	if number, ok := n.(*Number); ok && p.d != MySQL && p.d != MariaDB && op[0] == '-' {
		i, err := strconv.Atoi(number.Text)
		return []Step{{Index: i, IsIndex: true}}, err == nil && i >= 0
	}
	s, ok := constantText(n)
	if cast, isCast := n.(*Cast); isCast && op[0] == '#' && cast.Const && cast.Type.Class == ArrayOf {
		if text, isText := cast.X.(*String); isText {
			s, ok = text.Value, true
		}
	}
	switch {
	case !ok:
		return nil, false
	case op[0] == '#':
		return postgresPath(s)
	case p.d == Postgres, p.d == SQLite && !strings.HasPrefix(s, "$"):
		return []Step{{Name: s}}, plainStep(s)
	}
	return parsePath(s)
}

// plainStep tells that a member's name is written alike in all dialects.
func plainStep(name string) bool { return name != "" && !strings.ContainsAny(name, `*"\`) }

// parsePath reads a path such as $.a."b c"[0].
func parsePath(s string) ([]Step, bool) {
	if !strings.HasPrefix(s, "$") || len(s) == 1 {
		return nil, false
	}
	var steps []Step
	for s = s[1:]; s != ""; {
		if s[0] == '[' {
			end := strings.IndexByte(s, ']')
			if end < 0 {
				return nil, false
			}
			i, err := strconv.Atoi(s[1:end])
			if err != nil || i < 0 {
				return nil, false
			}
			steps, s = append(steps, Step{Index: i, IsIndex: true}), s[end+1:]
			continue
		}
		if s[0] != '.' || len(s) == 1 {
			return nil, false
		}
		end := strings.IndexAny(s[1:], ".[") + 1
		if end == 0 {
			end = len(s)
		}
		name := s[1:end]
		if s[1] == '"' {
			end = strings.IndexByte(s[2:], '"') + 3
			if end < 3 {
				return nil, false
			}
			name = s[2 : end-1]
		}
		if !plainStep(name) {
			return nil, false
		}
		steps, s = append(steps, Step{Name: name}), s[end:]
	}
	return steps, true
}

// postgresPath reads a path such as {a,0,b}. A number may be a member's name or an element's, so that is left alone.
func postgresPath(s string) ([]Step, bool) {
	if !strings.HasPrefix(s, "{") || !strings.HasSuffix(s, "}") || strings.ContainsAny(s, `"\`) || len(s) == 2 {
		return nil, false
	}
	var steps []Step
	for name := range strings.SplitSeq(s[1:len(s)-1], ",") {
		if name = strings.TrimSpace(name); !plainStep(name) || strings.Trim(name, "-0123456789") == "" {
			return nil, false
		}
		steps = append(steps, Step{Name: name})
	}
	return steps, true
}
