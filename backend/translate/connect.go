package translate

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// connect gives the objects of a translated structure the dependencies that the target's reader would have learned from the
// server: by them a plan is ordered.
func connect(d dialect, db *schema.Database) {
	for _, o := range db.Objects() {
		switch o := o.(type) {
		case *schema.Table:
			if t := connected(d, o); t != o {
				db.Put(t)
			}
		case *schema.ForeignKey:
			copied := *o
			copied.DependsOn = foreignKeyDeps(d, db, o)
			if !slices.Equal(copied.DependsOn, o.DependsOn) {
				db.Put(&copied)
			}
		}
	}
}

func connected(d dialect, t *schema.Table) *schema.Table {
	copied := *t
	copied.Columns, copied.Constraints = slices.Clone(t.Columns), slices.Clone(t.Constraints)
	for i, c := range t.Columns {
		deps := slices.Clone(c.DependsOn)
		if c.Generated != "" {
			deps = append(deps, columnKeys(t, c.Generated, c.Name)...)
		}
		if c.AutoIncrement {
			deps = append(deps, counterKey(d, t, c.Name)...)
		}
		if deps = unique(deps); !slices.Equal(deps, c.DependsOn) {
			column := *c
			column.DependsOn = deps
			copied.Columns[i] = &column
		}
	}
	for i, c := range t.Constraints {
		if c.Kind != schema.KindCheck {
			continue
		}
		if deps := unique(append(slices.Clone(c.DependsOn), columnKeys(t, c.Expr, "")...)); !slices.Equal(deps, c.DependsOn) {
			check := *c
			check.DependsOn = deps
			copied.Constraints[i] = &check
		}
	}
	copied.Indexes = slices.Clone(t.Indexes)
	for n, i := range t.Indexes {
		deps := slices.Clone(i.DependsOn)
		for _, p := range i.Columns {
			if p.Column == "" {
				deps = append(deps, columnKeys(t, p.Expr, "")...)
			}
		}
		deps = append(deps, columnKeys(t, i.Predicate, "")...)
		if deps = unique(deps); !slices.Equal(deps, i.DependsOn) {
			index := *i
			index.DependsOn = deps
			copied.Indexes[n] = &index
		}
	}
	return &copied
}

// unique is the keys sorted, each once.
func unique(keys []schema.Key) []schema.Key {
	slices.SortFunc(keys, schema.Key.Compare)
	return slices.Compact(keys)
}

// counterKey is the key that a counting column needs.
func counterKey(d dialect, t *schema.Table, column string) []schema.Key {
	for _, k := range keysOf(t, d) {
		if len(k.parts) > 0 && k.parts[0].Column == column && btree(k.method) && k.predicate == "" {
			return []schema.Key{k.source}
		}
	}
	return nil
}

// foreignKeyDeps are the keys that a foreign key uses on both sides.
func foreignKeyDeps(d dialect, db *schema.Database, f *schema.ForeignKey) []schema.Key {
	deps := slices.Clone(f.DependsOn)
	if ref, ok := db.Get(f.RefKey()).(*schema.Table); ok {
		for _, k := range keysOf(ref, d) {
			if k.unique && k.predicate == "" && sameSet(columnsOf(k.parts), f.RefColumns) {
				deps = append(deps, k.source)
				break
			}
		}
	}
	if t := db.Table(f.Schema, f.Table); t != nil && d.mysql() {
		for _, k := range keysOf(t, d) {
			if len(k.parts) >= len(f.Columns) && slices.Equal(columnsOf(k.parts[:len(f.Columns)]), f.Columns) {
				deps = append(deps, k.source)
				break
			}
		}
	}
	deps = slices.DeleteFunc(unique(deps), func(k schema.Key) bool { return k.Kind.IsPart() && db.Find(k) == nil })
	return deps
}

// columnsIn are the columns of the table that a text names.
func columnsIn(t *schema.Table, text string) []string {
	var names []string
	for _, word := range identifiers(text) {
		for _, c := range t.Columns {
			if c.Name == word || strings.EqualFold(c.Name, word) {
				if !slices.Contains(names, c.Name) {
					names = append(names, c.Name)
				}
				break
			}
		}
	}
	return names
}

func columnKeys(t *schema.Table, text, except string) []schema.Key {
	var keys []schema.Key
	for _, name := range columnsIn(t, text) {
		if name != except {
			keys = append(keys, columnKey(t.Key(), name))
		}
	}
	return keys
}

// identifiers are the words and quoted names of a text, string literals left out.
func identifiers(text string) []string {
	var words []string
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\'' || c == '"' || c == '`':
			end := i + 1
			for end < len(text) && (text[end] != c || end+1 < len(text) && text[end+1] == c) {
				if text[end] == c {
					end++
				}
				end++
			}
			if c != '\'' {
				q := string(c)
				words = append(words, strings.ReplaceAll(text[i+1:min(end, len(text))], q+q, q))
			}
			i = end + 1
		case wordAt(text, i):
			end := i
			for wordAt(text, end) {
				end++
			}
			words = append(words, text[i:end])
			i = end
		default:
			i++
		}
	}
	return words
}
