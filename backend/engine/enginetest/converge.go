package enginetest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
	"database-structure-sync/backend/schema"
)

// Suite is an engine to be tested on one server.
type Suite struct {
	Engine engine.Engine
	Server testdb.Server
	Facts  *Facts // is told what cases show; may be nil
}

// Step is what a failed check was about.
type Step string

// The steps, in the order in which a case goes through them.
const (
	StepLoad    Step = "load"    // the case's own SQL does not run: the case is wrong, or its requirements are
	StepInspect Step = "inspect" // reading failed, or left out something
	StepEqual   Step = "equal"   // reading the same database twice gave a difference, or a plan
	StepPlan    Step = "plan"    // no plan could be made, or not the same one twice
	StepMissed  Step = "missed"  // the dumps differ and the comparison finds nothing, or the other way round
	StepExecute Step = "execute" // the server refused a statement
	StepDiffer  Step = "differ"  // after all statements the comparison still finds something
	StepDump    Step = "dump"    // after all statements the dumps differ
	StepRows    Step = "rows"    // rows or values were lost
)

// Failure is one thing that went wrong with a case.
type Failure struct {
	Step      Step
	Direction string // "forward", "backward", "rollback"; "" when it is about neither
	Text      string
}

// Error makes a failure an error.
func (f *Failure) Error() string {
	return strings.TrimSpace(f.Direction+" "+string(f.Step)) + ": " + f.Text
}

// caseTimeout is many times what the slowest case takes on a busy machine.
const caseTimeout = 5 * time.Minute

// Converge makes Before like After and After like Before and fails the test when anything about it is wrong.
func (s Suite) Converge(t testing.TB, c Case) {
	t.Helper()
	err := s.Check(t.Context(), c)
	if err == nil {
		return
	}
	for _, m := range c.Members {
		if alone := s.Check(t.Context(), m); alone != nil {
			t.Errorf("%s: %v", m.title, alone)
		}
	}
	if !t.Failed() {
		t.Error(err)
	}
}

// Check is Converge with an error, which is or joins *Failure unless the test servers themselves failed.
//
// With Before in a database A and After in a database B: A is made like B, and taken back to what it was before; B is
// made like what A was in the beginning. A case with rows has them in A, which then is not taken back (what is dropped
// cannot be filled again); B goes back and forth instead.
func (s Suite) Check(ctx context.Context, c Case) error {
	ctx, cancel := context.WithTimeout(ctx, caseTimeout)
	defer cancel()
	a, err := s.prepare(ctx, c.Before+"\n"+c.Rows, c)
	if err != nil {
		return err
	}
	defer a.close()
	b, err := s.prepare(ctx, c.After, c)
	if err != nil {
		return err
	}
	defer b.close()
	before, after := a.state, b.state
	if after.renames, before.renames, err = bothWays(a.model, c.Renames); err != nil {
		return &Failure{Step: StepLoad, Text: err.Error()}
	}
	if s.Facts != nil {
		s.Facts.note(c.Name, before.model, after.model, a.opt)
	}
	forward, backward := a, b
	return errors.Join(
		directed("forward", func() error { return forward.become(ctx, after) }),
		directed("backward", func() error { return backward.become(ctx, before) }),
		directed("rollback", func() error {
			if c.Rows == "" {
				return forward.become(ctx, before)
			}
			return backward.become(ctx, after)
		}),
	)
}

// Loads tells whether the server understands both sides of the case.
func (s Suite) Loads(ctx context.Context, c Case) bool {
	for _, script := range []string{c.Before, c.After} {
		db, err := s.Server.CreateContext(ctx)
		if err != nil {
			return false
		}
		x := &subject{suite: s, db: db}
		err = db.LoadContext(ctx, script)
		x.close()
		if err != nil {
			return false
		}
	}
	return true
}

// directed says in which direction a failure came up.
func directed(name string, f func() error) error {
	err := f()
	if failure := (*Failure)(nil); errors.As(err, &failure) {
		failure.Direction = name
	}
	return err
}

