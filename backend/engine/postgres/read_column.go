package postgres

import (
	"strconv"

	"database-structure-sync/backend/schema"
)

func columnQueries(v version) []query {
	return []query{
		{"columns", `
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated, a.attcollation,
       a.attstorage, a.attislocal, a.attinhcount
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
 WHERE a.attrelid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'c')`, (*reader).column},
		{"columns", `
SELECT d.oid, d.adrelid, d.adnum, a.attgenerated, pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END)
  FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
 WHERE d.oid >= 16384`, (*reader).columnDefault},
	}
}

func (r *reader) column(w row) error {
	relid, attnum := w.oid(0), w.num(1)
	rel := r.of(relid)
	if rel == nil {
		return nil
	}
	for len(rel.columns) < attnum {
		rel.columns = append(rel.columns, columnRef{})
	}
	ref := &rel.columns[attnum-1]
	ref.name, ref.collation = w.name(2), w.oid(8)
	ref.typ = typeRef{w.oid(3), w.num(4)}
	info := r.typeTexts[ref.typ]
	comment := r.comments[address{classRelation, relid, attnum}]
	switch {
	case rel.table != nil:
		ref.column = r.tableColumn(w, rel, ref.name, info)
		ref.column.Comment = comment
	case rel.composite != nil:
		ref.comment = comment
	case rel.view != nil:
		rel.view.Attrs.Set(attrColumnComment+ref.name, comment, schema.ClassComment)
		if storage := w.char(9); rel.kind == 'm' && storage != info.storage {
			rel.view.Attrs.Set(attrColumnSetting+attrStorage+":"+ref.name, storageNames[storage], schema.ClassStorage)
		}
	}
	return nil
}

var storageNames = map[byte]string{'p': "PLAIN", 'e': "EXTERNAL", 'm': "MAIN", 'x': "EXTENDED"}

func (r *reader) tableColumn(w row, rel *relation, name string, info typeInfo) *schema.Column {
	rel.slab = append(rel.slab, schema.Column{Schema: rel.schema, Table: rel.name, Name: name, Type: info.Type, NotNull: w.is(5)})
	c := &rel.slab[len(rel.slab)-1] // there is room for all of them, so none ever moves
	c.Inherited = !w.is(10) && w.num(11) > 0
	switch w.char(6) {
	case 'a':
		c.Identity = &schema.Identity{Generation: "ALWAYS"}
	case 'd':
		c.Identity = &schema.Identity{Generation: "BY DEFAULT"}
	}
	switch w.char(7) {
	case 's':
		c.GeneratedKind = "STORED"
	case 'v':
		c.GeneratedKind = "VIRTUAL"
	}
	c.Collation, c.DependsOn = r.collate(w.oid(8), info.collation)
	if extension := r.memberOf(classType, info.base); extension != nil {
		c.DependsOn = append(c.DependsOn, extension...)
	}
	if storage := w.char(9); storage != info.storage {
		c.Attrs.Set(attrStorage, storageNames[storage], schema.ClassStorage)
	}
	return c
}

// columnDefault is a default or the expression of a generated column.
func (r *reader) columnDefault(w row) error {
	rel, attnum := r.relations[w.oid(1)], w.num(2)
	if rel == nil || rel.column(attnum) == "" {
		return nil
	}
	text := w.name(4)
	if rel.view != nil {
		rel.view.Attrs.Set(attrColumnDefault+rel.column(attnum), text, schema.ClassStructure)
		r.bases[address{class: classAttrdef, oid: w.oid(0)}] = &rel.view.Base
		return nil
	}
	c := rel.columns[attnum-1].column
	if c == nil {
		return nil
	}
	if w.char(3) == 0 {
		c.Default = text
	} else {
		c.Generated = stripParens(text)
		spell(&c.Base, spellDefinition, &c.Generated)
	}
	if r.defaults == nil {
		r.defaults = make(map[uint32]*schema.Column, 2*len(r.relations)) // every table has some
	}
	r.defaults[w.oid(0)] = c
	return nil
}

// columnSettingQueries read what few columns have: of tables, views, composite types and indexes alike.
func columnSettingQueries(v version) []query {
	compression := v.since(14, "attcompression", "''::\"char\"")
	return []query{{"columns", `
SELECT attrelid, attnum, CASE WHEN attstattarget >= 0 THEN attstattarget END, attoptions, ` + compression + `
  FROM pg_attribute
 WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped
   AND (attstattarget >= 0 OR attoptions IS NOT NULL` + v.since(14, " OR attcompression <> ''", "") + `)`, (*reader).columnSettings}}
}

func (r *reader) columnSettings(w row) error {
	attnum := w.num(1)
	if parts := r.indexes[w.oid(0)]; parts != nil {
		parts.settings(attnum, w)
		return nil
	}
	rel := r.relations[w.oid(0)]
	if rel == nil || rel.column(attnum) == "" {
		return nil
	}
	set := func(attribute, value string) {
		switch {
		case rel.view != nil:
			rel.view.Attrs.Set(attrColumnSetting+attribute+":"+rel.column(attnum), value, schema.ClassStorage)
		case rel.columns[attnum-1].column != nil:
			rel.columns[attnum-1].column.Attrs.Set(attribute, value, schema.ClassStorage)
		}
	}
	if !w.null(2) {
		set(attrStatistics, strconv.Itoa(w.num(2)))
	}
	set(attrColOptions, joinOptions("", w.list(3)))
	set(attrCompression, map[byte]string{'p': "pglz", 'l': "lz4"}[w.char(4)])
	return nil
}
