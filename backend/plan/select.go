package plan

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// Reasons why one change needs another; they are codes.
const (
	ReasonDependsOn  = "depends_on"  // it uses an object that is yet to be created or altered
	ReasonDependents = "dependents"  // what depends on the dropped object has to let go first
	ReasonName       = "name"        // its name is still taken
	ReasonStepsAside = "steps_aside" // it has to step aside while another object changes
	ReasonRows       = "rows"        // rows go over from the one to the other
)

// requirement is an edge between items: the one at the edge's start cannot run without the one at to.
type requirement struct {
	to     int
	reason string
}

// chooser knows which items exist and which need which.
type chooser struct {
	items                     []diff.Change
	created, dropped, altered map[schema.Key]int
	requires                  [][]requirement
}

// newChooser finds every requirement between the changes' items. Its cost is linear in the dependencies.
func newChooser(d Dialect, dep *dependents, all []diff.Change) *chooser {
	c := &chooser{
		items:   diff.Items(all),
		created: map[schema.Key]int{}, dropped: map[schema.Key]int{}, altered: map[schema.Key]int{},
	}
	c.requires = make([][]requirement, len(c.items))
	freed := map[string]int{}
	for i, it := range c.items {
		switch it.Action {
		case diff.Create:
			eachPart(it.After, func(o schema.Object) { c.created[o.Key()] = i })
		case diff.Drop:
			eachPart(it.Before, func(o schema.Object) {
				c.dropped[o.Key()] = i
				for _, n := range d.Names(o) {
					freed[n] = i
				}
			})
		case diff.RenameAction: // see requireRenames
		default:
			c.altered[it.Key()] = i
			if it.Renames() {
				c.altered[it.Before.Key()], c.dropped[it.Before.Key()], c.created[it.After.Key()] = i, i, i
			}
		}
	}
	under := NamesUnder(d)
	for i, it := range c.items {
		if it.Action == diff.RenameAction && it.Rename.Member == "" {
			for _, n := range under(it, it.Rename.To) {
				c.require(i, freed, n, ReasonName)
			}
		}
		if it.After != nil && it.Action != diff.RenameAction {
			c.requireWhatItUses(i, it)
		}
		if it.Action == diff.Create {
			eachPart(it.After, func(o schema.Object) {
				for _, n := range d.Names(o) {
					c.require(i, freed, n, ReasonName)
				}
			})
		}
	}
	c.requireDependents(dep)
	if g, ok := d.(Gatherer); ok {
		c.requireGathered(g.Gather(all))
	}
	return c
}

// requireGathered: of a group, each needs the next, and so all.
func (c *chooser) requireGathered(groups [][]schema.Key) {
	for _, keys := range groups {
		var items []int
		for _, k := range keys {
			for _, index := range []map[schema.Key]int{c.created, c.altered, c.dropped} {
				if i, ok := index[k]; ok {
					items = append(items, i)
					break
				}
			}
		}
		for n, i := range items {
			if next := items[(n+1)%len(items)]; next != i {
				c.requires[i] = append(c.requires[i], requirement{next, ReasonRows})
			}
		}
	}
}

// eachPart visits the object and its parts.
func eachPart(o schema.Object, visit func(schema.Object)) {
	visit(o)
	for _, p := range o.Parts() {
		visit(p)
	}
}

func (c *chooser) require(from int, index map[string]int, name, reason string) {
	if to, ok := index[name]; ok && to != from {
		c.requires[from] = append(c.requires[from], requirement{to, reason})
	}
}

func (c *chooser) requireKey(from int, index map[schema.Key]int, k schema.Key, reason string) {
	if to, ok := index[k]; ok && to != from {
		c.requires[from] = append(c.requires[from], requirement{to, reason})
	}
}

// requireWhatItUses: what an object depends on afterwards has to be created; a type it uses has to be altered too,
// because its new labels or attributes may be what is used.
func (c *chooser) requireWhatItUses(i int, it diff.Change) {
	deps := it.After.Deps()
	if it.Action == diff.Alter {
		deps = ownDeps(it.After)
	}
	for _, k := range deps {
		c.requireKey(i, c.created, k, ReasonDependsOn)
		switch k.Kind {
		case schema.KindEnum, schema.KindDomain, schema.KindComposite, schema.KindRange:
			c.requireKey(i, c.altered, k, ReasonDependsOn)
		}
	}
}

