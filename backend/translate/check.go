package translate

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate/expr"
)

// check translates a check of a table.
func (tr *translation) check(src, dst *schema.Table, c *schema.Constraint) {
	name := c.Name
	if c.Attrs.Get("unnamed") != "" {
		name = ""
	}
	tr.addCheck(src, dst, c.Key(), name, c.Expr)
	if c.NotEnforced || c.NotValid {
		tr.about(schema.Key{Kind: schema.KindCheck, Schema: dst.Schema, Owner: dst.Name, Name: c.Name}, c.Key(), Note{Code: DisabledLost, Severity: Lossy})
	}
}

// addCheck adds a check unless its expression cannot be translated.
func (tr *translation) addCheck(src, dst *schema.Table, source schema.Key, name, original string) {
	k := &schema.Constraint{Kind: schema.KindCheck, Schema: dst.Schema, Table: dst.Name, Name: name}
	k.Name = tr.to.fit(cmp.Or(name, madeName(dst.Name, nil, "check")))
	text, err := tr.express(src, original, expr.Check, truth, k.Key(), source)
	if err != nil {
		tr.about(k.Key(), source, Note{Code: ExpressionLeft, Severity: Blocked, Args: []string{original, err.Error()}})
		if name != "" {
			tr.left[k.Key()] = true // and what the target has under the name is left alone
		}
		return
	}
	k.Expr = text
	if p, ok := tr.from.promised(src, original); ok {
		p.Column = tr.columns[src.Key()][p.Column]
		tr.promises[k] = p
		if tr.given(k, dst) {
			return
		}
	}
	k.Name = tr.checkName(dst, name, columnsIn(dst, text))
	if name == "" {
		tr.nameless[k] = true
	}
	dst.Constraints = append(dst.Constraints, k)
}

// checkName is the name, or one that PostgreSQL would make, that no other check of the table has.
func (tr *translation) checkName(t *schema.Table, name string, columns []string) string {
	if name == "" {
		if len(columns) > 1 {
			columns = nil
		}
		name = madeName(t.Name, columns, "check")
	}
	name = tr.to.fit(name)
	for base, n := name, 1; hasConstraint(t, name); n++ {
		name = tr.to.fit(base + decimal(n))
	}
	return name
}

func hasConstraint(t *schema.Table, name string) bool {
	for _, c := range t.Constraints {
		if strings.EqualFold(c.Name, name) {
			return true
		}
	}
	return false
}

// columnChecks adds the checks that stand at columns in the source: MariaDB's, those of domains, and what keeps the labels
// of an enum in SQLite.
func (tr *translation) columnChecks(src, dst *schema.Table) {
	for _, c := range src.Columns {
		at := dst.Column(tr.columns[src.Key()][c.Name])
		if at == nil {
			continue
		}
		if text := c.Attrs.Get("check"); text != "" && tr.from.mysql() {
			tr.addCheck(src, dst, c.Key(), "", text)
		}
		if d, ok := tr.source.Get(c.Type.User).(*schema.Domain); ok && !strings.HasSuffix(c.Type.Text, "[]") {
			for _, check := range d.Checks {
				tr.addCheck(src, dst, c.Key(), dst.Name+"_"+at.Name+"_"+check.Name, ofColumn(check.Expr, quotedIfNeeded(c.Name)))
			}
		}
		if t := tr.from.read(c.Type, tr.source); t.Class == Enum && tr.to.sqlite() {
			labels := make([]string, len(t.Labels))
			for i, l := range t.Labels {
				labels[i] = quote(l)
			}
			dst.Constraints = append(dst.Constraints, &schema.Constraint{
				Kind: schema.KindCheck, Schema: dst.Schema, Table: dst.Name, Name: tr.checkName(dst, "", []string{at.Name}),
				Expr: sqliteName(at.Name) + " IN (" + strings.Join(labels, ", ") + ")",
			})
			tr.about(at.Key(), c.Key(), Note{Code: EnumAsCheck, Severity: Info})
		}
	}
}

