package service

import (
	"fmt"
	"io"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Script is a plan for one of the servers' own command-line clients, psql, mysql or sqlite3. Its text depends on nothing but the
// plan: the same plan gives the same bytes.
type Script struct {
	Dialect       string   // of the target: "postgres", "mysql", "sqlite"
	Flavor        string   // of the target's server
	Transactional bool     // the target's DDL can be rolled back
	Header        []string // comment lines
	Statements    []plan.Statement
}

// Script makes the script of a plan of this comparison.
func (c *Comparison) Script(p *plan.Plan) Script {
	s := Script{Dialect: c.Target.Dialect, Flavor: c.Target.Flavor, Transactional: c.TargetDialect().Transactional(), Statements: p.Statements, Header: []string{
		"Makes the structure of the target like that of the source.",
		fmt.Sprintf("Source: %s (%s %s)", c.SourceName, c.SourceServer.Flavor, c.SourceServer.Version),
		fmt.Sprintf("Target: %s (%s %s)", c.TargetName, c.TargetServer.Flavor, c.TargetServer.Version),
	}}
	for _, l := range p.LeftOut {
		text := fmt.Sprintf("Left out: %s, because it destroys data", l.Key)
		if l.Because != l.Key {
			text = fmt.Sprintf("Left out: %s, because it needs %s, which destroys data", l.Key, l.Because)
		}
		s.Header = append(s.Header, text)
	}
	for _, u := range c.Unmodelled {
		s.Header = append(s.Header, fmt.Sprintf("Not in this script: %s differs in what this program cannot change", u.Key))
	}
	return s
}

// Script makes the script that creates the inspected structure in an empty database.
func (in *Inspection) Script() (Script, error) {
	db := in.Database
	empty := db.Empty()
	if public := db.Get(schema.Key{Kind: schema.KindSchema, Name: "public"}); public != nil {
		empty.Put(public) // every PostgreSQL database is born with it
	}
	changes := diff.Compare(db, empty, diff.Options{ColumnOrder: in.Dialect.ColumnOrder()}).Changes
	p, err := plan.Build(in.Dialect, empty, changes, plan.Options{AllowDestructive: true})
	if err != nil {
		return Script{}, fmt.Errorf("writing the structure of %s as SQL: %w", in.Name, err)
	}
	s := Script{Dialect: db.Dialect, Flavor: db.Flavor, Transactional: in.Dialect.Transactional(), Statements: p.Statements, Header: []string{
		fmt.Sprintf("The structure of %s (%s %s)", in.Name, db.Flavor, db.Version),
	}}
	for _, o := range db.Objects() {
		s.Header = append(s.Header, unmodelledLines(o)...)
		for _, part := range o.Parts() {
			s.Header = append(s.Header, unmodelledLines(part)...)
		}
	}
	return s, nil
}

func unmodelledLines(o schema.Object) []string {
	var out []string
	for _, u := range o.Extra().Unmodelled {
		out = append(out, fmt.Sprintf("Not in this script: of %s, %s", o.Key(), u))
	}
	return out
}

// The sessions' settings that the statements rely on, besides the transaction. They repeat what the engines set.
const (
	psqlSettings = `\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET search_path = '';
SET check_function_bodies = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
SET xmloption = content;
SET datestyle = 'ISO, YMD';
SET intervalstyle = postgres;
SET timezone = 'UTC';
SET lc_monetary = 'C';
`
	mysqlSettings = `SET NAMES utf8mb4;
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION';
SET SESSION time_zone = '+00:00';
SET SESSION explicit_defaults_for_timestamp = 1;
SET SESSION default_storage_engine = InnoDB;
`
	mariadbSettings = `SET SESSION system_versioning_alter_history = KEEP;
SET SESSION check_constraint_checks = 1;
`
	sqliteSettings = `.bail on
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
`
)

// WriteTo writes the script.
func (s Script) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, s.text())
	return int64(n), err
}

func (s Script) text() string {
	var b strings.Builder
	for _, line := range s.Header {
		b.WriteString(comment(line))
	}
	switch s.Dialect {
	case "mysql":
		s.mysql(&b)
	case "sqlite":
		s.sqlite(&b)
	default:
		s.psql(&b)
	}
	return b.String()
}

// comment is a text as comment lines: what a line break would let loose stays a comment.
func comment(text string) string {
	return "-- " + strings.NewReplacer("\r\n", "\n-- ", "\n", "\n-- ", "\r", "\n-- ").Replace(text) + "\n"
}

func (s Script) psql(b *strings.Builder) {
	b.WriteString(comment("Run it with psql, which stops at the first error: psql --file=SCRIPT TARGET"))
	b.WriteString("\n" + psqlSettings)
	open := false
	for _, st := range s.Statements {
		inside := s.Transactional && st.Tx != plan.Alone
		switch {
		case inside && !open:
			b.WriteString("\nBEGIN;\n")
		case !inside && open:
			b.WriteString("\nCOMMIT;\n")
		}
		open = inside
		b.WriteString("\n" + remarks(st) + st.SQL + ";\n")
	}
	if open {
		b.WriteString("\nCOMMIT;\n")
	}
}

func (s Script) mysql(b *strings.Builder) {
	b.WriteString(comment("Run it with the server's client, which stops at the first error: mysql --comments DATABASE < SCRIPT"))
	b.WriteString(comment("Each statement takes effect at once."))
	b.WriteString("\n" + mysqlSettings)
	if s.Flavor == "MariaDB" {
		b.WriteString(mariadbSettings)
	}
	delimiter := ";"
	for _, st := range s.Statements {
		b.WriteString("\n" + remarks(st))
		if d := mysqlDelimiter(st.SQL); d != delimiter {
			delimiter = d
			b.WriteString("DELIMITER " + d + "\n")
		}
		b.WriteString(st.SQL + delimiter + "\n")
	}
	if delimiter != ";" {
		b.WriteString("DELIMITER ;\n")
	}
}

func (s Script) sqlite(b *strings.Builder) {
	b.WriteString(comment("Run it with SQLite's shell, which stops at the first error: sqlite3 FILE < SCRIPT"))
	b.WriteString("\n" + sqliteSettings)
	if len(s.Statements) == 0 {
		return
	}
	b.WriteString("\nBEGIN IMMEDIATE;\n")
	for _, st := range s.Statements {
		b.WriteString("\n" + remarks(st) + st.SQL + ";\n")
	}
	b.WriteString("\nCOMMIT;\n\n" + comment("Rows that refer to rows that do not exist, if there are any:") + "PRAGMA foreign_key_check;\n")
}

// mysqlDelimiter is a statement delimiter that does not occur in the statement, nor where the two meet.
func mysqlDelimiter(sql string) string {
	if !strings.Contains(sql, ";") {
		return ";"
	}
	for _, d := range []string{"$$", "//"} {
		if !strings.Contains(sql, d) && !strings.HasSuffix(sql, d[:1]) {
			return d
		}
	}
	for n := 0; ; n++ {
		if d := fmt.Sprintf("$%d;", n); !strings.Contains(sql, d) {
			return d
		}
	}
}

// remarks are the hazards that somebody who runs the script should see above a statement.
func remarks(st plan.Statement) string {
	var b strings.Builder
	for _, h := range st.Hazards {
		if h.Severity() > hazard.Notice {
			b.WriteString(comment(h.Severity().String() + ": " + h.String()))
		}
	}
	return b.String()
}
