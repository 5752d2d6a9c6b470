package testdb

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/filedump"
)

// Load runs a script through the server's own command-line client, stopping at the first error.
func (db *DB) Load(t testing.TB, script string) {
	t.Helper()
	if err := db.LoadContext(t.Context(), script); err != nil {
		t.Fatal(err)
	}
}

// LoadContext is [DB.Load] with an error.
func (db *DB) LoadContext(ctx context.Context, script string) error {
	if db.Server.Engine == SQLite {
		return db.ExecContext(ctx, script)
	}
	var options []string
	if db.Server.Engine == Postgres {
		options = []string{"--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"}
	} else {
		options = []string{"--batch", "--silent"}
	}
	_, err := db.command(ctx, script, db.Server.Client, options)
	return err
}

// LoadFile is [DB.Load] for a script in a file.
func (db *DB) LoadFile(t testing.TB, path string) {
	t.Helper()
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db.Load(t, string(script))
}

// Dump returns the structure of the database as the server's own dump program writes it.
func (db *DB) Dump(t testing.TB) string {
	t.Helper()
	dump, err := db.DumpContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return dump
}

// DumpContext is [DB.Dump] with an error.
func (db *DB) DumpContext(ctx context.Context) (string, error) {
	if db.Server.Engine == SQLite {
		return filedump.Dump(ctx, db.QueryStringsContext)
	}
	var options []string
	switch db.Server.Engine {
	case Postgres:
		options = []string{"--schema-only"}
	case MySQL:
		options = slices.Concat(mysqlDumpOptions, []string{"--no-tablespaces", "--set-gtid-purged=OFF", "--column-statistics=0"})
	default:
		options = slices.Concat(mysqlDumpOptions, []string{"--no-tablespaces"})
	}
	return db.command(ctx, "", db.Server.Dump, options)
}

var mysqlDumpOptions = []string{
	"--no-data", "--routines", "--triggers", "--events", "--skip-comments", "--skip-dump-date",
	"--skip-add-drop-table", "--skip-lock-tables", "--single-transaction",
}

// DumpNormalized is [DB.Dump] without what differs between two dumps of the same structure.
func (db *DB) DumpNormalized(t testing.TB, ignore ...Ignore) string {
	t.Helper()
	return db.Normalize(db.Dump(t), ignore...)
}

// Ignore names a fact that [DB.Normalize] is to leave out.
type Ignore int

// AutoIncrement is the counter of MySQL's and MariaDB's tables.
const AutoIncrement Ignore = iota

// Normalize takes out of a dump what does not belong to the structure: the random key and the versions in PostgreSQL's
// dumps, its headings, the session's settings at both ends, the name of the database itself, and what is to be ignored.
func (db *DB) Normalize(dump string, ignore ...Ignore) string {
	if db.Server.Engine == Postgres {
		dump = postgresHeadings.ReplaceAllString(dump, "")
		dump = postgresSession.ReplaceAllString(dump, "")
	} else {
		dump = mysqlSession.ReplaceAllString(dump, "")
		dump = strings.ReplaceAll(dump, "`"+db.Name+"`.", "")
		dump = strings.ReplaceAll(dump, "`"+db.Name+"`", "`database`")
	}
	for _, fact := range ignore {
		if fact == AutoIncrement {
			dump = autoIncrement.ReplaceAllString(dump, "$1")
		}
	}
	return strings.TrimSpace(blankLines.ReplaceAllString(dump, "\n\n")) + "\n"
}

var (
	postgresHeadings = regexp.MustCompile(`(?m)^--\n(?:-- .*\n)+--\n|^-- Dumped (?:from|by) .*\n`)
	postgresSession  = regexp.MustCompile(`(?m)^\\(?:un)?restrict .*\n|^SET (?:statement_timeout|lock_timeout|idle_in_transaction_session_timeout|` +
		`transaction_timeout|client_encoding|standard_conforming_strings|check_function_bodies|xmloption|client_min_messages|row_security) = .*;\n|` +
		`^SELECT pg_catalog\.set_config\('search_path', '', false\);\n`)
	// Comments with a version number that do nothing but SET; MariaDB's first line, which tells old clients to stop.
	mysqlSession  = regexp.MustCompile(`(?m)^/\*!\d* SET .*\*/ ?;+\n|^/\*M?!999999.*\*/\s*;?\s*\n|^/\*M!\d* SET .*\*/ ?;+\n`)
	autoIncrement = regexp.MustCompile(`(?m)^(\) ENGINE=.*?) AUTO_INCREMENT=\d+`)
	blankLines    = regexp.MustCompile(`\n{3,}`)
)

// command runs a client program on the database and returns what it printed.
func (db *DB) command(ctx context.Context, input string, prefix, options []string) (string, error) {
	args := slices.Concat(prefix[1:], options, []string{db.Name})
	cmd := exec.CommandContext(ctx, prefix[0], args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	cmd.Stdin = strings.NewReader(input)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s on %s: %w\n%s%s", programName(prefix), db.Server.Name, err, stderr.String(), excerpt(input))
	}
	return stdout.String(), nil
}

// programName finds the program among the words that set it up: an environment, a loader and its libraries.
func programName(prefix []string) string {
	for i := len(prefix) - 1; i >= 0; i-- {
		if strings.HasPrefix(prefix[i], "/") {
			return prefix[i][strings.LastIndex(prefix[i], "/")+1:]
		}
	}
	return prefix[0]
}
