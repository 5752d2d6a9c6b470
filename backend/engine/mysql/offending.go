package mysql

import (
	"context"
	"database/sql/driver"
	"math/big"
	"slices"
	"strconv"
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
	const doing = "counting the rows that stand against a change"
	err = c.run(ctx, doing, func(ctx context.Context) error {
		return c.query(ctx, q, func(row []driver.Value) (err error) {
			n, err = strconv.ParseInt(text(row[0]), 10, 64)
			return err
		})
	})
	return n, err == nil, c.fault(err, doing)
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
			return duplicates(table, x.Columns, true)
		}
	case *schema.Index:
		if reason == hazard.Duplicates {
			return duplicates(table, x.Columns, false)
		}
	case *schema.ForeignKey:
		if reason == hazard.MissingRows {
			return orphans(target, table, x)
		}
	}
	return ""
}

func countFrom(t *schema.Table, where string) string {
	return "SELECT COUNT(*) FROM " + quoteIdent(t.Name) + " WHERE " + where
}

// knowsColumns tells that all columns among the keys are there already.
func knowsColumns(t *schema.Table, keys []schema.Key) bool {
	return !slices.ContainsFunc(keys, func(k schema.Key) bool { return k.Kind == schema.KindColumn && columnFolded(t, k.Name) == nil })
}

func offendingColumn(t *schema.Table, after *schema.Column, reason hazard.Reason) string {
	col := quoteIdent(after.Name)
	if reason == hazard.NoDefault {
		return "SELECT COUNT(*) FROM " + quoteIdent(t.Name)
	}
	before := columnFolded(t, after.Name)
	if before == nil {
		return ""
	}
	switch reason {
	case hazard.NullValues:
		return countFrom(t, col+" IS NULL")
	case hazard.CheckFails:
		if knowsColumns(t, after.DependsOn) {
			return countFrom(t, "NOT ("+after.Attrs.Get(attrCheck)+")")
		}
	case hazard.MissingCharacters:
		return countFrom(t, "CONVERT(CONVERT("+col+" USING "+after.Charset+") USING utf8mb4) COLLATE utf8mb4_bin <> CONVERT("+col+" USING utf8mb4) COLLATE utf8mb4_bin")
	case hazard.ReferenceSystem:
		return countFrom(t, "ST_SRID("+col+") <> "+after.Attrs.Get(attrSRID))
	case hazard.CollationEquals:
		return equalInCollation(t, after)
	case hazard.OutOfRange:
		if where := outOfRange(before, after); where != "" {
			return countFrom(t, where)
		}
	}
	return ""
}

// outOfRange is the condition of values that do not fit into the new type; "" where only converting them tells.
func outOfRange(before, after *schema.Column) string {
	is := parseType(after.Type.Text)
	col := quoteIdent(after.Name)
	a, b := kindOf(before.Type.Text), kindOf(after.Type.Text)
	numeric := a == kindInteger || a == kindDecimal
	switch {
	case numeric && b == kindInteger && is.base != "year":
		least, greatest := integerBounds(is)
		return "ROUND(" + col + ") NOT BETWEEN " + least + " AND " + greatest
	case numeric && b == kindDecimal:
		whole, _ := is.digits()
		where := "ABS(" + col + ") >= 1" + strings.Repeat("0", whole)
		if is.unsigned {
			where += " OR " + col + " < 0"
		}
		return where
	case a == kindEnum && b == kindEnum:
		return "CONCAT(" + col + ") NOT IN (" + strings.Join(is.args, ", ") + ")"
	case a == kindText && b == kindEnum:
		return col + " NOT IN (" + strings.Join(is.args, ", ") + ")"
	case b == kindText && (is.base == "char" || is.base == "varchar") && a != kindBytes && a != kindOther && a != kindBit:
		return "CHAR_LENGTH(RTRIM(CONCAT(" + col + "))) > " + strconv.Itoa(is.first())
	case a == kindText && b == kindText:
		return "LENGTH(CONVERT(" + col + " USING " + after.Charset + ")) > " + strconv.Itoa(is.textBytes(after.Charset))
	case (a == kindText || a == kindBytes) && b == kindBytes:
		return "LENGTH(" + col + ") > " + strconv.Itoa(is.textBytes(""))
	case a == kindText && b == kindJSON:
		return "NOT JSON_VALID(" + col + ")"
	case a == kindBit && b == kindBit:
		return "(" + col + " + 0) >= " + new(big.Int).Lsh(big.NewInt(1), uint(is.first())).String()
	}
	return ""
}

