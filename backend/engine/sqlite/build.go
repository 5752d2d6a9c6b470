package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"database-structure-sync/backend/schema"
)

// builder makes the model from the stored statements, which know everything, and holds it against the pragmas, which
// cannot be mistaken about what they know. Where the two disagree or a statement cannot be understood, that is said as an
// unmodelled fact of the object.
type builder struct {
	cat     *catalog
	out     *schema.Database
	names   nameSet
	virtual []string // folded names of virtual tables
	foreign []*schema.ForeignKey
	indexes map[string][]*schema.Index // by table
	tables  []*schema.Table
	byName  map[string]*schema.Table // by folded name
}

// nameSet finds a name as it was given when its object was made.
type nameSet map[string]string

func (n *nameSet) add(name string) {
	if *n == nil {
		*n = nameSet{}
	}
	(*n)[fold(name)] = name
}

// actual is the name as its object has it; the text itself when there is no such object.
func (n nameSet) actual(name string) string {
	if a, ok := n[fold(name)]; ok {
		return a
	}
	return name
}

// unmodelled is how an object's statement is told that could not be taken apart.
func unmodelled(sql string, why error) []string {
	return []string{fmt.Sprintf("%s (%v)", strings.TrimSpace(sql), why)}
}

func (b *builder) table(o schemaRow) {
	if isVirtual(o.sql) {
		b.virtualTable(o)
		return
	}
	if b.isShadow(o.name) {
		return
	}
	t := &schema.Table{Name: o.name}
	b.tables = append(b.tables, t)
	if b.byName == nil {
		b.byName = map[string]*schema.Table{}
	}
	b.byName[fold(t.Name)] = t
	written, err := parseTable(o.sql)
	if err == nil {
		err = b.fits(o.name, written)
	}
	if err != nil {
		b.fromPragmas(t)
		t.Unmodelled = unmodelled(o.sql, err)
		t.Spelling.Set(spellText, o.sql, schema.ClassStructure)
		return
	}
	b.fromText(t, written)
}

// columnNames are the columns of a table by folded name.
func columnNames(w *tableText) map[string]string {
	names := make(map[string]string, len(w.columns))
	for _, c := range w.columns {
		names[fold(c.name)] = c.name
	}
	return names
}

func (b *builder) fromText(t *schema.Table, w *tableText) {
	columns := columnNames(w)
	t.Unmodelled = w.unmodelled
	if w.strict {
		t.Attrs.Set(attrStrict, "yes", schema.ClassStructure)
	}
	if w.withoutRowid {
		t.Attrs.Set(attrWithoutRowid, "yes", schema.ClassStructure)
	}
	for _, c := range w.columns {
		t.Columns = append(t.Columns, newColumn(t, c, columns))
	}
	unnamed := map[string]int{}
	for _, k := range w.constraints {
		switch k.kind {
		case schema.KindForeignKey:
			b.foreignKey(t, k, columns, unnamed)
		default:
			b.constraint(t, w, k, columns, unnamed)
		}
	}
}

func newColumn(t *schema.Table, c *columnText, columns map[string]string) *schema.Column {
	col := &schema.Column{
		Table: t.Name, Name: c.name, Type: schema.Type{Text: typeText(c.typ)}, NotNull: c.notNull,
		Collation: c.collation, GeneratedKind: c.generatedKind,
	}
	if written := plainType(c.typ); written != col.Type.Text {
		col.Spelling.Set(spellType, written, schema.ClassStructure)
	}
	if col.Collation == "BINARY" {
		col.Collation = ""
	}
	if c.generatedKind != "" {
		col.Generated = expr(c.generated, t.Name, columns)
		col.DependsOn = columnsUsed(t, c.generated, columns, c.name)
	}
	if c.hasDefault {
		col.Default = defaultText(c.fallback)
	}
	col.Attrs.Set(attrNotNullConflict, c.notNullConflict, schema.ClassStructure)
	col.Attrs.Set(attrNotNullName, c.notNullName, schema.ClassNotNullName)
	col.Unmodelled = c.unmodelled
	return col
}

