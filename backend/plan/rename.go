package plan

import (
	"sort"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// Renamer is the part of a Dialect that gives objects other names. Renames come first in a plan, by themselves: everything
// behind them is planned from the structure that they leave.
type Renamer interface {
	diff.Renamer
	// RenameStatements lead from before to after, which is before with these renames and nothing else.
	RenameStatements(renames []diff.Change, before, after *schema.Database) ([]Statement, error)
}

// ReasonRename says of a change that it starts from a new name, or of one that it has to go along with a rename.
const ReasonRename = "rename"

// RenameStep is one step of giving names: of the whole of a change, or of part of the way where names are exchanged.
type RenameStep struct {
	diff.Change
	From, To string // names of the object or the member
}

// Untangle brings renames into an order in which every name is free before it is taken, members and parts before what they
// belong to. Where names are exchanged in a circle one of them goes through a name that nobody has. names are what an object
// of that change would take under the name, in any namespace; free finds a name.
func Untangle(changes []diff.Change, names func(c diff.Change, name string) []string, free func(c diff.Change) string) []RenameStep {
	var inner, outer []diff.Change
	for _, c := range changes {
		if c.Rename.Member != "" || c.Rename.Key.Owner != "" {
			inner = append(inner, c)
		} else {
			outer = append(outer, c)
		}
	}
	return append(newTangle(inner, names).steps(free), newTangle(outer, names).steps(free)...)
}

// tangle is a graph of steps that wait for names.
type tangle struct {
	all    []RenameStep
	waits  []int
	blocks [][]int
	ready  []int
}

func newTangle(changes []diff.Change, names func(diff.Change, string) []string) *tangle {
	t := &tangle{waits: make([]int, len(changes)), blocks: make([][]int, len(changes))}
	held := map[string]int{} // who has a name
	for i, c := range changes {
		s := RenameStep{Change: c, From: c.Rename.Key.Name, To: c.Rename.To}
		if c.Rename.Member != "" {
			s.From = c.Rename.Member
		}
		t.all = append(t.all, s)
		for _, n := range names(c, s.From) {
			held[n] = i
		}
	}
	for i, s := range t.all {
		for _, n := range names(s.Change, s.To) {
			if j, ok := held[n]; ok && j != i {
				t.waits[i]++
				t.blocks[j] = append(t.blocks[j], i)
			}
		}
		if t.waits[i] == 0 {
			t.ready = append(t.ready, i)
		}
	}
	return t
}

// steps are all renames in order.
func (t *tangle) steps(free func(diff.Change) string) []RenameStep {
	var out []RenameStep
	done, away := make([]bool, len(t.all)), make([]bool, len(t.all))
	first := 0 // all before it are done or out of the way
	for left := len(t.all); left > 0; {
		if len(t.ready) == 0 { // a circle: one gives its name up before it can take the other
			for done[first] || away[first] {
				first++
			}
			away[first] = true
			s := t.all[first]
			s.To = free(s.Change)
			t.all[first].From = s.To
			out = append(out, s)
			t.release(first)
			continue
		}
		i := t.ready[0]
		t.ready = t.ready[1:]
		done[i], left = true, left-1
		out = append(out, t.all[i])
		if !away[i] {
			t.release(i)
		}
	}
	return out
}

// release lets go on what waited for the names of step i.
func (t *tangle) release(i int) {
	for _, m := range t.blocks[i] {
		if t.waits[m]--; t.waits[m] == 0 {
			t.ready = append(t.ready, m)
		}
	}
}

// NamesUnder are the names that the object of a rename would take under another name: those of the dialect, and its key's.
// Case makes no difference, which at worst makes a step wait for another that it need not wait for.
func NamesUnder(d Dialect) func(c diff.Change, name string) []string {
	return func(c diff.Change, name string) []string {
		k := c.Rename.Key
		if c.Rename.Member != "" {
			return []string{"member:" + k.String() + "#" + name}
		}
		var r schema.Renaming
		r.Set(k, name)
		o := r.Rename(c.Before, func(_ schema.Object, s string) string { return s })
		return append(d.Names(o), "key:"+strings.ToLower(r.Key(k).String()))
	}
}

// FreeName makes names that nothing in either structure has.
func FreeName(before, after *schema.Database) func(c diff.Change) string {
	taken := map[string]bool{}
	for _, db := range []*schema.Database{before, after} {
		for _, o := range db.Objects() {
			taken[strings.ToLower(o.Key().Name)] = true
			for _, p := range o.Parts() {
				taken[strings.ToLower(p.Key().Name)] = true
			}
		}
	}
	n := 0
	return func(diff.Change) string {
		for {
			n++
			name := "renamed_" + strings.Repeat("x", n)
			if !taken[name] {
				taken[name] = true
				return name
			}
		}
	}
}

// split takes the renames out of changes.
func split(all []diff.Change) (renames, rest []diff.Change) {
	for _, c := range all {
		if c.Action == diff.RenameAction {
			renames = append(renames, c)
		} else {
			rest = append(rest, c)
		}
	}
	return renames, rest
}

// renamed is the target after the renames among the changes; the target itself when there are none.
func renamed(d Dialect, target *schema.Database, renames []diff.Change) (*diff.Renamed, error) {
	if len(renames) == 0 {
		return &diff.Renamed{Database: target}, nil
	}
	r, ok := d.(Renamer)
	if !ok {
		return nil, fault.New(fault.Unsupported, "the target's server knows no renames")
	}
	return r.Renamed(target, asked(renames))
}

func asked(changes []diff.Change) []diff.Rename {
	out := make([]diff.Rename, len(changes))
	for i, c := range changes {
		out[i] = *c.Rename
	}
	return out
}

// startFrom makes changes start from the objects of base: they were found with all renames made, and some may not be.
func startFrom(base *schema.Database, changes []diff.Change) []diff.Change {
	out := make([]diff.Change, len(changes))
	for i, c := range changes {
		if c.Before != nil {
			if o := base.Find(c.Before.Key()); o != nil {
				c.Before = o
			}
		}
		if len(c.Parts) > 0 {
			c.Parts = startFrom(base, c.Parts)
		}
		out[i] = c
	}
	return out
}

// renameStatements carries out the renames, parts before the objects that they belong to.
func renameStatements(d Dialect, renames []diff.Change, before, after *schema.Database) ([]Statement, error) {
	if len(renames) == 0 {
		return nil, nil
	}
	renames = append([]diff.Change(nil), renames...)
	sort.SliceStable(renames, func(i, j int) bool {
		a, b := renames[i].Rename.Key, renames[j].Rename.Key
		if (a.Owner == "") != (b.Owner == "") {
			return a.Owner != ""
		}
		if a != b {
			return a.Less(b)
		}
		return renames[i].Rename.Member < renames[j].Rename.Member
	})
	if err := namesFree(d, renames, before); err != nil {
		return nil, err
	}
	return d.(Renamer).RenameStatements(renames, before, after)
}
