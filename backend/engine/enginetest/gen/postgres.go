package gen

import (
	"strings"
)

// pgMaker makes schemas for one major version of PostgreSQL.
type pgMaker struct {
	maker
	major  int
	schema []string
}

// Postgres is the pair of that seed for a major version of PostgreSQL.
func Postgres(seed uint64, major int) Pair {
	m := &pgMaker{maker: maker{r: newRand(seed), names: []string{`Order`, `select`, `ünï`, `a"b`, `x.y`, `it's`, `🙂`}}, major: major, schema: []string{"public"}}
	if m.chance(50) {
		name := m.fresh("app")
		m.schema = append(m.schema, name)
		m.add(Piece{ID: "schema " + name, Stage: stageSchema, SQL: "CREATE SCHEMA " + pgIdent(name)})
	}
	m.grow(2+m.r.IntN(4), true)
	before := m.pieces.valid()
	m.pieces = before
	m.mutate(false)
	m.grow(m.r.IntN(2), false)
	m.enrich()
	return Pair{before, m.pieces.valid()}
}

func pgIdent(s string) string  { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
func pgString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// pgQualified is a random schema's qualified new name with the needs that follow from the schema.
func (m *pgMaker) qualified(prefix string) (name string, needs []string) {
	s := pick(m.r, m.schema...)
	if s != "public" {
		needs = []string{"schema " + s}
	}
	return pgIdent(s) + "." + pgIdent(m.fresh(prefix)), needs
}

// grow adds types, sequences, functions and tables.
func (m *pgMaker) grow(tables int, types bool) {
	if types {
		for range m.r.IntN(3) {
			m.enum()
		}
		for range m.r.IntN(2) {
			m.domain()
		}
		for range m.r.IntN(2) {
			m.composite()
		}
		for range m.r.IntN(2) {
			m.sequence()
		}
		for range m.r.IntN(2) {
			m.odd(func(o oddment) bool { return o.stage == stageType || o.stage == stageSequence })
		}
		if m.chance(15) {
			m.extension()
		}
	}
	for range tables {
		m.table()
	}
	for range m.r.IntN(3) {
		m.foreignKey()
	}
	for range m.r.IntN(3) {
		m.view()
	}
	m.decorate()
}

// enrich adds parts to what is there already.
func (m *pgMaker) enrich() {
	for _, t := range m.tables() {
		for range m.r.IntN(3) {
			switch m.r.IntN(4) {
			case 0, 1:
				m.column(t)
			case 2:
				m.index(t)
			default:
				m.constraint(t)
			}
		}
	}
	if m.chance(40) {
		m.foreignKey()
	}
}

// decorate adds what stands on tables, columns and types that exist: each at most now and then, so that pairs stay small
// enough to read.
func (m *pgMaker) decorate() {
	for _, f := range []func(){
		m.child, m.wideKey, m.calculated, m.calculated, m.rowFunction, m.policy, m.statistics, m.storage, m.storage,
		m.partitionFacts, m.viewOnView, m.lateConstraint, m.labelled, m.identityOfReplica, m.rule, m.remark, m.remark,
		m.typed, m.temporal, m.attachedIndex, m.circle,
	} {
		if m.chance(15) {
			f()
		}
	}
	for range m.r.IntN(5) {
		m.odd(func(o oddment) bool { return o.stage != stageType && o.stage != stageSequence })
	}
}

func (m *pgMaker) pieceOf(class string) (Piece, bool) {
	var all []Piece
	for _, p := range m.pieces {
		if p.class == class && p.Stage != stageColumn {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return Piece{}, false
	}
	return pick(m.r, all...), true
}

// someTable is a table with at least so many columns of the classes.
func (m *pgMaker) someTable(atLeast int, classes ...string) (t Piece, cols []Piece, ok bool) {
	var fit []Piece
	for _, t := range m.tables() {
		if len(m.columnsOf(t.ID, classes...)) >= atLeast {
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 {
		return Piece{}, nil, false
	}
	t = pick(m.r, fit...)
	return t, m.columnsOf(t.ID, classes...), true
}

func (m *pgMaker) isPartitioned(table string) bool { return len(m.columnsOf(table, "part")) > 0 }
