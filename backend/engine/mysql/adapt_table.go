package mysql

import (
	"slices"
	"strconv"
	"strings"

	"database-structure-sync/backend/schema"
)

// table adapts a table with its parts.
func (a *adapter) table(t *schema.Table) *schema.Table {
	out := *t
	other := a.target.Table("", t.Name)
	if other == nil {
		other = &schema.Table{Name: t.Name}
	}
	a.options(&out, t, other)
	a.systemVersioning(&out, t)
	out.Columns = nil
	for _, c := range t.Columns {
		if adapted := a.column(&out, t, c, columnFolded(other, c.Name)); adapted != nil {
			out.Columns = append(out.Columns, adapted)
		}
	}
	out.Indexes = nil
	for _, i := range t.Indexes {
		if adapted := a.index(&out, i, other); adapted != nil {
			out.Indexes = append(out.Indexes, adapted)
		}
	}
	a.constraints(&out, t, other)
	a.partitioning(&out, t, other)
	respellTable(&out, other)
	return &out
}

// ownOptions are the table options that only one of the servers has.
var (
	onlyMySQLOptions   = map[string]bool{"COMPRESSION": true, "ENCRYPTION": true, "SECONDARY_ENGINE": true}
	onlyMariaDBOptions = map[string]bool{
		"PAGE_CHECKSUM": true, "TRANSACTIONAL": true, "PAGE_COMPRESSED": true, "PAGE_COMPRESSION_LEVEL": true, "ENCRYPTED": true, "ENCRYPTION_KEY_ID": true,
	}
	onlyMySQLAttrs   = []string{attrTablespace, attrStorage, attrAutoextendSize, attrEngineAttr, attrSecondaryAttr, attrColumnFormat, attrSRID}
	onlyMariaDBAttrs = []string{attrCompressed}
)

// foreignAttrs are the attributes of an object that the flavour does not know.
func foreignAttrs(f flavor) []string {
	if f.mariadb {
		return onlyMySQLAttrs
	}
	return onlyMariaDBAttrs
}

// ownAttrs leaves out what the target's server does not know, and keeps what the source's could not tell.
func (a *adapter) ownAttrs(k schema.Key, base, other *schema.Base) {
	if a.from.mariadb == a.d.f.mariadb {
		return
	}
	for _, name := range foreignAttrs(a.d.f) {
		if v := base.Attrs.Get(name); v != "" {
			a.lacks(k, strings.ToUpper(name)+" "+v)
			base.Attrs.Set(name, "", schema.ClassStorage)
		}
	}
	for _, name := range foreignAttrs(a.from) {
		for _, x := range other.Attrs {
			if x.Name == name {
				base.Attrs.Set(name, x.Value, x.Class)
			}
		}
	}
	base.Spelling = other.Spelling
}

// options adapts the table's own attributes.
func (a *adapter) options(out, t, other *schema.Table) {
	out.Attrs = slices.Clone(t.Attrs)
	a.ownAttrs(t.Key(), &out.Base, &other.Base)
	charset, collation := a.collation(t.Attrs.Get(attrCharset), t.Attrs.Get(attrCollation), other.Attrs.Get(attrCollation))
	out.Attrs.Set(attrCharset, charset, schema.ClassCollation)
	out.Attrs.Set(attrCollation, collation, schema.ClassCollation)
	if a.from.mariadb == a.d.f.mariadb {
		return
	}
	a.engine(out, t, other)
	a.storageOptions(out, t, other)
	if out.Attrs.Get(attrRowFormat) == "PAGE" {
		out.Attrs.Set(attrRowFormat, "", schema.ClassStorage)
	}
}

// engines that only one of the servers has.
var onlyMariaDBEngines = wordSet("aria s3 connect spider rocksdb mroonga oqgraph sphinx columnstore sequence")

func (a *adapter) engine(out, t, other *schema.Table) {
	engine := t.Attrs.Get(attrEngine)
	lower := strings.ToLower(engine)
	if !(a.from.mariadb && onlyMariaDBEngines[lower]) && !(!a.from.mariadb && lower == "ndbcluster") {
		return
	}
	here := "InnoDB"
	if o := other.Attrs.Get(attrEngine); o != "" {
		here = o
	}
	a.otherwise(t.Key(), "the storage engine "+engine, here)
	out.Attrs.Set(attrEngine, here, schema.ClassStructure)
}

