package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"database-structure-sync/backend/internal/testdb"
)

// telling is a story being told on a server.
type telling struct {
	story
	server          testdb.Server
	dbstruct        string
	wanted, drifted *testdb.DB
}

func (t *telling) title() string {
	version, _, _ := strings.Cut(t.server.Version, "-")
	return t.flavor + " " + version + ", the schema " + t.schema
}

// tell goes through the whole job and returns the proof in words.
func (t *telling) tell(ctx context.Context) (proof string, err error) {
	defer func() { err = errors.Join(err, t.drop(context.WithoutCancel(ctx))) }()
	heading(t.title())
	if err := t.prepare(ctx); err != nil {
		return "", err
	}
	before, err := t.read(ctx, t.kept)
	if err != nil {
		return "", err
	}
	lost, err := t.read(ctx, t.lost)
	if err != nil {
		return "", err
	}

	step("What differs")
	if err := t.program(ctx, exitDifferent, "diff"); err != nil {
		return "", err
	}
	step("The SQL that would make the target like the source, as a script to review; nothing is executed yet")
	if err := t.program(ctx, exitDifferent, "diff", "--format", "sql", "--allow-destructive"); err != nil {
		return "", err
	}
	step("Make it so. What destroys data has to be allowed in so many words")
	if err := t.sync(ctx); err != nil {
		return "", err
	}

	step("The proof")
	if err := t.program(ctx, exitEqual, "diff"); err != nil {
		return "", err
	}
	lines, err := t.judgeDumps(ctx)
	if err != nil {
		return "", err
	}
	count, err := t.compareRows(ctx, before)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: comparing again finds nothing, %s writes the same %d lines for both databases, "+
		"and all %d rows that the synchronisation had to keep are as they were. Gone, as announced: %s.",
		t.title(), t.judge, lines, count, t.lostWords(lost)), nil
}

// prepare makes both databases.
func (t *telling) prepare(ctx context.Context) (err error) {
	schema, err := os.ReadFile(t.file)
	if err != nil {
		return err
	}
	if t.wanted, err = t.server.CreateContext(ctx); err != nil {
		return err
	}
	if t.drifted, err = t.server.CreateContext(ctx); err != nil {
		return err
	}
	for _, db := range []*testdb.DB{t.wanted, t.drifted} {
		if err := db.LoadContext(ctx, string(schema)); err != nil {
			return err
		}
	}
	if err := t.drifted.LoadContext(ctx, t.drift); err != nil {
		return err
	}
	fmt.Printf("$SOURCE is %s\n    the schema as its authors publish it: %s\n", address(t.wanted), t.file)
	fmt.Printf("$TARGET is %s\n    an older release of it, changed by hand since, with rows in it: backend/internal/demo/testdata/%s-before.sql\n",
		address(t.drifted), t.schema)
	return nil
}

func (t *telling) drop(ctx context.Context) error {
	var err error
	for _, db := range []*testdb.DB{t.wanted, t.drifted} {
		if db != nil {
			err = errors.Join(err, db.DropContext(ctx))
		}
	}
	return err
}

// The program's exit codes.
const (
	exitEqual     = 0
	exitDifferent = 2
)

// program runs a command of the program on the two databases, in view, and wants it to exit with this code.
func (t *telling) program(ctx context.Context, want int, command string, options ...string) error {
	prompt(strings.Join(append([]string{"dbstruct", command, "$SOURCE", "$TARGET"}, options...), " "))
	return t.execute(ctx, os.Stdout, want, command, options...)
}

// sync makes the target like the source. What it prints before the end has been seen: the differences and the statements.
func (t *telling) sync(ctx context.Context) error {
	const last = 2
	prompt(fmt.Sprintf("dbstruct sync $SOURCE $TARGET --yes --allow-destructive | tail -n %d", last))
	var out bytes.Buffer
	err := t.execute(ctx, &out, exitEqual, "sync", "--yes", "--allow-destructive")
	text := strings.TrimRight(out.String(), "\n")
	if lines := strings.Split(text, "\n"); err == nil && len(lines) > last {
		text = strings.Join(lines[len(lines)-last:], "\n")
	}
	fmt.Println(text)
	return err
}

