package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

func routineQueries() []query {
	return []query{
		{
			"routines", `
SELECT oid, proname, pronamespace, prokind, oidvectortypes(proargtypes), pg_get_functiondef(oid)
  FROM pg_proc WHERE oid >= 16384 AND prokind <> 'a'`,
			func(r *reader, w row) error {
				if s := r.routine(w); s != nil {
					s.Definition = strings.TrimRight(w.text(5), "\n")
					if w.char(3) == 'p' && !r.v.atLeast(14) {
						s.Definition = withModes(s.Definition)
					}
				}
				return nil
			},
		},
		{"routines", `
SELECT p.oid, p.proname, p.pronamespace, p.prokind, oidvectortypes(p.proargtypes), pg_get_function_arguments(p.oid),
       a.aggkind, a.aggtransfn::regproc, format_type(a.aggtranstype, NULL), a.aggtransspace, NULLIF(a.aggfinalfn::regproc::text, '-'),
       a.aggfinalextra, a.aggfinalmodify, NULLIF(a.aggcombinefn::regproc::text, '-'), NULLIF(a.aggserialfn::regproc::text, '-'),
       NULLIF(a.aggdeserialfn::regproc::text, '-'), a.agginitval, NULLIF(a.aggmtransfn::regproc::text, '-'), NULLIF(a.aggminvtransfn::regproc::text, '-'),
       format_type(NULLIF(a.aggmtranstype, 0::oid), NULL), a.aggmtransspace, NULLIF(a.aggmfinalfn::regproc::text, '-'), a.aggmfinalextra,
       a.aggmfinalmodify, a.aggminitval, CASE WHEN a.aggsortop <> 0 THEN a.aggsortop::regoper END, p.proparallel
  FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid WHERE p.oid >= 16384`, (*reader).aggregate},
	}
}

// routine notes a function, procedure or aggregate of the user; nil when it is none.
func (r *reader) routine(w row) *schema.Scripted {
	oid := w.oid(0)
	in, ok := r.own(classProc, oid, w.oid(2))
	if !ok {
		return nil
	}
	kind := map[byte]string{'f': "FUNCTION", 'w': "FUNCTION", 'p': "PROCEDURE", 'a': "AGGREGATE"}[w.char(3)]
	arguments := w.text(4)
	s := &schema.Scripted{Kind: schema.KindRoutine, Schema: in, Name: w.text(1) + "(" + arguments + ")"}
	signature := arguments
	if kind == "AGGREGATE" && arguments == "" {
		signature = "*"
	}
	s.Attrs.Set(attrRoutine, kind+" "+quoteQualified(in, w.text(1))+"("+signature+")", schema.ClassStructure)
	r.track(classProc, oid, s)
	r.put(in, s)
	return s
}

// withModes writes the mode of every argument of a procedure, as versions since 14 do.
func withModes(definition string) string {
	open := strings.IndexByte(definition, '(')
	for open >= 0 && insideQuotes(definition, open) {
		next := strings.IndexByte(definition[open+1:], '(')
		if next < 0 {
			return definition
		}
		open += 1 + next
	}
	end := closingBracket(definition, max(open, 0))
	if open < 0 || end < 0 || end == open+1 {
		return definition
	}
	arguments := splitOutside(definition[open+1:end], ',')
	for i, a := range arguments {
		arguments[i] = strings.TrimSpace(a)
		switch mode, _, _ := strings.Cut(arguments[i], " "); mode {
		case "IN", "OUT", "INOUT", "VARIADIC":
		default:
			arguments[i] = "IN " + arguments[i]
		}
	}
	return definition[:open+1] + strings.Join(arguments, ", ") + definition[end:]
}

// aggregate writes the statement that creates an aggregate; the server has no function for it.
func (r *reader) aggregate(w row) error {
	s := r.routine(w)
	if s == nil {
		return nil
	}
	var options []string
	add := func(name, value string) {
		if value != "" {
			options = append(options, name+" = "+value)
		}
	}
	literal := func(i int) string {
		if w.null(i) {
			return ""
		}
		return quoteLiteral(w.text(i))
	}
	space := func(i int) string {
		if w.num(i) == 0 {
			return ""
		}
		return w.text(i)
	}
	flag := func(name string, i int) {
		if w.is(i) {
			options = append(options, name)
		}
	}
	// What a final function does to the state: read-only is usual, read-write for ordered-set aggregates.
	modify := func(i int) string {
		usual := byte('r')
		if w.char(6) != 'n' {
			usual = 'w'
		}
		if w.char(i) == usual {
			return ""
		}
		return map[byte]string{'r': "READ_ONLY", 's': "SHAREABLE", 'w': "READ_WRITE"}[w.char(i)]
	}
	add("SFUNC", w.text(7))
	add("STYPE", w.text(8))
	add("SSPACE", space(9))
	add("FINALFUNC", w.text(10))
	flag("FINALFUNC_EXTRA", 11)
	if !w.null(10) {
		add("FINALFUNC_MODIFY", modify(12))
	}
	add("COMBINEFUNC", w.text(13))
	add("SERIALFUNC", w.text(14))
	add("DESERIALFUNC", w.text(15))
	add("INITCOND", literal(16))
	add("MSFUNC", w.text(17))
	add("MINVFUNC", w.text(18))
	add("MSTYPE", w.text(19))
	add("MSSPACE", space(20))
	add("MFINALFUNC", w.text(21))
	flag("MFINALFUNC_EXTRA", 22)
	if !w.null(21) {
		add("MFINALFUNC_MODIFY", modify(23))
	}
	add("MINITCOND", literal(24))
	if !w.null(25) {
		add("SORTOP", operatorText(w.text(25)))
	}
	if w.char(6) == 'h' {
		options = append(options, "HYPOTHETICAL")
	}
	add("PARALLEL", map[byte]string{'s': "SAFE", 'r': "RESTRICTED"}[w.char(26)])
	arguments := w.text(5)
	if arguments == "" {
		arguments = "*"
	}
	s.Definition = "CREATE AGGREGATE " + quoteQualified(s.Schema, w.text(1)) + "(" + arguments + ") (\n    " +
		strings.Join(options, ",\n    ") + "\n)"
	return nil
}

// operatorText writes an operator's name, qualified or not, where only a name is allowed.
func operatorText(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return "OPERATOR(" + name + ")"
	}
	return "OPERATOR(pg_catalog." + name + ")"
}
