package translate

import (
	"strings"
	"unicode"

	"database-structure-sync/backend/schema"
)

// What ON UPDATE CURRENT_TIMESTAMP does in MySQL and MariaDB, a trigger does elsewhere. It is made where a rule asks for it, is
// known again by its name and text, goes when the source's column does not say so any more, and becomes ON UPDATE on the way back.

// TouchOfColumn and TouchOfAll are the words by which rules name the clause: of one column, and of all.
const (
	TouchOfColumn = " on update" // behind its name
	TouchOfAll    = "on update current_timestamp"
)

// What a rule for ON UPDATE can ask for.
const (
	ByTrigger = "trigger"
	ByNobody  = "none"
)

// touchNames is what names of triggers and functions end in.
const touchNames = "_touch"

// touching are the objects of a target, the trigger last, that give a column of the table the time whenever a row changes.
func touching(d dialect, t *schema.Table, column string) []*schema.Scripted {
	switch {
	case d.postgres():
		return touchingPostgres(d, t, column)
	case d.sqlite():
		return touchingSQLite(d, t, column)
	}
	return nil
}

func touchingPostgres(d dialect, t *schema.Table, column string) []*schema.Scripted {
	name, c := d.fit(t.Name+"_"+column+touchNames), quotedIfNeeded(column)
	qualified := quotedIfNeeded(t.Schema) + "." + quotedIfNeeded(name)
	function := &schema.Scripted{
		Kind: schema.KindRoutine, Schema: t.Schema, Name: name + "()",
		Definition: "CREATE OR REPLACE FUNCTION " + qualified + "()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$\nBEGIN\n" +
			"  IF NEW." + c + " IS NOT DISTINCT FROM OLD." + c + " AND NEW *<> OLD THEN\n    NEW." + c + " := CURRENT_TIMESTAMP;\n  END IF;\n  RETURN NEW;\nEND\n$function$",
	}
	function.Attrs.Set("routine", "FUNCTION "+qualified+"()", schema.ClassStructure)
	trigger := &schema.Scripted{
		Kind: schema.KindTrigger, Schema: t.Schema, Owner: t.Name, Name: name,
		Definition: "CREATE TRIGGER " + quotedIfNeeded(name) + " BEFORE UPDATE ON " + quotedIfNeeded(t.Schema) + "." + quotedIfNeeded(t.Name) +
			" FOR EACH ROW EXECUTE FUNCTION " + qualified + "()",
	}
	trigger.DependsOn = unique([]schema.Key{t.Key(), function.Key()})
	return []*schema.Scripted{function, trigger}
}

// touchingSQLite changes the row once more. That it asks for the time keeps it from calling itself for ever where triggers may.
func touchingSQLite(d dialect, t *schema.Table, column string) []*schema.Scripted {
	quoted := func(name string) string { return quoteName(name, '"') }
	name, c := d.fit(t.Name+"_"+column+touchNames), quoted(column)
	row := []string{"rowid = NEW.rowid"}
	if pk := t.PrimaryKey(); pk != nil && t.Attrs.Get("without_rowid") != "" {
		row = nil
		for _, p := range pk.Columns {
			row = append(row, quoted(p.Column)+" = NEW."+quoted(p.Column))
		}
	}
	trigger := &schema.Scripted{
		Kind: schema.KindTrigger, Owner: t.Name, Name: name,
		Definition: "CREATE TRIGGER " + quoted(name) + " AFTER UPDATE ON " + quoted(t.Name) + "\nWHEN NEW." + c + " IS OLD." + c + " AND NEW." + c +
			" IS NOT CURRENT_TIMESTAMP\nBEGIN UPDATE " + quoted(t.Name) + " SET " + c + " = CURRENT_TIMESTAMP WHERE " + strings.Join(row, " AND ") + "; END",
	}
	trigger.DependsOn = unique([]schema.Key{t.Key(), columnKey(t.Key(), column)})
	return []*schema.Scripted{trigger}
}

// touched tells whether a database has what touching makes for the column.
func touched(d dialect, db *schema.Database, t *schema.Table, column string) bool {
	made := touching(d, t, column)
	for _, o := range made {
		there, ok := db.Get(o.Key()).(*schema.Scripted)
		if !ok || len(o.Attrs) != len(there.Attrs) || !sameScript(o, there) { // it may be switched off
			return false
		}
	}
	return len(made) > 0
}

