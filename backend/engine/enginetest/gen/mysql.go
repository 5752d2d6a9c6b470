package gen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Flavor says which server a MySQL pair is for.
type Flavor struct {
	MariaDB bool
	Major   int
}

// myMaker makes schemas for MySQL or MariaDB.
type myMaker struct {
	maker
	flavor   Flavor
	reserved []string // tables that nothing is added to
	past     []string // tables with system versioning, now and then
}

// MySQL is the pair of that seed for a flavour.
func MySQL(seed uint64, f Flavor) Pair {
	m := &myMaker{maker{r: newRand(seed), names: []string{"Order", "select", "ünï", "a`b", "x.y", "it's", `q"q`}}, f, nil, nil}
	for range 2 + m.r.IntN(4) {
		m.table()
	}
	m.relations()
	before := m.pieces.valid()
	m.pieces = before
	m.mutate(true)
	m.basesFirst()
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
		if m.chance(20) {
			m.check(t)
		}
	}
	if m.chance(50) {
		m.relations()
	}
	return Pair{before, m.pieces.valid()}
}

func myIdent(s string) string { return "`" + strings.ReplaceAll(s, "`", "``") + "`" }
func myString(s string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(s) + "'"
}

func (m *myMaker) relations() {
	if len(m.tables()) == 0 {
		return
	}
	for range m.r.IntN(3) {
		m.foreignKey()
	}
	for range m.r.IntN(2) {
		m.view()
	}
	if m.chance(25) {
		m.trigger()
	}
	if m.flavor.MariaDB && m.chance(20) {
		m.sequence()
	}
	m.decorate()
	m.elaborate()
	for range m.r.IntN(4) {
		m.odd()
	}
}

func (m *myMaker) table() {
	name := m.fresh("t")
	id := "table " + name
	partitioned := m.chance(12)
	m.addAgain(func(r *rand.Rand) Piece {
		var needs []string
		tail := pick(r, "", "", " ENGINE=InnoDB") + pick(r, "", "", " DEFAULT CHARSET=latin1", " DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin", " COLLATE=utf8mb4_unicode_ci") +
			pick(r, "", "", " COMMENT="+myString("it's a \\ table"), " COMMENT='plain'") + pick(r, "", "", " ROW_FORMAT=DYNAMIC", " ROW_FORMAT=COMPRESSED", " STATS_PERSISTENT=1")
		if partitioned {
			needs = []string{id + ".id:partkey"}
			tail += pick(r, " PARTITION BY HASH (id) PARTITIONS 3", " PARTITION BY KEY (id) PARTITIONS 2",
				" PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN MAXVALUE)",
				" PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))")
		}
		return Piece{ID: id, Stage: stageTable, Needs: needs, name: name, SQL: "CREATE TABLE " + myIdent(name), Tail: tail}
	})
	t := Piece{ID: id, name: name}
	m.key(t, partitioned)
	for range 2 + m.r.IntN(6) {
		m.column(t)
	}
	for range m.r.IntN(4) {
		m.index(t)
	}
	for range m.r.IntN(2) {
		m.check(t)
	}
}

// key gives the table its id column and a key on it; an AUTO_INCREMENT column needs the key and the key the column.
func (m *myMaker) key(t Piece, partitioned bool) {
	id := t.ID + ".id"
	class := "key"
	if partitioned {
		class = "partkey" // partitioned tables have no foreign keys
	}
	m.addAgain(func(r *rand.Rand) Piece {
		typ := pick(r, "int", "bigint", "bigint unsigned", "int unsigned")
		p := Piece{ID: id, Stage: stageColumn, Table: t.ID, name: "id", class: class, typ: typ, SQL: "`id` " + typ + " NOT NULL", Gives: []string{id + ":" + class, "type " + id + " " + typ}}
		if r.IntN(2) == 0 {
			p.SQL += " AUTO_INCREMENT"
		}
		p.Needs = []string{t.ID + " key"}
		return p
	})
	m.addAgain(func(r *rand.Rand) Piece {
		sql := "PRIMARY KEY (`id`)"
		if !partitioned {
			sql = pick(r, sql, sql, "UNIQUE KEY `the_key` (`id`)", "PRIMARY KEY (`id`) COMMENT 'pk'")
		}
		return Piece{ID: t.ID + " key", Stage: stageConstraint, Table: t.ID, Needs: []string{id}, SQL: sql}
	})
	m.pieces[len(m.pieces)-1].again = nil // a column that others reference keeps its kind of key
	if m.chance(60) {
		m.pieces[len(m.pieces)-2].again = nil
	}
}

type myType struct{ sql, class, def string }

