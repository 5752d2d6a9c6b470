package schema

import "strings"

// SequenceOptions are the options of a sequence or of the sequence behind an identity column. Numbers are decimal texts
// because engines differ in their range.
type SequenceOptions struct {
	Type                              string // PostgreSQL's AS type: smallint, integer, bigint; "" where the engine has none
	Start, Increment, Min, Max, Cache string
	Cycle                             bool
}

// String is the comparable text of the options.
func (o SequenceOptions) String() string {
	var b strings.Builder
	for _, x := range [][2]string{{"AS ", o.Type}, {"START ", o.Start}, {"INCREMENT ", o.Increment}, {"MINVALUE ", o.Min}, {"MAXVALUE ", o.Max}, {"CACHE ", o.Cache}} {
		if x[1] != "" {
			b.WriteString(x[0] + x[1] + " ")
		}
	}
	if o.Cycle {
		b.WriteString("CYCLE")
	}
	return strings.TrimSpace(b.String())
}

// Sequence is a sequence generator that no identity column owns. Its current value is data, not structure.
type Sequence struct {
	Schema, Name string
	Options      SequenceOptions
	// OwnedBy is the column whose drop takes the sequence with it (PostgreSQL's OWNED BY, as serial makes); zero for none.
	// It is no dependency: the sequence is created before the column whose default uses it.
	OwnedBy Key
	Base
}

var sequenceProps = []property[Sequence]{
	{"data_type", ClassStructure, func(s *Sequence) string { return s.Options.Type }, func(d, s *Sequence) { d.Options.Type = s.Options.Type }},
	{"start", ClassStructure, func(s *Sequence) string { return s.Options.Start }, func(d, s *Sequence) { d.Options.Start = s.Options.Start }},
	{"increment", ClassStructure, func(s *Sequence) string { return s.Options.Increment }, func(d, s *Sequence) { d.Options.Increment = s.Options.Increment }},
	{"minimum", ClassStructure, func(s *Sequence) string { return s.Options.Min }, func(d, s *Sequence) { d.Options.Min = s.Options.Min }},
	{"maximum", ClassStructure, func(s *Sequence) string { return s.Options.Max }, func(d, s *Sequence) { d.Options.Max = s.Options.Max }},
	{"cache", ClassStructure, func(s *Sequence) string { return s.Options.Cache }, func(d, s *Sequence) { d.Options.Cache = s.Options.Cache }},
	{"cycle", ClassStructure, func(s *Sequence) string { return flag(s.Options.Cycle) }, func(d, s *Sequence) { d.Options.Cycle = s.Options.Cycle }},
	{"owned_by", ClassStructure, func(s *Sequence) string { return columnText(s.OwnedBy) }, func(d, s *Sequence) { d.OwnedBy = s.OwnedBy }},
}

func columnText(k Key) string {
	if k.IsZero() {
		return ""
	}
	return strings.TrimPrefix(k.Schema+"."+k.Owner+"."+k.Name, ".")
}

// Key implements Object.
func (s *Sequence) Key() Key { return Key{Kind: KindSequence, Schema: s.Schema, Name: s.Name} }

// Deps implements Object.
func (s *Sequence) Deps() []Key { return sortedDeps(s) }

// EachDep implements Object.
func (s *Sequence) EachDep(visit func(Key)) {
	visitSchema(s.Schema, visit)
	visitKeys(s.DependsOn, visit)
}

// Props implements Object.
func (s *Sequence) Props() []Prop { return props(s, &s.Base, sequenceProps) }

func (s *Sequence) eachProp(visit func(Prop)) { eachProp(s, &s.Base, sequenceProps, visit) }

// Parts implements Object.
func (s *Sequence) Parts() []Object { return nil }

// Same implements Object.
func (s *Sequence) Same(o Object) bool {
	x, ok := o.(*Sequence)
	return ok && same(s, x, &s.Base, &x.Base, sequenceProps)
}

// With implements Object.
func (s *Sequence) With(from Object, take func(Prop) bool) Object {
	c, f := *s, from.(*Sequence)
	with(&c, f, &c.Base, &f.Base, sequenceProps, take)
	return &c
}
