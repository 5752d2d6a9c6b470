package tunnel

import (
	"os"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testssh"
)

func TestEveryKindOfKeyLogsIn(t *testing.T) {
	kinds := [][]string{
		{"-t", "ed25519"},
		{"-t", "ecdsa", "-b", "256"},
		{"-t", "ecdsa", "-b", "521"},
		{"-t", "rsa", "-b", "2048"},
		{"-t", "rsa", "-b", "2048", "-m", "PEM"},
		{"-t", "ecdsa", "-b", "384", "-m", "PEM"},
		{"-t", "rsa", "-b", "2048", "-m", "PKCS8"},
	}
	for _, kind := range kinds {
		for _, phrase := range []string{"", "open sesame"} {
			t.Run(strings.Join(kind, " ")+phrase, func(t *testing.T) {
				h := newHome(t)
				public := testssh.Keygen(t, h.path("key"), append(kind, "-N", phrase)...)
				s := testssh.Start(t, testssh.Config{Authorized: []string{public}})
				cfg := to(s)
				cfg.Auth, cfg.KeyFile = Key, "~/.ssh/key"
				me := &person{trust: TrustOnce, secrets: map[SecretKind][]string{KeyPassphrase: {"wrong", phrase}}}
				tunnel, steps := open(t, cfg, me)
				works(t, tunnel)
				if got := step(t, steps, 0, Login).Detail["method"]; got != "key "+h.path("key") {
					t.Error(got)
				}
				if phrase == "" && len(me.asked) > 0 || phrase != "" && (len(me.asked) != 2 || me.asked[1].Attempt != 2 || me.asked[1].KeyFile != h.path("key")) {
					t.Errorf("%+v", me.asked)
				}
			})
		}
	}
}

func TestThePassphraseOfAKeyThatTheHostDoesNotTakeIsNotAskedFor(t *testing.T) {
	h := newHome(t)
	testssh.Keygen(t, h.path("id_ed25519"), "-t", "ed25519", "-N", "secret")
	good := h.key(t, "id_ecdsa")
	s := testssh.Start(t, testssh.Config{Authorized: []string{good}})
	me := &person{trust: TrustOnce}
	tunnel, _ := open(t, to(s), me)
	works(t, tunnel)
	if len(me.asked) != 0 {
		t.Errorf("%+v", me.asked)
	}
}

func TestTheAgentSigns(t *testing.T) {
	for _, auth := range []Auth{Automatic, Agent} {
		t.Run(string(auth), func(t *testing.T) {
			h := newHome(t)
			other, public := h.key(t, "elsewhere"), h.key(t, "held")
			t.Setenv("SSH_AUTH_SOCK", testssh.Agent(t, h.path("elsewhere"), h.path("held")))
			s := testssh.Start(t, testssh.Config{Authorized: []string{public}})
			cfg := to(s)
			cfg.Auth = auth
			tunnel, steps := open(t, cfg, &person{trust: TrustOnce})
			works(t, tunnel)
			if got, want := step(t, steps, 0, Login).Detail["tried"], "key "+testssh.Fingerprint(t, other)+" of the agent, key "+testssh.Fingerprint(t, public)+" of the agent"; got != want {
				t.Errorf("%s\n%s", got, want)
			}
		})
	}
}

func TestOnlyTheChosenKeyOfTheAgentIsOffered(t *testing.T) {
	h := newHome(t)
	h.key(t, "elsewhere")
	public := testssh.Keygen(t, h.path("held"), "-t", "rsa", "-b", "2048", "-N", "")
	t.Setenv("SSH_AUTH_SOCK", testssh.Agent(t, h.path("elsewhere"), h.path("held")))
	s := testssh.Start(t, testssh.Config{Authorized: []string{public}})
	cfg := to(s)
	cfg.KeyFile = h.path("held.pub") // its private half is the agent's alone
	tunnel, steps := open(t, cfg, &person{trust: TrustOnce})
	works(t, tunnel)
	if got := step(t, steps, 0, Login).Detail["tried"]; got != "key "+h.path("held.pub")+" by the agent" {
		t.Error(got)
	}
}

