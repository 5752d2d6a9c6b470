package api

import (
	"context"
	"sync"
	"time"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

// Comparisons compares saved connections and answers questions about the result. What is large is asked for in pieces.
type Comparisons struct {
	bench *service.Workbench
	ends  Ends
	emit  Emit
	mu    sync.Mutex
	asked map[string]CompareRequest // by the comparison's id
}

// Ends finds what is behind saved connections.
type Ends interface {
	// End gives what is needed to open a saved connection. A password that is given is used instead of a saved one.
	End(ctx context.Context, connectionID, password string) (service.End, error)
}

// NewComparisons binds comparisons to a workbench.
func NewComparisons(bench *service.Workbench, ends Ends, emit Emit) *Comparisons {
	return &Comparisons{bench: bench, ends: ends, emit: emit, asked: map[string]CompareRequest{}}
}

// CompareOptions say what is looked at.
type CompareOptions struct {
	Include []string `json:"include"`
	Exclude []string `json:"exclude"`
	Ignore  []string `json:"ignore"`
	// SourceSchemas and TargetSchemas narrow PostgreSQL's schemas; empty: those of the connection.
	SourceSchemas []string `json:"sourceSchemas"`
	TargetSchemas []string `json:"targetSchemas"`
	// Map are rules for types between engines: "tinyint(1)=smallint", "orders.flag=boolean".
	Map []string `json:"map"`
}

// CompareRequest asks for a comparison of two saved connections.
type CompareRequest struct {
	RunID    string         `json:"runId"` // chosen by the caller, for progress and Cancel
	SourceID string         `json:"sourceId"`
	TargetID string         `json:"targetId"`
	Options  CompareOptions `json:"options"`
	// Passwords for this time, where none is saved.
	SourcePassword string `json:"sourcePassword"`
	TargetPassword string `json:"targetPassword"`
}

// CompareProgress is the data of EventCompare: done of total steps of a phase; total 0: unknown.
type CompareProgress struct {
	RunID string `json:"runId"`
	Side  string `json:"side"`
	Phase string `json:"phase"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

// Comparison is a finished comparison without its rows.
type Comparison struct {
	ID         string         `json:"id"`
	At         string         `json:"at"`
	Seconds    float64        `json:"seconds"`
	Source     Database       `json:"source"`
	Target     Database       `json:"target"`
	Equal      bool           `json:"equal"`
	Counts     Counts         `json:"counts"`
	Ignored    []Ignored      `json:"ignored"`
	Notices    []Notice       `json:"notices"`
	Options    CompareOptions `json:"options"`
	Unmodelled int            `json:"unmodelled"`
	// Renames are confirmed ones and suggestions, to be answered with Rename.
	Renames []Rename `json:"renames"`
	// Translated tells that the two are of different engines.
	Translated bool       `json:"translated"`
	Noted      NoteCounts `json:"noted"`
}

// Database is one side of a comparison.
type Database struct {
	ConnectionID string `json:"connectionId"`
	Name         string `json:"name"` // the connection's
	Address      string `json:"address"`
	Flavor       string `json:"flavor"`
	Version      string `json:"version"`
	Database     string `json:"database"`
	Production   bool   `json:"production"`
	Objects      int    `json:"objects"`
	Tables       int    `json:"tables"`
}

// Counts are numbers of changes that can be ticked one by one, and of objects that are identical.
type Counts struct {
	Create      int `json:"create"`
	Alter       int `json:"alter"`
	Drop        int `json:"drop"`
	Rename      int `json:"rename"`
	Destructive int `json:"destructive"`
	Identical   int `json:"identical"`
}

// Ignored is a class of facts that was left out, and how many of them differ.
type Ignored struct {
	What        string `json:"what"`
	Differences int    `json:"differences"`
}

// Notice is something that could not be read.
type Notice struct {
	Side   string `json:"side"`
	Kind   string `json:"kind"` // "" when it is about the whole database
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Run compares and returns when it is done. Progress comes as events.
func (c *Comparisons) Run(req CompareRequest) (*Comparison, error) {
	ctx, done, err := c.bench.Begin(context.Background(), req.RunID)
	if err != nil {
		return nil, err
	}
	defer done()
	ends := [2]service.End{}
	for i, x := range []struct {
		side         compare.Side
		id, password string
		schemas      []string
	}{
		{compare.Source, req.SourceID, req.SourcePassword, req.Options.SourceSchemas},
		{compare.Target, req.TargetID, req.TargetPassword, req.Options.TargetSchemas},
	} {
		if ends[i], err = c.ends.End(ctx, x.id, x.password); err != nil {
			return nil, &compare.SideError{Side: x.side, Doing: "opening the " + string(x.side), Err: err}
		}
		if len(x.schemas) > 0 {
			ends[i].Config.Params["schema"] = x.schemas
		}
	}
	began := time.Now()
	choice := service.Choice{Include: req.Options.Include, Exclude: req.Options.Exclude, Ignore: req.Options.Ignore, Map: req.Options.Map}
	r, err := c.bench.Compare(ctx, ends[0], ends[1], choice, c.progress(req.RunID))
	if err != nil {
		return nil, err
	}
	return c.tell(r, req, time.Since(began)), nil
}

// tell sums a comparison up and remembers what was asked for, without passwords.
func (c *Comparisons) tell(r *service.Reviewed, req CompareRequest, took time.Duration) *Comparison {
	req.SourcePassword, req.TargetPassword = "", ""
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[r.ID] = req
	for id := range c.asked {
		if _, err := c.bench.Review(id); err != nil {
			delete(c.asked, id)
		}
	}
	return summary(r, req, took)
}

// progressInterval bounds how often the window is told; a person sees no more.
const progressInterval = 60 * time.Millisecond

// progress sends events, not too many: always the first of a phase, then one per interval.
func (c *Comparisons) progress(runID string) func(compare.Side, string, int, int) {
	var mu sync.Mutex
	phase, last := map[compare.Side]string{}, map[compare.Side]time.Time{}
	return func(side compare.Side, name string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if phase[side] == name && time.Since(last[side]) < progressInterval {
			return
		}
		phase[side], last[side] = name, time.Now()
		c.emit(EventCompare, CompareProgress{runID, string(side), name, done, total})
	}
}

// Cancel ends a running comparison or execution at once.
func (c *Comparisons) Cancel(runID string) { c.bench.Cancel(runID) }

func summary(r *service.Reviewed, req CompareRequest, took time.Duration) *Comparison {
	c := r.Comparison
	n := c.Count()
	source := c.Source
	if c.Translated() {
		source = c.Original // the other one calls itself as the target does
	}
	out := &Comparison{
		ID: r.ID, At: r.At.Format(time.RFC3339), Seconds: took.Seconds(), Equal: c.Equal(),
		Source:  database(req.SourceID, r.Ends[0], c.SourceName, source),
		Target:  database(req.TargetID, r.Ends[1], c.TargetName, c.Target),
		Counts:  Counts{n.Create, n.Alter, n.Drop, n.Rename, n.Destructive, len(c.Identical)},
		Ignored: []Ignored{}, Notices: []Notice{}, Options: complete(req.Options), Unmodelled: len(c.Unmodelled),
	}
	out.Renames = renames(r)
	out.Translated, out.Noted = c.Translated(), countNotes(r.Review)
	out.Source.Version, out.Target.Version = c.SourceServer.Version, c.TargetServer.Version
	for _, x := range service.LeftOutOf(c.Ignored, r.Choice.Ignore) {
		out.Ignored = append(out.Ignored, Ignored(x))
	}
	for _, x := range c.Notices() {
		notice := Notice{Side: string(x.Side), Reason: x.Reason}
		if !x.Key.IsZero() {
			notice.Kind, notice.Name = string(x.Key.Kind), fullName(x.Key)
		}
		out.Notices = append(out.Notices, notice)
	}
	return out
}

func database(id string, end service.End, address string, db *schema.Database) Database {
	d := Database{
		ConnectionID: id, Name: end.Name, Address: address, Flavor: db.Flavor, Version: db.Version, Database: db.Name,
		Production: end.Production, Objects: db.Len(),
	}
	for _, o := range db.Objects() {
		if o.Key().Kind == schema.KindTable {
			d.Tables++
		}
	}
	return d
}

// fullName is schema, table and name with dots between them.
func fullName(k schema.Key) string {
	text := ""
	for _, s := range []string{k.Schema, k.Owner, k.Name} {
		if s != "" {
			if text != "" {
				text += "."
			}
			text += s
		}
	}
	return text
}

// list is never null in JSON.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
