package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"database-structure-sync/backend/internal/testdb"
)

// binary is the program itself, built once: these tests look at what a user gets.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "dbstruct")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(dir) }()
		binary = filepath.Join(dir, "dbstruct")
		// Nothing of whoever runs the tests: neither saved connections nor a keyring.
		for name, value := range map[string]string{"DBSTRUCT_CONFIG_DIR": filepath.Join(dir, "config"), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"} {
			if err := os.Setenv(name, value); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
		}
		args := []string{"build", "-o", binary}
		if raceDetector {
			args = append(args, "-race")
		}
		build := exec.Command("go", append(args, "database-structure-sync/backend/cmd/dbstruct")...)
		build.Env = append(os.Environ(), "CGO_ENABLED=1") // SQLite is written in C
		if text, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, text)
			return 1
		}
		return m.Run()
	}())
}

// result is what a run of the program left.
type result struct {
	code           int // -1: ended by a signal
	signal         syscall.Signal
	stdout, stderr string
}

// process is a run of the program that still goes on.
type process struct {
	t              *testing.T
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
	done           chan struct{}
}

// start runs the program in the background, with no terminal anywhere.
func start(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	return startWith(t, env, nil, args...)
}

// startTo is start with standard output going elsewhere.
func startTo(t *testing.T, stdout *os.File, args ...string) *process {
	t.Helper()
	return startWith(t, nil, stdout, args...)
}

func startWith(t *testing.T, env []string, stdout *os.File, args ...string) *process {
	t.Helper()
	return startOn(t, "", env, stdout, args...)
}

// startOn is start with a text on standard input.
func startOn(t *testing.T, stdin string, env []string, stdout *os.File, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	p := &process{t: t, cmd: exec.CommandContext(ctx, binary, args...), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = strings.NewReader(stdin), &p.stdout, &p.stderr
	if stdout != nil {
		p.cmd.Stdout = stdout
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // the state tells
		close(p.done)
	}()
	return p
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Fatal(err)
	}
}

// wait waits for the end and demands what holds for every run: no password in the output.
func (p *process) wait() result {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(4 * time.Minute):
		p.t.Fatalf("the program does not end; so far:\n%s\n%s", p.stdout.String(), p.stderr.String())
	}
	r := result{code: p.cmd.ProcessState.ExitCode(), stdout: p.stdout.String(), stderr: p.stderr.String()}
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		r.signal = status.Signal()
	}
	noPasswords(p.t, r.stdout+r.stderr)
	return r
}

func dbstruct(t *testing.T, args ...string) result {
	t.Helper()
	return start(t, nil, args...).wait()
}

// wrongPassword is one that no server accepts.
const wrongPassword = "tr0ub4dor-and-3"

func noPasswords(t *testing.T, output string) {
	t.Helper()
	secrets := []string{wrongPassword}
	if servers, err := testdb.List(); err == nil {
		for _, s := range servers {
			secrets = append(secrets, s.Password)
		}
	}
	for _, secret := range secrets {
		if secret != "" && strings.Contains(output, secret) {
			t.Errorf("there is a password in the output:\n%s", output)
		}
	}
}

// expect demands an exit code and texts in what was written.
func (r result) expect(t *testing.T, code int, texts ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d (signal %v), want %d", r.code, r.signal, code)
	}
	for _, text := range texts {
		if !strings.Contains(r.stdout+r.stderr, text) {
			t.Errorf("%q is not in the output", text)
		}
	}
	if t.Failed() {
		t.Fatalf("standard output:\n%s\nstandard error:\n%s", r.stdout, r.stderr)
	}
}

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("it did not happen in a minute: %s", what)
}
