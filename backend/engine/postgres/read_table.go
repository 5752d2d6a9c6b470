package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// relation is anything that has columns, and sequences: what else refers to them by oid.
type relation struct {
	kind         byte // pg_class.relkind
	schema, name string
	key          schema.Key
	object       schema.Object   // the one below that is set
	columns      []columnRef     // by attnum - 1; a dropped one has no name
	slab         []schema.Column // what columns of tables are taken from
	// Exactly one of these is set for what the model has.
	table     *schema.Table
	view      *schema.Scripted
	composite *schema.Composite
	sequence  *schema.Sequence
	identity  *schema.Column // of a sequence: the column whose identity it is behind
}

// columnRef is a column as others refer to it.
type columnRef struct {
	name      string
	typ       typeRef
	collation uint32
	column    *schema.Column // of tables
	comment   string         // of composite types
}

// column is the name of the column with that number, "" for none.
func (rel *relation) column(attnum int) string {
	if attnum < 1 || attnum > len(rel.columns) {
		return ""
	}
	return rel.columns[attnum-1].name
}

func (rel *relation) columnNames(attnums []int) []string {
	names := make([]string, len(attnums))
	for i, n := range attnums {
		names[i] = rel.column(n)
	}
	return names
}

func (rel *relation) columnKeys(attnums []int) []schema.Key {
	keys := make([]schema.Key, 0, len(attnums))
	for _, n := range attnums {
		if name := rel.column(n); name != "" {
			keys = append(keys, schema.Key{Kind: schema.KindColumn, Schema: rel.schema, Owner: rel.name, Name: name})
		}
	}
	return keys
}

// relationQueries read tables, views, sequences and composite types, which share a catalog.
func relationQueries() []query {
	return []query{
		{"tables", `
SELECT c.oid, c.relname, c.relnamespace, c.relkind, c.relpersistence, c.reltype, c.reloptions, c.relrowsecurity, c.relforcerowsecurity,
       c.relreplident, c.reloftype, a.amname, s.spcname, CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
       CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END, a.oid, CASE WHEN c.relkind <> 'S' THEN c.relnatts ELSE 0 END
  FROM pg_class c LEFT JOIN pg_am a ON a.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
 WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c')`, (*reader).relation},
		{"tables", `
SELECT c.oid, t.reloptions FROM pg_class t JOIN pg_class c ON c.reltoastrelid = t.oid
 WHERE t.relkind = 't' AND t.reloptions IS NOT NULL AND c.oid >= 16384`, (*reader).toastOptions},
	}
}

func (r *reader) relation(w row) error {
	oid := w.oid(0)
	in, ok := r.own(classRelation, oid, w.oid(2))
	if !ok || w.char(4) == 't' {
		return nil
	}
	if _, member := r.members[address{class: classType, oid: w.oid(5)}]; member && w.char(3) == 'c' {
		return nil // of a composite type, the type is the extension's
	}
	rel := &relation{kind: w.char(3), schema: in, name: w.text(1)}
	if n := w.num(16); n > 0 {
		rel.columns = take(&r.spareRefs, n)
		if rel.kind == 'r' || rel.kind == 'p' {
			rel.slab = take(&r.spareColumns, n)
		}
	}
	switch rel.kind {
	case 'r', 'p':
		rel.table = &schema.Table{Schema: in, Name: rel.name}
		rel.object = rel.table
		r.tableFacts(w, rel.table)
		r.put(in, rel.table)
	case 'v', 'm':
		rel.view = &schema.Scripted{Kind: schema.KindView, Schema: in, Name: rel.name}
		if rel.kind == 'm' {
			rel.view.Kind = schema.KindMaterializedView
		}
		rel.object = rel.view
		r.viewFacts(w, rel)
		r.put(in, rel.view)
	case 'S':
		rel.sequence = &schema.Sequence{Schema: in, Name: rel.name}
		rel.object = rel.sequence
		if w.char(4) == 'u' {
			rel.sequence.Attrs.Set(attrPersistence, "UNLOGGED", schema.ClassStructure)
		}
	case 'c':
		rel.composite = &schema.Composite{Schema: in, Name: rel.name}
		rel.object = rel.composite
		r.put(in, rel.composite)
	}
	r.relations[oid] = rel
	rel.key = rel.object.Key()
	rel.object.Extra().Comment = r.comments[address{class: classRelation, oid: oid}]
	if rel.composite != nil { // the comment is on the type
		typ := w.oid(5)
		rel.composite.Comment = r.comments[address{class: classType, oid: typ}]
		r.bases[address{class: classType, oid: typ}] = &rel.composite.Base
	}
	return nil
}

