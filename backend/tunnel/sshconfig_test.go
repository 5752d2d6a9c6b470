package tunnel

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
)

func TestWhatTheConfigurationSaysOfAHost(t *testing.T) {
	h := newHome(t)
	t.Setenv("SOMEWHERE", "/some/where")
	must(t, os.Mkdir(h.path("conf.d"), 0o700))
	h.write(t, "conf.d/10-included", "Port 2210", "Host included", "  HostName by-include.example", "Host *", "  User nobody")
	h.write(t, "conf.d/20-conditional", "IdentityFile ~/.ssh/conditional")
	h.write(t, "config", `# a comment
Host a b	tabbed "with space"
  HostName = real-%h.example   # another comment
  Port=2201
  User "Some One"
  IdentityFile ~/.ssh/%h_%r
  IdentityFile ${SOMEWHERE}/key
  UserKnownHostsFile ~/.ssh/one "~/.ssh/the other"
  ProxyJump j1,user@j2:2222

Host a
  Port 1
  port 2
Host *.example !db.example
  User everyone
Match originalhost matched user root
  Port 2203
Match host real-*.example,x
  ServerAliveInterval 3
Match exec "touch /tmp/never" host a
  Port 9
Match all
  IdentitiesOnly yes
Host cond
  Include conf.d/20-*
Host *
  Include conf.d/10-included
Host *
  User last
  CertificateFile ~/.ssh/cert.pub
  ConnectTimeout 7
`)
	for _, test := range []struct {
		alias, address, user string
		identities           []string
		known                []string
		jumps                string
		only                 bool
	}{
		{"a", "real-a.example:2201", "Some One", []string{"~/.ssh/real-a.example_Some One", "/some/where/key"}, []string{"~/.ssh/one", "~/.ssh/the other"}, "j1,user@j2:2222", true},
		{"tabbed", "real-tabbed.example:2201", "Some One", []string{"~/.ssh/real-tabbed.example_Some One", "/some/where/key"}, []string{"~/.ssh/one", "~/.ssh/the other"}, "j1,user@j2:2222", true},
		{"with space", "real-with space.example:2201", "Some One", []string{"~/.ssh/real-with space.example_Some One", "/some/where/key"}, []string{"~/.ssh/one", "~/.ssh/the other"}, "j1,user@j2:2222", true},
		{"x.example", "x.example:2210", "everyone", nil, nil, "", true},
		{"db.example", "db.example:2210", "nobody", nil, nil, "", true},
		{"matched", "matched:2203", "root", nil, nil, "", true},
		{"included", "by-include.example:2210", "nobody", nil, nil, "", true},
		{"cond", "cond:2210", "nobody", []string{"~/.ssh/conditional"}, nil, "", true},
	} {
		to := destination{host: test.alias}
		if test.alias == "matched" {
			to.user = "root"
		}
		got, err := describe(Config{}, to)
		must(t, err)
		jumps, err := got.configuredJumps()
		must(t, err)
		if got.hop.Address != test.address || got.hop.User != test.user || jumps != test.jumps || got.onlyIdentities != test.only {
			t.Errorf("%s: %s as %s through %q, only %t", test.alias, got.hop.Address, got.hop.User, jumps, got.onlyIdentities)
		}
		if want := homes(h, test.identities); want != nil && !reflect.DeepEqual(got.identities, want) || (want == nil) != got.usual {
			t.Errorf("%s: %q", test.alias, got.identities)
		}
		if want := homes(h, test.known); want != nil && !reflect.DeepEqual(got.knownHosts[:len(want)], want) {
			t.Errorf("%s: %q", test.alias, got.knownHosts)
		}
		if len(got.settings.notes) != 1 || !strings.Contains(got.settings.notes[0], "Match exec") {
			t.Errorf("%s: %q", test.alias, got.settings.notes)
		}
		agreesWithSSH(t, h, got, to)
	}
	if _, err := os.Stat("/tmp/never"); err == nil {
		t.Error("a command was run")
	}
}

