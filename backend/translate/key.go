package translate

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// key is a primary key, unique constraint or index in neutral terms.
type key struct {
	name             string // "" when it has none of its own
	primary, unique  bool
	constraint       bool // a unique constraint rather than a unique index
	method           string
	parts            []schema.IndexPart
	include          []string
	predicate        string
	nullsNotDistinct bool
	invisible        bool
	deferrable       bool
	comment          string
	source           schema.Key
}

// keysOf are the keys and indexes of a table, the primary key first.
func keysOf(t *schema.Table, d dialect) []key {
	var keys []key
	for _, c := range t.Constraints {
		if c.Kind != schema.KindPrimaryKey && c.Kind != schema.KindUnique {
			continue
		}
		k := key{
			name: c.Name, primary: c.Kind == schema.KindPrimaryKey, unique: true, constraint: true, parts: c.Columns, include: c.Include,
			nullsNotDistinct: c.NullsNotDistinct, deferrable: c.Deferrable, comment: c.Comment, source: c.Key(),
		}
		if c.Attrs.Get("unnamed") != "" || k.primary && c.Name == "PRIMARY" {
			k.name = ""
		}
		keys = append(keys, k)
	}
	for _, i := range t.Indexes {
		keys = append(keys, key{
			name: i.Name, unique: i.Unique, constraint: i.Unique && d.mysql(), method: i.Method, parts: i.Columns, include: i.Include, predicate: i.Predicate,
			nullsNotDistinct: i.NullsNotDistinct, invisible: i.Invisible, comment: i.Comment, source: i.Key(),
		})
	}
	slices.SortStableFunc(keys, func(x, y key) int {
		switch {
		case x.primary && !y.primary:
			return -1
		case y.primary && !x.primary:
			return 1
		}
		return 0
	})
	return keys
}

// columnsOf are the names of the columns of the parts, "" for expressions.
func columnsOf(parts []schema.IndexPart) []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.Column
	}
	return names
}

// btree tells that an index is of the kind that all engines have.
func btree(method string) bool { return method == "" || method == "btree" }

// madeName is the name that PostgreSQL would make of a table, columns and a word.
func madeName(table string, columns []string, word string) string {
	parts := []string{table}
	for _, c := range columns {
		if c != "" {
			parts = append(parts, c)
		}
	}
	return strings.Join(append(parts, word), "_")
}
