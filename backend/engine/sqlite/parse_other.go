package sqlite

// indexText is an index as its CREATE INDEX statement tells it.
type indexText struct {
	name, table string
	unique      bool
	parts       []keyPart
	where       []token
}

// parseIndex reads a stored CREATE INDEX statement.
func parseIndex(sql string) (*indexText, error) {
	p, err := parse(sql)
	if err != nil {
		return nil, err
	}
	x := &indexText{}
	if err := p.expect("CREATE"); err != nil {
		return nil, err
	}
	x.unique = p.accept("UNIQUE")
	if err := p.expect("INDEX"); err != nil {
		return nil, err
	}
	_ = p.accept("IF", "NOT", "EXISTS")
	if x.name, err = p.qualified(); err != nil {
		return nil, err
	}
	if err := p.expect("ON"); err != nil {
		return nil, err
	}
	if x.table, err = p.name(); err != nil {
		return nil, err
	}
	if x.parts, err = p.keyParts(); err != nil {
		return nil, err
	}
	if p.accept("WHERE") {
		x.where, p.pos = p.tokens[p.pos:], len(p.tokens)
	}
	_ = p.acceptPunct(";")
	if !p.end() {
		return nil, p.unexpected("the end")
	}
	return x, nil
}

// viewText is a view as its CREATE VIEW statement tells it.
type viewText struct {
	name    string
	columns []string // "" for none
	query   []token
}

// parseView reads a stored CREATE VIEW statement.
func parseView(sql string) (*viewText, error) {
	p, err := parse(sql)
	if err != nil {
		return nil, err
	}
	v := &viewText{}
	if err := p.expect("CREATE"); err != nil {
		return nil, err
	}
	_ = p.accept("TEMP") || p.accept("TEMPORARY")
	if err := p.expect("VIEW"); err != nil {
		return nil, err
	}
	_ = p.accept("IF", "NOT", "EXISTS")
	if v.name, err = p.qualified(); err != nil {
		return nil, err
	}
	if p.peek().punct("(") {
		if v.columns, err = p.names(); err != nil {
			return nil, err
		}
	}
	if err := p.expect("AS"); err != nil {
		return nil, err
	}
	v.query = p.rest()
	return v, nil
}

// rest are the tokens up to the end without a final semicolon.
func (p *parser) rest() []token {
	rest := p.tokens[min(p.pos, len(p.tokens)):]
	p.pos = len(p.tokens)
	for len(rest) > 0 && rest[len(rest)-1].punct(";") {
		rest = rest[:len(rest)-1]
	}
	return rest
}

// triggerText is a trigger as its CREATE TRIGGER statement tells it.
type triggerText struct {
	name, time, event, table string
	columns                  []string // of UPDATE OF
	when, body               []token  // body from BEGIN to END
}

// parseTrigger reads a stored CREATE TRIGGER statement.
func parseTrigger(sql string) (*triggerText, error) {
	p, err := parse(sql)
	if err != nil {
		return nil, err
	}
	t := &triggerText{time: "BEFORE"}
	if err := p.expect("CREATE"); err != nil {
		return nil, err
	}
	_ = p.accept("TEMP") || p.accept("TEMPORARY")
	if err := p.expect("TRIGGER"); err != nil {
		return nil, err
	}
	_ = p.accept("IF", "NOT", "EXISTS")
	if t.name, err = p.qualified(); err != nil {
		return nil, err
	}
	switch {
	case p.accept("AFTER"):
		t.time = "AFTER"
	case p.accept("INSTEAD", "OF"):
		t.time = "INSTEAD OF"
	default:
		_ = p.accept("BEFORE")
	}
	if err := p.triggerEvent(t); err != nil {
		return nil, err
	}
	if err := p.expect("ON"); err != nil {
		return nil, err
	}
	if t.table, err = p.qualified(); err != nil {
		return nil, err
	}
	_ = p.accept("FOR", "EACH", "ROW")
	if p.accept("WHEN") {
		start := p.pos
		for depth := 0; !p.end(); p.pos++ {
			if depth == 0 && p.peek().is("BEGIN") {
				break
			}
			switch {
			case p.peek().punct("("), p.peek().is("CASE"):
				depth++
			case p.peek().punct(")"), p.peek().is("END"):
				depth--
			}
		}
		t.when = p.tokens[start:p.pos]
	}
	if !p.peek().is("BEGIN") {
		return nil, p.unexpected("BEGIN")
	}
	t.body = p.rest()
	return t, nil
}

func (p *parser) triggerEvent(t *triggerText) (err error) {
	switch {
	case p.accept("DELETE"):
		t.event = "DELETE"
	case p.accept("INSERT"):
		t.event = "INSERT"
	case p.accept("UPDATE"):
		t.event = "UPDATE"
	default:
		return p.unexpected("DELETE, INSERT or UPDATE")
	}
	if t.event != "UPDATE" || !p.accept("OF") {
		return nil
	}
	for {
		name, err := p.name()
		if err != nil {
			return err
		}
		t.columns = append(t.columns, name)
		if !p.acceptPunct(",") {
			return nil
		}
	}
}
