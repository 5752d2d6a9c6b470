// Package run executes a plan on the target and proves the result: lock, drift check, statements, verification. It must
// not know how connections are made, which engine it talks to, or who watches.
package run

import (
	"context"
	"errors"
	"time"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Phase is a step of an execution; the values are stable names.
type Phase string

// The phases, in order.
const (
	Locking   Phase = "lock"
	Checking  Phase = "check"
	Executing Phase = "execute"
	Verifying Phase = "verify"
	// Recovering comes after a failure: finding out what the target looks like now.
	Recovering Phase = "recover"
)

// Event reports progress. Events come one after another from the goroutine that executes.
type Event struct {
	Phase Phase
	// Index is the statement's index in the plan and Done tells that it has run, in Duration; in other phases Index is
	// -1 and the event says that the phase begins.
	Index    int
	Done     bool
	Duration time.Duration
}

// Options say how to execute.
type Options struct {
	// Schemas and Diff are those of the comparison that the plan was made from.
	Schemas []string
	Diff    diff.Options
	// Align gives the expected structure the spelling of the actual one where that means the same; nil: both are compared as
	// they are. Between engines, what was translated is not yet in the target's own words.
	Align func(expected, actual *schema.Database) *schema.Database
	// Reopen connects to the target again, for learning its state after the connection was lost; may be nil.
	Reopen func(context.Context) (engine.Conn, error)
	// Events may be nil.
	Events func(Event)
}

// Result is a complete execution.
type Result struct {
	Durations []time.Duration // of each statement
	Total     time.Duration
	// Residual is what still differs between the target and what the plan was to make of it; empty when all is proven.
	Residual *diff.Result
	After    *schema.Database
}

// patience bounds what is done after a failure or cancel: rolling back, unlocking, looking at the target.
const patience = 30 * time.Second

// Execute runs the plan on the open target and verifies the result. When statements have begun and not all of them took
// effect, the error is a *PartialError. A residual is no error.
func Execute(ctx context.Context, conn engine.Conn, p *plan.Plan, opt Options) (*Result, error) {
	x := &execution{conn: conn, plan: p, opt: opt, outcomes: make([]Outcome, len(p.Statements)), durations: make([]time.Duration, len(p.Statements))}
	began := time.Now()
	x.event(Event{Phase: Locking, Index: -1})
	unlock, err := conn.Lock(ctx)
	if err != nil {
		return nil, ofContext(ctx, err)
	}
	defer func() {
		ctx, cancel := afterwards(ctx)
		defer cancel()
		_ = unlock(ctx) // the lock ends with the session, which the caller closes
	}()
	if err := x.check(ctx); err != nil {
		return nil, err
	}
	if err := x.statements(ctx); err != nil {
		return nil, err
	}
	result := &Result{Durations: x.durations}
	if result.After, result.Residual, err = x.verify(ctx); err != nil {
		return nil, x.unverified(ofContext(ctx, err))
	}
	result.Total = time.Since(began)
	return result, nil
}

type execution struct {
	conn      engine.Conn
	plan      *plan.Plan
	opt       Options
	before    *schema.Database
	outcomes  []Outcome
	durations []time.Duration
}

func (x *execution) event(e Event) {
	if x.opt.Events != nil {
		x.opt.Events(e)
	}
}

// check makes sure that the target still is what the plan was made for.
func (x *execution) check(ctx context.Context) error {
	x.event(Event{Phase: Checking, Index: -1})
	now, err := x.conn.Inspect(ctx, engine.InspectOptions{Schemas: x.opt.Schemas})
	if err != nil {
		return ofContext(ctx, err)
	}
	x.before = now
	if now.Fingerprint() == x.plan.TargetFingerprint() {
		return nil
	}
	return x.drift(now)
}

// verify compares a fresh inspection with what the plan was to make.
func (x *execution) verify(ctx context.Context) (*schema.Database, *diff.Result, error) {
	x.event(Event{Phase: Verifying, Index: -1})
	now, err := x.conn.Inspect(ctx, engine.InspectOptions{Schemas: x.opt.Schemas})
	if err != nil {
		return nil, nil, err
	}
	return now, x.residual(now), nil
}

// residual looks at the whole target: what the filters left out must not have changed either.
func (x *execution) residual(now *schema.Database) *diff.Result {
	opt := x.opt.Diff
	opt.Include, opt.Exclude = nil, nil
	expected := x.plan.Expected
	if s, ok := x.conn.Dialect().(settling); ok {
		expected = s.Settle(expected, now)
	}
	if x.opt.Align != nil {
		expected = x.opt.Align(expected, now)
	}
	return diff.Compare(expected, now, opt)
}

// settling is a dialect whose servers write some texts of other servers of the family in another way.
type settling interface {
	// Settle tells what was expected in the words in which the server has told it, where both mean the same.
	Settle(expected, actual *schema.Database) *schema.Database
}

// afterwards is a context for tidying up after ctx may have ended.
func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}

// ofContext says in one way that the user cancelled or the time was up, whatever the driver made of it.
func ofContext(ctx context.Context, err error) error {
	switch {
	case ctx.Err() == nil:
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fault.New(fault.TimedOut, "the time allowed was up")
	}
	return fault.New(fault.Cancelled, "cancelled")
}
