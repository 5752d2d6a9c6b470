package service

import (
	"context"
	"fmt"
	"slices"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

// changeSecrets does what a draft wants done with the secrets of a connection, all or nothing. saved are the secrets that
// are kept afterwards. undo takes it back as well as it can, for when the connection itself is not saved after all.
func (c *Connections) changeSecrets(ctx context.Context, conn store.Connection, old []string, changes map[secret.Field]SecretChange) (undo func(), saved []string, err error) {
	var undos []func()
	takeBack := func() {
		for _, f := range slices.Backward(undos) {
			f()
		}
	}
	for _, kind := range SecretKinds {
		field := kind.Field
		change, lasts := changes[field], slices.Contains(old, string(field))
		if neverKept(conn, field) {
			change = SecretChange{Action: ClearSecret}
		}
		if change.Action == SetSecret || change.Action == ClearSecret {
			restore, lasting, err := c.changeSecret(ctx, secret.Key{Connection: conn.ID, Field: field}, lasts, change)
			if err != nil {
				takeBack()
				return nil, nil, fmt.Errorf("keeping the secrets of %q: %w", conn.Name, err)
			}
			undos, lasts = append(undos, restore), lasting
		}
		if lasts {
			saved = append(saved, string(field))
		}
	}
	return takeBack, saved, nil
}

// changeSecret sets or clears one secret. lasts and lasting tell whether it is kept for longer than this run, before and
// after. restore puts back what was there, as far as that is possible: the error that makes it necessary is the one to be
// told.
func (c *Connections) changeSecret(ctx context.Context, key secret.Key, lasts bool, change SecretChange) (restore func(), lasting bool, err error) {
	before, there := "", false
	if lasts || c.secrets.InSession(key) {
		value, err := c.secrets.Get(ctx, key)
		before, there = value, err == nil
	} else if change.Action == ClearSecret {
		return func() {}, false, nil
	}
	switch {
	case change.Action == ClearSecret && lasts:
		err = c.secrets.Delete(ctx, key)
	case change.Action == ClearSecret: // where secrets last may be locked, and has none
		c.secrets.Drop(key)
	default:
		lasting, err = c.secrets.Set(ctx, key, change.Value)
	}
	return func() {
		ctx := context.WithoutCancel(ctx)
		switch {
		case there && lasts:
			_, _ = c.secrets.Set(ctx, key, before)
		case lasting:
			_ = c.secrets.Delete(ctx, key)
		}
		if there && !lasts {
			c.secrets.Hold(key, before)
		} else if !lasting {
			c.secrets.Drop(key)
		}
	}, lasting, err
}

// deleteSecret forgets a secret where it is kept. Where secrets last is left alone when it has none: it may be locked.
func (c *Connections) deleteSecret(ctx context.Context, conn store.Connection, field secret.Field) error {
	key := secret.Key{Connection: conn.ID, Field: field}
	if slices.Contains(conn.SavedSecrets, string(field)) {
		return c.secrets.Delete(ctx, key)
	}
	c.secrets.Drop(key)
	return nil
}

// Remember keeps a secret that was asked for: for this run, or with keep where secrets are kept. What is to be asked for
// every time is not kept.
func (c *Connections) Remember(ctx context.Context, id string, field secret.Field, value string, keep bool) error {
	conn, err := c.store.Connection(ctx, id)
	if err != nil {
		return err
	}
	key := secret.Key{Connection: id, Field: field}
	if neverKept(conn, field) {
		return nil
	}
	if !keep {
		c.secrets.Hold(key, value)
		return nil
	}
	lasting, err := c.secrets.Set(ctx, key, value)
	if err != nil {
		return fmt.Errorf("keeping a secret of %q: %w", conn.Name, err)
	}
	if !lasting || slices.Contains(conn.SavedSecrets, string(field)) {
		return nil
	}
	return c.store.SetSavedSecrets(ctx, id, append(conn.SavedSecrets, string(field)))
}

// Given are secrets that are at hand for one use.
type Given map[secret.Field]string

// String keeps the values out of logs.
func (g Given) String() string { return fmt.Sprintf("%d secrets", len(g)) }

// GoString keeps the values out of logs.
func (g Given) GoString() string { return g.String() }

// MarshalJSON keeps the values out of documents.
func (g Given) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }

