package service

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strings"
	"sync"
	"time"
)

// dialed opens network connections and takes down how the latest went.
type dialed struct {
	through func(ctx context.Context, network, address string) (net.Conn, error) // a tunnel; nil: none
	mu      sync.Mutex
	s       sighting
}

// sighting is what was seen of one connection.
type sighting struct {
	host, addresses    string // addresses of the host, with commas between
	resolved           time.Duration
	unresolved         bool
	kind, address      string // kind of address: "address" or "socket"
	connecting         time.Duration
	connected, secured time.Time // when; zero: not
	protocol, cipher   string
	certificate        *x509.Certificate // the server's
}

func (d *dialed) seen() sighting {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.s
}

// dial implements engine.Config.Dial. Drivers that try again without TLS dial again; the last attempt that got through
// counts.
func (d *dialed) dial(ctx context.Context, network, address string) (net.Conn, error) {
	s := sighting{kind: "address", address: address}
	defer func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if !s.connected.IsZero() || d.s.connected.IsZero() {
			d.s = s
		}
	}()
	if network == "unix" {
		s.kind = "socket"
	} else if d.through != nil { // the other end looks the name up
	} else if host, _, err := net.SplitHostPort(address); err == nil && !isAddress(host) {
		began := time.Now()
		addresses, err := net.DefaultResolver.LookupHost(ctx, host)
		if err != nil {
			s.unresolved = true
			return nil, err
		}
		s.host, s.addresses, s.resolved = host, strings.Join(addresses, ", "), max(time.Since(began), 1)
	}
	began := time.Now()
	connect := d.through
	if connect == nil {
		connect = (&net.Dialer{}).DialContext
	}
	conn, err := connect(ctx, network, address)
	if err != nil {
		return nil, err
	}
	s.connected = time.Now()
	s.connecting = s.connected.Sub(began)
	if s.kind == "address" && d.through == nil {
		s.address = conn.RemoteAddr().String()
	}
	return conn, nil
}

// secure implements engine.Config.Secured.
func (d *dialed) secure(state tls.ConnectionState) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.s.secured, d.s.protocol, d.s.cipher = time.Now(), tls.VersionName(state.Version), tls.CipherSuiteName(state.CipherSuite)
	if len(state.PeerCertificates) > 0 {
		d.s.certificate = state.PeerCertificates[0]
	}
}
