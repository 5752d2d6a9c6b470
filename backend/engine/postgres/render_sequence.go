package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// sequence renders a sequence. One that a column owns is made before the column, whose default uses it, and given to the
// column afterwards; it goes with the column.
func (r *rendering) sequence(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	w := newWork(k, op.Action)
	switch op.Action {
	case diff.Create:
		s := op.After.(*schema.Sequence)
		if r.madeOfIdentity(s) {
			return nil, nil
		}
		return r.createSequence(w, s), nil
	case diff.Drop:
		s := op.Before.(*schema.Sequence)
		if r.goesWithColumn(s) {
			return nil, nil
		}
		w.run("DROP SEQUENCE "+fullName(k), r.hazards.drop(s)...)
		return nodes(w.drops(k)), nil
	}
	before, after := op.Before.(*schema.Sequence), op.After.(*schema.Sequence)
	return r.alterSequence(w, before, after), nil
}

func (r *rendering) createSequence(w *work, s *schema.Sequence) []plan.Node {
	text := "CREATE SEQUENCE " + fullName(s.Key())
	if s.Attrs.Get(attrPersistence) != "" {
		text = "CREATE " + s.Attrs.Get(attrPersistence) + " SEQUENCE " + fullName(s.Key())
	}
	if s.Options.Type != "" {
		text += " AS " + s.Options.Type
	}
	for _, word := range sequenceOptions(s.Options) {
		text += " " + word
	}
	w.run(text).comment("SEQUENCE "+fullName(s.Key()), "", s.Comment)
	out := nodes(w.creates(s.Key()))
	if !s.OwnedBy.IsZero() {
		out = append(out, r.ownSequence(s))
	}
	return out
}

// ownSequence gives the sequence to its column once that is there.
func (r *rendering) ownSequence(s *schema.Sequence) plan.Node {
	w := newWork(s.Key(), diff.Alter).run(r.ownerOfTable(s)).run("ALTER SEQUENCE " + fullName(s.Key()) + " OWNED BY " + ownedBy(s.OwnedBy))
	n := w.alters(side(s.Key()))
	n.Needs = []schema.Key{s.OwnedBy, s.Key()}
	return n
}

func ownedBy(column schema.Key) string {
	if column.IsZero() {
		return "NONE"
	}
	return ownerName(column) + "." + quoteIdent(column.Name)
}

func (r *rendering) alterSequence(w *work, before, after *schema.Sequence) []plan.Node {
	name := fullName(after.Key())
	text, old := "", before.Options
	if before.Options.Type != after.Options.Type && after.Options.Type != "" {
		text += " AS " + after.Options.Type
		old = retypedSequence(old, after.Options.Type)
	}
	for _, change := range sequenceChanges(old, after.Options) {
		text += " " + change
	}
	if text != "" {
		first, word := keepCounter(name, old, after.Options)
		if word != "" {
			text += " " + word
		}
		w.run(first).run("ALTER SEQUENCE "+name+text, r.hazards.alter(before, after)...)
	}
	if was, is := before.Attrs.Get(attrPersistence), after.Attrs.Get(attrPersistence); was != is {
		word := " SET LOGGED"
		if is != "" {
			word = " SET UNLOGGED"
		}
		w.run("ALTER SEQUENCE " + name + word)
	}
	w.comment("SEQUENCE "+name, before.Comment, after.Comment)
	var out []plan.Node
	if len(w.statements) > 0 {
		out = append(out, w.alters(after.Key()))
	}
	if before.OwnedBy == after.OwnedBy {
		return out
	}
	if after.OwnedBy.IsZero() {
		if !r.columnGoes(before.OwnedBy) { // else the column has let go of it already
			w := newWork(after.Key(), diff.Alter).run("ALTER SEQUENCE " + name + " OWNED BY NONE")
			out = append(out, w.alters(after.Key()))
		}
		return out
	}
	return append(out, r.ownSequence(after))
}

