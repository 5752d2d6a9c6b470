//go:build unix

package testssh

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// NoLeaks makes a test fail that leaves goroutines or sockets behind. It is to be called first, so that it looks last.
func NoLeaks(t *testing.T) {
	t.Helper()
	before := sockets()
	ignored := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		if t.Failed() {
			return
		}
		goleak.VerifyNone(t, ignored)
		after := sockets()
		for until := time.Now().Add(2 * time.Second); after > before && time.Now().Before(until); after = sockets() {
			time.Sleep(20 * time.Millisecond)
		}
		if after > before {
			t.Errorf("%d sockets were open before the test, %d are now", before, after)
		}
	})
}

// sockets counts those of this process.
func sockets() int {
	n := 0
	files, _ := filepath.Glob("/proc/self/fd/*")
	for _, f := range files {
		if to, err := os.Readlink(f); err == nil && strings.HasPrefix(to, "socket:") {
			n++
		}
	}
	return n
}
