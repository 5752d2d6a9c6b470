package mysql

import (
	"slices"

	"database-structure-sync/backend/schema"
)

// tableOption is one option of a table; value is SQL.
type tableOption struct{ name, value string }

// tableOptions lists the options of a table in the order in which SHOW CREATE TABLE prints them.
func tableOptions(t *schema.Table) ([]tableOption, error) {
	var out []tableOption
	add := func(name, value string) {
		if value != "" {
			out = append(out, tableOption{name, value})
		}
	}
	add("ENGINE", t.Attrs.Get(attrEngine))
	if hasAutoIncrement(t) {
		add("AUTO_INCREMENT", t.Attrs.Get(attrAutoIncrement))
	}
	add("DEFAULT CHARSET", t.Attrs.Get(attrCharset))
	add("COLLATE", t.Attrs.Get(attrCollation))
	add("TABLESPACE", t.Attrs.Get(attrTablespace))
	add("STORAGE", t.Attrs.Get(attrStorage))
	add("AUTOEXTEND_SIZE", t.Attrs.Get(attrAutoextendSize))
	storage, err := storageOptionsOf(t)
	if err != nil {
		return nil, err
	}
	out = append(out, storage...)
	add("ROW_FORMAT", t.Attrs.Get(attrRowFormat))
	add("KEY_BLOCK_SIZE", t.Attrs.Get(attrKeyBlockSize))
	add("ENGINE_ATTRIBUTE", t.Attrs.Get(attrEngineAttr))
	add("SECONDARY_ENGINE_ATTRIBUTE", t.Attrs.Get(attrSecondaryAttr))
	if t.Comment != "" {
		add("COMMENT", quoteString(t.Comment))
	}
	return out, nil
}

// storageOptionsOf splits the canonical text of attrTableOptions.
func storageOptionsOf(t *schema.Table) ([]tableOption, error) {
	text := t.Attrs.Get(attrTableOptions)
	if text == "" {
		return nil, nil
	}
	tokens, err := tokenize(text)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	raw := &rawTable{}
	for !p.end() {
		if err := p.tableOption(raw); err != nil {
			return nil, err
		}
	}
	out := make([]tableOption, len(raw.options))
	for i, o := range raw.options {
		out[i] = tableOption(o)
	}
	return out, nil
}

func hasAutoIncrement(t *schema.Table) bool {
	for _, c := range t.Columns {
		if c.AutoIncrement {
			return true
		}
	}
	return false
}

// sql is the option as CREATE and ALTER TABLE take it.
func (o tableOption) sql() string {
	if o.name == "STORAGE" || o.name == "TABLESPACE" {
		return o.name + " " + o.value
	}
	return o.name + "=" + o.value
}

// resets are the values that bring an option back to its default. An option that is not here cannot be taken back.
var resets = map[string]string{
	"AUTO_INCREMENT": "1", "ROW_FORMAT": "DEFAULT", "KEY_BLOCK_SIZE": "0", "COMMENT": "''", "ENGINE_ATTRIBUTE": "''",
	"SECONDARY_ENGINE_ATTRIBUTE": "''", "MIN_ROWS": "0", "MAX_ROWS": "0", "AVG_ROW_LENGTH": "0", "PACK_KEYS": "DEFAULT",
	"STATS_PERSISTENT": "DEFAULT", "STATS_AUTO_RECALC": "DEFAULT", "STATS_SAMPLE_PAGES": "DEFAULT", "CHECKSUM": "0",
	"PAGE_CHECKSUM": "0", "DELAY_KEY_WRITE": "0", "TRANSACTIONAL": "DEFAULT", "COMPRESSION": "''", "ENCRYPTION": "'N'",
	"PAGE_COMPRESSED": "DEFAULT", "PAGE_COMPRESSION_LEVEL": "DEFAULT", "ENCRYPTED": "DEFAULT", "ENCRYPTION_KEY_ID": "DEFAULT",
	"UNION": "()", "INSERT_METHOD": "NO", "CONNECTION": "''", "AUTOEXTEND_SIZE": "0", "TABLESPACE": ownFile, "SECONDARY_ENGINE": "NULL",
}

// optionChanges are the options that lead from one table to the other.
func (d dialect) optionChanges(before, after *schema.Table) ([]string, error) {
	was, err := tableOptions(before)
	if err != nil {
		return nil, err
	}
	is, err := tableOptions(after)
	if err != nil {
		return nil, err
	}
	old := map[string]string{}
	for _, o := range was {
		old[o.name] = o.value
	}
	collation := changed(before, after, attrCharset, attrCollation)
	var out []string
	for _, o := range is {
		isCollation := o.name == "DEFAULT CHARSET" || o.name == "COLLATE"
		if isCollation && collation || !isCollation && old[o.name] != o.value {
			out = append(out, o.sql())
		}
		delete(old, o.name)
	}
	for _, o := range was {
		if _, gone := old[o.name]; !gone || o.name == "AUTO_INCREMENT" && !hasAutoIncrement(after) || ariaOptions[o.name] && !isAria(after) {
			continue
		}
		value, ok := resets[o.name]
		if !ok {
			return nil, d.cannot(after.Key(), "has the option %s, which no ALTER TABLE takes back: ignore storage options", o.sql())
		}
		out = append(out, tableOption{o.name, value}.sql())
	}
	if isAria(after) && !isAria(before) && !slices.ContainsFunc(is, func(o tableOption) bool { return o.name == "TRANSACTIONAL" }) {
		out = append(out, "TRANSACTIONAL=DEFAULT") // it may have been Aria's before, and then has kept the option
	}
	return out, nil
}
