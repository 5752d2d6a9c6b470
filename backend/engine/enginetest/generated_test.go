package enginetest_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/enginetest/gen"
)

// generatedSeeds are so many that each clause comes up in some of them.
const generatedSeeds = 1500

// produced is how the generators show a clause, by a sign in some pair; or why they have it not.
type produced struct {
	sign   sign
	reason string
}

// sign tells that a pair has, or changes, something.
type sign func(sides) bool

// sides are a pair's pieces by their IDs.
type sides struct {
	before, after map[string]gen.Piece
	places        [2]map[string]int // in the order of writing
}

func sidesOf(p gen.Pair) sides {
	s := sides{before: map[string]gen.Piece{}, after: map[string]gen.Piece{}, places: [2]map[string]int{{}, {}}}
	for side, pieces := range []map[string]gen.Piece{s.before, s.after} {
		for i, x := range []gen.Schema{p.Before, p.After}[side] {
			pieces[x.ID], s.places[side][x.ID] = x, i
		}
	}
	return s
}

func textOf(p gen.Piece) string {
	if p.Tail == "-" { // it is whole
		return p.SQL
	}
	return p.SQL + p.Tail
}

// written: some piece says so.
func written(expression string) produced {
	re := regexp.MustCompile(expression)
	return produced{sign: func(s sides) bool {
		return anyOf(s.before, func(p gen.Piece) bool { return re.MatchString(textOf(p)) }) || anyOf(s.after, func(p gen.Piece) bool { return re.MatchString(textOf(p)) })
	}}
}

// comes: such a piece is on one side alone, and the table that it is written into, if any, on both.
func comes(expression string) produced {
	re := regexp.MustCompile(expression)
	alone := func(here, there map[string]gen.Piece) bool {
		return anyOf(here, func(p gen.Piece) bool {
			_, stays := there[p.ID]
			_, stands := there[p.Table]
			return !stays && (stands || p.Table == "") && re.MatchString(textOf(p))
		})
	}
	return produced{sign: func(s sides) bool { return alone(s.before, s.after) || alone(s.after, s.before) }}
}

// turns: a piece that is like the first on one side is like the second on the other, and only there.
func turns(from, to string) produced {
	was, is := regexp.MustCompile(from), regexp.MustCompile(to)
	like := func(p, q gen.Piece) bool {
		return was.MatchString(textOf(p)) && !was.MatchString(textOf(q)) && is.MatchString(textOf(q))
	}
	return produced{sign: func(s sides) bool {
		return s.bothSides(func(p, q gen.Piece) bool { return like(p, q) || like(q, p) })
	}}
}

// under: a column that is like the first on one side changes below a piece that needs it on both, like the second.
func under(column, dependent string) produced {
	base, needs := regexp.MustCompile(column), regexp.MustCompile(dependent)
	return produced{sign: func(s sides) bool {
		return s.bothSides(func(d, e gen.Piece) bool {
			return needs.MatchString(textOf(d)) && slices.ContainsFunc(d.Needs, func(id string) bool {
				p, q := s.before[id], s.after[id]
				return p.Table != "" && q.Table != "" && textOf(p) != textOf(q) && base.MatchString(textOf(p)) && slices.Contains(e.Needs, id)
			})
		})
	}}
}

// circular: foreign keys like the expression, which captures the referring and the referred table, make a circle of two
// tables; of one when self.
func circular(expression string, self bool) produced {
	re := regexp.MustCompile(expression)
	return circle(self, func(p gen.Piece) (from, to string, ok bool) {
		m := re.FindStringSubmatch(textOf(p))
		if m == nil {
			return "", "", false
		}
		return m[1], m[2], true
	})
}

// referring is circular for foreign keys that are written into their tables.
func referring(self bool) produced {
	re := regexp.MustCompile("REFERENCES ((?:\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`))")
	quotes := strings.NewReplacer("`", "", `"`, "")
	return circle(self, func(p gen.Piece) (from, to string, ok bool) {
		m := re.FindStringSubmatch(textOf(p))
		if m == nil {
			return "", "", false
		}
		return quotes.Replace(strings.TrimPrefix(p.Table, "table ")), quotes.Replace(m[1]), true
	})
}

