package mysql

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// retell brings texts of the model to new names: those of a table's parts, which name nothing but its columns, and the heads
// of views and triggers. The queries of views and the bodies of triggers stay as they are, as on the servers.
func retell(r *schema.Renaming, of schema.Object, text string) (string, bool) {
	if s, ok := of.(*schema.Scripted); ok {
		return retellScripted(r, s, text)
	}
	columns, labels := spokenOf(r, of)
	if len(columns)+len(labels) == 0 {
		return text, true
	}
	return replaceTokens(text, func(tokens []token, i int) (string, bool) {
		t := tokens[i]
		if t.kind == tokString {
			value, err := unquoteString(t.text)
			to, ok := labels[value]
			return quoteString(to), ok && err == nil
		}
		name, ok := nameOf(t)
		to, renamed := columns[strings.ToLower(name)]
		switch {
		case !ok || !renamed, i+1 < len(tokens) && tokens[i+1].punct("("), i > 0 && tokens[i-1].is("PARTITION"), i > 0 && tokens[i-1].is("SUBPARTITION"):
			return "", false
		case t.kind == tokIdent:
			return quoteIdent(to), true
		}
		// A bare word is a column in the list of KEY (…) alone.
		if !inKeyList(tokens, i) {
			return "", false
		}
		for _, c := range to {
			if c != '_' && c != '$' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
				return quoteIdent(to), true
			}
		}
		return to, true
	}), true
}

// spokenOf are the new names of columns, in lower case, and labels that an object of a table speaks of.
func spokenOf(r *schema.Renaming, of schema.Object) (columns, labels map[string]string) {
	columns, labels = map[string]string{}, map[string]string{}
	note := func(k schema.Key) {
		if k.Kind != schema.KindColumn {
			return
		}
		if to := r.Key(k).Name; to != k.Name {
			columns[strings.ToLower(k.Name)] = to
		}
		for from, to := range r.Members(k) {
			labels[from] = to
		}
	}
	note(of.Key())
	of.EachDep(note)
	for _, p := range of.Parts() {
		note(p.Key())
	}
	return columns, labels
}

func nameOf(t token) (string, bool) {
	switch t.kind {
	case tokIdent:
		name, err := unquoteIdent(t.text)
		return name, err == nil
	case tokWord:
		return t.text, true
	}
	return "", false
}

// inKeyList tells that token i stands in the list of PARTITION BY KEY (…).
func inKeyList(tokens []token, i int) bool {
	for i--; i > 0; i-- {
		if tokens[i].punct("(") {
			return tokens[i-1].is("KEY") || tokens[i-1].is("COLUMNS") || tokens[i-1].kind == tokNumber
		}
		if !tokens[i].punct(",") && tokens[i].kind != tokIdent && tokens[i].kind != tokWord {
			return false
		}
	}
	return false
}

// replaceTokens writes other texts in the place of tokens and leaves everything else as it is. A text that cannot be taken
// apart stays.
func replaceTokens(text string, other func(tokens []token, i int) (string, bool)) string {
	tokens, err := tokenize(text)
	if err != nil {
		return text
	}
	var out strings.Builder
	at := 0
	for i, t := range tokens {
		if to, ok := other(tokens, i); ok {
			out.WriteString(text[at:t.at] + to)
			at = t.at + len(t.text)
		}
	}
	return out.String() + text[at:]
}

// retellScripted changes the name of a view, or of a trigger's table, in the head of the statement; the rest is not sure when
// it names something that is renamed.
func retellScripted(r *schema.Renaming, s *schema.Scripted, text string) (string, bool) {
	if text != s.Definition {
		return text, true
	}
	k := s.Key()
	to := r.Key(k)
	heads := map[string]string{}
	if to.Name != k.Name {
		heads[k.Name] = to.Name
	}
	if to.Owner != k.Owner {
		heads[k.Owner] = to.Owner
	}
	spoken := map[string]bool{}
	s.EachDep(func(d schema.Key) {
		if is := r.Key(d); is.Name != d.Name {
			spoken[strings.ToLower(d.Name)] = true
		} else if is.Owner != d.Owner && s.Kind != schema.KindTrigger {
			spoken[strings.ToLower(d.Owner)] = true
		}
	})
	if s.Kind == schema.KindTrigger { // what its body speaks of the server does not tell
		for _, n := range r.Columns(schema.Key{Kind: schema.KindTable, Name: k.Owner}) {
			spoken[strings.ToLower(n)] = true
		}
		spoken[strings.ToLower(k.Owner)] = to.Owner != k.Owner
	}
	sure, head := true, true
	out := replaceTokens(text, func(tokens []token, i int) (string, bool) {
		t := tokens[i]
		name, ok := nameOf(t)
		if !ok {
			return "", false
		}
		if is := heads[name]; head && is != "" && t.kind == tokIdent {
			delete(heads, name)
			return quoteIdent(is), true
		}
		if t.is("AS") || t.is("EACH") {
			head = false
		}
		if !head && spoken[strings.ToLower(name)] {
			sure = false
		}
		return "", false
	})
	return out, sure
}
