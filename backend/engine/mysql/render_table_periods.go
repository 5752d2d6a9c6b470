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
	case a.d.losesHistory(a.before, a.after) || a.newPeriod && !a.d.f.addsSystemPeriod():
		a.prelude = append(a.prelude, "DROP SYSTEM VERSIONING")
		a.inPlace = append(a.inPlace, "ADD SYSTEM VERSIONING")
	}
}

// addsSystemPeriod: a table that is versioned without a period of its own can be given one and keeps its history.
func (f flavor) addsSystemPeriod() bool { return f.mariaAtLeast(11, 7, 0) }

// losesHistory tells that a versioned table can only get its period by starting its history anew.
func (d dialect) losesHistory(before, after *schema.Table) bool {
	return versioned(before) && versioned(after) && !d.f.addsSystemPeriod() && systemPeriod(after) != "" && systemPeriod(before) != systemPeriod(after)
}

func (a *alteration) becomesVersioned() bool { return !versioned(a.before) && versioned(a.after) }

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
func (a *alteration) rebuildsPeriod(op plan.Op) bool {
	was, is := systemPeriod(a.before), systemPeriod(a.after)
	if was == "" || is == "" {
		return false
	}
	return was != is || slices.ContainsFunc(columnSteps(op, a.before, a.after), func(s columnStep) bool {
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
