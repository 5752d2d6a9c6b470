package service

import (
	"context"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// RowCount is how many rows of the target stand against a change, for one of its hazards.
type RowCount struct {
	Rows int64
	// Counted is false where no query can tell, and where Err is why asking failed.
	Counted bool
	Err     error
}

type countedHazard struct {
	change string
	index  int
}

// RowCounts are the counts of those hazards of changes that were asked for.
type RowCounts map[countedHazard]RowCount

// Of is the count of one hazard of a change, by its index; ok is false when it was not asked for.
func (r RowCounts) Of(c diff.Change, index int) (n RowCount, ok bool) {
	n, ok = r[countedHazard{c.ID(), index}]
	return n, ok
}

// CountRows opens the target, counts the rows that stand against these changes and their parts (the hazards of code
// may_fail), and closes it. It reads whole tables and writes nothing. A hazard whose rows cannot be read does not keep the
// others from being counted. progress may be nil.
func (c *Comparison) CountRows(ctx context.Context, changes []diff.Change, progress func(done, total int)) (RowCounts, error) {
	todo := countable(changes)
	counts := make(RowCounts, len(todo))
	if len(todo) == 0 {
		return counts, nil
	}
	conn, _, err := c.service.open(ctx, compare.Target, &c.target)
	if err != nil {
		return nil, &compare.SideError{Side: compare.Target, Doing: "opening the target", Err: err}
	}
	defer func() { _ = conn.Close() }() // everything was read
	counter, able := conn.(engine.OffendingCounter)
	for i, x := range todo {
		if progress != nil {
			progress(i, len(todo))
		}
		var n RowCount
		if able && c.namedAsInTarget(x.change) {
			n.Rows, n.Counted, n.Err = counter.CountOffending(ctx, c.Target, x.change, x.change.Hazards[x.index])
		}
		if n.Err != nil && (ctx.Err() != nil || fault.CodeOf(n.Err) == fault.ConnectionLost) {
			return nil, &compare.SideError{Side: compare.Target, Doing: "counting rows of the target", Err: n.Err}
		}
		counts[countedHazard{x.change.ID(), x.index}] = n
	}
	return counts, nil
}

type hazardOfChange struct {
	change diff.Change
	index  int
}

// countable are the hazards that speak of rows, in the order of the changes.
func countable(changes []diff.Change) (out []hazardOfChange) {
	for _, c := range changes {
		for i, h := range c.Hazards {
			if h.Code == hazard.MayFail {
				out = append(out, hazardOfChange{c, i})
			}
		}
		out = append(out, countable(c.Parts)...)
	}
	return out
}

// namedAsInTarget tells that what a change speaks of has these names in the target already: a confirmed rename comes
// before the change, and nothing of it has been executed.
func (c *Comparison) namedAsInTarget(ch diff.Change) bool {
	if len(c.Renames) == 0 {
		return true
	}
	renaming := diff.Renaming(c.Renames)
	renamed := map[schema.Key]bool{}
	for _, x := range c.Renames {
		renamed[tableOf(x.Key)] = true
		renamed[tableOf(renaming.Key(x.Key))] = true
	}
	switch o := ch.After.(type) {
	case *schema.Enum, *schema.Domain:
		return false // its columns may be anywhere
	case *schema.ForeignKey:
		if renamed[schema.Key{Kind: schema.KindTable, Schema: o.RefSchema, Name: o.RefTable}] {
			return false
		}
	}
	return !renamed[tableOf(ch.Key())]
}

// tableOf is the table that a key belongs to, or the key itself.
func tableOf(k schema.Key) schema.Key {
	if table, ok := k.TableOf(); ok {
		return table
	}
	return k
}
