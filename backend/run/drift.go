package run

import (
	"fmt"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// drift is the refusal that says what changed since the comparison, or nil when only counters moved on that the
// comparison does not look at: rows inserted meanwhile do not change the structure.
func (x *execution) drift(now *schema.Database) error {
	opt := diff.Options{ColumnOrder: true}
	if x.opt.Diff.Ignore[schema.ClassAutoIncrement] {
		opt.Ignore = map[schema.Class]bool{schema.ClassAutoIncrement: true}
	}
	changed := diff.Compare(now, x.plan.Before, opt)
	if changed.Equal() {
		return nil
	}
	return fault.New(fault.TargetChanged,
		"the target has changed since it was compared, so nothing was executed; compare again. What changed: %s", driftText(changed))
}

// driftText names the first few changes.
func driftText(r *diff.Result) string {
	const limit = 10
	past := map[diff.Action]string{diff.Create: "created", diff.Alter: "altered", diff.Drop: "dropped"}
	var texts []string
	for _, c := range diff.Items(r.Changes) {
		text := fmt.Sprintf("%s %s", c.Key(), past[c.Action])
		var names []string
		for _, f := range c.Fields {
			names = append(names, f.Name)
		}
		if len(names) > 0 {
			text += " (" + strings.Join(names, ", ") + ")"
		}
		texts = append(texts, text)
	}
	for _, u := range r.Unmodelled {
		texts = append(texts, u.Key.String()+" altered")
	}
	if more := len(texts) - limit; more > 0 {
		texts = append(texts[:limit], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(texts, "; ")
}
