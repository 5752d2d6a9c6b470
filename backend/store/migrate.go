package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"database-structure-sync/backend/internal/fault"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema: the file migrations/NNNN_name.sql.
type migration struct {
	version   int
	name, sql string
}

// migrations are all steps in order. Their numbers have no gaps.
func migrations() ([]migration, error) {
	entries, err := migrationFiles.ReadDir("migrations") // sorted by name
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	var out []migration
	for i, entry := range entries {
		number, name, ok := strings.Cut(strings.TrimSuffix(entry.Name(), ".sql"), "_")
		version, err := strconv.Atoi(number)
		if !ok || err != nil || version != i+1 {
			return nil, fmt.Errorf("the migration %s is not number %04d", entry.Name(), i+1)
		}
		text, err := migrationFiles.ReadFile("migrations/" + entry.Name())
		if err != nil {
			return nil, fmt.Errorf("reading the migrations: %w", err)
		}
		out = append(out, migration{version, name, string(text)})
	}
	return out, nil
}

const versionTable = `
CREATE TABLE IF NOT EXISTS schema_version (
  version    INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT`

// migrate brings the file to the newest schema, each step in a transaction of its own. Programs that start at the same
// time wait for each other, and each step is taken once.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	if err := s.writeAhead(ctx); err != nil {
		return err
	}
	found, err := s.version(ctx)
	if err != nil {
		return err
	}
	if found > len(steps) {
		return fault.New(fault.StoreNewer,
			"the file %s was written by a newer release of this program (its schema is number %d, the newest known here is %d): install that release or a newer one",
			s.path, found, len(steps))
	}
	for _, step := range steps[found:] {
		err := s.write(ctx, fmt.Sprintf("bringing the stored settings to version %d", step.version), func(tx *sql.Tx) error {
			return take(tx, step)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// take does one step unless another program was faster.
func take(tx *sql.Tx, step migration) error {
	if _, err := tx.Exec(versionTable); err != nil {
		return err
	}
	var done bool
	if err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM schema_version WHERE version = ?)`, step.version).Scan(&done); err != nil || done {
		return err
	}
	if _, err := tx.Exec(step.sql); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)`, step.version, step.name, timeText(now()))
	return err
}

// writeAhead lets readers go on while somebody writes. The change is the file's and lasts; SQLite does not wait for
// others when it makes it, so this does.
func (s *Store) writeAhead(ctx context.Context) error {
	for deadline := time.Now().Add(busyTimeout); ; time.Sleep(20 * time.Millisecond) {
		var mode string
		err := s.db.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode)
		if err == nil || !isBusy(err) || time.Now().After(deadline) {
			return s.fault(err, "opening the stored settings")
		}
	}
}

// version is the number of the newest step that was taken, 0 for a new file.
func (s *Store) version(ctx context.Context) (int, error) {
	const doing = "reading the version of the stored settings"
	var table string
	err := s.db.QueryRowContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'`).Scan(&table)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, s.fault(err, doing)
	}
	var version int
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM schema_version`).Scan(&version)
	return version, s.fault(err, doing)
}
