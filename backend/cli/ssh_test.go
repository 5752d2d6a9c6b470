package cli_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testssh"
)

// phrase is the passphrase of keys in these tests.
const phrase = "keep out of the logs"

// traveller is a user whose database lies behind an SSH host that nothing is known of.
type traveller struct {
	*home
	ssh     string // ~/.ssh
	bastion *testssh.Server
	db      *testdb.DB
}

func newTraveller(t *testing.T, passphrase string, cfg testssh.Config) traveller {
	t.Helper()
	user := t.TempDir()
	v := traveller{newHome(t).with("HOME="+user, "SSH_AUTH_SOCK=", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"), filepath.Join(user, ".ssh"), nil, one(t, testdb.Postgres).Create(t)}
	if err := os.Mkdir(v.ssh, 0o700); err != nil {
		t.Fatal(err)
	}
	cfg.Address = "127.0.0.3"
	cfg.Authorized = []string{testssh.Keygen(t, filepath.Join(v.ssh, "id_ed25519"), "-t", "ed25519", "-N", passphrase)}
	v.bastion = testssh.Start(t, cfg)
	return v
}

// url is the database's through the SSH host.
func (v traveller) url() string {
	v.t.Helper()
	return edited(v.t, v.db, func(u *url.URL) { u.RawQuery = "ssh=" + url.QueryEscape(v.bastion.User+"@"+v.bastion.Address()) })
}

// known is the file of known hosts.
func (v traveller) known() string {
	v.t.Helper()
	text, err := os.ReadFile(filepath.Join(v.ssh, "known_hosts"))
	if err != nil && !os.IsNotExist(err) {
		v.t.Fatal(err)
	}
	return string(text)
}

func (v traveller) knows() {
	v.t.Helper()
	if err := os.WriteFile(filepath.Join(v.ssh, "known_hosts"), []byte(v.bastion.KnownHost("ed25519")+"\n"), 0o600); err != nil {
		v.t.Fatal(err)
	}
}

func TestAnUnknownSSHHostIsRefusedWithoutATerminal(t *testing.T) {
	v := newTraveller(t, "", testssh.Config{})
	r := v.run("inspect", v.url())
	refused(t, r, v.bastion.Host, "SHA256:", "--accept-new")
	if v.known() != "" {
		t.Errorf("it is known now: %s", v.known())
	}
	v.run("inspect", "--accept-new", v.url()).expect(t, 0, "the ssh-ed25519 key of the SSH host", "added to "+filepath.Join(v.ssh, "known_hosts"))
	before := v.known()
	if !strings.Contains(before, "ssh-ed25519") {
		t.Errorf("it is not known: %q", before)
	}
	v.run("inspect", v.url()).expect(t, 0)
	v.run("connections", "test", v.url()).expect(t, 0, "ssh login", "The connection works.")

	// A key that has changed is never accepted.
	stranger := testssh.Start(t, testssh.Config{Address: "127.0.0.3"})
	changed := strings.Replace(stranger.KnownHost("ed25519"), stranger.Address(), v.bastion.Address(), 1)
	fields := strings.Fields(before)
	fields[2] = strings.Fields(changed)[2]
	if err := os.WriteFile(filepath.Join(v.ssh, "known_hosts"), []byte(strings.Join(fields, " ")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, v.run("inspect", "--accept-new", v.url()), "known_hosts:1")
}

func TestAnUnknownSSHHostIsAskedAboutOnATerminal(t *testing.T) {
	v := newTraveller(t, "", testssh.Config{})
	answer := func(text string) result {
		t.Helper()
		c := v.converse("inspect", v.url())
		c.hears("is not known")
		c.hears("SHA256:")
		c.hears("[save/once/no]")
		c.types(text + "\n")
		return c.ends()
	}
	answer("no").expect(t, 1, "SSH")
	answer("once").expect(t, 0)
	if v.known() != "" {
		t.Errorf("it is known now: %s", v.known())
	}
	answer("save").expect(t, 0)
	v.run("inspect", v.url()).expect(t, 0)
}

func TestThePassphraseOfAnSSHKeyIsAskedForOrKept(t *testing.T) {
	v := newTraveller(t, phrase, testssh.Config{})
	v.knows()
	v.run("inspect", v.url()).expect(t, 1)
	v.with("DBSTRUCT_KEY_PASSPHRASE="+phrase).run("inspect", v.url()).expect(t, 0)
	c := v.converse("inspect", v.url())
	for _, attempt := range []string{"wrong", phrase} {
		c.hears("Passphrase of the SSH key " + filepath.Join(v.ssh, "id_ed25519"))
		if attempt == phrase {
			c.hears("That was not right.")
		}
		time.Sleep(100 * time.Millisecond)
		c.types(attempt + "\n")
	}
	c.ends().expect(t, 0)

	open := v.with(master)
	open.run("connections", "secrets", "vault").expect(t, 0)
	address := edited(t, v.db, func(u *url.URL) { u.User = url.User(v.db.Server.User) })
	open.feed(v.db.Server.Password+"\n"+phrase+"\n", "connections", "add", "Shop", address, "--password-stdin", "--key-passphrase-stdin",
		"--ssh", v.bastion.User+"@"+v.bastion.Address(), "--ssh-auth", "key", "--ssh-key", filepath.Join(v.ssh, "id_ed25519")).
		expect(t, 0, "The password is kept in the vault", "The passphrase of the SSH key is kept in the vault")
	open.run("inspect", "Shop").expect(t, 0)
	open.run("connections", "duplicate", "Shop").expect(t, 0)
	open.run("connections", "list").expect(t, 0, "password kept, key passphrase kept")
	open.run("inspect", "Shop (2)").expect(t, 0)
	open.run("connections", "remove", "--yes", "Shop (2)").expect(t, 0)
	refused(t, v.run("inspect", "Shop"), "the vault with the passwords is locked")
	open.run("connections", "edit", "Shop", "--forget-secrets", "--ask-passphrase").expect(t, 0)
	open.with("DBSTRUCT_SOURCE_PASSWORD="+v.db.Server.Password).run("inspect", "Shop").expect(t, 1, "id_ed25519 was not given", "set DBSTRUCT_SSH_PASSWORD or DBSTRUCT_KEY_PASSPHRASE")
	v.noSecrets(v.db.Server.Password, phrase)
}

func TestWhatAnSSHHostAsksIsShownAsItsOwn(t *testing.T) {
	v := newTraveller(t, "", testssh.Config{PAM: true, Lines: []string{"AuthenticationMethods keyboard-interactive"}})
	v.knows()
	password := "tr0ub4dor&4"
	account := testssh.Account(t, password)
	v.run("connections", "add", "Shop", v.db.URL(), "--no-password", "--ssh", account+"@"+v.bastion.Address(), "--ssh-auth", "interactive").expect(t, 1, "choose with")
	address := edited(t, v.db, func(u *url.URL) { u.User = url.User(v.db.Server.User) })
	v.run("connections", "add", "Shop", address, "--ssh", account+"@"+v.bastion.Address(), "--ssh-auth", "interactive").expect(t, 0)
	h := v.with("DBSTRUCT_SOURCE_PASSWORD=" + v.db.Server.Password)
	h.run("inspect", "Shop").expect(t, 1, account)
	c := h.converse("inspect", "Shop")
	c.hears("asks:")
	c.hears("| Password: ")
	time.Sleep(100 * time.Millisecond)
	c.types(password + "\n")
	c.ends().expect(t, 0)
	v.noSecrets(password)
}
