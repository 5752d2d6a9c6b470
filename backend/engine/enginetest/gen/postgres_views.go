package gen

import (
	"math/rand/v2"
	"strings"
)

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
