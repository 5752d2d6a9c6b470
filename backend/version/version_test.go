package version

import (
	"runtime/debug"
	"testing"
)

func TestVersionInOneLine(t *testing.T) {
	recorded := func(commit, modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs.revision", Value: commit}, {Key: "vcs.modified", Value: modified}}
	}
	const id = "0123456789abcdef0123456789abcdef01234567"
	tests := []struct {
		name           string
		number, commit string
		settings       []debug.BuildSetting
		want           string
	}{
		{"nothing recorded is a development build", "", "", nil, "dev"},
		{"a release without a commit is its number", "1.2.3", "", nil, "1.2.3"},
		{"Git's commit is shortened", "1.2.3", "", recorded(id, "false"), "1.2.3 (0123456789ab)"},
		{"a changed work tree is told", "", "", recorded(id, "true"), "dev (0123456789ab, modified)"},
		{"the linker's commit wins", "1.2.3", "fedcba", recorded(id, "false"), "1.2.3 (fedcba)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := describe(test.number, test.commit, test.settings).String(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
