package service

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/tlsconf"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
	"database-structure-sync/backend/tunnel"
)

// Problem is something that keeps a draft from being saved.
type Problem struct {
	// Field is the path of the draft's field: "name", "host", "port", "tls.rootCert", "ssh.keyFile", "secrets.password", …
	Field string
	Code  ProblemCode
	Args  map[string]string // for the sentence: "allowed", "min", "max", "path", "name"
}

// ProblemCode is the stable name of a kind of problem.
type ProblemCode string

// The codes.
const (
	Required     ProblemCode = "required"
	PortRange    ProblemCode = "port_range"   // min, max
	NameTaken    ProblemCode = "name_taken"   // name
	FileMissing  ProblemCode = "file_missing" // path
	FileIsFolder ProblemCode = "file_is_folder"
	BadValue     ProblemCode = "bad_value" // allowed: the values, with commas between
	BadText      ProblemCode = "bad_text"  // white space or control characters where none can be
	TooLong      ProblemCode = "too_long"  // max
	OutOfRange   ProblemCode = "out_of_range"
	Conflict     ProblemCode = "conflict"     // other: the field that excludes this one
	NotForEngine ProblemCode = "not_for_this" // the engine has no use for the field
)

// InvalidError is a draft with problems.
type InvalidError struct{ Problems []Problem }

// Error names the fields; the values stay where they are.
func (e *InvalidError) Error() string {
	var parts []string
	for _, p := range e.Problems {
		parts = append(parts, fmt.Sprintf("%s (%s)", p.Field, p.Code))
	}
	return "the connection cannot be saved as it is: " + strings.Join(parts, ", ")
}

// Unwrap gives the error its code.
func (e *InvalidError) Unwrap() error {
	return fault.New(fault.BadInput, "the connection cannot be saved as it is")
}

// Limits of the fields.
const (
	maxName    = 100
	maxText    = 255 // hosts, users, databases
	maxPath    = 4096
	maxTimeout = 3600
)

// Engines, environments and ways to log in that can be saved.
var (
	connectionEngines = []string{"postgres", "mysql", "mariadb", "sqlite"}
	environments      = []string{"", "development", "staging", "production"}
	sshAuths          = []string{"", "automatic", "agent", "key", "password", "interactive"}
	secretActions     = []string{"", string(KeepSecret), string(SetSecret), string(ClearSecret)}
)

// Validate tells what keeps a draft from being saved, in the order of the form. The window has the same rules.
func (c *Connections) Validate(ctx context.Context, d Draft) ([]Problem, error) {
	all, err := c.store.Connections(ctx)
	if err != nil {
		return nil, err
	}
	v := &validator{}
	conn := tidy(d.Connection)
	if slices.ContainsFunc(all, func(o store.Connection) bool { return o.ID != conn.ID && nameKey(o.Name) == nameKey(conn.Name) }) {
		v.add("name", NameTaken, "name", conn.Name)
	}
	v.problems = append(v.problems, validate(conn)...)
	v.secrets(d.Secrets)
	return v.problems, nil
}

// validate tells what is wrong with a tidy connection by itself.
func validate(conn store.Connection) []Problem {
	v := &validator{}
	v.general(conn)
	v.address(conn)
	v.tls(conn)
	v.ssh(conn)
	return v.problems
}

type validator struct{ problems []Problem }

// add notes a problem with its arguments: names and values in turn.
func (v *validator) add(field string, code ProblemCode, args ...string) {
	p := Problem{Field: field, Code: code}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]string{}
		}
		p.Args[args[i]] = args[i+1]
	}
	v.problems = append(v.problems, p)
}

func (v *validator) general(c store.Connection) {
	if c.Name == "" {
		v.add("name", Required)
	}
	v.text("name", c.Name, maxName)
	v.oneOf("engine", c.Engine, connectionEngines)
	v.oneOf("environment", c.Environment, environments)
	v.text("group", c.Group, maxName)
	v.number("connectTimeout", c.ConnectTimeout, maxTimeout, OutOfRange)
}

// address: a file for SQLite, else a host or a socket, and a database.
func (v *validator) address(c store.Connection) {
	if c.Engine == "sqlite" {
		if c.File == "" {
			v.add("file", Required)
		} else {
			v.file("file", c.File)
		}
		return
	}
	switch {
	case c.Socket != "" && c.Host != "":
		v.add("socket", Conflict, "other", "host")
	case c.Socket != "":
		v.path("socket", c.Socket)
		if !strings.HasPrefix(c.Socket, "/") {
			v.add("socket", BadText)
		}
	case c.Host == "":
		v.add("host", Required)
	}
	v.host("host", c.Host)
	v.number("port", c.Port, 65535, PortRange)
	if c.Database == "" {
		v.add("database", Required)
	}
	v.text("database", c.Database, maxText)
	v.text("user", c.User, maxText)
	if len(c.Schemas) > 0 && c.Engine != "postgres" {
		v.add("schemas", NotForEngine)
	}
	for _, s := range c.Schemas {
		v.text("schemas", s, maxText)
	}
}

