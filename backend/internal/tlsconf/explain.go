package tlsconf

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"
	"time"

	"database-structure-sync/backend/internal/fault"
)

// Fault tells why a connection to where could not be secured; nil when err is about something else.
func (s *Settings) Fault(err error, where string) *fault.Error {
	var (
		known     *fault.Error
		invalid   x509.CertificateInvalidError
		host      x509.HostnameError
		authority x509.UnknownAuthorityError
		record    tls.RecordHeaderError
	)
	switch {
	case s.Config == nil:
		return nil
	case errors.As(err, &known) && fault.IsTLS(known.Code):
		return known
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return expired(invalid.Cert, where)
	case errors.As(err, &invalid) && invalid.Reason == x509.IncompatibleUsage:
		return fault.New(fault.TLSFailed, "the certificate of %s (%s) was not issued for servers: it needs the extended key usage serverAuth", where, Owner(invalid.Cert))
	case errors.As(err, &host):
		return s.wrongName(host.Certificate, where)
	case errors.As(err, &authority):
		return s.unknownAuthority(authority.Cert, where)
	case errors.As(err, &record):
		return fault.New(fault.TLSFailed, "%s answers, but not as a server that speaks TLS does: check host and port", where)
	}
	if f := s.remote(err, where); f != nil {
		return f
	}
	if s.client != nil && s.asked.Load() && s.agreed.Load() && dropped(err) {
		// With TLS 1.3 a client only hears of it when it goes on talking, and then the words may get lost.
		return s.refused("nothing, but ended the connection at once", where)
	}
	var verify *tls.CertificateVerificationError
	if text := err.Error(); errors.As(err, &verify) || errors.As(err, &invalid) || strings.Contains(text, "tls: ") || strings.Contains(text, "x509: ") {
		return fault.Wrap(fault.TLSFailed, innermost(err), "no secure connection to %s could be made (sslmode %s)", where, s.Mode)
	}
	return nil
}

// NotOffered is the fault of a server that does not speak TLS.
func (s *Settings) NotOffered(where string) *fault.Error {
	return fault.New(fault.TLSNotOffered, "the server at %s does not offer TLS, and sslmode=%s insists on it: set up TLS on the server, or use sslmode=disable if every network on the way is trusted", where, s.Mode)
}

func expired(c *x509.Certificate, where string) *fault.Error {
	whose := fmt.Sprintf("the certificate of %s (%s)", where, Owner(c))
	if c.IsCA {
		whose = fmt.Sprintf("the certificate of the authority %s, on which that of %s rests,", Owner(c), where)
	}
	if time.Now().Before(c.NotBefore) {
		return fault.New(fault.TLSExpired, "%s is not valid before %s: check the clock of this computer", whose, day(c.NotBefore))
	}
	return fault.New(fault.TLSExpired, "%s expired on %s: it has to be renewed on the server", whose, day(c.NotAfter))
}

func (s *Settings) wrongName(c *x509.Certificate, where string) *fault.Error {
	names := Names(c)
	switch {
	case len(names) > 0:
		return fault.New(fault.TLSWrongName, "the certificate of %s is for %s, not for %s: connect to the server under a name that its certificate has, or name that as the server's name (sslservername)",
			where, listed(names), s.name)
	case c.Subject.CommonName != "":
		return fault.New(fault.TLSWrongName, "the certificate of %s has no subject alternative name, so it is for no host, and not for %s; its common name %s does not count: have it issued anew, or use sslmode=verify-ca",
			where, s.name, c.Subject.CommonName)
	}
	return fault.New(fault.TLSWrongName, "the certificate of %s is for no host at all, so not for %s: have it issued anew, or use sslmode=verify-ca", where, s.name)
}

