package mysql

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// errNoPrivilege is the number of the error "you need (at least one of) the … privilege(s)".
const errNoPrivilege = 1227

// readTablespaces finds the tables whose tablespace says more than information_schema.TABLES tells, which then are asked
// for by SHOW CREATE. What cannot be found out so is unseen: COLUMN_FORMAT and STORAGE, which InnoDB takes no notice of
// and tells nowhere else, and, without the privilege PROCESS, all about tablespaces.
func (r *reader) readTablespaces(ctx context.Context) error {
	if len(r.names) <= r.c.showAll {
		return nil
	}
	r.out.Unseen = []string{attrColumnFormat, attrStorage}
	shared := false
	err := r.batch(ctx, []step{
		{"SELECT NAME FROM information_schema.INNODB_TABLESPACES WHERE AUTOEXTEND_SIZE <> 0", func(row []driver.Value) error {
			r.suspectSpace(text(row[0]))
			return nil
		}},
		// Their names are encoded in a way that no function takes back, so that they only tell that there are such tables.
		{"SELECT 1 FROM information_schema.INNODB_TABLES WHERE SPACE_TYPE <> 'Single' AND NAME LIKE '%/%' AND NAME NOT LIKE 'mysql/%' LIMIT 1", func([]driver.Value) error {
			shared = true
			return nil
		}},
	})
	var server *mysql.MySQLError
	switch {
	case errors.As(err, &server) && server.Number == errNoPrivilege:
		r.out.Unseen = append(r.out.Unseen, attrAutoextendSize, attrTablespace)
		slices.Sort(r.out.Unseen)
		return nil
	case err != nil || !shared:
		return err
	}
	return r.suspectShared(ctx)
}

// suspectSpace marks the table of a tablespace that has its name.
func (r *reader) suspectSpace(name string) {
	if db, table, _ := strings.Cut(name, "/"); db == r.c.db && r.raws[table] != nil {
		r.raws[table].suspect = true
	}
}

// suspectShared marks the tables that share a tablespace with others: those of which there is no file.
func (r *reader) suspectShared(ctx context.Context) error {
	own := map[string]bool{}
	err := r.batch(ctx, []step{{"SELECT NAME FROM information_schema.INNODB_TABLESPACES WHERE SPACE_TYPE = 'Single'", func(row []driver.Value) error {
		if db, table, _ := strings.Cut(text(row[0]), "/"); db == r.c.db {
			own[table] = true
		}
		return nil
	}}})
	if err != nil {
		return err
	}
	for name, raw := range r.raws {
		if !own[name] {
			raw.suspect = true
		}
	}
	return nil
}
