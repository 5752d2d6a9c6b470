package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// viewNodes render a view. The servers check that what a view uses exists when it is created, and never afterwards: a
// view does not hold up what it no longer uses, and is put in place of its former self.
func (d dialect) viewNodes(op plan.Op, w plan.World) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		return d.one(op, "DROP VIEW "+quoteIdent(op.Before.Key().Name)), nil
	}
	v := op.After.(*schema.Scripted)
	sql := v.Definition
	if op.Action == diff.Alter {
		sql = orReplace(sql)
	}
	n := plan.Node{Statements: []plan.Statement{d.statement(op, sql)}, Creates: []schema.Key{v.Key()}, Needs: viewNeeds(v, w.After)}
	return []plan.Node{n}, nil
}

func orReplace(sql string) string {
	rest, ok := strings.CutPrefix(sql, "CREATE ")
	if !ok || strings.HasPrefix(rest, "OR REPLACE ") {
		return sql
	}
	return "CREATE OR REPLACE " + rest
}

// viewNeeds is everything that the view uses through other views, which may themselves be unchanged but unusable until
// it is there.
func viewNeeds(v *schema.Scripted, after *schema.Database) []schema.Key {
	seen := map[schema.Key]bool{v.Key(): true}
	var needs []schema.Key
	queue := v.Deps()
	for len(queue) > 0 {
		k := queue[0]
		queue = queue[1:]
		if seen[k] {
			continue
		}
		seen[k] = true
		needs = append(needs, k)
		if k.Kind != schema.KindView {
			continue
		}
		if o := after.Get(k); o != nil {
			queue = append(queue, o.Deps()...)
		}
	}
	return needs
}