// listed is a list in a sentence, the first few of a long one.
func listed(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

func (s *Settings) unknownAuthority(c *x509.Certificate, where string) *fault.Error {
	trusted := "by this system"
	if s.roots != "" {
		trusted = "in " + s.roots + " (sslrootcert)"
	}
	if c == nil {
		return fault.New(fault.TLSUnknownCA, "the certificate of %s was issued by an authority that is not trusted %s: give the authority's certificate as sslrootcert", where, trusted)
	}
	if slices.Equal(c.RawIssuer, c.RawSubject) && !c.IsCA {
		return fault.New(fault.TLSUnknownCA, "the certificate of %s (%s) is signed by itself and not trusted %s: if it is the right one, give it as sslrootcert", where, Owner(c), trusted)
	}
	return fault.New(fault.TLSUnknownCA, "the certificate of %s was issued by %s, which is not trusted %s: give the certificate of that authority as sslrootcert", where, Issuer(c), trusted)
}

// refusals are what servers that have turned a client's certificate down say, as crypto/tls words the alerts (RFC 8446, 6.2).
var refusals = []string{
	"tls: bad certificate", "tls: unsupported certificate", "tls: revoked certificate", "tls: expired certificate", "tls: unknown certificate",
	"tls: unknown certificate authority", "tls: certificate required", "tls: access denied", "tls: error decrypting message",
}

// remote explains what the server said in place of going on.
func (s *Settings) remote(err error, where string) *fault.Error {
	if text := innermost(err).Error(); strings.Contains(text, "tls: server selected unsupported protocol version") {
		return s.tooOld(where)
	}
	var alert *net.OpError
	if !errors.As(err, &alert) || alert.Op != "remote error" {
		return nil
	}
	text := alert.Err.Error()
	switch {
	case strings.Contains(text, "protocol version not supported"):
		return s.tooOld(where)
	case slices.Contains(refusals, text), text == "tls: handshake failure" && s.asked.Load():
		return s.refused(text, where)
	}
	return nil
}

// dropped tells that the connection broke off.
func dropped(err error) bool {
	return slices.ContainsFunc([]error{io.EOF, io.ErrUnexpectedEOF, syscall.EPIPE, syscall.ECONNRESET}, func(e error) bool { return errors.Is(err, e) })
}

func (s *Settings) tooOld(where string) *fault.Error {
	return fault.New(fault.TLSFailed, "%s speaks no version of TLS that is safe: it has to offer TLS 1.2 or newer%s", where,
		map[bool]string{true: ", and ssl_min_protocol_version asks for TLS 1.3"}[s.Config.MinVersion == tls.VersionTLS13])
}

// refused is a handshake that the server ended because of the client's certificate.
func (s *Settings) refused(alert, where string) *fault.Error {
	alert = strings.TrimPrefix(alert, "tls: ")
	if s.client == nil {
		return fault.New(fault.TLSClientCert, "%s requires a client certificate: give one with its key as sslcert and sslkey (the server said: %s)", where, alert)
	}
	leaf := s.client.pair.Leaf
	state := ""
	if now := time.Now(); now.After(leaf.NotAfter) {
		state = ", and expired on " + day(leaf.NotAfter)
	}
	return fault.New(fault.TLSClientCert, "%s does not accept the client certificate in %s, which is for %s, issued by %s%s: give one that an authority which the server trusts has issued (the server said: %s)",
		where, s.client.file, Owner(leaf), Issuer(leaf), state, alert)
}

// LoginHint is what else may be wrong when a server refuses a log-in; "" when nothing is known. Servers refuse an account that
// is to be used with a client's certificate, or encrypted, in the same words as a wrong password.
func (s *Settings) LoginHint(encrypted bool) string {
	switch {
	case !encrypted:
		return "; the account may also require an encrypted connection (sslmode=require or stricter)"
	case s.asked.Load() && s.client == nil:
		return "; the account may also require a client certificate (sslcert and sslkey)"
	case s.asked.Load():
		return "; the account may also require another client certificate than the one for " + Owner(s.client.pair.Leaf)
	}
	return ""
}

// HasClientCertificate tells whether there is a certificate for servers that ask for one.
func (s *Settings) HasClientCertificate() bool { return s.client != nil }

// innermost is the end of the error's chain; of joined errors, the last one's. What drivers put around it repeats what the
// sentence says, or more than it may.
func innermost(err error) error {
	for {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			if all := joined.Unwrap(); len(all) > 0 {
				err = all[len(all)-1]
				continue
			}
		}
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}
