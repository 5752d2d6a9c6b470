package sqlite

import (
	"database/sql/driver"
	"strings"

	"database-structure-sync/backend/schema"
)

// catalog is everything that was asked of the database, by table where it belongs to one.
type catalog struct {
	objects     []schemaRow
	tables      map[string]tableRow
	columns     map[string][]columnRow
	indexes     map[string][]*indexRow
	foreignKeys map[string][]foreignKeyRow
}

// tables as the pragmas are asked about them: those with rows of their own. Virtual tables have no root page; asking about
// them needs their module, which this program may lack.
const realTables = `FROM main.sqlite_schema AS m JOIN `

const (
	queryObjects = `SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY rowid`
	queryTables  = `SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'`
	queryColumns = `SELECT m.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden ` + realTables +
		`pragma_table_xinfo(m.name, 'main') AS x WHERE m.type = 'table' AND m.rootpage > 0 ORDER BY m.rowid, x.cid`
	queryIndexes = `SELECT m.name, l.name, l."unique", l.origin, l.partial, x.cid, x.name, x."desc", x.coll ` + realTables +
		`pragma_index_list(m.name, 'main') AS l JOIN pragma_index_xinfo(l.name, 'main') AS x ` +
		`WHERE m.type = 'table' AND m.rootpage > 0 AND x.key ORDER BY m.rowid, l.seq, x.seqno`
	queryForeignKeys = `SELECT m.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete ` + realTables +
		`pragma_foreign_key_list(m.name, 'main') AS f WHERE m.type = 'table' AND m.rootpage > 0 ORDER BY m.rowid, f.id DESC, f.seq`
)

func (c *catalog) object(row []driver.Value) {
	c.objects = append(c.objects, schemaRow{text(row[0]), text(row[1]), text(row[2]), text(row[3])})
}

func (c *catalog) table(row []driver.Value) {
	c.tables[text(row[0])] = tableRow{text(row[1]), truth(row[2]), truth(row[3])}
}

func (c *catalog) column(row []driver.Value) {
	name := text(row[0])
	c.columns[name] = append(c.columns[name], columnRow{
		name: text(row[1]), typ: text(row[2]), notNull: truth(row[3]), fallback: text(row[4]), hasDefault: row[4] != nil,
		pk: number(row[5]), hidden: number(row[6]),
	})
}

func (c *catalog) index(row []driver.Value) {
	table, name := text(row[0]), text(row[1])
	list := c.indexes[table]
	if len(list) == 0 || list[len(list)-1].name != name {
		list = append(list, &indexRow{name: name, unique: truth(row[2]), origin: text(row[3]), partial: truth(row[4])})
		c.indexes[table] = list
	}
	last := list[len(list)-1]
	last.parts = append(last.parts, indexPartRow{number(row[5]), text(row[6]), truth(row[7]), collationName(text(row[8]))})
}

func (c *catalog) foreignKey(row []driver.Value) {
	table := text(row[0])
	c.foreignKeys[table] = append(c.foreignKeys[table], foreignKeyRow{
		id: number(row[1]), table: text(row[2]), from: text(row[3]), to: text(row[4]), implicit: row[4] == nil,
		onUpdate: text(row[5]), onDelete: text(row[6]),
	})
}

// build makes the model of what was read.
func build(cat *catalog, version, name string) *schema.Database {
	b := &builder{cat: cat, out: &schema.Database{Dialect: dialectName, Flavor: flavorName, Version: version, Name: name}}
	for _, o := range cat.objects {
		if strings.HasPrefix(fold(o.name), "sqlite_") { // its own: counters, statistics, indexes of constraints
			continue
		}
		if o.typ == "table" && isVirtual(o.sql) {
			b.virtual = append(b.virtual, fold(o.name))
		}
		if o.typ == "table" || o.typ == "view" {
			b.names.add(o.name)
		}
	}
	for _, o := range cat.objects {
		if !strings.HasPrefix(fold(o.name), "sqlite_") && o.typ == "table" {
			b.table(o)
		}
	}
	b.resolveForeignKeys()
	for _, o := range cat.objects {
		if strings.HasPrefix(fold(o.name), "sqlite_") {
			continue
		}
		switch o.typ {
		case "index":
			b.index(o)
		case "view":
			b.view(o)
		case "trigger":
			b.trigger(o)
		}
	}
	b.finish()
	return b.out
}