// columnsUsed are the keys of the columns that an expression names, the given one left out.
func columnsUsed(t *schema.Table, tokens []token, columns map[string]string, except string) []schema.Key {
	var keys []schema.Key
	for _, x := range tokens {
		if !x.isName() || x.kind == tokString {
			continue
		}
		name := columns[fold(x.name())]
		key := schema.Key{Kind: schema.KindColumn, Owner: t.Name, Name: name}
		if name != "" && name != except && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// constraint adds a primary key, a unique constraint or a check.
func (b *builder) constraint(t *schema.Table, w *tableText, k *constraintText, columns map[string]string, unnamed map[string]int) {
	c := &schema.Constraint{Kind: k.kind, Table: t.Name, Name: k.name}
	if k.kind == schema.KindCheck {
		c.Expr = expr(stripParens(k.check), t.Name, columns)
		c.DependsOn = columnsUsed(t, k.check, columns, "")
		if k.column != "" {
			c.Spelling.Set(spellColumn, k.column, schema.ClassStructure)
		}
	} else {
		for _, p := range k.parts {
			c.Columns = append(c.Columns, b.keyPart(t, p, columns))
		}
		c.Attrs.Set(attrOnConflict, k.conflict, schema.ClassStructure)
	}
	switch {
	case k.kind == schema.KindPrimaryKey && isRowidAlias(t, w.withoutRowid, k, c):
		c.Columns[0].Desc, c.Columns[0].Collation = false, "" // which mean nothing for the rowid
	case k.kind != schema.KindCheck:
		shareDirections(t, c)
	}
	if k.name == "" {
		if k.kind == schema.KindUnique && hasUnique(t, c) {
			return // SQLite makes one of two that are the same
		}
		c.Name = unnamedKey(c, unnamed)
		c.Attrs.Set(attrUnnamed, "yes", schema.ClassName)
	} else if c.Name = numbered(string(k.kind)+":", k.name, unnamed); c.Name != k.name {
		c.Attrs.Set(attrName, k.name, schema.ClassName)
	}
	if p := predecessor(c.Name); p != "" {
		c.DependsOn = append(c.DependsOn, schema.Key{Kind: c.Kind, Owner: t.Name, Name: p})
	}
	t.Constraints = append(t.Constraints, c)
	if k.autoIncrement {
		for _, p := range c.Columns {
			if col := t.Column(p.Column); col != nil {
				col.AutoIncrement = true
				col.DependsOn = append(col.DependsOn, c.Key())
			}
		}
	}
}

// isRowidAlias tells that the primary key is the rowid under another name: a single column of type INTEGER, unless the
// column's own definition says that it descends, which SQLite remembers as a mistake of its early days.
func isRowidAlias(t *schema.Table, withoutRowid bool, k *constraintText, c *schema.Constraint) bool {
	if withoutRowid || len(c.Columns) != 1 || k.column != "" && k.parts[0].desc {
		return false
	}
	col := t.Column(c.Columns[0].Column)
	return col != nil && col.Type.Text == "INTEGER"
}

// shareDirections: one index serves all unique keys over the same columns, and the first of them says in which direction.
func shareDirections(t *schema.Table, c *schema.Constraint) {
	column := func(a, b schema.IndexPart) bool { return a.Column == b.Column && a.Collation == b.Collation }
	for _, o := range t.Constraints {
		indexed := o.Kind == schema.KindUnique || o.Kind == schema.KindPrimaryKey && rowidColumn(t) == ""
		if indexed && slices.EqualFunc(o.Columns, c.Columns, column) {
			c.Columns = o.Columns
			return
		}
	}
}

func hasUnique(t *schema.Table, c *schema.Constraint) bool {
	return slices.ContainsFunc(t.Constraints, func(o *schema.Constraint) bool {
		return o.Kind == schema.KindUnique && slices.Equal(o.Columns, c.Columns) && slices.Equal(o.Attrs, c.Attrs)
	})
}

// unnamedKey is the name in the key of a constraint that has none: what it is about, so that it is found again on the other
// side of a comparison.
func unnamedKey(c *schema.Constraint, used map[string]int) string {
	switch c.Kind {
	case schema.KindPrimaryKey:
		return primaryKeyName
	case schema.KindCheck:
		return numbered("check:", "("+c.Expr+")", used)
	}
	names := make([]string, len(c.Columns))
	for i, p := range c.Columns {
		names[i] = p.String()
	}
	return numbered("unique:", "("+strings.Join(names, ", ")+")", used)
}

// numbered tells apart what would have the same name: SQLite does not care about names of constraints.
func numbered(space, name string, used map[string]int) string {
	used[space+name]++
	if n := used[space+name]; n > 1 {
		return fmt.Sprintf("%s #%d", name, n)
	}
	return name
}

// predecessor is the name that numbered gave just before this one; "" when it is the first. The one has to come before the
// other, and to go after it.
func predecessor(name string) string {
	i := strings.LastIndex(name, " #")
	if i < 0 {
		return ""
	}
	n, err := strconv.Atoi(name[i+2:])
	switch {
	case err != nil || n < 2:
		return ""
	case n == 2:
		return name[:i]
	}
	return fmt.Sprintf("%s #%d", name[:i], n-1)
}

// keyPart is a part of a key in the model's form.
func (b *builder) keyPart(t *schema.Table, p keyPart, columns map[string]string) schema.IndexPart {
	out := schema.IndexPart{Desc: p.desc, Collation: p.collation}
	if len(p.tokens) == 1 && p.tokens[0].isName() {
		out.Column = columns[fold(p.tokens[0].name())]
	}
	if out.Column == "" {
		out.Expr = expr(stripParens(p.tokens), t.Name, columns)
		if out.Collation == "BINARY" {
			out.Collation = ""
		}
		return out
	}
	own := "BINARY"
	if c := t.Column(out.Column); c != nil && c.Collation != "" {
		own = c.Collation
	}
	if out.Collation == own {
		out.Collation = ""
	}
	return out
}

// foreignKey adds a foreign key; resolveForeignKeys finds what it refers to when all tables are there.
func (b *builder) foreignKey(t *schema.Table, k *constraintText, columns map[string]string, used map[string]int) {
	f := k.foreign
	f.Table, f.Name = t.Name, k.name
	for i, c := range f.Columns {
		if actual := columns[fold(c)]; actual != "" {
			f.Columns[i] = actual
		}
	}
	if k.name == "" {
		f.Name = numbered("foreign:", "("+strings.Join(f.Columns, ", ")+")", used)
		f.Attrs.Set(attrUnnamed, "yes", schema.ClassName)
	} else if f.Name = numbered("foreign:", k.name, used); f.Name != k.name {
		f.Attrs.Set(attrName, k.name, schema.ClassName)
	}
	if p := predecessor(f.Name); p != "" {
		f.DependsOn = append(f.DependsOn, schema.Key{Kind: schema.KindForeignKey, Owner: t.Name, Name: p})
	}
	b.foreign = append(b.foreign, f)
}

// resolveForeignKeys gives foreign keys the names that the referenced tables and columns have.
func (b *builder) resolveForeignKeys() {
	for _, f := range b.foreign {
		f.RefTable = b.names.actual(f.RefTable)
		if parent := b.find(f.RefTable); parent != nil {
			resolveForeignKey(f, parent)
		}
	}
}

func resolveForeignKey(f *schema.ForeignKey, parent *schema.Table) {
	names := map[string]string{}
	for _, c := range parent.Columns {
		names[fold(c.Name)] = c.Name
	}
	pk := parent.PrimaryKey()
	if len(f.RefColumns) == 0 && pk != nil && len(pk.Columns) == len(f.Columns) {
		f.Spelling.Set(spellImplicit, "yes", schema.ClassStructure)
		for _, p := range pk.Columns {
			f.RefColumns = append(f.RefColumns, p.Column)
		}
	}
	for i, c := range f.RefColumns {
		if actual := names[fold(c)]; actual != "" {
			f.RefColumns[i] = actual
		}
	}
	for _, k := range parent.Constraints {
		if k.Kind != schema.KindCheck && covers(k.Columns, f.RefColumns) {
			f.DependsOn = append(f.DependsOn, k.Key())
			return
		}
	}
}

// covers tells that the parts are these columns in any order.
func covers(parts []schema.IndexPart, columns []string) bool {
	if len(parts) != len(columns) {
		return false
	}
	for _, p := range parts {
		if p.Column == "" || !slices.Contains(columns, p.Column) {
			return false
		}
	}
	return true
}

// finish puts everything into the database: tables with their indexes, and foreign keys.
func (b *builder) finish() {
	for _, t := range b.tables {
		t.Indexes = b.indexes[t.Name]
		b.out.Put(t.WithParts(t.Parts()))
	}
	for _, f := range b.foreign {
		if parent := b.find(f.RefTable); parent != nil && !slices.ContainsFunc(f.DependsOn, isUniqueKey) {
			f.DependsOn = append(f.DependsOn, b.uniqueIndex(f)...)
		}
		b.out.Put(f)
	}
}

func isUniqueKey(k schema.Key) bool {
	return k.Kind == schema.KindPrimaryKey || k.Kind == schema.KindUnique
}

// uniqueIndex is the unique index of the parent that makes a foreign key possible.
func (b *builder) uniqueIndex(f *schema.ForeignKey) []schema.Key {
	for _, i := range b.indexes[f.RefTable] {
		if i.Unique && i.Predicate == "" && covers(i.Columns, f.RefColumns) {
			return []schema.Key{i.Key()}
		}
	}
	return nil
}
