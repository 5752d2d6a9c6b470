package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
	"database-structure-sync/backend/tunnel"
)

// Connections has the use cases of saved connections. Secrets go in and are used; none ever comes out but in the
// configuration with which a database is opened.
type Connections struct {
	engines *engine.Registry
	store   *store.Store
	secrets *secret.Manager
	// AskSecret is asked when a secret is needed that is not kept: it is to be asked for every time, or is gone. nil, or ok
	// false: there is nobody to ask, and the error is of code fault.SecretMissing. Questions come one at a time.
	AskSecret func(ctx context.Context, c store.Connection, field secret.Field) (value string, ok bool, err error)
	asking    sync.Mutex
	// Asker is asked about SSH hosts: whether a key may be trusted, and for secrets that are not kept; nil: nobody is there
	// to answer. To be set before the first use.
	Asker tunnel.Asker
	// AskPassphrase is asked for the passphrase of a client's key that is not kept, or kept and wrong; nil: nobody is there to
	// answer. To be set before the first use.
	AskPassphrase AskPassphrase
	// questions to it come one at a time.
	questions gate
	trusted   tunnel.Trusted // host keys that were trusted for this run
}

// NewConnections makes the use cases over what is stored here.
func NewConnections(engines *engine.Registry, s *store.Store, secrets *secret.Manager) *Connections {
	return &Connections{engines: engines, store: s, secrets: secrets}
}

// SecretAction says what becomes of a secret when a draft is saved.
type SecretAction string

// The actions.
const (
	KeepSecret  SecretAction = "keep" // the zero value means the same
	SetSecret   SecretAction = "set"
	ClearSecret SecretAction = "clear"
)

// SecretChange is an action with the value that SetSecret sets.
type SecretChange struct {
	Action SecretAction
	Value  string `json:"-"`
}

// String keeps the value out of logs.
func (c SecretChange) String() string { return string(c.Action) }

// GoString keeps the value out of logs.
func (c SecretChange) GoString() string { return c.String() }

// Draft is a connection as somebody edits it. With an empty ID it is a new one. Of the connection, SavedSecrets, Created,
// Updated and LastUsed are not the editor's and are ignored.
type Draft struct {
	store.Connection
	Secrets map[secret.Field]SecretChange // what is not in it is kept
}

// Summary is a saved connection with which of its secrets are kept.
type Summary struct {
	store.Connection
	Secrets []secret.Field // that are kept, here or for this run
	Sample  bool           // one that CreateSamples made
}

// Keeps tells whether a secret is kept.
func (s Summary) Keeps(field secret.Field) bool { return slices.Contains(s.Secrets, field) }

// List are all saved connections, ordered by name. It reads no secret.
func (c *Connections) List(ctx context.Context) ([]Summary, error) {
	all, err := c.store.Connections(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Summary, len(all))
	for i, conn := range all {
		out[i] = c.summary(conn)
	}
	return out, nil
}

// Get is one saved connection; fault.NotFound when there is none with the id. It reads no secret.
func (c *Connections) Get(ctx context.Context, id string) (Summary, error) {
	conn, err := c.store.Connection(ctx, id)
	if err != nil {
		return Summary{}, err
	}
	return c.summary(conn), nil
}

// Find is the saved connection with the name, whatever its case; fault.NotFound when there is none.
func (c *Connections) Find(ctx context.Context, name string) (Summary, error) {
	conn, err := c.store.ConnectionNamed(ctx, name)
	if err != nil {
		return Summary{}, err
	}
	return c.summary(conn), nil
}

func (c *Connections) summary(conn store.Connection) Summary {
	s := Summary{conn, []secret.Field{}, c.isSample(conn)}
	for _, kind := range SecretKinds {
		if c.has(conn, kind.Field) {
			s.Secrets = append(s.Secrets, kind.Field)
		}
	}
	return s
}

// has tells whether a secret is kept, without reading it.
func (c *Connections) has(conn store.Connection, field secret.Field) bool {
	return slices.Contains(conn.SavedSecrets, string(field)) || c.secrets.InSession(secret.Key{Connection: conn.ID, Field: field})
}

