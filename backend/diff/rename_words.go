package diff

import (
	"slices"
	"strings"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// Words for what is renamed beside the kinds of objects.
const (
	wordConstraint = "constraint" // a key, check, exclusion constraint or foreign key, whichever has the name
	wordType       = "type"       // an enum, domain, composite or range type
	wordLabel      = "label"      // of an enum type or of an enum column
	wordAttribute  = "attribute"  // of a composite type
)

var (
	constraintKinds = []schema.Kind{schema.KindPrimaryKey, schema.KindUnique, schema.KindCheck, schema.KindExclusion, schema.KindForeignKey}
	typeKinds       = []schema.Kind{schema.KindEnum, schema.KindDomain, schema.KindComposite, schema.KindRange}
)

// String is the rename as users write it: "table:old=new", "column:table.old=new", "label:mood.sad=unhappy"; names of
// schemas stand in front, and a backslash before a character of a name that would mean something.
func (r Rename) String() string {
	word := string(r.Key.Kind)
	names := []string{}
	for _, s := range []string{r.Key.Schema, r.Key.Owner, r.Key.Name} {
		if s != "" {
			names = append(names, s)
		}
	}
	switch {
	case slices.Contains(constraintKinds, r.Key.Kind):
		word = wordConstraint
	case r.Member != "" && r.Key.Kind == schema.KindComposite:
		word = wordAttribute
	case r.Member != "":
		word = wordLabel
	case slices.Contains(typeKinds, r.Key.Kind):
		word = wordType
	}
	if r.Member != "" {
		names = append(names, r.Member)
	}
	for i, n := range names {
		names[i] = renameEscaper.Replace(n)
	}
	return word + ":" + strings.Join(names, ".") + "=" + renameEscaper.Replace(r.To)
}

var renameEscaper = strings.NewReplacer(`\`, `\\`, `.`, `\.`, `=`, `\=`)

// ParseRenames finds what texts like those of String mean in the target. The name of a schema may be left out where only one
// has such an object, and the table of a part may be named as it will be.
func ParseRenames(target *schema.Database, texts []string) ([]Rename, error) {
	var out []Rename
	parsed := make([]renameText, len(texts))
	for i, text := range texts {
		var err error
		if parsed[i], err = parseRename(text); err != nil {
			return nil, err
		}
		if len(parsed[i].kinds) > 0 && !parsed[i].member && !parsed[i].kinds[0].IsPart() && parsed[i].kinds[0] != schema.KindForeignKey {
			r, err := parsed[i].find(target, nil)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
			parsed[i].done = true
		}
	}
	tables := out
	for _, p := range parsed {
		if p.done {
			continue
		}
		r, err := p.find(target, tables)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// renameText is one text, taken apart.
type renameText struct {
	text   string
	kinds  []schema.Kind
	member bool
	names  []string
	to     string
	done   bool
}

func parseRename(text string) (renameText, error) {
	p := renameText{text: text}
	word, rest, ok := strings.Cut(text, ":")
	from, to := splitEscaped(rest, '=')
	if !ok || len(to) != 1 || from == nil {
		return p, fault.New(fault.BadInput, "%q is no rename: write table:old=new, column:table.old=new, index:table.old=new, constraint:table.old=new, type:old=new or label:type.old=new, with \\ before a . or = that is part of a name", text)
	}
	p.names, p.to = from, to[0]
	switch word {
	case wordConstraint:
		p.kinds = constraintKinds
	case wordType:
		p.kinds = typeKinds
	case wordLabel:
		p.kinds, p.member = []schema.Kind{schema.KindEnum, schema.KindColumn}, true
	case wordAttribute:
		p.kinds, p.member = []schema.Kind{schema.KindComposite}, true
	default:
		p.kinds = []schema.Kind{schema.Kind(word)}
	}
	return p, nil
}

// splitEscaped splits at dots, and once at sep, except behind a backslash. Both lists are without the backslashes.
func splitEscaped(text string, sep byte) (left, right []string) {
	var list []string
	var b strings.Builder
	parted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case c == '.' && !parted:
			list = append(list, b.String())
			b.Reset()
		case c == sep && !parted:
			left, list, parted = append(list, b.String()), nil, true
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	if !parted {
		return nil, nil
	}
	return left, append(list, b.String())
}

// find looks the named object up. tables are renames that may have given its table another name already.
func (p renameText) find(target *schema.Database, tables []Rename) (Rename, error) {
	names, member := p.names, ""
	if p.member {
		names, member = names[:len(names)-1], names[len(names)-1]
	}
	all := Renaming(tables)
	var found, later []schema.Key
	look := func(o schema.Object) {
		k := o.Key()
		if !slices.Contains(p.kinds, k.Kind) {
			return
		}
		if named(k, names) {
			found = append(found, k)
		} else if k.Owner != "" {
			k.Owner = all.Key(k).Owner
			if named(k, names) {
				later = append(later, o.Key())
			}
		}
	}
	for _, o := range target.Objects() {
		look(o)
		for _, part := range o.Parts() {
			look(part)
		}
	}
	if len(found) == 0 {
		found = later
	}
	switch len(found) {
	case 0:
		return Rename{}, fault.New(fault.BadInput, "%s: the target has nothing of that kind and name", p.text)
	case 1:
		return Rename{Key: found[0], Member: member, To: p.to}, nil
	}
	return Rename{}, fault.New(fault.BadInput, "%s: the target has several of that name, among them %s and %s: write the schema's name in front", p.text, found[0], found[1])
}

// named tells that the names are those of the key, with or without its schema.
func named(k schema.Key, names []string) bool {
	full := []string{k.Name}
	if k.Owner != "" {
		full = []string{k.Owner, k.Name}
	}
	return slices.Equal(names, full) || k.Schema != "" && slices.Equal(names, append([]string{k.Schema}, full...))
}
