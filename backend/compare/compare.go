// Package compare reads two open databases at the same time and says what differs between them: the changes with their
// hazards, what the model cannot tell, what was ignored, and what could not be read. It must not know how connections
// are made, who asks, or any concrete engine.
package compare

import (
	"context"
	"fmt"
	"maps"

	"golang.org/x/sync/errgroup"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// Side names one of the two databases.
type Side string

// The sides: the source is what the target is to become.
const (
	Source Side = "source"
	Target Side = "target"
)

// SideError is an error that comes from one of the two databases.
type SideError struct {
	Side  Side
	Doing string // what was being done, for the sentence
	Err   error
}

// Error is the sentence.
func (e *SideError) Error() string { return e.Doing + ": " + e.Err.Error() }

// Unwrap is the cause.
func (e *SideError) Unwrap() error { return e.Err }

// Input is one open database and what of it is to be read.
type Input struct {
	Conn    engine.Conn
	Dialect string   // the engine's family
	Name    string   // for messages: its URL without secrets
	Schemas []string // empty: every user schema
}

// Options say what counts and who is told about the progress.
type Options struct {
	Diff diff.Options
	// IgnoreColumnOrder leaves the order of columns out even where the target's engine can change it.
	IgnoreColumnOrder bool
	// Translate are the user's rules for comparing two engines.
	Translate translate.Rules
	// Renames are those that the user has confirmed, as diff.ParseRenames reads them.
	Renames []string
	// Progress may be nil; it is called from several goroutines.
	Progress func(side Side, phase string, done, total int)
}

// Result is what a comparison found. It stays valid after the connections are closed.
type Result struct {
	*diff.Result
	// Source is in the target's terms. Original is what was read where that is something else, else nil.
	Source, Target, Original *schema.Database
	// Translation says what is otherwise in the target because its engine is another one; sorted by key.
	Translation                  []translate.Note
	originalDialect              plan.Dialect // of Original
	origins                      map[schema.Key]schema.Key
	SourceServer, TargetServer   engine.Server
	sourceDialect, targetDialect plan.Dialect
	// Options are the ones that were in force, the target's engine taken into account.
	Options diff.Options
	// Goal is what the target was compared with: the source as far as a server of the target's version can have it. Notes
	// are what it cannot have, sorted by key; they are no differences.
	Goal  *schema.Database
	Notes []schema.Note
	// Renames are those that were confirmed; Suggestions are about drops and creates that are left.
	Renames     []diff.Rename
	Suggestions []diff.Suggestion
	asked       asked
}

// Run compares. An error says which side it comes from; it stops the reading of the other side.
func Run(ctx context.Context, source, target Input, opt Options) (*Result, error) {
	r := &Result{
		SourceServer: source.Conn.Server(), TargetServer: target.Conn.Server(),
		sourceDialect: source.Conn.Dialect(), targetDialect: target.Conn.Dialect(),
	}
	if r.SourceServer.Identity == r.TargetServer.Identity {
		return nil, fault.New(fault.SameDatabase, "source and target are the same database (%s): name two different ones", target.Name)
	}
	var err error
	if r.Source, r.Target, err = inspectBoth(ctx, source, target, opt.Progress); err != nil {
		return nil, err
	}
	if err := requireSchemas(source.Schemas, target.Schemas, r.Source, r.Target); err != nil {
		return nil, err
	}
	r.asked = asked{[2]string{source.Dialect, target.Dialect}, target.Schemas, opt.Translate}
	r.say(r.Target)
	r.Options = Between(r.sourceDialect, r.targetDialect, opt.Diff)
	r.Options.ColumnOrder = r.Options.ColumnOrder && !opt.IgnoreColumnOrder
	if err := requireMatches(r.Options.Include, r.Source, r.Target); err != nil {
		return nil, err
	}
	renames, err := diff.ParseRenames(r.Target, opt.Renames)
	if err != nil {
		return nil, err
	}
	if err := r.find(renames); err != nil {
		return nil, err
	}
	return r, nil
}

// versioned is a dialect whose servers do not have every class of properties in every version.
type versioned interface {
	// Knows tells whether servers of the dialect's version have properties of the class.
	Knows(class schema.Class) bool
}

// adapting is a dialect that can say a structure of another server of its family in the terms of its own.
type adapting interface {
	// Adapt leaves out or replaces what servers of the dialect's version cannot have, with a note for each, and tells what
	// means the same as it is told in the target. What it returns may be its argument, which it never changes.
	Adapt(source, target *schema.Database) (*schema.Database, []schema.Note)
}

// Fitted is a source's structure as far as the target's server can have it, and what it cannot.
func Fitted(d plan.Dialect, source, target *schema.Database) (*schema.Database, []schema.Note) {
	if d, ok := d.(adapting); ok {
		return d.Adapt(source, target)
	}
	return source, nil
}

// folding is a dialect whose servers compare names of columns without regard to case.
type folding interface{ FoldsColumns() bool }

// Between are the options for comparing databases of these two servers: what one of them cannot tell or cannot change is
// no difference.
func Between(source, target plan.Dialect, opt diff.Options) diff.Options {
	opt.ColumnOrder = target.ColumnOrder()
	if f, ok := target.(folding); ok {
		opt.FoldColumns = f.FoldsColumns()
	}
	ignore := maps.Clone(opt.Ignore)
	for _, d := range []plan.Dialect{source, target} {
		v, ok := d.(versioned)
		for _, class := range []schema.Class{schema.ClassNotNullName, schema.ClassInheritance, schema.ClassClock} {
			if !ok || v.Knows(class) {
				continue
			}
			if ignore == nil {
				ignore = map[schema.Class]bool{}
			}
			ignore[class] = true
		}
	}
	opt.Ignore = ignore
	return opt
}

// inspectBoth reads both databases at the same time.
func inspectBoth(ctx context.Context, source, target Input, progress func(Side, string, int, int)) (s, t *schema.Database, err error) {
	group, ctx := errgroup.WithContext(ctx)
	read := func(side Side, in Input, into **schema.Database) {
		group.Go(func() error {
			opt := engine.InspectOptions{Schemas: in.Schemas}
			if progress != nil {
				opt.Progress = func(phase string, done, total int) { progress(side, phase, done, total) }
			}
			db, err := in.Conn.Inspect(ctx, opt)
			if err != nil {
				return &SideError{side, "reading the " + string(side) + " " + in.Name, err}
			}
			db.Objects() // sorts them, while the other side may still be at it
			*into = db
			return nil
		})
	}
	read(Source, source, &s)
	read(Target, target, &t)
	return s, t, group.Wait()
}

// fillHazards asks the target's dialect what each change may do, parts included.
func fillHazards(changes []diff.Change, d plan.Dialect, target *schema.Database) {
	fillEach(changes, d, target)
	g, ok := d.(plan.Gatherer)
	if !ok {
		return
	}
	together := map[schema.Key]bool{}
	for _, keys := range g.Gather(changes) {
		for _, k := range keys {
			together[k] = true
		}
	}
	for i, c := range changes {
		if together[c.Key()] {
			changes[i].Hazards = g.Gathered(c)
		}
	}
}

func fillEach(changes []diff.Change, d plan.Dialect, target *schema.Database) {
	for i := range changes {
		if changes[i].Action == diff.RenameAction {
			continue // it has its own
		}
		changes[i].Hazards = d.Hazards(changes[i], target)
		fillEach(changes[i].Parts, d, target)
	}
}

// TargetDialect renders for the target's server.
func (r *Result) TargetDialect() plan.Dialect { return r.targetDialect }

// SourceDialect renders for the source's server.
func (r *Result) SourceDialect() plan.Dialect { return r.sourceDialect }

// Plan makes the ordered statements for all changes, without the destructive ones when they are not allowed.
func (r *Result) Plan(allowDestructive bool) (*plan.Plan, error) {
	return r.PlanWith(plan.Options{AllowDestructive: allowDestructive})
}

// PlanWith makes the ordered statements for the changes that the options choose.
func (r *Result) PlanWith(opt plan.Options) (*plan.Plan, error) {
	return plan.Build(r.targetDialect, r.Target, r.Changes, opt)
}

// Definitions are the CREATE statements of a change's object in the target (before) and in the source (after), "" where
// there is none.
func (r *Result) Definitions(c diff.Change) (before, after string, err error) {
	was := r.Base
	if c.Action == diff.RenameAction {
		was = r.Target
	}
	if c.Before != nil {
		if before, err = plan.Definition(r.targetDialect, c.Before, was); err != nil {
			return "", "", fmt.Errorf("writing the target's definition of %s: %w", c.Key(), err)
		}
	}
	if c.Action == diff.RenameAction {
		if after, err = plan.Definition(r.targetDialect, c.After, r.Base); err != nil {
			return "", "", fmt.Errorf("writing the target's definition of %s under its new name: %w", c.Key(), err)
		}
	} else if c.After != nil {
		if after, err = plan.Definition(r.sourceDialect, c.After, r.Source); err != nil {
			return "", "", fmt.Errorf("writing the source's definition of %s: %w", c.Key(), err)
		}
	}
	return before, after, nil
}

// Counts are the numbers of changes that can be chosen one by one, table parts included.
type Counts struct{ Create, Alter, Drop, Rename, Destructive int }

// Total is the number of all changes.
func (c Counts) Total() int { return c.Create + c.Alter + c.Drop + c.Rename }

// Count counts the changes.
func (r *Result) Count() Counts {
	var n Counts
	for _, c := range diff.Items(r.Changes) {
		switch c.Action {
		case diff.Create:
			n.Create++
		case diff.Alter:
			n.Alter++
		case diff.Drop:
			n.Drop++
		case diff.RenameAction:
			n.Rename++
		}
		if c.Destructive() {
			n.Destructive++
		}
	}
	return n
}

// SideNotice is something that could not be read on one side.
type SideNotice struct {
	Side Side
	schema.Notice
}

// Notices are what could not be read, the source's first.
func (r *Result) Notices() []SideNotice {
	var out []SideNotice
	for _, n := range r.Source.Notices {
		out = append(out, SideNotice{Source, n})
	}
	for _, n := range r.Target.Notices {
		out = append(out, SideNotice{Target, n})
	}
	return out
}
