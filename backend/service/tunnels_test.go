package service

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testssh"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/tunnel"
)

// behind is a user whose databases are reached through SSH hosts.
type behind struct {
	dir     string // ~/.ssh
	public  string
	bastion *testssh.Server
}

// behindBastion makes the user's folder with a key and known hosts, and an SSH host that lets the key in.
func behindBastion(t *testing.T, lines ...string) behind {
	t.Helper()
	for _, s := range ofEachDriver(t) { // whose connections for making databases stay open
		db, err := s.CreateContext(t.Context())
		must(t, err)
		must(t, db.DropContext(t.Context()))
	}
	testssh.NoLeaks(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("SSH_AUTH_SOCK", "")
	b := behind{dir: filepath.Join(home, ".ssh")}
	must(t, os.Mkdir(b.dir, 0o700))
	b.public = testssh.Keygen(t, filepath.Join(b.dir, "id_ed25519"), "-t", "ed25519", "-N", "")
	b.bastion = testssh.Start(t, testssh.Config{Address: "127.0.0.2", Authorized: []string{b.public}, Lines: lines})
	b.knows(t, b.bastion.KnownHost("ed25519"))
	return b
}

func (b behind) knows(t *testing.T, hosts ...string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(b.dir, "known_hosts"), []byte(strings.Join(hosts, "\n")+"\n"), 0o600))
}

// draft is a connection to a test database through the SSH host.
func (b behind) draft(db *testdb.DB) Draft {
	d := draftOf(db)
	d.Name = db.Name
	d.SSH.Enabled, d.SSH.Host, d.SSH.Port, d.SSH.User = true, b.bastion.Host, b.bastion.Port, b.bastion.User
	return d
}

// saved is the configuration of a connection that was saved.
func saved(t *testing.T, c *Connections, d Draft) engine.Config {
	t.Helper()
	cfg, err := c.Config(t.Context(), save(t, c, d).ID, nil)
	must(t, err)
	return cfg
}

// ofEachDriver is one server for every driver.
func ofEachDriver(t *testing.T) []testdb.Server {
	t.Helper()
	seen := map[bool]bool{}
	var out []testdb.Server
	for _, s := range testdb.Servers(t) {
		if postgres := s.Engine == testdb.Postgres; !seen[postgres] {
			seen[postgres] = true
			out = append(out, s)
		}
	}
	return out
}

func aPostgres(t *testing.T) testdb.Server {
	t.Helper()
	return testdb.Servers(t, "postgres")[0]
}

func service(t *testing.T) *Service {
	t.Helper()
	return New(engine.NewRegistry(postgres.Engine{}, mysql.Engine{}))
}

const (
	tunnelSource = "CREATE TABLE a (id int PRIMARY KEY, name varchar(20)); CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY)"
	tunnelTarget = "CREATE TABLE a (id int PRIMARY KEY)"
)

// pair are two databases of a server that differ, as configurations of saved connections through the SSH host.
func (b behind) pair(t *testing.T, s testdb.Server) (source, target engine.Config) {
	t.Helper()
	_, c := inVault(t)
	from, to := s.Create(t), s.Create(t)
	from.Load(t, tunnelSource)
	to.Load(t, tunnelTarget)
	return saved(t, c, b.draft(from)), saved(t, c, b.draft(to))
}

func TestComparingAndExecutingThroughAnSSHHost(t *testing.T) {
	for _, s := range ofEachDriver(t) {
		t.Run(s.Name, func(t *testing.T) {
			b := behindBastion(t, "MaxSessions 1", "PermitTTY no")
			source, target := b.pair(t, s)
			svc := service(t)
			c, err := svc.Compare(t.Context(), source, target, compare.Options{})
			must(t, err)
			p := wholePlan(t, c)
			_, err = c.Sync(t.Context(), p, nil)
			must(t, err)
			again, err := svc.Compare(t.Context(), source, target, compare.Options{})
			must(t, err)
			if !again.Equal() {
				t.Error("it still differs")
			}
			if n := strings.Count(b.bastion.Log(), "Accepted publickey"); n != 5 { // one for each connection
				t.Errorf("%d log-ins to the SSH host", n)
			}
		})
	}
}

