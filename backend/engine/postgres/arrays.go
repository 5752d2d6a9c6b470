package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// The server writes what it made of `status IN ('a', 'b')` in a way that it does not read back as the same: where the
// comparison needs the elements in another type (a varchar column is compared as text), it deparses
//
//	ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])
//
// but a cast written around ARRAY[…] goes into the elements when it is parsed, and is deparsed from then on as
//
//	ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])
//
// which is what every database restored from a dump has. The two mean the same and must compare equal, and a copy should
// read exactly as its original does: left without its cast, the array gets it back from the operator.

// spellDefinition is the name, in schema.Base.Spelling, of the text to render in place of the compared one; of a domain's
// check it is followed by the check's name.
const spellDefinition = "definition"

// comparedText is the one form of both spellings, for comparing. renderedText is what the server reads as the very
// spelling that it printed.
func comparedText(text string) string { return rewriteArrays(text, bareElements) }

func renderedText(text string) string {
	return rewriteArrays(text, func(array string) string { return array })
}

// spell brings a text into the form to compare, keeping what to render when that is another one.
func spell(b *schema.Base, name string, text *string) {
	compared, rendered := comparedText(*text), renderedText(*text)
	if compared != rendered {
		b.Spelling.Set(name, rendered, schema.ClassStructure)
	}
	*text = compared
}

// spelled is the text to render for what is compared as text.
func spelled(b *schema.Base, name, text string) string {
	if s := b.Spelling.Get(name); s != "" {
		return s
	}
	return text
}

// rewriteArrays visits every ANY or ALL over an ARRAY[…] and leaves out a cast around the array; without one, elements may
// change the array. Quoted text is left alone.
func rewriteArrays(text string, elements func(array string) string) string {
	if !strings.Contains(text, "ARRAY[") {
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
		if rest := text[i:]; strings.HasPrefix(rest, "ANY (") || strings.HasPrefix(rest, "ALL (") {
			if array, cast, length := arrayOperand(rest[4:]); length > 0 {
				if cast == "" {
					array = elements(array)
				}
				b.WriteString(rest[:4] + "(" + array + ")")
				i += 4 + length
				continue
			}
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// arrayOperand takes "(ARRAY[…])", "((ARRAY[…])::type[])" or "(ARRAY[…]::type[])" apart; length is 0 for anything else.
func arrayOperand(text string) (array, cast string, length int) {
	end := closingBracket(text, 0)
	if end < 0 {
		return "", "", 0
	}
	inner := text[1:end]
	if strings.HasPrefix(inner, "(ARRAY[") {
		last := closingBracket(inner, 0)
		if last < 0 || closingBracket(inner[1:last], len("ARRAY")) != last-2 {
			return "", "", 0
		}
		array, cast = inner[1:last], inner[last+1:]
	} else if strings.HasPrefix(inner, "ARRAY[") {
		last := closingBracket(inner, len("ARRAY"))
		if last < 0 {
			return "", "", 0
		}
		array, cast = inner[:last+1], inner[last+1:]
	} else {
		return "", "", 0
	}
	if cast != "" && (!strings.HasPrefix(cast, "::") || !strings.HasSuffix(cast, "[]")) {
		return "", "", 0
	}
	return array, cast, end + 1
}

// bareElements takes the cast from every element, when all have the same one around something that is cast already or a
// number.
func bareElements(array string) string {
	list := splitOutside(array[len("ARRAY["):len(array)-1], ',')
	var common string
	for i, e := range list {
		bare, cast := lastCast(strings.TrimSpace(e))
		if bare == "" || i > 0 && cast != common {
			return array
		}
		list[i], common = bare, cast
	}
	return "ARRAY[" + strings.Join(list, ", ") + "]"
}

// lastCast splits "(x)::type" and "x::a::type" before the last cast; bare is "" when the element is no such thing.
func lastCast(element string) (bare, cast string) {
	if strings.HasPrefix(element, "(") {
		end := closingBracket(element, 0)
		if end > 0 && strings.HasPrefix(element[end+1:], "::") {
			return element[1:end], element[end+1:]
		}
		return "", ""
	}
	at := -1
	for i := 0; i < len(element); i++ {
		if isQuote(element[i]) {
			i = skipQuoted(element, i)
		} else if strings.HasPrefix(element[i:], "::") {
			at = i
			i++
		}
	}
	if at < 0 {
		return "", ""
	}
	bare = element[:at]
	if strings.Contains(bare, "::") || strings.Trim(bare, "-0123456789.") == "" {
		return bare, element[at:]
	}
	return "", ""
}
