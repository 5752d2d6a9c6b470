package secret

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
)

// settings are kept in memory; the store's own tests show that they last.
type settings map[string]json.RawMessage

func (s settings) Setting(_ context.Context, key string) (json.RawMessage, error) { return s[key], nil }

func (s settings) PutSetting(_ context.Context, key string, value json.RawMessage) error {
	s[key] = value
	return nil
}

// The package oskeyring has tests with real keyrings. Here memory takes the place of one, to see what the manager makes of
// whether it works.
type working struct{ *memory }

func (working) Kind() Kind { return Keyring }

func broken(context.Context) (Store, error) {
	return nil, fault.New(fault.KeyringFailed, "it is locked")
}

func TestNothingIsChosenInSilence(t *testing.T) {
	s := settings{}
	m := NewManager(t.TempDir(), s, broken)
	status, err := m.Status(t.Context())
	must(t, err)
	if status.Kind != "" || status.Chosen || !strings.Contains(status.Problem, "locked") || len(status.Available) != 2 || status.Available[0] != Vault || status.Available[1] != Session {
		t.Errorf("%+v", status)
	}
	_, err = m.Set(t.Context(), key, "x")
	wantCode(t, err, fault.SecretsUnchosen)
	if !strings.Contains(err.Error(), "choose where secrets are kept") {
		t.Error(err)
	}
	wantCode(t, m.Choose(t.Context(), Keyring, ""), fault.KeyringFailed)
	wantCode(t, m.Choose(t.Context(), "file", ""), fault.BadInput)
	if len(s) != 0 {
		t.Errorf("something was chosen: %v", s)
	}
}

func TestAKeyringThatWorksIsUsedAndRemembered(t *testing.T) {
	ring := working{newMemory()}
	opened := 0
	s := settings{}
	m := NewManager(t.TempDir(), s, func(context.Context) (Store, error) { opened++; return ring, nil })
	if lasting, err := m.Set(t.Context(), key, "x"); !lasting || err != nil {
		t.Errorf("%v, %v", lasting, err)
	}
	if value, err := m.Get(t.Context(), key); value != "x" || err != nil {
		t.Errorf("%q, %v", value, err)
	}
	if status, err := m.Status(t.Context()); err != nil || status.Kind != Keyring || !status.Chosen || status.Problem != "" || status.Available[0] != Keyring {
		t.Errorf("%+v, %v", status, err)
	}
	if opened != 1 {
		t.Errorf("it was tried %d times", opened)
	}
	// The next time it does not work: the choice stays, and nothing else takes its place.
	m = NewManager(t.TempDir(), s, broken)
	_, err := m.Set(t.Context(), key, "x")
	wantCode(t, err, fault.KeyringFailed)
	if status, err := m.Status(t.Context()); err != nil || status.Kind != Keyring || status.Problem == "" {
		t.Errorf("%+v, %v", status, err)
	}
}

func TestSecretsOfThisRunAreGoneInTheNext(t *testing.T) {
	s := settings{}
	dir := t.TempDir()
	m := NewManager(dir, s, nil)
	must(t, m.Choose(t.Context(), Session, ""))
	if lasting, err := m.Set(t.Context(), key, "x"); lasting || err != nil {
		t.Errorf("%v, %v", lasting, err)
	}
	if value, err := m.Get(t.Context(), key); value != "x" || err != nil || !m.InSession(key) {
		t.Errorf("%q, %v", value, err)
	}
	m = NewManager(dir, s, nil)
	_, err := m.Get(t.Context(), key)
	wantCode(t, err, fault.SecretMissing)
	if status, err := m.Status(t.Context()); err != nil || status.Kind != Session {
		t.Errorf("%+v, %v", status, err)
	}
}

