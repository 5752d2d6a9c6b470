package cli

import (
	"slices"
	"strings"

	"database-structure-sync/backend/internal/private"
)

// takeArguments copies the arguments of the process and blanks out in the list of processes what looks like a secret.
func takeArguments(args []string) []string {
	own := make([]string, len(args))
	for i, arg := range args {
		own[i] = strings.Clone(arg)
	}
	for i, arg := range own {
		from, to := secretIn(arg)
		if i > 0 && slices.Contains(refusedFlags, strings.TrimLeft(own[i-1], "-")) {
			from, to = 0, len(arg)
		}
		private.Argument(args, i, from, to)
	}
	return own
}

// secretIn is where in an argument something stands that looks like a secret: a URL's password, or the value of an option
// that is refused.
func secretIn(arg string) (from, to int) {
	if at := passwordInURL.FindStringSubmatchIndex(arg); at != nil {
		return at[3], strings.LastIndex(arg, "@") // a password may have one that should have been encoded
	}
	if name, value, ok := strings.Cut(strings.TrimLeft(arg, "-"), "="); ok && slices.Contains(refusedFlags, name) {
		return len(arg) - len(value), len(arg)
	}
	if len(arg) > 2 && strings.HasPrefix(arg, "-p") {
		return 2, len(arg)
	}
	return 0, 0
}
