package diff

import (
	"path"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"database-structure-sync/backend/schema"
)

// Options narrow a comparison. The zero value compares everything.
type Options struct {
	// Include and Exclude are globs (path.Match) over table names, "name" or "schema.name". They decide about tables,
	// views and what belongs to them; other objects are compared when Include is empty.
	Include, Exclude []string
	// Ignore are the classes of properties left out.
	Ignore map[schema.Class]bool
	// ColumnOrder says that the order of columns is structure.
	ColumnOrder bool
	// FoldColumns says that the server takes column names that differ in nothing but case for one: such columns match, and
	// their difference is the name.
	FoldColumns bool
	// IgnoreNames are kinds whose objects match by content when no object of the same name stands on the other side.
	IgnoreNames map[schema.Kind]bool
}

// Unmodelled is a fact that the model cannot express and that is not the same on both sides.
type Unmodelled struct {
	Key            schema.Key
	Source, Target []string
}

// Result is what a comparison found.
type Result struct {
	Changes []Change // sorted by key
	// Unmodelled are facts outside the model that differ: the two are not proven equal, and no plan will make them so.
	Unmodelled []Unmodelled
	// Ignored counts the differing properties that were left out, by class; matches by content count under "name".
	Ignored map[string]int
	// Identical are the keys of the top-level objects without any difference.
	Identical []schema.Key
	// Base is the structure that the changes but the renames start from: the target after the renames that were confirmed.
	Base *schema.Database
}

// Equal tells that nothing differs, as far as the options look.
func (r *Result) Equal() bool { return len(r.Changes) == 0 && len(r.Unmodelled) == 0 }

// Compare finds the changes that make target like source. Both must be of one dialect. Its cost is linear in the number
// of objects, save for sorting.
func Compare(source, target *schema.Database, opt Options) *Result {
	c := &comparison{opt: opt, result: &Result{Ignored: map[string]int{}, Base: target}, unseen: map[string]bool{}}
	for _, name := range slices.Concat(source.Unseen, target.Unseen) {
		c.unseen[name] = true
	}
	before, after := c.chosen(target), c.called(c.chosen(source), source, target)
	pairs := c.match(before, after)
	same := sameAtOnce(pairs)
	c.result.Identical = make([]schema.Key, 0, len(pairs))
	for i, p := range pairs {
		if !same[i] {
			if ch, differs := c.object(p.before, p.after); differs {
				c.result.Changes = append(c.result.Changes, ch)
				continue
			}
		}
		c.result.Identical = append(c.result.Identical, p.key())
	}
	return c.result
}

// sameAtOnce tells of each pair whether it is the same at a glance, as nearly all are, with every processor's help.
func sameAtOnce(pairs []pair) []bool {
	same := make([]bool, len(pairs))
	share := len(pairs)/runtime.GOMAXPROCS(0) + 1
	var running sync.WaitGroup
	for from := 0; from < len(pairs); from += share {
		running.Go(func() {
			for i := from; i < min(from+share, len(pairs)); i++ {
				same[i] = pairs[i].same()
			}
		})
	}
	running.Wait()
	return same
}

type comparison struct {
	opt    Options
	result *Result
	unseen map[string]bool // properties that one of the two does not tell
}

// ignores tells whether a property is left out.
func (c *comparison) ignores(p schema.Prop) bool { return c.opt.Ignore[p.Class] || c.unseen[p.Name] }

// chosen are the objects that the table filters let through.
func (c *comparison) chosen(db *schema.Database) []schema.Object {
	objects := db.Objects()
	if len(c.opt.Include) == 0 && len(c.opt.Exclude) == 0 {
		return objects
	}
	out := objects[:0]
	for _, o := range objects {
		if c.wanted(o) {
			out = append(out, o)
		}
	}
	return out
}

// called adds the routines that chosen triggers call and the target lacks: without them the triggers could not be made.
func (c *comparison) called(objects []schema.Object, source, target *schema.Database) []schema.Object {
	if len(c.opt.Include) == 0 {
		return objects
	}
	added := map[schema.Key]bool{}
	for _, o := range objects {
		if o.Key().Kind != schema.KindTrigger || target.Get(o.Key()) != nil {
			continue
		}
		for _, k := range o.Deps() {
			if routine := source.Get(k); k.Kind == schema.KindRoutine && routine != nil && target.Get(k) == nil && !added[k] {
				added[k] = true
				objects = append(objects, routine)
			}
		}
	}
	if len(added) > 0 {
		slices.SortFunc(objects, func(a, b schema.Object) int { return a.Key().Compare(b.Key()) })
	}
	return objects
}

func (c *comparison) wanted(o schema.Object) bool {
	k := o.Key()
	name := k.Owner
	switch {
	case name != "":
	case k.Kind == schema.KindTable, k.Kind == schema.KindVirtualTable, k.Kind == schema.KindView, k.Kind == schema.KindMaterializedView:
		name = k.Name
	case k.Kind == schema.KindSequence:
		if name = o.(*schema.Sequence).OwnedBy.Owner; name == "" {
			return len(c.opt.Include) == 0
		}
	default:
		return len(c.opt.Include) == 0
	}
	return c.opt.Lets(k.Schema, name)
}

