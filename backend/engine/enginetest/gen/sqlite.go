package gen

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// liteMaker makes schemas for SQLite.
type liteMaker struct{ maker }

// SQLite is the pair of that seed.
func SQLite(seed uint64) Pair {
	m := &liteMaker{maker{r: newRand(seed), names: []string{"Order", "select", "ünï", `q"q`, "x.y", "it's", "a]b", "rowid"}}}
	for range 2 + m.r.IntN(4) {
		m.table()
	}
	m.relations()
	before := m.pieces.valid()
	m.pieces = before
	m.mutate(true)
	for range m.r.IntN(2) {
		m.table()
	}
	for _, t := range m.tables() {
		if m.chance(40) {
			m.column(t)
		}
		if m.chance(30) {
			m.index(t)
		}
		if m.chance(30) {
			m.constraint(t)
		}
	}
	if m.chance(50) {
		m.relations()
	}
	return Pair{before, m.pieces.valid()}
}

func liteIdent(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func upperASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

func (m *liteMaker) relations() {
	if len(m.tables()) == 0 {
		return
	}
	for range m.r.IntN(4) {
		m.foreignKey()
	}
	for range m.r.IntN(3) {
		m.view()
	}
	for range m.r.IntN(3) {
		m.trigger()
	}
	if m.chance(15) {
		m.virtual()
	}
	for range m.r.IntN(4) {
		m.odd()
	}
}

func (m *liteMaker) table() {
	name := m.fresh("t")
	id := "table " + name
	m.addAgain(func(r *rand.Rand) Piece {
		tail := pick(r, "", "", "", "", " WITHOUT ROWID")
		p := Piece{ID: id, Stage: stageTable, name: name, SQL: "CREATE TABLE " + liteIdent(name), Tail: tail}
		if tail == "" {
			p.Gives = []string{id + " has a rowid"}
		} else {
			p.Needs = []string{id + ".id"}
		}
		return p
	})
	t := Piece{ID: id, name: name}
	m.key(t)
	for range 2 + m.r.IntN(6) {
		m.column(t)
	}
	for range m.r.IntN(3) {
		m.index(t)
	}
	for range m.r.IntN(3) {
		m.constraint(t)
	}
}

// key gives the table its id column, which is its primary key one way or another.
func (m *liteMaker) key(t Piece) {
	id := t.ID + ".id"
	m.addAgain(func(r *rand.Rand) Piece {
		p := Piece{ID: id, Stage: stageColumn, Table: t.ID, name: "id", class: "key", Gives: []string{id + ":key"}}
		switch r.IntN(6) {
		case 0:
			p.SQL, p.Needs = `"id" INTEGER PRIMARY KEY AUTOINCREMENT`, []string{t.ID + " has a rowid"}
		case 1:
			p.SQL = `"id" TEXT PRIMARY KEY NOT NULL`
		case 2:
			p.SQL = `"id" INT CONSTRAINT "the key" PRIMARY KEY`
		default:
			p.SQL = `"id" INTEGER PRIMARY KEY`
		}
		return p
	})
	if m.chance(60) {
		m.pieces[len(m.pieces)-1].again = nil
	}
}

type liteType struct{ sql, class, def string }

var liteTypes = []liteType{
	{"INTEGER", "int", "7"},
	{"INT", "int", "-1"},
	{"BIGINT", "int", "0"},
	{"REAL", "num", "1.5"},
	{"DECIMAL(10,2)", "num", "(1 + 2)"},
	{"TEXT", "text", "'it''s'"},
	{"VARCHAR(20)", "text", "''"},
	{"VARCHAR(50)", "text", "'a -- b'"},
	{"BLOB", "blob", "x'00FF'"},
	{"DATETIME", "num", "CURRENT_TIMESTAMP"},
	{"BOOLEAN", "int", "TRUE"},
	{"", "any", "'x'"},
}

// column adds a column of a random type with random properties.
func (m *liteMaker) column(t Piece) {
	name := m.fresh("c")
	id := t.ID + "." + name
	ints := m.columnsOf(t.ID, "int")
	usual := pick(m.r, liteTypes...) // made anew, it keeps its type more often than not
	m.addAgain(func(r *rand.Rand) Piece {
		typ := usual
		if r.IntN(3) == 0 {
			typ = pick(r, liteTypes...)
		}
		written := name
		if r.IntN(12) == 0 {
			written = upperASCII(name) // one name to SQLite
		}
		p := Piece{ID: id, Stage: stageColumn, Table: t.ID, name: name, class: typ.class, SQL: strings.TrimSpace(liteIdent(written) + " " + pick(r, typ.sql, typ.sql, strings.ToLower(typ.sql)))}
		if typ.class == "int" && len(ints) > 0 && r.IntN(4) == 0 {
			base := pick(r, ints...)
			p.Needs, p.class = needs(base), "generated"
			p.SQL += " GENERATED ALWAYS AS (" + liteIdent(base.name) + pick(r, " + 1", " * 2", " || 'x'") + ") " + pick(r, "STORED", "VIRTUAL")
			p.Gives = []string{id + ":" + p.class}
			return p
		}
		p.Gives = []string{id + ":" + p.class}
		if r.IntN(3) == 0 {
			p.SQL += pick(r, "", "", ` CONSTRAINT "must"`) + " NOT NULL" + pick(r, "", "", "", " ON CONFLICT IGNORE", " ON CONFLICT REPLACE")
		}
		if r.IntN(8) == 0 {
			p.SQL += " UNIQUE"
		}
		if r.IntN(2) == 0 {
			p.SQL += " DEFAULT " + typ.def
		}
		if typ.class == "text" && r.IntN(3) == 0 {
			p.SQL += pick(r, " COLLATE NOCASE", " COLLATE RTRIM")
		}
		if typ.class == "int" && r.IntN(5) == 0 {
			p.SQL += " CHECK (" + liteIdent(name) + pick(r, " > 0", " BETWEEN 1 AND 100", " <> 5") + ")"
		}
		return p
	})
}

// index adds an index of a random kind over columns that suit.
func (m *liteMaker) index(t Piece) {
	name := m.fresh("i")
	scalars, texts := m.columnsOf(t.ID, "int", "num", "text", "any", "generated"), m.columnsOf(t.ID, "text")
	if len(scalars) == 0 {
		return
	}
	m.addAgain(func(r *rand.Rand) Piece {
		c, d := pick(r, scalars...), pick(r, scalars...)
		p := Piece{ID: "index " + t.ID + " " + name, Stage: stageIndex, Needs: append(needs(c), t.ID)}
		head := "CREATE " + pick(r, "", "", "UNIQUE ") + "INDEX " + liteIdent(name) + " ON " + liteIdent(t.name)
		switch k := r.IntN(6); {
		case k == 0 && len(texts) > 0:
			x := pick(r, texts...)
			p.Needs = append(needs(x), t.ID)
			p.SQL = head + " (lower(" + liteIdent(x.name) + ")" + pick(r, "", " COLLATE NOCASE", " DESC") + ")"
		case k == 1:
			p.SQL = head + " (" + liteIdent(c.name) + ") WHERE " + liteIdent(c.name) + pick(r, " IS NOT NULL", " > 5")
		case k == 2:
			p.SQL = head + " (" + liteIdent(c.name) + " COLLATE RTRIM DESC)"
		case c.name != d.name:
			p.Needs = append(p.Needs, needs(d)...)
			p.SQL = head + " (" + liteIdent(c.name) + pick(r, "", " DESC") + ", " + liteIdent(d.name) + ")"
		default:
			p.SQL = head + " (" + liteIdent(c.name) + ")"
		}
		return p
	})
}

// constraint adds a check or a unique constraint behind the columns.
func (m *liteMaker) constraint(t Piece) {
	name := m.fresh("con")
	ints, texts := m.columnsOf(t.ID, "int", "num"), m.columnsOf(t.ID, "text")
	if len(ints) == 0 {
		return
	}
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, ints...)
		p := Piece{ID: t.ID + " constraint " + name, Stage: stageConstraint, Table: t.ID, Needs: needs(c)}
		head := pick(r, "", "CONSTRAINT "+liteIdent(name)+" ")
		switch k := r.IntN(4); {
		case k == 0 && len(texts) > 0:
			x := pick(r, texts...)
			p.Needs = append(p.Needs, needs(x)...)
			conflict := pick(r, "", "", " ON CONFLICT REPLACE")
			if conflict != "" { // without a name it would mean nothing beside another one over the same columns
				head = "CONSTRAINT " + liteIdent(name) + " "
			}
			p.SQL = head + "UNIQUE (" + liteIdent(c.name) + pick(r, "", " DESC") + ", " + liteIdent(x.name) + ")" + conflict
		case k == 1 && len(texts) > 0:
			x := pick(r, texts...)
			p.Needs = needs(x)
			p.SQL = head + "CHECK (" + pick(r, "length("+liteIdent(x.name)+") > 2", liteIdent(x.name)+" LIKE '%it''s%' ESCAPE '!'", liteIdent(x.name)+" <> 'a)b'") + ")"
		default:
			p.SQL = head + "CHECK (" + liteIdent(c.name) + pick(r, " > 0", " IN (1, 2, 3)", " <> 5 OR "+liteIdent(c.name)+" IS NULL") + ")"
		}
		return p
	})
}

