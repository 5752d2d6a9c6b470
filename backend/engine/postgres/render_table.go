package postgres

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

func tableTarget(k schema.Key) string { return "TABLE " + fullName(k) }

// table renders a table with its parts.
func (r *rendering) table(op plan.Op) ([]plan.Node, error) {
	switch op.Action {
	case diff.Create:
		return r.createTable(op.After.(*schema.Table)), nil
	case diff.Drop:
		return r.leave(op.Before.(*schema.Table)), nil
	}
	return r.alterTable(op)
}

// createTable makes a table by itself, partitions too: they are attached once their indexes and those of the parent are
// there, so that every index has the name it should have.
func (r *rendering) createTable(t *schema.Table) []plan.Node {
	k := t.Key()
	w := newWork(k, diff.Create)
	w.run(r.createTableText(t))
	created := []schema.Key{k}
	for _, c := range t.Columns {
		created = append(created, c.Key())
	}
	var rest []plan.Node
	for _, c := range t.Constraints {
		switch {
		case r.checkLater(t, c):
			rest = append(rest, r.constraintComes(t, c))
		case !constraintInline(c) && !r.constraintGiven(t, c):
			rest = append(rest, r.addConstraint(t, c))
		default:
			created = append(created, c.Key())
		}
	}
	w.run(alterTable("ONLY "+fullName(k), r.newTableActions(t)))
	w.comment(tableTarget(k), "", t.Comment)
	for _, c := range t.Columns {
		w.comment(columnTarget(c), "", c.Comment)
		r.commentNotNull(w, nil, c)
	}
	for _, c := range t.Constraints {
		if constraintInline(c) || r.constraintGiven(t, c) && !r.checkLater(t, c) {
			commentConstraint(w, nil, c)
		}
	}
	table := w.creates(created...)
	if !r.attachesNow(t) {
		table.Needs = r.bornAfter(t)
	}
	out := append(nodes(table), rest...)
	for _, i := range t.Indexes {
		out = append(out, r.createIndex(t, i))
	}
	out = append(out, r.indexMarks(nil, t)...)
	if r.attachesNow(t) {
		out = append(out, r.attach(nil, t))
	}
	out = append(out, r.reattachChildren(t)...)
	out = append(out, r.ownedAgain(t)...)
	if before, after := r.movedTable(k); before != nil {
		out = append(out, r.moveRows(before, after))
	}
	return out
}

// ownedAgain gives sequences that stayed while their table was replaced back to its columns.
func (r *rendering) ownedAgain(t *schema.Table) (out []plan.Node) {
	for _, c := range t.Columns {
		for _, s := range r.after.owned[c.Key()] {
			if was, ok := r.w.Before.Get(s.Key()).(*schema.Sequence); ok && was.OwnedBy == s.OwnedBy {
				out = append(out, r.ownSequence(s))
			}
		}
	}
	return out
}

// bornAfter are the keys that a new table which inherits waits for: what it inherits is as the parents have it then.
func (r *rendering) bornAfter(t *schema.Table) (keys []schema.Key) {
	for _, p := range t.Inherits {
		for _, k := range r.partKeys(p) {
			if c := check(t, k.Name); c == nil || k.Kind != schema.KindCheck || !r.checkLater(t, c) {
				keys = append(keys, k)
			}
		}
		if was, is := r.w.Before.Table(p.Schema, p.Name), r.w.After.Table(p.Schema, p.Name); is != nil {
			keys = append(keys, r.goneColumns(was, is)...)
		}
	}
	return keys
}

// constraintGiven tells that a new table has the constraint from a table that it inherits from.
func (r *rendering) constraintGiven(t *schema.Table, c *schema.Constraint) bool {
	return c.Inherited && !r.attachesNow(t)
}

