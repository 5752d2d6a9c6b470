package postgres

// Names of the attributes (schema.Attr) that only PostgreSQL knows, shared by readers and renderers. Values are ready to
// be rendered; an attribute at its default is absent.
const (
	// Tables.
	attrPersistence     = "persistence"        // "UNLOGGED"
	attrAccessMethod    = "access_method"      // quoted name, when not heap
	attrTablespace      = "tablespace"         // quoted name; tables, indexes, materialized views; class storage
	attrStorageParams   = "with"               // "fillfactor='70', autovacuum_enabled='false'", in the server's order; toast.* last; class storage
	attrRowSecurity     = "row_security"       // "ENABLE"
	attrForceRLS        = "force_row_security" // "FORCE"
	attrReplicaIdentity = "replica_identity"   // "FULL", "NOTHING", "USING INDEX <quoted name>"
	attrOfType          = "of_type"            // qualified composite type of a typed table
	attrClusterOn       = "cluster_on"         // quoted name of the index last used by CLUSTER

	// Columns.
	attrStorage     = "storage"             // "EXTERNAL", "MAIN", … when not the type's default; class storage
	attrCompression = "compression"         // "pglz", "lz4"; class storage
	attrStatistics  = "statistics"          // "500"; columns and expression index columns ("2=500"); class storage
	attrColOptions  = "options"             // "n_distinct='-0.5'"; class storage
	attrNotNullName = "not_null_constraint" // quoted name of a NOT NULL (18) that is not the default name, as parents give theirs; class not_null_name
	attrNotNullOpts = "not_null_options"    // "NO INHERIT", "NOT VALID" (18)

	// Indexes and constraints share attrTablespace, attrStorageParams, attrStatistics.
	attrInvalid = "invalid" // "yes": a failed CREATE INDEX CONCURRENTLY

	// Routines, triggers and rules.
	attrRoutine = "routine" // "FUNCTION app.f(integer, text)", "PROCEDURE …", "AGGREGATE app.a(*)": as DROP and COMMENT ON name it
	attrEnabled = "enabled" // "DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS"; absent: "ENABLE"

	// Views and materialized views: one attribute per column, its raw name behind the prefix.
	attrColumnComment = "column_comment:" // the text; class comment
	attrColumnDefault = "column_default:" // the expression of ALTER VIEW … ALTER COLUMN … SET DEFAULT
	attrColumnSetting = "column_setting:" // then attrStorage, attrStatistics, attrCompression or attrColOptions, ":" and the name

	// Materialized views: one attribute per index, its raw name behind the prefix. The view's Definition is without
	// attrStorageParams and attrTablespace, which stand beside it.
	attrIndex        = "index:"         // the complete CREATE INDEX statement
	attrIndexComment = "index_comment:" // the text; class comment

	// Domains: comments on checks; columns (18): comment on the NOT NULL. The constraint's raw name is behind the prefix.
	attrConstraintComment = "constraint_comment:"

	// Extensions: attrVersion is informational and not compared unless asked; attrRelocatedTo the schema.
	attrSchema = "schema"
)
