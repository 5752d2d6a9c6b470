package translate

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// fits tells that what stands in the target is what would come out as the source's type: so a schema that was translated
// there compares as equal in both directions, and two people who wrote it for two engines mean the same.
func (tr *translation) fits(want, there *schema.Column) bool {
	src := tr.soft[want.Key()].source
	if src == nil {
		return false
	}
	s := tr.from.read(src.Type, tr.source)
	t := tr.to.read(there.Type, tr.target)
	if t.Class == Other || s.Class == Other || tr.to.mysql() && tr.keyed[src.Key()] && t.lengthy() {
		return false
	}
	if tr.byClass(src, s, there, t) || tr.bothCount(src, s, there, t) || tr.holdsText(want, s, t) {
		return true
	}
	if tr.to.postgres() && t.Class == s.Class && t.Precision == Unlimited && (t.Class == Time || t.Class == DateTime) {
		t.Precision = s.Precision // it was not said there, and all digits of a second have room
	}
	back := tr.from.write(t)
	if back.blocked {
		return false
	}
	if s.Class == Float && t.Class == Float && tr.to.sqlite() {
		return true // SQLite keeps all of them in eight bytes
	}
	if s.Class == Enum || s.Class == Set || t.Class == Enum && tr.soft[want.Key()].enum {
		return s.same(t)
	}
	if back.text == src.Type.Text || tr.from.read(schema.Type{Text: back.text}, tr.source).same(s) {
		return true
	}
	return unchecked(back) && roomFor(s, tr.from.read(schema.Type{Text: back.text}, tr.source))
}

// holdsText tells that the source's type has no counterpart, and its values have room in the text that stands there.
func (tr *translation) holdsText(want *schema.Column, s, t Type) bool {
	return unchecked(tr.to.write(s)) && roomFor(t, tr.to.read(want.Type, tr.out))
}

// unchecked tells that a type is written as a text because there is nothing better.
func unchecked(w written) bool {
	return slices.ContainsFunc(w.notes, func(n Note) bool { return n.Code == UncheckedText })
}

// roomFor tells that the one text is as long as the other at least: people round the lengths up.
func roomFor(t, needed Type) bool {
	short := func(t Type) bool { return (t.Class == Varchar || t.Class == Char) && t.Length != Unlimited }
	return short(t) && short(needed) && t.Length >= needed.Length
}

// byClass tells that SQLite's side names no more than one of its storage classes, and that is the other's: INTEGER and TEXT say
// nothing of sizes and lengths. In STRICT tables there are no other words, for dates and UUIDs neither.
func (tr *translation) byClass(src *schema.Column, s Type, there *schema.Column, t Type) bool {
	column, other, table := there, s, tr.target.Table(there.Schema, there.Table)
	switch {
	case tr.from.sqlite():
		column, other, table = src, t, tr.source.Table(src.Schema, src.Table)
	case !tr.to.sqlite():
		return false
	}
	word := strings.ToUpper(column.Type.Text)
	if table != nil && table.Attrs.Get("strict") != "" {
		return strictType(other) == word
	}
	switch other.Class {
	case Int:
		return word == "INTEGER" && !(other.Unsigned && other.Size == 8)
	case Char, Varchar, Text:
		return word == "TEXT"
	case Binary, Varbinary, Blob:
		return word == "BLOB"
	case Decimal:
		return word == "NUMERIC"
	}
	return false
}

// bothCount tells that both columns are whole numbers of one size that count up from 1, or refer to such: there it does not
// matter whether numbers below zero have room as well, and no one counts that far. Where one might, it is noted.
func (tr *translation) bothCount(src *schema.Column, s Type, there *schema.Column, t Type) bool {
	if s.Class != Int || t.Class != Int || s.Size != t.Size || s.Unsigned == t.Unsigned {
		return false
	}
	if !tr.counts(tr.source, tr.from, src, 0) || !tr.counts(tr.target, tr.to, there, 0) {
		return false
	}
	if x := tr.target.Table(there.Schema, there.Table); s.Unsigned && counterOf(x, there, tr.to, tr.target).on {
		tr.about(there.Key(), src.Key(), Note{Code: CounterNarrowed, Severity: Lossy, Args: []string{there.Type.Text}})
	}
	return true
}

// counts tells that a column is a counter or refers to one, through others as well.
func (tr *translation) counts(db *schema.Database, d dialect, c *schema.Column, depth int) bool {
	t := db.Table(c.Schema, c.Table)
	if t == nil || depth > longestChain {
		return false
	}
	if counterOf(t, c, d, db).on {
		return true
	}
	return slices.ContainsFunc(tr.referred(db)[c.Key()], func(k schema.Key) bool {
		r, ok := db.Find(k).(*schema.Column)
		return ok && tr.counts(db, d, r, depth+1)
	})
}

// referred are the columns that foreign keys make columns of a database refer to. Those that refer to themselves are left out.
func (tr *translation) referred(db *schema.Database) map[schema.Key][]schema.Key {
	if known, ok := tr.refers[db]; ok {
		return known
	}
	out := map[schema.Key][]schema.Key{}
	for _, o := range db.Objects() {
		f, ok := o.(*schema.ForeignKey)
		if !ok || len(f.Columns) != len(f.RefColumns) {
			continue
		}
		for i, name := range f.Columns {
			from := schema.Key{Kind: schema.KindColumn, Schema: f.Schema, Owner: f.Table, Name: name}
			if to := (schema.Key{Kind: schema.KindColumn, Schema: f.RefSchema, Owner: f.RefTable, Name: f.RefColumns[i]}); to != from {
				out[from] = append(out[from], to)
			}
		}
	}
	if tr.refers == nil {
		tr.refers = map[*schema.Database]map[schema.Key][]schema.Key{}
	}
	tr.refers[db] = out
	return out
}