// state is a structure as the engine reads it and as the server dumps it.
type state struct {
	model   *schema.Database
	dump    Judgement
	renames []diff.Rename // that lead to it from the other side of the case
}

// subject is a database under test with the engine's connection to it.
type subject struct {
	suite    Suite
	db       *testdb.DB
	conn     engine.Conn
	opt      diff.Options
	counters bool // AUTO_INCREMENT counters count
	rows     bool
	broken   bool // an earlier step failed: nothing further can be said
	state
}

// prepare makes a database, loads the script into it, and reads it.
func (s Suite) prepare(ctx context.Context, script string, c Case) (*subject, error) {
	db, err := s.Server.CreateContext(ctx)
	if err != nil {
		return nil, err
	}
	x := &subject{suite: s, db: db, counters: c.Rows == "", rows: c.Rows != ""}
	if err := x.open(ctx, script); err != nil {
		x.close()
		return nil, err
	}
	return x, nil
}

func (x *subject) open(ctx context.Context, script string) (err error) {
	if strings.TrimSpace(script) != "" {
		if err := x.db.LoadContext(ctx, script); err != nil {
			return &Failure{Step: StepLoad, Text: err.Error()}
		}
	}
	if x.dump, err = judge(ctx, x.db, x.counters); err != nil {
		return err
	}
	if x.conn, err = x.suite.Engine.Open(ctx, Config(x.db)); err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	if !x.counters {
		x.opt.Ignore = map[schema.Class]bool{schema.ClassAutoIncrement: true}
	}
	x.opt = compare.Between(x.conn.Dialect(), x.conn.Dialect(), x.opt)
	if x.model, err = x.inspect(ctx); err != nil {
		return err
	}
	again, err := x.inspect(ctx)
	if err != nil {
		return err
	}
	if found := diff.Compare(x.model, again, x.opt); !found.Equal() || x.model.Fingerprint() != again.Fingerprint() {
		return &Failure{Step: StepEqual, Text: "reading the same database twice gives two structures:\n" + describe(found)}
	}
	return nil
}

func (x *subject) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if x.conn != nil {
		_ = x.conn.Close() // a test may have broken it
	}
	_ = x.db.DropContext(ctx) // the server's end drops it at the latest
}

// Config is how to reach a test database.
func Config(db *testdb.DB) engine.Config {
	s := db.Server
	if s.Engine == testdb.SQLite {
		return engine.Config{Scheme: s.Engine, Database: db.Name, Params: url.Values{}}
	}
	cfg := engine.Config{Scheme: s.Engine, Host: s.Host, Port: s.Port, User: s.User, Password: s.Password, Database: db.Name, Params: url.Values{}}
	if s.Engine == testdb.Postgres {
		cfg.Params.Set("sslmode", "disable")
	}
	return cfg
}

// inspect reads the structure; a user who may do everything must be told of nothing that could not be read.
func (x *subject) inspect(ctx context.Context) (*schema.Database, error) {
	model, err := x.conn.Inspect(ctx, engine.InspectOptions{})
	if err != nil {
		return nil, &Failure{Step: StepInspect, Text: err.Error()}
	}
	for _, n := range model.Notices {
		return nil, &Failure{Step: StepInspect, Text: fmt.Sprintf("%s is reported as unread: %s", n.Key, n.Reason)}
	}
	return model, nil
}

// become makes the database like goal, by plan and execution as a user would have them, and judges the result.
func (x *subject) become(ctx context.Context, goal state) error {
	if x.broken {
		return nil
	}
	x.broken = true
	p, err := x.plan(goal)
	if err != nil {
		return err
	}
	content, err := x.content(ctx, goal)
	if err != nil {
		return err
	}
	result, err := run.Execute(ctx, x.conn, p, run.Options{Diff: x.opt})
	if err != nil {
		return &Failure{Step: StepExecute, Text: fmt.Sprintf("%v\nthe plan:\n%s", err, script(p))}
	}
	was := x.model
	x.model = result.After
	if x.dump, err = judge(ctx, x.db, x.counters); err != nil {
		return err
	}
	if !result.Residual.Equal() {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("the result is not what the plan expected:\n%s\nthe plan:\n%s", describe(result.Residual), script(p))}
	}
	if found := diff.Compare(goal.model, x.model, x.opt); !found.Equal() {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("there still are differences:\n%s\nthe plan:\n%s", describe(found), script(p))}
	}
	if d := x.dump.Differences(goal.dump); d != "" {
		return &Failure{Step: StepDump, Text: fmt.Sprintf("the dumps differ (- is what came out, + what should have):\n%s\nthe plan:\n%s", d, script(p))}
	}
	if err := x.keptContent(ctx, was, goal, content); err != nil {
		return fmt.Errorf("%w\nthe plan:\n%s", err, script(p))
	}
	x.broken = false
	return nil
}

