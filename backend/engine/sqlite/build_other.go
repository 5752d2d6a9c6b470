package sqlite

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

func (b *builder) index(o schemaRow) {
	if b.isShadow(o.table) {
		return
	}
	t := b.find(o.table)
	if t == nil {
		return
	}
	i := &schema.Index{Table: t.Name, Name: o.name}
	if b.indexes == nil {
		b.indexes = map[string][]*schema.Index{}
	}
	b.indexes[t.Name] = append(b.indexes[t.Name], i)
	listed := b.listedIndex(t.Name, o.name)
	written, err := parseIndex(o.sql)
	if err != nil {
		i.Unmodelled = unmodelled(o.sql, err)
		i.Spelling.Set(spellText, o.sql, schema.ClassStructure)
		return
	}
	columns := map[string]string{}
	for _, c := range t.Columns {
		columns[fold(c.Name)] = c.Name
	}
	i.Unique = written.unique
	for _, p := range written.parts {
		part := b.keyPart(t, p, columns)
		i.Columns = append(i.Columns, part)
		if part.Column == "" {
			i.DependsOn = append(i.DependsOn, columnsUsed(t, p.tokens, columns, "")...)
		}
	}
	if len(written.where) > 0 {
		i.Predicate = expr(stripParens(trimSemicolon(written.where)), t.Name, columns)
		i.DependsOn = append(i.DependsOn, columnsUsed(t, written.where, columns, "")...)
	}
	if err := fitsIndex(i, listed, t); err != nil {
		i.Unmodelled = unmodelled(o.sql, err)
		i.Spelling.Set(spellText, o.sql, schema.ClassStructure)
	}
}

