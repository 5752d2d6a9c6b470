package diff

import (
	"math"
	"slices"
	"sort"
	"strings"

	"database-structure-sync/backend/schema"
)

// Suggestion is a drop and a create that may be one thing under another name. Nobody but a person decides: nothing is renamed
// because it was suggested.
type Suggestion struct {
	Rename
	// Confidence is between 0 and 1; see score.go for what it is made of. Suggestions below leastConfidence are not made.
	Confidence float64
	// Within is the id of the suggestion that this one presupposes: it is about a part of a table that gets another name
	// itself. "" for none.
	Within string
}

const (
	leastConfidence = 0.6
	// Two candidates of nearly the same worth make both of them doubtful.
	rivalry, rivalryCosts = 0.05, 0.15
)

// Suggest finds suggestions among the changes of a comparison in which renames were confirmed. Each object is in one at most.
// The effort grows with the number of changes, not with its square: objects are held against those of like content only.
func Suggest(d Renamer, r *Result, renames []Rename) []Suggestion {
	s := suggester{d: d, origin: Origin(renames)}
	gone, fresh := map[schema.Kind][]schema.Object{}, map[schema.Kind][]schema.Object{}
	for _, c := range r.Changes {
		switch c.Action {
		case Drop:
			gone[c.Key().Kind] = append(gone[c.Key().Kind], c.Before)
		case Create:
			fresh[c.Key().Kind] = append(fresh[c.Key().Kind], c.After)
		case Alter:
			s.members(c)
			if _, ok := c.Before.(*schema.Table); ok {
				s.parts(c, "")
			}
		}
	}
	s.tables(objectsOf[*schema.Table](gone[schema.KindTable]), objectsOf[*schema.Table](fresh[schema.KindTable]), gone[schema.KindForeignKey], fresh[schema.KindForeignKey])
	for _, kind := range []schema.Kind{schema.KindForeignKey, schema.KindSequence, schema.KindEnum, schema.KindDomain, schema.KindComposite} {
		if d.RenamesKind(kind) {
			s.take(sameContent(gone[kind], fresh[kind], withOwner), "")
		}
	}
	sort.SliceStable(s.out, func(i, j int) bool {
		a, b := s.out[i], s.out[j]
		if a.Key != b.Key {
			return a.Key.Less(b.Key)
		}
		return a.Member < b.Member
	})
	return s.out
}

type suggester struct {
	d      Renamer
	origin func(schema.Key) schema.Key
	out    []Suggestion
}

// Origin takes keys back to what they are in the target.
func Origin(renames []Rename) func(schema.Key) schema.Key {
	back := &schema.Renaming{}
	to := Renaming(renames)
	for _, x := range renames {
		if x.Member == "" {
			k := to.Key(x.Key)
			back.Set(k, x.Key.Name)
		}
	}
	return back.Key
}

// candidate is a pair that may be one thing.
type candidate struct {
	before, after schema.Object
	score         float64
}

// take makes suggestions of candidates, the likeliest first, each object once.
func (s *suggester) take(list []candidate, within string) []Suggestion {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.score != b.score {
			return a.score > b.score
		}
		if a.before.Key() != b.before.Key() {
			return a.before.Key().Less(b.before.Key())
		}
		return a.after.Key().Less(b.after.Key())
	})
	rivals := map[schema.Object][]float64{}
	for _, c := range list {
		rivals[c.before] = append(rivals[c.before], c.score)
		rivals[c.after] = append(rivals[c.after], c.score)
	}
	disputed := func(o schema.Object, score float64) bool {
		n := 0
		for _, x := range rivals[o] {
			if math.Abs(x-score) < rivalry {
				n++
			}
		}
		return n > 1
	}
	taken := map[schema.Object]bool{}
	var out []Suggestion
	for _, c := range list {
		if taken[c.before] || taken[c.after] {
			continue
		}
		taken[c.before], taken[c.after] = true, true
		score := c.score
		if disputed(c.before, score) || disputed(c.after, score) {
			score -= rivalryCosts
		}
		if score = math.Round(100*min(score, 1)) / 100; score < leastConfidence {
			continue
		}
		out = append(out, Suggestion{Rename{Key: s.origin(c.before.Key()), To: c.after.Key().Name}, score, within})
	}
	s.out = append(s.out, out...)
	return out
}

