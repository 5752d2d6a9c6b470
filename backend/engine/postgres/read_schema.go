package postgres

import "database-structure-sync/backend/schema"

// The catalogs' own numbers (pg_class.oid), the same in every version.
const (
	classConstraint = 2606
	classAttrdef    = 2604
	classCollation  = 3456
	classExtension  = 3079
	classIndex      = 1259 // indexes are relations
	classLanguage   = 2612
	classNamespace  = 2615
	classPolicy     = 3256
	classProc       = 1255
	classRelation   = 1259
	classRewrite    = 2618
	classStatistics = 3381
	classTrigger    = 2620
	classType       = 1247
)

const (
	publicSchema   = 2200 // oid of the schema that every database is born with
	catalogSchema  = 11   // oid of pg_catalog
	publicsComment = "standard public schema"
)

// nameQueries learn what everything else is decided by: which extensions there are, what belongs to them, and which
// schemas are the user's.
func nameQueries() []query {
	return []query{
		{
			"extensions", `SELECT e.oid, e.extname, n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= 16384`,
			(*reader).extension,
		},
		// What belongs to an extension, and what comes with a type by itself: a range's constructors and casts.
		{
			"extensions", `
SELECT classid, objid, CASE deptype WHEN 'e' THEN refobjid END FROM pg_depend
 WHERE objid >= 16384 AND (deptype = 'e' AND refclassid = 3079 OR deptype = 'i' AND classid IN (1255, 2605))`,
			func(r *reader, w row) error {
				r.members[address{class: w.oid(0), oid: w.oid(1)}] = r.extensions[w.oid(2)]
				return nil
			},
		},
	}
}

func schemaQueries() []query {
	return []query{
		{"schemas", `SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`, (*reader).schema},
		{
			"schemas", `SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()`,
			func(r *reader, w row) error {
				r.db.Charset, r.db.Collation = w.text(0), w.text(1)
				return nil
			},
		},
	}
}

// schema notes a schema. One that an extension made is the extension's, but what users put into it is theirs.
func (r *reader) schema(w row) error {
	oid, name := w.oid(0), w.text(1)
	r.schemas[oid] = name
	if _, member := r.members[address{class: classNamespace, oid: oid}]; member {
		return nil
	}
	s := &schema.Scripted{Kind: schema.KindSchema, Name: name, Definition: "CREATE SCHEMA " + quoteIdent(name)}
	r.track(classNamespace, oid, s)
	r.put(name, s)
	return nil
}
