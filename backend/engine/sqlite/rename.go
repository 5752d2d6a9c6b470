package sqlite

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// RenamesKind implements plan.Renamer. Names of constraints mean nothing to SQLite; they change with their table.
func (dialect) RenamesKind(kind schema.Kind) bool {
	return kind == schema.KindTable || kind == schema.KindColumn || kind == schema.KindIndex
}

// Members implements plan.Renamer: SQLite has no types with members.
func (dialect) Members(schema.Object) []string { return nil }

// RenameStatements implements plan.Renamer. Indexes come first, with what they are about still under its old name: they are
// dropped and made again. Then SQLite follows new names of columns and tables itself, in keys, checks, views and triggers,
// unless it is told to behave as it once did, which rebuilding tables needs.
func (d dialect) RenameStatements(renames []diff.Change, before, after *schema.Database) ([]plan.Statement, error) {
	var drops, creates, moves []plan.Statement
	var rest []diff.Change
	statement := func(c diff.Change, sql string) plan.Statement {
		return plan.Statement{SQL: sql, Key: c.Rename.Key, Action: diff.RenameAction}
	}
	for _, c := range renames {
		i, ok := c.Before.(*schema.Index)
		if !ok {
			rest = append(rest, c)
			continue
		}
		is := *i
		is.Name = c.Rename.To
		create, err := createIndex(&is)
		if err != nil {
			return nil, err
		}
		drops = append(drops, statement(c, "DROP INDEX "+quoteIdent(i.Name)))
		creates = append(creates, statement(c, create))
	}
	free := plan.FreeName(before, after)
	for _, s := range plan.Untangle(rest, plan.NamesUnder(d), free) {
		k := s.Rename.Key
		if k.Kind == schema.KindColumn {
			moves = append(moves, statement(s.Change, "ALTER TABLE "+quoteIdent(k.Owner)+" RENAME COLUMN "+quoteIdent(s.From)+" TO "+bareOrQuoted(s.To)))
			continue
		}
		from := s.From
		if sameName(from, s.To) { // SQLite takes the new name for one that is taken
			between := free(s.Change)
			moves = append(moves, statement(s.Change, renameTable(from, between)))
			from = between
		}
		moves = append(moves, statement(s.Change, renameTable(from, s.To)))
	}
	if len(moves) > 0 {
		off, on := moves[0], moves[0]
		off.SQL, on.SQL = "PRAGMA legacy_alter_table = OFF", "PRAGMA legacy_alter_table = ON"
		moves = append(append([]plan.Statement{off}, moves...), on)
	}
	out := append(append(drops, creates...), moves...)
	r := diff.Renaming(asRenames(renames))
	for i := range out {
		out[i].Key = r.Key(out[i].Key)
	}
	for _, c := range renames {
		out[0].Hazards = append(out[0].Hazards, c.Hazards...)
	}
	return out, nil
}

func renameTable(from, to string) string {
	return "ALTER TABLE " + quoteIdent(from) + " RENAME TO " + bareOrQuoted(to)
}

func asRenames(changes []diff.Change) []diff.Rename {
	out := make([]diff.Rename, len(changes))
	for i, c := range changes {
		out[i] = *c.Rename
	}
	return out
}
