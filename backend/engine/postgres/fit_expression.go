package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// Expressions and queries as another version writes them: what they call may not be there, and what is written in the
// words of SQL is a function's call to older servers.

// expression brings an expression of an object, and its spelling of that name, into the words of this version; false, with
// a note, when it calls what this version does not have, so that the object has to be left out.
func (f *fitter) expression(k schema.Key, b *schema.Base, spelling string, text *string) bool {
	if n := f.newer(*text); n.since != 0 {
		return !f.leavesOut(k, true, n.since, "calls of "+n.name)
	}
	*text = f.rewritten(*text)
	if s := b.Spelling.Get(spelling); spelling != "" && s != "" {
		b.Spelling.Set(spelling, f.rewritten(s), schema.ClassStructure)
	}
	return true
}

// newer is the first thing in an expression that this version does not have; its since is 0 for none.
func (f *fitter) newer(text string) named {
	if text == "" || majorOf(f.source.Version) < f.v.major() {
		return named{}
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isQuote(c) {
			i = skipQuoted(text, i)
			continue
		}
		if !isWordByte(c) || c >= '0' && c <= '9' {
			continue
		}
		end := i
		for end < len(text) && isWordByte(text[end]) {
			end++
		}
		word := text[i:end]
		qualified := i > 0 && text[i-1] == '.' && !strings.HasSuffix(text[:i], "pg_catalog.")
		if since := newFunctions[word]; !qualified && since != 0 && !f.v.atLeast(since) && end < len(text) && text[end] == '(' {
			return named{word, since}
		}
		if since := newTypeCasts[word]; since != 0 && !f.v.atLeast(since) && strings.HasSuffix(text[:i], "::") {
			return named{word, since}
		}
		for _, n := range newSyntax {
			if !f.v.atLeast(n.since) && strings.HasPrefix(text[i:], n.name) {
				return n
			}
		}
		i = end - 1
	}
	return named{}
}

// newFunctions are the functions that definitions may call, by the version that brought them.
var newFunctions = map[string]int{
	"gen_random_uuid": 13, "normalize": 13, "is_normalized": 13, "min_scale": 13, "trim_scale": 13, "gcd": 13, "lcm": 13,
	"jsonb_set_lax": 13, "jsonb_path_query_tz": 13, "jsonb_path_exists_tz": 13,
	"date_bin": 14, "bit_count": 14, "string_to_table": 14, "unistr": 14, "trim_array": 14, "range_agg": 14, "multirange": 14,
	"range_merge_multirange": 14, "bit_xor": 14, "make_multirange": 14,
	"int4multirange": 14, "int8multirange": 14, "nummultirange": 14, "tsmultirange": 14, "tstzmultirange": 14, "datemultirange": 14,
	"regexp_count": 15, "regexp_instr": 15, "regexp_like": 15, "regexp_substr": 15, "range_intersect_agg": 14,
	"any_value": 16, "array_sample": 16, "array_shuffle": 16, "date_add": 16, "date_subtract": 16, "erf": 16, "erfc": 16,
	"random_normal": 16, "pg_input_is_valid": 16, "JSON_OBJECT": 16, "JSON_ARRAY": 16, "JSON_OBJECTAGG": 16, "JSON_ARRAYAGG": 16,
	"JSON_EXISTS": 17, "JSON_VALUE": 17, "JSON_QUERY": 17, "JSON_TABLE": 17, "JSON_SCALAR": 17, "JSON_SERIALIZE": 17, "JSON": 17,
	"to_bin": 17, "to_oct": 17, "uuid_extract_timestamp": 17, "uuid_extract_version": 17, "merge_action": 17, "xmltext": 17,
	"uuidv4": 18, "uuidv7": 18, "array_sort": 18, "array_reverse": 18, "casefold": 18, "crc32": 18, "crc32c": 18, "gamma": 18, "lgamma": 18,
	"json_strip_nulls_in_arrays": 18,
}

var newTypeCasts = map[string]int{
	"xid8": 13, "int4multirange": 14, "int8multirange": 14, "nummultirange": 14, "tsmultirange": 14, "tstzmultirange": 14, "datemultirange": 14,
}

