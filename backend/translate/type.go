package translate

import (
	"fmt"
	"strings"
)

// Class is a sort of values, the same for all engines.
type Class string

// The classes of types.
const (
	Bool      Class = "boolean"
	Int       Class = "integer"
	Decimal   Class = "decimal"
	Float     Class = "float"
	Money     Class = "money"
	Bits      Class = "bits"
	Char      Class = "char"
	Varchar   Class = "varchar"
	Text      Class = "text"
	Binary    Class = "binary"
	Varbinary Class = "varbinary"
	Blob      Class = "blob"
	Date      Class = "date"
	Time      Class = "time"
	DateTime  Class = "datetime"
	Year      Class = "year"
	Interval  Class = "interval"
	UUID      Class = "uuid"
	JSON      Class = "json"
	XML       Class = "xml"
	Enum      Class = "enum"
	Set       Class = "set"
	Array     Class = "array"
	Network   Class = "network"
	Spatial   Class = "spatial"
	Any       Class = "any"   // SQLite: whatever is put in
	Other     Class = "other" // what only the engine that has it knows
)

// Unlimited is a length, precision or scale that was not given.
const Unlimited = -1

// Type is a neutral type. The zero values of what a class has no use for make types comparable by their String.
type Type struct {
	Class Class
	// Size is the storage of an integer or float in bytes; of Text and Blob 1 to 4 for tiny to long, 0 for any length.
	Size     int
	Unsigned bool
	// Length is in characters, bytes or bits; Varying tells of Bits that it is a limit.
	Length  int
	Varying bool
	// Precision and Scale are those of a decimal; Precision alone the digits of seconds.
	Precision, Scale int
	Zone             bool // Time and DateTime know their time zone
	// Wide tells of Bool that it holds any small number, and of Time that it holds durations, negative ones too. A type of
	// the other sort is its counterpart all the same, so it is not compared.
	Wide   bool
	Labels []string // Enum and Set
	Elem   *Type    // Array
	// Name is the engine's own word: of Network, Spatial and Other.
	Name string
}

// String is the type as notes and the mapping table show it, and by which types are compared.
func (t Type) String() string {
	var b strings.Builder
	b.WriteString(string(t.Class))
	switch t.Class {
	case Int, Float:
		fmt.Fprintf(&b, "%d", 8*t.Size)
	case Decimal:
		if t.Precision != Unlimited {
			fmt.Fprintf(&b, "(%d,%d)", t.Precision, t.Scale)
		}
	case Bits, Char, Varchar, Binary, Varbinary:
		if t.Varying {
			b.WriteString(" varying")
		}
		if t.Length != Unlimited {
			fmt.Fprintf(&b, "(%d)", t.Length)
		}
	case Text, Blob:
		b.WriteString([...]string{"", " tiny", " normal", " medium", " long"}[t.Size])
	case Time, DateTime:
		if t.Precision != Unlimited {
			fmt.Fprintf(&b, "(%d)", t.Precision)
		}
		if t.Zone {
			b.WriteString(" zoned")
		}
	case Enum, Set:
		fmt.Fprintf(&b, "%q", t.Labels)
	case Array:
		b.WriteString(" of " + t.Elem.String())
	case Network, Spatial, Other:
		b.WriteString(" " + t.Name)
	}
	if t.Unsigned {
		b.WriteString(" unsigned")
	}
	return b.String()
}

// textual tells that values are texts that have a character set.
func (t Type) textual() bool {
	switch t.Class {
	case Char, Varchar, Text, Enum, Set:
		return true
	}
	return false
}

// lengthy tells that the type has no length that a key could be sure of.
func (t Type) lengthy() bool {
	return t.Class == Text || t.Class == Blob || t.Class == Varchar && t.Length == Unlimited
}

// same tells that two types mean the same to a server: a fraction of seconds that was not given is six digits, except
// where the engine keeps what it is given.
func (t Type) same(o Type) bool {
	return t.canonical().String() == o.canonical().String()
}

func (t Type) canonical() Type {
	switch t.Class {
	case Time, DateTime:
		if t.Precision == Unlimited {
			t.Precision = 6
		}
	case Varchar:
		if t.Length == Unlimited {
			return Type{Class: Text}
		}
	case Array:
		elem := t.Elem.canonical()
		t.Elem = &elem
	}
	return t
}

// typeWords takes a type's text apart: the words before and behind the parentheses, and what stands between them.
func typeWords(text string) (name string, args []string, rest string) {
	open := strings.IndexByte(text, '(')
	if open < 0 {
		return strings.TrimSpace(text), nil, ""
	}
	end := closing(text, open)
	if end < 0 {
		return strings.TrimSpace(text), nil, ""
	}
	return strings.TrimSpace(text[:open]), splitArgs(text[open+1 : end]), strings.TrimSpace(text[end+1:])
}

// closing is the index of the parenthesis that closes the one at open, quotes minded; -1 when there is none.
func closing(s string, open int) int {
	depth, quoted := 0, byte(0)
	for i := open; i < len(s); i++ {
		switch c := s[i]; {
		case quoted != 0:
			if c == quoted {
				quoted = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quoted = c
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// splitArgs splits at commas outside of quotes.
func splitArgs(s string) []string {
	var args []string
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\'':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			args = append(args, strings.TrimSpace(s[start:i]))
			start = i + 1
		}
	}
	return append(args, strings.TrimSpace(s[start:]))
}

// argument is the nth number in parentheses, or otherwise.
func argument(args []string, n, otherwise int) int {
	if n >= len(args) {
		return otherwise
	}
	value := 0
	if _, err := fmt.Sscan(args[n], &value); err != nil {
		return otherwise
	}
	return value
}
