package cli

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/service"
)

// compareFlags are what diff and sync share.
type compareFlags struct {
	format           string
	include, exclude []string
	schemas          []string
	ignore, compare  []string
	renames          []string
	types            []string
	allowDestructive bool
	definitions      bool
}

func (f *compareFlags) add(cmd *cobra.Command, formats ...string) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "text", "output: "+strings.Join(formats, ", "))
	flags.StringArrayVar(&f.include, "include", nil, "compare only tables and views whose name, or schema.name, matches this `glob` (repeatable)")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "leave out tables and views that match this `glob` (repeatable)")
	flags.StringArrayVar(&f.schemas, "schema", nil, "compare only this PostgreSQL `schema`, on both sides (repeatable)")
	flags.StringSliceVar(&f.ignore, "ignore", nil, "leave out differences in this `list`: "+strings.Join(service.Ignorable, ", "))
	flags.StringSliceVar(&f.compare, "compare", nil, "look at this `list` of what is left out by default: "+strings.Join(service.IgnoredByDefault, ", "))
	flags.StringArrayVar(&f.renames, "rename", nil, "take an object of the target for one of the source under another name, such as 'table:old=new' or 'column:table.old=new' (repeatable)")
	flags.StringArrayVar(&f.types, "map", nil, "between engines, give a type of the source another `type` in the target than usual: 'tinyint(1)=smallint', or for one column 'orders.flag=boolean'; 'on update=trigger' makes triggers for ON UPDATE (repeatable)")
	flags.BoolVar(&f.allowDestructive, "allow-destructive", false, "let changes into the plan that may destroy data; without it they are left out and listed")
	flags.BoolVar(&f.definitions, "definitions", false, "with --format json, add both definitions of every changed object")
}

// addReaching adds what every command has that connects to a database.
func (a *app) addReaching(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.acceptNew, "accept-new", false, "trust SSH hosts that nothing is known of, and add their keys to the known ones; one whose key has changed is refused all the same")
	addTimeout(cmd, &a.timeout)
}

func addTimeout(cmd *cobra.Command, timeout *time.Duration) {
	cmd.Flags().Var((*limit)(timeout), "timeout", "give up after this `time`, such as 30s or 10m, whatever is going on (0: never)")
}

// limit is a duration that is not negative: a flag that would say "never" by accident is worth a refusal.
type limit time.Duration

func (l *limit) Type() string { return "duration" }

func (l *limit) String() string {
	if *l == 0 {
		return "0" // which help does not repeat as the default
	}
	return time.Duration(*l).String()
}

func (l *limit) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return errors.New("write a time such as 30s or 10m")
	}
	*l = limit(d)
	return nil
}

// check refuses what no run could make sense of.
func (f *compareFlags) check(cmd *cobra.Command, formats ...string) error {
	if !slices.Contains(formats, f.format) {
		return usage(cmd, "--format must be one of %s", strings.Join(formats, ", "))
	}
	if err := (service.Choice{Include: f.include, Exclude: f.exclude, Map: f.types}).Check(); err != nil {
		return usage(cmd, "%s", err)
	}
	for _, word := range f.ignore {
		if !slices.Contains(service.Ignorable, word) {
			return usage(cmd, "--ignore does not know %q: there are %s", word, strings.Join(service.Ignorable, ", "))
		}
	}
	for _, word := range f.compare {
		if !slices.Contains(service.IgnoredByDefault, word) {
			return usage(cmd, "--compare does not know %q: there is %s", word, strings.Join(service.IgnoredByDefault, ", "))
		}
		if slices.Contains(f.ignore, word) {
			return usage(cmd, "%q cannot be both ignored and compared", word)
		}
	}
	if f.definitions && f.format != "json" {
		return usage(cmd, "--definitions is for --format json")
	}
	return nil
}

// narrowed tells that the user left something out, so that "equal" needs a qualification.
func (f *compareFlags) narrowed() bool {
	return len(f.include)+len(f.exclude)+len(f.schemas)+len(f.ignore) > 0
}

// ignored are the words in force, the defaults among them, in their fixed order.
func (f *compareFlags) ignored() []string {
	var out []string
	for _, word := range service.Ignorable {
		byDefault := slices.Contains(service.IgnoredByDefault, word) && !slices.Contains(f.compare, word)
		if byDefault || slices.Contains(f.ignore, word) {
			out = append(out, word)
		}
	}
	return out
}

// options are the flags in the services' terms.
func (f *compareFlags) options() compare.Options {
	opt := service.Choice{Include: f.include, Exclude: f.exclude, Ignore: f.ignored(), Map: f.types}.Options()
	opt.Renames = f.renames
	return opt
}
