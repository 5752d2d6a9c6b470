package mysql

import (
	"cmp"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// constraintDefinition is a primary key or check as a line of CREATE TABLE.
func (d dialect) constraintDefinition(c *schema.Constraint) (string, error) {
	if c.Kind == schema.KindPrimaryKey {
		return d.primaryKeyDefinition(c)
	}
	if c.Kind != schema.KindCheck || !d.f.checks() {
		return "", d.cannot(c.Key(), "is of a kind that %s %s does not have: leave it out", d.f.name(), d.f.version())
	}
	text := "CONSTRAINT " + quoteIdent(c.Name) + " CHECK (" + c.Expr + ")"
	if c.NotEnforced {
		if !d.f.checkEnforcement() {
			return "", d.cannot(c.Key(), "is not enforced, which %s cannot: drop it in the source or enforce it", d.f.name())
		}
		text += " NOT ENFORCED"
	}
	return text, nil
}

func (d dialect) primaryKeyDefinition(c *schema.Constraint) (string, error) {
	parts, err := d.keyParts(c.Key(), c.Columns)
	if err != nil {
		return "", err
	}
	if p := c.Attrs.Get(attrWithoutOverlaps); p != "" {
		if !d.f.mariadb {
			return "", d.cannot(c.Key(), "is WITHOUT OVERLAPS, which %s does not have: leave its table out", d.f.name())
		}
		parts += "," + p + " WITHOUT OVERLAPS"
	}
	w := &words{}
	w.add("PRIMARY KEY (" + parts + ")")
	if v := cmp.Or(c.Attrs.Get(attrMethod), c.Spelling.Get(attrMethod)); v != "" {
		w.add("USING " + strings.ToUpper(v))
	}
	d.addIndexOptions(w, &c.Base)
	return w.String(), nil
}

// dropConstraint is the clause of ALTER TABLE.
func (d dialect) dropConstraint(c *schema.Constraint) string {
	switch {
	case c.Kind == schema.KindPrimaryKey:
		return "DROP PRIMARY KEY"
	case d.f.mariadb:
		return "DROP CONSTRAINT " + quoteIdent(c.Name)
	}
	return "DROP CHECK " + quoteIdent(c.Name)
}

// checkChangesInPlace: only whether it is enforced.
func (d dialect) checkChangesInPlace(c diff.Change) bool {
	return d.f.checkEnforcement() && c.Key().Kind == schema.KindCheck && onlyChanged(c, "not_enforced")
}

// enforcement is the clause of ALTER TABLE that turns a check on or off.
func enforcement(c *schema.Constraint) string {
	if c.NotEnforced {
		return "ALTER CHECK " + quoteIdent(c.Name) + " NOT ENFORCED"
	}
	return "ALTER CHECK " + quoteIdent(c.Name) + " ENFORCED"
}

// splitMovedChecks takes out of a table's alteration the dropping of checks whose names other tables take over, and gives
// each a statement of its own: in MySQL the names of checks are the database's, and tables that exchange them would each
// wait for the other's statement.
func (d dialect) splitMovedChecks(op plan.Op, w plan.World) ([]plan.Node, plan.Op) {
	if d.f.mariadb || !slices.ContainsFunc(op.Parts, dropsCheck) {
		return nil, op
	}
	table := op.Key().Name
	taken := checkNames(w.After, table)
	var first []plan.Node
	var rest []plan.Op
	for _, p := range op.Parts {
		if !dropsCheck(p) || !taken[strings.ToLower(p.Key().Name)] {
			rest = append(rest, p)
			continue
		}
		sql := "ALTER TABLE " + quoteIdent(table) + " " + d.dropConstraint(p.Before.(*schema.Constraint))
		first = append(first, plan.Node{Statements: []plan.Statement{d.statement(p, sql)}, Drops: []schema.Key{p.Key()}})
	}
	op.Parts = rest
	return first, op
}

func dropsCheck(p plan.Op) bool {
	return p.Action == diff.Drop && p.Key().Kind == schema.KindCheck
}

// checkNames are the folded names of all checks but those of one table.
func checkNames(db *schema.Database, except string) map[string]bool {
	names := map[string]bool{}
	for _, o := range db.Objects() {
		t, ok := o.(*schema.Table)
		if !ok || t.Name == except {
			continue
		}
		for _, c := range t.Constraints {
			if c.Kind == schema.KindCheck {
				names[strings.ToLower(c.Name)] = true
			}
		}
	}
	return names
}
