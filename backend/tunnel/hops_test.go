package tunnel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testssh"
)

// way is a user with three hosts on the way: the configuration file calls them first, second and last.
func way(t *testing.T) (home, [3]*testssh.Server) {
	t.Helper()
	h := newHome(t)
	var hosts [3]*testssh.Server
	var known, config []string
	for i, name := range []string{"first", "second", "last"} {
		// Each takes a key of its own.
		hosts[i] = testssh.Start(t, testssh.Config{Address: fmt.Sprintf("127.0.0.%d", 11+i), Authorized: []string{h.key(t, "key_"+name)}})
		known = append(known, hosts[i].KnownHost("ed25519"))
		config = append(config, "Host "+name, "\tHostName "+hosts[i].Host, "\tPort "+port(hosts[i]), "\tUser "+hosts[i].User,
			"\tIdentityFile ~/.ssh/key_%n", "\tIdentitiesOnly yes")
	}
	h.write(t, "known_hosts", known...)
	h.write(t, "config", append(config, "ProxyJump first,second")...)
	return h, hosts
}

func TestEveryHopIsVerifiedAndLoggedInToByItself(t *testing.T) {
	h, hosts := way(t)
	tunnel, steps := open(t, Config{Host: "last", KeepAlive: time.Second}, nil)
	works(t, tunnel)
	for i, name := range []string{"first", "second", "last"} {
		s := hosts[i]
		if got := step(t, steps, i, HostKey).Detail["fingerprint"]; got != testssh.Fingerprint(t, s.HostKeys["ed25519"]) {
			t.Error(got)
		}
		login := step(t, steps, i, Login)
		if login.Detail["tried"] != "key "+h.path("key_"+name) || login.Hop != (Hop{i, 3, name, s.Address(), s.User}) || login.Duration <= 0 {
			t.Errorf("%+v", login)
		}
		if got, want := login.Hop.String(), name+" ("+s.User+"@"+s.Address()+")"; got != want || tunnel.Hops()[i] != login.Hop {
			t.Error(got)
		}
	}
	if n := strings.Count(hosts[1].Log(), "Connection from "+hosts[0].Host) + strings.Count(hosts[1].Log(), "Connection from 127.0.0.1"); n == 0 {
		t.Error(hosts[1].Log())
	}
	// Ways to say the same.
	jumps := hosts[0].User + "@" + hosts[0].Address() + ",second"
	h.write(t, "config", strings.Replace(h.read(t, "config"), "ProxyJump", "# ProxyJump", 1))
	h.write(t, "id_ed25519", strings.TrimSpace(h.read(t, "key_first")))
	tunnel, _ = open(t, Config{Host: "last", Jumps: jumps}, nil)
	works(t, tunnel)
	h.write(t, "config", h.read(t, "config"), "Host second", "ProxyJump first", "Host last", "ProxyJump second")
	tunnel, _ = open(t, Config{Host: "last"}, nil)
	if len(tunnel.Hops()) != 3 {
		t.Errorf("%+v", tunnel.Hops())
	}
	works(t, tunnel)
	tunnel, _ = open(t, Config{Host: "last", Jumps: None}, nil)
	if len(tunnel.Hops()) != 1 {
		t.Errorf("%+v", tunnel.Hops())
	}
}

func TestAFailureNamesTheHop(t *testing.T) {
	h, hosts := way(t)
	known := h.read(t, "known_hosts")
	name := func(i int) string { return hosts[i].User + "@" + hosts[i].Address() }
	h.write(t, "known_hosts", strings.Split(known, "\n")[0])
	refuses(t, Config{Host: "last"}, nil, fault.HostKeyUnknown, "the SSH host second ("+name(1)+")")
	h.write(t, "known_hosts", known)
	must(t, os.Rename(h.path("key_second"), h.path("gone")))
	refuses(t, Config{Host: "last"}, nil, fault.SSHAuthFailed, "the SSH host second ("+name(1)+") did not let")
	must(t, os.Rename(h.path("gone"), h.path("key_second")))
	hosts[2].Kill()
	steps := refuses(t, Config{Host: "last"}, nil, fault.TunnelFailed, "the SSH host last ("+name(2)+") cannot be reached by the SSH host second ("+name(1)+")", "Connection refused")
	if s := steps[len(steps)-1]; s.Hop.Index != 2 || s.Name != Connect {
		t.Errorf("%+v", s)
	}
	hosts[0].Kill()
	refuses(t, Config{Host: "last"}, nil, fault.TunnelFailed, "the SSH host first ("+name(0)+") cannot be reached", "connection refused")
	cfg := to(hosts[0])
	cfg.Host = "no-such-host.invalid"
	steps = refuses(t, cfg, nil, fault.TunnelFailed, "no-such-host.invalid", "cannot be resolved")
	if s := steps[len(steps)-1]; s.Name != Resolve {
		t.Errorf("%+v", s)
	}
}

