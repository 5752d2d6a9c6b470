package gen

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// decorate adds what stands on tables, columns and types that exist: each at most now and then, so that pairs stay small
// enough to read.
func (m *pgMaker) decorate() {
	for _, f := range []func(){
		m.child, m.wideKey, m.calculated, m.calculated, m.rowFunction, m.policy, m.statistics, m.storage, m.storage,
		m.partitionFacts, m.viewOnView, m.lateConstraint, m.labelled, m.identityOfReplica, m.rule, m.remark, m.remark,
	} {
		if m.chance(15) {
			f()
		}
	}
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

// child is a table that inherits, or has inherited, from another.
func (m *pgMaker) child() {
	var parents []Piece
	for _, t := range m.tables() {
		if !m.isPartitioned(t.ID) {
			parents = append(parents, t)
		}
	}
	if len(parents) == 0 {
		return
	}
	parent := pick(m.r, parents...)
	name, needs := m.qualified("child")
	id := "table " + name
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: id, Stage: stageTable, Needs: append(needs, parent.ID), Gives: []string{"permanent " + id}, name: name, SQL: "CREATE TABLE " + name,
			Tail: pick(r, " INHERITS ("+parent.name+")", " INHERITS ("+parent.name+")", ""),
		}
	})
	t := Piece{ID: id, name: name}
	for range 1 + m.r.IntN(2) {
		m.column(t)
	}
	m.constraint(t)
	m.index(t)
}

// wideKey is a unique constraint over two columns and a foreign key that references it.
func (m *pgMaker) wideKey() {
	t, cols, ok := m.someTable(2, "int")
	if !ok || m.isPartitioned(t.ID) {
		return
	}
	a, b := cols[0], cols[len(cols)-1]
	key, fk := m.fresh("wide"), m.fresh("fk")
	m.add(Piece{ID: t.ID + " wide " + key, Stage: stageConstraint, Table: t.ID, Needs: needs(a, b), SQL: "CONSTRAINT " + pgIdent(key) + " UNIQUE (" + pgIdent(a.name) + ", " + pgIdent(b.name) + ")"})
	from := pick(m.r, m.tables()...)
	m.addAgain(func(r *rand.Rand) Piece {
		x, y := pgIdent("x "+fk), pgIdent("y "+fk)
		return Piece{
			ID: "fk " + fk, Stage: stageForeignKey, Needs: append(needs(a, b), from.ID, t.ID+" wide "+key, "permanent "+t.ID),
			SQL: "ALTER TABLE " + from.name + " ADD COLUMN " + x + " integer, ADD COLUMN " + y + " bigint, ADD CONSTRAINT " + pgIdent(fk) + " FOREIGN KEY (" + x + ", " + y + ") REFERENCES " + t.name + " (" + pgIdent(a.name) + ", " + pgIdent(b.name) + ")" +
				pick(r, "", " MATCH FULL") + pick(r, "", " ON DELETE SET NULL", " ON DELETE CASCADE ON UPDATE RESTRICT"),
		}
	})
}

// calculated is a function and what uses it: a default, a check, an index, a generated column.
func (m *pgMaker) calculated() {
	t, cols, ok := m.someTable(1, "int")
	if !ok {
		return
	}
	f, needsSchema := m.qualified("calc")
	id := "function " + f
	m.addAgain(func(r *rand.Rand) Piece {
		result := pick(r, "integer", "integer", "bigint")
		return Piece{
			ID: id, Stage: stageFunction, Needs: needsSchema, object: "FUNCTION " + f + "(bigint)",
			SQL: "CREATE FUNCTION " + f + "(n bigint) RETURNS " + result + " LANGUAGE sql IMMUTABLE" + pick(r, "", " STRICT PARALLEL SAFE") + " AS $f$ SELECT (n % " + pick(r, "10", "100") + ")::" + result + " $f$",
		}
	})
	name := m.fresh("uses")
	if m.chance(50) {
		m.addAgain(func(r *rand.Rand) Piece {
			c := pick(r, cols...)
			return Piece{
				ID: "uses " + name, Stage: stageColumn, Table: t.ID, name: name, class: "uses", Needs: append(needs(c), id),
				SQL: pgIdent(name) + " bigint" + pick(r, " DEFAULT "+f+"(5)", " GENERATED ALWAYS AS ("+f+"("+pgIdent(c.name)+") + 1) STORED"),
			}
		})
		return
	}
	partitioned := m.isPartitioned(t.ID)
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		call := f + "(" + pgIdent(c.name) + ")"
		p := Piece{ID: "uses " + name, Stage: stageConstraint, Table: t.ID, Needs: append(needs(c), id, t.ID)}
		if r.IntN(2) == 0 {
			p.SQL = "CONSTRAINT " + pgIdent(name) + " CHECK (" + call + pick(r, " > 0", " <= 1000") + ")"
			return p
		}
		p.Stage, p.Table = stageIndex, ""
		p.SQL = "CREATE INDEX " + pgIdent(name) + " ON " + t.name + " (" + call + pick(r, " DESC", ", "+pgIdent(c.name)) + ")"
		if !partitioned {
			p.SQL += pick(r, "", " WHERE "+call+" > 3")
		}
		return p
	})
}

