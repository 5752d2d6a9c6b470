package service

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
	"database-structure-sync/backend/tunnel"
)

// through makes a configuration lead through the SSH hosts of a connection. report is told of the steps; it may be nil.
func (c *Connections) through(cfg *engine.Config, conn store.Connection, secrets finder, report func(tunnel.Step)) {
	s := conn.SSH
	way := tunnel.Config{
		Host: s.Host, Port: s.Port, User: s.User, Auth: tunnel.Auth(s.Auth), KeyFile: s.KeyFile, Certificate: s.Certificate,
		Jumps: s.Jumps, ConfigFile: s.ConfigFile, ConnectTimeout: time.Duration(conn.ConnectTimeout) * time.Second, Trusted: &c.trusted,
	}
	asker := &sshAsker{conn: conn, secrets: secrets, next: c.questions.oneAtATime(c.Asker), held: map[string]string{}}
	route(cfg, way, asker, report)
}

// route makes a configuration lead through SSH hosts.
func route(cfg *engine.Config, way tunnel.Config, asker tunnel.Asker, report func(tunnel.Step)) {
	cfg.Dial = noDirectDial
	cfg.Route = func(ctx context.Context) (engine.Route, error) {
		t, err := tunnel.Open(ctx, way, asker, report)
		if err != nil {
			return nil, err
		}
		return t, nil
	}
}

// sshParameter is the parameter of URLs that names an SSH host: [user@]host[:port].
const sshParameter = "ssh"

// throughURL makes a configuration that was a URL lead through the SSH host that it names.
func (s *Service) throughURL(cfg *engine.Config) error {
	text := cfg.Params.Get(sshParameter)
	if text == "" || cfg.Route != nil {
		return nil
	}
	to, err := tunnel.ParseDestination(text)
	if err != nil {
		return fault.Wrap(fault.BadInput, err, "the URL's parameter %s", sshParameter)
	}
	way := tunnel.Config{Host: to.Host, Port: to.Port, User: to.User, ConnectTimeout: cfg.ConnectTimeout, Trusted: &s.trusted}
	asker := &sshAsker{next: s.questions.oneAtATime(s.Asker), held: map[string]string{}}
	route(cfg, way, asker, nil)
	return nil
}

// sshText is the SSH host of a connection as the parameter has it; "" when there is none.
func sshText(s store.SSH) string {
	if !s.Enabled {
		return ""
	}
	text := s.Host
	if strings.Contains(text, ":") {
		text = "[" + text + "]"
	}
	if s.Port != 0 {
		text += ":" + strconv.Itoa(s.Port)
	}
	if s.User != "" {
		text = s.User + "@" + text
	}
	return text
}

// finder finds a secret of a connection, without asking anybody.
type finder func(ctx context.Context, field secret.Field) (value string, ok bool, err error)

// keptSecrets are those that are given or kept of a connection.
func (c *Connections) keptSecrets(conn store.Connection, given Given) finder {
	return func(ctx context.Context, field secret.Field) (string, bool, error) {
		if value, ok := given[field]; ok {
			return value, true, nil
		}
		if neverKept(conn, field) || !c.has(conn, field) {
			return "", false, nil
		}
		value, err := c.secrets.Get(ctx, secret.Key{Connection: conn.ID, Field: field})
		if fault.CodeOf(err) == fault.SecretMissing {
			return "", false, c.forgetGone(ctx, conn, field)
		}
		return value, err == nil, err
	}
}

// sshAsker answers questions about the SSH hosts of one connection with what is kept, and passes the others on. What was
// answered holds for as long as the connection is used, so that opening it again does not ask again.
type sshAsker struct {
	conn    store.Connection
	secrets finder // nil: none are kept
	next    tunnel.Asker

	mu   sync.Mutex
	held map[string]string
}

// HostKey implements tunnel.Asker.
func (a *sshAsker) HostKey(ctx context.Context, q tunnel.HostKeyQuestion) (tunnel.Trust, error) {
	if a.next == nil {
		return tunnel.Unasked, nil
	}
	return a.next.HostKey(ctx, q)
}

// Prompts implements tunnel.Asker.
func (a *sshAsker) Prompts(ctx context.Context, q tunnel.PromptsQuestion) ([]string, bool, error) {
	if a.next == nil {
		return nil, false, nil
	}
	return a.next.Prompts(ctx, q)
}

// Secret implements tunnel.Asker. The kept password is that of the last host, and no other host is shown it.
func (a *sshAsker) Secret(ctx context.Context, q tunnel.SecretQuestion) (string, bool, error) {
	field, name := secret.SSHPassword, q.Hop.User+"@"+q.Hop.Address
	if q.Kind == tunnel.KeyPassphrase {
		field, name = secret.KeyPassphrase, q.KeyFile
	}
	if q.Attempt == 1 {
		if value, ok := a.recall(name); ok {
			return value, true, nil
		}
		if a.secrets != nil && (field == secret.KeyPassphrase || q.Hop.Last()) {
			if value, ok, err := a.secrets(ctx, field); ok || err != nil {
				return value, ok, err
			}
		}
	}
	if a.next == nil {
		return "", false, a.missing(field)
	}
	value, ok, err := a.next.Secret(ctx, q)
	if ok && err == nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.held[name] = value
	}
	return value, ok, err
}

func (a *sshAsker) recall(name string) (string, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	value, ok := a.held[name]
	return value, ok
}

// missing is the error of a secret without which there is no way in, when nobody can be asked for it.
func (a *sshAsker) missing(field secret.Field) error {
	needed := neverKept(a.conn, field) || field == secret.SSHPassword && a.conn.SSH.Auth == string(tunnel.Password) ||
		field == secret.KeyPassphrase && a.conn.SSH.KeyFile != ""
	if a.conn.Name == "" || !needed {
		return nil
	}
	return fault.New(fault.SecretMissing, "%s of %q has to be entered", named(field), a.conn.Name)
}

// gate lets questions through one at a time, of whatever tunnel they are.
type gate struct {
	once  sync.Once
	token chan struct{}
}

// oneAtATime is an Asker behind the gate; nil stays nil.
func (g *gate) oneAtATime(next tunnel.Asker) tunnel.Asker {
	if next == nil {
		return nil
	}
	g.once.Do(func() { g.token = make(chan struct{}, 1) })
	return &gatedAsker{g.token, next}
}

type gatedAsker struct {
	token chan struct{}
	next  tunnel.Asker
}

func (a *gatedAsker) enter(ctx context.Context) error {
	select {
	case a.token <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// HostKey implements tunnel.Asker.
func (a *gatedAsker) HostKey(ctx context.Context, q tunnel.HostKeyQuestion) (tunnel.Trust, error) {
	if err := a.enter(ctx); err != nil {
		return tunnel.Distrust, err
	}
	defer func() { <-a.token }()
	return a.next.HostKey(ctx, q)
}

// Secret implements tunnel.Asker.
func (a *gatedAsker) Secret(ctx context.Context, q tunnel.SecretQuestion) (string, bool, error) {
	if err := a.enter(ctx); err != nil {
		return "", false, err
	}
	defer func() { <-a.token }()
	return a.next.Secret(ctx, q)
}

// Prompts implements tunnel.Asker.
func (a *gatedAsker) Prompts(ctx context.Context, q tunnel.PromptsQuestion) ([]string, bool, error) {
	if err := a.enter(ctx); err != nil {
		return nil, false, err
	}
	defer func() { <-a.token }()
	return a.next.Prompts(ctx, q)
}
