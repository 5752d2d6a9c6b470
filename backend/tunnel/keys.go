package tunnel

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/youmark/pkcs8"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"database-structure-sync/backend/internal/private"
)

// maxKeyFile bounds what is read of a file that may be no key at all.
const maxKeyFile = 1 << 20

// candidate is a key that may be offered.
type candidate struct {
	name   string // for the list of what was tried
	signer ssh.Signer
	public ssh.PublicKey
}

// keyring finds the keys for one host.
type keyring struct {
	host *host
	ask  func(SecretQuestion) (string, bool, error)
	// pause stops the clock until its result is called.
	pause func() (resume func())
	// opened are keys that were decrypted for this tunnel, by file.
	opened   map[string]ssh.Signer
	problems []string // what kept keys from being offered
	agent    net.Conn // nil: none is open
}

// candidates are the keys to offer, in their order: those of the agent that were configured, the others of the agent, and
// those in files alone.
func (k *keyring) candidates(ctx context.Context) []candidate {
	held := k.fromAgent(ctx)
	files := k.fromFiles(held)
	var out []candidate
	add := func(c candidate) {
		for _, o := range out {
			if sameKey(o.public, c.public) {
				return
			}
		}
		out = append(out, c)
	}
	for _, f := range files {
		if f.inAgent {
			add(f.candidate)
		}
	}
	if k.host.auth != Key && !(k.host.onlyIdentities && k.host.auth != Agent) {
		for _, a := range held {
			add(a)
		}
	}
	if k.host.auth != Agent {
		for _, f := range files {
			add(f.candidate)
		}
	}
	return out
}

// fromAgent are the keys that the agent holds.
func (k *keyring) fromAgent(ctx context.Context) []candidate {
	wanted := k.host.auth == Agent
	if k.host.agent == "" {
		if wanted {
			k.problem("there is no agent: SSH_AUTH_SOCK is not set")
		}
		return nil
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", k.host.agent)
	if err != nil {
		k.problem("the agent cannot be reached: %v", err)
		return nil
	}
	k.agent = conn
	_ = conn.SetDeadline(time.Now().Add(k.host.timeout))
	signers, err := agent.NewClient(conn).Signers()
	_ = conn.SetDeadline(time.Time{})
	if err != nil {
		k.problem("the agent gives no keys: %v", err)
		return nil
	}
	if len(signers) == 0 && wanted {
		k.problem("the agent holds no key")
	}
	var out []candidate
	for _, s := range signers {
		as, ok := s.(ssh.AlgorithmSigner)
		if !ok {
			continue
		}
		public := s.PublicKey()
		if parsed, err := ssh.ParsePublicKey(public.Marshal()); err == nil { // the agent's own type is no certificate
			public = parsed
		}
		out = append(out, candidate{fmt.Sprintf("key %s of the agent", ssh.FingerprintSHA256(plain(public))), &patientSigner{as, k.pause}, public})
	}
	return out
}

// close ends the connection to the agent.
func (k *keyring) close() {
	if k.agent != nil {
		_ = k.agent.Close()
	}
}

func (k *keyring) problem(format string, args ...any) {
	k.problems = append(k.problems, fmt.Sprintf(format, args...))
}

// fileKey is a key that was configured by the name of its file.
type fileKey struct {
	candidate
	inAgent bool
}

// fromFiles are the configured keys, each after its certificates.
func (k *keyring) fromFiles(held []candidate) []fileKey {
	var out []fileKey
	for _, path := range k.host.identities {
		key, ok := k.fromFile(path, held)
		if !ok {
			continue
		}
		for _, file := range append([]string{path + "-cert.pub"}, k.host.certificates...) {
			if c, ok := k.certified(key, file); ok {
				out = append(out, c)
			}
		}
		out = append(out, key)
	}
	for _, file := range k.host.certificates { // for keys that only the agent holds
		for _, h := range held {
			if c, ok := k.certified(fileKey{h, true}, file); ok {
				out = append(out, c)
			}
		}
	}
	return out
}

// fromFile is the key of a file, signed with by the agent when that holds it.
func (k *keyring) fromFile(path string, held []candidate) (fileKey, bool) {
	text, err := readSmall(path)
	public, _ := publicKeyFile(path + ".pub")
	if err != nil && public == nil {
		if !k.host.usual || !errors.Is(err, fs.ErrNotExist) {
			k.problem("%v", err)
		}
		return fileKey{}, false
	}
	signer, parseErr := ssh.ParsePrivateKey(text)
	var locked *ssh.PassphraseMissingError
	if isEncryptedPKCS8(text) {
		locked = &ssh.PassphraseMissingError{PublicKey: public}
		parseErr = locked
	}
	switch {
	case parseErr == nil:
		public = signer.PublicKey()
	case errors.As(parseErr, &locked) && locked.PublicKey != nil:
		public = locked.PublicKey
	case err == nil && locked == nil: // the file may be that of a public key, whose private half the agent has
		if p, ok := publicKeyFile(path); ok {
			public = p
		} else {
			k.problem("%s is no private key that can be read: %v", path, parseErr)
			return fileKey{}, false
		}
	}
	for _, h := range held {
		if public != nil && sameKey(h.public, public) {
			return fileKey{candidate{"key " + path + " by the agent", h.signer, public}, true}, true
		}
	}
	if (signer != nil || locked != nil) && private.OthersMayRead(path) { // as with ssh
		k.problem("%s is not used, because other users may read it: chmod 0600 mends that", path)
		return fileKey{}, false
	}
	if err != nil || parseErr != nil && locked == nil {
		if !k.host.usual && !k.host.onlyIdentities || k.host.auth == Key {
			k.problem("%s: there is only a public key, and the agent does not hold its other half", path)
		}
		return fileKey{}, false
	}
	if signer == nil {
		lazy := &lockedSigner{ring: k, path: path, text: text, public: public}
		if public == nil { // of the old PEM format nothing can be told without the passphrase
			if signer, err = lazy.open(); err != nil {
				k.problem("%v", err)
				return fileKey{}, false
			}
			return fileKey{candidate{"key " + path, signer, signer.PublicKey()}, false}, true
		}
		signer = lazy
	}
	return fileKey{candidate{"key " + path, signer, public}, false}, true
}

// certified is a key with the certificate of a file, when that is for the key.
func (k *keyring) certified(key fileKey, file string) (fileKey, bool) {
	public, ok := publicKeyFile(file)
	if !ok {
		return fileKey{}, false
	}
	cert, ok := public.(*ssh.Certificate)
	if !ok || !sameKey(cert.Key, key.public) {
		return fileKey{}, false
	}
	signer, err := ssh.NewCertSigner(cert, key.signer)
	if err != nil {
		k.problem("%s: %v", file, err)
		return fileKey{}, false
	}
	return fileKey{candidate{"certificate " + file, signer, cert}, key.inAgent}, true
}

func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxKeyFile))
}

