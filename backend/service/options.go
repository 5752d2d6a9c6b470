package service

import (
	"path"
	"slices"
	"strings"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// Ignorable are the words for what a comparison may leave out, in the order in which they are listed.
var Ignorable = []string{"comments", "collation", "auto_increment", "storage", "column_order", "constraint_names", "index_names"}

// IgnoredByDefault is rather data than structure: it moves with every row that is inserted.
var IgnoredByDefault = []string{"auto_increment"}

// Choice says in words what a comparison looks at.
type Choice struct {
	Include, Exclude []string // globs over "table" or "schema.table"
	Ignore           []string // of Ignorable
	// Map are rules for types between engines: "tinyint(1)=smallint", "orders.flag=boolean".
	Map []string
}

var ignorableClasses = map[string]schema.Class{
	"comments": schema.ClassComment, "collation": schema.ClassCollation,
	"auto_increment": schema.ClassAutoIncrement, "storage": schema.ClassStorage,
}

var constraintKinds = []schema.Kind{schema.KindPrimaryKey, schema.KindUnique, schema.KindCheck, schema.KindExclusion, schema.KindForeignKey}

// Check refuses words and globs that mean nothing.
func (c Choice) Check() error {
	for _, glob := range slices.Concat(c.Include, c.Exclude) {
		if _, err := path.Match(glob, ""); err != nil || glob == "" {
			return fault.New(fault.BadInput, "%q is no glob: use *, ? and [a-z], with \\ before a character that is meant literally", glob)
		}
	}
	for _, word := range c.Ignore {
		if !slices.Contains(Ignorable, word) {
			return fault.New(fault.BadInput, "%q cannot be ignored: there are %s", word, strings.Join(Ignorable, ", "))
		}
	}
	for _, rule := range c.Map {
		if err := new(translate.Rules).Add(rule); err != nil {
			return fault.New(fault.BadInput, "%q is no rule for types: %s", rule, err)
		}
	}
	return nil
}

// Options are the choice in the comparison's terms.
func (c Choice) Options() compare.Options {
	opt := compare.Options{Diff: diff.Options{
		Include: c.Include, Exclude: c.Exclude,
		Ignore: map[schema.Class]bool{}, IgnoreNames: map[schema.Kind]bool{},
	}}
	for _, rule := range c.Map {
		_ = opt.Translate.Add(rule) // Check has refused what it cannot take
	}
	for _, word := range c.Ignore {
		switch word {
		case "column_order":
			opt.IgnoreColumnOrder = true
		case "constraint_names":
			for _, kind := range constraintKinds {
				opt.Diff.IgnoreNames[kind] = true
			}
		case "index_names":
			opt.Diff.IgnoreNames[schema.KindIndex] = true
		default:
			opt.Diff.Ignore[ignorableClasses[word]] = true
		}
	}
	return opt
}

// LeftOut is how often something that was left out does differ.
type LeftOut struct {
	What        string // of Ignorable, or "names" for the names of constraints and indexes together
	Differences int
}

// countedAs says where a comparison counted what a word leaves out.
var countedAs = map[string]string{
	"comments": string(schema.ClassComment), "collation": string(schema.ClassCollation),
	"auto_increment": string(schema.ClassAutoIncrement), "storage": string(schema.ClassStorage),
	"column_order": diff.ColumnOrder, "names": "name",
}

// LeftOutOf tells from a comparison's counts what was left out: what the user asked for, and whatever else did differ.
func LeftOutOf(counts map[string]int, asked []string) []LeftOut {
	wanted := map[string]bool{}
	for _, word := range asked {
		if word == "constraint_names" || word == "index_names" {
			word = "names"
		}
		wanted[word] = true
	}
	out := []LeftOut{}
	for _, word := range []string{"comments", "collation", "auto_increment", "storage", "column_order", "names"} {
		if n := counts[countedAs[word]]; n > 0 || wanted[word] {
			out = append(out, LeftOut{word, n})
		}
	}
	return out
}
