// Package samples makes two small SQLite databases for trying the program out: a shop as its developers have it, and as it
// runs in production, an ancestor that has drifted. It must not know who asks, nor what is done with them.
package samples

import (
	"database/sql"
	_ "embed" // the databases as SQL
	"encoding/binary"
	"errors"
	"fmt"
	"io"
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

// applicationID marks the files as samples, in the place of the header that SQLite leaves to programs.
const applicationID = 0x44535331

// Create makes both databases in the folder, which is made if it is missing, and returns their paths. Those that are there
// already are replaced. A file of the same name that is no sample is left alone, which is an error.
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
	mark := fmt.Sprintf("PRAGMA application_id = %d", applicationID)
	for _, script := range append([]string{mark}, scripts...) {
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

// Remove deletes the databases that Create has made in the folder, and nothing else. It is no error when there are none. A
// file of the same name that is no sample is left alone, which is an error.
func Remove(dir string) error {
	paths := []string{filepath.Join(dir, SourceName), filepath.Join(dir, TargetName)}
	for _, path := range paths {
		if err := checkSample(path); err != nil {
			return err
		}
	}
	return errors.Join(remove(paths[0]), remove(paths[1]))
}

// Present tells whether there is a sample database in the folder.
func Present(dir string) bool {
	for _, name := range []string{SourceName, TargetName} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// checkSample refuses a file that is there and is none that Create has made.
func checkSample(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking at %s: %w", path, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	const place = 68                 // of the number in the header, see "Database File Format" in SQLite's documentation
	var header [place + 4]byte
	if _, err := io.ReadFull(f, header[:]); err != nil || binary.BigEndian.Uint32(header[place:]) != applicationID {
		return fmt.Errorf("%s is no sample database that this program has made, so it is left alone", path)
	}
	return nil
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
