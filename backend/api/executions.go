package api

import (
	"context"
	"errors"
	"time"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/run"
	"database-structure-sync/backend/service"
)

// ExecuteRequest asks for the execution of a plan.
type ExecuteRequest struct {
	RunID        string   `json:"runId"` // chosen by the caller, for progress and Cancel
	PlanID       string   `json:"planId"`
	Acknowledged []string `json:"acknowledged"` // ids of all Risks of the plan
	TypedName    string   `json:"typedName"`    // of the target's connection, when it is in production
}

// ExecuteProgress is the data of EventExecute. In the phase execute, Index is the statement that begins or, with Done, has
// ended; in the others, lock, check, verify and recover, it is -1.
type ExecuteProgress struct {
	RunID  string  `json:"runId"`
	Phase  string  `json:"phase"`
	Index  int     `json:"index"`
	Done   bool    `json:"done"`
	Millis float64 `json:"millis"`
}

// Execution is how an execution ended.
type Execution struct {
	// Result is verified (the target is what the plan was to make of it), residual (it ran, but something differs), failed
	// (a statement, the connection or a cancel ended it early) or unverified (it ran, but could not be verified).
	Result string `json:"result"`
	// Complete tells, when verified, that the target now equals the source altogether.
	Complete bool      `json:"complete"`
	Seconds  float64   `json:"seconds"`
	Outcomes []string  `json:"outcomes"` // of each statement: not_run, done, rolled_back, failed, unknown
	Millis   []float64 `json:"millis"`   // of each statement
	// FailedIndex is the statement that failed or was running at the end; -1: none.
	FailedIndex int      `json:"failedIndex"`
	Failure     *Failure `json:"failure"`
	// Unchanged tells, after a failure, that the target is known to be as it was.
	Unchanged bool `json:"unchanged"`
	// StateFailure is why it could not be found out how the target stands after a failure.
	StateFailure *Failure   `json:"stateFailure"`
	Residual     []Residual `json:"residual"` // what still differs from the plan's goal
}

// Residual is one thing that still differs.
type Residual struct {
	Object ObjectName `json:"object"`
	Action string     `json:"action"` // that would still be needed
	Fields []Field    `json:"fields"`
}

// Execute runs a plan and returns when it is verified or has failed. An error means that nothing was executed.
func (p *Plans) Execute(req ExecuteRequest) (*Execution, error) {
	ctx, done, err := p.bench.Begin(context.Background(), req.RunID)
	if err != nil {
		return nil, err
	}
	defer done()
	planned, err := p.bench.Planned(req.PlanID)
	if err != nil {
		return nil, err
	}
	events := func(e run.Event) {
		p.emit(EventExecute, ExecuteProgress{req.RunID, string(e.Phase), e.Index, e.Done, millis(e.Duration)})
	}
	began := time.Now()
	result, err := p.bench.Execute(ctx, req.PlanID, service.Consent{Acknowledged: req.Acknowledged, TypedName: req.TypedName}, events)
	var partial *run.PartialError
	if err != nil && !errors.As(err, &partial) {
		return nil, err
	}
	out := &Execution{Seconds: time.Since(began).Seconds(), FailedIndex: -1, Outcomes: []string{}, Millis: []float64{}, Residual: []Residual{}}
	if partial != nil {
		out.early(partial)
		return out, nil
	}
	out.Result, out.Complete = "verified", planned.Complete()
	for _, d := range result.Durations {
		out.Outcomes = append(out.Outcomes, run.Done.String())
		out.Millis = append(out.Millis, millis(d))
	}
	if !result.Residual.Equal() {
		out.Result, out.Complete, out.Residual = "residual", false, residual(result.Residual)
	}
	return out, nil
}

func (x *Execution) early(e *run.PartialError) {
	x.Result, x.FailedIndex, x.Unchanged = "failed", e.Failed, e.Unchanged
	if e.Failed < 0 && e.Count(run.Done) == len(e.Outcomes) {
		x.Result = "unverified"
	}
	for _, o := range e.Outcomes {
		x.Outcomes = append(x.Outcomes, o.String())
		x.Millis = append(x.Millis, 0)
	}
	f := failure(e.Err)
	x.Failure = &f
	if e.StateErr != nil {
		s := failure(e.StateErr)
		x.StateFailure = &s
	}
	if e.Remaining != nil && !e.Unchanged {
		x.Residual = residual(e.Remaining)
	}
}

func residual(r *diff.Result) []Residual {
	out := []Residual{}
	for _, c := range diff.Items(r.Changes) {
		item := Residual{Object: objectName(c.Key()), Action: string(c.Action), Fields: []Field{}}
		for _, f := range c.Fields {
			item.Fields = append(item.Fields, Field{f.Name, f.After, f.Before})
		}
		out = append(out, item)
	}
	return out
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
