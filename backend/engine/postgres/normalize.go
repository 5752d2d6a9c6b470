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
