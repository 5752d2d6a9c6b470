package postgres

import (
	"fmt"
	"strings"

	"database-structure-sync/backend/schema"
)

// Columns of the statement about indexes.
const (
	idxOID = iota
	idxTable
	idxName
	idxMethod
	idxSpace
	idxOptions
	idxUnique
	idxValid
	idxClustered
	idxReplica
	idxNullsNotDistinct
	idxKeyParts
	idxColumns
	idxCollations
	idxOpclasses
	idxDirections
	idxExprs
	idxDefinition
	idxPredicate
	idxParent
	idxMethodOID
)

// indexQueries read the indexes of tables and materialized views. Only expressions, the predicate and, where there are
// expressions, the whole definition are deparsed.
func indexQueries(v version) []query {
	return []query{
		{"indexes", `
SELECT i.indexrelid, i.indrelid, c.relname, a.amname, s.spcname, c.reloptions, i.indisunique, i.indisvalid, i.indisclustered,
       i.indisreplident, ` + v.since(15, "i.indnullsnotdistinct", "false") + `, i.indnkeyatts, i.indkey, i.indcollation, i.indclass, i.indoption,
       CASE WHEN i.indexprs IS NOT NULL THEN
            ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, false) FROM generate_series(1, i.indnkeyatts) n) END,
       CASE WHEN i.indexprs IS NOT NULL OR h.relkind = 'm' THEN pg_get_indexdef(i.indexrelid) END, pg_get_expr(i.indpred, i.indrelid),
       p.inhparent, a.oid
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_class h ON h.oid = i.indrelid
  JOIN pg_am a ON a.oid = c.relam
  LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
  LEFT JOIN pg_inherits p ON p.inhrelid = i.indexrelid
 WHERE i.indexrelid >= 16384 AND h.relkind IN ('r', 'p', 'm')`, (*reader).indexRow},
	}
}

// indexParts is an index on its way: its attributes come with a later statement.
type indexParts struct {
	base       *schema.Base
	columns    []schema.IndexPart
	opclasses  []string // of the columns, as texts, also where the server would take them by itself
	statistics []string
}

// settings are what a column of the index has beside: parameters of its operator class, a statistics target.
func (p *indexParts) settings(attnum int, w row) {
	if attnum > len(p.columns) {
		return
	}
	if options := w.list(3); len(options) > 0 {
		p.columns[attnum-1].OpClass = p.opclasses[attnum-1] + " (" + joinOptions("", options) + ")"
	}
	if !w.null(2) {
		p.statistics = append(p.statistics, fmt.Sprintf("%d=%d", attnum, w.num(2)))
		p.base.Attrs.Set(attrStatistics, strings.Join(p.statistics, ", "), schema.ClassStorage)
	}
}

func (r *reader) indexRow(w row) error {
	rel := r.relations[w.oid(idxTable)]
	switch {
	case rel == nil:
	case rel.view != nil:
		r.viewIndex(w, rel)
	case r.backing[w.oid(idxOID)] != nil:
		r.constraintIndex(w, rel, r.backing[w.oid(idxOID)])
	case rel.table != nil:
		r.tableIndex(w, rel)
	}
	return nil
}

// viewIndex notes an index of a materialized view, which is no part of a table.
func (r *reader) viewIndex(w row, rel *relation) {
	oid, name := w.oid(idxOID), w.text(idxName)
	definition := w.text(idxDefinition)
	if space := w.text(idxSpace); space != "" {
		definition = withTablespace(definition, quoteIdent(space))
	}
	rel.view.Attrs.Set(attrIndex+name, definition, schema.ClassStructure)
	rel.view.Attrs.Set(attrIndexComment+name, r.comments[address{class: classIndex, oid: oid}], schema.ClassComment)
	if w.is(idxClustered) {
		rel.view.Attrs.Set(attrClusterOn, quoteIdent(name), schema.ClassStorage)
	}
	r.bases[address{class: classIndex, oid: oid}] = &rel.view.Base
}

// withTablespace puts the tablespace where the syntax wants it: before the predicate, if there is one.
func withTablespace(definition, space string) string {
	head, tail := definition, ""
	for _, i := range wordsOutside(definition, " WHERE ") {
		head, tail = definition[:i], definition[i:]
		break
	}
	return head + " TABLESPACE " + space + tail
}

// tableFactsOfIndex are facts that the catalogs keep with the index but that belong to its table.
func (r *reader) tableFactsOfIndex(w row, rel *relation) {
	name := quoteIdent(w.text(idxName))
	if w.is(idxClustered) {
		rel.table.Attrs.Set(attrClusterOn, name, schema.ClassStorage)
	}
	if w.is(idxReplica) {
		rel.table.Attrs.Set(attrReplicaIdentity, "USING INDEX "+name, schema.ClassStructure)
	}
}

