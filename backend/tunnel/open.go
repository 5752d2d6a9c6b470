package tunnel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"database-structure-sync/backend/internal/fault"
)

// Open goes through the hosts of a configuration, one through the other. report is told of each step when it has ended, and
// may be nil. Errors are *fault.Error and name the hop; a cancelled context ends it at once.
func Open(ctx context.Context, cfg Config, asker Asker, report func(Step)) (*Tunnel, error) {
	if asker == nil {
		asker = NoAsker{}
	}
	if report == nil {
		report = func(Step) {}
	}
	if cfg.Trusted == nil {
		cfg.Trusted = &Trusted{}
	}
	hosts, err := route(cfg)
	if err != nil {
		f := fault.Wrap(fault.TunnelFailed, err, "the way through the SSH host %s is not clear", cfg.Host)
		report(Step{Hop: Hop{Count: 1, Host: cfg.Host}, Name: Resolve, Err: f})
		return nil, f
	}
	t := &Tunnel{}
	c := &climb{tunnel: t, asker: asker, report: report, trusted: cfg.Trusted, opened: map[string]ssh.Signer{}}
	for _, h := range hosts {
		if err := c.step(ctx, h); err != nil {
			t.Close()
			if ctx.Err() != nil {
				return nil, fault.Wrap(fault.Cancelled, context.Cause(ctx), "connecting to the SSH host %s was broken off", h.hop)
			}
			return nil, err
		}
	}
	t.watch()
	return t, nil
}

// climb is the way from one hop to the next.
type climb struct {
	tunnel  *Tunnel
	asker   Asker
	report  func(Step)
	trusted *Trusted
	opened  map[string]ssh.Signer // keys that were decrypted
}

var errPatience = errors.New("it did not answer in time")

// step gets to one more host and in.
func (c *climb) step(ctx context.Context, h *host) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	clock := newClock(h.timeout, func() { cancel(errPatience) })
	defer clock.end()
	began := time.Now()
	if err := c.resolve(ctx, h); err != nil {
		return err
	}
	conn, failed := c.connect(ctx, h)
	if failed != nil {
		return c.fail(Step{Hop: h.hop, Name: Connect, Duration: time.Since(began)}, failed)
	}
	listening := newHeard(conn)
	client, err := c.handshake(ctx, h, listening, clock)
	if err != nil {
		_ = conn.Close()
		return err
	}
	c.tunnel.add(h, client, listening)
	return nil
}

// fail reports a step that failed.
func (c *climb) fail(s Step, err *fault.Error) error {
	s.Err = err
	c.report(s)
	return err
}

// resolve looks up the first host's name, where it has one. The others' are looked up by the hop before them.
func (c *climb) resolve(ctx context.Context, h *host) error {
	name := hostOf(h.hop.Address)
	address, _, _ := strings.Cut(name, "%")
	if h.hop.Index > 0 || net.ParseIP(address) != nil {
		return nil
	}
	began := time.Now()
	addresses, err := net.DefaultResolver.LookupHost(ctx, name)
	step := Step{Hop: h.hop, Name: Resolve, Duration: time.Since(began)}
	if err != nil {
		return c.fail(step, fault.Wrap(fault.TunnelFailed, c.why(ctx, h, err), "the name of the SSH host %s cannot be resolved", h.hop))
	}
	step.Detail = c.noted(h, map[string]string{"host": name, "addresses": strings.Join(addresses, ", ")})
	c.report(step)
	return nil
}

// noted adds to the details of a step what was passed over in the configuration.
func (c *climb) noted(h *host, detail map[string]string) map[string]string {
	if len(h.settings.notes) > 0 {
		detail["note"] = strings.Join(h.settings.notes, "; ")
	}
	return detail
}

// why is the cause of an error: time that ran out where that was it.
func (c *climb) why(ctx context.Context, h *host, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, errPatience) {
		return fmt.Errorf("%w (%s)", errPatience, h.timeout)
	}
	return err
}

// connect opens a connection to a host: over the network to the first, through the hop before it to the others.
func (c *climb) connect(ctx context.Context, h *host) (net.Conn, *fault.Error) {
	began := time.Now()
	through := c.tunnel.last()
	if through == nil {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", h.hop.Address)
		if err != nil {
			return nil, fault.Wrap(fault.TunnelFailed, innermost(c.why(ctx, h, err)), "the SSH host %s cannot be reached", h.hop)
		}
		c.report(Step{Hop: h.hop, Name: Connect, Detail: c.noted(h, map[string]string{"address": conn.RemoteAddr().String()}), Duration: time.Since(began)})
		return conn, nil
	}
	under, err := through.client.DialContext(ctx, "tcp", h.hop.Address)
	if err != nil {
		return nil, refused(fault.TunnelFailed, through.host.hop, "the SSH host "+h.hop.String(), c.why(ctx, h, err))
	}
	c.report(Step{Hop: h.hop, Name: Connect, Detail: c.noted(h, map[string]string{"address": h.hop.Address}), Duration: time.Since(began)})
	return c.tunnel.carry(under), nil
}

