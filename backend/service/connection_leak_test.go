package service

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testtls"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

// canaries are secrets that must turn up nowhere. Each holds characters that some notation would escape.
var canaries = map[string]string{
	"password":        "cAnAry-pw'\"@:/%",
	"wrong password":  "cAnAry-wrong\\?#&",
	"SSH password":    "cAnAry-ssh <é>",
	"passphrase":      "cAnAry-phrase;--",
	"TLS passphrase":  "cAnAry-tls &=%41",
	"master password": "cAnAry-master *",
	"another master":  "cAnAry-other $(x)",
}

// everything is all that the program has let out: results, errors, what it printed and wrote.
type everything struct{ out strings.Builder }

// saw takes down a value in every notation that a log or a window might use.
func (e *everything) saw(values ...any) {
	for _, v := range values {
		fmt.Fprintf(&e.out, "%v\n%+v\n%#v\n", v, v, v)
		if err, ok := v.(error); ok {
			for ; err != nil; err = unwrap(err) {
				fmt.Fprintf(&e.out, "%s %+v\n", err, err)
			}
			continue
		}
		if text, err := json.Marshal(v); err == nil {
			e.out.Write(text)
		}
		if text, ok := v.([]byte); ok {
			e.out.Write(text)
		}
	}
}

func unwrap(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return nil
}

// printed takes down what a test prints while it runs.
func (e *everything) printed(t *testing.T) (done func()) {
	file, err := os.CreateTemp(t.TempDir(), "")
	must(t, err)
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = file, file
	log.SetOutput(file)
	return func() {
		os.Stdout, os.Stderr = stdout, stderr
		log.SetOutput(stderr)
		text, err := os.ReadFile(file.Name())
		must(t, err)
		must(t, file.Close())
		e.out.Write(text)
	}
}

// check looks for the canaries in everything and in every byte of the folder.
func (e *everything) check(t *testing.T, dir string) {
	t.Helper()
	where := map[string]string{"what came out": e.out.String()}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		where[path] = string(data)
		return err
	})
	must(t, err)
	if len(where) < 4 || e.out.Len() < 10_000 { // the store with its log, the vault
		t.Fatalf("looked at %d places and %d bytes only", len(where), e.out.Len())
	}
	for place, text := range where {
		// Whatever the notation does to the rest, this part stays.
		for i := 0; i < len(text); i++ {
			next := strings.Index(text[i:], "cAnAry-")
			if next < 0 {
				break
			}
			i += next
			t.Errorf("in %s: …%q", place, text[max(0, i-60):min(len(text), i+40)])
		}
	}
}

func TestNoSecretLeavesByAnyPath(t *testing.T) {
	in := installation{t.TempDir()}
	out := &everything{}
	done := out.printed(t)
	c := in.start(t)
	exerciseVault(t, c, out)
	exerciseDrafts(t, c, out)
	exerciseServers(t, c, out)
	exerciseDocuments(t, c, out)
	c = in.start(t) // with the vault locked
	all, err := c.List(t.Context())
	out.saw(all, err)
	for _, s := range all {
		_, err := c.Config(t.Context(), s.ID, nil)
		out.saw(err, c.URLOf(Draft{Connection: s.Connection}))
		_, err = c.Duplicate(t.Context(), s.ID)
		out.saw(err)
		out.saw(c.Delete(t.Context(), s.ID))
	}
	damaged := filepath.Join(in.dir, "vault.bin")
	data, err := os.ReadFile(damaged)
	must(t, err)
	must(t, os.WriteFile(damaged, data[:len(data)-1], 0o600))
	out.saw(c.Secrets().Unlock(t.Context(), canaries["master password"]))
	must(t, os.WriteFile(damaged, data, 0o600))
	done()
	out.check(t, in.dir)
}

// exerciseVault goes through choosing, changing and mistaking the master password, and leaves the vault unlocked.
func exerciseVault(t *testing.T, c *Connections, out *everything) {
	secrets, master := c.Secrets(), canaries["master password"]
	ctx := t.Context()
	_, err := c.Save(ctx, leakyDraft()) // nothing is chosen
	out.saw(err, secrets.Unlock(ctx, master))
	out.saw(Move{secret.Vault, master, false}, secrets.Choose(ctx, secret.Kind("safe"), master))
	moved, err := c.MoveSecrets(ctx, Move{secret.Vault, master, false})
	out.saw(moved, err, secrets.Unlock(ctx, canaries["wrong password"]))
	out.saw(secrets.ChangeMasterPassword(ctx, canaries["wrong password"], canaries["another master"]))
	out.saw(secrets.ChangeMasterPassword(ctx, master, canaries["another master"]))
	out.saw(secrets.ChangeMasterPassword(ctx, canaries["another master"], master))
	status, err := secrets.Status(ctx)
	out.saw(status, err, secrets)
	if status.Kind != secret.Vault || status.Locked {
		t.Fatalf("%+v", status)
	}
}

func leakyDraft() Draft {
	d := shopDraft()
	d.Secrets = map[secret.Field]SecretChange{
		secret.Password: {SetSecret, canaries["password"]}, secret.SSHPassword: {SetSecret, canaries["SSH password"]},
		secret.KeyPassphrase: {SetSecret, canaries["passphrase"]}, secret.TLSKeyPassphrase: {SetSecret, canaries["TLS passphrase"]},
	}
	return d
}

