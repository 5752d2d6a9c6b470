package translate

import "database-structure-sync/backend/schema"

// Severity says how much a note matters.
type Severity string

// The severities.
const (
	// Info: written in another way, and every value of the source fits and means the same.
	Info Severity = "info"
	// Lossy: something that the source guarantees, orders or keeps is not guaranteed, ordered or kept in the target.
	Lossy Severity = "lossy"
	// Blocked: what the source has is not made in the target, and what the target has there is left alone, until a rule says
	// what to make of it. It counts as a difference.
	Blocked Severity = "blocked"
)

// Code names a sort of note; codes are stable.
type Code string

// The notes. Behind each stands what its arguments are, if it has any.
const (
	TypeMapped       Code = "type_mapped"            // a type became another: the source's, the target's
	TypeByRule       Code = "type_by_rule"           // the user's rule decided: the source's type, the target's
	NoSuchType       Code = "no_such_type"           // the target has nothing like it: the source's type
	UnsignedLost     Code = "unsigned_lost"          // numbers below zero are possible now
	UnsignedWidened  Code = "unsigned_widened"       // the next larger type holds the values
	BigUnsigned      Code = "big_unsigned"           // numbers above 2⁶³-1 become inexact
	LengthLost       Code = "length_lost"            // no length is enforced: the length
	YearAsNumber     Code = "year_as_number"         // any small number is possible
	JSONNormalised   Code = "json_normalised"        // order of keys and white space may change
	SetAsArray       Code = "set_as_array"           // any labels are possible: the labels
	AnyAsText        Code = "any_as_text"            // numbers and bytes become texts
	BitAsBoolean     Code = "bit_as_boolean"         // one bit is true or false
	BitsAsText       Code = "bits_as_text"           // bits are kept as the digits 0 and 1
	NumberAsBoolean  Code = "number_as_boolean"      // numbers other than 0 and 1 do not fit
	TimeBounded      Code = "time_bounded"           // times below zero or above 24 hours do not fit
	MoneyAsDecimal   Code = "money_as_decimal"       // the currency is not kept
	DecimalBounded   Code = "decimal_bounded"        // 35 digits before and 30 behind the point
	DecimalAsFloat   Code = "decimal_as_float"       // more than 15 digits become inexact
	ZoneLost         Code = "zone_lost"              // the time zone is not kept
	ZoneAsUTC        Code = "zone_as_utc"            // write and read it in UTC
	UncheckedText    Code = "unchecked_text"         // any text is possible: the source's type
	ArrayAsJSON      Code = "array_as_json"          // elements are not checked: the type of the elements
	SpatialAsBytes   Code = "spatial_as_bytes"       // only its bytes are kept: the source's type
	RowTooLong       Code = "row_too_long"           // the row would be longer than 65,535 bytes: the former type
	KeyedText        Code = "keyed_text"             // a text in a key needs a length: the length
	TypeOfReference  Code = "type_of_reference"      // a foreign key wants the type of what it refers to: the former type, the new one, the column
	EnumAsCheck      Code = "enum_as_check"          // a check keeps the labels
	DomainUnfolded   Code = "domain_unfolded"        // the domain's base type and rules are the column's: the domain
	DefaultBlocked   Code = "default_blocked"        // the default cannot be said: its text
	DefaultShifted   Code = "default_shifted"        // the default means something slightly else: its text
	ExpressionLeft   Code = "expression_left"        // an expression cannot be said: its text, why
	ExpressionNote   Code = "expression_shifts"      // an expression means something slightly else: expr's code and arguments
	OnUpdateTrigger  Code = "on_update_trigger"      // a trigger would do it: the statements that make one
	TouchedByTrigger Code = "touched_by_trigger"     // a trigger does what ON UPDATE does: the statements that make it
	CounterLost      Code = "counter_lost"           // values are not given by themselves: why
	CounterNarrowed  Code = "counter_narrowed"       // the counter's type is narrower: the type
	NameChanged      Code = "name_changed"           // the name is too long, taken or not allowed: the source's name
	NameTaken        Code = "name_taken"             // another object has the name
	NoColumns        Code = "no_columns"             // a table without columns can be nowhere else than in PostgreSQL
	KindLeftOut      Code = "kind_left_out"          // objects of this kind are not translated
	PartitionLeft    Code = "partition_left"         // the table is not partitioned there: the partition key
	InheritanceLeft  Code = "inheritance_left"       // columns are copied, rows are not shared
	IndexLeftOut     Code = "index_left_out"         // why: method, predicate, parts, length, expression
	IndexShortened   Code = "index_shortened"        // only the first characters are indexed: the number
	PrefixAsExpr     Code = "prefix_as_expression"   // an expression takes the first characters: the column, how many
	PrefixDropped    Code = "prefix_dropped"         // all of the column is the key, not its beginning: the column, how many characters it was
	GeneratedOnce    Code = "generated_of_generated" // a generated column cannot use another one: the other one
	FulltextAsGIN    Code = "fulltext_as_gin"        // other words are found: the columns
	IncludeLost      Code = "include_lost"           // the columns
	NullsEqual       Code = "nulls_equal"            // NULLS NOT DISTINCT has no counterpart
	CaseMatters      Code = "case_matters"           // what was equal regardless of case is not any more: the collation
	CaseIgnored      Code = "case_ignored"           // what differs in case only is equal now
	ActionLost       Code = "action_lost"            // the foreign key's action has no counterpart: the action
	MatchLost        Code = "match_lost"             // MATCH FULL has no counterpart
	DeferrableLost   Code = "deferrable_lost"        // it is checked at once
	NoKeyReferenced  Code = "no_key_referenced"      // the referenced columns are no key
	ForeignTable     Code = "foreign_table_left"     // the referenced table is not translated: its name
	CommentLost      Code = "comment_lost"           // how many comments
	InvisibleLost    Code = "invisible_lost"
	Unmodelled       Code = "unmodelled" // the source has what this program cannot say: its text
	DisabledLost     Code = "not_enforced_lost"
)

// Note says what a translation does to an object beyond spelling it in another way.
type Note struct {
	Code     Code
	Severity Severity
	// Key is the object in the target's terms, Source in the source's.
	Key, Source  schema.Key
	Args         []string
	Alternatives []string // what a rule could ask for instead: types, or ByTrigger and ByNobody
}

// written is a type in a dialect's words.
type written struct {
	text    string
	charset string // MySQL: when it is not the table's
	notes   []Note
	blocked bool
}

func plain(text string) written { return written{text: text} }

// blocked is a type that the dialect has nothing for.
func blocked(alternatives ...string) written {
	return written{blocked: true, notes: []Note{{Code: NoSuchType, Severity: Blocked, Alternatives: alternatives}}}
}

func (w written) note(n Note) written {
	w.notes = append(w.notes[:len(w.notes):len(w.notes)], n)
	return w
}

func (w written) noteIf(on bool, n Note) written {
	if on {
		return w.note(n)
	}
	return w
}
