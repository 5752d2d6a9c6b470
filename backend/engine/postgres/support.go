package postgres

import (
	"strings"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// supported tells, in a sentence for the user, what of an object this server's version does not have; nil when it has
// everything. Without it the server would speak of a syntax error.
func (r *rendering) supported(o schema.Object) error {
	for _, f := range features(o) {
		if f.present && !r.v.atLeast(f.since) {
			return fault.New(fault.Unsupported, "PostgreSQL %s has no %s, which %s needs (new in PostgreSQL %d)",
				r.v, f.name, displayName(o.Key()), f.since)
		}
	}
	for _, p := range o.Parts() {
		if err := r.supported(p); err != nil {
			return err
		}
	}
	return nil
}

type feature struct {
	present bool
	since   int
	name    string
}

func features(o schema.Object) []feature {
	switch x := o.(type) {
	case *schema.Column:
		return []feature{
			{x.GeneratedKind == "VIRTUAL", 18, "virtual generated columns"},
			{x.Inherited && x.Identity != nil, 17, "identity columns in partitions"},
			{strings.Contains(x.Attrs.Get(attrNotNullOpts), "NOT VALID"), 18, "NOT NULL constraints that are not valid"},
		}
	case *schema.Constraint:
		return []feature{
			{x.NullsNotDistinct, 15, "NULLS NOT DISTINCT"},
			{x.WithoutOverlaps, 18, "WITHOUT OVERLAPS"},
			{x.NotEnforced, 18, "constraints that are not enforced"},
		}
	case *schema.Index:
		return []feature{{x.NullsNotDistinct, 15, "NULLS NOT DISTINCT"}}
	case *schema.ForeignKey:
		return []feature{
			{len(x.SetColumns) > 0, 15, "ON DELETE SET with a list of columns"},
			{x.Period, 18, "foreign keys with PERIOD"},
			{x.NotEnforced, 18, "constraints that are not enforced"},
		}
	case *schema.Sequence:
		return []feature{{x.Attrs.Get(attrPersistence) != "", 15, "unlogged sequences"}}
	case *schema.Scripted:
		return []feature{
			{x.Kind == schema.KindRoutine && strings.Contains(x.Definition, "\nBEGIN ATOMIC\n"), 14, "bodies in standard SQL"},
			{x.Kind == schema.KindView && strings.Contains(viewOptions(x.Definition), "security_invoker"), 15, "views with the privileges of who asks"},
		}
	}
	return nil
}

// viewOptions are what stands before the query.
func viewOptions(definition string) string {
	head, _, _ := strings.Cut(definition, " AS\n")
	return head
}
