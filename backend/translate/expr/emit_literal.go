package expr

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"
)

// mysqlEscaper writes what would end or change a string literal of MySQL and MariaDB.
var mysqlEscaper = strings.NewReplacer(`\`, `\\`, `'`, `''`, "\n", `\n`, "\r", `\r`, "\x00", `\0`, "\x1a", `\Z`)

// QuoteString is a string literal of the dialect.
func QuoteString(d Dialect, s string) string {
	if d.mysqlish() {
		return "'" + mysqlEscaper.Replace(s) + "'"
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// QuoteIdent is a name as the dialect's server would print it: always quoted for MySQL and MariaDB, where necessary for the
// others.
func QuoteIdent(d Dialect, name string) string {
	switch {
	case d.mysqlish():
		return quoteWith(name, '`')
	case d == Postgres && plainName(name) && !keywords[strings.ToUpper(name)]:
		return name
	case d == SQLite && plainName(strings.ToLower(name)) && !keywords[strings.ToUpper(name)]:
		return name
	}
	return quoteWith(name, '"')
}

// literal writes a constant.
func (e *emitter) literal(n Node) {
	switch n := n.(type) {
	case *Null:
		e.write("NULL")
	case *Bool:
		e.write(map[bool]string{true: "TRUE", false: "FALSE"}[n.Value])
	case *Number:
		e.write(n.Text)
	case *String:
		if e.d == Postgres && (strings.Contains(n.Value, "\x00") || !utf8.ValidString(n.Value)) || e.d == SQLite && strings.Contains(n.Value, "\x00") {
			e.fail(KindConstruct, "text with bytes that are no characters")
		}
		e.write(QuoteString(e.d, n.Value))
	case *Bytes:
		digits := strings.ToUpper(hex.EncodeToString([]byte(n.Value)))
		if e.d == Postgres {
			e.write(`'\x`, strings.ToLower(digits), "'::bytea")
		} else {
			e.write("x'", digits, "'")
		}
	case *Bits:
		e.bits(n.Digits)
	}
}

func (e *emitter) bits(digits string) {
	switch {
	case e.d == Postgres:
		e.write("B'", digits, "'")
	case e.d.mysqlish():
		e.write("b'", digits, "'")
	default:
		value, err := strconv.ParseInt("0"+digits, 2, 64)
		if err != nil {
			e.fail(KindConstruct, "bits beyond 63")
		}
		e.write(strconv.FormatInt(value, 10))
	}
}

// collation is the name of a collation behind COLLATE.
func (e *emitter) collation(name string) string {
	switch e.d {
	case Postgres:
		parts := strings.Split(name, ".")
		for i, part := range parts {
			parts[i] = quoteWith(part, '"')
		}
		return strings.Join(parts, ".")
	case SQLite:
		return QuoteIdent(SQLite, name)
	}
	if !plainName(strings.ToLower(name)) {
		e.fail(KindConstruct, "COLLATE "+name)
	}
	return name
}

// keywords are the words that PostgreSQL or SQLite does not take for a column's name without quotes, and a few more.
var keywords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC ATTACH
		AUTHORIZATION AUTOINCREMENT BEFORE BEGIN BETWEEN BIGINT BINARY BIT BOOLEAN BOTH BY CASCADE CASE CAST CHAR CHARACTER CHECK COALESCE COLLATE
		COLLATION COLUMN COMMIT CONCURRENTLY CONFLICT CONSTRAINT CREATE CROSS CURRENT CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE
		CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DATE DEC DECIMAL DEFAULT DEFERRABLE DEFERRED DELETE DESC DETACH DISTINCT
		DO DROP EACH ELSE END ESCAPE EXCEPT EXCLUDE EXCLUSIVE EXISTS EXPLAIN EXTRACT FAIL FALSE FETCH FILTER FIRST FLOAT FOLLOWING FOR FOREIGN
		FREEZE FROM FULL GENERATED GLOB GRANT GREATEST GROUP GROUPING GROUPS HAVING IF IGNORE ILIKE IMMEDIATE IN INDEX INDEXED INITIALLY INNER INOUT INSERT
		INSTEAD INT INTEGER INTERSECT INTERVAL INTO IS ISNULL JOIN JSON_ARRAY JSON_OBJECT KEY LAST LATERAL LEADING LEAST LEFT LIKE LIMIT LOCALTIME
		LOCALTIMESTAMP MATCH MATERIALIZED MERGE_ACTION NATIONAL NATURAL NCHAR NO NONE NORMALIZE NOT NOTHING NOTNULL NULL NULLIF NULLS NUMERIC OF OFFSET ON
		ONLY OR ORDER OTHERS OUT OUTER OVER OVERLAPS OVERLAY PARTITION PLACING PLAN POSITION PRAGMA PRECEDING PRECISION PRIMARY QUERY RAISE RANGE
		REAL RECURSIVE REFERENCES REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT
		SESSION_USER SET SETOF SIMILAR SMALLINT SOME SUBSTRING SYMMETRIC SYSTEM_USER TABLE TABLESAMPLE TEMP TEMPORARY THEN TIES TIME TIMESTAMP TO TRAILING
		TRANSACTION TREAT TRIGGER TRIM TRUE UNBOUNDED UNION UNIQUE UPDATE USER USING VACUUM VALUES VARCHAR VARIADIC VERBOSE VIEW
		VIRTUAL WHEN WHERE WINDOW WITH WITHIN WITHOUT XMLATTRIBUTES XMLCONCAT XMLELEMENT XMLEXISTS XMLFOREST XMLNAMESPACES XMLPARSE XMLPI XMLROOT
		XMLSERIALIZE XMLTABLE ROWID OID _ROWID_ TIMESTAMPTZ JSON JSONB OPERATOR AT`) {
		set[w] = true
	}
	return set
}()
