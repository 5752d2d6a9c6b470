package cli

import (
	"fmt"
	"sort"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// words is a stable name as people read it.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// displayName is an object's name with its schema, or a part's without its table's.
func displayName(k schema.Key) string {
	if k.Owner != "" || k.Schema == "" {
		return line(k.Name)
	}
	return line(k.Schema + "." + k.Name)
}

// fullName says kind, name and, for what belongs to a table, the table.
func fullName(k schema.Key) string {
	text := words(string(k.Kind)) + " " + displayName(k)
	if table, ok := k.TableOf(); ok {
		text += " of " + displayName(table)
	}
	return text
}

// headline properties are told by their value alone.
var headline = map[string]bool{
	"type": true, "columns": true, "key": true, "expression": true, "labels": true, "attributes": true, "checks": true,
	"method": true, "generation": true,
}

// describe tells what an object is like in one line: its structure without cosmetic facts.
func describe(o schema.Object) string {
	switch o := o.(type) {
	case *schema.ForeignKey:
		return describeForeignKey(o)
	case *schema.Scripted:
		return ""
	case *schema.Table:
		return ""
	case *schema.Column:
		if o.Generated != "" {
			return shorten(line(fmt.Sprintf("%s, generated as (%s) %s", o.Type.Text, o.Generated, strings.ToLower(o.GeneratedKind))))
		}
	}
	var parts []string
	for _, p := range o.Props() {
		switch {
		case p.Class != schema.ClassStructure:
		case headline[p.Name]:
			parts = append(parts, p.Value)
		case p.Value == "yes":
			parts = append(parts, words(p.Name))
		default:
			parts = append(parts, words(p.Name)+" "+p.Value)
		}
	}
	return shorten(line(strings.Join(parts, ", ")))
}

func describeForeignKey(f *schema.ForeignKey) string {
	table := schema.Key{Kind: schema.KindTable, Schema: f.RefSchema, Name: f.RefTable}
	text := fmt.Sprintf("(%s) → %s (%s)", strings.Join(f.Columns, ", "), displayName(table), strings.Join(f.RefColumns, ", "))
	for _, rule := range [][2]string{{"on update", f.OnUpdate}, {"on delete", f.OnDelete}} {
		if rule[1] != "" && rule[1] != "NO ACTION" {
			text += " " + rule[0] + " " + strings.ToLower(rule[1])
		}
	}
	return shorten(line(text))
}

// brief is a statement on one line.
func brief(sql string) string { return shorten(clean(strings.Join(strings.Fields(sql), " "))) }

func shorten(s string) string {
	const limit = 120
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}

// group is what changes about one table, or one object that stands by itself.
type group struct {
	key        schema.Key
	own        *diff.Change  // nil when only belongings change
	belongings []diff.Change // foreign keys, triggers, rules, policies, owned sequences
}

// grouped brings changes into the order in which people look for them: what tables need, tables with all that belongs
// to them, what is built on tables.
func grouped(changes []diff.Change) []group {
	index := map[schema.Key]int{}
	var groups []group
	at := func(k schema.Key) *group {
		i, ok := index[k]
		if !ok {
			i = len(groups)
			index[k] = i
			groups = append(groups, group{key: k})
		}
		return &groups[i]
	}
	for i, c := range changes {
		if table, ok := belongsTo(c); ok {
			g := at(table)
			g.belongings = append(g.belongings, c)
			continue
		}
		at(c.Key()).own = &changes[i]
	}
	sort.SliceStable(groups, func(i, j int) bool {
		a, b := rank(groups[i].key.Kind), rank(groups[j].key.Kind)
		if a != b {
			return a < b
		}
		return groups[i].key.Less(groups[j].key)
	})
	return groups
}

// belongsTo is the table or view that a changed object belongs to.
func belongsTo(c diff.Change) (schema.Key, bool) {
	if c.After != nil {
		return schema.Home(c.After)
	}
	return schema.Home(c.Before)
}

var kindRanks = map[schema.Kind]int{
	schema.KindSchema: 1, schema.KindExtension: 2, schema.KindCollation: 3, schema.KindEnum: 4, schema.KindDomain: 5,
	schema.KindComposite: 6, schema.KindRange: 7, schema.KindSequence: 8, schema.KindTable: 9, schema.KindVirtualTable: 9,
}

func rank(k schema.Kind) int {
	if r, ok := kindRanks[k]; ok {
		return r
	}
	return 10
}
