package expr

// inference tells the classes of expressions in a scope; it remembers what it has found out.
type inference struct {
	columns map[string]ColumnInfo
	extract Class // of EXTRACT, which is no integer in PostgreSQL
	known   map[Node]Class
}

func newInference(columns map[string]ColumnInfo, extract Class) *inference {
	return &inference{columns, extract, map[Node]Class{}}
}

// column is what is known about a column.
func (f *inference) column(n Node) (ColumnInfo, bool) {
	c, ok := n.(*Column)
	if !ok {
		return ColumnInfo{}, false
	}
	return lookup(f.columns, c.Name)
}

// class is the class of an expression's values; Unknown if that cannot be told.
func (f *inference) class(n Node) Class {
	switch n.(type) {
	case nil:
		return Unknown
	case *Binary, *Case, *Call, *Unary, *Collate: // those that are as deep as what is in them
	default:
		return f.find(n)
	}
	if c, ok := f.known[n]; ok {
		return c
	}
	c := f.find(n)
	f.known[n] = c
	return c
}

func (f *inference) find(n Node) Class {
	switch n := n.(type) {
	case *Bool, *Logic, *Is, *In, *Between, *Match:
		return Boolean
	case *Number:
		if isInteger(n.Text) {
			return Integer
		}
		return Decimal
	case *String:
		return Text
	case *Bytes:
		return Bytea
	case *Bits:
		return BitString
	case *Column:
		info, _ := f.column(n)
		return info.Type.Class
	case *Unary:
		if n.Op == OpNot {
			return Boolean
		}
		return f.class(n.X)
	case *Binary:
		return f.binary(n)
	case *Case:
		var results []Node
		for _, w := range n.Whens {
			results = append(results, w.Then)
		}
		if n.Else != nil {
			results = append(results, n.Else)
		}
		return f.common(results)
	case *Call:
		return f.call(n)
	case *Cast:
		return n.Type.Class
	case *Collate:
		return f.class(n.X)
	case *Extract:
		return f.extract
	case *Interval:
		return Duration
	case *JSONPath:
		if n.Text {
			return Text
		}
		return JSON
	case *Array:
		return ArrayOf
	}
	return Unknown
}

func (f *inference) binary(n *Binary) Class {
	if n.Op.isComparison() || n.Op == OpXor {
		return Boolean
	}
	l, r := f.class(n.L), f.class(n.R)
	switch n.Op {
	case OpAdd, OpSubtract:
		switch {
		case l == Duration && r == Duration:
			return Duration
		case l.temporal() && r == Duration:
			if l == Date && isDays(n.R) {
				return Date
			}
			return Timestamp
		case l == Date && r == Integer:
			return Date
		case l == Date && r == Date:
			return Integer
		}
		return promote(l, r)
	case OpMultiply, OpModulo, OpDivide, OpDivideStored:
		return promote(l, r)
	case OpDivideExactly:
		if c := promote(l, r); c != Integer {
			return c
		}
		return Decimal
	case OpDivideInteger, OpBitAnd, OpBitOr, OpBitXor, OpShiftLeft, OpShiftRight:
		return Integer
	}
	return Unknown
}

// isDays tells that an interval is made of whole days or longer units.
func isDays(n Node) bool {
	i, ok := n.(*Interval)
	return ok && (i.Unit == "day" || i.Unit == "week" || i.Unit == "month" || i.Unit == "year" || i.Unit == "quarter")
}

// promote is the class of what an arithmetic operator makes of two classes.
func promote(a, b Class) Class {
	switch {
	case !a.numeric() || !b.numeric():
		return Unknown
	case a == Float || b == Float:
		return Float
	case a == Decimal || b == Decimal:
		return Decimal
	}
	return Integer
}

// common is the class that all of several results have, where texts in quotes and NULL take the class of the others, and so
// do 0 and 1 that of conditions.
func (f *inference) common(results []Node) Class {
	found := Unknown
	texts, bits := false, false
	for _, n := range results {
		switch n := n.(type) {
		case *Null:
			continue
		case *String:
			texts = true
			continue
		case *Number:
			if n.Text == "0" || n.Text == "1" {
				bits = true
				continue
			}
		}
		c := f.class(n)
		switch {
		case c == Unknown:
			return Unknown
		case found == Unknown:
			found = c
		case found != c:
			if found = promoteTruth(found, c); found == Unknown {
				return Unknown
			}
		}
	}
	switch {
	case found == Unknown && bits:
		return Integer
	case found == Unknown && texts:
		return Text
	case bits && found != Boolean:
		return promote(found, Integer)
	}
	return found
}

// promoteTruth is [promote] where conditions count as integers.
func promoteTruth(a, b Class) Class {
	if a == Boolean {
		a = Integer
	}
	if b == Boolean {
		b = Integer
	}
	return promote(a, b)
}

// callClasses are the classes of functions that do not depend on their arguments.
var callClasses = map[string]Class{
	"concat": Text, "concat_present": Text, "concat_ws": Text, "lower": Text, "upper": Text, "lpad": Text, "rpad": Text, "ltrim": Text, "rtrim": Text,
	"trim": Text, "replace": Text, "repeat": Text, "reverse": Text, "left": Text, "right": Text, "substring": Text, "md5": Text,
	"char_length": Integer, "octet_length": Integer, "position": Integer, "ascii": Integer, "sign": Integer, "json_array_length": Integer,
	"days_between": Integer, "num_nulls": Integer, "num_nonnulls": Integer, "json_valid": Boolean, "now": TimestampTZ, "local_now": Timestamp, "utc_now": Timestamp, "current_date": Date,
	"current_time": Time, "random_uuid": UUID, "time_uuid": UUID, "nextval": Integer,
	"exp": Float, "ln": Float, "log10": Float, "log_base": Float, "power": Float, "sqrt": Float, "pi": Float,
}

func (f *inference) call(n *Call) Class {
	if n.Native != "" {
		return Unknown
	}
	if c, ok := callClasses[n.Func]; ok {
		return c
	}
	switch n.Func {
	case "coalesce", "greatest", "least", "greatest_present", "least_present", "nullif":
		return f.common(n.Args)
	case "abs", "round", "truncate", "ceil", "floor":
		return f.class(n.Args[0])
	}
	return Unknown
}
