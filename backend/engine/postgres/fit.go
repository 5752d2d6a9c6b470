package postgres

import (
	"slices"
	"strconv"
	"strings"

	"database-structure-sync/backend/schema"
)

// Adapt says a structure of another PostgreSQL server in the terms of this one's version. What this version does not have is
// left out or replaced by what comes nearest, and noted; what needs something that is left out is left out with it. The
// result is what a target can become, so that comparing again finds nothing.
func (d *dialect) Adapt(source, _ *schema.Database) (*schema.Database, []schema.Note) {
	from := majorOf(source.Version)
	if from == d.v.major() {
		return source, nil
	}
	f := &fitter{v: d.v, source: source, gone: map[schema.Key]bool{}}
	out := source.Clone()
	for _, o := range source.Objects() {
		switch fitted := f.object(o); {
		case fitted == nil:
			f.gone[o.Key()] = true
			out.Remove(o.Key())
		case fitted != o:
			out.Put(fitted)
		}
	}
	f.follow(out)
	slices.SortStableFunc(f.notes, func(a, b schema.Note) int { return a.Key.Compare(b.Key) })
	return out, f.notes
}

func majorOf(version string) int {
	text, _, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(text) // none: 0, older than all
	return n
}

// fitter is one call of Fit.
type fitter struct {
	v      version
	source *schema.Database
	gone   map[schema.Key]bool // objects and parts
	notes  []schema.Note
}

func (f *fitter) note(code schema.NoteCode, k schema.Key, args ...string) {
	f.notes = append(f.notes, schema.Note{Key: k, Code: code, Args: append([]string{displayName(k)}, args...)})
}

func postgres(major int) string { return "PostgreSQL " + strconv.Itoa(major) }

// leavesOut notes that the object is left out for what it uses, if it does and this version does not have it.
func (f *fitter) leavesOut(k schema.Key, uses bool, since int, what string) bool {
	if !uses || f.v.atLeast(since) {
		return false
	}
	f.note(schema.NoteLeftOut, k, what, postgres(since))
	return true
}

// without notes that the object comes without a property, if it has it and this version has no such thing.
func (f *fitter) without(k schema.Key, has bool, since int, what string) bool {
	if !has || f.v.atLeast(since) {
		return false
	}
	f.note(schema.NoteWithout, k, what, postgres(since))
	return true
}

// object is the object as this version can have it: itself, a copy, or nil.
func (f *fitter) object(o schema.Object) schema.Object {
	switch x := o.(type) {
	case *schema.Table:
		return f.table(x)
	case *schema.ForeignKey:
		return orNothing(f.foreignKey(x))
	case *schema.Sequence:
		if f.without(x.Key(), x.Attrs.Get(attrPersistence) != "", 15, "UNLOGGED") {
			c := *x
			c.Attrs.Set(attrPersistence, "", schema.ClassStructure)
			return &c
		}
	case *schema.Domain:
		return orNothing(f.domain(x))
	case *schema.Composite:
		for _, a := range x.Attributes {
			if f.lacksType(x.Key(), a.Type) {
				return nil
			}
		}
	case *schema.Scripted:
		return orNothing(f.scripted(x))
	}
	return o
}

// orNothing keeps a nil pointer from becoming an object.
func orNothing[T any, P interface {
	*T
	schema.Object
}](o P) schema.Object {
	if o == nil {
		return nil
	}
	return o
}

// lacksType tells, with a note, that an object is left out because of a built-in or range type that this version lacks.
func (f *fitter) lacksType(k schema.Key, t schema.Type) bool {
	name := strings.TrimRight(t.Text, "[]")
	if t.User.Kind == schema.KindRange && name != fullName(t.User) {
		return f.leavesOut(k, true, 14, "multirange types")
	}
	for _, n := range newTypes {
		if t.User.IsZero() && name == n.name && f.leavesOut(k, true, n.since, "columns of type "+name) {
			return true
		}
	}
	return false
}

// numeric replaces a numeric type whose scale is negative or exceeds its precision by one without limits.
func (f *fitter) numeric(k schema.Key, t *schema.Type) {
	precision, rest, ok := strings.Cut(strings.TrimPrefix(t.Text, "numeric("), ",")
	if f.v.atLeast(15) || !ok || !strings.HasPrefix(t.Text, "numeric(") {
		return
	}
	scale, brackets, _ := strings.Cut(rest, ")")
	if strings.HasPrefix(scale, "-") || number(scale) > number(precision) {
		f.note(schema.NoteInstead, k, t.Text, "numeric"+brackets, postgres(15))
		t.Text = "numeric" + brackets
	}
}

type named struct {
	name  string
	since int
}

var newTypes = []named{
	{"int4multirange", 14},
	{"int8multirange", 14},
	{"nummultirange", 14},
	{"tsmultirange", 14},
	{"tstzmultirange", 14},
	{"datemultirange", 14},
	{"xid8", 13},
}

// follow leaves out, until nothing changes any more, what needs something that has been left out.
func (f *fitter) follow(out *schema.Database) {
	for again := len(f.gone) > 0; again; {
		again = false
		for _, o := range out.Objects() {
			if t, ok := o.(*schema.Table); ok {
				if kept := f.keptParts(t); kept != t {
					out.Put(kept)
					o, again = kept, true
				}
			}
			if f.loses(o) {
				out.Remove(o.Key())
				f.gone[o.Key()] = true
				again = true
			}
		}
	}
	for _, o := range out.Objects() {
		if s, ok := o.(*schema.Sequence); ok && f.gone[s.OwnedBy] {
			c := *s
			c.OwnedBy = schema.Key{}
			out.Put(&c)
		}
	}
}

// loses tells, with a note, that the object itself needs something that is gone.
func (f *fitter) loses(o schema.Object) bool {
	var needs schema.Key
	o.EachDep(func(k schema.Key) {
		if needs.IsZero() && f.gone[k] {
			needs = k
		}
	})
	if needs.IsZero() {
		return false
	}
	f.note(schema.NoteNeeds, o.Key(), displayName(needs))
	return true
}

// keptParts is the table without the parts that need something that is gone.
func (f *fitter) keptParts(t *schema.Table) *schema.Table {
	var kept []schema.Object
	for _, p := range t.Parts() {
		if f.loses(p) {
			f.gone[p.Key()] = true
		} else {
			kept = append(kept, p)
		}
	}
	if len(kept) == len(t.Columns)+len(t.Constraints)+len(t.Indexes) {
		return t
	}
	return t.WithParts(kept)
}
