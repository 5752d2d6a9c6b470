package cli_test

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/testdb"
)

// desktop runs scripts in desktop sessions of a user of their own, with a session bus, in which dbstruct is the program.
type desktop struct {
	t   *testing.T
	env []string
}

func newDesktop(t *testing.T, env ...string) *desktop {
	t.Helper()
	dir := t.TempDir()
	runtime := filepath.Join(dir, "run")
	if err := os.Mkdir(runtime, 0o700); err != nil {
		t.Fatal(err)
	}
	return &desktop{t, append([]string{
		"HOME=" + dir, "XDG_RUNTIME_DIR=" + runtime, "XDG_DATA_HOME=" + filepath.Join(dir, "data"), "XDG_CONFIG_HOME=" + filepath.Join(dir, "config"),
		"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "GSETTINGS_BACKEND=memory", "PGPASSFILE=/dev/null", "DBSTRUCT=" + binary,
	}, env...)}
}

// session runs a script in a session of its own and gives what it prints, errors among it.
func (d *desktop) session(script string) string {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "dbus-run-session", "--", "bash", "-uo", "pipefail", "-c", `dbstruct() { "$DBSTRUCT" "$@" 2>&1; echo "exit code $?"; }; `+script)
	cmd.Env, cmd.WaitDelay = d.env, 5*time.Second
	text, err := cmd.CombinedOutput()
	if err != nil {
		d.t.Fatalf("%v\n%s", err, text)
	}
	noPasswords(d.t, string(text))
	return string(text)
}

const unlocked = `printf login-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null; `

func TestTheSystemsKeyringKeepsPasswords(t *testing.T) {
	t.Parallel()
	s := one(t, testdb.Postgres)
	db := s.Create(t)
	d := newDesktop(t, "ADDRESS="+edited(t, db, func(u *url.URL) { u.User = url.User(s.User) }), "SECRET="+s.Password)
	says := func(script string, want ...string) {
		t.Helper()
		text := d.session(script)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q is not in\n%s", w, text)
			}
		}
	}
	says(unlocked+`dbstruct connections secrets; printf '%s\n' "$SECRET" | dbstruct connections add Shop "$ADDRESS" --password-stdin; dbstruct connections duplicate Shop`,
		"Secrets will be kept in the system's keyring.", "The password is kept in the system's keyring.", "Saved Shop (2), a copy of Shop.")
	says(unlocked+`dbstruct diff Shop Shop; dbstruct inspect 'Shop (2)' >/dev/null; dbstruct connections remove --yes 'Shop (2)'`,
		"source and target are the same database", "Removed Shop (2).")
	// Locked, and nobody there to unlock it: that is told, and the environment helps.
	says(`gnome-keyring-daemon --start --components=secrets >/dev/null; dbstruct inspect --timeout 20s Shop; DBSTRUCT_SOURCE_PASSWORD=$SECRET dbstruct inspect Shop`,
		"locked", "exit code 1", "exit code 0")
	// Emptied behind the program's back: it asks, or says what to do.
	says(`rm -r "$XDG_DATA_HOME"; `+unlocked+`dbstruct inspect Shop; dbstruct connections list`,
		"there is no terminal to ask on, and DBSTRUCT_SOURCE_PASSWORD is not set", "exit code 1", "postgres://")
	// Kept there before, and no keyring: nothing takes its place.
	d.env = append(d.env, "XDG_DATA_DIRS=/nonexistent")
	says(`printf '%s\n' "$SECRET" | dbstruct connections edit Shop --password-stdin; dbstruct connections remove --yes Shop`, "keyring", "exit code 1")
}
