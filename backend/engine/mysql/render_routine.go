package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// routineNodes render a procedure or function. Its text never changes in place, its comment does.
func (d dialect) routineNodes(op plan.Op) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		r := op.Before.(*schema.Scripted)
		return d.one(op, "DROP "+routineWord(r)+" "+quoteIdent(routineName(r.Key()))), nil
	}
	r := op.After.(*schema.Scripted)
	comment := "ALTER " + routineWord(r) + " " + quoteIdent(routineName(r.Key())) + " COMMENT " + quoteString(r.Comment)
	if op.Action == diff.Alter {
		return d.one(op, comment), nil
	}
	statements := d.underSession(op, r)
	if r.Comment != "" {
		statements = append(statements, plan.Statement{SQL: comment, Key: r.Key(), Action: op.Action})
	}
	return []plan.Node{d.node(op, statements...)}, nil
}

// routineWord is PROCEDURE, FUNCTION or MariaDB's PACKAGE and PACKAGE BODY, as the key says.
func routineWord(r *schema.Scripted) string {
	return strings.ToUpper(strings.TrimSuffix(r.Name, " "+routineName(r.Key())))
}

// replacesScripted: triggers and events always, routines when more than the comment changes, or when it goes, which MySQL's
// ALTER does not do; views never.
func (d dialect) replacesScripted(c diff.Change) bool {
	switch c.Key().Kind {
	case schema.KindView:
		return false
	case schema.KindRoutine:
		return !onlyChanged(c, "comment") || c.After.Extra().Comment == "" && !d.f.mariadb
	}
	return true
}
