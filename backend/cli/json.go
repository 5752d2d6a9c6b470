package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

// jsonFormat is the version of the JSON output. It rises when a field goes or changes its meaning; new fields alone do
// not raise it. Everything below is documented in docs/json-format.md.
const jsonFormat = 1

type jsonDiff struct {
	Format  int          `json:"format"`
	Command string       `json:"command"`
	Equal   bool         `json:"equal"`
	Source  jsonSide     `json:"source"`
	Target  jsonSide     `json:"target"`
	Counts  jsonCounts   `json:"counts"`
	Changes []jsonChange `json:"changes"`
	// Suggestions are drops and creates that may be renames; --rename confirms them.
	Suggestions []jsonSuggestion `json:"suggestions"`
	Unmodelled  []jsonUnmodelled `json:"unmodelled"`
	Notices     []jsonNotice     `json:"notices"`
	Ignored     []jsonIgnored    `json:"ignored"`
	// Translation and VersionNotes say what the target has otherwise because of its engine and of its version.
	Translation  []jsonTranslation `json:"translation"`
	VersionNotes []jsonVersionNote `json:"version_notes"`
	Plan         *jsonPlan         `json:"plan"`
	PlanError    *jsonError        `json:"plan_error"`
	Sync         *jsonSync         `json:"sync,omitempty"`
}

type jsonSide struct {
	Connection string `json:"connection,omitempty"`
	URL        string `json:"url"`
	Flavor     string `json:"flavor"`
	Version    string `json:"version"`
	Database   string `json:"database"`
}

type jsonCounts struct {
	Create      int `json:"create"`
	Alter       int `json:"alter"`
	Drop        int `json:"drop"`
	Rename      int `json:"rename"`
	Destructive int `json:"destructive"`
	Identical   int `json:"identical"`
}

// jsonKey names an object wherever one is named.
type jsonKey struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Schema string `json:"schema,omitempty"`
	Table  string `json:"table,omitempty"`
	Name   string `json:"name"`
}

type jsonChange struct {
	jsonKey
	Action      string           `json:"action"`
	Destructive bool             `json:"destructive"`
	Fields      []jsonField      `json:"fields"`
	Hazards     []jsonHazard     `json:"hazards"`
	Parts       []jsonChange     `json:"parts"`
	Rename      *jsonRename      `json:"rename,omitempty"` // of the action rename: what was confirmed
	Definitions *jsonDefinitions `json:"definitions,omitempty"`
}

type jsonField struct {
	Name   string  `json:"name"`
	Before *string `json:"before"`
	After  *string `json:"after"`
}

type jsonHazard struct {
	Code     string   `json:"code"`
	Severity string   `json:"severity"`
	Args     []string `json:"args"`
	Text     string   `json:"text"`
	// Count is there with --count-rows, of hazards that speak of existing rows of changes.
	Count *jsonRowCount `json:"count,omitempty"`
}

type jsonRowCount struct {
	Rows  *int64     `json:"rows"`
	Text  *string    `json:"text"`
	Error *jsonError `json:"error"`
}

type jsonDefinitions struct {
	Before *string `json:"before"`
	After  *string `json:"after"`
}

type jsonUnmodelled struct {
	jsonKey
	Source []string `json:"source"`
	Target []string `json:"target"`
}

type jsonNotice struct {
	Side   string   `json:"side,omitempty"`
	Object *jsonKey `json:"object"`
	Reason string   `json:"reason"`
}

type jsonIgnored struct {
	What        string `json:"what"`
	Differences int    `json:"differences"`
}

type jsonPlan struct {
	ID                string          `json:"id"`
	TargetFingerprint string          `json:"target_fingerprint"`
	Statements        []jsonStatement `json:"statements"`
	Pulled            []jsonPulled    `json:"pulled"`
	LeftOut           []jsonLeftOut   `json:"left_out"`
}

type jsonStatement struct {
	SQL         string       `json:"sql"`
	Object      jsonKey      `json:"object"`
	Action      string       `json:"action"`
	Transaction string       `json:"transaction"`
	Reason      string       `json:"reason,omitempty"`
	Hazards     []jsonHazard `json:"hazards"`
}

type jsonPulled struct {
	ID     string `json:"id"`
	For    string `json:"for"`
	Reason string `json:"reason"`
}

type jsonLeftOut struct {
	ID      string `json:"id"`
	Because string `json:"because"`
}

