package secret

import (
	"context"
	"errors"

	"database-structure-sync/backend/internal/fault"
)

// Move makes a place the one where secrets are kept from now on and takes these along. A secret that is not there any
// more counts as lost; one that cannot be read stops the move before anything changed, or with discard is lost as well. A
// vault that cannot be opened is removed then, with what is in it. What was moved is deleted where it was.
func (m *Manager) Move(ctx context.Context, keys []Key, to Kind, masterPassword string, discard bool) (kept []Key, lost int, err error) {
	from, _, err := m.current(ctx)
	if err != nil && !discard && fault.CodeOf(err) != fault.SecretsUnchosen {
		return nil, 0, err
	}
	var values []string
	for _, key := range keys {
		if from == nil || from.Kind() != Session && m.session.has(key) {
			continue // what is kept for this run alone stays so
		}
		value, err := from.Get(ctx, key)
		switch {
		case err == nil:
			kept, values = append(kept, key), append(values, value)
		case discard || fault.CodeOf(err) == fault.SecretMissing:
			lost++
		default:
			return nil, 0, err
		}
	}
	same := from != nil && from.Kind() == to
	if discard && lost > 0 && from != nil && from.Kind() == Vault && !m.vault.unlocked() {
		if err := m.vault.remove(ctx); err != nil {
			return nil, 0, err
		}
		same = false
	}
	target, err := m.ready(ctx, to, masterPassword)
	if err != nil {
		return nil, 0, err
	}
	if same {
		return kept, lost, m.remember(ctx, to)
	}
	for i, key := range kept {
		if err := target.Set(ctx, key, values[i]); err != nil {
			return nil, 0, errors.Join(err, remove(ctx, target, kept[:i]))
		}
	}
	if err := m.remember(ctx, to); err != nil {
		return nil, 0, err
	}
	if from == nil || from.Kind() == to {
		return kept, lost, nil
	}
	if from.Kind() == Vault {
		return kept, lost, m.vault.remove(ctx)
	}
	return kept, lost, remove(ctx, from, kept)
}

func remove(ctx context.Context, store Store, keys []Key) error {
	for _, key := range keys {
		if err := store.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}
