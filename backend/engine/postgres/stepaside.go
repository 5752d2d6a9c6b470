package postgres

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// StepsAside implements plan.Dialect. What a kind's own file cannot do around a dependent object, the dependent object
// has to make possible: be dropped and come back.
func (d *dialect) StepsAside(dependent schema.Object, on schema.Key, op plan.Op) bool {
	if op.Key().Kind == schema.KindTable {
		return stepsAsideForTable(dependent, op)
	}
	switch on.Kind {
	case schema.KindColumn:
		return d.stepsAsideForColumn(dependent, op)
	case schema.KindPrimaryKey, schema.KindUnique, schema.KindExclusion, schema.KindCheck, schema.KindIndex:
		return goes(op)
	case schema.KindEnum, schema.KindDomain, schema.KindComposite, schema.KindRange, schema.KindCollation:
		if t, ok := dependent.(*schema.Table); ok {
			return t.PartitionBy != "" && op.Action != diff.Drop && typeGivesWay(op)
		}
		return typeGivesWay(op) || contains(dependent) && validatesDomain(op)
	case schema.KindView, schema.KindMaterializedView, schema.KindRoutine:
		return goes(op)
	case schema.KindSequence, schema.KindExtension:
		return op.Action == diff.Drop && dependent.Key().Kind != schema.KindTable && dependent.Key().Kind != schema.KindSequence
	}
	return false
}

func goes(op plan.Op) bool { return op.Action == diff.Drop || op.Action == diff.Replace }

// stepsAsideForTable: a table that goes as a whole takes its parts along; its partitions only leave it for a while.
func stepsAsideForTable(dependent schema.Object, op plan.Op) bool {
	if !goes(op) {
		return false
	}
	switch x := dependent.(type) {
	case *schema.Table, *schema.Constraint, *schema.Index:
		return false
	case *schema.ForeignKey:
		return !x.Inherited
	case *schema.Column:
		return x.Type.User == op.Key() // the type of its rows
	}
	return true
}

// typeGivesWay tells whether the old type or collation cannot simply be altered.
func typeGivesWay(op plan.Op) bool {
	return goes(op) || ownFate(op.Before, op.After, true) != kept
}

func validatesDomain(op plan.Op) bool {
	before, was := op.Before.(*schema.Domain)
	after, is := op.After.(*schema.Domain)
	return was && is && domainValidates(before, after)
}

func (d *dialect) stepsAsideForColumn(dependent schema.Object, op plan.Op) bool {
	if !d.valuesChange(op) {
		return false
	}
	var before, after *schema.Column
	before, _ = op.Before.(*schema.Column)
	after, _ = op.After.(*schema.Column)
	dropped := after == nil || op.Action == diff.Replace && (d.columnRecreated(before, after) || after.Generated != "")
	switch x := dependent.(type) {
	case *schema.ForeignKey:
		return dropped || !comparesAsBefore(before, after)
	case *schema.Constraint:
		return dropped || respelled(x) || x.Kind == schema.KindExclusion && before.Type.User.Kind == schema.KindRange
	case *schema.Index:
		return dropped || respelled(x) || before.Type.User.Kind == schema.KindRange
	case *schema.Column:
		return x.Generated != ""
	case *schema.Scripted:
		if x.Kind == schema.KindStatistics {
			return dropped
		}
		return true
	}
	return false
}

// respelled tells that the server, which makes checks and indexes anew by itself when a column's type changes, does so
// from a text of its own that it spells otherwise afterwards (see spell).
func respelled(o schema.Object) bool {
	for _, p := range o.Props() {
		if strings.Contains(p.Value, "ARRAY[") {
			return true
		}
	}
	return len(o.Extra().Spelling) > 0
}

// valuesChange tells whether an operation on a column touches what others see of it: its type or its being there. A
// default that only steps aside is nobody else's affair.
func (d *dialect) valuesChange(op plan.Op) bool {
	before, _ := op.Before.(*schema.Column)
	after, _ := op.After.(*schema.Column)
	if before == nil {
		return false
	}
	if after == nil || before.Type != after.Type || before.Collation != after.Collation || d.columnRecreated(before, after) {
		return true
	}
	return op.Action == diff.Replace && (before.Generated != "" || !before.Type.User.IsZero() || before.Collation != "")
}

// comparesAsBefore tells that a foreign key between columns of these types can stay while one becomes the other.
func comparesAsBefore(before, after *schema.Column) bool {
	if !before.Type.User.IsZero() || !after.Type.User.IsZero() {
		return false
	}
	none := &schema.Database{}
	return sameComparison(shapeOf(before.Type, none), shapeOf(after.Type, none))
}
