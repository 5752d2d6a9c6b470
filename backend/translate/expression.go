package translate

import (
	"errors"
	"fmt"
	"strings"

	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate/expr"
)

// Expressions: what a default, check, generated column, index part or predicate computes. Package expr knows what they mean;
// here is what it has to know of tables.

// sql is the dialect's name among expressions.
func (d dialect) sql() expr.Dialect {
	switch {
	case d.postgres():
		return expr.Postgres
	case d.mariadb():
		return expr.MariaDB
	case d.mysql():
		return expr.MySQL
	}
	return expr.SQLite
}

// express translates an expression over the columns of a table. about is the object that it belongs to.
func (tr *translation) express(src *schema.Table, text string, place expr.Place, result expr.Type, about, source schema.Key) (string, error) {
	n, err := expr.Parse(tr.from.sql(), text)
	if err != nil {
		return "", fmt.Errorf("reading the expression: %w", err)
	}
	for _, name := range columnsIn(src, strings.Join(quoted(expr.Columns(n)), " ")) {
		if tr.missing[columnKey(src.Key(), name)] {
			return "", fmt.Errorf("the column %s is not there", name)
		}
	}
	if err := tr.usable(src, n, place); err != nil {
		return "", err
	}
	if place == expr.Default && !tr.to.mysql() && len(expr.Columns(n)) > 0 {
		return "", fmt.Errorf("%s has no defaults that are made of other columns", tr.to.flavor)
	}
	var notes []Note
	scope := expr.Scope{Columns: tr.columnTypes(src), Result: result}
	n = expr.Sums(expr.Rename(n, tr.columns[src.Key()]))
	if tr.from.postgres() {
		n = scope.Meeting(n)
	}
	printed, err := expr.Print(tr.to.sql(), n, expr.PrintOptions{
		Scope: scope, Place: place, From: tr.from.sql(),
		Note: func(x expr.Note) {
			notes = append(notes, Note{Code: ExpressionNote, Severity: Info, Args: append([]string{string(x.Code)}, x.Args...)})
		},
	})
	if err != nil {
		return "", fmt.Errorf("writing the expression: %w", err)
	}
	if tr.to.wantsSteady(place) && unsteady(printed) {
		return "", errUnsteady
	}
	if err := tr.accepted(scope, printed, place); err != nil {
		return "", err
	}
	tr.about(about, source, notes...)
	return printed, nil
}

// usable finds columns that MySQL and MariaDB do not let expressions use, or none where MariaDB wants one: it drops a check that
// names no column along with any column of the table.
func (tr *translation) usable(src *schema.Table, n expr.Node, place expr.Place) error {
	if !tr.to.mysql() || place == expr.Default {
		return nil
	}
	names := expr.Columns(n)
	if len(names) == 0 && tr.to.mariadb() && place == expr.Check {
		return errors.New("MariaDB loses a check that names no column")
	}
	for _, name := range columnsIn(src, strings.Join(quoted(names), " ")) {
		if place == expr.Check && tr.setByKey(src, name) {
			return fmt.Errorf("%s does not let a check use the column %s, which a foreign key's action sets", tr.to.flavor, name)
		}
		if c := src.Column(name); counterOf(src, c, tr.from, tr.source).on {
			return fmt.Errorf("%s does not let an expression use the counting column %s", tr.to.flavor, name)
		}
	}
	return nil
}

// setByKey tells that a foreign key sets the column when what it refers to goes or changes.
func (tr *translation) setByKey(t *schema.Table, column string) bool {
	if tr.acted == nil {
		tr.acted = setByKeys(tr.source)
	}
	return tr.acted[columnKey(t.Key(), column)]
}

// setByKeys are the columns that actions of foreign keys set.
func setByKeys(db *schema.Database) map[schema.Key]bool {
	acted := map[schema.Key]bool{}
	for _, o := range db.Objects() {
		if f, ok := o.(*schema.ForeignKey); ok && (f.OnDelete == "SET NULL" || f.OnUpdate == "SET NULL" || f.OnUpdate == "CASCADE") {
			for _, c := range f.Columns {
				acted[columnKey(schema.Key{Schema: f.Schema, Name: f.Table}, c)] = true
			}
		}
	}
	return acted
}

// accepted finds what the target's server refuses in an expression that it understands.
func (tr *translation) accepted(scope expr.Scope, printed string, place expr.Place) error {
	n, err := expr.Parse(tr.to.sql(), printed)
	if err != nil {
		return nil // it is a way of saying things that is only written, never read
	}
	if clash := scope.Clash(tr.to.sql(), n); clash != "" {
		return fmt.Errorf("%s does not take %s", tr.to.flavor, clash)
	}
	if tr.to.mysql() && place == expr.Index {
		switch scope.ClassOf(n) {
		case expr.Text, expr.Char, expr.Bytea, expr.JSON, expr.Unknown, expr.Other:
			return errors.New("MySQL indexes no expression whose result has no length")
		}
	}
	return nil
}

