package tlsconf_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/youmark/pkcs8"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testtls"
	"database-structure-sync/backend/internal/tlsconf"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheModeInEffect(t *testing.T) {
	root := filepath.Join(t.TempDir(), "root.crt")
	must(t, os.WriteFile(root, testtls.NewAuthority(t, "a").PEM(), 0o600))
	for _, test := range []struct{ mode, root, want, says string }{
		{"", "", "prefer", ""},
		{"disable", root, "disable", ""},
		{"prefer", root, "prefer", ""},
		{"require", "", "require", ""},
		{"require", root, "verify-ca", ""},
		{"", root, "verify-ca", ""},
		{"verify-ca", "", "verify-ca", ""},
		{"verify-full", root, "verify-full", ""},
		{"", "system", "verify-full", ""},
		{"verify-full", "system", "verify-full", ""},
		{"verify-ca", "system", "", "use verify-full"},
		{"require", "system", "", "use verify-full"},
		{"maybe", "", "", `"maybe" is no sslmode`},
	} {
		s, err := tlsconf.New(engine.Config{Params: url.Values{"sslmode": {test.mode}, "sslrootcert": {test.root}}}, "host")
		if test.want == "" {
			if fault.CodeOf(err) != fault.BadInput || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%+v: %v", test, err)
			}
			continue
		}
		must(t, err)
		if s.Mode != test.want || (s.Config == nil) != (test.want == "disable") || s.MayBePlain != (test.want == "prefer") {
			t.Errorf("%+v: %+v", test, s)
		}
		if s.Config != nil && (s.Config.MinVersion != tls.VersionTLS12 || s.Config.InsecureSkipVerify == (test.want == "verify-full")) {
			t.Errorf("%+v: %+v", test, s.Config)
		}
	}
}

// certified is a certificate for a key, as PEM.
func certified(t *testing.T, key crypto.Signer) []byte {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "me"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func TestKeysAreReadInEveryForm(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	sec1, err := x509.MarshalECPrivateKey(ecKey)
	must(t, err)
	plain := func(key any) []byte {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		must(t, err)
		return der
	}
	scrypt := &pkcs8.Opts{Cipher: pkcs8.AES256CBC, KDFOpts: pkcs8.ScryptOpts{SaltSize: 8, CostParameter: 1 << 10, BlockSize: 8, ParallelizationParameter: 1}}
	modern := func(key any, opts *pkcs8.Opts) []byte {
		der, err := pkcs8.MarshalPrivateKey(key, []byte("sesame"), opts)
		must(t, err)
		return der
	}
	legacy := func(kind string, der []byte, cipher x509.PEMCipher) *pem.Block {
		block, err := x509.EncryptPEMBlock(rand.Reader, kind, der, []byte("sesame"), cipher) //nolint:staticcheck // such files are in use
		must(t, err)
		return block
	}
	for _, test := range []struct {
		name      string
		key       crypto.Signer
		block     *pem.Block
		encrypted bool
	}{
		{"PKCS #8, RSA", rsaKey, &pem.Block{Type: "PRIVATE KEY", Bytes: plain(rsaKey)}, false},
		{"PKCS #8, ECDSA", ecKey, &pem.Block{Type: "PRIVATE KEY", Bytes: plain(ecKey)}, false},
		{"PKCS #8, Ed25519", edKey, &pem.Block{Type: "PRIVATE KEY", Bytes: plain(edKey)}, false},
		{"PKCS #1", rsaKey, &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(rsaKey)}, false},
		{"SEC 1", ecKey, &pem.Block{Type: "EC PRIVATE KEY", Bytes: sec1}, false},
		{"PKCS #8 encrypted with AES and PBKDF2", rsaKey, &pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: modern(rsaKey, pkcs8.DefaultOpts)}, true},
		{"PKCS #8 encrypted with AES and scrypt", ecKey, &pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: modern(ecKey, scrypt)}, true},
		{"PKCS #1 encrypted with AES", rsaKey, legacy("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey), x509.PEMCipherAES256), true},
		{"PKCS #1 encrypted with 3DES", rsaKey, legacy("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey), x509.PEMCipher3DES), true},
		{"SEC 1 encrypted", ecKey, legacy("EC PRIVATE KEY", sec1, x509.PEMCipherAES128), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			cert, key := filepath.Join(dir, "crt"), filepath.Join(dir, "key")
			must(t, os.WriteFile(cert, certified(t, test.key), 0o600))
			around := append([]byte("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"), pem.EncodeToMemory(test.block)...)
			must(t, os.WriteFile(key, around, 0o600))
			cfg := engine.Config{Params: url.Values{"sslmode": {"require"}, "sslcert": {cert}, "sslkey": {key}}}
			if tlsconf.NeedsPassphrase(key) != test.encrypted {
				t.Errorf("it needs a passphrase: %v", !test.encrypted)
			}
			if test.encrypted {
				refusedFor(t, cfg, fault.TLSKeyPassphrase, "is encrypted: its passphrase")
				cfg.KeyPassphrase = "wrong-word"
				refusedFor(t, cfg, fault.TLSKeyPassphrase, "cannot be decrypted with this passphrase")
				cfg.KeyPassphrase = "sesame"
			}
			s, err := tlsconf.New(cfg, "host")
			must(t, err)
			shown, err := s.Config.GetClientCertificate(&tls.CertificateRequestInfo{})
			must(t, err)
			if len(shown.Certificate) != 1 || !shown.Leaf.PublicKey.(interface{ Equal(crypto.PublicKey) bool }).Equal(test.key.Public()) {
				t.Errorf("%+v", shown)
			}
		})
	}
}

// unusable demands the fault of a file, without the passphrase in it.
func unusable(t *testing.T, cfg engine.Config, parts ...string) {
	t.Helper()
	refusedFor(t, cfg, fault.TLSFile, parts...)
}

func refusedFor(t *testing.T, cfg engine.Config, code fault.Code, parts ...string) {
	t.Helper()
	_, err := tlsconf.New(cfg, "host")
	if fault.CodeOf(err) != code {
		t.Fatalf("%s: %v", fault.CodeOf(err), err)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is missing in: %v", part, err)
		}
	}
	if cfg.KeyPassphrase != "" && strings.Contains(err.Error(), cfg.KeyPassphrase) {
		t.Errorf("the passphrase is in: %v", err)
	}
}

