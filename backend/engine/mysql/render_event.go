package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// eventNodes render an event of the scheduler.
func (d dialect) eventNodes(op plan.Op) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		return d.one(op, "DROP EVENT "+quoteIdent(op.Before.Key().Name)), nil
	}
	e := *op.After.(*schema.Scripted)
	if strings.Contains(e.Attrs.Get(attrSQLMode), "HIGH_NOT_PRECEDENCE") {
		e.Definition = withoutNotPreserve(e.Definition)
	}
	return []plan.Node{d.node(op, d.underSession(op, &e)...)}, nil
}

// withoutNotPreserve leaves out that a completed event is not preserved, which is so anyway: MySQL prints it always, and
// takes it for an error where NOT has another precedence.
func withoutNotPreserve(definition string) string {
	tokens, err := tokenize(definition)
	if err != nil {
		return definition
	}
	words := [...]string{"ON", "COMPLETION", "NOT", "PRESERVE"}
	for i := 0; i+len(words) < len(tokens) && !tokens[i].is("DO"); i++ {
		n := 0
		for n < len(words) && tokens[i+n].is(words[n]) {
			n++
		}
		if n == len(words) {
			return definition[:tokens[i].at] + definition[tokens[i+n].at:]
		}
	}
	return definition
}
