package postgres

import "strings"

// unqualified is a view's query as PostgreSQL 16 and later write it: columns of a query's only table go without the
// table's name. Older servers name it everywhere. Only the outermost query differs; what they nest is qualified by all.
func unqualified(query string) string {
	tokens := tokenize(query)
	clauses, ok := topClauses(tokens)
	if !ok {
		return query
	}
	name := rangeName(tokens[clauses.from+1 : clauses.fromEnd])
	if name == "" {
		return query
	}
	aliases := outputAliases(tokens[:clauses.from])
	var out strings.Builder
	for i := 0; i < len(tokens); i++ {
		if end := nestedQuery(tokens, i); end > i {
			for ; i < end; i++ {
				out.WriteString(tokens[i].text)
			}
		}
		if isQualifier(tokens, i, name) && (clauses.order < 0 || i < clauses.order || !aliases[tokens[i+2].text]) {
			i++ // the dot goes too
			continue
		}
		out.WriteString(tokens[i].text)
	}
	return out.String()
}

// token is a word, a quoted text, a run of white space or a single other character.
type token struct {
	text  string
	ident bool // a name or keyword
	depth int  // of parentheses around it; a parenthesis counts to the outside
}

func tokenize(text string) []token {
	var tokens []token
	depth := 0
	for i := 0; i < len(text); {
		start, c := i, text[i]
		t := token{depth: depth}
		switch {
		case c == '\'' || c == '"':
			for quoted := true; quoted; quoted = i < len(text) && text[i] == c { // a doubled quote stays inside
				i = min(skipQuoted(text, i)+1, len(text))
			}
			t.ident = c == '"'
		case isWordByte(c):
			for i < len(text) && isWordByte(text[i]) {
				i++
			}
			t.ident = c < '0' || c > '9'
		case c == ' ' || c == '\n' || c == '\t':
			for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t') {
				i++
			}
		default:
			i++
			if c == '(' {
				depth++
			} else if c == ')' {
				depth--
				t.depth = depth
			}
		}
		t.text = text[start:i]
		tokens = append(tokens, t)
	}
	return tokens
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// clauses are where the outermost query's parts begin; order is -1 without ORDER BY.
type clauses struct{ from, fromEnd, order int }

// topClauses finds the FROM of a query that has just one item there; ok is false for every other query.
func topClauses(tokens []token) (c clauses, ok bool) {
	c = clauses{-1, len(tokens), -1}
	for i, t := range tokens {
		if t.depth != 0 {
			continue
		}
		switch t.text {
		case "UNION", "INTERSECT", "EXCEPT":
			return c, false
		case "FROM":
			if c.from < 0 {
				c.from = i
			}
		case "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR":
			if c.from >= 0 && c.fromEnd == len(tokens) {
				c.fromEnd = i
			}
			if t.text == "ORDER" && c.from >= 0 {
				c.order = i
			}
		}
	}
	return c, c.from >= 0
}

// rangeName is the name that columns of the only item of a FROM are qualified with, "" when there are more items.
func rangeName(tokens []token) string {
	first, name := "", ""
	for i, t := range tokens {
		if first == "" && strings.TrimSpace(t.text) != "" {
			first = t.text
			if first == "(" && nestedQuery(tokens, i) <= i {
				return "" // a join
			}
		}
		if t.depth != 0 {
			continue
		}
		if t.text == "," {
			return ""
		}
		if t.text == "TABLESAMPLE" {
			break
		}
		if t.ident && t.text != "ONLY" && t.text != "LATERAL" && t.text != "WITH" && t.text != "ORDINALITY" {
			name = t.text
		}
	}
	return name
}

// nestedQuery is where the query in parentheses ends that opens at i; i itself when none does.
func nestedQuery(tokens []token, i int) int {
	if tokens[i].text != "(" {
		return i
	}
	j := i + 1
	for j < len(tokens) && strings.TrimSpace(tokens[j].text) == "" {
		j++
	}
	if j == len(tokens) {
		return i
	}
	switch tokens[j].text {
	case "SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE", "MERGE":
	default:
		return i
	}
	for ; j < len(tokens); j++ {
		if tokens[j].text == ")" && tokens[j].depth == tokens[i].depth {
			return j
		}
	}
	return i
}

// isQualifier tells whether the token at i is the name in front of a column, with a dot behind it: not the schema of a
// function, type or collation, and not the whole row.
func isQualifier(tokens []token, i int, name string) bool {
	if tokens[i].text != name || !tokens[i].ident || i+2 >= len(tokens) || tokens[i+1].text != "." || !tokens[i+2].ident {
		return false
	}
	if i+3 < len(tokens) && (tokens[i+3].text == "(" || tokens[i+3].text == ".") {
		return false
	}
	if i > 0 && (tokens[i-1].text == "." || tokens[i-1].text == ":") {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		if strings.TrimSpace(tokens[j].text) != "" {
			return tokens[j].text != "COLLATE" && tokens[j].text != "FROM" && tokens[j].text != "ONLY"
		}
	}
	return true
}

// outputAliases are the names that the select list gives with AS: in ORDER BY they would be taken for a column's.
func outputAliases(tokens []token) map[string]bool {
	aliases := map[string]bool{}
	for i, t := range tokens {
		if t.depth == 0 && t.text == "AS" && i+2 < len(tokens) {
			aliases[tokens[i+2].text] = true
		}
	}
	return aliases
}