// sameScript tells that two objects are written alike, blanks and quotes around names aside.
func sameScript(x, y *schema.Scripted) bool {
	bare := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '"' {
				return -1
			}
			return r
		}, text)
	}
	return x == y || bare(x.Definition) == bare(y.Definition)
}

// findTouched finds what does in the source what MySQL's ON UPDATE does.
func (tr *translation) findTouched() {
	tr.touches = map[schema.Key]bool{}
	for _, o := range tr.source.Objects() {
		t, ok := o.(*schema.Table)
		if !ok || tr.from.mysql() {
			continue
		}
		for _, c := range t.Columns {
			if !touched(tr.from, tr.source, t, c.Name) {
				continue
			}
			tr.touches[c.Key()] = true
			for _, x := range touching(tr.from, t, c.Name) {
				tr.touches[x.Key()] = true
			}
		}
	}
}

// onUpdate is the clause that a column of MySQL gets for what a trigger does in the source.
func (tr *translation) onUpdate(c, dst *schema.Column) string {
	typ := tr.to.read(dst.Type, tr.target)
	if !tr.to.mysql() || !tr.touches[c.Key()] || typ.Class != DateTime {
		return ""
	}
	if digits := typ.canonical().Precision; digits > 0 {
		return "CURRENT_TIMESTAMP(" + decimal(digits) + ")"
	}
	return "CURRENT_TIMESTAMP"
}

// touch does what the rules say about ON UPDATE, now that the tables stand, and lets go of triggers of the target that are not
// wanted any more.
func (tr *translation) touch() {
	if tr.to.mysql() {
		return
	}
	tr.spent = map[schema.Key]bool{}
	wanted := map[schema.Key]bool{}
	for _, o := range tr.source.Objects() {
		src, ok := o.(*schema.Table)
		at, chosen := tr.tables[o.Key()]
		if !ok || !chosen {
			continue
		}
		for _, c := range src.Columns {
			if dst := tr.out.Table(at.Schema, at.Name).Column(tr.columns[src.Key()][c.Name]); dst != nil && (c.OnUpdate != "" || tr.touches[c.Key()]) {
				wanted[dst.Key()] = tr.touchColumn(at, c, dst)
			}
		}
	}
	for _, o := range tr.target.Objects() {
		t, ok := o.(*schema.Table)
		if !ok || t.Schema != tr.scope {
			continue
		}
		out := tr.out.Table(t.Schema, t.Name)
		for _, c := range t.Columns {
			asked, known := wanted[c.Key()]
			if gone := out == nil || out.Column(c.Name) == nil; asked || !gone && !known && !tr.from.mysql() || !touched(tr.to, tr.target, t, c.Name) {
				continue
			}
			for _, x := range touching(tr.to, t, c.Name) {
				tr.spent[x.Key()] = true
			}
		}
	}
}

// touchColumn tells whether a trigger is wanted for the column, and puts it into the result.
func (tr *translation) touchColumn(at schema.Key, c, dst *schema.Column) bool {
	made := touching(tr.to, tr.out.Table(at.Schema, at.Name), dst.Name)
	there := tr.target.Table(at.Schema, at.Name)
	stands := there != nil && touched(tr.to, tr.target, there, dst.Name)
	rule := tr.rules.touch(c)
	if rule != ByTrigger && (rule != "" || !stands) {
		tr.about(dst.Key(), c.Key(), Note{Code: OnUpdateTrigger, Severity: Lossy, Args: definitions(made), Alternatives: []string{ByTrigger}})
		return false
	}
	for _, o := range made {
		switch x, taken := tr.target.Get(o.Key()).(*schema.Scripted); {
		case taken && sameScript(o, x):
			tr.out.Put(x)
		default:
			tr.out.Put(o)
		}
	}
	tr.about(dst.Key(), c.Key(), Note{Code: TouchedByTrigger, Severity: Info, Args: definitions(made), Alternatives: []string{ByNobody}})
	return true
}

func definitions(objects []*schema.Scripted) []string {
	out := make([]string, len(objects))
	for i, o := range objects {
		out[i] = o.Definition
	}
	return out
}
