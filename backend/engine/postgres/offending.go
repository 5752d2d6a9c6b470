package postgres

import (
	"context"
	"strconv"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// CountOffending implements engine.OffendingCounter.
func (c *conn) CountOffending(ctx context.Context, target *schema.Database, ch diff.Change, h hazard.Hazard) (int64, bool, error) {
	q := offendingQuery(c.version, target, ch, h)
	if q == "" {
		return 0, false, nil
	}
	const doing = "counting the rows that stand against a change"
	if err := c.control(ctx, "BEGIN READ ONLY", doing); err != nil { // a condition may call functions
		return 0, false, err
	}
	c.count(1)
	results, err := c.pg.Exec(ctx, q).ReadAll()
	if err != nil {
		err = c.fault(ctx, err, doing)
		if ctx.Err() == nil {
			_ = c.Rollback(ctx) // the first error says more
		}
		return 0, false, err
	}
	if err := c.Rollback(ctx); err != nil {
		return 0, false, err
	}
	n, err := strconv.ParseInt(string(results[0].Rows[0][0]), 10, 64)
	return n, err == nil, err
}

// offendingQuery counts the rows that stand against a change, "" where no query can tell.
func offendingQuery(v version, target *schema.Database, c diff.Change, h hazard.Hazard) string {
	if h.Code != hazard.MayFail {
		return ""
	}
	reason, _ := h.Reason()
	k := c.Key()
	table := target.Table(k.Schema, k.Owner)
	switch x := c.After.(type) {
	case *schema.Column:
		if table == nil {
			return ""
		}
		return offendingColumn(v, table, c, x, reason)
	case *schema.Constraint:
		return offendingConstraint(table, x, reason)
	case *schema.Index:
		if reason == hazard.Duplicates && table != nil && knowsColumns(table, x) {
			return duplicates(table, indexedTexts(x), x.Predicate, x.NullsNotDistinct, false)
		}
	case *schema.ForeignKey:
		if reason == hazard.MissingRows {
			return orphans(target, x)
		}
	case *schema.Enum:
		if before, ok := c.Before.(*schema.Enum); ok && reason == hazard.RemovedLabels {
			return removedLabels(target, before, x)
		}
	case *schema.Domain:
		if reason == hazard.NullValues {
			return ofType(target, k, func(column string, array bool) string {
				if array {
					return "array_position(" + column + ", NULL) IS NOT NULL"
				}
				return column + " IS NULL"
			})
		}
	}
	return ""
}

func countFrom(table, where string) string {
	return "SELECT count(*) FROM " + table + " WHERE " + where
}

// offendingColumn counts for a column of a table that is there.
func offendingColumn(v version, t *schema.Table, c diff.Change, after *schema.Column, reason hazard.Reason) string {
	table, col := fullName(t.Key()), quoteIdent(after.Name)
	if reason == hazard.NoDefault {
		return "SELECT count(*) FROM " + table
	}
	before := t.Column(after.Name)
	if before == nil {
		return ""
	}
	switch reason {
	case hazard.NullValues:
		return countFrom(table, col+" IS NULL")
	case hazard.OutOfRange, hazard.CastFails:
		bounds, integer := sequenceBounds[after.Type.Text]
		base, length := splitModifiers(after.Type.Text)
		switch _, wasInteger := sequenceBounds[before.Type.Text]; {
		case integer && wasInteger:
			return countFrom(table, col+" NOT BETWEEN "+bounds[0]+" AND "+bounds[1])
		case reason == hazard.OutOfRange && (base == "character varying" || base == "character") && length != "":
			return countFrom(table, "length(rtrim("+col+"::text)) > "+length)
		case v.atLeast(16):
			return countFrom(table, col+" IS NOT NULL AND NOT pg_catalog.pg_input_is_valid("+col+"::text, "+quoteLiteral(after.Type.Text)+")")
		}
	}
	return ""
}

func offendingConstraint(t *schema.Table, c *schema.Constraint, reason hazard.Reason) string {
	if t == nil {
		return ""
	}
	switch reason {
	case hazard.CheckFails:
		for _, k := range c.DependsOn {
			if k.Kind == schema.KindColumn && t.Column(k.Name) == nil {
				return "" // it comes with the same plan
			}
		}
		return countFrom(fullName(t.Key()), "NOT ("+spelled(&c.Base, spellDefinition, c.Expr)+")")
	case hazard.Duplicates:
		var keys []string
		for _, p := range c.Columns {
			if t.Column(p.Column) == nil {
				return ""
			}
			keys = append(keys, quoteIdent(p.Column))
		}
		return duplicates(t, keys, "", c.NullsNotDistinct, c.Kind == schema.KindPrimaryKey)
	}
	return ""
}

// knowsColumns tells that all columns of an index are there already, and do not come with the same plan.
func knowsColumns(t *schema.Table, x *schema.Index) bool {
	for _, p := range x.Columns {
		if p.Column != "" && t.Column(p.Column) == nil {
			return false
		}
	}
	for _, k := range x.DependsOn {
		if k.Kind == schema.KindColumn && t.Column(k.Name) == nil {
			return false
		}
	}
	return true
}

func indexedTexts(i *schema.Index) (keys []string) {
	for _, p := range i.Columns {
		if p.Column != "" {
			keys = append(keys, quoteIdent(p.Column))
		} else {
			keys = append(keys, "("+p.Expr+")")
		}
	}
	return keys
}

// duplicates counts the rows whose keys other rows have too; of a primary key also those that have none.
func duplicates(t *schema.Table, keys []string, predicate string, nullsCount, primary bool) string {
	if len(keys) == 0 {
		return ""
	}
	var known, unknown []string
	for _, k := range keys {
		known, unknown = append(known, k+" IS NOT NULL"), append(unknown, k+" IS NULL")
	}
	where := strings.Join(known, " AND ")
	if nullsCount {
		where = "true"
	}
	if predicate != "" {
		where += " AND (" + predicate + ")"
	}
	q := "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM " + fullName(t.Key()) + " WHERE " + where +
		" GROUP BY " + strings.Join(keys, ", ") + " HAVING count(*) > 1"
	if primary {
		q += " UNION ALL " + countFrom(fullName(t.Key()), strings.Join(unknown, " OR "))
	}
	return q + ") AS repeated"
}

// orphans counts the rows that refer to none.
func orphans(target *schema.Database, f *schema.ForeignKey) string {
	t, ref := target.Table(f.Schema, f.Table), target.Table(f.RefSchema, f.RefTable)
	if t == nil || ref == nil || len(f.Columns) != len(f.RefColumns) || f.Period {
		return ""
	}
	var known, unknown, equal []string
	for i, c := range f.Columns {
		if t.Column(c) == nil || ref.Column(f.RefColumns[i]) == nil {
			return ""
		}
		col := "child." + quoteIdent(c)
		known, unknown = append(known, col+" IS NOT NULL"), append(unknown, col+" IS NULL")
		equal = append(equal, "parent."+quoteIdent(f.RefColumns[i])+" = "+col)
	}
	where := strings.Join(known, " AND ") + " AND NOT EXISTS (SELECT FROM " + fullName(ref.Key()) + " AS parent WHERE " + strings.Join(equal, " AND ") + ")"
	if f.Match == "FULL" && len(known) > 1 {
		where += " OR (" + strings.Join(known, " OR ") + ") AND (" + strings.Join(unknown, " OR ") + ")"
	}
	return countFrom(fullName(t.Key())+" AS child", where)
}

// removedLabels counts the values of labels that go, in all columns of the type.
func removedLabels(target *schema.Database, before, after *schema.Enum) string {
	var gone []string
	for _, l := range before.Labels {
		still := false
		for _, a := range after.Labels {
			still = still || a == l
		}
		if !still {
			gone = append(gone, quoteLiteral(l))
		}
	}
	if len(gone) == 0 {
		return ""
	}
	list := "ARRAY[" + strings.Join(gone, ", ") + "]"
	return ofType(target, after.Key(), func(column string, array bool) string {
		if array {
			return column + "::text[] && " + list
		}
		return column + "::text = ANY (" + list + ")"
	})
}

// ofType counts rows over all columns of a type or of arrays of it. Partitions and children are counted with their parents.
func ofType(target *schema.Database, typ schema.Key, condition func(column string, array bool) string) string {
	var counts []string
	for _, o := range target.Objects() {
		t, ok := o.(*schema.Table)
		if !ok {
			continue
		}
		for _, c := range t.Columns {
			if c.Type.User == typ && !c.Inherited {
				array := strings.HasSuffix(c.Type.Text, "[]")
				counts = append(counts, "("+countFrom(fullName(t.Key()), condition(quoteIdent(c.Name), array))+")")
			}
		}
	}
	if len(counts) == 0 {
		return "SELECT 0"
	}
	return "SELECT " + strings.Join(counts, " + ")
}
