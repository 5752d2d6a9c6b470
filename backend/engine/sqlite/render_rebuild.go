package sqlite

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// rebuild makes the table anew beside itself, copies the rows, and puts it in the place of the old one, as SQLite's
// documentation has it (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes"). Indexes and triggers
// that go down with the old table and are the same afterwards come back here; the others have nodes of their own. Views and
// foreign keys speak of the table by its name and notice nothing.
func (a *alteration) rebuild() (plan.Node, error) {
	// For the planner the table goes and comes back: what depends on it leaves before and returns behind.
	node := plan.Node{Drops: withoutIndexes(a.before), Creates: withoutIndexes(a.after)}
	name := a.freeName()
	create, err := createTable(a.after, name, a.isForeign, a.world.After)
	if err != nil {
		return node, err
	}
	add := func(sql string) *plan.Statement {
		node.Statements = append(node.Statements, plan.Statement{SQL: sql, Key: a.after.Key(), Action: diff.Alter, Reason: a.op.Reason})
		return &node.Statements[len(node.Statements)-1]
	}
	add(create)
	hazards := a.hazards()
	if rows := a.copyRows(name); rows != "" {
		add(rows).Hazards = hazards
	} else {
		node.Statements[0].Hazards = hazards
	}
	for _, sql := range a.keepCounter(name) {
		add(sql)
	}
	add("DROP TABLE " + quoteIdent(a.before.Name))
	add("ALTER TABLE " + quoteIdent(name) + " RENAME TO " + quoteIdent(a.after.Name))
	again, err := a.again()
	node.Statements = append(node.Statements, again...)
	return node, err
}

// freeName is a name for the new table while the old one is there.
func (a *alteration) freeName() string {
	taken := map[string]bool{}
	for _, db := range []*schema.Database{a.world.Before, a.world.After} {
		for _, o := range db.Objects() {
			taken[fold(o.Key().Name)] = true
			for _, p := range o.Parts() {
				taken[fold(p.Key().Name)] = true
			}
		}
	}
	name := "new_" + a.after.Name
	for taken[fold(name)] {
		name = "_" + name
	}
	return name
}

// copyRows copies what both tables have. An explicit OR ABORT keeps the new table from resolving conflicts in its own ways,
// which would lose rows without a word.
func (a *alteration) copyRows(name string) string {
	var into, from []string
	add := func(column, source string) {
		into, from = append(into, column), append(from, "o."+source)
	}
	old := a.sources()
	alias := a.rowidName()
	newKey := rowidColumn(a.after)
	if alias != "" && newKey == "" {
		add(alias, alias)
	}
	for _, c := range a.after.Columns {
		switch source := old[c.Name]; {
		case c.GeneratedKind != "":
		case source != "":
			add(quoteIdent(c.Name), quoteIdent(source))
		case alias != "" && c.Name == newKey:
			add(quoteIdent(c.Name), alias)
		}
	}
	if len(into) == 0 {
		return ""
	}
	verb := "INSERT INTO "
	if resolvesConflicts(a.after) {
		verb = "INSERT OR ABORT INTO "
	}
	return verb + quoteIdent(name) + " (" + strings.Join(into, ", ") + ")\nSELECT " + strings.Join(from, ", ") + "\nFROM " + quoteIdent(a.before.Name) + " AS o"
}

// sources are the columns that the values of the new columns come from: those of the same name, or of the name that is
// changed.
func (a *alteration) sources() map[string]string {
	old := map[string]string{}
	for _, c := range a.after.Columns {
		for _, b := range a.before.Columns {
			if sameName(c.Name, b.Name) {
				old[c.Name] = b.Name
			}
		}
	}
	for _, p := range a.op.Parts {
		if p.Before != nil && p.After != nil && p.After.Key().Kind == schema.KindColumn {
			old[p.After.Key().Name] = p.Before.Key().Name
		}
	}
	return old
}

