package postgres

import (
	"strings"

	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// routine renders a function, procedure or aggregate. Its key has the types of its arguments; what else CREATE OR REPLACE
// cannot change makes a new one.
func (r *rendering) routine(op plan.Op) ([]plan.Node, error) {
	o := op.After
	if o == nil {
		o = op.Before
	}
	name := o.Extra().Attrs.Get(attrRoutine)
	return r.scripted(op, name, "DROP "+name, nil), nil
}

// routineReplaceable tells whether CREATE OR REPLACE can make the change: the sort of routine, the names and modes of its
// arguments and its result stay, and no argument loses its default.
func routineReplaceable(before, after *schema.Scripted) bool {
	if before.Attrs.Get(attrRoutine) != after.Attrs.Get(attrRoutine) || strings.HasPrefix(after.Attrs.Get(attrRoutine), "AGGREGATE") {
		return false
	}
	b, a := routineHead(before.Definition), routineHead(after.Definition)
	if b.result != a.result || b.window != a.window || len(b.arguments) != len(a.arguments) {
		return false
	}
	for i := range b.arguments {
		bareBefore, hadDefault := cutDefault(b.arguments[i])
		bareAfter, hasDefault := cutDefault(a.arguments[i])
		if bareBefore != bareAfter || hadDefault && !hasDefault {
			return false
		}
	}
	return true
}

// head is the part of a routine's definition before its body.
type head struct {
	arguments []string
	result    string
	window    bool
}

// routineHead takes a definition as pg_get_functiondef writes it apart.
func routineHead(definition string) head {
	open := strings.IndexByte(definition, '(')
	for open >= 0 && insideQuotes(definition, open) {
		next := strings.IndexByte(definition[open+1:], '(')
		if next < 0 {
			return head{result: definition}
		}
		open += 1 + next
	}
	if open < 0 {
		return head{result: definition}
	}
	end := closingBracket(definition, open)
	if end < 0 {
		return head{result: definition}
	}
	rest := definition[end+1:]
	result, options, _ := strings.Cut(rest, "\n LANGUAGE ")
	options, _, _ = strings.Cut(options, "\nAS ")
	h := head{result: result, window: strings.Contains(options, " WINDOW")}
	for _, a := range splitOutside(definition[open+1:end], ',') {
		h.arguments = append(h.arguments, strings.TrimSpace(a))
	}
	return h
}

// insideQuotes tells whether position i of text is within a quoted identifier.
func insideQuotes(text string, i int) bool { return strings.Count(text[:i], `"`)%2 == 1 }

// cutDefault takes the default off an argument.
func cutDefault(argument string) (bare string, had bool) {
	quoted := false
	for i := 0; i < len(argument); i++ {
		if argument[i] == '"' {
			quoted = !quoted
		}
		if !quoted && strings.HasPrefix(argument[i:], " DEFAULT ") {
			return argument[:i], true
		}
	}
	return argument, false
}
