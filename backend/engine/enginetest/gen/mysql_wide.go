package gen

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// elaborate adds what changes more than one thing at once: keys over several columns, periods, cycles of foreign keys,
// triggers in a row, names that move from one table to another.
func (m *myMaker) elaborate() {
	for _, f := range []func(){
		m.compositeKey, m.period, m.selfReference, m.triggersInARow, m.joinedView, m.otherEngine, m.jsonIndex, m.columnCheck,
		m.movingCheck, m.recased, m.sequenceDefault, m.chain, m.charsets, m.storage, m.ownHistory, m.cycle, m.keyed,
	} {
		if m.chance(18) {
			f()
		}
	}
}

// newTable is a table whose options are picked anew each time.
func (m *myMaker) newTable(prefix string, tails ...string) Piece {
	return m.newTableOver(prefix, nil, tails...)
}

// newTableOver is a table whose options need columns of these names.
func (m *myMaker) newTableOver(prefix string, columns []string, tails ...string) Piece {
	name := m.fresh(prefix)
	id := "table " + name
	m.addAgain(func(r *rand.Rand) Piece {
		p := Piece{ID: id, Stage: stageTable, name: name, SQL: "CREATE TABLE " + myIdent(name), Tail: pick(r, tails...)}
		for _, c := range columns {
			p.Needs = append(p.Needs, id+"."+c)
		}
		return p
	})
	return Piece{ID: id, name: name}
}

// line adds an element of the table that is picked anew each time.
func (m *myMaker) line(t Piece, id string, needs []string, texts ...string) {
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: t.ID + " " + id, Stage: stageConstraint, Table: t.ID, Needs: needs, SQL: pick(r, texts...)}
	})
}

// compositeKey is a table whose primary key has several parts, some of them prefixes.
func (m *myMaker) compositeKey() {
	t := m.newTable("ck", "", " COMMENT='keyed'", " ROW_FORMAT=DYNAMIC")
	a := m.columnOf(t, "a", "part", func(r *rand.Rand) (string, []string) { return pick(r, "int NOT NULL", "bigint unsigned NOT NULL"), nil })
	b := m.columnOf(t, "b", "part", func(r *rand.Rand) (string, []string) {
		return pick(r, "varchar(40) NOT NULL", "varchar(60) CHARACTER SET latin1 NOT NULL", "varbinary(40) NOT NULL"), nil
	})
	c := m.columnOf(t, "c", "part", func(r *rand.Rand) (string, []string) {
		return pick(r, "date NOT NULL", "datetime(2) NOT NULL DEFAULT '2020-01-01 00:00:00'"), nil
	})
	x, y, z := myIdent(a.name), myIdent(b.name), myIdent(c.name)
	m.line(t, "pk", needs(a, b, c), "PRIMARY KEY ("+x+", "+y+")", "PRIMARY KEY ("+y+"(10), "+x+")", "PRIMARY KEY ("+z+", "+x+", "+y+")", "PRIMARY KEY ("+x+")", "UNIQUE KEY u ("+x+", "+y+"(5))")
	m.line(t, "second", needs(a, b, c), "KEY k ("+y+"(3), "+z+" DESC)", "UNIQUE KEY k ("+z+", "+x+")", "KEY k ("+x+" DESC, "+y+")", "KEY k ("+z+") COMMENT 'one'")
	for range m.r.IntN(3) {
		m.column(t)
	}
}

