package tunnel

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testssh"
)

// person answers questions and remembers them.
type person struct {
	trust    Trust
	secrets  map[SecretKind][]string // by attempt; nothing: none
	answers  func(PromptsQuestion) ([]string, bool)
	thinking time.Duration

	mu      sync.Mutex
	keys    []HostKeyQuestion
	asked   []SecretQuestion
	prompts []PromptsQuestion
}

func (p *person) think(ctx context.Context) error {
	select {
	case <-time.After(p.thinking):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (p *person) HostKey(ctx context.Context, q HostKeyQuestion) (Trust, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = append(p.keys, q)
	return p.trust, p.think(ctx)
}

func (p *person) Secret(ctx context.Context, q SecretQuestion) (string, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, q)
	if q.Attempt > len(p.secrets[q.Kind]) {
		return "", false, p.think(ctx)
	}
	return p.secrets[q.Kind][q.Attempt-1], true, p.think(ctx)
}

func (p *person) Prompts(ctx context.Context, q PromptsQuestion) ([]string, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.prompts = append(p.prompts, q)
	if p.answers == nil {
		return nil, false, p.think(ctx)
	}
	answers, ok := p.answers(q)
	return answers, ok, p.think(ctx)
}

// home is a user's folder for one test, with a key that is authorized by nobody yet.
type home struct{ dir string }

// newHome makes the folder, and everything that a tunnel looks for by itself comes from it.
func newHome(t *testing.T) home {
	t.Helper()
	testssh.NoLeaks(t)
	h := home{t.TempDir()}
	t.Setenv("HOME", h.dir)
	t.Setenv("SSH_AUTH_SOCK", "")
	must(t, os.Mkdir(h.path(""), 0o700))
	return h
}

// path is that of a file in ~/.ssh.
func (h home) path(name string) string { return filepath.Join(h.dir, ".ssh", name) }

func (h home) write(t *testing.T, name string, lines ...string) {
	t.Helper()
	must(t, os.WriteFile(h.path(name), []byte(strings.Join(lines, "\n")+"\n"), 0o600))
}

func (h home) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(h.path(name))
	must(t, err)
	return string(text)
}

// key makes a key pair without a passphrase.
func (h home) key(t *testing.T, name string) (public string) {
	t.Helper()
	return testssh.Keygen(t, h.path(name), "-t", "ed25519", "-N", "")
}

// to is the configuration for a server.
func to(s *testssh.Server) Config {
	return Config{Host: s.Host, Port: s.Port, User: s.User, ConfigFile: None, ConnectTimeout: 30 * time.Second}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open opens a tunnel that must open, and closes it when the test ends.
func open(t *testing.T, cfg Config, asker Asker) (*Tunnel, []Step) {
	t.Helper()
	var steps []Step
	tunnel, err := Open(t.Context(), cfg, asker, func(s Step) { steps = append(steps, s) })
	if err != nil {
		t.Fatalf("%v\n%s", err, lines(steps))
	}
	t.Cleanup(tunnel.Close)
	return tunnel, steps
}

// refuses opens a tunnel that must not open, and checks what the error says.
func refuses(t *testing.T, cfg Config, asker Asker, code fault.Code, says ...string) []Step {
	t.Helper()
	var steps []Step
	tunnel, err := Open(t.Context(), cfg, asker, func(s Step) { steps = append(steps, s) })
	if err == nil {
		tunnel.Close()
		t.Fatalf("it opened\n%s", lines(steps))
	}
	wantFault(t, err, code, says...)
	if len(steps) == 0 || steps[len(steps)-1].Err == nil || !errors.Is(err, steps[len(steps)-1].Err) {
		t.Errorf("the last step does not have the error:\n%s", lines(steps))
	}
	return steps
}

func wantFault(t *testing.T, err error, code fault.Code, says ...string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Errorf("want %s, got %s: %v", code, fault.CodeOf(err), err)
	}
	for _, text := range says {
		if err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("it does not say %q: %v", text, err)
		}
	}
}

// lines are steps for people.
func lines(steps []Step) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteString(s.Hop.String() + " " + string(s.Name))
		for _, name := range []string{"host", "addresses", "address", "type", "fingerprint", "source", "certificate", "user", "method", "tried", "note"} {
			if v, ok := s.Detail[name]; ok {
				b.WriteString(" " + name + "=" + v)
			}
		}
		if s.Err != nil {
			b.WriteString(" FAILED " + s.Err.Error())
		}
		b.WriteString("\n")
	}
	return b.String()
}

// step finds a step of a hop.
func step(t *testing.T, steps []Step, hop int, name StepName) Step {
	t.Helper()
	for _, s := range steps {
		if s.Hop.Index == hop && s.Name == name {
			return s
		}
	}
	t.Fatalf("there is no step %s of hop %d:\n%s", name, hop, lines(steps))
	return Step{}
}

// echoServer gives back what it is sent, until the test ends.
func echoServer(t *testing.T, network, address string) net.Addr {
	t.Helper()
	l, err := net.Listen(network, address)
	must(t, err)
	var running sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			running.Go(func() {
				defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
				defer conn.Close()
				_, _ = io.Copy(conn, conn)
			})
		}
	})
	t.Cleanup(func() {
		cancel()
		_ = l.Close()
		running.Wait()
	})
	return l.Addr()
}

// echoes checks that bytes go both ways through a connection.
func echoes(t *testing.T, conn net.Conn, size int) {
	t.Helper()
	sent := []byte(strings.Repeat("0123456789abcdef", (size+15)/16))[:size]
	var writing sync.WaitGroup
	writing.Go(func() {
		if _, err := conn.Write(sent); err != nil {
			t.Error(err)
			_ = conn.Close() // or the rest would be waited for
		}
	})
	got := make([]byte, size)
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != string(sent) {
		t.Errorf("%d bytes did not come back: %v", size, err)
	}
	writing.Wait()
}

// works checks that a tunnel leads to a server.
func works(t *testing.T, tunnel *Tunnel) {
	t.Helper()
	conn, err := tunnel.DialContext(t.Context(), "tcp", echoServer(t, "tcp", "127.0.0.1:0").String())
	must(t, err)
	defer conn.Close()
	echoes(t, conn, 100)
}

func removeAll(path string) error { return os.RemoveAll(path) }
