package tunnel

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/nettest"

	"database-structure-sync/backend/internal/testssh"
)

// A connection through SSH is held to what Go's own tests demand of connections. Between its two ends is a real server.
func TestAChannelIsAConnectionWithEverythingThatBelongsToOne(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	tunnel, _ := open(t, to(s), nil)
	nettest.TestConn(t, func() (net.Conn, net.Conn, func(), error) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, nil, nil, err
		}
		defer l.Close()
		here, err := tunnel.DialContext(t.Context(), "tcp", l.Addr().String())
		if err != nil {
			return nil, nil, nil, err
		}
		there, err := l.Accept()
		if err != nil {
			return nil, nil, nil, err
		}
		return here, there, func() {
			_ = here.Close()
			_ = there.Close()
		}, nil
	})
}

func TestMuchGoesThroughBothWays(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	tunnel, _ := open(t, to(s), nil)
	address := echoServer(t, "tcp", "127.0.0.1:0").String()
	var running sync.WaitGroup
	for range 3 {
		running.Go(func() {
			conn, err := tunnel.DialContext(t.Context(), "tcp", address)
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			echoes(t, conn, 5<<20+123)
		})
	}
	running.Wait()
}

func TestADeadlineInterruptsAndTheConnectionGoesOn(t *testing.T) {
	h, s := visit(t, testssh.Config{})
	h.write(t, "known_hosts", s.KnownHost("ed25519"))
	tunnel, _ := open(t, to(s), nil)
	conn, err := tunnel.DialContext(t.Context(), "tcp", echoServer(t, "tcp", "127.0.0.1:0").String())
	must(t, err)
	for range 100 { // many: the next deadline is set while this one still is
		time.AfterFunc(10*time.Millisecond, func() { _ = conn.SetDeadline(time.Now()) }) // as drivers do when a context ends
		began := time.Now()
		_, err = conn.Read(make([]byte, 1))
		if !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) > 2*time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		must(t, conn.SetDeadline(time.Time{}))
		echoes(t, conn, 100_000)
	}
	// The far end closes.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	conn, err = tunnel.DialContext(t.Context(), "tcp", l.Addr().String())
	must(t, err)
	far, err := l.Accept()
	must(t, err)
	_, err = far.Write([]byte("goodbye"))
	must(t, err)
	must(t, far.Close())
	if text, err := io.ReadAll(conn); string(text) != "goodbye" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}