// execute runs the program. The passwords go through the environment, where nobody can see them.
func (t *telling) execute(ctx context.Context, out io.Writer, want int, command string, options ...string) error {
	args := append([]string{command, address(t.wanted), address(t.drifted)}, options...)
	cmd := exec.CommandContext(ctx, t.dbstruct, args...)
	cmd.Env = append(os.Environ(), "DBSTRUCT_SOURCE_PASSWORD="+t.server.Password, "DBSTRUCT_TARGET_PASSWORD="+t.server.Password)
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it rolls back and says how things stand
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("running %s: %w", t.dbstruct, err)
	}
	if code := cmd.ProcessState.ExitCode(); code != want {
		return fmt.Errorf("dbstruct %s exited with %d instead of %d", command, code, want)
	}
	return nil
}

// address is the database's URL without the password.
func address(db *testdb.DB) string {
	u, err := url.Parse(db.URL())
	if err != nil {
		panic(err) // testdb made it
	}
	u.User = url.User(u.User.Username())
	return u.String()
}

// judgeDumps compares what the server's own dump program writes for the two, and returns how many lines that is.
func (t *telling) judgeDumps(ctx context.Context) (lines int, err error) {
	prompt(fmt.Sprintf("diff <(%s $SOURCE) <(%s $TARGET)", t.judge, t.judge))
	var dumps [2]string
	for i, db := range []*testdb.DB{t.wanted, t.drifted} {
		dump, err := db.DumpContext(ctx)
		if err != nil {
			return 0, err
		}
		dumps[i] = sortedKeys(db.Normalize(dump, testdb.AutoIncrement))
	}
	if at, a, b := firstDifference(dumps[0], dumps[1]); at > 0 {
		return 0, fmt.Errorf("%s disagrees at line %d:\n  source: %s\n  target: %s", t.judge, at, a, b)
	}
	lines = strings.Count(dumps[0], "\n")
	fmt.Printf("No difference in %d lines%s.\n", lines, t.aside)
	return lines, nil
}

var mysqlKey = regexp.MustCompile(`^  (?:(?:UNIQUE |FULLTEXT |SPATIAL )?KEY|CONSTRAINT) `)

// sortedKeys brings the keys and constraints of each CREATE TABLE of MySQL and MariaDB into one order. The server lists
// them in that of their creation, which no statement changes and which means nothing.
func sortedKeys(dump string) string {
	lines := strings.Split(dump, "\n")
	for i := 0; i < len(lines); i++ {
		begin := i
		for i < len(lines) && mysqlKey.MatchString(lines[i]) {
			lines[i] = strings.TrimSuffix(lines[i], ",")
			i++
		}
		slices.Sort(lines[begin:i])
	}
	return strings.Join(lines, "\n")
}

// firstDifference is the number of the first line that differs, 0 when none does, and the line on either side.
func firstDifference(a, b string) (line int, inA, inB string) {
	if a == b {
		return 0, "", ""
	}
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		inA, inB = "(nothing)", "(nothing)"
		if i < len(as) {
			inA = as[i]
		}
		if i < len(bs) {
			inB = bs[i]
		}
		if inA != inB {
			return i + 1, inA, inB
		}
	}
	return 0, "", ""
}

// read answers the queries on the target.
func (t *telling) read(ctx context.Context, queries []rows) ([][][]string, error) {
	var all [][][]string
	for _, q := range queries {
		found, err := t.drifted.QueryStringsContext(ctx, q.query)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

// compareRows looks whether the target's rows are what they were, and returns how many there are.
func (t *telling) compareRows(ctx context.Context, before [][][]string) (count int, err error) {
	after, err := t.read(ctx, t.kept)
	if err != nil {
		return 0, err
	}
	fmt.Printf("\n%-24s %12s %12s  values\n", "Rows of the target", "before", "after")
	var changed []string
	for i, q := range t.kept {
		verdict := good("the same")
		if !reflect.DeepEqual(before[i], after[i]) {
			verdict = bad("changed")
			changed = append(changed, q.what)
		}
		fmt.Printf("  %-22s %12d %12d  %s\n", q.what, len(before[i]), len(after[i]), verdict)
		count += len(after[i])
	}
	if len(changed) > 0 {
		return 0, fmt.Errorf("rows of %s changed", strings.Join(changed, ", "))
	}
	return count, nil
}

// lostWords says what was dropped with data in it.
func (t *telling) lostWords(lost [][][]string) string {
	var parts []string
	for i, q := range t.lost {
		parts = append(parts, fmt.Sprintf(q.what, len(lost[i])))
	}
	return strings.Join(parts, " and ")
}
