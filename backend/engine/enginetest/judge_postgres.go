package enginetest

import (
	"regexp"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

var (
	postgresRandom     = regexp.MustCompile(`(?m)^\\(?:un)?restrict .*\n|^-- Dumped (?:from|by) .*\n`)
	postgresEntry      = regexp.MustCompile(`(?m)^--\n(-- Name: (?:.*); Type: (.*); Schema: .*)\n--\n`)
	postgresDefault    = regexp.MustCompile(`(?m)^SET (default_tablespace|default_table_access_method) = (.*);\n`)
	postgresTable      = regexp.MustCompile(`(?m)^CREATE (?:[A-Z]+ )?TABLE (.*) \($`)
	postgresInherits   = regexp.MustCompile(`(?m)^INHERITS \((.*)\)`)
	postgresAlter      = regexp.MustCompile(`(?m)^ALTER (?:FOREIGN )?TABLE ONLY .* ALTER COLUMN .*;\n`)
	postgresNotNull    = regexp.MustCompile(`(?: CONSTRAINT (?:"(?:[^"]|"")*"|[^ "]+))? NOT NULL( COLLATE (?:"(?:[^"]|"")*"|[^ "])+)?$`)
	postgresCheck      = regexp.MustCompile(`(?s)^\s*ALTER (?:FOREIGN )?TABLE (\S.*?)\n\s+ADD (CONSTRAINT .*);\s*$`)
	postgresNoDefault  = regexp.MustCompile(`(?s)^\s*ALTER TABLE ONLY .* SET DEFAULT NULL;\s*$`)
	postgresStatistics = regexp.MustCompile(`(?s)^(\s*CREATE STATISTICS .*? ON )(.*)( FROM .*;)`)
	blankLines         = regexp.MustCompile(`\n{2,}`)
)

// entry is one part of a dump: an object, a comment, a constraint, a default.
type entry struct {
	title, kind, body string
	table             string   // of a table: its name
	elements          []string // of a table: what stands in its parentheses, sorted
	before, after     string   // of a table: the rest
}

// canonicalPostgres cuts a dump into its entries, brings each into the form that Judge tells of, and sorts them.
func canonicalPostgres(dump string) string {
	entries := postgresEntries(postgresRandom.ReplaceAllString(dump, ""))
	tables := map[string][]string{}
	var defaults []entry
	for i := range entries {
		e := &entries[i]
		switch e.kind {
		case "TABLE", "FOREIGN TABLE":
			e.readTable()
			defaults = append(defaults, e.takeDefaults()...)
			tables[e.table] = e.elements
		case "DEFAULT":
			e.title = "-- DEFAULT"
		case "CHECK CONSTRAINT":
			if m := postgresCheck.FindStringSubmatch(e.body); m != nil && tables[m[1]] != nil {
				tables[m[1]] = append(tables[m[1]], m[2])
				e.kind = ""
			}
		case "ACL":
			e.body = sortLines(e.body) // in the order of their granting
		case "STATISTICS":
			e.body = sortStatistics(e.body)
		}
	}
	texts := make([]string, 0, len(entries)+len(defaults))
	for _, e := range append(entries, defaults...) {
		if e.table != "" {
			e.body = e.tableText(tables)
		}
		if e.kind != "" && (e.kind != "DEFAULT" || !postgresNoDefault.MatchString(e.body)) {
			texts = append(texts, e.title+"\n"+strings.TrimSpace(blankLines.ReplaceAllString(e.body, "\n"))+"\n")
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, "\n")
}

// postgresEntries cuts the dump. Settings that hold for the entries behind them are noted in the titles of those that
// they concern.
func postgresEntries(dump string) []entry {
	bounds := postgresEntry.FindAllStringSubmatchIndex(dump, -1)
	if len(bounds) == 0 {
		return nil
	}
	entries := make([]entry, 0, len(bounds))
	settings := map[string]string{}
	set := func(body string) {
		for _, m := range postgresDefault.FindAllStringSubmatch(body, -1) {
			settings[m[1]] = m[2]
		}
	}
	set(dump[:bounds[0][0]])
	for i, b := range bounds {
		end := len(dump)
		if i+1 < len(bounds) {
			end = bounds[i+1][0]
		}
		e := entry{title: dump[b[2]:b[3]], kind: dump[b[4]:b[5]], body: dump[b[1]:end]}
		switch e.kind {
		case "TABLE", "MATERIALIZED VIEW":
			e.title += " -- " + settings["default_tablespace"] + " " + settings["default_table_access_method"]
		case "INDEX", "CONSTRAINT":
			e.title += " -- " + settings["default_tablespace"]
		}
		set(e.body)
		e.body = postgresDefault.ReplaceAllString(e.body, "")
		e.body = strings.Replace(e.body, "--\n-- PostgreSQL database dump complete\n--\n", "", 1)
		entries = append(entries, e)
	}
	return entries
}

// readTable takes CREATE TABLE apart, and sorts the statements about single columns behind it.
func (e *entry) readTable() {
	at := postgresTable.FindStringSubmatchIndex(e.body)
	if at == nil {
		return
	}
	elements, length := splitElements(e.body[at[1]:])
	if length == 0 {
		return
	}
	slices.Sort(elements)
	e.table, e.elements = e.body[at[2]:at[3]], elements
	e.before, e.after = e.body[:at[1]], e.body[at[1]+length:]
	alters := postgresAlter.FindAllString(e.after, -1)
	slices.Sort(alters)
	e.after = postgresAlter.ReplaceAllString(e.after, "") + strings.Join(alters, "")
}

// takeDefaults makes entries of the defaults that are written into the table's columns, as the dump has them for columns
// that a child inherits and for those that use something later.
func (e *entry) takeDefaults() (defaults []entry) {
	for i, element := range e.elements {
		at, end := topLevel(element, " DEFAULT "), len(element)
		if at < 0 || strings.HasPrefix(element, "CONSTRAINT ") {
			continue
		}
		if m := postgresNotNull.FindStringIndex(element); m != nil {
			end = m[0]
		}
		name := element[:topLevel(element, " ")]
		defaults = append(defaults, entry{
			title: "-- DEFAULT", kind: "DEFAULT",
			body: "ALTER TABLE ONLY " + e.table + " ALTER COLUMN " + name + " SET DEFAULT " + element[at+len(" DEFAULT "):end] + ";",
		})
		e.elements[i] = element[:at] + element[end:]
	}
	return defaults
}

// topLevel is where text first has the word outside quotes and parentheses, -1 when nowhere.
func topLevel(text, word string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case depth == 0 && strings.HasPrefix(text[i:], word):
			return i
		case c == '\'' || c == '"':
			i = endOfQuoted(text, i)
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		}
	}
	return -1
}

