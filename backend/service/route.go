package service

import (
	"context"
	"net"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// openDatabase opens a database, and first the way to it where it needs one. The way ends with the connection.
func openDatabase(ctx context.Context, e engine.Engine, cfg engine.Config) (engine.Conn, error) {
	if cfg.Route == nil {
		return openAsking(ctx, e, cfg)
	}
	route, err := cfg.Route(ctx)
	if err != nil {
		return nil, err
	}
	cfg.Dial = route.DialContext
	conn, err := openAsking(ctx, e, cfg)
	if err != nil {
		err = route.Explain(ctx, err)
		route.Close()
		return nil, err
	}
	return &routed{conn, route}, nil
}

// noDirectDial keeps a database that is behind a tunnel from being reached without it.
func noDirectDial(context.Context, string, string) (net.Conn, error) {
	return nil, fault.New(fault.TunnelFailed, "the database is to be reached through an SSH tunnel, which is not open")
}

// routed is a connection with the way that it was opened over.
type routed struct {
	engine.Conn
	route engine.Route
}

// Inspect implements engine.Conn.
func (r *routed) Inspect(ctx context.Context, opt engine.InspectOptions) (*schema.Database, error) {
	db, err := r.Conn.Inspect(ctx, opt)
	return db, r.route.Explain(ctx, err)
}

// Lock implements engine.Conn.
func (r *routed) Lock(ctx context.Context) (func(context.Context) error, error) {
	unlock, err := r.Conn.Lock(ctx)
	if err != nil {
		return nil, r.route.Explain(ctx, err)
	}
	return func(ctx context.Context) error { return r.route.Explain(ctx, unlock(ctx)) }, nil
}

// Begin implements engine.Conn.
func (r *routed) Begin(ctx context.Context) error { return r.route.Explain(ctx, r.Conn.Begin(ctx)) }

// Commit implements engine.Conn.
func (r *routed) Commit(ctx context.Context) error { return r.route.Explain(ctx, r.Conn.Commit(ctx)) }

// Rollback implements engine.Conn.
func (r *routed) Rollback(ctx context.Context) error {
	return r.route.Explain(ctx, r.Conn.Rollback(ctx))
}

// Exec implements engine.Conn.
func (r *routed) Exec(ctx context.Context, sql string) error {
	return r.route.Explain(ctx, r.Conn.Exec(ctx, sql))
}

// Ping implements engine.Prober.
func (r *routed) Ping(ctx context.Context) error {
	if p, ok := r.Conn.(engine.Prober); ok {
		return r.route.Explain(ctx, p.Ping(ctx))
	}
	return nil
}

// Rights implements engine.Prober.
func (r *routed) Rights(ctx context.Context) (engine.Rights, error) {
	p, ok := r.Conn.(engine.Prober)
	if !ok {
		return engine.Rights{}, nil
	}
	rights, err := p.Rights(ctx)
	return rights, r.route.Explain(ctx, err)
}

// Close implements engine.Conn.
func (r *routed) Close() error {
	err := r.Conn.Close()
	r.route.Close()
	return err
}
