package enginetest

import (
	"context"
	"fmt"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
)

// Same loads two scripts that tell of one structure into two databases, and holds that neither differs from the other. A
// failure of StepDump is one that the server's own dump program sees as well: the scripts made two structures.
func (s Suite) Same(ctx context.Context, one, other string) error {
	a, err := s.prepare(ctx, one, Case{})
	if err != nil {
		return err
	}
	defer a.close()
	b, err := s.prepare(ctx, other, Case{})
	if err != nil {
		return err
	}
	defer b.close()
	for _, found := range []*diff.Result{diff.Compare(a.model, b.model, a.opt), diff.Compare(b.model, a.model, a.opt)} {
		if d := lineDiff(string(a.dump), string(b.dump)); !found.Equal() && d != "" {
			return &Failure{Step: StepDump, Text: fmt.Sprintf("the two routes made two structures:\n%s", d)}
		}
		if !found.Equal() {
			return &Failure{Step: StepEqual, Text: fmt.Sprintf("the same structure by two routes differs:\n%s", describe(found))}
		}
	}
	return nil
}

// Dumped is what the server's own dump program writes of a database into which the script was loaded.
func Dumped(ctx context.Context, server testdb.Server, script string) (dump string, err error) {
	db, err := server.CreateContext(ctx)
	if err != nil {
		return "", err
	}
	defer (&subject{db: db}).close()
	if err := db.LoadContext(ctx, script); err != nil {
		return "", &Failure{Step: StepLoad, Text: err.Error()}
	}
	dump, err = db.DumpContext(ctx)
	// The test servers share the newest pg_dump, which sets what older servers do not have.
	return strings.Replace(dump, "SET transaction_timeout = 0;\n", "", 1), err
}
