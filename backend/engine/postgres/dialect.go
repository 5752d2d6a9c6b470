package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// dialect renders changes for one server version. Each kind of object has its file, render_<kind>.go.
type dialect struct {
	v     version
	known *factsCache
}

// newDialect is the dialect of servers of that version.
func newDialect(v version) plan.Dialect { return &dialect{v: v, known: &factsCache{}} }

// kinds is the order of creation when no dependency decides.
var kinds = []schema.Kind{
	schema.KindSchema, schema.KindExtension, schema.KindCollation, schema.KindEnum, schema.KindDomain,
	schema.KindComposite, schema.KindRange, schema.KindSequence, schema.KindTable, schema.KindColumn,
	schema.KindPrimaryKey, schema.KindUnique, schema.KindCheck, schema.KindExclusion, schema.KindIndex,
	schema.KindForeignKey, schema.KindStatistics, schema.KindRoutine, schema.KindView, schema.KindMaterializedView,
	schema.KindTrigger, schema.KindRule, schema.KindPolicy,
}

// Kinds implements plan.Dialect.
func (d *dialect) Kinds() []schema.Kind { return append([]schema.Kind(nil), kinds...) }

// ColumnOrder implements plan.Dialect: PostgreSQL cannot move a column.
func (d *dialect) ColumnOrder() bool { return false }

// Transactional implements plan.Dialect.
func (d *dialect) Transactional() bool { return true }

// QuoteIdent implements plan.Dialect.
func (d *dialect) QuoteIdent(name string) string { return quoteIdent(name) }

// QuoteString implements plan.Dialect.
func (d *dialect) QuoteString(s string) string { return quoteLiteral(s) }

// Replace implements plan.Dialect.
func (d *dialect) Replace(c diff.Change) bool {
	switch after := c.After.(type) {
	case *schema.Table:
		return replacedBy(c)
	case *schema.Column:
		return d.columnRecreated(c.Before.(*schema.Column), after)
	case *schema.Constraint:
		return d.constraintReplaced(c)
	case *schema.Index:
		return indexReplaced(c)
	case *schema.ForeignKey:
		return d.foreignKeyReplaced(c)
	case *schema.Scripted:
		return scriptedReplaced(c)
	}
	return false // sequences and types are altered in place or, types, made anew under their name by their own file
}

// scriptedReplaced tells whether a scripted object's change is more than its comment and what its kind can alter.
func scriptedReplaced(c diff.Change) bool {
	if !changed(c.Fields, "definition") {
		return false
	}
	before, after := c.Before.(*schema.Scripted), c.After.(*schema.Scripted)
	switch after.Kind {
	case schema.KindRoutine:
		return !routineReplaceable(before, after)
	case schema.KindCollation, schema.KindSchema, schema.KindExtension:
		return false // collations are made anew under their name; the others have nothing in the text to alter
	}
	return true
}

// Nodes implements plan.Dialect.
func (d *dialect) Nodes(op plan.Op, w plan.World) ([]plan.Node, error) {
	r := d.rendering(w)
	nodes, err := r.nodes(op)
	r.afterMoving(op, nodes)
	r.restore(nodes)
	return nodes, err
}

func (r *rendering) nodes(op plan.Op) ([]plan.Node, error) {
	if op.After != nil {
		if err := r.supported(op.After); err != nil {
			return nil, err
		}
	}
	switch k := op.Key().Kind; k {
	case schema.KindTable:
		return r.table(op)
	case schema.KindForeignKey:
		return r.foreignKey(op)
	case schema.KindSequence:
		return r.sequence(op)
	case schema.KindEnum:
		return r.enum(op)
	case schema.KindDomain:
		return r.domain(op)
	case schema.KindComposite:
		return r.composite(op)
	case schema.KindCollation:
		return r.collation(op)
	case schema.KindSchema:
		return r.schema(op)
	case schema.KindExtension:
		return r.extension(op)
	case schema.KindRange:
		return r.rangeType(op)
	case schema.KindStatistics:
		return r.statistics(op)
	case schema.KindRoutine:
		return r.routine(op)
	case schema.KindView:
		return r.view(op)
	case schema.KindMaterializedView:
		return r.materializedView(op)
	case schema.KindTrigger:
		return r.trigger(op)
	case schema.KindRule:
		return r.rule(op)
	case schema.KindPolicy:
		return r.policy(op)
	default:
		return nil, fault.New(fault.Unsupported, "PostgreSQL has no objects of the kind %q (%s)", k, op.Key())
	}
}

// rendering is one call's context: the version, both ends of the plan and what is quickly found in them.
type rendering struct {
	d             *dialect
	v             version
	w             plan.World
	before, after *facts
	hazards       *hazards
}

func (d *dialect) rendering(w plan.World) *rendering {
	r := &rendering{d: d, v: d.v, w: w}
	r.before, r.after = d.known.both(w.Before, w.After)
	r.hazards = &hazards{v: d.v, before: w.Before, after: w.After}
	return r
}

// changed tells whether one of the named properties is among the differing ones.
func changed(fields []diff.Field, names ...string) bool {
	for _, f := range fields {
		for _, n := range names {
			if f.Name == n {
				return true
			}
		}
	}
	return false
}

// onlyChanged tells that nothing but the named properties differs.
func onlyChanged(fields []diff.Field, names ...string) bool {
	for _, f := range fields {
		if !changed([]diff.Field{f}, names...) {
			return false
		}
	}
	return true
}
