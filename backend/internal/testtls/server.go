// Package testtls gives tests real database servers of their own, with certificates that the tests issue and may change while
// the servers run. What the shared servers of package testdb are for does not fit here: those must stay as they are.
// It knows nothing of the engines or any other package of the program but testdb.
package testtls

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/testdb"
)

// Server is a server that runs until the test is over.
type Server struct {
	testdb.Server // its user reaches it without TLS too
	// Socket is where it takes local connections: of PostgreSQL the folder, else the file.
	Socket string
	dir    string
	ended  chan struct{}
}

// Options say how a server starts.
type Options struct {
	// Certificates by name, of which the server presents one at a time; at first the one called "good". None: the server
	// offers no TLS.
	Certificates map[string]*Issued
	// Trusts are the authorities that may have issued the clients' certificates. MySQL wants to know who issued its own too.
	Trusts []*Authority
	// Rules are lines of PostgreSQL's pg_hba.conf that come before those that let everybody in with a password.
	Rules []string
	More  []string // options of the server, without white space
}

const patience = time.Minute

// Start begins to start a server of a kind in testdb.Names; await it with [Server.Await].
func Start(t testing.TB, name string, o Options) *Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "dbstruct-") // not t.TempDir, whose name may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := &Server{Server: testdb.Server{Name: name, Engine: strings.TrimRight(name, "0123456789."), Host: "127.0.0.1", User: "dbstruct"}, dir: dir, ended: make(chan struct{})}
	s.Password = secret(t)
	s.Port = freePort(t)
	s.Socket = filepath.Join(dir, "run", "socket")
	if s.Engine == testdb.Postgres {
		s.Socket = filepath.Dir(s.Socket)
	}
	s.writeFiles(t, o)
	cmd := exec.Command(filepath.Join(moduleFolder(t), "scripts", "own-server.sh"), append([]string{name, dir, fmt.Sprint(s.Port)}, s.options(o)...)...)
	stop, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.ended)
		_ = cmd.Wait() // that it ended too early, or not, is seen by those who wait for it
	}()
	t.Cleanup(func() { s.stop(t, stop) })
	return s
}

func (s *Server) stop(t testing.TB, stop io.Closer) {
	stop.Close()
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Errorf("%s does not end", s.Name)
	}
	if err := os.RemoveAll(s.dir); err != nil {
		t.Errorf("removing what %s left: %v", s.Name, err)
	}
}

func (s *Server) writeFiles(t testing.TB, o Options) {
	t.Helper()
	write := func(path, text string, mode os.FileMode) {
		if err := os.WriteFile(filepath.Join(s.dir, path), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	write("password", s.Password+"\n", 0o600)
	folder := filepath.Join(s.dir, "tls")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, c := range o.Certificates {
		c.Write(t, folder, name)
	}
	if len(o.Certificates) > 0 {
		s.link(t, "good")
		var text []byte
		for _, a := range o.Trusts {
			text = append(text, a.PEM()...)
		}
		write("tls/trusted.crt", string(text), 0o644)
	}
	rules := append(o.Rules, "local all all scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256")
	write("tls/pg_hba.conf", strings.Join(rules, "\n")+"\n", 0o644)
}

// options are those with which the server finds its files.
func (s *Server) options(o Options) []string {
	const cert, key, trusted = "/mnt/tls/server.crt", "/mnt/tls/server.key", "/mnt/tls/trusted.crt"
	var options []string
	if s.Engine == testdb.Postgres {
		options = []string{"-c", "hba_file=/mnt/tls/pg_hba.conf"}
	}
	switch offers := len(o.Certificates) > 0; {
	case offers && s.Engine == testdb.Postgres:
		options = append(options, "-c", "ssl=on", "-c", "ssl_cert_file="+cert, "-c", "ssl_key_file="+key, "-c", "ssl_ca_file="+trusted)
	case offers:
		options = append(options, "--ssl-cert="+cert, "--ssl-key="+key, "--ssl-ca="+trusted)
	case s.Engine == testdb.MySQL:
		options = append(options, "--tls-version=")
	case s.Engine == testdb.MariaDB:
		options = append(options, "--skip-ssl")
	}
	if s.Name == "mariadb11.8" {
		options = append(options, "--plugin-dir=/mnt/programs")
	}
	return append(options, o.More...)
}

// link makes a certificate the one that the server finds when it starts or reloads.
func (s *Server) link(t testing.TB, name string) {
	t.Helper()
	for _, suffix := range []string{".crt", ".key"} {
		path := filepath.Join(s.dir, "tls", "server"+suffix)
		if err := os.Symlink(name+suffix, path+".new"); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
}

// Await waits until the server answers.
func (s *Server) Await(t testing.TB) {
	t.Helper()
	began := time.Now()
	for {
		err := s.ask(t.Context())
		if err == nil {
			return
		}
		select {
		case <-s.ended:
			t.Fatalf("%s ended before it answered:\n%s", s.Name, s.Log())
		case <-time.After(50 * time.Millisecond):
		}
		if time.Since(began) > patience {
			t.Fatalf("%s does not answer (%v):\n%s", s.Name, err, s.Log())
		}
	}
}

func (s *Server) ask(ctx context.Context) error {
	conn, err := net.DialTimeout("tcp", net.JoinHostPort(s.Host, fmt.Sprint(s.Port)), time.Second)
	if err != nil {
		return err
	}
	conn.Close()
	_, err = s.Database().QueryStringsContext(ctx, "SELECT 1")
	return err
}

// Database is the one that every server has for itself.
func (s *Server) Database() *testdb.DB {
	name := "mysql"
	if s.Engine == testdb.Postgres {
		name = "postgres"
	}
	return &testdb.DB{Server: s.Server, Name: name}
}

// Renew puts another certificate for the same key in the place of one of the server's.
func (s *Server) Renew(t testing.TB, name string, c *Issued) {
	t.Helper()
	c.writeCertificate(t, filepath.Join(s.dir, "tls"), name)
}

// Present makes the server present another of its certificates. PostgreSQL does so a moment later.
func (s *Server) Present(t testing.TB, name string) {
	t.Helper()
	s.link(t, name)
	if err := s.Database().ExecContext(t.Context(), map[string]string{
		testdb.Postgres: "SELECT pg_reload_conf()",
		testdb.MySQL:    "ALTER INSTANCE RELOAD TLS",
		testdb.MariaDB:  "FLUSH SSL",
	}[s.Engine]); err != nil {
		t.Fatalf("presenting %q: %v\n%s", name, err, s.Log())
	}
}

// Log is the end of what the server has written about itself.
func (s *Server) Log() string {
	text, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		return err.Error()
	}
	const most = 4000
	if len(text) > most {
		text = text[len(text)-most:]
	}
	return string(text)
}

func secret(t testing.TB) string {
	t.Helper()
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(random)
}

// freePort is a port that nobody listens on now.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func moduleFolder(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	t.Fatal("the working directory is in no Go module")
	return ""
}
