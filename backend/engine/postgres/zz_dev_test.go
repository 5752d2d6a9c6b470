package postgres_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

func openDB(t testing.TB, db *testdb.DB) engine.Conn {
	u, _ := url.Parse(db.URL())
	port, _ := strconv.Atoi(u.Port())
	pw, _ := u.User.Password()
	c, err := postgres.Engine{}.Open(context.Background(), engine.Config{Scheme: "postgres", Host: u.Hostname(), Port: port, User: u.User.Username(), Password: pw, Database: db.Name, Params: u.Query()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func inspect(t testing.TB, c engine.Conn) *schema.Database {
	t.Helper()
	d, err := c.Inspect(context.Background(), engine.InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range d.Notices {
		t.Logf("notice %s: %s", n.Key, n.Reason)
	}
	return d
}

func showChanges(cs []diff.Change, indent string) string {
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%s%s %s\n", indent, c.Action, c.Key())
		for _, f := range c.Fields {
			fmt.Fprintf(&b, "%s   %s: %q -> %q\n", indent, f.Name, f.Before, f.After)
		}
		b.WriteString(showChanges(c.Parts, indent+"    "))
	}
	return b.String()
}

func compare(t testing.TB, d plan.Dialect, source, target *schema.Database) *diff.Result {
	r := diff.Compare(source, target, diff.Options{ColumnOrder: d.ColumnOrder()})
	var haz func(cs []diff.Change)
	haz = func(cs []diff.Change) {
		for i := range cs {
			cs[i].Hazards = d.Hazards(cs[i], target)
			haz(cs[i].Parts)
		}
	}
	haz(r.Changes)
	return r
}

func syncDB(t *testing.T, a, b *testdb.DB) {
	ca, cb := openDB(t, a), openDB(t, b)
	before, after := inspect(t, ca), inspect(t, cb)
	d := ca.Dialect()
	r := compare(t, d, after, before)
	for _, u := range r.Unmodelled {
		t.Errorf("unmodelled %s: %v | %v", u.Key, u.Source, u.Target)
	}
	p, err := plan.Build(d, before, r.Changes, plan.Options{AllowDestructive: true})
	if err != nil {
		t.Fatalf("plan: %v\n%s", err, showChanges(r.Changes, ""))
	}
	p2, _ := plan.Build(ca.Dialect(), before, r.Changes, plan.Options{AllowDestructive: true})
	if p2.ID != p.ID {
		t.Error("plans differ")
	}
	var script []string
	for _, s := range p.Statements {
		script = append(script, fmt.Sprintf("%s;", s.SQL))
		_ = s
	}
	ctx := context.Background()
	fail := func(i int, err error) {
		t.Fatalf("statement %d: %v\n%s\n-- plan\n%s\n-- changes\n%s", i, err, script[max(i, 0)], strings.Join(script, "\n"), showChanges(r.Changes, ""))
	}
	inTx := false
	for i, s := range p.Statements {
		if s.Tx == plan.Alone {
			if inTx {
				if err := ca.Commit(ctx); err != nil {
					fail(i, err)
				}
				inTx = false
			}
		} else if !inTx {
			if err := ca.Begin(ctx); err != nil {
				fail(i, err)
			}
			inTx = true
		}
		if err := ca.Exec(ctx, s.SQL); err != nil {
			_ = ca.Rollback(ctx)
			fail(i, err)
		}
	}
	if inTx {
		if err := ca.Commit(ctx); err != nil {
			fail(-1, err)
		}
	}
	now := inspect(t, ca)
	left := compare(t, d, after, now)
	if len(left.Changes) > 0 {
		t.Errorf("left:\n%s\n-- plan\n%s", showChanges(left.Changes, ""), strings.Join(script, "\n"))
	}
	if left := compare(t, d, p.Expected, now); len(left.Changes) > 0 {
		t.Errorf("left against expected:\n%s", showChanges(left.Changes, ""))
	}
	if difference := enginetest.Judge(t, a, false).Differences(enginetest.Judge(t, b, false)); difference != "" {
		t.Errorf("dump:\n%s\n-- plan\n%s", difference, strings.Join(script, "\n"))
	}
	if os.Getenv("SHOW") != "" {
		t.Logf("plan\n%s", strings.Join(script, "\n"))
	}
}

func TestDevCases(t *testing.T) {
	dir := os.Getenv("CASES")
	if dir == "" {
		dir = "../enginetest/testdata/postgres"
	}
	cases := enginetest.LoadCases(t, dir)
	sort.Slice(cases, func(i, j int) bool { return cases[i].Name < cases[j].Name })
	for _, s := range testdb.Servers(t, testdb.Postgres) {
		for _, c := range cases {
			if !c.For(s) {
				continue
			}
			t.Run(s.Name+"/"+c.Name, func(t *testing.T) {
				t.Run("forth", func(t *testing.T) {
					a, b := s.Create(t), s.Create(t)
					a.Load(t, c.Before)
					if c.Rows != "" {
						a.Load(t, c.Rows)
					}
					b.Load(t, c.After)
					syncDB(t, a, b)
				})
				t.Run("back", func(t *testing.T) {
					a, b := s.Create(t), s.Create(t)
					a.Load(t, c.After)
					b.Load(t, c.Before)
					syncDB(t, a, b)
				})
			})
		}
	}
}

func TestDevSchemas(t *testing.T) {
	files, _ := filepath.Glob("../enginetest/testdata/schemas/postgres/*.sql")
	for _, s := range testdb.Servers(t, testdb.Postgres) {
		for _, f := range files {
			for _, dir := range []string{"fill", "empty"} {
				t.Run(s.Name+"/"+filepath.Base(f)+"/"+dir, func(t *testing.T) {
					a, b := s.Create(t), s.Create(t)
					if dir == "fill" {
						b.LoadFile(t, f)
					} else {
						a.LoadFile(t, f)
					}
					syncDB(t, a, b)
				})
			}
		}
	}
}
