package postgres

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// A plain table cannot become a partitioned one, nor the other way round: a new table takes its place. The rows are put
// aside in a table of their own, under another name, and go into the new one when it and its partitions are there. Two
// copies cost time, and spare the names of indexes, constraints and sequences, which the old and the new table share.

// rowsMove tells that the rows of a table go over into the one that takes its place.
func rowsMove(before, after *schema.Table) bool {
	return (before.PartitionBy == "") != (after.PartitionBy == "")
}

// movedTable is the table of that key before and after when its rows go over; nil otherwise.
func (r *rendering) movedTable(k schema.Key) (before, after *schema.Table) {
	before, after = r.w.Before.Table(k.Schema, k.Name), r.w.After.Table(k.Schema, k.Name)
	if before == nil || after == nil || !rowsMove(before, after) {
		return nil, nil
	}
	return before, after
}

// movedInto is the table that takes over the rows of a partition which goes; nil when they go with it.
func movedInto(before, after *schema.Database, partition *schema.Table) *schema.Table {
	for t := partition; t != nil && !t.PartitionOf.IsZero(); {
		parent := t.PartitionOf
		if is := after.Table(parent.Schema, parent.Name); is != nil && is.PartitionBy == "" {
			return is
		}
		t = before.Table(parent.Schema, parent.Name)
	}
	return nil
}

// savedKey and movedKey are the keys under which other nodes wait until rows are put aside, and until they are back.
func savedKey(table schema.Key) schema.Key {
	table.Owner, table.Name = table.Name, "(rows put aside)"
	return table
}

func movedKey(table schema.Key) schema.Key {
	table.Owner, table.Name = table.Name, "(rows moved)"
	return table
}

// saveRows puts the rows aside that the table's going, or that of its partitions, would take along.
func (r *rendering) saveRows(before, after *schema.Table) plan.Node {
	k := before.Key()
	w := newWork(k, diff.Alter)
	columns := r.movedColumns(before, after)
	var texts []string
	for _, c := range columns {
		texts = append(texts, c.saved)
	}
	var from []string
	for _, t := range r.rowSources(before) {
		from = append(from, "SELECT "+strings.Join(texts, ", ")+" FROM "+t)
	}
	if len(columns) > 0 && len(from) > 0 {
		w.run("CREATE TABLE "+r.asideName(k)+" AS\n"+strings.Join(from, "\nUNION ALL\n"), hazard.New(hazard.TableRewrite, displayName(k)))
	}
	for _, c := range columns {
		if c.counts() {
			w.run("CREATE TABLE " + r.asideName(c.key) + " AS\nSELECT last_value, is_called FROM " + c.from.sequence)
		}
	}
	return w.alters(savedKey(k))
}

// moveRows brings the rows back once the new table and all its partitions are there.
func (r *rendering) moveRows(before, after *schema.Table) plan.Node {
	k := after.Key()
	w := newWork(k, diff.Alter)
	columns := r.movedColumns(before, after)
	var into, values []string
	overriding := ""
	for _, c := range columns {
		into, values = append(into, quoteIdent(c.after.Name)), append(values, c.restored)
		if c.after.Identity != nil {
			overriding = " OVERRIDING SYSTEM VALUE"
		}
	}
	if len(columns) > 0 && len(r.rowSources(before)) > 0 {
		var hs []hazard.Hazard
		if after.PartitionBy != "" {
			hs = append(hs, hazard.Fails(displayName(k), hazard.NoPartition))
		}
		aside := r.asideName(k)
		w.run("INSERT INTO "+fullName(k)+" ("+strings.Join(into, ", ")+")"+overriding+"\nSELECT "+strings.Join(values, ", ")+" FROM "+aside, hs...)
		w.run("DROP TABLE " + aside)
	}
	for _, c := range columns {
		if c.counts() {
			w.run(carryOn(c.to.sequence, r.asideName(c.key), c.from.options, c.to.options))
			w.run("DROP TABLE " + r.asideName(c.key))
		}
	}
	n := w.alters(movedKey(k))
	n.Needs = append(r.places(k), k, savedKey(k))
	return n
}

// places are the keys of what makes the partitions below a table.
func (r *rendering) places(table schema.Key) (keys []schema.Key) {
	for _, c := range r.after.children[table] {
		if c.PartitionOf == table {
			keys = append(append(keys, c.Key(), r.tableKey(r.w.Before.Table(c.Schema, c.Name), c)), r.places(c.Key())...)
		}
	}
	return keys
}

