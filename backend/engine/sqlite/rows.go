package sqlite

import (
	"database/sql/driver"
	"fmt"
	"strconv"
)

// What the queries of the reader return.

type schemaRow struct{ typ, name, table, sql string }

type columnRow struct {
	name, typ, fallback string
	hasDefault, notNull bool
	pk, hidden          int
}

type indexRow struct {
	name, origin    string
	unique, partial bool
	parts           []indexPartRow
}

type indexPartRow struct {
	cid       int // -1: the rowid, -2: an expression
	column    string
	desc      bool
	collation string
}

type foreignKeyRow struct {
	id                                  int
	table, from, to, onUpdate, onDelete string
	implicit                            bool // no referenced column is named
}

type tableRow struct {
	typ                  string // table, view, shadow, virtual
	withoutRowid, strict bool
}

// text is a value of a row as text; "" for NULL.
func text(v driver.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return fmt.Sprint(v)
}

func number(v driver.Value) int {
	n, _ := v.(int64)
	return int(n)
}

func truth(v driver.Value) bool {
	if b, ok := v.(bool); ok {
		return b
	}
	return number(v) != 0
}