func TestAChosenVaultWaitsForItsPassword(t *testing.T) {
	s := settings{}
	dir := t.TempDir()
	m := NewManager(dir, s, nil)
	must(t, m.Choose(t.Context(), Vault, master))
	_, err := m.Set(t.Context(), key, "x")
	must(t, err)
	m = NewManager(dir, s, nil)
	if status, err := m.Status(t.Context()); err != nil || status.Kind != Vault || !status.Locked || !status.VaultExists {
		t.Errorf("%+v, %v", status, err)
	}
	_, err = m.Get(t.Context(), key)
	wantCode(t, err, fault.SecretsLocked)
	m.Hold(key, "for now")
	if value, err := m.Get(t.Context(), key); value != "for now" || err != nil {
		t.Errorf("%q, %v", value, err)
	}
	m.Drop(key)
	wantCode(t, m.Unlock(t.Context(), "wrong horse"), fault.WrongMasterPassword)
	must(t, m.Unlock(t.Context(), master))
	if value, err := m.Get(t.Context(), key); value != "x" || err != nil {
		t.Errorf("%q, %v", value, err)
	}
	must(t, m.ChangeMasterPassword(t.Context(), master, "battery staple"))
	m.Lock()
	if status, err := m.Status(t.Context()); err != nil || !status.Locked {
		t.Errorf("%+v, %v", status, err)
	}
	must(t, m.Unlock(t.Context(), "battery staple"))
}

func TestTheKeyringIsLeftAloneWhereAnotherPlaceIsChosen(t *testing.T) {
	m := NewManager(t.TempDir(), settings{settingKind: []byte(`"session"`)}, func(context.Context) (Store, error) {
		t.Error("it is tried")
		return nil, nil
	})
	if status, err := m.Status(t.Context()); err != nil || status.Kind != Session || len(status.Available) != 3 || status.Problem != "" {
		t.Errorf("%+v, %v", status, err)
	}
	_, err := m.Get(t.Context(), key)
	wantCode(t, err, fault.SecretMissing)
}

func TestSecretsMoveToTheNewPlaceAndLeaveTheOld(t *testing.T) {
	ring := working{newMemory()}
	dir := t.TempDir()
	m := NewManager(dir, settings{}, func(context.Context) (Store, error) { return ring, nil })
	_, err := m.Set(t.Context(), key, "x")
	must(t, err)
	gone := Key{"8", Password}
	check := func(to Kind, password string) {
		t.Helper()
		kept, lost, err := m.Move(t.Context(), []Key{key, gone}, to, password, false)
		if err != nil || lost != 1 || len(kept) != 1 || kept[0] != key {
			t.Fatalf("to the %s: %v, %d, %v", to, kept, lost, err)
		}
		if value, err := m.Get(t.Context(), key); value != "x" || err != nil {
			t.Errorf("in the %s: %q, %v", to, value, err)
		}
		if exists, _ := m.vault.exists(); exists != (to == Vault) || ring.has(key) != (to == Keyring) || m.InSession(key) != (to == Session) {
			t.Errorf("after the move to the %s: vault %v, keyring %v, session %v", to, exists, ring.has(key), m.InSession(key))
		}
	}
	check(Vault, master)
	check(Keyring, "")
	check(Session, "")
	check(Vault, master)
	check(Session, "")
	check(Keyring, "")
	check(Keyring, "")
}

func TestAMoveThatCannotReadChangesNothing(t *testing.T) {
	s := settings{}
	dir := t.TempDir()
	m := NewManager(dir, s, nil)
	must(t, m.Choose(t.Context(), Vault, master))
	_, err := m.Set(t.Context(), key, "x")
	must(t, err)
	m.Lock()
	_, _, err = m.Move(t.Context(), []Key{key}, Session, "", false)
	wantCode(t, err, fault.SecretsLocked)
	if string(s[settingKind]) != `"vault"` {
		t.Errorf("chosen: %s", s[settingKind])
	}
	// Forgotten is forgotten: a new vault takes the old one's place.
	kept, lost, err := m.Move(t.Context(), []Key{key}, Vault, "battery staple", true)
	if len(kept) != 0 || lost != 1 || err != nil {
		t.Errorf("%v, %d, %v", kept, lost, err)
	}
	_, err = m.Get(t.Context(), key)
	wantCode(t, err, fault.SecretMissing)
}

func TestWhatIsHeldForThisRunDoesNotMoveToALastingPlace(t *testing.T) {
	m := NewManager(t.TempDir(), settings{}, func(context.Context) (Store, error) { return working{newMemory()}, nil })
	m.Hold(key, "for now")
	if kept, _, err := m.Move(t.Context(), []Key{key}, Vault, master, false); len(kept) != 0 || err != nil {
		t.Errorf("%v, %v", kept, err)
	}
	entries, err := m.vault.read()
	if len(entries) != 0 || err != nil || !m.InSession(key) {
		t.Errorf("%d, %v", len(entries), err)
	}
}