// rowidName is a name by which the rowid can be had in the old and the new table; "" when one of them has none.
func (a *alteration) rowidName() string {
	if a.before.Attrs.Get(attrWithoutRowid) != "" || a.after.Attrs.Get(attrWithoutRowid) != "" {
		return ""
	}
	for _, name := range []string{"rowid", "_rowid_", "oid"} {
		taken := func(c *schema.Column) bool { return sameName(c.Name, name) }
		if !slices.ContainsFunc(a.before.Columns, taken) && !slices.ContainsFunc(a.after.Columns, taken) {
			return name
		}
	}
	return ""
}

// rowidColumn is the column that is the rowid under another name; "" when there is none.
func rowidColumn(t *schema.Table) string {
	pk := t.PrimaryKey()
	if pk == nil || len(pk.Columns) != 1 || pk.Columns[0].Desc || t.Attrs.Get(attrWithoutRowid) != "" {
		return ""
	}
	if c := t.Column(pk.Columns[0].Column); c != nil && c.Type.Text == "INTEGER" {
		return c.Name
	}
	return ""
}

func resolvesConflicts(t *schema.Table) bool {
	for _, c := range t.Columns {
		if c.Attrs.Get(attrNotNullConflict) != "" {
			return true
		}
	}
	return slices.ContainsFunc(t.Constraints, func(c *schema.Constraint) bool { return c.Attrs.Get(attrOnConflict) != "" })
}

// keepCounter carries the counter of AUTOINCREMENT over, which may be ahead of the highest row.
func (a *alteration) keepCounter(name string) []string {
	counts := func(t *schema.Table) bool {
		return slices.ContainsFunc(t.Columns, func(c *schema.Column) bool { return c.AutoIncrement })
	}
	if !counts(a.before) || !counts(a.after) {
		return nil
	}
	return []string{
		"DELETE FROM sqlite_sequence WHERE name = " + quoteString(name),
		"INSERT INTO sqlite_sequence (name, seq) SELECT " + quoteString(name) + ", seq FROM sqlite_sequence WHERE name = " + quoteString(a.before.Name),
	}
}

// again makes the indexes and triggers anew that were dropped with the old table and are the same afterwards.
func (a *alteration) again() ([]plan.Statement, error) {
	var out []plan.Statement
	reason := plan.ReasonStepsAside + " " + a.after.Key().String()
	moved := map[schema.Key]bool{}
	for _, p := range a.op.Parts {
		moved[p.Key()] = true
	}
	for _, i := range a.after.Indexes {
		if moved[i.Key()] {
			continue
		}
		sql, err := createIndex(i)
		if err != nil {
			return nil, err
		}
		out = append(out, plan.Statement{SQL: sql, Key: i.Key(), Action: diff.Create, Reason: reason})
	}
	for _, o := range a.world.Before.Objects() {
		k := o.Key()
		if k.Kind != schema.KindTrigger || k.Owner != a.before.Name {
			continue
		}
		after, _ := a.world.After.Get(k).(*schema.Scripted)
		if after == nil || after.Definition != o.(*schema.Scripted).Definition {
			continue
		}
		out = append(out, plan.Statement{SQL: scriptedText(after), Key: k, Action: diff.Create, Reason: reason})
	}
	return out, nil
}

// hazards are those of everything that happens to the table, once each.
func (a *alteration) hazards() []hazard.Hazard {
	list := a.d.opHazards(plan.Op{Action: diff.Alter, Before: a.before, After: a.after})
	for _, p := range a.op.Parts {
		if either(p).Key().Kind != schema.KindIndex {
			list = append(list, a.d.opHazards(p)...)
		}
	}
	was := map[schema.Key]schema.Object{}
	for _, f := range a.wasForeign {
		was[f.Key()] = f
	}
	for _, f := range a.isForeign {
		if old := was[f.Key()]; old == nil || len(changedProps(old, f)) > 0 {
			list = append(list, foreignKeyHazards(f)...)
		}
	}
	return distinct(append(list, hazard.New(hazard.TableRewrite, a.after.Name)))
}