// plan plans twice, and holds the plan against what the dumps say.
func (x *subject) plan(goal state) (*plan.Plan, error) {
	d := x.conn.Dialect()
	found, err := compareRenamed(d, goal, x.model, x.opt)
	if err != nil {
		return nil, &Failure{Step: StepPlan, Text: err.Error()}
	}
	fillHazards(d, found.Changes, found.Base)
	p, err := plan.Build(d, x.model, found.Changes, plan.Options{AllowDestructive: true})
	if err != nil {
		return nil, &Failure{Step: StepPlan, Text: fmt.Sprintf("%v\nfor the changes:\n%s", err, describe(found))}
	}
	same, err := compareRenamed(d, goal, x.model, x.opt)
	if err != nil {
		return nil, &Failure{Step: StepPlan, Text: err.Error()}
	}
	again, err := plan.Build(d, x.model, same.Changes, plan.Options{AllowDestructive: true})
	if err != nil {
		return nil, &Failure{Step: StepPlan, Text: err.Error()}
	}
	if d := lineDiff(script(p), script(again)); d != "" || p.ID() != again.ID() {
		return nil, &Failure{Step: StepPlan, Text: "planning twice gives two plans:\n" + d}
	}
	difference := x.dump.Differences(goal.dump)
	switch {
	case difference == "" && !found.Equal() && !untold(found):
		return nil, &Failure{Step: StepMissed, Text: "the dumps are equal but differences are found:\n" + describe(found)}
	case difference == "" && len(p.Statements) > 0 && !untold(found):
		return nil, &Failure{Step: StepMissed, Text: "nothing differs but the plan is\n" + script(p)}
	case len(found.Unmodelled) > 0:
		return nil, &Failure{Step: StepMissed, Text: "differences are outside the model:\n" + describe(found)}
	case difference != "" && len(p.Statements) == 0:
		return nil, &Failure{Step: StepMissed, Text: "the dumps differ but there is nothing to do:\n" + difference}
	}
	return p, nil
}

// fillHazards asks for the hazards of every change, which must not depend on who asks first.
func fillHazards(d plan.Dialect, changes []diff.Change, target *schema.Database) {
	for i := range changes {
		if changes[i].Action == diff.RenameAction {
			continue // they have theirs
		}
		changes[i].Hazards = d.Hazards(changes[i], target)
		fillHazards(d, changes[i].Parts, target)
	}
}

// script is the plan as text.
func script(p *plan.Plan) string {
	var b strings.Builder
	for _, s := range p.Statements {
		b.WriteString("  " + strings.ReplaceAll(s.SQL, "\n", "\n  ") + ";")
		if s.Tx == plan.Alone {
			b.WriteString(" -- alone")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// describe lists what a comparison found.
func describe(r *diff.Result) string {
	var b strings.Builder
	for _, c := range diff.Items(r.Changes) {
		fmt.Fprintf(&b, "  %s %s\n", c.Action, c.Key())
		for _, f := range c.Fields {
			fmt.Fprintf(&b, "    %s: %q -> %q\n", f.Name, f.Before, f.After)
		}
	}
	for _, u := range r.Unmodelled {
		fmt.Fprintf(&b, "  unmodelled %s: wanted %q, there is %q\n", u.Key, u.Source, u.Target)
	}
	return b.String()
}
