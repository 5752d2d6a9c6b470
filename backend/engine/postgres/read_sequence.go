package postgres

import "database-structure-sync/backend/schema"

func sequenceQueries() []query {
	return []query{{"sequences", `
SELECT s.seqrelid, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
       d.refobjid, d.refobjsubid, d.deptype
  FROM pg_sequence s
  LEFT JOIN pg_depend d ON d.classid = 1259 AND d.objid = s.seqrelid AND d.objsubid = 0 AND d.refclassid = 1259 AND d.deptype IN ('a', 'i')
 WHERE s.seqrelid >= 16384`, (*reader).sequenceRow}}
}

// sequenceRow reads a sequence. One behind an identity column is part of the column.
func (r *reader) sequenceRow(w row) error {
	rel := r.relations[w.oid(0)]
	if rel == nil || rel.sequence == nil {
		return nil
	}
	s := rel.sequence
	s.Options = schema.SequenceOptions{
		Type: w.name(1), Start: w.name(2), Increment: w.name(3), Min: w.name(4), Max: w.name(5), Cache: w.name(6), Cycle: w.is(7),
	}
	owner, attnum := r.relations[w.oid(8)], w.num(9)
	if owner == nil || owner.column(attnum) == "" {
		r.put(rel.schema, s)
		return nil
	}
	column := owner.columns[attnum-1].column
	if w.char(10) == 'i' && column != nil && column.Identity != nil {
		column.Identity.Sequence, column.Identity.Options = rel.name, s.Options
		rel.key, rel.identity = column.Key(), column
		return nil
	}
	s.OwnedBy = owner.columnKeys([]int{attnum})[0]
	r.put(rel.schema, s)
	return nil
}
