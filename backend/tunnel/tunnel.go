package tunnel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"database-structure-sync/backend/internal/fault"
)

// Tunnel is an open way through SSH hosts. Its methods may be called at the same time.
type Tunnel struct {
	stations []*station
	// running are the goroutines of the tunnel and of its connections.
	running sync.WaitGroup
	stop    chan struct{} // closed by end
	ended   sync.Once

	mu       sync.Mutex
	channels []*channel
	lost     *fault.Error
	closed   bool
}

// station is a hop that was reached.
type station struct {
	host   *host
	client *ssh.Client
	conn   *heard
	gone   chan struct{} // closed when its connection has ended
	err    error         // why; set before gone is closed
}

func (t *Tunnel) add(h *host, client *ssh.Client, conn *heard) {
	s := &station{host: h, client: client, conn: conn, gone: make(chan struct{})}
	t.stations = append(t.stations, s)
	t.running.Go(func() {
		s.err = client.Wait()
		close(s.gone)
	})
}

func (t *Tunnel) last() *station {
	if len(t.stations) == 0 {
		return nil
	}
	return t.stations[len(t.stations)-1]
}

// carry makes a connection of a channel that the tunnel ends with itself.
func (t *Tunnel) carry(under net.Conn) *channel {
	c := newChannel(under)
	t.running.Go(c.ended.Wait)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.channels = slices.DeleteFunc(t.channels, func(c *channel) bool {
		select {
		case <-c.done:
			return true
		default:
			return false
		}
	})
	t.channels = append(t.channels, c)
	if t.closed {
		_ = c.Close()
	}
	return c
}

// Name is the way for messages: its last host.
func (t *Tunnel) Name() string { return t.last().host.hop.String() }

// Hops are the hosts on the way.
func (t *Tunnel) Hops() []Hop {
	hops := make([]Hop, len(t.stations))
	for i, s := range t.stations {
		hops[i] = s.host.hop
	}
	return hops
}

// DialContext connects from the last host to an address, "tcp" or "unix", which is looked up there. Errors are *fault.Error:
// Unreachable when the tunnel is good.
func (t *Tunnel) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	s := t.last()
	if err := t.Err(); err != nil {
		return nil, err
	}
	under, err := s.client.DialContext(ctx, network, address)
	if err != nil {
		if lost := t.Check(ctx); lost != nil {
			return nil, lost
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("connecting to %s through the SSH host %s: %w", address, s.host.hop, context.Cause(ctx))
		}
		return nil, refused(fault.Unreachable, s.host.hop, address, err)
	}
	return t.carry(under), nil
}

// Err is why the tunnel was lost; nil when it is not known to be.
func (t *Tunnel) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost != nil {
		return t.lost
	}
	if t.closed {
		return net.ErrClosed
	}
	return nil
}

// checkPatience is how long Check waits for hops to answer.
const checkPatience = 2 * time.Second

// Check asks every hop for a sign of life, and gives the error that names the first that is gone. One that is only slow is
// not gone.
func (t *Tunnel) Check(ctx context.Context) error {
	if err := t.Err(); err != nil {
		return err
	}
	patience := time.NewTimer(checkPatience)
	defer patience.Stop()
	for _, s := range t.stations {
		answered := t.ping(s)
		select {
		case err := <-answered:
			if err != nil {
				t.loseAt(s, err)
				return t.Err()
			}
		case <-s.gone:
			t.loseAt(s, s.err)
			return t.Err()
		case <-patience.C:
			return t.Err()
		case <-ctx.Done():
			return t.Err()
		}
	}
	return t.Err()
}

// ping asks a hop for a sign of life. The answer comes some time, at the latest with the end of the tunnel.
func (t *Tunnel) ping(s *station) <-chan error {
	answered := make(chan error, 1)
	t.running.Go(func() {
		_, _, err := s.client.SendRequest("keepalive@openssh.com", true, nil)
		answered <- err
	})
	return answered
}

