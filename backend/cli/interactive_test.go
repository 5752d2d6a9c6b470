package cli_test

import (
	"bytes"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"database-structure-sync/backend/internal/testdb"
)

// conversation is a run of the program at a terminal.
type conversation struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	mu   sync.Mutex
	text bytes.Buffer
	done chan struct{}
}

func converse(t *testing.T, env []string, args ...string) *conversation {
	t.Helper()
	c := &conversation{t: t, cmd: exec.Command(binary, args...), done: make(chan struct{})}
	c.cmd.Env = append(append(os.Environ(), "TERM=xterm"), env...)
	tty, err := pty.Start(c.cmd)
	if err != nil {
		t.Fatal(err)
	}
	c.tty = tty
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		_ = tty.Close()
	})
	go func() {
		defer close(c.done)
		buf := make([]byte, 4096)
		for {
			n, err := tty.Read(buf)
			c.mu.Lock()
			c.text.Write(buf[:n])
			c.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return c
}

func (c *conversation) said() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String()
}

func (c *conversation) hears(text string) {
	c.t.Helper()
	for deadline := time.Now().Add(time.Minute); !strings.Contains(c.said(), text); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Fatalf("%q was not said:\n%s", text, c.said())
		}
	}
}

func (c *conversation) types(text string) {
	c.t.Helper()
	if _, err := c.tty.WriteString(text); err != nil {
		c.t.Fatal(err)
	}
}

func (c *conversation) ends() result {
	c.t.Helper()
	select {
	case <-c.done:
	case <-time.After(4 * time.Minute):
		c.t.Fatalf("the program does not end:\n%s", c.said())
	}
	_ = c.cmd.Wait() // the state tells
	r := result{code: c.cmd.ProcessState.ExitCode(), stdout: c.said()}
	noPasswords(c.t, r.stdout)
	return r
}

func TestSyncAsksAndObeys(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		c := converse(t, nil, "sync", source.URL(), target.URL())
		c.hears("[y/N]")
		c.hears("Plan: ")
		c.types("n\n")
		c.ends().expect(t, 2, "Nothing was executed.")
		c = converse(t, nil, "sync", "--allow-destructive", source.URL(), target.URL())
		c.hears("[y/N]")
		c.types("y\n")
		c.ends().expect(t, 0, "Verified: ")
	}
}

func TestSyncWithoutATerminalAsksForYes(t *testing.T) {
	source, target := pair(t, one(t, testdb.Postgres))
	before := target.DumpNormalized(t)
	dbstruct(t, "sync", source.URL(), target.URL()).expect(t, 1, "Plan: ", "use --yes")
	if target.DumpNormalized(t) != before {
		t.Error("the target has changed")
	}
}

func TestATargetThatChangedSinceTheQuestionIsLeftAlone(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		c := converse(t, nil, "sync", source.URL(), target.URL())
		c.hears("[y/N]")
		target.Exec(t, "ALTER TABLE orders ADD COLUMN meanwhile int")
		before := target.DumpNormalized(t)
		c.types("y\n")
		c.ends().expect(t, 1, "the target has changed since it was compared, so nothing was executed", "meanwhile", "created")
		if target.DumpNormalized(t) != before {
			t.Error("the target has changed")
		}
	}
}

func TestRowsInsertedSinceTheQuestionAreNoChange(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		c := converse(t, nil, "sync", "--allow-destructive", source.URL(), target.URL())
		c.hears("[y/N]")
		target.Exec(t, "INSERT INTO customers (email) VALUES ('a'), ('b'), ('c')")
		c.types("yes\n")
		c.ends().expect(t, 0, "Verified: ")
	}
}

func TestAnInterruptAtTheQuestionChangesNothing(t *testing.T) {
	source, target := pair(t, one(t, testdb.Postgres))
	c := converse(t, nil, "sync", source.URL(), target.URL())
	c.hears("[y/N]")
	c.types("\x03")
	c.ends().expect(t, 1, "cancelled, nothing was changed")
}

func TestAPasswordIsAskedForWithoutEcho(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			source, target := pair(t, s)
			without := edited(t, target, func(u *url.URL) { u.User = url.User(s.User) })
			c := converse(t, []string{"PGPASSWORD=", "PGPASSFILE=/dev/null"}, "diff", source.URL(), without)
			c.hears("Password for the target")
			time.Sleep(100 * time.Millisecond)
			c.types(s.Password + "\n")
			c.ends().expect(t, 2, "may destroy data")

			c = converse(t, []string{"PGPASSWORD=", "PGPASSFILE=/dev/null"}, "diff", source.URL(), without)
			c.hears("Password for the target")
			time.Sleep(100 * time.Millisecond)
			if err := c.cmd.Process.Signal(syscall.SIGINT); err != nil {
				t.Fatal(err)
			}
			c.ends().expect(t, 1, "cancelled, nothing was changed")
		})
	}
}

func TestColoursAreForTerminalsThatWantThem(t *testing.T) {
	source, target := pair(t, one(t, testdb.Postgres))
	c := converse(t, []string{"NO_COLOR="}, "diff", source.URL(), target.URL())
	if r := c.ends(); !strings.Contains(r.stdout, "\x1b[32m") {
		t.Errorf("no colour on a terminal:\n%q", r.stdout)
	}
	c = converse(t, []string{"NO_COLOR=1"}, "diff", source.URL(), target.URL())
	if r := c.ends(); strings.Contains(strings.ReplaceAll(r.stdout, "\r\x1b[K", ""), "\x1b[") {
		t.Errorf("colour in spite of NO_COLOR:\n%q", r.stdout)
	}
	if r := dbstruct(t, "diff", source.URL(), target.URL()); strings.Contains(r.stdout+r.stderr, "\x1b") {
		t.Errorf("escapes without a terminal:\n%q", r.stdout+r.stderr)
	}
}
