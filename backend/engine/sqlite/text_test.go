//go:build cgo

package sqlite

import (
	"context"
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"

	sqlite3 "github.com/mattn/go-sqlite3"
)

func TestExpressionsThatMeanTheSameHaveOneText(t *testing.T) {
	columns := map[string]string{"a": "a", "name": "Name", "order": "order", "x y": "x y"}
	for want, texts := range map[string][]string{
		"a > 0":                        {"a>0", " a  >\n0 ", "A > 0", `"a" > 0`, "[a]>0", "`A` > /* what */ 0 -- so", "t.a > 0", `"T"."A" > 0`},
		"length(Name) BETWEEN 1 AND 9": {"length(name) between 1 and 9", "length ( NAME ) Between 1 And 9"},
		`"order" IN (1, -2)`:           {`"order" in(1,-2)`, "[ORDER] IN ( 1 , - 2 )"},
		`"x y" <> 'it''s'`:             {`"x y"!='it''s'`, "[x y] <> 'it''s'"},
		"a - -1 = - a":                 {"a- -1==-a"},
		"a COLLATE name IS NOT NULL":   {"a collate name is not null"},
		"CASE WHEN a THEN x'AB' END":   {"case when a then X'ab' END"},
		"name(Name) || lower(a)":       {"name(Name)||lower(a)"},
	} {
		for _, text := range texts {
			tokens, err := tokenize(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := expr(tokens, "t", columns); got != want {
				t.Errorf("%s: got %s, want %s", text, got, want)
			}
			again, err := tokenize(want)
			if err != nil {
				t.Fatal(err)
			}
			if got := expr(again, "t", columns); got != want {
				t.Errorf("%s does not stay what it is: %s", want, got)
			}
		}
	}
}

func TestTextsWithoutAnEndAreRefused(t *testing.T) {
	for _, text := range []string{"'a", `"a`, "[a", "`a", "x'41"} {
		if _, err := tokenize(text); err == nil {
			t.Errorf("%s was read", text)
		}
	}
	for _, text := range []string{"", "CREATE", "CREATE TABLE", "CREATE TABLE t", "CREATE TABLE t (", "CREATE TABLE t (a", "CREATE TABLE t (a CHECK (", "CREATE TABLE t (a) WITHOUT"} {
		if _, err := parseTable(text); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func TestTypesAreOfSQLitesAffinities(t *testing.T) {
	for typ, want := range map[string]string{
		"INT": affinityInteger, "unsigned big int": affinityInteger, "CHARINT": affinityInteger, "VARCHAR(9)": affinityText, "CLOB": affinityText,
		"": affinityBlob, "blob": affinityBlob, "DOUBLE PRECISION": affinityReal, "FLOAT": affinityReal, "DATETIME": affinityNumeric, "DECIMAL(1,2)": affinityNumeric, "STRING": affinityNumeric,
	} {
		if got := affinity(typ); got != want {
			t.Errorf("%s: %s, not %s", typ, got, want)
		}
	}
}

// memory is a database in memory, read as a file would be.
func memory(t testing.TB) *conn {
	t.Helper()
	opened, err := (&sqlite3.SQLiteDriver{}).Open(":memory:")
	if err != nil {
		t.Fatal(err)
	}
	c := &conn{db: opened.(*sqlite3.SQLiteConn), target: "memory", writable: true}
	t.Cleanup(func() { c.Close() })
	return c
}

// structure is what the database holds.
func structure(t testing.TB, c *conn) *schema.Database {
	t.Helper()
	cat, err := c.readCatalog(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return build(cat, "3", "memory")
}

// written is a database with the structure as it is rendered.
func written(t testing.TB, db *schema.Database) *conn {
	t.Helper()
	c := memory(t)
	changes := diff.Compare(db, db.Empty(), diff.Options{}).Changes
	p, err := plan.Build(dialect{}, db.Empty(), changes, plan.Options{AllowDestructive: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Statements {
		if err := c.control(context.Background(), s.SQL); err != nil {
			t.Fatalf("%v\n%s", err, s.SQL)
		}
	}
	return c
}

// FuzzTables: whatever table SQLite makes of a text is either understood, so that it can be made again and is the same, or
// is said not to be understood.
func FuzzTables(f *testing.F) {
	for _, seed := range []string{
		"CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'x' COLLATE NOCASE UNIQUE)",
		"CREATE TABLE t (a, b AS (a+1) STORED, c GENERATED ALWAYS AS (a||b) VIRTUAL, CHECK (a>0), CONSTRAINT x UNIQUE (a, c DESC))",
		"CREATE TABLE t ([a b] varchar( 10 ), `c` REFERENCES t ON DELETE SET NULL MATCH FULL DEFERRABLE INITIALLY DEFERRED, PRIMARY KEY (`c`, \"a b\" COLLATE RTRIM)) WITHOUT ROWID, STRICT",
		"CREATE TABLE t (a DEFAULT (1+2) CHECK (a IN (1,2)) CONSTRAINT n NOT NULL, b DEFAULT -5, c DEFAULT x, d DEFAULT CURRENT_TIMESTAMP, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p (x, y) ON UPDATE CASCADE); CREATE UNIQUE INDEX i ON t (a DESC, lower(b) COLLATE NOCASE) WHERE c IS NOT NULL",
		"CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b /* c */ -- d\n INT CHECK (b <> ')') CHECK (t.b <> 5) CONSTRAINT lonely)",
		"CREATE TABLE t (a); CREATE VIEW v (x) AS SELECT a FROM t WHERE a > 1; CREATE TRIGGER r AFTER UPDATE OF a ON t WHEN new.a > 1 BEGIN SELECT 1; END",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		upper := strings.ToUpper(sql)
		for _, word := range []string{"RECURSIVE", "PRAGMA", "ATTACH", "VACUUM", "ZEROBLOB", "RANDOMBLOB", "TEMP", "VIRTUAL TABLE", "SQLITE_", "INSERT", "UPDATE ", "REPLACE INTO", "BEGIN"} {
			if strings.Contains(upper, word) && !strings.Contains(upper, "TRIGGER") {
				return // neither tables nor quick
			}
		}
		if strings.Contains(sql, "\x00") || !strings.HasPrefix(upper, "CREATE") {
			return
		}
		c := memory(t)
		if err := c.control(t.Context(), sql); err != nil {
			return // no table to SQLite
		}
		db := structure(t, c)
		for _, o := range db.Objects() {
			if len(o.Extra().Unmodelled) > 0 || hasUnmodelledPart(o) {
				return
			}
		}
		again := structure(t, written(t, db))
		if found := diff.Compare(db, again, diff.Options{ColumnOrder: true}); !found.Equal() || db.Fingerprint() != again.Fingerprint() {
			for _, x := range diff.Items(found.Changes) {
				t.Errorf("%s %s: %+v", x.Action, x.Key(), x.Fields)
			}
			t.Errorf("%q comes back as another structure", sql)
		}
	})
}

func hasUnmodelledPart(o schema.Object) bool {
	for _, p := range o.Parts() {
		if len(p.Extra().Unmodelled) > 0 {
			return true
		}
	}
	return false
}

// A statement that this program does not understand is made again as it stands, and nothing is guessed about it.
func TestWhatIsNotUnderstoodIsCopiedAsItStands(t *testing.T) {
	sql := "CREATE TABLE t (a INT, b TEXT CHECK (b <> ''))"
	cat := &catalog{
		objects: []schemaRow{{"table", "t", "t", sql + " WITH NEWS"}},
		tables:  map[string]tableRow{"t": {typ: "table"}},
		columns: map[string][]columnRow{"t": {{name: "a", typ: "INT"}, {name: "b", typ: "TEXT"}}},
	}
	db := build(cat, "4", "news.db")
	table := db.Table("", "t")
	if len(table.Unmodelled) != 1 || !strings.HasPrefix(table.Unmodelled[0], sql+" WITH NEWS (") || len(table.Columns) != 2 {
		t.Errorf("unmodelled %q, columns %d", table.Unmodelled, len(table.Columns))
	}
	text, err := plan.Definition(dialect{}, table, db)
	if err != nil || text != sql+" WITH NEWS" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := createTable(table, "new_t", nil, db); err == nil {
		t.Error("the table was built anew from what is known of it")
	}
}