// period is a table with an application-time period (MariaDB).
func (m *myMaker) period() {
	if !m.flavor.MariaDB {
		return
	}
	t := m.newTable("p", "", " COMMENT='valid'")
	from := m.columnOf(t, "from", "period", func(*rand.Rand) (string, []string) { return "date NOT NULL", nil })
	to := m.columnOf(t, "to", "period", func(*rand.Rand) (string, []string) { return "date NOT NULL", nil })
	id := m.columnOf(t, "id", "period", func(r *rand.Rand) (string, []string) { return pick(r, "int", "bigint") + " NOT NULL", nil })
	m.line(t, "period", needs(from, to), "PERIOD FOR valid ("+myIdent(from.name)+", "+myIdent(to.name)+")")
	if m.chance(70) {
		both := append(needs(from, to, id), t.ID+" period")
		x := myIdent(id.name)
		m.line(t, "overlaps", both, "PRIMARY KEY ("+x+", valid WITHOUT OVERLAPS)", "UNIQUE KEY u ("+x+", valid WITHOUT OVERLAPS)", "PRIMARY KEY ("+x+")", "KEY u ("+x+")")
	}
	m.column(t)
}

// selfReference is a table whose rows refer to each other, with a key that the server makes or a person did.
func (m *myMaker) selfReference() {
	t := m.newTable("tree", "", " COMMENT='a tree'")
	id := m.columnOf(t, "id", "node", func(*rand.Rand) (string, []string) { return "int NOT NULL", nil })
	up := m.columnOf(t, "up", "node", func(r *rand.Rand) (string, []string) { return "int" + pick(r, "", " COMMENT 'parent'"), nil })
	x, y := myIdent(id.name), myIdent(up.name)
	m.line(t, "pk", needs(id), "PRIMARY KEY ("+x+")", "UNIQUE KEY u ("+x+")", "PRIMARY KEY ("+x+")")
	m.line(t, "key", needs(id, up), "KEY k ("+y+")", "KEY other ("+y+", "+x+")", "UNIQUE KEY k ("+y+")")
	name := m.fresh("fk")
	m.line(t, "up", append(needs(id, up), t.ID+" pk"), "CONSTRAINT "+myIdent(name)+" FOREIGN KEY ("+y+") REFERENCES "+myIdent(t.name)+" ("+x+")"+pick(m.r, "", " ON DELETE CASCADE"),
		"CONSTRAINT "+myIdent(name)+" FOREIGN KEY ("+y+") REFERENCES "+myIdent(t.name)+" ("+x+") ON DELETE SET NULL")
}

// cycle is two tables that refer to each other.
func (m *myMaker) cycle() {
	a, b := m.newTable("ca", ""), m.newTable("cb", "", " COMMENT='b'")
	var sides [2]Piece
	for i, t := range []Piece{a, b} {
		sides[i] = m.columnOf(t, "id", "node", func(*rand.Rand) (string, []string) { return "bigint NOT NULL PRIMARY KEY", nil })
		m.column(t)
	}
	for i, t := range []Piece{a, b} {
		other := sides[1-i]
		name, column := m.fresh("fk"), m.fresh("to")
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{
				ID: "fk " + name, Stage: stageForeignKey, Needs: append(needs(other), t.ID),
				SQL: "ALTER TABLE " + myIdent(t.name) + " ADD COLUMN " + myIdent(column) + " bigint" + pick(r, "", " COMMENT 'there'") + ", ADD CONSTRAINT " + myIdent(name) +
					" FOREIGN KEY (" + myIdent(column) + ") REFERENCES " + myIdent(strings.TrimPrefix(other.Table, "table ")) + " (" + myIdent(other.name) + ")" + pick(r, "", " ON UPDATE CASCADE", " ON DELETE SET NULL"),
			}
		})
	}
}

// triggersInARow are triggers of one event, whose order counts.
func (m *myMaker) triggersInARow() {
	t := pick(m.r, m.tables()...)
	when := pick(m.r, " AFTER UPDATE", " BEFORE DELETE")
	last := ""
	for range 2 + m.r.IntN(2) {
		name, follows := m.fresh("tr"), ""
		required := []string{t.ID}
		if last != "" && m.chance(60) {
			required, follows = append(required, "trigger "+last), " FOLLOWS "+myIdent(last)
		}
		m.addAgain(func(r *rand.Rand) Piece {
			return Piece{
				ID: "trigger " + name, Stage: stageTrigger, Needs: required,
				SQL: "CREATE TRIGGER " + myIdent(name) + when + " ON " + myIdent(t.name) + " FOR EACH ROW" + follows + " SET @x = " + pick(r, "1", "2", "concat('it''s', 'so')"),
			}
		})
		last = name
	}
}

