package enginetest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
	"database-structure-sync/backend/translate"
)

// Crossing is a way from a server of one engine to a server of another.
type Crossing struct {
	Source, Target Suite
	Rules          translate.Rules
}

// Name says which way it is.
func (x Crossing) Name() string { return x.Source.Server.Name + " to " + x.Target.Server.Name }

// end is an open database of either side.
type end struct {
	suite Suite
	db    *testdb.DB
	conn  engine.Conn
}

func (s Suite) end(ctx context.Context, script string) (*end, error) {
	db, err := s.Server.CreateContext(ctx)
	if err != nil {
		return nil, err
	}
	e := &end{suite: s, db: db}
	if strings.TrimSpace(script) != "" {
		if err := db.LoadContext(ctx, script); err != nil {
			e.close()
			return nil, &Failure{Step: StepLoad, Text: err.Error()}
		}
	}
	if e.conn, err = s.Engine.Open(ctx, Config(db)); err != nil {
		e.close()
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	return e, nil
}

func (e *end) close() { (&subject{db: e.db, conn: e.conn}).close() }

func (e *end) input() compare.Input {
	return compare.Input{Conn: e.conn, Dialect: e.suite.Engine.Dialect(), Name: e.db.Name}
}

// Check makes an empty target like Before and then like After, each of them on the source's server: every time the target is
// proven by comparing again, in the other direction as well when that is asked for.
func (x Crossing) Check(ctx context.Context, c Case) error {
	ctx, cancel := context.WithTimeout(ctx, caseTimeout)
	defer cancel()
	target, err := x.Target.end(ctx, "")
	if err != nil {
		return err
	}
	defer target.close()
	for _, step := range []struct{ name, script string }{{"creating", c.Before}, {"changing", c.After}} {
		if strings.TrimSpace(step.script) == "" {
			continue
		}
		if err := x.follow(ctx, step.script, target); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", step.name, err))
		}
	}
	return nil
}

// follow makes the target like a source that holds the script.
func (x Crossing) follow(ctx context.Context, script string, target *end) error {
	source, err := x.Source.end(ctx, script)
	if err != nil {
		return err
	}
	defer source.close()
	return x.Sync(ctx, source, target)
}

// Sync makes the target like the source and compares again.
func (x Crossing) Sync(ctx context.Context, source, target *end) error {
	opt := compare.Options{Translate: x.Rules}
	found, err := compare.Run(ctx, source.input(), target.input(), opt)
	if err != nil {
		return &Failure{Step: StepInspect, Text: err.Error()}
	}
	p, err := found.PlanWith(plan.Options{AllowDestructive: true})
	if err != nil {
		return &Failure{Step: StepPlan, Text: fmt.Sprintf("%v\nfor the changes:\n%s", err, describe(found.Result))}
	}
	result, err := run.Execute(ctx, target.conn, p, run.Options{Diff: found.Options, Align: found.Align()})
	if err != nil {
		return &Failure{Step: StepExecute, Text: fmt.Sprintf("%v\nthe plan:\n%s", err, script(p))}
	}
	if len(result.Residual.Changes) > 0 {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("the result is not what the plan expected:\n%s\nthe plan:\n%s", describe(result.Residual), script(p))}
	}
	again, err := compare.Run(ctx, source.input(), target.input(), opt)
	if err != nil {
		return &Failure{Step: StepInspect, Text: err.Error()}
	}
	if len(again.Changes) > 0 {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("there still are differences:\n%s\nthe plan:\n%s", describe(again.Result), script(p))}
	}
	return nil
}
