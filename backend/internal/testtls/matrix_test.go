package testtls_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testtls"
	"database-structure-sync/backend/internal/tlsconf"
	"database-structure-sync/backend/tunnel"
)

// outcome is how an attempt to connect ends.
type outcome string

const (
	plain       outcome = "plain"
	encrypted   outcome = "encrypted"
	expired             = outcome(fault.TLSExpired)
	wrongName           = outcome(fault.TLSWrongName)
	unknownCA           = outcome(fault.TLSUnknownCA)
	notOffered          = outcome(fault.TLSNotOffered)
	notAccepted         = outcome(fault.TLSClientCert)
	// What servers say in words of their own, or not at all: see said.
	wantsTLS         outcome = "the account wants encryption"
	wantsCertificate outcome = "the account wants a certificate"
)

// The modes in the order of tlsconf.Modes: disable, prefer, require, verify-ca, verify-full.
type outcomes [5]outcome

// cases are what the matrix has for each server and each mode.
var cases = []struct {
	name     string
	presents string // the server's certificate; "": it offers no TLS
	user     string // "certified" has to show a certificate
	shows    string // the client's certificate; "": none
	want     outcomes
	says     []string // words in the sentence of each failure that is about TLS
}{
	{"good", "good", "dbstruct", "", outcomes{plain, encrypted, encrypted, encrypted, encrypted}, nil},
	{"expired", "expired", "dbstruct", "", outcomes{plain, encrypted, encrypted, expired, expired}, []string{"expired on TODAY", "renewed"}},
	{"not valid yet", "early", "dbstruct", "", outcomes{plain, encrypted, encrypted, expired, expired}, []string{"not valid before 2099-", "clock"}},
	{"wrong name", "elsewhere", "dbstruct", "", outcomes{plain, encrypted, encrypted, encrypted, wrongName}, []string{"is for other.example, third.example, 192.0.2.7, not for HOST", "sslservername"}},
	{"no name", "nameless", "dbstruct", "", outcomes{plain, encrypted, encrypted, encrypted, wrongName}, []string{"common name HOST does not count", "verify-ca"}},
	{"unknown authority", "stranger", "dbstruct", "", outcomes{plain, encrypted, encrypted, unknownCA, unknownCA}, []string{"was issued by Somebody Else", "sslrootcert"}},
	{"client certificate given", "good", "certified", "client", outcomes{wantsTLS, encrypted, encrypted, encrypted, encrypted}, nil},
	{"client certificate missing", "good", "certified", "", outcomes{wantsTLS, wantsCertificate, wantsCertificate, wantsCertificate, wantsCertificate}, []string{"client certificate"}},
	{"client certificate of somebody else", "good", "certified", "impostor", outcomes{wantsTLS, notAccepted, notAccepted, notAccepted, notAccepted}, []string{"does not accept the client certificate in ", "issued by Nobody At All"}},
	{"client certificate expired", "good", "certified", "late", outcomes{wantsTLS, notAccepted, notAccepted, notAccepted, notAccepted}, []string{"expired on 2021-06-01"}},
	{"client certificate not asked for", "good", "dbstruct", "client", outcomes{plain, encrypted, encrypted, encrypted, encrypted}, nil},
	{"no TLS", "", "dbstruct", "", outcomes{plain, plain, notOffered, notOffered, notOffered}, []string{"does not offer TLS"}},
}

// said is what a server makes of an account that wants more than a password.
func said(engine string, o outcome) outcome {
	switch {
	case o != wantsTLS && o != wantsCertificate:
		return o
	case engine != testdb.Postgres: // in the words of a wrong password
		return outcome(fault.AuthFailed)
	case o == wantsTLS:
		return outcome(fault.TLSRequired)
	}
	return outcome(fault.TLSClientCert)
}

// The names of each server: the one in its certificate, and one that is not. No resolver knows either.
const (
	realName  = "db.internal.example"
	aliasName = "alias.internal.example"
)

// world is what the servers and clients have been issued.
type world struct {
	server, client, stranger, nobody *testtls.Authority
	here                             testtls.Request // what the servers ask for
	certificates                     map[string]*testtls.Issued
	folder                           string // with the client's files
	tunnel                           *tunnel.Tunnel
}

