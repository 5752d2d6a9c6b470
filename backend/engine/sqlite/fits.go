package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// fits holds a table's statement against what the pragmas say. An error means that the statement was not understood.
func (b *builder) fits(table string, w *tableText) error {
	rows := b.cat.columns[table]
	if len(rows) != len(w.columns) {
		return fmt.Errorf("it has %d columns, of which %d were understood", len(rows), len(w.columns))
	}
	pk := primaryKeyColumns(w)
	for i, r := range rows {
		if err := fitsColumn(r, w.columns[i], pk, w.withoutRowid); err != nil {
			return fmt.Errorf("column %s: %w", r.name, err)
		}
	}
	if t := b.cat.tables[table]; t.strict != w.strict || t.withoutRowid != w.withoutRowid {
		return fmt.Errorf("its options were not understood")
	}
	if err := fitsUniques(b.cat.indexes[table], w); err != nil {
		return err
	}
	return fitsForeignKeys(b.cat.foreignKeys[table], w)
}

func primaryKeyColumns(w *tableText) []string {
	for _, k := range w.constraints {
		if k.kind == schema.KindPrimaryKey {
			return partNames(k.parts)
		}
	}
	return nil
}

// partNames are the folded names of the parts that can be columns.
func partNames(parts []keyPart) []string {
	var names []string
	for _, p := range parts {
		if len(p.tokens) == 1 {
			names = append(names, fold(p.tokens[0].name()))
		}
	}
	return names
}

func fitsColumn(r columnRow, c *columnText, pk []string, withoutRowid bool) error {
	inKey := slices.Contains(pk, fold(r.name))
	hidden := map[string]int{"": 0, "VIRTUAL": 2, "STORED": 3}
	switch {
	case r.name != c.name:
		return fmt.Errorf("it was understood to be %s", c.name)
	case r.notNull != c.notNull && (!inKey || !withoutRowid): // where it holds anyway
		return fmt.Errorf("NOT NULL was not understood")
	case r.hasDefault != c.hasDefault:
		return fmt.Errorf("its default was not understood")
	case r.hidden != hidden[c.generatedKind]:
		return fmt.Errorf("whether it is generated was not understood")
	case (r.pk > 0) != inKey:
		return fmt.Errorf("its place in the primary key was not understood")
	}
	if r.hasDefault {
		tokens, err := tokenize(r.fallback)
		if err != nil || plain(stripParens(tokens)) != plain(stripParens(c.fallback)) {
			return fmt.Errorf("its default %s was not understood", clip(r.fallback))
		}
	}
	return fitsType(r.typ, c.typ)
}

func fitsType(told string, written []token) error {
	if slices.ContainsFunc(written, func(t token) bool { return t.kind == tokIdent || t.kind == tokString }) {
		return nil // the pragma takes off the first and the last character, whatever they are
	}
	tokens, err := tokenize(told)
	if err != nil {
		return fmt.Errorf("its type: %w", err)
	}
	// A comment between the two words makes SQLite take them for the end of the type.
	for n := len(tokens); n > len(written) && tokens[n-1].isOne("GENERATED", "ALWAYS"); n = len(tokens) {
		tokens = tokens[:n-1]
	}
	if typeText(tokens) != typeText(written) {
		return fmt.Errorf("its type %s was not understood", told)
	}
	return nil
}

// fitsUniques: every primary key and unique constraint has an index, save the one that is the rowid; one index serves those
// that are the same.
func fitsUniques(rows []*indexRow, w *tableText) error {
	listed, understood := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		if r.origin == "c" {
			continue
		}
		names := make([]string, len(r.parts))
		for i, p := range r.parts {
			names[i] = fold(p.column)
		}
		listed[strings.Join(names, "\x00")] = true
	}
	for _, k := range w.constraints {
		if k.kind == schema.KindPrimaryKey || k.kind == schema.KindUnique {
			understood[strings.Join(partNames(k.parts), "\x00")] = true
		}
	}
	for names := range listed {
		if !understood[names] {
			return fmt.Errorf("a unique key over %s was not understood", strings.ReplaceAll(names, "\x00", ", "))
		}
	}
	return nil
}

