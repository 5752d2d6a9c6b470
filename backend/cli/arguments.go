package cli

import (
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
		places := secretsIn(arg)
		if i > 0 && refuses(strings.TrimLeft(own[i-1], "-")) {
			places = [][2]int{{0, len(arg)}}
		}
		for _, at := range places {
			private.Argument(args, i, at[0], at[1])
		}
	}
	return own
}

// refuses tells whether an option of this name is refused because it would take a secret.
func refuses(name string) bool {
	_, ok := refusedFlags[name]
	return ok
}

// secretsIn is where in an argument something stands that looks like a secret: the passwords of a URL, or the value of an
// option that is refused.
func secretsIn(arg string) (places [][2]int) {
	if at := passwordInURL.FindStringSubmatchIndex(arg); at != nil {
		places = append(places, [2]int{at[3], strings.LastIndex(arg, "@")}) // one in the password should have been encoded
	}
	for _, at := range passwordInQuery.FindAllStringSubmatchIndex(arg, -1) {
		places = append(places, [2]int{at[3], at[1]})
	}
	if name, value, ok := strings.Cut(strings.TrimLeft(arg, "-"), "="); ok && refuses(name) {
		places = append(places, [2]int{len(arg) - len(value), len(arg)})
	}
	if len(arg) > 2 && strings.HasPrefix(arg, "-p") {
		places = append(places, [2]int{2, len(arg)})
	}
	return places
}