// take cuts room for n elements, none of which is there yet, from a larger piece of memory.
func take[T any](spare *[]T, n int) []T {
	const piece = 512
	if len(*spare) < n {
		*spare = make([]T, max(n, piece))
	}
	out := (*spare)[:0:n]
	*spare = (*spare)[n:]
	return out
}

// tableFacts reads what a table itself says.
func (r *reader) tableFacts(w row, t *schema.Table) {
	base := &t.Base
	t.PartitionBy, t.Bound = w.text(14), w.text(13)
	if w.char(4) == 'u' {
		base.Attrs.Set(attrPersistence, "UNLOGGED", schema.ClassStructure)
	}
	base.Attrs.Set(attrStorageParams, joinOptions("", w.list(6)), schema.ClassStorage)
	if w.is(7) {
		base.Attrs.Set(attrRowSecurity, "ENABLE", schema.ClassStructure)
	}
	if w.is(8) {
		base.Attrs.Set(attrForceRLS, "FORCE", schema.ClassStructure)
	}
	switch w.char(9) {
	case 'f':
		base.Attrs.Set(attrReplicaIdentity, "FULL", schema.ClassStructure)
	case 'n':
		base.Attrs.Set(attrReplicaIdentity, "NOTHING", schema.ClassStructure)
	}
	if of := w.oid(10); of != 0 {
		if n, ok := r.typeNames[of]; ok {
			base.Attrs.Set(attrOfType, quoteQualified(n.schema, n.name), schema.ClassStructure)
		}
		base.DependsOn = append(base.DependsOn, r.types[of])
	}
	r.accessMethod(w, base)
	base.Attrs.Set(attrTablespace, quoteName(w.text(12)), schema.ClassStorage)
}

// accessMethod is the table access method of row columns 11 and 15, where it is not the usual one.
func (r *reader) accessMethod(w row, base *schema.Base) {
	if am := w.text(11); am != "" && am != "heap" {
		base.Attrs.Set(attrAccessMethod, quoteIdent(am), schema.ClassStructure)
		base.DependsOn = append(base.DependsOn, r.memberOf(classAccessMethod, w.oid(15))...)
	}
}

const classAccessMethod = 2601

func quoteName(name string) string {
	if name == "" {
		return ""
	}
	return quoteIdent(name)
}

func (r *reader) toastOptions(w row) error {
	rel := r.relations[w.oid(0)]
	if rel == nil {
		return nil
	}
	base := r.base(classRelation, w.oid(0))
	both := base.Attrs.Get(attrStorageParams)
	toast := joinOptions("toast.", w.list(1))
	if both != "" {
		toast = both + ", " + toast
	}
	base.Attrs.Set(attrStorageParams, toast, schema.ClassStorage)
	return nil
}

// joinOptions writes options, each "name=value" as the catalogs have it, ready for WITH (…). Their order is the server's:
// it shows in every dump, and altering can reach it.
func joinOptions(prefix string, options []string) string {
	texts := make([]string, len(options))
	for i, o := range options {
		name, value, _ := strings.Cut(o, "=")
		texts[i] = prefix + quoteIdent(name) + "=" + quoteLiteral(value)
	}
	return strings.Join(texts, ", ")
}

// inheritanceQueries read parents of tables: by inheritance and of partitions.
func inheritanceQueries() []query {
	return []query{{"tables", `
SELECT h.inhrelid, h.inhparent FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
 WHERE h.inhrelid >= 16384 AND c.relkind IN ('r', 'p') ORDER BY h.inhrelid, h.inhseqno`, (*reader).inheritance}}
}

func (r *reader) inheritance(w row) error {
	child, parent := r.relations[w.oid(0)], r.relations[w.oid(1)]
	if child == nil || child.table == nil || parent == nil {
		return nil
	}
	if child.table.Bound != "" {
		child.table.PartitionOf = parent.key
	} else {
		child.table.Inherits = append(child.table.Inherits, parent.key)
	}
	return nil
}
