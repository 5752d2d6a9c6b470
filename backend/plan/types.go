// Package plan turns chosen changes into ordered statements: what else they need (closure), what must be dropped and
// come back (expansion), and the order that every dependency allows. It knows the shape of the problem, not SQL: a
// Dialect renders.
package plan

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// TxMode says how a statement relates to the plan's transaction on engines whose DDL is transactional.
type TxMode string

// The transaction modes.
const (
	// InTransaction statements run together with their neighbours, all or nothing.
	InTransaction TxMode = "in_transaction"
	// Alone statements commit what ran before and run outside any transaction.
	Alone TxMode = "alone"
)

// Statement is one SQL statement of a plan.
type Statement struct {
	SQL     string // without a final semicolon
	Key     schema.Key
	Action  diff.Action // what happens to Key's object
	Tx      TxMode      // "" means InTransaction
	Hazards []hazard.Hazard
	// Reason says why the statement is there when its object was not itself ticked: code and argument keys.
	Reason string
}

// Op is one operation on one object, as handed to a Dialect. Before is set for Alter, Drop and Replace; After for
// Create, Alter and Replace. Of an altered table, Fields are its own differing properties (diff.ColumnOrder among them)
// and Parts the operations on its parts, which may be Create, Alter, Drop or Replace. A created table has no Parts: its
// parts are in After; so with a dropped one.
type Op struct {
	Action        diff.Action
	Before, After schema.Object
	Fields        []diff.Field
	Parts         []Op
	Reason        string
}

// Key is the key of the object operated on.
func (o Op) Key() schema.Key {
	if o.After != nil {
		return o.After.Key()
	}
	return o.Before.Key()
}

// World is both ends of a plan: the target as it is and as it will be.
type World struct{ Before, After *schema.Database }

// Node is a run of statements that stay together, and what they do to which objects. The planner derives from the keys'
// dependencies and names what must come before what:
//
//   - a node that creates or alters X comes after the nodes that create or alter what X depends on afterwards,
//   - a node that drops or alters X comes before the nodes that drop what X depended on before, and before the nodes
//     that alter it when X no longer depends on it,
//   - a node that takes a name comes after the node that frees it.
//
// A created or dropped table's parts that are made or vanish in the same node are listed beside the table.
type Node struct {
	Statements             []Statement
	Creates, Alters, Drops []schema.Key
	// Needs are keys whose nodes must come first although no dependency says so: the ones that create or alter them or,
	// for what is gone afterwards, drop them.
	Needs []schema.Key
}

// Dialect is what the planner must know of one engine at one server version. Implementations are pure: they open no
// connection, and the same arguments always give the same result.
type Dialect interface {
	// Kinds lists every kind the engine has in the order in which objects are created when nothing else decides;
	// dropping goes backwards. Parts are among them.
	Kinds() []schema.Kind
	// Hazards says what a single change, parts not counted, does to data and users. before is the target.
	Hazards(c diff.Change, before *schema.Database) []hazard.Hazard
	// Replace tells that an altered object or part must be dropped and created again.
	Replace(c diff.Change) bool
	// StepsAside tells whether dependent, which exists before and after, must be dropped before op and created again
	// after it. on is the key through which it depends: op's own, or that of a part of the table that op drops or
	// replaces as a whole. Of an altered table, each part is asked about with its own operation.
	StepsAside(dependent schema.Object, on schema.Key, op Op) bool
	// Names are the names that an object takes in namespaces shared with other objects, any text that is equal on
	// collision ("public.users_email_idx" among PostgreSQL's relations). Parts are asked for by themselves.
	Names(o schema.Object) []string
	// Nodes renders one operation. A replaced top-level object arrives as two operations, its Drop and its Create; Replace
	// appears only in the Parts of an altered table. An error means that the dialect cannot do it; it is a *fault.Error of code
	// unsupported with a sentence for the user.
	Nodes(op Op, w World) ([]Node, error)
	// ColumnOrder tells whether the order of columns can be changed and counts as structure.
	ColumnOrder() bool
	// Transactional tells whether DDL can be rolled back.
	Transactional() bool
	// QuoteIdent quotes an identifier; QuoteString a string literal.
	QuoteIdent(name string) string
	QuoteString(s string) string
}

// Spreader is the part of a Dialect whose alterations may change other objects in place along with the one that they
// are made to: PostgreSQL's exchange of an enum type changes the columns of that type, a partitioned table's column
// those of its partitions.
type Spreader interface {
	// Spreads tells whether dependent, which does not step aside, is changed along with op, so that what depends on
	// dependent in turn must be asked whether it steps aside. Arguments are those of StepsAside.
	Spreads(dependent schema.Object, on schema.Key, op Op) bool
}

// Gatherer is the part of a Dialect that makes some changes only together, because one of them takes over the rows of
// others: a plain table takes the place of a partitioned one whose partitions go.
type Gatherer interface {
	// Gather finds such changes among all, as the keys of groups.
	Gather(changes []diff.Change) [][]schema.Key
	// Gathered are the hazards of a change of such a group, which c.Hazards has as if it were made by itself.
	Gathered(c diff.Change) []hazard.Hazard
}

// Pulled is a change that was not ticked but is needed by one that was.
type Pulled struct {
	Key, For schema.Key
	Reason   string
}

// LeftOut is a ticked change that cannot run without another one that is not allowed.
type LeftOut struct {
	Key     schema.Key
	Because schema.Key // the destructive change that it needs; its own key when it is destructive itself
}

// Plan is the ordered way from Before to Expected.
type Plan struct {
	Statements []Statement
	Pulled     []Pulled
	LeftOut    []LeftOut
	Before     *schema.Database
	Expected   *schema.Database
}
