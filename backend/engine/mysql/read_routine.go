package mysql

import (
	"context"
	"database/sql/driver"
	"strings"

	"database-structure-sync/backend/schema"
)

// routineRow is one routine; a function and a procedure may have the same name.
type routineRow struct{ kind, name string }

func (r *reader) routineRow(row []driver.Value) error {
	r.other.routines = append(r.other.routines, routineRow{text(row[0]), text(row[1])})
	return nil
}

// routineKinds in the order in which they are read.
var routineKinds = []string{"FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY"}

// routineKey is a routine's key. Functions and procedures have namespaces of their own, so the name in the key says
// which: "function total".
func routineKey(kind, name string) schema.Key {
	return schema.Key{Kind: schema.KindRoutine, Name: strings.ToLower(kind) + " " + name}
}

// routineName is the routine's own name.
func routineName(k schema.Key) string {
	for _, kind := range []string{"package body ", "package ", "function ", "procedure "} {
		if name, ok := strings.CutPrefix(k.Name, kind); ok {
			return name
		}
	}
	return k.Name
}

// readRoutines reads functions, procedures and MariaDB's packages.
func (r *reader) readRoutines(ctx context.Context) error {
	for _, kind := range routineKinds {
		var names []string
		for _, x := range r.other.routines {
			if x.kind == kind {
				names = append(names, x.name)
			}
		}
		err := r.showCreate(ctx, kind, names, func(name string, row []driver.Value) error {
			key := routineKey(kind, name)
			if row[2] == nil {
				r.out.Notices = append(r.out.Notices, schema.Notice{Key: key, Reason: "the server does not show its body to this user"})
				return nil
			}
			definition, comment, err := parseCreateRoutine(text(row[2]), kind)
			if err != nil {
				return err
			}
			s := scripted(schema.KindRoutine, "", key.Name, definition, text(row[1]))
			s.Comment = comment
			if kind == "PACKAGE BODY" {
				s.DependsOn = []schema.Key{routineKey("PACKAGE", name)}
			}
			r.out.Put(s)
			return nil
		}, func(name string, err error) error { return r.notice(routineKey(kind, name), err) })
		if err != nil {
			return err
		}
	}
	return nil
}

// parseCreateRoutine takes the definer and the comment out of a routine's statement; all else stays as it is. The comment
// of a package cannot be changed by itself, and stays too.
func parseCreateRoutine(sql, kind string) (definition, comment string, err error) {
	tokens, err := tokenize(sql)
	if err != nil {
		return "", "", err
	}
	sql, tokens = withoutDefiner(sql, tokens)
	if strings.HasPrefix(kind, "PACKAGE") {
		return sql, "", nil
	}
	p := &parser{tokens: tokens}
	for !p.end() && !p.peek().punct("(") && !p.peek().is("COMMENT") && !p.peek().is("AS") {
		p.pos++
	}
	if p.peek().punct("(") {
		if _, err := p.group(); err != nil {
			return "", "", err
		}
	}
	if p.accept("RETURNS") || p.accept("RETURN") {
		p.until(func(t token) bool { return t.spaced && startsCharacteristic(t) })
	}
	for !p.end() {
		start := p.peek()
		if !p.characteristic() {
			break
		}
		if !start.is("COMMENT") {
			continue
		}
		if comment, err = p.stringValue(); err != nil {
			return "", "", err
		}
		rest := ""
		if !p.end() {
			rest = sql[p.peek().at:]
		}
		return strings.TrimRight(sql[:start.at], " \n\t") + "\n" + rest, comment, nil
	}
	return sql, "", nil
}

// startsCharacteristic tells whether the word begins one of a routine's characteristics or a usual body.
func startsCharacteristic(t token) bool {
	for _, w := range []string{"LANGUAGE", "NOT", "DETERMINISTIC", "CONTAINS", "NO", "READS", "MODIFIES", "SQL", "COMMENT", "BEGIN", "RETURN"} {
		if t.is(w) {
			return true
		}
	}
	return false
}

// characteristic passes over one characteristic of a routine; of COMMENT, only over the word.
func (p *parser) characteristic() bool {
	switch {
	case p.accept("LANGUAGE"), p.accept("SQL", "SECURITY"):
		p.pos++
	case p.accept("NOT", "DETERMINISTIC"), p.accept("DETERMINISTIC"), p.accept("CONTAINS", "SQL"), p.accept("NO", "SQL"),
		p.accept("READS", "SQL", "DATA"), p.accept("MODIFIES", "SQL", "DATA"):
	case p.peek().is("COMMENT") && p.at(1).kind == tokString:
		p.pos++
	default:
		return false
	}
	return true
}
