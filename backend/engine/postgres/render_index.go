package postgres

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// indexReplaced tells which changes of an index need a new one.
func indexReplaced(c diff.Change) bool {
	return !onlyChanged(c.Fields, "comment", "parent", attrStorageParams, attrTablespace, attrStatistics)
}

// indexDefinition is the statement that creates the index.
func (r *rendering) indexDefinition(t *schema.Table, i *schema.Index) string {
	text := "CREATE "
	if i.Unique {
		text += "UNIQUE "
	}
	text += "INDEX " + quoteIdent(i.Name) + " ON "
	if t != nil && t.PartitionBy != "" {
		text += "ONLY " // the partitions' own ones are attached to it
	}
	text += ownerName(i.Key())
	if i.Method != "" {
		text += " USING " + quoteIdent(i.Method)
	}
	parts := make([]string, len(i.Columns))
	for n, p := range i.Columns {
		parts[n] = indexPart(p)
	}
	text += " (" + strings.Join(parts, ", ") + ")"
	if len(i.Include) > 0 {
		text += " INCLUDE (" + strings.Join(quoteIdents(i.Include), ", ") + ")"
	}
	if i.NullsNotDistinct {
		text += " NULLS NOT DISTINCT"
	}
	if with := i.Attrs.Get(attrStorageParams); with != "" {
		text += " WITH (" + with + ")"
	}
	if space := i.Attrs.Get(attrTablespace); space != "" {
		text += " TABLESPACE " + space
	}
	if i.Predicate != "" {
		text += " WHERE " + spelled(&i.Base, spellDefinition, i.Predicate)
	}
	return text
}

func indexPart(p schema.IndexPart) string {
	text := quoteIdent(p.Column)
	if p.Column == "" {
		text = "(" + p.Expr + ")"
	}
	if p.Collation != "" {
		text += " COLLATE " + p.Collation
	}
	if p.OpClass != "" {
		text += " " + p.OpClass
	}
	if p.Desc {
		text += " DESC"
	}
	switch {
	case p.NullsFirst:
		text += " NULLS FIRST"
	case p.NullsLast:
		text += " NULLS LAST"
	}
	return text
}

// createIndex is the node that creates an index, with all that hangs on it.
func (r *rendering) createIndex(t *schema.Table, i *schema.Index) plan.Node {
	w := newWork(i.Key(), diff.Create)
	w.run(r.indexDefinition(t, i), r.hazards.create(i)...)
	r.attachIndex(w, t, i.Parent, i.Key())
	r.afterIndex(w, t, i)
	w.comment("INDEX "+fullName(i.Key()), "", i.Comment)
	n := w.creates(i.Key())
	n.Needs = r.indexesBefore(t, i)
	return n
}

// dropIndex is the node that drops an index. A partition's attached index vanishes with the parent's.
func (r *rendering) dropIndex(t *schema.Table, i *schema.Index) plan.Node {
	if r.heldByParent(t, !i.Parent.IsZero()) {
		return r.rebuildTree(i)
	}
	w := newWork(i.Key(), diff.Drop)
	w.run("DROP INDEX "+fullName(i.Key()), r.hazards.drop(i)...)
	n := w.drops(append([]schema.Key{i.Key()}, r.dropsBelow(i.Key())...)...)
	n.Needs = r.letGo(i.Key(), i.Parent)
	return n
}

// alterIndex changes in place what can be.
func (r *rendering) alterIndex(t *schema.Table, op plan.Op) plan.Node {
	before, after := op.Before.(*schema.Index), op.After.(*schema.Index)
	if t.PartitionBy != "" && storageDiffers(before, after) {
		return r.rebuildTree(before)
	}
	w := newWork(after.Key(), diff.Alter)
	if before.Parent != after.Parent {
		r.attachIndex(w, t, after.Parent, after.Key())
	}
	r.alterIndexStorage(w, after.Key(), before.Attrs, after.Attrs)
	w.comment("INDEX "+fullName(after.Key()), before.Comment, after.Comment)
	return w.alters(after.Key())
}

// alterIndexStorage brings storage parameters, tablespace and statistics targets of an index, a constraint's included,
// from before to after.
func (r *rendering) alterIndexStorage(w *work, k schema.Key, before, after schema.Attrs) {
	name := fullName(k)
	for _, change := range optionChanges(before.Get(attrStorageParams), after.Get(attrStorageParams)) {
		w.run("ALTER INDEX " + name + " " + change)
	}
	if was, is := before.Get(attrTablespace), after.Get(attrTablespace); was != is {
		if is == "" {
			is = "pg_default"
		}
		w.run("ALTER INDEX "+name+" SET TABLESPACE "+is, r.hazards.rewrite(k)...)
	}
	was := map[string]string{}
	for _, s := range statisticsTargets(before.Get(attrStatistics)) {
		was[s.name] = s.value
	}
	for _, s := range statisticsTargets(after.Get(attrStatistics)) {
		if was[s.name] != s.value {
			w.run("ALTER INDEX " + name + " ALTER COLUMN " + s.name + " SET STATISTICS " + s.value)
		}
		delete(was, s.name)
	}
	for _, s := range statisticsTargets(before.Get(attrStatistics)) {
		if _, left := was[s.name]; left {
			w.run("ALTER INDEX " + name + " ALTER COLUMN " + s.name + " SET STATISTICS -1")
		}
	}
}
