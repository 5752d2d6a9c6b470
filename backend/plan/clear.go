package plan

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// Renames come first in a plan. What holds a name that a rename wants and is dropped by the same plan goes before them,
// with what depends on it, provided that all of it goes for good.

// holder is an object or part that has a name which a rename wants.
type holder struct {
	key    schema.Key
	wanted *diff.Rename
}

// holders are those that are not renamed themselves, in the order of the structure's objects.
func holders(d Dialect, renames []diff.Change, before *schema.Database) (out []holder) {
	moved, wanted := map[schema.Key]bool{}, map[string]*diff.Rename{}
	under := NamesUnder(d)
	for _, c := range renames {
		if c.Rename.Member != "" {
			continue
		}
		moved[c.Rename.Key] = true
		for _, n := range under(c, c.Rename.To) {
			wanted[n] = c.Rename
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	for _, o := range before.Objects() {
		eachPart(o, func(p schema.Object) {
			if moved[p.Key()] {
				return
			}
			for _, n := range d.Names(p) {
				if x := wanted[n]; x != nil {
					out = append(out, holder{p.Key(), x})
					return
				}
			}
		})
	}
	return out
}

// namesFree refuses names that something keeps which is not renamed and does not go before.
func namesFree(d Dialect, renames []diff.Change, before *schema.Database) error {
	for _, h := range holders(d, renames, before) {
		return fault.New(fault.Unsupported, "%s cannot be renamed to %q: %s has that name, and goes only afterwards", h.wanted.Key, h.wanted.To, h.key)
	}
	return nil
}

// clearing are those of the chosen changes that have to go before the renames, starting from target; none when nothing
// holds a wanted name, or when what does so cannot simply go. early tells which items they are.
func clearing(d Dialect, target *schema.Database, renames, chosen []diff.Change) (changes []diff.Change, early map[string]bool) {
	var queue []schema.Key
	for _, h := range holders(d, renames, target) {
		queue = append(queue, h.key)
	}
	if len(queue) == 0 {
		return nil, nil
	}
	drops := map[schema.Key]diff.Change{}
	for _, it := range diff.Items(chosen) {
		if it.Action == diff.Drop {
			eachPart(it.Before, func(o schema.Object) { drops[o.Key()] = it })
		}
	}
	renaming, taken := diff.Renaming(asked(renames)), map[schema.Key]bool{}
	for _, c := range renames {
		taken[renaming.Key(c.Rename.Key)] = true
	}
	dep := &dependents{db: target}
	early = map[string]bool{}
	for i := 0; i < len(queue); i++ {
		it, goes := drops[queue[i]]
		k := queue[i]
		table, _ := k.TableOf()
		if !goes || renaming.Key(k) != k || taken[k] || taken[table] || target.Find(it.Key()) == nil {
			return nil, nil // it stays, or it is found under another name after the renames
		}
		if early[it.ID()] {
			continue
		}
		early[it.ID()] = true
		eachPart(target.Find(it.Key()), func(o schema.Object) {
			for _, x := range dep.of(o.Key()) {
				queue = append(queue, x.Key())
			}
		})
	}
	changes = diff.Select(chosen, func(c diff.Change) bool { return early[c.ID()] })
	return startFrom(target, changes), early
}
