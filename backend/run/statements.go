package run

import (
	"context"
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
)

// statements runs the plan's statements: on a transactional engine in as few transactions as their modes allow.
func (x *execution) statements(ctx context.Context) error {
	all, transactional := x.plan.Statements, x.conn.Dialect().Transactional()
	for i := 0; i < len(all); {
		if !transactional || all[i].Tx == plan.Alone {
			if err := x.alone(ctx, i); err != nil {
				return err
			}
			i++
			continue
		}
		j := i + 1
		for j < len(all) && all[j].Tx != plan.Alone {
			j++
		}
		if err := x.together(ctx, i, j); err != nil {
			return err
		}
		i = j
	}
	return nil
}

// alone runs one statement that takes effect by itself.
func (x *execution) alone(ctx context.Context, i int) error {
	if err := ctx.Err(); err != nil {
		return x.stopped(ctx, -1, err)
	}
	err := x.exec(ctx, i)
	switch {
	case err == nil:
		x.outcomes[i] = Done
		return nil
	case answered(ctx, err):
		x.outcomes[i] = Failed
	default:
		x.outcomes[i] = Unknown // the server may complete it all the same
	}
	return x.stopped(ctx, i, err)
}

// together runs the statements i to j-1 in one transaction.
func (x *execution) together(ctx context.Context, i, j int) error {
	if err := x.conn.Begin(ctx); err != nil {
		return x.stopped(ctx, -1, err)
	}
	for k := i; k < j; k++ {
		if err := ctx.Err(); err != nil {
			return x.rollback(ctx, i, k, -1, err)
		}
		if err := x.exec(ctx, k); err != nil {
			x.outcomes[k] = Failed
			return x.rollback(ctx, i, k, k, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return x.rollback(ctx, i, j, -1, err)
	}
	err := x.conn.Commit(ctx)
	switch {
	case err == nil:
		x.mark(i, j, Done)
		return nil
	case answered(ctx, err): // a failed COMMIT is a rollback
		x.mark(i, j, RolledBack)
	default:
		x.mark(i, j, Unknown)
	}
	return x.stopped(ctx, -1, err)
}

// answered tells that the server itself ended a statement, by an error or by its own time limit, so that its fate is known.
func answered(ctx context.Context, err error) bool {
	code := fault.CodeOf(err)
	return code == fault.StatementFailed || code == fault.TimedOut && ctx.Err() == nil
}

func (x *execution) mark(i, j int, o Outcome) {
	for ; i < j; i++ {
		x.outcomes[i] = o
	}
}

// rollback takes back the statements i to k-1. It needs no success: a session that cannot be told to roll back is gone,
// and its transaction with it.
func (x *execution) rollback(ctx context.Context, i, k, failed int, cause error) error {
	x.mark(i, k, RolledBack)
	tidy, cancel := afterwards(ctx)
	_ = x.conn.Rollback(tidy)
	cancel()
	return x.stopped(ctx, failed, cause)
}

func (x *execution) exec(ctx context.Context, i int) error {
	x.event(Event{Phase: Executing, Index: i})
	began := time.Now()
	err := x.conn.Exec(ctx, x.plan.Statements[i].SQL)
	x.durations[i] = time.Since(began)
	if err == nil {
		x.event(Event{Phase: Executing, Index: i, Done: true, Duration: x.durations[i]})
	}
	return err
}
