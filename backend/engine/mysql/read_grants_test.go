package mysql

import (
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

func TestGrants(t *testing.T) {
	for grant, want := range map[string]bool{
		"GRANT ALL PRIVILEGES ON *.* TO `u`@`%` WITH GRANT OPTION":          true,
		"GRANT SELECT, TRIGGER ON `my_db`.* TO `u`@`%`":                     true,
		"GRANT SELECT, TRIGGER ON `my\\_db`.* TO `u`@`%`":                   true,
		"GRANT TRIGGER ON `my%`.* TO `u`@`%`":                               true,
		"GRANT TRIGGER ON `other`.* TO `u`@`%`":                             false,
		"GRANT TRIGGER ON `my_db`.`t` TO `u`@`%`":                           false,
		"GRANT SELECT ON *.* TO `u`@`%`":                                    false,
		"GRANT SELECT (`TRIGGER`), TRIGGER (`a`) ON `my_db`.`t` TO `u`@`%`": false,
		"GRANT `a_role`@`%` TO `u`@`%`":                                     false,
		"GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*6BB4837EB'": false,
		"GRANT PROXY ON ``@`%` TO 'root'@'localhost' WITH GRANT OPTION":     false,
	} {
		g := grants{}
		g.add(grant, "my_db")
		if g.has("TRIGGER") != want {
			t.Errorf("%s: %v", grant, g)
		}
	}
}

func TestWhatTheUserMayNotSeeIsReported(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := load(t, s, `
			CREATE TABLE a (id int PRIMARY KEY, x int); CREATE TABLE b (secret int, id int, more int);
			CREATE VIEW va AS SELECT id FROM a; CREATE VIEW vb AS SELECT id FROM b;
			CREATE FUNCTION f1() RETURNS int DETERMINISTIC RETURN 1;
			CREATE TRIGGER tr BEFORE INSERT ON a FOR EACH ROW SET new.x = 1;`)
		user := strings.ReplaceAll(db.Name, "test_", "u_")
		on := " ON `" + db.Name + "`."
		db.Exec(t, "CREATE USER "+user+"@'%' IDENTIFIED BY 'x-1'; GRANT SELECT"+on+"a TO "+user+"@'%'; GRANT SELECT (id)"+on+"b TO "+user+
			"@'%'; GRANT SELECT"+on+"va TO "+user+"@'%'; GRANT EXECUTE ON FUNCTION `"+db.Name+"`.f1 TO "+user+"@'%'")
		t.Cleanup(func() { _ = db.ExecContext(quiet(), "DROP USER "+user+"@'%'") })
		cfg := config(db)
		cfg.User, cfg.Password = user, "x-1"
		for _, showAll := range []int{showAll, 0} {
			c := open(t, cfg)
			c.showAll = showAll
			d := inspected(t, c)
			reported := map[schema.Key]bool{}
			general := ""
			for _, n := range d.Notices {
				reported[n.Key] = true
				if n.Key.IsZero() {
					general += n.Reason + "\n"
				}
			}
			if d.Table("", "a") == nil {
				t.Error("table a is missing")
			}
			for _, k := range []schema.Key{{Kind: schema.KindTable, Name: "b"}, {Kind: schema.KindView, Name: "va"}, routineKey("FUNCTION", "f1")} {
				if d.Get(k) != nil || !reported[k] {
					t.Errorf("%s was read or is not reported:\n%s", k, dump(d))
				}
			}
			for _, what := range []string{"triggers may exist", "events may exist", "tables and views may exist"} {
				if !strings.Contains(general, what) {
					t.Errorf("%q is not said:\n%s", what, general)
				}
			}
		}
	})
}

func TestSomebodyWhoMaySeeEverythingGetsNoNotice(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		if d := read(t, s, "CREATE TABLE t (id int)"); len(d.Notices) > 0 {
			t.Error(d.Notices)
		}
	})
}

func TestPrivilegesThroughARoleCount(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := load(t, s, "CREATE TABLE t (id int)")
		user, role := strings.ReplaceAll(db.Name, "test_", "u_"), strings.ReplaceAll(db.Name, "test_", "r_")
		setDefault := "ALTER USER " + user + "@'%' DEFAULT ROLE " + role
		if s.Engine == testdb.MariaDB {
			setDefault = "SET DEFAULT ROLE " + role + " FOR " + user + "@'%'"
		}
		db.Exec(t, "CREATE ROLE "+role+"; CREATE USER "+user+"@'%' IDENTIFIED BY 'x-1'; GRANT SELECT, TRIGGER, EVENT, EXECUTE ON `"+db.Name+"`.* TO "+role+
			"; GRANT "+role+" TO "+user+"@'%'; "+setDefault)
		t.Cleanup(func() { _ = db.ExecContext(quiet(), "DROP USER "+user+"@'%'; DROP ROLE "+role) })
		cfg := config(db)
		cfg.User, cfg.Password = user, "x-1"
		d := inspected(t, open(t, cfg))
		if len(d.Notices) > 0 || d.Table("", "t") == nil {
			t.Error(dump(d))
		}
	})
}