// requireDependents: an object can only be dropped or renamed when everything in the target that depends on it goes or
// changes.
func (c *chooser) requireDependents(dep *dependents) {
	for i, it := range c.items {
		if it.Action == diff.RenameAction || it.Action != diff.Drop && !it.Renames() {
			continue
		}
		eachPart(it.Before, func(o schema.Object) {
			for _, x := range dep.of(o.Key()) {
				c.requireKey(i, c.dropped, x.Key(), ReasonDependents)
				c.requireKey(i, c.altered, x.Key(), ReasonDependents)
			}
		})
	}
}

// requireRenames: what speaks of a new name needs the rename, and a rename takes along the changes of what would be left
// with a text that is not right.
func (c *chooser) requireRenames(renames []diff.Change, open []schema.Key) {
	if len(renames) == 0 {
		return
	}
	to := map[schema.Key][]int{}
	for i, it := range c.items {
		if it.Action == diff.RenameAction {
			to[it.After.Key()] = append(to[it.After.Key()], i)
		}
	}
	remade := map[schema.Key]bool{}
	for _, k := range open {
		remade[k] = true
	}
	for i, it := range c.items {
		if it.Action == diff.RenameAction {
			if table, ok := it.After.Key().TableOf(); ok {
				c.requireAll(i, to[table], false)
			}
			continue
		}
		both := it.Action == diff.Alter && remade[it.Key()]
		for _, o := range []schema.Object{it.Before, it.After} {
			if o == nil {
				continue
			}
			eachSpoken(o, it.Action == diff.Alter, func(k schema.Key) { c.requireAll(i, to[k], both) })
		}
	}
}

// eachSpoken visits the keys that an object speaks of, with those of their tables and its own; of an altered table without
// those of its parts, which are items themselves.
func eachSpoken(o schema.Object, own bool, visit func(schema.Key)) {
	note := func(k schema.Key) {
		visit(k)
		if table, ok := k.TableOf(); ok {
			visit(table)
		}
	}
	note(o.Key())
	o.EachDep(note)
	if own {
		return
	}
	for _, p := range o.Parts() {
		note(p.Key())
		p.EachDep(note)
	}
}

func (c *chooser) requireAll(from int, to []int, both bool) {
	for _, i := range to {
		if i == from {
			continue
		}
		c.requires[from] = append(c.requires[from], requirement{i, ReasonRename})
		if both {
			c.requires[i] = append(c.requires[i], requirement{from, ReasonRename})
		}
	}
}

// choose closes the ticked items over what they require. Without permission to destroy, destructive items and all that
// cannot run without one are left out.
func (c *chooser) choose(opt Options) (chosen map[string]bool, pulled []Pulled, left []LeftOut) {
	ticked := make([]bool, len(c.items))
	for i, it := range c.items {
		ticked[i] = opt.Ticked == nil || opt.Ticked(it)
	}
	barred := c.barred(opt)
	in := make([]bool, len(c.items))
	var queue []int
	for i := range c.items {
		switch {
		case !ticked[i]:
		case barred[i] >= 0:
			left = append(left, LeftOut{c.items[i].Key(), c.items[barred[i]].Key()})
		default:
			in[i] = true
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, r := range c.requires[i] {
			if in[r.to] {
				continue
			}
			in[r.to] = true
			queue = append(queue, r.to)
			pulled = append(pulled, Pulled{c.items[r.to].Key(), c.items[i].Key(), r.reason})
		}
	}
	chosen = map[string]bool{}
	for i, it := range c.items {
		if in[i] {
			chosen[it.ID()] = true
		}
	}
	return chosen, pulled, left
}

// barred says for each item which destructive one keeps it from running; -1 for none.
func (c *chooser) barred(opt Options) []int {
	barred := make([]int, len(c.items))
	var queue []int
	for i, it := range c.items {
		barred[i] = -1
		if opt.bars(it) {
			barred[i] = i
			queue = append(queue, i)
		}
	}
	neededBy := make([][]int, len(c.items))
	for i, rs := range c.requires {
		for _, r := range rs {
			neededBy[r.to] = append(neededBy[r.to], i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, from := range neededBy[i] {
			if barred[from] < 0 {
				barred[from] = barred[i]
				queue = append(queue, from)
			}
		}
	}
	return barred
}