// newSyntax is what only new versions parse, as servers write it.
var newSyntax = []named{
	{"IS NORMALIZED", 13},
	{"IS NFC NORMALIZED", 13},
	{"WITH TIES", 13},
	{"SEARCH BREADTH FIRST BY ", 14},
	{"SEARCH DEPTH FIRST BY ", 14},
	{"GROUP BY DISTINCT ", 14},
	{"MERGE INTO ", 15},
	{"IS JSON", 16},
	{"SYSTEM_USER", 16},
	{"AT LOCAL", 17},
}

// rewritten is an expression or query in the words of this version, "" for "".
func (f *fitter) rewritten(text string) string {
	if f.v.atLeast(14) || majorOf(f.source.Version) < 14 || text == "" {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if isQuote(text[i]) {
			end := skipQuoted(text, i) + 1
			b.WriteString(text[i:end])
			i = end
			continue
		}
		if i == 0 || !isWordByte(text[i-1]) {
			if call, length := f.call(text[i:]); length > 0 {
				b.WriteString(call)
				i += length
				continue
			}
		}
		if text[i] == '(' {
			if call, length := f.atTimeZone(text[i:]); length > 0 {
				b.WriteString(call)
				i += length
				continue
			}
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// call is the function's call that older servers know for what text starts with, and how long that is; 0 for nothing.
func (f *fitter) call(text string) (call string, length int) {
	for _, s := range sqlCalls {
		if !strings.HasPrefix(text, s.word+"(") {
			continue
		}
		open := len(s.word)
		end := closingParen(text[open:])
		if end < 0 {
			return "", 0
		}
		inner := text[open+1 : open+end]
		if args := s.arguments(inner); args != nil {
			for i := range args {
				args[i] = f.rewritten(args[i])
			}
			return s.function(inner) + "(" + strings.Join(args, ", ") + ")", open + end + 1
		}
		return "", 0
	}
	return "", 0
}

type sqlCall struct {
	word      string
	function  func(inner string) string
	arguments func(inner string) []string // nil when it is an ordinary call
}

func always(name string) func(string) string { return func(string) string { return name } }

var sqlCalls = []sqlCall{
	{"EXTRACT", always("date_part"), func(inner string) []string {
		field, rest, ok := cutOutside(inner, " FROM ")
		if !ok {
			return nil
		}
		return []string{quoteLiteral(field) + "::text", rest}
	}},
	{"SUBSTRING", always(`"substring"`), func(inner string) []string { return between(inner, " FROM ", " FOR ") }},
	{"OVERLAY", always(`"overlay"`), func(inner string) []string { return between(inner, " PLACING ", " FROM ", " FOR ") }},
	{"POSITION", always(`"position"`), func(inner string) []string {
		args := between(inner, " IN ")
		if len(args) == 2 {
			args[0], args[1] = strings.Trim(args[1], " "), args[0]
			args[0], args[1] = stripParens(args[0]), stripParens(args[1])
		}
		return args
	}},
	{"TRIM", func(inner string) string {
		switch word, _, _ := strings.Cut(inner, " "); word {
		case "LEADING":
			return "ltrim"
		case "TRAILING":
			return "rtrim"
		}
		return "btrim"
	}, func(inner string) []string {
		word, rest, ok := strings.Cut(inner, " ")
		if !ok || word != "BOTH" && word != "LEADING" && word != "TRAILING" {
			return nil
		}
		what, from, ok := cutOutside(rest, " FROM ")
		if !ok {
			return []string{strings.TrimPrefix(rest, "FROM ")}
		}
		return []string{from, what}
	}},
}

// between are the operands between these words, of which the later ones may be missing; nil without the first.
func between(text string, words ...string) []string {
	var out []string
	for _, word := range words {
		head, tail, ok := cutOutside(text, word)
		if !ok {
			break
		}
		out = append(out, head)
		text = tail
	}
	if out == nil {
		return nil
	}
	return append(out, text)
}

func cutOutside(text, word string) (before, after string, ok bool) {
	found := wordsOutside(text, word)
	if len(found) == 0 {
		return text, "", false
	}
	return text[:found[0]], text[found[0]+len(word):], true
}

// atTimeZone is the call that older servers write for (x AT TIME ZONE zone).
func (f *fitter) atTimeZone(text string) (call string, length int) {
	end := closingParen(text)
	if end < 0 {
		return "", 0
	}
	x, zone, ok := cutOutside(text[1:end], " AT TIME ZONE ")
	if !ok {
		return "", 0
	}
	return "timezone(" + f.rewritten(zone) + ", " + f.rewritten(x) + ")", end + 1
}
