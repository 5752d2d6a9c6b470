package run

import (
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

func TestPartialErrorsSayWhatBecameOfTheStatements(t *testing.T) {
	failed := fault.New(fault.StatementFailed, "duplicate key (SQLSTATE 23505)")
	cancelled := fault.New(fault.Cancelled, "cancelled")
	tests := []struct {
		name string
		err  PartialError
		want string
	}{
		{
			"a failure in a transaction",
			PartialError{Outcomes: []Outcome{RolledBack, Failed, NotRun}, Failed: 1, Err: failed, Unchanged: true},
			"statement 2 of 3 failed: duplicate key (SQLSTATE 23505); everything was rolled back and the target is as it was",
		},
		{
			"a failure of the very first one",
			PartialError{Outcomes: []Outcome{Failed, NotRun}, Failed: 0, Err: failed, Unchanged: true},
			"statement 1 of 2 failed: duplicate key (SQLSTATE 23505); the target is as it was",
		},
		{
			"a failure where nothing can be rolled back",
			PartialError{Outcomes: []Outcome{Done, Failed, NotRun, NotRun}, Failed: 1, Err: failed},
			"statement 2 of 4 failed: duplicate key (SQLSTATE 23505); of 4 statements 1 took effect, 1 failed, 2 did not run",
		},
		{
			"a cancel while one was running",
			PartialError{Outcomes: []Outcome{Done, Unknown, NotRun}, Failed: 1, Err: cancelled},
			"cancelled (statement 2 of 3 was running); of 3 statements 1 took effect, 1 may or may not have taken effect, 1 did not run",
		},
		{
			"a cancel between statements",
			PartialError{Outcomes: []Outcome{Done, NotRun}, Failed: -1, Err: cancelled},
			"cancelled; of 2 statements 1 took effect, 1 did not run",
		},
		{
			"verification that was not possible",
			PartialError{Outcomes: []Outcome{Done, Done}, Failed: -1, Err: cancelled},
			"all 2 statements ran, but the result could not be verified: cancelled; run the comparison again to see how the target stands",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.err.Statements = make([]plan.Statement, len(test.err.Outcomes))
			if got := test.err.Error(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if fault.CodeOf(&test.err) != fault.CodeOf(test.err.Err) {
				t.Error("the cause's code is lost")
			}
		})
	}
}

func TestTheFateOfAStatementIsReadFromTheTarget(t *testing.T) {
	table := func(comment string) *schema.Table {
		return &schema.Table{Name: "a", Base: schema.Base{Comment: comment}}
	}
	database := func(objects ...schema.Object) *schema.Database {
		db := &schema.Database{}
		for _, o := range objects {
			db.Put(o)
		}
		return db
	}
	key := schema.Key{Kind: schema.KindTable, Name: "a"}
	alter := plan.Statement{Key: key, Action: diff.Alter}
	tests := []struct {
		name              string
		before, now, goal *schema.Database
		statements        []plan.Statement
		want              Outcome
	}{
		{"created", database(), database(table("")), database(table("")), []plan.Statement{{Key: key, Action: diff.Create}}, Done},
		{"not created", database(), database(), database(table("")), []plan.Statement{{Key: key, Action: diff.Create}}, RolledBack},
		{"dropped", database(table("")), database(), database(), []plan.Statement{{Key: key, Action: diff.Drop}}, Done},
		{"not dropped", database(table("")), database(table("")), database(), []plan.Statement{{Key: key, Action: diff.Drop}}, RolledBack},
		{"altered", database(table("x")), database(table("y")), database(table("y")), []plan.Statement{alter}, Done},
		{"not altered", database(table("x")), database(table("x")), database(table("y")), []plan.Statement{alter}, RolledBack},
		{"neither", database(table("x")), database(table("z")), database(table("y")), []plan.Statement{alter}, Unknown},
		{"one of several", database(table("x")), database(table("x")), database(table("y")), []plan.Statement{alter, alter}, Unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := &execution{before: test.before, plan: &plan.Plan{Statements: test.statements, Expected: test.goal}}
			if got := x.fate(0, test.now); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
