package enginetest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"database-structure-sync/backend/internal/testdb"
)

// kind is how values of a type are written down and when two of them are the same.
type kind string

const (
	kindBool     kind = "bool"
	kindNumber   kind = "number" // exact
	kindFloat    kind = "float"
	kindDouble   kind = "double"
	kindText     kind = "text"
	kindPadded   kind = "padded" // blanks at the end mean nothing
	kindBytes    kind = "bytes"
	kindBits     kind = "bits"
	kindTime     kind = "time" // also with a date
	kindInstant  kind = "instant"
	kindUUID     kind = "uuid"
	kindJSON     kind = "json"
	kindAddress  kind = "address"
	kindCurrency kind = "currency"
)

// sample is a type of an engine with values, as literals of that engine.
type sample struct {
	typ    string
	kind   kind
	values []string
}

// text is the expression that a careful person would select to have a value of the column as text.
func (c sample) text(engineName, column string) string {
	switch engineName {
	case testdb.Postgres:
		return c.textPostgres(column)
	case testdb.SQLite:
		switch c.kind {
		case kindBytes:
			return "CASE WHEN " + column + " IS NOT NULL THEN lower(hex(" + column + ")) END"
		case kindFloat, kindDouble:
			return "CASE WHEN " + column + " IS NOT NULL THEN printf('%!.17g', " + column + ") END"
		}
		// Fifteen digits are what SQLite promises of a fraction.
		return "CASE typeof(" + column + ") WHEN 'real' THEN printf('%.15g', " + column + ") ELSE CAST(" + column + " AS TEXT) END"
	}
	switch c.kind {
	case kindBytes:
		return "lower(hex(" + column + "))"
	case kindBits:
		return "bin(" + column + "+0)"
	case kindFloat, kindDouble:
		return "CAST(" + column + " AS DOUBLE)"
	case kindInstant:
		if strings.HasPrefix(c.typ, "timestamp") && !strings.Contains(c.typ, "zone") {
			return "CAST(CONVERT_TZ(" + column + ", @@session.time_zone, '+00:00') AS CHAR)"
		}
	}
	return "CAST(" + column + " AS CHAR)"
}

func (c sample) textPostgres(column string) string {
	switch c.kind {
	case kindBool:
		return column + "::int::text"
	case kindBytes:
		return "encode(" + column + ", 'hex')"
	case kindBits: // which may be a boolean
		return "translate(" + column + "::text, 'truefals', '1') "
	case kindInstant:
		return "(" + column + " AT TIME ZONE 'UTC')::text"
	case kindCurrency:
		return column + "::numeric::text"
	}
	return column + "::text"
}

// literal is a value that was read as text, in the words of another engine.
func (c sample) literal(engineName, text string) string {
	if text == "NULL" {
		return text
	}
	mysql := engineName == testdb.MySQL || engineName == testdb.MariaDB
	switch c.kind {
	case kindBytes:
		if engineName == testdb.Postgres {
			return `'\x` + text + "'"
		}
		return "x'" + text + "'"
	case kindBits:
		return c.bits(engineName, text)
	case kindInstant:
		if engineName == testdb.Postgres {
			return "'" + text + "+00'"
		}
	case kindFloat: // the shortest text of the largest number is above it
		if f, err := strconv.ParseFloat(text, 32); err == nil {
			text = strconv.FormatFloat(f, 'g', 17, 64)
		}
		return text
	case kindNumber, kindDouble, kindBool, kindCurrency:
		if engineName != testdb.Postgres {
			return text
		}
	}
	text = strings.ReplaceAll(text, "'", "''")
	if mysql {
		text = strings.ReplaceAll(text, `\`, `\\`)
	}
	return "'" + text + "'"
}

var digitsOfType = regexp.MustCompile(`\d+`)

func (c sample) bits(engineName, text string) string {
	width, err := strconv.Atoi(digitsOfType.FindString(c.typ))
	if err != nil {
		width = 1
	}
	text = strings.Repeat("0", max(0, width-len(text))) + text
	switch engineName {
	case testdb.Postgres:
		return "'" + text + "'"
	case testdb.SQLite:
		n, _ := new(big.Int).SetString(text, 2)
		return n.String()
	}
	return "b'" + text + "'"
}

// canonical is the same for texts that mean the same value.
func (c sample) canonical(text string) string {
	if text == "NULL" {
		return text
	}
	switch c.kind {
	case kindNumber, kindCurrency:
		if r, ok := new(big.Rat).SetString(text); ok {
			return r.RatString()
		}
	case kindFloat, kindDouble:
		size := map[kind]int{kindFloat: 32, kindDouble: 64}[c.kind]
		if f, err := strconv.ParseFloat(text, size); err == nil {
			return strconv.FormatFloat(f, 'g', -1, size)
		}
	case kindPadded:
		return strings.TrimRight(text, " ")
	case kindBits:
		return strings.TrimLeft(text, "0")
	case kindTime, kindInstant:
		if strings.Contains(text, ".") {
			return strings.TrimRight(strings.TrimRight(text, "0"), ".")
		}
	case kindUUID:
		return strings.ToLower(text)
	case kindAddress:
		if p, err := netip.ParsePrefix(text); err == nil && p.IsSingleIP() {
			return p.Addr().String()
		}
		if a, err := netip.ParseAddr(text); err == nil {
			return a.String()
		}
	case kindJSON:
		return canonicalJSON(text)
	}
	return text
}

// canonicalJSON sorts keys and writes numbers one way.
func canonicalJSON(text string) string {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return fmt.Sprintf("no JSON: %s", text)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	if err := enc.Encode(exactNumbers(v)); err != nil {
		return fmt.Sprintf("no JSON: %s", text)
	}
	return b.String()
}

func exactNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if r, ok := new(big.Rat).SetString(v.String()); ok {
			return map[string]string{"number": r.RatString()}
		}
	case []any:
		for i := range v {
			v[i] = exactNumbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = exactNumbers(v[k])
		}
	}
	return v
}