func (a *adapter) storageOptions(out, t, other *schema.Table) {
	was, err := storageOptionsOf(t)
	if err != nil {
		return
	}
	foreign, own := onlyMySQLOptions, onlyMariaDBOptions
	if a.from.mariadb {
		foreign, own = own, foreign
	}
	var kept []rawOption
	for _, o := range was {
		if foreign[o.name] {
			if !ariaOptions[o.name] { // they go with the engine
				a.lacks(t.Key(), o.sql())
			}
			continue
		}
		kept = append(kept, rawOption(o))
	}
	if has, err := storageOptionsOf(other); err == nil {
		for _, o := range has {
			if own[o.name] {
				kept = append(kept, rawOption(o))
			}
		}
	}
	out.Attrs.Set(attrTableOptions, optionsText(kept), schema.ClassStorage)
}

// collation is the target's collation, with its charset, for one of the source's: the one that is there, when it is a
// counterpart, the same, the database's own, or the nearest.
func (a *adapter) collation(charset, collation, other string) (string, string) {
	switch {
	case collation == "" || collation == other || a.from.mariadb == a.d.f.mariadb && a.d.f.hasCollation(collation):
		return charset, collation
	case other != "" && counterparts(collation, other):
		a.aboutCollation(schema.NoteTaken, collation, other)
		return charsetOf(other), other
	case counterparts(collation, a.target.Collation):
		if collation != a.target.Collation {
			a.aboutCollation(schema.NoteTaken, collation, a.target.Collation)
		}
		return charsetOf(a.target.Collation), a.target.Collation
	case a.d.f.hasCollation(collation):
		return charset, collation
	}
	here, exact := a.d.f.collationHere(collation)
	if exact {
		a.aboutCollation(schema.NoteTaken, collation, here)
	} else {
		a.aboutCollation(schema.NoteNearest, collation, here)
	}
	return charsetOf(here), here
}

func (a *adapter) systemVersioning(out, t *schema.Table) {
	if a.d.f.systemVersioning() || t.Attrs.Get(attrSystemVersion)+t.Attrs.Get(attrPeriods) == "" {
		return
	}
	if t.Attrs.Get(attrSystemVersion) != "" {
		a.lacks(t.Key(), "SYSTEM VERSIONING")
	}
	if t.Attrs.Get(attrPeriods) != "" {
		a.lacks(t.Key(), "its period")
	}
	out.Attrs.Set(attrSystemVersion, "", schema.ClassStructure)
	out.Attrs.Set(attrPeriods, "", schema.ClassStructure)
}

// column adapts a column; nil when the target cannot have it.
func (a *adapter) column(out, t *schema.Table, c, other *schema.Column) *schema.Column {
	if isRowTime(c) && !a.d.f.systemVersioning() {
		a.omitted(c.Key(), "GENERATED ALWAYS AS "+c.GeneratedKind)
		return nil
	}
	d := *c
	d.Attrs = slices.Clone(c.Attrs)
	if other == nil {
		other = &schema.Column{}
	}
	a.ownAttrs(c.Key(), &d.Base, &other.Base)
	if !a.d.f.mariadb {
		d.Attrs.Set(attrWithoutSV, "", schema.ClassStructure)
	}
	if !a.d.f.invisibleColumns() && d.Invisible {
		a.lacks(c.Key(), "INVISIBLE")
		d.Invisible = false
	}
	a.columnType(&d)
	tableCollation := other.Collation
	if other.Collation == "" && c.Collation == t.Attrs.Get(attrCollation) {
		tableCollation = out.Attrs.Get(attrCollation)
	}
	d.Charset, d.Collation = a.collation(d.Charset, d.Collation, tableCollation)
	if d.NotNull && d.GeneratedKind != "" && a.d.f.mariadb && !a.from.mariadb {
		a.lacks(c.Key(), "NOT NULL on a generated column")
		d.NotNull = false
	}
	if !a.columnExpressions(&d, other) {
		return nil
	}
	return &d
}

