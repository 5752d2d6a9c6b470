//go:build !cgo

package sqlite

import (
	"context"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// Open implements engine.Engine. SQLite is written in C.
func (Engine) Open(context.Context, engine.Config) (engine.Conn, error) {
	return nil, fault.New(fault.Unsupported, "this build of the program has no SQLite: it was built without a C compiler (CGO_ENABLED=0)")
}
