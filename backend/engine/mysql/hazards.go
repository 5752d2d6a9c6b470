package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Hazards implements plan.Dialect. Statements run under a strict sql_mode: a value that does not fit stops them, except
// where the servers round or cut without a word.
func (d dialect) Hazards(c diff.Change, _ *schema.Database) []hazard.Hazard {
	o := c.After
	if o == nil {
		o = c.Before
	}
	switch o.(type) {
	case *schema.Table:
		return d.tableHazards(c)
	case *schema.Column:
		return d.columnHazards(c)
	case *schema.Constraint:
		return d.constraintHazards(c)
	case *schema.Index:
		return d.indexHazards(c)
	case *schema.ForeignKey:
		return foreignKeyHazards(c)
	case *schema.Sequence:
		if c.Action == diff.Drop || c.Action == diff.Alter && turns(c.Before.(*schema.Sequence), c.After.(*schema.Sequence)) {
			return []hazard.Hazard{hazard.New(hazard.CounterLoss, objectName(o))}
		}
	}
	return nil
}

// opHazards are the hazards of an operation, whether it was asked for or is part of something else. A replaced part has
// those of its alteration.
func (d dialect) opHazards(op plan.Op) []hazard.Hazard {
	c := diff.Change{Action: op.Action, Before: op.Before, After: op.After}
	if c.Action == diff.Replace {
		c.Action = diff.Alter
	}
	return d.Hazards(c, nil)
}

// objectName is how hazards name an object.
func objectName(o schema.Object) string {
	k := o.Key()
	if k.Owner == "" {
		return k.Name
	}
	return k.Owner + "." + k.Name
}

// distinct leaves out repeated hazards, keeping the order.
func distinct(list []hazard.Hazard) []hazard.Hazard {
	seen := map[string]bool{}
	var out []hazard.Hazard
	for _, h := range list {
		k := string(h.Code) + "\x00" + strings.Join(h.Args, "\x00")
		if !seen[k] {
			seen[k] = true
			out = append(out, h)
		}
	}
	return out
}

func (d dialect) tableHazards(c diff.Change) []hazard.Hazard {
	switch c.Action {
	case diff.Create:
		return nil
	case diff.Drop:
		return []hazard.Hazard{hazard.New(hazard.DataLoss, objectName(c.Before))}
	}
	before, after := c.Before.(*schema.Table), c.After.(*schema.Table)
	name := objectName(after)
	var out []hazard.Hazard
	if changed(before, after, attrEngine) {
		out = append(out, hazard.New(hazard.TableRewrite, name), hazard.New(hazard.BlockingLock, name))
	}
	if changed(before, after, attrRowFormat, attrKeyBlockSize, attrTablespace, attrTableOptions) || commonColumnsMove(before, after) {
		out = append(out, hazard.New(hazard.TableRewrite, name))
	}
	if versioned(before) && !versioned(after) || d.restartsHistory(plan.Op{}, before, after) {
		out = append(out, hazard.New(hazard.HistoryLoss, name))
	}
	if !versioned(before) && versioned(after) {
		out = append(out, hazard.New(hazard.TableRewrite, name), hazard.New(hazard.BlockingLock, name))
	}
	return distinct(append(out, partitionHazards(before, after)...))
}

func partitionHazards(before, after *schema.Table) []hazard.Hazard {
	if before.PartitionBy == after.PartitionBy {
		return nil
	}
	name := objectName(after)
	change := partitionChangeOf(before, after)
	var out []hazard.Hazard
	for _, p := range change.dropped {
		out = append(out, hazard.New(hazard.PartitionLoss, name, p))
	}
	reorganises := false
	for _, s := range change.steps {
		reorganises = reorganises || strings.HasPrefix(s, "REORGANIZE")
	}
	if change.whole != "" || reorganises {
		out = append(out, hazard.New(hazard.TableRewrite, name), hazard.New(hazard.BlockingLock, name))
	}
	if after.PartitionBy != "" && (change.whole != "" || reorganises) {
		out = append(out, hazard.Fails(name, hazard.NoPartition))
	}
	return out
}

// commonColumnsMove tells whether the columns that both tables have stand in another order.
func commonColumnsMove(before, after *schema.Table) bool {
	last := -1
	place := map[string]int{}
	for i, c := range before.Columns {
		place[c.Name] = i
	}
	for _, c := range after.Columns {
		if p, ok := place[c.Name]; ok {
			if p < last {
				return true
			}
			last = p
		}
	}
	return false
}

func (d dialect) constraintHazards(c diff.Change) []hazard.Hazard {
	if c.Action == diff.Drop {
		if c.Key().Kind == schema.KindPrimaryKey {
			table := c.Key().Owner
			return []hazard.Hazard{hazard.New(hazard.TableRewrite, table), hazard.New(hazard.BlockingLock, table)}
		}
		return nil
	}
	k := c.After.(*schema.Constraint)
	if k.Kind == schema.KindPrimaryKey {
		out := []hazard.Hazard{hazard.New(hazard.TableRewrite, k.Table), hazard.New(hazard.BlockingLock, k.Table)}
		if c.Action == diff.Create || changed(c.Before, c.After, "columns") {
			out = append(out, hazard.Fails(k.Table, hazard.Duplicates, k.Name))
		}
		return out
	}
	loosened := c.Action == diff.Alter && d.checkChangesInPlace(c) && k.NotEnforced
	if k.NotEnforced || loosened {
		return nil
	}
	if c.Action == diff.Alter && !changed(c.Before, c.After, "expression", "not_enforced") {
		return nil
	}
	return []hazard.Hazard{hazard.Fails(k.Table, hazard.CheckFails, k.Name), hazard.New(hazard.BlockingLock, k.Table)}
}

func (d dialect) indexHazards(c diff.Change) []hazard.Hazard {
	if c.Action == diff.Drop || c.Action == diff.Alter && d.indexChangesInPlace(c) && c.Before != c.After {
		return nil
	}
	i := c.After.(*schema.Index)
	out := []hazard.Hazard{hazard.New(hazard.IndexBuild, i.Table)}
	stricter := c.Action == diff.Create || changed(c.Before, c.After, "unique", "key")
	if i.Unique && stricter {
		out = append(out, hazard.Fails(i.Table, hazard.Duplicates, i.Name))
	}
	if i.Method == "fulltext" || i.Method == "spatial" || i.Method == "vector" {
		out = append(out, hazard.New(hazard.BlockingLock, i.Table))
	}
	return out
}

func foreignKeyHazards(c diff.Change) []hazard.Hazard {
	if c.Action == diff.Drop {
		return nil
	}
	f := c.After.(*schema.ForeignKey)
	return []hazard.Hazard{
		hazard.Fails(f.Table, hazard.MissingRows, f.RefTable),
		hazard.New(hazard.BlockingLock, f.Table),
	}
}
