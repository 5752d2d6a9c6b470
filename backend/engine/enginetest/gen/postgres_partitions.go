package gen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// pgPartitioning is a way to cut a table up by its column "part".
type pgPartitioning struct {
	how, typ, key string
	keyed         bool // a unique key may be made of the column
	bounds        []string
}

var pgPartitionings = []pgPartitioning{
	{"RANGE", "integer", "(part)", true, []string{"FOR VALUES FROM (MINVALUE) TO (10)", "FOR VALUES FROM (10) TO (20)", "DEFAULT"}},
	{"LIST", "integer", "(part)", true, []string{"FOR VALUES IN (1, 2)", "FOR VALUES IN (3)", "DEFAULT"}},
	{"HASH", "integer", "(part)", true, []string{"FOR VALUES WITH (MODULUS 2, REMAINDER 0)", "FOR VALUES WITH (MODULUS 2, REMAINDER 1)"}},
	{"RANGE", "integer", "((part % 10), part)", false, []string{"FOR VALUES FROM (MINVALUE, MINVALUE) TO (3, 0)", "FOR VALUES FROM (3, 0) TO (MAXVALUE, MAXVALUE)"}},
	{"LIST", "text", "(lower(part))", false, []string{"FOR VALUES IN ('a', 'it''s')", "FOR VALUES IN ('b', NULL)"}},
	{"RANGE", "text", `(part COLLATE "C" text_pattern_ops)`, false, []string{"FOR VALUES FROM (MINVALUE) TO ('m')", "FOR VALUES FROM ('m') TO (MAXVALUE)"}},
	{"HASH", "text", `(part COLLATE "C")`, false, []string{"FOR VALUES WITH (MODULUS 3, REMAINDER 0)", "FOR VALUES WITH (MODULUS 3, REMAINDER 2)"}},
}

// partitioned makes a partitioned table with its key column and some partitions, which leave it now and then.
func (m *pgMaker) partitioned(name, id string, needs []string) {
	by := pick(m.r, slices.Concat(pgPartitionings[:3], pgPartitionings)...) // the usual ones more often
	part := id + ".part"
	m.add(Piece{ID: id, Stage: stageTable, Needs: append(needs, part), Gives: []string{"permanent " + id}, name: name, SQL: "CREATE TABLE " + name, Tail: " PARTITION BY " + by.how + " " + by.key})
	m.add(Piece{ID: part, Stage: stageColumn, Table: id, SQL: "part " + by.typ + " NOT NULL", name: "part", class: "part"})
	for i, b := range by.bounds {
		child := fmt.Sprintf(`%s_p%d"`, strings.TrimSuffix(name, `"`), i)
		childID := "table " + child
		if m.chance(15) {
			m.add(Piece{ID: childID, Stage: stageTable, Tail: "-", Needs: []string{id, part}, name: child, parent: id, SQL: "CREATE TABLE " + child + " PARTITION OF " + name + " " + b + " PARTITION BY HASH (part)"})
			m.subPartitions(child, childID, []string{id, part})
			continue
		}
		m.addAgain(func(r *rand.Rand) Piece {
			p := Piece{ID: childID, Stage: stageTable, Tail: "-", Needs: []string{id, part}, Gives: []string{"partition " + child}, name: child, parent: id, class: "partition", typ: id, SQL: "CREATE TABLE " + child + " PARTITION OF " + name + " " + b}
			if r.IntN(5) == 0 {
				p.Needs, p.Gives, p.SQL = needs, nil, "CREATE TABLE "+child+" (part "+by.typ+pick(r, "", " NOT NULL", ", more text")+")"
			}
			return p
		})
	}
	if by.keyed && m.chance(40) {
		key := m.fresh("key")
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{ID: id + " key", Stage: stageConstraint, Table: id, Needs: []string{part}, SQL: pick(r, "PRIMARY KEY (part)", "UNIQUE (part)", "CONSTRAINT "+pgIdent(key)+" PRIMARY KEY (part)")}
		})
	}
}

// partitions are those that have no partitions of their own.
func (m *pgMaker) partitions() []Piece {
	var parts []Piece
	for _, p := range m.pieces {
		if p.class == "partition" {
			parts = append(parts, p)
		}
	}
	return parts
}

// attachedIndex is an index of a partitioned table alone to which those of all partitions are attached one by one, each
// under a name of its own.
func (m *pgMaker) attachedIndex() {
	parts := m.partitions()
	if len(parts) == 0 {
		return
	}
	parent := pick(m.r, parts...).typ
	cols := m.columnsOf(parent, "int", "text", "date")
	if len(cols) == 0 {
		return
	}
	var own []Piece
	for _, p := range m.pieces {
		if p.parent != parent {
			continue
		}
		if p.class != "partition" { // what has partitions itself has an index that is not valid at first, either
			return
		}
		own = append(own, p)
	}
	name := m.fresh("whole")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		p := Piece{ID: "whole " + name, Stage: stageForeignKey, Needs: append(needs(c), parent)}
		p.SQL = "CREATE INDEX " + pgIdent(name) + " ON " + pick(r, "", "ONLY ") + strings.TrimPrefix(parent, "table ") + " (" + pgIdent(c.name) + ")"
		if !strings.Contains(p.SQL, " ON ONLY ") {
			return p
		}
		for i, part := range own {
			schema, index := pgSchemaOf(part)+".", pgIdent(fmt.Sprint(name, " part ", i))
			p.Needs = append(p.Needs, "partition "+part.name)
			p.SQL += ";\nCREATE INDEX " + index + " ON " + part.name + " (" + pgIdent(c.name) + ");\nALTER INDEX " + schema + pgIdent(name) + " ATTACH PARTITION " + schema + index
		}
		return p
	})
}

// subPartitions are the partitions of a partition.
func (m *pgMaker) subPartitions(parent, id string, needs []string) {
	for i := range 2 {
		child := fmt.Sprintf(`%s_s%d"`, strings.TrimSuffix(parent, `"`), i)
		m.add(Piece{
			ID: "table " + child, Stage: stageTable, Tail: "-", Needs: append([]string{id}, needs...), Gives: []string{"partition " + child}, name: child, class: "partition", typ: needs[0],
			SQL: fmt.Sprintf("CREATE TABLE %s PARTITION OF %s FOR VALUES WITH (MODULUS 2, REMAINDER %d)", child, parent, i),
		})
	}
}

// partitionFacts are what a partition has for itself.
func (m *pgMaker) partitionFacts() {
	parts := m.partitions()
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
			ID: "own " + name, Stage: stageIndex, Needs: append(needs(c), "partition "+part.name),
			SQL: pick(r, "CREATE INDEX "+pgIdent(name)+" ON "+part.name+" ("+x+" DESC)", "ALTER TABLE "+part.name+" ADD CONSTRAINT "+pgIdent(name)+" CHECK ("+x+" IS NOT NULL)",
				"ALTER TABLE "+part.name+" ADD CONSTRAINT "+pgIdent(name)+" UNIQUE ("+x+")", "ALTER TABLE "+part.name+" ALTER COLUMN "+x+" SET DEFAULT NULL", "ALTER TABLE "+part.name+" SET (fillfactor=55)"),
		}
	})
}
