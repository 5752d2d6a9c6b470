package testtls

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/youmark/pkcs8"
)

// Authority issues certificates.
type Authority struct {
	Certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// NewAuthority makes an authority that only those trust who are told to.
func NewAuthority(t testing.TB, name string) *Authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: serial(t), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour), KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	return &Authority{sign(t, template, template, key, key), key}
}

// Request says what to certify.
type Request struct {
	Owner             string // common name
	Names             []string
	Addresses         []net.IP
	Client            bool      // for clients, not servers
	NotBefore, Expiry time.Time // zero: an hour ago, and a day from now
}

// Issued is a certificate with its key.
type Issued struct {
	Certificate *x509.Certificate
	Key         *ecdsa.PrivateKey
}

// Issue makes a certificate.
func (a *Authority) Issue(t testing.TB, r Request) *Issued {
	t.Helper()
	return a.IssueFor(t, newKey(t), r)
}

// IssueFor makes a certificate for a key that is there already.
func (a *Authority) IssueFor(t testing.TB, key *ecdsa.PrivateKey, r Request) *Issued {
	t.Helper()
	if r.NotBefore.IsZero() {
		r.NotBefore = time.Now().Add(-time.Hour)
	}
	if r.Expiry.IsZero() {
		r.Expiry = time.Now().Add(24 * time.Hour)
	}
	usage := x509.ExtKeyUsageServerAuth
	if r.Client {
		usage = x509.ExtKeyUsageClientAuth
	}
	template := &x509.Certificate{
		SerialNumber: serial(t), Subject: pkix.Name{CommonName: r.Owner}, DNSNames: r.Names, IPAddresses: r.Addresses,
		NotBefore: r.NotBefore, NotAfter: r.Expiry, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{usage},
	}
	return &Issued{sign(t, template, a.Certificate, key, a.key), key}
}

// PEM is the authority's certificate as a text.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Certificate.Raw})
}

// Write writes name.crt and name.key into the folder, as PEM, and returns their paths.
func (i *Issued) Write(t testing.TB, folder, name string) (certificate, key string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(i.Key)
	if err != nil {
		t.Fatal(err)
	}
	return i.writeCertificate(t, folder, name), write(t, filepath.Join(folder, name+".key"), 0o600, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// WriteEncrypted is [Issued.Write] with a key that only a passphrase opens.
func (i *Issued) WriteEncrypted(t testing.TB, folder, name, passphrase string) (certificate, key string) {
	t.Helper()
	der, err := pkcs8.MarshalPrivateKey(i.Key, []byte(passphrase), pkcs8.DefaultOpts)
	if err != nil {
		t.Fatal(err)
	}
	return i.writeCertificate(t, folder, name), write(t, filepath.Join(folder, name+".key"), 0o600, &pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der})
}

func (i *Issued) writeCertificate(t testing.TB, folder, name string) string {
	t.Helper()
	return write(t, filepath.Join(folder, name+".crt"), 0o644, &pem.Block{Type: "CERTIFICATE", Bytes: i.Certificate.Raw})
}

func write(t testing.TB, path string, mode os.FileMode, block *pem.Block) string {
	t.Helper()
	if err := os.WriteFile(path, pem.EncodeToMemory(block), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func serial(t testing.TB) *big.Int {
	t.Helper()
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func sign(t testing.TB, template, parent *x509.Certificate, key, by *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, by)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
