// Package private keeps what a process holds in its memory to itself, as far as the system lets it, and tells which files are not
// kept from others. It knows nothing of what is in them.
package private

// Memory keeps the system from writing the memory of this process to a file when it crashes.
func Memory() { noCoreFile() }

// Argument blanks out a part of one of the process's own arguments, as it was at the start, so that the list of processes
// does not show it any more. args are those that came from the system, unchanged; what they held there is gone afterwards.
// Where the system keeps a copy of its own nothing happens.
func Argument(args []string, i, from, to int) {
	if i < 0 || i >= len(args) || from < 0 || to > len(args[i]) || from >= to {
		return
	}
	overwrite(args[i][from:to])
}
