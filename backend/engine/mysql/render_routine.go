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
		return d.one(op, "DROP "+routineWord(r)+" "+quoteIdent(r.Name)), nil
	}
	r := op.After.(*schema.Scripted)
	comment := "ALTER " + routineWord(r) + " " + quoteIdent(r.Name) + " COMMENT " + quoteString(r.Comment)
	if op.Action == diff.Alter {
		return d.one(op, comment), nil
	}
	statements := d.underSQLMode(op, r)
	if r.Comment != "" {
		statements = append(statements, plan.Statement{SQL: comment, Key: r.Key(), Action: op.Action})
	}
	return []plan.Node{d.node(op, statements...)}, nil
}

// routineWord is PROCEDURE, FUNCTION or MariaDB's PACKAGE and PACKAGE BODY, as the definition says.
func routineWord(r *schema.Scripted) string {
	rest, _ := strings.CutPrefix(strings.ToUpper(r.Definition), "CREATE ")
	for _, word := range []string{"PACKAGE BODY", "PACKAGE", "FUNCTION", "AGGREGATE FUNCTION", "PROCEDURE"} {
		if strings.HasPrefix(rest, word+" ") {
			return strings.TrimPrefix(word, "AGGREGATE ")
		}
	}
	return "PROCEDURE"
}

// replacesScripted: triggers and events always, routines when more than the comment changes; views never.
func (d dialect) replacesScripted(c diff.Change) bool {
	switch c.Key().Kind {
	case schema.KindView:
		return false
	case schema.KindRoutine:
		return !onlyChanged(c, "comment")
	}
	return true
}

// underSQLMode creates the object under the sql_mode that its body was written for, which the server keeps with it.
func (d dialect) underSQLMode(op plan.Op, o *schema.Scripted) []plan.Statement {
	create := d.statement(op, o.Definition)
	mode := o.Attrs.Get(attrSQLMode)
	if mode == "" {
		return []plan.Statement{create}
	}
	aside := func(sql string) plan.Statement {
		return plan.Statement{SQL: sql, Key: o.Key(), Action: op.Action}
	}
	return []plan.Statement{
		aside("SET @dbstruct_sql_mode = @@SESSION.sql_mode"),
		aside("SET SESSION sql_mode = " + quoteString(mode)),
		create,
		aside("SET SESSION sql_mode = @dbstruct_sql_mode"),
	}
}
