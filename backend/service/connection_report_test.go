package service

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

// draftOf is a draft that reaches a test database.
func draftOf(db *testdb.DB) Draft {
	s := db.Server
	return Draft{
		Connection: store.Connection{Name: s.Name, Engine: s.Engine, Host: s.Host, Port: s.Port, User: s.User, Database: db.Name},
		Secrets:    map[secret.Field]SecretChange{secret.Password: {SetSecret, s.Password}},
	}
}

func eachServer(t *testing.T, test func(t *testing.T, s testdb.Server)) {
	for _, s := range testdb.Servers(t) {
		t.Run(s.Name, func(t *testing.T) { test(t, s) })
	}
}

// outcome is a report in short: each step with + (passed), - (skipped) or the code of its fault.
func outcome(r Report) string {
	var out []string
	for _, s := range r.Steps {
		switch {
		case s.OK:
			out = append(out, s.Name+"+")
		case s.Skipped:
			out = append(out, s.Name+"-")
		case s.Fault != nil:
			out = append(out, s.Name+" "+string(s.Fault.Code))
		default:
			out = append(out, s.Name+" ?")
		}
	}
	return strings.Join(out, ", ")
}

func TestAWorkingConnectionPassesEveryStep(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := s.Create(t)
		db.Load(t, "CREATE TABLE a (i int); CREATE TABLE b (i int); CREATE VIEW v AS SELECT * FROM a")
		c := installation{t.TempDir()}.start(t)
		d := draftOf(db)
		d.Name, d.Host = "", "localhost" // a name to resolve
		r, err := c.Test(t.Context(), d, nil)
		must(t, err)
		want := "resolve+, connect+, tls+, login+, version+, database+, rights+"
		if r.Encrypted == "" { // not every server has a certificate
			want = strings.Replace(want, "tls+", "tls-", 1)
		}
		if got := outcome(r); !r.OK || got != want {
			t.Errorf("%s\n%+v", got, r)
		}
		if d := r.Steps[2].Detail; r.Encrypted != "" && (d["cipher"] == "" || d["subject"] == "" || d["issuer"] == "" || len(d["expires"]) != len("2006-01-02T15:04:05Z")) {
			t.Errorf("the certificate is told as %v", d)
		}
		if r.Rights.Tables != 2 || r.Rights.Schemas != 1 || len(r.Rights.Notices) != 0 || r.LatencyMillis <= 0 || r.LatencyMillis > 5000 {
			t.Errorf("rights %+v, latency %f ms", r.Rights, r.LatencyMillis)
		}
		if r.Flavor == "" || !strings.HasPrefix(s.Version, r.Version) || r.Steps[0].Detail["host"] != "localhost" ||
			!strings.HasSuffix(r.Steps[1].Detail["address"], fmt.Sprintf(":%d", s.Port)) || r.Steps[1].Duration <= 0 {
			t.Errorf("%+v", r)
		}
	})
}

func TestAFailureIsReportedAtItsStep(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := closed.Addr().(*net.TCPAddr).Port
	must(t, closed.Close())
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts, and never answers
	must(t, err)
	defer silent.Close()
	tried := map[string]bool{}
	eachServer(t, func(t *testing.T, s testdb.Server) {
		if tried[s.Engine] { // the steps are told apart by what the driver says
			return
		}
		tried[s.Engine] = true
		db := s.Create(t)
		for _, test := range []struct {
			name   string
			change func(*Draft)
			want   string // the outcome's beginning; tls? stands for either
		}{
			{"no such host", func(d *Draft) { d.Host = "no-such-host.invalid" }, "resolve unreachable, connect-, tls-, login-, version-"},
			{"nobody listens", func(d *Draft) { d.Port = port }, "resolve-, connect unreachable, tls-, login-"},
			{"no such socket", func(d *Draft) { d.Host, d.Socket = "", "/no/such/socket" }, "resolve-, connect unreachable, tls-, login-"},
			{"no answer", func(d *Draft) {
				d.Port, d.ConnectTimeout = silent.Addr().(*net.TCPAddr).Port, 1
			}, "resolve-, connect+, tls-, login unreachable, version-"},
			{"wrong password", func(d *Draft) { d.Secrets[secret.Password] = SecretChange{SetSecret, "wrong"} }, "resolve-, connect+, tls?, login auth_failed, version-"},
			{"no such database", func(d *Draft) { d.Database = "not there" }, "resolve-, connect+, tls?, login+, version-, database no_database, rights-"},
			{"a certificate that nobody vouches for", func(d *Draft) { d.TLS.Mode = "verify-full" }, "resolve-, connect+, tls tls_"},
		} {
			t.Run(test.name, func(t *testing.T) {
				c := installation{t.TempDir()}.start(t)
				d := draftOf(db)
				test.change(&d)
				r, err := c.Test(t.Context(), d, nil)
				must(t, err)
				got := outcome(r)
				if r.OK || !strings.HasPrefix(got, strings.Replace(test.want, "tls?", "tls-", 1)) && !strings.HasPrefix(got, strings.Replace(test.want, "tls?", "tls+", 1)) {
					t.Errorf("%s", got)
				}
			})
		}
	})
}

