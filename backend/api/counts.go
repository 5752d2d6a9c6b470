package api

import (
	"context"

	"database-structure-sync/backend/hazard"
)

// CountRequest asks how many rows of the target a hazard of a plan's statement speaks of.
type CountRequest struct {
	RunID     string   `json:"runId"` // chosen by the caller, for Cancel
	PlanID    string   `json:"planId"`
	Statement int      `json:"statement"` // its index
	Code      string   `json:"code"`      // of the hazard
	Args      []string `json:"args"`
}

// RowCount is how many rows stand against one change.
type RowCount struct {
	Object ObjectName `json:"object"`
	Rows   int64      `json:"rows"`
	// Counted is false where only executing tells, and where Failure says why they could not be counted.
	Counted bool     `json:"counted"`
	Failure *Failure `json:"failure"`
}

// CountRows counts rows, which reads whole tables and writes nothing. One count for each change that has the hazard; none
// where nothing can be counted.
func (p *Plans) CountRows(req CountRequest) ([]RowCount, error) {
	ctx, done, err := p.bench.Begin(context.Background(), req.RunID)
	if err != nil {
		return nil, err
	}
	defer done()
	counts, err := p.bench.CountRows(ctx, req.PlanID, req.Statement, hazard.New(hazard.Code(req.Code), req.Args...))
	if err != nil {
		return nil, err
	}
	out := []RowCount{}
	for _, n := range counts {
		one := RowCount{Object: objectName(n.Change), Rows: n.Rows, Counted: n.Counted}
		if n.Err != nil {
			f := failure(n.Err)
			one.Failure = &f
		}
		out = append(out, one)
	}
	return out, nil
}
