package expr

import "testing"

func TestSumsOfWholeNumbersAreWorkedOut(t *testing.T) {
	for text, want := range map[string]string{
		"minutes <= 24 * 60":        "minutes <= 1440",
		"a > 1 + 2 * 3 - 4":         "a > 3",
		"a * 2 > 3":                 "a * 2 > 3",
		"a > 1.5 * 2":               "a > 1.5 * 2",
		"a < 4611686018427387904*4": "a < 4611686018427387904 * 4",
	} {
		n, err := Parse(SQLite, text)
		if err != nil {
			t.Fatal(err)
		}
		w, err := Parse(SQLite, want)
		if err != nil {
			t.Fatal(err)
		}
		if Key(Sums(n)) != Key(w) {
			t.Errorf("%s becomes %s", text, Key(Sums(n)))
		}
	}
}