// watch notices when a hop is lost.
func (t *Tunnel) watch() {
	t.stop = make(chan struct{})
	for _, s := range t.stations {
		t.running.Go(func() {
			<-s.gone
			t.loseAt(s, s.err)
		})
		t.running.Go(func() { t.keepAlive(s) })
	}
}

// keepAlive asks a hop for a sign of life when nothing has come from it for its interval, and gives it up when nothing comes
// for as long again.
func (t *Tunnel) keepAlive(s *station) {
	interval := s.host.keepAlive
	ticker := time.NewTicker(max(interval/8, time.Millisecond))
	defer ticker.Stop()
	var answered <-chan error
	for {
		select {
		case <-t.stop:
			return
		case <-s.gone:
			return
		case err := <-answered:
			if err != nil {
				return // the end of the connection is noticed elsewhere
			}
			answered = nil
		case <-ticker.C:
			idle := s.conn.idle()
			if idle >= interval && answered == nil {
				answered = t.ping(s)
			}
			if idle >= 2*interval {
				t.loseAt(s, fmt.Errorf("it has given no sign of life for %s", idle.Round(time.Second/10)))
				return
			}
		}
	}
}

// meanwhile is how long the end of an earlier hop may come after that of a later one which it caused.
const meanwhile = 250 * time.Millisecond

// loseAt gives the tunnel up because a hop is gone, or one before it.
func (t *Tunnel) loseAt(s *station, cause error) {
	for _, before := range t.stations[:s.host.hop.Index] {
		if before.isGone(meanwhile) {
			s, cause = before, before.err
			break
		}
		if before.conn.idle() >= before.host.keepAlive*3/2 { // those behind a silent hop are silent as well
			s = before
			break
		}
	}
	if cause == nil || errors.Is(cause, net.ErrClosed) || errors.Is(cause, io.EOF) {
		cause = errors.New("the connection has ended")
	}
	t.mu.Lock()
	if t.lost == nil && !t.closed {
		t.lost = fault.Wrap(fault.ConnectionLost, handshakeError(innermost(cause)), "the SSH tunnel was lost at the host %s", s.host.hop)
	}
	t.mu.Unlock()
	t.end()
}

// isGone tells whether the connection of a hop ends within a time.
func (s *station) isGone(within time.Duration) bool {
	patience := time.NewTimer(within)
	defer patience.Stop()
	select {
	case <-s.gone:
		return true
	case <-patience.C:
		return false
	}
}

// Explain is the error of what was done through the tunnel: the loss of the tunnel with that error as its cause, when the
// tunnel is lost and the error may come of it.
func (t *Tunnel) Explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	switch fault.CodeOf(err) {
	case fault.Cancelled, fault.AuthFailed, fault.NoDatabase, fault.NoPrivilege, fault.UnsupportedServer, fault.StatementFailed, fault.TargetLocked:
		return err // somebody has answered, or did not want to wait for it
	}
	var lost *fault.Error
	if !errors.As(t.Check(ctx), &lost) || errors.Is(err, lost) {
		return err
	}
	return &fault.Error{Code: fault.ConnectionLost, Message: lost.Error(), Cause: err}
}

// farewell is how long closing waits until what was written last is on its way.
const farewell = 200 * time.Millisecond

// Close ends the tunnel with everything that goes through it, and waits until it has ended.
func (t *Tunnel) Close() {
	t.mu.Lock()
	t.closed = true
	channels := t.channels
	t.mu.Unlock()
	for _, c := range channels {
		_ = c.Close()
	}
	said := make(chan struct{})
	t.running.Go(func() {
		defer close(said)
		for _, c := range channels {
			c.ended.Wait()
		}
	})
	select {
	case <-said:
	case <-time.After(farewell):
	}
	t.end()
	t.running.Wait()
}

// end closes the connection that everything goes through; all the others end with it.
func (t *Tunnel) end() {
	t.ended.Do(func() {
		if t.stop != nil {
			close(t.stop)
		}
		if len(t.stations) > 0 {
			_ = t.stations[0].conn.Close()
		}
	})
}
