package sqlite

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// dialect renders changes. What one kind of object needs is in the kind's render file; here is only what decides between
// kinds.
type dialect struct{}

var kinds = []schema.Kind{
	schema.KindVirtualTable, schema.KindTable, schema.KindColumn, schema.KindPrimaryKey, schema.KindUnique, schema.KindCheck,
	schema.KindIndex, schema.KindForeignKey, schema.KindView, schema.KindTrigger,
}

// Kinds implements plan.Dialect.
func (dialect) Kinds() []schema.Kind { return kinds }

// ColumnOrder implements plan.Dialect.
func (dialect) ColumnOrder() bool { return true }

// FoldsColumns tells that names of columns are compared without regard to case (compare asks).
func (dialect) FoldsColumns() bool { return true }

// Transactional implements plan.Dialect.
func (dialect) Transactional() bool { return true }

// QuoteIdent implements plan.Dialect.
func (dialect) QuoteIdent(name string) string { return quoteIdent(name) }

// QuoteString implements plan.Dialect.
func (dialect) QuoteString(s string) string { return quoteString(s) }

// Names implements plan.Dialect.
func (dialect) Names(o schema.Object) []string {
	k := o.Key()
	switch k.Kind {
	case schema.KindTable, schema.KindVirtualTable, schema.KindView, schema.KindIndex:
		return []string{"rel:" + fold(k.Name)}
	case schema.KindTrigger:
		return []string{"trigger:" + fold(k.Name)}
	case schema.KindPrimaryKey: // a table has one
		return []string{"pk:" + fold(k.Owner)}
	}
	return nil
}

// Replace implements plan.Dialect. What stands in a table's definition changes with the table.
func (dialect) Replace(c diff.Change) bool {
	switch c.After.(type) {
	case *schema.Scripted, *schema.Index:
		return true
	}
	return false
}

// StepsAside implements plan.Dialect. A trigger goes with the view that it is on; a table that is built anew brings its
// own back, see rebuild.
func (dialect) StepsAside(dependent schema.Object, on schema.Key, op plan.Op) bool {
	k := dependent.Key()
	return k.Kind == schema.KindTrigger && on.Kind == schema.KindView && on.Name == k.Owner &&
		(op.Action == diff.Drop || op.Action == diff.Replace)
}

// Absorbs implements plan.Absorber.
func (dialect) Absorbs(kind schema.Kind) bool { return kind == schema.KindForeignKey }

// Clause implements plan.Absorber.
func (dialect) Clause(o schema.Object) (string, error) {
	f, ok := o.(*schema.ForeignKey)
	if !ok {
		return "", cannot(o.Key(), "does not stand in a table's definition")
	}
	return foreignKeyClause(f, false)
}

// Nodes implements plan.Dialect.
func (d dialect) Nodes(op plan.Op, w plan.World) ([]plan.Node, error) {
	o := op.After
	if o == nil {
		o = op.Before
	}
	switch o := o.(type) {
	case *schema.Table:
		return d.tableNodes(op, w)
	case *schema.ForeignKey:
		return nil, nil
	case *schema.Scripted:
		switch o.Kind {
		case schema.KindView, schema.KindTrigger, schema.KindVirtualTable:
			return d.scriptedNodes(op), nil
		}
	}
	return nil, cannot(o.Key(), "is of a kind that SQLite does not have: leave it out of the synchronisation")
}

// cannot is the fault for something that SQLite cannot have. text goes on after the object's name.
func cannot(k schema.Key, text string, args ...any) error {
	name := k.Name
	if k.Owner != "" {
		name = k.Owner + "." + k.Name
	}
	return fault.New(fault.Unsupported, "the %s %s "+text, append([]any{strings.ReplaceAll(string(k.Kind), "_", " "), name}, args...)...)
}

// scriptedNodes render what is one statement. A replacement comes as a drop and a create.
func (d dialect) scriptedNodes(op plan.Op) []plan.Node {
	k := op.Key()
	if op.Action == diff.Drop {
		words := map[schema.Kind]string{schema.KindView: "VIEW", schema.KindTrigger: "TRIGGER", schema.KindVirtualTable: "TABLE"}
		return []plan.Node{{Statements: []plan.Statement{d.statement(op, "DROP "+words[k.Kind]+" "+quoteIdent(k.Name))}, Drops: []schema.Key{k}}}
	}
	return []plan.Node{{Statements: []plan.Statement{d.statement(op, scriptedText(op.After.(*schema.Scripted)))}, Creates: []schema.Key{k}}}
}

// scriptedText is the statement as it was written, where that is known.
func scriptedText(s *schema.Scripted) string {
	if text := s.Spelling.Get(spellText); text != "" {
		return strings.TrimRight(strings.TrimSpace(text), ";")
	}
	return s.Definition
}

// statement is a statement that carries the hazards of the operation itself.
func (d dialect) statement(op plan.Op, sql string) plan.Statement {
	return plan.Statement{SQL: sql, Key: op.Key(), Action: op.Action, Hazards: d.opHazards(op), Reason: op.Reason}
}
