package service

import (
	"context"
	"slices"

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
	rows, err := c.count(ctx, todo, progress)
	if err != nil {
		return nil, err
	}
	counts := make(RowCounts, len(todo))
	for i, x := range todo {
		counts[countedHazard{x.change.ID(), x.index}] = rows[i]
	}
	return counts, nil
}

// count counts for each hazard.
func (c *Comparison) count(ctx context.Context, todo []hazardOfChange, progress func(done, total int)) ([]RowCount, error) {
	if len(todo) == 0 {
		return nil, nil
	}
	conn, _, err := c.service.open(ctx, compare.Target, &c.target)
	if err != nil {
		return nil, &compare.SideError{Side: compare.Target, Doing: "opening the target", Err: err}
	}
	defer func() { _ = conn.Close() }() // everything was read
	counter, able := conn.(engine.OffendingCounter)
	counts := make([]RowCount, len(todo))
	for i, x := range todo {
		if progress != nil {
			progress(i, len(todo))
		}
		n := &counts[i]
		if able && c.namedAsInTarget(x.change) {
			n.Rows, n.Counted, n.Err = counter.CountOffending(ctx, c.Target, x.change, x.change.Hazards[x.index])
		}
		if n.Err != nil && (ctx.Err() != nil || fault.CodeOf(n.Err) == fault.ConnectionLost) {
			return nil, &compare.SideError{Side: compare.Target, Doing: "counting rows of the target", Err: n.Err}
		}
	}
	return counts, nil
}

// ChangeCount is how many rows stand against one change.
type ChangeCount struct {
	RowCount
	Change schema.Key
}

// CountRows counts the rows of the target that a hazard of a kept plan's statement speaks of: one count for each change
// that the statement makes and that has the hazard, none when the hazard is not one of a change but of the way that it is made.
func (w *Workbench) CountRows(ctx context.Context, planID string, statement int, h hazard.Hazard) ([]ChangeCount, error) {
	p, err := w.Planned(planID)
	if err != nil {
		return nil, err
	}
	if statement < 0 || statement >= len(p.Statements) {
		return nil, fault.New(fault.BadInput, "the plan has no statement %d", statement+1)
	}
	c := p.Review.Comparison
	todo := madeBy(p.Statements[statement].Key, withHazard(countable(c.Changes), h))
	rows, err := c.count(ctx, todo, nil)
	if err != nil {
		return nil, ofCancel(ctx, err)
	}
	var out []ChangeCount
	for i, x := range todo {
		out = append(out, ChangeCount{rows[i], x.change.Key()})
	}
	return out, nil
}

func withHazard(all []hazardOfChange, h hazard.Hazard) (out []hazardOfChange) {
	for _, x := range all {
		if is := x.change.Hazards[x.index]; is.Code == h.Code && slices.Equal(is.Args, h.Args) {
			out = append(out, x)
		}
	}
	return out
}

// madeBy are those of several changes with the same hazard that a statement of that key makes: the object itself, or else
// what belongs to the table that it changes.
func madeBy(statement schema.Key, all []hazardOfChange) []hazardOfChange {
	for _, belongs := range []func(schema.Key) bool{
		func(k schema.Key) bool { return k == statement },
		func(k schema.Key) bool { return tableOf(k) == tableOf(statement) },
	} {
		var out []hazardOfChange
		for _, x := range all {
			if belongs(x.change.Key()) {
				out = append(out, x)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return all
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
