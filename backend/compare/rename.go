package compare

import (
	"slices"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// asked is what a comparison needs to be made again from the same two structures.
type asked struct {
	dialects [2]string
	schemas  []string // of the target
	rules    translate.Rules
}

// find compares what was read, with these renames made.
func (r *Result) find(renames []diff.Rename) error {
	renamer, _ := r.targetDialect.(plan.Renamer)
	base := r.Target
	if len(renames) > 0 {
		if err := diff.CheckRenames(renamer, r.Goal, r.Target, renames); err != nil {
			return err
		}
		renamed, err := renamer.Renamed(r.Target, renames)
		if err != nil {
			return err
		}
		base = renamed.Database
		r.say(base)
	}
	var err error
	if r.Result, err = diff.CompareRenamed(renamer, r.Goal, r.Target, renames, r.Options); err != nil {
		return err
	}
	r.Renames = slices.Clone(renames)
	if renamer != nil {
		r.Suggestions = diff.Suggest(renamer, r.Result, renames)
	}
	fillHazards(r.Changes, r.targetDialect, base)
	r.blocked()
	return nil
}

// say puts what the source has into the words of the target, which is base.
func (r *Result) say(base *schema.Database) {
	if translate.Between(r.asked.dialects[0], r.asked.dialects[1]) {
		if r.Original != nil {
			r.Source, r.sourceDialect = r.Original, r.originalDialect
		}
		r.translate(base, r.asked.schemas, r.asked.rules)
	}
	r.Goal, r.Notes = Fitted(r.targetDialect, r.Source, base)
}

// WithRenames is the same comparison with these renames and no others, from the structures that were read.
func (r *Result) WithRenames(renames []diff.Rename) (*Result, error) {
	again := *r
	again.say(again.Target)
	if err := again.find(renames); err != nil {
		return nil, err
	}
	return &again, nil
}
