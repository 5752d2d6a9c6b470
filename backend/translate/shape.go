package translate

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// shape gives the translated tables what the target's servers make of them by themselves, or refuse otherwise.
func (tr *translation) shape() {
	if tr.to.sqlite() {
		return
	}
	tr.alikeAcross()
	if tr.to.postgres() {
		return
	}
	for _, o := range tr.out.Objects() {
		if f, ok := o.(*schema.ForeignKey); ok {
			tr.indexOf(f)
		}
	}
	for _, o := range tr.out.Objects() {
		if t, ok := o.(*schema.Table); ok {
			tr.fitKeys(t)
			tr.fitRow(t)
		}
	}
}

// indexOf adds the index that InnoDB would make for a foreign key, if the table has none that would do.
func (tr *translation) indexOf(f *schema.ForeignKey) {
	t := tr.out.Table(f.Schema, f.Table)
	if startingWith(t, f.Columns, tr.to) {
		return
	}
	i := &schema.Index{Table: t.Name, Name: f.Name}
	for _, c := range f.Columns {
		i.Columns = append(i.Columns, schema.IndexPart{Column: c})
	}
	tr.out.Put(t.WithParts(append(t.Parts(), i)))
}

// alikeAcross gives the columns of foreign keys the types of those that they refer to, where the server insists on it, and takes
// away what InnoDB does not do to columns that are not null.
func (tr *translation) alikeAcross() {
	for again, rounds := true, 0; again && rounds < longestChain; rounds++ {
		again = false
		for _, o := range tr.out.Objects() {
			f, ok := o.(*schema.ForeignKey)
			if !ok || len(f.Columns) != len(f.RefColumns) {
				continue
			}
			for i := range f.Columns {
				t, ref := tr.out.Table(f.Schema, f.Table), tr.out.Table(f.RefSchema, f.RefTable)
				c, r := t.Column(f.Columns[i]), ref.Column(f.RefColumns[i])
				if tr.to.mysql() && c.NotNull && (f.OnDelete == "SET NULL" || f.OnUpdate == "SET NULL") {
					f = tr.withoutSetNull(f)
				}
				if tr.referable(c, r) || tr.stand(f, c, r) {
					continue
				}
				if c.Default != "" || c.Generated != "" || c.Identity != nil || c.AutoIncrement {
					tr.about(f.Key(), f.Key(), Note{Code: ForeignTable, Severity: Blocked, Args: []string{c.Type.Text, r.Type.Text}})
					tr.out.Remove(f.Key())
					break
				}
				again = true
				changed := *c
				changed.Type, changed.Charset, changed.Collation = r.Type, r.Charset, r.Collation
				tr.about(c.Key(), c.Key(), Note{Code: TypeOfReference, Severity: Info, Args: []string{c.Type.Text, r.Type.Text, r.Table + "." + r.Name}})
				tr.out.Put(withColumn(t, &changed))
				if soft, ok := tr.soft[c.Key()]; ok {
					soft.ruled = true
					tr.soft[c.Key()] = soft
				}
			}
		}
	}
}

// stand tells that the foreign key is there already, between these columns of these types.
func (tr *translation) stand(f *schema.ForeignKey, columns ...*schema.Column) bool {
	was, ok := tr.target.Get(f.Key()).(*schema.ForeignKey)
	if !ok || was.RefKey() != f.RefKey() || !slices.Equal(was.Columns, f.Columns) || !slices.Equal(was.RefColumns, f.RefColumns) {
		return false
	}
	return !slices.ContainsFunc(columns, func(c *schema.Column) bool {
		there, ok := tr.target.Find(c.Key()).(*schema.Column)
		return !ok || there.Type.Text != c.Type.Text
	})
}

// alikeWhatStands gives new columns of foreign keys the types that what they refer to has there already.
func (tr *translation) alikeWhatStands() {
	if !tr.to.sqlite() {
		tr.alikeAcross()
	}
}

// longestChain is how many foreign keys may hand a type on from one to the next. Rings of them could go on for ever.
const longestChain = 20

// referable tells that InnoDB lets the one column refer to the other.
func (tr *translation) referable(c, r *schema.Column) bool {
	t, u := tr.to.read(c.Type, tr.out), tr.to.read(r.Type, tr.out)
	switch {
	case tr.to.postgres() && (t.textual() && u.textual() && t.Class != Enum && u.Class != Enum || t.Class == u.Class && t.Class != Enum && t.Class != Other):
		return true
	case tr.to.postgres() && t.Class == Enum:
		return c.Type.User == r.Type.User
	case t.textual() && u.textual():
		return c.Charset == r.Charset && c.Collation == r.Collation
	case t.Class == Bool && u.Class == Int, t.Class == Int && u.Class == Bool:
		return t.Size+u.Size == 1 && !t.Unsigned && !u.Unsigned
	}
	return t.same(u) || t.Class == u.Class && (t.Class == Binary || t.Class == Varbinary)
}

