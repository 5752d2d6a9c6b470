package enginetest

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// Judgement is a database's structure as the server's own dump program tells it, in a form in which equal structures are
// equal texts. It shares no code with the engines.
type Judgement string

// Judge dumps the database and takes out of the dump what is no structure, which is all of this and nothing else:
//
//   - the random key and the version numbers in PostgreSQL's dumps; the database's own name in MySQL's and MariaDB's;
//   - the order of statements in PostgreSQL's dumps, which follows from what they need;
//   - the order of columns in PostgreSQL, where no statement changes it;
//   - the order of keys and constraints behind the columns of a table in MySQL and MariaDB, which is that of their creation.
//
// With counters false, the AUTO_INCREMENT counters of tables are left out as well: rows have moved them.
func Judge(t testing.TB, db *testdb.DB, counters bool) Judgement {
	t.Helper()
	j, err := judge(t.Context(), db, counters)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func judge(ctx context.Context, db *testdb.DB, counters bool) (Judgement, error) {
	dump, err := db.DumpContext(ctx)
	if err != nil {
		return "", err
	}
	if db.Server.Engine == testdb.Postgres {
		return Judgement(canonicalPostgres(dump)), nil
	}
	dump = strings.ReplaceAll(dump, "`"+db.Name+"`.", "")
	dump = strings.ReplaceAll(dump, "`"+db.Name+"`", "`database`")
	if !counters {
		dump = mysqlCounter.ReplaceAllString(dump, "$1")
	}
	return Judgement(canonicalMySQL(dump)), nil
}

var (
	postgresRandom  = regexp.MustCompile(`(?m)^\\(?:un)?restrict .*\n|^-- Dumped (?:from|by) .*\n`)
	postgresEntry   = regexp.MustCompile(`(?m)^--\n(-- Name: (?:.*); Type: (.*); Schema: .*)\n--\n`)
	postgresDefault = regexp.MustCompile(`(?m)^SET (default_tablespace|default_table_access_method) = (.*);\n`)
	postgresTable   = regexp.MustCompile(`(?m)^CREATE (?:[A-Z]+ )?TABLE .* \($`)
	postgresAlter   = regexp.MustCompile(`(?m)^ALTER (?:FOREIGN )?TABLE ONLY .* ALTER COLUMN .*;\n`)
	blankLines      = regexp.MustCompile(`\n{2,}`)
	mysqlCounter    = regexp.MustCompile(`(?m)^(\) ENGINE=.*?) AUTO_INCREMENT=\d+`)
)

// canonicalPostgres cuts the dump into its entries (every object, comment, constraint and default has one), brings the
// columns inside each into the order of their names, and sorts the entries. Settings that hold for the entries after them
// are noted on each that they concern.
func canonicalPostgres(dump string) string {
	dump = postgresRandom.ReplaceAllString(dump, "")
	bounds := postgresEntry.FindAllStringSubmatchIndex(dump, -1)
	if len(bounds) == 0 {
		return dump
	}
	settings := map[string]string{}
	set := func(body string) {
		for _, m := range postgresDefault.FindAllStringSubmatch(body, -1) {
			settings[m[1]] = m[2]
		}
	}
	set(dump[:bounds[0][0]])
	var entries []string
	for i, b := range bounds {
		end := len(dump)
		if i+1 < len(bounds) {
			end = bounds[i+1][0]
		}
		title, kind, body := dump[b[2]:b[3]], dump[b[4]:b[5]], dump[b[1]:end]
		switch kind {
		case "TABLE":
			title += " -- " + settings["default_tablespace"] + " " + settings["default_table_access_method"]
			body = sortTable(body)
		case "MATERIALIZED VIEW":
			title += " -- " + settings["default_tablespace"] + " " + settings["default_table_access_method"]
		case "INDEX", "CONSTRAINT":
			title += " -- " + settings["default_tablespace"]
		}
		set(body)
		body = postgresDefault.ReplaceAllString(body, "")
		body = strings.Replace(body, "--\n-- PostgreSQL database dump complete\n--\n", "", 1)
		entries = append(entries, title+"\n"+strings.TrimSpace(blankLines.ReplaceAllString(body, "\n"))+"\n")
	}
	slices.Sort(entries)
	return strings.Join(entries, "\n")
}

// sortTable sorts the elements inside CREATE TABLE's parentheses, and the statements about single columns after it.
func sortTable(body string) string {
	if at := postgresTable.FindStringIndex(body); at != nil {
		if elements, length := splitElements(body[at[1]:]); length > 0 {
			slices.Sort(elements)
			body = body[:at[1]] + "\n    " + strings.Join(elements, ",\n    ") + "\n" + body[at[1]+length:]
		}
	}
	alters := postgresAlter.FindAllString(body, -1)
	slices.Sort(alters)
	return postgresAlter.ReplaceAllString(body, "") + strings.Join(alters, "")
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

// mysqlKeys are the lines of a table behind its columns, as SHOW CREATE TABLE writes them.
var mysqlKeys = regexp.MustCompile("(?m)(?:^  (?:PRIMARY KEY|UNIQUE KEY|KEY|FULLTEXT KEY|SPATIAL KEY|CONSTRAINT|CHECK|PERIOD|FOREIGN KEY)[ (].*\n)+")

// canonicalMySQL sorts the keys and constraints of every table.
func canonicalMySQL(dump string) string {
	return mysqlKeys.ReplaceAllStringFunc(dump, func(block string) string {
		lines := strings.Split(strings.TrimSuffix(block, "\n"), "\n")
		for i, line := range lines {
			lines[i] = strings.TrimSuffix(line, ",")
		}
		slices.Sort(lines)
		return strings.Join(lines, "\n") + "\n"
	})
}

// Differences is what has to be taken from and added to the one judgement to get the other, with the lines around it; ""
// when they agree.
func (j Judgement) Differences(other Judgement) string {
	return lineDiff(string(j), string(other))
}

// lineDiff shows the lines in which two texts differ, marked with - and +.
func lineDiff(a, b string) string {
	if a == b {
		return ""
	}
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	start := 0
	for start < len(x) && start < len(y) && x[start] == y[start] {
		start++
	}
	end := 0
	for end < len(x)-start && end < len(y)-start && x[len(x)-1-end] == y[len(y)-1-end] {
		end++
	}
	const around = 3
	var out []string
	for _, line := range x[max(0, start-around):start] {
		out = append(out, "  "+line)
	}
	out = append(out, lineEdits(x[start:len(x)-end], y[start:len(y)-end])...)
	for _, line := range x[len(x)-end : min(len(x), len(x)-end+around)] {
		out = append(out, "  "+line)
	}
	return strings.Join(out, "\n")
}

// lineEdits is the shortest edit of x to y by the longest common subsequence; long runs of equal lines are left out.
func lineEdits(x, y []string) []string {
	common := make([][]int, len(x)+1)
	for i := range common {
		common[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out, equal []string
	flush := func() {
		const keep = 4
		if len(equal) > 2*keep {
			skipped := fmt.Sprintf("  … %d equal lines", len(equal)-2*keep)
			equal = slices.Concat(equal[:keep], []string{skipped}, equal[len(equal)-keep:])
		}
		out, equal = append(out, equal...), nil
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			equal = append(equal, "  "+x[i])
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && common[i+1][j] >= common[i][j+1]:
			flush()
			out = append(out, "- "+x[i])
			i++
		default:
			flush()
			out = append(out, "+ "+y[j])
			j++
		}
	}
	flush()
	return out
}