func TestATestGoesHopByHop(t *testing.T) {
	for _, s := range ofEachDriver(t) {
		t.Run(s.Name, func(t *testing.T) {
			b := behindBastion(t)
			inner := testssh.Start(t, testssh.Config{Address: "127.0.0.3", Authorized: []string{b.public}})
			b.knows(t, b.bastion.KnownHost("ed25519"), inner.KnownHost("ed25519"))
			_, c := inVault(t)
			d := b.draft(s.Create(t))
			d.Host = "localhost" // a name that the last hop looks up
			d.SSH.Jumps = d.SSH.User + "@" + b.bastion.Address()
			d.SSH.Host, d.SSH.Port = inner.Host, inner.Port
			r, err := c.Test(t.Context(), d, nil)
			must(t, err)
			want := "ssh_connect+, ssh_host_key+, ssh_login+, ssh_connect+, ssh_host_key+, ssh_login+, resolve-, connect+, tls+, login+, version+, database+, rights+"
			if r.Encrypted == "" {
				want = strings.Replace(want, "tls+", "tls-", 1)
			}
			if got := outcome(r); !r.OK || got != want {
				t.Fatalf("%s\n%+v", got, r)
			}
			user := b.bastion.User
			if r.Steps[0].Detail["hop"] != user+"@"+b.bastion.Address() || r.Steps[3].Detail["hop"] != user+"@"+inner.Address() ||
				r.Steps[4].Detail["fingerprint"] != testssh.Fingerprint(t, inner.HostKeys["ed25519"]) || r.Steps[7].Detail["address"] != "localhost:"+strconv.Itoa(s.Port) {
				t.Errorf("%+v", r.Steps)
			}
			b.knows(t, b.bastion.KnownHost("ed25519"))
			r, err = c.Test(t.Context(), d, nil)
			must(t, err)
			want = "ssh_connect+, ssh_host_key+, ssh_login+, ssh_connect+, ssh_host_key host_key_unknown, resolve-, connect-, tls-, login-, version-, database-, rights-"
			if got := outcome(r); r.OK || got != want || !strings.Contains(r.Steps[4].Fault.Error(), inner.Address()) {
				t.Errorf("%s\n%+v", got, r)
			}
			d.Port = 1
			b.knows(t, b.bastion.KnownHost("ed25519"), inner.KnownHost("ed25519"))
			r, err = c.Test(t.Context(), d, nil)
			must(t, err)
			if got := outcome(r); r.OK || !strings.HasSuffix(got, "ssh_login+, resolve-, connect unreachable, tls-, login-, version-, database-, rights-") {
				t.Errorf("%s\n%+v", got, r)
			}
			for _, s := range r.Steps {
				if s.Fault != nil && !strings.Contains(s.Fault.Error(), "by the SSH host "+user+"@"+inner.Address()) {
					t.Error(s.Fault)
				}
			}
		})
	}
}

func TestAURLMayNameAnSSHHost(t *testing.T) {
	b := behindBastion(t)
	must(t, os.WriteFile(filepath.Join(b.dir, "config"), []byte("Host bastion\n HostName "+b.bastion.Host+"\n Port "+strconv.Itoa(b.bastion.Port)+"\n"), 0o600))
	for _, s := range ofEachDriver(t) {
		db := s.Create(t)
		db.Load(t, tunnelTarget)
		for _, host := range []string{b.bastion.User + "@" + b.bastion.Address(), "bastion"} {
			text := db.URL() + "?ssh=" + host
			if strings.Contains(db.URL(), "?") {
				text = db.URL() + "&ssh=" + host
			}
			cfg, err := ParseURL(text)
			must(t, err)
			before := strings.Count(b.bastion.Log(), "Accepted publickey")
			in, err := service(t).Inspect(t.Context(), cfg, nil)
			must(t, err)
			if tables(in) != 1 || strings.Count(b.bastion.Log(), "Accepted publickey") != before+1 {
				t.Errorf("%s: %d tables\n%s", text, tables(in), b.bastion.Log())
			}
		}
	}
}

