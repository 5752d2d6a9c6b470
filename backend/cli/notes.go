package cli

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// noteTexts say what a translation does to an object. {0}, {1}, … are the note's arguments.
var noteTexts = map[translate.Code]string{
	translate.TypeMapped: "{0} becomes {1}", translate.TypeByRule: "{0} becomes {1}, as a rule says", translate.NoSuchType: "there is nothing like {0}",
	translate.UnsignedLost: "numbers below zero are possible", translate.UnsignedWidened: "the next larger type holds the values",
	translate.BigUnsigned: "numbers above 2⁶³-1 become inexact", translate.LengthLost: "the length {0} is not enforced",
	translate.YearAsNumber: "any small number is possible", translate.JSONNormalised: "the order of keys and white space may change",
	translate.SetAsArray: "any labels are possible, not only {0}", translate.AnyAsText: "numbers and bytes become texts",
	translate.BitAsBoolean: "one bit is true or false", translate.BitsAsText: "bits are kept as the digits 0 and 1",
	translate.NumberAsBoolean: "numbers other than 0 and 1 do not fit", translate.TimeBounded: "times below zero or above 24 hours do not fit",
	translate.MoneyAsDecimal: "the currency is not kept", translate.DecimalBounded: "there are at most 35 digits before and 30 behind the point",
	translate.DecimalAsFloat: "more than 15 digits become inexact", translate.ZoneLost: "the time zone is not kept",
	translate.ZoneAsUTC: "it has to be written and read in UTC", translate.UncheckedText: "any text is possible in the place of {0}",
	translate.ArrayAsJSON: "elements ({0}) are not checked", translate.SpatialAsBytes: "only the bytes of {0} are kept",
	translate.RowTooLong: "the row would be too long with {0}", translate.KeyedText: "a text in a key needs a length: {0}",
	translate.TypeOfReference: "{0} becomes {1}, the type of {2}, which it refers to", translate.EnumAsCheck: "a check keeps the labels",
	translate.DomainUnfolded: "the rules of the domain {0} become the column's", translate.DefaultBlocked: "the default {0} cannot be said",
	translate.DefaultShifted: "the default {0} means something slightly else", translate.ExpressionLeft: "{0} cannot be said: {1}",
	translate.ExpressionNote: "an expression means something slightly else: {0}", translate.OnUpdateTrigger: "a trigger would do what ON UPDATE does: --map 'on update=trigger' makes one",
	translate.TouchedByTrigger: "a trigger does what ON UPDATE does",
	translate.CounterLost:      "values are not given by themselves: {0}", translate.CounterNarrowed: "the counter is narrower: {0}",
	translate.NameChanged: "it is called {0} in the source, a name that cannot be here", translate.NameTaken: "another object has the name",
	translate.KindLeftOut: "objects of this kind are not translated", translate.PartitionLeft: "it is not partitioned by {0}",
	translate.InheritanceLeft: "columns are copied, rows are not shared", translate.IndexLeftOut: "the index is left out: {0}",
	translate.IndexShortened: "only the first {0} characters are indexed", translate.PrefixAsExpr: "an expression takes the first {1} characters of {0}",
	translate.PrefixDropped: "all of {0} is in the key, not its first {1} characters", translate.GeneratedOnce: "a generated column cannot use {0}, which is generated, too",
	translate.FulltextAsGIN: "the search finds other words in {0}", translate.IncludeLost: "{0} are not in the index",
	translate.NullsEqual: "NULLs do not count as equal", translate.CaseMatters: "what was equal regardless of case ({0}) is not any more",
	translate.CaseIgnored: "what differs in case only is equal", translate.ActionLost: "there is no action {0}",
	translate.MatchLost: "MATCH FULL is not there", translate.DeferrableLost: "it is checked at once",
	translate.NoKeyReferenced: "the columns referred to are no key", translate.ForeignTable: "the table {0} is not translated",
	translate.CommentLost: "{0} comments are not kept", translate.InvisibleLost: "it is visible", translate.Unmodelled: "the source has what cannot be said: {0}",
	translate.DisabledLost: "it is enforced", translate.NoColumns: "a table without columns cannot be there",
}

// noteText is a note in words.
func noteText(n translate.Note) string {
	text, ok := noteTexts[n.Code]
	if !ok {
		text = words(string(n.Code))
		if len(n.Args) > 0 {
			text += " (" + strings.Join(n.Args, ", ") + ")"
		}
		return text
	}
	pairs := make([]string, 0, 2*len(n.Args))
	for i, a := range n.Args {
		pairs = append(pairs, "{"+string(rune('0'+i))+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// notes tells what the target has otherwise because its engine or its version is another one. What is blocked is told with
// what cannot be changed.
func (t textReport) notes(c *comparison) {
	info := 0
	var lossy []translate.Note
	for _, n := range c.Translation {
		switch n.Severity {
		case translate.Lossy:
			lossy = append(lossy, n)
		case translate.Info:
			info++
		}
	}
	if len(lossy) > 0 {
		t.printf("\n%s\n", t.warn("Not quite the same in the target, because its engine is another one:"))
		for _, n := range lossy {
			t.printf("  %s: %s\n", fullName(n.Key), line(noteText(n)))
		}
	}
	if info > 0 {
		t.printf("\n%s\n", t.dim(plural(info, "thing is", "things are")+" written in another way in the target, with the same meaning (--format json lists them)."))
	}
	if len(c.Notes) > 0 {
		t.printf("\n%s\n", t.warn("As far as the target's version can have it:"))
		for _, n := range c.Notes {
			t.printf("  %s\n", line(n.String()))
		}
	}
}

// asFar qualifies "equal" where the target's engine or version cannot have everything as the source has it.
func (c *comparison) asFar() string {
	lossy := slices.ContainsFunc(c.Translation, func(n translate.Note) bool { return n.Severity == translate.Lossy })
	if lossy || len(c.Notes) > 0 {
		return " as far as the target's server can have it (see above)"
	}
	return ""
}

type jsonTranslation struct {
	jsonKey
	Code         string   `json:"code"`
	Severity     string   `json:"severity"`
	Arguments    []string `json:"arguments"`
	Alternatives []string `json:"alternatives"`
	Text         string   `json:"text"`
}

type jsonVersionNote struct {
	Object    *jsonKey `json:"object"`
	Code      string   `json:"code"`
	Arguments []string `json:"arguments"`
	Text      string   `json:"text"`
}

func translationJSON(notes []translate.Note) []jsonTranslation {
	out := []jsonTranslation{}
	for _, n := range notes {
		out = append(out, jsonTranslation{keyJSON(n.Key), string(n.Code), string(n.Severity), list(n.Args), list(n.Alternatives), noteText(n)})
	}
	return out
}

func versionNotesJSON(notes []schema.Note) []jsonVersionNote {
	out := []jsonVersionNote{}
	for _, n := range notes {
		x := jsonVersionNote{Code: string(n.Code), Arguments: list(n.Args), Text: n.String()}
		if !n.Key.IsZero() {
			key := keyJSON(n.Key)
			x.Object = &key
		}
		out = append(out, x)
	}
	return out
}
