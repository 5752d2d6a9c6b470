package service

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/tlsconf"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
	"database-structure-sync/backend/tunnel"
)

// Report is what testing a connection found out.
type Report struct {
	OK bool
	// Steps are those of the tunnel as far as they were reached, for each hop after the other, and then all of StepNames in
	// their order.
	Steps         []Step
	Flavor        string // "PostgreSQL", "MySQL", "MariaDB", "SQLite"; "" when it was not reached
	Version       string
	Encrypted     string        // "TLS 1.3", …; "": it is not
	LatencyMillis float64       // median of a few trivial round trips
	Rights        engine.Rights // what the user can see
}

// Step is one part of connecting.
type Step struct {
	Name    string // one of StepNames, or of TunnelStepNames
	OK      bool
	Skipped bool // there was nothing to do (an address needs no resolving), or an earlier step failed
	// Detail has the arguments of a sentence: "host", "addresses"; "address" or "socket"; "protocol", "cipher", and of the
	// server's certificate "subject", "issuer", "names" (with commas between) and "expires" (RFC 3339); "user";
	// "flavor", "version"; "database"; "schemas", "tables". Those of a tunnel have "hop" and what tunnel.Step says.
	Detail   map[string]string
	Fault    *fault.Error // why it failed; nil otherwise
	Duration time.Duration
}

// StepNames are the steps in their order.
var StepNames = []string{stepResolve, stepConnect, stepTLS, stepLogin, stepVersion, stepDatabase, stepRights}

// TunnelStepNames are the steps to each hop of a tunnel, in their order.
var TunnelStepNames = []string{"ssh_resolve", "ssh_connect", "ssh_host_key", "ssh_login"}

const (
	stepResolve  = "resolve"
	stepConnect  = "connect"
	stepTLS      = "tls"
	stepLogin    = "login" // with setting up the session
	stepVersion  = "version"
	stepDatabase = "database"
	stepRights   = "rights"
)

const (
	pings         = 3
	rightsPatient = 30 * time.Second
)

// Test connects as a draft says and reports step by step how far it gets. The secrets of a draft with an ID are those kept
// unless it changes them; given are secrets that the user has just entered, nil: none. Without a password that is needed the
// error's code is fault.SecretMissing. A connection that does not work is a report, not an error; a draft with problems is
// an *InvalidError, but it needs no name yet.
func (c *Connections) Test(ctx context.Context, d Draft, given Given) (Report, error) {
	problems, err := c.Validate(ctx, d)
	if err != nil {
		return Report{}, err
	}
	problems = slices.DeleteFunc(problems, func(p Problem) bool { return p.Field == "name" || p.Field == "group" })
	if len(problems) > 0 {
		return Report{}, &InvalidError{problems}
	}
	conn := tidy(d.Connection)
	e, err := c.engines.Find(conn.Engine)
	if err != nil {
		return Report{}, err
	}
	conn.SavedSecrets = nil
	if conn.ID != "" {
		saved, err := c.store.Connection(ctx, conn.ID)
		if err != nil {
			return Report{}, err
		}
		conn.SavedSecrets = saved.SavedSecrets
		if conn.TLS.Parameters == nil { // as Save has it
			conn.TLS.Parameters = saved.TLS.Parameters
		}
	}
	cfg := bareConfig(conn)
	if cfg.Password, err = c.draftPassword(ctx, d, conn, given); err != nil {
		return Report{}, err
	}
	find := c.draftSecrets(d, conn, given)
	if err := c.withKeyPassphrase(ctx, &cfg, conn, find); err != nil {
		return Report{}, err
	}
	t := newTrial()
	if conn.SSH.Enabled {
		c.through(&cfg, conn, find, t.hop)
	}
	if err := t.run(ctx, e, cfg); err != nil && t.wanting(err) {
		return Report{}, err
	}
	if ctx.Err() != nil {
		return Report{}, fault.New(fault.Cancelled, "testing the connection was cancelled")
	}
	return t.report, nil
}

