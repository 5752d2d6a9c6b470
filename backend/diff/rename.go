package diff

import (
	"strings"
	"unicode"

	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// Rename says that an object of the target, or a member of one, is to have another name and stays what it is otherwise:
// two names for one thing look like a drop and a create, and only a person knows which it is.
type Rename struct {
	Key schema.Key // of the object, in the target
	// Member is a label of the enum type or column, or an attribute of the composite type; "" when the object itself gets
	// the name.
	Member string
	To     string
}

// ID is the stable text of what is renamed.
func (r Rename) ID() string {
	id := "rename:" + r.Key.String()
	if r.Member != "" {
		id += "#" + r.Member
	}
	return id
}

// Renaming is a list of renames at work.
func Renaming(renames []Rename) *schema.Renaming {
	r := &schema.Renaming{}
	for _, x := range renames {
		if x.Member == "" {
			r.Set(x.Key, x.To)
		} else {
			r.SetMember(x.Key, x.Member, x.To)
		}
	}
	return r
}

// Renamer is the part of a dialect that knows what a rename does to everything else. It opens no connection.
type Renamer interface {
	// RenamesKind tells whether objects of the kind can get another name and keep what is in them.
	RenamesKind(kind schema.Kind) bool
	// Members are the labels or attributes of the object that can get another name, in order; nil for all other objects.
	Members(o schema.Object) []string
	// Renamed is the structure that db has after the renames and nothing else.
	Renamed(db *schema.Database, renames []Rename) (*Renamed, error)
}

// Renamed is a structure after renames.
type Renamed struct {
	*schema.Database
	// Open are objects that speak of something renamed and are not as they should be afterwards: the server leaves their
	// text as it is, or rewrites it in a way that cannot be foreseen. A rename takes changes of them along.
	Open []schema.Key
	// Guessed are those of them whose text here is a guess at what the server makes of it.
	Guessed []schema.Key
}

// Carry is what most dialects make of renames: every object that is renamed or speaks of something that is, is copied under
// the new names, its texts by text. What text says is not sure is open.
func Carry(db *schema.Database, renames []Rename, text func(r *schema.Renaming, of schema.Object, text string) (out string, sure bool)) *Renamed {
	r := Renaming(renames)
	out := &Renamed{Database: db.Clone()}
	var carried []schema.Object
	for _, o := range db.Objects() {
		if !r.Touches(o) {
			continue
		}
		sure := true
		carried = append(carried, r.Rename(o, func(of schema.Object, s string) string {
			s, ok := text(r, of, s)
			sure = sure && ok
			return s
		}))
		out.Remove(o.Key())
		if !sure {
			out.Open = append(out.Open, r.Key(o.Key()))
		}
	}
	for _, o := range carried {
		out.Put(o)
	}
	return out
}

// RenameChanges are the changes that the renames are, with the objects before and after them.
func RenameChanges(target *schema.Database, renamed *Renamed, renames []Rename) []Change {
	r := Renaming(renames)
	out := make([]Change, 0, len(renames))
	for i := range renames {
		x := &renames[i]
		c := Change{Action: RenameAction, Before: target.Find(x.Key), After: renamed.Find(r.Key(x.Key)), Rename: x}
		if x.Member == "" {
			c.Fields = []Field{{Name, x.Key.Name, x.To}}
		} else {
			c.Fields = []Field{{Member, x.Member, x.To}}
		}
		out = append(out, c)
	}
	return out
}

// CompareRenamed is Compare with renames that a person has confirmed: they are the first changes of the result, and all
// others lead from what the target is after them, the result's Base, to the source.
func CompareRenamed(d Renamer, source, target *schema.Database, renames []Rename, opt Options) (*Result, error) {
	if len(renames) == 0 {
		return Compare(source, target, opt), nil
	}
	if err := CheckRenames(d, source, target, renames); err != nil {
		return nil, err
	}
	renamed, err := d.Renamed(target, renames)
	if err != nil {
		return nil, err
	}
	r := Compare(source, doubtful(renamed, source), opt)
	r.Base = renamed.Database
	changes := RenameChanges(target, renamed, renames)
	fillRenameHazards(changes, renamed)
	r.Changes = append(changes, r.Changes...)
	return r, nil
}

// doubt is put behind a text of which is not sure that the server has it like this, so that it is written anew.
const doubt = "\n-- rewritten by the server"

// doubtful is the structure after renames in which a guessed object that looks the same as the source's does not: only the
// source's own text makes it sure.
func doubtful(renamed *Renamed, source *schema.Database) *schema.Database {
	out := renamed.Database
	for _, k := range renamed.Guessed {
		s, ok := out.Get(k).(*schema.Scripted)
		if x := source.Get(k); !ok || x == nil || !s.Same(x) {
			continue
		}
		if out == renamed.Database {
			out = out.Clone()
		}
		marked := *s
		marked.Definition += doubt
		out.Put(&marked)
	}
	return out
}

// fillRenameHazards says what a rename breaks: programs that use the old name, and texts that the server does not follow.
func fillRenameHazards(changes []Change, renamed *Renamed) {
	old := map[string][]int{}
	for i := range changes {
		x := changes[i].Rename
		name := x.Key.Name
		if x.Member != "" {
			name = x.Member
		}
		changes[i].Hazards = []hazard.Hazard{hazard.New(hazard.Renamed, displayName(x.Key), name, x.To)}
		old[strings.ToLower(name)] = append(old[strings.ToLower(name)], i)
	}
	open := map[schema.Key]bool{}
	for _, k := range renamed.Open {
		open[k] = true
	}
	for _, o := range renamed.Objects() {
		s, ok := o.(*schema.Scripted)
		if !ok || s.Kind != schema.KindRoutine && s.Kind != schema.KindEvent && !open[s.Key()] {
			continue
		}
		told := map[int]bool{}
		for _, word := range words(s.Definition) {
			for _, i := range old[word] {
				if !told[i] {
					told[i] = true
					changes[i].Hazards = append(changes[i].Hazards, hazard.Doubt(displayName(s.Key()), hazard.NamesOld, word))
				}
			}
		}
	}
}

// words are the names in a text as far as they are made of letters, digits and underscores, in lower case.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

func displayName(k schema.Key) string {
	var parts []string
	for _, s := range []string{k.Schema, k.Owner, k.Name} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ".")
}
