package enginetest_test

import (
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/internal/testdb"
)

// samplesOf are the types of an engine with values at their extremes. What the types of all engines have in common is the
// calendar of the years 1 to 9999, finite numbers and texts without the character NUL; what is beyond, docs/type-mapping.md
// says once for all types.
func samplesOf(engineName string) []sample {
	switch engineName {
	case testdb.Postgres:
		return slices.Concat(numbersOfPostgres(), textsOfPostgres(), timesOfPostgres())
	case testdb.SQLite:
		return samplesOfSQLite()
	case testdb.MariaDB:
		return slices.Concat(numbersOfMySQL(), textsOfMySQL(), timesOfMySQL(), []sample{
			{"uuid", kindUUID, uuids},
			{"inet4", kindAddress, []string{"'0.0.0.0'", "'255.255.255.255'"}},
			{"inet6", kindAddress, []string{"'::'", "'2001:db8::1'", "'::ffff:10.0.0.1'", "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'"}},
		})
	}
	return slices.Concat(numbersOfMySQL(), textsOfMySQL(), timesOfMySQL())
}

var (
	uuids     = []string{"'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'12345678-9012-3456-7890-123456789012'", "'1e234567-0000-4000-8000-000000000000'"}
	floats    = []string{"0", "1.5", "-0.1", "16777216", "3.4028234e38", "-3.4028234e38", "1.17549435e-38"}
	doubles   = []string{"0", "0.1", "-1.5", "9007199254740991", "1.7976931348623157e308", "-1.7976931348623157e308", "2.2250738585072014e-308", "3.141592653589793"}
	documents = []string{`'{}'`, `'[]'`, `'null'`, `'true'`, `'""'`, `'{"b": 1, "a": [1, 2.5, "x"], "": {"ü": "😀"}}'`, `'"a ''quoted'' text"'`, `'9223372036854775807'`, `'[-9223372036854775808, 0.1]'`}
	dates     = []string{"'0001-01-01'", "'1000-01-01'", "'1582-10-10'", "'1900-02-28'", "'2000-02-29'", "'9999-12-31'"}
)

func integers(bits int, signed bool) []string {
	if signed {
		n := uint64(1) << (bits - 1)
		return []string{"0", "1", fmt.Sprintf("-%d", n), fmt.Sprint(n - 1)}
	}
	return []string{"0", "1", fmt.Sprint(^uint64(0) >> (64 - bits))}
}

func decimals(precision, scale int) []string {
	most := strings.Repeat("9", precision-scale)
	least := "0"
	if scale > 0 {
		most += "." + strings.Repeat("9", scale)
		least = "0." + strings.Repeat("0", scale-1) + "1"
	}
	return []string{"0", least, most, "-" + most}
}

// texts are literals of every engine: a backslash is none of their characters, and control characters stand as they are.
func texts(longest int) []string {
	out := []string{"''", "'NULL '", "' both ends '", "'it''s \"quoted\"'", "'ÄÖÜ ß 中文 😀 e\u0301 \u200f'", "'\x01\x02\a\b\t\n\v\f\r\x1b\x7f'", "'%_\u00a0'"}
	if longest > 0 {
		out = append(out, "'"+strings.Repeat("x", longest)+"'")
	}
	return out
}

func padded(length int) []string {
	return []string{"''", "'x'", "'" + strings.Repeat("x", length) + "'", "'" + strings.Repeat("😀", length) + "'", "'a\tb'"}
}

func allBytes(format string) string {
	var b strings.Builder
	for i := range 256 {
		fmt.Fprintf(&b, "%02x", i)
	}
	return fmt.Sprintf(format, b.String())
}

func numbersOfPostgres() []sample {
	return []sample{
		{"boolean", kindBool, []string{"true", "false"}},
		{"smallint", kindNumber, integers(16, true)},
		{"integer", kindNumber, integers(32, true)},
		{"bigint", kindNumber, integers(64, true)},
		{"oid", kindNumber, integers(32, false)},
		{"numeric(10,2)", kindNumber, decimals(10, 2)},
		{"numeric(15,0)", kindNumber, decimals(15, 0)},
		{"numeric(15,15)", kindNumber, decimals(15, 15)},
		{"numeric(38,10)", kindNumber, decimals(38, 10)},
		{"numeric(65,30)", kindNumber, decimals(65, 30)},
		{"numeric(5,-2)", kindNumber, []string{"0", "100", "9999900", "-9999900"}},
		{"numeric(200,100)", kindNumber, decimals(200, 100)},
		{"numeric", kindNumber, decimals(1000, 500)},
		{"real", kindFloat, floats},
		{"double precision", kindDouble, doubles},
		{"money", kindCurrency, []string{"0", "0.01", "'92233720368547758.07'", "'-92233720368547758.08'"}},
		{"bit(1)", kindBits, []string{"B'0'", "B'1'"}},
		{"bit(8)", kindBits, []string{"B'00000000'", "B'00000001'", "B'11111111'"}},
		{"bit(64)", kindBits, []string{"B'" + strings.Repeat("0", 64) + "'", "B'" + strings.Repeat("1", 64) + "'"}},
		{"bit varying(8)", kindText, []string{"B''", "B'101'"}},
	}
}

