package postgres

import (
	"slices"

	"database-structure-sync/backend/schema"
)

// The index of a partitioned table holds the indexes of its partitions attached to it: none of them can be dropped while
// the other stays. A partition loses its index only with the whole tree, which is then built again without that one.

// rootIndex is the topmost index above an attached one.
func rootIndex(db *schema.Database, i *schema.Index) *schema.Index {
	for range 64 { // partitions of partitions; the bound only guards against nonsense
		parent, ok := db.Find(i.Parent).(*schema.Index)
		if !ok {
			break
		}
		i = parent
	}
	return i
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

// attachedBelow are the indexes attached to one, directly and further down, each behind its parent.
func (f *facts) attachedBelow(k schema.Key) (below []*schema.Index) {
	for _, i := range f.attached[k] {
		below = append(append(below, i), f.attachedBelow(i.Key())...)
	}
	return below
}

// rebuildTree drops the tree that an attached index is part of and builds it again from what stays, once for all the
// attached indexes that go. It does nothing when the topmost index goes or changes itself.
func (r *rendering) rebuildTree(w *work, i *schema.Index) {
	root := rootIndex(r.w.Before, i)
	if root == i || !r.staysIndex(root) {
		return
	}
	below := r.before.attachedBelow(root.Key())
	for _, b := range below {
		if r.w.After.Find(b.Key()) == nil {
			if b != i {
				return // that one does it for all
			}
			break
		}
	}
	w.run("DROP INDEX " + fullName(root.Key()))
	r.recreateIndex(w, root)
	for _, b := range below {
		if r.staysIndex(b) {
			r.recreateIndex(w, b)
		}
	}
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
// along come first.
func (r *rendering) indexesBefore(t *schema.Table, i *schema.Index) (keys []schema.Key) {
	if i.Parent.IsZero() || !r.attachesNow(t) || r.oldIndex(i.Parent) {
		return nil
	}
	for _, other := range t.Indexes {
		if !other.Parent.IsZero() && r.oldIndex(other.Parent) {
			keys = append(keys, other.Key())
		}
	}
	return keys
}

func (r *rendering) oldIndex(k schema.Key) bool {
	before, ok := r.w.Before.Find(k).(*schema.Index)
	return ok && r.staysIndex(before)
}