// draftPassword is the password with which a draft is tested.
func (c *Connections) draftPassword(ctx context.Context, d Draft, conn store.Connection, given Given) (string, error) {
	if _, ok := given[secret.Password]; !ok {
		switch change := d.Secrets[secret.Password]; change.Action {
		case SetSecret:
			return change.Value, nil
		case ClearSecret:
			if !neverKept(conn, secret.Password) {
				return "", nil
			}
		}
	}
	if conn.Engine == "sqlite" {
		return "", nil
	}
	return c.secretOf(ctx, conn, secret.Password, given)
}

// draftSecrets are the secrets with which a draft is tested, the database's password apart.
func (c *Connections) draftSecrets(d Draft, conn store.Connection, given Given) finder {
	kept := c.keptSecrets(conn, given)
	return func(ctx context.Context, field secret.Field) (string, bool, error) {
		if _, ok := given[field]; !ok {
			switch change := d.Secrets[field]; change.Action {
			case SetSecret:
				return change.Value, true, nil
			case ClearSecret:
				return "", false, nil
			}
		}
		return kept(ctx, field)
	}
}

// trial is one test of a connection.
type trial struct {
	report Report
	dialed dialed
}

func newTrial() *trial {
	t := &trial{}
	for _, name := range StepNames {
		t.report.Steps = append(t.report.Steps, Step{Name: name, Skipped: true})
	}
	return t
}

func (t *trial) step(name string) *Step {
	return &t.report.Steps[len(t.report.Steps)-len(StepNames)+slices.Index(StepNames, name)]
}

// pass notes that a step went well, with its arguments: names and values in turn.
func (t *trial) pass(name string, took time.Duration, detail ...string) {
	s := t.step(name)
	s.OK, s.Skipped, s.Duration, s.Detail = true, false, took, map[string]string{}
	for i := 0; i+1 < len(detail); i += 2 {
		s.Detail[detail[i]] = detail[i+1]
	}
}

func (t *trial) fail(name string, err error) {
	s := t.step(name)
	s.OK, s.Skipped = false, false
	if !errors.As(err, &s.Fault) {
		s.Fault = fault.Wrap(fault.Internal, err, "the connection cannot be tested")
	}
}

// hop takes down a step of the tunnel.
func (t *trial) hop(s tunnel.Step) {
	step := Step{Name: "ssh_" + string(s.Name), OK: s.Err == nil, Fault: s.Err, Duration: s.Duration, Detail: map[string]string{"hop": s.Hop.String()}}
	for name, value := range s.Detail {
		step.Detail[name] = value
	}
	t.report.Steps = slices.Insert(t.report.Steps, len(t.report.Steps)-len(StepNames), step)
}

// wanting tells whether an error is a lack of what has to be entered first, and no finding about the connection.
func (t *trial) wanting(err error) bool {
	switch fault.CodeOf(err) {
	case fault.SecretMissing, fault.SecretsLocked, fault.SecretsUnchosen:
		return true
	}
	return false
}

// run tests a configuration. An error is in the report.
func (t *trial) run(ctx context.Context, e engine.Engine, cfg engine.Config) error {
	cfg.Secured = t.dialed.secure
	if cfg.Route == nil {
		cfg.Dial = t.dialed.dial
	} else {
		route, err := cfg.Route(ctx)
		if err != nil {
			if !t.hasFault() {
				t.fail(stepConnect, err)
			}
			return err
		}
		t.dialed.through = route.DialContext
		cfg.Route = func(context.Context) (engine.Route, error) { return watchedRoute{route, &t.dialed}, nil }
	}
	began := time.Now()
	conn, err := openDatabase(ctx, e, cfg)
	took := t.network(began)
	if err != nil {
		t.refused(err)
		return err
	}
	defer func() { _ = conn.Close() }() // what was wanted of it is known
	server := conn.Server()
	if t.step(stepConnect).OK { // a file is no server
		t.pass(stepLogin, took, "user", cfg.User)
	}
	t.pass(stepVersion, 0, "flavor", server.Flavor, "version", server.Version)
	t.pass(stepDatabase, 0, "database", cfg.Database)
	t.report.Flavor, t.report.Version = server.Flavor, server.Version
	t.rights(ctx, conn)
	t.report.OK = !t.hasFault()
	return nil
}