func textsOfPostgres() []sample {
	return []sample{
		{"character(10)", kindPadded, padded(10)},
		{"character(255)", kindPadded, padded(255)},
		{"character(300)", kindPadded, padded(300)},
		{"character varying(50)", kindText, append(texts(50), `'a\b'`)},
		{"character varying(20000)", kindText, append(texts(20000), "'"+strings.Repeat("😀", 20000)+"'")},
		{"character varying", kindText, texts(70000)},
		{"text", kindText, append(texts(70000), `'a\b'`)},
		{"name", kindText, texts(63)},
		{"bytea", kindBytes, []string{"''", `'\x00'`, allBytes(`'\x%s'`)}},
		{"uuid", kindUUID, uuids},
		{"json", kindJSON, documents},
		{"jsonb", kindJSON, documents},
		{"xml", kindText, []string{"''", "'<a b=\"c\">ü</a>'"}},
		{"mood", kindText, []string{"'sad'", "'it''s'", "'größer'"}},
		{"inet", kindAddress, []string{"'0.0.0.0'", "'10.1.2.3/8'", "'2001:db8::1'", "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127'"}},
		{"cidr", kindAddress, []string{"'10.0.0.0/8'", "'::/0'"}},
		{"macaddr", kindText, []string{"'00:00:00:00:00:00'", "'ff:ff:ff:ff:ff:ff'"}},
		{"macaddr8", kindText, []string{"'00:00:00:00:00:00:00:00'", "'ff:ff:ff:ff:ff:ff:ff:ff'"}},
		{"interval", kindText, []string{"'0'", "'178000000 years'"}},
		{"text[]", kindText, []string{"'{}'", "'{a,NULL}'"}},
		{"int4range", kindText, []string{"'empty'", "'[1,5)'"}},
		{"point", kindText, []string{"'(0,0)'"}},
		{"tsvector", kindText, []string{"''", "'a b'"}},
	}
}

func timesOfPostgres() []sample {
	return []sample{
		{"date", kindTime, dates},
		{"time without time zone", kindTime, []string{"'00:00:00'", "'23:59:59.999999'", "'24:00:00'"}},
		{"time(3) without time zone", kindTime, []string{"'00:00:00'", "'23:59:59.999'"}},
		{"time with time zone", kindText, []string{"'00:00:00+14'", "'23:59:59.999999-12'"}},
		{"timestamp without time zone", kindTime, []string{"'0001-01-01 00:00:00'", "'1970-01-01 00:00:00.000001'", "'9999-12-31 23:59:59.999999'"}},
		{"timestamp(0) without time zone", kindTime, []string{"'0001-01-01 00:00:00'", "'9999-12-31 23:59:59'"}},
		{"timestamp with time zone", kindInstant, []string{"'0001-01-02 00:00:00+00'", "'2024-03-31 02:30:00.123456+02'", "'9999-12-31 23:59:59.999999+00'"}},
	}
}

func numbersOfMySQL() []sample {
	out := []sample{{"tinyint(1)", kindBool, append(integers(8, true), "2")}}
	for _, i := range []struct {
		typ  string
		bits int
	}{{"tinyint", 8}, {"smallint", 16}, {"mediumint", 24}, {"int", 32}, {"bigint", 64}} {
		out = append(out, sample{i.typ, kindNumber, integers(i.bits, true)}, sample{i.typ + " unsigned", kindNumber, integers(i.bits, false)})
	}
	return append(out, []sample{
		{"decimal(10,2)", kindNumber, decimals(10, 2)},
		{"decimal(10,2) unsigned", kindNumber, decimals(10, 2)[:3]},
		{"decimal(15,0)", kindNumber, decimals(15, 0)},
		{"decimal(65,30)", kindNumber, decimals(65, 30)},
		{"decimal(30,30)", kindNumber, decimals(30, 30)},
		{"float", kindFloat, floats},
		{"double", kindDouble, doubles},
		{"bit(1)", kindBits, []string{"b'0'", "b'1'"}},
		{"bit(8)", kindBits, []string{"b'0'", "b'1'", "b'11111111'"}},
		{"bit(63)", kindBits, []string{"b'0'", "b'" + strings.Repeat("1", 63) + "'"}},
		{"bit(64)", kindBits, []string{"b'0'", "b'" + strings.Repeat("1", 64) + "'"}},
	}...)
}

