package enginetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

// content is what the rows of a table say: their number, and the sorted values of each column.
type content struct {
	table   *schema.Table
	columns map[string][]string
	rows    int
}

// content reads the tables that stay, when the case has rows.
func (x *subject) content(ctx context.Context, goal state) ([]content, error) {
	if !x.rows {
		return nil, nil
	}
	to := diff.Renaming(goal.renames)
	var all []content
	for _, o := range x.model.Objects() {
		before, ok := o.(*schema.Table)
		if !ok {
			continue
		}
		after := goal.table(to, before)
		if after == nil {
			continue
		}
		c := content{table: before, columns: map[string][]string{}}
		for _, col := range before.Columns {
			kept := x.column(after, to.Key(col.Key()).Name)
			if kept == nil || kept.Generated != "" { // what is computed afterwards need not stay
				continue
			}
			values, err := x.values(ctx, before, col.Name, repartitioned(before, after))
			if err != nil {
				return nil, err
			}
			c.columns[col.Name], c.rows = values, len(values)
		}
		all = append(all, c)
	}
	return all, nil
}

// column is the table's column of that name, as the server compares names; nil when there is none.
func (x *subject) column(t *schema.Table, name string) *schema.Column {
	fold := x.suite.Server.Engine != testdb.Postgres
	for _, c := range t.Columns {
		if c.Name == name || fold && strings.EqualFold(c.Name, name) {
			return c
		}
	}
	return nil
}

// repartitioned tells that a plain table became a partitioned one or the other way round: its rows go into partitions, or
// come out of them.
func repartitioned(before, after *schema.Table) bool {
	return (before.PartitionBy == "") != (after.PartitionBy == "")
}

// values are the sorted texts of a column, NULL as "NULL"; of the whole with those of partitions.
func (x *subject) values(ctx context.Context, t *schema.Table, column string, whole bool) ([]string, error) {
	quote := x.conn.Dialect().QuoteIdent
	name := quote(t.Name)
	if t.Schema != "" {
		name = quote(t.Schema) + "." + name
	}
	if x.suite.Server.Engine == testdb.Postgres && !whole {
		name = "ONLY " + name // the rows of partitions and children are theirs
	}
	rows, err := x.db.QueryStringsContext(ctx, "SELECT "+quote(column)+" FROM "+name)
	if err != nil {
		return nil, err
	}
	values := make([]string, len(rows))
	for i, r := range rows {
		values[i] = r[0]
	}
	slices.Sort(values)
	return values, nil
}

// keptContent fails when rows are gone, when a value became NULL, or when a column that kept its type has other values.
func (x *subject) keptContent(ctx context.Context, was *schema.Database, goal state, before []content) error {
	to := diff.Renaming(goal.renames)
	for _, c := range before {
		after := goal.table(to, c.table)
		for _, col := range was.Table(c.table.Schema, c.table.Name).Columns {
			old, ok := c.columns[col.Name]
			if !ok {
				continue
			}
			kept := x.column(after, to.Key(col.Key()).Name)
			now, err := x.values(ctx, after, kept.Name, repartitioned(c.table, after))
			if err != nil {
				return err
			}
			lost := func(format string, args ...any) error {
				return &Failure{Step: StepRows, Text: fmt.Sprintf("%s.%s: ", c.table.Name, col.Name) + fmt.Sprintf(format, args...)}
			}
			same := sameType(col, kept)
			switch {
			case len(now) != c.rows:
				return lost("there were %d rows and now are %d", c.rows, len(now))
			case nulls(now) > nulls(old):
				return lost("values became NULL: %q are now %q", old, now)
			case same && !slices.Equal(old, now):
				return lost("%q are now %q", strings.Join(old, ", "), strings.Join(now, ", "))
			}
		}
	}
	return nil
}

// sameType tells that the values of a column must read the same: a type of the user's own may have changed under them.
func sameType(before, after *schema.Column) bool {
	return before.Type.Text == after.Type.Text && before.Charset == after.Charset && before.Type.User.IsZero()
}

func nulls(values []string) int {
	n := 0
	for _, v := range values {
		if v == "NULL" {
			n++
		}
	}
	return n
}
