package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testtls"
	"database-structure-sync/backend/service"
)

// canary begins every secret of this test, which must turn up in nothing that the window is told and in no file.
const canary = "cAnAry-"

// window takes down all that the window is told, and answers whatever it is asked with a canary.
type window struct {
	t     *testing.T
	bound *Bound
	dir   string

	mu     sync.Mutex
	heard  strings.Builder
	events int
	asked  map[string]int // by kind
}

// told takes down what a call returned or an event carried.
func (w *window) told(values ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, v := range values {
		text, err := json.Marshal(v)
		if err != nil {
			w.t.Error(err)
		}
		if failed, ok := v.(error); ok {
			f := failure(failed)
			text, _ = json.Marshal(f)
		}
		fmt.Fprintf(&w.heard, "%s\n%v\n%+v\n", text, v, v)
	}
}

func (w *window) emit(event string, data any) {
	w.told(event, data)
	w.mu.Lock()
	w.events++
	w.mu.Unlock()
	if q, ok := data.(Question); ok {
		w.mu.Lock()
		w.asked[q.Kind]++
		w.mu.Unlock()
		go func() { _ = w.bound.Questions.Answer(q.ID, Answer{Trust: "once", Values: []string{canary + "answer"}}) }()
	}
}

// OpenFile implements Dialogs.
func (w *window) OpenFile(string, FileFilter) (string, error) {
	return filepath.Join(w.dir, "connections.json"), nil
}

// SaveFile implements Dialogs.
func (w *window) SaveFile(_, name string, _ FileFilter) (string, error) {
	return filepath.Join(w.dir, name), nil
}

func openWindow(t *testing.T) *window {
	t.Helper()
	w := &window{t: t, dir: t.TempDir(), asked: map[string]int{}}
	bound, err := Bind(Setup{Engines: engine.NewRegistry(postgres.Engine{}, mysql.Engine{}), Dir: w.dir, Emit: w.emit, Dialogs: w})
	if err != nil {
		t.Fatal(err)
	}
	w.bound = bound
	t.Cleanup(func() {
		if err := bound.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// draft is a connection to a server with canaries for all its secrets.
func (w *window) draft(name string, s testdb.Server, database string) ConnectionDraft {
	d := ConnectionDraft{Secrets: map[string]SecretChange{}}
	d.Name, d.Engine, d.Host, d.Port, d.User, d.Database = name, s.Engine, s.Host, s.Port, s.User, database
	for _, kind := range service.SecretKinds {
		d.Secrets[string(kind.Field)] = SecretChange{"set", canary + string(kind.Field)}
	}
	return d
}

func TestTheWindowIsToldNoSecret(t *testing.T) {
	w := openWindow(t)
	b := w.bound
	w.told(b.Secrets.Choose("vault", canary+"master"), b.Secrets.Unlock(canary+"wrong"), b.Secrets.ChangePassword(canary+"wrong", canary+"new"))
	certificate, key := testtls.NewAuthority(t, "Anybody").Issue(t, testtls.Request{Owner: "me", Client: true}).WriteEncrypted(t, t.TempDir(), "me", "another passphrase")
	seen := map[string]bool{}
	for _, s := range testdb.Servers(t, testdb.Postgres, testdb.MySQL, testdb.MariaDB) {
		if seen[s.Engine] {
			continue
		}
		seen[s.Engine] = true
		d := w.draft(s.Name, s, s.Create(t).Name)
		w.saves(d)
		d.TLS = TLS{Mode: "require", Cert: certificate, Key: key}
		d.Name += " with a certificate"
		w.saves(d)
		d.TLS, d.SSH, d.Name = TLS{}, SSH{Enabled: true, Host: "no-such-host.invalid", Auth: "password"}, s.Name+" behind a host"
		w.saves(d)
	}
	path, err := b.Connections.Export("")
	w.told(path, err)
	imported, err := b.Connections.Import("")
	w.told(imported, err)
	for _, form := range []string{"postgres://me:%s@h/d?port=x", "oracle://me:%s@h/d", "mysql://me:%s@h:0/d", "%s", "mysql://h/d?sslpassword=%s&x=y"} {
		_, err := b.Connections.ParseURL(fmt.Sprintf(form, url.QueryEscape(canary+"pasted")))
		w.told(err)
	}
	all, err := b.Connections.List()
	w.told(all, err)
	for _, c := range all {
		w.told(b.Connections.Delete(c.ID))
	}
	if w.asked["tls_passphrase"] == 0 || w.events == 0 {
		t.Errorf("asked for %v in %d events", w.asked, w.events)
	}
	w.check()
}

// saves saves a draft, tests it, compares with it, copies it and mistakes it, each of which fails somewhere.
func (w *window) saves(d ConnectionDraft) {
	c := w.bound.Connections
	saved, err := c.Save(d)
	if err != nil || saved.Connection == nil {
		w.t.Fatalf("%+v, %v", saved, err)
	}
	w.told(fmt.Sprintf("%v %+v %#v", d, d, d), saved) // as a log would have the one that comes in
	run := "run " + d.Name
	report, err := c.Test(run, d, canary+"given")
	w.told(report, err)
	if err == nil && report.OK {
		w.t.Errorf("%s works with a canary for its password", d.Name)
	}
	copied, err := c.Duplicate(saved.Connection.ID)
	w.told(copied, err)
	compared, err := w.bound.Comparisons.Run(CompareRequest{RunID: run, SourceID: saved.Connection.ID, TargetID: copied.ID, TargetPassword: canary + "typed"})
	w.told(compared, err)
	d.Port = -1
	problems, err := c.Validate(d)
	w.told(problems, err)
	refused, err := c.Save(d)
	w.told(refused, err)
}

// check looks for canaries in what the window was told and in every file.
func (w *window) check() {
	w.t.Helper()
	where := map[string]string{"what the window was told": w.heard.String()}
	err := filepath.WalkDir(w.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		where[path] = string(text)
		return err
	})
	if err != nil || len(where) < 4 || w.heard.Len() < 10_000 {
		w.t.Fatalf("looked at %d places and %d bytes only: %v", len(where), w.heard.Len(), err)
	}
	for place, text := range where {
		if i := strings.Index(text, canary); i >= 0 {
			w.t.Errorf("in %s: …%q", place, text[max(0, i-80):min(len(text), i+60)])
		}
	}
}

func TestThePassphraseOfAClientsKeyIsAskedForInTheWindow(t *testing.T) {
	var q *Questions
	q = NewQuestions(func(_ string, data any) {
		question := data.(Question)
		if question.Kind != "tls_passphrase" || question.Connection != "Shop" || question.KeyFile != "/k" || question.Attempt != 2 || question.Host != "" {
			t.Errorf("asked %+v", question)
		}
		go func() { _ = q.Answer(question.ID, Answer{Values: []string{"sesame"}}) }()
	})
	var ask service.AskPassphrase = asker{q}.passphrase
	value, ok, err := ask(t.Context(), service.PassphraseQuestion{Connection: "Shop", KeyFile: "/k", Attempt: 2})
	if value != "sesame" || !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	silent := asker{NewQuestions(func(string, any) {})}
	if _, ok, err := silent.passphrase(cancelled, service.PassphraseQuestion{}); ok || err == nil {
		t.Errorf("%v, %v", ok, err)
	}
}
