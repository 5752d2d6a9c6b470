//go:build cgo

package sqlite

import (
	"context"
	"errors"
	"fmt"

	sqlite3 "github.com/mattn/go-sqlite3"

	"database-structure-sync/backend/internal/fault"
)

// codeOf is SQLite's error code in the chain; 0 when there is none.
func codeOf(err error) sqlite3.ErrNo {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// extendedCode is the code that says more than codeOf.
func extendedCode(err error) int {
	var e sqlite3.Error
	_ = errors.As(err, &e) // else it is 0
	return max(int(e.ExtendedCode), int(e.Code))
}

// openFault tells why a file could not be opened.
func (c *conn) openFault(ctx context.Context, err error) error {
	switch codeOf(err) {
	case sqlite3.ErrNotADB:
		return fault.New(fault.NoDatabase, "the file %s is no SQLite database, or it is encrypted", c.path)
	case sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return fault.Wrap(fault.NoPrivilege, err, "the file %s cannot be opened: check its permissions and those of its folder", c.path)
	}
	return c.fault(ctx, err, "opening the file")
}

// fault turns an error of SQLite into one for the user; doing says what was being done.
func (c *conn) fault(ctx context.Context, err error, doing string) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if f := c.commonFault(ctx, err, doing); f != nil {
		return f
	}
	if codeOf(err) == sqlite3.ErrError { // "malformed database schema", …
		return fault.Wrap(fault.UnsupportedServer, err, "%s failed on %s", doing, c.target)
	}
	return fault.Wrap(fault.Internal, err, "%s failed on %s", doing, c.target)
}

// statementFault is the fault of a statement that somebody wanted executed.
func (c *conn) statementFault(ctx context.Context, err error) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if f := c.commonFault(ctx, err, "the statement"); f != nil {
		return f
	}
	if codeOf(err) != 0 {
		return fault.New(fault.StatementFailed, "%v (SQLite error %d)", err, extendedCode(err))
	}
	return fault.Wrap(fault.StatementFailed, err, "the statement failed on %s", c.target)
}

// commonFault is what can happen to any statement; nil for everything else.
func (c *conn) commonFault(ctx context.Context, err error, doing string) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fault.New(fault.TimedOut, "%s did not finish in time on %s", doing, c.target)
	case errors.Is(err, context.Canceled), codeOf(err) == sqlite3.ErrInterrupt:
		return fault.New(fault.Cancelled, "%s was cancelled on %s", doing, c.target)
	}
	switch codeOf(err) {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fault.New(fault.TargetLocked, "another program is using %s and would not let go; try again when it has finished", c.target)
	case sqlite3.ErrReadonly:
		return fault.Wrap(fault.NoPrivilege, err, "%s cannot be written: check the permissions of the file and its folder", c.target)
	case sqlite3.ErrNotADB:
		return fault.New(fault.NoDatabase, "%s is no SQLite database, or it is encrypted", c.target)
	case sqlite3.ErrCorrupt:
		return fault.Wrap(fault.NoDatabase, err, "%s is damaged", c.target)
	case sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrCantOpen:
		return fault.New(fault.StatementFailed, "%v (SQLite error %d)", fmt.Errorf("%w", err), codeOf(err))
	}
	return nil
}
