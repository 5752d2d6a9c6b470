package mysql

import "database-structure-sync/backend/schema"

// What the servers say about one table, before it is normalised. Both ways of reading a table (information_schema and
// SHOW CREATE TABLE) end here, so that everything after is one way. Texts are values, not SQL, unless said otherwise.

type rawTable struct {
	name        string
	columns     []rawColumn
	built       []*schema.Column // in place of columns where they come row by row
	indexes     []rawIndex
	foreignKeys []rawForeignKey
	checks      []rawCheck
	periods     []rawPeriod
	options     []rawOption
	versioned   bool   // WITH SYSTEM VERSIONING
	partition   string // canonical SQL behind PARTITION BY
	collation   string // of the table, normalised, where it is known before the columns
	// suspect: what information_schema says of it is incomplete or wrong.
	suspect   bool
	leftovers []string
}

type rawColumn struct {
	name      string
	typ       string // as the server writes it
	notNull   bool
	def       rawDefault
	onUpdate  string // SQL
	generated string // SQL
	genKind   string // "VIRTUAL", "STORED", "ROW START", "ROW END"
	auto      bool
	charset   string // "" when the server does not say
	collation string
	comment   string
	invisible bool
	srid      string
	check     string // SQL; MariaDB's checks of columns
	bulk      bool   // from information_schema, which names every character set and collation
	attrs     []rawOption
	leftovers []string
}

// rawDefault is what stands behind DEFAULT.
type rawDefault struct {
	kind defaultKind
	text string
}

type defaultKind uint8

const (
	defaultNone    defaultKind = iota // none, or NULL
	defaultLiteral                    // a value, without quotes
	defaultBytes                      // a value as hexadecimal digits
	defaultExpr                       // SQL
)

type rawIndex struct {
	name      string
	primary   bool
	unique    bool
	method    string // lower case: fulltext, spatial, vector; btree or hash when the server says so
	parts     []rawPart
	overlaps  bool // the last part is a period WITHOUT OVERLAPS
	invisible bool
	comment   string
	parser    string
	options   []rawOption
	leftovers []string
}

type rawPart struct {
	column string
	expr   string // SQL
	length int
	desc   bool
}

type rawForeignKey struct {
	name               string
	columns            []string
	refSchema          string // "" for the same database
	refTable           string
	refColumns         []string
	onUpdate, onDelete string // "" when the server does not say
	leftovers          []string
}

type rawCheck struct {
	name        string
	expr        string // SQL
	notEnforced bool
	leftovers   []string
}

type rawPeriod struct{ name, start, end string }

// rawOption is an option with its value as SQL; the name is upper case unless it is quoted.
type rawOption struct{ name, value string }
