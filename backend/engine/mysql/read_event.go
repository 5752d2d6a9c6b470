package mysql

import (
	"context"
	"database/sql/driver"

	"database-structure-sync/backend/schema"
)

// readEvents reads the scheduler's events.
func (r *reader) readEvents(ctx context.Context) error {
	key := func(name string) schema.Key { return schema.Key{Kind: schema.KindEvent, Name: name} }
	return r.showCreate(ctx, "EVENT", r.other.events, func(name string, row []driver.Value) error {
		sql := text(row[3])
		tokens, err := tokenize(sql)
		if err != nil {
			return err
		}
		definition, _ := withoutDefiner(sql, tokens)
		e := scripted(schema.KindEvent, "", name, definition, text(row[1]))
		if zone := text(row[2]); zone != "+00:00" {
			e.Attrs.Set(attrTimeZone, zone, schema.ClassStructure)
		}
		r.out.Put(e)
		return nil
	}, func(name string, err error) error { return r.notice(key(name), err) })
}
