package mysql

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
)

// listMariaDB lists what there is. Its information_schema opens every table for every question; SHOW does not.
func (r *reader) listMariaDB(ctx context.Context) error {
	steps := append(r.settingSteps(), step{"SHOW FULL TABLES FROM " + quoteIdent(r.c.db), func(row []driver.Value) error {
		name := text(row[0])
		switch kind := text(row[1]); kind {
		case "VIEW":
			r.other.views = append(r.other.views, name)
		case "SEQUENCE":
			r.other.sequences = append(r.other.sequences, name)
		case "TEMPORARY TABLE", "TEMPORARY SEQUENCE":
		default:
			r.names = append(r.names, name)
		}
		return nil
	}})
	return r.batch(ctx, append(steps, r.scriptSteps()...))
}

// isForeignKeyLine tells whether a line of SHOW CREATE TABLE defines a foreign key.
func isForeignKeyLine(line string) bool {
	return strings.HasPrefix(line, "  CONSTRAINT `") && strings.Contains(line, " FOREIGN KEY (`") && strings.Contains(line, ") REFERENCES `")
}

// plainForeignKey tells whether the line can be read: MariaDB 11.8 prints a foreign key's name and columns without doubling
// the backticks in them.
func plainForeignKey(line string) bool {
	rest, ok := line, true
	skip := func(prefix string) {
		var found bool
		rest, found = strings.CutPrefix(rest, prefix)
		ok = ok && found
	}
	name := func() {
		skip("`")
		var found bool
		_, rest, found = strings.Cut(rest, "`")
		ok = ok && found
	}
	list := func() {
		for name(); strings.HasPrefix(rest, ", "); name() {
			skip(", ")
		}
	}
	skip("  CONSTRAINT ")
	name()
	skip(" FOREIGN KEY (")
	list()
	skip(") REFERENCES ")
	if name(); strings.HasPrefix(rest, ".") {
		skip(".")
		name()
	}
	skip(" (")
	list()
	skip(")")
	return ok && !strings.Contains(rest, "`")
}

// withoutOddForeignKeys takes all foreign keys out of a SHOW CREATE TABLE text if one of them has a backtick in a name; odd
// is false when there is none.
func withoutOddForeignKeys(sql string) (rest string, odd bool) {
	for rest, line := sql, ""; rest != "" && !odd; {
		line, rest, _ = strings.Cut(rest, "\n")
		odd = isForeignKeyLine(line) && !plainForeignKey(line)
	}
	if !odd {
		return sql, false
	}
	var kept []string
	for line := range strings.SplitSeq(sql, "\n") {
		if !isForeignKeyLine(line) {
			kept = append(kept, line)
		}
	}
	for i := 1; i < len(kept); i++ {
		if strings.HasPrefix(kept[i], ")") {
			kept[i-1] = strings.TrimSuffix(kept[i-1], ",")
			break
		}
	}
	return strings.Join(kept, "\n"), true
}

// readOddForeignKeys asks information_schema for the foreign keys of the tables whose SHOW CREATE TABLE cannot be read.
func (r *reader) readOddForeignKeys(ctx context.Context) error {
	var steps []step
	for _, name := range r.oddForeignKeys {
		raw := r.raws[name]
		steps = append(steps, step{
			"SELECT CONSTRAINT_NAME, UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME, UPDATE_RULE, DELETE_RULE " +
				"FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = " + quoteString(r.c.db) + " AND TABLE_NAME = " + quoteString(name),
			func(row []driver.Value) error {
				raw.foreignKeys = append(raw.foreignKeys, rawForeignKey{
					name: text(row[0]), refSchema: text(row[1]), refTable: text(row[2]), onUpdate: text(row[3]), onDelete: text(row[4]),
				})
				return nil
			},
		}, step{
			"SELECT CONSTRAINT_NAME, ORDINAL_POSITION, COLUMN_NAME, REFERENCED_COLUMN_NAME " +
				"FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL AND TABLE_SCHEMA = " + quoteString(r.c.db) + " AND TABLE_NAME = " + quoteString(name),
			func(row []driver.Value) error {
				position, err := number(row[1])
				if err != nil {
					return fmt.Errorf("the position of a foreign key's column: %w", err)
				}
				raw.foreignKeyColumn(text(row[0]), position, text(row[2]), text(row[3]))
				return nil
			},
		})
	}
	if len(steps) == 0 {
		return nil
	}
	return r.batch(ctx, steps)
}

// foreignKeyColumn adds a pair of columns to the table's foreign key of that name.
func (t *rawTable) foreignKeyColumn(name string, position int, column, refColumn string) {
	for i := range t.foreignKeys {
		if fk := &t.foreignKeys[i]; fk.name == name {
			fk.columns = place(fk.columns, position, column)
			fk.refColumns = place(fk.refColumns, position, refColumn)
		}
	}
}
