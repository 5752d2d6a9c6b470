package postgres

import (
	"slices"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// How tables leave and join their parents: partitions, table inheritance and tables of a composite type. Their rows
// stay where they are.

// replacedTable tells that the table of that key is dropped and created again.
func (r *rendering) replacedTable(k schema.Key) bool {
	before, after := r.w.Before.Table(k.Schema, k.Name), r.w.After.Table(k.Schema, k.Name)
	return before != nil && after != nil && r.tableReplaced(before, after)
}

// staysChild tells that a table of before has that parent before and after, so that it only steps aside while the parent
// is replaced.
func (r *rendering) staysChild(before *schema.Table, parent schema.Key) bool {
	after := r.w.After.Table(before.Schema, before.Name)
	return after != nil && !r.tableReplaced(before, after) &&
		slices.Contains(parents(before), parent) && slices.Contains(parents(after), parent)
}

// detaches tells that a table leaves a parent, or its type, in the course of the plan.
func (r *rendering) detaches(before, after *schema.Table) bool {
	return parentsDiffer(before, after) && (len(parents(before)) > 0 || before.Attrs.Get(attrOfType) != "") || r.parentReplaced(before) || r.typeRemade(before)
}

// attachesNow tells that the table joins a parent, or its type, in the course of the plan.
func (r *rendering) attachesNow(after *schema.Table) bool {
	before := r.w.Before.Table(after.Schema, after.Name)
	if before == nil || r.tableReplaced(before, after) {
		return !after.PartitionOf.IsZero() || r.joinsLate(after)
	}
	return parentsDiffer(before, after) && (len(parents(after)) > 0 || after.Attrs.Get(attrOfType) != "") || r.parentReplaced(after) || r.typeRemade(before)
}

// moves tells that the table leaves or joins a parent, so that its parts are its own meanwhile.
func (r *rendering) moves(after *schema.Table) bool {
	before := r.w.Before.Table(after.Schema, after.Name)
	return before != nil && (r.detaches(before, after) || r.attachesNow(after))
}

// typeRemade tells that the table's composite type is made anew.
func (r *rendering) typeRemade(t *schema.Table) bool {
	of := t.Attrs.Get(attrOfType)
	return of != "" && slices.ContainsFunc(t.DependsOn, func(k schema.Key) bool {
		return k.Kind == schema.KindComposite && fullName(k) == of && r.fateOf(k) == remade
	})
}

func parentsDiffer(before, after *schema.Table) bool {
	return before.PartitionOf != after.PartitionOf || before.Bound != after.Bound ||
		!slices.Equal(before.Inherits, after.Inherits) || before.Attrs.Get(attrOfType) != after.Attrs.Get(attrOfType)
}

func (r *rendering) parentReplaced(t *schema.Table) bool {
	return slices.ContainsFunc(parents(t), r.replacedTable)
}

// leaveParent takes a table from its parent.
func leaveParent(t *schema.Table, parent schema.Key) string {
	if t.PartitionOf == parent {
		return "ALTER TABLE " + fullName(parent) + " DETACH PARTITION " + fullName(t.Key())
	}
	return "ALTER TABLE " + fullName(t.Key()) + " NO INHERIT " + fullName(parent)
}

func joinParent(t *schema.Table, parent schema.Key) string {
	if t.PartitionOf == parent {
		return "ALTER TABLE ONLY " + fullName(parent) + " ATTACH PARTITION " + fullName(t.Key()) + " " + t.Bound
	}
	return "ALTER TABLE " + fullName(t.Key()) + " INHERIT " + fullName(parent)
}

// detached is the key under which other nodes wait for a table's leaving its parents.
func detached(table schema.Key) schema.Key {
	table.Owner, table.Name = table.Name, "(detached)"
	return table
}

// detach takes a table from the parents and the type that it no longer has. A parent that is itself replaced lets it go
// when it is dropped.
func (r *rendering) detach(before, after *schema.Table) plan.Node {
	k := before.Key()
	w := newWork(k, diff.Alter)
	keep := keptParents(before, after)
	for _, p := range parents(before) {
		if !slices.Contains(keep, p) && !(r.replacedTable(p) && slices.Contains(parents(after), p)) {
			w.run(leaveParent(before, p))
		}
	}
	if of := before.Attrs.Get(attrOfType); of != "" && (of != after.Attrs.Get(attrOfType) || r.typeRemade(before)) {
		w.run("ALTER TABLE " + fullName(k) + " NOT OF")
	}
	return w.alters(r.tableKey(before, after), detached(k))
}

// keptParents are the first of the new parents that the table has had all along, in their order: the others are left and
// joined again, because a joined parent is the last one.
func keptParents(before, after *schema.Table) []schema.Key {
	if before.PartitionOf != after.PartitionOf || before.Bound != after.Bound {
		return nil
	}
	was, is := parents(before), parents(after)
	n := 0
	for _, p := range was {
		if n < len(is) && is[n] == p {
			n++
		}
	}
	return is[:n]
}

// tableKey is the key under which a node that alters the table itself is listed: not the table's own while a parent is
// replaced, which the table cannot both wait for and keep waiting.
func (r *rendering) tableKey(before, after *schema.Table) schema.Key {
	k := after.Key()
	if before != nil && r.parentReplaced(before) || r.parentReplaced(after) || r.orphaned(before, after) {
		k.Owner, k.Name = k.Name, "(altered)"
	}
	return k
}

// orphaned tells that a table leaves parents that are all dropped for good: it need not wait for new ones to be there, which
// may want the old ones' names.
func (r *rendering) orphaned(before, after *schema.Table) bool {
	if before == nil || len(parents(before)) == 0 || !parentsDiffer(before, after) {
		return false
	}
	return !slices.ContainsFunc(parents(before), func(p schema.Key) bool { return r.w.After.Get(p) != nil })
}

// attach gives a table to its new parents and type, after all its parts and the parents' are there.
func (r *rendering) attach(before, after *schema.Table) plan.Node {
	k := after.Key()
	w := newWork(k, diff.Alter)
	var keep, needs []schema.Key
	if before != nil {
		keep = keptParents(before, after)
	}
	for _, p := range parents(after) {
		if !slices.Contains(keep, p) && !(before != nil && r.replacedTable(p) && slices.Contains(parents(before), p)) {
			w.run(joinParent(after, p), r.hazards.attach(after)...)
		}
		needs = append(needs, r.partKeys(p)...)
		needs = append(needs, r.makingRoom(p)...)
		if was, is := r.w.Before.Table(p.Schema, p.Name), r.w.After.Table(p.Schema, p.Name); is != nil {
			needs = append(needs, r.goneColumns(was, is)...)
		}
	}
	if of := after.Attrs.Get(attrOfType); before != nil && of != "" && (of != before.Attrs.Get(attrOfType) || r.typeRemade(before)) {
		w.run("ALTER TABLE " + fullName(k) + " OF " + of)
	}
	n := w.alters(r.tableKey(before, after))
	n.Needs = append(append(needs, r.partKeys(k)...), r.goneColumns(before, after)...)
	return n
}

// goneColumns are the keys of the columns that the table drops, or that its parents take from it: no parent takes a table
// with columns of its own kind.
func (r *rendering) goneColumns(before, after *schema.Table) (keys []schema.Key) {
	if before == nil {
		return nil
	}
	for _, c := range before.Columns {
		if after.Column(c.Name) == nil {
			keys = append(keys, side(c.Key()))
		}
	}
	for _, p := range parents(before) {
		if was, is := r.w.Before.Table(p.Schema, p.Name), r.w.After.Table(p.Schema, p.Name); was != nil && is != nil {
			keys = append(keys, r.goneColumns(was, is)...)
		}
	}
	return keys
}

// makingRoom are the keys of the partitions that leave the table or are dropped: their bounds may be wanted.
func (r *rendering) makingRoom(parent schema.Key) (keys []schema.Key) {
	for _, c := range r.before.children[parent] {
		after := r.w.After.Table(c.Schema, c.Name)
		if after == nil || r.tableReplaced(c, after) || r.detaches(c, after) {
			keys = append(keys, detached(c.Key()))
		}
	}
	return keys
}

func (r *rendering) partKeys(table schema.Key) (keys []schema.Key) {
	t := r.w.After.Table(table.Schema, table.Name)
	if t == nil {
		return nil
	}
	for _, p := range t.Parts() {
		keys = append(keys, p.Key())
	}
	return keys
}

// reattachChildren gives a replaced table its partitions and inheriting tables back.
func (r *rendering) reattachChildren(t *schema.Table) (out []plan.Node) {
	k := t.Key()
	if r.w.Before.Get(k) == nil {
		return nil
	}
	for _, c := range r.before.children[k] {
		if !r.staysChild(c, k) {
			continue
		}
		child := r.w.After.Table(c.Schema, c.Name)
		n := newWork(child.Key(), diff.Alter).run(joinParent(child, k), r.hazards.attach(child)...).alters(r.tableKey(c, child))
		n.Needs = append(append(r.partKeys(k), r.partKeys(child.Key())...), r.goneColumns(c, child)...)
		out = append(out, n)
	}
	return out
}

// afterDetaching makes a node of a table that leaves a parent wait for that; until then its parts belong to the parent's.
func (r *rendering) afterDetaching(n plan.Node, before *schema.Table) plan.Node {
	if before == nil {
		return n
	}
	if after := r.w.After.Table(before.Schema, before.Name); after != nil && r.detaches(before, after) {
		n.Needs = append(n.Needs, detached(before.Key()))
	}
	for _, c := range r.before.children[before.Key()] { // what this table does must not reach the ones that leave it
		if after := r.w.After.Table(c.Schema, c.Name); after != nil && r.detaches(c, after) {
			n.Needs = append(n.Needs, detached(c.Key()))
		}
	}
	return n
}
