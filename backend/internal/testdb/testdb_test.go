package testdb

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func onEveryServer(t *testing.T, test func(t *testing.T, server Server)) {
	for _, server := range Servers(t) {
		t.Run(server.Name, func(t *testing.T) {
			t.Parallel()
			test(t, server)
		})
	}
}

func TestDatabaseStartsEmptyAndIsGoneAfterTheTest(t *testing.T) {
	onEveryServer(t, func(t *testing.T, server Server) {
		var gone *DB
		t.Run("while it lasts", func(t *testing.T) {
			gone = server.Create(t)
			if rows := tables(t, gone); len(rows) != 0 {
				t.Errorf("a new database has tables: %v", rows)
			}
			gone.Exec(t, "CREATE TABLE a (i integer PRIMARY KEY)")
			if rows := tables(t, gone); len(rows) != 1 || rows[0][0] != "a" {
				t.Errorf("tables after creating a: %v", rows)
			}
		})
		if err := gone.ExecContext(t.Context(), "SELECT 1"); err == nil {
			t.Error("the database is still there after the test that made it")
		}
	})
}

// tables lists the tables of the database alone: on MySQL and MariaDB other tests' databases are in the same catalog.
func tables(t *testing.T, db *DB) [][]string {
	t.Helper()
	here := map[bool]string{true: "'public'", false: "DATABASE()"}[db.Server.Engine == Postgres]
	return db.QueryStrings(t, "SELECT table_name FROM information_schema.tables WHERE table_schema = "+here)
}

func TestWrongPasswordIsRefused(t *testing.T) {
	onEveryServer(t, func(t *testing.T, server Server) {
		server.Password += "x"
		pool, err := server.open("")
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		if err := pool.PingContext(t.Context()); err == nil {
			t.Error("a wrong password got in")
		}
	})
}

func TestScriptSettingsEndWithTheScript(t *testing.T) {
	onEveryServer(t, func(t *testing.T, server Server) {
		db := server.Create(t)
		if server.Engine == Postgres {
			db.Exec(t, "SET search_path = ''; CREATE TABLE public.a (i integer);")
		} else {
			db.Exec(t, "SET sql_mode = 'ANSI_QUOTES'; CREATE TABLE \"a\" (i integer);")
		}
		db.Exec(t, "CREATE TABLE b (i integer); INSERT INTO b VALUES (1), (NULL)")
		rows := db.QueryStrings(t, "SELECT i, 'x' FROM b ORDER BY i IS NULL")
		if len(rows) != 2 || rows[0][0] != "1" || rows[1][0] != "NULL" || rows[1][1] != "x" {
			t.Errorf("rows of b: %v", rows)
		}
	})
}

func TestClientLoadsWhatOnlyItUnderstands(t *testing.T) {
	onEveryServer(t, func(t *testing.T, server Server) {
		db := server.Create(t)
		script := "CREATE TABLE \"ä\" (i integer);\n\\set n 7\nCOPY \"ä\" FROM stdin;\n1\n2\n\\.\nINSERT INTO \"ä\" VALUES (:n);\n"
		if server.Engine != Postgres {
			script = "CREATE TABLE `ä` (i integer);\nDELIMITER //\nCREATE PROCEDURE p() BEGIN INSERT INTO `ä` VALUES (1); INSERT INTO `ä` VALUES (2), (7); END//\nDELIMITER ;\nCALL p();\n"
		}
		path := filepath.Join(t.TempDir(), "script.sql")
		if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		db.LoadFile(t, path)
		rows := db.QueryStrings(t, map[bool]string{true: `SELECT sum(i) FROM "ä"`, false: "SELECT sum(i) FROM `ä`"}[server.Engine == Postgres])
		if len(rows) != 1 || rows[0][0] != "10" {
			t.Errorf("sum of what was loaded: %v", rows)
		}
	})
}

func TestClientStopsAtTheFirstError(t *testing.T) {
	onEveryServer(t, func(t *testing.T, server Server) {
		db := server.Create(t)
		err := db.LoadContext(t.Context(), "CREATE TABLE a (i integer);\nCREATE TABLE a (i integer);\nCREATE TABLE b (i integer);\n")
		if err == nil || !strings.Contains(err.Error(), "already exists") {
			t.Errorf("loading a faulty script: %v", err)
		}
		if rows := tables(t, db); len(rows) != 1 {
			t.Errorf("tables after the error: %v", rows)
		}
	})
}

