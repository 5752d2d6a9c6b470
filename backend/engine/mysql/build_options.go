package mysql

import (
	"cmp"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// storageOptions are the table options that go into attrTableOptions, in the order in which it lists them.
var storageOptions = []string{
	"MIN_ROWS", "MAX_ROWS", "AVG_ROW_LENGTH", "PACK_KEYS", "STATS_PERSISTENT", "STATS_AUTO_RECALC",
	"STATS_SAMPLE_PAGES", "CHECKSUM", "PAGE_CHECKSUM", "DELAY_KEY_WRITE", "TRANSACTIONAL", "COMPRESSION", "ENCRYPTION", "PAGE_COMPRESSED",
	"PAGE_COMPRESSION_LEVEL", "ENCRYPTED", "ENCRYPTION_KEY_ID", "UNION", "INSERT_METHOD", "DATA DIRECTORY", "INDEX DIRECTORY", "CONNECTION",
	"SECONDARY_ENGINE",
}

// stringOptions are those whose value is a string literal, however it was told.
var stringOptions = map[string]bool{"COMPRESSION": true, "ENCRYPTION": true, "CONNECTION": true, "DATA DIRECTORY": true, "INDEX DIRECTORY": true}

// options sets the table's attributes, comment and unmodelled facts from its options.
func (b *builder) options(t *schema.Table, raw *rawTable) {
	var charset, collation string
	var storage []rawOption
	for _, o := range raw.options {
		name, value := o.name, o.value
		if strings.HasPrefix(name, "`") { // options that MariaDB's engines define
			if plain, err := unquoteIdent(name); err == nil {
				name = strings.ToUpper(plain)
			}
		}
		switch name {
		case "ENGINE":
			t.Attrs.Set(attrEngine, normalEngine(value), schema.ClassStructure)
		case "CHARSET":
			charset = value
		case "COLLATE":
			collation = value
		case "COMMENT":
			t.Comment = plainValue(value)
		case "ROW_FORMAT":
			t.Attrs.Set(attrRowFormat, strings.ToUpper(value), schema.ClassStorage)
		case "KEY_BLOCK_SIZE":
			t.Attrs.Set(attrKeyBlockSize, value, schema.ClassStorage)
		case "AUTO_INCREMENT":
			if value != "1" && value != "0" {
				t.Attrs.Set(attrAutoIncrement, value, schema.ClassAutoIncrement)
			}
		case "TABLESPACE":
			b.tablespace(t, normalOption(name, value).value)
		case "STORAGE":
			t.Attrs.Set(attrStorage, strings.ToUpper(value), schema.ClassStorage)
		case "AUTOEXTEND_SIZE":
			t.Attrs.Set(attrAutoextendSize, plainValue(value), schema.ClassStorage)
		case "ENGINE_ATTRIBUTE":
			t.Attrs.Set(attrEngineAttr, value, schema.ClassStorage)
		case "SECONDARY_ENGINE_ATTRIBUTE":
			t.Attrs.Set(attrSecondaryAttr, value, schema.ClassStorage)
		default:
			if !slices.Contains(storageOptions, name) {
				t.Unmodelled = append(t.Unmodelled, o.name+"="+value)
				continue
			}
			storage = append(storage, normalOption(name, value))
		}
	}
	charset, collation = b.collationFor(charset, collation, b.collation)
	t.Attrs.Set(attrCharset, charset, schema.ClassCollation)
	t.Attrs.Set(attrCollation, collation, schema.ClassCollation)
	if !isAria(t) {
		storage = slices.DeleteFunc(storage, func(o rawOption) bool { return ariaOptions[o.name] })
	}
	set(&t.Attrs, attrTableOptions, optionsText(storage), schema.ClassStorage)
}

// ariaOptions mean something to the engine Aria only. MariaDB keeps and prints them when a table goes to another engine,
// where nothing takes them back.
var ariaOptions = map[string]bool{"PAGE_CHECKSUM": true, "TRANSACTIONAL": true}

func isAria(t *schema.Table) bool { return strings.EqualFold(t.Attrs.Get(attrEngine), "Aria") }

// ownFile is the tablespace of a table that has a file of its own, as all have unless somebody says otherwise.
const ownFile = "`innodb_file_per_table`"

// tablespace sets the tablespace. That a table was told to have a file of its own is how it is written: no ALTER TABLE
// takes the words back, and information_schema does not tell.
func (b *builder) tablespace(t *schema.Table, quoted string) {
	if quoted == ownFile {
		t.Spelling.Set(attrTablespace, quoted, schema.ClassStorage)
		return
	}
	t.Attrs.Set(attrTablespace, quoted, schema.ClassStorage)
}

// plainValue is the value behind a string literal, or the text itself.
func plainValue(sql string) string {
	if s, err := unquoteString(sql); err == nil {
		return s
	}
	return sql
}

// normalOption writes an option's value in one way.
func normalOption(name, value string) rawOption {
	plain := plainValue(value)
	switch {
	case stringOptions[name]:
		value = quoteString(plain)
	case name == "TABLESPACE":
		if !strings.HasPrefix(value, "`") {
			value = quoteIdent(value)
		}
	case name == "PAGE_COMPRESSED":
		value = onOff(plain)
	case name == "ENCRYPTED":
		value = strings.ToUpper(plain)
	case !strings.HasPrefix(value, "("):
		value = plain
	}
	return rawOption{name, value}
}

func onOff(value string) string {
	switch strings.ToUpper(value) {
	case "1", "ON", "YES":
		return "1"
	}
	return "0"
}

func optionsText(options []rawOption) string {
	slices.SortStableFunc(options, func(x, y rawOption) int {
		return cmp.Compare(slices.Index(storageOptions, x.name), slices.Index(storageOptions, y.name))
	})
	if len(options) == 0 {
		return ""
	}
	texts := make([]string, len(options))
	for i, o := range options {
		texts[i] = o.name + "=" + o.value
	}
	return strings.Join(texts, " ")
}

// versioning sets the table's periods and system versioning.
func (b *builder) versioning(t *schema.Table, raw *rawTable) {
	var system, periods []string
	for _, p := range raw.periods {
		columns := " (" + quoteIdent(p.start) + ", " + quoteIdent(p.end) + ")"
		if strings.EqualFold(p.name, "SYSTEM_TIME") {
			system = append(system, "PERIOD FOR SYSTEM_TIME"+columns)
		} else {
			periods = append(periods, "PERIOD FOR "+quoteIdent(p.name)+columns)
		}
	}
	if raw.versioned {
		system = append(system, "WITH SYSTEM VERSIONING")
	}
	set(&t.Attrs, attrSystemVersion, strings.Join(system, " "), schema.ClassStructure)
	set(&t.Attrs, attrPeriods, strings.Join(periods, ", "), schema.ClassStructure)
}

// forgetMarks takes WITHOUT SYSTEM VERSIONING, which MariaDB goes on printing, from the columns of a table that is not
// versioned any more. It means nothing there, and cannot be said of a table that never was.
func forgetMarks(t *schema.Table) {
	for _, c := range t.Columns {
		if v := c.Attrs.Get(attrWithoutSV); v != "" {
			c.Attrs.Set(attrWithoutSV, "", schema.ClassStructure)
			c.Spelling.Set(attrWithoutSV, v, schema.ClassStructure)
		}
	}
}

// forgetCounter takes the next value from a table of MySQL that counts nothing: information_schema tells of one that was
// given all the same, and SHOW CREATE TABLE does not.
func (b *builder) forgetCounter(t *schema.Table) {
	if !b.f.mariadb && t.Attrs.Get(attrAutoIncrement) != "" && !hasAutoIncrement(t) {
		t.Attrs.Set(attrAutoIncrement, "", schema.ClassAutoIncrement)
	}
}

// periodColumns are the columns of the table's application-time period of that name.
func periodColumns(t *schema.Table, name string) []schema.Key {
	tokens, err := tokenize(t.Attrs.Get(attrPeriods))
	if err != nil {
		return nil
	}
	p := parser{tokens: tokens}
	if !p.accept("PERIOD", "FOR") {
		return nil
	}
	if n, err := p.ident(); err != nil || !strings.EqualFold(n, name) {
		return nil
	}
	columns, err := p.idents()
	if err != nil {
		return nil
	}
	var keys []schema.Key
	for _, c := range columns {
		keys = append(keys, schema.Key{Kind: schema.KindColumn, Owner: t.Name, Name: c})
	}
	return keys
}