func (r *rendering) createTableText(t *schema.Table) string {
	text := "CREATE "
	if p := t.Attrs.Get(attrPersistence); p != "" {
		text += p + " "
	}
	text += "TABLE " + fullName(t.Key())
	of := t.Attrs.Get(attrOfType)
	if of != "" {
		text += " OF " + of
	}
	elements := r.tableElements(t)
	switch {
	case len(elements) > 0:
		text += " (\n    " + strings.Join(elements, ",\n    ") + "\n)"
	case of == "":
		text += " ()"
	}
	if len(t.Inherits) > 0 && !r.attachesNow(t) {
		names := make([]string, len(t.Inherits))
		for i, p := range t.Inherits {
			names[i] = fullName(p)
		}
		text += " INHERITS (" + strings.Join(names, ", ") + ")"
	}
	if t.PartitionBy != "" {
		text += " PARTITION BY " + t.PartitionBy
	}
	if method := t.Attrs.Get(attrAccessMethod); method != "" {
		text += " USING " + method
	}
	if with := t.Attrs.Get(attrStorageParams); with != "" {
		text += " WITH (" + with + ")"
	}
	if space := t.Attrs.Get(attrTablespace); space != "" {
		text += " TABLESPACE " + space
	}
	return text
}

// tableElements are the columns and constraints inside CREATE TABLE's parentheses.
func (r *rendering) tableElements(t *schema.Table) (elements []string) {
	typed := t.Attrs.Get(attrOfType) != ""
	for _, c := range t.Columns {
		switch {
		case c.Inherited && !r.attachesNow(t):
		case typed:
			if more := r.columnConstraints(c); more != "" {
				elements = append(elements, quoteIdent(c.Name)+" WITH OPTIONS"+more)
			}
		default:
			elements = append(elements, r.columnDefinition(r.standalone(t, c)))
		}
	}
	for _, c := range t.Constraints {
		if constraintInline(c) && !r.constraintGiven(t, c) {
			elements = append(elements, r.constraintDefinition(c))
		}
	}
	return elements
}

// standalone is a column as it is before its table becomes a partition: the identity comes from the parent then.
func (r *rendering) standalone(t *schema.Table, c *schema.Column) *schema.Column {
	if !c.Inherited || !r.attachesNow(t) {
		return c
	}
	own := *c
	own.Identity = nil
	return &own
}

// newTableActions are the actions after CREATE TABLE: what it has no words for.
func (r *rendering) newTableActions(t *schema.Table) (actions []string) {
	for _, c := range t.Columns {
		if c.Inherited && !r.attachesNow(t) {
			ch := &columnChange{r: r, after: c, given: true}
			shared, own := ch.actions(ch.base(nil, r.parentColumn(r.w.After, t, c)))
			actions = append(append(actions, shared...), own...)
			continue
		}
		actions = append(actions, r.columnSettings(c)...)
	}
	if t.Attrs.Get(attrRowSecurity) != "" {
		actions = append(actions, "ENABLE ROW LEVEL SECURITY")
	}
	if t.Attrs.Get(attrForceRLS) != "" {
		actions = append(actions, "FORCE ROW LEVEL SECURITY")
	}
	if v := t.Attrs.Get(attrReplicaIdentity); v != "" && !strings.HasPrefix(v, "USING") {
		actions = append(actions, "REPLICA IDENTITY "+v)
	}
	return actions
}

// parentColumn is the column of a parent table that a given column comes from; the column itself when there is none.
func (r *rendering) parentColumn(db *schema.Database, t *schema.Table, c *schema.Column) *schema.Column {
	for _, p := range parents(t) {
		if parent := db.Table(p.Schema, p.Name); parent != nil && parent.Column(c.Name) != nil {
			return parent.Column(c.Name)
		}
	}
	return c
}

// topColumn is the column, and its table, that an inherited column comes from in the end.
func (r *rendering) topColumn(db *schema.Database, t *schema.Table, c *schema.Column) (*schema.Table, *schema.Column) {
	for range 64 { // the bound only guards against nonsense
		up := slices.IndexFunc(parents(t), func(p schema.Key) bool {
			parent := db.Table(p.Schema, p.Name)
			return parent != nil && parent.Column(c.Name) != nil
		})
		if !c.Inherited || up < 0 {
			break
		}
		k := parents(t)[up]
		t = db.Table(k.Schema, k.Name)
		c = t.Column(c.Name)
	}
	return t, c
}

