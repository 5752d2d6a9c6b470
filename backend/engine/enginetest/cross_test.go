package enginetest_test

import (
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
)

// crossings are the ways between the newest servers of the four engines.
func crossings(t testing.TB) []enginetest.Crossing {
	newest := map[string]enginetest.Suite{}
	for name, s := range newestServers(t) {
		newest[name] = enginetest.Suite{Engine: familyOf(s).engine, Server: s}
	}
	var out []enginetest.Crossing
	for _, from := range engines {
		for _, to := range engines {
			source, have := newest[from]
			target, want := newest[to]
			if have && want && source.Engine.Dialect() != target.Engine.Dialect() {
				out = append(out, enginetest.Crossing{Source: source, Target: target})
			}
		}
	}
	return out
}

// TestRealSchemasCross takes every real schema to every other engine.
func TestRealSchemasCross(t *testing.T) {
	for _, x := range crossings(t) {
		for name, text := range schemas(t, x.Source) {
			t.Run(x.Name()+"/"+name, func(t *testing.T) {
				t.Parallel()
				if err := x.Check(t.Context(), enginetest.Case{Before: text}); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// kindsThatCross are the kinds of cases that are about what engines share.
var kindsThatCross = []string{
	"auto_increment", "check", "column", "comment", "default", "domain", "enum", "foreign_key", "generated", "identifier", "identity", "index",
	"primary_key", "serial", "table", "type_change", "unique",
}

// openCrossings are known not to converge yet, and why. README and the changelog tell of them; one that converges has to
// leave the list.
var openCrossings = map[string]string{}

// holdCrossing fails the test for an error, unless it is a known one, and for a known one that is none any more.
func holdCrossing(t *testing.T, name string, err error) {
	t.Helper()
	switch why := openCrossings[strings.ReplaceAll(name, " ", "_")]; {
	case why == "" && err != nil:
		t.Error(err)
	case why != "" && err != nil:
		t.Logf("open: %s\n%v", why, err)
	case why != "":
		t.Error("this converges now: take it off the list of open ones")
	}
}

// TestCasesCross takes the structures of cases about what engines share to another engine, and then their change. Which one is
// decided by the case's name, so that all ways have their share; DBSTRUCT_CROSS_ALL takes every case every way.
func TestCasesCross(t *testing.T) {
	ways := map[string]int{}
	for _, x := range crossings(t) {
		ways[x.Source.Server.Name]++
	}
	turn := map[string]int{}
	for _, x := range crossings(t) {
		from := x.Source.Server.Name
		mine := turn[from]
		turn[from]++
		for _, c := range enginetest.LoadCases(t, filepath.Join("testdata", x.Source.Engine.Dialect())) {
			kind, _, _ := strings.Cut(c.Name, "/")
			if !slices.Contains(kindsThatCross, kind) || !c.For(x.Source.Server) {
				continue
			}
			if os.Getenv("DBSTRUCT_CROSS_ALL") == "" && int(crc32.ChecksumIEEE([]byte(c.Name)))%ways[from] != mine {
				continue
			}
			t.Run(x.Name()+"/"+c.Name, func(t *testing.T) {
				t.Parallel()
				holdCrossing(t, x.Name()+"/"+c.Name, x.Check(t.Context(), c))
			})
		}
	}
}

// crossingsEach is how many random pairs go every way in a normal run; DBSTRUCT_CROSSINGS asks for another number.
const crossingsEach = 5

// TestRandomPairsCross takes random structures to every other engine, and then their change.
func TestRandomPairsCross(t *testing.T) {
	count, first := fromEnv(t, "DBSTRUCT_CROSSINGS", crossingsEach), fromEnv(t, "DBSTRUCT_SEED", 1)
	for n, x := range crossings(t) {
		for i := range count {
			seed := uint64(first+i) + uint64(n)*1_000_000
			t.Run(fmt.Sprint(x.Name(), "/", seed), func(t *testing.T) {
				t.Parallel()
				p := randomPair(t, x.Source.Server, seed)
				holdCrossing(t, fmt.Sprint(x.Name(), "/", seed), x.Check(t.Context(), enginetest.Case{Before: p.Before.SQL(), After: p.After.SQL()}))
			})
		}
	}
}
