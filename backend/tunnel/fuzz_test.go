package tunnel

import (
	"crypto/ed25519"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// testKey is the public key of a seed.
func testKey(t testing.TB, seed byte) ssh.PublicKey {
	t.Helper()
	private := ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune('a'+seed%26)), 32)))
	key, err := ssh.NewPublicKey(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func line(t testing.TB, seed byte) string {
	t.Helper()
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(testKey(t, seed))))
}

// Where the library of the SSH module reads a file of known hosts as well, both must agree on whom it vouches for, but for
// what is told here.
func FuzzKnownHosts(f *testing.F) {
	k := line(f, 0)
	for _, text := range []string{
		"host " + k, "HOST,other " + k, "*.example,!db.example " + k, "[host]:2222 " + k, "host " + line(f, 1) + "\nhost " + k,
		"@revoked * " + k, "@cert-authority * " + k, knownhosts.HashHostname("host") + " " + k, knownhosts.HashHostname("[host]:2222") + " " + k,
		"|1|x|y " + k, "host ssh-ed25519 AAAA", "# " + k, "\x00", "h?st " + k, "@revoked host " + k + "\nhost " + k,
	} {
		f.Add(text, "host", uint16(22))
		f.Add(text, "db.example", uint16(2222))
	}
	file := filepath.Join(f.TempDir(), "known_hosts")
	f.Fuzz(func(t *testing.T, text, host string, port uint16) {
		if host == "" || strings.ContainsAny(host, "*?[]:, \t\r\n#@|!\x00") || host != strings.ToLower(host) || port == 0 {
			return
		}
		address := net.JoinHostPort(host, fmt.Sprint(port))
		key, name := testKey(t, 0), knownName(address)
		ours := &knownHosts{}
		ours.add("file", []byte(text))
		_, found := ours.find(name, key)
		_, revoked := ours.revoked(key)
		if algorithms := ours.algorithms(name); len(algorithms) < 5 {
			t.Fatalf("%q: only %q", text, algorithms)
		}
		// What was saved is found, and nothing else is disturbed.
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		theirs, err := knownhosts.New(file)
		if err := saveKnownHost(file, name, key, port%2 == 0); err != nil {
			t.Fatal(err)
		}
		after, readErr := readKnownHosts([]string{file})
		if readErr != nil {
			t.Fatal(readErr)
		}
		if _, ok := after.find(name, key); !ok {
			t.Fatalf("%q: what was saved of %s is not found", text, name)
		}
		// They read no file with a line that they cannot read, do not know names without ports or cases, and take an
		// authority for a key.
		if err != nil || strings.Contains(text, "@cert-authority") || text != strings.ToLower(text) && strings.ToLower(hostsOf(text)) != hostsOf(text) {
			return
		}
		verdict := theirs(address, &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: int(port)}, key)
		if verdict == nil && (!found || revoked) {
			t.Fatalf("%q: they find %s and we do not", text, address)
		}
		if verdict != nil && found && !revoked && port == 22 && !strings.Contains(hostsOf(text), "[") {
			t.Fatalf("%q: we find %s and they do not: %v", text, address, verdict)
		}
	})
}

// hostsOf are the first words of the lines.
func hostsOf(text string) string {
	var out []string
	for l := range strings.Lines(text) {
		if words := strings.Fields(l); len(words) > 0 {
			out = append(out, words[0])
		}
	}
	return strings.Join(out, " ")
}

// Whatever stands in a configuration file, reading it ends, in an error or in settings.
func FuzzSSHConfig(f *testing.F) {
	for _, text := range []string{
		"Host a\n HostName b\n", "Match all\nPort 1", "Match host a,!b user c\nUser d", "Match exec \"x", "Include x", "Host \"a b\" !c\nIdentityFile ~/%h%%",
		"HostName=%h.%h", "=", "\"", "Host", "Match", "Include", "Port", "Host a#b", "\t\r\n\x00", "ProxyJump a,b", "Match !all", "KEY \"a\"b\"c\"", "include=*",
	} {
		f.Add(text, "a", "c")
	}
	f.Fuzz(func(t *testing.T, text, alias, user string) {
		s := &settings{alias: alias, user: user, localUser: "me", values: map[string][]string{}}
		if strings.Contains(strings.ToLower(text), "include") && strings.ContainsAny(text, "/~*?[") {
			return // it would read files of this system
		}
		if err := s.apply(text, "config", false, true, 0); err != nil {
			return
		}
		_, _, _ = s.hostName(), s.userName(), s.expand(alias, "22")
		if _, found := s.values[matchKeyword]; found {
			t.Fatal("a disguised keyword came through")
		}
		// Read again from the start, it says the same.
		again := &settings{alias: alias, user: user, localUser: "me", values: map[string][]string{}}
		if err := again.apply(text, "config", false, true, 0); err != nil || again.hostName() != s.hostName() || again.userName() != s.userName() {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func FuzzDestination(f *testing.F) {
	for _, text := range []string{"a", "me@a:22", "[::1]:1", "::1", "ssh://x", "a:b:c", "@", "[", "me@corp@h"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDestination(text)
		if err != nil {
			return
		}
		written := d.Host
		if strings.Contains(d.Host, ":") {
			written = "[" + d.Host + "]"
		}
		if d.Port != 0 {
			written += ":" + fmt.Sprint(d.Port)
		}
		if d.User != "" {
			written = d.User + "@" + written
		}
		if again, err := ParseDestination(written); again != d || err != nil {
			t.Fatalf("%q → %+v → %q → %+v, %v", text, d, written, again, err)
		}
	})
}

// The matching agrees with the plain definition of what * and ? mean.
func FuzzPattern(f *testing.F) {
	f.Add("a*b?c", "axxbyc")
	f.Add("**?", "")
	f.Add("*a*a*a*b", "aaaaaaaaa")
	var plain func(p, s string) bool
	plain = func(p, s string) bool {
		switch {
		case p == "":
			return s == ""
		case p[0] == '*':
			return plain(p[1:], s) || s != "" && plain(p, s[1:])
		}
		return s != "" && (p[0] == '?' || p[0] == s[0]) && plain(p[1:], s[1:])
	}
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if len(pattern) > 12 || len(name) > 12 {
			return
		}
		if got, want := matches(pattern, name), plain(pattern, name); got != want {
			t.Fatalf("%q matches %q: %t", pattern, name, got)
		}
	})
}
