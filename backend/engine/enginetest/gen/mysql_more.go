package gen

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// decorate adds what stands on tables and columns that exist: each at most now and then, so that pairs stay small enough
// to read.
func (m *myMaker) decorate() {
	for _, f := range []func(){
		m.hiddenColumn, m.expressionDefault, m.derived, m.derived, m.place, m.routine, m.event, m.secondaryCounter, m.wideKey,
		m.versioned, m.listed, m.viewOnView, m.specialType,
	} {
		if m.chance(15) {
			f()
		}
	}
}

// someTable is a table with at least so many columns of the classes.
func (m *myMaker) someTable(atLeast int, classes ...string) (t Piece, cols []Piece, ok bool) {
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

func (m *myMaker) isPartitioned(table string) bool { return len(m.columnsOf(table, "partkey")) > 0 }

// anyTable is a table that may have whatever InnoDB has.
func (m *myMaker) anyTable() (Piece, bool) {
	var fit []Piece
	for _, t := range m.tables() {
		if !m.isPartitioned(t.ID) && !slices.Contains(m.past, t.ID) {
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 {
		return Piece{}, false
	}
	return pick(m.r, fit...), true
}

// columnOf adds a column whose definition, behind its name, is made by text.
func (m *myMaker) columnOf(t Piece, prefix, class string, text func(*rand.Rand) (sql string, needs []string)) Piece {
	name := m.fresh(prefix)
	id := t.ID + "." + name
	m.addAgain(func(r *rand.Rand) Piece {
		sql, needs := text(r)
		return Piece{ID: id, Stage: stageColumn, Table: t.ID, name: name, class: class, SQL: myIdent(name) + " " + sql, Needs: needs, Gives: []string{id + ":" + class}}
	})
	return m.pieces[len(m.pieces)-1]
}

func (m *myMaker) hiddenColumn() {
	t := pick(m.r, m.tables()...)
	m.columnOf(t, "h", "hidden", func(r *rand.Rand) (string, []string) {
		return pick(r, "int", "varchar(30) DEFAULT 'x'", "datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP") + pick(r, " INVISIBLE", " INVISIBLE COMMENT 'hidden'", ""), nil
	})
}

func (m *myMaker) expressionDefault() {
	t := pick(m.r, m.tables()...)
	m.columnOf(t, "e", "other", func(r *rand.Rand) (string, []string) {
		return pick(r, "int DEFAULT (1 + 2)", "varchar(60) DEFAULT (concat('it''s ', 'so'))", "date DEFAULT (curdate())", "json DEFAULT (json_array(1, 'a'))", "text DEFAULT ('a\\\\b')", "int DEFAULT 3"), nil
	})
}

// derived is a generated column over another one, perhaps with an index.
func (m *myMaker) derived() {
	classes := []string{"text", "int"}
	if !m.flavor.MariaDB { // MariaDB refuses char(n) here: its trailing spaces depend on the session
		classes = append(classes, "char")
	}
	t, cols, ok := m.someTable(1, classes...)
	if !ok {
		return
	}
	base := pick(m.r, cols...)
	x := myIdent(base.name)
	c := m.columnOf(t, "g", "derived", func(r *rand.Rand) (string, []string) {
		how := pick(r, " VIRTUAL", " STORED")
		if base.class == "int" {
			return "bigint GENERATED ALWAYS AS (" + pick(r, x+" + 1", "case when "+x+" > 3 then 1 else 0 end", "coalesce("+x+", 7)") + ")" + how + pick(r, "", " COMMENT 'it''s made'"), needs(base)
		}
		return "varchar(200) GENERATED ALWAYS AS (" + pick(r, "upper("+x+")", "lower("+x+")", "concat("+x+", 'it''s')", "left("+x+", 2)") + ")" + how, needs(base)
	})
	if m.chance(50) {
		name := m.fresh("gi")
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{ID: "index " + t.ID + " " + name, Stage: stageConstraint, Table: t.ID, Needs: needs(c), SQL: "KEY " + myIdent(name) + " (" + myIdent(c.name) + pick(r, "", " DESC") + ")"}
		})
	}
}

// place is a point with a spatial index.
func (m *myMaker) place() {
	t, ok := m.anyTable()
	if !ok {
		return
	}
	c := m.columnOf(t, "place", "place", func(r *rand.Rand) (string, []string) {
		if m.flavor.MariaDB {
			return pick(r, "point NOT NULL", "geometry NOT NULL"), nil
		}
		return pick(r, "point NOT NULL SRID 4326", "point NOT NULL SRID 0", "geometry NOT NULL SRID 4326"), nil
	})
	name := m.fresh("spatial")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "index " + t.ID + " " + name, Stage: stageConstraint, Table: t.ID, Needs: needs(c), SQL: "SPATIAL KEY " + myIdent(name) + " (" + myIdent(c.name) + ")" + pick(r, "", " COMMENT 'where'")}
	})
}

