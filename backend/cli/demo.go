package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/samples"
)

const demoExample = `  # the whole job on two small databases, which are deleted again
  dbstruct demo

  # keep them to play with, and delete them later
  dbstruct demo --dir shop
  dbstruct demo --dir shop --remove`

// demo is one showing of the main job.
type demo struct {
	*app
	textReport
	dir            string
	keep           bool
	source, target string // paths
}

func (a *app) demoCommand() *cobra.Command {
	d := demo{app: a, textReport: textReport{w: a.out, palette: palette{a.term.color}}}
	remove := false
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Watch two small SQLite databases being compared, synchronised and proven equal",
		Long: `Makes two small SQLite databases, a shop as its developers have it and an ancestor of it as it runs in
production, shows what differs and the SQL, executes it, and proves that the two are equal by asking
SQLite itself. It needs no server and touches nothing else.

Exit codes: 0 they are proven equal, 1 they are not, or something went wrong.`,
		Example: demoExample,
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if remove {
				return d.remove(cmd)
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			return a.explained(ctx, d.run(ctx), true)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&d.dir, "dir", "", "make the databases in this `folder` and keep them (otherwise in a temporary one)")
	cmd.Flags().BoolVar(&d.keep, "keep", false, "do not delete the databases afterwards")
	cmd.Flags().BoolVar(&remove, "remove", false, "delete the databases that an earlier demo has kept in the folder of --dir")
	addTimeout(cmd, &a.timeout)
	return cmd
}

// remove deletes what an earlier showing has kept.
func (d *demo) remove(cmd *cobra.Command) error {
	if d.dir == "" {
		return usage(cmd, "--remove needs --dir: the folder of the databases")
	}
	if !samples.Present(d.dir) {
		return fault.New(fault.NotFound, "there are no sample databases in %s", d.dir)
	}
	if err := samples.Remove(d.dir); err != nil {
		return fault.Wrap(fault.BadInput, err, "nothing was deleted")
	}
	_ = os.Remove(d.dir) // if nothing else is in it
	d.printf("The sample databases in %s are deleted.\n", clean(d.dir))
	return nil
}

// run makes the databases, tells the story and deletes them again.
func (d *demo) run(ctx context.Context) (err error) {
	if d.dir == "" {
		if d.dir, err = os.MkdirTemp("", "dbstruct-demo-"); err != nil {
			return fault.Wrap(fault.BadInput, err, "there is no place for the sample databases: name a folder with --dir")
		}
		if !d.keep {
			defer func() { err = errors.Join(err, d.cleanUp()) }()
		}
	} else {
		d.keep = true
	}
	if d.dir, err = filepath.Abs(d.dir); err != nil {
		return fault.Wrap(fault.BadInput, err, "the folder cannot be used")
	}
	began := time.Now()
	if d.source, d.target, err = samples.Create(d.dir); err != nil {
		return fault.Wrap(fault.BadInput, err, "the sample databases could not be made")
	}
	if err := d.tell(ctx, began); err != nil {
		return err
	}
	if d.keep {
		d.printf("The two databases are still there, in %s.\nTo delete them: dbstruct demo --remove --dir %s\n", clean(d.dir), shellWord(d.dir))
	} else {
		d.printf("The two databases are deleted; dbstruct demo --keep keeps them.\n")
	}
	return nil
}

func (d *demo) cleanUp() error {
	if err := errors.Join(samples.Remove(d.dir), os.Remove(d.dir)); err != nil {
		return fault.Wrap(fault.BadInput, err, "the sample databases in %s could not be deleted", d.dir)
	}
	return nil
}

// tell goes through the whole job.
func (d *demo) tell(ctx context.Context, began time.Time) error {
	before, err := samples.Read(ctx, d.target)
	if err != nil {
		return err
	}
	d.printf("$SOURCE is %s\n    a shop as its developers have it today\n", clean(fileURL(d.source)))
	d.printf("$TARGET is %s\n    the same shop as it runs in production: an ancestor that was changed by hand since, with %s in it\n",
		clean(fileURL(d.target)), plural(before.Rows(), "row"))

	d.step("What differs")
	if err := d.command(ctx, d.out, exitDifferent, "diff"); err != nil {
		return err
	}
	d.step("The SQL that would make the target like the source, to be reviewed; nothing is executed yet")
	if err := d.command(ctx, d.out, exitDifferent, "diff", "--format", "sql", "--allow-destructive"); err != nil {
		return err
	}
	d.step("Make it so. What destroys data has to be allowed in so many words")
	if err := d.sync(ctx); err != nil {
		return err
	}
	d.step("The proof")
	if err := d.command(ctx, d.out, exitEqual, "diff"); err != nil {
		return err
	}
	return d.prove(ctx, before, began)
}

