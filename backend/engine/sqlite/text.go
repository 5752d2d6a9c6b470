package sqlite

import "strings"

// printer writes tokens as text that is equal whenever the tokens mean the same to SQLite for sure: white space, comments,
// the case of reserved words and the kind of quotes around a name make no difference.
type printer struct {
	// columns are the columns that names may stand for, by folded name; nil where that is not known.
	columns map[string]string
	// table is the table whose name before a column says nothing new; "" for none.
	table string
	// lines starts a new line before the clauses of queries and the statements of triggers.
	lines bool
}

// expr is the text of an expression of a table with these columns.
func expr(tokens []token, table string, columns map[string]string) string {
	return printer{columns: columns, table: table}.text(tokens)
}

// plain is the text of tokens about which nothing is known.
func plain(tokens []token) string { return printer{}.text(tokens) }

func (p printer) text(tokens []token) string {
	tokens = p.unqualified(tokens)
	var b strings.Builder
	depth := 0
	for i, t := range tokens {
		before := token{}
		if i > 0 {
			before = tokens[i-1]
		}
		switch {
		case i == 0:
		case p.lines && depth == 0 && startsLine(before, t):
			b.WriteByte('\n')
		case spaced(tokens, i):
			b.WriteByte(' ')
		}
		switch {
		case t.punct("("):
			depth++
		case t.punct(")"):
			depth--
		}
		b.WriteString(p.token(tokens, i))
	}
	return b.String()
}

// unqualified leaves out the table's own name before a column.
func (p printer) unqualified(tokens []token) []token {
	if p.table == "" {
		return tokens
	}
	out := make([]token, 0, len(tokens))
	for i := 0; i < len(tokens); i++ {
		if i+2 < len(tokens) && tokens[i].isName() && tokens[i].kind != tokString && sameName(tokens[i].name(), p.table) && tokens[i+1].punct(".") && tokens[i+2].isName() {
			i++
			continue
		}
		out = append(out, tokens[i])
	}
	return out
}

func (p printer) token(tokens []token, i int) string {
	t := tokens[i]
	switch t.kind {
	case tokWord:
		if upper := strings.ToUpper(t.text); reserved[upper] || upper == "BY" && i > 0 && tokens[i-1].isOne("ORDER", "GROUP", "PARTITION") {
			return upper
		}
		if p.isColumn(tokens, i) {
			return bareOrQuoted(p.columns[fold(t.text)])
		}
	case tokIdent:
		if p.isColumn(tokens, i) {
			return bareOrQuoted(p.columns[fold(t.name())])
		}
		return quoteIdent(t.name())
	case tokPunct:
		switch t.text {
		case "!=":
			return "<>"
		case "==":
			return "="
		}
	case tokBlob:
		return "x" + strings.ToUpper(t.text[1:])
	}
	return t.text
}

// isColumn tells that the name at i can stand for a column.
func (p printer) isColumn(tokens []token, i int) bool {
	if p.columns == nil || p.columns[fold(tokens[i].name())] == "" {
		return false
	}
	if i > 0 && (tokens[i-1].punct(".") || tokens[i-1].is("COLLATE")) {
		return false
	}
	return i+1 == len(tokens) || !tokens[i+1].punct("(") && !tokens[i+1].punct(".")
}

func bareOrQuoted(name string) string {
	if isBare(name) {
		return name
	}
	return quoteIdent(name)
}

// isBare tells whether a name needs no quotes anywhere.
func isBare(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c >= 0x80 || c == '$' || !isWord(c) || i == 0 && isDigit(c) {
			return false
		}
	}
	upper := strings.ToUpper(name)
	return name != "" && !reserved[upper] && !operands[upper] && !otherKeywords[upper]
}

// otherKeywords are names only where nothing else can be meant.
var otherKeywords = wordSet(`ABORT ACTION AFTER ANALYZE ASC ATTACH BEFORE BEGIN BY CASCADE CAST COLUMN CONFLICT CROSS CURRENT
	CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DEFERRED DESC DETACH DO EACH END EXCLUDE EXCLUSIVE EXPLAIN FAIL
	FIRST FOLLOWING FOR FULL GENERATED ALWAYS GROUPS IF IGNORE IMMEDIATE INDEXED INITIALLY INNER INSTEAD KEY LAST LEFT
	NATURAL NO NULLS OF OTHERS OUTER PLAN PRAGMA PRECEDING QUERY RAISE RANGE RECURSIVE REINDEX RELEASE RENAME REPLACE
	RESTRICT RIGHT ROLLBACK ROW ROWS SAVEPOINT TEMP TEMPORARY TIES TRIGGER TRUE FALSE UNBOUNDED VACUUM VIEW VIRTUAL
	WINDOW WITH WITHOUT ROWID _ROWID_ OID`)

// spaced tells whether a space stands before token i.
func spaced(tokens []token, i int) bool {
	a, b := tokens[i-1], tokens[i]
	switch {
	case a.punct("("), a.punct("."), b.punct(")"), b.punct(","), b.punct("."), b.punct(";"):
		return false
	case b.punct("(") && i >= 2 && tokens[i-2].is("INTO"):
		return true
	case b.punct("("):
		return a.kind != tokWord && a.kind != tokIdent || operands[strings.ToUpper(a.text)] || reserved[strings.ToUpper(a.text)]
	case b.kind == tokNumber && (a.punct("-") || a.punct("+")):
		return i >= 2 && endsOperand(tokens[i-2])
	}
	return true
}

// endsOperand tells that an operator behind the token takes two operands.
func endsOperand(t token) bool {
	switch t.kind {
	case tokPunct:
		return t.text == ")"
	case tokWord:
		upper := strings.ToUpper(t.text)
		return !reserved[upper] && !operands[upper] || upper == "NULL"
	}
	return true
}

var lineStarts = wordSet("SELECT FROM WHERE GROUP HAVING ORDER LIMIT WINDOW UNION EXCEPT INTERSECT VALUES BEGIN END WITH")

// startsLine tells that a clause or statement begins here.
func startsLine(before, t token) bool {
	if before.punct(";") || before.is("BEGIN") {
		return true
	}
	if t.kind != tokWord || !lineStarts[strings.ToUpper(t.text)] {
		return false
	}
	return !before.punct(".") && !before.isOne("OR", "AS", "DISTINCT", "DELETE", "IS", "PARTITION")
}
