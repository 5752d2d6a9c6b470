package api

import (
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/service"
)

// Rename is a rename that the user has confirmed, or may.
type Rename struct {
	Text   string `json:"text"` // identifies it, for Rename
	Kind   string `json:"kind"`
	Schema string `json:"schema"`
	Table  string `json:"table"` // that it belongs to
	Name   string `json:"name"`
	Member string `json:"member"` // the label or attribute that gets the name; "" when it is the object itself
	To     string `json:"to"`
	// Confidence is between 0 and 1, of a suggestion.
	Confidence float64 `json:"confidence"`
	Answer     string  `json:"answer"` // open, confirmed, refused
}

func renames(r *service.Reviewed) []Rename {
	out := []Rename{}
	for _, x := range r.RenameQuestions() {
		out = append(out, Rename{
			Text: x.String(), Kind: string(x.Key.Kind), Schema: x.Key.Schema, Table: x.Key.Owner, Name: x.Key.Name,
			Member: x.Member, To: x.To, Confidence: x.Confidence, Answer: string(x.Answer),
		})
	}
	return out
}

// Rename makes a comparison again with these renames confirmed and these refused, and no others; both are texts of Rename.
// Neither database is read again.
func (c *Comparisons) Rename(comparisonID string, confirmed, refused []string) (*Comparison, error) {
	c.mu.Lock()
	req, ok := c.asked[comparisonID]
	c.mu.Unlock()
	if !ok {
		return nil, fault.New(fault.BadInput, "this comparison is not kept any more: compare again")
	}
	began := time.Now()
	r, err := c.bench.Rename(comparisonID, confirmed, refused)
	if err != nil {
		return nil, err
	}
	return c.tell(r, req, time.Since(began)), nil
}
