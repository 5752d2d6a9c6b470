// Package hazard is the catalogue of what can go wrong when a change is executed: codes, severities, arguments and an
// English sentence for each. User interfaces translate by code. It imports nothing of this project.
package hazard

import "strings"

// Severity says how much a hazard matters to somebody about to execute.
type Severity int

// The severities, in rising order.
const (
	Notice   Severity = iota // worth knowing
	Caution                  // costs time, locks, or may fail without loss
	Destroys                 // data may be lost; needs an explicit yes
)

// String is the severity's stable name.
func (s Severity) String() string { return [...]string{"notice", "caution", "destroys"}[s] }

// Code is a hazard's stable name.
type Code string

// The catalogue of codes. Arguments are listed with each.
const (
	DataLoss     Code = "data_loss"       // object
	ValueLoss    Code = "value_loss"      // object, from, to: values may be cut or rounded by a type change
	CounterLoss  Code = "counter_loss"    // object: the current value of a sequence is lost
	TableRewrite Code = "table_rewrite"   // object
	BlockingLock Code = "blocking_lock"   // object: writers (and perhaps readers) wait while it runs
	MayFail      Code = "may_fail"        // object, reason: existing rows may not satisfy it; nothing is lost if so
	IndexBuild   Code = "index_build"     // object: reads the whole table
	Correctness  Code = "correctness"     // object, reason: the server accepts it but the meaning for existing rows is worth a look
	NotAtomic    Code = "not_atomic"      // object: cannot be rolled back with the rest
	PrivilegeCut Code = "privileges_lost" // object: grants on a dropped and re-created object are lost
)

type entry struct {
	severity Severity
	text     string
}

var catalogue = map[Code]entry{
	DataLoss:     {Destroys, "the data in {0} is lost"},
	ValueLoss:    {Destroys, "values in {0} may be cut or rounded by the change from {1} to {2}"},
	CounterLoss:  {Destroys, "the current value of {0} is lost"},
	TableRewrite: {Caution, "{0} is rewritten row by row"},
	BlockingLock: {Caution, "{0} is locked while this runs"},
	MayFail:      {Caution, "existing rows of {0} may stand against it: {1}"},
	IndexBuild:   {Notice, "an index is built over all rows of {0}"},
	Correctness:  {Caution, "{0}: {1}"},
	NotAtomic:    {Notice, "{0} cannot be rolled back together with the rest"},
	PrivilegeCut: {Caution, "privileges granted on {0} are lost because it is created again"},
}

// Hazard is one finding on one change or statement.
type Hazard struct {
	Code Code
	Args []string
}

// New makes a hazard of the code with its arguments in the catalogue's order.
func New(code Code, args ...string) Hazard { return Hazard{code, args} }

// Severity is the catalogue's severity of the hazard.
func (h Hazard) Severity() Severity { return catalogue[h.Code].severity }

// reasons are the words for reasons that are given as codes; a reason may also be a sentence of its own.
var reasons = map[string]string{
	"null_values":              "NULL may stand where it will not be allowed",
	"duplicates":               "values that have to be unique may not be",
	"check":                    "the condition may not hold for all of them",
	"missing_rows":             "the rows that they refer to may not exist",
	"overlaps":                 "values that must not overlap may do so",
	"cast":                     "values may not convert to the new type",
	"out_of_range":             "values may not fit the new type",
	"removed_labels":           "a value that is taken away may be in use",
	"not_null_without_default": "a new column that must not be NULL has no default",
	"counter_starts_again":     "the counter starts anew and may meet existing values",
	"rows_outside_bound":       "rows may lie outside the new bound",
}

// String is the English sentence.
func (h Hazard) String() string {
	text := catalogue[h.Code].text
	for i, a := range h.Args {
		if words, ok := reasons[a]; ok && i == 1 && (h.Code == MayFail || h.Code == Correctness) {
			a = words
		}
		text = strings.ReplaceAll(text, "{"+string(rune('0'+i))+"}", a)
	}
	return text
}

// AnyDestroys tells whether one of the hazards destroys data.
func AnyDestroys(hs []Hazard) bool {
	for _, h := range hs {
		if h.Severity() == Destroys {
			return true
		}
	}
	return false
}
