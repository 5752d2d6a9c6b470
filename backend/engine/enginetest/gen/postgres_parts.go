package gen

import (
	"math/rand/v2"
	"strings"
)

// constraint adds a check, unique or exclusion constraint over columns that suit.
func (m *pgMaker) constraint(t Piece) {
	name := m.fresh("con")
	head := "CONSTRAINT " + pgIdent(name) + " "
	ints, texts, ranges := m.columnsOf(t.ID, "int", "num"), m.columnsOf(t.ID, "text"), m.columnsOf(t.ID, "range")
	partitioned := len(m.columnsOf(t.ID, "part")) > 0
	m.addAgain(func(r *rand.Rand) Piece {
		p := Piece{ID: t.ID + " constraint " + name, Stage: stageConstraint, Table: t.ID, object: "CONSTRAINT " + pgIdent(name) + " ON " + t.name}
		switch n := r.IntN(6); {
		case n == 0 && len(ranges) > 0 && !partitioned:
			c := pick(r, ranges...)
			p.Needs, p.SQL = needs(c), head+"EXCLUDE USING gist ("+pgIdent(c.name)+" WITH &&)"+pick(r, "", " WHERE ("+pgIdent(c.name)+" IS NOT NULL)")
		case n <= 2 && len(ints) > 0 && !partitioned:
			c := pick(r, ints...)
			p.Needs = needs(c)
			cols := pgIdent(c.name)
			if len(texts) > 0 && r.IntN(2) == 0 {
				x := pick(r, texts...)
				p.Needs, cols = needs(c, x), cols+", "+pgIdent(x.name)
			}
			nulls := ""
			if m.major >= 15 {
				nulls = pick(r, "", " NULLS NOT DISTINCT")
			}
			p.object = "" // the server merges equal ones, names and all
			p.SQL = head + "UNIQUE" + nulls + " (" + cols + ")" + pick(r, "", " DEFERRABLE INITIALLY DEFERRED", " WITH (fillfactor=60)")
		case n <= 4 && len(ints) > 0:
			c := pick(r, ints...)
			p.Needs, p.SQL = needs(c), head+"CHECK ("+pgIdent(c.name)+pick(r, " > 0", " BETWEEN 1 AND 100", " IN (1, 2, 3)", " <> ALL (ARRAY[5, 6])")+")"+pick(r, "", "", m.noInherit(partitioned))
		case len(texts) > 0:
			c := pick(r, texts...)
			p.Needs, p.SQL = needs(c), head+"CHECK ("+pick(r, "length("+pgIdent(c.name)+") > 2", pgIdent(c.name)+" ~ '^[a-z]+\\.'", pgIdent(c.name)+" LIKE '%it''s%' OR "+pgIdent(c.name)+" IS NULL")+")"
		default:
			p.SQL = head + "CHECK (1 < 2)"
		}
		return p
	})
}

