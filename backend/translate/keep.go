package translate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"database-structure-sync/backend/schema"
)

// keep takes over what the target has and the source's engine could not say: objects of other kinds, other schemas,
// partitions. What cannot stay because its table or column goes is not kept, and shows as a change.
func (tr *translation) keep() {
	kept := tr.out
	for _, o := range tr.target.Objects() {
		if kept.Get(o.Key()) == nil && tr.stays(o) {
			kept.Put(o)
		}
	}
	for again := true; again; { // what depends on what goes, goes
		again = false
		for _, o := range kept.Objects() {
			if was := tr.target.Get(o.Key()); was == o && tr.orphan(o, kept) {
				kept.Remove(o.Key())
				again = true
			}
		}
	}
}

// stays tells that the source says nothing about the object.
func (tr *translation) stays(o schema.Object) bool {
	if tr.spent[o.Key()] {
		return false
	}
	switch o := o.(type) {
	case *schema.Table:
		return o.Schema != tr.scope || !o.PartitionOf.IsZero()
	case *schema.ForeignKey:
		return o.Schema != tr.scope || o.Inherited
	}
	return true
}

// orphan tells that something that the object needs is in the target and will not be any more.
func (tr *translation) orphan(o schema.Object, kept *schema.Database) bool {
	if t, ok := o.(*schema.Table); ok {
		return !t.PartitionOf.IsZero() && kept.Get(t.PartitionOf) == nil
	}
	if s, ok := o.(*schema.Sequence); ok && !s.OwnedBy.IsZero() {
		return tr.target.Find(s.OwnedBy) != nil && kept.Find(s.OwnedBy) == nil
	}
	return slices.ContainsFunc(o.Deps(), func(k schema.Key) bool {
		return tr.target.Find(k) != nil && kept.Find(k) == nil && k.Kind != schema.KindPrimaryKey && k.Kind != schema.KindUnique && k.Kind != schema.KindIndex
	})
}

// keeps tells that the source says nothing about a key of the target: its engine has none like it, or the one of that name was
// left out.
func (tr *translation) keeps(t *schema.Table, k key) bool {
	switch {
	case tr.left[k.source]:
		return true
	case k.method == "gin" && len(k.parts) == 1 && strings.HasPrefix(k.parts[0].Expr, "to_tsvector('simple'"):
		return !tr.from.mysql()
	case !btree(k.method), k.predicate != "" && tr.from.mysql():
		return true
	}
	expression := slices.ContainsFunc(k.parts, func(p schema.IndexPart) bool { return p.Column == "" && !tr.prefixOf(t, p.Expr) })
	return expression && tr.from.mariadb()
}

// prefixOf tells that an expression takes the first characters of a column, as MySQL and MariaDB can say it.
func (tr *translation) prefixOf(t *schema.Table, text string) bool {
	length, err := strconv.Atoi(strings.TrimSuffix(lastNumber.FindString(text), ")"))
	names := columnsIn(t, text)
	if err != nil || len(names) != 1 {
		return false
	}
	c := t.Column(names[0])
	return tr.to.prefix(c, tr.to.read(c.Type, tr.target), length) == text
}

var lastNumber = regexp.MustCompile(`\d+\)$`)

// dispensable tells that a key is only there because InnoDB makes one for every foreign key.
func (tr *translation) dispensable(t *schema.Table, k key) bool {
	if !tr.from.mysql() || k.unique || len(k.parts) == 0 {
		return false
	}
	for _, o := range tr.out.Objects() {
		f, ok := o.(*schema.ForeignKey)
		if ok && f.Table == t.Name && f.Schema == t.Schema && slices.Equal(f.Columns, columnsOf(k.parts)) && (k.name == f.Name || k.name == f.Columns[0]) {
			return true
		}
	}
	return false
}
