package gen

import (
	"math/rand/v2"
	"slices"
)

type pgType struct{ sql, class, def string }

var pgTypes = []pgType{
	{"integer", "int", "7"},
	{"bigint", "int", "-1"},
	{"smallint", "int", "0"},
	{"numeric(10,2)", "num", "1.50"},
	{"numeric", "num", "0"},
	{"real", "num", "1.5"},
	{"double precision", "num", "'NaN'"},
	{"text", "text", "'a''b\\c'"},
	{"varchar(20)", "text", "'x'"},
	{"varchar", "text", "''"},
	{"char(3)", "char", "'abc'"},
	{"boolean", "bool", "true"},
	{"date", "date", "CURRENT_DATE"},
	{"timestamp(3)", "time", "now()"},
	{"timestamptz", "time", "CURRENT_TIMESTAMP"},
	{"time", "other", "'10:00'"},
	{"interval day to second", "other", "'1 day'"},
	{"uuid", "other", ""},
	{"jsonb", "json", "'{}'"},
	{"json", "other", "'[]'"},
	{"bytea", "other", `'\x00ff'`},
	{"inet", "inet", "'10.0.0.1'"},
	{"text[]", "array", "'{}'"},
	{"integer[]", "array", "ARRAY[1,2]"},
	{"bit varying(5)", "other", "B'101'"},
	{"int4range", "range", "'[1,5)'"},
	{"tsvector", "tsvector", ""},
	{"point", "other", ""},
	{"money", "other", ""},
	{"timestamptz(0)", "time", "'2020-01-01 00:00:00+00'"},
	{"timetz", "other", ""},
	{`"char"`, "other", "'x'"},
	{"name", "other", ""},
	{"bit(3)", "other", "B'101'"},
	{"macaddr", "other", ""},
	{"cidr", "other", "'10.0.0.0/8'"},
	{"xml", "other", ""},
	{"numeric(3)", "num", "-5"},
	{"varchar(5)[]", "array", "'{a,b}'"},
	{"numeric(8,3)[]", "array", ""},
	{"daterange", "range", ""},
	{"interval(0)", "other", ""},
	{"oid", "other", "0"},
	{"regclass", "other", ""},
	{"int4multirange", "other", ""},
	{"tsquery", "other", ""},
	{"box", "other", ""},
}

// column adds a column of a random type with random properties.
func (m *pgMaker) column(t Piece) {
	name := m.fresh("c")
	id := t.ID + "." + name
	var user []Piece
	for _, class := range []string{"enum", "domain", "composite", "sequence", "rangetype", "collation", "extension"} {
		if p, ok := m.pieceOf(class); ok {
			user = append(user, p)
		}
	}
	ints, partitioned := m.columnsOf(t.ID, "int"), m.isPartitioned(t.ID)
	usual := pick(m.r, slices.Concat(pgTypes[:8], pgTypes)...) // made anew, it keeps its type more often than not
	m.addAgain(func(r *rand.Rand) (p Piece) {
		p = Piece{ID: id, Stage: stageColumn, Table: t.ID, name: name}
		defer func() { p.Gives = []string{id + ":" + p.class} }()
		if len(user) > 0 && r.IntN(5) == 0 {
			u := pick(r, user...)
			p.Needs, p.class = []string{u.ID}, "user"
			switch {
			case u.class == "sequence":
				p.SQL, p.class = pgIdent(name)+" bigint DEFAULT nextval("+pgString(u.name)+")", "int"
			case u.class == "collation":
				p.SQL, p.class = pgIdent(name)+" text COLLATE "+u.name, "text"
			case u.class == "enum":
				p.SQL = pgIdent(name) + " " + u.name + pick(r, "", "[]", " DEFAULT 'open'", " NOT NULL DEFAULT 'Done'")
			default:
				p.SQL = pgIdent(name) + " " + u.name + pick(r, "", "[]")
			}
			return p
		}
		typ := usual
		if r.IntN(3) == 0 {
			typ = pick(r, pgTypes...)
		}
		p.class, p.typ = typ.class, typ.sql
		p.SQL = pgIdent(name) + " " + typ.sql
		if (typ.class == "text") && r.IntN(5) == 0 {
			p.SQL += ` COLLATE "C"`
		}
		switch {
		case typ.sql == "bigint" && len(ints) > 0 && r.IntN(3) == 0:
			base := pick(r, ints...)
			p.Needs, p.class = needs(base), "generated"
			p.SQL += " GENERATED ALWAYS AS (" + pgIdent(base.name) + pick(r, " + 1", " * 2") + ")" + m.stored(r)
			return p
		case typ.def != "" && r.IntN(2) == 0:
			p.SQL += " DEFAULT " + typ.def
		}
		if r.IntN(3) == 0 {
			p.SQL += m.notNull(r, name, partitioned)
		}
		if typ.class == "int" && r.IntN(8) == 0 {
			p.SQL += " CHECK (" + pgIdent(name) + pick(r, " > 0)", " <> 7)")
		}
		return p
	})
	if m.chance(15) {
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{ID: "comment " + id, Stage: stageComment, Needs: []string{id}, SQL: "COMMENT ON COLUMN " + t.name + "." + pgIdent(name) + " IS " + pgString(pick(r, "one", "it's", "three"))}
		})
	}
}

// stored is how a generated column is kept.
func (m *pgMaker) stored(r *rand.Rand) string {
	if m.major >= 18 {
		return pick(r, " STORED", " VIRTUAL")
	}
	return " STORED"
}

// notNull may have a name where the server keeps it.
func (m *pgMaker) notNull(r *rand.Rand, column string, partitioned bool) string {
	if m.major >= 18 && !partitioned && r.IntN(6) == 0 {
		return " NOT NULL NO INHERIT"
	}
	if m.major >= 18 && r.IntN(4) == 0 {
		return " CONSTRAINT " + pgIdent(column+" is there") + " NOT NULL"
	}
	return " NOT NULL"
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
