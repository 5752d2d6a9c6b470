package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/jackc/pgx/v5/pgconn"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/schema"
)

// query is one catalog statement and what becomes of each of its rows.
type query struct {
	phase string // a stable name for progress and errors
	sql   string
	row   func(*reader, row) error
}

// catalog lists all statements of an inspection in the order in which their rows are needed: what names things comes
// before what refers to them. None depends on the answer to another, so all travel at once.
func catalog(v version) []query {
	return slices.Concat(
		nameQueries(), commentQueries(), schemaQueries(), collationQueries(v), typeQueries(v),
		relationQueries(), enumQueries(), inheritanceQueries(), columnQueries(v), domainQueries(), rangeQueries(v),
		sequenceQueries(), viewQueries(), routineQueries(), constraintQueries(v), indexQueries(v), columnSettingQueries(v),
		statisticsQueries(v), triggerQueries(v), ruleQueries(), policyQueries(), dependencyQueries(), otherQueries(v), standingQueries(),
	)
}

// The transaction that everything is read in. Functions that deparse look at the newest catalogs and not at the
// snapshot: what is dropped in between makes them fail, and the reading starts again.
const (
	beginReading = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
	endReading   = "COMMIT"
	attempts     = 3
)

// Inspect implements engine.Conn.
func (c *conn) Inspect(ctx context.Context, opt engine.InspectOptions) (*schema.Database, error) {
	for attempt := 1; ; attempt++ {
		db, err := c.inspect(ctx, opt)
		if err == nil {
			return db, nil
		}
		var server *pgconn.PgError
		changedMeanwhile := errors.As(err, &server) && server.Code == stateInternal
		if !changedMeanwhile || attempt == attempts {
			return nil, c.fault(ctx, err, "reading the structure")
		}
	}
}

func (c *conn) inspect(ctx context.Context, opt engine.InspectOptions) (*schema.Database, error) {
	queries := catalog(c.version)
	batch := &pgconn.Batch{}
	for _, sql := range append(append([]string{beginReading}, statements(queries)...), endReading) {
		batch.ExecParams(sql, nil, nil, nil, nil)
	}
	c.count(len(queries) + 2)
	r := newReader(c, opt)
	results := c.pg.ExecBatch(ctx, batch)
	err := r.readAll(results, queries)
	if closing := results.Close(); err == nil {
		err = closing
	}
	if err != nil {
		if c.pg.TxStatus() != 'I' && !c.pg.IsClosed() {
			_ = c.Rollback(context.WithoutCancel(ctx)) // what went wrong is told already
		}
		return nil, err
	}
	return r.finish(), nil
}

func statements(queries []query) []string {
	out := make([]string, len(queries))
	for i, q := range queries {
		out[i] = q.sql
	}
	return out
}

// readAll hands every row of every result to its query, as it arrives.
func (r *reader) readAll(results *pgconn.MultiResultReader, queries []query) error {
	for i := -1; results.NextResult(); i++ {
		result := results.ResultReader()
		if i < 0 || i >= len(queries) { // the transaction's own statements
			if _, err := result.Close(); err != nil {
				return fmt.Errorf("beginning to read: %w", err)
			}
			continue
		}
		q := queries[i]
		if r.opt.Progress != nil && (i == 0 || queries[i-1].phase != q.phase) {
			r.opt.Progress(q.phase, i, len(queries))
		}
		for result.NextRow() {
			if err := q.row(r, row{result.Values(), r}); err != nil {
				return fmt.Errorf("reading %s: %w", q.phase, err)
			}
		}
		if _, err := result.Close(); err != nil {
			return fmt.Errorf("reading %s: %w", q.phase, err)
		}
	}
	return nil
}

// address is how the catalogs point at anything: the catalog it is in, its row, and the column if it is one.
type address struct {
	class, oid uint32
	sub        int
}

// reader collects what one inspection reads. Its maps live as long as the inspection.
type reader struct {
	v    version
	opt  engine.InspectOptions
	db   *schema.Database
	want map[string]bool // schemas; nil for all

	strings    map[string]string // interned
	extensions map[uint32]schema.Key
	members    map[address]schema.Key // extension members → extension
	comments   map[address]string
	schemas    map[uint32]string
	collations map[uint32]collation
	types      map[uint32]schema.Key // user-defined types, arrays among them
	typeTexts  map[typeRef]typeInfo
	typeNames  map[uint32]typeName // of those that are objects of their own
	relations  map[uint32]*relation
	latest     struct { // what relations was last asked for: columns come table by table
		oid uint32
		rel *relation
	}
	spareRefs    []columnRef
	spareColumns []schema.Column
	enums        map[uint32]*schema.Enum
	domains      map[uint32]*schema.Domain
	tracked      map[uint32]map[uint32]schema.Object // by class and oid: constraints, indexes, routines, …: what has dependencies and what they point at
	defaults     map[uint32]*schema.Column           // whose default or expression it is
	bases        map[address]*schema.Base            // what has the dependencies of things that are no objects
	backing      map[uint32]*schema.Constraint
	indexes      map[uint32]*indexParts
	opclasses    map[uint32]opclass
	castable     map[[2]uint32]bool // binary-coercible without asking, by pg_cast
	baseTypes    map[uint32]uint32  // domain → base type
	fks          map[uint32]foreignKeyIDs
	notNulls     []notNullRow
	pending      []func() // what can only be said when everything is read
	objects      []schema.Object
	notices      map[string][]string
}