func (t *trial) hasFault() bool {
	return slices.ContainsFunc(t.report.Steps, func(s Step) bool { return s.Fault != nil })
}

// watchedRoute is a way whose connections are taken down.
type watchedRoute struct {
	engine.Route
	dialed *dialed
}

// DialContext implements engine.Route.
func (r watchedRoute) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return r.dialed.dial(ctx, network, address)
}

// network reports what was seen of the network, and how long everything after that took.
func (t *trial) network(began time.Time) time.Duration {
	seen := t.dialed.seen()
	if seen.resolved > 0 {
		t.pass(stepResolve, seen.resolved, "host", seen.host, "addresses", seen.addresses)
	}
	if seen.connected.IsZero() {
		return time.Since(began)
	}
	t.pass(stepConnect, seen.connecting, seen.kind, seen.address)
	if seen.secured.IsZero() {
		return time.Since(seen.connected)
	}
	t.report.Encrypted = seen.protocol
	t.pass(stepTLS, seen.secured.Sub(seen.connected), append([]string{"protocol", seen.protocol, "cipher", seen.cipher}, described(seen.certificate)...)...)
	return time.Since(seen.secured)
}

// described are the arguments that tell of the server's certificate.
func described(c *x509.Certificate) []string {
	if c == nil {
		return nil
	}
	return []string{
		"subject", tlsconf.Owner(c), "issuer", tlsconf.Issuer(c), "names", strings.Join(tlsconf.Names(c), ", "), "expires", c.NotAfter.UTC().Format(time.RFC3339),
	}
}

// refused reports at which step opening failed. The steps before it have succeeded.
func (t *trial) refused(err error) {
	t.report.Encrypted = ""
	reached := stepLogin
	switch seen := t.dialed.seen(); {
	case seen.unresolved:
		reached = stepResolve
	case seen.connected.IsZero():
		reached = stepConnect
	}
	code := fault.CodeOf(err)
	switch code {
	case fault.AuthFailed:
		reached = stepLogin
	case fault.UnsupportedServer:
		reached = stepVersion
	case fault.NoDatabase, fault.NoPrivilege:
		reached = stepDatabase
	}
	if fault.IsTLS(code) {
		reached = stepTLS
	}
	if (reached == stepVersion || reached == stepDatabase) && t.step(stepConnect).OK {
		t.pass(stepLogin, 0)
	}
	t.fail(reached, err)
}

// rights measures round trips and counts what the user can see.
func (t *trial) rights(ctx context.Context, conn engine.Conn) {
	prober, ok := conn.(engine.Prober)
	if !ok {
		return
	}
	began := time.Now()
	var times []time.Duration
	for range pings {
		sent := time.Now()
		if err := prober.Ping(ctx); err != nil {
			t.fail(stepRights, err)
			return
		}
		times = append(times, time.Since(sent))
	}
	slices.Sort(times)
	t.report.LatencyMillis = float64(times[pings/2].Microseconds()) / 1000
	ctx, cancel := context.WithTimeout(ctx, rightsPatient)
	defer cancel()
	rights, err := prober.Rights(ctx)
	if err != nil {
		t.fail(stepRights, err)
		return
	}
	t.report.Rights = rights
	t.pass(stepRights, time.Since(began), "schemas", fmt.Sprint(rights.Schemas), "tables", fmt.Sprint(rights.Tables))
}