func (m *pgMaker) noInherit(partitioned bool) string {
	if partitioned {
		return ""
	}
	return " NO INHERIT"
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

// index adds an index of a random method over columns that suit.
func (m *pgMaker) index(t Piece) {
	name := m.fresh("i")
	scalars := m.columnsOf(t.ID, "int", "num", "text", "date", "time", "char", "bool", "key")
	texts, jsons, arrays := m.columnsOf(t.ID, "text"), m.columnsOf(t.ID, "json"), m.columnsOf(t.ID, "array")
	partitioned := len(m.columnsOf(t.ID, "part")) > 0
	if len(scalars) == 0 {
		return
	}
	m.addAgain(func(r *rand.Rand) Piece {
		c, d := pick(r, scalars...), pick(r, scalars...)
		p := Piece{ID: "index " + t.ID + " " + name, Stage: stageIndex, Needs: append(needs(c), t.ID)}
		on := " INDEX " + pgIdent(name) + " ON " + t.name
		switch n := r.IntN(9); {
		case n == 0 && len(texts) > 0:
			x := pick(r, texts...)
			p.Needs = append(p.Needs, needs(x)...)
			p.SQL = "CREATE" + on + " (" + pick(r, "lower("+pgIdent(x.name)+")", pgIdent(x.name)+" text_pattern_ops", pgIdent(x.name)+` COLLATE "C" DESC`, "("+pgIdent(x.name)+" || 'x')") + ")"
		case n == 1 && len(jsons) > 0:
			x := pick(r, jsons...)
			p.Needs = append(p.Needs, needs(x)...)
			p.SQL = "CREATE" + on + " USING gin (" + pgIdent(x.name) + pick(r, "", " jsonb_path_ops") + ")"
		case n == 2 && len(arrays) > 0:
			x := pick(r, arrays...)
			p.Needs = append(p.Needs, needs(x)...)
			p.SQL = "CREATE" + on + " USING gin (" + pgIdent(x.name) + ")" + pick(r, "", " WITH (fastupdate=off)")
		case n == 3:
			p.SQL = "CREATE" + on + " USING " + pick(r, "hash", "brin") + " (" + pgIdent(c.name) + ")"
			if c.class == "bool" {
				p.SQL = "CREATE" + on + " (" + pgIdent(c.name) + ")"
			}
		case n == 4:
			p.Needs = append(p.Needs, needs(d)...)
			p.SQL = "CREATE" + on + " (" + pgIdent(c.name) + " DESC NULLS LAST) INCLUDE (" + pgIdent(d.name) + ")"
		case n == 5:
			p.SQL = "CREATE" + on + " (" + pgIdent(c.name) + ") WHERE " + pgIdent(c.name) + " IS NOT NULL"
		case n == 6 && !partitioned:
			p.SQL = "CREATE UNIQUE" + on + " (" + pgIdent(c.name) + ")"
		default:
			p.Needs = append(p.Needs, needs(d)...)
			p.SQL = "CREATE" + on + " (" + pgIdent(c.name) + pick(r, "", " DESC", " NULLS FIRST") + ", " + pgIdent(d.name) + ")" + pick(r, "", " WITH (fillfactor=50)")
		}
		return p
	})
}

// foreignKey links two tables through a key column.
func (m *pgMaker) foreignKey() {
	var keys []Piece
	for _, p := range m.pieces {
		if p.class == "key" {
			keys = append(keys, p)
		}
	}
	tables := m.tables()
	if len(keys) == 0 || len(tables) == 0 {
		return
	}
	name := m.fresh("fk")
	t := pick(m.r, tables...)
	m.addAgain(func(r *rand.Rand) Piece {
		k := pick(r, keys...)
		col := "ref " + name
		p := Piece{ID: "fk " + name, Stage: stageForeignKey, Needs: []string{t.ID, k.ID, "unique " + k.ID, "permanent " + k.Table}}
		p.SQL = "ALTER TABLE " + t.name + " ADD COLUMN " + pgIdent(col) + " bigint CONSTRAINT " + pgIdent(name) + " REFERENCES " + strings.TrimPrefix(k.Table, "table ") + " (id)" +
			pick(r, "", " MATCH FULL") + pick(r, "", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT") + pick(r, "", " ON UPDATE CASCADE") + pick(r, "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED")
		if m.major >= 18 {
			p.SQL += pick(r, "", "", " NOT ENFORCED")
		}
		return p
	})
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
				pick(r, pick(r, "", " MATCH FULL")+pick(r, "", " ON DELETE SET NULL", " ON DELETE CASCADE ON UPDATE RESTRICT"), m.setNullOf(r, y)),
		}
	})
}

// setNullOf empties one of two columns, where the server knows how to.
func (m *pgMaker) setNullOf(r *rand.Rand, column string) string {
	if m.major < 15 {
		return ""
	}
	return " ON DELETE SET " + pick(r, "NULL", "DEFAULT") + " (" + column + ")"
}

// circle is two tables that refer to each other.
func (m *pgMaker) circle() {
	var keys []Piece
	for _, p := range m.pieces {
		if p.class == "key" {
			keys = append(keys, p)
		}
	}
	if len(keys) < 2 {
		return
	}
	at := m.r.Perm(len(keys))
	a, b := keys[at[0]], keys[at[1]]
	for _, way := range [][2]Piece{{a, b}, {b, a}} {
		name := m.fresh("fk")
		from, to := strings.TrimPrefix(way[0].Table, "table "), strings.TrimPrefix(way[1].Table, "table ")
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{
				ID: "fk " + name, Stage: stageForeignKey, Needs: []string{way[0].Table, way[1].ID, "unique " + way[1].ID, "permanent " + way[1].Table},
				SQL: "ALTER TABLE " + from + " ADD COLUMN " + pgIdent("to "+name) + " bigint CONSTRAINT " + pgIdent(name) + " REFERENCES " + to + " (id)" + pick(r, "", " ON DELETE CASCADE", " DEFERRABLE"),
			}
		})
	}
}