// rowSources are the tables whose rows would be lost: a plain table itself, and of a partitioned one what is below it and goes.
func (r *rendering) rowSources(before *schema.Table) (names []string) {
	if before.PartitionBy == "" {
		return []string{"ONLY " + fullName(before.Key())}
	}
	all := true
	var leaves func(schema.Key)
	leaves = func(k schema.Key) {
		for _, c := range r.before.children[k] {
			switch {
			case c.PartitionBy != "":
				leaves(c.Key())
			case r.w.After.Get(c.Key()) != nil:
				all = false // it stays with its rows
			default:
				names = append(names, fullName(c.Key()))
			}
		}
	}
	leaves(before.Key())
	if all && len(names) > 0 {
		return []string{fullName(before.Key())}
	}
	return names
}

// asideName is the full name of the table that keeps the rows of a table, or the counter of a column, meanwhile.
func (r *rendering) asideName(k schema.Key) string {
	label := "rows_aside"
	if k.Owner != "" {
		k.Name, k.Owner, label = k.Owner+"_"+k.Name, "", "counter_aside"
	}
	return quoteQualified(k.Schema, r.freeNameFor(k, label))
}

// movedColumn is a column whose values go over.
type movedColumn struct {
	key             schema.Key
	after           *schema.Column
	saved, restored string // the expressions that are put aside, and that come back
	// from is what counted for the old column and goes with it, to what comes with the new one.
	from, to counter
}

// counter is a sequence, "" for none.
type counter struct {
	sequence string
	options  schema.SequenceOptions
}

// counts tells that one counter has to go on where another one ends.
func (m movedColumn) counts() bool { return m.from.sequence != "" && m.to.sequence != "" }

// movedColumns are the columns that both tables have and that are not computed afterwards.
func (r *rendering) movedColumns(before, after *schema.Table) (out []movedColumn) {
	for _, a := range after.Columns {
		b := before.Column(a.Name)
		if b == nil || a.Generated != "" {
			continue
		}
		m := movedColumn{key: a.Key(), after: a, saved: quoteIdent(b.Name), restored: quoteIdent(a.Name)}
		ch := columnChange{r: r, before: b, after: a, fate: r.columnFate(b, a)}
		if ch.fate != kept { // the old type cannot stay in use
			cast := "text"
			if strings.HasSuffix(b.Type.Text, "[]") {
				cast = "text[]"
			}
			m.saved += "::" + cast + " AS " + quoteIdent(b.Name)
			m.restored += "::" + a.Type.Text
		} else if b.Type.Text != a.Type.Text {
			m.restored = quoteIdent(a.Name) + "::" + a.Type.Text
			if u := using(quoteIdent(a.Name), shapeOf(b.Type, r.w.Before), shapeOf(a.Type, r.w.After), a.Type.Text); u != "" {
				m.restored = u
			}
		}
		m.from, m.to = r.endingCounter(b), r.newCounter(a)
		out = append(out, m)
	}
	return out
}

// endingCounter is the sequence that goes with the old table's column.
func (r *rendering) endingCounter(c *schema.Column) counter {
	if c.Identity != nil {
		return counter{quoteQualified(c.Schema, c.Identity.Sequence), c.Identity.Options}
	}
	if gone, _ := r.vanishing(c.Key()); len(gone) > 0 {
		return counter{fullName(gone[0].Key()), gone[0].Options}
	}
	return counter{}
}

// newCounter is the sequence that comes with the new table's column.
func (r *rendering) newCounter(c *schema.Column) counter {
	if c.Identity != nil {
		return counter{quoteQualified(c.Schema, c.Identity.Sequence), c.Identity.Options}
	}
	for _, s := range r.after.owned[c.Key()] {
		if r.w.Before.Get(s.Key()) == nil {
			return counter{fullName(s.Key()), s.Options}
		}
	}
	return counter{}
}

// afterMoving makes what would fire, be checked or be filled while rows move wait until they have.
func (r *rendering) afterMoving(op plan.Op, nodes []plan.Node) {
	if op.After == nil {
		return
	}
	var needs []schema.Key
	switch k := op.Key(); k.Kind {
	case schema.KindTrigger, schema.KindRule, schema.KindPolicy, schema.KindForeignKey, schema.KindMaterializedView:
		for _, t := range r.movedTables() {
			needs = append(needs, movedKey(t))
		}
	}
	for i := range nodes {
		nodes[i].Needs = append(nodes[i].Needs, needs...)
	}
}

// movedTables are the tables whose rows go over, in the order of their keys.
func (r *rendering) movedTables() (keys []schema.Key) {
	for _, k := range r.before.partitioned {
		if b, _ := r.movedTable(k); b != nil {
			keys = append(keys, k)
		}
	}
	for _, k := range r.after.partitioned {
		if b, _ := r.movedTable(k); b != nil {
			keys = append(keys, k)
		}
	}
	return keys
}
