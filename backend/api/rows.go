package api

import (
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/service"
)

// Rows are all rows of a comparison, column by column so that 100,000 of them travel quickly. A row's index is its id
// wherever one is asked for. Rows of the second level stand right behind the row that they belong to.
type Rows struct {
	// Kinds and Schemas are the words that Kind and Schema are indexes of.
	Kinds   []string `json:"kinds"`
	Schemas []string `json:"schemas"`
	// States are the words that State is an index of: create, alter, drop, rename, contains (only what is under it differs),
	// unmodelled (differs only in what cannot be changed), identical.
	States []string `json:"states"`
	Name   []string `json:"name"`
	Kind   []int    `json:"kind"`
	Schema []int    `json:"schema"`
	State  []int    `json:"state"`
	Parent []int    `json:"parent"` // -1: first level
	Flags  []int    `json:"flags"`  // sum of FlagDestructive, FlagHazard, FlagUnmodelled
	// Was are the names that renamed objects, or members of them, have now.
	Was []RowName `json:"was"`
}

// RowName is a name of a row's object.
type RowName struct {
	Row  int    `json:"row"`
	Name string `json:"name"`
}

// The flags of a row.
const (
	FlagDestructive = 1 // executing it may destroy data: starts unticked
	FlagHazard      = 2 // it has a hazard of severity caution or more
	FlagUnmodelled  = 4 // it differs in what the model cannot express
)

var stateWords = []service.State{
	service.Created, service.Altered, service.Dropped, service.Renamed, service.Contains, service.Unmodelled, service.Identical,
}

// Rows are the rows of a comparison.
func (c *Comparisons) Rows(comparisonID string) (*Rows, error) {
	r, err := c.bench.Review(comparisonID)
	if err != nil {
		return nil, err
	}
	n := len(r.Rows)
	out := &Rows{
		Kinds: []string{}, Schemas: []string{}, States: []string{}, Was: []RowName{},
		Name: make([]string, n), Kind: make([]int, n), Schema: make([]int, n), State: make([]int, n),
		Parent: make([]int, n), Flags: make([]int, n),
	}
	states := map[service.State]int{}
	for i, s := range stateWords {
		states[s] = i
		out.States = append(out.States, string(s))
	}
	kinds, schemas := map[string]int{}, map[string]int{}
	for i, row := range r.Rows {
		out.Name[i] = row.Key.Name
		out.Kind[i] = indexOf(kinds, &out.Kinds, string(row.Key.Kind))
		out.Schema[i] = indexOf(schemas, &out.Schemas, row.Key.Schema)
		out.State[i] = states[row.State]
		out.Parent[i] = row.Parent
		out.Flags[i] = flags(row)
		if row.Was != "" {
			out.Was = append(out.Was, RowName{i, row.Was})
		}
	}
	return out, nil
}

// indexOf is the word's place among the words, at the end when it is new.
func indexOf(index map[string]int, words *[]string, word string) int {
	i, ok := index[word]
	if !ok {
		i = len(*words)
		index[word] = i
		*words = append(*words, word)
	}
	return i
}

func flags(row service.Row) int {
	f := 0
	for _, h := range row.Hazards {
		if h.Severity() >= hazard.Caution {
			f |= FlagHazard
		}
		if h.Severity() >= hazard.Destroys {
			f |= FlagDestructive
		}
	}
	if row.Unmodelled {
		f |= FlagUnmodelled
	}
	return f
}

// Detail is everything about one row.
type Detail struct {
	Row    int    `json:"row"`
	Kind   string `json:"kind"`
	Schema string `json:"schema"`
	Table  string `json:"table"` // that it belongs to
	Name   string `json:"name"`
	State  string `json:"state"`
	// SourceSQL and TargetSQL are definitions of the whole object, of its table where the row is a part of one.
	SourceSQL        string   `json:"sourceSql"`
	TargetSQL        string   `json:"targetSql"`
	Fields           []Field  `json:"fields"`
	Hazards          []Hazard `json:"hazards"`
	UnmodelledSource []string `json:"unmodelledSource"`
	UnmodelledTarget []string `json:"unmodelledTarget"`
}

// Field is one property that differs; "" means absent.
type Field struct {
	Name   string `json:"name"` // stable, "not_null"
	Source string `json:"source"`
	Target string `json:"target"`
}

// Hazard is a hazard's code with its arguments, for the frontend's own sentence, and the English one.
type Hazard struct {
	Code     string   `json:"code"`
	Severity string   `json:"severity"` // notice, caution, destroys
	Args     []string `json:"args"`
	Text     string   `json:"text"`
}

// Detail looks one row up.
func (c *Comparisons) Detail(comparisonID string, row int) (*Detail, error) {
	r, err := c.bench.Review(comparisonID)
	if err != nil {
		return nil, err
	}
	d, err := r.Detail(row)
	if err != nil {
		return nil, err
	}
	out := &Detail{
		Row: row, Kind: string(d.Key.Kind), Schema: d.Key.Schema, Table: d.Key.Owner, Name: d.Key.Name, State: string(d.State),
		SourceSQL: d.SourceSQL, TargetSQL: d.TargetSQL, Fields: []Field{}, Hazards: hazards(d.Hazards),
		UnmodelledSource: list(d.UnmodelledSource), UnmodelledTarget: list(d.UnmodelledTarget),
	}
	for _, f := range d.Fields {
		out.Fields = append(out.Fields, Field{f.Name, f.After, f.Before})
	}
	return out, nil
}

func hazards(hs []hazard.Hazard) []Hazard {
	out := make([]Hazard, 0, len(hs))
	for _, h := range hs {
		out = append(out, Hazard{string(h.Code), h.Severity().String(), list(h.Args), h.String()})
	}
	return out
}
