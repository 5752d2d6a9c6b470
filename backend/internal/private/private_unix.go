//go:build unix

package private

import "syscall"

func noCoreFile() {
	// Where it is forbidden there is nothing to be done.
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