func TestWithoutItsTunnelADatabaseIsNotReached(t *testing.T) {
	b := behindBastion(t)
	for _, s := range ofEachDriver(t) {
		source, target := b.pair(t, s)
		b.bastion.Kill()
		_, err := service(t).Compare(t.Context(), source, target, compare.Options{})
		wantCode(t, err, fault.TunnelFailed)
		if !strings.Contains(err.Error(), "the SSH host "+b.bastion.User+"@"+b.bastion.Address()+" cannot be reached") {
			t.Error(err)
		}
		source.Route = nil // as nobody should do
		e, err := service(t).engines.Find(source.Scheme)
		must(t, err)
		if conn, err := e.Open(t.Context(), source); err == nil {
			t.Error("it was reached directly")
			_ = conn.Close()
		}
		b.bastion.Run(t)
	}
}

// lost checks an error of a tunnel that was lost.
func (b behind) lost(t *testing.T, err error) {
	t.Helper()
	wantCode(t, err, fault.ConnectionLost)
	if err == nil || !strings.Contains(err.Error(), "the SSH tunnel was lost at the host "+b.bastion.User+"@"+b.bastion.Address()) {
		t.Errorf("the hop is not named: %v", err)
	}
}

// whenAsked is a way on which something is done when the program asks the server for its catalogue, before that is sent.
func whenAsked(open func(context.Context) (engine.Route, error), do func()) func(context.Context) (engine.Route, error) {
	return func(ctx context.Context) (engine.Route, error) {
		route, err := open(ctx)
		return &overheard{route, do}, err
	}
}

type overheard struct {
	engine.Route
	do func()
}

func (o *overheard) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := o.Route.DialContext(ctx, network, address)
	return &overheardConn{conn, o.do}, err
}

type overheardConn struct {
	net.Conn
	do func()
}

func (o *overheardConn) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("information_schema")) || bytes.Contains(p, []byte("pg_namespace")) {
		o.do()
	}
	return o.Conn.Write(p)
}

func TestATunnelLostWhileComparingIsNamed(t *testing.T) {
	for _, s := range ofEachDriver(t) {
		for name, cut := range map[string]func(*testssh.Server){"killed": (*testssh.Server).Kill, "silent": (*testssh.Server).Freeze} {
			t.Run(s.Name+" "+name, func(t *testing.T) {
				b := behindBastion(t)
				source, target := b.pair(t, s)
				source.Params.Set("sslmode", "disable") // what is sent is to be read
				var once sync.Once
				var at time.Time
				source.Route = whenAsked(source.Route, func() {
					once.Do(func() {
						cut(b.bastion)
						at = time.Now()
					})
				})
				_, err := service(t).Compare(t.Context(), source, target, compare.Options{})
				b.lost(t, err)
				var side *compare.SideError
				if !errors.As(err, &side) {
					t.Errorf("the side is not named: %v", err)
				}
				if took := time.Since(at); took > 15*time.Second {
					t.Errorf("it took %s", took)
				} else {
					t.Logf("after %s: %v", took.Round(time.Millisecond), err)
				}
			})
		}
	}
}

func TestATunnelLostWhileExecutingIsNamedAndTheTargetLookedAt(t *testing.T) {
	for _, s := range ofEachDriver(t) {
		for name, cut := range map[string]func(*testssh.Server){"for good": (*testssh.Server).Kill, "once": (*testssh.Server).KillSessions} {
			t.Run(s.Name+" "+name, func(t *testing.T) {
				b := behindBastion(t)
				source, target := b.pair(t, s)
				c, err := service(t).Compare(t.Context(), source, target, compare.Options{})
				must(t, err)
				_, err = c.Sync(t.Context(), wholePlan(t, c), func(e run.Event) {
					if e.Phase == run.Executing && e.Index == 1 && !e.Done {
						cut(b.bastion)
					}
				})
				b.lost(t, err)
				var partial *run.PartialError
				if !errors.As(err, &partial) {
					t.Fatalf("%v", err)
				}
				t.Logf("%v; %v", err, partial.StateErr)
				// A transaction is rolled back, whatever happens to the connection.
				if again := name == "once" || s.Engine == testdb.Postgres; again != (partial.StateErr == nil) {
					t.Errorf("looking at the target again: %v", partial.StateErr)
				} else if !again && !strings.Contains(partial.StateErr.Error(), b.bastion.Address()) {
					t.Errorf("the hop is not named: %v", partial.StateErr)
				}
			})
		}
	}
}

