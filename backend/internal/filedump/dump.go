// Package filedump tells the structure of a SQLite database by asking the library alone: sqlite_schema and the pragmas. It is
// the judge of whether two files are equal, and must not know the engine nor the model it judges.
package filedump

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Query answers a query on the database with every value as text.
type Query func(ctx context.Context, query string) ([][]string, error)

// Dump tells the structure of a SQLite database in a form in which equal structures are equal texts, wherever a
// constraint stands and whatever quotes a name has: what the pragmas say, the expressions, and the words of each table's
// statement that are not told by the pragmas, as a bag. What the file's own checks have to say is told, too.
func Dump(ctx context.Context, query Query) (string, error) {
	d := &dump{ctx: ctx, query: query, names: map[string]bool{}}
	for _, row := range d.rows("SELECT name FROM sqlite_schema UNION SELECT x.name FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS x WHERE m.type = 'table' AND m.rootpage > 0") {
		d.names[strings.ToLower(row[0])] = true
	}
	for _, row := range d.rows("SELECT type, name, tbl_name, coalesce(sql, ''), rootpage FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY type, name") {
		typ, name, statement := row[0], row[1], row[3]
		switch {
		case typ == "table" && row[4] != "0":
			d.table(name, statement)
		case typ == "index":
			d.line("INDEX %s ON %s: %s", name, row[2], d.bag(statement, row[2]))
		default:
			d.line("%s %s ON %s: %s", strings.ToUpper(typ), name, row[2], strings.Join(tokensOf(statement), " "))
		}
	}
	for _, row := range d.rows("PRAGMA integrity_check") {
		d.line("integrity: %s", row[0])
	}
	return strings.Join(d.lines, "\n") + "\n", d.err
}

type dump struct {
	ctx   context.Context
	query Query
	names map[string]bool // of everything, in lower case
	lines []string
	err   error
}

func (d *dump) rows(query string) [][]string {
	if d.err != nil {
		return nil
	}
	rows, err := d.query(d.ctx, query)
	d.err = err
	return rows
}

