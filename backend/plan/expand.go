package plan

import (
	"sort"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// expansion turns changes into operations: which objects are replaced instead of altered, and which unchanged ones have
// to step aside meanwhile.
type expansion struct {
	d     Dialect
	world World
	ops   map[schema.Key]*Op // top-level, by key
	// dependents are those of the target.
	dependents *dependents
	queue      []effect
	spread     map[[2]schema.Key]bool // operation and object that it changes along, seen already
}

// effect is an operation whose dependents are still to be looked at, through the keys it touches.
type effect struct {
	op *Op
	on []schema.Key
}

// expand lists the operations that changes amount to, sorted by key.
func expand(d Dialect, world World, dep *dependents, changes []diff.Change) []Op {
	e := &expansion{d: d, world: world, dependents: dep, ops: make(map[schema.Key]*Op, len(changes))}
	for _, c := range changes {
		e.add(c)
	}
	for _, c := range changes {
		e.alterOwner(c)
	}
	for len(e.queue) > 0 {
		x := e.queue[0]
		e.queue = e.queue[1:]
		for _, on := range x.on {
			e.moveDependents(x.op, on)
		}
	}
	out := make([]Op, 0, len(e.ops))
	for _, op := range e.ops {
		sortPartOps(op)
		out = append(out, *op)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Key().Less(out[j].Key()) })
	return out
}

// add makes the operation of one chosen change. What it leads to is read from the expected structure, so that of an
// altered table only the chosen parts are new.
func (e *expansion) add(c diff.Change) {
	op := &Op{Action: c.Action, Before: c.Before, Fields: c.Fields}
	if c.After != nil {
		op.After = e.world.After.Get(c.After.Key())
	}
	if c.Action == diff.Alter && e.d.Replace(c) {
		op.Action, op.Fields = diff.Replace, nil
	}
	e.ops[c.Key()] = op
	switch op.Action {
	case diff.Create:
		return
	case diff.Alter:
		e.touch(op, op.Key())
		for _, p := range c.Parts {
			part := Op{Action: p.Action, Before: p.Before, After: p.After, Fields: p.Fields}
			if p.Action == diff.Alter && e.d.Replace(p) {
				part.Action = diff.Replace
			}
			op.Parts = append(op.Parts, part)
			if p.Action != diff.Create {
				e.touch(&part, p.Before.Key())
			}
		}
	default:
		e.touch(op, allKeys(op.Before)...)
	}
}

func (e *expansion) touch(op *Op, on ...schema.Key) { e.queue = append(e.queue, effect{op, on}) }

func allKeys(o schema.Object) []schema.Key {
	var keys []schema.Key
	eachPart(o, func(p schema.Object) { keys = append(keys, p.Key()) })
	return keys
}

// moveDependents makes the objects that depend on the key step aside where the dialect says that they must.
func (e *expansion) moveDependents(op *Op, on schema.Key) {
	for _, x := range e.dependents.of(on) {
		k := x.Key()
		after := e.world.After.Find(k)
		if after == nil || k == op.Key() {
			continue
		}
		if !e.d.StepsAside(x, on, *op) {
			e.changeAlong(x, on, op)
			continue
		}
		if k.Kind.IsPart() {
			e.replacePart(x, after, on)
		} else {
			e.replace(x, after, on)
		}
	}
}

// changeAlong asks about the dependents of an object that stays but changes along with the operation.
func (e *expansion) changeAlong(x schema.Object, on schema.Key, op *Op) {
	s, ok := e.d.(Spreader)
	seen := [2]schema.Key{op.Key(), x.Key()}
	if !ok || e.spread[seen] || !s.Spreads(x, on, *op) {
		return
	}
	if e.spread == nil {
		e.spread = map[[2]schema.Key]bool{}
	}
	e.spread[seen] = true
	e.touch(op, x.Key())
}

func (e *expansion) replace(before, after schema.Object, because schema.Key) {
	k := before.Key()
	op := e.ops[k]
	if op == nil {
		op = &Op{Action: diff.Alter, Before: before, After: after, Reason: reason(because)}
		e.ops[k] = op
	}
	if op.Action != diff.Alter {
		return
	}
	op.Action, op.Fields, op.Parts = diff.Replace, nil, nil
	e.touch(op, allKeys(before)...)
}

func (e *expansion) replacePart(before, after schema.Object, because schema.Key) {
	k := before.Key()
	table, _ := k.TableOf()
	op := e.ops[table]
	if op == nil {
		op = &Op{Action: diff.Alter, Before: e.world.Before.Get(table), After: e.world.After.Get(table), Reason: reason(because)}
		e.ops[table] = op
	}
	if op.Action != diff.Alter {
		return
	}
	for i := range op.Parts {
		p := &op.Parts[i]
		if p.Key() != k {
			continue
		}
		if p.Action == diff.Alter {
			p.Action, p.Fields = diff.Replace, nil
			moved := *p
			e.touch(&moved, k)
		}
		return
	}
	part := Op{Action: diff.Replace, Before: before, After: after, Reason: reason(because)}
	op.Parts = append(op.Parts, part)
	e.touch(&part, k)
}

func reason(because schema.Key) string { return ReasonStepsAside + " " + because.String() }

// sortPartOps brings the operations on parts into a fixed order: as the resulting table lists the parts, dropped ones
// first.
func sortPartOps(op *Op) {
	if len(op.Parts) < 2 {
		return
	}
	rank := map[schema.Key]int{}
	for i, p := range op.After.Parts() {
		rank[p.Key()] = i + 1
	}
	sort.SliceStable(op.Parts, func(i, j int) bool {
		a, b := op.Parts[i].Key(), op.Parts[j].Key()
		if rank[a] != rank[b] {
			return rank[a] < rank[b]
		}
		return a.Less(b)
	})
}