func TestCancellingEndsEverythingAtOnce(t *testing.T) {
	b := behindBastion(t)
	s := aPostgres(t)
	_, c := inVault(t)
	cfg := saved(t, c, b.draft(s.Create(t)))
	e, err := service(t).engines.Find(cfg.Scheme)
	must(t, err)
	conn, err := openDatabase(t.Context(), e, cfg)
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, cancel)
	began := time.Now()
	err = conn.Exec(ctx, "SELECT pg_sleep(20)")
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
	wantCode(t, err, fault.Cancelled)
	must(t, conn.Close())
	// While the tunnel is being opened.
	b.bastion.Freeze()
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, cancel)
	began = time.Now()
	_, err = openDatabase(ctx, e, cfg)
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %s", took)
	}
	wantCode(t, err, fault.Cancelled)
}

// teller answers with one secret and counts the questions.
type teller struct {
	tunnel.NoAsker
	value string
	asked []tunnel.SecretQuestion
}

func (a *teller) Secret(_ context.Context, q tunnel.SecretQuestion) (string, bool, error) {
	a.asked = append(a.asked, q)
	return a.value, true, nil
}

func TestKeptSSHSecretsAreUsedBeforeAnybodyIsAsked(t *testing.T) {
	b := behindBastion(t)
	locked := filepath.Join(b.dir, "locked")
	public := testssh.Keygen(t, locked, "-t", "ed25519", "-N", "open sesame")
	account := testssh.Account(t, "correct horse")
	b.bastion = testssh.Start(t, testssh.Config{Authorized: []string{public}, PAM: true})
	b.knows(t, b.bastion.KnownHost("ed25519"))
	s := aPostgres(t)
	_, c := inVault(t)
	me := &teller{value: "open sesame"}
	c.Asker = me
	byKey := b.draft(s.Create(t))
	byKey.SSH.Auth, byKey.SSH.KeyFile = "key", locked
	byAnotherKey := b.draft(s.Create(t))
	byAnotherKey.SSH = byKey.SSH
	byPassword := b.draft(s.Create(t))
	byPassword.SSH.Auth, byPassword.SSH.User = "password", account

	// Asked for, and for one configuration not twice.
	source, target := saved(t, c, byKey), saved(t, c, byAnotherKey)
	for range 2 {
		_, err := service(t).Compare(t.Context(), source, target, compare.Options{})
		must(t, err)
	}
	if len(me.asked) != 2 || me.asked[0].KeyFile != locked {
		t.Errorf("%+v", me.asked)
	}
	// Kept.
	me.asked = nil
	byKey.Name, byKey.Secrets[secret.KeyPassphrase] = "kept", SecretChange{SetSecret, "open sesame"}
	byPassword.Secrets[secret.SSHPassword] = SecretChange{SetSecret, "correct horse"}
	source, target = saved(t, c, byKey), saved(t, c, byPassword)
	_, err := service(t).Compare(t.Context(), source, target, compare.Options{})
	must(t, err)
	// Of a draft that is being tested, and given for once.
	r, err := c.Test(t.Context(), byPassword, nil)
	must(t, err)
	byPassword.Secrets[secret.SSHPassword] = SecretChange{SetSecret, "wrong"}
	given, err := c.Test(t.Context(), byPassword, Given{secret.SSHPassword: "correct horse"})
	must(t, err)
	if !r.OK || !given.OK || len(me.asked) != 0 {
		t.Errorf("%s; %s; %+v", outcome(r), outcome(given), me.asked)
	}
	// A kept one that is wrong is asked for.
	byPassword.Name = "outdated"
	me.value = "correct horse"
	_, err = service(t).Inspect(t.Context(), saved(t, c, byPassword), nil)
	must(t, err)
	if len(me.asked) != 1 || me.asked[0].Attempt != 2 {
		t.Errorf("%+v", me.asked)
	}
	// Nobody to ask.
	c.Asker = nil
	byPassword.Name, byPassword.SSH.AskSecret = "to be asked for", true
	cfg := saved(t, c, byPassword)
	_, err = service(t).Inspect(t.Context(), cfg, nil)
	wantCode(t, err, fault.SecretMissing)
	byPassword.Secrets = map[secret.Field]SecretChange{secret.Password: byPassword.Secrets[secret.Password]}
	_, err = c.Test(t.Context(), byPassword, nil)
	wantCode(t, err, fault.SecretMissing)
}