// Save saves a draft: a new connection when its ID is empty, else in the place of the one with the ID. A draft with
// problems is not saved; the error is an *InvalidError. When a secret cannot be kept, nothing is saved.
func (c *Connections) Save(ctx context.Context, d Draft) (Summary, error) {
	problems, err := c.Validate(ctx, d)
	if err != nil {
		return Summary{}, err
	}
	if len(problems) > 0 {
		return Summary{}, &InvalidError{problems}
	}
	conn := tidy(d.Connection)
	var old store.Connection
	if conn.ID != "" {
		if old, err = c.store.Connection(ctx, conn.ID); err != nil {
			return Summary{}, err
		}
		if conn.TLS.Parameters == nil && conn.Engine == old.Engine { // an editor without a field for them does not take them away
			conn.TLS.Parameters = old.TLS.Parameters
		}
	} else {
		conn.ID = uuid.NewString()
	}
	undo, saved, err := c.changeSecrets(ctx, conn, old.SavedSecrets, d.Secrets)
	if err != nil {
		return Summary{}, err
	}
	conn.SavedSecrets = saved
	if old.ID == "" {
		var added []store.Connection
		if added, err = c.store.AddConnection(ctx, conn); err == nil {
			conn = added[0]
		}
	} else {
		conn, err = c.store.UpdateConnection(ctx, conn)
	}
	if err != nil {
		undo()
		if fault.CodeOf(err) == fault.NameTaken { // by another program, just now
			err = &InvalidError{[]Problem{{Field: "name", Code: NameTaken, Args: map[string]string{"name": conn.Name}}}}
		}
		return Summary{}, err
	}
	return c.summary(conn), nil
}

// Duplicate saves a copy under a name of its own, with copies of its secrets.
func (c *Connections) Duplicate(ctx context.Context, id string) (Summary, error) {
	conn, err := c.store.Connection(ctx, id)
	if err != nil {
		return Summary{}, err
	}
	all, err := c.store.Connections(ctx)
	if err != nil {
		return Summary{}, err
	}
	d := Draft{Connection: conn, Secrets: map[secret.Field]SecretChange{}}
	d.ID, d.Name = "", freeName(conn.Name, names(all))
	for _, kind := range SecretKinds {
		if !c.has(conn, kind.Field) {
			continue
		}
		value, err := c.secrets.Get(ctx, secret.Key{Connection: id, Field: kind.Field})
		switch {
		case fault.CodeOf(err) == fault.SecretMissing: // gone: the copy has none either
		case err != nil:
			return Summary{}, fmt.Errorf("copying the secrets of %q: %w", conn.Name, err)
		default:
			d.Secrets[kind.Field] = SecretChange{SetSecret, value}
		}
	}
	return c.Save(ctx, d)
}

// Delete forgets a connection and its secrets. When a secret cannot be deleted, nothing is; see DeleteAnyway.
func (c *Connections) Delete(ctx context.Context, id string) error {
	return c.remove(ctx, id, false)
}

// DeleteAnyway is Delete for when the place of the secrets cannot be used any more: what is there stays there.
func (c *Connections) DeleteAnyway(ctx context.Context, id string) error {
	return c.remove(ctx, id, true)
}

func (c *Connections) remove(ctx context.Context, id string, anyway bool) error {
	conn, err := c.store.Connection(ctx, id)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	for _, kind := range SecretKinds {
		if err := c.deleteSecret(ctx, conn, kind.Field); err != nil && !anyway {
			return fmt.Errorf("deleting the secrets of %q: %w", conn.Name, err)
		}
	}
	return c.store.DeleteConnection(ctx, id)
}

// names are the taken names as keys for freeName.
func names(all []store.Connection) map[string]bool {
	out := map[string]bool{}
	for _, c := range all {
		out[nameKey(c.Name)] = true
	}
	return out
}

// freeName is the name, or with " (2)", " (3)", … behind it the first that is not taken. A number that is there already
// is counted on.
func freeName(name string, taken map[string]bool) string {
	base := name
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") && isNumber(name[i+2:len(name)-1]) {
		base = name[:i]
	}
	for n := 2; taken[nameKey(name)]; n++ {
		name = fmt.Sprintf("%s (%d)", base, n)
	}
	return name
}

// nameKey is equal for names that count as the same.
func nameKey(name string) string { return strings.ToLower(name) }

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
