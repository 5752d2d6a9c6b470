package enginetest

import (
	"context"
	"fmt"
	"regexp"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
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
	if d := withoutNotNullNames(dump).Differences(withoutNotNullNames(like.dump)); d != "" {
		return &Failure{Step: StepDump, Text: "the dumps differ (- is what came out, + what should have):\n" + d}
	}
	return nil
}

// AcrossOrRefused makes an empty database on the suite's server like After on another server, whose version has more. What
// the suite's server does not have must be told in a sentence before any statement runs.
func (s Suite) AcrossOrRefused(ctx context.Context, source testdb.Server, c Case) error {
	c.Before = ""
	x, err := s.sync(ctx, source, c)
	if err != nil {
		if fault.CodeOf(err) == fault.Unsupported {
			return nil
		}
		return err
	}
	x.close()
	return nil
}

// sync makes Before on the suite's server like After on the source's until nothing differs.
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

// follow makes the subject like a goal on another server.
func (x *subject) follow(ctx context.Context, goal *subject) error {
	opt := compare.Between(goal.conn.Dialect(), x.conn.Dialect(), diff.Options{})
	p, err := plan.Build(x.conn.Dialect(), x.model, diff.Compare(goal.model, x.model, opt).Changes, plan.Options{AllowDestructive: true})
	if err != nil {
		return fmt.Errorf("planning: %w", err)
	}
	result, err := run.Execute(ctx, x.conn, p, run.Options{Diff: opt})
	if err != nil {
		return &Failure{Step: StepExecute, Text: fmt.Sprintf("%v\nthe plan:\n%s", err, script(p))}
	}
	if !result.Residual.Equal() {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("the result is not what the plan expected:\n%s\nthe plan:\n%s", describe(result.Residual), script(p))}
	}
	if found := diff.Compare(goal.model, result.After, opt); !found.Equal() {
		return &Failure{Step: StepDiffer, Text: fmt.Sprintf("there still are differences:\n%s\nthe plan:\n%s", describe(found), script(p))}
	}
	return nil
}

var notNullName = regexp.MustCompile(` CONSTRAINT (?:"(?:[^"]|"")*"|[^ "]+) NOT NULL\b`)

// withoutNotNullNames leaves out the names of NOT NULL constraints, which only some versions have.
func withoutNotNullNames(j Judgement) Judgement {
	return Judgement(notNullName.ReplaceAllString(string(j), " NOT NULL"))
}