func (tr *translation) withoutSetNull(f *schema.ForeignKey) *schema.ForeignKey {
	copied := *f
	for _, action := range []*string{&copied.OnDelete, &copied.OnUpdate} {
		if *action == "SET NULL" {
			*action = tr.to.noAction("")
		}
	}
	tr.about(f.Key(), f.Key(), Note{Code: ActionLost, Severity: Lossy, Args: []string{"SET NULL"}})
	tr.out.Put(&copied)
	return &copied
}

// startingWith tells that an index begins with whole columns, in their order.
func startingWith(t *schema.Table, columns []string, d dialect) bool {
	return slices.ContainsFunc(keysOf(t, d), func(k key) bool {
		if len(k.parts) < len(columns) || !btree(k.method) {
			return false
		}
		for i, c := range columns {
			if k.parts[i].Column != c || k.parts[i].Length > 0 {
				return false
			}
		}
		return true
	})
}

// Limits of InnoDB in bytes.
const (
	longestKey = 3072
	longestRow = 65535
)

// bytesOf is the most that a value takes; for long types what the row has of it.
func bytesOf(t Type) int {
	switch t.Class {
	case Char, Varchar, Enum, Set:
		if t.Class == Enum || t.Class == Set {
			return 8
		}
		return 4*t.Length + 2
	case Binary, Varbinary:
		return t.Length + 2
	case Text, Blob, JSON:
		return 12
	case Decimal:
		return t.Precision/2 + 4
	}
	return 8
}

// fitKeys shortens the parts of indexes that would be too long for InnoDB. A unique key cannot be shortened.
func (tr *translation) fitKeys(t *schema.Table) {
	kept := t.Indexes[:0:0]
	for _, i := range t.Indexes {
		if i.Method == "fulltext" || i.Method == "spatial" || tr.keyBytes(t, i.Columns) <= longestKey {
			kept = append(kept, i)
			continue
		}
		if i.Unique {
			tr.about(i.Key(), i.Key(), Note{Code: IndexLeftOut, Severity: Blocked, Args: []string{"length"}})
			continue
		}
		copied := *i
		copied.Columns = slices.Clone(i.Columns)
		each := (longestKey/len(i.Columns) - 10) / 4
		for n := range copied.Columns {
			p := &copied.Columns[n]
			if typ := tr.partType(t, *p); typ.Class == Varchar || typ.Class == Char || typ.Class == Varbinary || typ.lengthy() {
				if have := max(p.Length, typ.Length); have > each {
					p.Length = each
					tr.about(i.Key(), i.Key(), Note{Code: IndexShortened, Severity: Info, Args: []string{p.Column, decimal(each)}})
				}
			}
		}
		kept = append(kept, &copied)
	}
	copied := *t
	copied.Indexes = kept
	tr.out.Put(&copied)
}

func (tr *translation) partType(t *schema.Table, p schema.IndexPart) Type {
	if c := t.Column(p.Column); c != nil {
		return tr.to.read(c.Type, tr.out)
	}
	return Type{Class: Other}
}

func (tr *translation) keyBytes(t *schema.Table, parts []schema.IndexPart) int {
	n := 0
	for _, p := range parts {
		if p.Length > 0 {
			n += 4 * p.Length
		} else {
			n += bytesOf(tr.partType(t, p))
		}
	}
	return n
}

// fitRow makes texts of the longest columns of a row that InnoDB would refuse.
func (tr *translation) fitRow(t *schema.Table) {
	t = tr.out.Table(t.Schema, t.Name)
	total := 0
	var long []*schema.Column
	for _, c := range t.Columns {
		typ := tr.to.read(c.Type, tr.out)
		total += bytesOf(typ)
		if (typ.Class == Varchar || typ.Class == Varbinary) && !indexed(t, c.Name) {
			long = append(long, c)
		}
	}
	size := func(c *schema.Column) int { return bytesOf(tr.to.read(c.Type, tr.out)) }
	slices.SortStableFunc(long, func(x, y *schema.Column) int { return size(y) - size(x) })
	for _, c := range long {
		if total <= longestRow-100 {
			return
		}
		text := "longtext"
		if strings.HasPrefix(c.Type.Text, "varbinary") {
			text = "longblob"
		}
		tr.about(c.Key(), c.Key(), Note{Code: RowTooLong, Severity: Info, Args: []string{c.Type.Text, text}})
		total -= size(c) - 12
		changed := *c
		changed.Type.Text = text
		t = withColumn(t, &changed)
		tr.out.Put(t)
	}
}

func indexed(t *schema.Table, column string) bool {
	for _, k := range keysOf(t, dialect{name: "mysql"}) {
		if slices.Contains(columnsOf(k.parts), column) {
			return true
		}
	}
	return false
}

