package diff

import (
	"slices"
	"strings"
	"unicode"

	"database-structure-sync/backend/schema"
)

// What the confidence of a suggestion is made of. All of it is a function of the two structures alone.
const (
	// Columns: the same type (half of that for the same type of another length), the same other properties, a like name, the
	// same place among the columns.
	columnType, columnRest, columnName, columnPlace = 0.35, 0.15, 0.30, 0.20
	// Tables: columns of the same names and types, a like name. Few columns are alike by chance.
	tableColumns, tableName = 0.70, 0.30
	// Constraints, indexes, foreign keys, sequences and types: everything but the name is the same.
	contentScore = 0.75
	// Labels and attributes: all others are the same and in the same places.
	memberScore = 0.6
	// The same comment, where there is one, tells much.
	sameComment = 0.10
)

// Similar tells how alike two names are, between 0 and 1: the share of pairs of neighbouring letters and digits that they have
// in common. Case, and whatever stands between words, makes no difference.
func Similar(a, b string) float64 {
	x, y := pairsOf(a), pairsOf(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	left := map[[2]rune]int{}
	for _, p := range x {
		left[p]++
	}
	common := 0
	for _, p := range y {
		if left[p] > 0 {
			left[p]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}

// pairsOf are the neighbouring letters, the edges counting as neighbours.
func pairsOf(name string) [][2]rune {
	letters := []rune{' '}
	for _, r := range strings.ToLower(name) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, r)
		}
	}
	if len(letters) == 1 {
		return nil
	}
	letters = append(letters, ' ')
	pairs := make([][2]rune, 0, len(letters)-1)
	for i := 1; i < len(letters); i++ {
		pairs = append(pairs, [2]rune{letters[i-1], letters[i]})
	}
	return pairs
}

func commentScore(a, b schema.Object) float64 {
	if c := a.Extra().Comment; c != "" && c == b.Extra().Comment {
		return sameComment
	}
	return 0
}

// manyPairs bounds how many pairs of columns of one table are looked at; beyond it only neighbours are.
const manyPairs, neighbours = 10_000, 3

// likeColumns are the pairs of columns that may be one.
func likeColumns(before, after *schema.Table, gone, fresh []*schema.Column) []candidate {
	was, is := places(before), places(after)
	var out []candidate
	for _, g := range gone {
		for _, f := range fresh {
			apart := was[g] - is[f]
			if len(gone)*len(fresh) > manyPairs && (apart > neighbours || apart < -neighbours) {
				continue
			}
			score := columnName*Similar(g.Name, f.Name) + commentScore(g, f) + columnRest*restOf(g, f)
			switch {
			case g.Type.Text == f.Type.Text:
				score += columnType
			case baseType(g.Type.Text) == baseType(f.Type.Text):
				score += columnType / 2
			}
			switch apart {
			case 0:
				score += columnPlace
			case 1, -1:
				score += columnPlace / 2
			}
			if score >= leastConfidence-rivalry {
				out = append(out, candidate{g, f, score})
			}
		}
	}
	return out
}

func places(t *schema.Table) map[*schema.Column]int {
	out := make(map[*schema.Column]int, len(t.Columns))
	for i, c := range t.Columns {
		out[c] = i
	}
	return out
}

// baseType is the type without its length.
func baseType(text string) string {
	base, _, _ := strings.Cut(text, "(")
	return base
}

// restOf is the share of the properties beside type and comment that two columns have in common.
func restOf(a, b *schema.Column) float64 {
	others := func(c *schema.Column) []schema.Prop {
		return slices.DeleteFunc(c.Props(), func(p schema.Prop) bool { return p.Name == "type" || p.Class == schema.ClassComment })
	}
	values := map[string]string{}
	for _, p := range others(a) {
		values[p.Name] = p.Value
	}
	all, same := len(values), 0
	for _, p := range others(b) {
		v, ok := values[p.Name]
		if !ok {
			all++
		} else if v == p.Value {
			same++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(same) / float64(all)
}

// sameContent are the pairs of objects that differ in nothing but their names. Where many are the same, names are held
// against their neighbours in the order of names.
func sameContent(gone, fresh []schema.Object, owner bool) []candidate {
	was, is := map[string][]schema.Object{}, map[string][]schema.Object{}
	var order []string
	for _, o := range gone {
		text := content(o, owner)
		if was[text] == nil {
			order = append(order, text)
		}
		was[text] = append(was[text], o)
	}
	for _, o := range fresh {
		text := content(o, owner)
		is[text] = append(is[text], o)
	}
	var out []candidate
	for _, text := range order {
		for _, p := range neighbouring(was[text], is[text]) {
			out = append(out, candidate{p[0], p[1], contentScore + (1-contentScore)*Similar(p[0].Key().Name, p[1].Key().Name)})
		}
	}
	return out
}

// fewEnough is the number of objects of one content of which every pair is looked at.
const fewEnough = 12

// neighbouring are the pairs worth a look among objects of like content: all of few, else those whose names stand near each
// other when sorted by their beginnings or by their ends.
func neighbouring(gone, fresh []schema.Object) [][2]schema.Object {
	var out [][2]schema.Object
	if len(gone)*len(fresh) <= fewEnough*fewEnough {
		for _, g := range gone {
			for _, f := range fresh {
				out = append(out, [2]schema.Object{g, f})
			}
		}
		return out
	}
	seen := map[[2]schema.Object]bool{}
	for _, by := range []func(string) string{strings.ToLower, reversed} {
		type entry struct {
			name string
			o    schema.Object
			was  bool
		}
		var all []entry
		for _, o := range gone {
			all = append(all, entry{by(o.Key().Name), o, true})
		}
		for _, o := range fresh {
			all = append(all, entry{by(o.Key().Name), o, false})
		}
		slices.SortStableFunc(all, func(x, y entry) int { return strings.Compare(x.name, y.name) })
		for i, x := range all {
			for _, y := range all[i+1 : min(len(all), i+1+2*neighbours)] {
				p := [2]schema.Object{x.o, y.o}
				if y.was {
					p = [2]schema.Object{y.o, x.o}
				}
				if x.was != y.was && !seen[p] {
					seen[p] = true
					out = append(out, p)
				}
			}
		}
	}
	return out
}

func reversed(name string) string {
	r := []rune(strings.ToLower(name))
	slices.Reverse(r)
	return string(r)
}
