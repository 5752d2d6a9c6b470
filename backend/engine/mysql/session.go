package mysql

import (
	"context"
	"database/sql/driver"
	"strings"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// sessionSQLMode is the sql_mode of every session. Strict, so that no change of a column cuts values in silence; without
// NO_ZERO_DATE and NO_ZERO_IN_DATE, so that existing defaults can be made again; zeros in a column that becomes
// AUTO_INCREMENT stay zeros; and neither ANSI_QUOTES nor NO_BACKSLASH_ESCAPES, which would change what SQL means.
const sessionSQLMode = "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION"

// serverVariables are asked for at the beginning; each server knows some of them.
var serverVariables = []string{
	"version", "version_comment", "server_uuid", "server_uid", "hostname", "port", "datadir", "lower_case_table_names",
	"sql_generate_invisible_primary_key", "restrict_fk_on_non_standard_key",
}

// unhelpful are switches of newer versions of MySQL that keep a structure from being made as it is elsewhere: a table
// without a primary key gets one, a foreign key to a key that is not unique is refused. Not everybody may switch them off;
// then the server, or the verification after a synchronisation, tells.
var unhelpful = []string{"sql_generate_invisible_primary_key", "restrict_fk_on_non_standard_key"}

// setUp learns what the server is and brings the session into its known state.
func (c *conn) setUp(ctx context.Context) error {
	vars := map[string]string{}
	var id, db string // apart from c, which a cancel may look at meanwhile
	err := c.run(ctx, "setting up the session", func(ctx context.Context) error {
		sql := "SHOW VARIABLES WHERE Variable_name IN ('" + strings.Join(serverVariables, "','") + "'); SELECT CONNECTION_ID(), DATABASE(), CURRENT_ROLE()"
		return c.queryResults(ctx, sql, 2, func(result int, row []driver.Value) error {
			if result == 0 {
				vars[text(row[0])] = text(row[1])
			} else {
				id, db = text(row[0]), text(row[1])
			}
			return nil
		})
	})
	if err != nil {
		return c.fault(err, "setting up the session")
	}
	c.id, c.db = id, db
	if err := c.identify(vars); err != nil {
		return err
	}
	if err := c.control(ctx, c.settings(), "setting up the session"); err != nil {
		return c.fault(err, "setting up the session")
	}
	for _, name := range unhelpful {
		if v := vars[name]; v != "ON" && v != "1" {
			continue
		}
		if err := c.control(ctx, "SET SESSION "+name+" = 0", "setting up the session"); err != nil && !isDenied(err) {
			return c.fault(err, "setting up the session")
		}
	}
	return nil
}

// identify finds out which server this is, and refuses one that is not known well enough.
func (c *conn) identify(vars map[string]string) error {
	f, err := parseFlavor(vars["version"], vars["version_comment"])
	name := f.name() + " " + f.version()
	if err != nil {
		name = vars["version"]
	}
	if err != nil || !f.supported() || strings.Contains(vars["version"], "TiDB") {
		return fault.New(fault.UnsupportedServer, "%s is a %s server; supported are MySQL 8.0 to 9 and MariaDB 10.5 to 12", c.target, name)
	}
	c.f = f
	db := c.db
	if vars["lower_case_table_names"] != "0" {
		db = strings.ToLower(db)
	}
	var identity []string
	for _, v := range []string{"server_uuid", "server_uid", "hostname", "port", "datadir"} {
		identity = append(identity, vars[v])
	}
	c.server = engine.Server{Flavor: f.name(), Version: f.version(), Identity: strings.Join(append(identity, db), "|")}
	return nil
}

// settings make texts mean the same in every session, whatever the server has set. They come in one round trip.
func (c *conn) settings() string {
	set := []string{
		"sql_mode = '" + sessionSQLMode + "'",
		"time_zone = '+00:00'", // timestamps in defaults are shown and read in it
		"sql_quote_show_create = 1",
		"explicit_defaults_for_timestamp = 1",
		"lock_wait_timeout = 60",
		"wait_timeout = 28800",
		"autocommit = 1",
		"default_storage_engine = InnoDB",
	}
	if c.f.mariadb {
		set = append(set, "max_statement_time = 0", "system_versioning_alter_history = KEEP", "check_constraint_checks = 1")
	} else {
		set = append(set, "max_execution_time = 0", "information_schema_stats_expiry = 0")
		if c.f.generatedInvisiblePK() {
			set = append(set, "show_gipk_in_create_table_and_information_schema = 1")
		}
	}
	// What the servers print is utf8mb3 by name; where it holds more, a conversion to utf8mb4 would put question marks.
	return "SET NAMES utf8mb4; SET character_set_results = NULL; SET SESSION " + strings.Join(set, ", SESSION ")
}
