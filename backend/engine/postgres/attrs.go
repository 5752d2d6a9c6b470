package postgres

// Names of the attributes (schema.Attr) that only PostgreSQL knows, shared by readers and renderers. Values are ready to
// be rendered; an attribute at its default is absent.
const (
	// Tables.
	attrPersistence     = "persistence"        // "UNLOGGED"
	attrAccessMethod    = "access_method"      // quoted name, when not heap
	attrTablespace      = "tablespace"         // quoted name; tables, indexes, materialized views; class storage
	attrStorageParams   = "with"               // "autovacuum_enabled='false', fillfactor='70'", sorted; toast.* included; class storage
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
	attrNotNullName = "not_null_constraint" // quoted name of a named NOT NULL (18), when it is not the default name
	attrNotNullOpts = "not_null_options"    // "NO INHERIT", "NOT VALID" (18)

	// Indexes and constraints share attrTablespace, attrStorageParams, attrStatistics.
	attrInvalid = "invalid" // "yes": a failed CREATE INDEX CONCURRENTLY

	// Extensions: attrVersion is informational and not compared unless asked; attrRelocatedTo the schema.
	attrSchema = "schema"
)
