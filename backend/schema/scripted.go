package schema

// Scripted is an object whose structure is one text in the dialect's own words, as the server deparses it: a view, a
// routine, a trigger, a rule, a policy, a statistics object, a range type, a collation, an extension, a schema. What can
// be altered beside the text (a comment, an option) is in Base.
type Scripted struct {
	Kind                Kind
	Schema, Owner, Name string
	// Definition is the complete statement that creates it, without a final semicolon.
	Definition string
	Base
}

var scriptedProps = []property[Scripted]{
	{"definition", ClassStructure, func(s *Scripted) string { return s.Definition }, func(d, s *Scripted) { d.Definition = s.Definition }},
}

// Key implements Object.
func (s *Scripted) Key() Key { return Key{s.Kind, s.Schema, s.Owner, s.Name} }

// Deps implements Object.
func (s *Scripted) Deps() []Key {
	keys := append(schemaKeys(s.Schema), s.DependsOn...)
	if s.Owner != "" && s.Kind != KindTrigger && s.Kind != KindRule { // those may sit on views: the reader says which
		keys = append(keys, Key{Kind: KindTable, Schema: s.Schema, Name: s.Owner})
	}
	return sortKeys(keys)
}

// Props implements Object.
func (s *Scripted) Props() []Prop { return props(s, &s.Base, scriptedProps) }

// Parts implements Object.
func (s *Scripted) Parts() []Object { return nil }

// Same implements Object.
func (s *Scripted) Same(o Object) bool {
	x, ok := o.(*Scripted)
	return ok && same(s, x, &s.Base, &x.Base, scriptedProps)
}

// With implements Object.
func (s *Scripted) With(from Object, take func(Prop) bool) Object {
	c, f := *s, from.(*Scripted)
	with(&c, f, &c.Base, &f.Base, scriptedProps, take)
	return &c
}
