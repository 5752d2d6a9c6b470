package tunnel

import (
	"sync"
	"time"
)

// clock calls a function when its time is up. It can be stopped while somebody thinks.
type clock struct {
	mu      sync.Mutex
	left    time.Duration
	since   time.Time
	stopped int // how often more than started
	timer   *time.Timer
}

func newClock(patience time.Duration, expired func()) *clock {
	return &clock{left: patience, since: time.Now(), timer: time.AfterFunc(patience, expired)}
}

// pause stops the clock until its result is called.
func (c *clock) pause() (resume func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped++; c.stopped == 1 && c.timer.Stop() {
		c.left -= time.Since(c.since)
	}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.stopped--; c.stopped == 0 {
			c.since = time.Now()
			c.timer.Reset(max(c.left, time.Millisecond))
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