func TestAHostThatForwardsNothing(t *testing.T) {
	h, s := visit(t, testssh.Config{Lines: []string{"AllowTcpForwarding no"}})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	tunnel, _ := open(t, to(s), nil)
	_, err := tunnel.DialContext(t.Context(), "tcp", "127.0.0.1:1")
	wantFault(t, err, fault.Unreachable, "the SSH host "+s.User+"@"+s.Address()+" does not allow connections to 127.0.0.1:1")
	if tunnel.Err() != nil {
		t.Error(tunnel.Err())
	}
	inner := testssh.Start(t, testssh.Config{Address: "127.0.0.2"})
	cfg := to(inner)
	cfg.Jumps = s.User + "@" + s.Address()
	refuses(t, cfg, nil, fault.TunnelFailed, "does not allow connections to the SSH host "+inner.User+"@"+inner.Address())
}

func TestMaxSessionsLimitNoTunnel(t *testing.T) {
	h, s := visit(t, testssh.Config{Lines: []string{"MaxSessions 1"}})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	tunnel, _ := open(t, to(s), nil)
	address := echoServer(t, "tcp", "127.0.0.1:0").String()
	for range 12 {
		conn, err := tunnel.DialContext(t.Context(), "tcp", address)
		must(t, err)
		echoes(t, conn, 10)
	}
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	s2 := testssh.Start(t, testssh.Config{Address: "127.0.0.2", Authorized: []string{h.key(t, "id_ecdsa")}, Lines: []string{"MaxSessions 0"}})
	h.write(t, "known_hosts", s2.KnownHost("ed25519"))
	tunnel, _ = open(t, to(s2), nil)
	works(t, tunnel)
}

// silentListener accepts and never speaks.
func silentListener(t *testing.T, address string) *net.TCPAddr {
	t.Helper()
	l, err := net.Listen("tcp", address)
	must(t, err)
	var conns []net.Conn
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conns = append(conns, conn)
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-done
		for _, c := range conns {
			_ = c.Close()
		}
	})
	a, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatal("no TCP")
	}
	return a
}

func TestASilentHopHasATimeAndCanBeCancelled(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	silent := silentListener(t, "127.0.0.5:0")
	first := Config{Host: "127.0.0.5", Port: silent.Port, User: "me", ConfigFile: None, ConnectTimeout: time.Second}
	second := first
	second.Jumps = s.User + "@" + s.Address()
	for name, cfg := range map[string]Config{"the first": first, "the second": second} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			refuses(t, cfg, nil, fault.TunnelFailed, "the SSH host me@"+silent.String(), "did not answer in time (1s)")
			if took := time.Since(began); took < time.Second || took > 4*time.Second {
				t.Errorf("it took %s", took)
			}
			cfg.ConnectTimeout = time.Minute
			cancelled(t, cfg, nil)
		})
	}
	// A frozen one.
	s.Freeze()
	cfg := to(s)
	cfg.ConnectTimeout = time.Second
	refuses(t, cfg, nil, fault.TunnelFailed, s.Address(), "did not answer in time (1s)")
}

// cancelled opens a tunnel that does not come to an end, and cancels that.
func cancelled(t *testing.T, cfg Config, asker Asker) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var at time.Time
	time.AfterFunc(500*time.Millisecond, func() {
		at = time.Now()
		cancel()
	})
	tunnel, err := Open(ctx, cfg, asker, nil)
	if err == nil {
		tunnel.Close()
	}
	wantFault(t, err, fault.Cancelled)
	if took := time.Since(at); took > time.Second {
		t.Errorf("cancelling took %s", took)
	}
}

func TestQuestionsTakeTheTimeThatTheyTakeAndCanBeCancelled(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	testssh.Keygen(t, h.path("locked"), "-t", "ed25519", "-N", "secret")
	cfg := to(s)
	cfg.ConnectTimeout = time.Second
	tunnel, _ := open(t, cfg, &person{trust: TrustOnce, thinking: 3 * time.Second})
	works(t, tunnel)
	cancelled(t, cfg, &person{trust: TrustOnce, thinking: time.Minute})
	must(t, os.WriteFile(s.Dir+"/authorized_keys", []byte(h.read(t, "locked.pub")), 0o644))
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	cfg.KeyFile = h.path("locked")
	cancelled(t, cfg, &person{thinking: time.Minute})
}