// leave drops a table after its rows have been put aside, if another one takes them over.
func (r *rendering) leave(t *schema.Table) []plan.Node {
	drop := r.dropTable(t)
	if before, after := r.movedTable(t.Key()); before != nil {
		drop.Needs = append(drop.Needs, savedKey(t.Key()))
		return nodes(r.saveRows(before, after), drop)
	}
	if into := movedInto(r.w.Before, r.w.After, t); into != nil {
		drop.Needs = append(drop.Needs, savedKey(into.Key()))
	}
	return nodes(drop)
}

// dropTable drops a table and what goes with it: its parts, sequences that its columns own, triggers and the like.
func (r *rendering) dropTable(t *schema.Table) plan.Node {
	k := t.Key()
	w := newWork(k, diff.Drop)
	gone := []schema.Key{k}
	left := []schema.Key{detached(k)}
	if r.w.After.Get(k) != nil { // it comes back with another partition key: its partitions stay with their rows
		for _, c := range r.before.children[k] {
			if r.staysChild(c, k) {
				w.runFor(c.Key(), diff.Alter, leaveParent(c, k))
				left = append(left, detached(c.Key()))
			}
		}
	}
	for _, p := range t.Parts() {
		gone = append(gone, p.Key())
		sequences, stay := r.vanishing(p.Key())
		for _, s := range sequences {
			gone = append(gone, s.Key())
		}
		for _, s := range stay {
			w.runFor(s.Key(), diff.Alter, "ALTER SEQUENCE "+fullName(s.Key())+" OWNED BY NONE")
		}
	}
	if r.w.After.Get(k) == nil {
		for _, b := range r.before.belongings[k] {
			if f, ok := r.w.Before.Get(b).(*schema.ForeignKey); ok && r.foreignKeyGoesWithTable(f) || !ok && r.goesWithTable(b) {
				gone = append(gone, b)
			}
		}
	}
	w.run("DROP TABLE "+fullName(k), r.hazards.drop(t)...)
	n := w.drops(gone...)
	n.Alters = left
	for _, c := range r.before.children[k] {
		if after := r.w.After.Table(c.Schema, c.Name); after != nil && r.orphaned(c, after) && !r.tableReplaced(c, after) {
			n.Needs = append(n.Needs, detached(c.Key()))
		}
	}
	return n
}

// goesWithTable tells that a trigger, rule or policy goes with its table. One that uses something else that goes has to
// go first: that may not be droppable before, nor after, the table.
func (r *rendering) goesWithTable(k schema.Key) bool {
	if r.w.Before.Table(k.Schema, k.Owner) == nil || r.w.After.Table(k.Schema, k.Owner) != nil {
		return false
	}
	table := schema.Key{Kind: schema.KindTable, Schema: k.Schema, Name: k.Owner}
	for _, d := range r.w.Before.Get(k).Deps() {
		if owner, ok := d.TableOf(); d != table && (!ok || owner != table) && d.Kind != schema.KindSchema && r.w.After.Find(d) == nil {
			return false
		}
	}
	return true
}

// alterTable changes a table: first it leaves parents it no longer has, then its columns, constraints and indexes
// change, each as soon as what it depends on allows, then it joins its new parents.
func (r *rendering) alterTable(op plan.Op) ([]plan.Node, error) {
	before, after := op.Before.(*schema.Table), op.After.(*schema.Table)
	var out []plan.Node
	if r.detaches(before, after) {
		out = append(out, r.detach(before, after))
	}
	settings, err := r.tableSettings(op, before, after)
	if err != nil {
		return nil, err
	}
	out = append(out, settings...)
	columns, err := r.columnNodes(op, before, after)
	if err != nil {
		return nil, err
	}
	out = append(out, columns...)
	for _, p := range op.Parts {
		if p.Key().Kind != schema.KindColumn {
			for _, n := range r.part(before, after, p) {
				out = append(out, r.afterDetaching(n, before))
			}
		}
	}
	out = append(out, r.indexMarks(before, after)...)
	if r.attachesNow(after) {
		out = append(out, r.attach(before, after))
	}
	return out, nil
}

