package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

// palette colours texts, or leaves them as they are.
type palette struct{ on bool }

func (p palette) paint(s string, attributes ...color.Attribute) string {
	if !p.on {
		return s
	}
	c := color.New(attributes...)
	c.EnableColor()
	return c.Sprint(s)
}

func (p palette) good(s string) string { return p.paint(s, color.FgGreen) }
func (p palette) warn(s string) string { return p.paint(s, color.FgYellow) }
func (p palette) bad(s string) string  { return p.paint(s, color.FgRed) }
func (p palette) loud(s string) string { return p.paint(s, color.FgRed, color.Bold) }
func (p palette) bold(s string) string { return p.paint(s, color.Bold) }
func (p palette) dim(s string) string  { return p.paint(s, color.Faint) }

func (p palette) sign(a diff.Action) string {
	switch a {
	case diff.Create:
		return p.good("+")
	case diff.Drop:
		return p.bad("-")
	}
	return p.warn("~")
}

// textReport writes for people.
type textReport struct {
	w io.Writer
	palette
	counts service.RowCounts // of rows that stand against changes, if somebody asked
}

func (t textReport) printf(format string, args ...any) { say(t.w, format, args...) }

// comparison writes everything that was found.
func (t textReport) comparison(c *comparison, flags *compareFlags) {
	t.counts = c.counts
	t.sides(c)
	renames, rest := renamed(c.Changes)
	t.renames(renames)
	t.changes(rest)
	t.suggestions(c.Suggestions)
	t.unmodelled(c.Unmodelled)
	t.notes(c)
	t.notices(c.Notices())
	t.ignored(c.Ignored, flags.ignore)
	t.summary(c, flags.narrowed())
}

func (t textReport) sides(c *comparison) {
	t.printf("Source  %s  %s\n", t.bold(clean(c.ends[0].title())), t.dim(c.SourceServer.Flavor+" "+c.SourceServer.Version))
	t.printf("Target  %s  %s\n", t.bold(clean(c.ends[1].title())), t.dim(c.TargetServer.Flavor+" "+c.TargetServer.Version))
}

func (t textReport) changes(changes []diff.Change) {
	for _, g := range grouped(changes) {
		t.printf("\n")
		if g.own == nil {
			t.printf("  %s\n", t.bold(fullName(g.key)))
		} else {
			t.change(*g.own, "")
		}
		for _, c := range g.belongings {
			t.change(c, "    ")
		}
	}
}

// change writes one change with its parts, each line behind the indent.
func (t textReport) change(c diff.Change, indent string) {
	name := words(string(c.Key().Kind)) + " " + displayName(c.Key())
	if indent == "" {
		name = t.bold(name)
	}
	text := ""
	switch {
	case c.Action == diff.Create:
		text = describe(c.After)
	case c.Action == diff.Drop:
		text = describe(c.Before)
	}
	t.printf("%s%s %s%s\n", indent, t.sign(c.Action), name, spaced(text))
	inner := indent + "    "
	for _, f := range c.Fields {
		t.field(f, inner)
	}
	t.hazardsOf(c, inner)
	if table, ok := c.After.(*schema.Table); ok && c.Action == diff.Create {
		for _, p := range table.Parts() {
			t.change(diff.Change{Action: diff.Create, After: p}, inner)
		}
	}
	for _, p := range c.Parts {
		t.change(p, inner)
	}
}

func spaced(s string) string {
	if s == "" {
		return ""
	}
	return "  " + s
}

// field writes what a property was and will be; a long or many-lined text line by line.
func (t textReport) field(f diff.Field, indent string) {
	const short = 100
	if strings.Contains(f.Before+f.After, "\n") || f.Before != "" && f.After != "" && len(f.Before)+len(f.After) > short {
		t.printf("%s%s:\n", indent, words(f.Name))
		for _, l := range lineDiff(f.Before, f.After) {
			text := strings.TrimRight(fmt.Sprintf("%c %s", l.sign, clean(l.text)), " ")
			switch l.sign {
			case '-':
				text = t.bad(text)
			case '+':
				text = t.good(text)
			default:
				text = t.dim(text)
			}
			t.printf("%s  %s\n", indent, text)
		}
		return
	}
	value := func(s string) string {
		if s == "" {
			return "none"
		}
		return line(s)
	}
	t.printf("%s%s: %s → %s\n", indent, words(f.Name), t.bad(value(f.Before)), t.good(value(f.After)))
}

// hazardsOf writes a change's hazards, each with the rows that stand against it where they were counted.
func (t textReport) hazardsOf(c diff.Change, indent string) {
	for i, h := range c.Hazards {
		t.hazards([]hazard.Hazard{h}, indent)
		n, asked := t.counts.Of(c, i)
		switch {
		case !asked:
			continue
		case n.Err != nil:
			t.printf("%s  %s\n", indent, t.warn("the rows could not be counted: "+line(n.Err.Error())))
		case !n.Counted:
			t.printf("%s  %s\n", indent, t.dim("only executing it tells how many rows"))
		case n.Rows > 0:
			t.printf("%s  %s\n", indent, t.bad(line(hazard.Counted(h, n.Rows))))
		default:
			t.printf("%s  %s\n", indent, t.good(hazard.Counted(h, 0)))
		}
	}
}

