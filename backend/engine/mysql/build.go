package mysql

import (
	"cmp"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// builder makes the model's objects of what the servers say.
type builder struct {
	f  flavor
	db string
	// defaultCollations gives every character set's default collation.
	defaultCollations map[string]string
	// charset and collation are the database's.
	charset, collation string
	types              map[string]knownType
	tokens             []token         // to be overwritten
	spare              []schema.Column // what columns are taken from
}

// knownType is a type that was normalised before.
type knownType struct {
	text   string
	family family
}

// typ normalises a type.
func (b *builder) typ(raw string) knownType {
	known, ok := b.types[raw]
	if !ok {
		known.text = normalType(b.f, raw)
		known.family = familyOf(known.text)
		if b.types == nil {
			b.types = map[string]knownType{}
		}
		b.types[raw] = known
	}
	return known
}

// table makes a table with its parts, and its foreign keys beside it.
func (b *builder) table(raw *rawTable) (*schema.Table, []*schema.ForeignKey) {
	t := &schema.Table{Name: raw.name, PartitionBy: raw.partition}
	t.Unmodelled = raw.leftovers
	b.options(t, raw)
	b.versioning(t, raw)
	tableCollation := t.Attrs.Get(attrCollation)
	t.Columns = slices.Grow(raw.built, len(raw.columns))
	for i := range raw.columns {
		t.Columns = append(t.Columns, b.column(raw.name, &raw.columns[i], tableCollation))
	}
	if b.f.mariadb && !raw.versioned {
		forgetMarks(t)
	}
	b.forgetCounter(t)
	for i := range raw.indexes {
		b.index(t, &raw.indexes[i])
	}
	for i := range raw.checks {
		t.Constraints = append(t.Constraints, b.check(t, &raw.checks[i]))
	}
	b.columnDeps(t)
	sortByKey(t.Constraints)
	sortByKey(t.Indexes)
	keys := make([]*schema.ForeignKey, len(raw.foreignKeys))
	for i := range raw.foreignKeys {
		keys[i] = b.foreignKey(raw.name, &raw.foreignKeys[i])
	}
	return t, keys
}

func sortByKey[T schema.Object](objects []T) {
	slices.SortFunc(objects, func(x, y T) int {
		if x.Key().Less(y.Key()) {
			return -1
		}
		return 1
	})
}

// set gives the attribute a value if there is one. A table has many attributes that it lacks.
func set(attrs *schema.Attrs, name, value string, class schema.Class) {
	if value != "" {
		attrs.Set(name, value, class)
	}
}

// collationFor completes a character set and collation of which the server may have told one, both, or none, in which
// case they are inherited.
func (b *builder) collationFor(charset, collation, inherited string) (string, string) {
	charset, collation = normalCharset(charset), normalCollation(collation)
	switch {
	case collation == "" && charset == "":
		collation = inherited
	case collation == "":
		collation = b.defaultCollations[charset]
	case charset != "" && !strings.HasPrefix(collation, charset): // MariaDB's short names: uca1400_ai_ci
		collation = charset + "_" + collation
	}
	if charset == "" {
		charset = charsetOf(collation)
	}
	return charset, collation
}

func (b *builder) column(table string, raw *rawColumn, tableCollation string) *schema.Column {
	if len(b.spare) == 0 {
		b.spare = make([]schema.Column, 256)
	}
	c := &b.spare[0]
	b.spare = b.spare[1:]
	*c = schema.Column{
		Table: table, Name: raw.name, NotNull: raw.notNull, AutoIncrement: raw.auto, Invisible: raw.invisible,
		Generated: raw.generated, GeneratedKind: raw.genKind, OnUpdate: normalOnUpdate(raw.onUpdate),
	}
	c.Comment = raw.comment
	c.Unmodelled = raw.leftovers
	typ := b.typ(raw.typ)
	c.Type.Text = typ.text
	check := raw.check
	if typ.family == familyText {
		c.Charset, c.Collation = b.collationFor(raw.charset, raw.collation, tableCollation)
	}
	if c.Type.Text == "longtext" && c.Collation == "utf8mb4_bin" && check == "json_valid("+quoteIdent(c.Name)+")" {
		// MariaDB's json is this pattern, and it takes a column declared so for json too.
		c.Type.Text, c.Charset, c.Collation, check = "json", "", "", ""
	}
	c.Default = normalDefault(c.Type.Text, c.Charset, raw.def)
	if strings.HasPrefix(c.Default, currentTime) && b.f.twoClocks() && isLocalTime(raw.def.text) {
		c.Attrs.Set(attrClock, localTime, schema.ClassClock)
	}
	if raw.charset != "" && !raw.bulk && c.Collation == tableCollation {
		c.Spelling.Set(spellCharset, "yes", schema.ClassCollation)
	}
	set(&c.Attrs, attrSRID, raw.srid, schema.ClassStructure)
	set(&c.Attrs, attrCheck, check, schema.ClassStructure)
	for _, a := range raw.attrs {
		class := schema.ClassStorage
		if a.name == attrWithoutSV {
			class = schema.ClassStructure
		}
		c.Attrs.Set(a.name, a.value, class)
	}
	return c
}

// defaultMethod is the index method that an engine uses when none is asked for.
func defaultMethod(engine string) string {
	if engine == "MEMORY" {
		return "hash"
	}
	return "btree"
}

// index adds an index, or the primary key, to the table.
func (b *builder) index(t *schema.Table, raw *rawIndex) {
	var base schema.Base
	base.Comment = raw.comment
	base.Unmodelled = raw.leftovers
	if raw.parser != "" {
		base.Attrs.Set(attrParser, quoteIdent(raw.parser), schema.ClassStructure)
	}
	for _, o := range raw.options {
		base.Attrs.Set(o.name, o.value, schema.ClassStorage)
	}
	method := b.indexMethod(t, raw, &base)
	parts := make([]schema.IndexPart, len(raw.parts))
	for i, p := range raw.parts {
		parts[i] = schema.IndexPart{Column: p.column, Expr: p.expr, Length: p.length, Desc: p.desc}
		base.DependsOn = append(base.DependsOn, b.exprColumns(t, p.expr)...)
	}
	if raw.overlaps { // the last part is a period, no column
		last := len(parts) - 1
		base.Attrs.Set(attrWithoutOverlaps, quoteIdent(parts[last].Column), schema.ClassStructure)
		base.DependsOn = append(base.DependsOn, periodColumns(t, parts[last].Column)...)
		parts = parts[:last]
	}
	if !raw.primary {
		t.Indexes = append(t.Indexes, &schema.Index{
			Table: t.Name, Name: raw.name, Unique: raw.unique, Method: method, Columns: parts, Invisible: raw.invisible, Base: base,
		})
		return
	}
	set(&base.Attrs, attrMethod, method, schema.ClassStructure)
	t.Constraints = append(t.Constraints, &schema.Constraint{
		Kind: schema.KindPrimaryKey, Table: t.Name, Name: raw.name, Columns: parts, Base: base,
	})
}

// indexMethod is the method that makes a difference: what the engine would use anyway, or takes no notice of, is only
// a way to write it.
func (b *builder) indexMethod(t *schema.Table, raw *rawIndex, base *schema.Base) string {
	if raw.method != "btree" && raw.method != "hash" {
		return raw.method
	}
	engine := t.Attrs.Get(attrEngine)
	standard := defaultMethod(engine)
	if raw.method != standard && (engine == "MEMORY" || engine == "NDBCLUSTER" || b.f.mariadb && raw.unique && !raw.primary) {
		return raw.method
	}
	base.Spelling.Set(attrMethod, raw.method, schema.ClassStorage)
	return ""
}

func (b *builder) check(t *schema.Table, raw *rawCheck) *schema.Constraint {
	c := &schema.Constraint{Kind: schema.KindCheck, Table: t.Name, Name: raw.name, Expr: raw.expr, NotEnforced: raw.notEnforced}
	c.Unmodelled = raw.leftovers
	c.DependsOn = b.exprColumns(t, raw.expr)
	return c
}

func (b *builder) foreignKey(table string, raw *rawForeignKey) *schema.ForeignKey {
	fk := &schema.ForeignKey{
		Table: table, Name: raw.name, Columns: raw.columns, RefSchema: raw.refSchema, RefTable: raw.refTable, RefColumns: raw.refColumns,
		OnUpdate: b.action(raw.onUpdate), OnDelete: b.action(raw.onDelete),
	}
	if fk.RefSchema == b.db {
		fk.RefSchema = ""
	}
	fk.Unmodelled = raw.leftovers
	return fk
}

// action is a referential action that was told or not: each server leaves out its own default, and both know the other's
// word for it.
func (b *builder) action(told string) string {
	if told != "" {
		return told
	}
	if b.f.mariadb {
		return "RESTRICT"
	}
	return "NO ACTION"
}

// columnDeps adds what columns depend on: other columns through expressions, and an AUTO_INCREMENT column the index that
// it comes first in, without which the server refuses it.
func (b *builder) columnDeps(t *schema.Table) {
	for _, c := range t.Columns {
		for _, expr := range [...]string{c.Generated, c.Default, c.Attrs.Get(attrCheck)} {
			for _, k := range b.exprColumns(t, expr) {
				if k.Name != c.Name {
					c.DependsOn = append(c.DependsOn, k)
				}
			}
		}
		c.DependsOn = append(c.DependsOn, sequenceKeys(c.Default)...)
		if c.AutoIncrement {
			if k := indexStarting(t, []string{c.Name}, true); !k.IsZero() {
				c.DependsOn = append(c.DependsOn, k)
			}
		}
	}
}

// exprColumns are the columns of the table that an expression names.
func (b *builder) exprColumns(t *schema.Table, expr string) []schema.Key {
	if strings.IndexByte(expr, '`') < 0 {
		return nil
	}
	tokens, err := tokenizeInto(b.tokens, expr)
	if err != nil {
		return nil
	}
	b.tokens = tokens
	var keys []schema.Key
	for _, x := range tokens {
		if x.kind != tokIdent {
			continue
		}
		if name, err := unquoteIdent(x.text); err == nil && t.Column(name) != nil {
			keys = append(keys, schema.Key{Kind: schema.KindColumn, Owner: t.Name, Name: name})
		}
	}
	return keys
}

// sequenceKeys are the sequences of this database that a default takes values from (MariaDB).
func sequenceKeys(def string) []schema.Key {
	if !strings.Contains(def, "val(") {
		return nil
	}
	tokens, err := tokenize(def)
	if err != nil {
		return nil
	}
	var keys []schema.Key
	for i := 0; i+3 < len(tokens); i++ {
		if (tokens[i].is("nextval") || tokens[i].is("lastval") || tokens[i].is("setval")) && tokens[i+1].punct("(") && tokens[i+2].kind == tokIdent && !tokens[i+3].punct(".") {
			if name, err := unquoteIdent(tokens[i+2].text); err == nil {
				keys = append(keys, schema.Key{Kind: schema.KindSequence, Name: name})
			}
		}
	}
	return keys
}

// indexStarting is the best index of the table that starts with these whole columns in this order: the primary key, then
// unique ones, then the one with the fewest columns. Zero when there is none.
func indexStarting(t *schema.Table, columns []string, prefixes bool) schema.Key {
	fits := func(parts []schema.IndexPart) bool {
		if len(parts) < len(columns) {
			return false
		}
		for i, c := range columns {
			if !strings.EqualFold(parts[i].Column, c) || parts[i].Length > 0 && !prefixes {
				return false
			}
		}
		return true
	}
	if pk := t.PrimaryKey(); pk != nil && fits(pk.Columns) {
		return pk.Key()
	}
	var best *schema.Index
	for _, ix := range t.Indexes {
		if (ix.Method == "" || ix.Method == "btree" || ix.Method == "hash") && fits(ix.Columns) && (best == nil || betterIndex(ix, best) < 0) {
			best = ix
		}
	}
	if best == nil {
		return schema.Key{}
	}
	return best.Key()
}

func betterIndex(x, y *schema.Index) int {
	if x.Unique != y.Unique {
		if x.Unique {
			return -1
		}
		return 1
	}
	return cmp.Compare(len(x.Columns), len(y.Columns))
}