// part renders one constraint or index of an altered table.
func (r *rendering) part(before, after *schema.Table, op plan.Op) (out []plan.Node) {
	if c, ok := op.After.(*schema.Constraint); ok && op.Action == diff.Alter && r.moves(after) &&
		!alteredInPlace(op.Before.(*schema.Constraint), c, op.Fields) {
		op.Action = diff.Replace // inherited before or afterwards, but the table's own when it is changed
	}
	if i, ok := op.Before.(*schema.Index); ok && op.Action == diff.Alter && !r.leaves(i) && !i.Parent.IsZero() && i.Parent != op.After.(*schema.Index).Parent {
		op.Action = diff.Replace // no index leaves its parent's by itself
	}
	if op.Action == diff.Drop || op.Action == diff.Replace {
		switch o := op.Before.(type) {
		case *schema.Constraint:
			out = append(out, r.dropConstraint(before, o))
		case *schema.Index:
			out = append(out, r.dropIndex(before, o))
		}
	}
	if op.Action == diff.Create || op.Action == diff.Replace {
		switch o := op.After.(type) {
		case *schema.Constraint:
			out = append(out, r.constraintComes(after, o))
		case *schema.Index:
			out = append(out, r.createIndex(after, o))
		}
	}
	if op.Action == diff.Alter {
		switch op.After.(type) {
		case *schema.Constraint:
			out = append(out, r.alterConstraint(after, op))
		case *schema.Index:
			out = append(out, r.alterIndex(after, op))
		}
	}
	explainParts(out, op.Reason)
	return out
}

// constraintComes adds a constraint, or waits for the parent's to bring it.
func (r *rendering) constraintComes(t *schema.Table, c *schema.Constraint) plan.Node {
	if !c.Inherited || c.Kind != schema.KindCheck || r.moves(t) {
		return r.addConstraint(t, c)
	}
	n := newWork(c.Key(), diff.Create).comment(constraintTarget(c.Key()), "", c.Comment).creates(c.Key())
	for _, p := range parents(t) {
		n.Needs = append(n.Needs, schema.Key{Kind: c.Kind, Schema: p.Schema, Owner: p.Name, Name: c.Name})
	}
	return n
}

// explainParts gives the operation's reason to its statements.
func explainParts(list []plan.Node, reason string) {
	for _, n := range list {
		for i := range n.Statements {
			n.Statements[i].Reason = reason
		}
	}
}

// tableSettings are the statements for the table's own properties.
func (r *rendering) tableSettings(op plan.Op, before, after *schema.Table) ([]plan.Node, error) {
	k := after.Key()
	w := newWork(k, diff.Alter)
	get := func(name string) (was, is string, differs bool) {
		was, is = before.Attrs.Get(name), after.Attrs.Get(name)
		return was, is, was != is
	}
	run := func(action string) { w.run("ALTER TABLE " + fullName(k) + " " + action) }
	if _, is, differs := get(attrAccessMethod); differs {
		if !r.v.atLeast(15) {
			return nil, fault.New(fault.Unsupported, "PostgreSQL %s cannot change the access method of %s", r.v, displayName(k))
		}
		w.run("ALTER TABLE "+fullName(k)+" SET ACCESS METHOD "+orElse(is, "heap"), r.hazards.rewrite(k)...)
	}
	if _, is, differs := get(attrTablespace); differs {
		w.run("ALTER TABLE "+fullName(k)+" SET TABLESPACE "+orElse(is, "pg_default"), r.hazards.rewrite(k)...)
	}
	if _, is, differs := get(attrRowSecurity); differs {
		run(orElse(is, "DISABLE") + " ROW LEVEL SECURITY")
	}
	if _, is, differs := get(attrForceRLS); differs {
		run(orElse(is, "NO FORCE") + " ROW LEVEL SECURITY")
	}
	w.comment(tableTarget(k), before.Comment, after.Comment)
	var out []plan.Node
	if _, is, differs := get(attrPersistence); differs {
		out = append(out, r.setPersistence(before, after, is))
	}
	if was, is, differs := get(attrStorageParams); differs {
		out = append(out, setParameters(op, k, was, is))
	}
	if len(w.statements) == 0 {
		return out, nil
	}
	return append(out, w.alters(r.tableKey(before, after))), nil
}

