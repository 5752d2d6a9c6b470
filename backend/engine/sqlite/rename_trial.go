//go:build cgo

package sqlite

import (
	"context"
	"sort"

	sqlite3 "github.com/mattn/go-sqlite3"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Renamed implements plan.Renamer. What SQLite makes of its own texts it is asked itself: the structure is made once more in
// memory, without a row, and renamed there.
func (d dialect) Renamed(db *schema.Database, renames []diff.Rename) (*diff.Renamed, error) {
	ctx := context.Background()
	opened, err := (&sqlite3.SQLiteDriver{}).Open(":memory:")
	if err != nil {
		return nil, fault.Wrap(fault.Unsupported, err, "a database in memory cannot be opened")
	}
	c := &conn{db: opened.(*sqlite3.SQLiteConn), path: db.Name, target: "a copy in memory", writable: true}
	c.server.Version = db.Version
	defer c.Close()
	if err := c.control(ctx, settings); err != nil {
		return nil, fault.Wrap(fault.Unsupported, err, "a database in memory cannot be set up")
	}
	if err := c.copyStructure(ctx, d, db); err != nil {
		return nil, err
	}
	changes := make([]diff.Change, len(renames))
	for i := range renames {
		changes[i] = diff.Change{Action: diff.RenameAction, Before: db.Find(renames[i].Key), Rename: &renames[i]}
	}
	sort.SliceStable(changes, func(i, j int) bool { return changes[i].Rename.Key.Less(changes[j].Rename.Key) })
	statements, err := d.RenameStatements(changes, db, db)
	if err != nil {
		return nil, err
	}
	for _, s := range statements {
		if err := c.control(ctx, s.SQL); err != nil {
			return nil, fault.Wrap(fault.Unsupported, err, "SQLite refuses %s: %v", s.SQL, err)
		}
	}
	out, err := c.Inspect(ctx, engine.InspectOptions{})
	if err != nil {
		return nil, err
	}
	return &diff.Renamed{Database: out}, nil
}

// copyStructure makes everything that db has. Virtual tables whose module is not there are left out, as are those of a
// target whose modules this program does not have.
func (c *conn) copyStructure(ctx context.Context, d dialect, db *schema.Database) error {
	empty := db.Empty()
	p, err := plan.Build(d, empty, diff.Compare(db, empty, diff.Options{ColumnOrder: true}).Changes, plan.Options{AllowDestructive: true})
	if err != nil {
		return err
	}
	for _, s := range p.Statements {
		if err := c.control(ctx, s.SQL); err != nil && s.Key.Kind != schema.KindVirtualTable {
			return fault.Wrap(fault.Unsupported, err, "renames cannot be tried in memory: %s: %v", s.Key, err)
		}
	}
	return nil
}
