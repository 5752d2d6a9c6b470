package mysql

import (
	"context"
	"database/sql/driver"
	"math/big"
	"strconv"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
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

// rows are the queries that ask about rows.
var rows = engine.RowQueries{
	Quote:  quoteIdent,
	Table:  func(t *schema.Table) string { return quoteIdent(t.Name) },
	Column: columnFolded,
}

// offendingQuery counts the rows that stand against a change, "" where no query can tell.
func offendingQuery(target *schema.Database, c diff.Change, h hazard.Hazard) string {
	if h.Code != hazard.MayFail || c.After == nil {
		return ""
	}
	reason, _ := h.Reason()
	if x, ok := c.After.(*schema.Column); ok {
		if table := target.Table("", x.Table); table != nil {
			return offendingColumn(table, x, reason)
		}
		return ""
	}
	return rows.Query(target, c.After, reason)
}

func offendingColumn(t *schema.Table, after *schema.Column, reason hazard.Reason) string {
	col := quoteIdent(after.Name)
	if reason == hazard.NoDefault {
		return rows.All(t)
	}
	before := columnFolded(t, after.Name)
	if before == nil {
		return ""
	}
	switch reason {
	case hazard.NullValues:
		return rows.Where(t, col+" IS NULL")
	case hazard.CheckFails:
		if rows.Knows(t, after.DependsOn) {
			return rows.Where(t, "NOT ("+after.Attrs.Get(attrCheck)+")")
		}
	case hazard.MissingCharacters:
		return rows.Where(t, "CONVERT(CONVERT("+col+" USING "+after.Charset+") USING utf8mb4) COLLATE utf8mb4_bin <> CONVERT("+col+" USING utf8mb4) COLLATE utf8mb4_bin")
	case hazard.ReferenceSystem:
		return rows.Where(t, "ST_SRID("+col+") <> "+after.Attrs.Get(attrSRID))
	case hazard.CollationEquals:
		return rows.EqualInCollation(t, after)
	case hazard.OutOfRange:
		if where := outOfRange(before, after); where != "" {
			return rows.Where(t, where)
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
