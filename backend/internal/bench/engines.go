package main

import (
	"context"
	"sync"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/schema"
)

// watch notes, for all connections together, when the last inspection ended and what was sent until a connection closed.
type watch struct {
	mu       sync.Mutex
	lastRead time.Time
	stats    engine.Stats
}

// registry has the program's engines, watched.
func (w *watch) registry() *engine.Registry {
	return engine.NewRegistry(watchedEngine{postgres.Engine{}, w}, watchedEngine{mysql.Engine{}, w})
}

type watchedEngine struct {
	engine.Engine
	watch *watch
}

func (e watchedEngine) Open(ctx context.Context, cfg engine.Config) (engine.Conn, error) {
	conn, err := e.Engine.Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return watchedConn{conn, e.watch}, nil
}

type watchedConn struct {
	engine.Conn
	watch *watch
}

func (c watchedConn) Inspect(ctx context.Context, opt engine.InspectOptions) (*schema.Database, error) {
	db, err := c.Conn.Inspect(ctx, opt)
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	c.watch.lastRead = time.Now()
	return db, err
}

func (c watchedConn) Close() error {
	s := c.Stats()
	c.watch.mu.Lock()
	c.watch.stats.Queries += s.Queries
	c.watch.stats.RoundTrips += s.RoundTrips
	c.watch.mu.Unlock()
	return c.Conn.Close()
}
