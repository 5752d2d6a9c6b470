package enginetest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

// AcrossFlavors makes Before on the suite's server like After on another server of MySQL or MariaDB, which may be of the
// other of the two. What the suite's server understands too, is loaded there as well: the comparison then finds nothing,
// and what comes out of the synchronisation has the same dump, unless something was noted as impossible.
func (s Suite) AcrossFlavors(ctx context.Context, source testdb.Server, c Case) error {
	err := s.acrossFlavors(ctx, source, c)
	if err == nil || len(c.Members) == 0 {
		return err
	}
	var alone []error
	for _, m := range c.Members {
		if err := s.acrossFlavors(ctx, source, m); err != nil {
			alone = append(alone, fmt.Errorf("%s: %w", m.title, err))
		}
	}
	if len(alone) == 0 {
		return err
	}
	return errors.Join(alone...)
}

func (s Suite) acrossFlavors(ctx context.Context, source testdb.Server, c Case) error {
	ctx, cancel := context.WithTimeout(ctx, caseTimeout)
	defer cancel()
	goal, err := Suite{Engine: s.Engine, Server: source}.prepare(ctx, sameCollation(source, c.After), Case{})
	if err != nil {
		return err
	}
	defer goal.close()
	like, err := s.prepare(ctx, sameCollation(s.Server, c.After), Case{})
	if err == nil {
		defer like.close()
		if err := like.equals(goal); err != nil {
			return err
		}
	} else if !isLoadFailure(err) {
		return err
	}
	x, err := s.prepare(ctx, sameCollation(s.Server, c.Before), Case{})
	if isLoadFailure(err) {
		x, err = s.prepare(ctx, sameCollation(s.Server, ""), Case{})
	}
	if err != nil {
		return err
	}
	defer x.close()
	notes := impossible(x.notes(goal))
	if err := x.follow(ctx, goal); err != nil {
		return err
	}
	if like == nil || len(notes) > 0 {
		return nil
	}
	dump, err := judge(ctx, x.db, true)
	if err != nil {
		return err
	}
	if d := loosely(dump).Differences(loosely(like.dump)); d != "" {
		return &Failure{Step: StepDump, Text: "the dumps differ (- is what came out, + what should have):\n" + d}
	}
	return nil
}

func isLoadFailure(err error) bool {
	failure := (*Failure)(nil)
	return errors.As(err, &failure) && failure.Step == StepLoad
}

// sameCollation gives the script's database a default collation that stands for those of the other servers.
func sameCollation(s testdb.Server, script string) string {
	collation := "utf8mb4_uca1400_ai_ci"
	if s.Engine == testdb.MySQL {
		collation = "utf8mb4_0900_ai_ci"
	}
	own := "ALTER DATABASE COLLATE " + collation + ";\n"
	if s.Engine == testdb.MariaDB && !olderThan(version(s.Version), []int{11, 2}) {
		own += "SET character_set_collations = 'utf8mb4=utf8mb4_uca1400_ai_ci';\n" // not for the other character sets
	} else if s.Engine == testdb.MariaDB {
		script = bareUtf8mb4.ReplaceAllString(script, "$1 COLLATE utf8mb4_uca1400_ai_ci$2")
	}
	return own + script
}

// bareUtf8mb4 is a character set without a collation.
var bareUtf8mb4 = regexp.MustCompile(`(?i)((?:CHARACTER SET|CHARSET) *=? *utf8mb4\b)( *(?:[^ C]|C[^O]))`)

// equals fails when a comparison finds a difference to a database that was made by the same script on another server.
func (x *subject) equals(goal *subject) error {
	d := x.conn.Dialect()
	opt := compare.Between(goal.conn.Dialect(), d, diff.Options{})
	fitted, notes := compare.Fitted(d, goal.model, x.model)
	found := diff.Compare(fitted, x.model, opt)
	if len(impossible(notes)) > 0 || found.Equal() {
		return nil
	}
	return &Failure{Step: StepEqual, Text: fmt.Sprintf("the same script makes two structures:\n%s", describe(found))}
}

func (x *subject) notes(goal *subject) []schema.Note {
	_, notes := compare.Fitted(x.conn.Dialect(), goal.model, x.model)
	return notes
}

// impossible are the notes on what the target cannot have.
func impossible(notes []schema.Note) []schema.Note {
	var out []schema.Note
	for _, n := range notes {
		if n.Code != schema.NoteTaken {
			out = append(out, n)
		}
	}
	return out
}

var (
	looseWords = regexp.MustCompile(`(?i) ON (?:DELETE|UPDATE) (?:NO ACTION|RESTRICT)| (?:CHARACTER SET|CHARSET|COLLATE)[ =]\w+| USING (?:HASH|BTREE)\b|^( *KEY .*) KEY_BLOCK_SIZE=\d+|^ *--.*$|^/\*!50001 .*VIEW .*$`)
	looseTruth = regexp.MustCompile(`(?i)0 (?:<>|=) (\S+)| = 0\b`)
	looseMarks = regexp.MustCompile("[()`\\s]|_utf8mb4")
	looseCheck = regexp.MustCompile(`^(.*?)(?:constraint\w+)?(check[^,]*),?$`)
)

// loosely leaves out of a dump how expressions are written (parentheses, spaces, quotes of names), what is only the
// server's habit, and whether a check stands with its column.
func loosely(j Judgement) Judgement {
	var lines, checks []string
	for line := range strings.SplitSeq(string(j), "\n") {
		line = looseTruth.ReplaceAllString(looseWords.ReplaceAllString(line, "$1"), "$1")
		line = strings.ToLower(looseMarks.ReplaceAllString(line, ""))
		line = strings.TrimSuffix(strings.ReplaceAll(line, "localtimestamp", "current_timestamp"), ",")
		if m := looseCheck.FindStringSubmatch(line); m != nil {
			checks = append(checks, m[2])
			line = m[1]
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	slices.Sort(checks)
	return Judgement(strings.Join(append(lines, checks...), "\n"))
}
