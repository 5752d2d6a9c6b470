package sqlite

// Names of the attributes (schema.Attr) that only SQLite knows, shared by reader and renderer. An attribute at its default
// is absent.
const (
	// Tables.
	attrWithoutRowid = "without_rowid" // "yes"
	attrStrict       = "strict"        // "yes"

	// Primary keys, unique constraints and (not_null_conflict) columns: what happens to a row that breaks it, when that is
	// not ABORT.
	attrOnConflict      = "on_conflict"
	attrNotNullConflict = "not_null_conflict"

	attrNotNullName = "not_null_name" // columns: the name of the NOT NULL constraint, when it has one

	// attrUnnamed is "yes" on constraints and foreign keys that have no name. The name in their key is made of their
	// content, see unnamedKey, and is not written.
	attrUnnamed = "unnamed"
	attrName    = "name" // the name as it is written, where another constraint of the table has the same
)

// Names in schema.Base.Spelling: ways to write what is equal, repeated where an object is written anew and never compared.
const (
	spellType     = "type"     // columns: the type as it was written
	spellColumn   = "column"   // checks: the column in whose definition it stands
	spellImplicit = "implicit" // foreign keys: "yes" when the referenced columns are left to the parent's primary key
	spellText     = "text"     // views, triggers, virtual tables, and what was not understood: the statement as it was written
)

// primaryKeyName is the name in the key of a primary key that has none.
const primaryKeyName = "PRIMARY"
