package postgres

import (
	"fmt"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// renamedKinds are the kinds that get another name in place, with the words that ALTER uses.
var renamedKinds = map[schema.Kind]string{
	schema.KindTable: "TABLE", schema.KindView: "VIEW", schema.KindMaterializedView: "MATERIALIZED VIEW", schema.KindSequence: "SEQUENCE",
	schema.KindIndex: "INDEX", schema.KindEnum: "TYPE", schema.KindComposite: "TYPE", schema.KindDomain: "DOMAIN",
	schema.KindColumn: "", schema.KindPrimaryKey: "", schema.KindUnique: "", schema.KindCheck: "", schema.KindExclusion: "", schema.KindForeignKey: "",
}

// RenamesKind implements plan.Renamer.
func (d *dialect) RenamesKind(kind schema.Kind) bool {
	_, ok := renamedKinds[kind]
	return ok
}

// Members implements plan.Renamer: labels and attributes.
func (d *dialect) Members(o schema.Object) []string {
	switch o := o.(type) {
	case *schema.Enum:
		return o.Labels
	case *schema.Composite:
		names := make([]string, len(o.Attributes))
		for i, a := range o.Attributes {
			names[i] = a.Name
		}
		return names
	}
	return nil
}

// Renamed implements plan.Renamer: the server knows objects by number and prints their names wherever it prints a text.
func (d *dialect) Renamed(db *schema.Database, renames []diff.Rename) (*diff.Renamed, error) {
	asked := diff.Renaming(renames)
	inherited := inheritedToo(db, renames, asked)
	all := append(renames[:len(renames):len(renames)], inherited...)
	out := diff.Carry(db, all, retell)
	out.Guessed = out.Open
	if d.Knows(schema.ClassNotNullName) {
		keepNotNullNames(db, out.Database, diff.Renaming(all))
	}
	return out, nil
}

// keepNotNullNames: a NOT NULL keeps its name when its column or table gets another one. Names that the server makes up
// itself are not in the model, until they are no longer those that it would make up.
func keepNotNullNames(before, after *schema.Database, r *schema.Renaming) {
	for _, o := range before.Objects() {
		t, ok := o.(*schema.Table)
		if !ok || !r.Touches(t) {
			continue
		}
		is := after.Get(r.Key(t.Key())).(*schema.Table)
		n := *is
		n.Columns = append([]*schema.Column(nil), is.Columns...)
		for i, c := range t.Columns {
			was, now := quoteIdent(notNullName(t.Name, c.Name)), quoteIdent(notNullName(is.Name, is.Columns[i].Name))
			if !c.NotNull || was == now {
				continue
			}
			col := *is.Columns[i]
			switch c.Attrs.Get(attrNotNullName) {
			case "":
				col.Attrs.Set(attrNotNullName, was, schema.ClassNotNullName)
			case now:
				col.Attrs.Set(attrNotNullName, "", schema.ClassNotNullName)
			}
			n.Columns[i] = &col
		}
		after.Put(&n)
	}
}

// inheritedToo are the columns and constraints of partitions and children that get their new names from their parents.
func inheritedToo(db *schema.Database, renames []diff.Rename, asked *schema.Renaming) []diff.Rename {
	children := map[schema.Key][]*schema.Table{}
	for _, o := range db.Objects() {
		t, ok := o.(*schema.Table)
		if !ok {
			continue
		}
		for _, parent := range append([]schema.Key{t.PartitionOf}, t.Inherits...) {
			if !parent.IsZero() {
				children[parent] = append(children[parent], t)
			}
		}
	}
	var out []diff.Rename
	seen := map[schema.Key]bool{}
	queue := append([]diff.Rename(nil), renames...)
	for len(queue) > 0 {
		x := queue[0]
		queue = queue[1:]
		if x.Key.Kind != schema.KindColumn && x.Key.Kind != schema.KindCheck {
			continue
		}
		parent, _ := x.Key.TableOf()
		for _, t := range children[parent] {
			k := x.Key
			k.Schema, k.Owner = t.Schema, t.Name
			if db.Find(k) == nil || seen[k] || asked.Key(k).Name != k.Name {
				continue
			}
			seen[k] = true
			y := diff.Rename{Key: k, To: x.To}
			out, queue = append(out, y), append(queue, y)
		}
	}
	return out
}

// RenameStatements implements plan.Renamer.
func (d *dialect) RenameStatements(renames []diff.Change, before, after *schema.Database) ([]plan.Statement, error) {
	var out []plan.Statement
	for _, s := range plan.Untangle(renames, plan.NamesUnder(d), plan.FreeName(before, after)) {
		sql, err := renameSQL(s)
		if err != nil {
			return nil, err
		}
		out = append(out, plan.Statement{SQL: sql, Key: s.After.Key(), Action: diff.RenameAction, Tx: plan.InTransaction, Hazards: s.Hazards})
	}
	return out, nil
}

func renameSQL(s plan.RenameStep) (string, error) {
	k, to := s.Rename.Key, quoteIdent(s.To)
	if s.Rename.Member != "" {
		if k.Kind == schema.KindEnum {
			return "ALTER TYPE " + fullName(k) + " RENAME VALUE " + quoteLiteral(s.From) + " TO " + quoteLiteral(s.To), nil
		}
		return "ALTER TYPE " + fullName(k) + " RENAME ATTRIBUTE " + quoteIdent(s.From) + " TO " + to, nil
	}
	switch k.Kind {
	case schema.KindColumn:
		return "ALTER TABLE " + ownerName(k) + " RENAME COLUMN " + quoteIdent(s.From) + " TO " + to, nil
	case schema.KindPrimaryKey, schema.KindUnique, schema.KindCheck, schema.KindExclusion, schema.KindForeignKey:
		return "ALTER TABLE " + ownerName(k) + " RENAME CONSTRAINT " + quoteIdent(s.From) + " TO " + to, nil
	}
	word, ok := renamedKinds[k.Kind]
	if !ok {
		return "", fmt.Errorf("%s cannot be renamed", k)
	}
	return "ALTER " + word + " " + quoteQualified(k.Schema, s.From) + " RENAME TO " + to, nil
}
