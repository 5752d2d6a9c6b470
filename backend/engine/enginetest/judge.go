package enginetest

import (
	"context"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// Judgement is a database's structure as the server's own dump program tells it, in a form in which equal structures are
// equal texts. It shares no code with the engines.
type Judgement string

// Judge dumps the database and takes out of the dump what is no structure, which is all of this and nothing else.
//
// PostgreSQL:
//   - the random key and the version numbers at both ends;
//   - the order of statements, which follows from what they need, and of the privileges on one object;
//   - the order of columns in tables, which no statement changes, and in the lists of statistics objects, which follow it;
//   - the repetition of an inherited column or check, its NOT NULL apart word for word, in a child table: no statement
//     takes back that the child declares it as well;
//   - whether a default or a check stands in its table or in a statement of its own, and the default that is NULL.
//
// MySQL and MariaDB:
//   - the database's own name;
//   - the order of keys and constraints behind the columns of a table, which is that of their creation;
//   - USING BTREE where there is no other kind of index to choose;
//   - the character sets of literals in expressions (_latin1'x'), which MySQL writes as it sees fit;
//   - the parentheses of -(4), which MySQL prints for -4 until it copies the table;
//   - WITHOUT SYSTEM VERSIONING of columns in a table without system versioning, which MariaDB leaves there;
//   - PAGE_CHECKSUM and TRANSACTIONAL of tables that are not Aria's, which MariaDB leaves there;
//   - TABLESPACE innodb_file_per_table, which says what is so anyway and no statement takes back;
//   - backticks in the head of a trigger, which MariaDB keeps as they were typed.
//
// SQLite has no such program: testdb tells what the pragmas say, and of every statement what they do not say.
//
// With counters false, the AUTO_INCREMENT counters of tables are left out as well: rows have moved them.
func Judge(t testing.TB, db *testdb.DB, counters bool) Judgement {
	t.Helper()
	j, err := judge(t.Context(), db, counters)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func judge(ctx context.Context, db *testdb.DB, counters bool) (Judgement, error) {
	dump, err := db.DumpContext(ctx)
	if err != nil {
		return "", err
	}
	if db.Server.Engine == testdb.SQLite {
		return Judgement(dump), nil
	}
	if db.Server.Engine == testdb.Postgres {
		return Judgement(canonicalPostgres(dump)), nil
	}
	return Judgement(canonicalMySQL(dump, db.Name, counters)), nil
}

// Differences is what has to be taken from and added to the one judgement to get the other, with the lines around it; ""
// when they agree.
func (j Judgement) Differences(other Judgement) string {
	return lineDiff(string(j), string(other))
}
