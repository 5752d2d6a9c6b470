package gen

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// oddment is a piece that is nothing but text, most often one that stands on a table. Each side of a pair has one of its
// texts, or none. In them,
//
//	{t} is the table, {1} and {2} are different columns of it, each of one of the classes that columns names,
//	{n} is a new name, and {m} another one,
//	{q} is a new name with its schema, and {s} the schema of the table, where there are schemas.
type oddment struct {
	prefix  string // of the new names
	stage   stage
	table   string              // "any", "plain", "partitioned"; "" when it stands on none
	inside  bool                // it is written among the elements of the table
	columns []string            // for each hole the classes that fit, separated by spaces
	object  string              // what COMMENT ON calls it
	class   string              // for whoever builds upon it
	texts   []string            // for every version
	since   map[int][]string    // for versions from that one on
	only    map[string][]string // for one flavour alone
}

// ground is where oddments are planted: what the dialect knows.
type ground struct {
	version   int
	flavor    string
	ident     func(string) string
	tables    func(kind string) []Piece
	written   func(table Piece) string // its name in SQL
	schema    func(table Piece) string
	qualified func(prefix string) (name string, needs []string)
}

// plant adds the oddment, unless this version has no text for it or no table suits.
func (m *maker) plant(o oddment, g ground) {
	texts := slices.Concat(o.texts, o.only[g.flavor])
	for _, v := range slices.Sorted(maps.Keys(o.since)) {
		if v <= g.version {
			texts = append(texts, o.since[v]...)
		}
	}
	if len(texts) == 0 {
		return
	}
	var t Piece
	var columns [][]Piece
	if o.table != "" {
		var ok bool
		if t, columns, ok = m.place(o, g); !ok {
			return
		}
	}
	name := m.fresh(o.prefix)
	holes := []string{"{n}", g.ident(name), "{m}", g.ident(name + " too")}
	var required []string
	if g.qualified != nil && strings.Contains(strings.Join(texts, ""), "{q}") {
		q, schema := g.qualified(o.prefix)
		name, required, holes = q, schema, append(holes, "{q}", q)
	}
	if o.table != "" {
		required, holes = append(required, t.ID), append(holes, "{t}", g.written(t))
		if g.schema != nil {
			holes = append(holes, "{s}", g.schema(t))
		}
	}
	m.addAgain(func(r *rand.Rand) Piece {
		filled, p := holes, Piece{ID: o.prefix + " " + name, Stage: o.stage, name: name, class: o.class, Needs: required}
		if o.table != "" {
			p.ID = o.prefix + " " + name + " of " + t.ID
		}
		for i, c := range different(r, columns) {
			p.Needs = append(slices.Clip(p.Needs), has(c)...)
			filled = append(slices.Clip(filled), "{"+string(rune('1'+i))+"}", g.ident(c.name))
		}
		fill := strings.NewReplacer(filled...)
		p.SQL, p.object = fill.Replace(pick(r, texts...)), fill.Replace(o.object)
		if o.inside {
			p.Table = t.ID
		}
		if o.stage == stageTable {
			p.Tail = "-" // it is whole
		}
		if o.stage == stageColumn {
			p.Gives = []string{p.ID + ":" + p.class}
		}
		return p
	})
}

// place is a table for the oddment, with the columns that fit each of its holes.
func (m *maker) place(o oddment, g ground) (t Piece, columns [][]Piece, ok bool) {
	tables := g.tables(o.table)
	for _, at := range m.r.Perm(len(tables)) {
		columns = nil
		for _, classes := range o.columns {
			columns = append(columns, m.columnsOf(tables[at].ID, strings.Fields(classes)...))
		}
		if different(m.r, columns) != nil || len(o.columns) == 0 {
			return tables[at], columns, true
		}
	}
	return Piece{}, nil, false
}

// different picks one column of each list, none twice; nil when that cannot be.
func different(r *rand.Rand, lists [][]Piece) []Piece {
	var picked []Piece
	for _, l := range lists {
		left := slices.DeleteFunc(slices.Clone(l), func(c Piece) bool {
			return slices.ContainsFunc(picked, func(p Piece) bool { return p.ID == c.ID })
		})
		if len(left) == 0 {
			return nil
		}
		picked = append(picked, pick(r, left...))
	}
	return picked
}
