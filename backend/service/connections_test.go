package service

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

const master = "correct horse"

// installation is what one user has: a folder that outlives the programs.
type installation struct{ dir string }

// start is the program being started: everything that is not in the folder is new.
func (in installation) start(t *testing.T) *Connections {
	t.Helper()
	s, err := store.Open(in.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return NewConnections(engine.NewRegistry(postgres.Engine{}, mysql.Engine{}, sqlite.Engine{}), s, secret.NewManager(in.dir, s, nil))
}

// inVault is the program with an unlocked vault.
func inVault(t *testing.T) (installation, *Connections) {
	t.Helper()
	in := installation{t.TempDir()}
	c := in.start(t)
	must(t, c.Secrets().Choose(t.Context(), secret.Vault, master))
	return in, c
}

func writeFile(path string) error { return os.WriteFile(path, nil, 0o600) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code {
		t.Errorf("want %s, got %v", code, err)
	}
}

func shopDraft() Draft {
	return Draft{Connection: store.Connection{
		Name: "Shop", Engine: "postgres", Environment: "production", Group: "shops", Host: "db.example", Port: 5433, Database: "shop", User: "me",
		Schemas: []string{"public", "a b"}, TLS: store.TLS{Mode: "require"}, ConnectTimeout: 5,
	}, Secrets: map[secret.Field]SecretChange{secret.Password: {SetSecret, "s3cret"}}}
}

func save(t *testing.T, c *Connections, d Draft) Summary {
	t.Helper()
	s, err := c.Save(t.Context(), d)
	must(t, err)
	return s
}

func password(t *testing.T, c *Connections, id string) string {
	t.Helper()
	cfg, err := c.Config(t.Context(), id, nil)
	must(t, err)
	return cfg.Password
}

func TestASavedConnectionIsThereInTheNextRun(t *testing.T) {
	in, c := inVault(t)
	saved := save(t, c, shopDraft())
	c = in.start(t)
	all, err := c.List(t.Context()) // with the vault locked
	must(t, err)
	if len(all) != 1 || !reflect.DeepEqual(all[0], saved) || !all[0].Keeps(secret.Password) || all[0].Keeps(secret.SSHPassword) {
		t.Errorf("%+v\n%+v", all, saved)
	}
	_, err = c.Config(t.Context(), saved.ID, nil)
	wantCode(t, err, fault.SecretsLocked)
	must(t, c.Secrets().Unlock(t.Context(), master))
	if got := password(t, c, saved.ID); got != "s3cret" {
		t.Errorf("password %q", got)
	}
	if got, err := c.Find(t.Context(), "sHOP"); err != nil || got.ID != saved.ID || got.LastUsed.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestASecretIsKeptSetOrCleared(t *testing.T) {
	_, c := inVault(t)
	d := shopDraft()
	d.ID = save(t, c, d).ID
	d.Secrets = nil
	d.Host = "other.example"
	if s := save(t, c, d); !s.Keeps(secret.Password) || s.Host != "other.example" || password(t, c, d.ID) != "s3cret" {
		t.Errorf("kept: %+v", s)
	}
	d.Secrets = map[secret.Field]SecretChange{secret.Password: {SetSecret, "new"}, secret.SSHPassword: {Action: ClearSecret}, secret.KeyPassphrase: {SetSecret, "phrase"}}
	if s := save(t, c, d); !s.Keeps(secret.Password) || !s.Keeps(secret.KeyPassphrase) || password(t, c, d.ID) != "new" {
		t.Errorf("set: %+v", s)
	}
	d.Secrets = map[secret.Field]SecretChange{secret.Password: {Action: ClearSecret}}
	if s := save(t, c, d); s.Keeps(secret.Password) || !s.Keeps(secret.KeyPassphrase) || password(t, c, d.ID) != "" {
		t.Errorf("cleared: %+v", s)
	}
}

func TestAPasswordToAskForIsNotKept(t *testing.T) {
	_, c := inVault(t)
	d := shopDraft()
	d.ID = save(t, c, d).ID
	d.AskPassword, d.Secrets = true, nil
	if s := save(t, c, d); s.Keeps(secret.Password) {
		t.Error("it is still kept")
	}
	_, err := c.Config(t.Context(), d.ID, nil)
	wantCode(t, err, fault.SecretMissing)
	must(t, c.Remember(t.Context(), d.ID, secret.Password, "x", true))
	_, err = c.Config(t.Context(), d.ID, nil)
	wantCode(t, err, fault.SecretMissing)
	if cfg, err := c.Config(t.Context(), d.ID, Given{secret.Password: "typed"}); err != nil || cfg.Password != "typed" {
		t.Errorf("given: %v", err)
	}
	c.AskSecret = func(_ context.Context, conn store.Connection, field secret.Field) (string, bool, error) {
		return "asked for " + conn.Name, field == secret.Password, nil
	}
	if got := password(t, c, d.ID); got != "asked for Shop" {
		t.Errorf("asked: %q", got)
	}
	c.AskSecret = func(context.Context, store.Connection, secret.Field) (string, bool, error) { return "", false, nil }
	_, err = c.Config(t.Context(), d.ID, nil)
	wantCode(t, err, fault.SecretMissing)
}

func TestAConnectionWithoutAPasswordNeedsNone(t *testing.T) {
	c := installation{t.TempDir()}.start(t) // and nothing was chosen
	d := shopDraft()
	d.Secrets = nil
	if got := password(t, c, save(t, c, d).ID); got != "" {
		t.Errorf("%q", got)
	}
}

func TestNothingIsSavedWhenItsSecretCannotBe(t *testing.T) {
	in := installation{t.TempDir()}
	c := in.start(t)
	_, err := c.Save(t.Context(), shopDraft())
	wantCode(t, err, fault.SecretsUnchosen)
	must(t, c.Secrets().Choose(t.Context(), secret.Vault, master))
	c.Secrets().Lock()
	_, err = c.Save(t.Context(), shopDraft())
	wantCode(t, err, fault.SecretsLocked)
	if all, err := c.List(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestSecretsAreAsBeforeWhenTheConnectionCannotBeSaved(t *testing.T) {
	_, c := inVault(t)
	d := shopDraft()
	d.ID = save(t, c, d).ID
	must(t, c.store.DeleteConnection(t.Context(), d.ID)) // by another program, which leaves the secret to be seen
	conn := d.Connection
	undo, _, err := c.changeSecrets(t.Context(), conn, []string{"password"}, map[secret.Field]SecretChange{
		secret.Password: {SetSecret, "new"}, secret.KeyPassphrase: {SetSecret, "phrase"},
	})
	must(t, err)
	undo()
	if value, err := c.secrets.Get(t.Context(), secret.Key{Connection: d.ID, Field: secret.Password}); value != "s3cret" || err != nil {
		t.Errorf("%q, %v", value, err)
	}
	_, err = c.secrets.Get(t.Context(), secret.Key{Connection: d.ID, Field: secret.KeyPassphrase})
	wantCode(t, err, fault.SecretMissing)
	_, err = c.Save(t.Context(), d)
	wantCode(t, err, fault.NotFound)
}

func TestADuplicateHasItsOwnCopyOfTheSecrets(t *testing.T) {
	_, c := inVault(t)
	first := save(t, c, shopDraft())
	second, err := c.Duplicate(t.Context(), first.ID)
	must(t, err)
	third, err := c.Duplicate(t.Context(), second.ID)
	must(t, err)
	if second.Name != "Shop (2)" || third.Name != "Shop (3)" || second.ID == first.ID {
		t.Errorf("%+v, %+v", second, third)
	}
	must(t, c.Delete(t.Context(), first.ID))
	if got := password(t, c, second.ID); got != "s3cret" {
		t.Errorf("%q", got)
	}
	first.ID, first.Name = second.ID, second.Name
	first.Created, first.Updated = second.Created, second.Updated
	if !reflect.DeepEqual(first, second) {
		t.Errorf("%+v\n%+v", first, second)
	}
	all := save(t, c, leakyDraftNamed("With all secrets"))
	copied, err := c.Duplicate(t.Context(), all.ID)
	must(t, err)
	must(t, c.Delete(t.Context(), all.ID))
	for field, change := range leakyDraft().Secrets {
		if value, err := c.secrets.Get(t.Context(), secret.Key{Connection: copied.ID, Field: field}); err != nil || value != change.Value {
			t.Errorf("the copy's %s: %v", field, err)
		}
		_, err := c.secrets.Get(t.Context(), secret.Key{Connection: all.ID, Field: field})
		wantCode(t, err, fault.SecretMissing)
	}
	_, err = c.Duplicate(t.Context(), "gone")
	wantCode(t, err, fault.NotFound)
}

// leakyDraftNamed is a draft with all three secrets.
func leakyDraftNamed(name string) Draft {
	d := leakyDraft()
	d.Name = name
	return d
}

func TestDeletingTakesTheSecretsAlong(t *testing.T) {
	_, c := inVault(t)
	d := shopDraft()
	d.Secrets[secret.KeyPassphrase] = SecretChange{SetSecret, "phrase"}
	s := save(t, c, d)
	c.Secrets().Lock()
	wantCode(t, c.Delete(t.Context(), s.ID), fault.SecretsLocked)
	if _, err := c.Get(t.Context(), s.ID); err != nil {
		t.Errorf("it is gone while its secrets are there: %v", err)
	}
	must(t, c.Secrets().Unlock(t.Context(), master))
	must(t, c.Delete(t.Context(), s.ID))
	must(t, c.Delete(t.Context(), s.ID))
	locked := save(t, c, shopDraft())
	c.Secrets().Lock()
	must(t, c.DeleteAnyway(t.Context(), locked.ID))
	must(t, c.Secrets().Unlock(t.Context(), master))
	for _, kind := range SecretKinds {
		_, err := c.secrets.Get(t.Context(), secret.Key{Connection: s.ID, Field: kind.Field})
		wantCode(t, err, fault.SecretMissing)
	}
}

func TestWhatIsKeptForThisRunIsForgottenWithoutAnyOtherPlace(t *testing.T) {
	c := installation{t.TempDir()}.start(t) // nothing is chosen
	d := shopDraft()
	d.Secrets = nil
	d.ID = save(t, c, d).ID
	must(t, c.Remember(t.Context(), d.ID, secret.Password, "typed", false))
	if got := password(t, c, d.ID); got != "typed" {
		t.Errorf("%q", got)
	}
	d.Secrets = map[secret.Field]SecretChange{secret.Password: {Action: ClearSecret}}
	if s := save(t, c, d); s.Keeps(secret.Password) || password(t, c, d.ID) != "" {
		t.Errorf("%+v", s)
	}
	must(t, c.Remember(t.Context(), d.ID, secret.Password, "typed", false))
	must(t, c.Delete(t.Context(), d.ID))
}

func TestASecretThatIsGoneIsAskedFor(t *testing.T) {
	_, c := inVault(t)
	s := save(t, c, shopDraft())
	must(t, c.secrets.Delete(t.Context(), secret.Key{Connection: s.ID, Field: secret.Password})) // behind the program's back
	_, err := c.Config(t.Context(), s.ID, nil)
	wantCode(t, err, fault.SecretMissing)
	if got, err := c.Get(t.Context(), s.ID); got.Keeps(secret.Password) || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	must(t, c.Remember(t.Context(), s.ID, secret.Password, "typed", true))
	if got, err := c.Get(t.Context(), s.ID); !got.Keeps(secret.Password) || err != nil || password(t, c, s.ID) != "typed" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestEachSecretIsKeptOrAskedForByItself(t *testing.T) {
	_, c := inVault(t)
	d := leakyDraft()
	d.SSH = store.SSH{Enabled: true, Host: "bastion", AskPassphrase: true}
	s := save(t, c, d)
	if !s.Keeps(secret.Password) || !s.Keeps(secret.SSHPassword) || s.Keeps(secret.KeyPassphrase) {
		t.Errorf("kept: %v", s.SavedSecrets)
	}
	d.ID, d.SSH.AskSecret, d.SSH.AskPassphrase = s.ID, true, false
	if s = save(t, c, d); !s.Keeps(secret.Password) || s.Keeps(secret.SSHPassword) || !s.Keeps(secret.KeyPassphrase) {
		t.Errorf("kept: %v", s.SavedSecrets)
	}
	d.AskPassword = true
	if s = save(t, c, d); s.Keeps(secret.Password) || s.Keeps(secret.SSHPassword) || !s.Keeps(secret.KeyPassphrase) {
		t.Errorf("kept: %v", s.SavedSecrets)
	}
}

func TestAnSSHSecretThatIsGoneIsNoLongerCountedOn(t *testing.T) {
	_, c := inVault(t)
	d := leakyDraft()
	d.SSH = store.SSH{Enabled: true, Host: "bastion"}
	s := save(t, c, d)
	must(t, c.secrets.Delete(t.Context(), secret.Key{Connection: s.ID, Field: secret.SSHPassword})) // behind its back
	kept := c.keptSecrets(s.Connection, nil)
	if value, ok, err := kept(t.Context(), secret.SSHPassword); ok || err != nil || value != "" {
		t.Errorf("%v %v", ok, err)
	}
	if value, ok, err := kept(t.Context(), secret.KeyPassphrase); !ok || err != nil || value != canaries["passphrase"] {
		t.Errorf("%v %v", ok, err)
	}
	now, err := c.Get(t.Context(), s.ID)
	must(t, err)
	if !now.Keeps(secret.Password) || now.Keeps(secret.SSHPassword) || !now.Keeps(secret.KeyPassphrase) {
		t.Errorf("kept: %v", now.SavedSecrets)
	}
}

func TestSecretsOfThisRunAreShownAsThere(t *testing.T) {
	in := installation{t.TempDir()}
	c := in.start(t)
	must(t, c.Secrets().Choose(t.Context(), secret.Session, ""))
	s := save(t, c, shopDraft())
	if !s.Keeps(secret.Password) || password(t, c, s.ID) != "s3cret" {
		t.Errorf("%+v", s)
	}
	if again, err := in.start(t).Get(t.Context(), s.ID); again.Keeps(secret.Password) || err != nil {
		t.Errorf("the next run believes it: %+v, %v", again, err)
	}
}

func TestMovingSecretsNotesWhereTheyAre(t *testing.T) {
	in, c := inVault(t)
	s := save(t, c, shopDraft())
	if moved, err := c.MoveSecrets(t.Context(), Move{Kind: secret.Session}); moved != (Moved{1, 0}) || err != nil {
		t.Errorf("%+v, %v", moved, err)
	}
	if got, err := c.Get(t.Context(), s.ID); !got.Keeps(secret.Password) || len(got.SavedSecrets) != 0 || err != nil || password(t, c, s.ID) != "s3cret" {
		t.Errorf("%+v, %v", got, err)
	}
	if moved, err := c.MoveSecrets(t.Context(), Move{Kind: secret.Vault, MasterPassword: "battery staple"}); moved != (Moved{1, 0}) || err != nil {
		t.Errorf("%+v, %v", moved, err)
	}
	c = in.start(t)
	_, err := c.MoveSecrets(t.Context(), Move{Kind: secret.Session})
	wantCode(t, err, fault.SecretsLocked)
	must(t, c.Secrets().Unlock(t.Context(), "battery staple"))
	if got := password(t, c, s.ID); got != "s3cret" {
		t.Errorf("%q", got)
	}
	c = in.start(t)
	if moved, err := c.MoveSecrets(t.Context(), Move{Kind: secret.Session, Discard: true}); moved != (Moved{0, 1}) || err != nil {
		t.Errorf("%+v, %v", moved, err)
	}
	if got, err := c.Get(t.Context(), s.ID); got.Keeps(secret.Password) || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNamesOfCopies(t *testing.T) {
	taken := map[string]bool{"shop": true, "shop (2)": true, "a (b)": true, "x (9)": true}
	for name, want := range map[string]string{
		"new": "new", "Shop": "Shop (3)", "SHOP (2)": "SHOP (3)", "a (b)": "a (b) (2)", "x (9)": "x (2)", "x ()": "x ()",
	} {
		if got := freeName(name, taken); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestDraftsAreValidated(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key.pem")
	must(t, os.WriteFile(file, nil, 0o600))
	folder := filepath.Dir(file)
	_, c := inVault(t)
	save(t, c, shopDraft())
	tests := []struct {
		name   string
		change func(*Draft)
		want   []string // "field code"
	}{
		{"nothing", func(d *Draft) { *d = Draft{} }, []string{"name required", "engine bad_value", "host required", "database required"}},
		{"a good one", func(*Draft) {}, nil},
		{"a name that is taken", func(d *Draft) { d.Name = " sHoP " }, []string{"name name_taken"}},
		{"a long name", func(d *Draft) { d.Name = strings.Repeat("数", 101) }, []string{"name too_long"}},
		{"a name of two lines", func(d *Draft) { d.Name = "a\nb" }, []string{"name bad_text"}},
		{"an unknown environment", func(d *Draft) { d.Environment = "prod" }, []string{"environment bad_value"}},
		{"ports", func(d *Draft) { d.Port = 65536 }, []string{"port port_range"}},
		{"a negative port", func(d *Draft) { d.Port = -1 }, []string{"port port_range"}},
		{"a host with a port", func(d *Draft) { d.Host = "db.example:5432" }, []string{"host bad_text"}},
		{"a URL as host", func(d *Draft) { d.Host = "http://db" }, []string{"host bad_text"}},
		{"an address of IPv6", func(d *Draft) { d.Host = "[::1]" }, nil},
		{"a zone", func(d *Draft) { d.Host = "fe80::1%eth0" }, nil},
		{"host and socket", func(d *Draft) { d.Socket = "/run/postgresql" }, []string{"socket conflict"}},
		{"a socket alone", func(d *Draft) { d.Host, d.Socket = "", "/run/postgresql" }, nil},
		{"a relative socket", func(d *Draft) { d.Host, d.Socket = "", "run/x" }, []string{"socket bad_text"}},
		{"schemas of MySQL", func(d *Draft) { d.Engine = "mysql" }, []string{"schemas not_for_this"}},
		{"an unknown TLS mode", func(d *Draft) { d.TLS.Mode = "maybe" }, []string{"tls.mode bad_value"}},
		{"a certificate that is not there", func(d *Draft) { d.TLS.RootCert = "/not/there.pem" }, []string{"tls.rootCert file_missing"}},
		{"a folder as certificate", func(d *Draft) { d.TLS.RootCert = folder }, []string{"tls.rootCert file_is_folder"}},
		{"half a client certificate", func(d *Draft) { d.TLS.Cert = file }, []string{"tls.key required"}},
		{"the other half", func(d *Draft) { d.TLS.Key = file }, []string{"tls.cert required"}},
		{"a long wait", func(d *Draft) { d.ConnectTimeout = 3601 }, []string{"connectTimeout out_of_range"}},
		{"SSH without anything", func(d *Draft) { d.SSH.Enabled = true }, []string{"ssh.host required"}},
		{
			"SSH with all wrong", func(d *Draft) {
				d.SSH = store.SSH{Enabled: true, Host: "a b", Port: 70000, Auth: "magic", KeyFile: "/not/there"}
			},
			[]string{"ssh.host bad_text", "ssh.port port_range", "ssh.auth bad_value", "ssh.keyFile file_missing"},
		},
		{"SSH with a key that is not named", func(d *Draft) { d.SSH = store.SSH{Enabled: true, Host: "b", Auth: "key"} }, []string{"ssh.keyFile required"}},
		{"SSH with jump hosts that are none", func(d *Draft) { d.SSH = store.SSH{Enabled: true, Host: "b", Jumps: "me@a:22, -x"} }, []string{"ssh.jumps bad_text"}},
		{"SSH through jump hosts", func(d *Draft) { d.SSH = store.SSH{Enabled: true, Host: "b", Jumps: "me@a:22, [::1]:2222,c"} }, nil},
		{"SSH with neither jump hosts nor a configuration", func(d *Draft) { d.SSH = store.SSH{Enabled: true, Host: "b", Jumps: "none", ConfigFile: "none"} }, nil},
		{
			"SSH with files that are not there",
			func(d *Draft) {
				d.SSH = store.SSH{Enabled: true, Host: "b", Certificate: "/not/there", ConfigFile: "~/not/there"}
			},
			[]string{"ssh.certificate file_missing", "ssh.configFile file_missing"},
		},
		{"SSH that is not used", func(d *Draft) { d.SSH = store.SSH{Port: 70000} }, nil},
		{"SSH to a socket", func(d *Draft) { d.Host, d.Socket, d.SSH = "", "/run/x", store.SSH{Enabled: true, Host: "b"} }, nil},
		{"SQLite without a file", func(d *Draft) { d.Engine = "sqlite" }, []string{"file required"}},
		{"SQLite", func(d *Draft) { d.Engine, d.File, d.Secrets = "sqlite", file, nil }, nil},
		{"a secret without a value", func(d *Draft) { d.Secrets[secret.Password] = SecretChange{Action: SetSecret} }, []string{"secrets.password required"}},
		{"an unknown action", func(d *Draft) { d.Secrets[secret.Password] = SecretChange{Action: "leak"} }, []string{"secrets.password bad_value"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := shopDraft()
			d.Name = "another"
			test.change(&d)
			problems, err := c.Validate(t.Context(), d)
			must(t, err)
			var got []string
			for _, p := range problems {
				got = append(got, fmt.Sprintf("%s %s", p.Field, p.Code))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			_, err = c.Save(t.Context(), d)
			var invalid *InvalidError
			if errors.As(err, &invalid) != (len(test.want) > 0) || len(test.want) > 0 && fault.CodeOf(err) != fault.BadInput {
				t.Errorf("saving: %v", err)
			}
			if err == nil {
				all, err := c.store.Connections(t.Context())
				must(t, err)
				for _, o := range all {
					if o.Name == "another" {
						must(t, c.Delete(t.Context(), o.ID))
					}
				}
			}
		})
	}
}

func TestWhatIsTypedIsTidied(t *testing.T) {
	_, c := inVault(t)
	d := shopDraft()
	d.Name, d.Host, d.Schemas, d.File = "  Name ", " [::1] ", []string{"a", "", "b", "a"}, "left over"
	s := save(t, c, d)
	if s.Name != "Name" || s.Host != "::1" || !slices.Equal(s.Schemas, []string{"a", "b"}) || s.File != "" {
		t.Errorf("%+v", s)
	}
}
