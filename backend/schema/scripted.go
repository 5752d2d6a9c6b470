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
	return sortedDeps(s)
}

// EachDep implements Object.
func (s *Scripted) EachDep(visit func(Key)) {
	visitSchema(s.Schema, visit)
	visitKeys(s.DependsOn, visit)
	if s.Owner != "" && s.Kind != KindTrigger && s.Kind != KindRule { // those may sit on views: the reader says which
		visit(Key{Kind: KindTable, Schema: s.Schema, Name: s.Owner})
	}
}

// Props implements Object.
func (s *Scripted) Props() []Prop { return props(s, &s.Base, scriptedProps) }

func (s *Scripted) eachProp(visit func(Prop)) { eachProp(s, &s.Base, scriptedProps, visit) }

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
