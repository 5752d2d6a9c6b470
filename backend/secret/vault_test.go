package secret

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"database-structure-sync/backend/internal/fault"
)

const master = "correct horse"

var key = Key{Connection: "7", Field: Password}

// Most tests are about something else than how dear guessing is.
func TestMain(m *testing.M) {
	vaultCost = cheap
	m.Run()
}

var cheap = cost{passes: 1, memory: 64, threads: 1}

func TestGuessingTheMasterPasswordIsMadeDear(t *testing.T) {
	vaultCost = recommended
	defer func() { vaultCost = cheap }()
	v := made(t, t.TempDir())
	data, err := os.ReadFile(v.path)
	must(t, err)
	file, err := parseVault(data)
	if err != nil || file.cost != (cost{passes: 3, memory: 65536, threads: 4}) {
		t.Errorf("%+v, %v", file.cost, err)
	}
	fresh := newVault(filepath.Dir(v.path))
	wantCode(t, fresh.unlock(t.Context(), "wrong horse"), fault.WrongMasterPassword)
	must(t, fresh.unlock(t.Context(), master))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code {
		t.Errorf("want %s, got %v", code, err)
	}
}

// made is a new vault with one secret.
func made(t *testing.T, dir string) *vault {
	t.Helper()
	v := newVault(dir)
	must(t, v.create(t.Context(), master))
	must(t, v.Set(t.Context(), key, "canary"))
	return v
}

func TestAVaultKeepsSecretsBehindItsPassword(t *testing.T) {
	dir := t.TempDir()
	made(t, dir)
	info, err := os.Stat(filepath.Join(dir, "vault.bin"))
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
	v := newVault(dir)
	_, err = v.Get(t.Context(), key)
	wantCode(t, err, fault.SecretsLocked)
	wantCode(t, v.Set(t.Context(), key, "x"), fault.SecretsLocked)
	wantCode(t, v.Delete(t.Context(), key), fault.SecretsLocked)
	wantCode(t, v.unlock(t.Context(), "wrong horse"), fault.WrongMasterPassword)
	wantCode(t, v.unlock(t.Context(), ""), fault.WrongMasterPassword)
	must(t, v.unlock(t.Context(), master))
	if value, err := v.Get(t.Context(), key); value != "canary" || err != nil {
		t.Errorf("%q, %v", value, err)
	}
	_, err = v.Get(t.Context(), Key{"7", SSHPassword})
	wantCode(t, err, fault.SecretMissing)
	must(t, v.Delete(t.Context(), key))
	must(t, v.Delete(t.Context(), key))
	_, err = v.Get(t.Context(), key)
	wantCode(t, err, fault.SecretMissing)
	v.lock()
	_, err = v.Get(t.Context(), key)
	wantCode(t, err, fault.SecretsLocked)
}

func TestChangingTheMasterPasswordEncryptsAnew(t *testing.T) {
	dir := t.TempDir()
	v := made(t, dir)
	other := newVault(dir) // in another program
	must(t, other.unlock(t.Context(), master))
	path := filepath.Join(dir, "vault.bin")
	before, err := os.ReadFile(path)
	must(t, err)
	wantCode(t, v.changePassword(t.Context(), "wrong horse", "battery staple"), fault.WrongMasterPassword)
	wantCode(t, v.changePassword(t.Context(), master, "short"), fault.BadInput)
	must(t, v.changePassword(t.Context(), master, "battery staple"))
	after, err := os.ReadFile(path)
	must(t, err)
	if salt := before[18:34]; bytes.Contains(after, salt) {
		t.Error("the salt is the old one")
	}
	if value, err := v.Get(t.Context(), key); value != "canary" || err != nil {
		t.Errorf("%q, %v", value, err)
	}
	_, err = other.Get(t.Context(), key)
	wantCode(t, err, fault.SecretsLocked)
	wantCode(t, other.unlock(t.Context(), master), fault.WrongMasterPassword)
	must(t, other.unlock(t.Context(), "battery staple"))
}

