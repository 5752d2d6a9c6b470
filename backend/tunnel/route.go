package tunnel

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxHops               = 16
	defaultConnectTimeout = 15 * time.Second
	defaultKeepAlive      = 5 * time.Second
)

// host is one host on the way with everything that is known about how to get in.
type host struct {
	hop      Hop
	settings *settings
	auth     Auth
	// identities are the files of private keys that were chosen or configured, in their order; certificates go with them.
	identities, certificates []string
	usual                    bool // identities are those that are tried when none is configured
	onlyIdentities           bool
	agent                    string // socket; "": none
	knownHosts               []string
	keyAlias                 string // under which the key is known, in the place of the address
	timeout, keepAlive       time.Duration
}

// route are the hosts that a configuration leads through.
func route(cfg Config) ([]*host, error) {
	hosts, err := chain(cfg, destination{cfg.Host, cfg.Port, cfg.User}, cfg.Jumps, nil)
	if err != nil {
		return nil, err
	}
	last := hosts[len(hosts)-1]
	last.auth = cfg.Auth
	if last.auth == "" {
		last.auth = Automatic
	}
	if cfg.KeyFile != "" {
		last.identities, last.certificates, last.usual, last.onlyIdentities = []string{ExpandHome(cfg.KeyFile)}, nil, false, true
	}
	if cfg.Certificate != "" {
		last.certificates = []string{ExpandHome(cfg.Certificate)}
	}
	for i, h := range hosts {
		h.hop.Index, h.hop.Count = i, len(hosts)
	}
	return hosts, nil
}

// destination is a host as it is written: [user@]host[:port].
type destination struct {
	host string
	port int
	user string
}

// chain are the hosts on the way to a destination, which is the last of them. The jump hosts are those that are given, else
// those of its configuration. The first jump host may itself be reached through others; the rest are reached one through
// the other.
func chain(cfg Config, to destination, jumps string, seen []string) ([]*host, error) {
	if len(seen) >= maxHops || slices.Contains(seen, to.host) {
		return nil, fmt.Errorf("the way to %s leads in a circle: %s", cfg.Host, strings.Join(append(seen, to.host), ", "))
	}
	h, err := describe(cfg, to)
	if err != nil {
		return nil, err
	}
	if jumps == "" {
		if jumps, err = h.configuredJumps(); err != nil {
			return nil, err
		}
	}
	if jumps == "" || strings.EqualFold(jumps, None) {
		return []*host{h}, nil
	}
	var hosts []*host
	for i, text := range strings.Split(jumps, ",") {
		jump, err := ParseDestination(text)
		if err != nil {
			return nil, fmt.Errorf("the jump hosts of %s: %w", to.host, err)
		}
		own := None
		if i == 0 {
			own = ""
		}
		before, err := chain(cfg, destination{jump.Host, jump.Port, jump.User}, own, append(seen, to.host))
		if err != nil {
			return nil, err
		}
		hosts = append(hosts, before...)
	}
	if len(hosts) >= maxHops {
		return nil, fmt.Errorf("the way to %s leads through more than %d hosts", cfg.Host, maxHops)
	}
	return append(hosts, h), nil
}

// configuredJumps are the jump hosts of the configuration files.
func (h *host) configuredJumps() (string, error) {
	s := h.settings
	if jumps := s.get("ProxyJump"); jumps != "" {
		return s.expand(jumps, strconv.Itoa(portOf(h.hop.Address))), nil
	}
	if command := s.get("ProxyCommand"); command != "" && !strings.EqualFold(command, None) {
		return "", fmt.Errorf("the configuration of %s has a ProxyCommand, and no command is run: write a ProxyJump in its place, or name the jump hosts", s.alias)
	}
	return "", nil
}

// describe puts together what is known of one host.
func describe(cfg Config, to destination) (*host, error) {
	if to.host == "" {
		return nil, errors.New("there is no SSH host")
	}
	s, err := readSettings(cfg.ConfigFile, to.host, to.user)
	if err != nil {
		return nil, err
	}
	port := to.port
	if port == 0 {
		if port, err = number(s, "Port", 22, 65535); err != nil {
			return nil, err
		}
	}
	h := &host{
		settings: s, auth: Automatic, keyAlias: s.get("HostKeyAlias"),
		hop:            Hop{Host: to.host, Address: net.JoinHostPort(s.hostName(), strconv.Itoa(port)), User: s.userName()},
		onlyIdentities: strings.EqualFold(s.get("IdentitiesOnly"), "yes"),
		timeout:        cfg.ConnectTimeout, keepAlive: cfg.KeepAlive,
	}
	h.identities, h.usual = identities(s, port)
	h.certificates = files(s, port, s.values["certificatefile"])
	h.agent = agentSocket(cfg, s, port)
	h.knownHosts = knownHostsFiles(cfg, s, port)
	return h, h.times()
}

