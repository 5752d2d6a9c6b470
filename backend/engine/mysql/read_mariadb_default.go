package mysql

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"

	mysql "github.com/go-sql-driver/mysql"
)

// lostDefault is a default of which MariaDB printed a question mark for every character beyond utf8mb3.
type lostDefault struct {
	table  *rawTable
	column int
}

// lostDefaults are the table's text defaults with question marks, which may stand for other characters.
func (r *reader) lostDefaults(raw *rawTable) []lostDefault {
	var lost []lostDefault
	for i, c := range raw.columns {
		if c.def.kind == defaultLiteral && strings.IndexByte(c.def.text, '?') >= 0 && r.b.typ(c.typ).family == familyText {
			lost = append(lost, lostDefault{raw, i})
		}
	}
	return lost
}

// readLostDefaults asks for the values of such defaults, which the server does tell as a value; of a row that is not there,
// so no row is read. A user who may not select from the table gets what was printed.
func (r *reader) readLostDefaults(ctx context.Context, lost []lostDefault) error {
	for len(lost) > 0 {
		batch := lost[:min(batchSize, len(lost))]
		statements := make([]string, len(batch))
		for i, l := range batch {
			statements[i] = "SELECT CONVERT(DEFAULT(" + quoteIdent(l.table.columns[l.column].name) + ") USING utf8mb4) FROM (SELECT 1) one LEFT JOIN " +
				quoteIdent(r.c.db) + "." + quoteIdent(l.table.name) + " ON 0"
		}
		answered := 0
		err := r.c.queryResults(ctx, strings.Join(statements, ";"), len(batch), func(result int, row []driver.Value) error {
			answered = result + 1
			if row[0] != nil {
				batch[result].table.columns[batch[result].column].def.text = text(row[0])
			}
			return nil
		})
		var server *mysql.MySQLError
		switch {
		case err == nil:
			answered = len(batch)
		case errors.As(err, &server) && !isLost(err) && server.Number != errQueryInterrupted:
			answered++ // the one that was refused
		default:
			return err
		}
		lost = lost[min(answered, len(lost)):]
	}
	return nil
}
