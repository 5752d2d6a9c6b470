package oskeyring_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/secret/oskeyring"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/store"
)

// The library looks for a bus when a program is initialised. So each test runs this program once more, on a bus of its own
// or without one, and reads what it prints.
const stepVariable = "DBSTRUCT_TEST_KEYRING_STEP"

func TestMain(m *testing.M) {
	if step := os.Getenv(stepVariable); step != "" {
		fmt.Println(run(step))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var key = secret.Key{Connection: "6f1c7d3e-0000-4000-8000-000000000001", Field: secret.Password}

// run does one step in a program of its own and tells how it went.
func run(step string) string {
	ctx, patience := context.Background(), 10*time.Second
	if step == "impatient" {
		patience = 2 * time.Second
	}
	verb, argument, _ := strings.Cut(step, " ")
	if verb == "connection" {
		return connection(ctx, argument)
	}
	store, err := oskeyring.OpenWithin(ctx, patience)
	if err != nil {
		return fmt.Sprintf("open: %s: %v", fault.CodeOf(err), err)
	}
	value := ""
	switch verb {
	case "set":
		err = store.Set(ctx, key, argument)
	case "get":
		value, err = store.Get(ctx, key)
	case "delete":
		err = store.Delete(ctx, key)
	}
	if err != nil {
		return fmt.Sprintf("%s: %v", fault.CodeOf(err), err)
	}
	return "ok " + value
}

// connection saves, opens or deletes a connection as the program does, in its folder under $HOME.
func connection(ctx context.Context, step string) string {
	local, err := store.Open(filepath.Join(os.Getenv("HOME"), "program"))
	if err != nil {
		return err.Error()
	}
	defer func() { _ = local.Close() }() // what was wanted of it is done
	manager := secret.NewManager(local.Dir(), local, oskeyring.Open)
	c := service.NewConnections(engine.NewRegistry(), local, manager)
	all, err := c.List(ctx)
	if err != nil {
		return err.Error()
	}
	switch verb, password, _ := strings.Cut(step, " "); verb {
	case "save":
		_, err = c.Save(ctx, service.Draft{
			Connection: store.Connection{Name: "Shop", Engine: "postgres", Host: "h", Database: "d"},
			Secrets:    map[secret.Field]service.SecretChange{secret.Password: {Action: service.SetSecret, Value: password}},
		})
	case "duplicate":
		_, err = c.Duplicate(ctx, all[0].ID)
	case "delete":
		err = c.Delete(ctx, all[0].ID)
	case "list":
		var out []string
		for _, s := range all {
			cfg, err := c.Config(ctx, s.ID, nil)
			out = append(out, fmt.Sprintf("%s %v %s%s", s.Name, s.Keeps(secret.Password), cfg.Password, codeOf(err)))
		}
		return strings.Join(out, "; ")
	case "status":
		status, err := manager.Status(ctx)
		return fmt.Sprintf("%s %v %v%s", status.Kind, status.Chosen, status.Available, codeOf(err))
	}
	return "done" + codeOf(err)
}

// codeOf is an error's code; "" for none.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return string(fault.CodeOf(err))
}

// session is a desktop session's shell with nothing of this one's: a home, a bus, and what the script starts.
type session struct {
	home string
	env  []string
}

func newSession(t *testing.T) session {
	t.Helper()
	home := t.TempDir()
	runtime := filepath.Join(home, "run")
	if err := os.Mkdir(runtime, 0o700); err != nil {
		t.Fatal(err)
	}
	return session{home, []string{
		"HOME=" + home, "XDG_RUNTIME_DIR=" + runtime, "XDG_DATA_HOME=" + filepath.Join(home, "data"),
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "PATH=" + os.Getenv("PATH"), "LC_ALL=C", "GSETTINGS_BACKEND=memory",
	}}
}

// sh runs a script in which `step` runs this program's step. It gives back the lines that steps print.
func (s session) sh(t *testing.T, bus bool, script string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	arguments := []string{"bash", "-euo", "pipefail", "-c", `step() { ` + stepVariable + `="$*" "$SELF"; }; ` + script}
	if bus {
		arguments = append([]string{"dbus-run-session", "--"}, arguments...)
	}
	cmd := exec.CommandContext(ctx, arguments[0], arguments[1:]...)
	cmd.WaitDelay = 5 * time.Second
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(s.env, "SELF="+self)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, stderr.String())
	}
	var lines []string
	for scanner := bufio.NewScanner(strings.NewReader(string(out))); scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	return lines
}

const unlock = `printf login-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null; `

