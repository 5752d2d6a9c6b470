package translate

import (
	"slices"

	"database-structure-sync/backend/schema"
)

// foreignKey translates a foreign key.
func (tr *translation) foreignKey(src *schema.ForeignKey) {
	table := schema.Key{Kind: schema.KindTable, Schema: src.Schema, Name: src.Table}
	at, ok := tr.tables[table]
	if !ok {
		return
	}
	key := schema.Key{Kind: schema.KindForeignKey, Schema: at.Schema, Owner: at.Name, Name: src.Name}
	ref, ok := tr.tables[src.RefKey()]
	if !ok {
		tr.about(key, src.Key(), Note{Code: ForeignTable, Severity: Blocked, Args: []string{src.RefKey().String()}})
		return
	}
	st, rt := tr.source.Get(table).(*schema.Table), tr.source.Get(src.RefKey()).(*schema.Table)
	f := &schema.ForeignKey{
		Schema: at.Schema, Table: at.Name, Name: tr.foreignKeyName(src, at), Columns: tr.newNames(st, src.Columns),
		RefSchema: ref.Schema, RefTable: ref.Name, RefColumns: tr.newNames(rt, src.RefColumns),
	}
	key.Name = f.Name
	if !tr.haveColumns(at, f.Columns) || !tr.haveColumns(ref, f.RefColumns) {
		tr.about(key, src.Key(), Note{Code: ForeignTable, Severity: Blocked, Args: []string{"column"}})
		return
	}
	if !tr.isKey(ref, f.RefColumns) {
		tr.about(key, src.Key(), Note{Code: NoKeyReferenced, Severity: Blocked, Args: f.RefColumns})
		return
	}
	f.OnDelete, f.OnUpdate = tr.action(src, key, src.OnDelete), tr.action(src, key, src.OnUpdate)
	tr.foreignKeyOptions(src, f, key)
	if tr.to.postgres() {
		f.Comment = src.Comment
	}
	tr.out.Put(f)
}

func (tr *translation) foreignKeyName(src *schema.ForeignKey, at schema.Key) string {
	if src.Attrs.Get("unnamed") != "" {
		table := schema.Key{Kind: schema.KindTable, Schema: src.Schema, Name: src.Table}
		st := tr.source.Get(table).(*schema.Table)
		return tr.to.fit(madeName(at.Name, tr.newNames(st, src.Columns), "fkey"))
	}
	return tr.to.fit(src.Name)
}

func (tr *translation) haveColumns(table schema.Key, columns []string) bool {
	t := tr.out.Table(table.Schema, table.Name)
	return t != nil && !slices.ContainsFunc(columns, func(c string) bool { return t.Column(c) == nil })
}

// isKey tells that the columns are a key of the table in the target, as all but MySQL want it of what is referenced.
func (tr *translation) isKey(table schema.Key, columns []string) bool {
	t := tr.out.Table(table.Schema, table.Name)
	if t == nil {
		return false
	}
	return slices.ContainsFunc(keysOf(t, tr.to), func(k key) bool {
		return k.unique && k.predicate == "" && sameSet(columnsOf(k.parts), columns) && !slices.ContainsFunc(k.parts, func(p schema.IndexPart) bool { return p.Length > 0 })
	})
}

func sameSet(a, b []string) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
}

// action is a referential action in the target's words: each engine has another one for doing nothing.
func (tr *translation) action(src *schema.ForeignKey, at schema.Key, action string) string {
	if tr.to.mysql() && action == "SET DEFAULT" {
		tr.about(at, src.Key(), Note{Code: ActionLost, Severity: Lossy, Args: []string{action}})
		action = ""
	}
	if action != "" && action != "NO ACTION" && action != "RESTRICT" {
		return action
	}
	return tr.to.noAction(action)
}

// noAction is how the dialect's model says that nothing is done. MySQL and MariaDB check at once, and each calls that by
// its own word; PostgreSQL and SQLite know the difference.
func (d dialect) noAction(action string) string {
	switch {
	case d.mariadb():
		return "RESTRICT"
	case d.mysql():
		return "NO ACTION"
	case action == "RESTRICT":
		return "RESTRICT"
	}
	return ""
}

func (tr *translation) foreignKeyOptions(src, f *schema.ForeignKey, at schema.Key) {
	if src.Match == "FULL" {
		if tr.to.postgres() || len(f.Columns) == 1 {
			if tr.to.postgres() {
				f.Match = src.Match
			}
		} else {
			tr.about(at, src.Key(), Note{Code: MatchLost, Severity: Lossy})
		}
	}
	if src.Deferrable || src.InitiallyDeferred {
		switch {
		case tr.to.mysql(), tr.to.sqlite() && !src.InitiallyDeferred:
			tr.about(at, src.Key(), Note{Code: DeferrableLost, Severity: Lossy})
		default:
			f.Deferrable, f.InitiallyDeferred = true, src.InitiallyDeferred
		}
	}
	if src.NotEnforced || src.NotValid {
		tr.about(at, src.Key(), Note{Code: DisabledLost, Severity: Info})
	}
	if len(src.SetColumns) > 0 {
		tr.about(at, src.Key(), Note{Code: ActionLost, Severity: Lossy, Args: src.SetColumns})
	}
}
