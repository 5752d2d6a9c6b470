package sqlite

import (
	"fmt"
	"strings"

	"database-structure-sync/backend/schema"
)

// tableText is a table as its CREATE TABLE statement tells it.
type tableText struct {
	name                 string
	columns              []*columnText
	constraints          []*constraintText
	strict, withoutRowid bool
	unmodelled           []string
}

type columnText struct {
	name                string
	typ                 []token
	notNull             bool
	notNullConflict     string
	notNullName         string
	hasDefault          bool
	fallback            []token // of DEFAULT
	collation           string
	generated           []token
	generatedKind       string
	unmodelled          []string
	primaryKeyDescribed bool // its primary key is said to descend in the column's own clause
}

// constraintText is a key, a check or a foreign key.
type constraintText struct {
	kind          schema.Kind
	name          string // "" when it has none
	column        string // the column in whose definition it stands; "" behind the columns
	parts         []keyPart
	conflict      string
	autoIncrement bool
	check         []token
	foreign       *schema.ForeignKey // names as written
}

// parseTable reads a stored CREATE TABLE statement.
func parseTable(sql string) (*tableText, error) {
	p, err := parse(sql)
	if err != nil {
		return nil, err
	}
	t := &tableText{}
	if err := p.expect("CREATE"); err != nil {
		return nil, err
	}
	_ = p.accept("TEMP") || p.accept("TEMPORARY")
	if err := p.expect("TABLE"); err != nil {
		return nil, err
	}
	_ = p.accept("IF", "NOT", "EXISTS")
	if t.name, err = p.qualified(); err != nil {
		return nil, err
	}
	if err := p.expectPunct("("); err != nil {
		return nil, err
	}
	if err := p.tableBody(t); err != nil {
		return nil, err
	}
	return t, p.tableOptions(t)
}

func (p *parser) tableBody(t *tableText) error {
	for !p.startsTableConstraint() {
		if err := p.column(t); err != nil {
			return err
		}
		if p.acceptPunct(")") {
			return nil
		}
		if err := p.expectPunct(","); err != nil {
			return err
		}
	}
	for !p.acceptPunct(")") {
		if err := p.tableConstraint(t); err != nil {
			return err
		}
		_ = p.acceptPunct(",") // SQLite can do without
	}
	return nil
}

func (p *parser) startsTableConstraint() bool {
	return p.peek().isOne("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN")
}

func (p *parser) tableOptions(t *tableText) error {
	for !p.end() {
		switch {
		case p.accept("WITHOUT"):
			name, err := p.name()
			if err != nil || !sameName(name, "rowid") {
				return p.unexpected("ROWID")
			}
			t.withoutRowid = true
		case p.accept("STRICT"):
			t.strict = true
		case p.acceptPunct(","), p.acceptPunct(";"):
		default:
			return p.unexpected("a table option")
		}
	}
	return nil
}

// column reads the definition of a column.
func (p *parser) column(t *tableText) error {
	c := &columnText{}
	var err error
	if c.name, err = p.name(); err != nil {
		return err
	}
	if c.typ, err = p.typeName(); err != nil {
		return err
	}
	t.columns = append(t.columns, c)
	for name := ""; !p.peek().punct(",") && !p.peek().punct(")"); {
		if p.accept("CONSTRAINT") {
			if name != "" {
				c.unmodelled = append(c.unmodelled, "CONSTRAINT "+quoteIdent(name))
			}
			if name, err = p.name(); err != nil {
				return err
			}
			continue
		}
		if err := p.columnConstraint(t, c, name); err != nil {
			return fmt.Errorf("column %s: %w", c.name, err)
		}
		name = ""
	}
	return nil
}

// typeName reads a column's type: any words and, perhaps, one or two numbers in parentheses.
func (p *parser) typeName() ([]token, error) {
	start := p.pos
	for p.peek().isName() && !p.peek().is("GENERATED") {
		p.pos++
	}
	if p.pos > start && p.peek().punct("(") {
		if _, err := p.group(); err != nil {
			return nil, err
		}
	}
	return p.tokens[start:p.pos], nil
}

