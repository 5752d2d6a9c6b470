package service

import (
	"slices"

	"database-structure-sync/backend/diff"
)

// WithRenames is the same comparison with these renames and no others, from what was read.
func (c *Comparison) WithRenames(texts []string) (*Comparison, error) {
	renames, err := diff.ParseRenames(c.Target, texts)
	if err != nil {
		return nil, err
	}
	result, err := c.Result.WithRenames(renames)
	if err != nil {
		return nil, err
	}
	again := *c
	again.Result = result
	return &again, nil
}

// Answer is what a person has said about a rename; the values are stable names.
type Answer string

// The answers.
const (
	Open      Answer = "open" // nothing yet
	Confirmed Answer = "confirmed"
	Refused   Answer = "refused"
)

// RenameQuestion is a rename that a person has confirmed or may confirm.
type RenameQuestion struct {
	diff.Rename
	Confidence float64 // 0 of what was not suggested this time
	Answer     Answer
}

// RenameQuestions are the confirmed renames, then the suggestions. What presupposes another rename is asked about once that
// is confirmed.
func (r *Reviewed) RenameQuestions() []RenameQuestion {
	var out []RenameQuestion
	for _, x := range r.Comparison.Renames {
		out = append(out, RenameQuestion{x, 0, Confirmed})
	}
	for _, s := range r.Comparison.Suggestions {
		if s.Within != "" {
			continue
		}
		answer := Open
		if slices.Contains(r.Refused, s.String()) {
			answer = Refused
		}
		out = append(out, RenameQuestion{s.Rename, s.Confidence, answer})
	}
	return out
}
