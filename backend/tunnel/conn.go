package tunnel

import (
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// channel is a connection through SSH with what drivers expect of one and SSH's channels do not have: deadlines, and a
// Close that ends what is going on at once. Two goroutines move the bytes; they end when the channel under it does.
type channel struct {
	under net.Conn
	done  chan struct{} // closed by Close
	once  sync.Once
	ended sync.WaitGroup

	full, free chan []byte // between the channel and Read
	rest       []byte      // what Read has not handed out yet
	whole      []byte      // the buffer that rest is of
	failed     error       // that ends reading; set before full is closed
	reading    sync.Mutex

	out     chan []byte   // to the channel
	unsent  chan struct{} // closed when sending has failed
	sendErr error         // why; set before unsent is closed
	writing sync.Mutex

	both            sync.Mutex // deadlines are set one after the other, and together
	readBy, writeBy deadline
}

const chunk = 32 << 10 // of one packet of a channel

func newChannel(under net.Conn) *channel {
	c := &channel{
		under: under, done: make(chan struct{}),
		full: make(chan []byte, 2), free: make(chan []byte, 2), out: make(chan []byte), unsent: make(chan struct{}),
	}
	c.readBy.init()
	c.writeBy.init()
	c.free <- make([]byte, chunk)
	c.free <- make([]byte, chunk)
	c.ended.Go(c.receive)
	c.ended.Go(c.send)
	return c
}

// receive moves bytes from the channel to Read.
func (c *channel) receive() {
	defer close(c.full)
	for {
		var buffer []byte
		select {
		case buffer = <-c.free:
		case <-c.done:
			c.failed = net.ErrClosed
			return
		}
		n, err := c.under.Read(buffer)
		if n > 0 {
			c.full <- buffer[:n] // has room for all there are
		}
		if err != nil {
			c.failed = err
			return
		}
	}
}

// send moves bytes from Write to the channel, and closes it in the end.
func (c *channel) send() {
	defer func() { _ = c.under.Close() }()
	for {
		select {
		case data := <-c.out:
			if _, err := c.under.Write(data); err != nil {
				c.sendErr = err
				close(c.unsent)
				return
			}
		case <-c.done:
			return
		}
	}
}

// Read implements net.Conn.
func (c *channel) Read(p []byte) (int, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	if err := c.readBy.passed(); err != nil {
		return 0, err
	}
	if len(c.rest) == 0 {
		select {
		case <-c.done:
			return 0, net.ErrClosed
		default:
		}
		select {
		case data, ok := <-c.full:
			if !ok {
				return 0, c.failed
			}
			c.rest, c.whole = data, data
		case <-c.readBy.wait():
			return 0, os.ErrDeadlineExceeded
		case <-c.done:
			return 0, net.ErrClosed
		}
	}
	n := copy(p, c.rest)
	if c.rest = c.rest[n:]; len(c.rest) == 0 {
		c.free <- c.whole[:cap(c.whole)] // has room for all there are
	}
	return n, nil
}

// Write implements net.Conn. As with the connections of a system, what was written last may still be on its way when it
// returns, and if it cannot be sent the next one tells.
func (c *channel) Write(p []byte) (int, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	for written := 0; ; {
		if err := c.writeBy.passed(); err != nil {
			return written, err
		}
		part := p[written:min(written+chunk, len(p))]
		select {
		case <-c.done:
			return written, net.ErrClosed
		default:
		}
		select {
		case c.out <- append([]byte(nil), part...): // a copy: the caller's is not the connection's to keep
		case <-c.unsent:
			return written, c.sendErr
		case <-c.writeBy.wait():
			return written, os.ErrDeadlineExceeded
		case <-c.done:
			return written, net.ErrClosed
		}
		if written += len(part); written == len(p) {
			return written, nil
		}
	}
}

// Close implements net.Conn. It waits for nothing.
func (c *channel) Close() error {
	c.once.Do(func() { close(c.done) })
	return nil
}

// LocalAddr implements net.Conn.
func (c *channel) LocalAddr() net.Addr { return c.under.LocalAddr() }

// RemoteAddr implements net.Conn.
func (c *channel) RemoteAddr() net.Addr { return c.under.RemoteAddr() }

// SetDeadline implements net.Conn. Who is woken by the one deadline may set both anew before the other one is set.
func (c *channel) SetDeadline(t time.Time) error {
	c.both.Lock()
	defer c.both.Unlock()
	c.readBy.set(t)
	c.writeBy.set(t)
	return nil
}

// SetReadDeadline implements net.Conn.
func (c *channel) SetReadDeadline(t time.Time) error {
	c.readBy.set(t)
	return nil
}

// SetWriteDeadline implements net.Conn.
func (c *channel) SetWriteDeadline(t time.Time) error {
	c.writeBy.set(t)
	return nil
}

// deadline is a time that can be moved while somebody waits for it.
type deadline struct {
	mu    sync.Mutex
	timer *time.Timer
	over  chan struct{} // closed when the time has come
}

func (d *deadline) init() { d.over = make(chan struct{}) }

func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil && !d.timer.Stop() {
		<-d.over // it is just being closed
	}
	d.timer = nil
	select {
	case <-d.over:
		d.over = make(chan struct{})
	default:
	}
	if t.IsZero() {
		return
	}
	over := d.over
	if left := time.Until(t); left > 0 {
		d.timer = time.AfterFunc(left, func() { close(over) })
		return
	}
	close(over)
}

func (d *deadline) wait() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.over
}

func (d *deadline) passed() error {
	select {
	case <-d.wait():
		return os.ErrDeadlineExceeded
	default:
		return nil
	}
}

// heard is a connection that knows when it last received something.
type heard struct {
	net.Conn
	at atomic.Int64 // nanoseconds of Unix
}

func newHeard(conn net.Conn) *heard {
	h := &heard{Conn: conn}
	h.at.Store(time.Now().UnixNano())
	return h
}

// Read implements net.Conn.
func (h *heard) Read(p []byte) (int, error) {
	n, err := h.Conn.Read(p)
	if n > 0 {
		h.at.Store(time.Now().UnixNano())
	}
	return n, err
}

// idle is how long nothing was received.
func (h *heard) idle() time.Duration { return time.Since(time.Unix(0, h.at.Load())) }