// columnType tells the type as the target's server has it.
func (a *adapter) columnType(d *schema.Column) {
	typ := d.Type.Text
	base := baseType(typ)
	here, ascii := typ, false
	switch {
	case (base == "uuid" || base == "inet4" || base == "inet6") && !a.d.f.mariadb:
		here, ascii = map[string]string{"uuid": "char(36)", "inet4": "varchar(15)", "inet6": "varchar(45)"}[base], true
	case base == "uuid" && !a.d.f.atLeast(10, 7, 0), base == "inet4" && !a.d.f.atLeast(10, 10, 0):
		here, ascii = map[string]string{"uuid": "char(36)", "inet4": "varchar(15)"}[base], true
	case base == "vector" && !a.d.f.vectors():
		here = "blob"
	default:
		d.Type.Text = normalType(a.d.f, typ)
		return
	}
	a.otherwise(d.Key(), "the type "+typ, here)
	d.Type.Text = here
	if ascii {
		d.Charset, d.Collation = "ascii", "ascii_general_ci"
	}
}

// columnExpressions adapts default, generated expression and check. It is false when the column cannot be without what the
// server lacks.
func (a *adapter) columnExpressions(d, other *schema.Column) bool {
	var lacking string
	if d.Generated != "" {
		if d.Generated, lacking = a.rewrite(d.Generated); lacking != "" {
			a.omitted(d.Key(), function(lacking))
			return false
		}
	}
	if d.Default, lacking = a.rewrite(d.Default); lacking != "" {
		a.lacks(d.Key(), "its default with "+function(lacking))
		d.Default = ""
	}
	a.defaultForm(d, other)
	if check := d.Attrs.Get(attrCheck); check != "" && a.d.f.mariadb {
		text, lacking := a.rewrite(check)
		if lacking != "" {
			a.lacks(d.Key(), "its check with "+function(lacking))
			text = ""
		}
		d.Attrs.Set(attrCheck, text, schema.ClassStructure)
	}
	return true
}

// defaultForm: MySQL takes a literal for a text, blob or json only as an expression.
func (a *adapter) defaultForm(d, other *schema.Column) {
	if d.Default == "" || a.d.f.mariadb {
		return
	}
	switch base := baseType(d.Type.Text); {
	case strings.HasSuffix(base, "text"), strings.HasSuffix(base, "blob"), base == "json", spatialTypes[base]:
		if !strings.HasPrefix(d.Default, "(") {
			d.Default = "(" + d.Default + ")"
		}
	}
}

// index adapts an index; nil when the target cannot have it.
func (a *adapter) index(out *schema.Table, i *schema.Index, other *schema.Table) *schema.Index {
	d := *i
	d.Attrs = slices.Clone(i.Attrs)
	there := &schema.Index{}
	for _, o := range other.Indexes {
		if strings.EqualFold(o.Name, i.Name) {
			there = o
		}
	}
	a.ownAttrs(i.Key(), &d.Base, &there.Base)
	a.blockSize(out, &d, there)
	if a.from.mariadb != a.d.f.mariadb && d.Attrs.Get(attrParser) != "" {
		a.lacks(i.Key(), "the parser "+d.Attrs.Get(attrParser))
		d.Attrs.Set(attrParser, "", schema.ClassStructure)
	}
	if d.Invisible && !a.d.f.hiddenIndexes() {
		a.lacks(i.Key(), "IGNORED")
		d.Invisible = false
	}
	if uses := a.impossibleIndex(out, &d); uses != "" {
		a.omitted(i.Key(), uses)
		return nil
	}
	if d.Method == "hash" && a.from.mariadb != a.d.f.mariadb && out.Attrs.Get(attrEngine) != "MEMORY" {
		d.Method = ""
	}
	if there.Method == "hash" && d.Method == "" && a.d.f.mariadb && !a.from.mariadb && d.Unique {
		d.Method = there.Method // MySQL has no word for it
	}
	return &d
}

// blockSize: MySQL takes no notice of the block size of an index of InnoDB, and forgets it.
func (a *adapter) blockSize(out *schema.Table, d, there *schema.Index) {
	if a.from.mariadb == a.d.f.mariadb || out.Attrs.Get(attrEngine) != "InnoDB" || out.Attrs.Get(attrRowFormat) == "COMPRESSED" {
		return
	}
	size := ""
	if a.d.f.mariadb {
		size = there.Attrs.Get(attrKeyBlockSize)
	}
	d.Attrs.Set(attrKeyBlockSize, size, schema.ClassStorage)
}

