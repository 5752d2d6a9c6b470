package postgres

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// foreignKeyReplaced tells which changes of a foreign key need a new one.
func (d *dialect) foreignKeyReplaced(c diff.Change) bool {
	before, after := c.Before.(*schema.ForeignKey), c.After.(*schema.ForeignKey)
	if before.Inherited && after.Inherited {
		return false // the parent's decides, unless the table leaves it
	}
	return !d.foreignKeyAlterable(before, after, c.Fields)
}

// foreignKeyAlterable tells whether a foreign key of the table's own can be altered.
func (d *dialect) foreignKeyAlterable(before, after *schema.ForeignKey, fields []diff.Field) bool {
	inPlace := []string{"comment", "inherited", "deferrable", "initially_deferred"}
	if before.NotValid && !after.NotValid && before.NotEnforced == after.NotEnforced {
		inPlace = append(inPlace, "not_valid")
	}
	if d.v.atLeast(18) && before.NotEnforced != after.NotEnforced {
		inPlace = append(inPlace, "not_enforced", "not_valid")
	}
	return onlyChanged(fields, inPlace...)
}

// foreignKeyDefinition is the constraint as ADD writes it, name included.
func foreignKeyDefinition(f *schema.ForeignKey) string {
	columns, refs := quoteIdents(f.Columns), quoteIdents(f.RefColumns)
	if f.Period {
		columns[len(columns)-1] = "PERIOD " + columns[len(columns)-1]
		refs[len(refs)-1] = "PERIOD " + refs[len(refs)-1]
	}
	text := "CONSTRAINT " + quoteIdent(f.Name) + " FOREIGN KEY (" + strings.Join(columns, ", ") + ") REFERENCES " +
		fullName(f.RefKey()) + "(" + strings.Join(refs, ", ") + ")"
	if f.Match != "" {
		text += " MATCH " + f.Match
	}
	if f.OnUpdate != "" && f.OnUpdate != "NO ACTION" {
		text += " ON UPDATE " + f.OnUpdate
	}
	if f.OnDelete != "" && f.OnDelete != "NO ACTION" {
		text += " ON DELETE " + f.OnDelete
		if len(f.SetColumns) > 0 {
			text += " (" + strings.Join(quoteIdents(f.SetColumns), ", ") + ")"
		}
	}
	text += timing(f.Deferrable, f.InitiallyDeferred)
	switch {
	case f.NotEnforced:
		text += " NOT ENFORCED"
	case f.NotValid:
		text += " NOT VALID"
	}
	return text
}

// foreignKey renders a foreign key. One that a partition has from its parent comes, changes and goes with the parent's.
func (r *rendering) foreignKey(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	w := newWork(k, op.Action)
	switch op.Action {
	case diff.Create:
		return r.createForeignKey(w, op.After.(*schema.ForeignKey)), nil
	case diff.Drop:
		f := op.Before.(*schema.ForeignKey)
		if r.foreignKeyGoesWithTable(f) {
			return nil, nil
		}
		if before := r.w.Before.Table(f.Schema, f.Table); before == nil || !r.heldByParent(before, f.Inherited) {
			w.run("ALTER TABLE "+ownerName(k)+" DROP CONSTRAINT "+quoteIdent(f.Name), r.hazards.drop(f)...)
		}
		n := w.drops(k)
		return nodes(r.afterDetaching(n, r.w.Before.Table(f.Schema, f.Table))), nil
	}
	before, after := op.Before.(*schema.ForeignKey), op.After.(*schema.ForeignKey)
	table := r.w.After.Table(after.Schema, after.Table)
	if table != nil && r.moves(table) && !r.d.foreignKeyAlterable(before, after, op.Fields) {
		drop := newWork(k, diff.Replace).run("ALTER TABLE " + ownerName(k) + " DROP CONSTRAINT " + quoteIdent(before.Name)).drops(k)
		own := *after
		own.Inherited = false
		return append(nodes(r.afterDetaching(drop, r.w.Before.Table(before.Schema, before.Table))), r.createForeignKey(w, &own)...), nil
	}
	return r.alterForeignKey(w, before, after), nil
}

func (r *rendering) createForeignKey(w *work, f *schema.ForeignKey) []plan.Node {
	if !f.Inherited {
		w.run("ALTER TABLE "+ownerName(f.Key())+" ADD "+foreignKeyDefinition(f), r.hazards.create(f)...)
	}
	w.comment(constraintTarget(f.Key()), "", f.Comment)
	n := w.creates(f.Key())
	n.Needs = []schema.Key{persistence(f.RefKey()), persistence(schema.Key{Kind: schema.KindTable, Schema: f.Schema, Name: f.Table})}
	if f.Inherited {
		n.Needs = append(n.Needs, r.foreignKeysAbove(f)...)
	}
	return nodes(n)
}

// foreignKeysAbove are the keys that an inherited foreign key exists after: its parents' of the same name, and the table's
// being attached.
func (r *rendering) foreignKeysAbove(f *schema.ForeignKey) []schema.Key {
	t := r.w.After.Table(f.Schema, f.Table)
	if t == nil {
		return nil
	}
	needs := []schema.Key{t.Key()}
	for _, p := range parents(t) {
		needs = append(needs, schema.Key{Kind: schema.KindForeignKey, Schema: p.Schema, Owner: p.Name, Name: f.Name})
	}
	return needs
}

// foreignKeyGoesWithTable tells that the table's own drop takes the foreign key along. Where the referenced table goes
// too, the key must go first: it would stand in the way of the drop.
func (r *rendering) foreignKeyGoesWithTable(f *schema.ForeignKey) bool {
	if r.w.After.Table(f.Schema, f.Table) != nil {
		return false
	}
	if f.RefSchema == f.Schema && f.RefTable == f.Table {
		return true
	}
	ref := r.w.After.Table(f.RefSchema, f.RefTable)
	before := r.w.Before.Table(f.RefSchema, f.RefTable)
	return ref != nil && before != nil && !r.tableReplaced(before, ref)
}

func (r *rendering) alterForeignKey(w *work, before, after *schema.ForeignKey) []plan.Node {
	table := ownerName(after.Key())
	name := quoteIdent(after.Name)
	t := r.w.After.Table(after.Schema, after.Table)
	given := after.Inherited && before.Inherited && (t == nil || !r.moves(t))
	if !given && (before.Deferrable != after.Deferrable || before.InitiallyDeferred != after.InitiallyDeferred) {
		word := timing(after.Deferrable, after.InitiallyDeferred)
		if after.Deferrable && !after.InitiallyDeferred {
			word += " INITIALLY IMMEDIATE"
		}
		if word == "" {
			word = " NOT DEFERRABLE"
		}
		w.run("ALTER TABLE " + table + " ALTER CONSTRAINT " + name + word)
	}
	if !given && before.NotEnforced != after.NotEnforced {
		word := " ENFORCED"
		if after.NotEnforced {
			word = " NOT ENFORCED"
		}
		w.run("ALTER TABLE "+table+" ALTER CONSTRAINT "+name+word, r.hazards.validate(after)...)
	}
	if !given && before.NotValid && !after.NotValid && before.NotEnforced == after.NotEnforced {
		w.run("ALTER TABLE "+table+" VALIDATE CONSTRAINT "+name, r.hazards.validate(after)...)
	}
	w.comment(constraintTarget(after.Key()), before.Comment, after.Comment)
	n := w.alters(after.Key())
	if given {
		n.Needs = r.foreignKeysAbove(after)
	}
	return nodes(n)
}
