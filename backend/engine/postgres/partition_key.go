package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// A partitioned table has no rows of its own. Where its key has to change, it is dropped and created again while its
// partitions, which keep their rows, stand by themselves.

// keyColumns are the columns of a partitioned table that its partition key names.
func keyColumns(t *schema.Table) (columns []*schema.Column) {
	if t.PartitionBy == "" {
		return nil
	}
	named := identifiers(t.PartitionBy)
	for _, c := range t.Columns {
		if named[quoteIdent(c.Name)] {
			columns = append(columns, c)
		}
	}
	return columns
}

// identifiers are the words and quoted names in a text, as they stand there.
func identifiers(text string) map[string]bool {
	found := map[string]bool{}
	for i := 0; i < len(text); i++ {
		start := i
		switch c := text[i]; {
		case c == '\'':
			i = skipQuoted(text, i)
			continue
		case c == '"':
			for i = skipQuoted(text, i); i+1 < len(text) && text[i+1] == '"'; {
				i = skipQuoted(text, i+1)
			}
		case isNameByte(c) || c >= 0x80:
			for i+1 < len(text) && (isNameByte(text[i+1]) || text[i+1] >= 0x80) && text[i+1] != '"' {
				i++
			}
		default:
			continue
		}
		found[text[start:min(i+1, len(text))]] = true
	}
	return found
}

// keyTypes are the types and collations that a partitioned table's key needs.
func keyTypes(t *schema.Table) (keys []schema.Key) {
	for _, c := range keyColumns(t) {
		keys = append(keys, usedByType(c)...)
	}
	return keys
}

// tableReplaced tells whether only a new table can have the new structure: a plain table cannot become a partitioned
// one, nor can a partition key or the type of a column in it change.
func tableReplaced(before, after *schema.Table) bool {
	if before.PartitionBy != after.PartitionBy {
		return true
	}
	for _, b := range keyColumns(before) {
		if a := after.Column(b.Name); a != nil && retyped(b, a) {
			return true
		}
	}
	return false
}

func retyped(before, after *schema.Column) bool {
	return before.Type.Text != after.Type.Text || before.Collation != after.Collation
}

// tableReplaced tells the same within a plan, where a type in the key may have to be made anew.
func (r *rendering) tableReplaced(before, after *schema.Table) bool {
	if tableReplaced(before, after) {
		return true
	}
	for _, k := range keyTypes(before) {
		if r.fateOf(k) != kept {
			return true
		}
	}
	return false
}

// replacedBy tells whether the chosen change of a table replaces it.
func replacedBy(c diff.Change) bool {
	if changed(c.Fields, "partition_by") {
		return true
	}
	key := map[string]bool{}
	for _, k := range keyColumns(c.Before.(*schema.Table)) {
		key[k.Name] = true
	}
	for _, p := range c.Parts {
		before, was := p.Before.(*schema.Column)
		after, is := p.After.(*schema.Column)
		if was && is && key[before.Name] && retyped(before, after) {
			return true
		}
	}
	return false
}