func (m *myMaker) routine() {
	name := m.fresh("routine")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "routine " + name, Stage: stageFunction,
			SQL: "CREATE FUNCTION " + myIdent(name) + pick(r, "(a int) RETURNS int", "(a varchar(10), b date) RETURNS varchar(20) CHARACTER SET utf8mb4") + " DETERMINISTIC" + pick(r, "", " NO SQL", " COMMENT 'it''s one'") + pick(r, "", " SQL SECURITY INVOKER") + " RETURN " + pick(r, "a", "concat(a, '''')"),
		}
	})
	other := m.fresh("procedure")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "procedure " + other, Stage: stageFunction, SQL: "CREATE PROCEDURE " + myIdent(other) + "(" + pick(r, "", "IN a int", "OUT b text") + ") " + pick(r, "SELECT 1", "SELECT 'it''s'")}
	})
}

func (m *myMaker) event() {
	name := m.fresh("event")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "event " + name, Stage: stageTrigger, SQL: "CREATE EVENT " + myIdent(name) + " ON SCHEDULE " +
			pick(r, "EVERY 2 HOUR STARTS '2031-01-01 00:00:00'", "AT '2035-01-01 10:00:00'", "EVERY '1:30' HOUR_MINUTE STARTS '2031-01-01 00:00:00' ENDS '2032-01-01 00:00:00'") +
			pick(r, "", " ON COMPLETION PRESERVE") + pick(r, "", " DISABLE") + pick(r, "", " COMMENT 'now'") + " DO " + pick(r, "SELECT 1", "SET @x = 'it''s'")}
	})
}

// secondaryCounter is a table whose AUTO_INCREMENT column has a key that is not its primary one, and a counter.
func (m *myMaker) secondaryCounter() {
	name := m.fresh("n")
	id := "table " + name
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: id, Stage: stageTable, name: name, SQL: "CREATE TABLE " + myIdent(name), Tail: pick(r, "", " AUTO_INCREMENT=100", " AUTO_INCREMENT=7 COMMENT='counted'")}
	})
	t := Piece{ID: id, name: name}
	a := m.columnOf(t, "n", "counter", func(r *rand.Rand) (string, []string) {
		return pick(r, "int", "bigint unsigned") + " NOT NULL" + pick(r, "", " AUTO_INCREMENT"), []string{id + " key"}
	})
	b := m.columnOf(t, "p", "member", func(r *rand.Rand) (string, []string) { return pick(r, "int", "bigint") + " NOT NULL", nil })
	m.addAgain(func(r *rand.Rand) Piece {
		x, y := myIdent(a.name), myIdent(b.name)
		return Piece{
			ID: id + " key", Stage: stageConstraint, Table: id, Needs: []string{a.ID, b.ID},
			SQL: pick(r, "PRIMARY KEY ("+y+"), KEY k ("+x+")", "PRIMARY KEY ("+x+", "+y+")", "PRIMARY KEY ("+y+"), UNIQUE KEY u ("+x+", "+y+")", "UNIQUE KEY u ("+x+")", "PRIMARY KEY ("+x+" DESC)"),
		}
	})
	m.column(t)
}

// wideKey is a foreign key over two columns.
func (m *myMaker) wideKey() {
	t, ok := m.anyTable()
	if !ok {
		return
	}
	key, fk := m.fresh("wide"), m.fresh("fk")
	a := m.columnOf(t, "wa", "wide", func(*rand.Rand) (string, []string) { return "int NOT NULL", nil })
	b := m.columnOf(t, "wb", "wide", func(*rand.Rand) (string, []string) { return "bigint", nil })
	m.add(Piece{ID: t.ID + " wide " + key, Stage: stageConstraint, Table: t.ID, Needs: needs(a, b), SQL: "UNIQUE KEY " + myIdent(key) + " (" + myIdent(a.name) + ", " + myIdent(b.name) + ")"})
	from, _ := m.anyTable()
	m.addAgain(func(r *rand.Rand) Piece {
		x, y := myIdent("x "+fk), myIdent("y "+fk)
		return Piece{
			ID: "fk " + fk, Stage: stageForeignKey, Needs: append(needs(a, b), from.ID, t.ID+" wide "+key),
			SQL: fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s int, ADD COLUMN %s bigint, %sADD CONSTRAINT %s FOREIGN KEY (%s, %s) REFERENCES %s (%s, %s)%s", myIdent(from.name), x, y,
				pick(r, "", "ADD KEY "+myIdent("k "+fk)+" ("+x+", "+y+"), "), myIdent(fk), x, y, myIdent(t.name), myIdent(a.name), myIdent(b.name), pick(r, "", " ON DELETE CASCADE", " ON UPDATE CASCADE ON DELETE SET NULL")),
		}
	})
}

