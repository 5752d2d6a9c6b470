package postgres

import (
	"slices"
	"sort"

	"database-structure-sync/backend/schema"
)

// normalize brings what was read into the one form that equal structures have, whatever order and version the catalogs
// had it in. It is the last step of reading.
func (r *reader) normalize() {
	r.nameNotNulls()
	r.markNested()
	for _, rel := range r.relations {
		switch {
		case rel.table != nil:
			rel.table.Columns = make([]*schema.Column, 0, len(rel.columns))
			for _, ref := range rel.columns {
				if ref.column != nil {
					rel.table.Columns = append(rel.table.Columns, ref.column)
				}
			}
			sortParts(rel.table)
			rel.table.DependsOn = append(rel.table.DependsOn, keyTypes(rel.table)...)
		case rel.composite != nil:
			r.completeComposite(rel)
		}
	}
	for _, d := range r.domains {
		sort.Slice(d.Checks, func(i, j int) bool { return d.Checks[i].Name < d.Checks[j].Name })
	}
	for _, o := range r.objects {
		tidyBase(o)
		for _, p := range o.Parts() {
			tidyBase(p)
		}
	}
}

// spellNested marks generated columns, in schema.Base.Spelling, whose expression the server does not drop because the table
// has children that have children (until 16).
const spellNested = "nested"

func (r *reader) markNested() {
	if r.v.atLeast(17) {
		return
	}
	above := map[schema.Key]*relation{}
	for _, rel := range r.relations {
		if rel.table != nil {
			for _, p := range parents(rel.table) {
				above[p] = nil
			}
		}
	}
	for _, rel := range r.relations {
		if _, is := above[rel.key]; is && rel.table != nil {
			above[rel.key] = rel
		}
	}
	for _, rel := range above {
		if rel != nil {
			markAbove(rel, above)
		}
	}
}

// markAbove marks the generated columns of the tables above one that has children.
func markAbove(rel *relation, above map[schema.Key]*relation) {
	for _, p := range parents(rel.table) {
		parent := above[p]
		if parent == nil {
			continue
		}
		for _, ref := range parent.columns {
			if ref.column != nil && ref.column.Generated != "" {
				ref.column.Spelling.Set(spellNested, "yes", schema.ClassStructure)
			}
		}
		markAbove(parent, above)
	}
}

// completeComposite gives a composite type its attributes, in order.
func (r *reader) completeComposite(rel *relation) {
	for _, ref := range rel.columns {
		if ref.name == "" {
			continue
		}
		info := r.typeTexts[ref.typ]
		collate, deps := r.collate(ref.collation, info.collation)
		rel.composite.Attributes = append(rel.composite.Attributes, schema.Attribute{
			Name: ref.name, Type: info.Type, Collation: collate, Comment: ref.comment,
		})
		rel.composite.DependsOn = append(rel.composite.DependsOn, deps...)
		rel.composite.DependsOn = append(rel.composite.DependsOn, r.memberOf(classType, info.base)...)
	}
}

// tidyBase sorts what comes in the catalogs' own order, and takes an object out of its own dependencies.
func tidyBase(o schema.Object) {
	base := o.Extra()
	sort.Strings(base.Unmodelled)
	if len(base.DependsOn) == 0 { // as with nearly all columns
		return
	}
	self := o.Key()
	slices.SortFunc(base.DependsOn, schema.Key.Compare)
	kept := base.DependsOn[:0]
	for i, k := range base.DependsOn {
		if !k.IsZero() && k != self && (i == 0 || k != base.DependsOn[i-1]) {
			kept = append(kept, k)
		}
	}
	base.DependsOn = kept
}
