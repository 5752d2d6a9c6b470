package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// Options choose what a plan contains. The zero value takes every change that destroys nothing.
type Options struct {
	// Ticked tells which items (see diff.Items) the user wants; nil: all.
	Ticked func(diff.Change) bool
	// AllowDestructive lets destructive items in; without it they, and what cannot run without them, are left out.
	AllowDestructive bool
	// Allowed lets single destructive items in where AllowDestructive does not let in all; nil: none.
	Allowed func(diff.Change) bool
}

// bars tells that the options do not let the item in.
func (o Options) bars(it diff.Change) bool {
	return it.Destructive() && !o.AllowDestructive && (o.Allowed == nil || !o.Allowed(it))
}

// Build plans the chosen ones of all changes, which lead from target to some source (see diff.Compare) and carry their
// hazards. An error names the operation that the dialect cannot do.
func Build(d Dialect, target *schema.Database, all []diff.Change, opt Options) (*Plan, error) {
	renames, rest := split(all)
	base, err := renamed(d, target, renames)
	if err != nil {
		return nil, err
	}
	dep := &dependents{db: base.Database}
	chooser := newChooser(d, dep, all)
	chooser.requireRenames(renames, base.Open)
	chosen, pulled, left := chooser.choose(opt)
	take := func(c diff.Change) bool { return chosen[c.ID()] }
	if some := diff.Select(renames, take); len(some) < len(renames) {
		if base, err = renamed(d, target, some); err != nil {
			return nil, err
		}
		renames, dep = some, &dependents{db: base.Database}
		rest = startFrom(base.Database, rest)
	}
	changes := diff.Select(rest, take)
	p := &Plan{Before: target, Expected: diff.Apply(base.Database, changes), Pulled: pulled, LeftOut: left}
	start := target
	if first, early := clearing(d, target, renames, changes); len(first) > 0 {
		start = diff.Apply(target, first)
		if p.Statements, err = statements(d, World{Before: target, After: start}, &dependents{db: target}, first); err != nil {
			return nil, err
		}
		if base, err = renamed(d, start, renames); err != nil {
			return nil, err
		}
		dep = &dependents{db: base.Database}
		changes = startFrom(base.Database, diff.Select(changes, func(c diff.Change) bool { return !early[c.ID()] }))
	}
	names, err := renameStatements(d, renames, start, base.Database)
	if err != nil {
		return nil, fmt.Errorf("planning the renames: %w", err)
	}
	others, err := statements(d, World{Before: base.Database, After: p.Expected}, dep, changes)
	if err != nil {
		return nil, err
	}
	p.Statements = slices.Concat(p.Statements, names, others)
	return p, nil
}

// statements lead from one end of the world to the other by these changes, in an order that every dependency allows.
func statements(d Dialect, world World, dep *dependents, changes []diff.Change) (out []Statement, err error) {
	var nodes []Node
	for _, op := range expand(d, world, dep, changes) {
		ns, err := render(d, op, world)
		if err != nil {
			return nil, fmt.Errorf("planning %s of %s: %w", op.Action, op.Key(), err)
		}
		nodes = append(nodes, ns...)
	}
	for _, n := range order(d, world, nodes) {
		for _, s := range n.Statements {
			s.Hazards = distinct(s.Hazards)
			out = append(out, s)
		}
	}
	return out, nil
}

// distinct leaves out repetitions: one statement may serve several changes that share a hazard.
func distinct(hs []hazard.Hazard) []hazard.Hazard {
	var out []hazard.Hazard
	for _, h := range hs {
		same := func(o hazard.Hazard) bool { return o.Code == h.Code && slices.Equal(o.Args, h.Args) }
		if !slices.ContainsFunc(out, same) {
			out = append(out, h)
		}
	}
	return out
}

// render asks the dialect for the nodes of one operation; a replacement is a drop and a create.
func render(d Dialect, op Op, world World) ([]Node, error) {
	if op.Action != diff.Replace {
		nodes, err := d.Nodes(op, world)
		explain(nodes, op.Reason)
		return nodes, err
	}
	drop, err := d.Nodes(Op{Action: diff.Drop, Before: op.Before, Reason: op.Reason}, world)
	if err != nil {
		return nil, err
	}
	create, err := d.Nodes(Op{Action: diff.Create, After: op.After, Reason: op.Reason}, world)
	nodes := append(drop, create...)
	explain(nodes, op.Reason)
	return nodes, err
}

// explain gives the operation's reason to statements that have none of their own.
func explain(nodes []Node, reason string) {
	for _, n := range nodes {
		for i := range n.Statements {
			if n.Statements[i].Reason == "" {
				n.Statements[i].Reason = reason
			}
		}
	}
}

// TargetFingerprint is the structure that the plan was made for; executing on another one is refused.
func (p *Plan) TargetFingerprint() string { return p.Before.Fingerprint() }

// ID is a hash of the target's fingerprint and all SQL.
func (p *Plan) ID() string {
	h := sha256.New()
	_, _ = fmt.Fprintln(h, p.TargetFingerprint()) // a hash never fails to be written
	for _, s := range p.Statements {
		_, _ = fmt.Fprintf(h, "%s\x00%s\n", s.Tx, s.SQL)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Definition is the SQL that creates one object of db, statements separated by ";\n" in an order that runs.
func Definition(d Dialect, o schema.Object, db *schema.Database) (string, error) {
	if text, ok, err := clause(d, o); ok {
		return text, err
	}
	world := World{Before: db.Empty(), After: db}
	nodes, err := d.Nodes(Op{Action: diff.Create, After: o}, world)
	if err != nil {
		return "", fmt.Errorf("rendering %s: %w", o.Key(), err)
	}
	var texts []string
	for _, n := range order(d, world, nodes) {
		for _, s := range n.Statements {
			texts = append(texts, s.SQL)
		}
	}
	return strings.Join(texts, ";\n"), nil
}