func (t textReport) hazards(hs []hazard.Hazard, indent string) {
	for _, h := range hs {
		text := "! " + line(h.String())
		switch h.Severity() {
		case hazard.Destroys:
			text = t.loud(text)
		case hazard.Caution:
			text = t.warn(text)
		default:
			text = t.dim(text)
		}
		t.printf("%s%s\n", indent, text)
	}
}

func (t textReport) unmodelled(found []diff.Unmodelled) {
	if len(found) == 0 {
		return
	}
	t.printf("\n%s\n", t.warn("Different in what this program cannot change (it can say that they differ, no more):"))
	for _, u := range found {
		t.printf("  %s\n", fullName(u.Key))
		t.facts("source", u.Source)
		t.facts("target", u.Target)
	}
}

func (t textReport) facts(side string, facts []string) {
	if len(facts) == 0 {
		facts = []string{"nothing of the kind"}
	}
	for _, f := range facts {
		t.printf("    %s: %s\n", side, line(f))
	}
}

func (t textReport) notices(notices []compare.SideNotice) {
	if len(notices) == 0 {
		return
	}
	t.printf("\n%s\n", t.warn("Could not be read, and so not compared:"))
	for _, n := range notices {
		what := string(n.Side)
		if !n.Key.IsZero() {
			what += ", " + fullName(n.Key)
		}
		t.printf("  %s: %s\n", what, line(n.Reason))
	}
}

func (t textReport) ignored(counts map[string]int, asked []string) {
	var parts []string
	for _, x := range ignoredList(counts, asked) {
		if x.Differences > 0 {
			parts = append(parts, fmt.Sprintf("%s (%s)", words(x.What), plural(x.Differences, "difference")))
		} else {
			parts = append(parts, fmt.Sprintf("%s (no difference)", words(x.What)))
		}
	}
	if len(parts) > 0 {
		t.printf("\n%s\n", t.dim("Ignored: "+strings.Join(parts, ", ")))
	}
}

func (t textReport) summary(c *comparison, narrowed bool) {
	n := c.Count()
	same := plural(len(c.Identical), "object")
	switch {
	case c.Equal() && len(c.Notices()) > 0:
		t.printf("\n%s\n", t.warn("Nothing differs in what could be read."))
		return
	case c.Equal():
		t.printf("\n%s\n", t.good(fmt.Sprintf("The structures are equal%s%s (%s).", inPart(narrowed), c.asFar(), same)))
		return
	case n.Total() == 0:
		t.printf("\nNo difference that this program can change; %s the same.\n", same)
		return
	}
	text := fmt.Sprintf("%s: %d to create, %d to alter, %d to drop%s", plural(n.Total(), "difference"), n.Create, n.Alter, n.Drop, renamesNote(n.Rename))
	t.printf("\n%s; %s the same.\n", t.bold(text), same)
	if n.Destructive > 0 {
		t.printf("%s\n", t.loud(fmt.Sprintf("%s may destroy data (marked !).", plural(n.Destructive, "of the changes", "of the changes"))))
	}
}

func inPart(narrowed bool) string {
	if narrowed {
		return " in what was compared"
	}
	return ""
}

// plan writes the statements with their hazards, and what is left out.
func (t textReport) plan(p *plan.Plan) {
	t.printf("\n%s\n", t.bold(fmt.Sprintf("Plan: %s on the target", plural(len(p.Statements), "statement"))))
	for i, s := range p.Statements {
		t.statement(i, s)
	}
}

func (t textReport) statement(i int, s plan.Statement) {
	t.printf("\n%s\n", t.dim(fmt.Sprintf("-- %d: %s %s%s", i+1, s.Action, fullName(s.Key), reasonText(s.Reason))))
	for _, h := range s.Hazards {
		t.hazards([]hazard.Hazard{h}, "-- ")
	}
	t.printf("%s;\n", clean(s.SQL))
}

// reasonText says why a statement is there although its object does not differ.
func reasonText(reason string) string {
	code, key, _ := strings.Cut(reason, " ")
	switch {
	case reason == "":
		return ""
	case code == plan.ReasonStepsAside:
		return ", which steps aside for " + line(key)
	case code == plan.ReasonBelongs:
		return ", whose definition " + line(key) + " stands in"
	}
	return ", because: " + words(line(reason))
}

func (t textReport) leftOut(left []plan.LeftOut) {
	if len(left) == 0 {
		return
	}
	t.printf("\n%s\n", t.warn("Left out without --allow-destructive:"))
	for _, l := range left {
		why := "destroys data"
		if l.Because != l.Key {
			why = "needs another change that destroys data: " + fullName(l.Because)
		}
		t.printf("  %s: %s\n", fullName(l.Key), why)
	}
}

// plural counts things.
func plural(n int, word string, many ...string) string {
	switch {
	case n == 1:
		return "1 " + word
	case len(many) > 0:
		return fmt.Sprintf("%d %s", n, many[0])
	}
	return fmt.Sprintf("%d %ss", n, word)
}