func fitsForeignKeys(rows []foreignKeyRow, w *tableText) error {
	listed := map[int][]foreignKeyRow{}
	for _, r := range rows {
		listed[r.id] = append(listed[r.id], r)
	}
	n := 0
	for _, k := range w.constraints {
		if k.kind != schema.KindForeignKey {
			continue
		}
		n++
	}
	if n != len(listed) {
		return fmt.Errorf("it has %d foreign keys, of which %d were understood", len(listed), n)
	}
	id := n - 1 // the last one written has number 0
	for _, k := range w.constraints {
		if k.kind != schema.KindForeignKey {
			continue
		}
		if err := fitsForeignKey(listed[id], k.foreign); err != nil {
			return err
		}
		id--
	}
	return nil
}

func fitsForeignKey(rows []foreignKeyRow, f *schema.ForeignKey) error {
	if len(rows) != len(f.Columns) || len(rows) == 0 {
		return fmt.Errorf("the foreign key to %s was not understood", f.RefTable)
	}
	action := func(s string) string { return strings.TrimPrefix(s, "NO ACTION") }
	for i, r := range rows {
		ok := sameName(r.from, f.Columns[i]) && sameName(r.table, f.RefTable) &&
			action(r.onDelete) == f.OnDelete && action(r.onUpdate) == f.OnUpdate
		if !ok || r.implicit != (len(f.RefColumns) == 0) || !r.implicit && !sameName(r.to, f.RefColumns[i]) {
			return fmt.Errorf("the foreign key to %s was not understood", f.RefTable)
		}
	}
	return nil
}

// fitsIndex holds an index against what the pragmas say about it.
func fitsIndex(i *schema.Index, r *indexRow, t *schema.Table) error {
	switch {
	case r == nil || len(r.parts) != len(i.Columns):
		return fmt.Errorf("its columns were not understood")
	case r.unique != i.Unique:
		return fmt.Errorf("UNIQUE was not understood")
	case r.partial != (i.Predicate != ""):
		return fmt.Errorf("its condition was not understood")
	}
	for n, p := range r.parts {
		part := i.Columns[n]
		column := p.column
		if p.cid < 0 { // the rowid can stand in an index only as the key that it is
			column = ""
		}
		if column != part.Column || p.desc != part.Desc {
			return fmt.Errorf("its part %d was not understood", n+1)
		}
		want := part.Collation
		if want == "" && column != "" {
			want = t.Column(column).Collation
		}
		if want == "" {
			want = "BINARY"
		}
		if column != "" && p.collation != want {
			return fmt.Errorf("the collation of its part %d was not understood", n+1)
		}
	}
	return nil
}

// fromPragmas makes as much of a table as the pragmas tell; its statement is unmodelled.
func (b *builder) fromPragmas(t *schema.Table) {
	pk := &schema.Constraint{Kind: schema.KindPrimaryKey, Table: t.Name, Name: primaryKeyName}
	pk.Attrs.Set(attrUnnamed, "yes", schema.ClassName)
	for _, r := range b.cat.columns[t.Name] {
		col := &schema.Column{Table: t.Name, Name: r.name, NotNull: r.notNull, Type: schema.Type{Text: strings.ToUpper(r.typ)}}
		if r.hasDefault {
			if tokens, err := tokenize(r.fallback); err == nil {
				col.Default = defaultText(tokens)
			}
		}
		t.Columns = append(t.Columns, col)
		if r.pk > 0 {
			pk.Columns = append(pk.Columns, schema.IndexPart{Column: r.name})
		}
	}
	if len(pk.Columns) > 0 {
		t.Constraints = append(t.Constraints, pk)
	}
}
