//go:build cgo

package sqlite

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine/enginetest/gen"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// load is a database in memory with that script in it.
func load(t *testing.T, script string) *conn {
	t.Helper()
	c := memory(t)
	if err := c.control(context.Background(), "PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = OFF;"+script); err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	return c
}

// Whatever is chosen of the changes, the plan makes the structure that it promises.
func TestAnyChoiceOfChangesGivesWhatThePlanPromises(t *testing.T) {
	for seed := range uint64(300) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			pair := gen.SQLite(seed)
			c := load(t, pair.Before.SQL())
			before, after := structure(t, c), structure(t, load(t, pair.After.SQL()))
			opt := compare.Between(dialect{}, dialect{}, diff.Options{})
			changes := diff.Compare(after, before, opt).Changes
			fill(changes, before)
			p, err := plan.Build(dialect{}, before, changes, plan.Options{
				AllowDestructive: seed%3 != 0,
				Ticked: func(x diff.Change) bool {
					h := fnv.New32()
					_, _ = fmt.Fprint(h, seed, x.ID())
					return h.Sum32()%3 != 0
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			var script []string
			for _, s := range p.Statements {
				script = append(script, s.SQL)
				if err := c.control(t.Context(), s.SQL); err != nil {
					if broken(p.Expected) {
						return // what was chosen cannot be: SQLite says so, and all is rolled back
					}
					t.Fatalf("%v\n%s", err, strings.Join(script, ";\n"))
				}
			}
			for _, x := range diff.Items(diff.Compare(p.Expected, structure(t, c), opt).Changes) {
				if !relativeOnly(x) && !contradictory(p.Expected, x.Key()) {
					t.Errorf("%s %s %+v after the plan:\n%s", x.Action, x.Key(), x.Fields, strings.Join(script, ";\n"))
				}
			}
		})
	}
}

func fill(changes []diff.Change, db *schema.Database) {
	for i := range changes {
		changes[i].Hazards = dialect{}.Hazards(changes[i], db)
		fill(changes[i].Parts, db)
	}
}

// broken tells that a structure cannot be: something names a column that is not there, or a table WITHOUT ROWID has no key or counts.
func broken(db *schema.Database) bool {
	for _, o := range db.Objects() {
		t, ok := o.(*schema.Table)
		if !ok {
			continue
		}
		counts := slices.ContainsFunc(t.Columns, func(c *schema.Column) bool { return c.AutoIncrement })
		if t.Attrs.Get(attrWithoutRowid) != "" && (t.PrimaryKey() == nil || counts) {
			return true
		}
		for _, part := range t.Parts() {
			for _, k := range part.Deps() {
				if k.Kind == schema.KindColumn && t.Column(k.Name) == nil {
					return true
				}
			}
		}
	}
	return false
}

// relativeOnly tells that a key names a collation on one side which on the other is that of the column, or a direction which
// another key over the same columns decides, whose change was not chosen.
func relativeOnly(x diff.Change) bool {
	for _, f := range x.Fields {
		bare := strings.NewReplacer(" COLLATE NOCASE", "", " COLLATE RTRIM", "", " COLLATE BINARY", "", " DESC", "")
		if bare.Replace(f.Before) != bare.Replace(f.After) {
			return false
		}
	}
	return x.Action == diff.Alter
}

// contradictory tells that a unique key disagrees in its directions with another one over the same columns, which shares its
// index.
func contradictory(db *schema.Database, k schema.Key) bool {
	table, _ := k.TableOf()
	if k.Kind != schema.KindUnique || db.Get(table) == nil {
		return false
	}
	seen := map[string]string{}
	for _, c := range db.Get(table).(*schema.Table).Constraints {
		var columns, directed string
		for _, p := range c.Columns {
			columns, directed = columns+"\x00"+p.Column, directed+"\x00"+p.String()
		}
		if was, ok := seen[columns]; ok && was != directed {
			return true
		}
		seen[columns] = directed
	}
	return false
}
