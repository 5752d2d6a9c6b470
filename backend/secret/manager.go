package secret

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"database-structure-sync/backend/internal/fault"
)

// Settings is where the choice of a place is remembered.
type Settings interface {
	// Setting is the value as JSON, nil when it was never set.
	Setting(ctx context.Context, key string) (json.RawMessage, error)
	PutSetting(ctx context.Context, key string, value json.RawMessage) error
}

// settingKind is the setting with the chosen place.
const settingKind = "secrets.kind"

// retryKeyring is how long a keyring that did not work is left alone: trying may ask the user something.
const retryKeyring = 10 * time.Second

// Manager keeps secrets in the chosen place. Without a choice that is the system's keyring if it works, and nothing
// otherwise. It may be used from several goroutines.
type Manager struct {
	settings Settings
	open     func(context.Context) (Store, error)
	session  *memory
	vault    *vault

	probing chan struct{} // holds one token: the keyring is tried by one at a time
	mu      sync.Mutex    // guards what follows
	keyring Store
	problem error
	tried   time.Time
}

// NewManager makes a manager with the vault in a folder. keyring opens the system's and proves that it works; nil: the
// program has none. It is called when it is needed first.
func NewManager(dir string, settings Settings, keyring func(context.Context) (Store, error)) *Manager {
	return &Manager{
		settings: settings, open: keyring, session: newMemory(), vault: newVault(dir), probing: make(chan struct{}, 1),
	}
}

// Get is a secret: of this run if there is one, else from the chosen place.
func (m *Manager) Get(ctx context.Context, key Key) (string, error) {
	if m.session.has(key) {
		return m.session.Get(ctx, key)
	}
	store, _, err := m.current(ctx)
	if err != nil {
		return "", err
	}
	return store.Get(ctx, key)
}

// Set keeps a secret in the chosen place, and remembers the keyring as chosen when it was the place without a choice.
// lasting tells whether the secret is still there when the program is started again.
func (m *Manager) Set(ctx context.Context, key Key, value string) (lasting bool, err error) {
	store, chosen, err := m.current(ctx)
	if err != nil {
		return false, err
	}
	if err := store.Set(ctx, key, value); err != nil {
		return false, err
	}
	if store.Kind() == Session {
		return false, nil
	}
	_ = m.session.Delete(ctx, key) // memory has no errors
	if !chosen {
		return true, m.remember(ctx, store.Kind())
	}
	return true, nil
}

// Delete forgets a secret in this run and in the chosen place.
func (m *Manager) Delete(ctx context.Context, key Key) error {
	_ = m.session.Delete(ctx, key) // memory has no errors
	store, _, err := m.current(ctx)
	if err != nil {
		return err
	}
	return store.Delete(ctx, key)
}

// Hold keeps a secret for this run, wherever others are kept.
func (m *Manager) Hold(key Key, value string) {
	_ = m.session.Set(context.Background(), key, value) // memory has no errors
}

// Drop forgets a secret of this run.
func (m *Manager) Drop(key Key) {
	_ = m.session.Delete(context.Background(), key) // memory has no errors
}

// InSession tells whether a secret is kept for this run. It asks nobody.
func (m *Manager) InSession(key Key) bool { return m.session.has(key) }

// Status says where secrets are kept and could be. The keyring is not tried when another place is chosen, because trying may
// ask the user something: then it counts as available until it is known not to work.
func (m *Manager) Status(ctx context.Context) (Status, error) {
	kind, err := m.chosen(ctx)
	if err != nil {
		return Status{}, err
	}
	exists, err := m.vault.exists()
	if err != nil {
		return Status{}, err
	}
	s := Status{Kind: kind, Chosen: kind != "", VaultExists: exists, Locked: kind == Vault && !m.vault.unlocked()}
	var problem error
	if kind == Vault || kind == Session {
		problem = m.known()
	} else {
		_, problem = m.works(ctx)
	}
	if problem == nil {
		s.Available = append(s.Available, Keyring)
		if kind == "" {
			s.Kind = Keyring
		}
	} else {
		s.Problem = problem.Error()
	}
	s.Available = append(s.Available, Vault, Session)
	return s, nil
}

// Choose makes a place the one where secrets are kept from now on, and remembers it. The vault takes its master password,
// or makes a new vault with it when there is none. Secrets stay where they were; see Move.
func (m *Manager) Choose(ctx context.Context, kind Kind, masterPassword string) error {
	if _, err := m.ready(ctx, kind, masterPassword); err != nil {
		return err
	}
	return m.remember(ctx, kind)
}

