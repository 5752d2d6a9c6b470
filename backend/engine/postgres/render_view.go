package postgres

import (
	"strings"

	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// view renders a view. Only its comments and its columns' defaults are changed in place: whether the columns of another
// query are those of the old one, only the server could tell.
func (r *rendering) view(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	name := fullName(k)
	more := func(w *work, before schema.Attrs) {
		r.viewColumns(w, "VIEW", k, before, op.After.Extra().Attrs)
	}
	return r.scripted(op, "VIEW "+name, "DROP VIEW "+name, more), nil
}

// prefixed are the values of the attributes whose names start with the prefix, in the order of their names.
func prefixed(attrs schema.Attrs, prefix string) (names []string, values map[string]string) {
	values = map[string]string{}
	for _, a := range attrs {
		if name, ok := strings.CutPrefix(a.Name, prefix); ok {
			names = append(names, name)
			values[name] = a.Value
		}
	}
	return names, values
}

// attrChange is one attribute of a family (a prefix and a name) that differs.
type attrChange struct{ name, was, is string }

// attrChanges are the differing attributes with the prefix: first those that go, then those that come or change.
func attrChanges(before, after schema.Attrs, prefix string) (changes []attrChange) {
	oldNames, old := prefixed(before, prefix)
	newNames, now := prefixed(after, prefix)
	for _, n := range oldNames {
		if _, still := now[n]; !still {
			changes = append(changes, attrChange{n, old[n], ""})
		}
	}
	for _, n := range newNames {
		if old[n] != now[n] {
			changes = append(changes, attrChange{n, old[n], now[n]})
		}
	}
	return changes
}

// viewColumns brings what a view's columns have of their own from before to after.
func (r *rendering) viewColumns(w *work, word string, k schema.Key, before, after schema.Attrs) {
	name := fullName(k)
	for _, c := range attrChanges(before, after, attrColumnDefault) {
		action := " DROP DEFAULT"
		if c.is != "" {
			action = " SET DEFAULT " + c.is
		}
		w.run("ALTER " + word + " " + name + " ALTER COLUMN " + quoteIdent(c.name) + action)
	}
	for _, c := range attrChanges(before, after, attrColumnSetting) {
		setting, column, _ := strings.Cut(c.name, ":")
		for _, action := range r.columnSetting(setting, c) {
			w.run("ALTER " + word + " " + name + " ALTER COLUMN " + quoteIdent(column) + " " + action)
		}
	}
	for _, c := range attrChanges(before, after, attrColumnComment) {
		w.comment("COLUMN "+name+"."+quoteIdent(c.name), c.was, c.is)
	}
}

func (r *rendering) columnSetting(setting string, c attrChange) []string {
	switch setting {
	case attrStatistics:
		return []string{"SET STATISTICS " + orElse(c.is, "-1")}
	case attrStorage:
		usual := "DEFAULT"
		if !r.v.atLeast(16) {
			usual = "EXTENDED" // as of nearly all types that can be stored otherwise
		}
		return []string{"SET STORAGE " + orElse(c.is, usual)}
	case attrCompression:
		return []string{"SET COMPRESSION " + orElse(c.is, "DEFAULT")}
	}
	return optionChanges(c.was, c.is)
}