func newWorld(t *testing.T) *world {
	w := &world{
		server: testtls.NewAuthority(t, "The Servers' Authority"), client: testtls.NewAuthority(t, "The Clients' Authority"),
		stranger: testtls.NewAuthority(t, "Somebody Else"), nobody: testtls.NewAuthority(t, "Nobody At All"), folder: t.TempDir(), tunnel: openTunnel(t),
	}
	past := time.Date(2021, 6, 1, 12, 0, 0, 0, time.UTC)
	here := testtls.Request{Owner: realName, Names: []string{realName, "localhost"}, Addresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	w.here = here
	early := here
	early.NotBefore, early.Expiry = past.AddDate(78, 0, 0), past.AddDate(79, 0, 0)
	w.certificates = map[string]*testtls.Issued{
		"good": w.server.Issue(t, here), "expired": w.server.Issue(t, here), "early": w.server.Issue(t, early),
		"elsewhere": w.server.Issue(t, testtls.Request{Owner: "other.example", Names: []string{"other.example", "third.example"}, Addresses: []net.IP{net.IPv4(192, 0, 2, 7)}}),
		"nameless":  w.server.Issue(t, testtls.Request{Owner: realName}),
		"stranger":  w.stranger.Issue(t, here),
	}
	write(t, w.file("root.crt"), string(w.server.PEM()))
	w.client.Issue(t, testtls.Request{Owner: "certified", Client: true}).Write(t, w.folder, "client")
	w.client.Issue(t, testtls.Request{Owner: "certified", Client: true, NotBefore: past.AddDate(-1, 0, 0), Expiry: past}).Write(t, w.folder, "late")
	w.nobody.Issue(t, testtls.Request{Owner: "certified", Client: true}).Write(t, w.folder, "impostor")
	return w
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (w *world) file(name string) string { return filepath.Join(w.folder, name) }

// pair is a server that offers TLS and one that does not.
type pair struct{ offers, plain *testtls.Server }

var engines = map[string]engine.Engine{testdb.Postgres: postgres.Engine{}, testdb.MySQL: mysql.Engine{}, testdb.MariaDB: mysql.Engine{}}

// more are options for what a server is asked to do besides: MariaDB's PAM wants passwords in clear text.
var more = map[string][]string{"mariadb11.8": {"--loose-pam-use-cleartext-plugin=1"}}

// startAll starts all servers at once.
func (w *world) startAll(t *testing.T) []pair {
	var all []pair
	for _, name := range []string{"postgres17", "mariadb11.8", "mysql9.7"} {
		if only := os.Getenv("DBSTRUCT_TEST_SERVERS"); only != "" && !slices.Contains(strings.Split(only, ","), name) {
			continue
		}
		all = append(all, pair{
			testtls.Start(t, name, testtls.Options{More: more[name], Certificates: w.certificates, Trusts: []*testtls.Authority{w.client, w.server, w.stranger}, Rules: []string{
				"hostssl all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-ca",
				"hostnossl all certified 127.0.0.1/32 reject",
				"host all old 127.0.0.1/32 md5",
			}}),
			testtls.Start(t, name, testtls.Options{}),
		})
	}
	for _, p := range all {
		p.offers.Await(t)
		p.plain.Await(t)
		account := "CREATE USER certified@'%' IDENTIFIED BY '" + p.offers.Password + "' REQUIRE X509; GRANT ALL ON mysql.* TO certified@'%'"
		if p.offers.Engine == testdb.Postgres {
			account = "CREATE ROLE certified LOGIN PASSWORD '" + p.offers.Password + "'"
		}
		p.offers.Database().Exec(t, account)
	}
	return all
}

// attempt is one attempt to connect.
type attempt struct {
	server *testtls.Server
	mode   string
	user   string
	shows  string
	way    way
}

func (a attempt) config(w *world) engine.Config {
	cfg := engine.Config{
		Scheme: a.server.Engine, Host: a.server.Host, Port: a.server.Port, User: a.user, Password: a.server.Password,
		Database: a.server.Database().Name, Params: url.Values{"sslmode": {a.mode}}, ConnectTimeout: 5 * time.Second,
	}
	if strings.HasPrefix(a.mode, "verify-") {
		cfg.Params.Set("sslrootcert", w.file("root.crt"))
	}
	if a.shows != "" {
		cfg.Params.Set("sslcert", w.file(a.shows+".crt"))
		cfg.Params.Set("sslkey", w.file(a.shows+".key"))
	}
	a.way.lead(w, &cfg)
	return cfg
}

// connect tells how the attempt ends. What it says of encryption is the server's word where that can be had.
func (a attempt) connect(t *testing.T, w *world) (outcome, error) {
	t.Helper()
	cfg := a.config(w)
	var dials atomic.Int32
	if dial := cfg.Dial; dial != nil {
		cfg.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			dials.Add(1)
			return dial(ctx, network, address)
		}
	}
	handshakes := 0
	cfg.Secured = func(tls.ConnectionState) { handshakes++ }
	conn, err := engines[a.server.Engine].Open(t.Context(), cfg)
	if cfg.Dial != nil && dials.Load() == 0 {
		t.Errorf("the server was sought in another way than %s", a.way)
	}
	if err != nil {
		return outcome(fault.CodeOf(err)), err
	}
	defer conn.Close()
	got := plain
	if handshakes > 0 {
		got = encrypted
	}
	if a.server.Engine == testdb.Postgres {
		err := conn.Exec(t.Context(), "SELECT 1 / ssl::int FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()")
		if (err == nil) != (got == encrypted) {
			t.Errorf("the server has another view of the encryption: %v", err)
		}
	}
	return got, nil
}

// present makes the server present a certificate, and waits until it does.
func present(t *testing.T, w *world, s *testtls.Server, name string) {
	t.Helper()
	want := w.certificates[name]
	if name == "expired" { // MySQL takes none that has expired; in life they do so while they are in use
		r := w.here
		r.Expiry = time.Now().Add(3 * time.Second)
		want = w.server.IssueFor(t, want.Key, r)
		s.Renew(t, name, want)
		defer func() { time.Sleep(time.Until(want.Certificate.NotAfter.Add(time.Second))) }()
	}
	s.Present(t, name)
	for range 100 {
		var seen tls.ConnectionState
		cfg := attempt{server: s, mode: "require", user: "dbstruct", way: direct}.config(w)
		cfg.Secured = func(state tls.ConnectionState) { seen = state }
		if conn, err := engines[s.Engine].Open(t.Context(), cfg); err == nil {
			conn.Close()
		}
		if len(seen.PeerCertificates) > 0 && seen.PeerCertificates[0].Equal(want.Certificate) {
			if seen.Version < tls.VersionTLS12 {
				t.Errorf("%s speaks %s", s.Name, tls.VersionName(seen.Version))
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s does not present its certificate %q:\n%s", s.Name, name, s.Log())
}

// TestSecureConnections starts each server once and does with it all there is to do.
func TestSecureConnections(t *testing.T) {
	w := newWorld(t)
	for _, p := range w.startAll(t) {
		t.Run(p.offers.Name, func(t *testing.T) {
			t.Parallel()
			t.Run("every mode means the same", func(t *testing.T) { p.modes(t, w) })
			t.Run("logging in", func(t *testing.T) { p.logins(t, w) })
		})
	}
}

// modes holds the matrix against one kind of server.
func (p pair) modes(t *testing.T, w *world) {
	presents := "good"
	for _, c := range cases {
		server := p.offers
		if server.Engine == testdb.MySQL && c.presents == "early" {
			continue // it takes no certificate that is not valid when it is loaded
		}
		switch {
		case c.presents == "":
			server = p.plain
		case c.presents != presents:
			present(t, w, server, c.presents)
			presents = c.presents
		}
		for i, mode := range tlsconf.Modes {
			for _, way := range ways {
				a := attempt{server, mode, c.user, c.shows, way}
				t.Run(c.name+"/"+mode+"/"+string(way), func(t *testing.T) {
					got, err := a.connect(t, w)
					if want := said(server.Engine, c.want[i]); got != want {
						t.Fatalf("it ends as %q, not %q: %v", got, want, err)
					}
					if err != nil && c.want[i] != wantsTLS {
						says(t, err, way.host(), c.says, server.Password)
					}
				})
			}
		}
	}
}

// says demands parts of an error's sentence, in which HOST stands for the server's name.
func says(t *testing.T, err error, host string, parts []string, secret string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(part, "common name HOST") {
			part = strings.ReplaceAll(part, "HOST", realName)
		}
		part = strings.ReplaceAll(part, "TODAY", time.Now().UTC().Format("2006-01-02"))
		if part = strings.ReplaceAll(part, "HOST", host); !strings.Contains(err.Error(), part) {
			t.Errorf("%q is missing in: %v", part, err)
		}
	}
	if secret != "" && strings.Contains(err.Error(), secret) {
		t.Errorf("the password is in: %v", err)
	}
}
