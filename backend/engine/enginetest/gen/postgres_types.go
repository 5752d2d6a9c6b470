package gen

import (
	"math/rand/v2"
	"strings"
)

func (m *pgMaker) enum() {
	name, needs := m.qualified("mood")
	m.addAgain(func(r *rand.Rand) Piece {
		labels := []string{"'new'", "'open'", "'it''s'", "'Done'", "'x y'"}
		switch r.IntN(4) {
		case 0:
			labels = append(labels, "'late'")
		case 1:
			labels = append(labels[:2], append([]string{"'between'"}, labels[2:]...)...)
		case 2:
			labels[0], labels[3] = labels[3], labels[0]
		}
		return Piece{ID: "enum " + name, Stage: stageType, Needs: needs, name: name, class: "enum", object: "TYPE " + name, SQL: "CREATE TYPE " + name + " AS ENUM (" + strings.Join(labels, ", ") + ")"}
	})
}

func (m *pgMaker) domain() {
	name, needs := m.qualified("positive")
	m.addAgain(func(r *rand.Rand) Piece {
		sql := "CREATE DOMAIN " + name + " AS integer" + pick(r, "", " DEFAULT 1", " NOT NULL")
		return Piece{ID: "domain " + name, Stage: stageType, Needs: needs, name: name, class: "domain", object: "DOMAIN " + name, SQL: sql + pick(r, "", " CONSTRAINT pos CHECK (VALUE > 0)", " CONSTRAINT big CHECK (VALUE > 10) CONSTRAINT pos CHECK (VALUE > 0)")}
	})
}

func (m *pgMaker) composite() {
	name, needs := m.qualified("pair")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "composite " + name, Stage: stageType, Needs: needs, name: name, class: "composite", object: "TYPE " + name, SQL: "CREATE TYPE " + name + " AS (a integer, b " + pick(r, "text", "numeric(10,2)") + pick(r, "", ", c date[]") + ")"}
	})
}

func (m *pgMaker) sequence() {
	name, needs := m.qualified("counter")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "sequence " + name, Stage: stageSequence, Needs: needs, name: name, class: "sequence", object: "SEQUENCE " + name, SQL: "CREATE SEQUENCE " + name +
			pick(r, "", " AS integer", " AS smallint") + pick(r, "", " INCREMENT BY 5", " INCREMENT BY -1") + pick(r, "", " CACHE 20") + pick(r, "", " CYCLE")}
	})
}

// extension brings a type for columns, or operators that move from one schema to another.
func (m *pgMaker) extension() {
	if m.chance(50) {
		m.add(Piece{ID: "extension citext", Stage: stageType, name: "public.citext", class: "extension", object: "EXTENSION citext", SQL: "CREATE EXTENSION citext SCHEMA public"})
		return
	}
	schemas := m.schema
	m.addAgain(func(r *rand.Rand) Piece {
		s := pick(r, schemas...)
		p := Piece{ID: "extension btree_gin", Stage: stageType, object: "EXTENSION btree_gin", SQL: "CREATE EXTENSION btree_gin SCHEMA " + pgIdent(s)}
		if s != "public" {
			p.Needs = []string{"schema " + s}
		}
		return p
	})
}
