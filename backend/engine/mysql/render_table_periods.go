package mysql

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// periodClauses are those of MariaDB's periods and system versioning.
func (a *alteration) periodClauses() {
	if was, is := a.before.Attrs.Get(attrPeriods), a.after.Attrs.Get(attrPeriods); was != is {
		a.periodChange(was, is)
	}
	if was, is := systemPeriod(a.before), systemPeriod(a.after); was != is || a.newPeriod {
		a.periodChange(was, is)
	}
	switch {
	case versioned(a.before) && !versioned(a.after):
		a.inPlace = append(a.inPlace, "DROP SYSTEM VERSIONING")
	case a.becomesVersioned():
		a.inPlace = append(a.inPlace, "ADD SYSTEM VERSIONING")
	case a.d.restartsHistory(a.op, a.before, a.after):
		a.prelude = append(a.prelude, "DROP SYSTEM VERSIONING")
		a.inPlace = append(a.inPlace, "ADD SYSTEM VERSIONING")
	}
}

// restartsHistory tells that the table stays versioned and gets a period, or another one, in a way for which its history
// has to start anew. From 11.7 on a table whose period is implicit can be given one; its columns then come last and
// visible, whatever the statement says, or where an earlier period had its own.
func (d dialect) restartsHistory(op plan.Op, before, after *schema.Table) bool {
	if !versioned(before) || !versioned(after) || systemPeriod(after) == "" {
		return false
	}
	if systemPeriod(before) == systemPeriod(after) && !rebuildsPeriod(op, before, after) {
		return false
	}
	n := len(after.Columns) - 2
	return !d.f.mariaAtLeast(11, 7, 0) || systemPeriod(before) != "" || n < 0 || !appendable(after.Columns[n], rowStart) || !appendable(after.Columns[n+1], rowEnd)
}

func appendable(c *schema.Column, kind string) bool {
	return c.GeneratedKind == kind && !c.Invisible && c.Comment == ""
}

func (a *alteration) becomesVersioned() bool { return !versioned(a.before) && versioned(a.after) }

// startsHistory tells that the table has no history while its columns change, and gets one at the end of the statement.
func (a *alteration) startsHistory() bool {
	return a.becomesVersioned() || a.d.restartsHistory(a.op, a.before, a.after)
}

// periodChange drops one period and adds another; to do both takes two statements.
func (a *alteration) periodChange(was, is string) {
	if was != "" {
		drop := "DROP " + strings.TrimSpace(was[:strings.LastIndex(was, "(")])
		if is != "" {
			a.prelude = append(a.prelude, drop)
		} else {
			a.drops = append(a.drops, drop)
		}
	}
	if is != "" {
		a.columns = append(a.columns, "ADD "+is)
	}
}

// changesPeriod tells that one application-time period makes way for another.
func (a *alteration) changesPeriod() bool {
	return a.after.Attrs.Get(attrPeriods) != "" && changed(a.before, a.after, attrPeriods)
}

// rebuildsPeriod tells that the system-time period and both its columns go first and come back: the server changes
// neither of them, nor their place, in any other way.
func rebuildsPeriod(op plan.Op, before, after *schema.Table) bool {
	was, is := systemPeriod(before), systemPeriod(after)
	if was == "" || is == "" {
		return false
	}
	return was != is || slices.ContainsFunc(columnSteps(op, before, after), func(s columnStep) bool {
		return isRowTime(s.column) && (s.was == "" || s.alters || s.moves)
	})
}

// withRowTimeReplaced are the operations with replacements for the period's columns of either side.
func (a *alteration) withRowTimeReplaced(parts []plan.Op) []plan.Op {
	for _, c := range a.before.Columns {
		after := a.after.Column(c.Name)
		if !isRowTime(c) || after == nil {
			continue
		}
		replace := plan.Op{Action: diff.Replace, Before: c, After: after}
		if i := slices.IndexFunc(parts, func(p plan.Op) bool { return p.Key() == c.Key() }); i >= 0 {
			parts[i] = replace
		} else {
			parts = append(parts, replace)
		}
	}
	return parts
}