func TestFilesThatCannotBeUsedAreNamed(t *testing.T) {
	dir := t.TempDir()
	a := testtls.NewAuthority(t, "a")
	cert, key := a.Issue(t, testtls.Request{Owner: "me", Client: true}).Write(t, dir, "mine")
	_, other := a.Issue(t, testtls.Request{Owner: "you", Client: true}).Write(t, dir, "yours")
	_, open := a.Issue(t, testtls.Request{Owner: "me", Client: true}).Write(t, dir, "open")
	must(t, os.Chmod(open, 0o640))
	empty, ssh, none := filepath.Join(dir, "empty"), filepath.Join(dir, "ssh"), filepath.Join(dir, "none")
	must(t, os.WriteFile(empty, []byte("nothing\n"), 0o600))
	must(t, os.WriteFile(ssh, pem.EncodeToMemory(&pem.Block{Type: "OPENSSH PRIVATE KEY", Bytes: []byte("x")}), 0o600))
	for _, test := range []struct {
		name   string
		params url.Values
		says   []string
	}{
		{"no authorities", url.Values{"sslrootcert": {none}}, []string{none, "sslrootcert", "does not exist"}},
		{"a key for authorities", url.Values{"sslrootcert": {key}}, []string{key, "no certificate in PEM form"}},
		{"a folder", url.Values{"sslrootcert": {dir}}, []string{dir, "cannot be read"}},
		{"no certificate", url.Values{"sslcert": {none}, "sslkey": {key}}, []string{none, "sslcert", "does not exist"}},
		{"an empty certificate", url.Values{"sslcert": {empty}, "sslkey": {key}}, []string{empty, "no certificate in PEM form"}},
		{"no key", url.Values{"sslcert": {cert}, "sslkey": {none}}, []string{none, "sslkey", "does not exist"}},
		{"an empty key", url.Values{"sslcert": {cert}, "sslkey": {empty}}, []string{empty, "no private key in PEM form"}},
		{"a key for SSH", url.Values{"sslcert": {cert}, "sslkey": {ssh}}, []string{ssh, "SSH"}},
		{"a key that others may read", url.Values{"sslcert": {cert}, "sslkey": {open}}, []string{open, "other users may read it", "chmod 0600"}},
		{"somebody else's key", url.Values{"sslcert": {cert}, "sslkey": {other}}, []string{other, "does not belong to the certificate in " + cert, "is for me"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.params.Set("sslmode", "verify-full")
			unusable(t, engine.Config{Params: test.params}, test.says...)
		})
	}
}

// connection is both ends of one.
func connection(t *testing.T) (here, there net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	here, err = net.Dial("tcp", l.Addr().String())
	must(t, err)
	t.Cleanup(func() { here.Close() })
	must(t, here.SetDeadline(time.Now().Add(10*time.Second)))
	there, err = l.Accept()
	must(t, err)
	return here, there
}

