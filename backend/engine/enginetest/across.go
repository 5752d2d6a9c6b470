package enginetest

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
)

// Across makes Before on the suite's server like After on another server of the same engine, which may have another
// version. The judge holds the result against After on the suite's own server, since each version writes in its own way.
func (s Suite) Across(ctx context.Context, source testdb.Server, c Case) error {
	like, err := s.prepare(ctx, c.After, Case{})
	if err != nil {
		return err
	}
	defer like.close()
	x, err := s.sync(ctx, source, c)
	if err != nil {
		return err
	}
	defer x.close()
	dump, err := judge(ctx, x.db, true)
	if err != nil {
		return err
	}
	if d := alike(dump).Differences(alike(like.dump)); d != "" {
		return &Failure{Step: StepDump, Text: "the dumps differ (- is what came out, + what should have):\n" + d}
	}
	return nil
}

// AcrossNoted makes Before, or an empty database where the suite's server does not understand it, like After on another
// server, whose version has more. What the suite's server does not have must be noted, and the rest converge.
func (s Suite) AcrossNoted(ctx context.Context, source testdb.Server, c Case) error {
	x, err := s.sync(ctx, source, c)
	if failure := (*Failure)(nil); errors.As(err, &failure) && failure.Step == StepLoad {
		c.Before = ""
		x, err = s.sync(ctx, source, c)
	}
	if err != nil {
		return err
	}
	x.close()
	return nil
}

// sync makes Before on the suite's server like After on the source's until nothing differs but what is noted.
func (s Suite) sync(ctx context.Context, source testdb.Server, c Case) (*subject, error) {
	goal, err := Suite{Engine: s.Engine, Server: source}.prepare(ctx, c.After, Case{})
	if err != nil {
		return nil, err
	}
	defer goal.close()
	x, err := s.prepare(ctx, c.Before, Case{})
	if err != nil {
		return nil, err
	}
	if err := x.follow(ctx, goal); err != nil {
		x.close()
		return nil, err
	}
	return x, nil
}

// follow makes the subject like a goal on another server, as far as its own can have it.
func (x *subject) follow(ctx context.Context, goal *subject) error {
	opt := compare.Between(goal.conn.Dialect(), x.conn.Dialect(), diff.Options{})
	fitted, notes := compare.Fitted(x.conn.Dialect(), goal.model, x.model)
	p, err := plan.Build(x.conn.Dialect(), x.model, diff.Compare(fitted, x.model, opt).Changes, plan.Options{AllowDestructive: true})
	if err != nil {
		return fmt.Errorf("planning: %w", err)
	}
	told := script(p)
	for _, n := range notes {
		told += "note: " + n.String() + "\n"
	}
	result, err := run.Execute(ctx, x.conn, p, run.Options{Diff: opt})
	if err != nil {
		return &Failure{Step: StepExecute, Text: fmt.Sprintf("%v\nthe plan:\n%s", err, told)}
	}
	if !result.Residual.Equal() {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("the result is not what the plan expected:\n%s\nthe plan:\n%s", describe(result.Residual), told)}
	}
	fitted, _ = compare.Fitted(x.conn.Dialect(), goal.model, result.After)
	if found := diff.Compare(fitted, result.After, opt); !found.Equal() {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("there still are differences:\n%s\nthe plan:\n%s", describe(found), told)}
	}
	return nil
}

var (
	extract = regexp.MustCompile(`\bEXTRACT\((\w+) FROM `)
	zone    = regexp.MustCompile(`\(((?:[^()]|\([^()]*\))*) AT TIME ZONE ((?:[^()]|\([^()]*\))*)\)`)
)

var notNullName = regexp.MustCompile(` CONSTRAINT (?:"(?:[^"]|"")*"|[^ "]+) NOT NULL\b`)

// alike leaves out the names of NOT NULL constraints, which only some versions have, and writes EXTRACT and AT TIME ZONE as
// the calls that versions before 14 make of them.
func alike(j Judgement) Judgement {
	text := notNullName.ReplaceAllString(string(j), " NOT NULL")
	text = extract.ReplaceAllString(text, "date_part('$1'::text, ")
	return Judgement(zone.ReplaceAllString(text, "timezone($2, $1)"))
}
