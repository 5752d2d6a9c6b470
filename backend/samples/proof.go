package samples

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"database-structure-sync/backend/internal/filedump"
)

// Judge asks SQLite itself, and nothing else of this program, whether two files have the same structure and are sound. It
// returns how many lines tell the structure; an error says what differs.
func Judge(ctx context.Context, source, target string) (lines int, err error) {
	var dumps [2]string
	for i, path := range []string{source, target} {
		err := reading(path, func(db *sql.DB) error {
			query := func(ctx context.Context, text string) ([][]string, error) { return texts(ctx, db, text) }
			broken, err := query(ctx, "PRAGMA foreign_key_check")
			if err != nil {
				return err
			}
			if len(broken) > 0 {
				return fmt.Errorf("foreign keys of %s lead nowhere in %d rows", path, len(broken))
			}
			dumps[i], err = filedump.Dump(ctx, query)
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	a, b := strings.Split(dumps[0], "\n"), strings.Split(dumps[1], "\n")
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return 0, fmt.Errorf("SQLite tells different structures, from line %d on:\n  source: %s\n  target: %s", i+1, at(a, i), at(b, i))
		}
	}
	return strings.Count(dumps[0], "\n"), nil
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// Content are the rows of a database, table by table.
type Content []tableContent

type tableContent struct {
	name    string
	columns []string
	rows    [][]string // each value as SQLite quotes it
}

// Rows is how many there are.
func (c Content) Rows() int {
	n := 0
	for _, t := range c {
		n += len(t.rows)
	}
	return n
}

// Read reads all rows of a database.
func Read(ctx context.Context, path string) (content Content, err error) {
	err = reading(path, func(db *sql.DB) error {
		tables, err := texts(ctx, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name")
		if err != nil {
			return err
		}
		for _, row := range tables {
			t := tableContent{name: row[0]}
			columns, err := texts(ctx, db, "SELECT name FROM pragma_table_xinfo("+quoted(t.name, "'")+") WHERE hidden = 0 ORDER BY name")
			if err != nil {
				return err
			}
			var values []string
			for _, c := range columns {
				t.columns = append(t.columns, c[0])
				values = append(values, "quote("+quoted(c[0], `"`)+")")
			}
			if t.rows, err = texts(ctx, db, "SELECT "+strings.Join(values, ", ")+" FROM "+quoted(t.name, `"`)); err != nil {
				return err
			}
			content = append(content, t)
		}
		return nil
	})
	return content, err
}

// Kept is a table that was there before and after.
type Kept struct {
	Table         string
	Before, After int  // rows
	Same          bool // every value is as it was, in the columns that were there before and after
}

// Lost is what had data before and is gone.
type Lost struct {
	Table, Column string // Column "": the whole table
	Count         int    // rows, or values other than NULL
}

// Since tells what became of the rows that were there before.
func (c Content) Since(before Content) (kept []Kept, lost []Lost) {
	for _, old := range before {
		i := slices.IndexFunc(c, func(t tableContent) bool { return t.name == old.name })
		if i < 0 {
			if len(old.rows) > 0 {
				lost = append(lost, Lost{Table: old.name, Count: len(old.rows)})
			}
			continue
		}
		var common []string
		for _, column := range old.columns {
			if slices.Contains(c[i].columns, column) {
				common = append(common, column)
			} else if n := old.values(column); n > 0 {
				lost = append(lost, Lost{old.name, column, n})
			}
		}
		same := slices.Equal(old.bag(common), c[i].bag(common))
		kept = append(kept, Kept{old.name, len(old.rows), len(c[i].rows), same})
	}
	return kept, lost
}

// values counts what is in a column.
func (t tableContent) values(column string) int {
	i, n := slices.Index(t.columns, column), 0
	for _, row := range t.rows {
		if row[i] != "NULL" {
			n++
		}
	}
	return n
}

// bag are the rows with these columns alone, sorted.
func (t tableContent) bag(columns []string) []string {
	out := make([]string, len(t.rows))
	for i, row := range t.rows {
		for _, column := range columns {
			out[i] += row[slices.Index(t.columns, column)] + "\x00"
		}
	}
	slices.Sort(out)
	return out
}

// reading opens a file that nothing is written to.
func reading(path string, work func(*sql.DB) error) (err error) {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("reading a sample database: %w", err)
	}
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro")
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := work(db); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return nil
}

// texts are the rows of a query with every value as text.
func texts(ctx context.Context, db *sql.DB, query string) (out [][]string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		row := make([]string, len(columns))
		for i, v := range values {
			if row[i] = v.String; !v.Valid {
				row[i] = "NULL"
			}
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

func quoted(name, quote string) string {
	return quote + strings.ReplaceAll(name, quote, quote+quote) + quote
}
