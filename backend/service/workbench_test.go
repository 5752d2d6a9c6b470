package service_test

import (
	"context"
	"strings"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

const (
	wanted = `CREATE TABLE customer (id int PRIMARY KEY, name varchar(80) NOT NULL, email varchar(100));
CREATE INDEX customer_name ON customer (name);
CREATE TABLE invoice (id int PRIMARY KEY, customer_id int NOT NULL, CONSTRAINT invoice_customer FOREIGN KEY (customer_id) REFERENCES customer (id));
CREATE TABLE same (id int PRIMARY KEY);`
	drifted = `CREATE TABLE customer (id int PRIMARY KEY, name varchar(80), fax varchar(20));
CREATE TABLE invoice (id int PRIMARY KEY, customer_id int NOT NULL);
CREATE TABLE old_log (id int PRIMARY KEY);
CREATE TABLE same (id int PRIMARY KEY);`
)

// bench compares two databases of one server.
func bench(t *testing.T, s testdb.Server, source, target string, production bool) (*service.Workbench, *service.Reviewed, *testdb.DB) {
	t.Helper()
	w := service.NewWorkbench(service.New(engine.NewRegistry(postgres.Engine{}, mysql.Engine{}, sqlite.Engine{})))
	a, b := s.Create(t), s.Create(t)
	a.Exec(t, source)
	b.Exec(t, target)
	r, err := w.Compare(t.Context(), end(t, a, "Development", false), end(t, b, "Production", production), service.Choice{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w, r, b
}

func end(t *testing.T, db *testdb.DB, name string, production bool) service.End {
	t.Helper()
	cfg, err := service.ParseURL(db.URL())
	if err != nil {
		t.Fatal(err)
	}
	return service.End{Config: cfg, Name: name, Production: production}
}

// lines are the rows as text: state, indented name, marks.
func lines(r *service.Review) []string {
	var out []string
	for i, row := range r.Rows {
		text := string(row.State) + " " + string(row.Key.Kind) + " " + row.Key.Name
		if row.Parent >= 0 {
			if row.Parent >= i || r.Rows[row.Parent].Parent >= 0 {
				text += " (misplaced)"
			}
			text = "  " + text
		}
		if row.Destructive() {
			text += " !"
		}
		out = append(out, text)
	}
	return out
}

// row is the index of a row by kind and name.
func row(t *testing.T, r *service.Review, kind schema.Kind, name string) int {
	t.Helper()
	for i, x := range r.Rows {
		if x.Key.Kind == kind && x.Key.Name == name {
			return i
		}
	}
	t.Fatalf("there is no row %s %s", kind, name)
	return -1
}

func someServers(t *testing.T) []testdb.Server {
	t.Helper()
	seen := map[string]bool{}
	var out []testdb.Server
	for _, s := range testdb.Servers(t) {
		if !seen[s.Engine] {
			seen[s.Engine] = true
			out = append(out, s)
		}
	}
	return out
}

func TestRowsStandUnderTheirTables(t *testing.T) {
	for _, s := range someServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			_, r, _ := bench(t, s, wanted, drifted, false)
			want := []string{
				"contains table customer",
				"  alter column name",
				"  create column email",
				"  drop column fax !",
				"  create index customer_name",
				"contains table invoice",
				"  create foreign_key invoice_customer",
				"drop table old_log !",
				"identical table same",
			}
			got := lines(r.Review)
			for _, line := range want {
				if !contains(got, line) {
					t.Errorf("the row %q is missing in\n%s", line, strings.Join(got, "\n"))
				}
			}
			if joined := strings.Join(got, "\n"); strings.Contains(joined, "misplaced") {
				t.Error(joined)
			}
		})
	}
}

func contains(lines []string, line string) bool {
	for _, l := range lines {
		if l == line {
			return true
		}
	}
	return false
}

