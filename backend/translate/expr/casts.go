package expr

import (
	"encoding/hex"
	"strings"
)

// cast is x as a value of the type; constant says that x is a string that was read as one to begin with.
func (p *parser) cast(x Node, t Type, constant bool) Node {
	switch {
	case p.d.mysqlish():
		t = mysqlCastType(t)
	case p.d == SQLite:
		t = sqliteCastType(t)
	}
	if s, ok := x.(*String); ok && constant {
		return castConstant(s.Value, t)
	}
	return &Cast{X: x, Type: t}
}

// mysqlCastType is the type that MySQL and MariaDB cast to: CHAR is a text of any length, and integers have eight bytes.
func mysqlCastType(t Type) Type {
	switch t.Class {
	case Integer:
		return Type{Class: Integer, Size: 8, Unsigned: t.Unsigned}
	case Char:
		if !strings.Contains(t.Name, "(") {
			t.Length = 0
		}
		t.Class = Text
		if _, charset, ok := strings.Cut(t.Name, "charset "); !ok || strings.EqualFold(charset, "utf8mb4") {
			t.Name = "char"
		}
	}
	return t
}

// sqliteCastType is the type that SQLite casts to, of which it has five.
func sqliteCastType(t Type) Type {
	words, _, _ := splitType(t.Name)
	t = affinity(words)
	if t.Class == Other {
		t.Class = Decimal
	}
	return t
}

// castConstant is a string read as a value of the type, as a literal where there is one for it.
func castConstant(s string, t Type) Node {
	trimmed := strings.TrimSpace(s)
	switch t.Class {
	case Integer:
		if isInteger(trimmed) {
			return &Number{trimmed}
		}
	case Decimal:
		if isNumber(trimmed) && t.Length == 0 {
			if strings.ContainsAny(trimmed, ".eE") {
				return &Number{strings.TrimPrefix(trimmed, "+")}
			}
			return &Cast{X: &Number{strings.TrimPrefix(trimmed, "+")}, Type: t}
		}
	case Float:
		if isNumber(trimmed) {
			return &Cast{X: &Number{strings.TrimPrefix(trimmed, "+")}, Type: t}
		}
	case Boolean:
		switch strings.ToLower(trimmed) {
		case "t", "true", "y", "yes", "on", "1":
			return &Bool{Value: true}
		case "f", "false", "n", "no", "off", "0":
			return &Bool{Value: false}
		}
	case Bytea:
		if digits, ok := strings.CutPrefix(s, `\x`); ok {
			if value, err := hex.DecodeString(digits); err == nil {
				return &Bytes{string(value)}
			}
		}
	case BitString:
		if strings.Trim(s, "01") == "" && (t.Length == 0 || t.Length == len(s)) {
			return &Bits{s}
		}
	case Duration:
		if n := parseInterval(trimmed); n != nil {
			return n
		}
	}
	return &Cast{X: &String{s}, Type: t, Const: true}
}
