package cli_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testtls"
)

// canaries are secrets that must turn up nowhere. Each holds characters that some notation would escape.
var canaries = struct{ password, wrong, ssh, passphrase, tls, master, other string }{
	`cAnAry-pw"@:/%é`, `cAnAry-wrong\?#&`, `cAnAry-ssh <x>`, `cAnAry-phrase;--`, `cAnAry-tls &=%41`, `cAnAry-master *`, `cAnAry-other $(x)`,
}

// aviary runs the program with secrets wherever they can be and looks at everything that comes out.
type aviary struct {
	*home
	runs int
}

// fly runs the program, and demands an exit code when one is expected: -1 is any.
func (a *aviary) fly(code int, stdin string, args ...string) result {
	a.t.Helper()
	r := a.feed(stdin, args...)
	a.runs++
	for name, text := range map[string]string{"standard output": r.stdout, "standard error": r.stderr} {
		if i := strings.Index(text, "cAnAry"); i >= 0 {
			a.t.Errorf("%s of %.60q: …%q", name, args, text[max(0, i-80):min(len(text), i+60)])
		}
	}
	if code >= 0 && r.code != code {
		a.t.Errorf("%q exits with %d\n%s\n%s", args, r.code, r.stdout, r.stderr)
	}
	return r
}

// land looks at every file that was written.
func (a *aviary) land() {
	a.t.Helper()
	a.noSecrets("cAnAry", url.QueryEscape(canaries.password))
	if a.runs < 60 {
		a.t.Errorf("only %d runs", a.runs)
	}
}

func TestNoCommandLetsASecretOut(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	a := &aviary{home: h.with("DBSTRUCT_MASTER_PASSWORD="+canaries.master, "PGPASSFILE=/dev/null")}
	a.places()
	for _, s := range some(t) {
		if s.Password != "" {
			a.servers(s)
		}
	}
	a.documents()
	a.commandLines()
	a.land()
}

// places goes through choosing, changing and mistaking the master password.
func (a *aviary) places() {
	other := &aviary{home: a.home.with("DBSTRUCT_MASTER_PASSWORD=" + canaries.other)}
	a.fly(1, canaries.password, "connections", "add", "Early", "mysql://h/d", "--password-stdin") // nothing is chosen
	a.fly(0, "", "connections", "secrets", "vault")
	a.fly(0, "", "connections", "secrets")
	other.fly(1, "", "connections", "secrets", "change-password")
	(&aviary{home: other.with("DBSTRUCT_NEW_MASTER_PASSWORD=" + canaries.wrong)}).fly(1, "", "connections", "secrets", "change-password")
	other.fly(1, "", "connections", "secrets", "vault")
	a.fly(1, "", "connections", "secrets", canaries.password)
	a.fly(0, canaries.password+"\n"+canaries.ssh+"\n"+canaries.passphrase+"\n"+canaries.tls+"\n", "connections", "add", "All", "postgres://me@h.invalid/d",
		"--ssh", "me@no-such-host.invalid", "--ssh-auth", "password", "--password-stdin", "--ssh-password-stdin", "--key-passphrase-stdin", "--tls-key-passphrase-stdin")
	a.fly(1, "", "diff", "All", "All")
	a.fly(1, "", "connections", "test", "All")
	a.fly(1, "", "connections", "test", "All", "--format", "json")
	other.fly(1, "", "diff", "All", "All")
	other.fly(1, "", "connections", "duplicate", "All")
	other.fly(1, "", "connections", "remove", "--yes", "All")
	a.runs += other.runs
}

// canary is the target's URL for a user of its own whose password is a canary.
func canary(t *testing.T, db *testdb.DB) *url.URL {
	t.Helper()
	u, err := url.Parse(edited(t, db, func(*url.URL) {}))
	if err != nil {
		t.Fatal(err)
	}
	user := "c_" + db.Name
	create, drop := fmt.Sprintf("CREATE ROLE %s SUPERUSER LOGIN PASSWORD '%s'", user, canaries.password), "DROP ROLE "+user
	if db.Server.Engine != testdb.Postgres {
		create = fmt.Sprintf("CREATE USER %s@'%%' IDENTIFIED BY '%s'; GRANT ALL ON *.* TO %s@'%%'", user, canaries.password, user)
		drop = "DROP USER " + user + "@'%'"
	}
	db.Exec(t, create)
	t.Cleanup(func() {
		if err := db.ExecContext(context.Background(), drop); err != nil {
			t.Error(err)
		}
	})
	u.User = url.UserPassword(user, canaries.password)
	return u
}

