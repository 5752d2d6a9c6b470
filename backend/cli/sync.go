package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
)

const syncExample = `  # see the plan, then answer the question
  dbstruct sync postgres://me@dev.example/shop postgres://me@prod.example/shop

  # in a script
  dbstruct sync --yes --timeout 10m SOURCE TARGET

  # drop what the source does not have, data included
  dbstruct sync --allow-destructive SOURCE TARGET`

var syncFormats = []string{"text", "json"}

// syncRun is one sync: what is compared and planned, and what came of it.
type syncRun struct {
	*app
	flags *compareFlags
	yes   bool
	c     *comparison
	p     *plan.Plan
	// typed: the name of the target, which is in production, has to be typed before anything is executed.
	typed bool
}

func (a *app) syncCommand() *cobra.Command {
	var (
		flags     compareFlags
		yes       bool
		confirmed string
	)
	cmd := &cobra.Command{
		Use:   "sync SOURCE TARGET",
		Short: "Make the structure of the target like that of the source",
		Long: `Compares the structure of two databases, shows the plan, asks, executes it on TARGET, and verifies the
result by reading TARGET again. SOURCE is never written to.

Changes that may destroy data are left out unless --allow-destructive is given. On PostgreSQL the
plan runs in one transaction where the server allows it: if a statement fails, all is rolled back.
On MySQL and MariaDB every statement takes effect at once; the first failure stops the rest.

On a saved connection that is marked as production its name has to be typed, or given with --confirm.

Exit codes: 0 the target is (or was) like the source, 2 differences remain, 1 an error.`,
		Example: syncExample,
		Args:    arguments("SOURCE", "TARGET"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(cmd, syncFormats...); err != nil {
				return err
			}
			if flags.format == "json" && !yes {
				return usage(cmd, "--format json needs --yes: there is no room for a question in it")
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			ends, err := a.ends(ctx, cmd, &flags, args)
			if err != nil {
				return a.explained(ctx, err, false)
			}
			typed, err := a.mustType(cmd, ends[1], confirmed, flags.format)
			if err != nil {
				return err
			}
			c, err := a.compare(ctx, &flags, ends)
			if err != nil {
				return a.explained(ctx, err, false)
			}
			p, err := c.Plan(flags.allowDestructive)
			if err != nil {
				return err
			}
			return (&syncRun{a, &flags, yes, c, p, typed}).run(ctx)
		},
	}
	flags.add(cmd, syncFormats...)
	cmd.Flags().BoolVar(&yes, "yes", false, "execute without asking")
	cmd.Flags().StringVar(&confirmed, "confirm", "", "the `name` of the target's connection, needed when it is marked as production")
	a.addReaching(cmd)
	return cmd
}

// mustType tells whether the target's name has to be typed, because it is in production. --confirm is the same, typed
// beforehand.
func (a *app) mustType(cmd *cobra.Command, target end, confirmed, format string) (bool, error) {
	switch {
	case confirmed != "" && target.name == "":
		return false, usage(cmd, "--confirm is the name of the target's saved connection, and the target is a URL")
	case confirmed != "" && confirmed != target.name:
		return false, fault.New(fault.BadInput, "nothing was executed: --confirm names another connection than the target, which is %q", target.name)
	case !target.production || confirmed != "":
		return false, nil
	case !a.term.canAsk || format == "json":
		return false, fault.New(fault.BadInput, "nothing was executed: %q is marked as production: repeat its name with --confirm", target.name)
	}
	return true, nil
}

func (s *syncRun) run(ctx context.Context) error {
	if s.flags.format == "json" {
		return s.runJSON(ctx)
	}
	t := textReport{w: s.out, palette: palette{s.term.color}}
	t.comparison(s.c, s.flags)
	t.leftOut(s.p.LeftOut)
	if len(s.p.Statements) == 0 {
		s.nothingToDo(t)
		return nil
	}
	if !s.yes || s.typed {
		t.plan(s.p)
		agreed, err := s.agreed(ctx)
		if err != nil || !agreed {
			return err
		}
	}
	t.printf("\n")
	result, err := s.execute(ctx, s.statementLines(t))
	if err != nil {
		return s.failed(ctx, err)
	}
	s.verified(t, result)
	s.outputClosed(result)
	return nil
}

// agreed asks whether to execute. Where nobody can answer, that is an error.
func (s *syncRun) agreed(ctx context.Context) (bool, error) {
	if err := s.out.Flush(); err != nil {
		return false, err // nobody saw the plan
	}
	if !s.term.canAsk {
		return false, fault.New(fault.BadInput, "nothing was executed: there is no terminal to ask on; use --yes to execute without a question")
	}
	target := s.c.ends[1]
	question := fmt.Sprintf("\nExecute %s on %s?", plural(len(s.p.Statements), "statement"), clean(target.title()))
	var yes bool
	var err error
	if s.typed {
		var answer string
		answer, err = s.askLine(ctx, question+"\nIt is marked as production. Type its name to execute: ")
		yes = answer == target.name
	} else {
		yes, err = s.confirm(ctx, question)
	}
	if err != nil {
		return false, s.explained(ctx, err, false)
	}
	if !yes {
		s.code = exitDifferent
		say(s.err, "Nothing was executed.\n")
	}
	return yes, nil
}

func (s *syncRun) nothingToDo(t textReport) {
	if s.c.Equal() {
		t.printf("Nothing to do.\n")
		return
	}
	t.printf("\nNothing was executed: what differs cannot be changed or is left out.\n")
	s.code = exitDifferent
}

// execute runs the plan. Whatever happens to the output, a sync that has begun goes on: a reader that has seen enough
// must not leave a database half changed.
func (s *syncRun) execute(ctx context.Context, events func(run.Event)) (*run.Result, error) {
	result, err := s.c.Sync(ctx, s.p, func(e run.Event) {
		switch e.Phase {
		case run.Locking, run.Checking:
			s.term.progress.doing("Checking that the target is still as it was compared")
		case run.Verifying:
			s.term.progress.doing("Verifying: reading the target again")
		case run.Recovering:
			s.term.progress.doing("Finding out how the target stands")
		}
		events(e)
	})
	s.term.progress.clear()
	if err == nil {
		s.code = exitEqual
		if !result.Residual.Equal() || !s.complete() {
			s.code = exitDifferent
		}
	}
	return result, err
}

// complete tells that the plan leads all the way to the source.
func (s *syncRun) complete() bool { return len(s.p.LeftOut) == 0 && len(s.c.Unmodelled) == 0 }

// statementLines prints each statement as it begins, briefly when it has been read in the plan.
func (s *syncRun) statementLines(t textReport) func(run.Event) {
	return func(e run.Event) {
		if e.Phase != run.Executing {
			return
		}
		s.term.progress.clear()
		if e.Done {
			if e.Duration.Seconds() >= 1 {
				t.printf("%s\n", t.dim(fmt.Sprintf("      took %.1f s", e.Duration.Seconds())))
			}
		} else {
			text := clean(s.p.Statements[e.Index].SQL) + ";"
			if !s.yes || s.typed {
				text = brief(text)
			}
			t.printf("%s %s\n", t.dim(fmt.Sprintf("[%d/%d]", e.Index+1, len(s.p.Statements))), text)
		}
		_ = s.out.Flush() // told at the end
	}
}

func (s *syncRun) verified(t textReport, r *run.Result) {
	t.printf("\nExecuted %s and read the target again in %.1f s.\n", plural(len(s.p.Statements), "statement"), r.Total.Seconds())
	switch {
	case len(r.Residual.Changes) > 0:
		t.printf("%s\n", t.loud("Verification failed: the target is not what the plan was to make of it. What still differs:"))
		t.changes(r.Residual.Changes)
	case s.complete() && r.Residual.Equal():
		t.printf("%s\n", t.good("Verified: the structure of the target now equals that of the source"+inPart(s.flags.narrowed())+s.c.asFar()+"."))
	default:
		t.printf("%s\n", t.good("Verified: every change of the plan has taken effect."))
		t.printf("%s\n", t.warn("The target still differs from the source in what was left out or cannot be changed (see above)."))
	}
}

// outputClosed tells on standard error what standard output could not take any more.
func (s *syncRun) outputClosed(r *run.Result) {
	if err := s.out.Flush(); err != nil {
		word := "verified"
		if !r.Residual.Equal() {
			word = "but verification found differences"
		}
		say(s.err, "dbstruct: the output could not be written (%s); all the same, all %s ran, %s\n", err, plural(len(s.p.Statements), "statement"), word)
		s.out.forget()
	}
}

// failed reports on standard error how far an execution came.
func (s *syncRun) failed(ctx context.Context, err error) error {
	_ = s.out.Flush()
	s.out.forget()
	var partial *run.PartialError
	if !errors.As(err, &partial) {
		return s.explained(ctx, err, false)
	}
	s.partial(partial)
	return s.explained(ctx, err, true)
}

var outcomeWords = map[run.Outcome]string{
	run.NotRun: "did not run", run.Done: "took effect", run.RolledBack: "had no effect", run.Failed: "failed", run.Unknown: "unknown",
}

// partial lists every statement with what became of it, and what remains to be done.
func (s *syncRun) partial(e *run.PartialError) {
	t := textReport{w: s.err, palette: palette{s.term.errColor}}
	t.printf("\n")
	for i, o := range e.Outcomes {
		word := fmt.Sprintf("%-13s", outcomeWords[o])
		switch {
		case o == run.Done:
			word = t.good(word)
		case o == run.Failed || o == run.Unknown:
			word = t.bad(word)
		case o == run.RolledBack && i == e.Failed:
			word = t.bad(word)
		default:
			word = t.dim(word)
		}
		t.printf("%5d  %s  %s\n", i+1, word, brief(e.Statements[i].SQL))
	}
	switch {
	case e.StateErr != nil:
		t.printf("\nHow the target stands could not be found out: %s\n", clean(e.StateErr.Error()))
	case e.Remaining != nil && !e.Unchanged:
		if e.Remaining.Equal() {
			t.printf("\nRead again, the target has everything that the plan was to do.\n")
			break
		}
		t.printf("\nWhat remains to be done, by reading the target again:\n")
		t.changes(e.Remaining.Changes)
	}
	t.printf("\n")
}