// handshake makes one with a server of crypto/tls, and returns what the client gets.
func handshake(t *testing.T, s *tlsconf.Settings, server *tls.Config) error {
	t.Helper()
	here, there := connection(t)
	go func() {
		defer there.Close()
		if server == nil {
			_, _ = there.Write([]byte("SSH-2.0-what is this?\r\n"))
			return
		}
		conn := tls.Server(there, server)
		if conn.Handshake() == nil {
			_, _ = conn.Read(make([]byte, 1))
		}
	}()
	client := tls.Client(here, s.Config)
	if err := client.Handshake(); err != nil {
		return err
	}
	_, err := client.Read(make([]byte, 1))
	return err
}

func TestWhatElseCanGoWrongWithTLS(t *testing.T) {
	a := testtls.NewAuthority(t, "The Authority")
	issued := a.Issue(t, testtls.Request{Owner: "db", Names: []string{"db.example"}})
	own := tls.Certificate{Certificate: [][]byte{issued.Certificate.Raw}, PrivateKey: issued.Key}
	client := a.Issue(t, testtls.Request{Owner: "client", Names: []string{"db.example"}, Client: true})
	wrong := tls.Certificate{Certificate: [][]byte{client.Certificate.Raw}, PrivateKey: client.Key}
	root := filepath.Join(t.TempDir(), "root.crt")
	must(t, os.WriteFile(root, a.PEM(), 0o600))
	pool := x509.NewCertPool()
	pool.AddCert(a.Certificate)
	for _, test := range []struct {
		name   string
		server *tls.Config
		params url.Values
		code   fault.Code
		says   string
	}{
		{"only old versions", &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, nil, fault.TLSFailed, "it has to offer TLS 1.2 or newer"},
		{"not as new as demanded", &tls.Config{Certificates: []tls.Certificate{own}, MaxVersion: tls.VersionTLS12}, url.Values{"ssl_min_protocol_version": {"TLSv1.3"}}, fault.TLSFailed, "asks for TLS 1.3"},
		{"another protocol", nil, nil, fault.TLSFailed, "answers, but not as a server that speaks TLS does"},
		{"a certificate for clients", &tls.Config{Certificates: []tls.Certificate{wrong}}, nil, fault.TLSFailed, "was not issued for servers"},
		{"a certificate demanded", &tls.Config{Certificates: []tls.Certificate{own}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}, nil, fault.TLSClientCert, "requires a client certificate"},
		{"a certificate demanded, TLS 1.2", &tls.Config{Certificates: []tls.Certificate{own}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool, MaxVersion: tls.VersionTLS12}, nil, fault.TLSClientCert, "requires a client certificate"},
	} {
		t.Run(test.name, func(t *testing.T) {
			params := url.Values{"sslmode": {"verify-full"}, "sslrootcert": {root}}
			for name, values := range test.params {
				params[name] = values
			}
			s, err := tlsconf.New(engine.Config{Params: params}, "db.example")
			must(t, err)
			f := s.Fault(handshake(t, s, test.server), "db.example:1")
			if f == nil || f.Code != test.code || !strings.Contains(f.Error(), test.says) || !strings.Contains(f.Error(), "db.example:1") {
				t.Errorf("%v", f)
			}
		})
	}
}

func TestTheNameMayBeGivenApart(t *testing.T) {
	a := testtls.NewAuthority(t, "The Authority")
	issued := a.Issue(t, testtls.Request{Owner: "db", Names: []string{"real.example"}})
	root := filepath.Join(t.TempDir(), "root.crt")
	must(t, os.WriteFile(root, a.PEM(), 0o600))
	told := 0
	cfg := engine.Config{Params: url.Values{"sslrootcert": {root}, "sslmode": {"verify-full"}}, ServerName: "real.example", Secured: func(s tls.ConnectionState) {
		told++
		if !bytes.Equal(s.PeerCertificates[0].Raw, issued.Certificate.Raw) || strings.Join(tlsconf.Names(s.PeerCertificates[0]), " ") != "real.example" {
			t.Errorf("%+v", s)
		}
	}}
	s, err := tlsconf.New(cfg, "127.0.0.1")
	must(t, err)
	server := &tls.Config{GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		if hello.ServerName != "real.example" {
			t.Errorf("the server is asked for %q", hello.ServerName)
		}
		return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{issued.Certificate.Raw}, PrivateKey: issued.Key}}}, nil
	}}
	here, there := connection(t)
	go func() { defer there.Close(); _ = tls.Server(there, server).Handshake() }()
	must(t, tls.Client(here, s.Config).Handshake())
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}
