package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// A column that counts by a sequence of its own (serial) and one that counts by identity do the same; when one becomes
// the other, the new sequence goes on where the old one stopped.

// changesCounter renders such a change in front of the column's other changes; false when there is none.
func (c *columnWork) changesCounter(g *columnGroup, ch *columnChange, base *schema.Column) bool {
	switch {
	case base.Identity == nil && ch.after.Identity != nil:
		gone, _ := c.r.vanishing(ch.before.Key())
		if len(gone) == 0 {
			return false
		}
		c.serialToIdentity(g, ch, gone)
		return true
	case base.Identity != nil && ch.after.Identity == nil:
		for _, s := range c.r.after.owned[ch.after.Key()] {
			if c.r.madeOfIdentity(s) {
				c.identityToSequence(g, ch, s)
				return true
			}
		}
	}
	return false
}

func (c *columnWork) serialToIdentity(g *columnGroup, ch *columnChange, gone []*schema.Sequence) {
	k, col := ch.after.Key(), "ALTER COLUMN "+quoteIdent(ch.after.Name)
	w := newWork(k, diff.Alter)
	old := gone[0]
	if ch.before.Default != "" && !ch.aside {
		w.run(alterTable(c.table(), []string{col + " DROP DEFAULT"}))
	}
	from := fullName(old.Key())
	identity := quoteQualified(ch.after.Schema, ch.after.Identity.Sequence)
	if from == identity {
		from = quoteQualified(old.Schema, spareName(old.Name))
		w.run("ALTER SEQUENCE " + identity + " RENAME TO " + quoteIdent(spareName(old.Name)))
	}
	actions := []string{}
	if !ch.before.NotNull {
		actions = append(actions, c.r.addNotNull(ch.after))
	}
	if retype := ch.retype(ch.before); retype != "" {
		actions = append(actions, retype)
	}
	for _, part := range c.r.apart(append(actions, col+" ADD GENERATED "+ch.after.Identity.Generation+" AS IDENTITY"+identityOptions(ch.after))) {
		w.run(alterTable(c.table(), part))
	}
	w.run(carryOn(identity, from, old.Options, ch.after.Identity.Options))
	for _, text := range grants("SEQUENCE "+identity, old.Standing) {
		w.run(text)
	}
	for _, s := range gone {
		name := fullName(s.Key())
		if s == old {
			name = from
		}
		w.runFor(s.Key(), diff.Drop, "DROP SEQUENCE "+name)
		g.drops = append(g.drops, s.Key())
	}
	g.leading.statements = append(g.leading.statements, w.statements...)
}

func (c *columnWork) identityToSequence(g *columnGroup, ch *columnChange, s *schema.Sequence) {
	w := newWork(ch.after.Key(), diff.Alter)
	identity := quoteQualified(ch.before.Schema, ch.before.Identity.Sequence)
	if identity == fullName(s.Key()) {
		spare := spareName(ch.before.Identity.Sequence)
		w.run("ALTER SEQUENCE " + identity + " RENAME TO " + quoteIdent(spare))
		identity = quoteQualified(ch.before.Schema, spare)
	}
	create := newWork(s.Key(), diff.Create)
	for _, n := range c.r.createSequence(create, s)[:1] {
		w.statements = append(w.statements, n.Statements...)
	}
	w.run(carryOn(fullName(s.Key()), identity, ch.before.Identity.Options, s.Options)).run(c.r.ownerOfTable(s))
	for _, text := range grants("SEQUENCE "+fullName(s.Key()), ch.before.Identity.Standing) {
		w.run(text)
	}
	w.run(alterTable(c.table(), []string{"ALTER COLUMN " + quoteIdent(ch.after.Name) + " DROP IDENTITY"}))
	g.leading.statements = append(g.leading.statements, w.statements...)
	g.trailing.runFor(s.Key(), diff.Alter, "ALTER SEQUENCE "+fullName(s.Key())+" OWNED BY "+ownedBy(s.OwnedBy))
	g.creates = append(g.creates, s.Key())
}

// spareName is a name for an object that makes room for another one of its name.
func spareName(name string) string { return objectName(name, "", "old") }

// afterCounter is the column as it is when the counter has changed hands.
func afterCounter(base, after *schema.Column) *schema.Column {
	b := *base
	b.Identity = after.Identity
	if after.Identity != nil {
		b.Default, b.NotNull, b.Type, b.Collation = "", true, after.Type, after.Collation
		if after.Attrs.Get(attrNotNullName) != "" && !base.NotNull {
			b.Attrs = append(schema.Attrs(nil), base.Attrs...)
			b.Attrs.Set(attrNotNullName, after.Attrs.Get(attrNotNullName), schema.ClassNotNullName)
		}
	}
	return &b
}