func TestEachWriteHasItsOwnNonce(t *testing.T) {
	dir := t.TempDir()
	v := made(t, dir)
	seen := map[string]bool{}
	for range 5 {
		must(t, v.Set(t.Context(), key, "canary"))
		data, err := os.ReadFile(v.path)
		must(t, err)
		seen[string(data[headerSize-24:headerSize])] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d nonces for 5 writes", len(seen))
	}
}

// Whichever byte is changed: an error, never a secret and never a crash.
func TestAChangedVaultIsRefused(t *testing.T) {
	dir := t.TempDir()
	v := made(t, dir)
	good, err := os.ReadFile(v.path)
	must(t, err)
	limit := mostCost
	mostCost = cost{passes: 4, memory: 1 << 10, threads: 8}
	defer func() { mostCost = limit }()
	for i := range good {
		data := bytes.Clone(good)
		data[i] ^= 0x40
		must(t, os.WriteFile(v.path, data, 0o600))
		fresh := newVault(dir)
		err := fresh.unlock(t.Context(), master)
		if code := fault.CodeOf(err); err == nil || code != fault.VaultUnusable && code != fault.WrongMasterPassword {
			t.Errorf("byte %d: %v", i, err)
		}
		if _, err := v.Get(t.Context(), key); err == nil {
			t.Errorf("byte %d: the unlocked vault gives a secret", i)
		}
		must(t, os.WriteFile(v.path, good, 0o600))
		must(t, v.unlock(t.Context(), master))
	}
	for _, size := range []int{0, 7, 8, headerSize - 1, headerSize, headerSize + 15, len(good) - 1} {
		must(t, os.WriteFile(v.path, good[:size], 0o600))
		wantCode(t, newVault(dir).unlock(t.Context(), master), fault.VaultUnusable)
	}
}

func TestAVaultThatWouldEatTheMachineIsRefused(t *testing.T) {
	dir := t.TempDir()
	v := made(t, dir)
	data, err := os.ReadFile(v.path)
	must(t, err)
	binary.BigEndian.PutUint32(data[13:], 1<<31) // 2 TiB
	must(t, os.WriteFile(v.path, data, 0o600))
	wantCode(t, newVault(dir).unlock(t.Context(), master), fault.VaultUnusable)
}

func TestTwoProgramsWriteToOneVault(t *testing.T) {
	dir := t.TempDir()
	one := made(t, dir)
	two := newVault(dir)
	must(t, two.unlock(t.Context(), master))
	var group sync.WaitGroup
	for i, v := range []*vault{one, two} {
		group.Go(func() {
			for j := range 20 {
				if err := v.Set(t.Context(), Key{fmt.Sprintf("%d-%d", i, j), Password}, "x"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	entries, err := one.read()
	if len(entries) != 41 || err != nil {
		t.Errorf("%d secrets, %v", len(entries), err)
	}
}

func TestNoWriteLeavesAnythingBehind(t *testing.T) {
	dir := t.TempDir()
	v := made(t, dir)
	must(t, v.changePassword(t.Context(), master, "battery staple"))
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		if name := f.Name(); name != "vault.bin" && name != "vault.bin.lock" {
			t.Errorf("%s is left", name)
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		must(t, err)
		if bytes.Contains(data, []byte("canary")) || bytes.Contains(data, []byte(master)) {
			t.Errorf("%s holds a secret in the clear", f.Name())
		}
	}
}

func TestAVaultIsNotMadeOverAnother(t *testing.T) {
	dir := t.TempDir()
	made(t, dir)
	wantCode(t, newVault(dir).create(t.Context(), "other password"), fault.VaultUnusable)
	wantCode(t, newVault(t.TempDir()).create(t.Context(), "short"), fault.BadInput)
	wantCode(t, newVault(t.TempDir()).unlock(t.Context(), master), fault.VaultUnusable)
}

func FuzzParseVault(f *testing.F) {
	data, err := seal(newVaultKey(master), map[string]string{"a": "b"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:headerSize])
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := parseVault(data)
		if err != nil {
			return
		}
		if _, err := file.open(&vaultKey{cost: file.cost, salt: file.salt}); err == nil {
			t.Error("opened with a key of zeros")
		}
	})
}
