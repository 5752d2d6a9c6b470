package mysql

import (
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// tableRenames gives the parts of one table other names, while the table still has its own. MariaDB follows new names of
// columns wherever the table speaks of them. MySQL refuses to rename such columns; what speaks of them goes, or is said
// anew, in the same statement.
type tableRenames struct {
	d             dialect
	before, after *schema.Table
	renaming      *schema.Renaming
	changes       []diff.Change

	drops, renames, columns, adds []string
}

func (t *tableRenames) statements(free func(diff.Change) string) ([]plan.Statement, error) {
	var labels, indexes []diff.Change
	moved := map[string]bool{} // columns
	for _, c := range t.changes {
		switch k := c.Rename.Key; {
		case c.Rename.Member != "":
			labels = append(labels, c)
		case k.Kind == schema.KindColumn:
			moved[k.Name] = true
			t.renames = append(t.renames, "RENAME COLUMN "+quoteIdent(k.Name)+" TO "+quoteIdent(c.Rename.To))
		case k.Kind == schema.KindIndex:
			indexes = append(indexes, c)
		}
	}
	relabelled, err := t.relabel(labels)
	if err != nil {
		return nil, err
	}
	remade, err := t.dependents(moved, relabelled)
	if err != nil {
		return nil, err
	}
	indexes = slices.DeleteFunc(indexes, func(c diff.Change) bool { return remade[c.Rename.Key] })
	steps := plan.Untangle(indexes, plan.NamesUnder(t.d), free)
	var alone []string
	for _, s := range steps {
		clause := "RENAME INDEX " + quoteIdent(s.From) + " TO " + quoteIdent(s.To)
		if len(steps) == len(indexes) {
			t.renames = append(t.renames, clause)
		} else {
			alone = append(alone, clause) // one statement cannot use a name that it makes
		}
	}
	return t.assemble(labels, relabelled, alone, t.partitionedBy(moved))
}

// assemble puts the clauses into statements.
func (t *tableRenames) assemble(labels []diff.Change, relabelled map[string]bool, alone []string, partitioned bool) ([]plan.Statement, error) {
	var out []plan.Statement
	add := func(clauses ...string) {
		if len(clauses) == 0 {
			return
		}
		c := t.changes[0]
		k := c.After.Key()
		if table, ok := k.TableOf(); ok && len(t.changes) > 1 {
			k = table
		}
		out = append(out, plan.Statement{SQL: t.sql(clauses), Key: k, Action: diff.RenameAction})
	}
	if partitioned {
		add("REMOVE PARTITIONING")
	}
	if len(labels) == 0 {
		add(slices.Concat(t.drops, t.renames, t.columns, t.adds)...)
	} else {
		add(slices.Concat(t.drops, t.renames)...)
		numbers, texts, err := t.labelClauses(relabelled)
		if err != nil {
			return nil, err
		}
		add(numbers...)
		add(texts...)
		add(slices.Concat(t.columns, t.adds)...)
	}
	for _, clause := range alone {
		add(clause)
	}
	if partitioned {
		add("PARTITION BY " + t.after.PartitionBy)
	}
	for _, c := range t.changes {
		out[0].Hazards = append(out[0].Hazards, c.Hazards...)
	}
	return out, nil
}

// sql is one ALTER TABLE under the table's old name.
func (t *tableRenames) sql(clauses []string) string {
	a := &alteration{d: t.d, before: t.before, after: t.before}
	return a.sql(clauses, "")
}

// partitionedBy tells that MySQL refuses to rename a column because the table is partitioned by it.
func (t *tableRenames) partitionedBy(moved map[string]bool) bool {
	return !t.d.f.mariadb && len(moved) > 0 && t.before.PartitionBy != t.after.PartitionBy
}

// relabel are the columns whose labels get other names.
func (t *tableRenames) relabel(labels []diff.Change) (map[string]bool, error) {
	out := map[string]bool{}
	for _, c := range labels {
		out[c.Rename.Key.Name] = true
	}
	for _, col := range t.before.Columns {
		for _, k := range col.DependsOn {
			if out[k.Name] && k.Kind == schema.KindColumn && col.Name != k.Name {
				return nil, cannotRename(k, "the column %s is made of its labels; drop that column first", col.Name)
			}
		}
	}
	return out, nil
}

// labelClauses rename labels without a look at the rows' words: the column becomes the numbers of its labels, which then
// become the labels that have these numbers. No trigger runs and no ON UPDATE.
func (t *tableRenames) labelClauses(relabelled map[string]bool) (numbers, texts []string, err error) {
	for _, col := range t.before.Columns {
		if !relabelled[col.Name] {
			continue
		}
		is := t.after.Column(t.renaming.Key(col.Key()).Name)
		definition, err := t.d.columnDefinition(t.after, is)
		if err != nil {
			return nil, nil, err
		}
		number := "MODIFY COLUMN " + quoteIdent(is.Name) + " smallint unsigned"
		if is.NotNull {
			number += " NOT NULL"
		}
		numbers = append(numbers, number)
		texts = append(texts, "MODIFY COLUMN "+quoteIdent(is.Name)+" "+definition)
	}
	return numbers, texts, nil
}

// dependents finds what has to be dropped and added, or said anew, around the renames; remade are the keys of the former.
func (t *tableRenames) dependents(moved, relabelled map[string]bool) (remade map[schema.Key]bool, err error) {
	remade = map[schema.Key]bool{}
	asked := map[schema.Key]bool{}
	for _, c := range t.changes {
		if c.Rename.Key.Kind == schema.KindCheck {
			asked[c.Rename.Key] = true
		}
	}
	uses := func(o schema.Object, columns map[string]bool) bool {
		return slices.ContainsFunc(o.Extra().DependsOn, func(k schema.Key) bool {
			return k.Kind == schema.KindColumn && k.Owner == t.before.Name && columns[k.Name]
		})
	}
	strict := func(o schema.Object) bool { return !t.d.f.mariadb && uses(o, moved) }
	for _, c := range t.before.Constraints {
		if c.Kind != schema.KindCheck || !asked[c.Key()] && !strict(c) && !uses(c, relabelled) {
			continue
		}
		if err := t.remake(c, t.d.dropConstraint(c)); err != nil {
			return nil, err
		}
		remade[c.Key()] = true
	}
	for _, i := range t.before.Indexes {
		if !strict(i) {
			continue
		}
		if err := t.remake(i, "DROP KEY "+quoteIdent(i.Name)); err != nil {
			return nil, err
		}
		remade[i.Key()] = true
	}
	for _, col := range t.before.Columns {
		if !strict(col) || col.Generated == "" && !strings.HasPrefix(col.Default, "(") {
			continue
		}
		is := t.after.Column(t.renaming.Key(col.Key()).Name)
		definition, err := t.d.columnDefinition(t.after, is)
		if err != nil {
			return nil, err
		}
		if moved[col.Name] {
			t.renames = slices.DeleteFunc(t.renames, func(r string) bool {
				return r == "RENAME COLUMN "+quoteIdent(col.Name)+" TO "+quoteIdent(is.Name)
			})
			t.columns = append(t.columns, "CHANGE COLUMN "+quoteIdent(col.Name)+" "+quoteIdent(is.Name)+" "+definition)
			continue
		}
		t.columns = append(t.columns, "MODIFY COLUMN "+quoteIdent(is.Name)+" "+definition)
	}
	return remade, nil
}

// remake drops a part and adds what becomes of it.
func (t *tableRenames) remake(o schema.Object, drop string) error {
	k := t.renaming.Key(o.Key())
	var definition string
	var err error
	switch is := t.part(k).(type) {
	case *schema.Constraint:
		definition, err = t.d.constraintDefinition(is)
	case *schema.Index:
		definition, err = t.d.indexDefinition(is)
	default:
		return fmt.Errorf("%s is not there under its new name", k)
	}
	t.drops, t.adds = append(t.drops, drop), append(t.adds, "ADD "+definition)
	return err
}

func (t *tableRenames) part(k schema.Key) schema.Object {
	for _, p := range t.after.Parts() {
		if p.Key() == k {
			return p
		}
	}
	return nil
}
