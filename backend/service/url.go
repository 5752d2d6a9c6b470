package service

import (
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/tlsconf"
	"database-structure-sync/backend/tunnel"
)

// parameters are the query parameters that URLs may have, each with its check.
var parameters = map[string]func(cfg *engine.Config, value string) error{
	"host":            socketParameter,
	"socket":          socketParameter,
	"schema":          schemaParameter,
	"sslmode":         sslModeParameter,
	"sslrootcert":     fileParameter("sslrootcert"),
	"sslcert":         fileParameter("sslcert"),
	"sslkey":          fileParameter("sslkey"),
	"connect_timeout": connectTimeoutParameter,
	sshParameter:      sshHostParameter,

	"sslpassword":              keyPassphraseParameter,
	"sslservername":            serverNameParameter,
	"ssl_min_protocol_version": oneOfParameter("ssl_min_protocol_version", "TLSv1.2", "TLSv1.3"),
	"allowPublicKeyRetrieval":  mysqlOnly(oneOfParameter("allowPublicKeyRetrieval", "true", "false")),
	"serverPubKey":             mysqlOnly(fileParameter("serverPubKey")),

	// libpq's, which console pages and other tools put into URLs
	"user":                      postgresOnly(userParameter),
	"password":                  postgresOnly(passwordParameter),
	"port":                      postgresOnly(portParameter),
	"dbname":                    postgresOnly(databaseParameter),
	"hostaddr":                  postgresOnly(hostAddressParameter),
	"service":                   postgresOnly(nothing), // see setService
	"passfile":                  postgresOnly(fileParameter("passfile")),
	"channel_binding":           postgresOnly(oneOfParameter("channel_binding", "disable", "prefer", "require")),
	"require_auth":              postgresOnly(fileParameter("require_auth")),
	"sslnegotiation":            postgresOnly(oneOfParameter("sslnegotiation", "postgres", "direct")),
	"target_session_attrs":      postgresOnly(oneOfParameter("target_session_attrs", "any", "read-write", "read-only", "primary", "standby", "prefer-standby")),
	"application_name":          postgresOnly(fileParameter("application_name")),
	"options":                   postgresOnly(fileParameter("options")),
	"gssencmode":                postgresOnly(oneOf("gssencmode", "disable", "prefer")), // there is no GSSAPI here
	"keepalives":                postgresOnly(nothing),
	"keepalives_idle":           postgresOnly(nothing),
	"keepalives_interval":       postgresOnly(nothing),
	"keepalives_count":          postgresOnly(nothing),
	"tcp_user_timeout":          postgresOnly(nothing),
	"fallback_application_name": postgresOnly(nothing),
	"client_encoding":           postgresOnly(nothing), // always UTF-8
}

// repeatable parameters may stand more than once.
var repeatable = []string{"schema"}

// ParseURL reads the URL of a database. Its errors never repeat the text, which may hold a password.
func ParseURL(text string) (engine.Config, error) {
	if scheme, path, ok := strings.Cut(text, ":"); ok && strings.EqualFold(scheme, sqliteScheme) {
		return parseFileURL(path)
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return engine.Config{}, bad("it is no URL: write scheme://user@host:port/database")
	}
	if !schemePattern.MatchString(scheme) {
		return engine.Config{}, bad("what stands before :// is no scheme")
	}
	if strings.ContainsAny(rest, " \t\r\n") {
		return engine.Config{}, bad("it contains white space: write %%20 for a space")
	}
	if strings.Contains(rest, "#") {
		return engine.Config{}, bad("it contains #: write %%23 instead")
	}
	u, err := url.Parse(text)
	if err != nil { // the error repeats the text
		return engine.Config{}, bad("user, password, host or port is malformed: in a user name or password write @ as %%40, : as %%3A, / as %%2F, ? as %%3F, %% as %%25")
	}
	cfg := engine.Config{Scheme: strings.ToLower(scheme), Params: url.Values{}}
	if u.User != nil {
		cfg.User = u.User.Username()
		cfg.Password, _ = u.User.Password()
	}
	if err := setAddress(&cfg, u); err != nil {
		return engine.Config{}, err
	}
	if err := setDatabase(&cfg, u); err != nil {
		return engine.Config{}, err
	}
	if err := setParameters(&cfg, u.RawQuery); err != nil {
		return engine.Config{}, err
	}
	if cfg.Database == "" {
		return engine.Config{}, bad("it names no database: add /DATABASE after the host")
	}
	if cfg.Host == "" {
		cfg.Host = "localhost"
	}
	for _, part := range []string{cfg.Host, cfg.User, cfg.Password, cfg.Database, cfg.ServerName, cfg.KeyPassphrase} {
		if strings.ContainsRune(part, 0) {
			return engine.Config{}, bad("it contains a zero byte")
		}
	}
	return cfg, nil
}

var schemePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]{0,30}$`)

func bad(format string, args ...any) error {
	return fault.New(fault.BadInput, "the URL cannot be read: "+format, args...)
}

func setAddress(cfg *engine.Config, u *url.URL) error {
	cfg.Host = u.Hostname()
	if strings.ContainsAny(cfg.Host, ",/") {
		return bad("name one host")
	}
	if u.Port() == "" {
		return nil
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil || port < 1 || port > 65535 {
		return bad("the port must be a number from 1 to 65535")
	}
	cfg.Port = port
	return nil
}

func setDatabase(cfg *engine.Config, u *url.URL) error {
	name := strings.TrimPrefix(u.EscapedPath(), "/")
	if strings.Contains(name, "/") {
		return bad("it names more than one database: write %%2F for a slash in a name")
	}
	var err error
	if cfg.Database, err = url.PathUnescape(name); err != nil {
		return bad("the name of the database is malformed: write %%25 for a per cent sign")
	}
	return nil
}

func setParameters(cfg *engine.Config, query string) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return bad("the part after ? is malformed: write name=value pairs with & between them")
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		set, ok := parameters[name]
		if !ok {
			return bad("it has an unknown parameter %s: known are %s", shown(name), strings.Join(knownParameters(), ", "))
		}
		if len(values[name]) > 1 && !slices.Contains(repeatable, name) {
			return bad("the parameter %s stands there twice", name)
		}
		for _, value := range values[name] {
			if value == "" {
				return bad("the parameter %s has no value", name)
			}
			if err := set(cfg, value); err != nil {
				return err
			}
		}
	}
	if name := values.Get("service"); name != "" {
		return setService(cfg, name, values)
	}
	return nil
}

// shown is a parameter's name as it may be repeated to the user: a long or odd one is more likely a piece of a password.
func shown(name string) string {
	if parameterPattern.MatchString(name) {
		return strconv.Quote(name)
	}
	return "(a piece of a user name or password with ? in it? write %3F)"
}

var parameterPattern = regexp.MustCompile(`^[a-z_]{1,24}$`)

func knownParameters() []string {
	names := make([]string, 0, len(parameters))
	for name := range parameters {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// socketParameter takes the place of a host: the folder of PostgreSQL's socket, the path of MySQL's.
func socketParameter(cfg *engine.Config, value string) error {
	if !strings.HasPrefix(value, "/") {
		return bad("host and socket are paths of Unix sockets and begin with /: a host's name stands after ://")
	}
	if cfg.Host != "" && cfg.Host != "localhost" {
		return bad("it names both a host and a Unix socket")
	}
	cfg.Host = value
	return nil
}

func schemaParameter(cfg *engine.Config, value string) error {
	if !strings.HasPrefix(cfg.Scheme, "postgres") {
		return bad("schema is for PostgreSQL: elsewhere the database is the schema")
	}
	cfg.Params.Add("schema", value)
	return nil
}

func sslModeParameter(cfg *engine.Config, value string) error {
	if !slices.Contains(tlsconf.Modes, value) {
		return bad("sslmode must be one of %s", strings.Join(tlsconf.Modes, ", "))
	}
	cfg.Params.Set("sslmode", value)
	return nil
}

func fileParameter(name string) func(*engine.Config, string) error {
	return func(cfg *engine.Config, value string) error {
		cfg.Params.Set(name, value)
		return nil
	}
}

// sshHostParameter names the SSH host that the way to the server leads through, as it is on ssh's own command line.
func sshHostParameter(cfg *engine.Config, value string) error {
	if _, err := tunnel.ParseDestination(value); err != nil || strings.ContainsRune(value, 0) {
		return bad("ssh must be [user@]host[:port], with brackets around an IPv6 address")
	}
	cfg.Params.Set(sshParameter, value)
	return nil
}

func connectTimeoutParameter(cfg *engine.Config, value string) error {
	seconds, err := strconv.Atoi(value)
	if err != nil || seconds < 1 || seconds > 3600 {
		return bad("connect_timeout must be a number of seconds from 1 to 3600")
	}
	cfg.ConnectTimeout = time.Duration(seconds) * time.Second
	return nil
}
