//go:build unix

package private

import (
	"os"
	"syscall"
)

// OthersMayRead tells whether a file of this user may be read or written by other users of this computer, as no private key
// should. Whoever owns it otherwise answers for it. A file that is not there is read by nobody.
func OthersMayRead(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid() && info.Mode().Perm()&0o077 != 0
}