// ready is a place that can be used: the keyring after it was tried anew, the vault unlocked.
func (m *Manager) ready(ctx context.Context, kind Kind, masterPassword string) (Store, error) {
	switch kind {
	case Session:
		return m.session, nil
	case Keyring:
		m.forgetProblem()
		return m.works(ctx)
	case Vault:
		exists, err := m.vault.exists()
		if err != nil {
			return nil, err
		}
		if exists {
			err = m.vault.unlock(ctx, masterPassword)
		} else {
			err = m.vault.create(ctx, masterPassword)
		}
		return m.vault, err
	}
	return nil, fault.New(fault.BadInput, "%q is no place for secrets: choose keyring, vault or session", kind)
}

// Unlock opens the vault with its master password; fault.WrongMasterPassword when it is another.
func (m *Manager) Unlock(ctx context.Context, masterPassword string) error {
	return m.vault.unlock(ctx, masterPassword)
}

// Lock closes the vault until the next Unlock.
func (m *Manager) Lock() { m.vault.lock() }

// ChangeMasterPassword encrypts the vault anew.
func (m *Manager) ChangeMasterPassword(ctx context.Context, old, new string) error {
	return m.vault.changePassword(ctx, old, new)
}

// RemoveVault deletes the vault with everything in it.
func (m *Manager) RemoveVault(ctx context.Context) error { return m.vault.remove(ctx) }

// Recheck tries the keyring anew.
func (m *Manager) Recheck(ctx context.Context) error {
	m.forgetProblem()
	_, err := m.works(ctx)
	return err
}

// current is the place where secrets are kept, and whether it was chosen.
func (m *Manager) current(ctx context.Context) (store Store, chosen bool, err error) {
	kind, err := m.chosen(ctx)
	if err != nil {
		return nil, false, err
	}
	switch kind {
	case Session:
		return m.session, true, nil
	case Vault:
		return m.vault, true, nil
	case Keyring:
		store, err = m.works(ctx)
		return store, true, err
	}
	store, err = m.works(ctx)
	if err != nil {
		return nil, false, fault.Wrap(fault.SecretsUnchosen, err, "choose where secrets are kept: the system's keyring does not work")
	}
	return store, false, nil
}

// chosen is the remembered place; "" when there is none.
func (m *Manager) chosen(ctx context.Context) (Kind, error) {
	value, err := m.settings.Setting(ctx, settingKind)
	if err != nil || value == nil {
		return "", err
	}
	var kind Kind
	if err := json.Unmarshal(value, &kind); err != nil {
		return "", fmt.Errorf("reading where secrets are kept: %w", err)
	}
	switch kind {
	case Keyring, Vault, Session:
		return kind, nil
	}
	return "", fault.New(fault.Unsupported, "secrets are kept in a way that this release does not know (%q): use a newer one", kind)
}

func (m *Manager) remember(ctx context.Context, kind Kind) error {
	value, err := json.Marshal(kind)
	if err != nil {
		return fmt.Errorf("remembering where secrets are kept: %w", err)
	}
	return m.settings.PutSetting(ctx, settingKind, value)
}

// known is what is known to be wrong with the keyring without trying it.
func (m *Manager) known() error {
	if m.open == nil {
		return fault.New(fault.KeyringFailed, "this program does not use the system's keyring")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.problem
}

// works is the system's keyring once it has proven to work.
func (m *Manager) works(ctx context.Context) (Store, error) {
	if m.open == nil {
		return nil, m.known()
	}
	select {
	case m.probing <- struct{}{}:
		defer func() { <-m.probing }()
	case <-ctx.Done():
		return nil, fault.New(fault.Cancelled, "trying the system's keyring was cancelled")
	}
	m.mu.Lock()
	store, problem, tried := m.keyring, m.problem, m.tried
	m.mu.Unlock()
	if store != nil || problem != nil && time.Since(tried) < retryKeyring {
		return store, problem
	}
	store, problem = m.open(ctx)
	if ctx.Err() == nil {
		m.mu.Lock()
		m.keyring, m.problem, m.tried = store, problem, time.Now()
		m.mu.Unlock()
	}
	return store, problem
}

func (m *Manager) forgetProblem() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.problem = nil
}
