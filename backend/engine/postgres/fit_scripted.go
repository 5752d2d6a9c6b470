package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// domain is a domain as this version can have it.
func (f *fitter) domain(d *schema.Domain) *schema.Domain {
	out, k := *d, d.Key()
	if f.lacksType(k, d.Type) {
		return nil
	}
	f.numeric(k, &out.Type)
	if n := f.newer(d.Default); n.since != 0 {
		f.note(schema.NoteWithout, k, "its default, which calls "+n.name, postgres(n.since))
		out.Default = ""
	} else {
		out.Default = f.rewritten(d.Default)
	}
	same := out.Default == d.Default && out.Type == d.Type
	out.Checks = nil
	for _, c := range d.Checks {
		if n := f.newer(c.Expr); n.since != 0 {
			f.note(schema.NoteWithout, k, "the check "+c.Name+", which calls "+n.name, postgres(n.since))
			same = false
			continue
		}
		text := f.rewritten(c.Expr)
		same = same && text == c.Expr
		c.Expr = text
		out.Checks = append(out.Checks, c)
	}
	if same {
		return d
	}
	for _, c := range out.Checks {
		if s := out.Spelling.Get(spellDefinition + " " + c.Name); s != "" {
			out.Spelling.Set(spellDefinition+" "+c.Name, f.rewritten(s), schema.ClassStructure)
		}
	}
	return &out
}

// scripted is an object that is one text as this version can have it.
func (f *fitter) scripted(s *schema.Scripted) *schema.Scripted {
	out, k := *s, s.Key()
	ok := true
	switch s.Kind {
	case schema.KindRoutine:
		ok = f.routine(&out)
	case schema.KindView, schema.KindMaterializedView:
		ok = f.view(&out)
	case schema.KindCollation:
		ok = !f.leavesOut(k, strings.Contains(s.Definition, "(provider = builtin"), 17, "collations of the built-in provider") &&
			!f.leavesOut(k, strings.Contains(s.Definition, ", rules = "), 16, "collations with rules of their own")
	case schema.KindStatistics:
		ok = f.statistics(&out)
	case schema.KindRange:
		f.multirangeName(&out)
	case schema.KindTrigger:
		t := f.source.Table(s.Schema, s.Owner)
		before := t != nil && t.PartitionBy != "" && strings.Contains(s.Definition, " FOR EACH ROW ") && len(wordsOutside(s.Definition, " BEFORE ")) > 0
		ok = !f.leavesOut(k, before, 13, "row triggers BEFORE changes of partitioned tables") && f.expression(k, &out.Base, spellDefinition, &out.Definition)
	case schema.KindRule, schema.KindPolicy:
		ok = f.expression(k, &out.Base, spellDefinition, &out.Definition)
	}
	switch {
	case !ok:
		return nil
	case out.Definition == s.Definition && sameAttrs(out.Attrs, s.Attrs):
		return s
	}
	return &out
}

func sameAttrs(a, b schema.Attrs) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// routine: a body in standard SQL, which the server has parsed, becomes the text of the same statements.
func (f *fitter) routine(s *schema.Scripted) bool {
	k := s.Key()
	head, _, _ := strings.Cut(s.Definition, "\n")
	polymorphic := strings.Contains(head, "anycompatible")
	if f.leavesOut(k, strings.Contains(head, "multirange"), 14, "multirange types") ||
		f.leavesOut(k, polymorphic, 13, "the types anycompatible") ||
		f.leavesOut(k, strings.HasPrefix(head, "CREATE OR REPLACE PROCEDURE") && hasOutArgument(head), 14, "procedures with OUT parameters") {
		return false
	}
	before, body, atomic := strings.Cut(s.Definition, "\nBEGIN ATOMIC\n")
	if !atomic {
		if at := strings.Index(s.Definition, "\nRETURN "); at >= 0 && !strings.Contains(s.Definition, "\nAS ") {
			before, body, atomic = s.Definition[:at], "SELECT "+s.Definition[at+len("\nRETURN "):]+";\nEND", true
		}
	}
	if !atomic || f.v.atLeast(14) {
		return !atomic || f.expression(k, &s.Base, "", &s.Definition)
	}
	if n := f.newer(body); n.since != 0 {
		return !f.leavesOut(k, true, n.since, "calls of "+n.name)
	}
	body = f.rewritten(strings.TrimSuffix(body, "END"))
	f.note(schema.NoteInstead, k, "a body in standard SQL", "the same statements as text", postgres(14))
	s.Definition = before + "\nAS $function$\n" + strings.TrimRight(body, "\n") + "\n$function$"
	return true
}

// hasOutArgument tells that one of the arguments is only a result.
func hasOutArgument(head string) bool {
	at := strings.IndexByte(head, '(')
	if at < 0 || closingParen(head[at:]) < 0 {
		return false
	}
	for _, a := range splitOutside(head[at+1:at+closingParen(head[at:])], ',') {
		if strings.HasPrefix(strings.TrimSpace(a), "OUT ") {
			return true
		}
	}
	return false
}

func (f *fitter) view(s *schema.Scripted) bool {
	k := s.Key()
	for _, name := range []string{"security_invoker='true', ", ", security_invoker='true'", " WITH (security_invoker='true')", " WITH (security_invoker='on')", "security_invoker='on', ", ", security_invoker='on'"} {
		head := viewOptions(s.Definition)
		if strings.Contains(head, name) && f.without(k, true, 15, "security_invoker") {
			s.Definition = strings.Replace(head, name, "", 1) + s.Definition[len(head):]
		}
	}
	f.options(k, &s.Base)
	for _, a := range s.Attrs {
		if strings.HasPrefix(a.Name, attrColumnSetting+attrCompression) && f.without(k, true, 14, "COMPRESSION") {
			s.Attrs.Set(a.Name, "", a.Class)
		}
		if strings.HasPrefix(a.Name, attrIndex) && f.without(k, strings.Contains(a.Value, " NULLS NOT DISTINCT"), 15, "NULLS NOT DISTINCT") {
			s.Attrs.Set(a.Name, strings.Replace(a.Value, " NULLS NOT DISTINCT", "", 1), a.Class)
		}
	}
	return f.expression(k, &s.Base, spellDefinition, &s.Definition)
}

func (f *fitter) statistics(s *schema.Scripted) bool {
	k := s.Key()
	on := wordsOutside(s.Definition, " ON ")
	from := wordsOutside(s.Definition, " FROM ")
	if len(on) > 0 && len(from) > 0 && f.leavesOut(k, strings.Contains(s.Definition[on[0]:from[len(from)-1]], "("), 14, "statistics about expressions") {
		return false
	}
	if f.without(k, s.Attrs.Get(attrStatistics) != "", 13, "a target of its own") {
		s.Attrs.Set(attrStatistics, "", schema.ClassStorage)
	}
	return f.expression(k, &s.Base, "", &s.Definition)
}

// multirangeName leaves out the name of the multirange type that comes with a range type.
func (f *fitter) multirangeName(s *schema.Scripted) {
	const option = ", multirange_type_name = "
	head, rest, ok := strings.Cut(s.Definition, option)
	if !ok || f.v.atLeast(14) {
		return
	}
	f.without(s.Key(), true, 14, "a multirange type")
	s.Definition = head + rest[identEnd(rest):]
}
