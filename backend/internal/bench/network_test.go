package main

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testssh"
	"database-structure-sync/backend/service"
)

const (
	added     = 50 * time.Millisecond // for a round trip
	manyNames = 1000
	// handshakes is how many round trips a connection through an SSH host may take before the driver says its first word:
	// TCP, versions, keys, new keys, service, the log-in with a key, and the channel to the database.
	handshakes = 9
)

// TestMain lets the test's program do the single measurements, as the bench has its own do them.
func TestMain(m *testing.M) {
	if slices.Contains(os.Args[1:], "-child") {
		main()
		return
	}
	os.Exit(m.Run())
}

// The whole way of a comparison of 1,000 tables through an SSH host that is 50 ms away, on real servers. Round trips are
// counted on the wire, and set against those that the bare driver takes without any SSH host.
func TestThroughADistantSSHHostTablesCostNoRoundTrips(t *testing.T) {
	seen := map[string]bool{} // each reads in a way of its own
	for _, s := range testdb.Servers(t, testdb.Postgres, testdb.MariaDB, testdb.MySQL) {
		if !seen[s.Engine] {
			seen[s.Engine] = true
			t.Run(s.Name, func(t *testing.T) { measureDistant(t, s) })
		}
	}
}

func measureDistant(t *testing.T, s testdb.Server) {
	ctx := t.Context()
	source, target := s.Create(t), s.Create(t)
	must(t, load(ctx, source, manyNames, false))
	must(t, load(ctx, target, manyNames, true))
	recorded, err := bench{}.record(ctx, s, source, target)
	must(t, err)
	perSide := max(roundTrips(recorded.Source), roundTrips(recorded.Target))

	distant := delay(t, net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), added)
	there := s
	there.Host, there.Port = "127.0.0.1", distant.port()
	floor, err := replay(ctx, s.Engine, driverAddress(there, source.Name), driverAddress(there, target.Name), recorded)
	must(t, err)

	bastion := delay(t, bastionFor(t), added)
	home := os.Getenv("HOME")
	must(t, os.WriteFile(filepath.Join(home, ".ssh", "known_hosts"), []byte("[127.0.0.1]:"+bastion.portText()+" "+bastionKey+"\n"), 0o600))
	var cfgs [2]engine.Config
	for i, db := range []*testdb.DB{source, target} {
		cfgs[i], err = service.ParseURL(programURL(s, db.Name))
		must(t, err)
		cfgs[i].Params.Set("ssh", "127.0.0.1:"+bastion.portText())
	}
	allowed := distant.most() + handshakes
	turns := allowed + 1
	// A server that is short of time answers in pieces, and what the client says in between looks like a turn of its own.
	for attempt := 0; turns > allowed && attempt < 3; attempt++ {
		bastion.forget()
		svc := service.New(engine.NewRegistry(postgres.Engine{}, mysql.Engine{}))
		begun := time.Now()
		c, err := svc.Compare(ctx, cfgs[0], cfgs[1], compare.Options{})
		must(t, err)
		took := time.Since(begun)
		if c.Equal() {
			t.Error("nothing differs")
		}
		turns = bastion.most()
		t.Logf("%d tables, %s added: %.2f s in %d round trips through SSH; floor: %.2f s in %d without (%d of them of statements)",
			manyNames, added, took.Seconds(), turns, floor.Seconds, distant.most(), perSide)
	}
	if turns > allowed {
		t.Errorf("%d round trips, allowed are %d", turns, allowed)
	}
}

// bastionKey is the key of the latest SSH host.
var bastionKey string

// bastionFor starts an SSH host that lets a new user in, and gives its address.
func bastionFor(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("SSH_AUTH_SOCK", "")
	must(t, os.Mkdir(filepath.Join(home, ".ssh"), 0o700))
	public := testssh.Keygen(t, filepath.Join(home, ".ssh", "id_ed25519"), "-t", "ed25519", "-N", "")
	server := testssh.Start(t, testssh.Config{Address: "127.0.0.2", Authorized: []string{public}})
	bastionKey = server.HostKeys["ed25519"]
	return server.Address()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// distance is a way to a server on which everything takes its time.
type distance struct {
	listener net.Listener
	to       string
	oneWay   time.Duration
	running  sync.WaitGroup
	mu       sync.Mutex
	turns    []*int // of each connection
}

// delay makes a way to an address whose round trips take longer, until the test ends.
func delay(t *testing.T, to string, added time.Duration) *distance {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	d := &distance{listener: l, to: to, oneWay: added / 2}
	ctx, cancel := context.WithCancel(context.Background())
	d.running.Go(func() { d.accept(ctx) })
	t.Cleanup(func() {
		cancel()
		_ = l.Close()
		d.running.Wait()
	})
	return d
}

func (d *distance) port() int { return d.listener.Addr().(*net.TCPAddr).Port }

func (d *distance) portText() string {
	_, port, _ := net.SplitHostPort(d.listener.Addr().String())
	return port
}

// most are the round trips of the connection with the most of them.
func (d *distance) most() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	most := 0
	for _, n := range d.turns {
		most = max(most, *n)
	}
	return most
}

// forget leaves out of the count what has been counted.
func (d *distance) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turns = nil
}

func (d *distance) accept(ctx context.Context) {
	for {
		near, err := d.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", d.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		turns := 1 // connecting
		d.mu.Lock()
		d.turns = append(d.turns, &turns)
		d.mu.Unlock()
		w := &wireTurns{distance: d, turns: &turns}
		d.running.Go(func() { d.carry(ctx, far, near, w.sent, nil) })
		d.running.Go(func() { d.carry(ctx, near, far, w.answering, w.answered) })
	}
}

// wireTurns counts how often one connection's client speaks after it has heard all that is on its way to it.
type wireTurns struct {
	distance *distance
	turns    *int
	flying   int  // pieces on their way to the client
	heard    bool // since it spoke last
}

func (w *wireTurns) locked(f func()) {
	w.distance.mu.Lock()
	defer w.distance.mu.Unlock()
	f()
}

func (w *wireTurns) sent() {
	w.locked(func() {
		if w.heard && w.flying == 0 {
			*w.turns++
			w.heard = false
		}
	})
}

func (w *wireTurns) answering() { w.locked(func() { w.flying++ }) }

func (w *wireTurns) answered() {
	w.locked(func() {
		w.flying--
		w.heard = true
	})
}

// carry moves bytes one way, each after the time of one way.
func (d *distance) carry(ctx context.Context, to, from net.Conn, arrived, delivered func()) {
	type piece struct {
		data []byte
		due  time.Time
	}
	defer context.AfterFunc(ctx, func() {
		_ = from.Close()
		_ = to.Close()
	})()
	queue := make(chan piece, 10_000)
	d.running.Go(func() {
		defer to.Close()
		for p := range queue {
			time.Sleep(time.Until(p.due))
			_, err := to.Write(p.data)
			if delivered != nil {
				delivered()
			}
			if err != nil {
				_ = from.Close()
				_, _ = io.Copy(io.Discard, from)
			}
		}
	})
	defer close(queue)
	for {
		buffer := make([]byte, 64<<10)
		n, err := from.Read(buffer)
		if n > 0 {
			arrived()
			queue <- piece{buffer[:n], time.Now().Add(d.oneWay)}
		}
		if err != nil {
			return
		}
	}
}