// Lets tells that the filters let a table of that name through.
func (o Options) Lets(schemaName, name string) bool {
	if len(o.Include) > 0 && !matchesAny(o.Include, schemaName, name) {
		return false
	}
	return !matchesAny(o.Exclude, schemaName, name)
}

func matchesAny(globs []string, schemaName, name string) bool {
	for _, g := range globs {
		if ok, _ := path.Match(g, name); ok {
			return true
		}
		if ok, _ := path.Match(g, schemaName+"."+name); ok && schemaName != "" {
			return true
		}
	}
	return false
}

type pair struct{ before, after schema.Object }

func (p pair) same() bool { return p.before != nil && p.after != nil && p.before.Same(p.after) }

func (p pair) key() schema.Key {
	if p.after != nil {
		return p.after.Key()
	}
	return p.before.Key()
}

// match pairs the objects of both sides by key, then, for kinds whose names are ignored, by content. Both lists are sorted by
// key, and so are the pairs.
func (c *comparison) match(before, after []schema.Object) []pair {
	pairs := make([]pair, 0, max(len(before), len(after)))
	var gone, fresh []schema.Object
	for len(before) > 0 && len(after) > 0 {
		b, a := before[0], after[0]
		switch order := b.Key().Compare(a.Key()); {
		case order == 0:
			pairs = append(pairs, pair{b, a})
			before, after = before[1:], after[1:]
		case order < 0:
			gone, before = append(gone, b), before[1:]
		default:
			fresh, after = append(fresh, a), after[1:]
		}
	}
	gone, fresh = append(gone, before...), append(fresh, after...)
	if len(gone)+len(fresh) == 0 {
		return pairs
	}
	gone, fresh, pairs = c.matchFolded(gone, fresh, pairs)
	gone, fresh = c.matchByContent(gone, fresh)
	for _, o := range gone {
		pairs = append(pairs, pair{before: o})
	}
	for _, o := range fresh {
		pairs = append(pairs, pair{after: o})
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return x.key().Compare(y.key()) })
	return pairs
}

// sortedParts are the parts of a table in the order of their keys.
func sortedParts(t *schema.Table) []schema.Object {
	return slices.SortedFunc(slices.Values(t.Parts()), func(x, y schema.Object) int { return x.Key().Compare(y.Key()) })
}

// matchFolded takes out the columns that differ in nothing but the case of their names, and pairs them.
func (c *comparison) matchFolded(gone, fresh []schema.Object, pairs []pair) (restGone, restFresh []schema.Object, all []pair) {
	if !c.opt.FoldColumns || len(gone) == 0 || len(fresh) == 0 {
		return gone, fresh, pairs
	}
	folded := map[string]schema.Object{}
	for _, o := range gone {
		if k := o.Key(); k.Kind == schema.KindColumn {
			folded[strings.ToLower(k.Name)] = o
		}
	}
	taken := map[schema.Object]bool{}
	for _, o := range fresh {
		k := o.Key()
		if was := folded[strings.ToLower(k.Name)]; was != nil && k.Kind == schema.KindColumn && !taken[was] {
			taken[was] = true
			pairs = append(pairs, pair{was, o})
			continue
		}
		restFresh = append(restFresh, o)
	}
	for _, o := range gone {
		if !taken[o] {
			restGone = append(restGone, o)
		}
	}
	return restGone, restFresh, pairs
}

// matchByContent takes out the pairs that are the same but for their name, where names are ignored.
func (c *comparison) matchByContent(gone, fresh []schema.Object) (restGone, restFresh []schema.Object) {
	if len(c.opt.IgnoreNames) == 0 {
		return gone, fresh
	}
	content := map[string][]int{}
	for i, o := range gone {
		if k := o.Key(); c.opt.IgnoreNames[k.Kind] {
			content[c.contentText(o)] = append(content[c.contentText(o)], i)
		}
	}
	taken := make([]bool, len(gone))
	for _, o := range fresh {
		text := ""
		if c.opt.IgnoreNames[o.Key().Kind] {
			text = c.contentText(o)
		}
		if same := content[text]; text != "" && len(same) > 0 {
			taken[same[0]] = true
			content[text] = same[1:]
			c.result.Ignored["name"]++
			continue
		}
		restFresh = append(restFresh, o)
	}
	for i, o := range gone {
		if !taken[i] {
			restGone = append(restGone, o)
		}
	}
	return restGone, restFresh
}

// contentText is everything about an object but its own name.
func (c *comparison) contentText(o schema.Object) string {
	k := o.Key()
	var b strings.Builder
	b.WriteString(string(k.Kind) + "\x00" + k.Schema + "\x00" + k.Owner)
	for _, p := range o.Props() {
		if !c.opt.Ignore[p.Class] && p.Class != schema.ClassName {
			b.WriteString("\x00" + p.Name + "\x01" + p.Value)
		}
	}
	return b.String()
}

