package secret

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"database-structure-sync/backend/internal/fault"
)

// The vault's file is a header and, encrypted with XChaCha20-Poly1305, a JSON object of secrets. The header is
// authenticated with it:
//
//	 8  magic "DBSVAULT"
//	 1  version of the format, 1
//	 4  Argon2id: passes           (big endian, like the next)
//	 4  Argon2id: memory in KiB
//	 1  Argon2id: threads
//	16  Argon2id: salt
//	16  check of the key, which tells a wrong password from a damaged file
//	24  nonce
const (
	vaultMagic   = "DBSVAULT"
	vaultVersion = 1
	saltSize     = 16
	checkSize    = 16
	headerSize   = len(vaultMagic) + 1 + 4 + 4 + 1 + saltSize + checkSize + chacha20poly1305.NonceSizeX
)

var (
	// recommended is what RFC 9106 recommends where memory is short.
	recommended = cost{passes: 3, memory: 64 << 10, threads: 4}
	vaultCost   = recommended
	// mostCost is what is accepted from a file at most.
	mostCost = cost{passes: 64, memory: 1 << 20, threads: 64}
)

var errDamaged = errors.New("the vault is damaged")

type cost struct {
	passes, memory uint32
	threads        uint8
}

// vaultKey is a key with what it was made from, apart from the password.
type vaultKey struct {
	cost cost
	salt [saltSize]byte
	key  [chacha20poly1305.KeySize]byte
}

// newVaultKey makes the key of a password with a new salt.
func newVaultKey(master string) *vaultKey {
	k := &vaultKey{cost: vaultCost}
	_, _ = rand.Read(k.salt[:]) // never fails
	k.derive(master)
	return k
}

func (k *vaultKey) derive(master string) {
	derived := argon2.IDKey([]byte(master), k.salt[:], k.cost.passes, k.cost.memory, k.cost.threads, uint32(len(k.key)))
	copy(k.key[:], derived)
	clear(derived)
}

// check tells whether a key is the right one, and nothing else about it.
func (k *vaultKey) check() []byte {
	mac := hmac.New(sha256.New, k.key[:])
	mac.Write([]byte(vaultMagic + " check"))
	return mac.Sum(nil)[:checkSize]
}

// vaultFile is a file as it was read.
type vaultFile struct {
	header, sealed []byte
	cost           cost
	salt           [saltSize]byte
	check, nonce   []byte
}

func parseVault(data []byte) (*vaultFile, error) {
	if len(data) < headerSize+chacha20poly1305.Overhead || !bytes.HasPrefix(data, []byte(vaultMagic)) {
		return nil, errDamaged
	}
	f := &vaultFile{header: data[:headerSize], sealed: data[headerSize:]}
	rest := f.header[len(vaultMagic):]
	if rest[0] != vaultVersion {
		return nil, fault.New(fault.VaultUnusable, "the vault was written by a newer release of this program (its format is number %d): use that release or a newer one", rest[0])
	}
	f.cost = cost{binary.BigEndian.Uint32(rest[1:]), binary.BigEndian.Uint32(rest[5:]), rest[9]}
	rest = rest[10:]
	copy(f.salt[:], rest)
	f.check, f.nonce = rest[saltSize:saltSize+checkSize], rest[saltSize+checkSize:]
	c := f.cost
	if c.passes == 0 || c.memory == 0 || c.threads == 0 || c.passes > mostCost.passes || c.memory > mostCost.memory || c.threads > mostCost.threads {
		return nil, errDamaged
	}
	return f, nil
}

// unlock is the file's key if the password is the right one.
func (f *vaultFile) unlock(master string) (*vaultKey, error) {
	k := &vaultKey{cost: f.cost, salt: f.salt}
	k.derive(master)
	if !f.matches(k) {
		return nil, fault.New(fault.WrongMasterPassword, "this is not the vault's master password")
	}
	return k, nil
}

// matches tells whether the file was sealed with the key.
func (f *vaultFile) matches(k *vaultKey) bool {
	return k.cost == f.cost && k.salt == f.salt && subtle.ConstantTimeCompare(k.check(), f.check) == 1
}

// open decrypts what the file holds.
func (f *vaultFile) open(k *vaultKey) (map[string]string, error) {
	aead, err := chacha20poly1305.NewX(k.key[:])
	if err != nil {
		return nil, fmt.Errorf("decrypting the vault: %w", err)
	}
	plain, err := aead.Open(nil, f.nonce, f.sealed, f.header)
	if err != nil {
		return nil, errDamaged
	}
	defer clear(plain)
	entries := map[string]string{}
	if err := json.Unmarshal(plain, &entries); err != nil {
		return nil, errDamaged
	}
	return entries, nil
}

// seal is the file that holds the entries, with a nonce of its own.
func seal(k *vaultKey, entries map[string]string) ([]byte, error) {
	plain, err := json.Marshal(entries)
	if err != nil {
		return nil, fmt.Errorf("encrypting the vault: %w", err)
	}
	defer clear(plain)
	aead, err := chacha20poly1305.NewX(k.key[:])
	if err != nil {
		return nil, fmt.Errorf("encrypting the vault: %w", err)
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	_, _ = rand.Read(nonce) // never fails
	header := make([]byte, 0, headerSize)
	header = append(append(header, vaultMagic...), vaultVersion)
	header = binary.BigEndian.AppendUint32(header, k.cost.passes)
	header = binary.BigEndian.AppendUint32(header, k.cost.memory)
	header = append(append(append(append(header, k.cost.threads), k.salt[:]...), k.check()...), nonce...)
	return aead.Seal(header, nonce, plain, header), nil
}
