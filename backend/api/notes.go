package api

import (
	"strings"

	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/translate"
)

// Note says what is otherwise in the target because its engine, or its version, is another one.
type Note struct {
	Row int `json:"row"` // of the object, else of its table; -1: neither is a row
	// The object in the target's terms, and its full name in the source's.
	Kind   string `json:"kind"`
	Schema string `json:"schema"`
	Table  string `json:"table"` // that it belongs to
	Name   string `json:"name"`
	Source string `json:"source"`
	// Code and Args make the frontend's sentence; Text is what there is in English.
	Code     string   `json:"code"`
	Severity string   `json:"severity"` // info, lossy, blocked
	Args     []string `json:"args"`
	Text     string   `json:"text"`
	// Alternatives are what a rule could ask for, types mostly. A rule is written as RuleColumn or RuleType, "=" and a type; both are
	// "" where no rule is possible.
	Alternatives []string `json:"alternatives"`
	RuleColumn   string   `json:"ruleColumn"`
	RuleType     string   `json:"ruleType"`
}

// NoteCounts are how many notes there are of each severity.
type NoteCounts struct {
	Info    int `json:"info"`
	Lossy   int `json:"lossy"`
	Blocked int `json:"blocked"`
}

func countNotes(r *service.Review) NoteCounts {
	n := NoteCounts{Lossy: len(r.Comparison.Notes)}
	for _, x := range r.Comparison.Translation {
		switch x.Severity {
		case translate.Info:
			n.Info++
		case translate.Lossy:
			n.Lossy++
		case translate.Blocked:
			n.Blocked++
		}
	}
	return n
}

// Notes are all notes of a comparison, sorted by object.
func (c *Comparisons) Notes(comparisonID string) ([]Note, error) {
	r, err := c.bench.Review(comparisonID)
	if err != nil {
		return nil, err
	}
	rows := map[schema.Key]int{}
	for i, row := range r.Rows {
		if _, ok := rows[row.Key]; !ok {
			rows[row.Key] = i
		}
	}
	out := []Note{}
	for _, n := range r.Comparison.Translation {
		note := noteAbout(rows, n.Key, string(n.Code), string(n.Severity), n.Args)
		note.Source, note.Alternatives = fullName(n.Source), list(n.Alternatives)
		note.RuleColumn, note.RuleType = ruleFor(r.Review, n)
		out = append(out, note)
	}
	for _, n := range r.Comparison.Notes {
		note := noteAbout(rows, n.Key, "version_"+string(n.Code), string(translate.Lossy), n.Args)
		note.Source, note.Text = fullName(n.Key), n.String()
		out = append(out, note)
	}
	return out, nil
}

// noteAbout is a note without what only a translation has.
func noteAbout(rows map[schema.Key]int, k schema.Key, code, severity string, args []string) Note {
	text := strings.ReplaceAll(code, "_", " ")
	if len(args) > 0 {
		text += " (" + strings.Join(args, ", ") + ")"
	}
	row, ok := rows[k]
	if table, part := k.TableOf(); !ok && part {
		row, ok = rows[table]
	}
	if !ok {
		row = -1
	}
	return Note{
		Row: row, Kind: string(k.Kind), Schema: k.Schema, Table: k.Owner, Name: k.Name, Code: code, Severity: severity,
		Args: list(args), Text: text, Alternatives: []string{},
	}
}

// ruleFor is what stands before the sign of a rule about a column, and of one about all columns of its type.
func ruleFor(r *service.Review, n translate.Note) (column, ofType string) {
	if n.Source.Kind != schema.KindColumn || r.Comparison.Original == nil {
		return "", ""
	}
	c, ok := r.Comparison.Original.Find(n.Source).(*schema.Column)
	if !ok {
		return "", ""
	}
	if n.Code == translate.OnUpdateTrigger || n.Code == translate.TouchedByTrigger {
		return fullName(n.Source) + translate.TouchOfColumn, translate.TouchOfAll
	}
	return fullName(n.Source), c.Type.Text
}