func TestCertificatesLogIn(t *testing.T) {
	h := newHome(t)
	authority := h.key(t, "ca")
	s := testssh.Start(t, testssh.Config{Lines: []string{"TrustedUserCAKeys " + h.path("trusted")}})
	h.write(t, "trusted", authority)
	for _, kind := range []string{"ed25519", "rsa", "ecdsa"} {
		testssh.Keygen(t, h.path("key_"+kind), "-t", kind, "-N", "")
		testssh.Sign(t, h.path("ca"), h.path("key_"+kind), "-n", s.User)
		cfg := to(s)
		cfg.Auth, cfg.KeyFile = Key, h.path("key_"+kind) // the certificate is beside it
		tunnel, steps := open(t, cfg, &person{trust: TrustOnce})
		works(t, tunnel)
		if got := step(t, steps, 0, Login).Detail["method"]; got != "certificate "+h.path("key_"+kind+"-cert.pub") {
			t.Error(got)
		}
	}
	h.write(t, "elsewhere.pub", strings.TrimSpace(h.read(t, "key_rsa-cert.pub")))
	h.key(t, "plain")
	must(t, removeAll(h.path("key_rsa-cert.pub")))
	cfg := to(s)
	cfg.KeyFile, cfg.Certificate = h.path("key_rsa"), h.path("elsewhere.pub")
	tunnel, _ := open(t, cfg, &person{trust: TrustOnce})
	works(t, tunnel)
	// With the key held by the agent.
	t.Setenv("SSH_AUTH_SOCK", testssh.Agent(t, h.path("key_ed25519")))
	cfg = to(s)
	cfg.Auth = Agent
	tunnel, steps := open(t, cfg, &person{trust: TrustOnce})
	works(t, tunnel)
	t.Log(lines(steps))
	// One that has expired.
	testssh.Keygen(t, h.path("old"), "-t", "ed25519", "-N", "")
	testssh.Sign(t, h.path("ca"), h.path("old"), "-n", s.User, "-V", "20200101:20200102")
	cfg = to(s)
	cfg.Auth, cfg.KeyFile, cfg.AgentSocket = Key, h.path("old"), None
	refuses(t, cfg, &person{trust: TrustOnce}, fault.SSHAuthFailed, "tried were certificate "+h.path("old-cert.pub")+", key "+h.path("old"), "it allows publickey")
}

func TestPasswordsAndQuestions(t *testing.T) {
	h := newHome(t)
	const secret = "correct horse 馬"
	account := testssh.Account(t, secret)
	s := testssh.Start(t, testssh.Config{PAM: true})
	questions := testssh.Start(t, testssh.Config{PAM: true, Address: "127.0.0.2", Lines: []string{"PasswordAuthentication no"}})
	passwords := testssh.Start(t, testssh.Config{PAM: true, Address: "127.0.0.3", Lines: []string{"KbdInteractiveAuthentication no"}})
	answers := func(PromptsQuestion) ([]string, bool) { return []string{secret}, true }
	tests := []struct {
		name   string
		server *testssh.Server
		auth   Auth
		me     *person
		method string
	}{
		{"password", s, Password, &person{secrets: map[SecretKind][]string{HostPassword: {secret}}}, "password"},
		{"password at the second attempt", passwords, Password, &person{secrets: map[SecretKind][]string{HostPassword: {"no", secret}}}, "password"},
		{"password as the answer to a question", questions, Password, &person{secrets: map[SecretKind][]string{HostPassword: {"no", secret}}}, "keyboard-interactive"},
		{"questions", s, Interactive, &person{answers: answers}, "keyboard-interactive"},
		{"automatic", s, Automatic, &person{secrets: map[SecretKind][]string{HostPassword: {secret}}}, "keyboard-interactive"},
		{"automatic, password only", passwords, "", &person{secrets: map[SecretKind][]string{HostPassword: {secret}}}, "password"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg := to(test.server)
			cfg.User, cfg.Auth, test.me.trust = account, test.auth, TrustOnce
			tunnel, steps := open(t, cfg, test.me)
			works(t, tunnel)
			if got := step(t, steps, 0, Login).Detail["method"]; got != test.method {
				t.Errorf("%s\n%s", got, lines(steps))
			}
			for _, q := range test.me.prompts {
				if len(q.Prompts) != 1 || q.Prompts[0].Echo || !strings.HasPrefix(q.Prompts[0].Text, "Password") || q.Hop.User != account {
					t.Errorf("%+v", q)
				}
			}
		})
	}
	cfg := to(s)
	cfg.User = account
	refuses(t, cfg, &person{trust: TrustOnce, secrets: map[SecretKind][]string{HostPassword: {"a", "b", "c"}}}, fault.SSHAuthFailed,
		"did not let "+account+" in", "tried were keyboard-interactive, password")
	refuses(t, cfg, NoAsker{}, fault.HostKeyUnknown)
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	refuses(t, cfg, nil, fault.SSHAuthFailed, "it allows publickey, password, keyboard-interactive")
}

func TestTwoFactors(t *testing.T) {
	h := newHome(t)
	const secret = "correct horse"
	account := testssh.Account(t, secret)
	public := h.key(t, "id_ed25519")
	s := testssh.Start(t, testssh.Config{PAM: true, Authorized: []string{public}, Lines: []string{"AuthenticationMethods publickey,keyboard-interactive"}})
	cfg := to(s)
	cfg.User = account
	me := &person{trust: TrustOnce, secrets: map[SecretKind][]string{HostPassword: {secret}}}
	tunnel, steps := open(t, cfg, me)
	works(t, tunnel)
	if got := step(t, steps, 0, Login).Detail["tried"]; got != "key "+h.path("id_ed25519")+", keyboard-interactive" {
		t.Error(got)
	}
}

