package tunnel

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what hashed names of known_hosts are made with
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// knownHosts is what files of known hosts say. A line that cannot be read is passed over, as ssh does, so that one of a kind
// of key that is not known here does not hide the others.
type knownHosts struct{ lines []knownLine }

// knownLine is one line.
type knownLine struct {
	place  string // "file:line"
	marker string // "", "cert-authority", "revoked"
	hosts  []string
	key    ssh.PublicKey
}

// readKnownHosts reads files. One that is not there has no lines.
func readKnownHosts(files []string) (*knownHosts, error) {
	k := &knownHosts{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading the known hosts: %w", err)
		}
		k.add(file, text)
	}
	return k, nil
}

func (k *knownHosts) add(file string, text []byte) {
	for i, line := range bytes.Split(text, []byte("\n")) {
		marker, hosts, key, _, _, err := ssh.ParseKnownHosts(line)
		if err != nil || marker != "" && marker != "cert-authority" && marker != "revoked" {
			continue
		}
		k.lines = append(k.lines, knownLine{fmt.Sprintf("%s:%d", file, i+1), marker, hosts, key})
	}
}

// knownName is an address as files of known hosts have it: host or [host]:port.
func knownName(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return strings.ToLower(address)
	}
	if port == "22" {
		return strings.ToLower(host)
	}
	return strings.ToLower("[" + host + "]:" + port)
}

// is tells whether a line is about a host.
func (l knownLine) is(name string) bool {
	if len(l.hosts) == 1 && strings.HasPrefix(l.hosts[0], "|1|") {
		return matchesHash(l.hosts[0], name)
	}
	patterns := make([]string, len(l.hosts))
	for i, h := range l.hosts {
		patterns[i] = strings.ToLower(h)
	}
	return matchesList(patterns, name)
}

// matchesHash tells whether "|1|salt|hash" is the hash of a name.
func matchesHash(hashed, name string) bool {
	parts := strings.Split(hashed, "|") // "", "1", salt, hash
	if len(parts) != 4 {
		return false
	}
	salt, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return false
	}
	want, err := base64.StdEncoding.DecodeString(parts[3])
	if err != nil {
		return false
	}
	h := hmac.New(sha1.New, salt)
	h.Write([]byte(name))
	return hmac.Equal(h.Sum(nil), want)
}

// about are the lines about a host with a marker.
func (k *knownHosts) about(name, marker string) []knownLine {
	var out []knownLine
	for _, l := range k.lines {
		if l.marker == marker && l.is(name) {
			out = append(out, l)
		}
	}
	return out
}

// names are a name and, where it has a port, the name without it: what is known under that holds for any port, as with ssh.
func names(name string) []string {
	if strings.HasPrefix(name, "[") {
		if host, _, err := net.SplitHostPort(name); err == nil {
			return []string{name, host}
		}
	}
	return []string{name}
}

// find is the line that vouches for a key.
func (k *knownHosts) find(name string, key ssh.PublicKey) (knownLine, bool) {
	for _, n := range names(name) {
		for _, l := range k.about(n, "") {
			if sameKey(l.key, key) {
				return l, true
			}
		}
	}
	return knownLine{}, false
}

// authority is the line that makes a key an authority over a host.
func (k *knownHosts) authority(name string, key ssh.PublicKey) (knownLine, bool) {
	for _, n := range names(name) {
		for _, l := range k.about(n, "cert-authority") {
			if sameKey(l.key, key) {
				return l, true
			}
		}
	}
	return knownLine{}, false
}

// revoked is the line that revokes a key, whatever the host.
func (k *knownHosts) revoked(key ssh.PublicKey) (knownLine, bool) {
	for _, l := range k.lines {
		if l.marker == "revoked" && sameKey(l.key, key) {
			return l, true
		}
	}
	return knownLine{}, false
}

func sameKey(a, b ssh.PublicKey) bool { return bytes.Equal(a.Marshal(), b.Marshal()) }

// algorithms are all that a host may use to prove who it is, those of the keys that are known of it first, so that a host
// with keys of several types shows a known one. Certificates are asked for only where an authority is known.
func (k *knownHosts) algorithms(name string) []string {
	supported := ssh.SupportedAlgorithms().HostKeys
	var known []string
	if slices.ContainsFunc(names(name), func(n string) bool { return len(k.about(n, "cert-authority")) > 0 }) {
		for _, a := range supported {
			if strings.Contains(a, "-cert-") {
				known = append(known, a)
			}
		}
	}
	for _, n := range names(name) {
		for _, l := range k.about(n, "") {
			for _, a := range algorithmsOf(l.key.Type()) {
				if slices.Contains(supported, a) && !slices.Contains(known, a) {
					known = append(known, a)
				}
			}
		}
	}
	for _, a := range supported {
		if !strings.Contains(a, "-cert-") && !slices.Contains(known, a) {
			known = append(known, a)
		}
	}
	return known
}

// algorithmsOf are those that sign with a type of key.
func algorithmsOf(keyType string) []string {
	if keyType == ssh.KeyAlgoRSA {
		return []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
	}
	return []string{keyType}
}

// saveKnownHost adds a line to a file of known hosts, which is made when it is not there. hashed: the name is not to be read
// from it.
func saveKnownHost(file, name string, key ssh.PublicKey, hashed bool) error {
	const doing = "saving the key of %s: %w"
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf(doing, name, err)
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf(doing, name, err)
	}
	defer f.Close()
	shown := name
	if hashed {
		shown = knownhosts.HashHostname(name)
	}
	line := shown + " " + string(bytes.TrimSpace(ssh.MarshalAuthorizedKey(key))) + "\n"
	if open, err := endsOpen(f); err != nil {
		return fmt.Errorf(doing, name, err)
	} else if open {
		line = "\n" + line
	}
	if _, err := f.WriteString(line); err != nil {
		return fmt.Errorf(doing, name, err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf(doing, name, err)
	}
	return nil
}

// endsOpen tells whether the last line of a file has no end.
func endsOpen(f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	var last [1]byte
	_, err = f.ReadAt(last[:], info.Size()-1)
	return last[0] != '\n', err
}
