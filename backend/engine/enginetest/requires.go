package enginetest

import (
	"fmt"
	"strconv"
	"strings"

	"database-structure-sync/backend/internal/testdb"
)

// Requirement is one kind of server that a case is for: an engine and, where it says so, versions of it.
type Requirement struct {
	Engine  string // as testdb spells it
	Compare string // ">=", "<" or "" for every version
	Version []int  // as many elements as were written
}

// Requirements are alternatives. None at all are met by every server.
type Requirements []Requirement

// AtLeast requires the server's engine in its major version (MariaDB: its series) or a later one.
func AtLeast(s testdb.Server) Requirement {
	v := version(s.Version)
	if s.Engine == testdb.Postgres {
		v = v[:1]
	}
	return Requirement{Engine: s.Engine, Compare: ">=", Version: v[:min(2, len(v))]}
}

// ParseRequirements reads alternatives, one a line: "postgres >= 17", "mariadb", "mysql < 9.3".
func ParseRequirements(text string) (Requirements, error) {
	var all Requirements
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 1 && len(words) != 3 {
			return nil, fmt.Errorf("%q requires nothing: write an engine, or an engine, >= or <, and a version", line)
		}
		r := Requirement{Engine: words[0]}
		switch r.Engine {
		case testdb.Postgres, testdb.MySQL, testdb.MariaDB, testdb.SQLite:
		default:
			return nil, fmt.Errorf("%q requires an unknown engine", line)
		}
		if len(words) == 3 {
			r.Compare = words[1]
			if r.Compare != ">=" && r.Compare != "<" {
				return nil, fmt.Errorf("%q compares versions by neither >= nor <", line)
			}
			r.Version = version(words[2])
			if len(r.Version) == 0 {
				return nil, fmt.Errorf("%q names no version", line)
			}
		}
		all = append(all, r)
	}
	return all, nil
}

// String is the text that ParseRequirements reads.
func (rs Requirements) String() string {
	lines := make([]string, len(rs))
	for i, r := range rs {
		lines[i] = r.Engine
		if r.Compare != "" {
			parts := make([]string, len(r.Version))
			for j, n := range r.Version {
				parts[j] = strconv.Itoa(n)
			}
			lines[i] += " " + r.Compare + " " + strings.Join(parts, ".")
		}
	}
	return strings.Join(lines, "\n")
}

// Met tells whether the server is one of the alternatives.
func (rs Requirements) Met(s testdb.Server) bool {
	if len(rs) == 0 {
		return true
	}
	for _, r := range rs {
		if r.Engine != s.Engine {
			continue
		}
		less := olderThan(version(s.Version), r.Version)
		if r.Compare == "" || (r.Compare == "<") == less {
			return true
		}
	}
	return false
}

// version is the leading numbers of a version's text: 10, 11, 19 of "10.11.19-MariaDB".
func version(text string) []int {
	var numbers []int
	for _, part := range strings.Split(text, ".") {
		digits := len(part) - len(strings.TrimLeft(part, "0123456789"))
		n, err := strconv.Atoi(part[:digits])
		if err != nil {
			return numbers
		}
		numbers = append(numbers, n)
		if digits < len(part) {
			return numbers
		}
	}
	return numbers
}

// olderThan compares as many numbers as the limit has: 10.11 is not older than 10.
func olderThan(v, limit []int) bool {
	for i, n := range limit {
		if i >= len(v) {
			return true
		}
		if v[i] != n {
			return v[i] < n
		}
	}
	return false
}
