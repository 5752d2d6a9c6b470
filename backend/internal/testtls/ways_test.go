package testtls_test

import (
	"context"
	"net"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/testssh"
	"database-structure-sync/backend/tunnel"
)

// way is how a connection gets to a server.
type way string

const (
	direct  way = "direct"
	dialled way = "dialled by somebody else" // who alone knows the server's name
	ssh     way = "through ssh"              // a real SSH server, which alone knows the server's name
)

var ways = []way{direct, dialled, ssh}

// host is the name that a server goes by, and that its certificate must be for.
func (y way) host() string {
	return map[way]string{direct: "127.0.0.1", dialled: realName, ssh: realName}[y]
}

// lead makes a configuration for a direct connection go this way.
func (y way) lead(w *world, cfg *engine.Config) {
	address := net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port))
	cfg.Host = y.host()
	switch y {
	case dialled:
		cfg.Port = 7777
		cfg.Dial = func(ctx context.Context, network, asked string) (net.Conn, error) {
			if network != "tcp" || asked != realName+":7777" {
				return nil, &net.OpError{Op: "dial", Net: network, Err: net.UnknownNetworkError(asked)}
			}
			return (&net.Dialer{}).DialContext(ctx, network, address)
		}
	case ssh:
		cfg.Dial = w.tunnel.DialContext
	}
}

// openTunnel starts an SSH server and opens a tunnel through it, for all connections of the test.
func openTunnel(t *testing.T) *tunnel.Tunnel {
	t.Helper()
	key := filepath.Join(t.TempDir(), "key")
	server := testssh.Start(t, testssh.Config{Hosts: []string{realName, aliasName}, Authorized: []string{testssh.Keygen(t, key, "-t", "ed25519", "-N", "")}})
	known := filepath.Join(server.Dir, "known_hosts")
	write(t, known, server.KnownHost("ed25519")+"\n")
	way, err := tunnel.Open(t.Context(), tunnel.Config{
		Host: server.Host, Port: server.Port, User: server.User, Auth: tunnel.Key, KeyFile: key, KnownHosts: []string{known},
		ConfigFile: tunnel.None, AgentSocket: tunnel.None, ConnectTimeout: 30 * time.Second,
	}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(way.Close)
	return way
}