// tableText is the table's text without the elements that it repeats from its parents.
func (e *entry) tableText(tables map[string][]string) string {
	elements := slices.Sorted(slices.Values(tables[e.table]))
	if m := postgresInherits.FindStringSubmatch(e.after); m != nil {
		parents, _ := splitElements(m[1] + ")")
		for _, parent := range parents {
			elements = slices.DeleteFunc(elements, func(element string) bool { return repeats(element, tables[parent]) })
		}
	}
	return e.before + "\n    " + strings.Join(elements, ",\n    ") + "\n" + e.after
}

// repeats tells whether an element of a child is one of its parent's. The parent's NOT NULL holds for the child whether
// the dump of the child says so or not; what its column is generated from stands in the dump of the child only where it is
// another expression.
func repeats(element string, parent []string) bool {
	return slices.ContainsFunc(parent, func(p string) bool {
		bare := postgresNotNull.ReplaceAllString(p, "$1")
		return p == element || strings.HasPrefix(p, element+" GENERATED ALWAYS AS (") || bare != p && bare == postgresNotNull.ReplaceAllString(element, "$1")
	})
}

// untold tells that all that differs is whether checks that children inherit have been validated in them, which PostgreSQL
// dumps nowhere.
func untold(found *diff.Result) bool {
	items := diff.Items(found.Changes)
	for _, c := range items {
		before, was := c.Before.(*schema.Constraint)
		after, is := c.After.(*schema.Constraint)
		if !was || !is || !before.Inherited || !after.Inherited || after.Kind != schema.KindCheck || len(c.Fields) != 1 || before.NotValid == after.NotValid {
			return false
		}
	}
	return len(items) > 0 && len(found.Unmodelled) == 0
}

func sortLines(body string) string {
	lines := strings.Split(strings.TrimSpace(body), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// sortStatistics sorts the list of columns and expressions.
func sortStatistics(body string) string {
	m := postgresStatistics.FindStringSubmatch(body)
	if m == nil {
		return body
	}
	list, _ := splitElements(m[2] + ")")
	slices.Sort(list)
	return strings.Replace(body, m[0], m[1]+strings.Join(list, ", ")+m[3], 1)
}

// splitElements cuts a list at its commas up to the parenthesis that closes it, and tells how long that was.
func splitElements(text string) (elements []string, length int) {
	depth, start := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\'', '"':
			i = endOfQuoted(text, i)
		case '(', '[':
			depth++
		case ']':
			depth--
		case ',':
			if depth == 0 {
				elements = append(elements, strings.TrimSpace(text[start:i]))
				start = i + 1
			}
		case ')':
			if depth == 0 {
				if last := strings.TrimSpace(text[start:i]); last != "" {
					elements = append(elements, last)
				}
				return elements, i
			}
			depth--
		}
	}
	return nil, 0
}

// endOfQuoted is the place of the quote that ends what the one at start begins. A doubled quote reads as two quoted texts
// side by side, which comes to the same here.
func endOfQuoted(text string, start int) int {
	escapes := text[start] == '\'' && start > 0 && text[start-1] == 'E'
	for i := start + 1; i < len(text); i++ {
		switch {
		case escapes && text[i] == '\\':
			i++
		case text[i] == text[start]:
			return i
		}
	}
	return len(text)
}
