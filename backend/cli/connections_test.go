package cli_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/samples"
)

// home is a user with a folder of saved connections.
type home struct {
	t   *testing.T
	dir string
	env []string
}

func newHome(t *testing.T) *home {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "config")
	return &home{t, dir, []string{"DBSTRUCT_CONFIG_DIR=" + dir}}
}

// with is the home with more in its environment.
func (h *home) with(env ...string) *home {
	return &home{h.t, h.dir, append(h.env[:len(h.env):len(h.env)], env...)}
}

func (h *home) run(args ...string) result { return h.feed("", args...) }

// feed runs the program with a text on standard input.
func (h *home) feed(stdin string, args ...string) result {
	h.t.Helper()
	return startOn(h.t, stdin, h.env, nil, args...).wait()
}

func (h *home) converse(args ...string) *conversation {
	h.t.Helper()
	return converse(h.t, h.env, args...)
}

// master is the master password of vaults in these tests.
const master = "DBSTRUCT_MASTER_PASSWORD=correct horse battery"

// withVault is a home whose secrets are kept in a vault.
func withVault(t *testing.T) *home {
	t.Helper()
	h := newHome(t)
	h.with(master).run("connections", "secrets", "vault").expect(t, 0, "kept in the vault")
	return h
}

// shop saves connections to the two sample databases.
func (h *home) shop() {
	h.t.Helper()
	source, target, err := samples.Create(filepath.Join(h.t.TempDir(), "a shop"))
	if err != nil {
		h.t.Fatal(err)
	}
	h.run("connections", "add", "Dev", "sqlite:"+encoded(source)).expect(h.t, 0, "Saved Dev")
	h.run("connections", "add", "Prod", "sqlite:"+encoded(target), "--environment", "production").expect(h.t, 0, "Saved Prod")
}

func TestNamesOfSavedConnectionsStandForDatabases(t *testing.T) {
	h := newHome(t)
	h.shop()
	h.run("diff", "Dev", "prod").expect(t, 2, "Source  Dev (sqlite:", "table coupons")
	h.run("inspect", "DEV").expect(t, 0, `CREATE TABLE "coupons"`)
	var doc struct {
		Source, Target struct{ Connection, URL string }
	}
	if err := json.Unmarshal([]byte(h.run("diff", "--format", "json", "Dev", "Prod").stdout), &doc); err != nil || doc.Target.Connection != "Prod" || !strings.HasPrefix(doc.Target.URL, "sqlite:") {
		t.Errorf("%+v, %v", doc, err)
	}
	refused(t, h.run("diff", "Dev", "Staging"), "TARGET: it is no URL", "dbstruct connections list")
	refused(t, h.run("diff", os.Args[0], "Prod"), "write sqlite: before the name of a file")
}

func TestReadingMakesNoStore(t *testing.T) {
	h := newHome(t)
	h.run("diff", "Dev", "Prod").expect(t, 1)
	h.run("connections", "show", "Dev").expect(t, 1, "no saved connections")
	h.run("connections", "list").expect(t, 0, "There are no saved connections")
	h.run("__complete", "diff", "").expect(t, 0)
	if _, err := os.Stat(h.dir); err == nil {
		t.Error("a folder was made for nothing")
	}
}

func TestProductionWantsItsNameTyped(t *testing.T) {
	h := newHome(t)
	h.shop()
	for _, args := range [][]string{{"--yes"}, {"--yes", "--confirm", "prod"}, {"--yes", "--format", "json"}, {}} {
		refused(t, h.run(append([]string{"sync", "Dev", "Prod"}, args...)...), "nothing was executed", "Prod")
	}
	c := h.converse("sync", "--yes", "--allow-destructive", "Dev", "Prod")
	c.hears("Type its name to execute: ")
	c.types("prod\n")
	c.ends().expect(t, 2, "Nothing was executed.")
	h.run("diff", "Dev", "Prod").expect(t, 2, "35 differences")
	c = h.converse("sync", "Dev", "Prod")
	c.hears("Type its name to execute: ")
	c.types("Prod\n")
	c.ends().expect(t, 2, "Verified: every change of the plan has taken effect.")
	h.run("sync", "--yes", "--confirm", "Prod", "--allow-destructive", "Dev", "Prod").expect(t, 0, "Verified: the structure of the target now equals")
}

