//go:build unix

package private

import (
	"runtime"
	"syscall"
)

func noCoreFile() {
	var limit syscall.Rlimit
	if runtime.GOOS == "linux" {
		// Linux asks for no limit when a program takes the dumps (a core_pattern with |): only a limit of exactly one byte keeps it
		// from calling it. No file can be that small either.
		limit = syscall.Rlimit{Cur: 1, Max: 1}
	}
	// Where it is forbidden there is nothing to be done.
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &limit)
}
