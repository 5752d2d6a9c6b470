package mysql

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	mysql "github.com/go-sql-driver/mysql"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/schema"
)

// batchSize is how many SHOW CREATE statements travel together.
const batchSize = 500

// Inspect implements engine.Conn.
func (c *conn) Inspect(ctx context.Context, opt engine.InspectOptions) (*schema.Database, error) {
	r := &reader{c: c, progress: opt.Progress, raws: map[string]*rawTable{}, known: interner{}, grants: grants{}}
	if r.progress == nil {
		r.progress = func(string, int, int) {}
	}
	err := c.run(ctx, "reading the structure", func(ctx context.Context) error { return r.read(ctx) })
	if err != nil {
		return nil, c.fault(err, "reading the structure")
	}
	return r.out, nil
}

// reader is one inspection.
type reader struct {
	c        *conn
	progress engine.Progress
	b        builder
	out      *schema.Database
	// names are the tables in the server's order; raws what is known of each. What stays nil in raws could not be read.
	names []string
	raws  map[string]*rawTable
	// oddForeignKeys are the tables whose foreign keys are to be asked for; see readOddForeignKeys.
	oddForeignKeys []string
	keys           []*schema.ForeignKey
	known          interner
	grants         grants
	other          listing
}

// listing is what there is beside tables.
type listing struct {
	sequences []string
	views     []string
	triggers  []triggerRow
	routines  []routineRow
	events    []string
}

func (r *reader) read(ctx context.Context) (err error) {
	c := r.c
	r.out = &schema.Database{Dialect: "mysql", Flavor: c.f.name(), Version: c.f.version(), Name: c.db}
	r.b = builder{f: c.f, db: c.db, defaultCollations: map[string]string{}}
	r.progress("list", 0, 0)
	if c.f.mariadb {
		err = r.listMariaDB(ctx)
	} else {
		err = r.listMySQL(ctx)
	}
	if err != nil {
		return err
	}
	r.out.Charset, r.out.Collation = r.b.charset, r.b.collation
	for _, read := range []func(context.Context) error{r.readTables, r.readSequences, r.readViews, r.readTriggers, r.readRoutines, r.readEvents} {
		if err := read(ctx); err != nil {
			return err
		}
	}
	if !c.f.mariadb {
		if err := c.query(ctx, "COMMIT", func([]driver.Value) error { return nil }); err != nil {
			return err
		}
	}
	r.link()
	r.hiddenNotices()
	return nil
}

// step is one statement of a batch, with what becomes of its rows; nil for a statement that has no result.
type step struct {
	sql string
	row func(row []driver.Value) error
}

// batch sends the steps in one round trip.
func (r *reader) batch(ctx context.Context, steps []step) error {
	texts := make([]string, len(steps))
	var results []func([]driver.Value) error
	for i, s := range steps {
		texts[i] = s.sql
		if s.row != nil {
			results = append(results, s.row)
		}
	}
	return r.c.queryResults(ctx, strings.Join(texts, ";"), len(steps), func(result int, row []driver.Value) error {
		return results[result](row)
	})
}

// settingSteps ask for what the whole database has in common.
func (r *reader) settingSteps() []step {
	return []step{
		r.grantsStep(),
		{"SELECT @@character_set_database, @@collation_database", func(row []driver.Value) error {
			r.b.charset, r.b.collation = normalCharset(text(row[0])), normalCollation(text(row[1]))
			return nil
		}},
		{"SELECT CHARACTER_SET_NAME, DEFAULT_COLLATE_NAME FROM information_schema.CHARACTER_SETS", func(row []driver.Value) error {
			r.b.defaultCollations[normalCharset(text(row[0]))] = normalCollation(text(row[1]))
			return nil
		}},
	}
}

