//go:build cgo

package sqlite

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// CountOffending implements engine.OffendingCounter.
func (c *conn) CountOffending(ctx context.Context, target *schema.Database, ch diff.Change, h hazard.Hazard) (n int64, counted bool, err error) {
	q := offendingQuery(target, ch, h)
	if q == "" {
		return 0, false, nil
	}
	err = c.query(ctx, q, func(row []driver.Value) error {
		n = int64(number(row[0]))
		return nil
	})
	return n, err == nil, c.fault(ctx, err, "counting the rows that stand against a change")
}

// offendingQuery counts the rows that stand against a change, "" where no query can tell.
func offendingQuery(target *schema.Database, c diff.Change, h hazard.Hazard) string {
	if h.Code != hazard.MayFail {
		return ""
	}
	reason, _ := h.Reason()
	table := target.Table("", c.Key().Owner)
	if table == nil {
		return ""
	}
	switch x := c.After.(type) {
	case *schema.Column:
		return offendingColumn(table, x, reason)
	case *schema.Constraint:
		if reason == hazard.CheckFails && knowsColumns(table, x.DependsOn) {
			return countFrom(table, "NOT ("+x.Expr+")")
		}
		if reason == hazard.Duplicates {
			return duplicates(table, x.Columns, "")
		}
	case *schema.Index:
		if reason == hazard.Duplicates {
			return duplicates(table, x.Columns, x.Predicate)
		}
	case *schema.ForeignKey:
		if reason == hazard.MissingRows {
			return orphans(target, table, x)
		}
	}
	return ""
}

func countFrom(t *schema.Table, where string) string {
	return "SELECT count(*) FROM main." + quoteIdent(t.Name) + " WHERE " + where
}

// columnNamed is the table's column of that name, compared as SQLite does.
func columnNamed(t *schema.Table, name string) *schema.Column {
	i := slices.IndexFunc(t.Columns, func(c *schema.Column) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return nil
	}
	return t.Columns[i]
}

// knowsColumns tells that all columns among the keys are there already.
func knowsColumns(t *schema.Table, keys []schema.Key) bool {
	return !slices.ContainsFunc(keys, func(k schema.Key) bool { return k.Kind == schema.KindColumn && columnNamed(t, k.Name) == nil })
}

func offendingColumn(t *schema.Table, after *schema.Column, reason hazard.Reason) string {
	switch {
	case reason == hazard.NoDefault:
		return "SELECT count(*) FROM main." + quoteIdent(t.Name)
	case columnNamed(t, after.Name) == nil:
	case reason == hazard.NullValues:
		return countFrom(t, quoteIdent(after.Name)+" IS NULL")
	case reason == hazard.CollationEquals:
		return equalInCollation(t, after)
	}
	return ""
}

// equalInCollation counts the rows that unique keys over the column would take for the same in its new collation.
func equalInCollation(t *schema.Table, after *schema.Column) string {
	var counts []string
	add := func(parts []schema.IndexPart, predicate string) {
		collated := slices.Clone(parts)
		found := false
		for i, p := range collated {
			if strings.EqualFold(p.Column, after.Name) && p.Collation == "" {
				collated[i].Collation, found = after.Collation, true
			}
		}
		if found {
			counts = append(counts, "("+duplicates(t, collated, predicate)+")")
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
	if len(counts) == 0 {
		return "SELECT 0"
	}
	return "SELECT " + strings.Join(counts, " + ")
}

// duplicates counts the rows whose keys other rows have too.
func duplicates(t *schema.Table, parts []schema.IndexPart, predicate string) string {
	var keys, known []string
	for _, p := range parts {
		key := "(" + p.Expr + ")"
		if p.Column != "" {
			if columnNamed(t, p.Column) == nil {
				return "" // it comes with the same plan
			}
			key = quoteIdent(p.Column)
		}
		if p.Collation != "" {
			key += " COLLATE " + p.Collation
		}
		keys, known = append(keys, key), append(known, key+" IS NOT NULL")
	}
	if len(keys) == 0 {
		return ""
	}
	where := strings.Join(known, " AND ")
	if predicate != "" {
		where += " AND (" + predicate + ")"
	}
	return "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM main." + quoteIdent(t.Name) + " WHERE " + where +
		" GROUP BY " + strings.Join(keys, ", ") + " HAVING count(*) > 1)"
}

// orphans counts the rows that refer to none.
func orphans(target *schema.Database, t *schema.Table, f *schema.ForeignKey) string {
	ref := target.Table("", f.RefTable)
	if ref == nil {
		return ""
	}
	columns := f.RefColumns
	if len(columns) == 0 && ref.PrimaryKey() != nil { // it refers to the primary key without naming it
		for _, p := range ref.PrimaryKey().Columns {
			columns = append(columns, p.Column)
		}
	}
	if len(f.Columns) != len(columns) {
		return ""
	}
	var known, equal []string
	for i, c := range f.Columns {
		if columnNamed(t, c) == nil || columnNamed(ref, columns[i]) == nil {
			return ""
		}
		col := "child." + quoteIdent(c)
		known, equal = append(known, col+" IS NOT NULL"), append(equal, "parent."+quoteIdent(columns[i])+" = "+col)
	}
	return "SELECT count(*) FROM main." + quoteIdent(t.Name) + " AS child WHERE " + strings.Join(known, " AND ") + " AND NOT EXISTS (SELECT 1 FROM main." +
		quoteIdent(ref.Name) + " AS parent WHERE " + strings.Join(equal, " AND ") + ")"
}