// times are the configured ones where none is given.
func (h *host) times() error {
	seconds, err := number(h.settings, "ConnectTimeout", int(defaultConnectTimeout/time.Second), 3600)
	if err != nil {
		return err
	}
	if h.timeout <= 0 {
		h.timeout = time.Duration(seconds) * time.Second
	}
	alive, err := number(h.settings, "ServerAliveInterval", int(defaultKeepAlive/time.Second), 1<<30)
	if err != nil {
		return err
	}
	if h.keepAlive <= 0 {
		h.keepAlive = min(time.Duration(alive)*time.Second, defaultKeepAlive)
	}
	h.keepAlive = min(h.keepAlive, MaxKeepAlive)
	return nil
}

// number is a number of the configuration; otherwise when there is none, or 0.
func number(s *settings, key string, otherwise, most int) (int, error) {
	text := s.get(key)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("the configuration of %s says %s %s: it must be a number up to %d", s.alias, key, text, most)
	}
	if n == 0 {
		return otherwise, nil
	}
	return n, nil
}

// usualIdentities are tried when none is configured. Keys on tokens work through an agent only.
var usualIdentities = []string{"id_rsa", "id_ecdsa", "id_ed25519"}

func identities(s *settings, port int) (paths []string, usual bool) {
	if configured := s.values["identityfile"]; len(configured) > 0 {
		return files(s, port, configured), false
	}
	for _, name := range usualIdentities {
		paths = append(paths, filepath.Join(ExpandHome("~/.ssh"), name))
	}
	return paths, true
}

// files are the named files, without "none".
func files(s *settings, port int, names []string) []string {
	var out []string
	for _, name := range names {
		for _, word := range unquoted(name) {
			if !strings.EqualFold(word, None) {
				out = append(out, s.expand(word, strconv.Itoa(port)))
			}
		}
	}
	return out
}

func agentSocket(cfg Config, s *settings, port int) string {
	socket := cfg.AgentSocket
	if socket == "" {
		socket = s.get("IdentityAgent")
	}
	switch {
	case strings.EqualFold(socket, None):
		return ""
	case socket == "" || socket == "SSH_AUTH_SOCK":
		return os.Getenv("SSH_AUTH_SOCK")
	case strings.HasPrefix(socket, "$") && !strings.HasPrefix(socket, "${"):
		return os.Getenv(socket[1:])
	}
	return s.expand(socket, strconv.Itoa(port))
}

// knownHostsFiles are the user's files and then those of the system.
func knownHostsFiles(cfg Config, s *settings, port int) []string {
	if cfg.KnownHosts != nil {
		var out []string
		for _, file := range cfg.KnownHosts {
			out = append(out, ExpandHome(file))
		}
		return out
	}
	users, systems := s.get("UserKnownHostsFile"), s.get("GlobalKnownHostsFile")
	if users == "" {
		users = "~/.ssh/known_hosts ~/.ssh/known_hosts2"
	}
	if systems == "" {
		systems = "/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2"
	}
	return files(s, port, []string{users, systems})
}

func portOf(address string) int {
	_, port, _ := net.SplitHostPort(address)
	n, _ := strconv.Atoi(port)
	return n
}

// Destination is a host as ssh has it on its command line and in ProxyJump.
type Destination struct {
	User, Host string
	Port       int // 0: not given
}

// ParseDestination reads [user@]host[:port] or ssh://[user@]host[:port]. An IPv6 address with a port stands in brackets.
func ParseDestination(text string) (Destination, error) {
	malformed := fmt.Errorf("%q is no [user@]host[:port]", text)
	rest := strings.TrimPrefix(strings.TrimSpace(text), "ssh://")
	var d Destination
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		if d.User, rest = rest[:at], rest[at+1:]; d.User == "" {
			return d, malformed
		}
	}
	d.Host = rest
	switch {
	case strings.HasPrefix(rest, "["):
		end := strings.Index(rest, "]")
		if end < 0 {
			return d, malformed
		}
		d.Host, rest = rest[1:end], rest[end+1:]
		if rest != "" && !strings.HasPrefix(rest, ":") {
			return d, malformed
		}
	case strings.Count(rest, ":") == 1:
		colon := strings.Index(rest, ":")
		d.Host, rest = rest[:colon], rest[colon:]
	default:
		rest = ""
	}
	if rest != "" {
		port, err := strconv.Atoi(rest[1:])
		if err != nil || port < 1 || port > 65535 {
			return d, malformed
		}
		d.Port = port
	}
	if d.Host == "" || strings.HasPrefix(d.Host, "-") || strings.ContainsAny(d.Host, " \t\r\n\x00,/@\"'`$;|&<>[]") || strings.ContainsAny(d.User, "\r\n\x00") {
		return d, malformed
	}
	return d, nil
}