func TestAFailedLoginTellsWhatWasTried(t *testing.T) {
	h := newHome(t)
	s := testssh.Start(t, testssh.Config{})
	me := &person{trust: TrustOnce}
	refuses(t, to(s), me, fault.SSHAuthFailed, "there was nothing to try", "it allows publickey")
	h.key(t, "id_ed25519")
	refuses(t, to(s), me, fault.SSHAuthFailed, "the SSH host "+s.User+"@"+s.Address()+" did not let "+s.User+" in", "tried were key "+h.path("id_ed25519"))
	cfg := to(s)
	cfg.Auth = Agent
	refuses(t, cfg, me, fault.SSHAuthFailed, "there is no agent: SSH_AUTH_SOCK is not set")
	t.Setenv("SSH_AUTH_SOCK", h.path("gone"))
	refuses(t, cfg, me, fault.SSHAuthFailed, "the agent cannot be reached", "no such file")
	t.Setenv("SSH_AUTH_SOCK", testssh.Agent(t))
	refuses(t, cfg, me, fault.SSHAuthFailed, "the agent holds no key")
	cfg.Auth, cfg.KeyFile = Key, h.path("missing")
	refuses(t, cfg, me, fault.SSHAuthFailed, h.path("missing")+": no such file")
	// More keys than the host has patience for.
	var keys []string
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "i"} {
		h.key(t, name)
		keys = append(keys, h.path(name))
	}
	t.Setenv("SSH_AUTH_SOCK", testssh.Agent(t, keys...))
	refuses(t, to(s), me, fault.SSHAuthFailed, "of the agent", "Too many authentication failures")
}

func TestAKeyThatOthersMayReadIsNotUsed(t *testing.T) {
	h := newHome(t)
	plain, locked := h.key(t, "plain"), testssh.Keygen(t, h.path("locked"), "-t", "ed25519", "-N", "secret")
	s := testssh.Start(t, testssh.Config{Authorized: []string{plain, locked}})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	for _, name := range []string{"plain", "locked"} {
		me := &person{secrets: map[SecretKind][]string{KeyPassphrase: {"secret"}}}
		cfg := to(s)
		cfg.Auth, cfg.KeyFile = Key, h.path(name)
		for _, mode := range []os.FileMode{0o644, 0o640, 0o602} {
			must(t, os.Chmod(h.path(name), mode))
			refuses(t, cfg, me, fault.SSHAuthFailed, h.path(name)+" is not used, because other users may read it: chmod 0600")
		}
		must(t, os.Chmod(h.path(name), 0o400))
		tunnel, _ := open(t, cfg, me)
		works(t, tunnel)
	}
}

func TestAKeyThatCannotBeReadSaysSo(t *testing.T) {
	h := newHome(t)
	testssh.Keygen(t, h.path("pkcs8"), "-t", "rsa", "-b", "2048", "-m", "PKCS8", "-N", "secret")
	testssh.Keygen(t, h.path("locked"), "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "secret")
	h.write(t, "nonsense", "this is no key")
	s := testssh.Start(t, testssh.Config{})
	me := &person{trust: TrustOnce, secrets: map[SecretKind][]string{KeyPassphrase: {"a", "b", "c"}}}
	for file, says := range map[string]string{
		"pkcs8": "tried were key " + h.path("pkcs8"), "nonsense": "is no private key that can be read", "locked": "tried were key " + h.path("locked"),
	} {
		cfg := to(s)
		cfg.Auth, cfg.KeyFile = Key, h.path(file)
		refuses(t, cfg, me, fault.SSHAuthFailed, says, h.path(file))
	}
	must(t, removeAll(h.path("locked.pub")))
	cfg := to(s)
	cfg.Auth, cfg.KeyFile = Key, h.path("locked")
	refuses(t, cfg, me, fault.SSHAuthFailed, "the passphrase of "+h.path("locked")+" was wrong")
	refuses(t, cfg, &person{trust: TrustOnce}, fault.SSHAuthFailed, "the passphrase of "+h.path("locked")+" was not given")
}

func TestABannerIsShownWithoutWhatATerminalWouldObey(t *testing.T) {
	h := newHome(t)
	h.write(t, "banner", "\x1b[31mAuthorised use only\x1b[0m", "second line")
	s := testssh.Start(t, testssh.Config{Authorized: []string{h.key(t, "id_ed25519")}, Lines: []string{"Banner " + h.path("banner")}})
	_, steps := open(t, to(s), &person{trust: TrustOnce})
	if got := step(t, steps, 0, Login).Detail["banner"]; !strings.Contains(got, "Authorised use only") || !strings.Contains(got, "\nsecond line") || strings.Contains(got, "\x1b") {
		t.Errorf("%q", got)
	}
}
