package gen

import (
	"fmt"
	"math/rand/v2"
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

func (m *pgMaker) enum() {
	name, needs := m.qualified("mood")
	m.addAgain(func(r *rand.Rand) Piece {
		labels := []string{"'new'", "'open'", "'it''s'", "'Done'", "'x y'"}
		switch r.IntN(3) {
		case 0:
			labels = append(labels, "'late'")
		case 1:
			labels = append(labels[:2], append([]string{"'between'"}, labels[2:]...)...)
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

func (m *pgMaker) table() {
	name, needs := m.qualified("t")
	id := "table " + name
	partitioned := m.chance(15)
	if partitioned {
		m.partitioned(name, id, needs)
	} else {
		m.addAgain(func(r *rand.Rand) Piece {
			head, gives := "CREATE TABLE ", []string{"permanent " + id}
			if r.IntN(6) == 0 { // a permanent table cannot reference it
				head, gives = "CREATE UNLOGGED TABLE ", nil
			}
			return Piece{
				ID: id, Stage: stageTable, Needs: needs, Gives: gives, name: name, SQL: head + name,
				Tail: pick(r, "", "", "", " WITH (fillfactor=70)", " WITH (autovacuum_enabled=false, fillfactor=80)"),
			}
		})
	}
	t := Piece{ID: id, name: name}
	if !partitioned {
		m.key(t)
	}
	for range 2 + m.r.IntN(6) {
		m.column(t)
	}
	for range m.r.IntN(3) {
		m.constraint(t)
	}
	for range m.r.IntN(3) {
		m.index(t)
	}
	if m.chance(30) {
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{ID: "comment " + id, Stage: stageComment, Needs: []string{id}, SQL: "COMMENT ON TABLE " + name + " IS " + pgString(pick(r, "plain", "it's \\ odd", "two\nlines"))}
		})
	}
	if m.chance(15) {
		m.add(Piece{ID: "rls " + id, Stage: stageIndex, Needs: []string{id}, SQL: "ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY"})
	}
}

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

// key gives the table a primary key column of one of the usual kinds.
func (m *pgMaker) key(t Piece) {
	if m.chance(10) {
		return
	}
	id, named := t.ID+".id", m.fresh("key")
	m.addAgain(func(r *rand.Rand) Piece {
		typ := pick(r, "integer", "bigint", "bigint GENERATED ALWAYS AS IDENTITY", "integer GENERATED BY DEFAULT AS IDENTITY (START WITH 100 INCREMENT BY 2)", "serial", "bigserial")
		return Piece{ID: id, Stage: stageColumn, Table: t.ID, SQL: "id " + typ, name: "id", class: "key", typ: typ, Gives: []string{id + ":key"}}
	})
	m.addAgain(func(r *rand.Rand) Piece {
		sql := pick(r, "PRIMARY KEY (id)", "PRIMARY KEY (id)", "CONSTRAINT "+pgIdent(named)+" PRIMARY KEY (id)", "UNIQUE (id)", "PRIMARY KEY (id) DEFERRABLE")
		var gives []string
		if !strings.Contains(sql, "DEFERRABLE") {
			gives = []string{"unique " + id}
		}
		return Piece{ID: t.ID + " key", Stage: stageConstraint, Table: t.ID, Needs: []string{id + ":key"}, Gives: gives, SQL: sql}
	})
}

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
	for _, class := range []string{"enum", "domain", "composite", "sequence"} {
		if p, ok := m.pieceOf(class); ok {
			user = append(user, p)
		}
	}
	ints := m.columnsOf(t.ID, "int")
	m.addAgain(func(r *rand.Rand) (p Piece) {
		p = Piece{ID: id, Stage: stageColumn, Table: t.ID, name: name}
		defer func() { p.Gives = []string{id + ":" + p.class} }()
		if len(user) > 0 && r.IntN(5) == 0 {
			u := pick(r, user...)
			p.Needs, p.class = []string{u.ID}, "user"
			switch {
			case u.class == "sequence":
				p.SQL, p.class = pgIdent(name)+" bigint DEFAULT nextval("+pgString(u.name)+")", "int"
			case u.class == "enum":
				p.SQL = pgIdent(name) + " " + u.name + pick(r, "", "[]", " DEFAULT 'open'", " NOT NULL DEFAULT 'Done'")
			default:
				p.SQL = pgIdent(name) + " " + u.name + pick(r, "", "[]")
			}
			return p
		}
		typ := pick(r, pgTypes...)
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
			p.SQL += m.notNull(r, name)
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
func (m *pgMaker) notNull(r *rand.Rand, column string) string {
	if m.major >= 18 && r.IntN(4) == 0 {
		return " CONSTRAINT " + pgIdent(column+" is there") + " NOT NULL"
	}
	return " NOT NULL"
}

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
		return p
	})
}

// view puts a view, or a function with a trigger, over a table.
func (m *pgMaker) view() {
	tables := m.tables()
	if len(tables) == 0 {
		return
	}
	t := pick(m.r, tables...)
	cols := m.columns(t.ID)
	if len(cols) == 0 {
		return
	}
	name, schemaNeeds := m.qualified("v")
	if m.chance(30) {
		m.trigger(t)
		return
	}
	kind := pick(m.r, "VIEW", "VIEW", "MATERIALIZED VIEW")
	m.addAgain(func(r *rand.Rand) Piece {
		c, d := pick(r, cols...), pick(r, cols...)
		p := Piece{ID: "view " + name, Stage: stageView, Needs: append([]string{t.ID, c.ID, d.ID}, schemaNeeds...), name: name, class: strings.ToLower(kind), object: kind + " " + name}
		p.SQL = "CREATE " + kind + " " + name + " AS SELECT " + pgIdent(c.name) + " AS first, " + pgIdent(d.name) + " AS second FROM " + t.name + pick(r, "", " WHERE "+pgIdent(c.name)+" IS NOT NULL")
		return p
	})
}

func (m *pgMaker) trigger(t Piece) {
	name, schemaNeeds := m.qualified("f")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "function " + name, Stage: stageFunction, Needs: schemaNeeds, SQL: "CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $f$BEGIN " + pick(r, "RETURN NEW", "RETURN NULL") + "; END$f$"}
	})
	trigger := m.fresh("tr")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "trigger " + trigger, Stage: stageTrigger, Needs: []string{t.ID, "function " + name}, object: "TRIGGER " + pgIdent(trigger) + " ON " + t.name,
			SQL: "CREATE TRIGGER " + pgIdent(trigger) + pick(r, " BEFORE INSERT", " AFTER UPDATE OR DELETE") + " ON " + t.name + " FOR EACH ROW EXECUTE FUNCTION " + name + "()",
		}
	})
}