var myTypes = []myType{
	{"int", "int", "7"},
	{"int unsigned", "int", "0"},
	{"bigint", "int", "-1"},
	{"smallint", "int", "3"},
	{"tinyint(1)", "int", "1"},
	{"mediumint", "int", ""},
	{"int(5) zerofill", "other", "5"},
	{"decimal(10,2)", "num", "1.50"},
	{"decimal(5,0) unsigned", "num", "0"},
	{"float", "num", "1.5"},
	{"double", "num", "0"},
	{"bit(1)", "other", "b'1'"},
	{"bit(8)", "other", "b'101'"},
	{"varchar(20)", "text", "'a''b\\\\c'"},
	{"varchar(100)", "text", "''"},
	{"char(3)", "char", "'abc'"},
	{"text", "blob", ""},
	{"mediumtext", "blob", ""},
	{"longtext", "blob", ""},
	{"tinyblob", "other", ""},
	{"blob", "other", ""},
	{"binary(4)", "other", ""},
	{"varbinary(16)", "other", "'x'"},
	{"date", "date", "'2020-01-02'"},
	{"datetime", "time", "CURRENT_TIMESTAMP"},
	{"datetime(3)", "time", "CURRENT_TIMESTAMP(3)"},
	{"timestamp NULL", "time", "NULL"},
	{"time", "date", "'10:00:00'"},
	{"year", "int", "2020"},
	{"enum('a','b','it''s')", "other", "'b'"},
	{"enum('a','new','b','it''s')", "other", "'new'"},
	{"set('x','y')", "other", "'x,y'"},
	{"json", "json", ""},
	{"geometry", "spatial", ""},
	{"point", "spatial", ""},
}

// column adds a column of a random type with random properties.
func (m *myMaker) column(t Piece) {
	name := m.fresh("c")
	id := t.ID + "." + name
	ints := m.columnsOf(t.ID, "int")
	partitioned := len(m.columnsOf(t.ID, "partkey")) > 0
	usual := pick(m.r, myTypes...) // made anew, it keeps its type more often than not
	m.addAgain(func(r *rand.Rand) (p Piece) {
		typ := usual
		if r.IntN(3) == 0 {
			typ = pick(r, myTypes...)
		}
		for partitioned && typ.class == "spatial" { // InnoDB has no partitioned tables with such columns
			typ = pick(r, myTypes...)
		}
		p = Piece{ID: id, Stage: stageColumn, Table: t.ID, name: name, class: typ.class, typ: typ.sql}
		defer func() { p.Gives = []string{id + ":" + p.class} }()
		p.SQL = myIdent(name) + " " + typ.sql
		if (typ.class == "text" || typ.class == "char" || typ.class == "blob") && r.IntN(4) == 0 {
			p.SQL += pick(r, " CHARACTER SET latin1", " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", " CHARACTER SET ascii", " COLLATE utf8mb4_general_ci")
		}
		notNull := r.IntN(3) == 0 && !strings.HasSuffix(typ.sql, "NULL")
		switch {
		case typ.sql == "bigint" && len(ints) > 0 && r.IntN(2) == 0:
			base := pick(r, ints...)
			p.Needs, p.class = needs(base), "generated"
			p.SQL += " GENERATED ALWAYS AS (" + myIdent(base.name) + pick(r, " + 1", " * 2") + ")" + pick(r, " STORED", " VIRTUAL")
			return p
		case notNull:
			p.SQL += " NOT NULL"
		}
		if typ.def != "" && r.IntN(2) == 0 && (typ.def != "NULL" || !notNull) {
			p.SQL += " DEFAULT " + typ.def
			if strings.HasPrefix(typ.def, "CURRENT_TIMESTAMP") && r.IntN(2) == 0 {
				p.SQL += " ON UPDATE " + typ.def
			}
		} else if typ.class == "blob" && r.IntN(4) == 0 {
			p.SQL += " DEFAULT ('some text')"
		}
		p.SQL += pick(r, "", "", "", " COMMENT "+myString("it's\\ odd"), " COMMENT 'two\nlines'")
		return p
	})
}

// index adds an index of a random kind over columns that suit.
func (m *myMaker) index(t Piece) {
	name := m.fresh("i")
	scalars := m.columnsOf(t.ID, "int", "num", "text", "char", "date", "time")
	texts, blobs := m.columnsOf(t.ID, "text", "char"), m.columnsOf(t.ID, "blob")
	partitioned := len(m.columnsOf(t.ID, "partkey")) > 0
	if len(scalars) == 0 {
		return
	}
	m.addAgain(func(r *rand.Rand) Piece {
		c, d := pick(r, scalars...), pick(r, scalars...)
		p := Piece{ID: "index " + t.ID + " " + name, Stage: stageConstraint, Table: t.ID, Needs: needs(c)}
		n := myIdent(name)
		switch k := r.IntN(8); {
		case k == 0 && len(texts) > 0 && !partitioned:
			x := pick(r, texts...)
			p.Needs, p.SQL = needs(x), "FULLTEXT KEY "+n+" ("+myIdent(x.name)+")"
		case k == 1 && len(blobs) > 0:
			x := pick(r, blobs...)
			p.Needs, p.SQL = needs(x), "KEY "+n+" ("+myIdent(x.name)+pick(r, "(10)", "(20)")+")"
		case k == 2 && !m.flavor.MariaDB:
			p.SQL = "KEY " + n + " ((" + pick(r, "coalesce("+myIdent(c.name)+", 0)", "abs("+myIdent(c.name)+")") + "))"
		case k == 3 && !partitioned:
			p.SQL = "UNIQUE KEY " + n + " (" + myIdent(c.name) + ")"
		case k == 4:
			p.SQL = "KEY " + n + " (" + myIdent(c.name) + ") " + m.hidden(r)
		case c.name != d.name:
			p.Needs = append(p.Needs, needs(d)...)
			p.SQL = "KEY " + n + " (" + myIdent(c.name) + pick(r, "", " DESC") + ", " + myIdent(d.name) + ")" + pick(r, "", " COMMENT 'why'")
		default:
			p.SQL = "KEY " + n + " (" + myIdent(c.name) + ")" + pick(r, "", " USING BTREE")
		}
		return p
	})
}

