package hazard

import (
	"strconv"
	"strings"
)

// found say what rows that stand against a change have, by the reason. Arguments are the reason's.
var found = map[Reason]string{
	NullValues:        "have NULL in {0}",
	Duplicates:        "have values that {0} wants unique and that are not",
	CollationEquals:   "have values of {0} in a unique key that are equal to others in {1}",
	CheckFails:        "have values for which the condition of {0} does not hold",
	MissingRows:       "have no row of {0} that they refer to",
	CastFails:         "have values of {0} that do not convert to {1}",
	OutOfRange:        "have values of {0} that do not fit into {1}",
	MissingCharacters: "have characters in {0} that do not exist in {1}",
	ReferenceSystem:   "have shapes in {0} of another spatial reference system",
	RemovedLabels:     "have a label that is taken from {0}",
	NoDefault:         "have no value for the new column {0}, which has no default",
}

// Counted is the English sentence that so many rows stand against a change for the hazard's reason.
func Counted(h Hazard, rows int64) string {
	reason, args := h.Reason()
	text, known := found[reason]
	if !known {
		text = "have what stands against it"
	}
	text = fill(text, args)
	switch rows {
	case 0:
		return "no row stands against it"
	case 1:
		return "1 row has" + strings.TrimPrefix(text, "have")
	}
	return strconv.FormatInt(rows, 10) + " rows " + text
}
