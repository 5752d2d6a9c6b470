package enginetest

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// bothWays are the renames that a case's texts mean, and those that undo them.
func bothWays(before *schema.Database, texts []string) (there, back []diff.Rename, err error) {
	if there, err = diff.ParseRenames(before, texts); err != nil {
		return nil, nil, err
	}
	r := diff.Renaming(there)
	for _, x := range there {
		y := diff.Rename{Key: r.Key(x.Key), To: x.Key.Name}
		if x.Member != "" {
			y.Member, y.To = x.To, x.Member
		}
		back = append(back, y)
	}
	return there, back, nil
}

// compareRenamed compares as after a user has confirmed the renames that lead to the goal.
func compareRenamed(d plan.Dialect, goal state, target *schema.Database, opt diff.Options) (*diff.Result, error) {
	renamer, _ := d.(plan.Renamer)
	return diff.CompareRenamed(renamer, goal.model, target, goal.renames, opt)
}

// table is what becomes of a table; nil when it is dropped.
func (s state) table(to *schema.Renaming, before *schema.Table) *schema.Table {
	k := to.Key(before.Key())
	return s.model.Table(k.Schema, k.Name)
}