// indexFacts are what an index has of itself, whether a constraint stands for it or not.
func (r *reader) indexFacts(w row, rel *relation, base *schema.Base) {
	base.Attrs.Set(attrStorageParams, joinOptions("", w.list(idxOptions)), schema.ClassStorage)
	base.Attrs.Set(attrTablespace, quoteName(w.text(idxSpace)), schema.ClassStorage)
	if !w.is(idxValid) && rel.kind != 'p' { // that of a partitioned table is so until every partition has it
		base.Attrs.Set(attrInvalid, "yes", schema.ClassStructure)
	}
	base.DependsOn = append(base.DependsOn, r.memberOf(classAccessMethod, w.oid(idxMethodOID))...)
	r.tableFactsOfIndex(w, rel)
}

// constraintIndex adds to a constraint what only the index behind it knows.
func (r *reader) constraintIndex(w row, rel *relation, c *schema.Constraint) {
	oid := w.oid(idxOID)
	r.indexFacts(w, rel, &c.Base)
	if c.Kind == schema.KindExclusion {
		c.Attrs.Set(attrStorageParams, "", schema.ClassStorage) // they stand in its text
	} else {
		c.NullsNotDistinct = w.is(idxNullsNotDistinct)
		columns := w.nums(idxColumns)
		c.Include = nonEmpty(rel.columnNames(columns[w.num(idxKeyParts):]))
	}
	r.note(classIndex, oid, c)
	if comment := r.comments[address{class: classIndex, oid: oid}]; comment != "" {
		c.Attrs.Set(attrIndexComment+c.Name, comment, schema.ClassComment)
	}
}

func (r *reader) tableIndex(w row, rel *relation) {
	oid := w.oid(idxOID)
	i := &schema.Index{
		Schema: rel.schema, Table: rel.name, Name: w.text(idxName), Unique: w.is(idxUnique), Predicate: stripParens(w.text(idxPredicate)),
		NullsNotDistinct: w.is(idxNullsNotDistinct),
	}
	spell(&i.Base, spellDefinition, &i.Predicate)
	if method := w.name(idxMethod); method != "btree" {
		i.Method = method
	}
	columns := w.nums(idxColumns)
	keyParts := min(w.num(idxKeyParts), len(columns))
	i.Include = nonEmpty(rel.columnNames(columns[keyParts:]))
	i.Columns = r.keyColumns(w, rel, columns[:keyParts])
	r.indexFacts(w, rel, &i.Base)
	r.track(classIndex, oid, i)
	r.indexes[oid] = &indexParts{base: &i.Base, columns: i.Columns, opclasses: r.opclassNames(w.nums(idxOpclasses))}
	if parent := w.oid(idxParent); parent != 0 {
		r.pending = append(r.pending, func() { i.Parent = r.key(classIndex, parent) })
	}
	rel.table.Indexes = append(rel.table.Indexes, i)
}

// keyColumns reads the key parts. Where one is an expression, the server's own definition tells what its collation and
// operator class would be by themselves.
func (r *reader) keyColumns(w row, rel *relation, columns []int) []schema.IndexPart {
	collations, opclasses, directions := w.nums(idxCollations), w.nums(idxOpclasses), w.nums(idxDirections)
	var expressions, written []string
	if !w.null(idxExprs) {
		expressions, written = w.list(idxExprs), indexDefinitionParts(w.text(idxDefinition))
	}
	parts := make([]schema.IndexPart, len(columns))
	for n, attnum := range columns {
		p := &parts[n]
		const descending, nullsFirst = 1, 2
		p.Desc = directions[n]&descending != 0
		first := directions[n]&nullsFirst != 0
		p.NullsFirst, p.NullsLast = first && !p.Desc, !first && p.Desc
		collationOID, opclassOID := uint32(collations[n]), uint32(opclasses[n])
		if attnum == 0 {
			p.Expr = stripParens(expressions[n])
			collated, classed := decorations(written, n, expressions[n])
			if collated {
				p.Collation, _ = r.collate(collationOID, 0)
			}
			if classed {
				p.OpClass = r.opclasses[opclassOID].text
			}
			continue
		}
		ref := rel.columns[attnum-1]
		p.Column = ref.name
		p.Collation, _ = r.collate(collationOID, ref.collation)
		p.OpClass = r.opclassText(opclassOID, ref.typ.oid)
	}
	return parts
}

// indexDefinitionParts are the key parts in a definition by pg_get_indexdef, as written there.
func indexDefinitionParts(definition string) []string {
	start := wordsOutside(definition, " USING ")
	if len(start) == 0 {
		return nil
	}
	open := strings.IndexByte(definition[start[0]:], '(')
	if open < 0 {
		return nil
	}
	rest := definition[start[0]+open:]
	end := closingParen(rest)
	if end < 0 {
		return nil
	}
	parts := splitOutside(rest[1:end], ',')
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// decorations tells whether a written key part names a collation and an operator class behind its expression.
func decorations(written []string, n int, expression string) (collated, classed bool) {
	if n >= len(written) {
		return false, false
	}
	rest, found := strings.CutPrefix(written[n], expression)
	if !found {
		return false, false
	}
	if after, ok := strings.CutPrefix(rest, " COLLATE "); ok {
		collated, rest = true, after[identEnd(after):]
	}
	for _, word := range []string{" NULLS FIRST", " NULLS LAST", " DESC"} {
		rest = strings.TrimSuffix(rest, word)
	}
	return collated, strings.TrimSpace(rest) != ""
}

func nonEmpty(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	return names
}
