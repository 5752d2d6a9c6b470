//go:build linux

// Package nolaunch keeps the keyring library from starting a D-Bus daemon that nobody stops. The library connects to the
// session bus while the program is initialised, and where there is none its D-Bus package runs dbus-launch. So this package
// must be initialised before it: it has no imports of that kind, and its path comes before the library's, which is what
// decides (see "Program initialization" in Go's specification).
package nolaunch

import (
	"os"
	"path/filepath"
	"strconv"
)

const variable = "DBUS_SESSION_BUS_ADDRESS"

// set tells that the variable is this package's.
var set bool

func init() {
	if os.Getenv(variable) == "" && !hasBus() {
		set = os.Setenv(variable, "unix:path=/nonexistent") == nil
	}
}

// Restore gives the environment back as it was.
func Restore() {
	if set {
		set = os.Unsetenv(variable) != nil
	}
}

// hasBus tells whether there is a bus at one of the places where it is looked for.
func hasBus() bool {
	dirs := []string{os.Getenv("XDG_RUNTIME_DIR"), "/run/user/" + strconv.Itoa(os.Getuid())}
	for _, dir := range dirs {
		for _, name := range []string{"bus", "dbus-session"} {
			if _, err := os.Stat(filepath.Join(dir, name)); dir != "" && err == nil {
				return true
			}
		}
	}
	return false
}
