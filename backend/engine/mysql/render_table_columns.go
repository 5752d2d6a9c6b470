package mysql

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// columnClauses drop, add, change and move columns.
func (a *alteration) columnClauses() {
	op := a.op
	op.Parts = slices.Clone(op.Parts)
	if a.newPeriod = rebuildsPeriod(op, a.before, a.after); a.newPeriod {
		op.Parts = a.withRowTimeReplaced(op.Parts)
	}
	for i, p := range op.Parts {
		if p.Key().Kind != schema.KindColumn {
			continue
		}
		switch {
		case p.Action == diff.Replace && a.rebuiltFirst(p.Key()):
			a.rebuild(p.Before.(*schema.Column))
			op.Parts[i].Action = diff.Alter
		case p.Action != diff.Replace && p.Action != diff.Drop:
		case a.newPeriod && isRowTime(p.Before.(*schema.Column)):
			a.prelude = append(a.prelude, "DROP COLUMN "+quoteIdent(p.Before.Key().Name))
		default:
			a.drops = append(a.drops, "DROP COLUMN "+quoteIdent(p.Before.Key().Name))
		}
	}
	for _, s := range columnSteps(op, a.before, a.after) {
		if a.saysDefault(s) || a.unmarks(s) {
			s.alters = true
		}
		a.columnClause(s)
	}
}

func (a *alteration) columnClause(s columnStep) {
	if s.was != "" && !s.alters && !s.moves {
		return
	}
	definition, err := a.d.columnDefinition(a.after, s.column)
	if err != nil {
		a.fail(err)
		return
	}
	if s.column.Attrs.Get(attrWithoutSV) != "" && a.startsHistory() {
		// WITHOUT SYSTEM VERSIONING can be said of columns only once the table has a history.
		a.later = append(a.later, "MODIFY COLUMN "+quoteIdent(s.column.Name)+" "+definition)
		plain := *s.column
		plain.Attrs.Set(attrWithoutSV, "", schema.ClassStructure)
		if definition, err = a.d.columnDefinition(a.after, &plain); err != nil {
			a.fail(err)
			return
		}
	}
	if a.d.addsDefaultLater(s.column) {
		a.later = append(a.later, "ALTER COLUMN "+quoteIdent(s.column.Name)+" SET DEFAULT "+defaultValue(s.column))
		plain := *s.column
		plain.Default = ""
		if definition, err = a.d.columnDefinition(a.after, &plain); err != nil {
			a.fail(err)
			return
		}
	}
	verb, name := "MODIFY COLUMN ", quoteIdent(s.column.Name)
	switch {
	case s.was == "":
		verb = "ADD COLUMN "
	case s.was != s.column.Name:
		verb = "CHANGE COLUMN " + quoteIdent(s.was) + " "
	}
	a.columns = append(a.columns, verb+name+" "+definition+s.place())
}

// saysDefault tells that a kept column must be said again because the table's default charset changes: MySQL remembers
// whether a column's charset was said, and prints it accordingly ever after.
func (a *alteration) saysDefault(s columnStep) bool {
	return !a.d.f.mariadb && s.was != "" && s.column.Charset != "" && changed(a.before, a.after, attrCharset, attrCollation)
}

// unmarks tells that a column would be left out of the history that the table gets, because it once was.
func (a *alteration) unmarks(s columnStep) bool {
	was := a.before.Column(s.was)
	return was != nil && was.Spelling.Get(attrWithoutSV) != "" && s.column.Attrs.Get(attrWithoutSV) == "" && a.startsHistory()
}

// rebuiltFirst tells that the column was virtual and becomes plain. No server does that in place: a prelude makes it a
// stored one, which can then become plain and keeps its values, unless there is no way between the types.
func (a *alteration) rebuiltFirst(k schema.Key) bool {
	if k.Kind != schema.KindColumn || k.Owner != a.after.Name {
		return false
	}
	was, is := a.before.Column(k.Name), a.after.Column(k.Name)
	return was != nil && is != nil && was.GeneratedKind == "VIRTUAL" && is.GeneratedKind == "" && a.d.converts(was.Type.Text, is.Type.Text)
}

// rebuild replaces a virtual column by a stored one in the same place.
func (a *alteration) rebuild(c *schema.Column) {
	stored := *c
	stored.GeneratedKind = "STORED"
	definition, err := a.d.columnDefinition(a.before, &stored)
	if err != nil {
		a.fail(err)
		return
	}
	place := " FIRST"
	for i, other := range a.before.Columns {
		if other.Name == c.Name && i > 0 {
			place = " AFTER " + quoteIdent(a.before.Columns[i-1].Name)
		}
	}
	name := quoteIdent(c.Name)
	a.prelude = append(a.prelude, "DROP COLUMN "+name, "ADD COLUMN "+name+" "+definition+place)
}

// addsDefaultLater tells that MySQL refuses to add a column in a statement in which this one has its default (error 1674),
// for fear that replicas would fill in other values. SET DEFAULT takes it.
func (d dialect) addsDefaultLater(c *schema.Column) bool {
	if d.f.mariadb || !strings.HasPrefix(c.Default, "(") {
		return false
	}
	tokens, err := tokenize(c.Default)
	if err != nil {
		return false
	}
	for i, t := range tokens {
		if t.kind == tokWord && i+1 < len(tokens) && tokens[i+1].punct("(") && unsafeFunctions[strings.ToLower(t.text)] {
			return true
		}
	}
	return false
}

// unsafeFunctions are those whose values differ on a replica.
var unsafeFunctions = map[string]bool{
	"uuid": true, "uuid_short": true, "rand": true, "random_bytes": true, "sysdate": true, "user": true, "current_user": true,
	"session_user": true, "system_user": true,
}