// servers lets every server and every way to fail see the password, by URL and by name.
func (a *aviary) servers(s testdb.Server) {
	t := a.t
	source, target := failing(t, s)
	from, to := canary(t, source), canary(t, target)
	name := "Server " + s.Name
	without := *to
	without.User = url.User(to.User.Username())
	a.fly(0, canaries.password+"\n", "connections", "add", name, without.String(), "--password-stdin")
	a.fly(0, "", "connections", "add", name+" source", from.String())
	a.fly(2, "", "diff", name+" source", name)
	a.fly(2, "", "diff", "--format", "json", from.String(), to.String())
	a.fly(2, "", "diff", "--format", "sql", name+" source", to.String())
	certificate, key := testtls.NewAuthority(t, "Anybody").Issue(t, testtls.Request{Owner: "me", Client: true}).WriteEncrypted(t, t.TempDir(), "me", canaries.tls)
	files := url.Values{"sslmode": {"require"}, "sslcert": {certificate}, "sslkey": {key}}.Encode()
	a.fly(1, "", "sync", "--yes", name+" source", name) // a statement fails
	a.fly(1, "", "sync", "--yes", "--format", "json", name+" source", name)
	a.fly(0, "", "inspect", name)
	a.fly(0, "", "inspect", "--format", "json", to.String())
	a.fly(0, "", "connections", "test", name)
	a.fly(0, "", "connections", "test", to.String(), "--format", "json")
	for _, change := range []func(*url.URL){
		func(u *url.URL) { u.User = url.UserPassword(u.User.Username(), canaries.wrong) },
		func(u *url.URL) { u.User = url.UserPassword("nobody", canaries.password) },
		func(u *url.URL) { u.Path = "/not_there" },
		func(u *url.URL) { u.Host = net.JoinHostPort("127.0.0.1", strconv.Itoa(1)) },
		func(u *url.URL) { u.Host = "no-such-host.invalid" },
		func(u *url.URL) { u.Host, u.RawQuery = "", "host=/no/such/socket" },
		func(u *url.URL) { u.RawQuery = "sslmode=verify-full&sslrootcert=" + os.Args[0] },
		func(u *url.URL) { u.RawQuery = "sslmode=nonsense" },
		func(u *url.URL) { u.RawQuery = "connect_timeout=1&schema=" + canaries.ssh },
		func(u *url.URL) { u.RawQuery = files },
		func(u *url.URL) { u.RawQuery = files + "&sslpassword=" + url.QueryEscape(canaries.wrong) },
		func(u *url.URL) {
			u.Host, u.RawQuery = "127.0.0.1:1", files+"&sslpassword="+url.QueryEscape(canaries.tls)
		},
		func(u *url.URL) { u.RawQuery = "ssh=me@no-such-host.invalid" },
	} {
		broken := *to
		change(&broken)
		a.fly(1, "", "diff", from.String(), broken.String())
		a.fly(1, "", "connections", "test", broken.String())
	}
}