func circle(self bool, reference func(gen.Piece) (from, to string, ok bool)) produced {
	return produced{sign: func(s sides) bool {
		for _, side := range []map[string]gen.Piece{s.before, s.after} {
			to := map[[2]string]bool{}
			for _, p := range side {
				if from, other, ok := reference(p); ok {
					to[[2]string{from, other}] = true
				}
			}
			for x := range to {
				if (x[0] == x[1]) == self && to[[2]string{x[1], x[0]}] {
					return true
				}
			}
		}
		return false
	}}
}

// inside: a column changes in a table on which a piece like the expression stands, on both sides.
func inside(column, dependent string) produced {
	base, stands := regexp.MustCompile(column), regexp.MustCompile(dependent)
	return produced{sign: func(s sides) bool {
		return s.bothSides(func(p, q gen.Piece) bool {
			return p.Table != "" && textOf(p) != textOf(q) && base.MatchString(textOf(p)) && base.MatchString(textOf(q)) && s.bothSides(func(d, e gen.Piece) bool {
				return stands.MatchString(textOf(d)) && stands.MatchString(textOf(e)) && slices.Contains(d.Needs, p.Table)
			})
		})
	}}
}

// moved: two columns that a table has on both sides stand there in another order.
func moved(expression string) produced {
	re := regexp.MustCompile(expression)
	return produced{sign: func(s sides) bool {
		return s.bothSides(func(p, q gen.Piece) bool {
			return re.MatchString(textOf(p)) && s.bothSides(func(d, e gen.Piece) bool {
				return p.Table == d.Table && re.MatchString(textOf(d)) && s.places[0][p.ID] < s.places[0][d.ID] && s.places[1][q.ID] > s.places[1][e.ID]
			})
		})
	}}
}

// never: the generators do not have it.
func never(reason string) produced { return produced{reason: reason} }

func anyOf(pieces map[string]gen.Piece, f func(gen.Piece) bool) bool {
	for _, p := range pieces {
		if f(p) {
			return true
		}
	}
	return false
}

func (s sides) bothSides(f func(before, after gen.Piece) bool) bool {
	return anyOf(s.before, func(p gen.Piece) bool {
		q, ok := s.after[p.ID]
		return ok && f(p, q)
	})
}

// Every clause of the catalogues that is not out of scope comes up in random pairs, or it says here why it does not.
func TestTheGeneratorsProduceEveryClause(t *testing.T) {
	for _, c := range []struct {
		dialect  string
		produced map[string]produced
		pairs    []func(seed uint64) gen.Pair
	}{
		{"postgres", producedByPostgres, []func(uint64) gen.Pair{func(seed uint64) gen.Pair { return gen.Postgres(seed, 18) }}},
		{"mysql", producedByMySQL, []func(uint64) gen.Pair{
			func(seed uint64) gen.Pair { return gen.MySQL(seed, gen.Flavor{Major: 9}) },
			func(seed uint64) gen.Pair { return gen.MySQL(seed, gen.Flavor{MariaDB: true, Major: 11}) },
		}},
		{"sqlite", producedBySQLite, []func(uint64) gen.Pair{gen.SQLite}},
	} {
		t.Run(c.dialect, func(t *testing.T) {
			clauses, err := enginetest.LoadClauses(filepath.Join("testdata", c.dialect, "clauses.txt"))
			if err != nil {
				t.Fatal(err)
			}
			missing := map[string]sign{}
			for label, p := range c.produced {
				if !slices.ContainsFunc(clauses, func(o enginetest.Clause) bool { return o.Label == label && o.Reason == "" }) {
					t.Errorf("%q is no clause that cases are about", label)
				}
				if p.sign != nil {
					missing[label] = p.sign
				}
			}
			for seed := uint64(0); seed < generatedSeeds && len(missing) > 0; seed++ {
				for _, pair := range c.pairs {
					s := sidesOf(pair(seed))
					for label, found := range missing {
						if found(s) {
							delete(missing, label)
						}
					}
				}
			}
			for _, o := range clauses {
				if _, known := c.produced[o.Label]; !known && o.Reason == "" {
					t.Errorf("nothing says how the generator shows %q", o.Label)
				}
				if missing[o.Label] != nil {
					t.Errorf("%d random pairs do not show %q", generatedSeeds, o.Label)
				}
			}
		})
	}
}
