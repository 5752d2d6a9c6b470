package secret

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"database-structure-sync/backend/internal/fault"
)

const (
	vaultName = "vault.bin"
	// minMaster is the least length of a master password, in bytes.
	minMaster = 8
	// vaultWait is how long another program may work on the vault.
	vaultWait = 10 * time.Second
)

// vault keeps secrets in a file that is encrypted with a master password. The file is read anew for each use, because
// another program may have changed it; what is remembered while it is unlocked is the key.
type vault struct {
	path string
	mu   sync.Mutex // one use at a time in this program
	key  *vaultKey  // nil: locked
}

func newVault(dir string) *vault { return &vault{path: filepath.Join(dir, vaultName)} }

// Kind implements Store.
func (v *vault) Kind() Kind { return Vault }

// Get implements Store.
func (v *vault) Get(_ context.Context, key Key) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	entries, err := v.read()
	if err != nil {
		return "", err
	}
	value, ok := entries[entryName(key)]
	if !ok {
		return "", Missing()
	}
	return value, nil
}

// Set implements Store.
func (v *vault) Set(ctx context.Context, key Key, value string) error {
	return v.change(ctx, func(entries map[string]string) { entries[entryName(key)] = value })
}

// Delete implements Store.
func (v *vault) Delete(ctx context.Context, key Key) error {
	return v.change(ctx, func(entries map[string]string) { delete(entries, entryName(key)) })
}

func entryName(key Key) string { return key.Connection + "/" + string(key.Field) }

func (v *vault) exists() (bool, error) {
	_, err := os.Stat(v.path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, v.unusable(err)
	}
	return true, nil
}

func (v *vault) unlocked() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.key != nil
}

// create makes an empty vault and leaves it unlocked.
func (v *vault) create(ctx context.Context, master string) error {
	if err := checkMaster(master); err != nil {
		return err
	}
	return v.exclusively(ctx, func() error {
		if exists, err := v.exists(); err != nil || exists {
			if exists {
				err = fault.New(fault.VaultUnusable, "there is a vault already in %s", v.path)
			}
			return err
		}
		key := newVaultKey(master)
		if err := v.write(key, map[string]string{}); err != nil {
			return err
		}
		v.key = key
		return nil
	})
}

// unlock remembers the key of the file's master password.
func (v *vault) unlock(_ context.Context, master string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	file, err := v.load()
	if err != nil {
		return err
	}
	key, err := file.unlock(master)
	if err != nil {
		return v.unusable(err)
	}
	if _, err := file.open(key); err != nil {
		return v.unusable(err)
	}
	v.key = key
	return nil
}

func (v *vault) lock() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.forget()
}

func (v *vault) forget() {
	if v.key != nil {
		clear(v.key.key[:])
		v.key = nil
	}
}

// changePassword encrypts the vault with a key of another password and another salt.
func (v *vault) changePassword(ctx context.Context, old, new string) error {
	if err := checkMaster(new); err != nil {
		return err
	}
	return v.exclusively(ctx, func() error {
		file, err := v.load()
		if err != nil {
			return err
		}
		key, err := file.unlock(old)
		if err != nil {
			return v.unusable(err)
		}
		entries, err := file.open(key)
		if err != nil {
			return v.unusable(err)
		}
		key = newVaultKey(new)
		if err := v.write(key, entries); err != nil {
			return err
		}
		v.forget()
		v.key = key
		return nil
	})
}

// remove deletes the file and all secrets in it.
func (v *vault) remove(ctx context.Context) error {
	return v.exclusively(ctx, func() error {
		v.forget()
		if err := os.Remove(v.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return v.unusable(err)
		}
		return nil
	})
}

// change reads the vault, changes it and writes it.
func (v *vault) change(ctx context.Context, work func(entries map[string]string)) error {
	return v.exclusively(ctx, func() error {
		entries, err := v.read()
		if err != nil {
			return err
		}
		work(entries)
		return v.write(v.key, entries)
	})
}

// exclusively does work while no other program changes the vault.
func (v *vault) exclusively(ctx context.Context, work func() error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	lock := flock.New(v.path+".lock", flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, vaultWait)
	defer cancel()
	if _, err := lock.TryLockContext(waiting, 20*time.Millisecond); err != nil {
		switch {
		case errors.Is(ctx.Err(), context.Canceled):
			return fault.New(fault.Cancelled, "changing the vault was cancelled")
		case errors.Is(err, context.DeadlineExceeded):
			return fault.New(fault.VaultUnusable, "another program is changing the vault %s: try again", v.path)
		}
		return v.unusable(err)
	}
	err := work()
	if unlockErr := lock.Unlock(); err == nil && unlockErr != nil {
		err = v.unusable(unlockErr)
	}
	return err
}

// read is what the unlocked vault holds. A vault whose master password was changed by another program is locked again.
func (v *vault) read() (map[string]string, error) {
	if v.key == nil {
		return nil, fault.New(fault.SecretsLocked, "the vault is locked: enter its master password")
	}
	file, err := v.load()
	if err != nil {
		return nil, err
	}
	if !file.matches(v.key) {
		v.forget()
		return nil, fault.New(fault.SecretsLocked, "the vault's master password was changed: enter the new one")
	}
	entries, err := file.open(v.key)
	if err != nil {
		return nil, v.unusable(err)
	}
	return entries, nil
}

func (v *vault) load() (*vaultFile, error) {
	data, err := os.ReadFile(v.path)
	if errors.Is(err, fs.ErrNotExist) {
		v.forget()
		return nil, fault.New(fault.VaultUnusable, "the vault %s is not there: choose anew where secrets are kept", v.path)
	}
	if err != nil {
		return nil, v.unusable(err)
	}
	file, err := parseVault(data)
	if err != nil {
		return nil, v.unusable(err)
	}
	return file, nil
}

func (v *vault) write(key *vaultKey, entries map[string]string) error {
	data, err := seal(key, entries)
	if err == nil {
		err = replaceFile(v.path, data)
	}
	if err != nil {
		return v.unusable(err)
	}
	return nil
}

// unusable turns an error about the file into one for the user.
func (v *vault) unusable(err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if errors.Is(err, errDamaged) {
		return fault.New(fault.VaultUnusable, "the vault %s is damaged or no vault: put a good copy in its place, or remove it and enter the secrets anew", v.path)
	}
	return fault.Wrap(fault.VaultUnusable, err, "the vault %s cannot be used", v.path)
}

func checkMaster(master string) error {
	if len(master) < minMaster {
		return fault.New(fault.BadInput, "a master password has at least %d characters", minMaster)
	}
	return nil
}

// replaceFile puts a file in the place of another so that whatever happens, one of the two is there complete.
func replaceFile(path string, data []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // it was not renamed, and is of no use
		}
	}()
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Sync()
	}
	if closeErr := temp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err == nil {
		syncFolder(filepath.Dir(path))
	}
	return err
}

// syncFolder makes a rename last through a power cut, where the system can.
func syncFolder(dir string) {
	if folder, err := os.Open(dir); err == nil {
		_ = folder.Sync() // Windows and some file systems cannot; the rename is done all the same
		_ = folder.Close()
	}
}