// documents exports, imports and refuses.
func (a *aviary) documents() {
	dir := a.t.TempDir()
	exported := a.fly(0, "", "connections", "export")
	path := filepath.Join(a.dir, "exported.json") // among the files that are looked at
	if err := os.WriteFile(path, []byte(exported.stdout), 0o600); err != nil {
		a.t.Fatal(err)
	}
	a.fly(0, "", "connections", "import", "--dry-run", path)
	for i, leak := range []string{`"password": %q`, `"name": "a", "port": %q`, `%q`} {
		text := `{"format": "database-structure-sync/connections", "version": 1, "connections": [{` + fmt.Sprintf(leak, canaries.password) + `}]}`
		bad := filepath.Join(dir, fmt.Sprintf("%d.json", i))
		if err := os.WriteFile(bad, []byte(text), 0o600); err != nil {
			a.t.Fatal(err)
		}
		a.fly(1, "", "connections", "import", bad)
		a.fly(1, text, "connections", "import", "-")
	}
	a.fly(0, "", "connections", "list")
	a.fly(0, "", "connections", "list", "--format", "json")
	a.fly(0, "", "connections", "show", "All")
	a.fly(0, "", "connections", "show", "All", "--format", "json")
	a.fly(0, "", "connections", "rename", "All", "Everything")
	a.fly(0, "", "connections", "duplicate", "Everything", "Twice")
	a.fly(0, canaries.wrong+"\n", "connections", "edit", "Twice", "--password-stdin")
	a.fly(0, "", "connections", "edit", "Twice", "--ask-password", "--forget-secrets")
	a.fly(1, "", "connections", "edit", "Twice", "postgres://me:"+url.QueryEscape(canaries.password)+"@h:0/d")
	a.fly(1, canaries.wrong+"\n", "connections", "add", "Twice", "mysql://h/d", "--password-stdin")
	a.fly(1, canaries.wrong+"\x00\n", "connections", "edit", "Twice", "--password-stdin")
	a.fly(0, "", "connections", "remove", "--yes", "Everything")
}

// commandLines puts secrets where they do not belong.
func (a *aviary) commandLines() {
	p := canaries.password
	for _, args := range [][]string{
		{p},
		{"diff", p, p},
		{"diff", "--password=" + p, "a", "b"},
		{"diff", "--password", p, "a", "b"},
		{"diff", "-p" + p, "a", "b"},
		{"diff", "-w" + p, "a", "b"},
		{"connections", "add", "x", p},
		{"connections", "add", "x", "mysql://h/d", "--ssh", "me:" + p + "@h"},
		{"connections", p},
		{"connections", "list", p},
		{"connections", "show", p},
		{"connections", "test", p},
		{"connections", "remove", p},
		{"connections", "rename", p, "x"},
		{"connections", "export", p},
		{"connections", "list", "--master-password=" + p},
		{"connections", "add", "x", "mysql://h/d", "--ssh-password=" + p},
		{"connections", "add", "x", "mysql://h/d", "--tls-key-passphrase", p},
		{"sync", p, p, p},
		{"inspect", p},
		{"demo", p},
	} {
		a.fly(1, "", args...)
	}
	for _, form := range []string{"postgres://me:%s@h/d", "mysql://me:%s@h:0/d", "oracle://me:%s@h/d", "postgres://me:%s", "postgres://h/d?password=%s", "mysql://h/d?sslpassword=%s", "sqlite:?%s"} {
		for _, written := range []string{p, url.QueryEscape(p), canaries.wrong, url.QueryEscape(canaries.wrong)} {
			text := fmt.Sprintf(form, written)
			a.fly(1, "", "inspect", "--timeout", "5s", text)
			a.fly(1, "", "connections", "test", "--timeout", "5s", text)
		}
	}
}

func TestSecretsVanishFromTheListOfProcesses(t *testing.T) {
	s := one(t, testdb.Postgres)
	db := s.Create(t)
	silent := newProxy(t, s, "")
	silent.freeze()
	address, err := url.Parse(silent.url(t, db, ""))
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.UserPassword("me", canaries.password)
	p := start(t, nil, "diff", address.String(), "mysql://me:cAnAry-x@"+address.Host+"/d?sslpassword=cAnAry-y&connect_timeout=9", "--exclude", "-pcAnAry-x")
	file := func(name string) string {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.cmd.Process.Pid, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	eventually(t, "the arguments are blanked out", func() bool { return strings.Contains(file("cmdline"), "postgres://me:xxx") })
	if text := file("cmdline"); strings.Contains(text, "cAnAry") || !strings.Contains(text, "@"+address.Host) {
		t.Errorf("the arguments are %q", text)
	}
	for _, l := range strings.Split(file("limits"), "\n") {
		// Exactly one byte: see package private.
		if limits, ok := strings.CutPrefix(l, "Max core file size"); ok && !strings.HasPrefix(strings.Join(strings.Fields(limits), " "), "1 1 ") {
			t.Errorf("a crash would write the memory to a file, or give it to a program: %s", l)
		}
	}
	_ = p.cmd.Process.Kill()
	<-p.done
}
