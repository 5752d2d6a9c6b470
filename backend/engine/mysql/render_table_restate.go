package mysql

import (
	"slices"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// restate makes those keys go and come back that nobody asked to change but that would not survive.
func (a *alteration) restate() {
	if a.changesPeriod() { // a period can only go after the keys that use it
		a.restateKeys(func(k schema.Object) bool { return k.Extra().Attrs.Get(attrWithoutOverlaps) != "" })
	}
	if a.keepsBlockSize() {
		a.restateKeys(func(schema.Object) bool { return true })
	}
	if changed(a.before, a.after, attrEngine) {
		a.restateKeys(a.keepsMethod)
	}
	if !a.d.f.mariadb {
		a.restateChecks(func(c *schema.Constraint) bool { return slices.ContainsFunc(c.Deps(), a.isYear) })
	}
	if a.dropsColumns() {
		a.restateChecks(namesNoColumn)
	}
	a.restateServants()
}

// restateChecks makes the checks go and come back that would stay, changed or not.
func (a *alteration) restateChecks(which func(*schema.Constraint) bool) {
	parts := slices.Clone(a.op.Parts)
	for _, c := range a.after.Constraints {
		if c.Kind != schema.KindCheck || !which(c) {
			continue
		}
		i := slices.IndexFunc(parts, func(p plan.Op) bool { return p.Key() == c.Key() })
		before := a.world.Before.Find(c.Key())
		switch {
		case i >= 0 && parts[i].Action == diff.Alter:
			parts[i].Action = diff.Replace
		case i < 0 && before != nil:
			parts = append(parts, plan.Op{Action: diff.Replace, Before: before, After: c})
		}
	}
	a.op.Parts = parts
}

// isYear tells of columns in whose checks MySQL 9.7 writes small numbers as years (1 as 2001) when it copies the table,
// also to one in which the column is none any more. That is another condition.
func (a *alteration) isYear(k schema.Key) bool {
	year := func(c *schema.Column) bool { return c != nil && c.Type.Text == "year" }
	return k.Kind == schema.KindColumn && (year(a.before.Column(k.Name)) || year(a.after.Column(k.Name)))
}

// namesNoColumn tells of checks that the servers drop along with any column, as they do with those that name none but
// dropped ones.
func namesNoColumn(c *schema.Constraint) bool {
	return c.Kind == schema.KindCheck && !slices.ContainsFunc(c.Deps(), func(k schema.Key) bool { return k.Kind == schema.KindColumn })
}

func (a *alteration) dropsColumns() bool {
	return rebuildsPeriod(a.op, a.before, a.after) || slices.ContainsFunc(a.op.Parts, func(p plan.Op) bool {
		return p.Key().Kind == schema.KindColumn && (p.Action == diff.Drop || p.Action == diff.Replace)
	})
}

// keepsBlockSize tells that the server would write the block size that the table had, or in MariaDB its engine used, to
// every key.
func (a *alteration) keepsBlockSize() bool {
	had, has := a.before.Attrs.Get(attrKeyBlockSize), a.after.Attrs.Get(attrKeyBlockSize)
	return had != "" && has != "" && had != has || a.d.f.mariadb && (had != "" && had != has || has != "" && changed(a.before, a.after, attrEngine))
}

// keepsMethod tells that the server would write the method that the key was once asked for, or not write the one that it
// is asked for now: to one engine that is the only method there is, to the other a choice.
func (a *alteration) keepsMethod(after schema.Object) bool {
	before := a.world.Before.Find(after.Key())
	return before != nil && before.Extra().Spelling.Get(attrMethod) != after.Extra().Spelling.Get(attrMethod)
}

// restateKeys restates the primary key and indexes that nothing else touches.
func (a *alteration) restateKeys(which func(schema.Object) bool) {
	for _, o := range a.after.Parts() {
		kind := o.Key().Kind
		if kind != schema.KindIndex && kind != schema.KindPrimaryKey || !which(o) || !a.untouched(o.Key()) {
			continue
		}
		if before := a.world.Before.Find(o.Key()); before != nil {
			a.op.Parts = append(slices.Clip(a.op.Parts), plan.Op{Action: diff.Replace, Before: before, After: o})
		}
	}
}

// restateServants: the servers silently drop the index that they once made for a foreign key as soon as another index
// can serve it, and do not tell which one they made.
func (a *alteration) restateServants() {
	var served []*schema.ForeignKey
	for _, i := range a.after.Indexes {
		if !a.untouched(i.Key()) || !a.shadowed(i) {
			continue
		}
		if served == nil {
			served = a.foreignKeys()
		}
		for _, f := range served {
			if slices.Equal(f.Columns, wholeColumns(i)) {
				a.op.Parts = append(slices.Clip(a.op.Parts), plan.Op{Action: diff.Replace, Before: i, After: i})
				break
			}
		}
	}
}

func (a *alteration) untouched(k schema.Key) bool {
	return !slices.ContainsFunc(a.op.Parts, func(p plan.Op) bool { return p.Key() == k })
}

// shadowed tells that an added index or primary key begins with all columns of i.
func (a *alteration) shadowed(i *schema.Index) bool {
	columns := wholeColumns(i)
	if i.Unique || len(columns) == 0 {
		return false
	}
	return slices.ContainsFunc(a.op.Parts, func(p plan.Op) bool {
		if p.Action != diff.Create && p.Action != diff.Replace {
			return false
		}
		var parts []schema.IndexPart
		switch o := p.After.(type) {
		case *schema.Index:
			parts = o.Columns
		case *schema.Constraint:
			parts = o.Columns
		}
		if len(parts) < len(columns) {
			return false
		}
		for n, c := range columns {
			if parts[n].Column != c {
				return false
			}
		}
		return true
	})
}

// wholeColumns are the columns of an index that a server could have made for a foreign key; nil for any other.
func wholeColumns(i *schema.Index) []string {
	var out []string
	for _, p := range i.Columns {
		if p.Column == "" || p.Length > 0 || p.Desc {
			return nil
		}
		out = append(out, p.Column)
	}
	return out
}

// foreignKeys are those of the table that are there before and after.
func (a *alteration) foreignKeys() []*schema.ForeignKey {
	var out []*schema.ForeignKey
	for _, o := range a.world.Before.Objects() {
		if f, ok := o.(*schema.ForeignKey); ok && f.Table == a.before.Name && a.world.After.Get(f.Key()) != nil {
			out = append(out, f)
		}
	}
	return out
}
