package hazard

// Reason is the stable name of why a change may fail or is doubtful (MayFail, Correctness).
type Reason string

// The reasons why existing rows may stand against a change. Their arguments are listed with each; names are as the
// database has them, without quotes.
const (
	NullValues        Reason = "null_values"              // column: NULL may stand where it will not be allowed
	Duplicates        Reason = "duplicates"               // key or index: values that have to be unique may not be
	CollationEquals   Reason = "collation_equals"         // column, collation: it may take values of a unique key for equal
	CheckFails        Reason = "check"                    // constraint: its condition may not hold
	MissingRows       Reason = "missing_rows"             // table: the rows of it that they refer to may not exist
	Overlaps          Reason = "overlaps"                 // constraint: values that must not overlap may do so
	CastFails         Reason = "cast"                     // column or domain, type: values may not convert
	OutOfRange        Reason = "out_of_range"             // column or domain, type: values may not fit
	MissingCharacters Reason = "missing_characters"       // column, charset: characters of values may not exist in it
	ReferenceSystem   Reason = "reference_system"         // column: shapes may be of another spatial reference system
	RemovedLabels     Reason = "removed_labels"           // type: a label that is taken away may be in use
	NoDefault         Reason = "not_null_without_default" // column: new, must not be NULL, and has no default
	OutsideLimits     Reason = "outside_limits"           // least, greatest: the value of a sequence may lie outside
	OutsideBound      Reason = "rows_outside_bound"       // no argument: rows may lie outside a partition's new bound
	NoPartition       Reason = "no_partition"             // no argument: rows may fit into none of the partitions
)

// The reasons why a change is worth a look.
const (
	CounterStartsAgain Reason = "counter_starts_again" // no argument: the counter may meet existing values
	EmptyValues        Reason = "empty_values"         // no argument: rows get the type's empty value in a new column
	DefaultNotApplied  Reason = "default_not_applied"  // no argument: rows keep NULL instead of a default that differs from row to row
	NamesOld           Reason = "names_old"            // name: its text has a name that is given up, and does not change by itself
)

var reasons = map[Reason]string{
	NullValues:         "NULL may stand in {0}",
	Duplicates:         "values that {0} wants unique may not be",
	CollationEquals:    "values of {0} in a unique key may be equal to {1}",
	CheckFails:         "the condition of {0} may not hold for all of them",
	MissingRows:        "the rows of {0} that they refer to may not exist",
	Overlaps:           "values that {0} lets not overlap may do so",
	CastFails:          "values of {0} may not convert to {1}",
	OutOfRange:         "values of {0} may not fit into {1}",
	MissingCharacters:  "characters in {0} may not exist in {1}",
	ReferenceSystem:    "shapes in {0} may be of another spatial reference system",
	RemovedLabels:      "a label that is taken from {0} may be in use",
	NoDefault:          "they have no value for the new column {0}, which has no default",
	OutsideLimits:      "the value may lie outside {0} to {1}",
	OutsideBound:       "some may lie outside the new bound",
	NoPartition:        "some may fit into none of the partitions",
	CounterStartsAgain: "the counter starts anew and may meet existing values",
	EmptyValues:        "existing rows get the type's own empty value, because the column has no default",
	NamesOld:           "its text names {0}, which is renamed, and does not follow by itself",
	DefaultNotApplied:  "existing rows do not get the default, which would be another value for each",
}
