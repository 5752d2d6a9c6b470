package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// Gather implements plan.Gatherer: a table whose rows go over changes together with the partitions below it.
func (d *dialect) Gather(changes []diff.Change) (groups [][]schema.Key) {
	var moved []schema.Key
	for _, c := range changes {
		if before, after := tablesOf(c); before != nil && after != nil && rowsMove(before, after) {
			moved = append(moved, c.Key())
		}
	}
	if len(moved) == 0 {
		return nil
	}
	below := map[schema.Key][]schema.Key{}
	for _, c := range changes {
		before, after := tablesOf(c)
		if before != nil && !before.PartitionOf.IsZero() {
			below[before.PartitionOf] = append(below[before.PartitionOf], c.Key())
		}
		if after != nil && !after.PartitionOf.IsZero() && (before == nil || before.PartitionOf != after.PartitionOf) {
			below[after.PartitionOf] = append(below[after.PartitionOf], c.Key())
		}
	}
	for _, k := range moved {
		group := []schema.Key{k}
		for i := 0; i < len(group); i++ {
			group = append(group, below[group[i]]...)
			below[group[i]] = nil
		}
		groups = append(groups, group)
	}
	return groups
}

// Gathered implements plan.Gatherer: the rows of a partition that goes are not lost but move.
func (d *dialect) Gathered(c diff.Change) []hazard.Hazard {
	before, after := tablesOf(c)
	if before == nil || after != nil || before.PartitionOf.IsZero() || before.PartitionBy != "" {
		return c.Hazards
	}
	return one(hazard.TableRewrite, displayName(c.Key()))
}

func tablesOf(c diff.Change) (before, after *schema.Table) {
	before, _ = c.Before.(*schema.Table)
	after, _ = c.After.(*schema.Table)
	return before, after
}
