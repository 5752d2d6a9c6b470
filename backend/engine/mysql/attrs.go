package mysql

// Names of the attributes (schema.Attr) that only MySQL and MariaDB know, shared by readers and renderers. Values are
// ready to be rendered; an attribute at its default is absent.
const (
	// Tables. Charset and collation are effective values and always present.
	attrEngine        = "engine"            // "InnoDB": always present
	attrCharset       = "charset"           // class collation
	attrCollation     = "collation"         // class collation
	attrRowFormat     = "row_format"        // as given in CREATE TABLE, upper case; class storage
	attrKeyBlockSize  = "key_block_size"    // tables and indexes; class storage
	attrAutoIncrement = "auto_increment"    // the table's next value when > 1; class auto_increment
	attrTableOptions  = "options"           // everything else of CREATE_OPTIONS in canonical form: "STATS_PERSISTENT=1 …"; class storage
	attrSystemVersion = "system_versioning" // MariaDB: "WITH SYSTEM VERSIONING", after "PERIOD FOR SYSTEM_TIME (`a`, `b`) " if it has one
	attrPeriods       = "periods"           // MariaDB application-time periods: "PERIOD FOR `p` (`a`, `b`)"

	// Columns. MariaDB's row start and row end columns have GeneratedKind "ROW START" or "ROW END" and no expression.
	attrColumnFormat  = "column_format"             // class storage
	attrColumnStorage = "storage"                   // class storage
	attrSRID          = "srid"                      // "4326"
	attrCompressed    = "compressed"                // MariaDB: "COMPRESSED" or "COMPRESSED=zlib"; class storage
	attrWithoutSV     = "without_system_versioning" // "yes"
	attrCheck         = "check"                     // MariaDB: the column's own CHECK, without the outer parentheses
	attrEngineAttr    = "engine_attribute"          // tables, columns, indexes; class storage
	attrSecondaryAttr = "secondary_engine_attribute"

	// Indexes.
	attrParser = "parser" // full-text parser, quoted name

	// Routines, triggers and events: the session's sql_mode that the body was created under, when not the default that
	// the program's sessions have. Triggers: "FOLLOWS `other`" when another trigger of the same event and time runs before.
	attrSQLMode      = "sql_mode"
	attrTriggerOrder = "order"
)