// joinedView is a view over two tables, perhaps one that checks what is written through it.
func (m *myMaker) joinedView() {
	tables := m.tables()
	t, u := pick(m.r, tables...), pick(m.r, tables...)
	x, y := pick(m.r, m.columns(t.ID)...), pick(m.r, m.columns(u.ID)...)
	name := m.fresh("jv")
	m.addAgain(func(r *rand.Rand) Piece {
		head := "CREATE " + pick(r, "", "ALGORITHM=UNDEFINED ", "SQL SECURITY INVOKER ") + "VIEW " + myIdent(name)
		one := " AS SELECT t." + myIdent(x.name) + " AS a FROM " + myIdent(t.name) + " t"
		sql := pick(r,
			head+" (a, `b c`) AS SELECT t."+myIdent(x.name)+", u."+myIdent(y.name)+" FROM "+myIdent(t.name)+" t LEFT JOIN "+myIdent(u.name)+" u ON t."+myIdent(x.name)+" IS NULL",
			head+" AS SELECT t."+myIdent(x.name)+" AS a, count(*) AS n FROM "+myIdent(t.name)+" t JOIN "+myIdent(u.name)+" u GROUP BY t."+myIdent(x.name)+" HAVING count(*) > 1",
			head+one+" UNION ALL SELECT NULL FROM "+myIdent(u.name)+" u",
			head+one+" WHERE t."+myIdent(x.name)+" IS NOT NULL WITH "+pick(r, "LOCAL", "CASCADED")+" CHECK OPTION")
		return Piece{ID: "view " + name, Stage: stageView, Needs: []string{t.ID, u.ID, x.ID, y.ID}, name: name, SQL: strings.Replace(sql, "ALGORITHM=TEMPTABLE ", "", 1)}
	})
}

// otherEngine is a table of an engine with other rules than InnoDB's.
func (m *myMaker) otherEngine() {
	tails := []string{" ENGINE=MyISAM", " ENGINE=MyISAM CHECKSUM=1", " ENGINE=MyISAM ROW_FORMAT=FIXED", " ENGINE=MEMORY", " ENGINE=InnoDB"}
	if m.flavor.MariaDB {
		tails = append(tails, " ENGINE=Aria", " ENGINE=Aria TRANSACTIONAL=1")
	}
	t := m.newTable("en", tails...)
	m.alone(t)
	a := m.columnOf(t, "a", "member", func(*rand.Rand) (string, []string) { return "int NOT NULL", nil })
	b := m.columnOf(t, "b", "member", func(r *rand.Rand) (string, []string) {
		return pick(r, "varchar(20)", "char(8)", "varchar(20) CHARACTER SET latin1"), nil
	})
	x, y := myIdent(a.name), myIdent(b.name)
	m.line(t, "pk", needs(a), "PRIMARY KEY ("+x+")", "PRIMARY KEY ("+x+") USING BTREE", "UNIQUE KEY u ("+x+")")
	m.line(t, "key", needs(a, b), "KEY k ("+y+")", "KEY k ("+y+") USING BTREE", "KEY k ("+y+", "+x+") USING HASH")
}

// alone keeps everything else away from the table, which would refuse most of it.
func (m *myMaker) alone(t Piece) { m.reserved = append(m.reserved, t.ID) }

// tables are those that everything may stand on.
func (m *myMaker) tables() []Piece {
	return slices.DeleteFunc(m.maker.tables(), func(t Piece) bool { return slices.Contains(m.reserved, t.ID) })
}