// withColumn is the table with one column exchanged.
func withColumn(t *schema.Table, c *schema.Column) *schema.Table {
	copied := *t
	copied.Columns = slices.Clone(t.Columns)
	for i, x := range copied.Columns {
		if x.Name == c.Name {
			copied.Columns[i] = c
		}
	}
	return &copied
}

// freeNames gives new names to keys and foreign keys whose names something else has in the target's namespace.
func (tr *translation) freeNames(db *schema.Database) *schema.Database {
	names := map[string]bool{}
	claim := func(o schema.Object) (ok bool) {
		spaces := tr.to.namespaces(o)
		if slices.ContainsFunc(spaces, func(s string) bool { return names[s] }) {
			return false
		}
		for _, s := range spaces {
			names[s] = true
		}
		return true
	}
	settled := map[schema.Object]bool{}
	settle := func(may func(o, there schema.Object) bool) {
		for _, o := range db.Objects() {
			for _, x := range append(o.Parts(), o) {
				if !settled[x] && may(x, tr.target.Find(x.Key())) && claim(x) {
					settled[x] = true
				}
			}
		}
	}
	settle(func(o, there schema.Object) bool { return o == there || !renamable(o) }) // what stands already keeps its name
	settle(func(_, there schema.Object) bool { return there != nil })
	for _, o := range db.Objects() {
		if t, ok := o.(*schema.Table); ok {
			tr.freePartNames(db, t, settled, claim)
			continue
		}
		f, ok := o.(*schema.ForeignKey)
		if !ok || settled[o] || claim(o) {
			continue
		}
		copied := *f
		tr.freeName(f.Table, f.Name, func(n string) schema.Object { copied.Name = n; return &copied }, claim)
		db.Remove(f.Key())
		db.Put(&copied)
		tr.about(copied.Key(), f.Key(), Note{Code: NameChanged, Severity: Info, Args: []string{f.Name}})
	}
	return db
}

func renamable(o schema.Object) bool {
	switch o.(type) {
	case *schema.Index, *schema.Constraint, *schema.ForeignKey:
		return true
	}
	return false
}

func (tr *translation) freePartNames(db *schema.Database, t *schema.Table, settled map[schema.Object]bool, claim func(schema.Object) bool) {
	changed := false
	parts := t.Parts()
	for i, p := range parts {
		if settled[p] || claim(p) {
			continue
		}
		changed = true
		was := p.Key().Name
		switch x := p.(type) {
		case *schema.Index:
			copied := *x
			tr.freeName(t.Name, was, func(n string) schema.Object { copied.Name = n; return &copied }, claim)
			parts[i] = &copied
		case *schema.Constraint:
			copied := *x
			tr.freeName(t.Name, was, func(n string) schema.Object { copied.Name = n; return &copied }, claim)
			parts[i] = &copied
		}
		tr.about(parts[i].Key(), p.Key(), Note{Code: NameChanged, Severity: Info, Args: []string{was}})
	}
	if changed {
		db.Put(t.WithParts(parts))
	}
}

// freeName tries the name behind its table's, and then with a number.
func (tr *translation) freeName(table, name string, rename func(string) schema.Object, claim func(schema.Object) bool) {
	base := tr.to.fit(table + "_" + name)
	for n, next := 2, base; ; n++ {
		if claim(rename(next)) {
			return
		}
		next = tr.to.fit(base + "_" + decimal(n))
	}
}

// namespaces are what no two objects may share.
func (d dialect) namespaces(o schema.Object) []string {
	k := o.Key()
	folded := strings.ToLower(k.Name)
	relation, constraint := "relation:"+k.Schema+"."+k.Name, "constraint:"+k.Schema+"."+k.Owner+"."+k.Name
	switch {
	case d.postgres():
		switch k.Kind {
		case schema.KindTable, schema.KindIndex, schema.KindSequence, schema.KindView, schema.KindMaterializedView, schema.KindComposite:
			return []string{relation}
		case schema.KindPrimaryKey, schema.KindUnique, schema.KindExclusion:
			return []string{relation, constraint}
		case schema.KindForeignKey, schema.KindCheck:
			return []string{constraint}
		}
	case d.mysql():
		switch k.Kind {
		case schema.KindForeignKey:
			return []string{"fk:" + folded}
		case schema.KindCheck:
			if d.mariadb() {
				return []string{"check:" + k.Owner + "." + folded}
			}
			return []string{"check:" + folded}
		case schema.KindIndex:
			return []string{"index:" + k.Owner + "." + folded}
		}
	default:
		switch k.Kind {
		case schema.KindTable, schema.KindIndex, schema.KindView, schema.KindVirtualTable:
			return []string{"relation:" + folded}
		}
	}
	return nil
}