// parts finds renamed columns, constraints and indexes of one table.
func (s *suggester) parts(c Change, within string) {
	var goneColumns, freshColumns []*schema.Column
	var gone, fresh []schema.Object
	for _, p := range c.Parts {
		switch {
		case !s.d.RenamesKind(p.Key().Kind):
		case p.Action == Drop && p.Key().Kind == schema.KindColumn:
			goneColumns = append(goneColumns, p.Before.(*schema.Column))
		case p.Action == Create && p.Key().Kind == schema.KindColumn:
			freshColumns = append(freshColumns, p.After.(*schema.Column))
		case p.Action == Drop:
			gone = append(gone, p.Before)
		case p.Action == Create:
			fresh = append(fresh, p.After)
		case p.Action == Alter:
			s.members(p)
		}
	}
	s.take(likeColumns(c.Before.(*schema.Table), c.After.(*schema.Table), goneColumns, freshColumns), within)
	s.take(sameContent(gone, fresh, withoutOwner), within)
}

// tables finds renamed tables, and what of them would get another name as well.
func (s *suggester) tables(gone, fresh []*schema.Table, goneKeys, freshKeys []schema.Object) {
	byKey := map[schema.Key]*schema.Table{}
	for _, t := range append(slices.Clone(gone), fresh...) {
		byKey[t.Key()] = t
	}
	keysOf := func(list []schema.Object) map[schema.Key][]schema.Object {
		out := map[schema.Key][]schema.Object{}
		for _, o := range list {
			t, _ := o.Key().TableOf()
			out[t] = append(out[t], o)
		}
		return out
	}
	before, after := keysOf(goneKeys), keysOf(freshKeys)
	for _, x := range s.take(likeTables(gone, fresh), "") {
		to := x.Key
		to.Name = x.To
		was, is := byKey[x.Key], byKey[to]
		if was == nil || is == nil {
			continue
		}
		c := Change{Action: Alter, Before: was, After: is}
		c.Parts = partsByName(was, is)
		s.parts(c, x.ID())
		if s.d.RenamesKind(schema.KindForeignKey) {
			s.take(sameContent(notNamed(before[x.Key], after[to]), notNamed(after[to], before[x.Key]), withoutOwner), x.ID())
		}
	}
}

// partsByName are the parts that only one of two tables has.
func partsByName(was, is *schema.Table) []Change {
	var out []Change
	for _, o := range notNamed(was.Parts(), is.Parts()) {
		out = append(out, Change{Action: Drop, Before: o})
	}
	for _, o := range notNamed(is.Parts(), was.Parts()) {
		out = append(out, Change{Action: Create, After: o})
	}
	return out
}

// notNamed are the objects whose kind and name none of the others has.
func notNamed(list, others []schema.Object) []schema.Object {
	type named struct {
		kind schema.Kind
		name string
	}
	known := map[named]bool{}
	for _, o := range others {
		known[named{o.Key().Kind, o.Key().Name}] = true
	}
	var out []schema.Object
	for _, o := range list {
		if !known[named{o.Key().Kind, o.Key().Name}] {
			out = append(out, o)
		}
	}
	return out
}

// members finds renamed labels or attributes: where the lists are of one length, those that differ in the same place.
func (s *suggester) members(c Change) {
	was, is := s.d.Members(c.Before), s.d.Members(c.After)
	if len(was) != len(is) {
		return
	}
	for i := range was {
		if was[i] == is[i] {
			continue
		}
		if slices.Contains(is, was[i]) || slices.Contains(was, is[i]) { // it moved, so the places say nothing
			return
		}
	}
	for i := range was {
		if was[i] != is[i] {
			score := math.Round(100*(memberScore+(1-memberScore)*Similar(was[i], is[i]))) / 100
			s.out = append(s.out, Suggestion{Rename{Key: s.origin(c.Before.Key()), Member: was[i], To: is[i]}, score, ""})
		}
	}
}

func objectsOf[T schema.Object](list []schema.Object) []T {
	out := make([]T, 0, len(list))
	for _, o := range list {
		out = append(out, o.(T))
	}
	return out
}

// content is everything about an object but its name, and its table's where that is renamed, too.
func content(o schema.Object, owner bool) string {
	k := o.Key()
	var b strings.Builder
	b.WriteString(string(k.Kind) + "\x00" + k.Schema)
	if owner {
		b.WriteString("\x00" + k.Owner)
	}
	for _, p := range o.Props() {
		if p.Class != schema.ClassName {
			b.WriteString("\x00" + p.Name + "\x01" + p.Value)
		}
	}
	return b.String()
}

const (
	withOwner    = true
	withoutOwner = false
)
