package mysql

import (
	"context"
	"database/sql/driver"
	"strings"

	"database-structure-sync/backend/schema"
)

// readSequences reads MariaDB's sequences. Their values are data.
func (r *reader) readSequences(ctx context.Context) error {
	return r.showCreate(ctx, "SEQUENCE", r.other.sequences, func(name string, row []driver.Value) error {
		s, err := parseCreateSequence(text(row[1]))
		if err != nil {
			return err
		}
		s.Name = name
		r.out.Put(s)
		return nil
	}, func(name string, err error) error {
		return r.notice(schema.Key{Kind: schema.KindSequence, Name: name}, err)
	})
}

// parseCreateSequence reads what SHOW CREATE SEQUENCE prints.
func parseCreateSequence(sql string) (*schema.Sequence, error) {
	tokens, err := tokenize(sql)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	if !p.accept("CREATE", "SEQUENCE") {
		return nil, p.unexpected("CREATE SEQUENCE")
	}
	s := &schema.Sequence{}
	if s.Name, err = p.ident(); err != nil {
		return nil, err
	}
	for !p.end() {
		if err := p.sequenceOption(s); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (p *parser) sequenceOption(s *schema.Sequence) (err error) {
	o := &s.Options
	switch {
	case p.accept("AS"):
		o.Type, err = p.columnType()
		if o.Type = normalType(flavor{}, o.Type); o.Type == "bigint" {
			o.Type = "" // what it is without AS
		}
	case p.accept("START", "WITH"):
		o.Start, err = p.integer()
	case p.accept("MINVALUE"):
		o.Min, err = p.integer()
	case p.accept("MAXVALUE"):
		o.Max, err = p.integer()
	case p.accept("INCREMENT", "BY"):
		o.Increment, err = p.integer()
	case p.accept("CACHE"):
		o.Cache, err = p.integer()
	case p.accept("NOCACHE"):
		o.Cache = "0"
	case p.accept("CYCLE"):
		o.Cycle = true
	case p.accept("NOCYCLE"):
	case p.accept("ENGINE"):
		p.acceptPunct("=")
		if engine := normalEngine(p.next().text); engine != "InnoDB" {
			s.Attrs.Set(attrEngine, engine, schema.ClassStructure)
		}
	case p.accept("COMMENT"):
		p.acceptPunct("=")
		s.Comment, err = p.stringValue()
	default:
		s.Unmodelled = append(s.Unmodelled, p.leftover())
	}
	return err
}

// integer reads a number with its sign.
func (p *parser) integer() (string, error) {
	sign := ""
	if p.acceptPunct("-") {
		sign = "-"
	}
	if p.peek().kind != tokNumber {
		return "", p.unexpected("a number")
	}
	return sign + strings.TrimLeft(p.next().text, "+"), nil
}