// dropped is an address from which nothing comes back: it is in a network of its own, where packets are dropped.
func dropped(t *testing.T) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Fatal("this test needs the rights of root: it makes a network in which packets are dropped")
	}
	name := fmt.Sprintf("dt%x", os.Getpid()&0xffffff)
	run := func(args ...string) {
		t.Helper()
		if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
			t.Fatalf("ip %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	// A veth pair whose other end is in a namespace without the address: neighbours are set by hand, and nobody answers.
	run("netns", "add", name)
	t.Cleanup(func() { _ = exec.Command("ip", "netns", "del", name).Run() })
	run("link", "add", name+"a", "type", "veth", "peer", "name", name+"b", "netns", name)
	run("addr", "add", "198.18.77.1/24", "dev", name+"a")
	run("link", "set", name+"a", "up")
	run("-n", name, "link", "set", name+"b", "up")
	run("neigh", "add", "198.18.77.2", "lladdr", "02:00:00:00:00:02", "dev", name+"a")
	return "198.18.77.2"
}

func TestAHopWhosePacketsAreDropped(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	hole := dropped(t)
	first := Config{Host: hole, User: "me", ConfigFile: None, ConnectTimeout: time.Second}
	second := first
	second.Jumps = s.User + "@" + s.Address()
	for name, cfg := range map[string]Config{"the first": first, "the second": second} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			refuses(t, cfg, nil, fault.TunnelFailed, "the SSH host me@"+hole, "did not answer in time (1s)")
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("it took %s", took)
			}
			cfg.ConnectTimeout = time.Minute
			cancelled(t, cfg, nil)
		})
	}
}

func TestALostHopIsNamed(t *testing.T) {
	for i, name := range []string{"first", "second", "last"} {
		for how, cut := range map[string]func(*testssh.Server){"killed": (*testssh.Server).Kill, "frozen": (*testssh.Server).Freeze} {
			t.Run(name+" "+how, func(t *testing.T) {
				_, hosts := way(t)
				tunnel, _ := open(t, Config{Host: "last", KeepAlive: time.Second}, nil)
				conn, err := tunnel.DialContext(t.Context(), "tcp", echoServer(t, "tcp", "127.0.0.1:0").String())
				must(t, err)
				echoes(t, conn, 10)
				began := time.Now()
				cut(hosts[i])
				_, err = conn.Read(make([]byte, 1))
				took := time.Since(began)
				if err == nil || took > 5*time.Second {
					t.Errorf("%v after %s", err, took)
				}
				says := name + " (" + hosts[i].User + "@" + hosts[i].Address() + ")"
				err = tunnel.Explain(t.Context(), err)
				wantFault(t, err, fault.ConnectionLost, "the SSH tunnel was lost at the host "+says)
				wantFault(t, tunnel.Err(), fault.ConnectionLost, says)
				_, err = tunnel.DialContext(t.Context(), "tcp", "127.0.0.1:1")
				wantFault(t, err, fault.ConnectionLost, says)
				t.Logf("after %s: %v", took, err)
			})
		}
	}
}

func TestALiveTunnelIsNotGivenUp(t *testing.T) {
	way(t)
	tunnel, _ := open(t, Config{Host: "last", KeepAlive: 200 * time.Millisecond}, nil)
	conn, err := tunnel.DialContext(t.Context(), "tcp", echoServer(t, "tcp", "127.0.0.1:0").String())
	must(t, err)
	time.Sleep(3 * time.Second) // with nothing to do
	echoes(t, conn, 10)
	if err := tunnel.Check(t.Context()); err != nil {
		t.Error(err)
	}
	// An error that the tunnel has no part in stays as it is.
	other := fault.New(fault.ConnectionLost, "the server went away")
	if err := tunnel.Explain(t.Context(), other); !errors.Is(err, other) || err.Error() != other.Error() {
		t.Error(err)
	}
}

func TestClosingEndsWhatGoesThrough(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	tunnel, _ := open(t, to(s), nil)
	conn, err := tunnel.DialContext(t.Context(), "tcp", echoServer(t, "tcp", "127.0.0.1:0").String())
	must(t, err)
	read := make(chan error)
	go func() {
		_, err := conn.Read(make([]byte, 1))
		read <- err
	}()
	time.Sleep(50 * time.Millisecond)
	tunnel.Close()
	tunnel.Close()
	if err := <-read; err == nil {
		t.Error("it read")
	}
	if _, err := tunnel.DialContext(t.Context(), "tcp", "127.0.0.1:1"); err == nil {
		t.Error("it dialled")
	}
	for until := time.Now().Add(5 * time.Second); s.Sessions() > 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("%d processes still serve", s.Sessions())
		}
	}
}

func TestUnixSocketsOfTheLastHost(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	dir, err := os.MkdirTemp("", "s") // the path of a socket must be short
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "s")
	echoServer(t, "unix", path)
	tunnel, _ := open(t, to(s), nil)
	conn, err := tunnel.DialContext(t.Context(), "unix", path)
	must(t, err)
	echoes(t, conn, 100)
	_, err = tunnel.DialContext(t.Context(), "unix", filepath.Join(dir, "gone"))
	wantFault(t, err, fault.Unreachable, s.Address())
}
