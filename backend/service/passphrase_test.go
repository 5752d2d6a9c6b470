package service

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testtls"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

const keyPhrase = "open, sesame"

// certified is a draft for a server that lets in only who shows a certificate, whose key is encrypted.
func certified(t *testing.T, kind string) Draft {
	t.Helper()
	servers, clients := testtls.NewAuthority(t, "Servers"), testtls.NewAuthority(t, "Clients")
	server := testtls.Start(t, kind, testtls.Options{
		Certificates: map[string]*testtls.Issued{"good": servers.Issue(t, testtls.Request{Owner: "db", Addresses: []net.IP{net.IPv4(127, 0, 0, 1)}})},
		Trusts:       []*testtls.Authority{clients, servers},
		Rules:        []string{"hostssl all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-ca"},
	})
	server.Await(t)
	account := "CREATE USER certified@'%' IDENTIFIED BY '" + server.Password + "' REQUIRE X509; GRANT ALL ON mysql.* TO certified@'%'"
	if server.Engine == testdb.Postgres {
		account = "CREATE ROLE certified LOGIN PASSWORD '" + server.Password + "'"
	}
	server.Database().Exec(t, account)
	d := draftOf(server.Database())
	d.Name, d.User, d.TLS.Mode = "Certified", "certified", "verify-full"
	d.TLS.RootCert = filepath.Join(t.TempDir(), "root.crt")
	must(t, os.WriteFile(d.TLS.RootCert, servers.PEM(), 0o600))
	d.TLS.Cert, d.TLS.Key = clients.Issue(t, testtls.Request{Owner: "certified", Client: true}).WriteEncrypted(t, t.TempDir(), "me", keyPhrase)
	return d
}

// person answers questions for a passphrase, and counts them.
type person struct {
	answers []string
	asked   []PassphraseQuestion
}

func (p *person) ask(_ context.Context, q PassphraseQuestion) (string, bool, error) {
	p.asked = append(p.asked, q)
	if len(p.answers) == 0 {
		return "", false, nil
	}
	answer := p.answers[0]
	p.answers = p.answers[1:]
	return answer, true, nil
}

// attempts are the attempts that were asked for.
func (p *person) attempts() (out []int) {
	for _, q := range p.asked {
		out = append(out, q.Attempt)
	}
	return out
}

func TestThePassphraseOfAClientsKeyIsKeptOrAskedFor(t *testing.T) {
	for _, kind := range []string{"postgres17", "mariadb11.8"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := certified(t, kind)
			t.Run("a test of a draft", func(t *testing.T) { testsDraft(t, d) })
			t.Run("a saved connection", func(t *testing.T) { keepsPassphrase(t, d) })
			t.Run("asked for every time", func(t *testing.T) { asksEveryTime(t, d) })
		})
	}
}

func testsDraft(t *testing.T, d Draft) {
	_, c := inVault(t)
	d.Secrets = map[secret.Field]SecretChange{secret.Password: d.Secrets[secret.Password]}
	tries := func(p *person, given Given, want string, attempts ...int) {
		t.Helper()
		c.AskPassphrase = p.ask
		r, err := c.Test(t.Context(), d, given)
		must(t, err)
		if got := outcome(r); got != want || !slices.Equal(p.attempts(), attempts) {
			t.Errorf("%s\n%s\nasked %v, not %v", got, want, p.attempts(), attempts)
		}
	}
	const works, refused = "resolve-, connect+, tls+, login+, version+, database+, rights+", "resolve-, connect-, tls tls_key_passphrase, login-, version-, database-, rights-"
	tries(&person{}, nil, refused, 1)
	tries(&person{answers: []string{"wrong", keyPhrase}}, nil, works, 1, 2)
	tries(&person{answers: []string{"a", "b", "c", keyPhrase}}, nil, refused, 1, 2, 3)
	tries(&person{}, Given{secret.TLSKeyPassphrase: keyPhrase}, works)
	d.Secrets[secret.TLSKeyPassphrase] = SecretChange{SetSecret, keyPhrase}
	tries(&person{}, nil, works)
	d.Secrets[secret.TLSKeyPassphrase] = SecretChange{SetSecret, "wrong"}
	tries(&person{answers: []string{keyPhrase}}, nil, works, 2)
	d.TLS.Mode, d.Secrets[secret.TLSKeyPassphrase] = "disable", SecretChange{}
	c.AskPassphrase = (&person{}).ask
	r, err := c.Test(t.Context(), d, nil)
	must(t, err)
	if got := outcome(r); strings.Contains(got, "tls_key_passphrase") {
		t.Errorf("a key that is not used is read: %s", got)
	}
}

// opens opens a saved connection and tells how that ends.
func opens(t *testing.T, c *Connections, id string) fault.Code {
	t.Helper()
	cfg, err := c.Config(t.Context(), id, nil)
	if err != nil {
		return fault.CodeOf(err)
	}
	return opensConfig(t, c, cfg)
}

