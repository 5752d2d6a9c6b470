package cli_test

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testtls"
)

// certified is the URL of a database whose server lets in only who shows a certificate. The key of the one in the URL is
// encrypted with phrase.
func certified(t *testing.T) (db *testdb.DB, address, key string) {
	t.Helper()
	servers, clients := testtls.NewAuthority(t, "Servers"), testtls.NewAuthority(t, "Clients")
	server := testtls.Start(t, "postgres17", testtls.Options{
		Certificates: map[string]*testtls.Issued{"good": servers.Issue(t, testtls.Request{Owner: "db", Addresses: []net.IP{net.IPv4(127, 0, 0, 1)}})},
		Trusts:       []*testtls.Authority{clients},
		Rules:        []string{"hostssl all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-ca", "hostnossl all certified 127.0.0.1/32 reject"},
	})
	server.Await(t)
	db = server.Database()
	db.Exec(t, "CREATE ROLE certified LOGIN PASSWORD '"+server.Password+"'")
	root := filepath.Join(t.TempDir(), "root.crt")
	if err := os.WriteFile(root, servers.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	certificate, key := clients.Issue(t, testtls.Request{Owner: "certified", Client: true}).WriteEncrypted(t, t.TempDir(), "me", phrase)
	address = edited(t, db, func(u *url.URL) {
		u.User = url.User("certified")
		u.RawQuery = url.Values{"sslmode": {"verify-full"}, "sslrootcert": {root}, "sslcert": {certificate}, "sslkey": {key}}.Encode()
	})
	return db, address, key
}

// answers types a line for each question.
func (c *conversation) answers(question string, lines ...string) {
	c.t.Helper()
	for i, text := range lines {
		if i > 0 {
			c.hears("That was not right.")
		}
		c.hears(question)
		time.Sleep(100 * time.Millisecond) // until the echo is off
		c.types(text + "\n")
		c.t.Cleanup(func() {
			if strings.Contains(c.said(), text) {
				c.t.Errorf("what was typed can be seen: %q", c.said())
			}
		})
	}
}

func TestThePassphraseOfAClientsKeyIsAskedForOrKept(t *testing.T) {
	t.Parallel()
	db, address, key := certified(t)
	password, right := "DBSTRUCT_SOURCE_PASSWORD="+db.Server.Password, "DBSTRUCT_TLS_KEY_PASSPHRASE="+phrase
	h := newHome(t).with("PGPASSFILE=/dev/null", password)

	// By URL.
	refused(t, h.run("inspect", address), key, "is encrypted", "set DBSTRUCT_TLS_KEY_PASSPHRASE")
	refused(t, h.with("DBSTRUCT_TLS_KEY_PASSPHRASE=wrong").run("inspect", address), key, "cannot be decrypted", "set DBSTRUCT_TLS_KEY_PASSPHRASE")
	h.with(right).run("inspect", address).expect(t, 0)
	h.run("inspect", address+"&sslpassword="+url.QueryEscape(phrase)).expect(t, 0)
	refused(t, h.run("inspect", "--tls-key-passphrase="+phrase, address), "DBSTRUCT_TLS_KEY_PASSPHRASE", "--tls-key-passphrase-stdin")
	c := h.converse("inspect", address)
	c.answers("assphrase of the TLS key "+key, "mistaken", phrase)
	c.ends().expect(t, 0)
	c = h.converse("inspect", address)
	c.answers("assphrase of the TLS key "+key, "first try", "second try", "third try")
	c.ends().expect(t, 1, "cannot be decrypted")
	h.with("DBSTRUCT_PASSWORD="+db.Server.Password).run("connections", "test", address).expect(t, 1, "failed   tls", "is encrypted")

	// Kept.
	open := h.with(master)
	open.run("connections", "secrets", "vault").expect(t, 0)
	open.feed(phrase+"\n", "connections", "add", "Shop", address, "--tls-key-passphrase-stdin").expect(t, 0, "The passphrase of the TLS key is kept in the vault")
	open.run("inspect", "Shop").expect(t, 0)
	db.Exec(t, "CREATE DATABASE other")
	other := edited(t, db, func(u *url.URL) { u.Path = "/other" })
	open.with("DBSTRUCT_TARGET_PASSWORD="+db.Server.Password).run("sync", "--yes", other, "Shop").expect(t, 0)
	open.with("DBSTRUCT_PASSWORD="+db.Server.Password).run("connections", "test", "Shop").expect(t, 0, "tls", "The connection works.")
	open.run("connections", "list").expect(t, 0, "tls key passphrase kept")
	open.run("connections", "duplicate", "Shop").expect(t, 0)
	open.run("connections", "remove", "--yes", "Shop").expect(t, 0)
	open.run("inspect", "Shop (2)").expect(t, 0)
	refused(t, h.run("inspect", "Shop (2)"), "the vault with the passwords is locked")
	if r := open.run("connections", "export"); strings.Contains(r.stdout, phrase) || !strings.Contains(r.stdout, key) {
		t.Errorf("it is exported as %s", r.stdout)
	}

	// Mistaken, gone, or to be asked for every time.
	open.feed("wrong\n", "connections", "edit", "Shop (2)", "--tls-key-passphrase-stdin").expect(t, 0)
	refused(t, open.run("inspect", "Shop (2)"), "cannot be decrypted")
	c = open.converse("inspect", "Shop (2)")
	c.hears("That was not right.")
	c.answers("assphrase of the TLS key "+key+" of Shop (2)", phrase)
	c.ends().expect(t, 0)
	open.run("connections", "edit", "Shop (2)", "--forget-secrets", "--ask-tls-key-passphrase").expect(t, 0)
	open.run("connections", "edit", "Shop (2)", address).expect(t, 0)
	open.run("connections", "list", "--format", "json").expect(t, 0, `"tls_key_passphrase": "ask"`)
	refused(t, h.run("inspect", "Shop (2)"), "is encrypted", "set DBSTRUCT_TLS_KEY_PASSPHRASE")
	c = h.converse("inspect", "Shop (2)")
	c.answers("assphrase of the TLS key "+key+" of Shop (2)", phrase)
	c.ends().expect(t, 0)

	// In a URL that is saved it moves to where secrets are kept, with a word of warning.
	open.run("connections", "add", "Careless", address+"&sslpassword="+url.QueryEscape(phrase)).
		expect(t, 0, "The passphrase of the TLS key is kept in the vault", "there was a passphrase of the TLS key in the URL")
	open.run("inspect", "Careless").expect(t, 0)
	c = open.converse("connections", "add", "Asked", address)
	c.hears("Password (empty: keep none): ")
	time.Sleep(100 * time.Millisecond)
	c.types("\n")
	c.answers("Passphrase of the TLS key (empty: keep none): ", phrase)
	c.ends().expect(t, 0, "Saved Asked")
	open.run("inspect", "Asked").expect(t, 0)
	h.noSecrets(phrase, url.QueryEscape(phrase), db.Server.Password)
}
