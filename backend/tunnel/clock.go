package tunnel

import (
	"sync"
	"time"
)

// clock calls a function when its time is up. It stands still while somebody thinks, and begins anew after that: who has
// asked something is not silent.
type clock struct {
	mu       sync.Mutex
	patience time.Duration
	stopped  int // how often more than started
	timer    *time.Timer
}

func newClock(patience time.Duration, expired func()) *clock {
	return &clock{patience: patience, timer: time.AfterFunc(patience, expired)}
}

// pause stops the clock until its result is called.
func (c *clock) pause() (resume func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped++; c.stopped == 1 {
		c.timer.Stop()
	}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.stopped--; c.stopped == 0 {
			c.timer.Reset(c.patience)
		}
	}
}

// end stops the clock for good.
func (c *clock) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped++
	c.timer.Stop()
}