func newReader(c *conn, opt engine.InspectOptions) *reader {
	r := &reader{
		v: c.version, opt: opt,
		db:         &schema.Database{Dialect: "postgres", Flavor: c.server.Flavor, Version: c.server.Version, Name: c.name},
		strings:    map[string]string{},
		extensions: map[uint32]schema.Key{}, members: map[address]schema.Key{}, comments: map[address]string{},
		schemas: map[uint32]string{}, collations: map[uint32]collation{},
		types: map[uint32]schema.Key{}, typeTexts: map[typeRef]typeInfo{}, typeNames: map[uint32]typeName{},
		relations: map[uint32]*relation{}, enums: map[uint32]*schema.Enum{}, domains: map[uint32]*schema.Domain{},
		tracked: map[uint32]map[uint32]schema.Object{}, bases: map[address]*schema.Base{},
		backing: map[uint32]*schema.Constraint{}, indexes: map[uint32]*indexParts{}, opclasses: map[uint32]opclass{},
		castable: map[[2]uint32]bool{}, baseTypes: map[uint32]uint32{}, fks: map[uint32]foreignKeyIDs{},
		notices: map[string][]string{},
	}
	if len(opt.Schemas) > 0 {
		r.want = map[string]bool{}
		for _, s := range opt.Schemas {
			r.want[s] = true
		}
	}
	return r
}

// wanted tells whether objects of the schema belong into the result.
func (r *reader) wanted(schemaName string) bool { return r.want == nil || r.want[schemaName] }

// put notes an object of the schema. Objects are put into the database at the end, when their keys are final.
func (r *reader) put(schemaName string, o schema.Object) {
	if r.wanted(schemaName) {
		r.objects = append(r.objects, o)
	}
}

// own tells the schema of something and whether it is the user's: in a schema of the user and of no extension.
func (r *reader) own(class, oid, namespace uint32) (schemaName string, ok bool) {
	if _, member := r.members[address{class: class, oid: oid}]; member {
		return "", false
	}
	schemaName, ok = r.schemas[namespace]
	return schemaName, ok
}

// track lets dependencies that the catalogs know of class and oid go to the object, and gives it its comment.
func (r *reader) track(class, oid uint32, o schema.Object) {
	r.note(class, oid, o)
	o.Extra().Comment = r.comments[address{class: class, oid: oid}]
}

// note is track for what has its comment elsewhere.
func (r *reader) note(class, oid uint32, o schema.Object) {
	if r.tracked[class] == nil {
		hint := 0
		if class == classConstraint || class == classIndex { // every table has some
			hint = 3 * len(r.relations) / 2
		}
		r.tracked[class] = make(map[uint32]schema.Object, hint)
	}
	r.tracked[class][oid] = o
}

// object is what the catalogs know of class and oid, nil for nothing of the user's.
func (r *reader) object(class, oid uint32) schema.Object {
	if o := r.tracked[class][oid]; o != nil {
		return o
	}
	if rel := r.relations[oid]; class == classRelation && rel != nil {
		return rel.object
	}
	return nil
}

// of is the relation of that oid, nil for nothing of the user's; quick where rows come table by table.
func (r *reader) of(oid uint32) *relation {
	if r.latest.oid != oid {
		r.latest.oid, r.latest.rel = oid, r.relations[oid]
	}
	return r.latest.rel
}

// base is what has the dependencies of class and oid; nil for nothing of the user's.
func (r *reader) base(class, oid uint32) *schema.Base {
	if c := r.defaults[oid]; class == classAttrdef && c != nil {
		return &c.Base
	}
	if o := r.object(class, oid); o != nil {
		return o.Extra()
	}
	return r.bases[address{class: class, oid: oid}]
}

// key is the object of class and oid, zero for nothing of the user's.
func (r *reader) key(class, oid uint32) schema.Key {
	if c := r.defaults[oid]; class == classAttrdef && c != nil {
		return c.Key()
	}
	if o := r.object(class, oid); o != nil {
		return o.Key()
	}
	return schema.Key{}
}

// finish completes the objects and puts them into the database.
func (r *reader) finish() *schema.Database {
	for _, f := range r.pending {
		f()
	}
	r.normalize()
	for _, o := range r.objects {
		r.db.Put(o)
	}
	r.tellNotices()
	return r.db
}

func (r *reader) tellNotices() {
	reasons := make([]string, 0, len(r.notices))
	for reason := range r.notices {
		reasons = append(reasons, reason)
	}
	sort.Strings(reasons)
	for _, reason := range reasons {
		r.db.Notices = append(r.db.Notices, schema.Notice{Reason: reason + ": " + someOf(r.notices[reason])})
	}
}

// someOf lists names, the first few when there are many.
func someOf(names []string) string {
	const most = 10
	sort.Strings(names)
	text := ""
	for i, n := range names {
		if i == most {
			return fmt.Sprintf("%s and %d more", text, len(names)-most)
		}
		if i > 0 {
			text += ", "
		}
		text += n
	}
	return text
}
