package expr

import "fmt"

// Note says that a printed expression means something slightly else than the tree, or might for some values.
type Note struct {
	Code Code
	Args []string
}

// Code names a sort of note for the catalogue of texts. They are stable.
type Code string

// The notes. Each says what its arguments are.
const (
	NoteLikeCase        Code = "like-case"         // LIKE cares for case differently; the pattern
	NoteRegexDialect    Code = "regex-dialect"     // the pattern may mean something else there; the pattern
	NoteRegexCase       Code = "regex-case"        // the match cares for case differently; the pattern
	NoteDivisionType    Code = "division-type"     // whether a fraction is kept depends on types that are not known; the expression
	NoteDivisionScale   Code = "division-scale"    // the quotient has another number of digits; the expression
	NoteDivisionByZero  Code = "division-by-zero"  // an error there, NULL here, or the reverse; the expression
	NoteModuloType      Code = "modulo-type"       // SQLite cuts both sides to integers; the expression
	NoteNullInExtremes  Code = "null-in-extremes"  // greatest and least treat NULL differently; the function
	NoteNowZone         Code = "now-zone"          // the clock is in UTC there and in the session's zone here, or the reverse; the function
	NoteNowPrecision    Code = "now-precision"     // fewer digits of a second; the function
	NoteUUIDVersion     Code = "uuid-version"      // random there, made of time and host here, or the reverse; the function
	NoteASCIICase       Code = "ascii-case"        // lower and upper know only A to Z there; the function
	NoteSubstringStart  Code = "substring-start"   // positions below 1 and lengths below 0 mean something else; the function
	NoteTrimSet         Code = "trim-set"          // trims any of the characters rather than the whole text, or the reverse; the characters
	NoteJSONText        Code = "json-text"         // JSON null and containers come out differently; the expression
	NoteJSONValid       Code = "json-valid"        // needs PostgreSQL 16; the function
	NoteCast            Code = "cast-differs"      // the conversion rounds, cuts or fails differently; the types from and to
	NoteIntervalMonths  Code = "interval-months"   // ends of months come out differently; the unit
	NoteCollation       Code = "collation-dropped" // the collation has no counterpart and is left out; its name
	NoteBitOperation    Code = "bit-operation"     // MySQL's are of unsigned 64 bits; the operator
	NoteTextToNumber    Code = "text-to-number"    // a text is compared as a number; the expression
	NoteSecondsFraction Code = "seconds-fraction"  // seconds come with a fraction there and without one here, or the reverse; the field
)

// Untranslatable is the error of [Print] for what the dialect has no counterpart of.
type Untranslatable struct {
	Dialect Dialect
	Kind    Kind
	Name    string // of the function, operator, type; or a description of the construct
}

// Kind is what cannot be translated.
type Kind string

// The kinds.
const (
	KindFunction  Kind = "function"
	KindOperator  Kind = "operator"
	KindType      Kind = "type"
	KindConstruct Kind = "construct"
)

func (e *Untranslatable) Error() string {
	return fmt.Sprintf("%s has no counterpart of the %s %s", e.Dialect.title(), e.Kind, e.Name)
}

func (d Dialect) title() string {
	switch d {
	case Postgres:
		return "PostgreSQL"
	case MySQL:
		return "MySQL"
	case MariaDB:
		return "MariaDB"
	case SQLite:
		return "SQLite"
	}
	return string(d)
}

// SyntaxError is the error of [Parse].
type SyntaxError struct {
	Dialect Dialect
	Offset  int    // in bytes
	Message string // what was expected, or what is not supported
	Near    string // the text there
}

func (e *SyntaxError) Error() string {
	if e.Near == "" {
		return fmt.Sprintf("%s at the end of the %s expression", e.Message, e.Dialect.title())
	}
	return fmt.Sprintf("%s at byte %d of the %s expression, near %s", e.Message, e.Offset, e.Dialect.title(), e.Near)
}
