package cli_test

import (
	"bytes"
	"context"
	"net"
	"net/url"
	"strconv"
	"sync"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

// proxy is a network between the program and a real server that can fall silent or be cut.
type proxy struct {
	listener net.Listener
	upstream string
	mu       sync.Mutex
	conns    []net.Conn
	frozen   chan struct{} // closed: nothing goes through any more
	trigger  []byte        // falls silent when the program sends this
	hit      chan struct{} // closed when it has
	once     sync.Once
	hitOnce  sync.Once
}

// newProxy makes one that falls silent when the program sends the trigger; with an empty trigger, never by itself.
func newProxy(t *testing.T, s testdb.Server, trigger string) *proxy {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, upstream: net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), trigger: []byte(trigger), frozen: make(chan struct{}), hit: make(chan struct{})}
	t.Cleanup(func() {
		_ = l.Close()
		p.cut()
	})
	go p.accept()
	return p
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", p.upstream)
		if err != nil {
			_ = client.Close()
			return
		}
		p.mu.Lock()
		p.conns = append(p.conns, client, server)
		p.mu.Unlock()
		go p.copy(server, client, true)
		go p.copy(client, server, false)
	}
}

func (p *proxy) copy(to, from net.Conn, fromProgram bool) {
	defer to.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if fromProgram && len(p.trigger) > 0 && bytes.Contains(buf[:n], p.trigger) {
			p.freeze()
			p.hitOnce.Do(func() { close(p.hit) })
		}
		select {
		case <-p.frozen:
			if err != nil {
				return
			}
			continue
		default:
		}
		if _, werr := to.Write(buf[:n]); err != nil || werr != nil {
			return
		}
	}
}

// freeze lets nothing through any more, as a broken network does.
func (p *proxy) freeze() { p.once.Do(func() { close(p.frozen) }) }

// cut closes all connections.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		_ = c.Close()
	}
}

// url is the database's URL through the proxy.
func (p *proxy) url(t *testing.T, db *testdb.DB, parameter string) string {
	t.Helper()
	return edited(t, db, func(u *url.URL) {
		u.Host = p.listener.Addr().String()
		if parameter != "" {
			q := u.Query()
			name, value, _ := bytes.Cut([]byte(parameter), []byte("="))
			q.Set(string(name), string(value))
			u.RawQuery = q.Encode()
		}
	})
}