func TestDumpsOfTheSameStructureAreTheSame(t *testing.T) {
	onEveryServer(t, func(t *testing.T, server Server) {
		a, b := server.Create(t), server.Create(t)
		structure := "CREATE TABLE parent (id integer PRIMARY KEY, v varchar(10) DEFAULT '--');" +
			"CREATE TABLE child (id integer PRIMARY KEY, p integer REFERENCES parent (id));" +
			"CREATE VIEW w AS SELECT v FROM parent;"
		a.Exec(t, structure)
		b.Exec(t, structure)
		if x, y := a.DumpNormalized(t), b.DumpNormalized(t); x != y {
			t.Errorf("the same structure is dumped as\n%s\nand as\n%s", x, y)
		} else if !strings.Contains(x, "parent") || !strings.Contains(x, "child") || !strings.Contains(x, "'--'") {
			t.Errorf("the dump lacks what was made:\n%s", x)
		}
		b.Exec(t, "ALTER TABLE child ADD COLUMN extra integer")
		if x, y := a.DumpNormalized(t), b.DumpNormalized(t); x == y {
			t.Errorf("a column more makes no difference in the dump:\n%s", x)
		}
	})
}

func TestDumpLeavesTheCounterOutOnlyWhenAsked(t *testing.T) {
	for _, server := range Servers(t, MySQL, MariaDB) {
		t.Run(server.Name, func(t *testing.T) {
			db := server.Create(t)
			db.Exec(t, "CREATE TABLE a (i integer AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=77 COMMENT='x AUTO_INCREMENT=1'")
			if dump := db.DumpNormalized(t); !strings.Contains(dump, " AUTO_INCREMENT=77") {
				t.Errorf("the counter is not in the dump:\n%s", dump)
			}
			dump := db.DumpNormalized(t, AutoIncrement)
			if strings.Contains(dump, " AUTO_INCREMENT=77") || !strings.Contains(dump, "'x AUTO_INCREMENT=1'") {
				t.Errorf("the dump without the counter:\n%s", dump)
			}
		})
	}
}

func TestURLOpensTheDatabase(t *testing.T) {
	onEveryServer(t, func(t *testing.T, server Server) {
		db := server.Create(t)
		if want := server.Engine + "://" + server.User + ":" + server.Password + "@127.0.0.1:"; !strings.HasPrefix(db.URL(), want) || !strings.Contains(db.URL(), "/"+db.Name) {
			t.Errorf("URL is %s", db.URL())
		}
		if server.Engine != Postgres {
			return // its driver takes no URLs; the program's own parser has its own tests
		}
		pool, err := sql.Open("pgx", db.URL())
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		if err := pool.PingContext(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestExtensionsThatSchemasNeedAreThere(t *testing.T) {
	for _, server := range Servers(t, Postgres) {
		t.Run(server.Name, func(t *testing.T) {
			server.Create(t).Exec(t, `CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION tablefunc; CREATE EXTENSION citext;
				CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist;`)
		})
	}
}

func TestMissingListSaysHowToStartTheServers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "servers.json")
	t.Setenv("DBSTRUCT_SERVERS", path)
	if _, err := List(); err == nil || !strings.Contains(err.Error(), "make servers-up") {
		t.Errorf("without a list: %v", err)
	}
	text, err := json.Marshal([]Server{{Name: "postgres15", Port: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	servers, err := List()
	if err != nil || len(servers) != 1 || servers[0].Name != "postgres15" || servers[0].Port != 1 {
		t.Errorf("with a list: %v, %v", servers, err)
	}
}

// The costs that every test on a server pays.

func BenchmarkCreateAndDrop(b *testing.B) {
	for _, server := range Servers(b) {
		b.Run(server.Name, func(b *testing.B) {
			for b.Loop() {
				db, err := server.CreateContext(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				if err := db.DropContext(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOnASmallSchema(b *testing.B) {
	const structure = "CREATE TABLE a (i integer PRIMARY KEY, v varchar(10) UNIQUE); CREATE TABLE b (i integer PRIMARY KEY, a integer REFERENCES a (i));"
	for _, server := range Servers(b) {
		db := server.Create(b)
		db.Exec(b, structure)
		b.Run("exec/"+server.Name, func(b *testing.B) {
			for b.Loop() {
				db.Exec(b, "SELECT 1")
			}
		})
		b.Run("load/"+server.Name, func(b *testing.B) {
			for b.Loop() {
				db.Load(b, "SELECT 1;")
			}
		})
		b.Run("dump/"+server.Name, func(b *testing.B) {
			for b.Loop() {
				db.Dump(b)
			}
		})
	}
}