// ofColumn puts the column into a domain's condition.
func ofColumn(text, column string) string {
	var b strings.Builder
	quoted := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if quoted == 0 && strings.HasPrefix(text[i:], "VALUE") && !wordAt(text, i-1) && !wordAt(text, i+5) {
			b.WriteString(column)
			i += 4
			continue
		}
		switch {
		case quoted == c:
			quoted = 0
		case quoted == 0 && (c == '\'' || c == '"'):
			quoted = c
		}
		b.WriteByte(c)
	}
	return b.String()
}

func wordAt(s string, i int) bool {
	if i < 0 || i >= len(s) {
		return false
	}
	c := s[i]
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// sqliteName is a column's name as SQLite's reader writes it in expressions.
func sqliteName(name string) string { return quotedIfNeeded(name) }

// predicate translates the condition of a partial index; false when the index has to be left out.
func (tr *translation) predicate(src *schema.Table, k *key, at schema.Key) bool {
	if k.predicate == "" {
		return true
	}
	if tr.to.mysql() {
		tr.about(at, k.source, Note{Code: IndexLeftOut, Severity: leftOutSeverity(*k), Args: []string{"predicate"}})
		return false
	}
	text, err := tr.express(src, k.predicate, expr.Predicate, truth, at, k.source)
	if err != nil {
		tr.about(at, k.source, Note{Code: IndexLeftOut, Severity: leftOutSeverity(*k), Args: []string{"predicate: " + err.Error()}})
		return false
	}
	k.predicate = text
	return true
}

// indexExpression translates an indexed expression.
func (tr *translation) indexExpression(src, dst *schema.Table, text string, source schema.Key) (string, error) {
	if tr.to.mariadb() {
		return "", errors.New("MariaDB has no indexes on expressions")
	}
	at := schema.Key{Kind: schema.KindIndex, Schema: dst.Schema, Owner: dst.Name, Name: source.Name}
	return tr.express(src, text, expr.Index, anything, at, source)
}

// generated translates the expression of a generated column; false when the column cannot be had.
func (tr *translation) generated(src *schema.Table, c, dst *schema.Column) bool {
	text, err := tr.express(src, c.Generated, expr.Generated, tr.columnTypes(src)[dst.Name].Type, dst.Key(), c.Key())
	if err != nil || c.Generated == "" {
		why := c.GeneratedKind
		if err != nil {
			why = err.Error()
		}
		tr.about(dst.Key(), c.Key(), Note{Code: ExpressionLeft, Severity: Blocked, Args: []string{c.Generated, why}})
		return false
	}
	if other := generatedOf(src, c, tr.to.postgres()); other != "" && !tr.to.sqlite() {
		tr.about(dst.Key(), c.Key(), Note{Code: GeneratedOnce, Severity: Blocked, Args: []string{other}})
		return false
	}
	dst.Generated, dst.GeneratedKind = text, c.GeneratedKind
	if tr.to.mariadb() {
		dst.NotNull = false // for which it has no words here
	}
	if tr.to.postgres() { // before 18 there is nothing else, and of what is not stored there are no indexes
		dst.GeneratedKind = "STORED"
	}
	return true
}

// defaultExpression translates a default that is computed.
func (tr *translation) defaultExpression(src *schema.Table, c, dst *schema.Column) (string, bool) {
	text, err := tr.express(src, c.Default, expr.Default, tr.columnTypes(src)[dst.Name].Type, dst.Key(), c.Key())
	return text, err == nil
}

// generatedOf is another generated column that the column is computed from and cannot be: MySQL and MariaDB want it to stand
// before, PostgreSQL has none at all. "" when there is none.
func generatedOf(t *schema.Table, c *schema.Column, anywhere bool) string {
	for _, name := range columnsIn(t, c.Generated) {
		other := t.Column(name)
		before := slices.Index(t.Columns, other) < slices.Index(t.Columns, c)
		if other.GeneratedKind != "" && (anywhere || !before) {
			return name
		}
	}
	return ""
}