// showCreate sends SHOW CREATE for every name, in batches, and hands over each answer. A statement that the server refuses
// ends its batch there; refused says whether to go on after it.
func (r *reader) showCreate(ctx context.Context, what string, names []string, each func(name string, row []driver.Value) error, refused func(name string, err error) error) error {
	for from := 0; from < len(names); {
		to := min(from+batchSize, len(names))
		r.progress(strings.ToLower(what), from, len(names))
		var sql strings.Builder
		for _, n := range names[from:to] {
			sql.WriteString("SHOW CREATE " + what + " " + quoteIdent(r.c.db) + "." + quoteIdent(n) + ";")
		}
		answered := 0
		err := r.c.queryResults(ctx, strings.TrimSuffix(sql.String(), ";"), to-from, func(result int, row []driver.Value) error {
			answered = result + 1
			if err := each(names[from+result], row); err != nil {
				return fmt.Errorf("%s %s: %w", strings.ToLower(what), names[from+result], err)
			}
			return nil
		})
		from += answered
		var server *mysql.MySQLError
		switch {
		case err == nil:
			from = to
		case errors.As(err, &server) && !isLost(err) && server.Number != errQueryInterrupted && from < to:
			if err := refused(names[from], err); err != nil {
				return err
			}
			from++
		default:
			return err
		}
	}
	return nil
}

// notice reports what could not be read. What has vanished since it was listed is not worth a word.
func (r *reader) notice(key schema.Key, err error) error {
	var server *mysql.MySQLError
	if !errors.As(err, &server) {
		return err
	}
	r.out.Notices = append(r.out.Notices, schema.Notice{Key: key, Reason: "the server does not show it: " + serverMessage(server).Error()})
	return nil
}

// readTables reads the tables that SHOW CREATE has to tell about, and builds all of them.
func (r *reader) readTables(ctx context.Context) error {
	var shown []string
	var lost []lostDefault
	p := &parser{db: r.c.db, f: r.c.f}
	spare := &rawTable{}
	for _, n := range r.names {
		if raw := r.raws[n]; raw == nil || r.wantsShow(raw) {
			shown = append(shown, n)
		}
	}
	err := r.showCreate(ctx, "TABLE", shown, func(name string, row []driver.Value) error {
		sql, odd := text(row[1]), false
		if r.c.f.mariadb {
			sql, odd = withoutOddForeignKeys(sql)
		}
		raw, err := p.createTable(sql, spare)
		if err != nil {
			return err
		}
		raw.name = name
		if odd {
			r.oddForeignKeys = append(r.oddForeignKeys, name)
		}
		var questions []lostDefault
		if r.c.f.mariadb {
			questions = r.lostDefaults(raw)
			lost = append(lost, questions...)
		}
		if odd || len(questions) > 0 {
			r.raws[name], spare = raw, &rawTable{} // there is more to ask
			return nil
		}
		delete(r.raws, name)
		r.put(raw)
		return nil
	}, func(name string, err error) error {
		delete(r.raws, name)
		if numberOf(err) == errNoSuchTable {
			return nil
		}
		return r.notice(schema.Key{Kind: schema.KindTable, Name: name}, err)
	})
	if err != nil {
		return err
	}
	if err := r.readOddForeignKeys(ctx); err != nil {
		return err
	}
	if err := r.readLostDefaults(ctx, lost); err != nil {
		return err
	}
	for _, n := range r.names {
		raw := r.raws[n]
		if raw == nil {
			continue
		}
		r.put(raw)
		delete(r.raws, n)
	}
	return nil
}

// put builds a table and adds it to the result.
func (r *reader) put(raw *rawTable) {
	t, keys := r.b.table(raw)
	r.out.Put(t)
	for _, fk := range keys {
		r.out.Put(fk)
	}
	r.keys = append(r.keys, keys...)
}

// link adds the dependencies that take the whole database to know: a foreign key needs an index on either side.
func (r *reader) link() {
	for _, fk := range r.keys {
		if t := r.out.Table("", fk.Table); t != nil {
			fk.DependsOn = append(fk.DependsOn, indexStarting(t, fk.Columns, false))
		}
		if t := r.out.Table("", fk.RefTable); t != nil && fk.RefSchema == "" {
			fk.DependsOn = append(fk.DependsOn, indexStarting(t, fk.RefColumns, false))
		}
	}
}