type jsonError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// comparisonJSON is a comparison without a plan.
func comparisonJSON(c *comparison, command string, ignored []string, definitions bool) (*jsonDiff, error) {
	n := c.Count()
	out := &jsonDiff{
		Format: jsonFormat, Command: command, Equal: c.Equal(),
		Source:  jsonSide{c.ends[0].name, c.SourceName, c.SourceServer.Flavor, c.SourceServer.Version, c.Source.Name},
		Target:  jsonSide{c.ends[1].name, c.TargetName, c.TargetServer.Flavor, c.TargetServer.Version, c.Target.Name},
		Counts:  jsonCounts{n.Create, n.Alter, n.Drop, n.Rename, n.Destructive, len(c.Identical)},
		Changes: changesJSON(c.Changes, c.counts), Suggestions: suggestionsJSON(c.Suggestions),
		Unmodelled: []jsonUnmodelled{}, Notices: []jsonNotice{}, Ignored: ignoredList(c.Ignored, ignored),
		Translation: translationJSON(c.Translation), VersionNotes: versionNotesJSON(c.Notes),
	}
	for _, u := range c.Unmodelled {
		out.Unmodelled = append(out.Unmodelled, unmodelledJSON(u))
	}
	for _, x := range c.Notices() {
		out.Notices = append(out.Notices, noticeJSON(string(x.Side), x.Notice))
	}
	if !definitions {
		return out, nil
	}
	for i, ch := range c.Changes {
		before, after, err := c.Definitions(ch)
		if err != nil {
			return nil, err
		}
		out.Changes[i].Definitions = &jsonDefinitions{optional(before), optional(after)}
	}
	return out, nil
}

func keyJSON(k schema.Key) jsonKey {
	return jsonKey{k.String(), string(k.Kind), k.Schema, k.Owner, k.Name}
}

func changesJSON(changes []diff.Change, counts service.RowCounts) []jsonChange {
	out := make([]jsonChange, 0, len(changes))
	for _, c := range changes {
		fields := make([]jsonField, 0, len(c.Fields))
		for _, f := range c.Fields {
			fields = append(fields, jsonField{f.Name, optional(f.Before), optional(f.After)})
		}
		change := jsonChange{
			jsonKey: keyJSON(c.Key()), Action: string(c.Action), Destructive: c.Destructive(), Fields: fields,
			Hazards: countedJSON(c, counts), Parts: changesJSON(c.Parts, counts),
		}
		if c.Rename != nil {
			was := renameJSON(*c.Rename)
			change.ID, change.Rename = c.ID(), &was
		}
		out = append(out, change)
	}
	return out
}

// optional is null for an absent text.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func hazardsJSON(hs []hazard.Hazard) []jsonHazard {
	out := make([]jsonHazard, 0, len(hs))
	for _, h := range hs {
		out = append(out, jsonHazard{string(h.Code), h.Severity().String(), list(h.Args), h.String(), nil})
	}
	return out
}

// countedJSON are a change's hazards with the rows that were counted.
func countedJSON(c diff.Change, counts service.RowCounts) []jsonHazard {
	out := hazardsJSON(c.Hazards)
	for i, h := range c.Hazards {
		n, asked := counts.Of(c, i)
		if !asked {
			continue
		}
		out[i].Count = &jsonRowCount{}
		switch {
		case n.Err != nil:
			out[i].Count.Error = &jsonError{string(fault.CodeOf(n.Err)), n.Err.Error()}
		case n.Counted:
			text := hazard.Counted(h, n.Rows)
			out[i].Count.Rows, out[i].Count.Text = &n.Rows, &text
		}
	}
	return out
}

// list is never null.
func list(items []string) []string {
	if items == nil {
		return []string{}
	}
	return items
}

func unmodelledJSON(u diff.Unmodelled) jsonUnmodelled {
	return jsonUnmodelled{keyJSON(u.Key), list(u.Source), list(u.Target)}
}

func noticeJSON(side string, n schema.Notice) jsonNotice {
	out := jsonNotice{Side: side, Reason: n.Reason}
	if !n.Key.IsZero() {
		k := keyJSON(n.Key)
		out.Object = &k
	}
	return out
}

// ignoredList tells what was left out.
func ignoredList(counts map[string]int, asked []string) []jsonIgnored {
	out := []jsonIgnored{}
	for _, x := range service.LeftOutOf(counts, asked) {
		out = append(out, jsonIgnored(x))
	}
	return out
}

func planJSON(p *plan.Plan) *jsonPlan {
	out := &jsonPlan{ID: p.ID(), TargetFingerprint: p.TargetFingerprint(), Statements: []jsonStatement{}, Pulled: []jsonPulled{}, LeftOut: []jsonLeftOut{}}
	for _, s := range p.Statements {
		tx := s.Tx
		if tx == "" {
			tx = plan.InTransaction
		}
		out.Statements = append(out.Statements, jsonStatement{s.SQL, keyJSON(s.Key), string(s.Action), string(tx), s.Reason, hazardsJSON(s.Hazards)})
	}
	for _, x := range p.Pulled {
		out.Pulled = append(out.Pulled, jsonPulled{x.Key.String(), x.For.String(), x.Reason})
	}
	for _, x := range p.LeftOut {
		out.LeftOut = append(out.LeftOut, jsonLeftOut{x.Key.String(), x.Because.String()})
	}
	return out
}