func textsOfMySQL() []sample {
	bytes := []string{"x''", "x'00'", allBytes("x'%s'")}
	return []sample{
		{"char(10)", kindPadded, padded(10)},
		{"char(255)", kindPadded, padded(255)},
		{"varchar(50)", kindText, append(texts(50), `'a\\b'`)},
		{"tinytext", kindText, texts(255)},
		{"text", kindText, append(texts(65535), `'a\\b'`)},
		{"mediumtext", kindText, texts(70000)},
		{"longtext", kindText, texts(70000)},
		{"binary(16)", kindBytes, []string{"x'00'", "x'ffffffffffffffffffffffffffffffff'"}},
		{"varbinary(256)", kindBytes, bytes},
		{"tinyblob", kindBytes, bytes[:2]},
		{"blob", kindBytes, bytes},
		{"mediumblob", kindBytes, bytes},
		{"longblob", kindBytes, bytes},
		{"enum('a','it''s','größer','')", kindText, []string{"'a'", "'it''s'", "'größer'", "''"}},
		{"set('a','b','c')", kindText, []string{"''", "'a'", "'a,b,c'"}},
		{"json", kindJSON, documents},
		{"point", kindBytes, []string{"ST_GeomFromText('POINT(1 2)')"}},
	}
}

func timesOfMySQL() []sample {
	return []sample{
		{"date", kindTime, dates},
		{"time", kindTime, []string{"'00:00:00'", "'23:59:59'", "'838:59:59'", "'-838:59:59'"}},
		{"time(6)", kindTime, []string{"'00:00:00.000001'", "'838:59:58.999999'", "'-00:00:00.5'"}},
		{"datetime", kindTime, []string{"'0001-01-01 00:00:00'", "'9999-12-31 23:59:59'"}},
		{"datetime(3)", kindTime, []string{"'1970-01-01 00:00:00.001'", "'9999-12-31 23:59:59.999'"}},
		{"datetime(6)", kindTime, []string{"'0001-01-01 00:00:00.000001'", "'9999-12-31 23:59:59.999999'"}},
		{"timestamp", kindInstant, []string{"'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'"}},
		{"timestamp(6)", kindInstant, []string{"'1970-01-01 00:00:01.000001'", "'2038-01-19 03:14:07.499999'"}},
		{"year", kindNumber, []string{"1901", "2155", "0"}},
	}
}

// samplesOfSQLite keep to what the names of the types promise: SQLite itself takes any value in any column.
func samplesOfSQLite() []sample {
	return []sample{
		{"INTEGER", kindNumber, integers(64, true)},
		{"INT", kindNumber, integers(64, true)},
		{"BIGINT", kindNumber, integers(64, true)},
		{"SMALLINT", kindNumber, integers(16, true)},
		{"TINYINT", kindNumber, integers(8, true)},
		{"BOOLEAN", kindBool, []string{"0", "1"}},
		{"NUMERIC", kindNumber, []string{"0", "123456789012.345", "9223372036854775807"}},
		{"NUMERIC(10,2)", kindNumber, decimals(10, 2)},
		{"DECIMAL(15,4)", kindNumber, decimals(15, 4)},
		{"REAL", kindDouble, doubles},
		{"DOUBLE", kindDouble, doubles},
		{"FLOAT", kindDouble, doubles},
		{"TEXT", kindText, append(texts(70000), `'a\b'`)},
		{"VARCHAR(50)", kindText, texts(50)},
		{"CHAR(10)", kindPadded, padded(10)},
		{"CLOB", kindText, texts(70000)},
		{"BLOB", kindBytes, []string{"x''", "x'00'", allBytes("x'%s'")}},
		{"DATE", kindTime, dates},
		{"TIME", kindTime, []string{"'00:00:00'", "'23:59:59.999999'"}},
		{"DATETIME", kindTime, []string{"'0001-01-01 00:00:00'", "'9999-12-31 23:59:59.999999'"}},
		{"TIMESTAMP", kindTime, []string{"'0001-01-01 00:00:00'", "'9999-12-31 23:59:59.999999'"}},
		{"TIMESTAMPTZ", kindInstant, []string{"'0001-01-02 00:00:00'", "'9999-12-31 23:59:59.999999'"}},
		{"JSON", kindJSON, documents},
		{"UUID", kindUUID, uuids},
		{"", kindText, texts(0)},
		{"ANY", kindText, []string{"1", "'x'"}},
	}
}
