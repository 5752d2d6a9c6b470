package mysql

import (
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// sessionSettings are the settings of a session that the servers keep with what is created in it, and the attributes that
// tell them where they are not the ones of this program's sessions.
var sessionSettings = []struct{ variable, attr string }{{"sql_mode", attrSQLMode}, {"time_zone", attrTimeZone}}

// underSession creates the object in a session set up like the one that its body was written for, and puts the session
// back.
func (d dialect) underSession(op plan.Op, o *schema.Scripted) []plan.Statement {
	var before, after []plan.Statement
	set := func(to, value string) plan.Statement {
		return plan.Statement{SQL: "SET " + to + " = " + value, Key: o.Key(), Action: op.Action}
	}
	for _, s := range sessionSettings {
		value := o.Attrs.Get(s.attr)
		if value == "" {
			continue
		}
		if value == "," { // the empty sql_mode; an empty attribute would be none
			value = ""
		}
		kept := "@dbstruct_" + s.variable
		before = append(before, set(kept, "@@SESSION."+s.variable), set("SESSION "+s.variable, quoteString(value)))
		after = append([]plan.Statement{set("SESSION "+s.variable, kept)}, after...)
	}
	return append(append(before, d.statement(op, o.Definition)), after...)
}