// setParameters changes storage parameters. Those of the TOAST table are lost without a word on a table that has none, so
// that the columns that bring it come first.
func setParameters(op plan.Op, k schema.Key, was, is string) plan.Node {
	w := newWork(k, diff.Alter)
	for _, change := range optionChanges(was, is) {
		w.run("ALTER TABLE " + fullName(k) + " " + change)
	}
	n := w.alters(schema.Key{Kind: k.Kind, Schema: k.Schema, Owner: k.Name, Name: "(storage parameters)"})
	for _, p := range op.Parts {
		if p.After != nil && p.Key().Kind == schema.KindColumn {
			n.Needs = append(n.Needs, p.Key())
		}
	}
	return n
}

// persistence is the key under which a table's becoming logged or unlogged is listed.
func persistence(table schema.Key) schema.Key {
	table.Owner, table.Name = table.Name, "(persistence)"
	return table
}

// setPersistence makes a table logged or unlogged. A logged table may not reference an unlogged one at any time.
func (r *rendering) setPersistence(before, after *schema.Table, is string) plan.Node {
	k := after.Key()
	w := newWork(k, diff.Alter).run("ALTER TABLE "+fullName(k)+" SET "+orElse(is, "LOGGED"), r.hazards.rewrite(k)...)
	n := w.alters(persistence(k))
	if is == "" {
		for _, b := range r.before.belongings[k] {
			if f, ok := r.w.Before.Get(b).(*schema.ForeignKey); ok {
				n.Needs = append(n.Needs, persistence(f.RefKey()), b)
			}
		}
		return n
	}
	for _, f := range r.before.references[k] {
		n.Needs = append(n.Needs, persistence(schema.Key{Kind: schema.KindTable, Schema: f.Schema, Name: f.Table}), f.Key())
	}
	return n
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// indexMarks are the nodes for a replica identity or clustering that changes: the index that it names comes first.
func (r *rendering) indexMarks(before, after *schema.Table) (out []plan.Node) {
	k := after.Key()
	var was schema.Attrs
	if before != nil {
		was = before.Attrs
	}
	mark := func(action string, index string) {
		n := newWork(k, diff.Alter).run("ALTER TABLE " + fullName(k) + " " + action).alters(r.tableKey(before, after))
		n.Needs = indexKeys(after, index)
		out = append(out, n)
	}
	if v := after.Attrs.Get(attrReplicaIdentity); v != was.Get(attrReplicaIdentity) {
		index, uses := strings.CutPrefix(v, "USING INDEX ")
		if uses || before != nil {
			mark("REPLICA IDENTITY "+orElse(v, "DEFAULT"), index)
		}
	}
	if v := after.Attrs.Get(attrClusterOn); v != was.Get(attrClusterOn) {
		if v == "" {
			mark("SET WITHOUT CLUSTER", "")
		} else {
			mark("CLUSTER ON "+v, v)
		}
	}
	return out
}

// indexKeys are the keys of the table's index or constraint of that quoted name.
func indexKeys(t *schema.Table, quoted string) (keys []schema.Key) {
	for _, p := range t.Parts() {
		if k := p.Key(); k.Kind != schema.KindColumn && quoteIdent(k.Name) == quoted {
			keys = append(keys, k)
		}
	}
	return keys
}
