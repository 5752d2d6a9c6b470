package enginetest

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"database-structure-sync/backend/internal/testdb"
)

// Clause is one line of an engine's catalogue: something its manual lets one write that shapes a structure.
type Clause struct {
	Label string // as cases name it
	// Reason says why no case is about it, beginning with "unmodelled" or "out of scope"; "" where cases have to be.
	Reason string
}

var reasonable = regexp.MustCompile(`^(?:unmodelled|out of scope): .`)

// LoadClauses reads a catalogue: a clause a line, with its reason, if any, behind a bar; lines that begin with "#" and
// empty ones are for readers.
func LoadClauses(path string) ([]Clause, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the catalogue of clauses: %w", err)
	}
	defer f.Close()
	var clauses []Clause
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		label, reason, _ := strings.Cut(line, "|")
		c := Clause{strings.TrimSpace(label), strings.TrimSpace(reason)}
		if slices.ContainsFunc(clauses, func(o Clause) bool { return o.Label == c.Label }) {
			return nil, fmt.Errorf("%s: %q stands there twice", path, c.Label)
		}
		if c.Reason != "" && !reasonable.MatchString(c.Reason) {
			return nil, fmt.Errorf("%s: the reason of %q begins neither with \"unmodelled: \" nor with \"out of scope: \"", path, c.Label)
		}
		clauses = append(clauses, c)
	}
	return clauses, lines.Err()
}

// Coverage holds a catalogue against cases: what is wrong with the two together, and a table in Markdown of the clauses
// with the cases that are about them.
func Coverage(clauses []Clause, cases []Case) (table string, problems []string) {
	covering := map[string][]string{}
	for _, c := range cases {
		if len(c.Covers) == 0 {
			problems = append(problems, fmt.Sprintf("the case %s names no clause", c.Name))
		}
		for _, label := range c.Covers {
			if !slices.ContainsFunc(clauses, func(o Clause) bool { return o.Label == label && o.Reason == "" }) {
				problems = append(problems, fmt.Sprintf("the case %s names %q, which the catalogue does not have as a clause with cases", c.Name, label))
			}
			covering[label] = append(covering[label], c.Name)
		}
	}
	var b strings.Builder
	b.WriteString("| clause | cases |\n|---|---|\n")
	for _, c := range clauses {
		switch names := covering[c.Label]; {
		case c.Reason != "":
			fmt.Fprintf(&b, "| %s | — %s |\n", markdown(c.Label), markdown(c.Reason))
		case len(names) == 0:
			problems = append(problems, fmt.Sprintf("no case is about %q", c.Label))
		default:
			fmt.Fprintf(&b, "| %s | %d: %s |\n", markdown(c.Label), len(names), some(names))
		}
	}
	return b.String(), problems
}

// Groups is a table in Markdown of how many cases of each group run on each server.
func Groups(cases []Case, servers []testdb.Server) string {
	var groups []string
	counts := map[string][]int{}
	total := make([]int, len(servers))
	for _, c := range cases {
		group, _, _ := strings.Cut(c.Name, "/")
		if counts[group] == nil {
			groups = append(groups, group)
			counts[group] = make([]int, len(servers))
		}
		for i, s := range servers {
			if c.For(s) {
				counts[group][i] += c.Count()
				total[i] += c.Count()
			}
		}
	}
	slices.Sort(groups)
	var b strings.Builder
	b.WriteString("| group |")
	for _, s := range servers {
		fmt.Fprintf(&b, " %s |", s.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(servers)) + "\n")
	row := func(name string, counts []int) {
		fmt.Fprintf(&b, "| %s |", name)
		for _, n := range counts {
			fmt.Fprintf(&b, " %d |", n)
		}
		b.WriteString("\n")
	}
	for _, group := range groups {
		row(group, counts[group])
	}
	row("**all**", total)
	return b.String()
}

// some names the first few of a list.
func some(names []string) string {
	const most = 4
	slices.Sort(names)
	rest := ""
	if len(names) > most {
		rest = ", …"
		names = names[:most]
	}
	return "`" + strings.Join(names, "`, `") + "`" + rest
}

func markdown(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