func TestWhatMayNotBeSeenIsTold(t *testing.T) {
	for _, s := range testdb.Servers(t, testdb.MySQL, testdb.MariaDB) {
		t.Run(s.Name, func(t *testing.T) {
			db := s.Create(t)
			user := "u" + db.Name[max(0, len(db.Name)-20):]
			db.Exec(t, fmt.Sprintf("CREATE TABLE a (i int); CREATE TABLE b (i int); CREATE USER %[1]s IDENTIFIED BY 'pw'; GRANT SELECT ON %[2]s.a TO %[1]s", user, db.Name))
			t.Cleanup(func() {
				if err := db.ExecContext(context.Background(), "DROP USER "+user); err != nil {
					t.Error(err)
				}
			})
			c := installation{t.TempDir()}.start(t)
			d := draftOf(db)
			d.User, d.Secrets[secret.Password] = user, SecretChange{SetSecret, "pw"}
			r, err := c.Test(t.Context(), d, nil)
			must(t, err)
			if !r.OK || r.Rights.Tables != 1 || len(r.Rights.Notices) != 4 {
				t.Errorf("%s, %+v", outcome(r), r.Rights)
			}
		})
	}
}

func TestTheCertificateHasToBeForTheNameThatIsGiven(t *testing.T) {
	for _, s := range testdb.Servers(t, testdb.MySQL) { // which makes itself a certificate, for no host at all
		c := installation{t.TempDir()}.start(t)
		d := draftOf(s.Create(t))
		d.TLS = store.TLS{Mode: "verify-full", ServerName: "real.example"}
		r, err := c.Test(t.Context(), d, nil)
		must(t, err)
		if f := r.Steps[2].Fault; f == nil || f.Code != fault.TLSUnknownCA && f.Code != fault.TLSWrongName || !strings.Contains(f.Error(), "real.example") {
			t.Errorf("%s: %v", outcome(r), f)
		}
	}
}

func TestAFileIsTestedWithoutANetwork(t *testing.T) {
	dir := t.TempDir()
	c := installation{dir}.start(t)
	d := Draft{Connection: store.Connection{Engine: "sqlite", File: filepath.Join(dir, "store.db")}} // the program's own is a database too
	r, err := c.Test(t.Context(), d, nil)
	must(t, err)
	if got := outcome(r); !r.OK || got != "resolve-, connect-, tls-, login-, version+, database+, rights+" || r.Flavor != "SQLite" || r.Rights.Tables != 5 {
		t.Errorf("%s, %+v", got, r)
	}
	d.File = filepath.Join(dir, "no database")
	must(t, os.WriteFile(d.File, []byte(strings.Repeat("text ", 1000)), 0o600))
	r, err = c.Test(t.Context(), d, nil)
	must(t, err)
	if got := outcome(r); r.OK || got != "resolve-, connect-, tls-, login-, version-, database no_database, rights-" {
		t.Errorf("%s, %+v", got, r)
	}
}

func TestTestingUsesTheSavedPassword(t *testing.T) {
	db := testdb.Servers(t)[0].Create(t)
	_, c := inVault(t)
	d := draftOf(db)
	d.ID = save(t, c, d).ID
	d.Secrets = nil
	for _, test := range []struct {
		name   string
		change func(*Draft)
		given  Given
		want   fault.Code // of the error, or of the log-in
	}{
		{"kept", func(*Draft) {}, nil, ""},
		{"replaced in the draft", func(d *Draft) { d.Secrets = map[secret.Field]SecretChange{secret.Password: {SetSecret, "wrong"}} }, nil, fault.AuthFailed},
		{"given", func(*Draft) {}, Given{secret.Password: "wrong"}, fault.AuthFailed},
		{"to be asked for", func(d *Draft) { d.AskPassword = true }, nil, fault.SecretMissing},
		{"to be asked for, and given", func(d *Draft) { d.AskPassword = true }, Given{secret.Password: db.Server.Password}, ""},
		{"of a connection that is gone", func(d *Draft) { d.ID = "gone" }, nil, fault.NotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := d
			test.change(&d)
			r, err := c.Test(t.Context(), d, test.given)
			var code fault.Code
			if err != nil {
				code = fault.CodeOf(err)
			} else if f := r.Steps[3].Fault; f != nil {
				code = f.Code
			}
			if code != test.want || r.OK != (test.want == "") {
				t.Errorf("got %q, want %q; %s, %v", code, test.want, outcome(r), err)
			}
		})
	}
	c.Secrets().Lock()
	_, err := c.Test(t.Context(), d, nil)
	wantCode(t, err, fault.SecretsLocked)
}

func TestATestCanBeCancelled(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer silent.Close()
	c := installation{t.TempDir()}.start(t)
	for _, engine := range []string{"postgres", "mysql"} {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			conn, err := silent.Accept()
			if err == nil {
				defer conn.Close()
			}
			cancel()
			<-t.Context().Done()
		}()
		d := Draft{Connection: store.Connection{Engine: engine, Host: "127.0.0.1", Port: silent.Addr().(*net.TCPAddr).Port, Database: "d", User: "u"}}
		_, err = c.Test(ctx, d, nil)
		wantCode(t, err, fault.Cancelled)
	}
}

func TestADraftWithProblemsIsNotTried(t *testing.T) {
	_, c := inVault(t)
	d := shopDraft()
	d.Port = -1
	_, err := c.Test(t.Context(), d, nil)
	wantCode(t, err, fault.BadInput)
}