// impossibleIndex is what the index uses and the target's server cannot have; "" when it can.
func (a *adapter) impossibleIndex(out *schema.Table, d *schema.Index) string {
	if d.Attrs.Get(attrWithoutOverlaps) != "" && !a.d.f.mariadb {
		return "WITHOUT OVERLAPS"
	}
	if d.Method == "vector" && (!a.d.f.mariadb || !a.d.f.vectors()) {
		return "indexes over vectors"
	}
	d.Columns = slices.Clone(d.Columns)
	for n, p := range d.Columns {
		if p.Column == "" {
			if !a.d.f.functionalParts() {
				return "indexes over expressions"
			}
			text, lacking := a.rewrite(p.Expr)
			if lacking != "" {
				return function(lacking)
			}
			d.Columns[n].Expr = text
			continue
		}
		c := out.Column(p.Column)
		if c == nil {
			return "its column " + p.Column
		}
		base := baseType(c.Type.Text)
		whole := p.Length == 0 && d.Method != "fulltext" && d.Method != "spatial"
		if whole && !a.d.f.mariadb && (strings.HasSuffix(base, "text") || strings.HasSuffix(base, "blob")) {
			return "indexes over a whole " + base
		}
		if p.Desc && !a.d.f.descendingIndexes() {
			d.Columns[n].Desc = false
		}
	}
	return ""
}

// partitioning adapts how the table is partitioned.
func (a *adapter) partitioning(out, t, other *schema.Table) {
	if t.PartitionBy == "" || a.from.mariadb == a.d.f.mariadb {
		return
	}
	text, lacking := a.rewrite(t.PartitionBy)
	uses := ""
	switch {
	case lacking != "":
		uses = function(lacking)
	case a.d.f.mariadb:
		text = quotedPartitions(text)
	case t.Attrs.Get(attrSystemVersion) != "" && strings.Contains(text, "SYSTEM_TIME"):
		uses = "SYSTEM_TIME"
	case out.Attrs.Get(attrEngine) != "InnoDB":
		uses = out.Attrs.Get(attrEngine)
	case hasDefaultPartition(text):
		uses = "a DEFAULT partition"
	}
	if uses != "" {
		a.lacks(t.Key(), "partitions with "+uses)
		text = other.PartitionBy
	}
	out.PartitionBy = text
}

// quotedPartitions quotes the names of partitions, as MariaDB prints them.
func quotedPartitions(text string) string {
	tokens, err := tokenize(text)
	if err != nil {
		return text
	}
	for i := 1; i < len(tokens); i++ {
		if before := tokens[i-1]; tokens[i].kind == tokWord && (before.is("PARTITION") || before.is("SUBPARTITION")) && !tokens[i].is("BY") {
			tokens[i].kind, tokens[i].text = tokIdent, quoteIdent(tokens[i].text)
		}
	}
	return joinTokens(tokens)
}

func hasDefaultPartition(text string) bool {
	tokens, err := tokenize(text)
	if err != nil {
		return false
	}
	for i := 2; i < len(tokens); i++ {
		if tokens[i].is("DEFAULT") && tokens[i-2].is("PARTITION") {
			return true
		}
	}
	return false
}

// constraints adapts the primary key and the checks, which MySQL has for tables only, and each server names in its own way.
func (a *adapter) constraints(out, t, other *schema.Table) {
	out.Constraints = nil
	var checks []*schema.Constraint
	for _, c := range t.Constraints {
		if c.Kind != schema.KindPrimaryKey {
			checks = append(checks, c)
			continue
		}
		if adapted := a.primaryKey(out, c, other); adapted != nil {
			out.Constraints = append(out.Constraints, adapted)
		}
	}
	if a.from.mariadb != a.d.f.mariadb {
		m := &checkMatcher{a: a, out: out, other: other, taken: map[string]bool{}}
		checks = m.match(checks)
	}
	out.Constraints = append(out.Constraints, checks...)
	sortByKey(out.Constraints)
}

