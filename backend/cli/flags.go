package cli

import (
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

// compareFlags are what diff and sync share.
type compareFlags struct {
	format           string
	include, exclude []string
	schemas          []string
	ignore, compare  []string
	allowDestructive bool
	definitions      bool
}

// ignorable are the words of --ignore, in the order in which they are listed.
var ignorable = []string{"comments", "collation", "auto_increment", "storage", "column_order", "constraint_names", "index_names"}

var ignorableClasses = map[string]schema.Class{
	"comments": schema.ClassComment, "collation": schema.ClassCollation,
	"auto_increment": schema.ClassAutoIncrement, "storage": schema.ClassStorage,
}

var constraintKinds = []schema.Kind{schema.KindPrimaryKey, schema.KindUnique, schema.KindCheck, schema.KindExclusion, schema.KindForeignKey}

// ignoredByDefault is rather data than structure: it moves with every row that is inserted.
var ignoredByDefault = []string{"auto_increment"}

func (f *compareFlags) add(cmd *cobra.Command, formats ...string) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "text", "output: "+strings.Join(formats, ", "))
	flags.StringArrayVar(&f.include, "include", nil, "compare only tables and views whose name, or schema.name, matches this `glob` (repeatable)")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "leave out tables and views that match this `glob` (repeatable)")
	flags.StringArrayVar(&f.schemas, "schema", nil, "compare only this PostgreSQL `schema`, on both sides (repeatable)")
	flags.StringSliceVar(&f.ignore, "ignore", nil, "leave out differences in this `list`: "+strings.Join(ignorable, ", "))
	flags.StringSliceVar(&f.compare, "compare", nil, "look at this `list` of what is left out by default: "+strings.Join(ignoredByDefault, ", "))
	flags.BoolVar(&f.allowDestructive, "allow-destructive", false, "let changes into the plan that may destroy data; without it they are left out and listed")
	flags.BoolVar(&f.definitions, "definitions", false, "with --format json, add both definitions of every changed object")
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
	for _, glob := range append(append([]string{}, f.include...), f.exclude...) {
		if _, err := path.Match(glob, ""); err != nil || glob == "" {
			return usage(cmd, "%q is no glob: use *, ? and [a-z], with \\ before a character that is meant literally", glob)
		}
	}
	for _, word := range f.ignore {
		if !slices.Contains(ignorable, word) {
			return usage(cmd, "--ignore does not know %q: there are %s", word, strings.Join(ignorable, ", "))
		}
	}
	for _, word := range f.compare {
		if !slices.Contains(ignoredByDefault, word) {
			return usage(cmd, "--compare does not know %q: there is %s", word, strings.Join(ignoredByDefault, ", "))
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
	for _, word := range ignorable {
		byDefault := slices.Contains(ignoredByDefault, word) && !slices.Contains(f.compare, word)
		if byDefault || slices.Contains(f.ignore, word) {
			out = append(out, word)
		}
	}
	return out
}

// options are the flags in the services' terms.
func (f *compareFlags) options() compare.Options {
	opt := compare.Options{Diff: diff.Options{
		Include: f.include, Exclude: f.exclude,
		Ignore: map[schema.Class]bool{}, IgnoreNames: map[schema.Kind]bool{},
	}}
	for _, word := range f.ignored() {
		switch word {
		case "column_order":
			opt.IgnoreColumnOrder = true
		case "constraint_names":
			for _, kind := range constraintKinds {
				opt.Diff.IgnoreNames[kind] = true
			}
		case "index_names":
			opt.Diff.IgnoreNames[schema.KindIndex] = true
		default:
			opt.Diff.Ignore[ignorableClasses[word]] = true
		}
	}
	return opt
}

// database reads one URL argument; role is SOURCE, TARGET or DB.
func (a *app) database(cmd *cobra.Command, role, text, passwordVariable string, schemas []string) (engine.Config, error) {
	cfg, err := service.ParseURL(text)
	if err == nil {
		err = a.service.Check(cfg)
	}
	if err != nil {
		return cfg, usage(cmd, "%s: %s", role, err)
	}
	if cfg.Password == "" {
		cfg.Password = getenv(passwordVariable)
	}
	if len(schemas) == 0 {
		return cfg, nil
	}
	if len(cfg.Params["schema"]) > 0 {
		return cfg, usage(cmd, "%s: the URL names schemas already: leave out --schema", role)
	}
	if !strings.HasPrefix(cfg.Scheme, "postgres") {
		return cfg, usage(cmd, "%s: --schema is for PostgreSQL: elsewhere the database is the schema", role)
	}
	cfg.Params["schema"] = schemas
	return cfg, nil
}
