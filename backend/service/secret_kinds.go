package service

import (
	"strings"

	"database-structure-sync/backend/internal/tlsconf"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

// SecretKind is one of the secrets that a connection can have. What is not in it holds for all of them alike: whoever does
// something with secrets goes through SecretKinds, and a new one needs no more than its line there.
type SecretKind struct {
	Field secret.Field
	Words string // in a sentence, without an article
	// Ask is the connection's choice to be asked for it every time, so that it is never kept.
	Ask func(*store.Connection) *bool
	// Wanted tells whether a connection, as it stands there, is likely to need it.
	Wanted func(store.Connection) bool
}

// SecretKinds are all of them, in their order of display.
var SecretKinds = []SecretKind{
	{
		secret.Password, "password",
		func(c *store.Connection) *bool { return &c.AskPassword },
		func(c store.Connection) bool { return c.Engine != "sqlite" },
	},
	{
		secret.SSHPassword, "SSH password",
		func(c *store.Connection) *bool { return &c.SSH.AskSecret },
		func(c store.Connection) bool { return c.SSH.Enabled && c.SSH.Auth == "password" },
	},
	{
		secret.KeyPassphrase, "passphrase of the SSH key",
		func(c *store.Connection) *bool { return &c.SSH.AskPassphrase },
		func(c store.Connection) bool { return c.SSH.Enabled && c.SSH.KeyFile != "" },
	},
	{
		secret.TLSKeyPassphrase, "passphrase of the TLS key",
		func(c *store.Connection) *bool { return &c.TLS.AskPassphrase },
		func(c store.Connection) bool { return usesTLS(c) && tlsconf.NeedsPassphrase(c.TLS.Key) },
	},
}

// secretKind is what is known of a field.
func secretKind(field secret.Field) SecretKind {
	for _, kind := range SecretKinds {
		if kind.Field == field {
			return kind
		}
	}
	panic("there is no secret " + string(field))
}

// named is the secret in a sentence.
func named(field secret.Field) string { return "the " + secretKind(field).Words }

// neverKept tells whether a secret is to be asked for every time.
func neverKept(conn store.Connection, field secret.Field) bool {
	return conn.Engine == "sqlite" || *secretKind(field).Ask(&conn)
}

// usesTLS tells whether a connection may be encrypted. A socket is no network.
func usesTLS(conn store.Connection) bool {
	return conn.Engine != "sqlite" && conn.Socket == "" && !strings.EqualFold(conn.TLS.Mode, "disable")
}
