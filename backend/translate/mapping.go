package translate

import (
	"cmp"
	"fmt"
	"strings"

	"database-structure-sync/backend/schema"
)

// side is one of the four engines as the mapping shows them.
type side struct {
	title string
	d     dialect
	types []string // in the words of the engine's reader
}

// sides are the newest versions that the project tests with. Their types are all that have a counterpart somewhere, and some
// that have none.
var sides = []side{
	{"PostgreSQL", dialect{name: "postgres", flavor: "PostgreSQL", major: 18}, []string{
		"boolean", "smallint", "integer", "bigint", "numeric(10,2)", "numeric", "real", "double precision", "money", "character(10)",
		"character varying(50)", "character varying(20000)", "character varying", "text", "bytea", "date", "time(3) without time zone", "time with time zone",
		"timestamp without time zone", "timestamp(3) without time zone", "timestamp with time zone", "interval", "bit(1)", "bit(8)", "bit varying(8)", "uuid",
		"json", "jsonb", "xml", "inet", "cidr", "macaddr", "macaddr8", "text[]", "integer[]", "int4range", "point", "tsvector",
	}},
	{"MySQL", dialect{name: "mysql", flavor: "MySQL", major: 9, minor: 7}, []string{
		"tinyint(1)", "tinyint", "tinyint unsigned", "smallint", "smallint unsigned", "mediumint", "mediumint unsigned", "int", "int unsigned", "bigint",
		"bigint unsigned", "decimal(10,2)", "decimal(10,2) unsigned", "float", "double", "bit(1)", "bit(8)", "char(10)", "varchar(50)", "tinytext", "text",
		"mediumtext", "longtext", "binary(16)", "varbinary(50)", "tinyblob", "blob", "mediumblob", "longblob", "date", "time", "time(3)", "datetime",
		"datetime(6)", "timestamp", "timestamp(6)", "year", "enum('a','b')", "set('a','b')", "json", "point", "geometry",
	}},
	{"MariaDB", dialect{name: "mysql", flavor: "MariaDB", major: 11, minor: 8}, []string{"uuid", "inet4", "inet6", "json"}},
	{"SQLite", dialect{name: "sqlite", flavor: "SQLite", major: 3, minor: 50}, []string{
		"INTEGER", "INT", "BIGINT", "SMALLINT", "BOOLEAN", "NUMERIC", "NUMERIC(10,2)", "DECIMAL(20,4)", "REAL", "DOUBLE", "FLOAT", "TEXT", "VARCHAR(50)", "CHAR(10)",
		"CLOB", "BLOB", "DATE", "TIME", "DATETIME", "TIMESTAMP", "TIMESTAMPTZ", "JSON", "UUID", "", "ANY", "POLYGON BLOB", "WHATEVER",
	}},
}

// Mapping is what becomes of every type, as tables in Markdown. It is made by translating them.
func Mapping() string {
	var b strings.Builder
	for _, from := range sides {
		fmt.Fprintf(&b, "\n## From %s\n\n| %s |", from.title, from.title)
		var to []side
		for _, s := range sides {
			if s.d.name != from.d.name {
				to = append(to, s)
				b.WriteString(" " + s.title + " |")
			}
		}
		b.WriteString("\n" + strings.Repeat("|---", len(to)+1) + "|\n")
		for _, text := range from.types {
			fmt.Fprintf(&b, "| %s |", code(cmp.Or(text, "(none)")))
			for _, s := range to {
				b.WriteString(" " + cell(from.d.read(schema.Type{Text: text}, nil), s.d) + " |")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func code(text string) string { return "`" + text + "`" }

// cell is a type in another engine's words with what is to be noted.
func cell(t Type, d dialect) string {
	var w written
	if t.Class == Enum && d.postgres() {
		w = plain("a type named table_column")
	} else {
		w = d.write(t)
	}
	text := code(cmp.Or(w.text, "(none)"))
	if w.blocked {
		text = "**blocked**"
	}
	if t.Class == Enum && d.sqlite() {
		text += " with a check"
	}
	for _, n := range w.notes {
		if n.Code != NoSuchType {
			text += ", " + string(n.Severity) + ": " + strings.ReplaceAll(string(n.Code), "_", " ")
		}
		if len(n.Alternatives) > 0 {
			text += " (or " + code(strings.Join(n.Alternatives, "`, `")) + ")"
		}
	}
	return text
}