func publicKeyFile(path string) (ssh.PublicKey, bool) {
	text, err := readSmall(path)
	if err != nil {
		return nil, false
	}
	key, _, _, _, err := ssh.ParseAuthorizedKey(bytes.TrimSpace(text))
	return key, err == nil
}

// maxAttempts is how often a secret is asked for.
const maxAttempts = 3

// lockedSigner is a key whose passphrase is asked for when it has to sign, that is when the host would take the key.
type lockedSigner struct {
	ring   *keyring
	path   string
	text   []byte
	public ssh.PublicKey
	mu     sync.Mutex
}

// PublicKey implements ssh.Signer.
func (l *lockedSigner) PublicKey() ssh.PublicKey { return l.public }

// Sign implements ssh.Signer.
func (l *lockedSigner) Sign(rand io.Reader, data []byte) (*ssh.Signature, error) {
	return l.SignWithAlgorithm(rand, data, "")
}

// SignWithAlgorithm implements ssh.AlgorithmSigner.
func (l *lockedSigner) SignWithAlgorithm(rand io.Reader, data []byte, algorithm string) (*ssh.Signature, error) {
	signer, err := l.open()
	if err != nil {
		l.ring.problem("%v", err)
		return nil, err
	}
	if as, ok := signer.(ssh.AlgorithmSigner); ok {
		return as.SignWithAlgorithm(rand, data, algorithm)
	}
	return signer.Sign(rand, data)
}

// open decrypts the key, asking for its passphrase.
func (l *lockedSigner) open() (ssh.Signer, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.ring.opened[l.path]; s != nil {
		return s, nil
	}
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		phrase, ok, err := l.ring.ask(SecretQuestion{Hop: l.ring.host.hop, Kind: KeyPassphrase, KeyFile: l.path, Attempt: attempt})
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("the passphrase of %s was not given", l.path)
		}
		resume := l.ring.pause() // it is meant to take long
		signer, err := decrypt(l.text, []byte(phrase))
		resume()
		if err == nil {
			l.ring.opened[l.path] = signer
			return signer, nil
		}
		if !errors.Is(err, x509.IncorrectPasswordError) {
			return nil, fmt.Errorf("%s cannot be decrypted: %w", l.path, err)
		}
	}
	return nil, fmt.Errorf("the passphrase of %s was wrong", l.path)
}

// encryptedPKCS8 is the type of a block that the SSH module does not read.
const encryptedPKCS8 = "ENCRYPTED PRIVATE KEY"

func isEncryptedPKCS8(text []byte) bool {
	block, _ := pem.Decode(text)
	return block != nil && block.Type == encryptedPKCS8
}

// decrypt reads a key. A wrong passphrase is x509.IncorrectPasswordError. In the older formats it cannot always be told from
// damage: what it makes of the key may even look decrypted.
func decrypt(text, phrase []byte) (ssh.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type == "OPENSSH PRIVATE KEY" {
		return ssh.ParsePrivateKeyWithPassphrase(text, phrase)
	}
	var signer ssh.Signer
	var err error
	if block.Type == encryptedPKCS8 {
		var key any
		if key, _, err = pkcs8.ParsePrivateKey(block.Bytes, phrase); err == nil {
			signer, err = ssh.NewSignerFromKey(key)
		}
	} else {
		signer, err = ssh.ParsePrivateKeyWithPassphrase(text, phrase)
	}
	if err != nil && !strings.Contains(err.Error(), "supported") {
		err = x509.IncorrectPasswordError
	}
	return signer, err
}

// patientSigner is a key of an agent, which may ask its user before it signs.
type patientSigner struct {
	ssh.AlgorithmSigner
	pause func() (resume func())
}

// SignWithAlgorithm implements ssh.AlgorithmSigner.
func (p *patientSigner) SignWithAlgorithm(rand io.Reader, data []byte, algorithm string) (*ssh.Signature, error) {
	defer p.pause()()
	return p.AlgorithmSigner.SignWithAlgorithm(rand, data, algorithm)
}