func trimSemicolon(tokens []token) []token {
	for len(tokens) > 0 && tokens[len(tokens)-1].punct(";") {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

func (b *builder) listedIndex(table, name string) *indexRow {
	for _, x := range b.cat.indexes[table] {
		if x.name == name {
			return x
		}
	}
	return nil
}

// find is the table of that name, nil when there is none.
func (b *builder) find(name string) *schema.Table { return b.byName[fold(name)] }

func (b *builder) view(o schemaRow) {
	v := &schema.Scripted{Kind: schema.KindView, Name: o.name}
	v.Spelling.Set(spellText, o.sql, schema.ClassStructure)
	written, err := parseView(o.sql)
	if err != nil {
		v.Definition, v.Unmodelled = o.sql, unmodelled(o.sql, err)
	} else {
		v.Definition = "CREATE VIEW " + quoteIdent(o.name)
		if len(written.columns) > 0 {
			v.Definition += " (" + quoteIdents(written.columns) + ")"
		}
		v.Definition += " AS\n" + printer{lines: true}.text(written.query)
		v.DependsOn = b.used(written.query, o.name)
	}
	b.out.Put(v)
}

func (b *builder) trigger(o schemaRow) {
	owner := b.names.actual(o.table)
	t := &schema.Scripted{Kind: schema.KindTrigger, Owner: owner, Name: o.name}
	t.Spelling.Set(spellText, o.sql, schema.ClassStructure)
	t.DependsOn = []schema.Key{b.relation(owner)}
	written, err := parseTrigger(o.sql)
	if err != nil {
		t.Definition, t.Unmodelled = o.sql, unmodelled(o.sql, err)
		b.out.Put(t)
		return
	}
	event := written.event
	if len(written.columns) > 0 {
		event += " OF " + quoteIdents(written.columns)
	}
	t.Definition = "CREATE TRIGGER " + quoteIdent(o.name) + " " + written.time + " " + event + " ON " + quoteIdent(owner)
	if len(written.when) > 0 {
		t.Definition += "\nWHEN " + plain(written.when)
	}
	t.Definition += "\n" + printer{lines: true}.text(written.body)
	for _, k := range b.used(written.body, "") {
		if !slices.Contains(t.DependsOn, k) {
			t.DependsOn = append(t.DependsOn, k)
		}
	}
	b.out.Put(t)
}

// relation is the key of the table or view of that name.
func (b *builder) relation(name string) schema.Key {
	kind := schema.KindView
	switch {
	case slices.Contains(b.virtual, fold(name)):
		kind = schema.KindVirtualTable
	case b.find(name) != nil:
		kind = schema.KindTable
	}
	return schema.Key{Kind: kind, Name: b.names.actual(name)}
}

// used are the tables with their columns and the views that a query or a trigger's body names, itself left out.
func (b *builder) used(tokens []token, self string) []schema.Key {
	var keys []schema.Key
	words := map[string]bool{}
	for i, t := range tokens {
		if !t.isName() || t.kind == tokString {
			continue
		}
		name := fold(t.name())
		words[name] = true
		if _, known := b.names[name]; !known || sameName(name, self) || !isTablePosition(tokens, i) {
			continue
		}
		if k := b.relation(name); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	for _, k := range slices.Clone(keys) {
		if k.Kind != schema.KindTable {
			continue
		}
		for _, c := range b.find(k.Name).Columns {
			if words[fold(c.Name)] {
				keys = append(keys, c.Key())
			}
		}
	}
	return keys
}

// isTablePosition tells whether a table's name stands at this token: behind FROM, JOIN, INTO, UPDATE or a comma in a list of
// tables.
func isTablePosition(tokens []token, at int) bool {
	i := at - 1
	if i >= 1 && tokens[i].punct(".") { // main.t
		i -= 2
	}
	for i >= 0 && tokens[i].punct("(") {
		i--
	}
	if i < 0 {
		return false
	}
	if tokens[i].isOne("FROM", "JOIN", "INTO", "UPDATE", "IN") {
		return true
	}
	if tokens[i].is("OR") || tokens[i].isOne("ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK") {
		return i >= 2 && tokens[i-2].is("UPDATE") || i >= 1 && tokens[i-1].is("UPDATE")
	}
	if !tokens[i].punct(",") {
		return false
	}
	for depth := 0; i >= 0; i-- {
		switch {
		case tokens[i].punct(")"):
			depth++
		case tokens[i].punct("("):
			depth--
		case depth != 0:
		case tokens[i].is("FROM"):
			return true
		case tokens[i].isOne("SELECT", "WHERE", "GROUP", "ORDER", "HAVING", "SET", "VALUES", "BY"):
			return false
		}
		if depth < 0 {
			return false
		}
	}
	return false
}

// isVirtual tells that a statement makes a virtual table.
func isVirtual(sql string) bool {
	p, err := parse(sql)
	return err == nil && p.accept("CREATE", "VIRTUAL", "TABLE")
}

func (b *builder) virtualTable(o schemaRow) {
	v := &schema.Scripted{Kind: schema.KindVirtualTable, Name: o.name}
	v.Spelling.Set(spellText, o.sql, schema.ClassStructure)
	p, err := parse(o.sql)
	if err == nil && p.expect("CREATE", "VIRTUAL", "TABLE") == nil {
		_ = p.accept("IF", "NOT", "EXISTS")
		_, err = p.qualified()
	}
	if err == nil {
		err = p.expect("USING")
	}
	if err != nil {
		v.Definition, v.Unmodelled = o.sql, unmodelled(o.sql, err)
	} else { // what the module is told is its own language: only the white space around it goes
		v.Definition = "CREATE VIRTUAL TABLE " + quoteIdent(o.name) + " USING " + strings.TrimSpace(o.sql[p.peek().at:])
	}
	b.out.Put(v)
}

// shadowSuffixes are the tables in which the modules that come with SQLite keep what virtual tables hold. They come and go
// with them. SQLite knows them by itself only where the module is there.
var shadowSuffixes = []string{
	"_data", "_idx", "_content", "_docsize", "_config", // fts5
	"_segments", "_segdir", "_stat", // fts3, fts4
	"_node", "_rowid", "_parent", // rtree, geopoly
}

// isShadow tells that a table belongs to a virtual table.
func (b *builder) isShadow(name string) bool {
	if b.cat.tables[name].typ == "shadow" {
		return true
	}
	folded := fold(name)
	for _, v := range b.virtual {
		if rest, ok := strings.CutPrefix(folded, v); ok && slices.Contains(shadowSuffixes, rest) {
			return true
		}
	}
	return false
}
