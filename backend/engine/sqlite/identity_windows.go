package sqlite

import (
	"io/fs"
	"path/filepath"
	"strings"
)

// identity is equal for two paths to one file, hard links left out of account.
func identity(path string, _ fs.FileInfo) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return strings.ToLower(path)
}
