package postgres

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/tlsconf"
)

const (
	defaultPort           = 5432
	defaultConnectTimeout = 10 * time.Second
	// abandonAfter is how long a cancelled statement may take to end before its connection is given up.
	abandonAfter = 5 * time.Second
)

// passed are the parameters of a URL that the driver understands in libpq's words.
var passed = []string{"application_name", "options", "target_session_attrs", "channel_binding", "require_auth", "sslnegotiation"}

// attempt is how a connection is to be opened.
type attempt struct {
	config *pgconn.Config
	tls    *tlsconf.Settings
	note   string // on the file of passwords, for when the log-in is refused
}

// prepare makes the driver's configuration. Everything is said explicitly, so that PGHOST and its like in the environment
// cannot lead to another database; what says how to get there — how to encrypt, the password, the file of passwords — may
// come from there, as with libpq.
func prepare(cfg engine.Config) (*attempt, error) {
	if cfg.Database == "" {
		return nil, fault.New(fault.BadInput, "%s names no database: write it behind the host, as in postgres://host/database", cfg.Redacted())
	}
	if cfg.Host == "" {
		cfg.Host = "localhost"
	}
	if cfg.Port == 0 {
		cfg.Port = defaultPort
	}
	cfg = withEnvironment(cfg)
	a := &attempt{tls: &tlsconf.Settings{Mode: "disable"}}
	if cfg.Password == "" {
		cfg.Password, a.note = storedPassword(cfg)
	}
	var err error
	if !strings.HasPrefix(cfg.Host, "/") { // as with libpq, TLS is for networks
		if a.tls, err = tlsconf.New(cfg, cfg.Host); err != nil {
			return nil, err
		}
	}
	if a.config, err = driverConfig(cfg); err != nil {
		return nil, err
	}
	a.config.TLSConfig = a.tls.Config
	if a.config.SSLNegotiation == "direct" {
		if a.tls.Config == nil || a.tls.MayBePlain {
			return nil, fault.New(fault.BadInput, "sslnegotiation=direct begins with TLS and has nothing to fall back to: it goes with sslmode=require or stricter")
		}
		a.config.TLSConfig.NextProtos = []string{"postgresql"}
	}
	return a, nil
}

// driverConfig is the driver's configuration without TLS.
func driverConfig(cfg engine.Config) (*pgconn.Config, error) {
	timeout := cfg.ConnectTimeout
	if timeout == 0 {
		timeout = defaultConnectTimeout
	}
	settings := [][2]string{
		{"host", cfg.Host},
		{"port", fmt.Sprint(cfg.Port)},
		{"user", cfg.User},
		{"password", cfg.Password},
		{"dbname", cfg.Database},
		{"sslmode", "disable"},                 // the driver's own; see package tlsconf
		{"sslcertmode", "allow"},               // likewise
		{"passfile", "/there/is/no/such/file"}, // see storedPassword
	}
	defaults := map[string]string{"application_name": "dbstruct", "target_session_attrs": "any"}
	for _, name := range passed {
		value := cfg.Params.Get(name)
		if value == "" {
			value = defaults[name]
		}
		settings = append(settings, [2]string{name, value})
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
		config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := cfg.Dial(ctx, network, address)
			if err != nil || network == "unix" {
				return conn, err
			}
			return dialledConn{conn, dialledAddr{network, address}}, nil
		}
		config.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil }
	}
	config.BuildContextWatcherHandler = func(pg *pgconn.PgConn) ctxwatch.Handler {
		// A cancelled statement must stop on the server too, and the session live on to roll back.
		return &pgconn.CancelRequestContextWatcherHandler{Conn: pg, DeadlineDelay: abandonAfter}
	}
	return config, nil
}

// dialledConn is a connection that knows the address it was dialled with. The driver dials its remote address again to stop a
// statement, and what comes out of a tunnel has none.
type dialledConn struct {
	net.Conn
	remote dialledAddr
}

// RemoteAddr implements net.Conn.
func (c dialledConn) RemoteAddr() net.Addr { return c.remote }

type dialledAddr struct{ network, address string }

// Network implements net.Addr.
func (a dialledAddr) Network() string { return a.network }

// String implements net.Addr.
func (a dialledAddr) String() string { return a.address }

// open connects. Where TLS is wanted but not insisted on, a server that does not offer it is asked a second time without.
func (a *attempt) open(ctx context.Context) (*pgconn.PgConn, error) {
	pg, err := pgconn.ConnectConfig(ctx, a.config)
	if err == nil || !notOffered(err) || !a.tls.MayBePlain {
		return pg, err
	}
	a.config.TLSConfig = nil
	return pgconn.ConnectConfig(ctx, a.config)
}

// notOffered tells that the server declined TLS. The driver has no error of its own for it.
func notOffered(err error) bool {
	return strings.Contains(err.Error(), "server refused TLS connection")
}

var settingEscaper = strings.NewReplacer(`\`, `\\`, `'`, `\'`)

// configFault tells what is wrong with the parameters. The driver's text is left out because it quotes the settings, and the
// password is among them.
func configFault(err error, cfg engine.Config) error {
	for name, allowed := range map[string]string{
		"channel_binding":      "disable, prefer or require",
		"require_auth":         "a list of scram-sha-256, md5, password, gss, sspi, oauth, none",
		"target_session_attrs": "any, read-write, read-only, primary, standby or prefer-standby",
	} {
		if strings.Contains(err.Error(), name+" value") || strings.Contains(err.Error(), "invalid "+name) {
			return fault.New(fault.BadInput, "%s cannot be %q: it is %s", name, cfg.Params.Get(name), allowed)
		}
	}
	if strings.Contains(err.Error(), "service") {
		return fault.New(fault.BadInput, "the environment variable PGSERVICE names a service that is in no service file: correct or unset it")
	}
	return fault.New(fault.BadInput, "%s cannot be understood as a PostgreSQL connection: check host, port and parameters", cfg.Redacted())
}
