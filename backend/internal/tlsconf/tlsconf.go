package tlsconf

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// Modes are the values of sslmode, from the loosest to the strictest.
var Modes = []string{"disable", "prefer", "require", "verify-ca", "verify-full"}

// System is the value of sslrootcert that stands for the authorities that this system trusts. They are trusted to say who
// somebody is, not to serve only friends; so it goes with verify-full only.
const System = "system"

// Settings are how one connection is secured. They serve any number of attempts to connect.
type Settings struct {
	Mode string // one of Modes
	// Config is nil when the connection is not to be encrypted.
	Config *tls.Config
	// MayBePlain: when the server does not offer TLS, the connection is made without. Never when anything else fails.
	MayBePlain bool

	name   string       // that the certificate has to be for
	roots  string       // file with the trusted authorities; "" the system's
	client *certificate // what the server is shown when it asks; nil: nothing
	asked  atomic.Bool  // the server has asked for a certificate
	agreed atomic.Bool  // a handshake came to its end on this side
}

// New reads the parameters sslmode, sslrootcert, sslcert, sslkey and ssl_min_protocol_version. The server has to be called
// cfg.ServerName or, without that, host.
func New(cfg engine.Config, host string) (*Settings, error) {
	s := &Settings{name: cfg.ServerName, roots: cfg.Params.Get("sslrootcert")}
	if s.name == "" {
		s.name = host
	}
	var err error
	if s.Mode, err = mode(cfg.Params); err != nil || s.Mode == "disable" {
		return s, err
	}
	if s.roots == System {
		s.roots = ""
	}
	t := &tls.Config{ServerName: s.name, MinVersion: tls.VersionTLS12}
	if t.MinVersion, err = oldestVersion(cfg.Params); err != nil {
		return nil, err
	}
	if t.RootCAs, err = authorities(s.roots); err != nil {
		return nil, err
	}
	if s.client, err = clientCertificate(cfg); err != nil {
		return nil, err
	}
	t.GetClientCertificate = s.present
	verify := func(tls.ConnectionState) error { return nil }
	switch s.Mode {
	case "prefer", "require": // encrypted, and nobody's identity is verified: that is what these two modes are
		t.InsecureSkipVerify = true
		s.MayBePlain = s.Mode == "prefer"
	case "verify-ca": // the chain is verified here, since crypto/tls does it together with the name or not at all
		t.InsecureSkipVerify = true
		verify = func(state tls.ConnectionState) error { return verifyChain(state, t.RootCAs) }
	}
	t.VerifyConnection = func(state tls.ConnectionState) error {
		if err := verify(state); err != nil {
			return err
		}
		s.agreed.Store(true)
		if cfg.Secured != nil {
			cfg.Secured(state)
		}
		return nil
	}
	s.Config = t
	return s, nil
}

// mode is the mode in effect.
func mode(params url.Values) (string, error) {
	mode, roots := params.Get("sslmode"), params.Get("sslrootcert")
	switch {
	case mode != "" && !slices.Contains(Modes, mode):
		return "", fault.New(fault.BadInput, "%q is no sslmode: choose disable, prefer, require, verify-ca or verify-full", mode)
	case mode == "" && roots == System:
		return "verify-full", nil
	case roots == System && mode != "disable" && mode != "verify-full":
		return "", fault.New(fault.BadInput, "sslrootcert=system trusts every public authority, which is worth nothing with sslmode=%s: use verify-full", mode)
	case roots != "" && (mode == "" || mode == "require"):
		return "verify-ca", nil
	case mode == "":
		return "prefer", nil
	}
	return mode, nil
}

func oldestVersion(params url.Values) (uint16, error) {
	switch v := params.Get("ssl_min_protocol_version"); v {
	case "", "TLSv1.2":
		return tls.VersionTLS12, nil
	case "TLSv1.3":
		return tls.VersionTLS13, nil
	default:
		return 0, fault.New(fault.BadInput, "ssl_min_protocol_version is TLSv1.2 or TLSv1.3, not %q", v)
	}
}

// authorities reads the certificates of the authorities to trust; nil stands for the system's.
func authorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, unreadable(err, file, "sslrootcert")
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fault.New(fault.TLSFile, "the file %s (sslrootcert) holds no certificate in PEM form: give the authority's certificate, which begins with -----BEGIN CERTIFICATE-----", file)
	}
	return pool, nil
}

// verifyChain verifies the server's certificate up to a trusted one, whatever name it was made for.
func verifyChain(state tls.ConnectionState, roots *x509.CertPool) error {
	if len(state.PeerCertificates) == 0 {
		return errors.New("tls: the server sent no certificate")
	}
	intermediates := x509.NewCertPool()
	for _, c := range state.PeerCertificates[1:] {
		intermediates.AddCert(c)
	}
	_, err := state.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: intermediates})
	return err
}

// present shows the client's certificate to a server that asks for one, also to a server that does not list who issued it:
// then the server says what is wrong, instead of missing a certificate.
func (s *Settings) present(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	s.asked.Store(true)
	if s.client == nil {
		return &tls.Certificate{}, nil
	}
	return &s.client.pair, nil
}

// Names are the names that a certificate is for, hosts before addresses.
func Names(c *x509.Certificate) []string {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}

// subject is somebody as a certificate names them: by the common name where there is one.
func subject(common, whole string) string {
	if common != "" {
		return common
	}
	return strings.TrimSpace(whole)
}

// Owner is whom a certificate is for.
func Owner(c *x509.Certificate) string { return subject(c.Subject.CommonName, c.Subject.String()) }

// Issuer is who issued a certificate.
func Issuer(c *x509.Certificate) string { return subject(c.Issuer.CommonName, c.Issuer.String()) }
