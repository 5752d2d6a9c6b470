package service

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
	"database-structure-sync/backend/tunnel"
)

// Config is the configuration with which a saved connection is opened, its secrets included, and notes that it is used.
// given are secrets that the user has just entered; nil: none. A secret that is needed and not there is asked for; with
// nobody to ask the error's code is fault.SecretMissing, and fault.SecretsLocked when the vault has to be unlocked.
func (c *Connections) Config(ctx context.Context, id string, given Given) (engine.Config, error) {
	conn, err := c.store.Connection(ctx, id)
	if err != nil {
		return engine.Config{}, err
	}
	cfg, err := c.config(ctx, conn, given)
	if err != nil {
		return engine.Config{}, err
	}
	return cfg, c.store.MarkUsed(ctx, id)
}

// config is the configuration of a connection.
func (c *Connections) config(ctx context.Context, conn store.Connection, given Given) (engine.Config, error) {
	cfg := bareConfig(conn)
	if conn.Engine == "sqlite" {
		return cfg, nil
	}
	if conn.SSH.Enabled {
		c.through(&cfg, conn, c.keptSecrets(conn, given), nil)
	}
	if err := c.withKeyPassphrase(ctx, &cfg, conn, c.keptSecrets(conn, given)); err != nil {
		return cfg, err
	}
	var err error
	cfg.Password, err = c.secretOf(ctx, conn, secret.Password, given)
	return cfg, err
}

// bareConfig is a connection's configuration without its password.
func bareConfig(conn store.Connection) engine.Config {
	cfg := engine.Config{
		Scheme: conn.Engine, Host: conn.Host, Port: conn.Port, User: conn.User, Database: conn.Database, Params: url.Values{},
		ConnectTimeout: time.Duration(conn.ConnectTimeout) * time.Second,
	}
	if conn.Engine == "sqlite" {
		cfg.Database = conn.File
		return cfg
	}
	if conn.Socket != "" {
		cfg.Host = conn.Socket
	}
	for _, p := range []struct{ name, value string }{
		{"sslmode", conn.TLS.Mode}, {"sslrootcert", conn.TLS.RootCert}, {"sslcert", conn.TLS.Cert}, {"sslkey", conn.TLS.Key},
	} {
		if p.value != "" {
			cfg.Params.Set(p.name, p.value)
		}
	}
	for name, value := range conn.TLS.Parameters {
		cfg.Params.Set(name, value)
	}
	cfg.ServerName = conn.TLS.ServerName
	if len(conn.Schemas) > 0 {
		cfg.Params["schema"] = conn.Schemas
	}
	return cfg
}

// ParseURL fills a draft from the URL of a database. Secrets in it become secrets to be set.
func (c *Connections) ParseURL(text string) (Draft, error) {
	text = strings.TrimSpace(text)
	cfg, err := ParseURL(text)
	if err != nil {
		return Draft{}, err
	}
	if cfg.Scheme == "sqlite" {
		return Draft{Connection: store.Connection{Engine: cfg.Scheme, File: cfg.Database, Name: baseName(cfg.Database)}}, nil
	}
	d := Draft{Connection: store.Connection{
		Engine: cfg.Scheme, Host: cfg.Host, Port: cfg.Port, Database: cfg.Database, User: cfg.User, Schemas: cfg.Params["schema"],
		TLS: store.TLS{
			Mode: cfg.Params.Get("sslmode"), RootCert: cfg.Params.Get("sslrootcert"), Cert: cfg.Params.Get("sslcert"), Key: cfg.Params.Get("sslkey"),
			ServerName: cfg.ServerName, Parameters: further(cfg.Params),
		},
		ConnectTimeout: int(cfg.ConnectTimeout / time.Second),
	}}
	switch cfg.Scheme {
	case "postgresql":
		d.Engine = "postgres"
	case "postgres", "mysql", "mariadb":
	default:
		return Draft{}, fault.New(fault.UnknownScheme, "%q is no known kind of database: write postgres://, mysql://, mariadb:// or sqlite:", cfg.Scheme)
	}
	if strings.HasPrefix(cfg.Host, "/") {
		d.Host, d.Socket = "", cfg.Host
	}
	d.Name = suggestedName(d.Connection)
	if to, err := tunnel.ParseDestination(cfg.Params.Get(sshParameter)); err == nil {
		d.SSH = store.SSH{Enabled: true, Host: to.Host, Port: to.Port, User: to.User}
	}
	for field, value := range map[secret.Field]string{secret.Password: cfg.Password, secret.TLSKeyPassphrase: cfg.KeyPassphrase} {
		if value == "" {
			continue
		}
		if d.Secrets == nil {
			d.Secrets = map[secret.Field]SecretChange{}
		}
		d.Secrets[field] = SecretChange{SetSecret, value}
	}
	return d, nil
}

// further are the parameters that a connection has no field of its own for.
func further(params url.Values) map[string]string {
	var out map[string]string
	for name, values := range params {
		if slices.Contains([]string{"sslmode", "sslrootcert", "sslcert", "sslkey", "schema", sshParameter}, name) {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[name] = values[0]
	}
	return out
}

// suggestedName names a connection after its database and host.
func suggestedName(c store.Connection) string {
	if c.Host == "" {
		return c.Database
	}
	return c.Database + " @ " + c.Host
}

func baseName(path string) string {
	path = strings.ReplaceAll(path, `\`, "/")
	return path[strings.LastIndex(path, "/")+1:]
}

// URLOf is a connection as a URL that ParseURL and the command line read, without any secret.
func (c *Connections) URLOf(d Draft) string {
	conn := tidy(d.Connection)
	if conn.Engine == "sqlite" {
		return "sqlite:" + (&url.URL{Path: conn.File}).EscapedPath()
	}
	cfg := bareConfig(conn)
	q := url.Values{}
	for name, values := range cfg.Params {
		q[name] = values
	}
	host := cfg.Host
	if strings.HasPrefix(host, "/") {
		q.Set("host", host)
		host = ""
	}
	if strings.Contains(host, ":") {
		host = "[" + strings.ReplaceAll(host, "%", "%25") + "]"
	}
	if cfg.Port != 0 {
		host += ":" + strconv.Itoa(cfg.Port)
	}
	if ssh := sshText(conn.SSH); ssh != "" {
		q.Set(sshParameter, ssh)
	}
	if cfg.ServerName != "" {
		q.Set("sslservername", cfg.ServerName)
	}
	if cfg.ConnectTimeout != 0 {
		q.Set("connect_timeout", strconv.Itoa(conn.ConnectTimeout))
	}
	text := cfg.Scheme + "://"
	if cfg.User != "" {
		text += url.User(cfg.User).String() + "@"
	}
	text += host + "/" + url.PathEscape(cfg.Database)
	if len(q) > 0 {
		text += "?" + q.Encode() // sorted by name
	}
	return text
}
