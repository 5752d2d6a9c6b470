package service

import (
	"sort"
	"strings"
	"time"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Review is a comparison spread out for a person who goes through it: one flat list of rows in the order in which people
// look for things, by whose indexes everything else is asked for. It never changes, so it may be used from anywhere.
type Review struct {
	Comparison *Comparison
	At         time.Time // when the reading was done
	Rows       []Row
	changes    []*diff.Change // of each row, nil where nothing differs
	unmodelled map[schema.Key]diff.Unmodelled
}

// State says what a row's own object is to the comparison; the values are stable names.
type State string

// The states. Contains is a table that is itself equal but has parts or belongings that are not; Unmodelled differs only in
// what the model cannot express.
const (
	Created    State = "create"
	Altered    State = "alter"
	Dropped    State = "drop"
	Renamed    State = "rename"
	Contains   State = "contains"
	Unmodelled State = "unmodelled"
	Identical  State = "identical"
)

// Row is one object of a review.
type Row struct {
	Key   schema.Key
	State State
	// Parent is the index of the table's row that it stands under, -1 for a row of the first level. Rows stand right
	// behind their parent.
	Parent int
	// Hazards of executing the change, in rising severity.
	Hazards []hazard.Hazard
	// Was is the name that a renamed object, or a member of it, has now; "" in other rows.
	Was string
	// Unmodelled tells that the object differs in what the model cannot express, whatever its state.
	Unmodelled bool
}

// Tickable tells that the row stands for a change that can be executed.
func (r Row) Tickable() bool {
	return r.State == Created || r.State == Altered || r.State == Dropped || r.State == Renamed
}

// Destructive tells that executing the row's change may destroy data.
func (r Row) Destructive() bool { return hazard.AnyDestroys(r.Hazards) }

// NewReview spreads a comparison out.
func NewReview(c *Comparison, at time.Time) *Review {
	r := &Review{Comparison: c, At: at, unmodelled: map[schema.Key]diff.Unmodelled{}}
	b := reviewBuilder{review: r, groups: map[schema.Key]*reviewGroup{}}
	for _, u := range c.Unmodelled {
		r.unmodelled[u.Key] = u
	}
	for i := range c.Changes {
		b.change(&c.Changes[i])
	}
	for _, u := range c.Unmodelled {
		b.unmodelled(u.Key)
	}
	for _, k := range c.Identical {
		b.identical(k)
	}
	b.write()
	return r
}

// reviewGroup is a row of the first level and those under it.
type reviewGroup struct {
	key  schema.Key
	rows []reviewRow
}

type reviewRow struct {
	key    schema.Key
	state  State
	change *diff.Change
}

type reviewBuilder struct {
	review *Review
	groups map[schema.Key]*reviewGroup
	order  []*reviewGroup
}

// at is the group of the object: that of the table or view which it belongs to.
func (b *reviewBuilder) at(o schema.Object) *reviewGroup {
	k := o.Key()
	if home, ok := schema.Home(o); ok {
		k = home
	} else if table, ok := k.TableOf(); ok { // a part
		k = table
	}
	return b.under(k)
}

// under is the group with this row of the first level.
func (b *reviewBuilder) under(k schema.Key) *reviewGroup {
	g, ok := b.groups[k]
	if !ok {
		g = &reviewGroup{key: k}
		b.groups[k] = g
		b.order = append(b.order, g)
	}
	return g
}

func (b *reviewBuilder) change(c *diff.Change) {
	o := c.After
	if o == nil {
		o = c.Before
	}
	g := b.at(o)
	if c.Action != diff.Alter || len(c.Fields) > 0 {
		g.rows = append(g.rows, reviewRow{c.Key(), State(c.Action), c})
	}
	for i := range c.Parts {
		g.rows = append(g.rows, reviewRow{c.Parts[i].Key(), State(c.Parts[i].Action), &c.Parts[i]})
	}
}

// unmodelled adds a row for an object that differs in nothing else.
func (b *reviewBuilder) unmodelled(k schema.Key) {
	var g *reviewGroup
	if o := b.find(k); o != nil {
		g = b.at(o)
	} else { // between engines, what the target's cannot have is in neither structure
		if table, ok := k.TableOf(); ok {
			g = b.under(table)
		} else {
			g = b.under(k)
		}
	}
	for _, r := range g.rows {
		if r.key == k {
			return
		}
	}
	g.rows = append(g.rows, reviewRow{k, Unmodelled, nil})
}

func (b *reviewBuilder) find(k schema.Key) schema.Object {
	if o := b.review.Comparison.Source.Find(k); o != nil {
		return o
	}
	return b.review.Comparison.Base.Find(k)
}

func (b *reviewBuilder) identical(k schema.Key) {
	g := b.at(b.find(k))
	if _, differs := b.review.unmodelled[k]; differs {
		return
	}
	g.rows = append(g.rows, reviewRow{k, Identical, nil})
}

// write lays the groups out in order.
func (b *reviewBuilder) write() {
	sort.SliceStable(b.order, func(i, j int) bool {
		x, y := b.order[i].key, b.order[j].key
		if kx, ky := kindRank(x.Kind), kindRank(y.Kind); kx != ky {
			return kx < ky
		}
		return x.Less(y)
	})
	for _, g := range b.order {
		b.group(g)
	}
}

func (b *reviewBuilder) group(g *reviewGroup) {
	head := reviewRow{key: g.key, state: Identical}
	var rest []reviewRow
	for _, r := range g.rows {
		switch {
		case r.key == g.key && head.state == Renamed && r.state == Identical: // once it has its name
		case r.key == g.key && head.state == Renamed: // and something else about it changes, too
			rest = append(rest, head)
			head = r
		case r.key == g.key:
			head = r
		default:
			rest = append(rest, r)
		}
	}
	sort.SliceStable(rest, func(i, j int) bool {
		if x, y := kindRank(rest[i].key.Kind), kindRank(rest[j].key.Kind); x != y {
			return x < y
		}
		return false // columns keep their order, all else is sorted by key already
	})
	if head.state == Identical {
		for _, r := range rest {
			if r.state != Identical {
				head.state = Contains
			}
		}
	}
	parent := len(b.review.Rows)
	b.row(head, -1)
	for _, r := range rest {
		b.row(r, parent)
	}
}

func (b *reviewBuilder) row(r reviewRow, parent int) {
	_, unmodelled := b.review.unmodelled[r.key]
	row := Row{Key: r.key, State: r.state, Parent: parent, Unmodelled: unmodelled}
	if r.change != nil {
		row.Hazards = r.change.Hazards
		if x := r.change.Rename; x != nil && x.Member != "" {
			row.Was = x.Member
		} else if x != nil {
			row.Was = x.Key.Name
		}
	}
	b.review.Rows = append(b.review.Rows, row)
	b.review.changes = append(b.review.changes, r.change)
}

// kindRanks is the order in which people look for things: what tables need, tables with what belongs to them in the order
// of a CREATE TABLE, and what is built on tables.
var kindRanks = func() map[schema.Kind]int {
	ranks := map[schema.Kind]int{}
	for i, k := range []schema.Kind{
		schema.KindTable, schema.KindColumn, schema.KindPrimaryKey, schema.KindUnique, schema.KindIndex, schema.KindForeignKey,
		schema.KindCheck, schema.KindExclusion, schema.KindTrigger, schema.KindRule, schema.KindPolicy, schema.KindStatistics,
		schema.KindVirtualTable, schema.KindView, schema.KindMaterializedView, schema.KindRoutine, schema.KindEvent, schema.KindSequence,
		schema.KindEnum, schema.KindDomain, schema.KindComposite, schema.KindRange, schema.KindCollation, schema.KindSchema, schema.KindExtension,
	} {
		ranks[k] = i
	}
	return ranks
}()

func kindRank(k schema.Kind) int {
	if r, ok := kindRanks[k]; ok {
		return r
	}
	return len(kindRanks)
}

// Detail is everything there is to see about one row.
type Detail struct {
	Row
	// SourceSQL and TargetSQL are the definitions of the whole object, of its table where it is a part of one; "" where
	// there is none.
	SourceSQL, TargetSQL string
	Fields               []diff.Field
	// UnmodelledSource and UnmodelledTarget are facts that the model cannot express, in the server's words.
	UnmodelledSource, UnmodelledTarget []string
}

// Detail looks one row up.
func (r *Review) Detail(row int) (*Detail, error) {
	if row < 0 || row >= len(r.Rows) {
		return nil, fault.New(fault.BadInput, "the comparison has no row %d", row)
	}
	d := &Detail{Row: r.Rows[row]}
	if c := r.changes[row]; c != nil {
		d.Fields = c.Fields
	}
	if u, ok := r.unmodelled[d.Key]; ok {
		d.UnmodelledSource, d.UnmodelledTarget = u.Source, u.Target
	}
	shown := d.Key
	if table, ok := d.Key.TableOf(); ok && d.Key.Kind.IsPart() {
		shown = table
	}
	var err error
	if d.SourceSQL, err = whole(r.Comparison.SourceDialect(), shown, r.Comparison.Source); err != nil {
		return nil, err
	}
	now := diff.Origin(r.Comparison.Renames)(shown)
	d.TargetSQL, err = whole(r.Comparison.TargetDialect(), now, r.Comparison.Target)
	return d, err
}

// whole is the definition of an object; a table's with its foreign keys and all else that belongs to it.
func whole(d plan.Dialect, k schema.Key, db *schema.Database) (string, error) {
	o := db.Find(k)
	if o == nil {
		return "", nil
	}
	texts := []string{}
	absorber, _ := d.(plan.Absorber)
	for _, x := range append([]schema.Object{o}, belongings(k, db)...) {
		if absorber != nil && x != o && absorber.Absorbs(x.Key().Kind) {
			continue // the table's own definition has it
		}
		text, err := plan.Definition(d, x, db)
		if err != nil {
			return "", err
		}
		if text != "" {
			texts = append(texts, text+";")
		}
	}
	return strings.Join(texts, "\n\n"), nil
}

// belongings are the top-level objects that belong to a table or view.
func belongings(of schema.Key, db *schema.Database) []schema.Object {
	var out []schema.Object
	for _, o := range db.Objects() {
		if home, ok := schema.Home(o); ok && home == of {
			out = append(out, o)
		}
	}
	return out
}

// Plan makes the plan for the ticked rows. A destructive change that is not ticked itself never comes in: what cannot do
// without it is left out.
func (r *Review) Plan(rows []int) (*plan.Plan, error) {
	ticked := make(map[string]bool, len(rows))
	for _, i := range rows {
		if i < 0 || i >= len(r.Rows) || r.changes[i] == nil {
			return nil, fault.New(fault.BadInput, "row %d of the comparison is no change", i)
		}
		ticked[r.changes[i].ID()] = true
	}
	chosen := func(c diff.Change) bool { return ticked[c.ID()] }
	return r.Comparison.PlanWith(plan.Options{Ticked: chosen, Allowed: chosen})
}
