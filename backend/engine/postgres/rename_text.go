package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// retell brings texts of the server to new names, as the server itself prints them afterwards: it keeps expressions and
// queries as trees that refer to objects by number. Not sure is what depends on how it tells names apart in queries.
func retell(r *schema.Renaming, of schema.Object, text string) (string, bool) {
	n := spokenOf(r, of)
	if n == nil {
		return text, true
	}
	return n.retell(text)
}

// newNames are the new names of what one object speaks of.
type newNames struct {
	of        schema.Object
	columns   map[string]string // by the name alone, which is how texts name them
	kept      map[string]bool   // columns of the same name that keep it
	relations map[[2]string]string
	known     map[[2]string]bool // every relation and type that it speaks of
	members   map[[2]string]map[string]string
	parts     map[string]string // of a table: its indexes and constraints
}

func spokenOf(r *schema.Renaming, of schema.Object) *newNames {
	n := &newNames{
		of: of, columns: map[string]string{}, kept: map[string]bool{}, relations: map[[2]string]string{},
		known: map[[2]string]bool{}, members: map[[2]string]map[string]string{}, parts: map[string]string{},
	}
	note := func(k schema.Key) {
		if k.Owner != "" {
			if table, ok := k.TableOf(); ok {
				n.relation(r, table)
			}
			switch to := r.Key(k).Name; {
			case k.Kind != schema.KindColumn && k.Kind.IsPart() && to != k.Name:
				n.parts[k.Name] = to
			case k.Kind != schema.KindColumn:
			case to != k.Name:
				n.columns[k.Name] = to
			default:
				n.kept[k.Name] = true
			}
			return
		}
		n.relation(r, k)
	}
	note(of.Key())
	of.EachDep(note)
	for _, p := range of.Parts() {
		note(p.Key())
		p.EachDep(note)
	}
	if len(n.columns)+len(n.relations)+len(n.members)+len(n.parts) == 0 {
		return nil
	}
	return n
}

func (n *newNames) relation(r *schema.Renaming, k schema.Key) {
	name := [2]string{k.Schema, k.Name}
	n.known[name] = true
	if to := r.Key(k).Name; to != k.Name {
		n.relations[name] = to
	}
	if m := r.Members(k); m != nil {
		n.members[name] = m
	}
}

// isQuery tells that the object's text may hold queries, where names may mean several things.
func (n *newNames) isQuery() bool {
	_, scripted := n.of.(*schema.Scripted)
	return scripted
}

// retelling is one text at work.
type retelling struct {
	*newNames
	all         []token
	tokens      []int // indexes in all of what is no white space
	out         []string
	sure, spoke bool // spoke: a column was renamed in it
}

func (n *newNames) retell(text string) (string, bool) {
	if t, ok := n.indexName(text); ok {
		return t, true
	}
	w := &retelling{newNames: n, all: tokenize(text), sure: true}
	for i, t := range w.all {
		w.out = append(w.out, t.text)
		if strings.TrimSpace(t.text) != "" {
			w.tokens = append(w.tokens, i)
		}
	}
	for i := range w.tokens {
		w.token(i)
	}
	if w.spoke && n.isQuery() && !w.plainQuery() {
		w.sure = false
	}
	return strings.Join(w.out, ""), w.sure
}

// indexName is an attribute of a table that names one of its indexes.
func (n *newNames) indexName(text string) (string, bool) {
	for from, to := range n.parts {
		switch text {
		case quoteIdent(from):
			return quoteIdent(to), true
		case "USING INDEX " + quoteIdent(from):
			return "USING INDEX " + quoteIdent(to), true
		}
	}
	return text, false
}

// at is the i-th token that is no white space; "" beyond the ends.
func (w *retelling) at(i int) string {
	if i < 0 || i >= len(w.tokens) {
		return ""
	}
	return w.all[w.tokens[i]].text
}

// name is the name that the i-th token is; "" when it is none.
func (w *retelling) name(i int) string {
	if i < 0 || i >= len(w.tokens) {
		return ""
	}
	t := w.all[w.tokens[i]]
	switch {
	case !t.ident:
		return ""
	case t.text[0] == '"':
		return strings.ReplaceAll(t.text[1:len(t.text)-1], `""`, `"`)
	}
	return t.text
}

func (w *retelling) put(i int, text string) { w.out[w.tokens[i]] = text }

func (w *retelling) token(i int) {
	if strings.HasPrefix(w.at(i), "'") {
		w.literal(i)
		return
	}
	name := w.name(i)
	if name == "" {
		return
	}
	before, after := w.at(i-1), w.at(i+1)
	if before == "." {
		if to, ok := w.relations[[2]string{w.name(i - 2), name}]; ok {
			w.put(i, quoteIdent(to))
			return
		}
		if w.known[[2]string{w.name(i - 2), name}] && w.columns[name] != "" && w.at(i-3) != "." {
			if _, column := w.columns[w.name(i-2)]; !column && !w.isRange(w.name(i-2)) {
				return // a relation of that name
			}
		}
		if w.at(i-2) == ")" {
			w.attribute(i, name)
			return
		}
	} else if after == "." {
		w.qualifier(i, name)
		return
	}
	if to, ok := w.columns[name]; ok && w.isColumn(i) {
		w.column(i, name, to)
	}
}

// isRange tells that a relation that the text speaks of goes by that name.
func (w *retelling) isRange(name string) bool {
	for known := range w.known {
		if known[1] == name {
			return true
		}
	}
	return false
}

// qualifier is a name in front of a dot: a relation's own, a schema's, or an alias.
func (w *retelling) qualifier(i int, name string) {
	if w.known[[2]string{name, w.name(i + 2)}] {
		return // a schema
	}
	for known, to := range w.relations {
		if known[1] == name && !w.isAlias(name) {
			w.put(i, quoteIdent(to))
		}
	}
}

