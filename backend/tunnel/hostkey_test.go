package tunnel

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testssh"
)

// visit is a user with a key that a server lets in.
func visit(t *testing.T, cfg testssh.Config) (home, *testssh.Server) {
	t.Helper()
	h := newHome(t)
	cfg.Authorized = append(cfg.Authorized, h.key(t, "id_ed25519"))
	return h, testssh.Start(t, cfg)
}

func TestAnUnknownKeyIsAskedAbout(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	cfg := to(s)
	refuses(t, cfg, nil, fault.HostKeyUnknown, s.Address(), testssh.Fingerprint(t, s.HostKeys["ed25519"]), h.path("known_hosts"))
	me := &person{}
	refuses(t, cfg, me, fault.HostKeyUnknown, "was not trusted")
	want := HostKeyQuestion{
		Hop: Hop{0, 1, s.Host, s.Address(), s.User}, Name: "[" + s.Host + "]:" + port(s), Type: "ssh-ed25519",
		Fingerprint: testssh.Fingerprint(t, s.HostKeys["ed25519"]), File: h.path("known_hosts"),
	}
	if len(me.keys) != 1 || me.keys[0] != want {
		t.Errorf("%+v", me.keys)
	}
	// Once is for as long as the program runs, and in no file.
	cfg.Trusted = &Trusted{}
	me.trust = TrustOnce
	for range 2 {
		tunnel, steps := open(t, cfg, me)
		works(t, tunnel)
		if got := step(t, steps, 0, HostKey).Detail["source"]; got != "once" {
			t.Error(got)
		}
	}
	if _, err := os.Stat(h.path("known_hosts")); len(me.keys) != 2 || err == nil {
		t.Errorf("%d questions, %v", len(me.keys), err)
	}
	// Saved is for ever.
	must(t, os.Remove(h.path("id_ed25519.pub"))) // not needed
	must(t, os.Rename(h.path("id_ed25519"), h.dir+"/key"))
	must(t, os.Remove(h.path("")))
	cfg.Trusted, cfg.KeyFile, me.trust = nil, "~/key", TrustSave
	_, steps := open(t, cfg, me)
	if got := step(t, steps, 0, HostKey).Detail["source"]; got != "saved" {
		t.Error(got)
	}
	for path, mode := range map[string]os.FileMode{h.path(""): 0o700 | os.ModeDir, h.path("known_hosts"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if got := h.read(t, "known_hosts"); got != s.KnownHost("ed25519")+"\n" {
		t.Error(got)
	}
	_, steps = open(t, cfg, nil)
	if got := step(t, steps, 0, HostKey).Detail["source"]; got != h.path("known_hosts")+":1" {
		t.Error(got)
	}
	// ssh itself agrees.
	out, err := exec.Command("ssh-keygen", "-F", want.Name, "-f", h.path("known_hosts")).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "line 1") {
		t.Errorf("%s, %v", out, err)
	}
}

func port(s *testssh.Server) string { return s.Address()[strings.LastIndex(s.Address(), ":")+1:] }

func TestASavedKeyGoesBehindALineThatHasNoEnd(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	must(t, os.WriteFile(h.path("known_hosts"), []byte("other.example "+s.HostKeys["ed25519"]), 0o644))
	open(t, to(s), &person{trust: TrustSave})
	if got, want := h.read(t, "known_hosts"), "other.example "+s.HostKeys["ed25519"]+"\n"+s.KnownHost("ed25519")+"\n"; got != want {
		t.Errorf("%q", got)
	}
}

func TestNamesAreHashedWhereThatIsConfigured(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "config", "HashKnownHosts yes", "UserKnownHostsFile ~/.ssh/mine")
	cfg := to(s)
	cfg.ConfigFile = ""
	open(t, cfg, &person{trust: TrustSave})
	if got := h.read(t, "mine"); !strings.HasPrefix(got, "|1|") || strings.Contains(got, s.Host) {
		t.Error(got)
	}
	_, steps := open(t, cfg, nil)
	if got := step(t, steps, 0, HostKey).Detail["source"]; got != h.path("mine")+":1" {
		t.Error(got)
	}
}

func TestLinesThatVouchForAKey(t *testing.T) {
	h, s := visit(t, testssh.Config{HostKeys: []string{"rsa", "ecdsa", "ed25519"}})
	tests := map[string][]string{
		"a line among others":          {"# comment", "", "other " + s.HostKeys["rsa"], s.KnownHost("ed25519")},
		"the only type that is known":  {s.KnownHost("rsa")},
		"another type":                 {s.KnownHost("ecdsa")},
		"several types":                {s.KnownHost("ecdsa"), s.KnownHost("rsa")},
		"the name without the port":    {s.Host + " " + s.HostKeys["ed25519"]},
		"a pattern":                    {"127.*,!127.9.* " + s.HostKeys["ed25519"]},
		"a pattern with a port":        {"[127.0.0.?]:* " + s.HostKeys["ed25519"]},
		"beside lines of other makes":  {"nonsense", s.Host + " ssh-dss AAAA", s.Host + " ssh-ed25519 !!!", "@cert-authority", s.KnownHost("ed25519")},
		"beside an authority of all":   {"@cert-authority * " + s.HostKeys["rsa"], s.KnownHost("ed25519")},
		"beside a revoked key":         {"@revoked * " + s.HostKeys["rsa"], s.KnownHost("ed25519")},
		"lines that end as in Windows": {s.KnownHost("ed25519") + "\r"},
	}
	for name, lines := range tests {
		t.Run(name, func(t *testing.T) {
			h.write(t, "known_hosts", lines...)
			open(t, to(s), nil)
		})
	}
	t.Run("a hashed name", func(t *testing.T) {
		h.write(t, "known_hosts", "127.9.9.9 "+s.HostKeys["ed25519"], s.KnownHost("ed25519"))
		out, err := exec.Command("ssh-keygen", "-H", "-f", h.path("known_hosts")).CombinedOutput()
		must(t, err)
		if text := h.read(t, "known_hosts"); strings.Count(text, "|1|") != 2 || strings.Contains(text, s.Host) {
			t.Fatalf("%s%s", out, text)
		}
		_, steps := open(t, to(s), nil)
		if got := step(t, steps, 0, HostKey).Detail["source"]; got != h.path("known_hosts")+":2" {
			t.Error(got)
		}
	})
}

