package mysql

import "strings"

// MySQL's collations after version 9.0.0 of the Unicode collation algorithm and MariaDB's after version 14.0.0 are
// counterparts: they sort alike save for characters that came in between, and for MariaDB's that are not called "nopad",
// which take no notice of spaces at the end.

// languages are MariaDB's names for what MySQL names by a code.
var languages = map[string]string{
	"": "", "de_pb": "german2", "is": "icelandic", "lv": "latvian", "ro": "romanian", "sl": "slovenian", "pl": "polish", "et": "estonian", "es": "spanish",
	"sv": "swedish", "tr": "turkish", "cs": "czech", "da": "danish", "lt": "lithuanian", "sk": "slovak", "es_trad": "spanish2", "la": "roman",
	"eo": "esperanto", "hu": "hungarian", "hr": "croatian", "vi": "vietnamese",
}

// languageCodes are MySQL's codes by MariaDB's names.
var languageCodes = func() map[string]string {
	codes := map[string]string{}
	for code, name := range languages {
		codes[name] = code
	}
	return codes
}()

// unicode is what a Unicode collation of either server's is made of. The language is MariaDB's name for it, or MySQL's code
// for one that MariaDB does not have.
type unicode struct {
	charset, language, strength string
	nopad                       bool
}

// unicodeCollation takes a collation apart; ok is false for one of another sort, which both servers have under its name
// or which is only one's own.
func unicodeCollation(name string) (u unicode, ok bool) {
	u.charset = charsetOf(name)
	rest := strings.TrimPrefix(name, u.charset)
	if head, tail, found := strings.Cut(rest, "_0900_"); found {
		u.language, u.strength, u.nopad = strings.TrimPrefix(head, "_"), tail, true
		if known, has := languages[u.language]; has {
			u.language = known
		}
		return u, true
	}
	if rest == "_nopad_bin" && u.charset == "utf8mb4" {
		return unicode{u.charset, "", "bin", true}, true
	}
	rest, ok = strings.CutPrefix(rest, "_uca1400_")
	if !ok {
		return u, false
	}
	words := strings.Split(rest, "_")
	n := len(words) - 2
	if n < 0 {
		return u, false
	}
	u.strength = words[n] + "_" + words[n+1]
	if n > 0 && words[n-1] == "nopad" {
		u.nopad = true
		n--
	}
	u.language = strings.Join(words[:n], "_")
	return u, true
}

// counterparts tells whether two collations stand for each other on the two servers, or are the same.
func counterparts(a, b string) bool {
	if a == b {
		return true
	}
	x, okX := unicodeCollation(a)
	y, okY := unicodeCollation(b)
	x.nopad, y.nopad = false, false
	return okX && okY && x == y
}

// uca0900Languages: MariaDB has MySQL's collations under their names, for some languages.
func (f flavor) uca0900Collations() bool { return f.mariaAtLeast(11, 4, 5) }

// hasCollation tells whether the server has the collation.
func (f flavor) hasCollation(name string) bool {
	u, ok := unicodeCollation(name)
	if f.mariadb {
		if strings.HasPrefix(name, "gb18030_") {
			return false
		}
		if !ok || strings.Contains(name, "_uca1400_") {
			return !ok || f.atLeast(10, 10, 1)
		}
		if !strings.Contains(name, "_0900_") {
			return true
		}
		_, known := languageCodes[u.language]
		return f.uca0900Collations() && known
	}
	if ok {
		return strings.Contains(name, "_0900_")
	}
	for _, word := range []string{"_nopad_", "_general1400_", "_myanmar_", "_thai_520_", "_croatian_mysql561_"} {
		if strings.Contains(name, word) {
			return false
		}
	}
	return true
}

// collationHere is the server's best collation for one that it does not have. exact tells that it is a counterpart.
func (f flavor) collationHere(name string) (here string, exact bool) {
	u, ok := unicodeCollation(name)
	switch {
	case !ok:
		return f.legacyCollation(name), false
	case f.mariadb:
		return f.uca1400(u)
	}
	if u.charset != "utf8mb4" {
		return u.charset + "_unicode_520_ci", false
	}
	code, exact := languageCodes[u.language]
	strength := u.strength
	if strength == "ai_cs" || code != "" && strength == "as_ci" {
		strength, exact = "as_cs", false
	}
	name = "utf8mb4_0900_" + strength
	if code != "" {
		name = "utf8mb4_" + code + "_0900_" + strength
	}
	return name, exact
}

func (f flavor) uca1400(u unicode) (string, bool) {
	if u.strength == "bin" {
		return "utf8mb4_nopad_bin", true
	}
	if !f.atLeast(10, 10, 1) {
		return "utf8mb4_unicode_520_nopad_ci", false
	}
	_, exact := languageCodes[u.language]
	name := u.charset + "_uca1400_"
	if exact && u.language != "" {
		name += u.language + "_"
	}
	return name + "nopad_" + u.strength, exact
}

// legacyCollation is what comes next to a collation that only the other server has.
func (f flavor) legacyCollation(name string) string {
	switch charset := charsetOf(name); {
	case charset == "gb18030":
		return "utf8mb4_unicode_520_ci"
	case strings.Contains(name, "_croatian_mysql561_"):
		return charset + "_croatian_ci"
	case strings.Contains(name, "_nopad_"):
		return strings.Replace(name, "_nopad_", "_", 1)
	default:
		return charset + "_unicode_520_ci"
	}
}
