package enginetest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"database-structure-sync/backend/internal/testdb"
)

// Case is a pair of structures, each as a script for the server's own client. Making the one like the other, in both
// directions, is what is tested.
type Case struct {
	// Name is "<kind>/<behaviour>", from the file's path.
	Name string
	// Comment is what stands above the first section of the file.
	Comment       string
	Before, After string
	// Rows fills the structure of Before with rows that must survive becoming After. No row survives what the case drops.
	Rows string
	// Renames are what a user confirms before Before becomes After, as diff.ParseRenames reads it; the way back undoes them.
	Renames []string
	// Requires says which servers have what the case needs; nil for every server of the dialect.
	Requires Requirements
	// Covers are the clauses of the server's manual that the case is about, "CREATE TABLE: STORAGE", as the engine's
	// catalogue (testdata/<dialect>/clauses.txt) names them; docs/coverage.md is made from them.
	Covers []string
	// Members are the cases of a sheet; Before, After and Rows are then those of all of them.
	Members     []Case
	title, text string // a member's section
}

// The sections of a case file.
const (
	sectionBefore   = "before.sql"
	sectionAfter    = "after.sql"
	sectionRows     = "rows.sql"
	sectionRenames  = "renames"
	sectionRequires = "requires"
	sectionCovers   = "covers"
)

// LoadCases reads every case file below a folder, in the order of their names.
func LoadCases(t testing.TB, dir string) []Case {
	t.Helper()
	var cases []Case
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".txtar" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		c, err := ParseCase(strings.TrimSuffix(filepath.ToSlash(name), ".txtar"), text)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		cases = append(cases, c)
		return nil
	})
	if err != nil {
		t.Fatalf("reading the cases: %v", err)
	}
	return cases
}

// ParseCase reads the text of a case file.
func ParseCase(name string, text []byte) (Case, error) {
	archive := txtar.Parse(text)
	c := Case{Name: name, Comment: strings.TrimSpace(string(archive.Comment))}
	seen := map[string]bool{}
	for _, file := range archive.Files {
		if seen[file.Name] {
			return Case{}, fmt.Errorf("two sections are called %s", file.Name)
		}
		seen[file.Name] = true
		switch file.Name {
		case sectionBefore:
			c.Before = string(file.Data)
		case sectionAfter:
			c.After = string(file.Data)
		case sectionRows:
			c.Rows = string(file.Data)
		case sectionRenames:
			c.Renames = strings.FieldsFunc(string(file.Data), func(r rune) bool { return r == '\n' })
		case sectionRequires:
			requires, err := ParseRequirements(string(file.Data))
			if err != nil {
				return Case{}, err
			}
			c.Requires = requires
		case sectionCovers:
			c.Covers = strings.FieldsFunc(string(file.Data), func(r rune) bool { return r == '\n' })
		default:
			m, err := member(name, len(c.Members)+1, file)
			if err != nil {
				return Case{}, err
			}
			c.addMember(m)
		}
	}
	if len(c.Members) > 0 {
		if seen[sectionBefore] || seen[sectionAfter] || seen[sectionRows] || seen[sectionRenames] {
			return Case{}, fmt.Errorf("a sheet has cases of its own beside those in its sections")
		}
		return c, nil
	}
	if !seen[sectionBefore] || !seen[sectionAfter] {
		return Case{}, fmt.Errorf("the sections %s and %s are needed, empty or not", sectionBefore, sectionAfter)
	}
	return c, nil
}

// Format is the text of the case's file, as ParseCase reads it.
func (c Case) Format() []byte {
	archive := &txtar.Archive{}
	if c.Comment != "" {
		archive.Comment = []byte(c.Comment + "\n")
	}
	add := func(name, text string) {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
	}
	if c.Requires != nil {
		add(sectionRequires, c.Requires.String()+"\n")
	}
	if c.Covers != nil {
		add(sectionCovers, strings.Join(c.Covers, "\n")+"\n")
	}
	if c.Renames != nil {
		add(sectionRenames, strings.Join(c.Renames, "\n")+"\n")
	}
	for _, m := range c.Members {
		add(m.title, m.text)
	}
	if len(c.Members) > 0 {
		return txtar.Format(archive)
	}
	add(sectionBefore, c.Before)
	if c.Rows != "" {
		add(sectionRows, c.Rows)
	}
	add(sectionAfter, c.After)
	return txtar.Format(archive)
}

// For tells whether the server has what the case needs.
func (c Case) For(s testdb.Server) bool { return c.Requires.Met(s) }
