package postgres

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// constraintTarget is how COMMENT ON names a constraint of a table.
func constraintTarget(k schema.Key) string {
	return "CONSTRAINT " + quoteIdent(k.Name) + " ON " + ownerName(k)
}

// constraintDefinition is the constraint as CREATE TABLE and ADD write it, name included.
func (r *rendering) constraintDefinition(c *schema.Constraint) string {
	text := "CONSTRAINT " + quoteIdent(c.Name) + " "
	switch c.Kind {
	case schema.KindCheck:
		text += "CHECK (" + spelled(&c.Base, spellDefinition, c.Expr) + ")"
		if c.NoInherit {
			text += " NO INHERIT"
		}
	case schema.KindExclusion:
		text += "EXCLUDE " + spelled(&c.Base, spellDefinition, c.Expr)
	default:
		text += r.keyDefinition(c)
	}
	text += timing(c.Deferrable, c.InitiallyDeferred)
	switch {
	case c.NotEnforced:
		text += " NOT ENFORCED"
	case c.NotValid:
		text += " NOT VALID"
	}
	return text
}

// keyDefinition is a primary key or unique constraint without its name.
func (r *rendering) keyDefinition(c *schema.Constraint) string {
	text := "PRIMARY KEY"
	if c.Kind == schema.KindUnique {
		text = "UNIQUE"
		if c.NullsNotDistinct {
			text += " NULLS NOT DISTINCT"
		}
	}
	columns := make([]string, len(c.Columns))
	for i, p := range c.Columns {
		columns[i] = quoteIdent(p.Column)
		if c.WithoutOverlaps && i == len(c.Columns)-1 {
			columns[i] += " WITHOUT OVERLAPS"
		}
	}
	text += " (" + strings.Join(columns, ", ") + ")"
	if len(c.Include) > 0 {
		text += " INCLUDE (" + strings.Join(quoteIdents(c.Include), ", ") + ")"
	}
	if with := c.Attrs.Get(attrStorageParams); with != "" {
		text += " WITH (" + with + ")"
	}
	if space := c.Attrs.Get(attrTablespace); space != "" {
		text += " USING INDEX TABLESPACE " + space
	}
	return text
}

func timing(deferrable, deferred bool) string {
	switch {
	case deferred:
		return " DEFERRABLE INITIALLY DEFERRED"
	case deferrable:
		return " DEFERRABLE"
	}
	return ""
}

// constraintReplaced tells which changes of a constraint need a new one.
func (d *dialect) constraintReplaced(c diff.Change) bool {
	before, after := c.Before.(*schema.Constraint), c.After.(*schema.Constraint)
	if before.Inherited && after.Inherited {
		return false // the parent's decides, unless the table leaves it
	}
	return !alteredInPlace(before, after, c.Fields)
}

// alteredInPlace tells whether a constraint of the table's own can be altered.
func alteredInPlace(before, after *schema.Constraint, fields []diff.Field) bool {
	inPlace := []string{"comment", "inherited", "parent", attrStorageParams, attrTablespace, attrStatistics, attrIndexComment + after.Name}
	if before.NotValid && !after.NotValid {
		inPlace = append(inPlace, "not_valid")
	}
	if before.Kind == schema.KindExclusion {
		inPlace = []string{"comment", "inherited", "parent", attrIndexComment + after.Name} // storage is part of its text
	}
	return onlyChanged(fields, inPlace...)
}

// constraintInline tells whether the constraint is written inside CREATE TABLE. What is not valid cannot be, and what
// calls a routine waits for the routine, which may need the table.
func constraintInline(c *schema.Constraint) bool {
	if c.NotValid {
		return false
	}
	for _, k := range c.DependsOn {
		if k.Kind == schema.KindRoutine {
			return false
		}
	}
	return true
}

// addConstraint are the statements for a constraint that is not made inside CREATE TABLE.
func (r *rendering) addConstraint(t *schema.Table, c *schema.Constraint) plan.Node {
	w := newWork(c.Key(), diff.Create)
	target := ownerName(c.Key())
	if c.Kind != schema.KindCheck && (t.PartitionBy != "" || !c.Parent.IsZero()) {
		target = "ONLY " + target // the partitions' own ones are attached to it
	}
	w.run("ALTER TABLE "+target+" ADD "+r.constraintDefinition(c), r.hazards.create(c)...)
	r.attachIndex(w, t, c.Parent, c.Key())
	r.afterIndex(w, t, c)
	commentConstraint(w, nil, c)
	n := w.creates(c.Key())
	if c.Kind == schema.KindCheck && c.NotValid {
		n.Needs = r.bornBefore(t, c)
	}
	return n
}

