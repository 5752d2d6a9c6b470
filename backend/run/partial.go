package run

import (
	"context"
	"fmt"
	"strings"
	"time"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Outcome is what became of one statement; the texts are stable names.
type Outcome int

// The outcomes.
const (
	NotRun Outcome = iota
	Done
	RolledBack
	Failed
	Unknown
)

// String is the outcome's stable name.
func (o Outcome) String() string {
	return [...]string{"not_run", "done", "rolled_back", "failed", "unknown"}[o]
}

// PartialError says how far an execution came. Its own text is one sentence; the rest is for a report.
type PartialError struct {
	Statements []plan.Statement
	Outcomes   []Outcome // of each statement
	// Failed is the index of the statement that failed or was running at the end; -1 for none.
	Failed int
	// Err is why it ended: the server's message, a lost connection, a cancel, a timeout.
	Err error
	// Unchanged tells that the target is known to be as it was before the first statement.
	Unchanged bool
	// Remaining is what still differs from the plan's goal, by a fresh look at the target; nil when there was no need to
	// look (nothing took effect) or no way, which StateErr then explains.
	Remaining *diff.Result
	StateErr  error
}

// Unwrap is why it ended.
func (e *PartialError) Unwrap() error { return e.Err }

// Count is the number of statements with that outcome.
func (e *PartialError) Count(o Outcome) int {
	n := 0
	for _, x := range e.Outcomes {
		if x == o {
			n++
		}
	}
	return n
}

// Error is one sentence: what ended it and what became of the statements.
func (e *PartialError) Error() string {
	total := len(e.Statements)
	var head string
	switch code := fault.CodeOf(e.Err); {
	case e.Failed < 0 && e.Count(Done) == total:
		head = fmt.Sprintf("all %d statements ran, but the result could not be verified: %s", total, e.Err)
	case e.Failed < 0:
		head = e.Err.Error()
	case code == fault.StatementFailed:
		head = fmt.Sprintf("statement %d of %d failed: %s", e.Failed+1, total, e.Err)
	default:
		head = fmt.Sprintf("%s (statement %d of %d was running)", e.Err, e.Failed+1, total)
	}
	return head + "; " + e.consequence()
}

func (e *PartialError) consequence() string {
	total, done := len(e.Statements), e.Count(Done)
	if done == total {
		return "run the comparison again to see how the target stands"
	}
	if e.Unchanged {
		if e.Count(RolledBack) > 0 {
			return "everything was rolled back and the target is as it was"
		}
		return "the target is as it was"
	}
	var parts []string
	for _, x := range []struct {
		o    Outcome
		text string
	}{{Done, "took effect"}, {RolledBack, "had no effect"}, {Failed, "failed"}, {Unknown, "may or may not have taken effect"}, {NotRun, "did not run"}} {
		if n := e.Count(x.o); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, x.text))
		}
	}
	return fmt.Sprintf("of %d statements %s", total, strings.Join(parts, ", "))
}

// stopped makes the error for an execution that ended early, after a look at the target where that tells more.
func (x *execution) stopped(ctx context.Context, failed int, cause error) error {
	e := &PartialError{Statements: x.plan.Statements, Outcomes: x.outcomes, Failed: failed, Err: ofContext(ctx, cause)}
	if e.Count(Done) == 0 && e.Count(Unknown) == 0 {
		if x.conn.Dialect().Transactional() || failed < 0 {
			e.Unchanged = true
			return e
		}
	}
	x.event(Event{Phase: Recovering, Index: -1})
	tidy, cancel := afterwards(ctx)
	defer cancel()
	now, err := x.look(tidy, cause)
	if err != nil {
		e.StateErr = err
		return e
	}
	e.Remaining = x.residual(now)
	e.Unchanged = now.Fingerprint() == x.before.Fingerprint()
	x.resolve(now)
	return e
}

// unverified makes the error for a plan that ran completely but could not be checked afterwards.
func (x *execution) unverified(cause error) error {
	return &PartialError{Statements: x.plan.Statements, Outcomes: x.outcomes, Failed: -1, Err: cause}
}

// look inspects the target after a failure: on the old connection where that still answers, which proves that its last
// statement has ended, else on a new one. The old session may then still be at work on the server: it holds the lock, so
// that getting the lock proves that what is seen is final.
func (x *execution) look(ctx context.Context, cause error) (*schema.Database, error) {
	opt := engine.InspectOptions{Schemas: x.opt.Schemas}
	if fault.CodeOf(cause) != fault.ConnectionLost {
		if now, err := x.conn.Inspect(ctx, opt); err == nil {
			return now, nil
		}
	}
	if x.opt.Reopen == nil {
		return nil, fault.New(fault.ConnectionLost, "there is no connection to the target any more")
	}
	_ = x.conn.Close() // it has no more use, and must not keep the lock
	fresh, err := x.opt.Reopen(ctx)
	if err != nil {
		return nil, fmt.Errorf("connecting again: %w", err)
	}
	defer func() { _ = fresh.Close() }() // nothing was written
	unlock, err := lockPatiently(ctx, fresh)
	if err != nil {
		return nil, err
	}
	defer func() { _ = unlock(ctx) }() // closing unlocks as well
	return fresh.Inspect(ctx, opt)
}

// lockPatiently waits for the lock until the context ends.
func lockPatiently(ctx context.Context, conn engine.Conn) (func(context.Context) error, error) {
	for {
		unlock, err := conn.Lock(ctx)
		if err == nil || fault.CodeOf(err) != fault.TargetLocked {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, fault.New(fault.TargetLocked, "the server is still busy with the interrupted session")
		case <-time.After(300 * time.Millisecond):
		}
	}
}

// resolve finds out about statements whose fate was unknown, from the target as it is now.
func (x *execution) resolve(now *schema.Database) {
	for i, o := range x.outcomes {
		if o == Unknown {
			x.outcomes[i] = x.fate(i, now)
		}
	}
}

// fate compares the object of a statement before, now and as planned.
func (x *execution) fate(i int, now *schema.Database) Outcome {
	s := x.plan.Statements[i]
	there := now.Find(s.Key) != nil
	switch s.Action {
	case diff.Create:
		return outcomeIf(there)
	case diff.Drop:
		return outcomeIf(!there)
	case diff.RenameAction:
		if x.before.Find(s.Key) == nil {
			return outcomeIf(there)
		}
	}
	for j, other := range x.plan.Statements {
		if j != i && other.Key == s.Key {
			return Unknown
		}
	}
	was, is, goal := fingerprintOf(x.before, s.Key), fingerprintOf(now, s.Key), fingerprintOf(x.plan.Expected, s.Key)
	switch {
	case was == goal:
		return Unknown
	case is == goal:
		return Done
	case is == was:
		return RolledBack
	}
	return Unknown
}

// fingerprintOf is the fingerprint of one object.
func fingerprintOf(db *schema.Database, k schema.Key) string {
	only := db.Empty()
	if o := db.Find(k); o != nil {
		only.Put(o)
	}
	return only.Fingerprint()
}

func outcomeIf(done bool) Outcome {
	if done {
		return Done
	}
	return RolledBack
}