func TestDetailShowsTheWholeTableAndTheFields(t *testing.T) {
	for _, s := range someServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			_, r, _ := bench(t, s, wanted, drifted, false)
			d, err := r.Detail(row(t, r.Review, schema.KindForeignKey, "invoice_customer"))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(d.SourceSQL, "REFERENCES") || d.TargetSQL != "" {
				t.Errorf("the foreign key is shown as %q and %q", d.SourceSQL, d.TargetSQL)
			}
			if d, err = r.Detail(row(t, r.Review, schema.KindColumn, "name")); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(d.SourceSQL, "email") || !strings.Contains(d.TargetSQL, "fax") {
				t.Errorf("the table around the column is shown as\n%s\nand\n%s", d.SourceSQL, d.TargetSQL)
			}
			if len(d.Fields) != 1 || d.Fields[0].Name != "not_null" {
				t.Errorf("the fields are %+v", d.Fields)
			}
			if d, err = r.Detail(row(t, r.Review, schema.KindTable, "invoice")); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(d.SourceSQL, "REFERENCES") || strings.Contains(d.TargetSQL, "REFERENCES") {
				t.Errorf("the table is shown without its foreign keys:\n%s\nand\n%s", d.SourceSQL, d.TargetSQL)
			}
			if _, err := r.Detail(len(r.Rows)); fault.CodeOf(err) != fault.BadInput {
				t.Errorf("a row beyond the end gives %v", err)
			}
		})
	}
}

func TestOnlyTickedRowsAreExecuted(t *testing.T) {
	for _, s := range someServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			w, r, target := bench(t, s, wanted, drifted, false)
			p, err := w.Plan(r.ID, []int{row(t, r.Review, schema.KindColumn, "email"), row(t, r.Review, schema.KindForeignKey, "invoice_customer")})
			if err != nil {
				t.Fatal(err)
			}
			if p.Complete() {
				t.Error("a plan of two changes of many calls itself complete")
			}
			result, err := w.Execute(t.Context(), p.ID, consentTo(p), nil)
			if err != nil {
				t.Fatal(err)
			}
			if !result.Residual.Equal() {
				t.Errorf("after the execution %d changes remain", len(result.Residual.Changes))
			}
			target.Exec(t, "INSERT INTO customer (id, fax, email) VALUES (1, '1', 'a')") // fax stayed, email came
		})
	}
}

// consentTo is everything that executing the plan asks for.
func consentTo(p *service.Planned) service.Consent {
	c := service.Consent{TypedName: p.Review.Ends[1].Name}
	for _, r := range p.Risks() {
		c.Acknowledged = append(c.Acknowledged, r.ID)
	}
	return c
}

func TestADestructiveRowIsNeverPulledIn(t *testing.T) {
	s := testdb.Servers(t, testdb.Postgres)[0]
	// The new table takes the name of an index's relation that only dropping the old table frees.
	w, r, _ := bench(t, s, `CREATE TABLE fresh (id int); CREATE INDEX shared ON fresh (id);`, `CREATE TABLE old (id int); CREATE INDEX shared ON old (id);`, false)
	p, err := w.Plan(r.ID, []int{row(t, r.Review, schema.KindTable, "fresh")})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Statements) != 0 || len(p.LeftOut) != 1 {
		t.Errorf("there are %d statements and %d changes left out", len(p.Statements), len(p.LeftOut))
	}
	p, err = w.Plan(r.ID, []int{row(t, r.Review, schema.KindTable, "fresh"), row(t, r.Review, schema.KindTable, "old")})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Complete() || len(p.LeftOut) != 0 {
		t.Errorf("with both ticked the plan is incomplete, %d changes are left out", len(p.LeftOut))
	}
}

