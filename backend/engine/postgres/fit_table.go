package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// table is a table with its parts as this version can have them.
func (f *fitter) table(t *schema.Table) schema.Object {
	out, k := *t, t.Key()
	f.options(k, &out.Base)
	if t.PartitionBy != "" {
		if f.without(k, t.Attrs.Get(attrAccessMethod) != "", 17, "an access method of a partitioned table") {
			out.Attrs.Set(attrAccessMethod, "", schema.ClassStructure)
		}
		if t.Attrs.Get(attrPersistence) != "" && f.v.atLeast(18) {
			f.note(schema.NoteImplied, k, "the persistence of its partitions", postgres(18))
			out.Attrs.Set(attrPersistence, "", schema.ClassStructure)
		}
	}
	if !f.expression(k, &out.Base, "", &out.PartitionBy) {
		return nil
	}
	parts := make([]schema.Object, 0, len(t.Columns)+len(t.Constraints)+len(t.Indexes))
	same := out.PartitionBy == t.PartitionBy && len(out.Attrs) == len(t.Attrs) && out.Attrs.Get(attrStorageParams) == t.Attrs.Get(attrStorageParams)
	for _, p := range t.Parts() {
		var fitted schema.Object
		switch x := p.(type) {
		case *schema.Column:
			fitted = orNothing(f.column(t, x))
		case *schema.Constraint:
			fitted = orNothing(f.constraint(t, x))
		case *schema.Index:
			fitted = orNothing(f.index(x))
		}
		if fitted == nil {
			f.gone[p.Key()] = true
		} else {
			parts = append(parts, fitted)
		}
		same = same && fitted == p
	}
	if same {
		return t
	}
	return out.WithParts(parts)
}

// options takes out of storage parameters what this version does not know.
func (f *fitter) options(k schema.Key, b *schema.Base) {
	text := b.Attrs.Get(attrStorageParams)
	if text == "" {
		return
	}
	var kept []string
	for _, o := range parseOptions(text) {
		since := newParameters[strings.TrimPrefix(o.name, "toast.")]
		if o.name == "vacuum_index_cleanup" && strings.EqualFold(o.value, "'auto'") {
			since = 14
		}
		if !f.without(k, since != 0, since, "the storage parameter "+o.name) {
			kept = append(kept, o.name+"="+o.value)
		}
	}
	b.Attrs.Set(attrStorageParams, strings.Join(kept, ", "), schema.ClassStorage)
}

var newParameters = map[string]int{
	"autovacuum_vacuum_insert_threshold": 13, "autovacuum_vacuum_insert_scale_factor": 13, "deduplicate_items": 13,
	"autovacuum_vacuum_max_threshold": 18, "vacuum_max_eager_freeze_failure_rate": 18,
}

// column is a column as this version can have it.
func (f *fitter) column(t *schema.Table, c *schema.Column) *schema.Column {
	out, k := *c, c.Key()
	if f.lacksType(k, c.Type) {
		return nil
	}
	if c.GeneratedKind == "VIRTUAL" && !f.v.atLeast(18) {
		out.GeneratedKind = "STORED"
		f.note(schema.NoteInstead, k, "a virtual generated column", "a stored one", postgres(18))
	}
	f.numeric(k, &out.Type)
	f.identity(t, &out)
	f.notNull(t, &out)
	if f.without(k, c.Attrs.Get(attrCompression) != "", 14, "COMPRESSION") {
		out.Attrs.Set(attrCompression, "", schema.ClassStorage)
	}
	if c.Generated != "" && !f.expression(k, &out.Base, spellDefinition, &out.Generated) {
		return nil
	}
	if n := f.newer(c.Default); n.since != 0 {
		f.note(schema.NoteWithout, k, "its default, which calls "+n.name, postgres(n.since))
		out.Default = ""
	} else {
		out.Default = f.rewritten(c.Default)
	}
	if sameColumn(c, &out) {
		return c
	}
	return &out
}

func sameColumn(a, b *schema.Column) bool {
	return a.Type == b.Type && a.Default == b.Default && a.Generated == b.Generated && a.GeneratedKind == b.GeneratedKind && a.NotNull == b.NotNull &&
		a.Identity == b.Identity && len(a.Attrs) == len(b.Attrs)
}

// identity: partitions share their parent's identity since 17 and have none of their own before.
func (f *fitter) identity(t *schema.Table, c *schema.Column) {
	if t.PartitionOf.IsZero() {
		return
	}
	if !f.v.atLeast(17) {
		if c.Identity != nil {
			f.note(schema.NoteWithout, c.Key(), "the identity of the partitioned table", postgres(17))
			c.Identity = nil
		}
		return
	}
	top := t
	for !top.PartitionOf.IsZero() {
		parent := f.source.Table(top.PartitionOf.Schema, top.PartitionOf.Name)
		if parent == nil {
			return
		}
		top = parent
	}
	if given := top.Column(c.Name); given != nil && given.Identity != nil && c.Identity == nil {
		f.note(schema.NoteImplied, c.Key(), "the identity of the partitioned table", postgres(17))
		c.Identity = &schema.Identity{Generation: given.Identity.Generation}
		c.Default = ""
	}
}

