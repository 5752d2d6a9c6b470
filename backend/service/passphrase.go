package service

import (
	"context"
	"sync"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

// PassphraseQuestion asks for the passphrase of the key that belongs to the certificate with which a client shows who it is.
type PassphraseQuestion struct {
	Connection string // the name of a saved one, else the URL without secrets
	KeyFile    string // "": the one that libpq uses by itself
	Attempt    int    // counted from 1; above: the one before was wrong
}

// AskPassphrase asks somebody; ok false: nobody is there, or they would rather not. It may be called for several connections
// at once.
type AskPassphrase func(ctx context.Context, q PassphraseQuestion) (value string, ok bool, err error)

// passphraseAttempts is how often an answer may be mistaken.
const passphraseAttempts = 3

// openAsking opens a database, and asks for the passphrase of the client's key while it is missing or wrong: before
// anything was sent, because the engine reads the key first.
func openAsking(ctx context.Context, e engine.Engine, cfg engine.Config) (engine.Conn, error) {
	conn, err := e.Open(ctx, cfg)
	for attempt := 1; attempt <= passphraseAttempts && cfg.AskKeyPassphrase != nil && fault.CodeOf(err) == fault.TLSKeyPassphrase; attempt++ {
		value, ok, askErr := cfg.AskKeyPassphrase(ctx, attempt)
		if askErr != nil {
			return nil, askErr
		}
		if !ok {
			break
		}
		cfg.KeyPassphrase = value
		conn, err = e.Open(ctx, cfg)
	}
	return conn, err
}

// askingFor lets somebody be asked for the passphrase of a configuration's key. The latest answer holds for as long as the
// configuration is used, so that opening it again does not ask again.
func askingFor(cfg *engine.Config, connection string, ask AskPassphrase) {
	if ask == nil {
		return
	}
	q := PassphraseQuestion{Connection: connection, KeyFile: cfg.Params.Get("sslkey")}
	mistaken := 0
	if cfg.KeyPassphrase != "" { // it is asked for only when that one is wrong
		mistaken = 1
	}
	var mu sync.Mutex
	held := ""
	cfg.AskKeyPassphrase = func(ctx context.Context, attempt int) (string, bool, error) {
		mu.Lock()
		defer mu.Unlock()
		if attempt == 1 && held != "" {
			return held, true, nil
		}
		q := q
		q.Attempt = attempt + mistaken
		value, ok, err := ask(ctx, q)
		if !ok || err != nil || value == "" {
			return "", false, err
		}
		held = value
		return value, true, nil
	}
}

// withKeyPassphrase gives a configuration what is known of the passphrase of the client's key, and says who is asked for it.
func (c *Connections) withKeyPassphrase(ctx context.Context, cfg *engine.Config, conn store.Connection, find finder) error {
	if !usesTLS(conn) {
		return nil
	}
	var err error
	cfg.KeyPassphrase, _, err = find(ctx, secret.TLSKeyPassphrase)
	askingFor(cfg, conn.Name, c.AskPassphrase)
	return err
}
