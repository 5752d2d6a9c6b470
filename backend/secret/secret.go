// Package secret keeps passwords and passphrases: in the system's keyring, in a vault file behind a master password, or in
// memory until the program ends. It knows connections by their ids alone, and must not know databases or who asks. What
// touches the system's keyring is in package oskeyring, because linking it has costs at every start.
package secret

import (
	"context"

	"database-structure-sync/backend/internal/fault"
)

// Field names one of the secrets of a connection.
type Field string

// The fields.
const (
	Password      Field = "password"       // of the database
	SSHPassword   Field = "ssh_password"   // of the host that the connection goes through
	KeyPassphrase Field = "key_passphrase" // of the private key for that host

	TLSKeyPassphrase Field = "tls_key_passphrase" // of the private key with which the client shows who it is
)

// Key finds a secret.
type Key struct {
	Connection string // id
	Field      Field
}

// Kind names a place for secrets.
type Kind string

// The places.
const (
	Keyring Kind = "keyring" // the system's
	Vault   Kind = "vault"   // a file behind a master password
	Session Kind = "session" // memory, until the program ends
)

// Store is one place for secrets.
type Store interface {
	Kind() Kind
	// Get is the secret; fault.SecretMissing when there is none, fault.SecretsLocked when the master password is wanted,
	// fault.KeyringFailed when the keyring cannot be asked.
	Get(ctx context.Context, key Key) (string, error)
	// Set keeps a secret in the place of an older one.
	Set(ctx context.Context, key Key, value string) error
	// Delete forgets a secret. It is no error when there is none.
	Delete(ctx context.Context, key Key) error
}

// Missing is the error of a secret that is not there.
func Missing() error {
	return fault.New(fault.SecretMissing, "the secret is not there: it has to be entered")
}

// Status says where secrets are kept.
type Status struct {
	Kind      Kind   // "": to be chosen
	Chosen    bool   // Kind was chosen by the user, and is not only the keyring that happens to work
	Available []Kind // that can be chosen here
	// Locked: the vault waits for its master password.
	Locked bool
	// VaultExists: choosing the vault takes the master password of the one that is there, instead of making one.
	VaultExists bool
	Problem     string // why the keyring cannot be used; "" when it can
}
