package mysql

import (
	"regexp"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// RenamesKind implements plan.Renamer. Checks and foreign keys are dropped and added, which touches no row.
func (d dialect) RenamesKind(kind schema.Kind) bool {
	switch kind {
	case schema.KindTable, schema.KindColumn, schema.KindIndex, schema.KindCheck, schema.KindForeignKey, schema.KindView:
		return true
	case schema.KindSequence:
		return d.f.mariadb
	}
	return false
}

// Members implements plan.Renamer: the labels of a column of type enum.
func (d dialect) Members(o schema.Object) []string {
	c, ok := o.(*schema.Column)
	if !ok || !strings.HasPrefix(c.Type.Text, "enum(") {
		return nil
	}
	tokens, err := tokenize(c.Type.Text)
	if err != nil {
		return nil
	}
	var labels []string
	for _, t := range tokens {
		if t.kind != tokString {
			continue
		}
		label, err := unquoteString(t.text)
		if err != nil {
			return nil
		}
		labels = append(labels, label)
	}
	return labels
}

// Renamed implements plan.Renamer. What the server does not follow by itself in tables, RenameStatements does; texts of
// views and of stored programs stay as they are.
func (d dialect) Renamed(db *schema.Database, renames []diff.Rename) (*diff.Renamed, error) {
	all := append(renames[:len(renames):len(renames)], d.namedAfterTable(db, renames)...)
	out := diff.Carry(db, all, retell)
	r := diff.Renaming(all)
	for _, o := range db.Objects() { // triggers do not depend on columns, as far as the servers tell
		s, ok := o.(*schema.Scripted)
		if !ok || s.Kind != schema.KindTrigger || r.Touches(s) {
			continue
		}
		if _, sure := retellScripted(r, s, s.Definition); !sure {
			out.Open = append(out.Open, s.Key())
		}
	}
	return out, nil
}

var madeUp = regexp.MustCompile(`^_(ibfk|chk)_[0-9]+$`)

// namedAfterTable are the constraints whose names the server made of their table's: it renames them along with it.
func (d dialect) namedAfterTable(db *schema.Database, renames []diff.Rename) []diff.Rename {
	tables, asked := map[string]string{}, map[schema.Key]bool{}
	for _, x := range renames {
		asked[x.Key] = true
		if x.Key.Kind == schema.KindTable && x.Member == "" {
			tables[x.Key.Name] = x.To
		}
	}
	if len(tables) == 0 {
		return nil
	}
	var out []diff.Rename
	note := func(k schema.Key) {
		rest, ok := strings.CutPrefix(k.Name, k.Owner)
		to := tables[k.Owner]
		follows := k.Kind == schema.KindForeignKey || k.Kind == schema.KindCheck && !d.f.mariadb
		if ok && follows && to != "" && !asked[k] && madeUp.MatchString(rest) {
			out = append(out, diff.Rename{Key: k, To: to + rest})
		}
	}
	for _, o := range db.Objects() {
		note(o.Key())
		for _, p := range o.Parts() {
			note(p.Key())
		}
	}
	return out
}

// RenameStatements implements plan.Renamer: foreign keys that get another name go first and come back last; each table's
// parts change in as few statements as the servers let them, and tables get their names behind that.
func (d dialect) RenameStatements(renames []diff.Change, before, after *schema.Database) ([]plan.Statement, error) {
	var first, parts, names, last []plan.Statement
	tables := map[string]*tableRenames{}
	var order []*tableRenames
	var outer []diff.Change
	for _, c := range renames {
		k := c.Rename.Key
		switch {
		case k.Owner == "":
			outer = append(outer, c)
		case k.Kind == schema.KindForeignKey:
			f := c.After.(*schema.ForeignKey)
			definition, err := d.foreignKeyDefinition(f)
			if err != nil {
				return nil, err
			}
			first = append(first, renameStatement(c, "ALTER TABLE "+quoteIdent(k.Owner)+" DROP FOREIGN KEY "+quoteIdent(k.Name)))
			last = append(last, renameStatement(c, "ALTER TABLE "+quoteIdent(f.Table)+" ADD "+definition))
		default:
			t := tables[k.Owner]
			if t == nil {
				t = &tableRenames{d: d, before: before.Table("", k.Owner), renaming: diff.Renaming(asRenames(renames))}
				t.after = after.Table("", t.renaming.Key(t.before.Key()).Name)
				tables[k.Owner], order = t, append(order, t)
			}
			t.changes = append(t.changes, c)
		}
	}
	free := plan.FreeName(before, after)
	for _, t := range order {
		list, err := t.statements(free)
		if err != nil {
			return nil, err
		}
		parts = append(parts, list...)
	}
	names = d.renameTables(plan.Untangle(outer, plan.NamesUnder(d), free), len(outer))
	return append(append(append(first, parts...), names...), last...), nil
}

func asRenames(changes []diff.Change) []diff.Rename {
	out := make([]diff.Rename, len(changes))
	for i, c := range changes {
		out[i] = *c.Rename
	}
	return out
}

// renameStatement is a statement that serves a rename.
func renameStatement(c diff.Change, sql string) plan.Statement {
	return plan.Statement{SQL: sql, Key: c.After.Key(), Action: diff.RenameAction, Hazards: c.Hazards}
}

// renameTables gives tables, views and sequences their names. Where names are exchanged it is one statement, which the server
// carries out as a whole or not at all.
func (d dialect) renameTables(steps []plan.RenameStep, count int) []plan.Statement {
	var out []plan.Statement
	var clauses []string
	var all diff.Change
	for _, s := range steps {
		clause := quoteIdent(s.From) + " TO " + quoteIdent(s.To)
		if len(steps) == count {
			out = append(out, renameStatement(s.Change, "RENAME TABLE "+clause))
			continue
		}
		clauses = append(clauses, clause)
		hazards := append(all.Hazards, s.Hazards...)
		all = s.Change
		all.Hazards = hazards
	}
	if len(clauses) > 0 {
		out = append(out, renameStatement(all, "RENAME TABLE "+strings.Join(clauses, ", ")))
	}
	return out
}

// cannotRename is the fault for something that this server lets nobody rename.
func cannotRename(k schema.Key, text string, args ...any) error {
	name := k.Name
	if k.Owner != "" {
		name = k.Owner + "." + k.Name
	}
	return fault.New(fault.Unsupported, "%s cannot be renamed: "+text, append([]any{name}, args...)...)
}