func TestTheKeptPasswordIsNotShownToJumpHosts(t *testing.T) {
	b := behindBastion(t)
	account := testssh.Account(t, "correct horse")
	jump := testssh.Start(t, testssh.Config{Address: "127.0.0.3", PAM: true, Lines: []string{"PubkeyAuthentication no"}})
	b.knows(t, b.bastion.KnownHost("ed25519"), jump.KnownHost("ed25519"))
	_, c := inVault(t)
	d := b.draft(aPostgres(t).Create(t))
	d.SSH.Jumps = account + "@" + jump.Address()
	d.Secrets[secret.SSHPassword] = SecretChange{SetSecret, "correct horse"}
	me := &teller{value: "not it"}
	c.Asker = me
	_, err := service(t).Inspect(t.Context(), saved(t, c, d), nil)
	wantCode(t, err, fault.SSHAuthFailed)
	if len(me.asked) == 0 || !strings.Contains(err.Error(), jump.Address()) {
		t.Errorf("%v, %+v", err, me.asked)
	}
}

func wholePlan(t *testing.T, c *Comparison) *plan.Plan {
	t.Helper()
	p, err := c.Plan(true)
	must(t, err)
	if len(p.Statements) < 3 {
		t.Fatalf("%d statements", len(p.Statements))
	}
	return p
}

// tables counts those of a database.
func tables(in *Inspection) int {
	n := 0
	for _, o := range in.Database.Objects() {
		if o.Key().Kind == schema.KindTable {
			n++
		}
	}
	return n
}

func TestNoSSHSecretLeaves(t *testing.T) {
	b := behindBastion(t)
	phrase, right, wrong := canaries["passphrase"], canaries["SSH password"], canaries["wrong password"]
	locked := filepath.Join(b.dir, "locked")
	public := testssh.Keygen(t, locked, "-t", "ed25519", "-N", phrase)
	account := testssh.Account(t, right)
	s := testssh.Start(t, testssh.Config{Authorized: []string{public}, PAM: true})
	b.knows(t, s.KnownHost("ed25519"))
	b.bastion = s
	in := installation{t.TempDir()}
	out := &everything{}
	done := out.printed(t)
	c := in.start(t)
	exerciseVault(t, c, out)
	me := &teller{value: wrong}
	c.Asker = me
	db := aPostgres(t).Create(t)
	for i, change := range []func(*Draft){
		func(d *Draft) { d.SSH.Auth, d.SSH.User = "password", account },
		func(d *Draft) { d.SSH.Auth, d.SSH.User, me.value = "interactive", account, right },
		func(d *Draft) { d.SSH.Auth, d.SSH.KeyFile = "key", locked },
		func(d *Draft) { d.SSH.Auth, d.SSH.KeyFile, d.Port = "key", locked, 1 },
		func(d *Draft) {
			d.SSH.Auth, d.SSH.KeyFile = "key", locked
			d.Secrets[secret.KeyPassphrase] = SecretChange{SetSecret, wrong}
		},
	} {
		d := b.draft(db)
		d.Name = strconv.Itoa(i)
		d.Secrets[secret.Password] = SecretChange{SetSecret, canaries["password"]}
		d.Secrets[secret.SSHPassword] = SecretChange{SetSecret, wrong}
		d.Secrets[secret.KeyPassphrase] = SecretChange{SetSecret, phrase}
		change(&d)
		r, err := c.Test(t.Context(), d, nil)
		out.saw(d, r, err)
		for _, step := range r.Steps {
			out.saw(step)
			if step.Fault != nil {
				out.saw(step.Fault)
			}
		}
		summary, err := c.Save(t.Context(), d)
		out.saw(summary, err)
		cfg, err := c.Config(t.Context(), summary.ID, Given{secret.Password: "not this one"})
		out.saw(err)
		_, err = service(t).Inspect(t.Context(), cfg, nil)
		out.saw(err)
	}
	text, err := c.Export(t.Context())
	out.saw(text, err, me.asked)
	out.saw(s.Log())
	done()
	out.check(t, in.dir)
}
