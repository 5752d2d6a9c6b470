// Package samples makes two small SQLite databases for trying the program out: a shop as its developers have it, and as it
// runs in production, an ancestor that has drifted. It must not know who asks, nor what is done with them.
package samples

import (
	"database/sql"
	_ "embed" // the databases as SQL
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// The names of the files.
const (
	SourceName = "shop-development.db"
	TargetName = "shop-production.db"
)

var (
	//go:embed schema_source.sql
	schemaSource string
	//go:embed schema_target.sql
	schemaTarget string
	//go:embed rows.sql
	rows string
	//go:embed rows_source.sql
	rowsSource string
	//go:embed rows_target.sql
	rowsTarget string
)

// Create makes both databases in the folder, which is made if it is missing, and returns their paths. Those that are there
// already are replaced.
func Create(dir string) (source, target string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", "", fmt.Errorf("making the folder of the sample databases: %w", err)
	}
	if err := Remove(dir); err != nil {
		return "", "", err
	}
	source, target = filepath.Join(dir, SourceName), filepath.Join(dir, TargetName)
	if err := create(source, schemaSource, rows, rowsSource); err != nil {
		return "", "", err
	}
	if err := create(target, schemaTarget, rows, rowsTarget); err != nil {
		return "", "", err
	}
	return source, target, nil
}

// create makes one database. It is written beside its place and moved there when it is complete.
func create(path string, scripts ...string) (err error) {
	unfinished := path + ".new"
	defer func() { err = errors.Join(err, remove(unfinished)) }()
	db, err := sql.Open("sqlite3", unfinished)
	if err != nil {
		return fmt.Errorf("making the sample database %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	for _, script := range scripts {
		if _, err = db.Exec("BEGIN; " + script + "; COMMIT"); err != nil {
			break
		}
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("making the sample database %s: %w", path, err)
	}
	if err := os.Rename(unfinished, path); err != nil {
		return fmt.Errorf("making the sample database %s: %w", path, err)
	}
	return nil
}

// Remove deletes the databases that Create has made in the folder, and nothing else. It is no error when there are none.
func Remove(dir string) error {
	return errors.Join(remove(filepath.Join(dir, SourceName)), remove(filepath.Join(dir, TargetName)))
}

// remove deletes a database with the files that SQLite may have left beside it.
func remove(path string) error {
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing a sample database: %w", err)
		}
	}
	return nil
}
