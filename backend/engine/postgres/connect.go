package postgres

import (
	"context"
	"crypto/tls"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

const (
	defaultPort           = 5432
	defaultConnectTimeout = 10 * time.Second
	// abandonAfter is how long a cancelled statement may take to end before its connection is given up.
	abandonAfter = 5 * time.Second
)

// tlsParams are the parameters of a URL that the driver understands, in its own words.
var tlsParams = []string{"sslmode", "sslrootcert", "sslcert", "sslkey"}

// connectConfig is the driver's configuration. Everything is said explicitly, so that PGHOST and its like in the
// environment cannot lead to another database; a password that is not given may come from there or from ~/.pgpass.
func connectConfig(cfg engine.Config) (*pgconn.Config, error) {
	if cfg.Database == "" {
		return nil, fault.New(fault.BadInput, "%s names no database: write it behind the host, as in postgres://host/database", cfg.Redacted())
	}
	port, timeout := cfg.Port, cfg.ConnectTimeout
	if port == 0 {
		port = defaultPort
	}
	if timeout == 0 {
		timeout = defaultConnectTimeout
	}
	settings := [][2]string{
		{"host", cfg.Host},
		{"port", fmt.Sprint(port)},
		{"user", cfg.User},
		{"password", cfg.Password},
		{"dbname", cfg.Database},
		{"application_name", "dbstruct"},
		{"target_session_attrs", "any"},
	}
	if cfg.Host == "" {
		settings[0][1] = "localhost"
	}
	for _, name := range tlsParams {
		settings = append(settings, [2]string{name, cfg.Params.Get(name)})
	}
	var text strings.Builder
	for _, s := range settings {
		if s[1] != "" {
			fmt.Fprintf(&text, "%s='%s' ", s[0], settingEscaper.Replace(s[1]))
		}
	}
	config, err := pgconn.ParseConfig(text.String())
	if err != nil {
		return nil, configFault(err, cfg)
	}
	config.ConnectTimeout = timeout
	if cfg.Dial != nil {
		config.DialFunc = cfg.Dial
		config.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil }
	}
	for _, t := range tlsConfigs(config) {
		if cfg.ServerName != "" {
			t.ServerName = cfg.ServerName
		}
		if cfg.Secured != nil {
			t.VerifyConnection = func(s tls.ConnectionState) error { cfg.Secured(s); return nil } // the driver itself uses other hooks
		}
	}
	config.BuildContextWatcherHandler = func(pg *pgconn.PgConn) ctxwatch.Handler {
		// A cancelled statement must stop on the server too, and the session live on to roll back.
		return &pgconn.CancelRequestContextWatcherHandler{Conn: pg, DeadlineDelay: abandonAfter}
	}
	return config, nil
}

// tlsConfigs are those of all attempts that the driver makes one after the other.
func tlsConfigs(config *pgconn.Config) []*tls.Config {
	var out []*tls.Config
	if config.TLSConfig != nil {
		out = append(out, config.TLSConfig)
	}
	for _, f := range config.Fallbacks {
		if f.TLSConfig != nil {
			out = append(out, f.TLSConfig)
		}
	}
	return out
}

var settingEscaper = strings.NewReplacer(`\`, `\\`, `'`, `\'`)

// configFault tells what is wrong with the parameters. The driver's text is left out where it quotes the settings,
// because the password is among them.
func configFault(err error, cfg engine.Config) error {
	mode := cfg.Params.Get("sslmode")
	switch text := err.Error(); {
	case strings.Contains(text, "sslmode is invalid"):
		return fault.New(fault.BadInput, "%q is no sslmode: choose disable, prefer, require, verify-ca or verify-full", mode)
	case strings.Contains(text, "unable to read CA file"), strings.Contains(text, "unable to add CA"):
		return fault.New(fault.TLSFailed, "the file %s (sslrootcert) cannot be read as PEM certificates", cfg.Params.Get("sslrootcert"))
	case strings.Contains(text, `both "sslcert" and "sslkey" are required`):
		return fault.New(fault.BadInput, "sslcert and sslkey belong together: one of them is missing")
	case strings.Contains(text, "sslkey"), strings.Contains(text, "sslpassword"):
		return fault.New(fault.TLSFailed, "the file %s (sslkey) cannot be read as a private key in PEM form without a passphrase", cfg.Params.Get("sslkey"))
	case strings.Contains(text, "cert"):
		return fault.New(fault.TLSFailed, "the files %s (sslcert) and %s (sslkey) are no certificate with its key", cfg.Params.Get("sslcert"), cfg.Params.Get("sslkey"))
	}
	return fault.New(fault.BadInput, "%s cannot be understood as a PostgreSQL connection: check host, port and parameters", cfg.Redacted())
}
