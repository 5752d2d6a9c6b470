package api

import (
	"context"
	"strconv"
	"sync"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/tunnel"
)

// The events of questions.
const (
	EventAsk     = "ask"      // Question: somebody waits for Questions.Answer
	EventAskOver = "ask:over" // a question's id: nobody waits for its answer any more
)

// Questions asks in the window what an SSH host wants to know, or what opens a key, while something that the user started waits
// for it.
type Questions struct {
	emit Emit
	mu   sync.Mutex
	last int
	open map[string]chan Answer
}

// NewQuestions asks by events.
func NewQuestions(emit Emit) *Questions {
	return &Questions{emit: emit, open: map[string]chan Answer{}}
}

// Question is what is asked. What a host says (Name, Instruction, Prompts) is the host's word, not the program's.
type Question struct {
	ID   string `json:"id"`
	Kind string `json:"kind"` // host_key, password, passphrase, prompts; tls_passphrase, which no host asks for
	// Connection is the name of the one whose certificate a tls_passphrase is for.
	Connection string `json:"connection"`
	// The SSH host that asks: as it was written, the address that is connected to, the user who logs in; which of how many
	// hosts on the way it is, counted from 1.
	Host    string `json:"host"`
	Address string `json:"address"`
	User    string `json:"user"`
	Hop     int    `json:"hop"`
	Hops    int    `json:"hops"`
	// Of a host key: its type, its SHA256 fingerprint, and the file that "save" adds it to.
	KeyType     string `json:"keyType"`
	Fingerprint string `json:"fingerprint"`
	File        string `json:"file"`
	KeyFile     string `json:"keyFile"` // of a passphrase
	Attempt     int    `json:"attempt"` // of a password or passphrase; above 1: the one before was wrong
	// Of prompts.
	Name        string   `json:"name"`
	Instruction string   `json:"instruction"`
	Prompts     []Prompt `json:"prompts"`
}

// Prompt is one thing that a host asks for.
type Prompt struct {
	Text string `json:"text"`
	Echo bool   `json:"echo"` // what is typed may be seen
}

// Answer is the user's. Without values a password, a passphrase or prompts are declined.
type Answer struct {
	Trust  string   `json:"trust"` // of a host key: once, save, "" for no
	Values []string `json:"values"`
}

// String keeps what was typed out of logs.
func (a Answer) String() string { return a.Trust }

// GoString keeps what was typed out of logs.
func (a Answer) GoString() string { return a.Trust }

// Answer answers an open question.
func (q *Questions) Answer(id string, answer Answer) error {
	q.mu.Lock()
	reply := q.open[id]
	delete(q.open, id)
	q.mu.Unlock()
	if reply == nil {
		return fault.New(fault.NotFound, "nobody waits for this answer any more")
	}
	reply <- answer
	return nil
}

// put asks and waits.
func (q *Questions) put(ctx context.Context, question Question) (Answer, error) {
	reply := make(chan Answer, 1)
	q.mu.Lock()
	q.last++
	question.ID = strconv.Itoa(q.last)
	q.open[question.ID] = reply
	q.mu.Unlock()
	q.emit(EventAsk, question)
	select {
	case answer := <-reply:
		return answer, nil
	case <-ctx.Done():
		q.mu.Lock()
		delete(q.open, question.ID)
		q.mu.Unlock()
		q.emit(EventAskOver, question.ID)
		return Answer{}, ctx.Err()
	}
}

// asker is the tunnel's way to the window.
type asker struct{ questions *Questions }

var _ tunnel.Asker = asker{}

// about is a question about a hop.
func about(kind string, h tunnel.Hop) Question {
	return Question{
		Kind: kind, Host: h.Host, Address: h.Address, User: h.User, Hop: h.Index + 1, Hops: h.Count, Prompts: []Prompt{},
	}
}

// HostKey implements tunnel.Asker.
func (a asker) HostKey(ctx context.Context, q tunnel.HostKeyQuestion) (tunnel.Trust, error) {
	question := about("host_key", q.Hop)
	question.Name, question.KeyType, question.Fingerprint, question.File = q.Name, q.Type, q.Fingerprint, q.File
	answer, err := a.questions.put(ctx, question)
	if err != nil {
		return tunnel.Distrust, err
	}
	switch trust := tunnel.Trust(answer.Trust); trust {
	case tunnel.TrustOnce, tunnel.TrustSave:
		return trust, nil
	}
	return tunnel.Distrust, nil
}

// Secret implements tunnel.Asker.
func (a asker) Secret(ctx context.Context, q tunnel.SecretQuestion) (string, bool, error) {
	question := about(string(q.Kind), q.Hop)
	question.KeyFile, question.Attempt = q.KeyFile, q.Attempt
	answer, err := a.questions.put(ctx, question)
	if err != nil || len(answer.Values) == 0 {
		return "", false, err
	}
	return answer.Values[0], true, nil
}

// passphrase is a service.AskPassphrase.
func (a asker) passphrase(ctx context.Context, q service.PassphraseQuestion) (string, bool, error) {
	answer, err := a.questions.put(ctx, Question{
		Kind: "tls_passphrase", Connection: q.Connection, KeyFile: q.KeyFile, Attempt: q.Attempt, Prompts: []Prompt{},
	})
	if err != nil || len(answer.Values) == 0 {
		return "", false, err
	}
	return answer.Values[0], true, nil
}

// Prompts implements tunnel.Asker.
func (a asker) Prompts(ctx context.Context, q tunnel.PromptsQuestion) ([]string, bool, error) {
	if len(q.Prompts) == 0 {
		return []string{}, true, nil
	}
	question := about("prompts", q.Hop)
	question.Name, question.Instruction = q.Name, q.Instruction
	for _, p := range q.Prompts {
		question.Prompts = append(question.Prompts, Prompt(p))
	}
	answer, err := a.questions.put(ctx, question)
	if err != nil || len(answer.Values) != len(q.Prompts) {
		return nil, false, err
	}
	return answer.Values, true, nil
}
