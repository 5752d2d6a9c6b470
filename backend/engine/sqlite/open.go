//go:build cgo

package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	sqlite3 "github.com/mattn/go-sqlite3"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// settings of every session. Foreign keys are not enforced, because a table that is built anew is gone for a moment, and
// views and triggers that speak of it are left as they are; see the twelve steps at sqlite.org/lang_altertable.html. What a
// file says is not trusted to call functions that do more than compute. How long to wait for another program is short: a
// person waits here.
const settings = `PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;
PRAGMA recursive_triggers = OFF; PRAGMA ignore_check_constraints = OFF; PRAGMA trusted_schema = OFF`

// Open implements engine.Engine.
func (Engine) Open(ctx context.Context, cfg engine.Config) (engine.Conn, error) {
	c := &conn{path: cfg.Database, target: cfg.Redacted()}
	info, err := fileOf(cfg.Database)
	if err != nil {
		return nil, err
	}
	version, _, _ := sqlite3.Version()
	c.server = engine.Server{Flavor: flavorName, Version: version, Identity: "sqlite:" + identity(c.path, info)}
	err = c.connect(ctx, "ro")
	if code := codeOf(err); code == sqlite3.ErrCantOpen || code == sqlite3.ErrReadonly || code == sqlite3.ErrIoErr {
		// A database in WAL mode is read with the help of a file beside it, which may have to be made first; a change that
		// was interrupted has to be taken back.
		if c.connect(ctx, "rw") == nil {
			err = nil
		}
	}
	if err != nil {
		return nil, c.openFault(ctx, err)
	}
	return c, nil
}

// fileOf is the file at the path, which has to be there: SQLite would make one.
func fileOf(path string) (fs.FileInfo, error) {
	if path == "" || hasNUL(path) {
		return nil, fault.New(fault.BadInput, "the URL names no file: write sqlite:path/to/file.db")
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.NoDatabase, "there is no file %s: check the path, or make the database first", path)
	case errors.Is(err, fs.ErrPermission):
		return nil, fault.New(fault.NoPrivilege, "the file %s may not be read: check its permissions and those of its folder", path)
	case err != nil:
		return nil, fault.Wrap(fault.NoDatabase, err, "the file %s cannot be opened", path)
	case info.IsDir():
		return nil, fault.New(fault.NoDatabase, "%s is a folder: name the database's file in it", path)
	}
	return info, nil
}

// connect opens the file and makes sure that it is a database.
func (c *conn) connect(ctx context.Context, mode string) error {
	path := c.path
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/…
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: "mode=" + mode}
	opened, err := (&sqlite3.SQLiteDriver{}).Open(u.String())
	if err != nil {
		return err
	}
	c.db, c.writable = opened.(*sqlite3.SQLiteConn), mode == "rw"
	err = c.control(ctx, settings)
	if err == nil {
		err = c.control(ctx, "SELECT count(*) FROM main.sqlite_schema")
	}
	if err != nil {
		_ = c.Close() // the first error says more
	}
	return err
}

// toWrite opens the file for writing if it is not yet.
func (c *conn) toWrite(ctx context.Context) error {
	if c.writable && c.db != nil {
		return nil
	}
	if c.db == nil {
		return fault.New(fault.ConnectionLost, "%s was closed", c.target)
	}
	info, err := fileOf(c.path)
	if err != nil {
		return err
	}
	if c.server.Identity != "sqlite:"+identity(c.path, info) {
		return fault.New(fault.TargetChanged, "%s is another file now than the one that was opened; compare again", c.target)
	}
	if f, err := os.OpenFile(c.path, os.O_RDWR, 0); err != nil {
		return fault.Wrap(fault.NoPrivilege, err, "the file %s cannot be written: check its permissions", c.path)
	} else if err := f.Close(); err != nil {
		return fault.Wrap(fault.NoPrivilege, err, "the file %s cannot be written", c.path)
	}
	if err := c.Close(); err != nil {
		return err
	}
	if err := c.connect(ctx, "rw"); err != nil {
		return c.openFault(ctx, err)
	}
	return nil
}
