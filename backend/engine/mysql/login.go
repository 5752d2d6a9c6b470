package mysql

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"
	"sync"

	driver "github.com/go-sql-driver/mysql"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// On a connection that is not encrypted, caching_sha2_password and sha256_password encrypt the password with a key of the
// server's. Who takes the key from the server itself gives the password to whoever pretends to be the server. So it is a
// choice: allowPublicKeyRetrieval=true takes it from the server, serverPubKey names a file that has it. Without either the
// connection fails before anything about the password is sent.

// noKey is the name of a key with which nothing can be encrypted: the driver, which would ask the server for a key if it had
// none, fails with it before it sends anything.
const noKey = "none"

func init() {
	driver.RegisterServerPubKey(noKey, &rsa.PublicKey{N: big.NewInt(1), E: 3})
}

// serverKey is the name of the key that the driver is to use; "" for one that the server sends.
func serverKey(cfg engine.Config) (string, error) {
	file := cfg.Params.Get("serverPubKey")
	switch allow := cfg.Params.Get("allowPublicKeyRetrieval"); {
	case allow != "" && allow != "true" && allow != "false":
		return "", fault.New(fault.BadInput, "allowPublicKeyRetrieval is true or false, not %q", allow)
	case file != "":
		return keyFromFile(file)
	case allow == "true":
		return "", nil
	}
	return noKey, nil
}

// registering keeps registrations apart. The driver looks keys up by name, here a digest of their content.
var registering sync.Mutex

func keyFromFile(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fault.Wrap(fault.TLSFile, err, "the server's public key cannot be read from %s (serverPubKey)", file)
	}
	var key *rsa.PublicKey
	if block, _ := pem.Decode(text); block != nil && block.Type == "PUBLIC KEY" {
		if parsed, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			key, _ = parsed.(*rsa.PublicKey)
		}
	}
	if key == nil {
		return "", fault.New(fault.TLSFile, "the file %s (serverPubKey) holds no RSA public key in PEM form: it is the file public_key.pem in the data folder of the server, or the variable Caching_sha2_password_rsa_public_key in SHOW STATUS", file)
	}
	sum := sha256.Sum256(text)
	name := hex.EncodeToString(sum[:])
	registering.Lock()
	defer registering.Unlock()
	driver.RegisterServerPubKey(name, key)
	return name, nil
}

// journal keeps what the driver logs while a connection is opened: its errors leave out why a server closed the connection,
// and which way to log in it does not know.
type journal struct {
	mu     sync.Mutex
	errs   []error
	plugin string
	closed bool
}

// Print implements the driver's Logger.
func (j *journal) Print(v ...any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return
	}
	for i, part := range v {
		switch part := part.(type) {
		case error:
			j.errs = append(j.errs, part)
		case string:
			if part == "unknown auth plugin:" && i+1 < len(v) {
				j.plugin = fmt.Sprint(v[i+1])
			}
		}
	}
}

// close ends the keeping: nothing of a session's errors is wanted.
func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closed = true
}

// with is an error together with what was logged before it.
func (j *journal) with(err error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return errors.Join(append([]error{err}, j.errs...)...)
}

// unknownPlugin tells which way to log in the driver does not know, and what to do instead.
func (j *journal) unknownPlugin(target string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	instead := "caching_sha2_password, sha256_password, mysql_native_password or ed25519"
	switch {
	case j.plugin == "parsec":
		instead = "ed25519, which is as strong"
	case strings.Contains(j.plugin, "gssapi"), strings.Contains(j.plugin, "kerberos"), strings.Contains(j.plugin, "ldap"):
		instead = "a password of its own"
	}
	return fault.New(fault.AuthFailed, "%s wants to check the user with %q, which this program does not speak: use an account with %s", target, j.plugin, instead)
}
