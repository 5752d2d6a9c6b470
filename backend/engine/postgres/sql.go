package postgres

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// work collects the statements of one node, all serving one object.
type work struct {
	key        schema.Key
	action     diff.Action
	statements []plan.Statement
}

func newWork(key schema.Key, action diff.Action) *work { return &work{key: key, action: action} }

// run adds a statement; an empty one is left out.
func (w *work) run(sql string, hs ...hazard.Hazard) *work {
	if sql != "" {
		w.statements = append(w.statements, plan.Statement{
			SQL: sql, Key: w.key, Action: w.action, Tx: plan.InTransaction, Hazards: hs,
		})
	}
	return w
}

// runFor adds a statement that serves another object than the rest.
func (w *work) runFor(key schema.Key, action diff.Action, sql string, hs ...hazard.Hazard) *work {
	if sql != "" {
		w.statements = append(w.statements, plan.Statement{SQL: sql, Key: key, Action: action, Tx: plan.InTransaction, Hazards: hs})
	}
	return w
}

// comment adds the statement that brings the comment on target ("TABLE public.t") from before to after, if they differ.
func (w *work) comment(target, before, after string) *work {
	if before == after {
		return w
	}
	return w.run(commentOn(target, after))
}

func (w *work) creates(keys ...schema.Key) plan.Node {
	return plan.Node{Statements: w.statements, Creates: keys}
}

func (w *work) alters(keys ...schema.Key) plan.Node {
	return plan.Node{Statements: w.statements, Alters: keys}
}

func (w *work) drops(keys ...schema.Key) plan.Node {
	return plan.Node{Statements: w.statements, Drops: keys}
}

// nodes keeps the nodes that are of use to the planner: those with statements or keys.
func nodes(list ...plan.Node) []plan.Node { return list }

func commentOn(target, text string) string {
	if text == "" {
		return "COMMENT ON " + target + " IS NULL"
	}
	return "COMMENT ON " + target + " IS " + quoteLiteral(text)
}

// alterTable is one ALTER TABLE of the actions given, "" without any.
func alterTable(target string, actions []string) string {
	switch len(actions) {
	case 0:
		return ""
	case 1:
		return "ALTER TABLE " + target + " " + actions[0]
	}
	return "ALTER TABLE " + target + "\n    " + strings.Join(actions, ",\n    ")
}

// tableName is the quoted name of the table that a part or belonging has as its owner.
func ownerName(k schema.Key) string { return quoteQualified(k.Schema, k.Owner) }

func fullName(k schema.Key) string { return quoteQualified(k.Schema, k.Name) }

// option is one entry of a list of storage parameters or the like.
type option struct{ name, value string }

// parseOptions takes apart "autovacuum_enabled='false', fillfactor='70'".
func parseOptions(text string) []option {
	var out []option
	for _, item := range splitOutside(text, ',') {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		name, value, _ := strings.Cut(item, "=")
		out = append(out, option{name, value})
	}
	return out
}

// splitOutside splits at a separator that is not within quotes of either sort, parentheses or brackets.
func splitOutside(text string, sep byte) []string {
	var out []string
	depth, start := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\'' || c == '"':
			i = skipQuoted(text, i)
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case c == sep && depth == 0:
			out = append(out, text[start:i])
			start = i + 1
		}
	}
	return append(out, text[start:])
}

// skipQuoted is the index of the quote that ends what starts at i; doubled quotes stay inside by being skipped in pairs.
func skipQuoted(text string, i int) int {
	end := strings.IndexByte(text[i+1:], text[i])
	if end < 0 {
		return len(text) - 1
	}
	return i + 1 + end
}

func isQuote(c byte) bool { return c == '\'' || c == '"' }

// closingBracket is the index of the parenthesis or bracket that closes the one at open, -1 when there is none.
func closingBracket(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '\'', '"':
			i = skipQuoted(text, i)
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// optionChanges are the SET and RESET clauses that lead from one list of options to another: "RESET (b)", "SET (a='1')".
// The server keeps options in the order in which they were set last, so what stands in another place is set again.
func optionChanges(before, after string) []string {
	was, is := parseOptions(before), parseOptions(after)
	wanted := map[string]bool{}
	for _, o := range is {
		wanted[o.name] = true
	}
	var stays []option
	var reset, set []string
	for _, o := range was {
		if wanted[o.name] {
			stays = append(stays, o)
		} else {
			reset = append(reset, o.name)
		}
	}
	keep := len(is) // so many options at the beginning are as they should be when the rest is set again
	for ; keep > 0; keep-- {
		if slices.Equal(is[:keep], withNames(stays, is[:keep])) {
			break
		}
	}
	for _, o := range is[keep:] {
		set = append(set, o.name+"="+o.value)
	}
	var out []string
	if len(reset) > 0 {
		out = append(out, "RESET ("+strings.Join(reset, ", ")+")")
	}
	if len(set) > 0 {
		out = append(out, "SET ("+strings.Join(set, ", ")+")")
	}
	return out
}

// withNames are the options that have one of the names of these others.
func withNames(options, others []option) []option {
	var out []option
	for _, o := range options {
		if slices.ContainsFunc(others, func(x option) bool { return x.name == o.name }) {
			out = append(out, o)
		}
	}
	return out
}
