package schema

import "strings"

// Note is something that the source has and a server of the target's version cannot have, and what becomes of it: a code
// with arguments for user interfaces to translate, and an English sentence. What a note tells of is no difference.
type Note struct {
	Key  Key
	Code NoteCode
	Args []string // the object's name is the first
}

// NoteCode is a note's stable name.
type NoteCode string

// The codes of notes. Arguments are listed with each.
const (
	NoteLeftOut NoteCode = "left_out" // object, what it uses, since which version: the target goes without the object
	NoteWithout NoteCode = "without"  // object, property, since which version: the object comes without the property
	NoteInstead NoteCode = "instead"  // object, property, what it gets instead, since which version
	NoteImplied NoteCode = "implied"  // object, property, since which version: the target's version has it whether wanted or not
	NoteNeeds   NoteCode = "needs"    // object, other object: it needs another one that the target goes without
	// Between servers of which none is simply the older one:
	NoteOmitted   NoteCode = "omitted"   // object, what it uses, server: the target goes without the object
	NoteLacks     NoteCode = "lacks"     // object, property, server: the object comes without the property
	NoteOtherwise NoteCode = "otherwise" // object, property, what it gets instead, server
	NoteTaken     NoteCode = "taken"     // the database, a collation, another one: they stand for each other
	NoteNearest   NoteCode = "nearest"   // the database, a collation, the nearest one, server
)

var noteTexts = map[NoteCode]string{
	NoteLeftOut: "{0} is left out: {1} are new in {2}",
	NoteWithout: "{0} comes without {1}, new in {2}",
	NoteInstead: "{0} has {2} instead of {1}, new in {3}",
	NoteImplied: "{0} has {1} as everything like it since {2}",
	NoteNeeds:   "{0} is left out because it needs {1}",

	NoteOmitted:   "{0} is left out: {2} does not have {1}",
	NoteLacks:     "{0} comes without {1}: {2} does not have it",
	NoteOtherwise: "{0} has {2} instead of {1}: {3} does not have it",
	NoteTaken:     "in {0}, the collation {1} is taken for the same as {2}",
	NoteNearest:   "in {0}, the collation {2} takes the place of {1}, which {3} does not have, and compares differently",
}

// String is the English sentence.
func (n Note) String() string {
	text := noteTexts[n.Code]
	pairs := make([]string, 0, 2*len(n.Args))
	for i, a := range n.Args {
		pairs = append(pairs, "{"+string(rune('0'+i))+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
