package mysql

import (
	"database/sql/driver"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// scriptSteps list triggers, routines and events, which both servers tell in bulk.
func (r *reader) scriptSteps() []step {
	db := quoteString(r.c.db)
	return []step{
		{"SELECT TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER FROM information_schema.TRIGGERS " +
			"WHERE TRIGGER_SCHEMA = " + db, r.triggerRow},
		{"SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = " + db, r.routineRow},
		{"SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = " + db, func(row []driver.Value) error {
			r.other.events = append(r.other.events, text(row[0]))
			return nil
		}},
	}
}

// sqlModeAttr is the value of attrSQLMode: "" for the mode that this program's sessions have, and "," for an empty mode,
// which the servers take for one.
func sqlModeAttr(mode string) string {
	own := strings.Split(sessionSQLMode, ",")
	modes := strings.Split(mode, ",")
	slices.Sort(own)
	slices.Sort(modes)
	switch {
	case slices.Equal(own, modes):
		return ""
	case mode == "":
		return ","
	}
	return mode
}

// withoutDefiner leaves the DEFINER clause out of a CREATE statement, by the positions of its tokens.
func withoutDefiner(sql string, tokens []token) (string, []token) {
	for i, t := range tokens {
		if i > 8 || !t.is("DEFINER") || i+1 >= len(tokens) || !tokens[i+1].punct("=") {
			continue
		}
		end := i + 3
		if end+1 < len(tokens) && tokens[end].text == "@" {
			end += 2
		}
		if end >= len(tokens) {
			break
		}
		cut := tokens[end].at - t.at
		rest := slices.Clone(tokens[end:])
		for j := range rest {
			rest[j].at -= cut
		}
		return sql[:t.at] + sql[tokens[end].at:], append(slices.Clone(tokens[:i]), rest...)
	}
	return sql, tokens
}

// scripted makes an object of a definition.
func scripted(kind schema.Kind, owner, name, definition, mode string) *schema.Scripted {
	s := &schema.Scripted{Kind: kind, Owner: owner, Name: name, Definition: definition}
	s.Attrs.Set(attrSQLMode, sqlModeAttr(mode), schema.ClassStructure)
	return s
}