func TestAChangedKeyIsRefused(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	other := h.key(t, "other")
	otherType := testssh.Keygen(t, h.path("other_rsa"), "-t", "rsa", "-N", "")
	name := "[" + s.Host + "]:" + port(s)
	tests := map[string][]string{
		"another key":                   {"# first", name + " " + other},
		"a key of another type alone":   {"# first", name + " " + otherType},
		"a hashed name":                 {"# first", hashed(t, h, name, other)},
		"beside a line that is damaged": {"* " + s.HostKeys["ed25519"] + "x", name + " " + other},
	}
	for what, lines := range tests {
		t.Run(what, func(t *testing.T) {
			h.write(t, "known_hosts", lines...)
			me := &person{trust: TrustSave}
			refuses(t, to(s), me, fault.HostKeyChanged, s.Address(), h.path("known_hosts")+":2", testssh.Fingerprint(t, s.HostKeys["ed25519"]))
			if len(me.keys) != 0 {
				t.Error("it asked")
			}
		})
	}
	// The host itself gets another key.
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	open(t, to(s), nil)
	s.Kill()
	must(t, os.Remove(s.Dir+"/host_ed25519"))
	testssh.Keygen(t, s.Dir+"/host_ed25519", "-t", "ed25519", "-N", "")
	s.Run(t)
	refuses(t, to(s), &person{trust: TrustOnce}, fault.HostKeyChanged, h.path("known_hosts")+":1")
}

func hashed(t *testing.T, h home, name, key string) string {
	t.Helper()
	h.write(t, "to_hash", name+" "+key)
	_, err := exec.Command("ssh-keygen", "-H", "-f", h.path("to_hash")).CombinedOutput()
	must(t, err)
	return strings.TrimSpace(h.read(t, "to_hash"))
}

func TestARevokedKeyIsRefused(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"), "@revoked * "+s.HostKeys["ed25519"])
	me := &person{trust: TrustSave}
	refuses(t, to(s), me, fault.HostKeyRevoked, s.Address(), h.path("known_hosts")+":2")
	if len(me.keys) != 0 {
		t.Error("it asked")
	}
}

func TestHostsWithCertificates(t *testing.T) {
	h := newHome(t)
	authority := h.key(t, "ca")
	me := h.key(t, "id_ed25519")
	s := testssh.Start(t, testssh.Config{Authorized: []string{me}, Lines: []string{"HostCertificate " + h.path("host-cert.pub")}})
	certify := func(args ...string) {
		t.Helper()
		must(t, os.WriteFile(h.path("host.pub"), []byte(s.HostKeys["ed25519"]+"\n"), 0o600))
		testssh.Sign(t, h.path("ca"), h.path("host"), append([]string{"-h"}, args...)...)
		s.Kill()
		s.Run(t)
	}
	certify("-n", s.Host)
	h.write(t, "known_hosts", "@cert-authority 127.0.* "+authority)
	refusedName := "@cert-authority *.example " + authority
	_, steps := open(t, to(s), nil)
	if d := step(t, steps, 0, HostKey).Detail; d["certificate"] != "host" || d["fingerprint"] != testssh.Fingerprint(t, s.HostKeys["ed25519"]) || !strings.HasPrefix(d["source"], h.path("known_hosts")+":1") {
		t.Errorf("%+v", d)
	}
	// An authority that is not one for this host: the key itself is shown and asked about.
	h.write(t, "known_hosts", refusedName)
	asked := &person{trust: TrustOnce}
	open(t, to(s), asked)
	if len(asked.keys) != 1 {
		t.Errorf("%+v", asked.keys)
	}
	// An authority is no key of a host.
	h.write(t, "known_hosts", "@cert-authority 127.0.* "+s.HostKeys["ed25519"])
	refuses(t, to(s), nil, fault.HostKeyUnknown, "shows a certificate of the authority "+testssh.Fingerprint(t, authority))
	// One that was revoked.
	h.write(t, "known_hosts", "@cert-authority 127.0.* "+authority, "@revoked * "+authority)
	refuses(t, to(s), nil, fault.HostKeyRevoked, h.path("known_hosts")+":2")
	// A certificate for another name, and one that has expired.
	h.write(t, "known_hosts", "@cert-authority 127.0.* "+authority)
	certify("-n", "other.example")
	refuses(t, to(s), nil, fault.TunnelFailed, "the certificate of the SSH host", "is not good", s.Host)
	certify("-n", s.Host, "-V", "20200101:20200102")
	refuses(t, to(s), nil, fault.TunnelFailed, "is not good", "expired")
}

func TestTwoTunnelsAskOnceAboutOneKey(t *testing.T) {
	_, s := visit(t, testssh.Config{})
	me := &person{trust: TrustOnce, thinking: 200e6}
	cfg := to(s)
	cfg.Trusted = &Trusted{}
	done := make(chan error, 2)
	for range 2 {
		go func() {
			tunnel, err := Open(t.Context(), cfg, me, nil)
			if err == nil {
				tunnel.Close()
			}
			done <- err
		}()
	}
	must(t, <-done)
	must(t, <-done)
	if len(me.keys) != 1 {
		t.Errorf("%+v", me.keys)
	}
}
