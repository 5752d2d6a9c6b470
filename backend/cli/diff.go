package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/service"
)

// The environment variables for passwords.
const (
	sourcePassword = "DBSTRUCT_SOURCE_PASSWORD"
	targetPassword = "DBSTRUCT_TARGET_PASSWORD"
)

const diffExample = `  # what would have to change in production to make it like development
  dbstruct diff postgres://me@dev.example/shop postgres://me@prod.example/shop

  # the same as a script to review and run with psql
  dbstruct diff --format sql SOURCE TARGET > migrate.sql

  # only some tables, without comments and the names of indexes
  dbstruct diff --include 'order*' --exclude '*_old' --ignore comments,index_names SOURCE TARGET

  # in a script: 0 equal, 2 different, 1 error
  dbstruct diff --format json SOURCE TARGET > diff.json || echo "exit code $?"`

var diffFormats = []string{"text", "json", "sql"}

func (a *app) diffCommand() *cobra.Command {
	var (
		flags     compareFlags
		countRows bool
	)
	cmd := &cobra.Command{
		Use:   "diff SOURCE TARGET",
		Short: "Show what differs and what would make the target like the source",
		Long: `Compares the structure of two databases and shows what would have to change in TARGET to make it
like SOURCE. Nothing is written to either of them.

Exit codes: 0 the structures are equal, 2 they differ, 1 an error.`,
		Example: diffExample,
		Args:    arguments("SOURCE", "TARGET"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(cmd, diffFormats...); err != nil {
				return err
			}
			if countRows && flags.format == "sql" {
				return usage(cmd, "--count-rows is for --format text and json")
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			ends, err := a.ends(ctx, cmd, &flags, args)
			if err != nil {
				return a.explained(ctx, err, false)
			}
			c, err := a.compare(ctx, &flags, ends)
			if err != nil {
				return a.explained(ctx, err, false)
			}
			if countRows {
				if c.counts, err = a.countRows(ctx, c); err != nil {
					return a.explained(ctx, err, false)
				}
			}
			return a.showDiff(c, &flags)
		},
	}
	flags.add(cmd, diffFormats...)
	cmd.Flags().BoolVar(&countRows, "count-rows", false, "count the rows of the target that stand against a change, such as NULL where it is not to be allowed; reads whole tables")
	a.addReaching(cmd)
	return cmd
}

// comparison is what was compared, as the user named it.
type comparison struct {
	*service.Comparison
	ends   [2]end // source, target
	counts service.RowCounts
}

// ends reads the arguments.
func (a *app) ends(ctx context.Context, cmd *cobra.Command, flags *compareFlags, args []string) (ends [2]end, err error) {
	for i, role := range []string{"SOURCE", "TARGET"} {
		if ends[i], err = a.database(ctx, cmd, role, args[i], flags.schemas); err != nil {
			return ends, err
		}
	}
	return ends, nil
}

// compare compares.
func (a *app) compare(ctx context.Context, flags *compareFlags, ends [2]end) (*comparison, error) {
	opt := flags.options()
	opt.Progress = func(side compare.Side, phase string, done, total int) {
		a.term.progress.reading(side, phase, done, total)
	}
	c, err := soon(ctx, func() (*service.Comparison, error) { return a.service.Compare(ctx, ends[0].cfg, ends[1].cfg, opt) })
	a.term.progress.clear()
	return &comparison{c, ends, nil}, err
}

// countRows counts the rows that stand against the changes.
func (a *app) countRows(ctx context.Context, c *comparison) (service.RowCounts, error) {
	counts, err := soon(ctx, func() (service.RowCounts, error) {
		return c.CountRows(ctx, c.Changes, func(done, total int) {
			a.term.progress.doing(fmt.Sprintf("Counting the rows that stand against changes %d/%d", done, total))
		})
	})
	a.term.progress.clear()
	return counts, err
}

// showDiff writes the comparison in the format asked for and sets the exit code.
func (a *app) showDiff(c *comparison, flags *compareFlags) error {
	if !c.Equal() {
		a.code = exitDifferent
	}
	switch flags.format {
	case "json":
		return a.diffJSON(c, flags)
	case "sql":
		return a.diffSQL(c, flags)
	}
	textReport{w: a.out, palette: palette{a.term.color}}.comparison(c, flags)
	return nil
}

func (a *app) diffJSON(c *comparison, flags *compareFlags) error {
	doc, err := comparisonJSON(c, "diff", flags.ignored(), flags.definitions)
	if err != nil {
		return err
	}
	p, err := c.Plan(flags.allowDestructive)
	if err != nil { // the differences are worth having all the same
		doc.PlanError = &jsonError{string(fault.CodeOf(err)), err.Error()}
	} else {
		doc.Plan = planJSON(p)
	}
	return writeJSON(a.out, doc)
}

func (a *app) diffSQL(c *comparison, flags *compareFlags) error {
	p, err := c.Plan(flags.allowDestructive)
	if err != nil {
		return err
	}
	if _, err := c.Script(p).WriteTo(a.out); err != nil {
		return err
	}
	t := textReport{w: a.err, palette: palette{a.term.errColor}}
	t.leftOut(p.LeftOut)
	t.unmodelled(c.Unmodelled)
	t.notices(c.Notices())
	return nil
}
