package diff

import (
	"slices"

	"database-structure-sync/backend/schema"
)

// Apply is the structure that target has after these changes. target is left as it is. Renames are not carried out: what
// they do only a dialect knows (Renamer), and the other changes start from there.
func Apply(target *schema.Database, changes []Change) *schema.Database {
	out := target.Clone()
	for _, c := range changes {
		switch c.Action {
		case Create:
			out.Put(c.After)
		case Drop:
			out.Remove(c.Before.Key())
		case Alter:
			if t, ok := c.Before.(*schema.Table); ok {
				out.Put(applyTable(t, c))
				continue
			}
			out.Remove(c.Before.Key())
			out.Put(c.After)
		}
	}
	return out
}

// applyTable is the table with its own fields (when the change has any) and its parts changed.
func applyTable(before *schema.Table, c Change) *schema.Table {
	after := c.After.(*schema.Table)
	drop, put := map[schema.Key]bool{}, map[schema.Key]schema.Object{}
	for _, p := range c.Parts {
		switch p.Action {
		case Drop:
			drop[p.Before.Key()] = true
		case Create:
			put[p.After.Key()] = p.After
		case Alter:
			put[p.Before.Key()] = p.After
		}
	}
	spelling := map[schema.Key]schema.Attrs{}
	for _, o := range after.Parts() {
		spelling[o.Key()] = o.Extra().Spelling
	}
	var parts []schema.Object
	stood := map[schema.Key]bool{}
	for _, o := range before.Parts() {
		stood[o.Key()] = true
		if drop[o.Key()] {
			continue
		}
		if n, ok := put[o.Key()]; ok {
			o = n
		} else if len(c.Fields) > 0 || slices.ContainsFunc(o.Deps(), func(k schema.Key) bool { return put[k] != nil }) {
			o = spelled(o, spelling[o.Key()])
		}
		parts = append(parts, o)
	}
	for _, o := range after.Parts() { // in the source's order, so that the result is deterministic
		if n, ok := put[o.Key()]; ok && !stood[o.Key()] {
			parts = append(parts, n)
		}
	}
	own := before
	if len(c.Fields) > 0 {
		own = after
	}
	out := own.WithParts(parts)
	out.Columns = arrange(out.Columns, before, after, renamedColumns(c), hasField(c, ColumnOrder))
	return out
}

// spelled is an unchanged part as the source spells it: where its table or what it uses changes, it may have to be
// written anew.
func spelled(o schema.Object, as schema.Attrs) schema.Object {
	if slices.Equal(o.Extra().Spelling, as) {
		return o
	}
	o = o.With(o, func(schema.Prop) bool { return false })
	o.Extra().Spelling = as
	return o
}

func hasField(c Change, name string) bool {
	for _, f := range c.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// renamedColumns are the new names of the columns that get one.
func renamedColumns(c Change) map[string]string {
	renamed := map[string]string{}
	for _, p := range c.Parts {
		if p.Renames() {
			renamed[p.Before.Key().Name] = p.After.Key().Name
		}
	}
	return renamed
}

// arrange brings the resulting columns into order: the kept ones in the target's order, or in the source's when the
// order itself is changed (then columns that only the target has follow their former predecessor); each new one behind
// the nearest column that precedes it in the source.
func arrange(cols []*schema.Column, before, after *schema.Table, renamed map[string]string, reorder bool) []*schema.Column {
	byName := make(map[string]*schema.Column, len(cols))
	for _, col := range cols {
		byName[col.Name] = col
	}
	first, second := before.Columns, after.Columns
	if reorder {
		first, second = second, first
	}
	order := newOrder()
	for _, list := range [][]*schema.Column{first, second} {
		previous := ""
		for _, col := range list {
			name := newName(col.Name, renamed)
			if byName[name] == nil {
				continue
			}
			order.insert(name, previous)
			previous = name
		}
	}
	out := make([]*schema.Column, 0, len(cols))
	for name := order.next[""]; name != ""; name = order.next[name] {
		out = append(out, byName[name])
	}
	return out
}

// order is a linked list of names; "" is its head.
type order struct {
	next map[string]string
	in   map[string]bool
}

func newOrder() *order { return &order{map[string]string{}, map[string]bool{}} }

// insert puts name behind previous unless it is in the list already.
func (o *order) insert(name, previous string) {
	if o.in[name] {
		return
	}
	o.in[name] = true
	o.next[name], o.next[previous] = o.next[previous], name
}
