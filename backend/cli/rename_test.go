package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// beforeRenames and afterRenames are the same but for names; the former has rows.
var (
	beforeRenames = map[string]string{
		testdb.Postgres: `CREATE TABLE users (id int PRIMARY KEY, nam varchar(20), born date, email varchar(90), phone varchar(30), city varchar(30)); INSERT INTO users VALUES (1, 'a', NULL, 'x', NULL, NULL), (2, 'b', NULL, 'y', NULL, NULL);`,
		testdb.MySQL:    `CREATE TABLE users (id int PRIMARY KEY, nam varchar(20), born date, email varchar(90), phone varchar(30), city varchar(30)); INSERT INTO users VALUES (1, 'a', NULL, 'x', NULL, NULL), (2, 'b', NULL, 'y', NULL, NULL);`,
		testdb.SQLite:   `CREATE TABLE users (id INT PRIMARY KEY, nam TEXT, born TEXT, email TEXT, phone TEXT, city TEXT); INSERT INTO users VALUES (1, 'a', NULL, 'x', NULL, NULL), (2, 'b', NULL, 'y', NULL, NULL);`,
	}
	afterRenames = map[string]string{
		testdb.Postgres: `CREATE TABLE customers (id int CONSTRAINT users_pkey PRIMARY KEY, name varchar(20), born date, email varchar(90), phone varchar(30), city varchar(30));`,
		testdb.MySQL:    `CREATE TABLE customers (id int PRIMARY KEY, name varchar(20), born date, email varchar(90), phone varchar(30), city varchar(30));`,
		testdb.SQLite:   `CREATE TABLE customers (id INT PRIMARY KEY, name TEXT, born TEXT, email TEXT, phone TEXT, city TEXT);`,
	}
)

func TestRenamesAreSuggestedAndOnlyDoneWhenSaid(t *testing.T) {
	for _, s := range testdb.Servers(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			kind := s.Engine
			if kind == testdb.MariaDB {
				kind = testdb.MySQL
			}
			source, target := databases(t, s, afterRenames[kind], beforeRenames[kind])
			table, column := "table:users=customers", "column:users.nam=name"
			if kind == testdb.Postgres {
				table, column = "table:public.users=customers", "column:public.users.nam=name"
			}
			dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 2, "1 to create", "1 to drop", "Perhaps renamed. Nothing is", "--rename '"+table+"'", "--rename '"+column+"'")
			r := dbstruct(t, "diff", "--format", "json", source.URL(), target.URL())
			var doc struct {
				Suggestions []struct {
					Rename, Within string
					Confidence     float64
				}
			}
			if err := json.Unmarshal([]byte(r.stdout), &doc); err != nil {
				t.Fatal(err)
			}
			if len(doc.Suggestions) != 2 || doc.Suggestions[1].Rename != column || doc.Suggestions[1].Within != table || doc.Suggestions[0].Confidence < 0.6 {
				t.Fatalf("suggestions %+v", doc.Suggestions)
			}
			dbstruct(t, "diff", "--rename", "table:users=customer", source.URL(), target.URL()).expect(t, 1, "the source has none of that name")
			dbstruct(t, "diff", "--rename", "table:users=customers", "--rename", "column:customers.nam=name", source.URL(), target.URL()).
				expect(t, 2, "Renamed, as you said:", "2 to rename")
			dbstruct(t, "sync", "--yes", "--rename", "table:users=customers", "--rename", "column:users.nam=name", source.URL(), target.URL()).
				expect(t, 0, "Verified")
			dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 0)
			if rows := target.QueryStrings(t, "SELECT name FROM customers ORDER BY id"); len(rows) != 2 || strings.Join(rows[1], "") != "b" {
				t.Fatalf("rows %v", rows)
			}
		})
	}
}