// jsonIndex is an index over the values in a document (MySQL).
func (m *myMaker) jsonIndex() {
	if m.flavor.MariaDB {
		return
	}
	t, ok := m.anyTable()
	if !ok {
		return
	}
	c := m.columnOf(t, "doc", "json", func(r *rand.Rand) (string, []string) { return "json" + pick(r, "", " COMMENT 'a document'"), nil })
	x := myIdent(c.name)
	m.line(t, "json "+c.name, needs(c), "KEY "+myIdent("j "+c.name)+" ((CAST("+x+"->'$.zip' AS unsigned ARRAY)))",
		"KEY "+myIdent("j "+c.name)+" ((CAST("+x+"->>'$.name' AS char(20))))", "KEY "+myIdent("j "+c.name)+" ((CAST("+x+"->'$[*]' AS char(10) ARRAY)))",
		"CONSTRAINT "+myIdent("j "+c.name)+" CHECK (json_type("+x+") = 'ARRAY')")
}

// columnCheck is a check that stands at its column, which MariaDB keeps apart from those of the table.
func (m *myMaker) columnCheck() {
	t := pick(m.r, m.tables()...)
	name := m.fresh("cc")
	id, x := t.ID+"."+name, myIdent(name)
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{
			ID: id, Stage: stageColumn, Table: t.ID, name: name, class: "checked", Gives: []string{id + ":checked"},
			SQL: x + " " + pick(r, "int CHECK ("+x+" > 0)", "int CHECK ("+x+" > 1)", "varchar(20) DEFAULT 'it''s' CHECK ("+x+" <> 'no')", "int", "json CHECK (json_valid("+x+"))"),
		}
	})
}

// movingCheck is a check whose name stands at another table now and then.
func (m *myMaker) movingCheck() {
	tables := m.tables()
	a, b := pick(m.r, tables...), pick(m.r, tables...)
	one, two := m.fresh("mc"), m.fresh("mc")
	for i, name := range []string{one, two} {
		m.addAgain(func(r *rand.Rand) Piece {
			t := pick(r, a, b)
			if i == 1 {
				t = pick(r, b, a)
			}
			columns := m.columnsOf(t.ID, "int", "num", "text", "date", "time") // no AUTO_INCREMENT
			if len(columns) == 0 {
				return Piece{ID: "check " + name, Needs: []string{"a column"}}
			}
			c := pick(r, columns...)
			return Piece{
				ID: "check " + name, Stage: stageConstraint, Table: t.ID, Needs: []string{c.ID},
				SQL: "CONSTRAINT " + myIdent(name) + " CHECK (" + myIdent(c.name) + " IS NOT NULL" + pick(r, "", " or true") + ")",
			}
		})
	}
}

// recased is a column whose name changes in nothing but case, with an index on it.
func (m *myMaker) recased() {
	t := pick(m.r, m.tables()...)
	name := m.fresh("re")
	id := t.ID + "." + name
	m.addAgain(func(r *rand.Rand) Piece {
		spelled := pick(r, name, strings.ToUpper(name))
		return Piece{
			ID: id, Stage: stageColumn, Table: t.ID, name: spelled, class: "recased", Gives: []string{id + ":recased"},
			SQL: myIdent(spelled) + " " + pick(r, "int NOT NULL", "int NOT NULL", "bigint DEFAULT 3"),
		}
	})
	if m.chance(60) {
		m.line(t, "index "+name, []string{id}, "KEY "+myIdent("k "+name)+" ("+myIdent(name)+")", "KEY "+myIdent("k "+name)+" ("+myIdent(name)+" DESC)")
	}
}