// isAlias tells that the text gives the name to something itself: behind a relation or a closed parenthesis.
func (w *retelling) isAlias(name string) bool {
	for i := range w.tokens {
		if w.name(i) != name {
			continue
		}
		if before := w.at(i - 1); before == ")" || w.name(i-1) != "" && w.at(i-2) == "." && !keywordBefore(before) {
			return true
		}
	}
	return false
}

func keywordBefore(word string) bool {
	return keywords[strings.ToLower(word)] && word == strings.ToUpper(word)
}

// isColumn tells that the i-th token can be a column.
func (w *retelling) isColumn(i int) bool {
	before, after := w.at(i-1), w.at(i+1)
	switch {
	case before == ":" || before == "AS" || before == "COLLATE" || after == "(":
		return false
	case before == "(" && w.at(i-2) == "EXTRACT" && after == "FROM":
		return false
	}
	return true
}

// column gives a column its new name. Where it stands for itself in a list of results, the result keeps its own name.
func (w *retelling) column(i int, name, to string) {
	if w.kept[name] {
		w.sure = false
	}
	w.spoke = true
	w.put(i, quoteIdent(to))
	if !w.isResult(i) {
		return
	}
	if w.at(i+1) != "AS" {
		w.put(i, quoteIdent(to)+" AS "+quoteIdent(name))
		return
	}
	if w.name(i+2) == to { // the server leaves out what says nothing new
		for j := w.tokens[i] + 1; j <= w.tokens[i+2]; j++ {
			w.out[j] = ""
		}
	}
}

// isResult tells that the i-th token is, with its qualifier, a whole entry of a SELECT's list.
func (w *retelling) isResult(i int) bool {
	if s, ok := w.of.(*schema.Scripted); !ok || s.Kind != schema.KindView && s.Kind != schema.KindMaterializedView {
		return false
	}
	start := i
	for w.at(start-1) == "." {
		start -= 2
	}
	switch w.at(start - 1) {
	case ",", "SELECT", "DISTINCT":
	default:
		return false
	}
	switch w.at(i + 1) {
	case ",", "FROM", "AS", "":
	default:
		return false
	}
	depth := w.all[w.tokens[i]].depth
	for j := start - 1; j >= 0; j-- {
		t := w.all[w.tokens[j]]
		if t.depth < depth {
			return false
		}
		if t.depth > depth {
			continue
		}
		switch t.text {
		case "SELECT":
			return true
		case "FROM", "WHERE", "GROUP", "ORDER", "BY", "HAVING":
			return false
		}
	}
	return false
}

// plainQuery tells that names in the text can mean one thing only.
func (w *retelling) plainQuery() bool {
	selects := 0
	for i := range w.tokens {
		switch w.at(i) {
		case "SELECT":
			selects++
		case "USING", "NATURAL", "UNION", "INTERSECT", "EXCEPT", "BEGIN", "INSERT", "UPDATE", "DELETE":
			if s, ok := w.of.(*schema.Scripted); ok && (s.Kind == schema.KindView || s.Kind == schema.KindMaterializedView || s.Kind == schema.KindRule || s.Kind == schema.KindRoutine) {
				return false
			}
		case "ORDER":
			if w.at(i+1) == "BY" {
				return false // the server qualifies what could be taken for a result
			}
		case "AS":
			if _, alias := w.columns[w.name(i+1)]; alias && w.out[w.tokens[i]] != "" {
				return false
			}
		}
	}
	return selects <= 1
}

// attribute is a field of a composite value.
func (w *retelling) attribute(i int, name string) {
	for _, members := range w.members {
		if to, ok := members[name]; ok {
			w.put(i, quoteIdent(to))
		}
	}
}

// literal is a string: a label of an enum type, or the name of a relation.
func (w *retelling) literal(i int) {
	if w.at(i+1) != ":" || w.at(i+2) != ":" {
		return
	}
	text := w.at(i)
	value := strings.ReplaceAll(text[1:max(1, len(text)-1)], "''", "'")
	if w.name(i+3) == "regclass" || w.name(i+3) == "regtype" {
		for known, to := range w.relations {
			if value == quoteQualified(known[0], known[1]) {
				w.put(i, quoteLiteral(quoteQualified(known[0], to)))
			}
		}
		return
	}
	members := w.members[[2]string{w.name(i + 3), w.name(i + 5)}]
	switch to, ok := members[value]; {
	case members == nil || w.at(i+4) != ".":
	case w.at(i+6) == "[":
		w.put(i, quoteLiteral(arrayOf(value, members)))
	case ok:
		w.put(i, quoteLiteral(to))
	}
}

// arrayOf is an array's text, as the server prints it, with other names for its elements.
func arrayOf(text string, names map[string]string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if c := text[i]; c == '{' || c == '}' || c == ',' {
			out.WriteByte(c)
			i++
			continue
		}
		start, element := i, ""
		if text[i] == '"' {
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' && i+1 < len(text) {
					i++
				}
				element += text[i : i+1]
			}
			i++
		} else {
			for i < len(text) && text[i] != ',' && text[i] != '}' {
				i++
			}
			element = text[start:i]
		}
		if to, ok := names[element]; ok {
			out.WriteString(arrayElement(to))
		} else {
			out.WriteString(text[start:min(i, len(text))])
		}
	}
	return out.String()
}

// arrayElement quotes an element as the server does.
func arrayElement(s string) string {
	if s != "" && !strings.EqualFold(s, "null") && !strings.ContainsAny(s, "{},\"\\ \t\n\r\v\f") {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
