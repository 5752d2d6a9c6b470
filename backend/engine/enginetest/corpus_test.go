package enginetest_test

import (
	"os"
	"path/filepath"
	"testing"

	"database-structure-sync/backend/engine/enginetest"
)

// schemas are the real schemas of the engine, in the order of their names.
func schemas(t testing.TB, s enginetest.Suite) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "schemas", s.Engine.Dialect(), "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	if s.Engine.Dialect() == "sqlite" { // the sample databases are real ones, too
		samples, err := filepath.Glob(filepath.Join("..", "..", "samples", "schema_*.sql"))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, samples...)
	}
	if len(paths) == 0 {
		t.Fatalf("there are no schemas for %s", s.Engine.Dialect())
	}
	texts := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(path)] = string(text)
	}
	return texts
}

func TestRealSchemasAreBuiltFromNothingAndTakenBack(t *testing.T) {
	onEveryServer(t, func(t *testing.T, s enginetest.Suite) {
		for name, text := range schemas(t, s) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				s.Converge(t, enginetest.Case{Name: name, After: text})
			})
		}
	})
}