// agreesWithSSH asks ssh itself. The Match exec of the test says false to it.
func agreesWithSSH(t *testing.T, h home, got *host, to destination) {
	t.Helper()
	args := []string{"-G", "-F", h.path("for-ssh")}
	h.write(t, "for-ssh", strings.Replace(h.read(t, "config"), `"touch /tmp/never"`, "false", 1))
	if to.user != "" {
		args = append(args, "-l", to.user)
	}
	if strings.Contains(to.host, " ") {
		return // ssh takes no such name from its command line
	}
	out, err := exec.Command("ssh", append(args, to.host)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said := map[string]string{}
	for line := range strings.Lines(string(out)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if said[key] == "" {
			said[key] = value
		}
	}
	if address := said["hostname"] + ":" + said["port"]; address != got.hop.Address || said["user"] != got.hop.User {
		t.Errorf("%s: ssh says %s as %s, here it is %s as %s", to.host, address, said["user"], got.hop.Address, got.hop.User)
	}
}

func homes(h home, paths []string) []string {
	var out []string
	for _, p := range paths {
		if rest, ok := strings.CutPrefix(p, "~"); ok {
			p = h.dir + rest
		}
		out = append(out, p)
	}
	return out
}

func TestWhatIsGivenGoesBeforeWhatIsConfigured(t *testing.T) {
	h := newHome(t)
	h.write(t, "config", "Host h", "Port 1", "User configured", "IdentityFile configured", "IdentityAgent /agent", "HostName real", "ProxyJump j")
	hosts, err := route(Config{Host: "h", Port: 2, User: "me", KeyFile: "~/key", Jumps: None, AgentSocket: None, KnownHosts: []string{"~/known"}})
	must(t, err)
	got := hosts[0]
	if len(hosts) != 1 || got.hop.Address != "real:2" || got.hop.User != "me" || !reflect.DeepEqual(got.identities, []string{h.dir + "/key"}) ||
		got.agent != "" || !reflect.DeepEqual(got.knownHosts, []string{h.dir + "/known"}) {
		t.Errorf("%+v", got)
	}
	hosts, err = route(Config{Host: "h", ConfigFile: None, User: "me"})
	must(t, err)
	if len(hosts) != 1 || hosts[0].hop.Address != "h:22" {
		t.Errorf("%+v", hosts[0].hop)
	}
	other := filepath.Join(h.dir, "other")
	must(t, os.WriteFile(other, []byte("Host h\nPort 77\n"), 0o600))
	hosts, err = route(Config{Host: "h", ConfigFile: "~/other"})
	must(t, err)
	if hosts[0].hop.Address != "h:77" {
		t.Errorf("%+v", hosts[0].hop)
	}
}

func TestAConfigurationThatLeadsNowhere(t *testing.T) {
	h := newHome(t)
	for _, test := range []struct{ config, host, says string }{
		{"Host h\nProxyCommand nc %h %p", "h", "ProxyCommand, and no command is run"},
		{"Host h\nProxyJump i\nHost i\nProxyJump h", "h", "leads in a circle: h, i, h"},
		{"Host h\nPort many", "h", "says Port many"},
		{"Host h\nProxyJump a:0", "h", "is no [user@]host[:port]"},
		{"Include ~/.ssh/config", "h", "too deeply"},
		{"", "", "there is no SSH host"},
	} {
		h.write(t, "config", test.config)
		refuses(t, Config{Host: test.host}, nil, fault.TunnelFailed, test.says)
	}
	refuses(t, Config{Host: "h", ConfigFile: h.path("gone")}, nil, fault.TunnelFailed, h.path("gone"))
	h.write(t, "config", "Host h", "ProxyCommand nc %h %p")
	if _, err := route(Config{Host: "h", Jumps: None}); err != nil {
		t.Error(err) // nothing of the way is the configuration's
	}
}

func TestDestinations(t *testing.T) {
	for text, want := range map[string]Destination{
		"host": {"", "host", 0}, "me@host": {"me", "host", 0}, "host:22": {"", "host", 22}, " me@host:2222 ": {"me", "host", 2222},
		"[::1]:22": {"", "::1", 22}, "me@[fe80::1%eth0]": {"me", "fe80::1%eth0", 0}, "::1": {"", "::1", 0}, "ssh://me@host:1": {"me", "host", 1},
		"me@corp@host": {"me@corp", "host", 0},
	} {
		if got, err := ParseDestination(text); got != want || err != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "@h", "h:", "h:0", "h:65536", "h:x", "[::1", "[::1]x", "-oProxyCommand=x", "a b", "me@", "a,b", "h/path", "a;b", "u\n@h"} {
		if got, err := ParseDestination(text); err == nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
