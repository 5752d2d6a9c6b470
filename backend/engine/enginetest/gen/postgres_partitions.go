package gen

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// partitioned makes a partitioned table with its key column and some partitions.
func (m *pgMaker) partitioned(name, id string, needs []string) {
	how := pick(m.r, "RANGE", "LIST", "HASH")
	m.add(Piece{ID: id, Stage: stageTable, Needs: append(needs, id+".part"), Gives: []string{"permanent " + id}, name: name, SQL: "CREATE TABLE " + name, Tail: " PARTITION BY " + how + " (part)"})
	m.add(Piece{ID: id + ".part", Stage: stageColumn, Table: id, SQL: "part integer NOT NULL", name: "part", class: "part"})
	bounds := map[string][]string{
		"RANGE": {"FOR VALUES FROM (MINVALUE) TO (10)", "FOR VALUES FROM (10) TO (20)", "DEFAULT"},
		"LIST":  {"FOR VALUES IN (1, 2)", "FOR VALUES IN (3)", "DEFAULT"},
		"HASH":  {"FOR VALUES WITH (MODULUS 2, REMAINDER 0)", "FOR VALUES WITH (MODULUS 2, REMAINDER 1)"},
	}[how]
	for i, b := range bounds {
		child := fmt.Sprintf(`%s_p%d"`, strings.TrimSuffix(name, `"`), i)
		m.add(Piece{ID: "table " + child, Stage: stageTable, Tail: "-", Needs: []string{id, id + ".part"}, name: child, class: "partition", typ: id, SQL: "CREATE TABLE " + child + " PARTITION OF " + name + " " + b})
		if m.chance(15) {
			m.subPartitions(child, "table "+child, []string{id, id + ".part"})
		}
	}
	if m.chance(40) {
		key := m.fresh("key")
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{ID: id + " key", Stage: stageConstraint, Table: id, Needs: []string{id + ".part"}, SQL: pick(r, "PRIMARY KEY (part)", "UNIQUE (part)", "CONSTRAINT "+pgIdent(key)+" PRIMARY KEY (part)")}
		})
	}
}

// subPartitions are the partitions of a partition.
func (m *pgMaker) subPartitions(parent, id string, needs []string) {
	how := fmt.Sprintf(" PARTITION BY %s (part)", "HASH")
	m.pieces[len(m.pieces)-1].SQL += how
	m.pieces[len(m.pieces)-1].class = ""
	for i := range 2 {
		child := fmt.Sprintf(`%s_s%d"`, strings.TrimSuffix(parent, `"`), i)
		m.add(Piece{
			ID: "table " + child, Stage: stageTable, Tail: "-", Needs: append([]string{id}, needs...), name: child, class: "partition", typ: needs[0],
			SQL: fmt.Sprintf("CREATE TABLE %s PARTITION OF %s FOR VALUES WITH (MODULUS 2, REMAINDER %d)", child, parent, i),
		})
	}
}

// partitionFacts are what a partition has for itself.
func (m *pgMaker) partitionFacts() {
	var parts []Piece
	for _, p := range m.pieces {
		if p.Tail == "-" && p.class == "partition" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return
	}
	part := pick(m.r, parts...)
	cols := m.columnsOf(part.typ, "int", "text")
	if len(cols) == 0 {
		return
	}
	name := m.fresh("own")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		x := pgIdent(c.name)
		return Piece{
			ID: "own " + name, Stage: stageIndex, Needs: append(needs(c), part.ID),
			SQL: pick(r, "CREATE INDEX "+pgIdent(name)+" ON "+part.name+" ("+x+" DESC)", "ALTER TABLE "+part.name+" ADD CONSTRAINT "+pgIdent(name)+" CHECK ("+x+" IS NOT NULL)",
				"ALTER TABLE "+part.name+" ADD CONSTRAINT "+pgIdent(name)+" UNIQUE ("+x+")", "ALTER TABLE "+part.name+" ALTER COLUMN "+x+" SET DEFAULT NULL", "ALTER TABLE "+part.name+" SET (fillfactor=55)"),
		}
	})
}