func quoted(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = quoteName(n, '"')
	}
	return out
}

var errUnsteady = errors.New("what changes with time cannot stand there")

// wantsSteady tells whether the expression has to give the same value every time it is asked.
func (d dialect) wantsSteady(place expr.Place) bool {
	switch place {
	case expr.Generated, expr.Index, expr.Predicate:
		return true
	case expr.Check:
		return !d.postgres()
	}
	return false
}

// unsteadyWords call what gives another value every time, in any of the dialects.
var unsteadyWords = map[string]bool{
	"now": true, "current_timestamp": true, "current_date": true, "current_time": true, "localtime": true, "localtimestamp": true,
	"curdate": true, "curtime": true, "sysdate": true, "utc_timestamp": true, "utc_date": true, "utc_time": true, "unix_timestamp": true,
	"uuid": true, "gen_random_uuid": true, "rand": true, "random": true, "randomblob": true, "nextval": true, "current_user": true,
	"clock_timestamp": true, "statement_timestamp": true, "transaction_timestamp": true,
}

func unsteady(text string) bool {
	for _, word := range identifiers(text) {
		if unsteadyWords[strings.ToLower(word)] {
			return true
		}
	}
	return strings.Contains(text, "'now'")
}

// columnTypes are the types that the columns of a table of the source have in the target.
func (tr *translation) columnTypes(src *schema.Table) map[string]expr.ColumnInfo {
	if known, ok := tr.infos[src.Key()]; ok {
		return known
	}
	infos := map[string]expr.ColumnInfo{}
	for _, c := range src.Columns {
		text := tr.to.spell(tr.rules.of(c, tr.from))
		t := tr.from.read(c.Type, tr.source)
		if text == "" {
			text = tr.to.write(t).text
		}
		infos[tr.columns[src.Key()][c.Name]] = expr.ColumnInfo{Type: tr.to.exprType(text, t), NotNull: c.NotNull}
	}
	tr.infos[src.Key()] = infos
	return infos
}

// exprType is a column's type as expressions see it.
func (d dialect) exprType(text string, t Type) expr.Type {
	typ := expr.TypeOf(d.sql(), text)
	if t.Class == Enum {
		typ.Class = expr.Enum
	}
	return typ
}

// scope is what is known about expressions over a table.
func (d dialect) scope(t *schema.Table, db *schema.Database, result expr.Type) expr.Scope {
	infos := map[string]expr.ColumnInfo{}
	for _, c := range t.Columns {
		typ := d.exprType(c.Type.Text, d.read(c.Type, db))
		if typ.Class == expr.Char { // PostgreSQL puts casts around them of its own accord
			typ.Class = expr.Text
		}
		infos[c.Name] = expr.ColumnInfo{Type: typ, NotNull: c.NotNull}
	}
	return expr.Scope{Columns: infos, Result: result}
}

// sameExpression tells that two expressions over the columns of one table mean the same to the dialect.
func (a *aligner) sameExpression(t *schema.Table, x, y string, result expr.Type) bool {
	if x == y {
		return true
	}
	if x == "" || y == "" {
		return false
	}
	nx, err := expr.Parse(a.d.sql(), x)
	if err != nil {
		return false
	}
	ny, err := expr.Parse(a.d.sql(), y)
	if err != nil {
		return false
	}
	scope := a.d.scope(t, a.actual, result)
	if a.d.postgres() {
		nx, ny = scope.WithoutWidening(nx), scope.WithoutWidening(ny)
	}
	if a.d.sqlite() {
		nx, ny = expr.LikeGlobs(nx), expr.LikeGlobs(ny)
	}
	return scope.Equal(expr.Sums(nx), expr.Sums(ny))
}

// sameCondition tells that a wanted expression over a table's columns means what an actual one does, and will go on doing so: where
// PostgreSQL gives a column another type, it keeps the casts to the former one.
func (a *aligner) sameCondition(out, there *schema.Table, x, y string, result expr.Type) bool {
	if x != y && a.d.postgres() {
		for _, name := range columnsIn(there, y) {
			if c := out.Column(name); c == nil || c.Type.Text != there.Column(name).Type.Text {
				return false
			}
		}
	}
	return a.sameExpression(there, x, y, result)
}

var (
	truth    = expr.Type{Class: expr.Boolean}
	anything = expr.Type{}
)
