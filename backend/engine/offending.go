package engine

import (
	"context"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// OffendingCounter is what connections offer besides to somebody who wants to know, before a change is executed, how many
// rows stand against it.
type OffendingCounter interface {
	// CountOffending counts the rows that one of a change's hazards of code may_fail speaks of. target is the structure that
	// the change was found in. counted is false where the server cannot be asked: a value only shows whether it converts
	// when it is converted. Counting reads whole tables.
	CountOffending(ctx context.Context, target *schema.Database, c diff.Change, h hazard.Hazard) (n int64, counted bool, err error)
}
