package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"database-structure-sync/backend/internal/fault"
)

const (
	// DirVariable names the environment variable that replaces the folder of DefaultDir.
	DirVariable = "DBSTRUCT_CONFIG_DIR"
	dirName     = "database-structure-sync"
	fileName    = "store.db"
	// busyTimeout is how long a writer waits for another program's transaction.
	busyTimeout = 10 * time.Second
)

// DefaultDir is the folder in which the program keeps its files: the user's, unless the environment names another.
func DefaultDir() (string, error) {
	if dir := os.Getenv(DirVariable); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fault.Wrap(fault.StoreUnusable, err, "there is no folder for the program's settings: set %s to one", DirVariable)
	}
	return filepath.Join(dir, dirName), nil
}

// Store is the open file. Its methods may be called from several goroutines.
type Store struct {
	db   *sql.DB
	dir  string
	path string
}

// Open opens the store in a folder, making both when they are not there, and brings it to the newest schema. The file is
// for its owner alone.
func Open(dir string) (*Store, error) {
	path := filepath.Join(dir, fileName)
	if err := prepare(dir, path); err != nil {
		return nil, err
	}
	db, err := sql.Open(driverName, dataSource(path))
	if err != nil {
		return nil, fault.Wrap(fault.StoreUnusable, err, "the file %s cannot be opened", path)
	}
	s := &Store{db: db, dir: dir, path: path}
	if err := s.migrate(context.Background()); err != nil {
		_ = db.Close() // nothing was written
		return nil, err
	}
	return s, nil
}

// Exists tells whether there is a store in a folder, without making one.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, fileName))
	return err == nil
}

// Close closes the file.
func (s *Store) Close() error {
	return s.fault(s.db.Close(), "closing")
}

// Dir is the folder of the store.
func (s *Store) Dir() string { return s.dir }

// prepare makes the folder and an empty file; SQLite gives its companions the file's own mode.
func prepare(dir, path string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(fault.StoreUnusable, pathless(err), "the folder %s cannot be made", dir)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fault.Wrap(fault.StoreUnusable, pathless(err), "the file %s cannot be opened for writing", path)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fault.Wrap(fault.StoreUnusable, pathless(err), "the file %s cannot be opened", path)
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := file.Chmod(0o600); err != nil {
		return fault.Wrap(fault.StoreUnusable, pathless(err), "the file %s cannot be kept from other users", path)
	}
	return nil
}

// pathless is the reason in an error of package os; the messages name the path already.
func pathless(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// dataSource names the file for the driver. Transactions take the write lock when they begin, so that none fails in its
// middle because another program wrote.
func dataSource(path string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/…
	}
	u := url.URL{Scheme: "file", Path: slashed}
	return fmt.Sprintf("%s?_busy_timeout=%d&_foreign_keys=on&_txlock=immediate&_synchronous=FULL", u.String(), busyTimeout.Milliseconds())
}

// write does work in one transaction.
func (s *Store) write(ctx context.Context, doing string, work func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.fault(err, doing)
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return s.fault(err, doing)
	}
	return s.fault(tx.Commit(), doing)
}

// fault turns an error of the driver into one for the user; doing says what was being done.
func (s *Store) fault(err error, doing string) error {
	var known *fault.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled):
		return fault.New(fault.Cancelled, "%s was cancelled", doing)
	case errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.TimedOut, "%s took longer than allowed", doing)
	case isDamaged(err):
		return fault.Wrap(fault.StoreUnusable, err,
			"the file %s is damaged or was not written by this program: move it away to begin anew, or put a good copy in its place", s.path)
	case isBusy(err):
		return fault.Wrap(fault.StoreUnusable, err, "another program kept the file %s to itself while %s: try again", s.path, doing)
	}
	return fault.Wrap(fault.StoreUnusable, err, "%s failed in the file %s", doing, s.path)
}

// now is the present as it is stored: in UTC, without what a stored time would lose.
func now() time.Time { return time.Now().UTC().Round(0).Truncate(time.Microsecond) }

func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func parseTime(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("reading a time: %w", err)
	}
	return t.UTC(), nil
}

// nameKey is equal for names that differ in case alone.
func nameKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