// sequenceDefault is a column that takes its values from a sequence (MariaDB).
func (m *myMaker) sequenceDefault() {
	if !m.flavor.MariaDB {
		return
	}
	name := m.fresh("seq")
	m.addAgain(func(r *rand.Rand) Piece {
		return Piece{ID: "sequence " + name, Stage: stageSequence, SQL: "CREATE SEQUENCE " + myIdent(name) + pick(r, "", " START WITH 5", " CACHE 20 CYCLE", " INCREMENT BY -1")}
	})
	t := pick(m.r, m.tables()...)
	m.columnOf(t, "sd", "other", func(r *rand.Rand) (string, []string) {
		if r.IntN(3) == 0 {
			return "bigint DEFAULT 4", nil
		}
		return "bigint NOT NULL DEFAULT nextval(" + myIdent(name) + ")", []string{"sequence " + name}
	})
}

// chain is generated columns that build upon each other, with a check on the last.
func (m *myMaker) chain() {
	t, cols, ok := m.someTable(1, "int")
	if !ok {
		return
	}
	base := pick(m.r, cols...)
	for range 2 + m.r.IntN(2) {
		from := base
		base = m.columnOf(t, "ch", "derived", func(r *rand.Rand) (string, []string) {
			return "bigint AS (" + myIdent(from.name) + pick(r, " + 1", " * 3", " + 7") + ")" + pick(r, " STORED", " STORED", " VIRTUAL"), needs(from)
		})
		if m.flavor.MariaDB { // a stored column may build upon a virtual one, but an index is not always possible
			continue
		}
		if m.isPartitioned(t.ID) {
			m.line(t, "index "+base.name, needs(base), "KEY "+myIdent("k "+base.name)+" ("+myIdent(base.name)+")")
			continue
		}
		m.line(t, "index "+base.name, needs(base), "KEY "+myIdent("k "+base.name)+" ("+myIdent(base.name)+")", "UNIQUE KEY "+myIdent("k "+base.name)+" ("+myIdent(base.name)+")")
	}
	m.line(t, "check "+base.name, needs(base), "CONSTRAINT "+myIdent("c "+base.name)+" CHECK ("+myIdent(base.name)+" <> 3)", "CONSTRAINT "+myIdent("c "+base.name)+" CHECK ("+myIdent(base.name)+" > -4)")
}

// basesFirst puts generated columns behind those that they build upon, as MySQL wants them.
func (m *myMaker) basesFirst() {
	for again := true; again; {
		again = false
		for i, p := range m.pieces {
			for j, q := range m.pieces[i+1:] {
				if p.class == "derived" && q.class == "derived" && slices.Contains(p.Needs, q.ID) {
					m.pieces[i], m.pieces[i+1+j] = q, p
					p, again = q, true
				}
			}
		}
	}
}

// charsets is a table whose default and whose columns' character sets change apart from each other.
func (m *myMaker) charsets() {
	t := m.newTable("cs", "", " DEFAULT CHARSET=latin1", " DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci", " DEFAULT CHARSET=ascii", " COLLATE=utf8mb4_bin", " DEFAULT CHARSET=utf8mb3")
	for range 2 + m.r.IntN(3) {
		m.columnOf(t, "cs", "other", func(r *rand.Rand) (string, []string) {
			return pick(r, "varchar(20)", "varchar(20)", "enum('a','ü')", "text", "char(5)", "set('x','y')") +
				pick(r, "", "", " CHARACTER SET latin1", " CHARACTER SET utf8mb4", " COLLATE utf8mb4_bin", " COLLATE latin1_german1_ci", " CHARACTER SET latin1 COLLATE latin1_bin") +
				pick(r, "", " NOT NULL", " COMMENT 'ü'"), nil
		})
	}
}

