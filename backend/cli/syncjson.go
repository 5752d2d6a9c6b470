package cli

import (
	"context"
	"errors"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/run"
)

type jsonSync struct {
	Executed   bool          `json:"executed"`
	Verified   bool          `json:"verified"`
	Unchanged  bool          `json:"unchanged"`
	Statements []jsonOutcome `json:"statements"`
	Remaining  []jsonChange  `json:"remaining"`
	Error      *jsonError    `json:"error"`
	StateError *jsonError    `json:"state_error"`
}

type jsonOutcome struct {
	Outcome string `json:"outcome"`
}

// runJSON is run with one document as its output, also when the execution fails.
func (s *syncRun) runJSON(ctx context.Context) error {
	doc, err := comparisonJSON(s.c, "sync", s.flags.ignored(), s.flags.definitions)
	if err != nil {
		return err
	}
	doc.Plan = planJSON(s.p)
	doc.Sync = &jsonSync{Statements: []jsonOutcome{}, Remaining: []jsonChange{}}
	if len(s.p.Statements) == 0 {
		doc.Sync.Unchanged, doc.Sync.Verified = true, true
		if !s.c.Equal() {
			s.code = exitDifferent
		}
		return writeJSON(s.out, doc)
	}
	result, err := s.execute(ctx, func(run.Event) {})
	if err == nil {
		doc.Sync.Executed, doc.Sync.Verified = true, result.Residual.Equal()
		doc.Sync.Remaining = changesJSON(result.Residual.Changes, nil)
		for range s.p.Statements {
			doc.Sync.Statements = append(doc.Sync.Statements, jsonOutcome{run.Done.String()})
		}
		if err := writeJSON(s.out, doc); err != nil {
			return err
		}
		s.outputClosed(result)
		return nil
	}
	s.failureJSON(doc.Sync, err)
	if writeErr := writeJSON(s.out, doc); writeErr != nil {
		return writeErr
	}
	return s.failed(ctx, err)
}

func (s *syncRun) failureJSON(out *jsonSync, err error) {
	out.Error = &jsonError{string(fault.CodeOf(err)), scrub(err.Error())}
	var partial *run.PartialError
	if !errors.As(err, &partial) {
		out.Unchanged = true
		for range s.p.Statements {
			out.Statements = append(out.Statements, jsonOutcome{run.NotRun.String()})
		}
		return
	}
	out.Unchanged = partial.Unchanged
	for _, o := range partial.Outcomes {
		out.Statements = append(out.Statements, jsonOutcome{o.String()})
	}
	if partial.Remaining != nil {
		out.Remaining = changesJSON(partial.Remaining.Changes, nil)
	}
	if partial.StateErr != nil {
		out.StateError = &jsonError{string(fault.CodeOf(partial.StateErr)), scrub(partial.StateErr.Error())}
	}
}