// nameless reports a name that means nothing where it stands.
func (c *columnText) nameless(name, of string) {
	if name != "" {
		c.unmodelled = append(c.unmodelled, "CONSTRAINT "+quoteIdent(name)+" "+of)
	}
}

func (p *parser) columnConstraint(t *tableText, c *columnText, name string) (err error) {
	add := func(k *constraintText) *constraintText {
		k.name, k.column = name, c.name
		t.constraints = append(t.constraints, k)
		return k
	}
	self := []keyPart{{tokens: []token{{kind: tokIdent, text: quoteIdent(c.name)}}}}
	switch {
	case p.accept("DEFAULT"):
		c.nameless(name, "DEFAULT")
		return p.defaultValue(c)
	case p.accept("NULL"):
		c.nameless(name, "NULL")
		_, err = p.onConflict()
	case p.accept("NOT", "NULL"):
		c.notNull, c.notNullName = true, name
		c.notNullConflict, err = p.onConflict()
	case p.accept("PRIMARY", "KEY"):
		k := add(&constraintText{kind: schema.KindPrimaryKey, parts: self})
		if k.parts[0].desc = p.accept("DESC"); !k.parts[0].desc {
			_ = p.accept("ASC")
		}
		c.primaryKeyDescribed = k.parts[0].desc
		k.conflict, err = p.onConflict()
		k.autoIncrement = p.accept("AUTOINCREMENT")
	case p.accept("UNIQUE"):
		add(&constraintText{kind: schema.KindUnique, parts: self}).conflict, err = p.onConflict()
	case p.accept("CHECK"):
		k := add(&constraintText{kind: schema.KindCheck})
		k.check, err = p.group()
	case p.accept("REFERENCES"):
		k := add(&constraintText{kind: schema.KindForeignKey, foreign: &schema.ForeignKey{Columns: []string{c.name}}})
		err = p.references(k.foreign)
	case p.peek().is("DEFERRABLE"), p.peek().is("NOT") && p.at(1).is("DEFERRABLE"):
		var last *schema.ForeignKey
		if n := len(t.constraints); n > 0 && t.constraints[n-1].column == c.name {
			last = t.constraints[n-1].foreign
		}
		err = p.deferral(last)
	case p.accept("COLLATE"):
		c.nameless(name, "COLLATE")
		if c.collation, err = p.name(); err == nil {
			c.collation = collationName(c.collation)
		}
	case p.peek().is("GENERATED"), p.peek().is("AS"):
		c.nameless(name, "AS")
		return p.generated(c)
	default:
		return p.unexpected("a constraint of the column")
	}
	return err
}

// defaultValue reads what stands behind DEFAULT.
func (p *parser) defaultValue(c *columnText) error {
	c.hasDefault = true
	if p.peek().punct("(") {
		inner, err := p.group()
		c.fallback = inner
		return err
	}
	start := p.pos
	if p.peek().punct("-") || p.peek().punct("+") {
		p.pos++
	}
	if p.end() || p.peek().kind == tokPunct {
		return p.unexpected("a default value")
	}
	p.pos++
	c.fallback = p.tokens[start:p.pos]
	return nil
}

func (p *parser) generated(c *columnText) error {
	_ = p.accept("GENERATED", "ALWAYS")
	if err := p.expect("AS"); err != nil {
		return err
	}
	var err error
	if c.generated, err = p.group(); err != nil {
		return err
	}
	c.generatedKind = "VIRTUAL"
	if p.accept("STORED") {
		c.generatedKind = "STORED"
	}
	_ = p.accept("VIRTUAL")
	return nil
}

// onConflict reads ON CONFLICT; ABORT, which is what happens anyway, is no clause.
func (p *parser) onConflict() (string, error) {
	if !p.accept("ON", "CONFLICT") {
		return "", nil
	}
	t := p.next()
	if !t.isOne("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE") {
		return "", p.unexpected("a resolution of conflicts")
	}
	if t.is("ABORT") {
		return "", nil
	}
	return strings.ToUpper(t.text), nil
}

