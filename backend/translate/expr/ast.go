package expr

// Node is a part of an expression. Trees are never changed once built; they may share parts.
type Node interface{ node() }

// Null is NULL.
type Null struct{}

// Bool is TRUE or FALSE.
type Bool struct {
	Value bool
	// Numeric says that it came from a dialect where it is only another spelling of 1 or 0.
	Numeric bool
}

// Number is a number as it was written, with its sign.
type Number struct{ Text string }

// String is a text.
type String struct{ Value string }

// Bytes is a binary string.
type Bytes struct{ Value string }

// Bits is a string of bits, '0' and '1'.
type Bits struct{ Digits string }

// Column is a column, qualified by what stands before its name.
type Column struct {
	Qualifier []string
	Name      string
}

// Unary is an operator before its operand: [OpNot], [OpNegate] or [OpBitNot].
type Unary struct {
	Op Op
	X  Node
}

// Binary is an operator between two operands.
type Binary struct {
	Op   Op
	L, R Node
}

// Logic is a chain of at least two operands under AND or OR.
type Logic struct {
	Op   Op // OpAnd, OpOr
	Args []Node
}

// Is is X IS [NOT] something.
type Is struct {
	X    Node
	What Test
	Not  bool
}

// Test is what IS asks for.
type Test string

// The tests.
const (
	IsNull    Test = "NULL"
	IsTrue    Test = "TRUE"
	IsFalse   Test = "FALSE"
	IsUnknown Test = "UNKNOWN"
	IsJSON    Test = "JSON"
)

// In is X [NOT] IN (List).
type In struct {
	X    Node
	List []Node
	Not  bool
}

// Between is X [NOT] BETWEEN Lo AND Hi.
type Between struct {
	X, Lo, Hi Node
	Not       bool
}

// Match compares a text with a pattern.
type Match struct {
	X, Pattern Node
	Kind       MatchKind
	Fold       Fold
	// Escape is the character that takes its meaning from the one behind it in a LIKE pattern; "" for none.
	Escape string
	Not    bool
}

// MatchKind is the language of a pattern.
type MatchKind string

// The kinds of patterns.
const (
	Like    MatchKind = "LIKE"
	Regex   MatchKind = "REGEXP"
	Glob    MatchKind = "GLOB"
	Similar MatchKind = "SIMILAR TO"
)

// Fold is how far a match cares for the case of letters.
type Fold uint8

// The ways to care.
const (
	Sensitive   Fold = iota
	ByCollation      // as the operands' collation says: MySQL, MariaDB
	FoldASCII        // A to Z are a to z: SQLite
	FoldAll          // every letter: ILIKE, ~*
)

// Case is CASE [Operand] WHEN … THEN … [ELSE …] END.
type Case struct {
	Operand Node // nil: the conditions stand for themselves
	Whens   []When
	Else    Node // nil: NULL
}

// When is one branch of a [Case].
type When struct{ Cond, Then Node }

// Call is a function call. Func is a name of this package's own list, or, if Native is set, one that only that dialect is known
// to understand, as it was written.
type Call struct {
	Func   string
	Native Dialect
	Args   []Node
}

// Cast is a conversion to a type.
type Cast struct {
	X    Node
	Type Type
	// Const says that X is a string that was read as a value of the type to begin with: PostgreSQL's 'x'::t, DATE '…'.
	Const bool
}

// Collate is X COLLATE Name.
type Collate struct {
	X    Node
	Name string
}

// Extract takes a field such as "year" out of a date or time.
type Extract struct {
	Field string
	X     Node
}

// Interval is a length of time in one unit, such as "day"; several of them are a sum.
type Interval struct {
	Amount Node
	Unit   string
}

// JSONPath takes a part out of a JSON document, as JSON or as text.
type JSONPath struct {
	X     Node
	Steps []Step
	Text  bool
}

// Step is a member's name, or an element's number when Name is "" and Index is set.
type Step struct {
	Name    string
	Index   int
	IsIndex bool
}

// Row is a list in parentheses.
type Row struct{ Items []Node }

// Array is ARRAY[…].
type Array struct{ Items []Node }

// Subscript is X[Index].
type Subscript struct{ X, Index Node }

func (*Null) node()      {}
func (*Bool) node()      {}
func (*Number) node()    {}
func (*String) node()    {}
func (*Bytes) node()     {}
func (*Bits) node()      {}
func (*Column) node()    {}
func (*Unary) node()     {}
func (*Binary) node()    {}
func (*Logic) node()     {}
func (*Is) node()        {}
func (*In) node()        {}
func (*Between) node()   {}
func (*Match) node()     {}
func (*Case) node()      {}
func (*Call) node()      {}
func (*Cast) node()      {}
func (*Collate) node()   {}
func (*Extract) node()   {}
func (*Interval) node()  {}
func (*JSONPath) node()  {}
func (*Row) node()       {}
func (*Array) node()     {}
func (*Subscript) node() {}

// Op is an operator. One that is not in this list is PostgreSQL's own.
type Op string

// The operators that more than one dialect has, by what they mean.
const (
	OpOr  Op = "OR"
	OpAnd Op = "AND"
	OpNot Op = "NOT"
	OpXor Op = "XOR" // of conditions

	OpEqual         Op = "="
	OpNotEqual      Op = "<>"
	OpLess          Op = "<"
	OpLessEqual     Op = "<="
	OpGreater       Op = ">"
	OpGreaterEqual  Op = ">="
	OpDistinct      Op = "IS DISTINCT FROM"
	OpNotDistinct   Op = "IS NOT DISTINCT FROM"
	OpAdd           Op = "+"
	OpSubtract      Op = "-"
	OpMultiply      Op = "*"
	OpDivide        Op = "/"       // integer types give an integer, cut off: PostgreSQL
	OpDivideStored  Op = "stored/" // integer values give an integer, cut off, whatever the type: SQLite
	OpDivideExactly Op = "exact/"  // always with a fraction: MySQL's and MariaDB's /
	OpDivideInteger Op = "DIV"     // always an integer
	OpModulo        Op = "%"
	OpNegate        Op = "neg"
	OpBitAnd        Op = "&"
	OpBitOr         Op = "|"
	OpBitXor        Op = "bitxor"
	OpBitNot        Op = "~"
	OpShiftLeft     Op = "<<"
	OpShiftRight    Op = ">>"
)

// negations are the comparisons that are true just where the other is false.
var negations = map[Op]Op{
	OpEqual: OpNotEqual, OpNotEqual: OpEqual, OpLess: OpGreaterEqual, OpGreaterEqual: OpLess, OpGreater: OpLessEqual,
	OpLessEqual: OpGreater, OpDistinct: OpNotDistinct, OpNotDistinct: OpDistinct,
}

// isComparison tells that the operator compares two values.
func (o Op) isComparison() bool { _, ok := negations[o]; return ok }

// logic joins two operands under AND or OR into one chain.
func logic(op Op, l, r Node) Node {
	args := make([]Node, 0, 4)
	if c, ok := l.(*Logic); ok && c.Op == op {
		args = c.Args // the chain on the left has just been built and is used nowhere else
	} else {
		args = append(args, l)
	}
	if c, ok := r.(*Logic); ok && c.Op == op {
		args = append(args, c.Args...)
	} else {
		args = append(args, r)
	}
	return &Logic{op, args}
}