// integerBounds are the least and the greatest number of an integer type.
func integerBounds(t columnType) (least, greatest string) {
	bits := uint(integerBits[t.base])
	one := big.NewInt(1)
	if t.unsigned {
		return "0", new(big.Int).Sub(new(big.Int).Lsh(one, bits), one).String()
	}
	limit := new(big.Int).Lsh(one, bits-1)
	return new(big.Int).Neg(limit).String(), new(big.Int).Sub(limit, one).String()
}

// equalInCollation counts the rows that unique keys over the column would take for the same in its new collation.
func equalInCollation(t *schema.Table, after *schema.Column) string {
	var counts []string
	add := func(parts []schema.IndexPart) {
		if !slices.ContainsFunc(parts, func(p schema.IndexPart) bool { return strings.EqualFold(p.Column, after.Name) }) {
			return
		}
		collated := slices.Clone(parts)
		for i, p := range collated {
			if strings.EqualFold(p.Column, after.Name) {
				collated[i].Collation = after.Collation
			}
		}
		counts = append(counts, "("+duplicates(t, collated, false)+")")
	}
	if pk := t.PrimaryKey(); pk != nil {
		add(pk.Columns)
	}
	for _, i := range t.Indexes {
		if i.Unique {
			add(i.Columns)
		}
	}
	if len(counts) == 0 {
		return "SELECT 0"
	}
	return "SELECT " + strings.Join(counts, " + ")
}

// duplicates counts the rows whose keys other rows have too; of a primary key also those that have none.
func duplicates(t *schema.Table, parts []schema.IndexPart, primary bool) string {
	var keys, known, unknown []string
	for _, p := range parts {
		key := "(" + p.Expr + ")"
		if p.Column != "" {
			if columnFolded(t, p.Column) == nil {
				return "" // it comes with the same plan
			}
			key = quoteIdent(p.Column)
		}
		if p.Length > 0 {
			key = "LEFT(" + key + ", " + strconv.Itoa(p.Length) + ")"
		}
		if p.Collation != "" {
			key += " COLLATE " + p.Collation
		}
		keys, known, unknown = append(keys, key), append(known, key+" IS NOT NULL"), append(unknown, key+" IS NULL")
	}
	if len(keys) == 0 {
		return ""
	}
	q := "SELECT COALESCE(SUM(n), 0) FROM (SELECT COUNT(*) AS n FROM " + quoteIdent(t.Name) + " WHERE " + strings.Join(known, " AND ") +
		" GROUP BY " + strings.Join(keys, ", ") + " HAVING COUNT(*) > 1"
	if primary {
		q += " UNION ALL " + countFrom(t, strings.Join(unknown, " OR "))
	}
	return q + ") AS repeated"
}

// orphans counts the rows that refer to none.
func orphans(target *schema.Database, t *schema.Table, f *schema.ForeignKey) string {
	ref := target.Table("", f.RefTable)
	if ref == nil || f.RefSchema != "" || len(f.Columns) != len(f.RefColumns) {
		return ""
	}
	var known, equal []string
	for i, c := range f.Columns {
		if columnFolded(t, c) == nil || columnFolded(ref, f.RefColumns[i]) == nil {
			return ""
		}
		col := "child." + quoteIdent(c)
		known, equal = append(known, col+" IS NOT NULL"), append(equal, "parent."+quoteIdent(f.RefColumns[i])+" = "+col)
	}
	return "SELECT COUNT(*) FROM " + quoteIdent(t.Name) + " AS child WHERE " + strings.Join(known, " AND ") + " AND NOT EXISTS (SELECT 1 FROM " +
		quoteIdent(ref.Name) + " AS parent WHERE " + strings.Join(equal, " AND ") + ")"
}
