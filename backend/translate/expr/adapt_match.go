package expr

import (
	"regexp"
	"strings"
	"unicode"
)

// hasCase tells that a pattern cares for the case of letters; one that is not known might.
func hasCase(pattern Node) bool {
	s, ok := constantText(pattern)
	return !ok || strings.ToUpper(s) != strings.ToLower(s)
}

// match rewrites a comparison with a pattern.
func (a *adapter) match(n *Match) Node {
	m := *n
	m.X, m.Pattern = a.text(n.X), a.text(n.Pattern)
	switch n.Kind {
	case Glob:
		if a.d != SQLite {
			return a.glob(&m)
		}
		return &m
	case Regex:
		return a.regex(&m)
	case Similar:
		if a.d != Postgres {
			return a.fail(KindOperator, string(Similar))
		}
		return &m
	}
	return a.like(&m)
}

// like rewrites LIKE, of which every dialect has one that cares for case in its own way.
func (a *adapter) like(m *Match) Node {
	cased := hasCase(m.Pattern)
	quote := func() {
		text, _ := constantText(m.Pattern)
		a.note(NoteLikeCase, text)
	}
	switch {
	case !cased:
		m.Fold = map[bool]Fold{true: Sensitive, false: FoldASCII}[a.d == Postgres]
	case a.d == Postgres:
		if m.Fold == FoldASCII {
			m.Fold = FoldAll
		} else if m.Fold == ByCollation {
			m.Fold = Sensitive
			quote()
		}
	case a.d == SQLite:
		text, _ := constantText(m.Pattern)
		if m.Fold == Sensitive || strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) {
			quote()
		}
		m.Fold = FoldASCII
	case m.Fold == FoldAll || m.Fold == FoldASCII: // right whatever the collation
		m.X, m.Pattern = lowered(m.X), lowered(m.Pattern)
	case m.Fold == Sensitive:
		quote()
	}
	if a.d.mysqlish() {
		m.Fold = ByCollation
	}
	return m
}

// lowered is a text in lower case.
func lowered(n Node) Node {
	if s, ok := n.(*String); ok {
		return &String{strings.ToLower(s.Value)}
	}
	return &Call{Func: "lower", Args: []Node{n}}
}

// plainParts make up the patterns that mean the same everywhere: no look-around, no classes by name, no other escapes than of
// punctuation and \d, \w, \s.
var plainParts = regexp.MustCompile(`^(?:[^\\\[]|\\[^a-zA-Z0-9]|\\[dws]|\[\^?\]?[^\[\]\\]*\])*$`)

func plainRegex(pattern string) bool {
	return plainParts.MatchString(pattern) && !strings.Contains(strings.ReplaceAll(pattern, "(?:", "("), "(?")
}

// regex rewrites a match with a regular expression.
func (a *adapter) regex(m *Match) Node {
	text, constant := constantText(m.Pattern)
	if !a.d.sharesNative(a.opt.From) && (!constant || !plainRegex(text)) {
		a.note(NoteRegexDialect, text)
	}
	cased := hasCase(m.Pattern)
	switch {
	case a.d == SQLite:
		return a.fail(KindOperator, string(Regex))
	case a.d == Postgres && m.Fold == ByCollation:
		m.Fold = Sensitive
		if cased {
			m.Fold = FoldAll // as most collations of MySQL have it
			a.note(NoteRegexCase, text)
		}
	case a.d == MySQL && !cased:
		m.Fold = ByCollation
	case a.d == MariaDB && cased && m.Fold != ByCollation:
		flag := map[bool]string{true: "(?-i)", false: "(?i)"}[m.Fold == Sensitive]
		if constant {
			m.Pattern = &String{flag + text}
		} else {
			m.Pattern = &Call{Func: "concat", Args: []Node{&String{flag}, m.Pattern}}
		}
	}
	if a.d == MariaDB {
		m.Fold = ByCollation
	}
	return m
}

// glob rewrites SQLite's GLOB as LIKE, or as a regular expression if it has classes of characters.
func (a *adapter) glob(m *Match) Node {
	text, ok := constantText(m.Pattern)
	if !ok {
		return a.fail(KindOperator, string(Glob))
	}
	out := *m
	if !strings.Contains(text, "[") {
		out.Pattern = &String{strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`, "*", "%", "?", "_").Replace(text)}
		out.Kind, out.Fold, out.Escape = Like, Sensitive, `\`
		return a.like(&out)
	}
	var b strings.Builder
	b.WriteByte('^')
	for text != "" {
		c := text[0]
		if end := strings.IndexByte(text, ']'); c == '[' && end > 1 {
			b.WriteString(text[:end+1])
			text = text[end+1:]
			continue
		}
		switch {
		case c == '*':
			b.WriteString(".*")
		case c == '?':
			b.WriteByte('.')
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
		text = text[1:]
	}
	b.WriteByte('$')
	out.Pattern, out.Kind, out.Fold = &String{b.String()}, Regex, Sensitive
	return a.regex(&out)
}
