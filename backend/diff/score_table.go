package diff

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// common is the number of tables from which on a column tells nothing about which table it may be in.
const common = 20

// likeTables are the pairs of tables that may be one: those of the very same columns, and those that share columns which few
// tables have.
func likeTables(gone, fresh []*schema.Table) []candidate {
	var out []candidate
	seen := map[[2]schema.Object]bool{}
	add := func(g, f *schema.Table) {
		p := [2]schema.Object{g, f}
		if seen[p] || g.Schema != f.Schema {
			return
		}
		seen[p] = true
		if score := tableScore(g, f); score >= leastConfidence-rivalry {
			out = append(out, candidate{g, f, score})
		}
	}
	byShape := map[string][2][]schema.Object{}
	holders := map[string][]*schema.Table{}
	for _, g := range gone {
		shape := byShape[shapeOf(g)]
		shape[0] = append(shape[0], g)
		byShape[shapeOf(g)] = shape
		for _, c := range g.Columns {
			holders[feature(c)] = append(holders[feature(c)], g)
		}
	}
	var shapes []string
	for _, f := range fresh {
		text := shapeOf(f)
		shape := byShape[text]
		if shape[1] == nil {
			shapes = append(shapes, text)
		}
		shape[1] = append(shape[1], f)
		byShape[text] = shape
	}
	for _, text := range shapes {
		for _, p := range neighbouring(byShape[text][0], byShape[text][1]) {
			add(p[0].(*schema.Table), p[1].(*schema.Table))
		}
	}
	for _, f := range fresh {
		for _, c := range f.Columns {
			if list := holders[feature(c)]; len(list) <= common {
				for _, g := range list {
					add(g, f)
				}
			}
		}
	}
	return out
}

// feature is what a column tells about its table.
func feature(c *schema.Column) string { return c.Name + "\x00" + c.Type.Text }

// shapeOf is equal for tables of the same columns, in whatever order.
func shapeOf(t *schema.Table) string {
	texts := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		texts[i] = feature(c)
	}
	slices.Sort(texts)
	return t.Schema + "\x01" + strings.Join(texts, "\x01")
}

func tableScore(g, f *schema.Table) float64 {
	left := map[string]bool{}
	for _, c := range g.Columns {
		left[feature(c)] = true
	}
	same := 0
	for _, c := range f.Columns {
		if left[feature(c)] {
			same++
		}
	}
	all := len(g.Columns) + len(f.Columns) - same
	if all == 0 {
		return 0
	}
	alike := float64(same) / float64(all)
	switch same { // one or two columns are the same by chance
	case 1:
		alike *= 0.6
	case 2:
		alike *= 0.8
	}
	return tableColumns*alike + tableName*Similar(g.Name, f.Name) + commentScore(g, f)
}
