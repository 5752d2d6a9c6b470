//go:build unix

package testssh

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// Config says how a server is to be.
type Config struct {
	// Address to listen on; "": 127.0.0.1. A test that goes through several servers gives each its own, 127.0.0.2 and so on.
	Address string
	// HostKeys are the types of its keys, as ssh-keygen -t has them; nil: ed25519.
	HostKeys []string
	// Authorized are the keys that let the user in, as lines of authorized_keys.
	Authorized []string
	// PAM asks the system's modules about passwords and questions, which takes the rights of root.
	PAM bool
	// Hosts are names that lead to 127.0.0.1 for this server and for nobody else, which takes the rights of root.
	Hosts []string
	// Lines are added to the configuration, before what is configured otherwise: the first line counts.
	Lines []string
}

// Server is a running server.
type Server struct {
	Host string
	Port int
	User string // who may log in with an authorized key: the user who runs the tests
	// HostKeys are the public keys of the server by their types, in the format of authorized_keys.
	HostKeys map[string]string
	Dir      string // its files

	hosts string // file in the place of its /etc/hosts; "": there is none
	cmd   *exec.Cmd
	done  chan struct{}
}

// Address is host:port.
func (s *Server) Address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

// Start runs a server until the test ends.
func Start(t *testing.T, cfg Config) *Server {
	t.Helper()
	if cfg.PAM && os.Getuid() != 0 {
		t.Fatal("this test needs the rights of root: OpenSSH asks PAM about passwords only then")
	}
	dir := t.TempDir()
	must(t, os.Chmod(filepath.Dir(dir), 0o755)) // authorized_keys is read as the user who logs in
	s := &Server{Host: cfg.Address, Dir: dir, HostKeys: map[string]string{}}
	if s.Host == "" {
		s.Host = "127.0.0.1"
	}
	s.Port = freePort(t, s.Host)
	u, err := user.Current()
	must(t, err)
	s.User = u.Username
	must(t, os.WriteFile(filepath.Join(s.Dir, "sshd_config"), []byte(s.configuration(t, cfg)), 0o600))
	must(t, os.WriteFile(filepath.Join(s.Dir, "authorized_keys"), []byte(strings.Join(cfg.Authorized, "\n")+"\n"), 0o644))
	if len(cfg.Hosts) > 0 {
		if os.Getuid() != 0 {
			t.Fatal("this test needs the rights of root: names that one process alone knows take a mount namespace")
		}
		s.hosts = filepath.Join(s.Dir, "hosts")
		must(t, os.WriteFile(s.hosts, []byte("127.0.0.1 localhost "+strings.Join(cfg.Hosts, " ")+"\n"), 0o644))
	}
	s.Run(t)
	return s
}

// Run starts a server that was killed again, with the keys and the address that it had.
func (s *Server) Run(t *testing.T) {
	t.Helper()
	program, err := exec.LookPath("sshd")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/sshd"); err != nil {
			t.Fatal("sshd is missing: run scripts/setup.sh ssh")
		}
	}
	if os.Getuid() == 0 {
		must(t, os.MkdirAll("/run/sshd", 0o755)) // where it locks itself in
	}
	command := []string{program, "-D", "-e", "-f", filepath.Join(s.Dir, "sshd_config")}
	if s.hosts != "" { // becomes the server: it stays the same process
		command = append([]string{"unshare", "--mount", "sh", "-c", `mount --bind "$0" /etc/hosts && exec "$@"`, s.hosts}, command...)
	}
	s.cmd = exec.Command(command[0], command[1:]...)
	// A file and no pipe, or Wait would wait for sessions as well.
	log, err := os.OpenFile(s.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(t, err)
	s.cmd.Stderr = log
	must(t, s.cmd.Start())
	must(t, log.Close())
	done := make(chan struct{})
	s.done = done
	go func() {
		defer close(done)
		_ = s.cmd.Wait() // killed, as a rule
	}()
	t.Cleanup(func() {
		s.Kill()
		if t.Failed() {
			t.Logf("sshd on %s said:\n%s", s.Address(), s.Log())
		}
	})
	s.await(t)
}

func (s *Server) configuration(t *testing.T, cfg Config) string {
	t.Helper()
	var b strings.Builder
	for _, line := range cfg.Lines {
		fmt.Fprintln(&b, line)
	}
	fmt.Fprintf(&b, "ListenAddress %s\nAuthorizedKeysFile %s\nPidFile none\nStrictModes no\nLogLevel VERBOSE\nMaxStartups 100\n",
		s.Address(), filepath.Join(s.Dir, "authorized_keys"))
	yes := map[bool]string{true: "yes", false: "no"}[cfg.PAM]
	fmt.Fprintf(&b, "UsePAM %s\nPasswordAuthentication %s\nKbdInteractiveAuthentication %s\nPermitRootLogin yes\n", yes, yes, yes)
	types := cfg.HostKeys
	if types == nil {
		types = []string{"ed25519"}
	}
	for _, keyType := range types {
		path := filepath.Join(s.Dir, "host_"+keyType)
		s.HostKeys[keyType] = Keygen(t, path, "-t", keyType, "-N", "")
		fmt.Fprintf(&b, "HostKey %s\n", path)
	}
	return b.String()
}

