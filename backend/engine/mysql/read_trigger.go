package mysql

import (
	"cmp"
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// triggerRow is one trigger in its place among those of the same table, time and event.
type triggerRow struct {
	name, table, timing, event string
	order                      int
}

func (r *reader) triggerRow(row []driver.Value) error {
	order, err := number(row[4])
	if err != nil {
		return fmt.Errorf("the order of a trigger: %w", err)
	}
	r.other.triggers = append(r.other.triggers, triggerRow{text(row[0]), text(row[1]), text(row[2]), text(row[3]), order})
	return nil
}

// readTriggers reads the triggers. Each depends on its table and on the trigger that runs before it.
func (r *reader) readTriggers(ctx context.Context) error {
	rows := r.other.triggers
	slices.SortFunc(rows, func(x, y triggerRow) int {
		return cmp.Or(cmp.Compare(x.table, y.table), cmp.Compare(x.timing, y.timing), cmp.Compare(x.event, y.event), cmp.Compare(x.order, y.order))
	})
	previous := map[string]string{}
	tables := map[string]string{}
	names := make([]string, len(rows))
	for i, t := range rows {
		names[i] = t.name
		tables[t.name] = t.table
		if b := rows[max(i-1, 0)]; i > 0 && b.table == t.table && b.timing == t.timing && b.event == t.event {
			previous[t.name] = b.name
		}
	}
	key := func(name string) schema.Key {
		return schema.Key{Kind: schema.KindTrigger, Owner: tables[name], Name: name}
	}
	return r.showCreate(ctx, "TRIGGER", slices.Compact(names), func(name string, row []driver.Value) error {
		definition, err := parseCreateTrigger(text(row[2]), name, tables[name])
		if err != nil {
			return err
		}
		t := scripted(schema.KindTrigger, tables[name], name, definition, text(row[1]))
		t.DependsOn = []schema.Key{{Kind: schema.KindTable, Name: tables[name]}}
		if before := previous[name]; before != "" {
			t.Attrs.Set(attrTriggerOrder, "FOLLOWS "+quoteIdent(before), schema.ClassStructure)
			t.DependsOn = append(t.DependsOn, key(before))
		}
		r.out.Put(t)
		return nil
	}, func(name string, err error) error { return r.notice(key(name), err) })
}

// parseCreateTrigger writes a trigger's statement with a canonical head: without the definer, without its place among
// others, without a qualified name. The body stays as its author wrote it.
func parseCreateTrigger(sql, name, table string) (string, error) {
	tokens, err := tokenize(sql)
	if err != nil {
		return "", err
	}
	sql, tokens = withoutDefiner(sql, tokens)
	p := &parser{tokens: tokens}
	for !p.end() && !p.accept("TRIGGER") {
		p.pos++
	}
	p.accept("IF", "NOT", "EXISTS")
	if err := p.qualified(); err != nil {
		return "", err
	}
	var when []string
	for !p.end() && !p.accept("ON") {
		when = append(when, strings.ToUpper(p.next().text))
	}
	if err := p.qualified(); err != nil {
		return "", err
	}
	if !p.accept("FOR", "EACH", "ROW") {
		return "", p.unexpected("FOR EACH ROW")
	}
	if p.accept("FOLLOWS") || p.accept("PRECEDES") {
		if err := p.qualified(); err != nil {
			return "", err
		}
	}
	if p.end() {
		return "", p.unexpected("the trigger's body")
	}
	return "CREATE TRIGGER " + quoteIdent(name) + " " + strings.Join(when, " ") + " ON " + quoteIdent(table) + " FOR EACH ROW " +
		strings.TrimSpace(sql[p.peek().at:]), nil
}

// qualified passes over a name that may be qualified.
func (p *parser) qualified() error {
	if _, err := p.ident(); err != nil {
		return err
	}
	if p.acceptPunct(".") {
		_, err := p.ident()
		return err
	}
	return nil
}