// exerciseDrafts saves, changes, copies and refuses.
func exerciseDrafts(t *testing.T, c *Connections, out *everything) {
	ctx := t.Context()
	d := leakyDraft()
	saved, err := c.Save(ctx, d)
	out.saw(d, &d, saved, err, Given{secret.Password: canaries["password"]})
	if got := password(t, c, saved.ID); got != canaries["password"] {
		t.Fatal("the password is not kept")
	}
	again, err := c.Save(ctx, d) // the name is taken
	out.saw(again, err)
	d.Port, d.Secrets[secret.Password] = -1, SecretChange{"leak", canaries["password"] + "\x00"}
	problems, err := c.Validate(ctx, d)
	out.saw(problems, err)
	_, err = c.Save(ctx, d)
	out.saw(err)
	copied, err := c.Duplicate(ctx, saved.ID)
	out.saw(copied, err)
	out.saw(c.Remember(ctx, "gone", secret.Password, canaries["password"], true))
	out.saw(c.Remember(ctx, copied.ID, secret.Password, canaries["wrong password"], false))
	c.AskSecret = func(_ context.Context, conn store.Connection, field secret.Field) (string, bool, error) {
		out.saw(conn, field)
		return canaries["password"], false, nil
	}
	copied.AskPassword = true
	asking, err := c.Save(ctx, Draft{Connection: copied.Connection})
	out.saw(asking, err)
	_, err = c.Config(ctx, copied.ID, nil)
	wantCode(t, err, fault.SecretMissing)
	out.saw(err)
	all, err := c.List(ctx)
	out.saw(all, err, c, c.Secrets())
}

// exerciseServers lets every server and every way to fail see the password.
func exerciseServers(t *testing.T, c *Connections, out *everything) {
	certificate := filepath.Join(t.TempDir(), "no-certificate.pem")
	must(t, writeFile(certificate))
	folder := t.TempDir() // not where secrets are looked for: these files hold none
	shown, locked := testtls.NewAuthority(t, "Anybody").Issue(t, testtls.Request{Owner: "me", Client: true}).WriteEncrypted(t, folder, "me", canaries["SSH password"])
	c.AskPassphrase = func(_ context.Context, q PassphraseQuestion) (string, bool, error) {
		out.saw(q)
		return canaries["wrong password"], true, nil
	}
	for _, s := range testdb.Servers(t) {
		db := s.Create(t)
		for _, change := range []func(*Draft){
			func(*Draft) {},
			func(d *Draft) { d.User = "nobody" },
			func(d *Draft) { d.Database = "not there" },
			func(d *Draft) { d.Port = 1 },
			func(d *Draft) { d.Host = "no-such-host.invalid" },
			func(d *Draft) { d.Host, d.Socket = "", "/no/such/socket" },
			func(d *Draft) { d.TLS.Mode = "verify-full" },
			func(d *Draft) { d.TLS = store.TLS{Mode: "verify-ca", RootCert: certificate} },
			func(d *Draft) { d.TLS = store.TLS{Mode: "require", Cert: certificate, Key: certificate} },
			func(d *Draft) { d.TLS = store.TLS{Mode: "require", Cert: shown, Key: locked} },
			func(d *Draft) { d.SSH = store.SSH{Enabled: true, Host: "bastion"} },
		} {
			d := draftOf(db)
			d.Name, d.Secrets = db.Name, leakyDraft().Secrets
			change(&d)
			report, err := c.Test(t.Context(), d, nil)
			if err == nil && report.OK {
				t.Error("the canary is the right password")
			}
			out.saw(report, err)
			for _, step := range report.Steps {
				if step.Fault != nil {
					out.saw(step.Fault)
				}
			}
		}
		d := draftOf(db) // one that works
		report, err := c.Test(t.Context(), d, nil)
		out.saw(report, err)
	}
}

// exerciseDocuments exports, imports and reads URLs.
func exerciseDocuments(t *testing.T, c *Connections, out *everything) {
	text, err := c.Export(t.Context())
	out.saw(text, string(text), err)
	imported, err := c.Import(t.Context(), text)
	out.saw(imported, err)
	for _, leak := range []string{`"password": %q`, `"name": "a", "engine": %q`, `"name": "a", "port": %q`, `%q`} {
		document := `{"format": "database-structure-sync/connections", "version": 1, "connections": [{` + fmt.Sprintf(leak, canaries["password"]) + `}]}`
		if strings.Contains(leak, "engine") {
			document = strings.Replace(document, canaries["password"], "x", 1) // an engine's name is no secret
		}
		_, err := c.Import(t.Context(), []byte(document))
		out.saw(err)
	}
	for _, password := range canaries {
		for _, form := range []string{"postgres://me:%s@h/d", "mysql://me:%s@h:0/d", "oracle://me:%s@h/d", "postgres://me:%s", "%s", "postgres://h/d?password=%s", "mysql://h/d?sslcert=/c&sslkey=/k&sslpassword=%s", "sqlite:?%s"} {
			for _, written := range []string{password, url.QueryEscape(password)} {
				d, err := c.ParseURL(fmt.Sprintf(form, written))
				out.saw(err)
				if err == nil && !strings.HasPrefix(form, "%s") {
					out.saw(d, c.URLOf(d))
				}
			}
		}
	}
}
