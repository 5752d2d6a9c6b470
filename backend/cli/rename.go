package cli

import (
	"fmt"
	"strings"

	"database-structure-sync/backend/diff"
)

// renamed takes the confirmed renames out of changes.
func renamed(changes []diff.Change) (renames, rest []diff.Change) {
	for _, c := range changes {
		if c.Action == diff.RenameAction {
			renames = append(renames, c)
		} else {
			rest = append(rest, c)
		}
	}
	return renames, rest
}

// renames writes what was confirmed.
func (t textReport) renames(changes []diff.Change) {
	if len(changes) == 0 {
		return
	}
	t.printf("\nRenamed, as you said:\n")
	for _, c := range changes {
		was := c.Rename.Key.Name
		if c.Rename.Member != "" {
			was = displayName(c.Rename.Key) + "." + c.Rename.Member
		} else if c.Rename.Key.Owner != "" {
			was = displayName(c.Rename.Key)
		}
		t.printf("  %s %s %s → %s\n", t.sign(c.Action), words(renameWord(*c.Rename)), t.bad(line(was)), t.good(line(c.Rename.To)))
		t.hazards(c.Hazards, "      ")
	}
}

// renameWord is the word that --rename has for it.
func renameWord(r diff.Rename) string {
	word, _, _ := strings.Cut(r.String(), ":")
	return word
}

// suggestions writes the options that would make a drop and a create one rename.
func (t textReport) suggestions(list []diff.Suggestion) {
	if len(list) == 0 {
		return
	}
	t.printf("\n%s\n", t.warn("Perhaps renamed. Nothing is, unless you say so with these options:"))
	for _, s := range list {
		t.printf("  %3.0f %%  --rename %s\n", 100*s.Confidence, shellQuoted(line(s.String())))
	}
}

// shellQuoted is a text for a POSIX shell.
func shellQuoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// jsonRename says what gets another name: an object of the target, or a member of it.
type jsonRename struct {
	Rename string  `json:"rename"` // as --rename takes it
	Object jsonKey `json:"object"`
	Member string  `json:"member,omitempty"`
	To     string  `json:"to"`
}

// jsonSuggestion is a drop and a create that may be one thing.
type jsonSuggestion struct {
	jsonRename
	Confidence float64 `json:"confidence"`
	Within     string  `json:"within,omitempty"` // the rename, as --rename takes it, that it presupposes
}

func renameJSON(r diff.Rename) jsonRename {
	return jsonRename{r.String(), keyJSON(r.Key), r.Member, r.To}
}

func suggestionsJSON(list []diff.Suggestion) []jsonSuggestion {
	texts := map[string]string{}
	for _, s := range list {
		texts[s.ID()] = s.String()
	}
	out := []jsonSuggestion{}
	for _, s := range list {
		out = append(out, jsonSuggestion{renameJSON(s.Rename), s.Confidence, texts[s.Within]})
	}
	return out
}

// renamesNote is the part of the summary about renames; "" without any.
func renamesNote(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d to rename", n)
}