func (m *myMaker) hidden(r *rand.Rand) string {
	if m.flavor.MariaDB {
		return pick(r, "", "IGNORED", "COMMENT 'x'")
	}
	return pick(r, "", "INVISIBLE", "COMMENT 'x'")
}

func (m *myMaker) check(t Piece) {
	name := m.fresh("con")
	ints, texts := m.columnsOf(t.ID, "int", "num"), m.columnsOf(t.ID, "text", "char")
	if len(ints) == 0 {
		return
	}
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, ints...)
		p := Piece{ID: t.ID + " check " + name, Stage: stageConstraint, Table: t.ID, Needs: needs(c)}
		p.SQL = "CONSTRAINT " + myIdent(name) + " CHECK (" + myIdent(c.name) + pick(r, " > 0", " between 1 and 100", " in (1,2,3)", " <> 5 or "+myIdent(c.name)+" is null") + ")"
		if len(texts) > 0 && r.IntN(3) == 0 {
			x := pick(r, texts...)
			p.Needs, p.SQL = needs(x), "CONSTRAINT "+myIdent(name)+" CHECK ("+pick(r, "length("+myIdent(x.name)+") > 2", myIdent(x.name)+" like '%it''s%'", myIdent(x.name)+" <> 'a\\\\b'")+")"
		}
		if !m.flavor.MariaDB {
			p.SQL += pick(r, "", "", " NOT ENFORCED")
		}
		return p
	})
}

// foreignKey adds a column of the referenced key's exact type and the constraint.
func (m *myMaker) foreignKey() {
	var keys []Piece
	for _, p := range m.pieces {
		if p.class == "key" {
			keys = append(keys, p)
		}
	}
	var tables []Piece
	for _, t := range m.tables() {
		if !m.isPartitioned(t.ID) && !slices.Contains(m.past, t.ID) {
			tables = append(tables, t)
		}
	}
	if len(keys) == 0 || len(tables) == 0 {
		return
	}
	name, t := m.fresh("fk"), pick(m.r, tables...)
	k := pick(m.r, keys...)
	col := "ref " + name
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "fk " + name, Stage: stageForeignKey, Needs: []string{t.ID, k.ID, k.Table + " key", "type " + k.ID + " " + k.typ},
			SQL: fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s, ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (`id`)%s%s", myIdent(t.name), myIdent(col), k.typ, myIdent(name), myIdent(col), myIdent(strings.TrimPrefix(k.Table, "table ")),
				pick(r, "", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT"), pick(r, "", " ON UPDATE CASCADE")),
		}
	})
}

func (m *myMaker) view() {
	tables := m.tables()
	t := pick(m.r, tables...)
	cols := m.columns(t.ID)
	name := m.fresh("v")
	m.addAgain(func(r *rand.Rand) Piece {
		c := pick(r, cols...)
		return Piece{
			ID: "view " + name, Stage: stageView, Needs: []string{t.ID, c.ID}, name: name, class: "view",
			SQL: "CREATE " + pick(r, "", "SQL SECURITY INVOKER ") + "VIEW " + myIdent(name) + " AS SELECT " + myIdent(c.name) + " AS a FROM " + myIdent(t.name) + pick(r, "", " WHERE "+myIdent(c.name)+" IS NOT NULL"),
		}
	})
}

func (m *myMaker) trigger() {
	t := pick(m.r, m.tables()...)
	name := m.fresh("tr")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "trigger " + name, Stage: stageTrigger, Needs: []string{t.ID},
			SQL: "CREATE TRIGGER " + myIdent(name) + pick(r, " BEFORE INSERT", " AFTER DELETE") + " ON " + myIdent(t.name) + " FOR EACH ROW SET @x = " + pick(r, "1", "'it''s'"),
		}
	})
}

func (m *myMaker) sequence() {
	name := m.fresh("s")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "sequence " + name, Stage: stageSequence, SQL: "CREATE SEQUENCE " + myIdent(name) + pick(r, "", " START WITH 10 INCREMENT BY 2", " MAXVALUE 1000 CYCLE")}
	})
}
