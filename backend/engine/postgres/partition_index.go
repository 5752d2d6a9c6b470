package postgres

import (
	"slices"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// The index of a partitioned table holds the indexes of its partitions attached to it: none of them can be dropped while
// the other stays. A partition loses its index only with the whole tree, which is then built again without that one.

// rootIndex is the topmost index above an attached one, once the partitions that leave their parents have left.
func (r *rendering) rootIndex(i *schema.Index) *schema.Index {
	for range 64 { // partitions of partitions; the bound only guards against nonsense
		parent, ok := r.w.Before.Find(i.Parent).(*schema.Index)
		if !ok || r.leaves(i) {
			break
		}
		i = parent
	}
	return i
}

// leaves tells that the index's table leaves its parent, and the index the parent's.
func (r *rendering) leaves(i *schema.Index) bool {
	before, after := r.w.Before.Table(i.Schema, i.Table), r.w.After.Table(i.Schema, i.Table)
	return before != nil && after != nil && r.detaches(before, after)
}

// letGo are the keys to wait for before an attached index, or the constraint that it stands for, can be dropped although
// the parent's has not been.
func (r *rendering) letGo(k schema.Key, parent schema.Key) []schema.Key {
	before, after := r.w.Before.Table(k.Schema, k.Owner), r.w.After.Table(k.Schema, k.Owner)
	if parent.IsZero() || before == nil || after == nil || !r.detaches(before, after) {
		return nil
	}
	return []schema.Key{detached(before.Key())}
}

// staysIndex tells that an index is the same before and after, as far as an index can be told apart.
func (r *rendering) staysIndex(before *schema.Index) bool {
	after, ok := r.w.After.Find(before.Key()).(*schema.Index)
	return ok && slices.Equal(structure(before), structure(after))
}

// structure are an object's properties that no user may ignore.
func structure(o schema.Object) (props []schema.Prop) {
	for _, p := range o.Props() {
		if p.Class == schema.ClassStructure {
			props = append(props, p)
		}
	}
	return props
}

// attachedBelow are the indexes that go when one goes: those attached to it, directly and further down, each behind its
// parent. Those of partitions that leave do not go if the leaving, whose keys come second, is waited for.
func (r *rendering) attachedBelow(k schema.Key) (below []*schema.Index, leaving []schema.Key) {
	for _, i := range r.before.attached[k] {
		if r.leaves(i) {
			leaving = append(leaving, detached(schema.Key{Kind: schema.KindTable, Schema: i.Schema, Name: i.Table}))
			continue
		}
		more, left := r.attachedBelow(i.Key())
		below, leaving = append(append(below, i), more...), append(leaving, left...)
	}
	return below, leaving
}

// dropsBelow are the keys of the indexes that vanish with one, except those of tables that are dropped themselves.
func (r *rendering) dropsBelow(k schema.Key) (keys []schema.Key) {
	below, _ := r.attachedBelow(k)
	for _, i := range below {
		if r.staysTable(i) {
			keys = append(keys, i.Key())
		}
	}
	return keys
}

func (r *rendering) staysTable(i *schema.Index) bool {
	before, after := r.w.Before.Table(i.Schema, i.Table), r.w.After.Table(i.Schema, i.Table)
	return before != nil && after != nil && !r.tableReplaced(before, after)
}

// rebuilt tells that an index can only become what it is afterwards together with the tree that it is part of: it goes or
// changes while its parent's stays, or it is a partitioned table's, whose storage cannot be altered.
func (r *rendering) rebuilt(i *schema.Index) bool {
	if !r.staysTable(i) {
		return false
	}
	is, ok := r.w.After.Find(i.Key()).(*schema.Index)
	return !ok || !r.staysIndex(i) || r.w.After.Table(i.Schema, i.Table).PartitionBy != "" && storageDiffers(i, is)
}

func storageDiffers(before, after *schema.Index) bool {
	return before.Attrs.Get(attrStorageParams) != after.Attrs.Get(attrStorageParams) ||
		before.Attrs.Get(attrTablespace) != after.Attrs.Get(attrTablespace)
}

// rebuildTree drops the tree that an index is part of and builds it again from what stays, once for all its indexes that
// go or change. The node is empty when the topmost index goes or changes itself and takes them all along.
func (r *rendering) rebuildTree(i *schema.Index) plan.Node {
	root := r.rootIndex(i)
	if !r.staysIndex(root) || !r.rebuilt(i) {
		return plan.Node{}
	}
	below, leaving := r.attachedBelow(root.Key())
	all := append([]*schema.Index{root}, below...)
	if all[slices.IndexFunc(all, r.rebuilt)] != i {
		return plan.Node{} // that one does it for all
	}
	w := newWork(i.Key(), diff.Alter)
	n := plan.Node{Needs: leaving}
	w.run("DROP INDEX " + fullName(root.Key()))
	for _, b := range all {
		switch {
		case r.staysIndex(b):
			r.recreateIndex(w, b)
			n.Alters = append(n.Alters, b.Key())
		case r.rebuilt(b):
			n.Drops = append(n.Drops, b.Key())
		}
	}
	n.Statements = w.statements
	return n
}

// recreateIndex makes an index that stays again.
func (r *rendering) recreateIndex(w *work, before *schema.Index) {
	k := before.Key()
	after := r.w.After.Find(k).(*schema.Index)
	n := r.createIndex(r.w.After.Table(k.Schema, k.Owner), after)
	w.statements = append(w.statements, n.Statements...)
}

// indexesBefore are the indexes of a table about to be attached that must be created before this one. The server ties
// equal indexes to the parent's in the order in which either were created: those for indexes that the parent has had all
// along come first, then those for new ones, which are created in the order of their names.
func (r *rendering) indexesBefore(t *schema.Table, i *schema.Index) (keys []schema.Key) {
	if t.PartitionBy != "" { // one that is built again by then would count as the newer one
		for _, other := range t.Indexes {
			if r.oldIndex(other.Key()) {
				keys = append(keys, other.Key())
			}
		}
	}
	if i.Parent.IsZero() || !r.attachesNow(t) || r.oldIndex(i.Parent) {
		return keys
	}
	for _, other := range t.Indexes {
		if !other.Parent.IsZero() && (r.oldIndex(other.Parent) || r.ranked(other.Parent).Less(r.ranked(i.Parent))) {
			keys = append(keys, other.Key())
		}
	}
	return keys
}

// ranked is the index whose name decides when a new one is created: its own, or, where its table is about to be attached
// too, that of the one that it will be attached to.
func (r *rendering) ranked(k schema.Key) schema.Key {
	for range 64 { // partitions of partitions; the bound only guards against nonsense
		i, ok := r.w.After.Find(k).(*schema.Index)
		if !ok || i.Parent.IsZero() || r.oldIndex(i.Parent) || !r.attachesNow(r.w.After.Table(i.Schema, i.Table)) {
			break
		}
		k = i.Parent
	}
	return k
}

func (r *rendering) oldIndex(k schema.Key) bool {
	before, ok := r.w.Before.Find(k).(*schema.Index)
	return ok && r.staysIndex(before)
}
