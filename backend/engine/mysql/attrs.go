package mysql

// Names of the attributes (schema.Attr) that only MySQL and MariaDB know, shared by readers and renderers. Values are
// ready to be rendered; an attribute at its default is absent.
const (
	// Tables. Charset and collation are effective values and always present.
	attrEngine         = "engine"            // "InnoDB": always present
	attrCharset        = "charset"           // class collation
	attrCollation      = "collation"         // class collation
	attrRowFormat      = "row_format"        // as given in CREATE TABLE, upper case; class storage
	attrKeyBlockSize   = "key_block_size"    // tables and indexes; class storage
	attrAutoIncrement  = "auto_increment"    // the table's next value when > 1; class auto_increment
	attrTablespace     = "tablespace"        // MySQL: quoted name; class storage. In Spelling: a file of its own that was asked for
	attrAutoextendSize = "autoextend_size"   // MySQL: bytes; class storage
	attrTableOptions   = "options"           // everything else of CREATE_OPTIONS in canonical form: "STATS_PERSISTENT=1 …"; class storage
	attrSystemVersion  = "system_versioning" // MariaDB: "WITH SYSTEM VERSIONING", after "PERIOD FOR SYSTEM_TIME (`a`, `b`) " if it has one
	attrPeriods        = "periods"           // MariaDB application-time periods: "PERIOD FOR `p` (`a`, `b`)"

	// Columns. MariaDB's row start and row end columns have GeneratedKind "ROW START" or "ROW END" and no expression.
	attrColumnFormat  = "column_format"             // class storage
	attrStorage       = "storage"                   // tables and columns; class storage
	attrSRID          = "srid"                      // "4326"
	attrCompressed    = "compressed"                // MariaDB: "COMPRESSED" or "COMPRESSED=zlib"; class storage
	attrWithoutSV     = "without_system_versioning" // "yes"
	attrClock         = "clock"                     // "LOCALTIMESTAMP": stands for CURRENT_TIMESTAMP in the default; class clock
	attrCheck         = "check"                     // MariaDB: the column's own CHECK, without the outer parentheses
	attrEngineAttr    = "engine_attribute"          // tables, columns, indexes; class storage
	attrSecondaryAttr = "secondary_engine_attribute"

	// Indexes and the primary key.
	attrParser          = "parser"           // full-text parser, quoted name
	attrVectorM         = "m"                // MariaDB, of an index over vectors: how many neighbours a node has
	attrVectorDistance  = "distance"         // MariaDB, of an index over vectors: "cosine", "euclidean"
	attrMethod          = "method"           // primary key: "btree", "hash" where it is not the engine's own; of an Index it is a field
	attrWithoutOverlaps = "without_overlaps" // MariaDB: the quoted period that stands behind the columns with WITHOUT OVERLAPS

	// Routines: the name in the key says which sort it is ("function total"); routineName takes that away. Routines, triggers
	// and events: the session's sql_mode that the body was created under, when not the default that
	// the program's sessions have. Triggers: "FOLLOWS `other`" when another trigger of the same event and time runs before.
	attrSQLMode      = "sql_mode"  // "," for an empty mode
	attrTimeZone     = "time_zone" // events: the session's time zone that the schedule is told in, when not "+00:00", which the program's sessions have
	attrTriggerOrder = "order"
)

// Names in schema.Base.Spelling: ways to write what is equal, repeated where an object is written anew and never compared.
// An index or primary key has attrMethod ("btree", "hash") there when the server prints a method that changes nothing.
const (
	spellCharset = "charset" // "yes": a column that names its character set and collation although they are the table's
	// attrWithoutSV is what a table has left of its time with system versioning.
)
