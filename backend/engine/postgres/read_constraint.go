package postgres

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// Columns of the statement about constraints.
const (
	conOID = iota
	conName
	conType
	conTable
	conDomain
	conIndex
	conParent
	conRefTable
	conDeferrable
	conDeferred
	conValidated
	conNoInherit
	conLocal
	conInherited
	conOnUpdate
	conOnDelete
	conMatch
	conColumns
	conRefColumns
	conText
	conSetColumns
	conEnforced
	conPeriod
)

type constraintRow = row

// constraintQueries read the constraints of tables and domains. Only what is stored as an expression is deparsed.
func constraintQueries(v version) []query {
	return []query{{"constraints", `
SELECT oid, conname, contype, conrelid, contypid, conindid, conparentid, confrelid, condeferrable, condeferred, convalidated,
       connoinherit, conislocal, coninhcount, confupdtype, confdeltype, confmatchtype, conkey, confkey,
       CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) WHEN 'x' THEN pg_get_constraintdef(oid) END, ` +
		v.since(15, "confdelsetcols", "NULL") + ", " + v.since(18, "conenforced", "true") + ", " + v.since(18, "conperiod", "false") + `
  FROM pg_constraint WHERE oid >= 16384 AND contype <> 't'`, (*reader).constraintRow}}
}

func (r *reader) constraintRow(w constraintRow) error {
	if w.oid(conTable) == 0 {
		r.domainConstraint(w)
		return nil
	}
	rel := r.relations[w.oid(conTable)]
	if rel == nil || rel.table == nil {
		return nil
	}
	switch w.char(conType) {
	case 'f':
		r.foreignKey(w, rel)
	case 'n':
		r.notNull(w, rel)
	default:
		r.tableConstraint(w, rel)
	}
	return nil
}

var constraintKinds = map[byte]schema.Kind{
	'p': schema.KindPrimaryKey, 'u': schema.KindUnique, 'c': schema.KindCheck, 'x': schema.KindExclusion,
}

func (r *reader) tableConstraint(w constraintRow, rel *relation) {
	oid := w.oid(conOID)
	c := &schema.Constraint{
		Kind: constraintKinds[w.char(conType)], Schema: rel.schema, Table: rel.name, Name: w.text(conName),
		Deferrable: w.is(conDeferrable), InitiallyDeferred: w.is(conDeferred),
		NotEnforced: !w.is(conEnforced), Inherited: !w.is(conLocal) && w.num(conInherited) > 0,
	}
	c.NotValid = !w.is(conValidated) && !c.NotEnforced // what is not enforced is never validated
	columns := w.nums(conColumns)
	switch c.Kind {
	case schema.KindCheck:
		c.NoInherit = w.is(conNoInherit) // the keys of a table are always so
		c.Expr = stripParens(w.name(conText))
		spell(&c.Base, spellDefinition, &c.Expr)
		c.DependsOn = rel.columnKeys(columns)
	case schema.KindExclusion:
		c.Expr = exclusionText(w.text(conText))
		spell(&c.Base, spellDefinition, &c.Expr)
		c.DependsOn = rel.columnKeys(columns)
		r.backing[w.oid(conIndex)] = c
	default:
		for _, name := range rel.columnNames(columns) {
			c.Columns = append(c.Columns, schema.IndexPart{Column: name})
		}
		c.WithoutOverlaps = w.is(conPeriod)
		r.backing[w.oid(conIndex)] = c
	}
	r.track(classConstraint, oid, c)
	if parent := w.oid(conParent); parent != 0 {
		r.pending = append(r.pending, func() { c.Parent = r.key(classConstraint, parent) })
	}
	rel.table.Constraints = append(rel.table.Constraints, c)
}

// exclusionText is what pg_get_constraintdef says of an exclusion constraint, from USING on and without what the model
// has properties for.
func exclusionText(definition string) string {
	text := strings.TrimPrefix(definition, "EXCLUDE ")
	for _, suffix := range []string{" INITIALLY DEFERRED", " DEFERRABLE"} {
		text = strings.TrimSuffix(text, suffix)
	}
	return text
}

// notNullRow is a NOT NULL constraint as PostgreSQL 18 keeps it; older servers have only the column's flag.
type notNullRow struct {
	rel                  *relation
	attnum               int
	name, comment        string
	noInherit, validated bool
}

func (r *reader) notNull(w constraintRow, rel *relation) {
	columns := w.nums(conColumns)
	if len(columns) != 1 {
		return
	}
	r.notNulls = append(r.notNulls, notNullRow{
		rel: rel, attnum: columns[0], name: w.text(conName), comment: r.comments[address{class: classConstraint, oid: w.oid(conOID)}],
		noInherit: w.is(conNoInherit), validated: w.is(conValidated),
	})
}

// nameNotNulls notes what is not as it would be by itself: names other than the one made of table and column (chosen by
// a user, left from before a renaming, or a parent's), NO INHERIT, NOT VALID.
func (r *reader) nameNotNulls() {
	for _, n := range r.notNulls {
		rel := n.rel
		if rel.column(n.attnum) == "" || rel.columns[n.attnum-1].column == nil {
			continue
		}
		c := rel.columns[n.attnum-1].column
		if n.name != notNullName(rel.name, c.Name) {
			c.Attrs.Set(attrNotNullName, quoteIdent(n.name), schema.ClassNotNullName)
		}
		var options []string
		if n.noInherit {
			options = append(options, "NO INHERIT")
		}
		if !n.validated {
			options = append(options, "NOT VALID")
		}
		c.Attrs.Set(attrNotNullOpts, strings.Join(options, " "), schema.ClassStructure)
		c.Attrs.Set(attrConstraintComment+n.name, n.comment, schema.ClassNotNullName) // there is none before 18
	}
}

// sortParts brings a table's constraints and indexes, and a domain's checks, into the order of the model.
func sortParts(t *schema.Table) {
	slices.SortFunc(t.Constraints, func(x, y *schema.Constraint) int { return x.Key().Compare(y.Key()) })
	slices.SortFunc(t.Indexes, func(x, y *schema.Index) int { return x.Key().Compare(y.Key()) })
}