func (a *adapter) primaryKey(out *schema.Table, c *schema.Constraint, other *schema.Table) *schema.Constraint {
	d := *c
	d.Attrs = slices.Clone(c.Attrs)
	there := other.PrimaryKey()
	if there == nil {
		there = &schema.Constraint{}
	}
	a.ownAttrs(c.Key(), &d.Base, &there.Base)
	if d.Attrs.Get(attrWithoutOverlaps) != "" && !a.d.f.mariadb {
		a.omitted(c.Key(), "WITHOUT OVERLAPS")
		return nil
	}
	d.Columns = slices.DeleteFunc(slices.Clone(c.Columns), func(p schema.IndexPart) bool { return out.Column(p.Column) == nil })
	if len(d.Columns) == 0 {
		return nil
	}
	return &d
}

// checkMatcher finds for each check of the source the one of the target that means the same.
type checkMatcher struct {
	a          *adapter
	out, other *schema.Table
	taken      map[string]bool // names of the target's checks, folded
}

func (m *checkMatcher) match(checks []*schema.Constraint) []*schema.Constraint {
	var all []*schema.Constraint
	if !m.a.d.f.mariadb {
		for i, c := range m.out.Columns { // they become checks of the table
			if check := c.Attrs.Get(attrCheck); check != "" {
				d := *c
				d.Attrs = slices.Clone(c.Attrs)
				d.Attrs.Set(attrCheck, "", schema.ClassStructure)
				m.out.Columns[i] = &d
				k := &schema.Constraint{Kind: schema.KindCheck, Table: m.out.Name, Expr: check}
				k.DependsOn = append(slices.Clone(c.DependsOn), c.Key())
				all = append(all, k)
			}
		}
	}
	all = append(all, checks...)
	var out []*schema.Constraint
	var unnamed []*schema.Constraint
	for _, c := range all {
		d := *c
		var lacking string
		if d.Expr, lacking = m.a.rewrite(c.Expr); lacking != "" {
			m.a.omitted(keyOfCheck(c), function(lacking))
			continue
		}
		if d.NotEnforced && !m.a.d.f.checkEnforcement() {
			m.a.omitted(c.Key(), "NOT ENFORCED")
			continue
		}
		if !m.serverNamed(d.Name) {
			m.taken[strings.ToLower(d.Name)] = true
			out = append(out, &d)
			continue
		}
		unnamed = append(unnamed, &d)
	}
	for _, c := range unnamed {
		if named := m.place(c); named != nil {
			out = append(out, named)
		}
	}
	for _, c := range out {
		if c.Name == "" {
			c.Name = m.free()
		}
	}
	return out
}

func keyOfCheck(c *schema.Constraint) schema.Key {
	if c.Name == "" {
		return schema.Key{Kind: schema.KindTable, Name: c.Table}
	}
	return c.Key()
}

// serverNamed tells whether the source's server has named a check, or it has no name.
func (m *checkMatcher) serverNamed(name string) bool {
	number, ok := strings.CutPrefix(name, "CONSTRAINT_")
	if !m.a.from.mariadb {
		number, ok = strings.CutPrefix(name, m.out.Name+"_chk_")
	}
	_, err := strconv.Atoi(number)
	return name == "" || ok && err == nil
}

// place gives a check that nobody named the name of the target's check that means the same, or makes it the column's
// whose check it is there; else it gets a name later.
func (m *checkMatcher) place(c *schema.Constraint) *schema.Constraint {
	for _, o := range m.other.Constraints {
		if o.Kind == schema.KindCheck && !m.taken[strings.ToLower(o.Name)] && sameMeaning(o.Expr, c.Expr) {
			m.taken[strings.ToLower(o.Name)] = true
			c.Name = o.Name
			return c
		}
	}
	for _, o := range m.other.Columns {
		check := o.Attrs.Get(attrCheck)
		if check == "" || !sameMeaning(check, c.Expr) {
			continue
		}
		for i, own := range m.out.Columns {
			if strings.EqualFold(own.Name, o.Name) && own.Attrs.Get(attrCheck) == "" {
				d := *own
				d.Attrs.Set(attrCheck, check, schema.ClassStructure)
				m.out.Columns[i] = &d
				return nil
			}
		}
	}
	c.Name = ""
	return c
}

// free is the next name that the target's server would give.
func (m *checkMatcher) free() string {
	prefix := m.out.Name + "_chk_"
	if m.a.d.f.mariadb {
		prefix = "CONSTRAINT_"
	}
	for n := 1; ; n++ {
		name := prefix + strconv.Itoa(n)
		if key := strings.ToLower(name); !m.taken[key] {
			m.taken[key] = true
			return name
		}
	}
}