func opensConfig(t *testing.T, c *Connections, cfg engine.Config) fault.Code {
	t.Helper()
	e, err := c.engines.Find(cfg.Scheme)
	must(t, err)
	conn, err := openDatabase(t.Context(), e, cfg)
	if err != nil {
		if strings.Contains(err.Error(), keyPhrase) {
			t.Errorf("the passphrase is in: %v", err)
		}
		return fault.CodeOf(err)
	}
	must(t, conn.Close())
	return ""
}

func keepsPassphrase(t *testing.T, d Draft) {
	in, c := inVault(t)
	d.Secrets = map[secret.Field]SecretChange{secret.Password: d.Secrets[secret.Password], secret.TLSKeyPassphrase: {SetSecret, keyPhrase}}
	saved := save(t, c, d)
	if !saved.Keeps(secret.TLSKeyPassphrase) || saved.Keeps(secret.KeyPassphrase) {
		t.Errorf("kept: %v", saved.Secrets)
	}
	copied, err := c.Duplicate(t.Context(), saved.ID)
	must(t, err)
	must(t, c.Delete(t.Context(), saved.ID))
	key := secret.Key{Connection: saved.ID, Field: secret.TLSKeyPassphrase}
	if _, err := c.secrets.Get(t.Context(), key); fault.CodeOf(err) != fault.SecretMissing {
		t.Errorf("it is there although its connection is gone: %v", err)
	}

	c = in.start(t) // the next run
	nobody := &person{}
	c.AskPassphrase = nobody.ask
	if got := opens(t, c, copied.ID); got != fault.SecretsLocked {
		t.Errorf("with the vault locked: %q", got)
	}
	must(t, c.Secrets().Unlock(t.Context(), master))
	if got := opens(t, c, copied.ID); got != "" || len(nobody.asked) != 0 {
		t.Errorf("%q, asked %v", got, nobody.asked)
	}

	// It is gone behind the connection's back: it is asked for, and the answer holds as long as the configuration is used.
	must(t, c.secrets.Delete(t.Context(), secret.Key{Connection: copied.ID, Field: secret.TLSKeyPassphrase}))
	somebody := &person{answers: []string{"wrong", keyPhrase}}
	c.AskPassphrase = somebody.ask
	cfg, err := c.Config(t.Context(), copied.ID, nil)
	must(t, err)
	for range 2 {
		if got := opensConfig(t, c, cfg); got != "" {
			t.Errorf("it ends as %q", got)
		}
	}
	want := []PassphraseQuestion{{copied.Name, d.TLS.Key, 1}, {copied.Name, d.TLS.Key, 2}}
	if !slices.Equal(somebody.asked, want) {
		t.Errorf("asked %v, not %v", somebody.asked, want)
	}
	if now, err := c.Get(t.Context(), copied.ID); err != nil || now.Keeps(secret.TLSKeyPassphrase) {
		t.Errorf("it is still counted on: %v, %v", now.Secrets, err)
	}
}

func asksEveryTime(t *testing.T, d Draft) {
	_, c := inVault(t)
	d.TLS.AskPassphrase = true
	d.Secrets = map[secret.Field]SecretChange{secret.Password: d.Secrets[secret.Password], secret.TLSKeyPassphrase: {SetSecret, keyPhrase}}
	saved := save(t, c, d)
	if saved.Keeps(secret.TLSKeyPassphrase) {
		t.Error("it is kept")
	}
	if got := opens(t, c, saved.ID); got != fault.TLSKeyPassphrase {
		t.Errorf("with nobody to ask: %q", got)
	}
	for range 2 {
		somebody := &person{answers: []string{keyPhrase}}
		c.AskPassphrase = somebody.ask
		if got := opens(t, c, saved.ID); got != "" || len(somebody.asked) != 1 {
			t.Errorf("%q, asked %v", got, somebody.asked)
		}
	}
	text, err := c.Export(t.Context(), saved.ID)
	must(t, err)
	imported, err := c.Import(t.Context(), text)
	must(t, err)
	if again, err := c.Find(t.Context(), imported[0].Name); err != nil || !again.TLS.AskPassphrase {
		t.Errorf("the choice is lost on the way: %+v, %v", again.TLS, err)
	}
}

func TestEverySecretHasItsOwnChoiceAndWords(t *testing.T) {
	words := map[string]bool{}
	var conn store.Connection
	for _, kind := range SecretKinds {
		if *kind.Ask(&conn) {
			t.Errorf("%s shares its choice with another", kind.Field)
		}
		*kind.Ask(&conn) = true
		if kind.Words == "" || words[kind.Words] {
			t.Errorf("%s is called %q", kind.Field, kind.Words)
		}
		words[kind.Words] = true
	}
}