func (d *dump) line(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

// sorted writes lines in an order that does not depend on that of their making.
func (d *dump) sorted(lines []string) {
	slices.Sort(lines)
	for _, l := range lines {
		d.line("  %s", l)
	}
}

func (d *dump) table(name, statement string) {
	q := "'" + strings.ReplaceAll(name, "'", "''") + "'"
	for _, row := range d.rows("SELECT type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = " + q) {
		d.line("TABLE %s: %s, without rowid %s, strict %s", name, row[0], row[1], row[2])
	}
	for _, c := range d.rows(`SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(` + q + ") ORDER BY cid") {
		value := strings.Join(tokensOf(c[3]), " ")
		d.line("  column %s %s, not null %s, default %s, key %s, hidden %s", c[0], strings.ToUpper(strings.Join(tokensOf(c[1]), " ")), c[2], value, c[4], c[5])
	}
	var lines []string
	for _, i := range d.rows(`SELECT name, "unique", origin, partial FROM pragma_index_list(` + q + ")") {
		text := fmt.Sprintf("index by %s, unique %s, partial %s:", i[2], i[1], i[3])
		if i[2] == "c" {
			text = i[0] + " " + text
		}
		for _, p := range d.rows(`SELECT coalesce(name, cid), "desc", coll FROM pragma_index_xinfo('` + strings.ReplaceAll(i[0], "'", "''") + "') WHERE key ORDER BY seqno") {
			text += fmt.Sprintf(" %s desc %s %s;", p[0], p[1], strings.ToUpper(p[2]))
		}
		lines = append(lines, text)
	}
	d.sorted(lines)
	keys := map[string]string{}
	for _, f := range d.rows(`SELECT id, "table", "from", coalesce("to", (SELECT name FROM pragma_table_xinfo("table") WHERE pk = seq + 1)), on_update, on_delete, match FROM pragma_foreign_key_list(` + q + ") ORDER BY id, seq") {
		keys[f[0]] += strings.ToLower(strings.Join(f[1:], " ")) + "; "
	}
	lines = nil
	for _, text := range keys {
		lines = append(lines, "foreign key "+text)
	}
	d.sorted(lines)
	d.sorted(deferrals(statement))
	d.line("  words: %s", d.bag(statement, name))
}

// noise are words that say what holds anyway, or what the pragmas tell.
var noise = map[string]bool{}

func init() {
	for _, w := range strings.Fields("CREATE TABLE UNIQUE INDEX IF EXISTS NULL KEY FOREIGN GENERATED ALWAYS VIRTUAL ASC REFERENCES PRIMARY ON WITHOUT ROWID STRICT COLLATE BINARY DESC DELETE UPDATE CASCADE SET RESTRICT NO ACTION DEFERRABLE INITIALLY DEFERRED IMMEDIATE ( ) , ;") {
		noise[w] = true
	}
}

// bag are the sorted words of a statement without names and noise, its parenthesised expressions being one word each. The
// table's name before a column's says nothing.
func (d *dump) bag(statement, table string) string {
	tokens := tokensOf(statement)
	index := len(tokens) > 2 && (strings.EqualFold(tokens[1], "INDEX") || strings.EqualFold(tokens[2], "INDEX"))
	for i, t := range tokens {
		if n := len(table) + 1; len(t) > n && strings.EqualFold(t[:n], table+".") {
			tokens[i] = t[n:]
		}
	}
	var words []string
	for i := 0; i < len(tokens); i++ {
		word := tokens[i]
		upper := strings.ToUpper(word)
		group := i+1 < len(tokens) && tokens[i+1] == "("
		switch {
		case (upper == "CHECK" || upper == "AS") && group:
			end := closing(tokens, i+1)
			words = append(words, upper+" "+normalized(tokens[i+1:end+1]))
			i = end
			continue
		case upper == "DEFAULT" && group: // which a pragma tells
			i = closing(tokens, i+1)
			continue
		case upper == "COLLATE" && index: // which a pragma tells
			i++
			continue
		case upper == "DEFAULT" && i+1 < len(tokens):
			if i++; tokens[i] == "-" || tokens[i] == "+" {
				i++
			}
			continue
		}
		if !noise[upper] && !d.names[strings.ToLower(word)] {
			words = append(words, upper)
		}
	}
	slices.Sort(words)
	return strings.Join(words, " | ")
}

// deferrals are the foreign keys that are checked at the end of a transaction, by their columns: no pragma tells.
func deferrals(statement string) []string {
	tokens := tokensOf(statement)
	var lines []string
	depth, start := 0, 0
	for i, t := range tokens {
		switch t {
		case "(":
			if depth++; depth == 1 {
				start = i + 1
			}
		case ")":
			depth--
		}
		if ends := t == "," && depth == 1 || t == ")" && depth == 0; !ends {
			continue
		}
		definition := strings.ToUpper(" " + strings.Join(tokens[start:i], " ") + " ")
		if strings.Contains(definition, " REFERENCES ") && strings.Contains(definition, " DEFERRABLE INITIALLY DEFERRED ") && !strings.Contains(definition, " NOT DEFERRABLE ") {
			columns := tokens[start]
			if _, rest, ok := strings.Cut(definition, " FOREIGN KEY ("); ok {
				columns, _, _ = strings.Cut(rest, ")")
			}
			lines = append(lines, "deferred "+strings.ToUpper(strings.TrimSpace(columns)))
		}
		start = i + 1
	}
	return lines
}

// normalized is an expression in which names may be written in any case, and which parentheses may enclose.
func normalized(tokens []string) string {
	for len(tokens) > 2 && tokens[0] == "(" && closing(tokens, 0) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t
		if t[0] != '\'' {
			words[i] = strings.ToUpper(t)
		}
	}
	return strings.Join(words, " ")
}

// closing is the place of the parenthesis that closes the one at i.
func closing(tokens []string, i int) int {
	depth := 0
	for ; i < len(tokens); i++ {
		switch tokens[i] {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(tokens) - 1
}

var sqlToken = regexp.MustCompile("(?s)--[^\n]*|/\\*.*?\\*/|\\s+|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\\[[^\\]]*\\]|[\\w$\\x{80}-\\x{10ffff}.]+|<=|>=|<>|!=|==|\\|\\||<<|>>|->>|->|.")

// tokensOf are the tokens of a text without white space, comments and the quotes around names.
func tokensOf(text string) []string {
	var out []string
	for _, t := range sqlToken.FindAllString(text, -1) {
		switch {
		case strings.TrimSpace(t) == "", strings.HasPrefix(t, "--"), strings.HasPrefix(t, "/*"):
			continue
		case t[0] == '"' || t[0] == '`':
			t = strings.ReplaceAll(t[1:len(t)-1], t[:1]+t[:1], t[:1])
		case t[0] == '[':
			t = t[1 : len(t)-1]
		}
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
