package postgres

import (
	"context"
	"net"
	"testing"

	"database-structure-sync/backend/engine"
)

func TestSomebodyElseMayDialAndResolve(t *testing.T) {
	var network, address string
	a, err := prepare(engine.Config{Host: "only.known.beyond", Port: 1, Database: "d", Dial: func(_ context.Context, n, a string) (net.Conn, error) {
		network, address = n, a
		return nil, net.ErrClosed
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Engine{}).Open(t.Context(), engine.Config{Host: "only.known.beyond", Port: 1, Database: "d", Dial: a.config.DialFunc}); err == nil {
		t.Error("connected")
	}
	if network != "tcp" || address != "only.known.beyond:1" {
		t.Errorf("dialled %s %s", network, address)
	}
}