// tableConstraint reads a constraint behind the columns.
func (p *parser) tableConstraint(t *tableText) (err error) {
	k := &constraintText{}
	for p.accept("CONSTRAINT") {
		if k.name != "" {
			t.unmodelled = append(t.unmodelled, "CONSTRAINT "+quoteIdent(k.name))
		}
		if k.name, err = p.name(); err != nil {
			return err
		}
	}
	switch {
	case p.accept("PRIMARY", "KEY"):
		k.kind = schema.KindPrimaryKey
		if k.parts, err = p.autoIncrementParts(k); err == nil {
			k.conflict, err = p.onConflict()
		}
	case p.accept("UNIQUE"):
		k.kind = schema.KindUnique
		if k.parts, err = p.keyParts(); err == nil {
			k.conflict, err = p.onConflict()
		}
	case p.accept("CHECK"):
		k.kind = schema.KindCheck
		if k.check, err = p.group(); err == nil {
			_, err = p.onConflict() // which checks ignore
		}
	case p.accept("FOREIGN", "KEY"):
		k.kind, k.foreign = schema.KindForeignKey, &schema.ForeignKey{}
		if k.foreign.Columns, err = p.names(); err != nil {
			return err
		}
		if err = p.expect("REFERENCES"); err == nil {
			err = p.references(k.foreign)
		}
	case k.name != "" && (p.peek().punct(",") || p.peek().punct(")")):
		t.unmodelled = append(t.unmodelled, "CONSTRAINT "+quoteIdent(k.name))
		return nil
	default:
		return p.unexpected("a constraint of the table")
	}
	t.constraints = append(t.constraints, k)
	return err
}

// autoIncrementParts reads the parts of a primary key, which AUTOINCREMENT may follow inside the parentheses.
func (p *parser) autoIncrementParts(k *constraintText) ([]keyPart, error) {
	start := p.pos
	inner, err := p.group()
	if err != nil {
		return nil, err
	}
	if n := len(inner); n > 1 && inner[n-1].is("AUTOINCREMENT") {
		k.autoIncrement = true
		inner = inner[:n-1]
		end := p.tokens[p.pos-1]
		q := parser{tokens: append(append([]token{p.tokens[start]}, inner...), end)}
		return q.keyParts()
	}
	q := parser{tokens: p.tokens[start:p.pos]}
	return q.keyParts()
}

// references reads what stands behind REFERENCES.
func (p *parser) references(f *schema.ForeignKey) (err error) {
	if f.RefTable, err = p.name(); err != nil {
		return err
	}
	if p.peek().punct("(") {
		if f.RefColumns, err = p.names(); err != nil {
			return err
		}
	}
	for {
		switch {
		case p.accept("ON", "DELETE"):
			f.OnDelete, err = p.action()
		case p.accept("ON", "UPDATE"):
			f.OnUpdate, err = p.action()
		case p.accept("ON", "INSERT"): // which SQLite reads and forgets
			_, err = p.action()
		case p.accept("MATCH"):
			if f.Match, err = p.name(); sameName(f.Match, "SIMPLE") {
				f.Match = ""
			}
			f.Match = strings.ToUpper(f.Match)
		case p.peek().is("DEFERRABLE"), p.peek().is("NOT") && p.at(1).is("DEFERRABLE"):
			err = p.deferral(f)
		default:
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// action reads what happens to rows that refer to a changed one; doing nothing is no action.
func (p *parser) action() (string, error) {
	for _, a := range []string{"SET NULL", "SET DEFAULT", "CASCADE", "RESTRICT", "NO ACTION"} {
		if p.accept(strings.Fields(a)...) {
			if a == "NO ACTION" {
				a = ""
			}
			return a, nil
		}
	}
	return "", p.unexpected("an action of a foreign key")
}

// deferral reads [NOT] DEFERRABLE [INITIALLY …]. Only DEFERRABLE INITIALLY DEFERRED makes a difference to SQLite.
func (p *parser) deferral(f *schema.ForeignKey) error {
	not := p.accept("NOT")
	if err := p.expect("DEFERRABLE"); err != nil {
		return err
	}
	deferred := p.accept("INITIALLY", "DEFERRED")
	if !deferred {
		_ = p.accept("INITIALLY", "IMMEDIATE")
	}
	if f != nil {
		f.Deferrable = deferred && !not
		f.InitiallyDeferred = f.Deferrable
	}
	return nil
}
