package postgres

import (
	"slices"
	"strconv"
	"strings"

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
	s := &schema.Scripted{Kind: schema.KindStatistics, Schema: in, Name: w.text(1), Definition: sortedStatistics(w.text(3))}
	if !w.null(4) {
		s.Attrs.Set(attrStatistics, strconv.Itoa(w.num(4)), schema.ClassStorage)
	}
	if rel := r.relations[w.oid(5)]; rel != nil {
		s.DependsOn = append(rel.columnKeys(w.nums(6)), rel.key)
	}
	r.track(classStatistics, oid, s)
	r.put(in, s)
	return nil
}

// sortedStatistics is the definition with its columns by name: the server lists them in the table's order, which need
// not be the same in two databases and means nothing here.
func sortedStatistics(definition string) string {
	from, to := wordsOutside(definition, " ON "), wordsOutside(definition, " FROM ")
	if len(from) == 0 || len(to) == 0 {
		return definition
	}
	start, end := from[0]+len(" ON "), to[len(to)-1]
	if start > end {
		return definition
	}
	columns := splitOutside(definition[start:end], ',')
	for i := range columns {
		columns[i] = strings.TrimSpace(columns[i])
	}
	slices.Sort(columns)
	return definition[:start] + strings.Join(columns, ", ") + definition[end:]
}