// secretOf is a secret of a connection: given, kept, or asked for; "" when there is none and none is known to be needed.
func (c *Connections) secretOf(ctx context.Context, conn store.Connection, field secret.Field, given Given) (string, error) {
	if value, ok := given[field]; ok {
		return value, nil
	}
	if neverKept(conn, field) {
		return c.ask(ctx, conn, field)
	}
	if !c.has(conn, field) {
		return "", nil
	}
	value, err := c.secrets.Get(ctx, secret.Key{Connection: conn.ID, Field: field})
	if fault.CodeOf(err) != fault.SecretMissing {
		return value, err
	}
	if err := c.forgetGone(ctx, conn, field); err != nil {
		return "", err
	}
	return c.ask(ctx, conn, field)
}

// forgetGone notes that a secret that was kept once is gone, say because the keyring was emptied.
func (c *Connections) forgetGone(ctx context.Context, conn store.Connection, field secret.Field) error {
	now, err := c.store.Connection(ctx, conn.ID) // another may have gone since
	if err != nil {
		return err
	}
	gone := func(name string) bool { return name == string(field) }
	return c.store.SetSavedSecrets(ctx, conn.ID, slices.DeleteFunc(now.SavedSecrets, gone))
}

// ask asks for a secret.
func (c *Connections) ask(ctx context.Context, conn store.Connection, field secret.Field) (string, error) {
	missing := fault.New(fault.SecretMissing, "%s of %q has to be entered", named(field), conn.Name)
	if c.AskSecret == nil {
		return "", missing
	}
	c.asking.Lock()
	defer c.asking.Unlock()
	value, ok, err := c.AskSecret(ctx, conn, field)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", missing
	}
	return value, nil
}

// Secrets is the manager of the place where secrets are kept, for its status and for unlocking.
func (c *Connections) Secrets() *secret.Manager { return c.secrets }

// Move says where secrets are to be kept from now on.
type Move struct {
	Kind           secret.Kind
	MasterPassword string `json:"-"` // of the vault
	// Discard: secrets that cannot be read where they are now are given up instead of stopping the move. A vault that
	// cannot be opened is removed with what is in it.
	Discard bool
}

// String keeps the master password out of logs.
func (m Move) String() string { return string(m.Kind) }

// GoString keeps the master password out of logs.
func (m Move) GoString() string { return m.String() }

// Moved counts secrets.
type Moved struct{ Moved, Lost int }

// MoveSecrets chooses where secrets are kept and takes along those that are kept already. When they cannot be read nothing
// changes, unless they are to be discarded. Secrets that move to memory are deleted where they were.
func (c *Connections) MoveSecrets(ctx context.Context, to Move) (Moved, error) {
	all, err := c.store.Connections(ctx)
	if err != nil {
		return Moved{}, err
	}
	var keys []secret.Key
	for _, conn := range all {
		for _, kind := range SecretKinds {
			if c.has(conn, kind.Field) {
				keys = append(keys, secret.Key{Connection: conn.ID, Field: kind.Field})
			}
		}
	}
	kept, lost, err := c.secrets.Move(ctx, keys, to.Kind, to.MasterPassword, to.Discard)
	if err != nil {
		return Moved{}, err
	}
	saved := map[string][]string{}
	if to.Kind != secret.Session {
		for _, key := range kept {
			saved[key.Connection] = append(saved[key.Connection], string(key.Field))
		}
	}
	for _, conn := range all {
		if err := c.store.SetSavedSecrets(ctx, conn.ID, saved[conn.ID]); err != nil {
			return Moved{}, err
		}
	}
	return Moved{len(kept), lost}, nil
}