func TestNothingRunsWithoutConsent(t *testing.T) {
	for _, s := range someServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			w, r, target := bench(t, s, wanted, drifted, true)
			p, err := w.Plan(r.ID, []int{row(t, r.Review, schema.KindTable, "old_log")})
			if err != nil {
				t.Fatal(err)
			}
			full := consentTo(p)
			if len(full.Acknowledged) == 0 {
				t.Fatal("dropping a table asks for nothing")
			}
			for name, consent := range map[string]service.Consent{
				"no risk acknowledged": {TypedName: full.TypedName},
				"no name typed":        {Acknowledged: full.Acknowledged},
				"another name typed":   {Acknowledged: full.Acknowledged, TypedName: "production"},
			} {
				if _, err := w.Execute(t.Context(), p.ID, consent, nil); fault.CodeOf(err) != fault.BadInput {
					t.Errorf("%s: %v", name, err)
				}
			}
			target.Exec(t, "INSERT INTO old_log VALUES (1)") // still there
			if _, err := w.Execute(t.Context(), p.ID, full, nil); err != nil {
				t.Errorf("with full consent: %v", err)
			}
		})
	}
}

func TestCancelEndsARun(t *testing.T) {
	w := service.NewWorkbench(service.New(engine.NewRegistry()))
	ctx, done, err := w.Begin(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Begin(context.Background(), "one"); err == nil {
		t.Error("two runs share an id")
	}
	w.Cancel("one")
	if ctx.Err() == nil || !w.Busy() {
		t.Error("the run was not cancelled, or is forgotten before it has ended")
	}
	done()
	if w.Busy() {
		t.Error("the run has ended and is still there")
	}
	w.Cancel("one") // too late, which is no error
}

func TestResultsThatAreGoneSaySo(t *testing.T) {
	s := testdb.Servers(t, testdb.Postgres)[0]
	w, first, _ := bench(t, s, wanted, drifted, false)
	for range 3 {
		if _, err := w.Compare(t.Context(), first.Ends[0], first.Ends[1], service.Choice{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Plan(first.ID, nil); fault.CodeOf(err) != fault.BadInput || !strings.Contains(err.Error(), "compare again") {
		t.Errorf("planning a comparison that is gone: %v", err)
	}
}

func TestALogInWithoutPasswordAsksForOne(t *testing.T) {
	for _, s := range someServers(t) {
		t.Run(s.Name, func(t *testing.T) {
			db := s.Create(t)
			good, none, wrong := end(t, db, "good", false), end(t, db, "none", false), end(t, db, "wrong", false)
			none.Config.Password, wrong.Config.Password = "", "wrong"
			w := service.NewWorkbench(service.New(engine.NewRegistry(postgres.Engine{}, mysql.Engine{})))
			if _, err := w.Compare(t.Context(), good, none, service.Choice{}, nil); fault.CodeOf(err) != fault.SecretMissing {
				t.Errorf("without a password: %v", err)
			}
			if _, err := w.Compare(t.Context(), good, wrong, service.Choice{}, nil); fault.CodeOf(err) != fault.AuthFailed {
				t.Errorf("with a wrong password: %v", err)
			}
		})
	}
}

func TestATriggerOnAViewStandsUnderTheView(t *testing.T) {
	s := testdb.Servers(t, testdb.Postgres)[0]
	const base = `CREATE TABLE item (id int PRIMARY KEY); CREATE VIEW v AS SELECT id FROM item;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';`
	_, r, _ := bench(t, s, base+`CREATE TRIGGER inserts INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();`, base, false)
	got := strings.Join(lines(r.Review), "\n")
	if !strings.Contains(got, "contains view v\n  create trigger inserts") || strings.Contains(got, "table v") {
		t.Errorf("the rows are\n%s", got)
	}
	d, err := r.Detail(row(t, r.Review, schema.KindView, "v"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(d.SourceSQL, "INSTEAD OF") || strings.Contains(d.TargetSQL, "INSTEAD OF") {
		t.Errorf("the view is shown as\n%s\nand\n%s", d.SourceSQL, d.TargetSQL)
	}
}
