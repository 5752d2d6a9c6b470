package tunnel

import "strings"

// matchesList tells whether a name matches one of the patterns and none of those with "!" in front, as OpenSSH has it for
// the hosts of known_hosts and of ssh_config.
func matchesList(patterns []string, name string) bool {
	found := false
	for _, p := range patterns {
		p, negated := strings.CutPrefix(p, "!")
		if !matches(p, name) {
			continue
		}
		if negated {
			return false
		}
		found = true
	}
	return found
}

// matches tells whether a name matches a pattern, in which * stands for any text and ? for one byte. It takes time in
// proportion to the product of the lengths at most.
func matches(pattern, name string) bool {
	p, n := 0, 0
	star, from := -1, 0 // the latest *, and how much of the name it has left to others
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, n
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == name[n]):
			p++
			n++
		case star >= 0:
			from++
			p, n = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
