package mysql

import (
	"database/sql/driver"
	"regexp"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// pair is two structures that are turned into each other, on the servers that have what it needs: "" for all, "mysql",
// "mariadb".
type pair struct {
	name, servers string
	a, b          string
}

// TestOneStructureBecomesTheOther lets real servers judge: after the plan, they must print the same for both databases.
func TestOneStructureBecomesTheOther(t *testing.T) {
	for _, s := range testdb.Servers(t, testdb.MySQL, testdb.MariaDB) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			for _, p := range slices.Concat(columnPairs, keyPairs, tablePairs, scriptPairs) {
				if p.servers != "" && p.servers != s.Engine {
					continue
				}
				t.Run(p.name, func(t *testing.T) {
					a, b, nothing := openLive(t, s, p.a), openLive(t, s, p.b), &live{model: &schema.Database{}}
					wantA, wantB := *a, *b
					a.become(t, &wantB)
					b.become(t, &wantA)
					a.become(t, nothing)
					a.become(t, &wantA)
					b.become(t, nothing)
					b.become(t, &wantB)
				})
			}
		})
	}
}

// live is a database on a server, and what is known of it.
type live struct {
	name  string
	conn  *conn
	model *schema.Database
	dump  string
	lost  bool
}

func openLive(t *testing.T, s testdb.Server, script string) *live {
	t.Helper()
	db := s.Create(t)
	db.Load(t, script)
	l := &live{name: db.Name, conn: open(t, config(db))}
	l.look(t)
	return l
}

// look inspects and dumps.
func (l *live) look(t *testing.T) {
	t.Helper()
	l.model = inspected(t, l.conn)
	l.dump = l.printed(t)
}

// printed is what the server itself says of its tables, views, triggers and routines.
func (l *live) printed(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	ask := func(sql string, columns ...int) (first []string) {
		err := l.conn.query(t.Context(), sql, func(row []driver.Value) error {
			for _, c := range columns {
				out.WriteString(text(row[c]) + "\n")
			}
			first = append(first, text(row[0]))
			return nil
		})
		if err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
		return first
	}
	for _, name := range ask("SHOW TABLES") {
		ask("SHOW CREATE TABLE "+quoteIdent(name), 1)
	}
	ask("SHOW TRIGGERS", 0, 1, 2, 3, 4, 6)
	for _, kind := range []string{"PROCEDURE", "FUNCTION"} {
		for _, name := range ask("SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = '" + kind + "' ORDER BY 1") {
			ask("SHOW CREATE "+kind+" "+quoteIdent(name), 1, 2)
		}
	}
	return keyLines.ReplaceAllStringFunc(strings.ReplaceAll(out.String(), quoteIdent(l.name)+".", ""), sortLines)
}

// become makes the database like the other one was, and compares them.
func (l *live) become(t *testing.T, source *live) {
	t.Helper()
	if l.lost { // the first failure says it all
		return
	}
	d := l.conn.Dialect()
	r := diff.Compare(source.model, l.model, diff.Options{ColumnOrder: true, FoldColumns: true})
	p, err := plan.Build(d, l.model, withHazards(d, r.Changes, l.model), plan.Options{AllowDestructive: true})
	if err != nil {
		t.Fatalf("planning: %v\nfrom\n%s\nto\n%s", err, l.dump, source.dump)
	}
	was := l.dump
	var ran []string
	for _, x := range p.Statements {
		ran = append(ran, x.SQL)
		if err := l.conn.Exec(t.Context(), x.SQL); err != nil {
			t.Errorf("%v\nfrom\n%s\nto\n%s\nafter\n%s", err, was, source.dump, strings.Join(ran, ";\n"))
			l.lost = true
			return
		}
	}
	l.look(t)
	rest := diff.Compare(source.model, l.model, diff.Options{ColumnOrder: true, FoldColumns: true})
	if !rest.Equal() {
		t.Errorf("still different: %+v\nfrom\n%s\nto\n%s\nafter\n%s", rest.Changes, was, source.dump, strings.Join(ran, ";\n"))
		l.lost = true
	}
	if l.dump != source.dump {
		t.Errorf("the dumps differ after\n%s\ngot\n%s\nwant\n%s\nbefore\n%s", strings.Join(ran, ";\n"), l.dump, source.dump, was)
		l.lost = true
	}
}

// keyLines are the lines of a dump whose order is that of their making.
var keyLines = regexp.MustCompile(`(?m)(?:^  (?:UNIQUE |FULLTEXT |SPATIAL )?(?:KEY|CONSTRAINT) .*\n)+`)

func sortLines(block string) string {
	lines := strings.Split(strings.TrimSuffix(block, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], ",")
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}