// rowFunction takes rows of a table.
func (m *pgMaker) rowFunction() {
	t, cols, ok := m.someTable(1, "int", "text", "num", "date")
	if !ok {
		return
	}
	f, needsSchema := m.qualified("row")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		return Piece{
			ID: "function " + f, Stage: stageView, Needs: append(append(needs(c), t.ID), needsSchema...), object: "FUNCTION " + f + "(" + t.name + ")",
			SQL: "CREATE FUNCTION " + f + "(row_ " + t.name + ") RETURNS " + pick(r, "text", "varchar") + " LANGUAGE sql AS $f$ SELECT (row_." + pgIdent(c.name) + ")::text $f$",
		}
	})
}

func (m *pgMaker) policy() {
	t, cols, ok := m.someTable(1, "int", "text", "num", "date", "bool")
	if !ok {
		return
	}
	name := m.fresh("policy")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pgIdent(pick(r, cols...).name)
		return Piece{
			ID: "policy " + name, Stage: stageTrigger, Needs: append(needs(cols...), t.ID), object: "POLICY " + pgIdent(name) + " ON " + t.name,
			SQL: "CREATE POLICY " + pgIdent(name) + " ON " + t.name + pick(r, "", " AS RESTRICTIVE") + pick(r, " FOR SELECT USING ("+c+" IS NOT NULL)", " FOR INSERT WITH CHECK ("+c+" IS NOT NULL)", " USING (true)", " USING ("+c+" IS NULL) WITH CHECK (false)"),
		}
	})
}

func (m *pgMaker) statistics() {
	t, cols, ok := m.someTable(2, "int", "text", "num", "date", "time", "bool")
	if !ok {
		return
	}
	name, needsSchema := m.qualified("stat")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "statistics " + name, Stage: stageTrigger, Needs: append(append(needs(cols[0], cols[1]), t.ID), needsSchema...), object: "STATISTICS " + name,
			SQL: "CREATE STATISTICS " + name + pick(r, "", " (dependencies)", " (ndistinct, mcv)") + " ON " + pgIdent(cols[0].name) + ", " + pgIdent(cols[1].name) + " FROM " + t.name,
		}
	})
}

// storage sets facts of a column that are not written in its definition.
func (m *pgMaker) storage() {
	t, cols, ok := m.someTable(1, "text", "json", "array")
	if !ok {
		return
	}
	c := pick(m.r, cols...)
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "storage " + c.ID, Stage: stageIndex, Needs: append(needs(c), t.ID),
			SQL: "ALTER TABLE " + t.name + " ALTER COLUMN " + pgIdent(c.name) + pick(r, " SET STORAGE EXTERNAL", " SET STORAGE MAIN", " SET STATISTICS 250", " SET (n_distinct=-0.5)", " SET COMPRESSION pglz"),
		}
	})
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

