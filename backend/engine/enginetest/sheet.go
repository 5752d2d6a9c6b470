package enginetest

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"
)

// A sheet is a file of many small cases, one a section under its title: what is there before, a line "==>", and what is
// there after. Lines that begin with INSERT are rows. "$n" stands for the case's number, so that all of them fit into one
// database: they are run at once, and each by itself only when that fails, to find the one.
const (
	sheetArrow  = "==>"
	sheetNumber = "$n"
)

// member reads one case of a sheet.
func member(sheet string, number int, file txtar.File) (Case, error) {
	title := file.Name
	text := strings.ReplaceAll(string(file.Data), sheetNumber, strconv.Itoa(number))
	before, after, ok := strings.Cut("\n"+text, "\n"+sheetArrow+"\n")
	if !ok {
		return Case{}, fmt.Errorf("no section is called %q, and as a case of a sheet it lacks a line %s", title, sheetArrow)
	}
	c := Case{Name: sheet + "/" + strings.ReplaceAll(title, " ", "_"), After: after, text: string(file.Data), title: title}
	for line := range strings.Lines(before + "\n") {
		if strings.HasPrefix(line, "INSERT") {
			c.Rows += line
		} else {
			c.Before += line
		}
	}
	return c, nil
}

// addMember makes the case one of a sheet's, whose parts run together.
func (c *Case) addMember(m Case) {
	c.Members = append(c.Members, m)
	c.Before += m.Before + "\n"
	c.After += m.After + "\n"
	c.Rows += m.Rows
}

// Count is how many cases this is.
func (c Case) Count() int { return max(1, len(c.Members)) }

// Each are the cases of a sheet, or the case itself.
func (c Case) Each() []Case {
	if len(c.Members) == 0 {
		return []Case{c}
	}
	out := make([]Case, len(c.Members))
	for i, m := range c.Members {
		m.Requires, m.Covers = c.Requires, c.Covers
		out[i] = m
	}
	return out
}
