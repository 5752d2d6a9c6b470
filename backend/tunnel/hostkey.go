package tunnel

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"database-structure-sync/backend/internal/fault"
)

// judge decides about the key of one host.
type judge struct {
	host    *host
	known   *knownHosts
	trusted *Trusted
	ask     func(HostKeyQuestion) (Trust, error)
	ctx     context.Context //nolint:containedctx // of the handshake that the callback belongs to
	began   time.Time
	// What was found.
	accepted ssh.PublicKey
	detail   map[string]string // nil: no key was shown yet
	err      *fault.Error
	took     time.Duration
}

// name is the one that the host's key is known under.
func (j *judge) name() string {
	if alias := j.host.keyAlias; alias != "" {
		return strings.ToLower(alias)
	}
	return knownName(j.host.hop.Address)
}

// callback implements ssh.HostKeyCallback. It is called again when keys are exchanged anew in an open connection: then only
// the key that was good is.
func (j *judge) callback(_ string, _ net.Addr, key ssh.PublicKey) error {
	if j.detail != nil {
		if j.accepted != nil && sameKey(j.accepted, key) {
			return nil
		}
		return fault.New(fault.HostKeyChanged, "the SSH host %s has changed its key during the connection", j.host.hop)
	}
	j.took = time.Since(j.began)
	j.detail = map[string]string{"type": key.Type(), "fingerprint": ssh.FingerprintSHA256(plain(key))}
	err := j.verdict(key)
	if err == nil {
		j.accepted = key
		return nil
	}
	if !errors.As(err, &j.err) {
		j.err = fault.Wrap(fault.TunnelFailed, err, "the key of the SSH host %s cannot be verified", j.host.hop)
	}
	return j.err
}

// plain is the key itself, without the certificate around it.
func plain(key ssh.PublicKey) ssh.PublicKey {
	if c, ok := key.(*ssh.Certificate); ok {
		return c.Key
	}
	return key
}

func (j *judge) verdict(key ssh.PublicKey) error {
	hop, name := j.host.hop, j.name()
	revoked := []ssh.PublicKey{plain(key)}
	if c, ok := key.(*ssh.Certificate); ok {
		revoked = append(revoked, c.SignatureKey)
	}
	for _, k := range revoked {
		if l, ok := j.known.revoked(k); ok {
			return fault.New(fault.HostKeyRevoked, "the %s key of the SSH host %s (%s) was revoked in %s", k.Type(), hop, ssh.FingerprintSHA256(k), l.place)
		}
	}
	if c, ok := key.(*ssh.Certificate); ok {
		return j.certificate(c)
	}
	if known, err := j.isKnown(name, key); known || err != nil {
		return err
	}
	// Another tunnel may be asking about the same key.
	if err := j.trusted.enter(j.ctx); err != nil {
		return err
	}
	defer j.trusted.leave()
	again, err := readKnownHosts(j.host.knownHosts)
	if err != nil {
		return err
	}
	j.known = again
	if known, err := j.isKnown(name, key); known || err != nil {
		return err
	}
	return j.unknown(key)
}

// isKnown tells whether something vouches for a key. The error is of a key that is not among those that are known.
func (j *judge) isKnown(name string, key ssh.PublicKey) (bool, error) {
	if l, ok := j.known.find(name, key); ok {
		j.detail["source"] = l.place
		return true, nil
	}
	if lines := j.known.about(name, ""); len(lines) > 0 {
		return false, j.changed(key, lines)
	}
	if j.trusted.has(name, key) {
		j.detail["source"] = "once"
		return true, nil
	}
	return false, nil
}

// certificate judges a certificate: an authority that is known for the host must vouch for it.
func (j *judge) certificate(c *ssh.Certificate) error {
	hop := j.host.hop
	line, ok := j.known.authority(j.name(), c.SignatureKey)
	if !ok {
		return fault.New(fault.HostKeyUnknown, "the SSH host %s shows a certificate of the authority %s, which is not known for it",
			hop, ssh.FingerprintSHA256(c.SignatureKey))
	}
	if c.CertType != ssh.HostCert {
		return fault.New(fault.TunnelFailed, "the SSH host %s shows a certificate that is not one for hosts", hop)
	}
	principal := hostOf(hop.Address)
	if j.host.keyAlias != "" {
		principal = j.host.keyAlias
	}
	checker := &ssh.CertChecker{}
	if err := checker.CheckCert(principal, c); err != nil {
		return fault.Wrap(fault.TunnelFailed, err, "the certificate of the SSH host %s is not good", hop)
	}
	j.detail["source"], j.detail["certificate"] = line.place, c.KeyId
	return nil
}

// changed is the error of a key that is not among those that are known.
func (j *judge) changed(key ssh.PublicKey, lines []knownLine) error {
	var places []string
	same := slices.ContainsFunc(lines, func(l knownLine) bool { return l.key.Type() == key.Type() })
	for _, l := range lines {
		if !same || l.key.Type() == key.Type() {
			places = append(places, l.place+" ("+l.key.Type()+")")
		}
	}
	return fault.New(fault.HostKeyChanged, "the key of the SSH host %s has changed: it shows %s %s, and %s has another. Somebody may be listening in. "+
		"If the change is right, remove what stands there", j.host.hop, key.Type(), ssh.FingerprintSHA256(key), strings.Join(places, ", "))
}

// unknown asks about a key of a host that nothing is known of.
func (j *judge) unknown(key ssh.PublicKey) error {
	hop, name := j.host.hop, j.name()
	file := filepath.Join(ExpandHome("~/.ssh"), "known_hosts")
	if len(j.host.knownHosts) > 0 {
		file = j.host.knownHosts[0]
	}
	answer, err := j.ask(HostKeyQuestion{Hop: hop, Name: name, Type: key.Type(), Fingerprint: ssh.FingerprintSHA256(key), File: file})
	if err != nil {
		return err
	}
	switch answer {
	case TrustOnce:
		j.detail["source"] = "once"
		j.trusted.add(name, key)
		return nil
	case TrustSave:
		if err := saveKnownHost(file, name, key, strings.EqualFold(j.host.settings.get("HashKnownHosts"), "yes")); err != nil {
			return fault.Wrap(fault.TunnelFailed, err, "the SSH host %s", hop)
		}
		j.detail["source"] = "saved"
		return nil
	case Unasked:
		return fault.New(fault.HostKeyUnknown, "the SSH host %s is not known: its %s key is %s. Add it to %s once you know that it is right, by connecting with ssh for example",
			hop, key.Type(), ssh.FingerprintSHA256(key), file)
	}
	return fault.New(fault.HostKeyUnknown, "the SSH host %s is not known, and its %s key %s was not trusted", hop, key.Type(), ssh.FingerprintSHA256(key))
}