func TestConnectionsAreManaged(t *testing.T) {
	h := newHome(t)
	h.run("connections", "list").expect(t, 0, "There are no saved connections")
	h.shop()
	h.run("connections", "list").expect(t, 0, "Dev ", "Prod  production   sqlite:")
	refused(t, h.run("connections", "add", "dev", "sqlite:"+encoded(os.Args[0])), "nothing was saved: the name", "is taken")
	refused(t, h.run("connections", "add", "x", "sqlite:/no/such/file.db"), "which is not there")
	refused(t, h.run("connections", "add", "x", "mysql://h/d", "--environment", "prod"), "--environment must be one of development, staging, production")
	refused(t, h.run("connections", "add", "x", "mysql://h/d", "--ssh", "me:"+wrongPassword+"@bastion"), "--ssh takes no password")
	h.run("connections", "rename", "Dev", "Development").expect(t, 0, "Dev is called Development now.")
	h.run("connections", "duplicate", "Prod", "Staging").expect(t, 0, "Saved Staging, a copy of Prod.")
	h.run("connections", "edit", "Staging", "--environment", "staging", "--group", "shop").expect(t, 0)
	h.run("connections", "show", "Staging").expect(t, 0, "Environment  staging", "Group        shop")
	refused(t, h.run("connections", "duplicate", "Prod", "Staging"), "already")
	refused(t, h.run("connections", "remove", "Prod"), "use --yes")
	h.run("connections", "remove", "--yes", "Prod").expect(t, 0, "Removed Prod.")
	refused(t, h.run("connections", "show", "Prod"), "there is no saved connection of this name")

	document := filepath.Join(t.TempDir(), "connections.json")
	exported := h.run("connections", "export")
	if err := os.WriteFile(document, []byte(exported.stdout), 0o600); err != nil {
		t.Fatal(err)
	}
	h.run("connections", "import", "--dry-run", document).expect(t, 0, "Would save Development (2) (Development is taken)", "Would save 2 connections.")
	other := newHome(t)
	other.feed(h.run("connections", "export", "Staging").stdout, "connections", "import", "-").expect(t, 0, "Saved Staging", "Saved 1 connection.")
	other.run("connections", "list", "--format", "json").expect(t, 0, `"name": "Staging"`, `"environment": "staging"`)
	refused(t, other.run("connections", "import", os.Args[0]), "this is no document of exported connections")
	refused(t, other.run("connections", "import", "/no/such/file"), "could not be read: no such file")
}

// saveServer saves a connection to a server's database whose password comes from standard input.
func (h *home) saveServer(name string, db *testdb.DB, options ...string) {
	h.t.Helper()
	address := edited(h.t, db, func(u *url.URL) { u.User = url.User(db.Server.User) })
	h.feed(db.Server.Password+"\n", append([]string{"connections", "add", name, address, "--password-stdin"}, options...)...).expect(h.t, 0, "Saved "+name)
}

func TestPasswordsAreKeptInAVault(t *testing.T) {
	t.Parallel()
	s := one(t, testdb.MariaDB)
	source, target := pair(t, s)
	h := withVault(t)
	open := h.with(master)
	open.saveServer("Dev", source)
	open.saveServer("Prod", target)
	open.run("diff", "Dev", "Prod").expect(t, 2, "column legacy")
	open.run("connections", "test", "Prod").expect(t, 0, "ok       login", "The connection works.")
	open.run("connections", "duplicate", "Prod", "Copy").expect(t, 0)
	open.run("sync", "--yes", "--allow-destructive", "Dev", "Copy").expect(t, 0, "Verified: the structure of the target now equals")
	h.run("connections", "list").expect(t, 0, "password kept") // which needs no master password
	refused(t, h.run("diff", "Dev", "Prod"), "the vault with the passwords is locked: set DBSTRUCT_MASTER_PASSWORD")
	refused(t, h.with("DBSTRUCT_MASTER_PASSWORD="+wrongPassword).run("diff", "Dev", "Prod"), "this is not the vault's master password")
	c := h.converse("diff", "Dev", "Prod")
	c.hears("Master password of the vault: ")
	time.Sleep(100 * time.Millisecond)
	c.types(wrongPassword + "\n")
	c.hears("this is not the vault's master password")
	time.Sleep(100 * time.Millisecond)
	c.types("correct horse battery\n")
	c.ends().expect(t, 0, "The structures are equal")
	open.with("DBSTRUCT_NEW_MASTER_PASSWORD=another password").run("connections", "secrets", "change-password").expect(t, 0)
	h.with("DBSTRUCT_MASTER_PASSWORD=another password").run("connections", "remove", "--yes", "Copy").expect(t, 0)
	refused(t, open.run("connections", "remove", "--yes", "Dev"), "--force removes the connection")
	open.run("connections", "remove", "--yes", "--force", "Dev").expect(t, 0)
	h.noSecrets(s.Password, "correct horse", "another password")
}