func (v *validator) tls(c store.Connection) {
	if c.Engine == "sqlite" {
		return
	}
	v.oneOf("tls.mode", c.TLS.Mode, append([]string{""}, tlsconf.Modes...))
	for _, f := range []struct{ field, path string }{
		{"tls.rootCert", c.TLS.RootCert}, {"tls.cert", c.TLS.Cert}, {"tls.key", c.TLS.Key},
	} {
		if f.path != "" {
			v.file(f.field, f.path)
		}
	}
	if c.TLS.Cert != "" && c.TLS.Key == "" {
		v.add("tls.key", Required)
	}
	if c.TLS.Key != "" && c.TLS.Cert == "" {
		v.add("tls.cert", Required)
	}
	v.host("tls.serverName", c.TLS.ServerName)
	for _, name := range slices.Sorted(maps.Keys(c.TLS.Parameters)) {
		value := c.TLS.Parameters[name]
		read, known := parameters[name]
		probe := engine.Config{Scheme: c.Engine, Params: url.Values{}}
		// Only what stays a parameter: what has a field of its own would be said twice.
		if !known || value == "" || read(&probe, value) != nil || len(further(probe.Params)) != 1 {
			v.add("tls.parameters", BadValue, "name", name)
		}
		v.text("tls.parameters", value, maxPath)
	}
}

func (v *validator) ssh(c store.Connection) {
	if !c.SSH.Enabled {
		return // what is in the fields may be incomplete until it is used
	}
	if c.Engine == "sqlite" {
		v.add("ssh.enabled", NotForEngine)
		return
	}
	if c.SSH.Host == "" {
		v.add("ssh.host", Required)
	}
	v.host("ssh.host", c.SSH.Host)
	v.number("ssh.port", c.SSH.Port, 65535, PortRange)
	v.text("ssh.user", c.SSH.User, maxText)
	v.oneOf("ssh.auth", c.SSH.Auth, sshAuths)
	for _, f := range []struct{ field, path string }{
		{"ssh.keyFile", c.SSH.KeyFile}, {"ssh.certificate", c.SSH.Certificate}, {"ssh.configFile", c.SSH.ConfigFile},
	} {
		if f.path != "" && (f.field != "ssh.configFile" || !strings.EqualFold(f.path, tunnel.None)) {
			v.file(f.field, tunnel.ExpandHome(f.path))
		}
	}
	if c.SSH.KeyFile == "" && c.SSH.Auth == "key" {
		v.add("ssh.keyFile", Required)
	}
	v.jumps(c.SSH.Jumps)
}

// jumps are SSH hosts with commas between.
func (v *validator) jumps(text string) {
	v.text("ssh.jumps", text, maxPath)
	if text == "" || strings.EqualFold(text, tunnel.None) {
		return
	}
	for _, jump := range strings.Split(text, ",") {
		if _, err := tunnel.ParseDestination(jump); err != nil {
			v.add("ssh.jumps", BadText)
			return
		}
	}
}

func (v *validator) secrets(changes map[secret.Field]SecretChange) {
	for _, kind := range SecretKinds {
		field := kind.Field
		change := changes[field]
		v.oneOf("secrets."+string(field), string(change.Action), secretActions)
		if change.Action == SetSecret && change.Value == "" {
			v.add("secrets."+string(field), Required)
		}
		if strings.ContainsRune(change.Value, 0) {
			v.add("secrets."+string(field), BadText)
		}
		if len(change.Value) > maxPath {
			v.add("secrets."+string(field), TooLong, "max", fmt.Sprint(maxPath))
		}
	}
}

func (v *validator) oneOf(field, value string, allowed []string) {
	if !slices.Contains(allowed, value) {
		v.add(field, BadValue, "allowed", strings.Join(slices.DeleteFunc(slices.Clone(allowed), func(s string) bool { return s == "" }), ", "))
	}
}

func (v *validator) number(field string, value, most int, code ProblemCode) {
	if value < 0 || value > most {
		v.add(field, code, "min", "1", "max", fmt.Sprint(most))
	}
}

func (v *validator) text(field, value string, most int) {
	if !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) {
		v.add(field, BadText)
	}
	if utf8.RuneCountInString(value) > most {
		v.add(field, TooLong, "max", fmt.Sprint(most))
	}
}

// host is a name or an address, without port, user or scheme.
func (v *validator) host(field, value string) {
	v.text(field, value, maxText)
	if value != "" && !hostPattern.MatchString(value) && !isAddress(value) {
		v.add(field, BadText)
	}
}

// hostPattern is generous: names with underscores and of other scripts are in use.
var (
	hostPattern = regexp.MustCompile(`^[\pL\pN_][\pL\pN\pM_.-]*$`)
	zonePattern = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
)

// isAddress tells whether a host is an IP address, which may have a zone: fe80::1%eth0.
func isAddress(host string) bool {
	address, zone, zoned := strings.Cut(host, "%")
	return net.ParseIP(address) != nil && (!zoned || zonePattern.MatchString(zone) && strings.Contains(address, ":"))
}

func (v *validator) path(field, value string) { v.text(field, value, maxPath) }

func (v *validator) file(field, path string) {
	v.path(field, path)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		v.add(field, FileMissing, "path", path)
	case info.IsDir():
		v.add(field, FileIsFolder, "path", path)
	}
}

// tidy is a connection without white space around what is typed and without what its engine has no use for.
func tidy(c store.Connection) store.Connection {
	for _, text := range []*string{&c.Name, &c.Group, &c.Host, &c.TLS.ServerName, &c.SSH.Host, &c.SSH.User, &c.SSH.Jumps} {
		*text = strings.TrimSpace(*text)
	}
	c.Host, c.SSH.Host = unbracket(c.Host), unbracket(c.SSH.Host)
	var schemas []string
	for _, s := range c.Schemas {
		if s != "" && !slices.Contains(schemas, s) {
			schemas = append(schemas, s)
		}
	}
	c.Schemas = schemas
	if c.Engine == "sqlite" {
		c.Host, c.Port, c.Socket, c.Database, c.User, c.AskPassword, c.TLS = "", 0, "", "", "", false, store.TLS{}
	} else {
		c.File = ""
	}
	return c
}

// unbracket is [::1] without its brackets.
func unbracket(host string) string {
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		return host[1 : len(host)-1]
	}
	return host
}