// command runs a command of this program on the two databases, in view, and wants this exit code.
func (d *demo) command(ctx context.Context, out io.Writer, want int, args ...string) error {
	d.prompt(append([]string{args[0], "$SOURCE", "$TARGET"}, args[1:]...)...)
	return d.execute(ctx, out, want, args...)
}

func (d *demo) execute(ctx context.Context, out io.Writer, want int, args ...string) error {
	inner := &app{service: d.service, term: d.app.term, out: newOutput(out), err: d.app.err}
	root := inner.rootCommand()
	root.SetArgs(append(args, fileURL(d.source), fileURL(d.target)))
	root.SetErr(d.app.err)
	err := root.ExecuteContext(ctx)
	if err := errors.Join(inner.out.Flush(), d.app.out.Flush()); err != nil {
		return err
	}
	switch {
	case err != nil:
		return fmt.Errorf("dbstruct %s: %w", args[0], err)
	case inner.code != want:
		return fault.New(fault.VerificationFailed, "not proven: dbstruct %s exits with %d instead of %d", args[0], inner.code, want)
	}
	return nil
}

// sync makes the target like the source. What it prints before its end has been seen.
func (d *demo) sync(ctx context.Context) error {
	const last = 2
	d.prompt("sync", "$SOURCE", "$TARGET", "--yes", "--allow-destructive", "|", "tail", "-n", fmt.Sprint(last))
	var text bytes.Buffer
	err := d.execute(ctx, &text, exitEqual, "sync", "--yes", "--allow-destructive")
	lines := strings.Split(strings.TrimRight(text.String(), "\n"), "\n")
	if err == nil && len(lines) > last {
		lines = lines[len(lines)-last:]
	}
	d.printf("%s\n", strings.Join(lines, "\n"))
	return err
}

// prove asks SQLite whether the two are equal, and looks whether the rows are what they were.
func (d *demo) prove(ctx context.Context, before samples.Content, began time.Time) error {
	lines, err := samples.Judge(ctx, d.source, d.target)
	if err != nil {
		return fault.Wrap(fault.VerificationFailed, err, "not proven")
	}
	after, err := samples.Read(ctx, d.target)
	if err != nil {
		return err
	}
	d.printf("\nSQLite itself, asked with sqlite_schema, its pragmas, integrity_check and foreign_key_check, tells the same %d lines about both.\n", lines)
	kept, lost := after.Since(before)
	d.printf("\n%-26s %8s %8s  values\n", "Rows of the target", "before", "after")
	rows := 0
	var changed []string
	for _, k := range kept {
		verdict := d.good("the same")
		if !k.Same {
			verdict = d.bad("changed")
			changed = append(changed, k.Table)
		}
		d.printf("  %-24s %8d %8d  %s\n", k.Table, k.Before, k.After, verdict)
		rows += k.After
	}
	if len(changed) > 0 {
		return fault.New(fault.VerificationFailed, "not proven: rows of %s changed", strings.Join(changed, ", "))
	}
	var gone []string
	for _, l := range lost {
		if l.Column == "" {
			gone = append(gone, fmt.Sprintf("the table %s with its %s", l.Table, plural(l.Count, "row")))
		} else {
			gone = append(gone, fmt.Sprintf("the column %s.%s with its %s", l.Table, l.Column, plural(l.Count, "value")))
		}
	}
	d.printf("\n%s Comparing again finds nothing, SQLite tells the same about the structure of both, and all %s\n"+
		"that had to stay are as they were. Gone, as announced: %s.\nAll of this took %.1f s.\n",
		d.good("Proven equal."), plural(rows, "row"), strings.Join(gone, " and "), time.Since(began).Seconds())
	return nil
}

func (d *demo) step(text string) { d.printf("\n%s\n", d.bold("── "+text+" ──")) }

// prompt shows a command as it would be typed.
func (d *demo) prompt(words ...string) {
	d.printf("\n%s\n\n", d.bold("$ dbstruct "+strings.Join(words, " ")))
}

func fileURL(path string) string { return "sqlite:" + (&url.URL{Path: path}).EscapedPath() }

// shellWord is a word as a shell reads it back.
func shellWord(text string) string {
	if strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
