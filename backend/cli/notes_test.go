package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"database-structure-sync/backend/translate"
)

func TestEveryNoteOfATranslationHasItsSentence(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../translate/note.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "Code" {
			return true
		}
		code, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		found++
		if text := noteTexts[translate.Code(strings.Trim(code.Value, `"`))]; text == "" {
			t.Errorf("%s has no sentence", code.Value)
		}
		return true
	})
	if found < 40 {
		t.Errorf("only %d codes were found", found)
	}
}

func TestNotesAreSentences(t *testing.T) {
	for _, test := range []struct {
		note translate.Note
		want string
	}{
		{translate.Note{Code: translate.TypeMapped, Args: []string{"tinyint(1)", "boolean"}}, "tinyint(1) becomes boolean"},
		{translate.Note{Code: translate.PrefixDropped, Args: []string{"name", "10"}}, "all of name is in the key, not its first 10 characters"},
		{translate.Note{Code: "new_code", Args: []string{"a", "b"}}, "new code (a, b)"},
	} {
		if got := noteText(test.note); got != test.want {
			t.Errorf("%s: %s", test.note.Code, got)
		}
	}
}
