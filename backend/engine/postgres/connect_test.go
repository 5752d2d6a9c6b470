package postgres

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"testing"

	"database-structure-sync/backend/engine"
)

func TestTheCertificateIsForTheNameThatIsAskedFor(t *testing.T) {
	for mode, attempts := range map[string]int{"disable": 0, "prefer": 1, "require": 1, "verify-ca": 1, "verify-full": 1} {
		var seen int
		config, err := connectConfig(engine.Config{
			Host: "127.0.0.1", Database: "d", Params: url.Values{"sslmode": {mode}}, ServerName: "real.example",
			Secured: func(tls.ConnectionState) { seen++ },
		})
		if err != nil {
			t.Fatal(err)
		}
		all := tlsConfigs(config)
		if len(all) != attempts {
			t.Errorf("%s: %d attempts with TLS", mode, len(all))
		}
		for _, c := range all {
			if err := c.VerifyConnection(tls.ConnectionState{}); err != nil || c.ServerName != "real.example" {
				t.Errorf("%s: %q, %v", mode, c.ServerName, err)
			}
		}
		if seen != attempts {
			t.Errorf("%s: told of %d handshakes", mode, seen)
		}
	}
}

func TestSomebodyElseMayDialAndResolve(t *testing.T) {
	var network, address string
	config, err := connectConfig(engine.Config{Host: "only.known.beyond", Port: 1, Database: "d", Dial: func(_ context.Context, n, a string) (net.Conn, error) {
		network, address = n, a
		return nil, net.ErrClosed
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Engine{}).Open(t.Context(), engine.Config{Host: "only.known.beyond", Port: 1, Database: "d", Dial: config.DialFunc}); err == nil {
		t.Error("connected")
	}
	if network != "tcp" || address != "only.known.beyond:1" {
		t.Errorf("dialled %s %s", network, address)
	}
}
