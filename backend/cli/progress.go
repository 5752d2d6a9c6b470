package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"database-structure-sync/backend/compare"
)

// progress is one line on a terminal that is written over and over; on anything else it is nothing.
type progress struct {
	w     io.Writer // nil: no terminal
	mu    sync.Mutex
	sides map[compare.Side]string
	shown time.Time
	dirty bool
	held  int // questions that are being asked: nothing is shown
}

// progressInterval is how long nothing is shown, and between two showings: what is quick needs no progress.
const progressInterval = 100 * time.Millisecond

// reading tells how far one side is; it is called from several goroutines.
func (p *progress) reading(side compare.Side, phase string, done, total int) {
	if p.w == nil {
		return
	}
	text := fmt.Sprintf("%s: %s", side, strings.ReplaceAll(phase, "_", " "))
	if total > 0 {
		text += fmt.Sprintf(" %d/%d", done, total)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sides == nil {
		p.sides, p.shown = map[compare.Side]string{}, time.Now()
	}
	p.sides[side] = text
	if time.Since(p.shown) < progressInterval {
		return
	}
	var parts []string
	for _, s := range []compare.Side{compare.Source, compare.Target} {
		if p.sides[s] != "" {
			parts = append(parts, p.sides[s])
		}
	}
	p.show("Reading " + strings.Join(parts, " · "))
}

// doing shows a step at once.
func (p *progress) doing(text string) {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.show(text)
}

func (p *progress) show(text string) {
	if p.held > 0 {
		return
	}
	const width = 78
	if r := []rune(text); len(r) > width {
		text = string(r[:width-1]) + "…"
	}
	say(p.w, "\r\x1b[K%s", text)
	p.shown, p.dirty = time.Now(), true
}

// clear takes the line away before something else is written.
func (p *progress) clear() {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dirty {
		say(p.w, "\r\x1b[K")
		p.dirty = false
	}
}

// hold takes the line away until what is on the terminal has been answered.
func (p *progress) hold() (release func()) {
	if p.w == nil {
		return func() {}
	}
	p.clear()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held++
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.held--
	}
}