// noSecrets looks at every byte of every file of the home.
func (h *home) noSecrets(secrets ...string) {
	h.t.Helper()
	looked := 0
	err := filepath.WalkDir(h.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked++
		for _, secret := range secrets {
			if strings.Contains(string(text), secret) {
				h.t.Errorf("%s holds a secret", path)
			}
		}
		if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
			h.t.Errorf("%s may be read by others: %v, %v", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil || looked == 0 {
		h.t.Errorf("looked at %d files: %v", looked, err)
	}
}

func TestAPasswordInAURLIsMovedAndWarnedOf(t *testing.T) {
	t.Parallel()
	s := one(t, testdb.Postgres)
	db := s.Create(t)
	h := withVault(t).with(master)
	r := h.run("connections", "add", "Shop", db.URL())
	r.expect(t, 0, "The password is kept in the vault", "there was a password in the URL")
	h.run("inspect", "Shop").expect(t, 0)
	h.noSecrets(s.Password)
}

func TestSecretsAskedForEveryTimeAreNeverKept(t *testing.T) {
	s := one(t, testdb.Postgres)
	db := s.Create(t)
	address := edited(t, db, func(u *url.URL) { u.User = url.User(s.User) })
	h := newHome(t).with("PGPASSFILE=/dev/null")
	h.run("connections", "add", "Shop", address, "--ask-password").expect(t, 0)
	h.run("connections", "list").expect(t, 0, "password asked for")
	refused(t, h.run("inspect", "Shop"), "DBSTRUCT_SOURCE_PASSWORD is not set")
	h.with("DBSTRUCT_SOURCE_PASSWORD="+s.Password).run("inspect", "Shop").expect(t, 0)
	for range 2 {
		c := h.converse("inspect", "Shop")
		c.hears("Password of Shop: ")
		time.Sleep(100 * time.Millisecond)
		c.types(s.Password + "\n")
		c.ends().expect(t, 0)
	}
	h.with("DBSTRUCT_PASSWORD="+s.Password).run("connections", "edit", "Shop").expect(t, 0, "is not kept: it is to be asked for every time")
	h.noSecrets(s.Password)
}

func TestATerminalIsAskedWhereAndWhatToKeep(t *testing.T) {
	t.Parallel()
	s := one(t, testdb.Postgres)
	db := s.Create(t)
	h := newHome(t).with("PGPASSFILE=/dev/null")
	c := h.converse("connections", "add", "Shop", edited(t, db, func(u *url.URL) { u.User = url.User(s.User) }))
	for _, turn := range [][2]string{
		{"Password (empty: keep none)", s.Password},
		{"[vault/session]", "vault"},
		{"Master password for the new vault", "correct horse battery"},
		{"Once more", "correct horse battery"},
	} {
		c.hears(turn[0])
		time.Sleep(100 * time.Millisecond)
		c.types(turn[1] + "\n")
	}
	c.ends().expect(t, 0, "Saved Shop", "The password is kept in the vault")
	h.with(master).run("inspect", "Shop").expect(t, 0)
	h.with(master).run("connections", "secrets", "session").expect(t, 0, "1 secret deleted where")
	h.run("connections", "list").expect(t, 0)
	c = h.converse("inspect", "Shop") // asks again
	c.hears("Password for the ")
	time.Sleep(100 * time.Millisecond)
	c.types(s.Password + "\n")
	c.ends().expect(t, 0)
}

func TestAConnectionThatDoesNotWorkIsExplainedStepByStep(t *testing.T) {
	for _, s := range some(t) {
		if s.Password == "" {
			continue // a file
		}
		db := s.Create(t)
		h := newHome(t)
		for _, test := range []struct {
			edit func(*url.URL)
			says string
		}{
			{func(u *url.URL) { u.Host = "no-such-host.invalid" }, "failed   resolve"},
			{func(u *url.URL) { u.Host = "127.0.0.1:" + strconv.Itoa(1) }, "failed   connect"},
			{func(u *url.URL) { u.User = url.UserPassword(s.User, wrongPassword) }, "failed   login"},
			{func(u *url.URL) { u.Path = "/no_such_database" }, "failed   database"},
		} {
			r := h.run("connections", "test", edited(t, db, test.edit))
			r.expect(t, 1, test.says, "The connection does not work.")
		}
		r := h.run("connections", "test", "--format", "json", db.URL())
		var doc struct {
			OK      bool
			Version string
			Steps   []struct{ Name, State string }
		}
		if err := json.Unmarshal([]byte(r.stdout), &doc); err != nil || !doc.OK || doc.Version == "" || len(doc.Steps) < 5 {
			t.Errorf("%s: %+v, %v", s.Name, doc, err)
		}
	}
}
