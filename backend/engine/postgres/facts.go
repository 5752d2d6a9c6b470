package postgres

import (
	"slices"
	"sync"

	"database-structure-sync/backend/schema"
)

// facts is what rendering has to find quickly in one database: the relations between objects that the model keeps only
// at their other end.
type facts struct {
	db *schema.Database
	// owned are the sequences owned by a column.
	owned map[schema.Key][]*schema.Sequence
	// children are the partitions and inheriting tables of a table.
	children map[schema.Key][]*schema.Table
	// belongings are the triggers, rules, policies and foreign keys of a table, which go with it.
	belongings map[schema.Key][]schema.Key
	// users are the columns, domains, composite and range types of a type or collation.
	users map[schema.Key][]schema.Object
	// attached are the indexes of partitions that are attached to an index.
	attached map[schema.Key][]*schema.Index
	// notNulls are the names, qualified, of NOT NULL constraints that are not named after their own table and column.
	notNulls map[string]bool
	// references are the foreign keys that point at a table.
	references map[schema.Key][]*schema.ForeignKey
	// typed are the tables of a composite type, by the type's quoted name.
	typed map[string][]*schema.Table
	// partitioned are the partitioned tables.
	partitioned []schema.Key
}

func newFacts(db *schema.Database) *facts {
	f := &facts{
		db: db, owned: map[schema.Key][]*schema.Sequence{}, children: map[schema.Key][]*schema.Table{},
		belongings: map[schema.Key][]schema.Key{}, users: map[schema.Key][]schema.Object{},
		attached: map[schema.Key][]*schema.Index{}, notNulls: map[string]bool{},
		typed: map[string][]*schema.Table{}, references: map[schema.Key][]*schema.ForeignKey{},
	}
	for _, o := range db.Objects() {
		f.note(o)
	}
	return f
}

func (f *facts) note(o schema.Object) {
	k := o.Key()
	switch x := o.(type) {
	case *schema.Sequence:
		if !x.OwnedBy.IsZero() {
			f.owned[x.OwnedBy] = append(f.owned[x.OwnedBy], x)
		}
	case *schema.Table:
		f.noteTable(x)
	case *schema.ForeignKey:
		f.references[x.RefKey()] = append(f.references[x.RefKey()], x)
	case *schema.Domain, *schema.Composite:
		f.noteUses(o)
	case *schema.Scripted:
		if k.Kind == schema.KindRange {
			f.noteUses(o)
		}
	}
	switch k.Kind {
	case schema.KindTrigger, schema.KindRule, schema.KindPolicy, schema.KindForeignKey:
		table := schema.Key{Kind: schema.KindTable, Schema: k.Schema, Name: k.Owner}
		f.belongings[table] = append(f.belongings[table], k)
	}
}

func (f *facts) noteTable(t *schema.Table) {
	for _, p := range parents(t) {
		f.children[p] = append(f.children[p], t)
	}
	if t.PartitionBy != "" {
		f.partitioned = append(f.partitioned, t.Key())
	}
	if of := t.Attrs.Get(attrOfType); of != "" {
		f.typed[of] = append(f.typed[of], t)
	}
	for _, c := range t.Columns {
		if !c.Type.User.IsZero() || len(c.DependsOn) > 0 { // else it uses nothing but its table, as nearly all do
			f.noteUses(c)
		}
		if name := c.Attrs.Get(attrNotNullName); name != "" {
			f.notNulls[quoteIdent(c.Schema)+"."+name] = true
		}
	}
	for _, i := range t.Indexes {
		if !i.Parent.IsZero() {
			f.attached[i.Parent] = append(f.attached[i.Parent], i)
		}
	}
}

// noteUses notes which types and collations an object uses.
func (f *facts) noteUses(o schema.Object) {
	o.EachDep(func(k schema.Key) {
		if !isTypeKind(k.Kind) && k.Kind != schema.KindCollation {
			return
		}
		if users := f.users[k]; len(users) == 0 || users[len(users)-1] != o { // some are visited twice
			f.users[k] = append(users, o)
		}
	})
}

// typeKinds are the kinds of objects that are types.
var typeKinds = []schema.Kind{schema.KindEnum, schema.KindDomain, schema.KindComposite, schema.KindRange}

func isTypeKind(k schema.Kind) bool { return slices.Contains(typeKinds, k) }

// parents are the tables that a table is a partition of or inherits from.
func parents(t *schema.Table) []schema.Key {
	if !t.PartitionOf.IsZero() {
		return []schema.Key{t.PartitionOf}
	}
	return t.Inherits
}

// factsCache keeps the facts of the last few databases asked for: a plan asks for the same two again and again.
type factsCache struct {
	mu   sync.Mutex
	last []cachedFacts
}

type cachedFacts struct {
	db    *schema.Database
	facts func() *facts // finds them when asked for the first time
}

// both are the facts of two databases, which are found at the same time.
func (c *factsCache) both(before, after *schema.Database) (b, a *facts) {
	findB, findA := c.of(before), c.of(after)
	var running sync.WaitGroup
	running.Go(func() { a = findA() })
	b = findB()
	running.Wait()
	return b, a
}

func (c *factsCache) of(db *schema.Database) func() *facts {
	if db.Len() == 0 {
		return func() *facts { return newFacts(db) }
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, known := range c.last {
		if known.db == db {
			return known.facts
		}
	}
	find := sync.OnceValue(func() *facts { return newFacts(db) })
	if len(c.last) == 4 {
		c.last = c.last[1:]
	}
	c.last = append(c.last, cachedFacts{db, find})
	return find
}