// handshake verifies a host and logs in to it.
func (c *climb) handshake(ctx context.Context, h *host, conn net.Conn, clock *clock) (*ssh.Client, error) {
	known, err := readKnownHosts(h.knownHosts)
	if err != nil {
		return nil, c.fail(Step{Hop: h.hop, Name: HostKey}, fault.Wrap(fault.TunnelFailed, err, "the SSH host %s cannot be verified", h.hop))
	}
	judge := &judge{host: h, known: known, trusted: c.trusted, ctx: ctx, began: time.Now(), ask: func(q HostKeyQuestion) (Trust, error) {
		defer clock.pause()()
		return c.asker.HostKey(ctx, q)
	}}
	ring := &keyring{host: h, pause: clock.pause, opened: c.opened, ask: func(q SecretQuestion) (string, bool, error) {
		defer clock.pause()()
		return c.asker.Secret(ctx, q)
	}}
	defer ring.close()
	l := &login{ctx: ctx, ring: ring, hop: h.hop, auth: h.auth, asker: c.asker, pause: clock.pause, asked: map[string]int{}, over: map[string]bool{}}
	breakOff := context.AfterFunc(ctx, func() {
		_ = conn.Close()
		ring.close()
	})
	sc, channels, requests, err := ssh.NewClientConn(conn, h.hop.Address, &ssh.ClientConfig{
		User: h.hop.User, HostKeyCallback: judge.callback, HostKeyAlgorithms: known.algorithms(judge.name()),
		AuthCallback: l.next, BannerCallback: l.listen, ClientVersion: "SSH-2.0-DatabaseStructureSync",
	})
	if !breakOff() && err == nil {
		_ = sc.Close()
		err = context.Cause(ctx)
	}
	return c.outcome(ctx, h, judge, l, err, func() *ssh.Client { return ssh.NewClient(sc, channels, requests) })
}

// outcome reports how verifying and logging in went.
func (c *climb) outcome(ctx context.Context, h *host, j *judge, l *login, err error, client func() *ssh.Client) (*ssh.Client, error) {
	key := Step{Hop: h.hop, Name: HostKey, Detail: j.detail, Duration: j.took}
	if j.accepted == nil {
		f := j.err
		if f == nil || errors.Is(context.Cause(ctx), errPatience) {
			f = fault.Wrap(fault.TunnelFailed, handshakeError(c.why(ctx, h, err)), "the SSH host %s cannot be spoken with", h.hop)
		}
		key.Duration = time.Since(j.began)
		return nil, c.fail(key, f)
	}
	c.report(key)
	step := Step{Hop: h.hop, Name: Login, Duration: time.Since(j.began) - j.took, Detail: map[string]string{"user": h.hop.User, "tried": strings.Join(l.tried, ", ")}}
	if l.banner.Len() > 0 {
		step.Detail["banner"] = l.banner.String()
	}
	if err == nil {
		step.Detail["method"] = l.method
		c.report(step)
		return client(), nil
	}
	return nil, c.fail(step, c.loginFault(ctx, h, l, err))
}

// loginFault tells a login that was refused from one that was broken off.
func (c *climb) loginFault(ctx context.Context, h *host, l *login, err error) *fault.Error {
	var asked *fault.Error
	switch {
	case l.err != nil && errors.As(l.err, &asked):
		return asked
	case l.err != nil:
		return fault.Wrap(fault.SSHAuthFailed, c.why(ctx, h, l.err), "logging in to the SSH host %s was broken off", h.hop)
	case errors.Is(err, errNoMore):
		return l.failed(nil)
	case strings.Contains(err.Error(), "ssh: disconnect"):
		return l.failed(handshakeError(err))
	case len(l.tried) > 0 && !errors.Is(context.Cause(ctx), errPatience): // sshd ends some refusals without a word
		return l.failed(handshakeError(err))
	}
	return fault.Wrap(fault.TunnelFailed, handshakeError(c.why(ctx, h, err)), "the connection to the SSH host %s ended during the login", h.hop)
}

// handshakeError is an error of the SSH library without its prefixes.
func handshakeError(err error) error {
	if err == nil || errors.Is(err, errPatience) {
		return err
	}
	text := err.Error()
	for _, prefix := range []string{"ssh: handshake failed: ", "ssh: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	if text == "EOF" {
		text = "it closed the connection"
	}
	return errors.New(printable(text))
}

// innermost is a network error without what the sentence around it says already.
func innermost(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// refused is the error of a connection that a hop did not make.
func refused(code fault.Code, through Hop, to string, err error) *fault.Error {
	var open *ssh.OpenChannelError
	if !errors.As(err, &open) {
		return fault.Wrap(code, err, "%s cannot be reached through the SSH host %s", to, through)
	}
	said := errors.New(printable(open.Message))
	switch open.Reason {
	case ssh.Prohibited:
		return fault.Wrap(code, said, "the SSH host %s does not allow connections to %s", through, to)
	case ssh.ResourceShortage:
		return fault.Wrap(code, said, "the SSH host %s allows no more connections, wanted was one to %s", through, to)
	}
	return fault.Wrap(code, said, "%s cannot be reached by the SSH host %s", to, through)
}
