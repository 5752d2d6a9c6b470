package compare

import (
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// translate puts the source into the target's terms. From there on everything is as between databases of one engine.
func (r *Result) translate(target *schema.Database, schemas []string, rules translate.Rules) {
	scope := ""
	if len(schemas) == 1 {
		scope = schemas[0]
	}
	t := translate.Database(r.Source, target, scope, rules)
	r.Original, r.originalDialect = r.Source, r.sourceDialect
	r.Source, r.Translation, r.sourceDialect = t.Database, t.Notes, r.targetDialect
	r.origins = t.Origins
}

// Translated tells that the two databases are of different engines.
func (r *Result) Translated() bool { return r.Original != nil }

// Align is what the verification of a plan needs between engines: servers write in their own words what came out of a
// translation. It is nil where both databases are of one engine.
func (r *Result) Align() func(expected, actual *schema.Database) *schema.Database {
	if !r.Translated() {
		return nil
	}
	return translate.Align
}

// blocked reports what could not be translated: it is not equal, and no plan will make it so.
func (r *Result) blocked() {
	r.Translation = slices.DeleteFunc(r.Translation, func(n translate.Note) bool { return !r.compared(n.Key) })
	for _, n := range r.Translation {
		if n.Severity != translate.Blocked {
			continue
		}
		text := string(n.Code)
		if len(n.Args) > 0 {
			text = fmt.Sprintf("%s (%s)", text, strings.Join(n.Args, ", "))
		}
		i := slices.IndexFunc(r.Unmodelled, func(u diff.Unmodelled) bool { return u.Key == n.Key })
		if i < 0 {
			i = len(r.Unmodelled)
			r.Unmodelled = append(r.Unmodelled, diff.Unmodelled{Key: n.Key})
		}
		r.Unmodelled[i].Source = append(r.Unmodelled[i].Source, text)
	}
}

// compared tells that the comparison's filters let the object's table through.
func (r *Result) compared(k schema.Key) bool {
	name := k.Owner
	if name == "" {
		name = k.Name
	}
	return r.Options.Lets(k.Schema, name)
}

// NotesOn are the notes about an object and, of a table, its parts and foreign keys.
func (r *Result) NotesOn(k schema.Key) []translate.Note {
	var out []translate.Note
	for _, n := range r.Translation {
		table, ok := n.Key.TableOf()
		if n.Key == k || ok && table == k {
			out = append(out, n)
		}
	}
	return out
}

// OriginalDefinition is the CREATE statement of an object as the source's own engine has it, "" where nothing was
// translated or the object comes from no single one of the source's.
func (r *Result) OriginalDefinition(k schema.Key) (string, error) {
	from, ok := r.origins[k]
	if !ok {
		return "", nil
	}
	text, err := plan.Definition(r.originalDialect, r.Original.Find(from), r.Original)
	if err != nil {
		return "", fmt.Errorf("writing the source's own definition of %s: %w", k, err)
	}
	return text, nil
}
