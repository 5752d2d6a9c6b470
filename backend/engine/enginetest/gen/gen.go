// Package gen makes random pairs of schemas as SQL text, deterministically from a seed: one to start from and a mutated
// one to reach. It writes the SQL itself, as a person would, and knows nothing of this program's model, readers or
// renderers, so that it can be used to judge them.
package gen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
)

// stage is the order in which pieces are written out.
type stage int

const (
	stageSchema stage = iota
	stageType
	stageSequence
	stageFunction
	stageTable
	stageColumn     // inside its table
	stageConstraint // inside its table
	stageIndex
	stageForeignKey
	stageView
	stageTrigger
	stageComment
)

// Piece is the smallest thing that a pair can have or lack: a type, a table, a column, an index.
type Piece struct {
	ID    string
	Stage stage
	// Needs are what other pieces must give for this one to be valid; a piece always gives its own ID.
	Needs, Gives []string
	Table        string // the ID of the table that a column or constraint is written into
	SQL          string // of a table: the head; Tail follows the closing parenthesis
	Tail         string
	object       string // what COMMENT ON calls it; "" for what has no comment or gets it otherwise
	// Column facts, for whoever builds upon them.
	name, class, typ string
	parent           string                 // of a partition: the ID of the table that it is of
	again            func(*rand.Rand) Piece // makes another variant of the same piece; nil when there is none
}

// Schema is a list of pieces in the order of their making.
type Schema []Piece

// Pair is a schema to start from and one to reach.
type Pair struct{ Before, After Schema }

// SQL writes the schema out, one statement a line or several lines, each ended by a semicolon.
func (s Schema) SQL() string {
	inside := map[string][]Piece{}
	for _, p := range s {
		if p.Table != "" {
			inside[p.Table] = append(inside[p.Table], p)
		}
	}
	sorted := slices.Clone(s)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Stage < sorted[j].Stage })
	var b strings.Builder
	for _, p := range sorted {
		switch {
		case p.Table != "":
		case p.Stage == stageTable && p.Tail != "-":
			lines := inside[p.ID]
			sort.SliceStable(lines, func(i, j int) bool { return lines[i].Stage < lines[j].Stage })
			texts := make([]string, len(lines))
			for i, l := range lines {
				texts[i] = "  " + l.SQL
			}
			fmt.Fprintf(&b, "%s (\n%s\n)%s;\n", p.SQL, strings.Join(texts, ",\n"), p.Tail)
		default:
			b.WriteString(p.SQL + ";\n")
		}
	}
	return b.String()
}

// valid is the schema without the pieces whose needs are not met, and without tables that have no column.
func (s Schema) valid() Schema {
	for {
		given := map[string]bool{}
		for _, p := range s {
			given[p.ID] = true
			for _, g := range p.Gives {
				given[g] = true
			}
			if p.object != "" {
				given[p.ID+" is "+p.object] = true
			}
			if p.Stage == stageColumn {
				given["column of "+p.Table] = true
			}
		}
		kept := make(Schema, 0, len(s))
		for _, p := range s {
			ok := p.Stage != stageTable || p.Tail == "-" || given["column of "+p.ID]
			for _, n := range p.Needs {
				ok = ok && given[n]
			}
			if p.Table != "" {
				ok = ok && given[p.Table]
			}
			if ok {
				kept = append(kept, p)
			}
		}
		if len(kept) == len(s) {
			return kept
		}
		s = kept
	}
}

// IDs are the ids of all pieces of either side, sorted.
func (p Pair) IDs() []string {
	var ids []string
	for _, s := range []Schema{p.Before, p.After} {
		for _, x := range s {
			ids = append(ids, x.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Without is the pair lacking these pieces on both sides, and what needed them.
func (p Pair) Without(ids map[string]bool) Pair {
	cut := func(s Schema) Schema {
		kept := make(Schema, 0, len(s))
		for _, x := range s {
			if !ids[x.ID] {
				kept = append(kept, x)
			}
		}
		return kept.valid()
	}
	return Pair{cut(p.Before), cut(p.After)}
}

// Shrink takes pieces away from a failing pair for as long as it still fails, halves first, then one by one.
func Shrink(p Pair, fails func(Pair) bool) Pair {
	for size := max(1, len(p.IDs())/2); ; {
		shrunk := false
		ids := p.IDs()
		for at := 0; at < len(ids); at += size {
			drop := map[string]bool{}
			for _, id := range ids[at:min(at+size, len(ids))] {
				drop[id] = true
			}
			smaller := p.Without(drop)
			if len(smaller.IDs()) < len(p.IDs()) && fails(smaller) {
				p, shrunk = smaller, true
			}
		}
		switch {
		case size > 1:
			size /= 2
		case !shrunk:
			return p
		}
	}
}

// maker builds one schema.
type maker struct {
	r      *rand.Rand
	pieces Schema
	serial int
	names  []string // pool of odd and ordinary names
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x5eed)) }

func (m *maker) add(p Piece) { m.pieces = append(m.pieces, p) }

// addAgain adds a piece that can be made anew; the id and stage stay.
func (m *maker) addAgain(build func(*rand.Rand) Piece) {
	p := build(m.r)
	p.again = build
	m.add(p)
}

// fresh is a name nobody has: sometimes odd.
func (m *maker) fresh(prefix string) string {
	m.serial++
	if m.r.IntN(12) == 0 {
		return fmt.Sprintf("%s %s%d", prefix, m.names[m.r.IntN(len(m.names))], m.serial)
	}
	return fmt.Sprintf("%s_%d", prefix, m.serial)
}

func (m *maker) chance(percent int) bool { return m.r.IntN(100) < percent }

func pick[T any](r *rand.Rand, items ...T) T { return items[r.IntN(len(items))] }

// columns of the table, as they are now.
func (m *maker) columns(table string) []Piece {
	var out []Piece
	for _, p := range m.pieces {
		if p.Table == table && p.Stage == stageColumn {
			out = append(out, p)
		}
	}
	return out
}

// columnsOf are the table's columns of one of the classes.
func (m *maker) columnsOf(table string, classes ...string) []Piece {
	var out []Piece
	for _, c := range m.columns(table) {
		if slices.Contains(classes, c.class) {
			out = append(out, c)
		}
	}
	return out
}

func (m *maker) tables() []Piece {
	var out []Piece
	for _, p := range m.pieces {
		if p.Stage == stageTable && p.Tail != "-" {
			out = append(out, p)
		}
	}
	return out
}

// mutate drops some pieces, makes others anew, and moves some columns when order matters.
func (m *maker) mutate(moveColumns bool) {
	var out Schema
	for _, p := range m.pieces {
		switch n := m.r.IntN(100); {
		case n < 7 && p.Stage != stageSchema:
			continue
		case n < 25 && p.again != nil:
			q := p.again(m.r)
			q.again = p.again
			out = append(out, q)
		default:
			out = append(out, p)
		}
	}
	if moveColumns {
		for range 2 {
			if len(out) == 0 {
				break
			}
			i, j := m.r.IntN(len(out)), m.r.IntN(len(out))
			if out[i].Stage == stageColumn && out[j].Stage == stageColumn {
				out[i], out[j] = out[j], out[i]
			}
		}
	}
	m.pieces = out.valid()
}

// has is the need of a column that exists and is of that class.
func has(c Piece) []string { return []string{c.ID, c.ID + ":" + c.class} }

func needs(cols ...Piece) []string {
	var out []string
	for _, c := range cols {
		out = append(out, has(c)...)
	}
	return out
}
