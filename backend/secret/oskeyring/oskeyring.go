// Package oskeyring keeps secrets in the system's keyring: macOS's Keychain, Windows' Credential Manager, the Secret
// Service or KWallet. Only composition roots import it, because linking it has a cost at every start: on Linux its library
// connects to the session bus while the program is initialised.
package oskeyring

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/99designs/keyring"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
)

const (
	serviceName = "database-structure-sync"
	// Patience is how long the keyring may take to answer: it may have to ask the user for the password it is locked with.
	Patience = 45 * time.Second
)

// backends are the keyrings of systems. The library's others (an encrypted file, pass, the kernel's) are not: they would
// be weaker, or gone after a restart, without anybody having chosen that.
var backends = []keyring.BackendType{
	keyring.WinCredBackend, keyring.KeychainBackend, keyring.SecretServiceBackend, keyring.KWalletBackend,
}

// Open finds the system's keyring and proves that it works by keeping a value, reading it and deleting it.
func Open(ctx context.Context) (secret.Store, error) {
	return OpenWithin(ctx, Patience)
}

// OpenWithin is Open with another time for each answer.
func OpenWithin(ctx context.Context, patience time.Duration) (secret.Store, error) {
	problem := fault.New(fault.KeyringFailed, "no keyring of the system was found (on Linux: the Secret Service of GNOME Keyring or KeePassXC, or KWallet)")
	available, found := keyring.AvailableBackends(), false
	for _, backend := range backends {
		if !slices.Contains(available, backend) {
			continue
		}
		r := &ring{backend: backend, patience: patience, busy: make(chan struct{}, 1)}
		err := r.probe(ctx)
		var f *fault.Error
		switch {
		case err == nil:
			return r, nil
		case !errors.As(err, &f):
			return nil, err
		case f.Code == fault.Cancelled:
			return nil, f
		case !found && !errors.Is(err, keyring.ErrNoAvailImpl): // of several, the one that is there and does not work
			problem, found = f, true
		}
	}
	return nil, problem
}

// ring is one keyring.
type ring struct {
	backend  keyring.BackendType
	patience time.Duration
	busy     chan struct{} // holds one token: questions come one at a time, also those that nobody waits for any more
	keyring  keyring.Keyring
}

// Kind implements secret.Store.
func (r *ring) Kind() secret.Kind { return secret.Keyring }

// Get implements secret.Store.
func (r *ring) Get(ctx context.Context, key secret.Key) (string, error) {
	return r.get(ctx, itemName(key))
}

// Set implements secret.Store.
func (r *ring) Set(ctx context.Context, key secret.Key, value string) error {
	return r.set(ctx, itemName(key), value)
}

// Delete implements secret.Store.
func (r *ring) Delete(ctx context.Context, key secret.Key) error {
	return r.remove(ctx, itemName(key))
}

func itemName(key secret.Key) string {
	return serviceName + "/" + key.Connection + "/" + string(key.Field)
}

// probe opens the keyring and proves that it works. Opening succeeds even when nothing can be written.
func (r *ring) probe(ctx context.Context) error {
	err := r.do(ctx, "opening", func() (err error) {
		r.keyring, err = keyring.Open(keyring.Config{
			AllowedBackends: []keyring.BackendType{r.backend}, ServiceName: serviceName,
			// The collection that is unlocked at log-in.
			LibSecretCollectionName: "login",
			KWalletAppID:            serviceName, KWalletFolder: serviceName, WinCredPrefix: serviceName,
			KeychainTrustApplication: true, KeychainAccessibleWhenUnlocked: true,
		})
		return err
	})
	if err != nil {
		return err
	}
	name, value := serviceName+"/probe/"+rand.Text(), rand.Text()
	if err := r.set(ctx, name, value); err != nil {
		return err
	}
	got, err := r.get(ctx, name)
	if removeErr := r.remove(context.WithoutCancel(ctx), name); err == nil {
		err = removeErr
	}
	if err != nil {
		return err
	}
	if got != value {
		return fault.New(fault.KeyringFailed, "the system's keyring (%s) does not give back what was put in", r.backend)
	}
	return nil
}

func (r *ring) get(ctx context.Context, name string) (string, error) {
	var item keyring.Item
	err := r.do(ctx, "reading from", func() error {
		got, err := r.keyring.Get(name)
		item = got
		return err
	})
	if err != nil {
		return "", err
	}
	return string(item.Data), nil
}

func (r *ring) set(ctx context.Context, name, value string) error {
	return r.do(ctx, "writing to", func() error {
		return r.keyring.Set(keyring.Item{Key: name, Data: []byte(value), Label: "Database Structure Sync"})
	})
}

func (r *ring) remove(ctx context.Context, name string) error {
	err := r.do(ctx, "deleting from", func() error { return r.keyring.Remove(name) })
	if fault.CodeOf(err) == fault.SecretMissing {
		return nil
	}
	return err
}

// do asks the keyring something and waits for its answer for some time only: a locked one asks the user, who may not be
// there. The question itself cannot be taken back; until it is answered nothing else is asked.
func (r *ring) do(ctx context.Context, doing string, work func() error) error {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	select {
	case r.busy <- struct{}{}:
	case <-ctx.Done():
		return r.contextFault(ctx, doing)
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-r.busy }()
		defer func() { // the library trusts the bus to send what it expects
			if cause := recover(); cause != nil {
				done <- fmt.Errorf("unexpected answer: %v", cause)
			}
		}()
		done <- work()
	}()
	select {
	case err := <-done:
		return r.fault(err, doing)
	case <-ctx.Done():
		return r.contextFault(ctx, doing)
	}
}

func (r *ring) contextFault(ctx context.Context, doing string) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fault.New(fault.Cancelled, "%s the system's keyring was cancelled", doing)
	}
	return fault.New(fault.KeyringFailed, "the system's keyring (%s) did not answer within %s: it may be locked and wait for its password", r.backend, r.patience)
}

func (r *ring) fault(err error, doing string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrKeyNotFound):
		return secret.Missing()
	}
	return fault.Wrap(fault.KeyringFailed, err, "%s the system's keyring (%s) failed", doing, r.backend)
}