// await waits until the server speaks.
func (s *Server) await(t *testing.T) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.DialTimeout("tcp", s.Address(), time.Second)
		if err == nil {
			_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
			var b [4]byte
			_, err = conn.Read(b[:])
			_ = conn.Close()
			if err == nil && string(b[:]) == "SSH-" {
				return
			}
		}
		select {
		case <-s.done:
			t.Fatalf("sshd ended at once:\n%s", s.Log())
		default:
		}
		if time.Now().After(until) {
			t.Fatalf("sshd on %s does not speak: %v\n%s", s.Address(), err, s.Log())
		}
	}
}

// Kill ends the server with every connection to it, without a word.
func (s *Server) Kill() {
	for known := -1; ; { // who is stopped starts no other
		s.Freeze()
		now := s.Sessions()
		if now == known {
			break
		}
		known = now
	}
	s.signal(syscall.SIGKILL)
	<-s.done
}

// KillSessions ends every connection to the server without a word. New ones are served.
func (s *Server) KillSessions() {
	for _, pid := range family(s.cmd.Process.Pid)[1:] {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended by now
	}
}

// Freeze makes the server with every connection to it fall silent. The connections stay.
func (s *Server) Freeze() { s.signal(syscall.SIGSTOP) }

// signal reaches the server and its children, which have sessions of their own.
func (s *Server) signal(sig syscall.Signal) {
	for _, pid := range family(s.cmd.Process.Pid) {
		_ = syscall.Kill(pid, sig) // it may have ended by now
	}
}

// Sessions counts the processes that serve connections.
func (s *Server) Sessions() int { return len(family(s.cmd.Process.Pid)) - 1 }

// Log is what the server has said.
func (s *Server) Log() string {
	text, err := os.ReadFile(s.logFile())
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func (s *Server) logFile() string { return filepath.Join(s.Dir, "log") }

// family is a process with its descendants, ancestors first.
func family(pid int) []int {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		var id int
		if _, err := fmt.Sscan(string(text), &id); err != nil {
			continue
		}
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		if parent, err := strconv.Atoi(fields[1]); err == nil && fields[0] != "Z" {
			children[parent] = append(children[parent], id)
		}
	}
	out := []int{pid}
	for i := 0; i < len(out); i++ {
		out = append(out, children[out[i]]...)
	}
	return out
}

// KnownHost is the line of known_hosts for one of the server's keys.
func (s *Server) KnownHost(keyType string) string {
	return "[" + s.Host + "]:" + strconv.Itoa(s.Port) + " " + s.HostKeys[keyType]
}

// Keygen runs ssh-keygen to make a key pair in a file, and gives the public key as a line of authorized_keys. A passphrase
// protects no better than a test needs.
func Keygen(t *testing.T, path string, args ...string) string {
	t.Helper()
	run(t, "ssh-keygen", append([]string{"-q", "-a", "1", "-C", "", "-f", path}, args...)...)
	text, err := os.ReadFile(path + ".pub")
	must(t, err)
	return strings.TrimSpace(string(text))
}

// Sign makes a certificate for the public key beside a private one: path-cert.pub.
func Sign(t *testing.T, authority, path string, args ...string) {
	t.Helper()
	run(t, "ssh-keygen", append(append([]string{"-q", "-s", authority, "-I", filepath.Base(path)}, args...), path+".pub")...)
}

// Agent runs an ssh-agent with these keys until the test ends, and gives its socket.
func Agent(t *testing.T, keys ...string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "agent") // the path of a socket must be short
	must(t, err)
	socket := filepath.Join(dir, "s")
	cmd := exec.Command("ssh-agent", "-D", "-a", socket)
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	})
	for until := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(socket); err == nil {
			break
		} else if time.Now().After(until) {
			t.Fatal(err)
		}
	}
	for _, key := range keys {
		add := exec.Command("ssh-add", "-q", key)
		add.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
		if out, err := add.CombinedOutput(); err != nil {
			t.Fatalf("ssh-add %s: %v\n%s", key, err, out)
		}
	}
	return socket
}

// Account makes a user of this system with a password, until the test ends. It takes the rights of root.
func Account(t *testing.T, password string) (name string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Fatal("this test needs the rights of root: it makes an account with a password")
	}
	name = fmt.Sprintf("dbst%x", time.Now().UnixNano()&0xffffffffff)
	run(t, "useradd", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/sh", name)
	t.Cleanup(func() {
		if out, err := exec.Command("userdel", "--force", name).CombinedOutput(); err != nil {
			t.Errorf("userdel: %v\n%s", err, out)
		}
	})
	cmd := exec.Command("chpasswd")
	cmd.Stdin = strings.NewReader(name + ":" + password + "\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("chpasswd: %v\n%s", err, out)
	}
	return name
}

// Fingerprint is that of a public key in the format of authorized_keys.
func Fingerprint(t *testing.T, line string) string {
	t.Helper()
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
	must(t, err)
	return ssh.FingerprintSHA256(key)
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// freePort is one that nobody listens on.
func freePort(t *testing.T, host string) int {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	must(t, err)
	defer l.Close()
	address, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		must(t, errors.New("no TCP address"))
	}
	return address.Port
}
