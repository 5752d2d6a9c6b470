package mysql

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// partitioning is the text behind PARTITION BY, taken apart.
type partitioning struct {
	head  string // everything before the list of partitions
	parts []partition
}

type partition struct{ name, definition string }

// parsePartitioning takes the text apart; parts is nil when the partitions are only counted.
func parsePartitioning(text string) (partitioning, error) {
	tokens, err := tokenize(text)
	if err != nil {
		return partitioning{}, err
	}
	start := slices.IndexFunc(tokens, func(t token) bool { return t.is("PARTITION") })
	if start < 1 || !tokens[start-1].punct("(") {
		return partitioning{head: text}, nil
	}
	out := partitioning{head: joinTokens(tokens[:start-1])}
	p := &parser{tokens: tokens, pos: start - 1}
	list, err := p.group()
	if err != nil {
		return partitioning{}, err
	}
	q := &parser{tokens: list}
	for !q.end() {
		one := q.until(func(token) bool { return false })
		name := ""
		if len(one) > 1 {
			name = one[1].text
			if n, err := unquoteIdent(name); err == nil {
				name = n
			}
		}
		out.parts = append(out.parts, partition{name, joinTokens(one)})
		if !q.acceptPunct(",") {
			break
		}
	}
	return out, nil
}

// partitionChange is how one partitioning becomes another: either whole, by a clause at the end of ALTER TABLE, or by
// statements that touch only some partitions.
type partitionChange struct {
	whole   string   // "PARTITION BY …", "REMOVE PARTITIONING"
	steps   []string // clauses of ALTER TABLE statements of their own
	dropped []string // partitions that go with their rows
}

// changePartitioning finds the way that moves the fewest rows and loses none that have a place to go: partitions that
// merge, split or move a bound are reorganised, new ones at the end are added, and only those are dropped whose rows fit
// nowhere else.
func changePartitioning(before, after string) (partitionChange, error) {
	switch {
	case before == after:
		return partitionChange{}, nil
	case after == "":
		return partitionChange{whole: "REMOVE PARTITIONING"}, nil
	}
	whole := partitionChange{whole: "PARTITION BY " + after}
	was, err := parsePartitioning(before)
	if err != nil {
		return whole, err
	}
	is, err := parsePartitioning(after)
	if err != nil {
		return whole, err
	}
	kind, _, _ := strings.Cut(is.head, " ")
	if was.head != is.head || kind != "RANGE" && kind != "LIST" || len(was.parts) == 0 || len(is.parts) == 0 {
		return whole, nil
	}
	steps, ok := partitionSteps(kind == "RANGE", was.parts, is.parts)
	if !ok {
		return whole, nil
	}
	return steps, nil
}

// gap is a stretch in which two lists of partitions differ, and the partition after it that both have.
type gap struct {
	was, is []partition
	next    *partition
}

// gaps aligns two lists at the partitions that both have in the same order.
func gaps(was, is []partition) []gap {
	at := map[partition]int{}
	for i, p := range was {
		at[p] = i
	}
	var kept, places []int
	for i, p := range is {
		if j, ok := at[p]; ok {
			kept, places = append(kept, i), append(places, j)
		}
	}
	var out []gap
	w, s := 0, 0
	for _, n := range longestIncreasing(places) {
		i, j := kept[n], places[n]
		if j > w || i > s {
			out = append(out, gap{was[w:j], is[s:i], &is[i]})
		}
		w, s = j+1, i+1
	}
	if w < len(was) || s < len(is) {
		out = append(out, gap{was[w:], is[s:], nil})
	}
	return out
}

func partitionSteps(ranges bool, was, is []partition) (partitionChange, bool) {
	var out partitionChange
	for _, g := range gaps(was, is) {
		if nameTaken(g, was) {
			return out, false
		}
		step, dropped, ok := partitionStep(ranges, g)
		if !ok {
			return out, false
		}
		out.steps = append(out.steps, step)
		out.dropped = append(out.dropped, dropped...)
	}
	if len(out.dropped) == len(was) {
		return out, false
	}
	return out, true
}

// nameTaken tells that a new partition's name is still held by one outside the gap.
func nameTaken(g gap, was []partition) bool {
	for _, p := range g.is {
		for _, q := range was {
			if strings.EqualFold(p.name, q.name) && !slices.Contains(g.was, q) {
				return true
			}
		}
	}
	return false
}

func partitionStep(ranges bool, g gap) (step string, dropped []string, ok bool) {
	switch {
	case len(g.was) == 0 && g.next == nil:
		return "ADD PARTITION (" + definitions(g.is) + ")", nil, true
	case len(g.is) == 0 && (g.next == nil || !ranges):
		return "DROP PARTITION " + partitionNames(g.was), bareNames(g.was), true
	case ranges && g.next != nil:
		g.was, g.is = append(slices.Clip(g.was), *g.next), append(slices.Clip(g.is), *g.next)
	case ranges && bound(g.was) != bound(g.is) && bound(g.is) != "MAXVALUE", !ranges && len(g.was) == 0:
		return "", nil, false
	}
	return "REORGANIZE PARTITION " + partitionNames(g.was) + " INTO (" + definitions(g.is) + ")", nil, true
}

// bound is the upper bound of the last partition of the list.
func bound(list []partition) string {
	_, after, _ := strings.Cut(list[len(list)-1].definition, " VALUES LESS THAN ")
	if strings.HasPrefix(after, "MAXVALUE") {
		return "MAXVALUE"
	}
	end := strings.IndexByte(after, ')')
	if end < 0 {
		return after
	}
	return after[:end]
}

func definitions(list []partition) string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = p.definition
	}
	return strings.Join(texts, ", ")
}

func bareNames(list []partition) []string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.name
	}
	return names
}

func partitionNames(list []partition) string {
	names := bareNames(list)
	for i, n := range names {
		names[i] = quoteIdent(n)
	}
	return strings.Join(names, ", ")
}

// partitionChangeOf is the change between two tables. A text that cannot be read is restated whole.
func partitionChangeOf(before, after *schema.Table) partitionChange {
	change, err := changePartitioning(before.PartitionBy, after.PartitionBy)
	if err != nil {
		return partitionChange{whole: "PARTITION BY " + after.PartitionBy}
	}
	return change
}