func TestASecretIsThereInTheNextSession(t *testing.T) {
	s := newSession(t)
	if got := s.sh(t, true, unlock+`step get; step set "geheim 密码"; step get`); len(got) != 3 ||
		!strings.HasPrefix(got[0], "secret_missing: ") || got[1] != "ok " || got[2] != "ok geheim 密码" {
		t.Errorf("the first session: %q", got)
	}
	if got := s.sh(t, true, unlock+`step get; step delete; step get; step delete`); len(got) != 4 ||
		got[0] != "ok geheim 密码" || got[1] != "ok " || !strings.HasPrefix(got[2], "secret_missing: ") || got[3] != "ok " {
		t.Errorf("the second session: %q", got)
	}
}

func TestSavedConnectionsUseTheKeyring(t *testing.T) {
	s := newSession(t)
	check := func(bus bool, script string, want ...string) {
		t.Helper()
		if got := s.sh(t, bus, script); !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", script, got, want)
		}
	}
	check(true, unlock+`step connection status; step connection save cAnAry; step connection duplicate; step connection status`,
		"keyring false [keyring vault session]", "done", "done", "keyring true [keyring vault session]")
	check(true, unlock+`step connection list; step connection delete; step connection list; `+items,
		"Shop true cAnAry; Shop (2) true cAnAry", "done", "Shop (2) true cAnAry", "1")
	// The keyring is still the choice where it does not work, and nothing takes its place.
	check(false, `step connection status; step connection list; step connection delete`,
		"keyring true [vault session]", "Shop (2) true keyring_failed", "donekeyring_failed")
	// Emptied behind the program's back: the password is asked for, and the list knows from then on.
	check(true, `rm -r "$XDG_DATA_HOME"; `+unlock+`step connection list; step connection list`,
		"Shop (2) true secret_missing", "Shop (2) false ")
	files, err := filepath.Glob(filepath.Join(s.home, "program", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), "cAnAry") {
			t.Errorf("%s holds the secret, or %v", path, err)
		}
	}
}

// items lists what is in the keyring.
const items = `dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/collection/login ` +
	`org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Items | grep -c 'object path' || true; `

func TestNothingIsLeftOfTheProbe(t *testing.T) {
	s := newSession(t)
	if got := s.sh(t, true, unlock+`step get; `+items+`step set x; `+items); len(got) != 4 || got[1] != "0" || got[3] != "1" {
		t.Errorf("items before and after keeping a secret: %q", got)
	}
}

func TestALockedKeyringThatNobodyUnlocksIsNotTrusted(t *testing.T) {
	s := newSession(t)
	s.sh(t, true, unlock+`step set x`)
	got := s.sh(t, true, `gnome-keyring-daemon --start --components=secrets >/dev/null; step impatient`)
	if len(got) != 1 || !strings.HasPrefix(got[0], "open: keyring_failed: ") || !strings.Contains(got[0], "locked") {
		t.Errorf("got %q", got)
	}
}

func TestAKeyringThatDoesNotAnswerIsNotWaitedForWithoutEnd(t *testing.T) {
	s := newSession(t)
	began := time.Now()
	got := s.sh(t, true, `printf login-password | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 & daemon=$!
trap 'kill -CONT $daemon; kill $daemon' EXIT
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true; do sleep .05; done
step set x; kill -STOP $daemon; step impatient; kill -CONT $daemon; step get`)
	if len(got) != 3 || got[0] != "ok " || !strings.HasPrefix(got[1], "open: keyring_failed: ") || !strings.Contains(got[1], "did not answer within 2s") || got[2] != "ok x" {
		t.Errorf("got %q", got)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestABusWithoutAKeyringIsNoKeyring(t *testing.T) {
	s := newSession(t)
	s.env = append(s.env, "XDG_DATA_DIRS=/nonexistent") // where services that can be started are listed
	if got := s.sh(t, true, `step get`); len(got) != 1 || !strings.HasPrefix(got[0], "open: keyring_failed: ") {
		t.Errorf("got %q", got)
	}
}

func TestWithoutABusNoneIsStarted(t *testing.T) {
	s := newSession(t)
	launched := filepath.Join(s.home, "launched")
	bin := filepath.Join(s.home, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "dbus-launch"), []byte("#!/bin/sh\ntouch "+launched+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.env = append(s.env, "PATH="+bin+":"+os.Getenv("PATH"))
	got := s.sh(t, false, `step get`)
	if len(got) != 1 || !strings.HasPrefix(got[0], "open: keyring_failed: no keyring of the system was found") {
		t.Errorf("got %q", got)
	}
	if _, err := os.Stat(launched); err == nil {
		t.Error("dbus-launch was called")
	}
}
