package translate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// Rules are what a user decided about types. The zero value leaves all to the defaults.
type Rules struct {
	// Columns give single columns of the source a type of the target, by "table.column" or "schema.table.column".
	Columns map[string]string
	// Types give every column of a type of the source another one in the target: "tinyint(1)" → "smallint".
	Types map[string]string
	// OnUpdate says what does in the target what ON UPDATE CURRENT_TIMESTAMP does, ByTrigger or ByNobody: for single columns of
	// the source, or under "" for all.
	OnUpdate map[string]string
}

// Add takes a rule as people write it: "tinyint(1)=smallint", "orders.flag=boolean", "orders.changed on update=trigger". What stands before the sign is a column
// when it has a dot outside of parentheses.
func (r *Rules) Add(text string) error {
	from, to, found := strings.Cut(text, "=")
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	if !found || from == "" || to == "" {
		return fmt.Errorf("write a rule as tinyint(1)=smallint, or as table.column=type for one column")
	}
	if column, ok := touchRule(from); ok {
		if to != ByTrigger && to != ByNobody {
			return fmt.Errorf("ON UPDATE can be done by a %s, or by %s", ByTrigger, ByNobody)
		}
		if r.OnUpdate == nil {
			r.OnUpdate = map[string]string{}
		}
		r.OnUpdate[column] = to
		return nil
	}
	name, _, _ := strings.Cut(from, "(")
	into := &r.Types
	if strings.Contains(name, ".") {
		into = &r.Columns
	}
	if *into == nil {
		*into = map[string]string{}
	}
	(*into)[from] = to
	return nil
}

// touchRule tells that a rule is about ON UPDATE, of one column or, "", of all.
func touchRule(from string) (column string, ok bool) {
	if strings.EqualFold(from, TouchOfAll) || strings.EqualFold(from, strings.TrimSpace(TouchOfColumn)) {
		return "", true
	}
	at := len(from) - len(TouchOfColumn)
	if at > 0 && strings.EqualFold(from[at:], TouchOfColumn) {
		return strings.TrimSpace(from[:at]), true
	}
	return "", false
}

// touch is what the rules say about ON UPDATE of a column; "" when they say nothing.
func (r Rules) touch(c *schema.Column) string {
	for _, name := range []string{c.Schema + "." + c.Table + "." + c.Name, c.Table + "." + c.Name, ""} {
		if to, ok := r.OnUpdate[name]; ok {
			return to
		}
	}
	return ""
}

// Empty tells that there are no rules.
func (r Rules) Empty() bool { return len(r.Columns)+len(r.Types)+len(r.OnUpdate) == 0 }

// of is the type that a rule gives the column; "" when there is none. A rule for the column wins over one for its type, and
// one for the whole type over one for its name without arguments.
func (r Rules) of(c *schema.Column, d dialect) string {
	for _, name := range []string{c.Schema + "." + c.Table + "." + c.Name, c.Table + "." + c.Name} {
		if to, ok := r.Columns[name]; ok {
			return to
		}
	}
	if len(r.Types) == 0 {
		return ""
	}
	bare, _, _ := typeWords(c.Type.Text)
	exact, byName := "", ""
	for _, from := range slices.Sorted(maps.Keys(r.Types)) {
		switch spelled := d.spell(from); {
		case strings.EqualFold(spelled, c.Type.Text):
			exact = r.Types[from]
		case strings.EqualFold(spelled, bare):
			byName = r.Types[from]
		}
	}
	if exact != "" {
		return exact
	}
	return byName
}
