package postgres

import "database-structure-sync/backend/schema"

// extension notes an extension. What it is made of is its own affair, and which version of it is installed is the
// server's. The schema that it is put into must exist, unless the extension brings it along.
func (r *reader) extension(w row) error {
	oid, name, in := w.oid(0), w.text(1), w.text(2)
	e := &schema.Scripted{
		Kind: schema.KindExtension, Name: name,
		Definition: "CREATE EXTENSION " + quoteIdent(name) + " WITH SCHEMA " + quoteIdent(in),
	}
	e.Attrs.Set(attrSchema, quoteIdent(in), schema.ClassStructure)
	if in != "pg_catalog" {
		e.DependsOn = append(e.DependsOn, schema.Key{Kind: schema.KindSchema, Name: in})
	}
	r.extensions[oid] = e.Key()
	// Comments are read later; that of an extension is its own unless a user wrote another one, and it comes with it.
	r.pending = append(r.pending, func() { e.Comment = r.comments[address{class: classExtension, oid: oid}] })
	r.note(classExtension, oid, e)
	r.put(in, e)
	return nil
}
