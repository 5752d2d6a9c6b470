package tlsconf

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/youmark/pkcs8"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/private"
)

// certificate is the client's certificate with its key.
type certificate struct {
	file string
	pair tls.Certificate
}

// clientCertificate reads sslcert and sslkey; nil when neither is given.
func clientCertificate(cfg engine.Config) (*certificate, error) {
	certFile, keyFile := cfg.Params.Get("sslcert"), cfg.Params.Get("sslkey")
	if certFile == "" && keyFile == "" {
		return nil, nil
	}
	if certFile == "" || keyFile == "" {
		return nil, fault.New(fault.BadInput, "sslcert and sslkey belong together: one of them is missing")
	}
	c := &certificate{file: certFile}
	text, err := os.ReadFile(certFile)
	if err != nil {
		return nil, unreadable(err, certFile, "sslcert")
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			c.pair.Certificate = append(c.pair.Certificate, block.Bytes)
		}
	}
	if len(c.pair.Certificate) == 0 {
		return nil, fault.New(fault.TLSFile, "the file %s (sslcert) holds no certificate in PEM form", certFile)
	}
	if c.pair.Leaf, err = x509.ParseCertificate(c.pair.Certificate[0]); err != nil {
		return nil, fault.Wrap(fault.TLSFile, err, "the certificate in %s (sslcert) cannot be read", certFile)
	}
	key, err := readKey(keyFile, cfg.KeyPassphrase)
	if err != nil {
		return nil, err
	}
	if public, ok := c.pair.Leaf.PublicKey.(interface{ Equal(crypto.PublicKey) bool }); !ok || !public.Equal(key.Public()) {
		return nil, fault.New(fault.TLSFile, "the key in %s (sslkey) does not belong to the certificate in %s (sslcert), which is for %s: give the key that it was made with", keyFile, certFile, Owner(c.pair.Leaf))
	}
	c.pair.PrivateKey = key
	return c, nil
}

// unreadable is a file that cannot be opened.
func unreadable(err error, file, parameter string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.New(fault.TLSFile, "the file %s (%s) does not exist", file, parameter)
	case errors.Is(err, fs.ErrPermission):
		return fault.New(fault.TLSFile, "the file %s (%s) may not be read by this user", file, parameter)
	}
	return fault.Wrap(fault.TLSFile, err, "the file %s (%s) cannot be read", file, parameter)
}

// keyBlock is the private key in a file, which may have certificates or parameters of curves around it; nil: there is none.
func keyBlock(text []byte) *pem.Block {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			return block
		}
	}
	return nil
}

// encrypted tells whether a key cannot be read without a passphrase.
func encrypted(block *pem.Block) bool {
	// Deprecated because the format does not protect what it holds from being changed; people have such files all the same.
	return block.Type == "ENCRYPTED PRIVATE KEY" || x509.IsEncryptedPEMBlock(block) //nolint:staticcheck // see above
}

// NeedsPassphrase tells whether the key in a file is encrypted. A file without a key needs none.
func NeedsPassphrase(file string) bool {
	text, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	block := keyBlock(text)
	return block != nil && encrypted(block)
}

func readKey(file, passphrase string) (crypto.Signer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, unreadable(err, file, "sslkey")
	}
	block := keyBlock(text)
	if block == nil {
		return nil, fault.New(fault.TLSFile, "the file %s (sslkey) holds no private key in PEM form", file)
	}
	if block.Type == "OPENSSH PRIVATE KEY" {
		return nil, fault.New(fault.TLSFile, "the file %s (sslkey) holds a key for SSH: give the key of the certificate", file)
	}
	if private.OthersMayRead(file) { // as with libpq
		return nil, fault.New(fault.TLSFile, "the key in %s (sslkey) is not used, because other users may read it: chmod 0600 mends that", file)
	}
	if encrypted(block) && passphrase == "" {
		return nil, fault.New(fault.TLSKeyPassphrase, "the key in %s (sslkey) is encrypted: its passphrase has to be given", file)
	}
	key, err := parseKey(block, []byte(passphrase))
	switch {
	case errors.Is(err, errPassphrase):
		return nil, fault.New(fault.TLSKeyPassphrase, "the key in %s (sslkey) cannot be decrypted with this passphrase", file)
	case err != nil:
		return nil, fault.Wrap(fault.TLSFile, err, "the key in %s (sslkey) cannot be read", file)
	}
	return key, nil
}

var errPassphrase = errors.New("wrong passphrase")

// parseKey reads a key in any of the forms that are in use: PKCS #8, PKCS #1 and SEC 1, each plain or encrypted.
func parseKey(block *pem.Block, passphrase []byte) (crypto.Signer, error) {
	der := block.Bytes
	switch {
	case block.Type == "ENCRYPTED PRIVATE KEY":
		key, _, err := pkcs8.ParsePrivateKey(der, passphrase)
		if err != nil && strings.Contains(err.Error(), "unsupported") {
			return nil, fault.Wrap(fault.TLSFile, err, "it is encrypted in an unusual way; `openssl pkcs8 -topk8 -v2 aes-256-cbc` writes it in the common one")
		}
		if err != nil {
			return nil, errPassphrase // nearly always; the library cannot tell it from a damaged file
		}
		return signer(key)
	case encrypted(block):
		plain, err := x509.DecryptPEMBlock(block, passphrase) //nolint:staticcheck // see encrypted
		if err != nil {
			return nil, errPassphrase
		}
		key, err := parsePlain(plain)
		if err != nil { // one wrong passphrase in 256 decrypts to something
			return nil, errPassphrase
		}
		return key, nil
	}
	return parsePlain(der)
}

func parsePlain(der []byte) (crypto.Signer, error) {
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err == nil {
		return signer(key)
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, err
}

func signer(key any) (crypto.Signer, error) {
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return key, nil
	case *ecdsa.PrivateKey:
		return key, nil
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, errors.New("it is neither of RSA nor of an elliptic curve")
}

// day is a moment in a sentence.
func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
