package postgres

import "database-structure-sync/backend/schema"

// foreignKeyIDs is what must be known of a foreign key to tell its copies on partitions apart.
type foreignKeyIDs struct {
	table, refTable, parent uint32
	name                    string
}

var actions = map[byte]string{'r': "RESTRICT", 'c': "CASCADE", 'n': "SET NULL", 'd': "SET DEFAULT"}

// foreignKey reads a foreign key. Where a partitioned table is on either side, the server keeps copies for the
// partitions: those of referencing partitions are theirs by inheritance, those for referenced ones are its own affair.
func (r *reader) foreignKey(w constraintRow, rel *relation) {
	oid, parent, indexOID := w.oid(conOID), w.oid(conParent), w.oid(conIndex)
	ids := foreignKeyIDs{w.oid(conTable), w.oid(conRefTable), parent, w.text(conName)}
	r.fks[oid] = ids
	f := &schema.ForeignKey{
		Schema: rel.schema, Table: rel.name, Name: ids.name, Columns: rel.columnNames(w.nums(conColumns)),
		OnUpdate: actions[w.char(conOnUpdate)], OnDelete: actions[w.char(conOnDelete)],
		Period: w.is(conPeriod), Deferrable: w.is(conDeferrable), InitiallyDeferred: w.is(conDeferred),
		NotEnforced: !w.is(conEnforced), Inherited: parent != 0,
	}
	f.NotValid = !w.is(conValidated) && !f.NotEnforced
	if w.char(conMatch) == 'f' {
		f.Match = "FULL"
	}
	if !w.null(conSetColumns) {
		f.SetColumns = rel.columnNames(w.nums(conSetColumns))
	}
	if ref := r.relations[ids.refTable]; ref != nil {
		f.RefSchema, f.RefTable, f.RefColumns = ref.schema, ref.name, ref.columnNames(w.nums(conRefColumns))
	}
	f.Comment = r.comments[address{class: classConstraint, oid: oid}]
	r.note(classConstraint, oid, f)
	r.pending = append(r.pending, func() {
		if parent != 0 && !r.ofReferencingPartition(ids) {
			return
		}
		// The key that it references is not known before the indexes are.
		f.DependsOn = append(f.DependsOn, r.key(classIndex, indexOID))
		r.put(rel.schema, f)
	})
}

func (r *reader) ofReferencingPartition(ids foreignKeyIDs) bool {
	parent, ok := r.fks[ids.parent]
	return ok && parent.table != ids.table && parent.refTable == ids.refTable
}
