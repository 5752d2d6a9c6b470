package api

import (
	"context"
	"fmt"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/private"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/store"
	"database-structure-sync/backend/version"
)

// Setup is what a program that shows the window brings along.
type Setup struct {
	Engines *engine.Registry
	Dir     string // for connections, settings and the vault
	// Keyring opens the system's keyring; nil: there is none.
	Keyring func(context.Context) (secret.Store, error)
	Build   version.Info
	Emit    Emit
	Dialogs Dialogs
}

// Bound is everything that the window may call.
type Bound struct {
	About       *About
	Connections *Connections
	Secrets     *Secrets
	Settings    *Settings
	Comparisons *Comparisons
	Plans       *Plans
	Samples     *Samples
	Questions   *Questions

	bench *service.Workbench
	store *store.Store
}

// Bind opens the store and builds what the window may call.
func Bind(s Setup) (*Bound, error) {
	private.Memory() // secrets go through it
	local, err := store.Open(s.Dir)
	if err != nil {
		return nil, fmt.Errorf("opening the saved connections: %w", err)
	}
	secrets := secret.NewManager(s.Dir, local, s.Keyring)
	connections := service.NewConnections(s.Engines, local, secrets)
	questions := NewQuestions(s.Emit)
	connections.Asker, connections.AskPassphrase = asker{questions}, asker{questions}.passphrase
	bench := service.NewWorkbench(service.New(s.Engines))
	return &Bound{
		About:       NewAbout(s.Build),
		Connections: &Connections{connections, bench, s.Dialogs},
		Secrets:     &Secrets{connections},
		Settings:    &Settings{local},
		Comparisons: NewComparisons(bench, ends{connections}, s.Emit),
		Plans:       NewPlans(bench, s.Dialogs, s.Emit),
		Samples:     &Samples{connections},
		Questions:   questions,
		bench:       bench, store: local,
	}, nil
}

// All are the structs to bind.
func (b *Bound) All() []any {
	return []any{b.About, b.Connections, b.Secrets, b.Settings, b.Comparisons, b.Plans, b.Samples, b.Questions}
}

// Busy tells whether something runs that closing the window would break off.
func (b *Bound) Busy() bool { return b.bench.Busy() }

// patience is how long closing waits for what runs to end.
const patience = 10 * time.Second

// Close ends what runs and closes the store.
func (b *Bound) Close() error {
	b.bench.End(patience)
	return b.store.Close()
}

// ends finds what is behind saved connections.
type ends struct{ connections *service.Connections }

// End opens nothing: it looks up, and asks for no more than the connection needs.
func (e ends) End(ctx context.Context, id, password string) (service.End, error) {
	c, err := e.connections.Get(ctx, id)
	if err != nil {
		return service.End{}, err
	}
	given := service.Given{}
	if password != "" {
		given[secret.Password] = password
	}
	cfg, err := e.connections.Config(ctx, id, given)
	if err != nil {
		return service.End{}, err
	}
	return service.End{Config: cfg, Name: c.Name, Production: c.Environment == "production"}, nil
}