// attachIndex ties a partition's index to its parent's. When the partition itself is attached by this plan, the server
// ties the indexes by then.
func (r *rendering) attachIndex(w *work, t *schema.Table, parent, k schema.Key) {
	if parent.IsZero() || r.attachesNow(t) {
		return
	}
	w.run("ALTER INDEX " + fullName(parent) + " ATTACH PARTITION " + fullName(k))
}

// afterIndex restores what hangs on an index that was dropped and created again: the table's replica identity and
// clustering, the index columns' statistics targets.
func (r *rendering) afterIndex(w *work, t *schema.Table, o schema.Object) {
	k := o.Key()
	for _, s := range statisticsTargets(o.Extra().Attrs.Get(attrStatistics)) {
		w.run("ALTER INDEX " + fullName(k) + " ALTER COLUMN " + s.name + " SET STATISTICS " + s.value)
	}
	before := r.w.Before.Table(k.Schema, k.Owner)
	if before == nil || r.w.Before.Find(k) == nil || r.tableReplaced(before, t) {
		return
	}
	name := quoteIdent(k.Name)
	if v := "USING INDEX " + name; before.Attrs.Get(attrReplicaIdentity) == v && t.Attrs.Get(attrReplicaIdentity) == v {
		w.run("ALTER TABLE " + ownerName(k) + " REPLICA IDENTITY " + v)
	}
	if before.Attrs.Get(attrClusterOn) == name && t.Attrs.Get(attrClusterOn) == name {
		w.run("ALTER TABLE " + ownerName(k) + " CLUSTER ON " + name)
	}
}

// statisticsTargets takes apart "2=500, 3=100".
func statisticsTargets(text string) []option { return parseOptions(text) }

// dropConstraint is the node that drops a constraint. One that a parent gives vanishes with the parent's.
func (r *rendering) dropConstraint(t *schema.Table, c *schema.Constraint) plan.Node {
	w := newWork(c.Key(), diff.Drop)
	if !r.heldByParent(t, c.Inherited || !c.Parent.IsZero()) {
		w.run("ALTER TABLE "+ownerName(c.Key())+" DROP CONSTRAINT "+quoteIdent(c.Name), r.hazards.drop(c)...)
	}
	n := w.drops(c.Key())
	if len(w.statements) > 0 {
		n.Needs = r.letGo(c.Key(), c.Parent)
	}
	return n
}

// heldByParent tells that a part that comes from the table's parent cannot be dropped by itself, because the table stays
// with that parent.
func (r *rendering) heldByParent(before *schema.Table, given bool) bool {
	if !given {
		return false
	}
	after := r.w.After.Table(before.Schema, before.Name)
	return after == nil || !r.detaches(before, after)
}

// alterConstraint changes in place what can be: validity, storage, comment, the tie to the parent's constraint.
func (r *rendering) alterConstraint(t *schema.Table, op plan.Op) plan.Node {
	before, after := op.Before.(*schema.Constraint), op.After.(*schema.Constraint)
	w := newWork(after.Key(), diff.Alter)
	given := after.Inherited && before.Inherited && !r.moves(t) && !r.parentNotValid(t, after)
	if before.NotValid && !after.NotValid && !given {
		w.run("ALTER TABLE "+ownerName(after.Key())+" VALIDATE CONSTRAINT "+quoteIdent(after.Name), r.hazards.validate(after)...)
	}
	if !r.moves(t) {
		for _, text := range r.invalidated(before, after) {
			w.run(text)
		}
	}
	if before.Parent != after.Parent {
		r.attachIndex(w, t, after.Parent, after.Key())
	}
	r.alterIndexStorage(w, after.Key(), before.Attrs, after.Attrs)
	commentConstraint(w, before, after)
	return w.alters(after.Key())
}

// commentConstraint brings the comments on a constraint and on the index behind it from before, nil for a new one, to after.
func commentConstraint(w *work, before, after *schema.Constraint) {
	var was schema.Base
	if before != nil {
		was = before.Base
	}
	k, name := after.Key(), attrIndexComment+after.Name
	w.comment(constraintTarget(k), was.Comment, after.Comment)
	w.comment("INDEX "+fullName(k), was.Attrs.Get(name), after.Attrs.Get(name))
}
