package main

import (
	"os"
	"path/filepath"
	"time"

	"database-structure-sync/backend/api"
)

// folder stands where the system's dialogs are in the window: to open takes the newest file in it, to save makes one of
// the suggested name. Without a folder the user cancels everything.
type folder string

// OpenFile is the newest file, "" when there is none.
func (f folder) OpenFile(string, api.FileFilter) (string, error) {
	if f == "" {
		return "", nil
	}
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return "", err
	}
	newest, at := "", time.Time{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.ModTime().After(at) {
			newest, at = filepath.Join(string(f), e.Name()), info.ModTime()
		}
	}
	return newest, nil
}

// SaveFile is the path of the suggested name.
func (f folder) SaveFile(_, name string, _ api.FileFilter) (string, error) {
	if f == "" {
		return "", nil
	}
	return filepath.Join(string(f), name), nil
}
