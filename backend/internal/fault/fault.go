// Package fault has the errors that a user may read: a code that callers and user interfaces decide on, one clear
// sentence that says what happened to what and what to do, and the cause apart from it. Sentences never contain secrets.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code is a fault's stable name.
type Code string

// The codes.
const (
	BadInput           Code = "bad_input"
	UnknownScheme      Code = "unknown_scheme"
	Unreachable        Code = "unreachable"
	AuthFailed         Code = "auth_failed"
	NoDatabase         Code = "no_database"
	NoPrivilege        Code = "no_privilege"
	UnsupportedServer  Code = "unsupported_server"
	TLSFailed          Code = "tls_failed"
	ConnectionLost     Code = "connection_lost"
	Cancelled          Code = "cancelled"
	TimedOut           Code = "timed_out"
	SameDatabase       Code = "same_database"
	TargetLocked       Code = "target_locked"
	TargetChanged      Code = "target_changed"
	StatementFailed    Code = "statement_failed"
	VerificationFailed Code = "verification_failed"
	Unsupported        Code = "unsupported"
	Internal           Code = "internal"

	// What the program keeps: connections and settings.
	NotFound      Code = "not_found"
	NameTaken     Code = "name_taken"
	StoreUnusable Code = "store_unusable" // damaged, or not to be read or written
	StoreNewer    Code = "store_newer"    // written by a newer release

	// Secrets and where they are kept.
	SecretMissing       Code = "secret_missing"   // a secret is needed and nobody gave it: ask
	SecretsUnchosen     Code = "secrets_unchosen" // where secrets are kept has to be chosen first
	SecretsLocked       Code = "secrets_locked"   // the vault wants its master password
	KeyringFailed       Code = "keyring_failed"   // the system's keyring does not work (now)
	WrongMasterPassword Code = "wrong_master_password"
	VaultUnusable       Code = "vault_unusable" // damaged, or not to be read or written

	// TLS: why in particular; TLSFailed is for everything else.
	TLSExpired    Code = "tls_expired"            // a certificate is not valid any more, or not yet
	TLSWrongName  Code = "tls_wrong_name"         // the server's certificate is for other names
	TLSUnknownCA  Code = "tls_unknown_ca"         // nobody trusted vouches for the server's certificate
	TLSClientCert Code = "tls_client_certificate" // the server wants a certificate, or another one
	TLSNotOffered Code = "tls_not_offered"        // the server speaks no TLS
	TLSRequired   Code = "tls_required"           // the server speaks nothing but TLS
	TLSFile       Code = "tls_file"               // a file with certificates or a key cannot be used

	TLSKeyPassphrase Code = "tls_key_passphrase" // the client's key is encrypted, and its passphrase is missing or wrong

	// SSH tunnels. Sentences name the hop.
	TunnelFailed   Code = "tunnel_failed"    // a hop cannot be reached, or leads no further
	SSHAuthFailed  Code = "ssh_auth_failed"  // a hop let nobody in; the sentence has what was tried
	HostKeyUnknown Code = "host_key_unknown" // nobody has said that a hop's key may be trusted
	HostKeyChanged Code = "host_key_changed" // a hop's key is not the one that is known
	HostKeyRevoked Code = "host_key_revoked" // a hop's key must not be trusted any more
)

// Error is a fault.
type Error struct {
	Code    Code
	Message string // the sentence for the user, without a final stop
	Cause   error  // may be nil; its text is already scrubbed of secrets where it can be shown
}

// Error is the sentence, with the cause behind a colon.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Message
	}
	return e.Message + ": " + e.Cause.Error()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Cause }

// New makes a fault without a cause.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes a fault of a cause.
func Wrap(code Code, cause error, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Cause: cause}
}

// CodeOf is the code of the first fault in err's chain, Internal when there is none.
func CodeOf(err error) Code {
	var f *Error
	if errors.As(err, &f) {
		return f.Code
	}
	return Internal
}

// IsTLS tells whether a code says that a connection could not be secured as it was to be.
func IsTLS(code Code) bool { return strings.HasPrefix(string(code), "tls_") }