// foreignKey adds a column with a reference, in its definition or behind the columns.
func (m *liteMaker) foreignKey() {
	t, parent := pick(m.r, m.tables()...), pick(m.r, m.tables()...)
	name := m.fresh("fk")
	col := "ref " + name
	cid := t.ID + "." + col
	m.add(Piece{ID: cid, Stage: stageColumn, Table: t.ID, name: col, class: "reference", SQL: liteIdent(col) + " INT", Gives: []string{cid + ":reference"}})
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "fk " + name, Stage: stageConstraint, Table: t.ID, Needs: []string{cid, parent.ID, parent.ID + ".id"},
			SQL: pick(r, "", "CONSTRAINT "+liteIdent(name)+" ") + "FOREIGN KEY (" + liteIdent(col) + ") REFERENCES " + liteIdent(parent.name) + pick(r, "", ` ("id")`) +
				pick(r, "", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT") + pick(r, "", " ON UPDATE CASCADE") + pick(r, "", "", " MATCH FULL") + pick(r, "", "", " DEFERRABLE INITIALLY DEFERRED"),
		}
	})
}

func (m *liteMaker) view() {
	t := pick(m.r, m.tables()...)
	cols := m.columns(t.ID)
	if len(cols) == 0 {
		return
	}
	name := m.fresh("v")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		return Piece{
			ID: "view " + name, Stage: stageView, Needs: []string{t.ID, c.ID},
			SQL: "CREATE VIEW " + liteIdent(name) + pick(r, "", " (a)") + " AS SELECT t." + liteIdent(c.name) + " AS a FROM " + liteIdent(t.name) + " AS t" + pick(r, "", " WHERE t."+liteIdent(c.name)+" IS NOT NULL"),
		}
	})
}

func (m *liteMaker) trigger() {
	t := pick(m.r, m.tables()...)
	cols := m.columns(t.ID)
	if len(cols) == 0 {
		return
	}
	name := m.fresh("tr")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		return Piece{
			ID: "trigger " + name, Stage: stageTrigger, Needs: []string{t.ID, c.ID},
			SQL: fmt.Sprintf("CREATE TRIGGER %s %s ON %s%s BEGIN SELECT %s; END", liteIdent(name),
				pick(r, "BEFORE INSERT", "AFTER DELETE", "AFTER UPDATE OF "+liteIdent(c.name)), liteIdent(t.name), pick(r, "", " WHEN 1 < 2"), pick(r, "1", "'it''s; BEGIN'")),
		}
	})
}

func (m *liteMaker) virtual() {
	name := m.fresh("vt")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "virtual " + name, Stage: stageType, SQL: "CREATE VIRTUAL TABLE " + liteIdent(name) + " USING " + pick(r, "fts4(a, b)", "fts4(a)", "rtree(id, x, y)")}
	})
}