// sequenceOptions are the words for all options but the type.
func sequenceOptions(o schema.SequenceOptions) []string {
	return sequenceChanges(schema.SequenceOptions{}, o)
}

// sequenceChanges are the words for the options that differ.
func sequenceChanges(before, after schema.SequenceOptions) (words []string) {
	for _, x := range []struct{ word, was, is string }{
		{"INCREMENT BY ", before.Increment, after.Increment},
		{"MINVALUE ", before.Min, after.Min},
		{"MAXVALUE ", before.Max, after.Max},
		{"START WITH ", before.Start, after.Start},
		{"CACHE ", before.Cache, after.Cache},
	} {
		if x.was != x.is && x.is != "" {
			words = append(words, x.word+x.is)
		}
	}
	switch {
	case after.Cycle && !before.Cycle:
		words = append(words, "CYCLE")
	case before.Cycle && !after.Cycle:
		words = append(words, "NO CYCLE")
	}
	return words
}

var sequenceBounds = map[string][2]string{
	"smallint": {"-32768", "32767"},
	"integer":  {"-2147483648", "2147483647"},
	"bigint":   {"-9223372036854775808", "9223372036854775807"},
}

// retypedSequence is what the options become by a change of the type alone: a bound that was the old type's own becomes
// the new type's.
func retypedSequence(o schema.SequenceOptions, to string) schema.SequenceOptions {
	was, known := sequenceBounds[o.Type]
	is, knownTo := sequenceBounds[to]
	if known && knownTo {
		if o.Max == was[1] {
			o.Max = is[1]
		}
		if o.Min == was[0] {
			o.Min = is[0]
		}
	}
	o.Type = to
	return o
}

// columnGoes tells whether the column of that key is dropped by the plan, by itself, with its table, or to be added
// again.
func (r *rendering) columnGoes(k schema.Key) bool {
	before, _ := r.w.Before.Find(k).(*schema.Column)
	if before == nil {
		return false
	}
	after, _ := r.w.After.Find(k).(*schema.Column)
	if after == nil || r.d.columnRecreated(before, after) {
		return true
	}
	bt, at := r.w.Before.Table(k.Schema, k.Owner), r.w.After.Table(k.Schema, k.Owner)
	return at == nil || r.tableReplaced(bt, at)
}

// goesWithColumn tells that nothing has to be done to drop a sequence: its column goes, or becomes an identity column,
// which takes over the counter.
func (r *rendering) goesWithColumn(s *schema.Sequence) bool {
	if s.OwnedBy.IsZero() {
		return false
	}
	return r.columnGoes(s.OwnedBy) || r.becomesIdentity(s.OwnedBy)
}

// becomesIdentity tells that a column without identity becomes an identity column.
func (r *rendering) becomesIdentity(k schema.Key) bool {
	before, _ := r.w.Before.Find(k).(*schema.Column)
	after, _ := r.w.After.Find(k).(*schema.Column)
	return before != nil && after != nil && before.Identity == nil && after.Identity != nil && !r.columnGoes(k)
}

// madeOfIdentity tells that a new sequence is made where its column's identity ends, so that it goes on counting there.
func (r *rendering) madeOfIdentity(s *schema.Sequence) bool {
	if s.OwnedBy.IsZero() || r.w.Before.Get(s.Key()) != nil {
		return false
	}
	before, _ := r.w.Before.Find(s.OwnedBy).(*schema.Column)
	after, _ := r.w.After.Find(s.OwnedBy).(*schema.Column)
	return before != nil && after != nil && before.Identity != nil && after.Identity == nil && !r.columnGoes(s.OwnedBy)
}

// vanishing are the sequences that a column owns before and that are gone afterwards; the others must be let go of.
func (r *rendering) vanishing(column schema.Key) (gone, stay []*schema.Sequence) {
	for _, s := range r.before.owned[column] {
		if r.w.After.Get(s.Key()) == nil {
			gone = append(gone, s)
		} else {
			stay = append(stay, s)
		}
	}
	return gone, stay
}