// viewOnView is a view, an index of a materialized view or a rule upon a view.
func (m *pgMaker) viewOnView() {
	var views []Piece
	for _, p := range m.pieces {
		if p.class == "view" || p.class == "materialized view" {
			views = append(views, p)
		}
	}
	if len(views) == 0 {
		return
	}
	v := pick(m.r, views...)
	if v.class == "materialized view" && m.chance(50) {
		name := m.fresh("mi")
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{
				ID: "index " + name, Stage: stageTrigger, Needs: []string{v.ID},
				SQL: "CREATE INDEX " + pgIdent(name) + " ON " + v.name + " ((" + pick(r, "first", "second") + " IS NOT NULL))",
			}
		})
		return
	}
	name, needsSchema := m.qualified("vv")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "view " + name, Stage: stageView, Needs: append([]string{v.ID}, needsSchema...), name: name, class: "view", object: "VIEW " + name,
			SQL: "CREATE VIEW " + name + pick(r, "", " WITH (security_barrier='true')") + " AS SELECT x.first, " + pick(r, "x.second", "1 AS second", "x.second IS NULL AS second") + " FROM " + v.name + " x",
		}
	})
}

// lateConstraint is not valid yet.
func (m *pgMaker) lateConstraint() {
	t, cols, ok := m.someTable(1, "int", "num")
	if !ok {
		return
	}
	name := m.fresh("late")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		return Piece{
			ID: "late " + name, Stage: stageForeignKey, Needs: append(needs(c), t.ID), object: "CONSTRAINT " + pgIdent(name) + " ON " + t.name,
			SQL: "ALTER TABLE " + t.name + " ADD CONSTRAINT " + pgIdent(name) + " CHECK (" + pgIdent(c.name) + pick(r, " > 0", " < 99") + ")" + pick(r, "", " NOT VALID"),
		}
	})
}

// labelled is a column of an enum type with a check and an index on one of its labels, and a table that it partitions.
func (m *pgMaker) labelled() {
	e, ok := m.pieceOf("enum")
	if !ok {
		return
	}
	tables := m.tables()
	if len(tables) == 0 {
		return
	}
	t := pick(m.r, tables...)
	name := m.fresh("state")
	id := t.ID + "." + name
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: id, Stage: stageColumn, Table: t.ID, name: name, class: "label", Needs: []string{e.ID}, Gives: []string{id + ":label"},
			SQL: pgIdent(name) + " " + e.name + pick(r, "", " DEFAULT 'open'", " NOT NULL DEFAULT 'new'"),
		}
	})
	m.addAgain(func(r *rand.Rand) Piece {
		p := Piece{ID: "label " + name, Stage: stageIndex, Needs: []string{id, t.ID}}
		x := pgIdent(name)
		p.SQL = pick(r, "CREATE INDEX "+pgIdent("ix "+name)+" ON "+t.name+" ("+x+") WHERE "+x+" = 'open'",
			"ALTER TABLE "+t.name+" ADD CONSTRAINT "+pgIdent("ck "+name)+" CHECK ("+x+" <> 'Done')", "CREATE INDEX "+pgIdent("ix "+name)+" ON "+t.name+" (("+x+" IS NULL))")
		return p
	})
}

func (m *pgMaker) identityOfReplica() {
	tables := m.tables()
	if len(tables) == 0 {
		return
	}
	t := pick(m.r, tables...)
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "replica " + t.ID, Stage: stageForeignKey, Needs: []string{t.ID}, SQL: "ALTER TABLE " + t.name + " REPLICA IDENTITY " + pick(r, "FULL", "NOTHING")}
	})
}

func (m *pgMaker) rule() {
	t, cols, ok := m.someTable(1, "int", "num")
	if !ok {
		return
	}
	name := m.fresh("rule")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		return Piece{
			ID: "rule " + name, Stage: stageTrigger, Needs: append(needs(c), t.ID), object: "RULE " + pgIdent(name) + " ON " + t.name,
			SQL: "CREATE RULE " + pgIdent(name) + " AS ON UPDATE TO " + t.name + pick(r, "", " WHERE new."+pgIdent(c.name)+" = 5") + " DO " + pick(r, "ALSO", "INSTEAD") + " NOTHING",
		}
	})
}

// remark comments on something that is no table or column.
func (m *pgMaker) remark() {
	var fit []Piece
	for _, p := range m.pieces {
		if p.object != "" {
			fit = append(fit, p)
		}
	}
	if len(fit) == 0 {
		return
	}
	p := pick(m.r, fit...)
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "remark " + p.ID, Stage: stageComment, Needs: []string{p.ID, p.ID + " is " + p.object}, SQL: "COMMENT ON " + p.object + " IS " + pgString(pick(r, "why", "it's so", `\ and "`))}
	})
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
