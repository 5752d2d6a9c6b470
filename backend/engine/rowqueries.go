package engine

import (
	"slices"
	"strconv"
	"strings"

	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// RowQueries writes those queries of an [OffendingCounter] that read alike in every dialect, around a dialect's own words.
// Every query has one row with one number; "" is one that cannot be asked, because something comes with the same plan.
type RowQueries struct {
	Quote func(name string) string
	// Table is a table's full name.
	Table func(t *schema.Table) string
	// Column finds a column by the dialect's rule of which names are equal; nil when there is none.
	Column func(t *schema.Table, name string) *schema.Column
	// EnforcesMatch tells that MATCH FULL means something to the server.
	EnforcesMatch bool
	// KeysTakeNull tells that a primary key does not keep NULL out of its columns.
	KeysTakeNull bool
}

// All counts a table's rows.
func (q RowQueries) All(t *schema.Table) string { return "SELECT COUNT(*) FROM " + q.Table(t) }

// Where counts the rows that meet a condition.
func (q RowQueries) Where(t *schema.Table, condition string) string {
	return q.All(t) + " WHERE " + condition
}

// Sum adds counts up.
func (q RowQueries) Sum(counts []string) string {
	if len(counts) == 0 {
		return "SELECT 0"
	}
	return "SELECT (" + strings.Join(counts, ") + (") + ")"
}

// Knows tells that all columns among the keys are there already.
func (q RowQueries) Knows(t *schema.Table, keys []schema.Key) bool {
	return !slices.ContainsFunc(keys, func(k schema.Key) bool { return k.Kind == schema.KindColumn && q.Column(t, k.Name) == nil })
}

// Unique says what a unique key, index or primary key asks of the rows.
type Unique struct {
	Parts      []schema.IndexPart
	Predicate  string // of a partial index
	NullsEqual bool   // NULLS NOT DISTINCT
	NeedsAll   bool   // NULL is not allowed in any of the parts either
}

// Duplicates counts the rows whose keys other rows have too, and those without a key that need one.
func (q RowQueries) Duplicates(t *schema.Table, u Unique) string {
	keys := q.keys(t, u.Parts)
	if len(keys) == 0 {
		return ""
	}
	var conditions []string
	if !u.NullsEqual {
		conditions = append(conditions, strings.Join(keys, " IS NOT NULL AND ")+" IS NOT NULL")
	}
	if u.Predicate != "" {
		conditions = append(conditions, "("+u.Predicate+")")
	}
	text := "SELECT COALESCE(SUM(n), 0) FROM (SELECT COUNT(*) AS n FROM " + q.Table(t)
	if len(conditions) > 0 {
		text += " WHERE " + strings.Join(conditions, " AND ")
	}
	text += " GROUP BY " + strings.Join(keys, ", ") + " HAVING COUNT(*) > 1"
	if u.NeedsAll {
		text += " UNION ALL " + q.Where(t, strings.Join(keys, " IS NULL OR ")+" IS NULL")
	}
	return text + ") AS repeated"
}

// keys are the texts of a key's parts; none when a column of them is not there.
func (q RowQueries) keys(t *schema.Table, parts []schema.IndexPart) (keys []string) {
	for _, p := range parts {
		key := "(" + p.Expr + ")"
		if p.Column != "" {
			if q.Column(t, p.Column) == nil {
				return nil
			}
			key = q.Quote(p.Column)
		}
		if p.Length > 0 {
			key = "LEFT(" + key + ", " + strconv.Itoa(p.Length) + ")"
		}
		if p.Collation != "" {
			key += " COLLATE " + p.Collation
		}
		keys = append(keys, key)
	}
	return keys
}

// EqualInCollation counts the rows that unique keys over a column would take for the same in its new collation.
func (q RowQueries) EqualInCollation(t *schema.Table, after *schema.Column) string {
	column := q.Column(t, after.Name)
	if column == nil {
		return ""
	}
	var counts []string
	add := func(parts []schema.IndexPart, predicate string) {
		parts = slices.Clone(parts)
		found := false
		for i, p := range parts {
			if p.Column != "" && p.Collation == "" && q.Column(t, p.Column) == column {
				parts[i].Collation, found = after.Collation, true
			}
		}
		if found {
			counts = append(counts, q.Duplicates(t, Unique{Parts: parts, Predicate: predicate}))
		}
	}
	for _, c := range t.Constraints {
		add(c.Columns, "")
	}
	for _, i := range t.Indexes {
		if i.Unique {
			add(i.Columns, i.Predicate)
		}
	}
	return q.Sum(counts)
}

// Orphans counts the rows that refer to none.
func (q RowQueries) Orphans(target *schema.Database, f *schema.ForeignKey) string {
	t, ref := target.Table(f.Schema, f.Table), target.Table(f.RefSchema, f.RefTable)
	if t == nil || ref == nil || f.Period {
		return ""
	}
	referred := f.RefColumns
	if pk := ref.PrimaryKey(); len(referred) == 0 && pk != nil { // it refers to the primary key without naming it
		for _, p := range pk.Columns {
			referred = append(referred, p.Column)
		}
	}
	if len(f.Columns) != len(referred) {
		return ""
	}
	var columns, equal []string
	for i, c := range f.Columns {
		if q.Column(t, c) == nil || q.Column(ref, referred[i]) == nil {
			return ""
		}
		column := "child." + q.Quote(c)
		columns, equal = append(columns, column), append(equal, "parent."+q.Quote(referred[i])+" = "+column)
	}
	text := q.All(t) + " AS child WHERE " + strings.Join(columns, " IS NOT NULL AND ") + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " +
		q.Table(ref) + " AS parent WHERE " + strings.Join(equal, " AND ") + ")"
	if q.EnforcesMatch && f.Match == "FULL" && len(columns) > 1 {
		text += " OR (" + strings.Join(columns, " IS NOT NULL OR ") + " IS NOT NULL) AND (" + strings.Join(columns, " IS NULL OR ") + " IS NULL)"
	}
	return text
}

// Query is the query for a constraint, an index or a foreign key that comes or changes.
func (q RowQueries) Query(target *schema.Database, after schema.Object, reason hazard.Reason) string {
	k := after.Key()
	t := target.Table(k.Schema, k.Owner)
	if t == nil {
		return ""
	}
	switch x := after.(type) {
	case *schema.Constraint:
		switch {
		case reason == hazard.CheckFails && q.Knows(t, x.DependsOn):
			return q.Where(t, "NOT ("+x.Expr+")")
		case reason == hazard.Duplicates:
			return q.Duplicates(t, Unique{Parts: x.Columns, NullsEqual: x.NullsNotDistinct, NeedsAll: x.Kind == schema.KindPrimaryKey && !q.KeysTakeNull})
		}
	case *schema.Index:
		if reason == hazard.Duplicates && q.Knows(t, x.DependsOn) {
			return q.Duplicates(t, Unique{Parts: x.Columns, Predicate: x.Predicate, NullsEqual: x.NullsNotDistinct})
		}
	case *schema.ForeignKey:
		if reason == hazard.MissingRows {
			return q.Orphans(target, x)
		}
	}
	return ""
}
