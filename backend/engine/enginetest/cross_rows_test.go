package enginetest_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// TestRowsCross copies rows with the extremes of every type of every engine to every other engine, into the table that was made
// there: what no note calls lossy or blocked has the same values afterwards.
func TestRowsCross(t *testing.T) {
	for _, from := range engines {
		for _, to := range engines {
			if from != to {
				across(t, from, to, copyRows)
			}
		}
	}
}

func copyRows(t *testing.T, from, to testdb.Server) {
	columns := samplesOf(from.Engine)
	source, target := from.Create(t), to.Create(t)
	source.Exec(t, samplesTable(from.Engine, columns))
	lost := follow(t, source, target)
	copied := 0
	for i, c := range columns {
		if note, ok := lost[columnName(i)]; ok {
			t.Logf("%s is not compared: %s", c.typ, note)
			continue
		}
		if err := copyColumn(t, source, target, i, c); err != nil {
			t.Errorf("%s: %v", c.typ, err)
			continue
		}
		copied++
	}
	t.Logf("%d of %d columns came through whole", copied, len(columns))
}

func columnName(i int) string { return fmt.Sprintf("c%d", i) }

// samplesTable is the table in the source's words, and the types that it needs.
func samplesTable(engineName string, columns []sample) string {
	lines := []string{"id integer NOT NULL PRIMARY KEY"}
	for i, c := range columns {
		lines = append(lines, strings.TrimSpace(columnName(i)+" "+c.typ+nullable(c.typ)))
	}
	create := "CREATE TABLE samples (" + strings.Join(lines, ",\n") + ");"
	if engineName == testdb.Postgres {
		create = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s', 'größer');\n" + create
	}
	return create
}

// nullable is what MySQL and MariaDB want said of a timestamp.
func nullable(typ string) string {
	if strings.HasPrefix(typ, "timestamp") {
		return " NULL"
	}
	return ""
}

// follow makes the target like the source, and returns the columns that are not kept whole there, with the reason.
func follow(t *testing.T, source, target *testdb.DB) map[string]string {
	t.Helper()
	found := madeLike(t, source, target, compare.Options{})
	lost := map[string]string{}
	for _, n := range found.Translation {
		if n.Source.Kind == schema.KindColumn && n.Severity != translate.Info {
			lost[n.Source.Name] = string(n.Severity) + ": " + string(n.Code)
		}
	}
	for _, n := range found.Notes {
		if n.Key.Kind == schema.KindColumn {
			lost[n.Key.Name] = string(n.Code)
		}
	}
	return lost
}

func inputOf(t *testing.T, db *testdb.DB) compare.Input {
	e := familyOf(db.Server).engine
	conn, err := e.Open(t.Context(), enginetest.Config(db))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeConn(t, conn) })
	return compare.Input{Conn: conn, Dialect: e.Dialect(), Name: db.Name}
}

func closeConn(t *testing.T, conn engine.Conn) {
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
}

// copyColumn puts the sample into the source, copies it as texts, and compares what the two ends say.
func copyColumn(t *testing.T, source, target *testdb.DB, i int, c sample) error {
	values := append(slices.Clone(c.values), "NULL")
	if err := source.ExecContext(t.Context(), insert(source.Server.Engine, i, values)); err != nil {
		t.Fatalf("the sample is wrong: %v", err)
	}
	want, err := readColumn(t, source, i, c)
	if err != nil {
		return fmt.Errorf("reading the source: %w", err)
	}
	literals := make([]string, len(want))
	for n, text := range want {
		literals[n] = c.literal(target.Server.Engine, text)
	}
	if err := target.ExecContext(t.Context(), insert(target.Server.Engine, i, literals)); err != nil {
		return err
	}
	got, err := readColumn(t, target, i, c)
	if err != nil {
		return fmt.Errorf("reading the target: %w", err)
	}
	if len(got) != len(values) || len(want) != len(values) {
		return fmt.Errorf("%d values became %d and then %d", len(values), len(want), len(got))
	}
	for n := range want {
		if a, b := c.canonical(want[n]), c.canonical(got[n]); a != b {
			return fmt.Errorf("%.120q became %.120q", a, b)
		}
	}
	return nil
}

// rowsEach keeps the rows of one column apart from those of the next.
const rowsEach = 100

func insert(engineName string, i int, literals []string) string {
	rows := make([]string, len(literals))
	for n, l := range literals {
		rows[n] = fmt.Sprintf("(%d, %s)", i*rowsEach+n+1, l)
	}
	prefix := ""
	if engineName == testdb.MySQL || engineName == testdb.MariaDB {
		prefix = "SET time_zone = '+00:00'; "
	}
	return prefix + "INSERT INTO samples (id, " + columnName(i) + ") VALUES " + strings.Join(rows, ", ")
}

func readColumn(t *testing.T, db *testdb.DB, i int, c sample) ([]string, error) {
	query := fmt.Sprintf("SELECT %s FROM samples WHERE id BETWEEN %d AND %d ORDER BY id",
		c.text(db.Server.Engine, columnName(i)), i*rowsEach+1, (i+1)*rowsEach)
	rows, err := db.QueryStringsContext(t.Context(), query)
	var out []string
	for _, r := range rows {
		text := r[0]
		if n, ok := new(big.Int).SetString(text, 10); ok && c.kind == kindBits && db.Server.Engine == testdb.SQLite {
			text = n.Text(2) // bits are a number there
		}
		out = append(out, text)
	}
	return out, err
}
