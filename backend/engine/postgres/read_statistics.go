package postgres

import (
	"strconv"

	"database-structure-sync/backend/schema"
)

func statisticsQueries(v version) []query {
	target := v.since(13, "CASE WHEN stxstattarget >= 0 THEN stxstattarget END", "NULL")
	return []query{{"statistics", `
SELECT oid, stxname, stxnamespace, pg_get_statisticsobjdef(oid), ` + target + `, stxrelid, stxkeys
  FROM pg_statistic_ext WHERE oid >= 16384`, (*reader).extendedStatistics}}
}

func (r *reader) extendedStatistics(w row) error {
	oid := w.oid(0)
	in, ok := r.own(classStatistics, oid, w.oid(2))
	if !ok {
		return nil
	}
	s := &schema.Scripted{Kind: schema.KindStatistics, Schema: in, Name: w.text(1), Definition: w.text(3)}
	if !w.null(4) {
		s.Attrs.Set(attrStatistics, strconv.Itoa(w.num(4)), schema.ClassStorage)
	}
	if rel := r.relations[w.oid(5)]; rel != nil {
		s.DependsOn = append(rel.columnKeys(w.nums(6)), rel.key)
	}
	r.track(classStatistics, oid, s.Key(), &s.Base)
	r.put(in, s)
	return nil
}
