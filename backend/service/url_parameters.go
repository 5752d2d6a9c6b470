package service

import (
	"slices"
	"strconv"
	"strings"

	"database-structure-sync/backend/engine"
)

type parameter = func(cfg *engine.Config, value string) error

// nothing is for what other programs put into URLs and what makes no difference here.
func nothing(*engine.Config, string) error { return nil }

func postgresOnly(set parameter) parameter {
	return func(cfg *engine.Config, value string) error {
		if !strings.HasPrefix(cfg.Scheme, "postgres") {
			return bad("it has a parameter that is for PostgreSQL only")
		}
		return set(cfg, value)
	}
}

func mysqlOnly(set parameter) parameter {
	return func(cfg *engine.Config, value string) error {
		if strings.HasPrefix(cfg.Scheme, "postgres") {
			return bad("it has a parameter that is for MySQL and MariaDB only")
		}
		return set(cfg, value)
	}
}

// oneOf checks a value that nothing else is done with.
func oneOf(name string, allowed ...string) parameter {
	return func(_ *engine.Config, value string) error {
		if !slices.Contains(allowed, value) {
			return bad("%s must be one of %s", name, strings.Join(allowed, ", "))
		}
		return nil
	}
}

// oneOfParameter is a parameter with a few values.
func oneOfParameter(name string, allowed ...string) parameter {
	check := oneOf(name, allowed...)
	return func(cfg *engine.Config, value string) error {
		cfg.Params.Set(name, value)
		return check(cfg, value)
	}
}

func keyPassphraseParameter(cfg *engine.Config, value string) error {
	cfg.KeyPassphrase = value
	return nil
}

func serverNameParameter(cfg *engine.Config, value string) error {
	if !hostPattern.MatchString(value) && !isAddress(value) {
		return bad("sslservername must be the name of a host")
	}
	cfg.ServerName = value
	return nil
}

func userParameter(cfg *engine.Config, value string) error {
	if cfg.User != "" {
		return bad("it names the user twice")
	}
	cfg.User = value
	return nil
}

func passwordParameter(cfg *engine.Config, value string) error {
	if cfg.Password != "" {
		return bad("it has two passwords")
	}
	cfg.Password = value
	return nil
}

func databaseParameter(cfg *engine.Config, value string) error {
	if cfg.Database != "" {
		return bad("it names the database twice")
	}
	cfg.Database = value
	return nil
}

func portParameter(cfg *engine.Config, value string) error {
	port, err := strconv.Atoi(value)
	if err != nil || port < 1 || port > 65535 {
		return bad("the port must be a number from 1 to 65535")
	}
	if cfg.Port != 0 {
		return bad("it has two ports")
	}
	cfg.Port = port
	return nil
}

// hostAddressParameter says where the host is, without asking anybody for its address; the certificate stays the host's.
func hostAddressParameter(cfg *engine.Config, value string) error {
	if !isAddress(value) || strings.HasPrefix(cfg.Host, "/") {
		return bad("hostaddr must be an address, and goes with no socket")
	}
	if cfg.Host != "" && cfg.ServerName == "" {
		cfg.ServerName = cfg.Host
	}
	cfg.Host = value
	return nil
}
