package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
)

// group is what travels to the server in one go before an answer is waited for: one round trip.
type group struct {
	// Pipelined statements are sent apart from each other (PostgreSQL's extended protocol), others as one text.
	Pipelined  bool
	Statements []string
}

// session is what one connection sent, in order.
type session []group

// recorder stands between a program and a database server and notes the statements that pass: the very ones that the
// program sends, whichever way its code came to send them. It changes nothing.
type recorder struct {
	listener net.Listener
	server   string
	follow   func(io.Reader) (session, error)

	mu       sync.Mutex
	sessions []session
	err      error
	running  sync.WaitGroup
}

// follower is how the statements in an engine's protocol are found.
var followers = map[string]func(io.Reader) (session, error){
	"postgres": followPostgres, "mysql": followMySQL, "mariadb": followMySQL,
}

func newRecorder(engine, server string) (*recorder, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening for what is to be recorded: %w", err)
	}
	r := &recorder{listener: listener, server: server, follow: followers[engine]}
	r.running.Add(1)
	go r.accept()
	return r, nil
}

func (r *recorder) port() int { return r.listener.Addr().(*net.TCPAddr).Port }

func (r *recorder) accept() {
	defer r.running.Done()
	for {
		client, err := r.listener.Accept()
		if err != nil { // closed
			return
		}
		r.running.Add(1)
		go func() {
			defer r.running.Done()
			s, err := r.pass(client)
			r.mu.Lock()
			defer r.mu.Unlock()
			r.err = errors.Join(r.err, err)
			if len(s) > 0 {
				r.sessions = append(r.sessions, s)
			}
		}()
	}
}

// pass carries bytes in both directions until the client goes, and reads along on the client's side.
func (r *recorder) pass(client net.Conn) (session, error) {
	defer client.Close()
	server, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", r.server)
	if err != nil {
		return nil, fmt.Errorf("connecting the recorder: %w", err)
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server) // ends with either side, which the other direction reports
		client.Close()
	}()
	s, err := r.follow(io.TeeReader(client, server))
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
		return nil, fmt.Errorf("recording what is sent: %w", err)
	}
	return s, nil
}

// stop ends the recording.
func (r *recorder) stop() ([]session, error) {
	r.listener.Close()
	r.running.Wait()
	return r.sessions, r.err
}

// recording is what was sent to both databases.
type recording struct{ Source, Target []session }

// roundTrips counts the groups, statements what is in them; that a text may hold several statements only its answer
// tells, so those are counted where it is replayed.
func roundTrips(sessions []session) int {
	n := 0
	for _, s := range sessions {
		n += len(s)
	}
	return n
}

func (r recording) write(path string) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

func readRecording(path string) (recording, error) {
	var r recording
	text, err := os.ReadFile(path)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(text, &r)
}