// versioned is a system-versioned table of MariaDB.
func (m *myMaker) versioned() {
	if !m.flavor.MariaDB {
		return
	}
	name := m.fresh("sv")
	id := "table " + name
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: id, Stage: stageTable, name: name, SQL: "CREATE TABLE " + myIdent(name), Tail: pick(r, " WITH SYSTEM VERSIONING", " WITH SYSTEM VERSIONING", "", " WITH SYSTEM VERSIONING COMMENT='old and new'")}
	})
	t := Piece{ID: id, name: name}
	m.past = append(m.past, id) // altering it, as foreign keys do here, needs a setting
	m.columnOf(t, "id", "versioned", func(r *rand.Rand) (string, []string) { return pick(r, "int", "bigint") + " NOT NULL", nil })
	for range 1 + m.r.IntN(3) {
		m.column(t)
	}
	m.index(t)
}

// listed is a table partitioned by lists or with subpartitions.
func (m *myMaker) listed() {
	name := m.fresh("l")
	id := "table " + name
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: id, Stage: stageTable, name: name, SQL: "CREATE TABLE " + myIdent(name), Needs: []string{id + ".part:partkey", id + ".day:day"}, Tail: pick(r,
			" PARTITION BY LIST (part) (PARTITION a VALUES IN (1, 2), PARTITION b VALUES IN (3, NULL))",
			" PARTITION BY LIST (part) (PARTITION a VALUES IN (1, 2), PARTITION b VALUES IN (3, NULL), PARTITION c VALUES IN (4) COMMENT = 'it''s new')",
			" PARTITION BY RANGE (year(day)) SUBPARTITION BY HASH (part) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE)",
			" PARTITION BY RANGE COLUMNS (part, day) (PARTITION p0 VALUES LESS THAN (5, '2020-01-01'), PARTITION p1 VALUES LESS THAN (MAXVALUE, MAXVALUE))",
			"")}
	})
	m.add(Piece{ID: id + ".part", Stage: stageColumn, Table: id, name: "part", class: "partkey", SQL: "`part` int", Gives: []string{id + ".part:partkey"}})
	m.add(Piece{ID: id + ".day", Stage: stageColumn, Table: id, name: "day", class: "day", SQL: "`day` date", Gives: []string{id + ".day:day"}})
	t := Piece{ID: id, name: name}
	for range 1 + m.r.IntN(3) {
		m.column(t)
	}
	m.index(t)
}

func (m *myMaker) viewOnView() {
	var views []Piece
	for _, p := range m.pieces {
		if p.class == "view" {
			views = append(views, p)
		}
	}
	if len(views) == 0 {
		return
	}
	v := pick(m.r, views...)
	name := m.fresh("a view") // its name sorts before the one it stands on
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: "view " + name, Stage: stageView, Needs: []string{v.ID}, name: name, class: "view",
			SQL: "CREATE " + pick(r, "", "ALGORITHM=MERGE ", "ALGORITHM=TEMPTABLE ") + "VIEW " + myIdent(name) + " AS SELECT a" + pick(r, "", ", 1 AS one", ", 'it''s' AS two") + " FROM " + myIdent(v.name),
		}
	})
}

// specialType is a column of a type that only one flavour has.
func (m *myMaker) specialType() {
	t := pick(m.r, m.tables()...)
	m.columnOf(t, "s", "other", func(r *rand.Rand) (string, []string) {
		if m.flavor.MariaDB {
			return pick(r, "uuid", "inet6", "inet6 NOT NULL DEFAULT '::1'", "text COMPRESSED", "varchar(500) COMPRESSED", "longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"), nil
		}
		return pick(r, "vector(4)", "vector(8) NOT NULL", "int COLUMN_FORMAT FIXED", "varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin", "bit(3) NOT NULL DEFAULT b'1'"), nil
	})
}
