package postgres

import (
	"strconv"

	"database-structure-sync/backend/schema"
)

// Changing a sequence's bounds fails when its current value is outside the new ones. The value is data: it is kept
// wherever it can be, and only moved into the new bounds where it is not in them.

// keepCounter is the statement to run before the options change, and the word that the change itself needs; both may be
// empty.
func keepCounter(name string, before, after schema.SequenceOptions) (first, word string) {
	lowest, ok1 := int64Of(before.Min)
	highest, ok2 := int64Of(before.Max)
	low, ok3 := int64Of(after.Min)
	high, ok4 := int64Of(after.Max)
	start, ok5 := int64Of(after.Start)
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || low <= lowest && high >= highest {
		return "", ""
	}
	if low > highest || high < lowest { // no value is in both
		return "", "RESTART WITH " + after.Start
	}
	if old, ok := int64Of(before.Start); ok && old >= low && old <= high {
		return "", "" // most likely the value is inside too; if not, the server refuses the change
	}
	target := strconv.FormatInt(min(max(start, lowest, low), highest, high), 10)
	inside := "last_value BETWEEN " + after.Min + " AND " + after.Max
	return "SELECT pg_catalog.setval(" + quoteLiteral(name) + "::pg_catalog.regclass, CASE WHEN " + inside + " THEN last_value ELSE " +
		target + " END, is_called AND " + inside + ") FROM " + name, ""
}

// carryOn makes a new sequence go on where another one is, as far as its bounds let it.
func carryOn(to, from string, before, after schema.SequenceOptions) string {
	value, called := "last_value", "is_called"
	lowest, _ := int64Of(before.Min)
	highest, _ := int64Of(before.Max)
	low, ok1 := int64Of(after.Min)
	high, ok2 := int64Of(after.Max)
	if ok1 && ok2 && (low > lowest || high < highest) {
		inside := "last_value BETWEEN " + after.Min + " AND " + after.Max
		value, called = "CASE WHEN "+inside+" THEN last_value ELSE "+after.Start+" END", "is_called AND "+inside
	}
	return "SELECT pg_catalog.setval(" + quoteLiteral(to) + "::pg_catalog.regclass, " + value + ", " + called + ") FROM " + from
}

func int64Of(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}
