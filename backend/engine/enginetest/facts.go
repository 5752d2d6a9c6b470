package enginetest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// Fact is one property or attribute of one kind of object.
type Fact struct {
	Kind schema.Kind
	Name string
}

func (f Fact) String() string { return string(f.Kind) + " " + f.Name }

// Facts takes down which facts cases show, and which of them stand alone in a case: a table with all its parts, or another
// object, that differs in this one field of it or of one of its parts and in nothing else. It may be used by several
// goroutines.
type Facts struct {
	mu    sync.Mutex
	shown map[Fact]bool
	alone map[Fact]string // the case
	model map[string]bool // as [schema.Properties] has them
	cases int
}

// Cases is how many cases were looked at.
func (f *Facts) Cases() int { return f.cases }

// Shows tells whether some case shows an object with this property, as [schema.Properties] names the two.
func (f *Facts) Shows(property string) bool { return f.model[property] }

// note looks at a case's two structures.
func (f *Facts) note(name string, before, after *schema.Database, opt diff.Options) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.shown == nil {
		f.shown, f.alone, f.model = map[Fact]bool{}, map[Fact]string{}, map[string]bool{}
	}
	f.cases++
	for _, db := range []*schema.Database{before, after} {
		for _, o := range db.Objects() {
			f.show(o)
			for _, p := range o.Parts() {
				f.show(p)
			}
		}
	}
	for _, change := range diff.Compare(after, before, opt).Changes {
		items := diff.Items([]diff.Change{change})
		if len(items) == 1 && items[0].Action == diff.Alter && len(items[0].Fields) == 1 {
			f.alone[Fact{items[0].Key().Kind, property(items[0].Fields[0].Name)}] = name
		}
	}
}

func (f *Facts) show(o schema.Object) {
	for _, p := range o.Props() {
		f.shown[Fact{o.Key().Kind, property(p.Name)}] = true
		f.model[fmt.Sprintf("%T.%s", o, p.Name)] = true
	}
}

// property is the name without what follows its colon: attributes of a view's columns carry the column's name there.
func property(name string) string {
	name, _, _ = strings.Cut(name, ":")
	return name
}

// Unproven are the facts that some case shows and none changes alone, save those of which a reason is given
// why that cannot be; and the reasons that turn out to be wrong.
func (f *Facts) Unproven(reasons map[Fact]string) []string {
	var problems []string
	for fact := range f.shown {
		if f.alone[fact] == "" && reasons[fact] == "" {
			problems = append(problems, fmt.Sprintf("no case changes %q alone", fact))
		}
	}
	for fact := range reasons {
		switch {
		case !f.shown[fact]:
			problems = append(problems, fmt.Sprintf("%q has a reason, and no case shows it", fact))
		case f.alone[fact] != "":
			problems = append(problems, fmt.Sprintf("%q has a reason not to change alone, and does so in %s", fact, f.alone[fact]))
		}
	}
	slices.Sort(problems)
	return problems
}