// object compares one pair; differs is false when they are the same.
func (c *comparison) object(before, after schema.Object) (ch Change, differs bool) {
	c.unmodelled(before, after)
	switch {
	case before == nil:
		return Change{Action: Create, After: after}, true
	case after == nil:
		return Change{Action: Drop, Before: before}, true
	}
	ch = Change{Action: Alter, Before: before, After: after}
	var ignored bool
	ch.Fields, ignored = c.fields(before, after)
	if ch.Renames() {
		ch.Fields = append([]Field{{Name, before.Key().Name, after.Key().Name}}, ch.Fields...)
	}
	if ignored {
		ch.After = after.With(before, c.ignores)
	}
	if bt, ok := before.(*schema.Table); ok {
		c.parts(&ch, bt, after.(*schema.Table))
	}
	return ch, len(ch.Fields) > 0 || len(ch.Parts) > 0
}

// fields lists the differing properties in the source's display order; ignored tells that some were left out.
func (c *comparison) fields(before, after schema.Object) (fields []Field, ignored bool) {
	old := before.Props()
	values := make(map[string]string, len(old))
	for _, p := range old {
		values[p.Name] = p.Value
	}
	note := func(p schema.Prop, f Field) {
		if c.ignores(p) {
			ignored = true
			c.result.Ignored[string(p.Class)]++
			return
		}
		fields = append(fields, f)
	}
	for _, p := range after.Props() {
		if v := values[p.Name]; v != p.Value {
			note(p, Field{p.Name, v, p.Value})
		}
		delete(values, p.Name)
	}
	for _, p := range old {
		if _, left := values[p.Name]; left {
			note(p, Field{p.Name, p.Value, ""})
		}
	}
	return fields, ignored
}

// parts compares the parts of a table and the order of its columns.
func (c *comparison) parts(ch *Change, before, after *schema.Table) {
	renamed := map[string]string{}
	for _, p := range c.match(sortedParts(before), sortedParts(after)) {
		if p.before != nil && p.after != nil && p.before.Key() != p.after.Key() {
			renamed[p.before.Key().Name] = p.after.Key().Name
		}
		if part, differs := c.object(p.before, p.after); differs {
			ch.Parts = append(ch.Parts, part)
		}
	}
	sortParts(ch.Parts, after)
	was, is := commonOrder(before, after, renamed)
	if was == is {
		return
	}
	if c.opt.ColumnOrder {
		ch.Fields = append(ch.Fields, Field{ColumnOrder, was, is})
	} else {
		c.result.Ignored[ColumnOrder]++
	}
}

// sortParts orders the changes of a table's parts as the table lists them: columns by position, then the rest by key.
func sortParts(parts []Change, after *schema.Table) {
	position := map[string]int{}
	for i, col := range after.Columns {
		position[col.Name] = i
	}
	rank := func(c Change) int {
		if c.Key().Kind != schema.KindColumn {
			return len(position) + 1
		}
		if i, ok := position[c.Key().Name]; ok {
			return i
		}
		return len(position) // dropped columns behind the rest
	}
	sort.SliceStable(parts, func(i, j int) bool { return rank(parts[i]) < rank(parts[j]) })
}

// commonOrder is the order of the columns that both tables have, in each of them, under the names that they get.
func commonOrder(before, after *schema.Table, renamed map[string]string) (was, is string) {
	inBefore, inAfter := map[string]bool{}, map[string]bool{}
	for _, col := range before.Columns {
		inBefore[newName(col.Name, renamed)] = true
	}
	for _, col := range after.Columns {
		inAfter[col.Name] = true
	}
	return columnNames(before.Columns, inAfter, renamed), columnNames(after.Columns, inBefore, nil)
}

func columnNames(cols []*schema.Column, keep map[string]bool, renamed map[string]string) string {
	var names []string
	for _, col := range cols {
		if name := newName(col.Name, renamed); keep[name] {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// newName is the name that a column gets, its own one if it is not renamed.
func newName(name string, renamed map[string]string) string {
	if n, ok := renamed[name]; ok {
		return n
	}
	return name
}

func (c *comparison) unmodelled(before, after schema.Object) {
	var u Unmodelled
	if before != nil {
		u.Key, u.Target = before.Key(), before.Extra().Unmodelled
	}
	if after != nil {
		u.Key, u.Source = after.Key(), after.Extra().Unmodelled
	}
	if len(u.Source) == 0 && len(u.Target) == 0 || before != nil && after != nil && equalTexts(u.Source, u.Target) {
		return
	}
	if after == nil { // the object goes, and with it what the model could not say
		return
	}
	c.result.Unmodelled = append(c.result.Unmodelled, u)
}

func equalTexts(a, b []string) bool {
	return strings.Join(a, "\x00") == strings.Join(b, "\x00")
}
