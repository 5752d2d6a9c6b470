// Package hazard is the catalogue of what can go wrong when a change is executed: codes, severities, arguments and an
// English sentence for each. User interfaces translate by code (and reason). It imports nothing of this project.
package hazard

import (
	"strconv"
	"strings"
)

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
	DataLoss      Code = "data_loss"       // object
	HistoryLoss   Code = "history_loss"    // object: the past versions of the rows of a system-versioned table are lost
	PartitionLoss Code = "partition_loss"  // object, partition: the rows of a dropped partition are lost
	ValueLoss     Code = "value_loss"      // object, from, to: values may be cut or rounded by a type change
	CounterLoss   Code = "counter_loss"    // object: the current value of a sequence is lost
	TableRewrite  Code = "table_rewrite"   // object
	BlockingLock  Code = "blocking_lock"   // object: writers (and perhaps readers) wait while it runs
	MayFail       Code = "may_fail"        // object, reason, its arguments: existing rows may not satisfy it; nothing is lost if so
	IndexBuild    Code = "index_build"     // object: reads the whole table
	Correctness   Code = "correctness"     // object, reason, its arguments: the server accepts it but what it means for existing rows is worth a look
	NotAtomic     Code = "not_atomic"      // object: cannot be rolled back with the rest
	Renamed       Code = "renamed"         // object, old name, new name: what uses the old name from outside no longer finds it
	PrivilegeCut  Code = "privileges_lost" // object: grants on a dropped and re-created object are lost
)

type entry struct {
	severity Severity
	text     string
}

var catalogue = map[Code]entry{
	DataLoss:      {Destroys, "the data in {0} is lost"},
	HistoryLoss:   {Destroys, "the history of {0} is lost"},
	PartitionLoss: {Destroys, "the data in partition {1} of {0} is lost"},
	ValueLoss:     {Destroys, "values in {0} may be cut or rounded by the change from {1} to {2}"},
	CounterLoss:   {Destroys, "the current value of {0} is lost"},
	TableRewrite:  {Caution, "{0} is rewritten row by row"},
	BlockingLock:  {Caution, "{0} is locked while this runs"},
	MayFail:       {Caution, "existing rows of {0} may stand against it: "},
	IndexBuild:    {Notice, "an index is built over all rows of {0}"},
	Correctness:   {Caution, "{0}: "},
	NotAtomic:     {Notice, "{0} cannot be rolled back together with the rest"},
	Renamed:       {Notice, "what uses {0} by its old name {1} from outside no longer finds it: it is called {2}"},
	PrivilegeCut:  {Caution, "privileges granted on {0} are lost because it is created again"},
}

// Hazard is one finding on one change or statement.
type Hazard struct {
	Code Code
	Args []string
}

// New makes a hazard of the code with its arguments in the catalogue's order. Those with a reason are made by Fails and
// Doubt.
func New(code Code, args ...string) Hazard { return Hazard{code, args} }

// Fails is the hazard that existing rows of the object may stand against a change, with the reason's arguments in the
// catalogue's order.
func Fails(object string, reason Reason, args ...string) Hazard {
	return Hazard{MayFail, append([]string{object, string(reason)}, args...)}
}

// Doubt is the hazard that the server accepts a change of the object and means something else by it than may be thought.
func Doubt(object string, reason Reason, args ...string) Hazard {
	return Hazard{Correctness, append([]string{object, string(reason)}, args...)}
}

// Severity is the catalogue's severity of the hazard.
func (h Hazard) Severity() Severity { return catalogue[h.Code].severity }

// Reason is why, with the reason's own arguments, of a hazard that has one; empty else.
func (h Hazard) Reason() (Reason, []string) {
	if (h.Code != MayFail && h.Code != Correctness) || len(h.Args) < 2 {
		return "", nil
	}
	return Reason(h.Args[1]), h.Args[2:]
}

// String is the English sentence.
func (h Hazard) String() string {
	text := fill(catalogue[h.Code].text, h.Args)
	if reason, args := h.Reason(); reason != "" {
		text += fill(reasons[reason], args)
	}
	return text
}

// fill puts arguments into the places {0}, {1}, … of a text, once: what an argument says is never a place.
func fill(text string, args []string) string {
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(text)
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
