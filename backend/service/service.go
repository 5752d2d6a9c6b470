package service

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/tunnel"
)

// Service gives access to the use cases.
type Service struct {
	engines *engine.Registry
	// AskPassword is asked once when a server wants a password and none was given; nil, or ok false: there is nobody to
	// ask. Questions come one at a time.
	AskPassword func(ctx context.Context, side compare.Side, cfg engine.Config) (password string, ok bool, err error)
	asking      chan struct{} // holds one token
	// Asker is asked about the SSH hosts of URLs, as Connections.Asker is about those of saved connections; nil: nobody is
	// there to answer. To be set before the first use.
	Asker tunnel.Asker
	// AskPassphrase is asked about the clients' keys of URLs; nil: nobody is there to answer.
	AskPassphrase AskPassphrase
	// questions to it come one at a time.
	questions gate
	trusted   tunnel.Trusted // host keys that were trusted for this run
}

// New makes the service over these engines.
func New(engines *engine.Registry) *Service {
	return &Service{engines: engines, asking: make(chan struct{}, 1)}
}

// Check tells whether a configuration names a known kind of database.
func (s *Service) Check(cfg engine.Config) error {
	_, err := s.engines.Find(cfg.Scheme)
	return err
}

// Comparison is a finished comparison. It holds no connection.
type Comparison struct {
	*compare.Result
	SourceName, TargetName string // their URLs without secrets
	service                *Service
	target                 engine.Config
}

// Compare opens both databases, compares them and closes them.
func (s *Service) Compare(ctx context.Context, source, target engine.Config, opt compare.Options) (*Comparison, error) {
	inputs, done, err := s.openBoth(ctx, &source, &target)
	if err != nil {
		return nil, err
	}
	defer done()
	result, err := compare.Run(ctx, inputs[0], inputs[1], opt)
	if err != nil {
		return nil, err
	}
	return &Comparison{result, source.Redacted(), target.Redacted(), s, target}, nil
}

// openBoth connects to both at the same time. Passwords that were asked for are kept in the configurations.
func (s *Service) openBoth(ctx context.Context, source, target *engine.Config) (inputs [2]compare.Input, done func(), err error) {
	done = func() {
		for _, in := range inputs {
			if in.Conn != nil {
				_ = in.Conn.Close() // everything was read
			}
		}
	}
	group, groupCtx := errgroup.WithContext(ctx)
	for i, x := range []struct {
		side compare.Side
		cfg  *engine.Config
	}{{compare.Source, source}, {compare.Target, target}} {
		group.Go(func() error {
			conn, dialect, err := s.open(groupCtx, x.side, x.cfg)
			if err != nil {
				return &compare.SideError{Side: x.side, Doing: "opening the " + string(x.side), Err: err}
			}
			inputs[i] = compare.Input{Conn: conn, Dialect: dialect, Name: x.cfg.Redacted(), Schemas: x.cfg.Params["schema"]}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		done()
		return inputs, nil, err
	}
	return inputs, done, nil
}

// open connects to one database, asking for a password when the server wants one.
func (s *Service) open(ctx context.Context, side compare.Side, cfg *engine.Config) (engine.Conn, string, error) {
	e, err := s.engines.Find(cfg.Scheme)
	if err != nil {
		return nil, "", err
	}
	if err := s.throughURL(cfg); err != nil {
		return nil, "", err
	}
	if cfg.AskKeyPassphrase == nil && !cfg.Embedded() {
		askingFor(cfg, cfg.Redacted(), s.AskPassphrase)
	}
	conn, err := openDatabase(ctx, e, *cfg)
	if err == nil || fault.CodeOf(err) != fault.AuthFailed || cfg.Password != "" || s.AskPassword == nil {
		return conn, e.Dialect(), err
	}
	s.asking <- struct{}{}
	password, ok, askErr := s.AskPassword(ctx, side, *cfg)
	<-s.asking
	if askErr != nil {
		return nil, "", askErr
	}
	if !ok {
		return nil, "", err
	}
	cfg.Password = password
	conn, err = openDatabase(ctx, e, *cfg)
	return conn, e.Dialect(), err
}

// Sync executes a plan of this comparison on the target and verifies it.
func (c *Comparison) Sync(ctx context.Context, p *plan.Plan, events func(run.Event)) (*run.Result, error) {
	reopen := func(ctx context.Context) (engine.Conn, error) {
		conn, _, err := c.service.open(ctx, compare.Target, &c.target)
		return conn, err
	}
	conn, err := reopen(ctx)
	if err != nil {
		return nil, &compare.SideError{Side: compare.Target, Doing: "opening the target", Err: err}
	}
	defer func() { _ = conn.Close() }() // what matters was verified
	return run.Execute(ctx, conn, p, run.Options{
		Schemas: c.target.Params["schema"], Diff: c.Options, Align: c.Align(), Reopen: reopen, Events: events,
	})
}

// Inspection is the structure of one database.
type Inspection struct {
	Database *schema.Database
	Name     string
	Dialect  plan.Dialect
}

// Inspect reads one database.
func (s *Service) Inspect(ctx context.Context, cfg engine.Config, progress engine.Progress) (*Inspection, error) {
	conn, _, err := s.open(ctx, compare.Source, &cfg)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	defer func() { _ = conn.Close() }() // everything was read
	db, err := conn.Inspect(ctx, engine.InspectOptions{Schemas: cfg.Params["schema"], Progress: progress})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", cfg.Redacted(), err)
	}
	for _, name := range cfg.Params["schema"] {
		if db.Get(schema.Key{Kind: schema.KindSchema, Name: name}) == nil {
			return nil, fault.New(fault.BadInput, "there is no schema %q in %s", name, cfg.Redacted())
		}
	}
	return &Inspection{db, cfg.Redacted(), conn.Dialect()}, nil
}
