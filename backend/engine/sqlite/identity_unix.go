//go:build !windows

package sqlite

import (
	"fmt"
	"io/fs"
	"syscall"
)

// identity is equal for two paths to one file.
func identity(_ string, info fs.FileInfo) string {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprintf("%d:%d", s.Dev, s.Ino)
	}
	return info.Name()
}
