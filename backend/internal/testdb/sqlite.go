package testdb

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// embedded is SQLite: not a server but a library, which is always up.
func embedded() Server {
	version, _, _ := sqlite3.Version()
	return Server{Name: SQLite, Engine: SQLite, Version: version}
}

func fileURL(path string) string { return "sqlite:" + (&url.URL{Path: path}).EscapedPath() }

// createFile makes an empty database, which to SQLite is an empty file.
func (s Server) createFile() (*DB, error) {
	f, err := os.CreateTemp("", "test_*.db")
	if err != nil {
		return nil, fmt.Errorf("creating a database: %w", err)
	}
	return &DB{Server: s, Name: f.Name()}, f.Close()
}

// openFile prepares connections that write without waiting for the disk.
func openFile(path string) (*sql.DB, error) {
	if _, err := os.Stat(path); err != nil { // else it would be made
		return nil, fmt.Errorf("opening a database: %w", err)
	}
	return sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_sync=0&_fk=0")
}

// removeFile deletes a database with what SQLite may have left beside it.
func (db *DB) removeFile() error {
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
		if err := os.Remove(db.Name + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("dropping a database: %w", err)
		}
	}
	return nil
}