// storage is a table with options of storage and a tail that changes.
func (m *myMaker) storage() {
	tails := []string{"", " ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8", " ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=4", " MAX_ROWS=1000 MIN_ROWS=10", " STATS_PERSISTENT=0 STATS_AUTO_RECALC=1 STATS_SAMPLE_PAGES=20", " AVG_ROW_LENGTH=100", " ROW_FORMAT=REDUNDANT"}
	if m.flavor.MariaDB {
		tails = append(tails, " PAGE_COMPRESSED=1", " PAGE_COMPRESSED=1 PAGE_COMPRESSION_LEVEL=3")
	} else {
		tails = append(tails, " COMPRESSION='zlib'", " AUTOEXTEND_SIZE=4M", " TABLESPACE=innodb_file_per_table")
	}
	t := m.newTable("st", tails...)
	a := m.columnOf(t, "a", "member", func(*rand.Rand) (string, []string) { return "int NOT NULL", nil })
	m.columnOf(t, "b", "other", func(r *rand.Rand) (string, []string) {
		if m.flavor.MariaDB {
			return pick(r, "varchar(900)", "varchar(900) COMPRESSED", "int"), nil
		}
		return pick(r, "int COLUMN_FORMAT DYNAMIC", "int COLUMN_FORMAT FIXED", "int STORAGE DISK", "int"), nil
	})
	x := myIdent(a.name)
	m.line(t, "key", needs(a), "PRIMARY KEY ("+x+")", "KEY k ("+x+") KEY_BLOCK_SIZE=8", "KEY k ("+x+")", "UNIQUE KEY k ("+x+") COMMENT 'only'")
}

// ownHistory is a system-versioned table that names the columns of its period, or leaves some out (MariaDB).
func (m *myMaker) ownHistory() {
	if !m.flavor.MariaDB {
		return
	}
	t := m.newTableOver("oh", []string{"key"}, " WITH SYSTEM VERSIONING", " WITH SYSTEM VERSIONING COMMENT='old'")
	m.past = append(m.past, t.ID)
	m.addAgain(func(r *rand.Rand) Piece {
		id := t.ID + ".key"
		return Piece{ID: id, Stage: stageColumn, Table: t.ID, name: "key", class: "versioned", SQL: "`key` " + pick(r, "int", "bigint") + " NOT NULL PRIMARY KEY", Gives: []string{id + ":versioned"}}
	})
	m.columnOf(t, "w", "versioned", func(r *rand.Rand) (string, []string) {
		return "int" + pick(r, "", " WITHOUT SYSTEM VERSIONING", " COMMENT 'x'"), nil
	})
	if m.chance(50) {
		a := m.columnOf(t, "rs", "versioned", func(r *rand.Rand) (string, []string) {
			return "timestamp(6) GENERATED ALWAYS AS ROW START" + pick(r, "", " INVISIBLE"), []string{t.ID + " period"}
		})
		b := m.columnOf(t, "re", "versioned", func(r *rand.Rand) (string, []string) {
			return "timestamp(6) GENERATED ALWAYS AS ROW END" + pick(r, "", " INVISIBLE"), []string{t.ID + " period"}
		})
		m.add(Piece{ID: t.ID + " period", Stage: stageConstraint, Table: t.ID, Needs: needs(a, b), SQL: "PERIOD FOR SYSTEM_TIME (" + myIdent(a.name) + ", " + myIdent(b.name) + ")"})
	}
	m.column(t)
}

// keyed is a table partitioned by key over columns that its keys have, as the server wants it.
func (m *myMaker) keyed() {
	t := m.newTableOver("pk", []string{"k 1"}, " PARTITION BY KEY (`k 1`) PARTITIONS 3", " PARTITION BY KEY () PARTITIONS 2", " PARTITION BY LINEAR HASH (`k 1`) PARTITIONS 4", " PARTITION BY HASH (`k 1` * 2 + 1) PARTITIONS 3",
		" PARTITION BY RANGE (`k 1`) SUBPARTITION BY KEY (`k 1`) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (10), PARTITION `p x` VALUES LESS THAN (MAXVALUE) COMMENT 'the rest')", "")
	m.add(Piece{ID: t.ID + ".k 1", Stage: stageColumn, Table: t.ID, name: "k 1", class: "partkey", SQL: "`k 1` int NOT NULL PRIMARY KEY", Gives: []string{t.ID + ".k 1:partkey"}})
	for range 1 + m.r.IntN(2) {
		m.column(t)
	}
	m.index(t)
}
