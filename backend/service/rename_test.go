package service_test

import (
	"os"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/service"
)

func TestAnAnswerAboutRenamesReadsNothingAgain(t *testing.T) {
	s := testdb.Servers(t, testdb.SQLite)[0]
	a, b := s.Create(t), s.Create(t)
	a.Load(t, "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT, more TEXT);")
	b.Load(t, "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);")
	w := service.NewWorkbench(service.New(engine.NewRegistry(sqlite.Engine{})))
	r, err := w.Compare(t.Context(), end(t, a, "Wanted", false), end(t, b, "Present", false), service.Choice{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	asked := r.RenameQuestions()
	if len(asked) != 1 || asked[0].String() != "table:users=customers" || asked[0].Answer != service.Open {
		t.Fatalf("questions %+v", asked)
	}
	for _, db := range []*testdb.DB{a, b} {
		if err := os.Rename(db.Name, db.Name+".away"); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.Rename(db.Name+".away", db.Name) }()
	}
	again, err := w.Rename(r.ID, []string{"table:users=customers"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.ID == r.ID || again.At != r.At || again.RenameQuestions()[0].Answer != service.Confirmed {
		t.Fatalf("the answer is lost: %+v", again.RenameQuestions())
	}
	if head := again.Rows[0]; head.State != service.Renamed || head.Was != "users" || head.Key.Name != "customers" || head.Destructive() {
		t.Fatalf("the first row is %+v", head)
	}
	p, err := w.Plan(again.ID, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Complete() {
		t.Fatalf("something is left: %v", p.Statements)
	}
	if refused, err := w.Rename(again.ID, nil, []string{"table:users=customers"}); err != nil || refused.RenameQuestions()[0].Answer != service.Refused {
		t.Fatalf("%v", err)
	}
}
