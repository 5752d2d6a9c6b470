package api

import (
	"strings"
	"time"

	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

// Plans makes the SQL for ticked rows, shows and saves it, and executes exactly that.
type Plans struct {
	bench   *service.Workbench
	dialogs Dialogs
	emit    Emit
}

// NewPlans binds plans to a workbench.
func NewPlans(bench *service.Workbench, dialogs Dialogs, emit Emit) *Plans {
	return &Plans{bench, dialogs, emit}
}

// Plan is a plan without its SQL, which is asked for in pieces.
type Plan struct {
	ID             string        `json:"id"`
	ComparisonID   string        `json:"comparisonId"`
	Statements     int           `json:"statements"`
	Bytes          int           `json:"bytes"` // of all SQL
	Transactional  bool          `json:"transactional"`
	OneTransaction bool          `json:"oneTransaction"` // all statements succeed or fail together
	Complete       bool          `json:"complete"`       // afterwards nothing differs
	Pulled         []Pulled      `json:"pulled"`
	LeftOut        []LeftOut     `json:"leftOut"`
	Risks          []Risk        `json:"risks"`
	Hazards        []HazardCount `json:"hazards"`
}

// ObjectName names an object.
type ObjectName struct {
	Kind   string `json:"kind"`
	Schema string `json:"schema"`
	Table  string `json:"table"`
	Name   string `json:"name"`
}

// Pulled is a change that was not ticked but is needed: reason is depends_on, dependents, name or steps_aside.
type Pulled struct {
	Object ObjectName `json:"object"`
	For    ObjectName `json:"for"`
	Reason string     `json:"reason"`
}

// LeftOut is a ticked change that cannot run without a destructive one that is not ticked.
type LeftOut struct {
	Object  ObjectName `json:"object"`
	Because ObjectName `json:"because"`
}

// Risk is to be acknowledged before executing.
type Risk struct {
	ID      string   `json:"id"`
	Hazard  Hazard   `json:"hazard"`  // of the first object
	Objects []string `json:"objects"` // the first of them
	Count   int      `json:"count"`
}

// HazardCount is how often a hazard stands in a plan.
type HazardCount struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Count    int    `json:"count"`
}

// Statement is one statement of a plan.
type Statement struct {
	Index   int        `json:"index"`
	SQL     string     `json:"sql"`
	Object  ObjectName `json:"object"`
	Action  string     `json:"action"`
	Alone   bool       `json:"alone"` // outside of the transaction
	Reason  string     `json:"reason"`
	Hazards []Hazard   `json:"hazards"`
}

// Make plans the ticked rows of a comparison. No row: an empty plan.
func (p *Plans) Make(comparisonID string, rows []int) (*Plan, error) {
	planned, err := p.bench.Plan(comparisonID, rows)
	if err != nil {
		return nil, err
	}
	c := planned.Review.Comparison
	out := &Plan{
		ID: planned.ID, ComparisonID: comparisonID, Statements: len(planned.Statements),
		Transactional: c.TargetDialect().Transactional(),
		Pulled:        []Pulled{}, LeftOut: []LeftOut{}, Risks: []Risk{}, Hazards: hazardCounts(planned.Statements),
	}
	out.OneTransaction = out.Transactional
	for _, s := range planned.Statements {
		out.Bytes += len(s.SQL)
		out.OneTransaction = out.OneTransaction && s.Tx != plan.Alone
	}
	for _, x := range planned.Pulled {
		out.Pulled = append(out.Pulled, Pulled{objectName(x.Key), objectName(x.For), x.Reason})
	}
	for _, x := range planned.LeftOut {
		out.LeftOut = append(out.LeftOut, LeftOut{objectName(x.Key), objectName(x.Because)})
	}
	for _, r := range planned.Risks() {
		out.Risks = append(out.Risks, Risk{r.ID, hazards([]hazard.Hazard{r.Hazard})[0], r.Objects[:min(len(r.Objects), shownObjects)], len(r.Objects)})
	}
	out.Complete = planned.Complete()
	return out, nil
}

// shownObjects is how many objects of one risk are named.
const shownObjects = 50

func objectName(k schema.Key) ObjectName {
	return ObjectName{string(k.Kind), k.Schema, k.Owner, k.Name}
}

// hazardCounts counts by code, in the order of first appearance.
func hazardCounts(statements []plan.Statement) []HazardCount {
	out := []HazardCount{}
	at := map[string]int{}
	for _, s := range statements {
		for _, h := range s.Hazards {
			i, ok := at[string(h.Code)]
			if !ok {
				i = len(out)
				at[string(h.Code)] = i
				out = append(out, HazardCount{Code: string(h.Code), Severity: h.Severity().String()})
			}
			out[i].Count++
		}
	}
	return out
}

// Statements are count statements of a plan from the given one on.
func (p *Plans) Statements(planID string, from, count int) ([]Statement, error) {
	planned, err := p.bench.Planned(planID)
	if err != nil {
		return nil, err
	}
	out := []Statement{}
	for i := max(from, 0); i < min(from+count, len(planned.Statements)); i++ {
		s := planned.Statements[i]
		out = append(out, Statement{
			Index: i, SQL: s.SQL, Object: objectName(s.Key), Action: string(s.Action), Alone: s.Tx == plan.Alone,
			Reason: s.Reason, Hazards: hazards(s.Hazards),
		})
	}
	return out, nil
}

// Script is the plan as text that runs in psql or mysql as it is.
func (p *Plans) Script(planID string) (string, error) {
	planned, err := p.bench.Planned(planID)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	script := planned.Script()
	script.Header = append(script.Header, "Made: "+time.Now().Format(time.RFC3339))
	if _, err := script.WriteTo(&b); err != nil {
		return "", err
	}
	return b.String(), nil
}

// SaveScript asks where to save the script and saves it. The path is empty when the user cancelled.
func (p *Plans) SaveScript(planID, title string) (string, error) {
	text, err := p.Script(planID)
	if err != nil {
		return "", err
	}
	path, err := p.dialogs.SaveFile(title, "migrate.sql", FileFilter{"SQL", "*.sql"})
	if err != nil || path == "" {
		return "", err
	}
	return path, write(path, []byte(text))
}
