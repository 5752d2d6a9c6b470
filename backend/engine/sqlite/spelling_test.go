//go:build cgo

package sqlite

import (
	"math/rand/v2"
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine/enginetest/gen"
)

// respelled is a script in other white space, with comments, other cases of reserved words and other quotes around names.
func respelled(t *testing.T, r *rand.Rand, script string) string {
	t.Helper()
	tokens, err := tokenize(script)
	if err != nil {
		t.Fatal(err)
	}
	pick := func(items ...string) string { return items[r.IntN(len(items))] }
	var b strings.Builder
	for i, token := range tokens {
		text := token.text
		switch {
		case token.kind == tokWord && reserved[strings.ToUpper(text)]:
			text = pick(strings.ToLower(text), strings.ToUpper(text), text)
		case token.kind == tokIdent && !strings.ContainsAny(token.name(), "]`"):
			text = pick(text, "["+token.name()+"]", "`"+token.name()+"`")
		case token.punct("<>"):
			text = pick("<>", "!=")
		}
		if i > 0 {
			b.WriteString(pick(" ", " ", "\n", "\t ", " /* it's \"odd\" ( */ ", " -- ) ' ;\n"))
		}
		b.WriteString(text)
	}
	return b.String()
}

func TestSpellingMakesNoDifference(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		var lines []string // what a virtual table's module is told is its own language
		for _, line := range strings.Split(gen.SQLite(seed).After.SQL(), "\n") {
			if !strings.HasPrefix(line, "CREATE VIRTUAL") {
				lines = append(lines, line)
			}
		}
		script := strings.Join(lines, "\n")
		other := respelled(t, r, script)
		one, two := structure(t, load(t, script)), structure(t, load(t, other))
		found := diff.Compare(one, two, diff.Options{ColumnOrder: true})
		for _, x := range diff.Items(found.Changes) {
			t.Errorf("seed %d: %s %s %+v\n%s", seed, x.Action, x.Key(), x.Fields, other)
		}
		if one.Fingerprint() != two.Fingerprint() {
			t.Errorf("seed %d: the fingerprints differ", seed)
		}
	}
}
