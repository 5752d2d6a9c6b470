package tunnel

import (
	"context"
	"net"
	"strings"
	"sync"

	"golang.org/x/crypto/ssh"
)

// Trusted has the host keys that were trusted without being saved. The zero value is empty and ready.
type Trusted struct {
	mu   sync.Mutex
	keys map[string]bool // name of the host and key
	gate chan struct{}   // holds one token for who asks about a key
}

// enter waits until nobody else asks about a key.
func (t *Trusted) enter(ctx context.Context) error {
	t.mu.Lock()
	if t.gate == nil {
		t.gate = make(chan struct{}, 1)
	}
	gate := t.gate
	t.mu.Unlock()
	select {
	case gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (t *Trusted) leave() { <-t.gate }

func (t *Trusted) has(name string, key ssh.PublicKey) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.keys[name+" "+string(key.Marshal())]
}

func (t *Trusted) add(name string, key ssh.PublicKey) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.keys == nil {
		t.keys = map[string]bool{}
	}
	t.keys[name+" "+string(key.Marshal())] = true
}

// shortAddress is host:port without the port that SSH has by itself.
func shortAddress(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if port != "22" {
		return address
	}
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

func hostOf(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}
