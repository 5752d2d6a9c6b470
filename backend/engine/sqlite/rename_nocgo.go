//go:build !cgo

package sqlite

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// Renamed implements plan.Renamer. SQLite is written in C.
func (dialect) Renamed(*schema.Database, []diff.Rename) (*diff.Renamed, error) {
	return nil, fault.New(fault.Unsupported, "this build of the program has no SQLite: it was built without a C compiler (CGO_ENABLED=0)")
}
