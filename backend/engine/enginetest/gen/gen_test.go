package gen

import (
	"strings"
	"testing"
)

func TestTheSameSeedGivesTheSamePair(t *testing.T) {
	for seed := range uint64(50) {
		a, b := Postgres(seed, 17), Postgres(seed, 17)
		if a.Before.SQL() != b.Before.SQL() || a.After.SQL() != b.After.SQL() {
			t.Fatalf("PostgreSQL seed %d differs from itself", seed)
		}
		c, d := MySQL(seed, Flavor{}), MySQL(seed, Flavor{})
		if c.Before.SQL() != d.Before.SQL() || c.After.SQL() != d.After.SQL() {
			t.Fatalf("MySQL seed %d differs from itself", seed)
		}
		e, f := SQLite(seed), SQLite(seed)
		if e.Before.SQL() != f.Before.SQL() || e.After.SQL() != f.After.SQL() {
			t.Fatalf("SQLite seed %d differs from itself", seed)
		}
	}
}

func TestShrinkingKeepsOnlyWhatTheFailureNeeds(t *testing.T) {
	p := Postgres(3, 17)
	needle := p.After[len(p.After)-1]
	fails := func(q Pair) bool { return strings.Contains(q.After.SQL(), needle.SQL) }
	small := Shrink(p, fails)
	if !fails(small) {
		t.Fatal("the shrunk pair does not fail any more")
	}
	for _, id := range small.IDs() {
		if smaller := small.Without(map[string]bool{id: true}); fails(smaller) {
			t.Errorf("%s could be taken away", id)
		}
	}
}
