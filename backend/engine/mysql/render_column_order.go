package mysql

import (
	"sort"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// columnStep is one column of the table as it will be, and how it comes to be there.
type columnStep struct {
	column *schema.Column
	was    string // its name before; "" for a new column
	alters bool   // its definition changes
	moves  bool   // it must be told its place
	after  string // the column before it; "" for the first one
}

// columnSteps lists the columns of the resulting table in order. New columns and those that stand in the way of the
// resulting order are told their place; as many kept ones as possible stay where they are.
func columnSteps(op plan.Op, before, after *schema.Table) []columnStep {
	altered := map[string]bool{}
	fresh := map[string]bool{} // dropped, or dropped and added again
	for _, p := range op.Parts {
		if p.Key().Kind != schema.KindColumn {
			continue
		}
		switch p.Action {
		case diff.Alter:
			altered[p.Key().Name] = true
		case diff.Drop, diff.Replace:
			fresh[p.Before.Key().Name] = true
		}
	}
	renamed := caseRenames(op)
	position := map[string]int{}
	for i, c := range before.Columns {
		if new, ok := renamed[c.Name]; ok {
			position[new] = i
		} else if !fresh[c.Name] {
			position[c.Name] = i
		}
	}
	old := map[string]string{}
	for was, is := range renamed {
		old[is] = was
	}
	steps := make([]columnStep, len(after.Columns))
	var kept []int // indexes into steps
	previous := ""
	for i, c := range after.Columns {
		s := columnStep{column: c, alters: altered[c.Name], after: previous}
		previous = c.Name
		if _, ok := position[c.Name]; ok {
			kept = append(kept, i)
			if s.was = c.Name; old[c.Name] != "" {
				s.was, s.alters = old[c.Name], true
			}
		}
		steps[i] = s
	}
	placeColumns(steps, kept, position)
	return steps
}

// placeColumns marks the steps that need to be told their place.
func placeColumns(steps []columnStep, kept []int, position map[string]int) {
	places := make([]int, len(kept))
	for i, k := range kept {
		places[i] = position[steps[k].column.Name]
	}
	stays := make([]bool, len(steps))
	for _, i := range longestIncreasing(places) {
		stays[kept[i]] = true
	}
	last := -1 // the last column that stays; new ones behind it are appended in order anyway
	for i := range steps {
		if stays[i] || steps[i].was != "" {
			last = i
		}
	}
	for i := range steps {
		steps[i].moves = !stays[i] && (steps[i].was != "" || i < last)
	}
}

// longestIncreasing returns the indexes of a longest strictly increasing subsequence.
func longestIncreasing(values []int) []int {
	var tails []int // tails[n]: index of the smallest end of a subsequence of length n+1
	previous := make([]int, len(values))
	for i, v := range values {
		n := sort.Search(len(tails), func(j int) bool { return values[tails[j]] >= v })
		previous[i] = -1
		if n > 0 {
			previous[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	out := make([]int, len(tails))
	at := tails[len(tails)-1]
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = at
		at = previous[at]
	}
	return out
}

// caseRenames are the new names of columns that differ from the old ones in nothing but case: for the server that is one
// column, and changing it keeps its data.
func caseRenames(op plan.Op) map[string]string {
	renamed := map[string]string{}
	for _, p := range op.Parts {
		if p.Action == diff.Alter && p.Key().Kind == schema.KindColumn && p.Before.Key() != p.After.Key() {
			renamed[p.Before.Key().Name] = p.After.Key().Name
		}
	}
	return renamed
}

// place is the clause that puts the step's column where it belongs, with a space before it.
func (s columnStep) place() string {
	switch {
	case !s.moves:
		return ""
	case s.after == "":
		return " FIRST"
	}
	return " AFTER " + quoteIdent(s.after)
}