// notNull: NOT NULL is a constraint with options since 18, which children have like their parents.
func (f *fitter) notNull(t *schema.Table, c *schema.Column) {
	k := c.Key()
	if !f.v.atLeast(18) {
		opts := c.Attrs.Get(attrNotNullOpts)
		switch {
		case strings.Contains(opts, "NOT VALID"):
			f.note(schema.NoteWithout, k, "NOT NULL that is NOT VALID", postgres(18))
			c.NotNull = false
		case opts != "":
			f.note(schema.NoteWithout, k, opts+" of its NOT NULL", postgres(18))
		}
		c.Attrs.Set(attrNotNullOpts, "", schema.ClassStructure)
		return
	}
	if c.NotNull || majorOf(f.source.Version) >= 18 {
		return
	}
	if f.parentNotNull(t, c.Name) {
		f.note(schema.NoteImplied, k, "the NOT NULL of the table that it inherits from", postgres(18))
		c.NotNull = true
	}
}

// parentNotNull tells that the column is NOT NULL in a table that this one inherits from.
func (f *fitter) parentNotNull(t *schema.Table, column string) bool {
	for _, k := range parents(t) {
		p := f.source.Table(k.Schema, k.Name)
		if p == nil {
			continue
		}
		if c := p.Column(column); c != nil && c.NotNull || f.parentNotNull(p, column) {
			return true
		}
	}
	return false
}

// constraint is a table's constraint as this version can have it.
func (f *fitter) constraint(t *schema.Table, c *schema.Constraint) *schema.Constraint {
	out, k := *c, c.Key()
	partitioned := t.PartitionBy != ""
	switch {
	case f.leavesOut(k, c.NotEnforced, 18, "constraints that are not enforced"),
		f.leavesOut(k, c.WithoutOverlaps, 18, "keys WITHOUT OVERLAPS"),
		f.leavesOut(k, c.Kind == schema.KindExclusion && partitioned, 17, "exclusion constraints of partitioned tables"):
		return nil
	}
	if f.without(k, c.NullsNotDistinct, 15, "NULLS NOT DISTINCT") {
		out.NullsNotDistinct = false
	}
	f.options(k, &out.Base)
	if c.Expr != "" && !f.expression(k, &out.Base, spellDefinition, &out.Expr) {
		return nil
	}
	if out.NullsNotDistinct == c.NullsNotDistinct && out.Expr == c.Expr && out.Attrs.Get(attrStorageParams) == c.Attrs.Get(attrStorageParams) {
		return c
	}
	return &out
}

// index is an index as this version can have it.
func (f *fitter) index(i *schema.Index) *schema.Index {
	out, k := *i, i.Key()
	out.Columns = append([]schema.IndexPart(nil), i.Columns...)
	same := true
	for n := range out.Columns {
		p := &out.Columns[n]
		class, _, parameters := strings.Cut(p.OpClass, " (")
		switch {
		case f.leavesOut(k, strings.HasSuffix(class, "_minmax_multi_ops") || strings.HasSuffix(class, "_bloom_ops"), 14, "indexes with "+class):
			return nil
		case f.without(k, parameters, 13, "the parameters of its operator class"):
			p.OpClass, same = class, false
		}
		if p.Expr != "" {
			was := p.Expr
			if !f.expression(k, &out.Base, "", &p.Expr) {
				return nil
			}
			same = same && was == p.Expr
		}
	}
	if f.without(k, i.NullsNotDistinct, 15, "NULLS NOT DISTINCT") {
		out.NullsNotDistinct, same = false, false
	}
	if f.without(k, len(i.Include) > 0 && i.Method == "spgist", 14, "INCLUDE of an SP-GiST index") {
		out.Include, same = nil, false
	}
	f.options(k, &out.Base)
	if i.Predicate != "" && !f.expression(k, &out.Base, spellDefinition, &out.Predicate) {
		return nil
	}
	if same && out.Predicate == i.Predicate && out.Attrs.Get(attrStorageParams) == i.Attrs.Get(attrStorageParams) {
		return i
	}
	return &out
}

// foreignKey is a foreign key as this version can have it.
func (f *fitter) foreignKey(x *schema.ForeignKey) *schema.ForeignKey {
	k := x.Key()
	t := f.source.Table(x.Schema, x.Table)
	switch {
	case f.leavesOut(k, x.NotEnforced, 18, "constraints that are not enforced"),
		f.leavesOut(k, x.Period, 18, "foreign keys with PERIOD"),
		f.leavesOut(k, x.NotValid && (x.Inherited || t != nil && t.PartitionBy != ""), 18, "foreign keys of partitioned tables that are NOT VALID"):
		return nil
	}
	if len(x.SetColumns) == 0 || f.v.atLeast(15) {
		return x
	}
	out := *x
	f.note(schema.NoteInstead, k, "ON DELETE "+x.OnDelete+" with a list of columns", "NO ACTION", postgres(15))
	out.SetColumns, out.OnDelete = nil, ""
	return &out
}
