package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"database-structure-sync/backend/api"
)

// bridge answers what Wails answers in the window: calls of bound methods, and events.
type bridge struct {
	hub   *hub
	dist  string
	token string
	bound []any
}

func (b *bridge) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /call/{object}/{method}", b.call)
	mux.HandleFunc("GET /events", b.hub.serve)
	mux.HandleFunc("GET /bridge.js", b.script)
	mux.HandleFunc("GET /{$}", b.page)
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.Handle("GET /", http.FileServer(http.Dir(b.dist)))
	return b.guarded(mux)
}

// guarded lets in only who has the token, by the page's address first and by its cookie then.
func (b *bridge) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("token")
		switch {
		case r.URL.Query().Get("token") == b.token:
			http.SetCookie(w, &http.Cookie{Name: "token", Value: b.token, HttpOnly: true, SameSite: http.SameSiteStrictMode})
		case err != nil || cookie.Value != b.token:
			http.Error(w, "the token is missing", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// closedPolicy is the policy that keeps the page from every network, quoted as HTML may.
var closedPolicy = regexp.MustCompile(`connect-src (&#39;|')none(&#39;|')`)

// page is the built page with the bridge's script in front and permission to talk to it; all else of the policy stays.
func (b *bridge) page(w http.ResponseWriter, _ *http.Request) {
	html, err := os.ReadFile(filepath.Join(b.dist, "index.html"))
	if err != nil {
		http.Error(w, "the page is not built: run npm run build", http.StatusInternalServerError)
		return
	}
	html = closedPolicy.ReplaceAll(html, []byte("connect-src 'self'"))
	html = bytes.Replace(html, []byte("<title>"), []byte(`<script src="/bridge.js"></script><title>`), 1)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(html) // the browser has gone
}

// call calls one method of a bound struct by reflection, as Wails does.
func (b *bridge) call(w http.ResponseWriter, r *http.Request) {
	method, err := b.method(r.PathValue("object"), r.PathValue("method"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	var raw []json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&raw); err != nil || len(raw) != method.Type().NumIn() {
		http.Error(w, "wrong arguments", http.StatusBadRequest)
		return
	}
	args := make([]reflect.Value, len(raw))
	for i, text := range raw {
		into := reflect.New(method.Type().In(i))
		if err := json.Unmarshal(text, into.Interface()); err != nil {
			http.Error(w, fmt.Sprintf("argument %d: %s", i, err), http.StatusBadRequest)
			return
		}
		args[i] = into.Elem()
	}
	answer(w, method.Call(args))
}

func (b *bridge) method(object, name string) (reflect.Value, error) {
	for _, o := range b.bound {
		v := reflect.ValueOf(o)
		if v.Elem().Type().Name() == object {
			if m := v.MethodByName(name); m.IsValid() {
				return m, nil
			}
		}
	}
	return reflect.Value{}, fmt.Errorf("there is no method %s.%s", object, name)
}

// answer writes {"result": …} or {"error": …}.
func answer(w http.ResponseWriter, out []reflect.Value) {
	reply := map[string]any{"result": nil}
	for _, v := range out {
		if err, ok := v.Interface().(error); ok {
			reply = map[string]any{"error": api.Describe(err)}
			break
		}
		if !v.Type().Implements(reflect.TypeFor[error]()) {
			reply["result"] = v.Interface()
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(reply) // the browser has gone
}

// script defines window.go and window.runtime as Wails would.
func (b *bridge) script(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	var names strings.Builder
	for _, o := range b.bound {
		t := reflect.TypeOf(o)
		for i := range t.NumMethod() {
			fmt.Fprintf(&names, "[%q,%q],", t.Elem().Name(), t.Method(i).Name)
		}
	}
	_, _ = fmt.Fprintf(w, bridgeScript, names.String()) // the browser has gone
}

const bridgeScript = `(() => {
  const call = async (object, method, args) => {
    const reply = await fetch("/call/" + object + "/" + method, { method: "POST", body: JSON.stringify(args) });
    if (!reply.ok) throw { code: "internal", message: await reply.text(), side: "" };
    const answer = await reply.json();
    if (answer.error) throw answer.error;
    return answer.result;
  };
  const api = {};
  for (const [object, method] of [%s]) {
    (api[object] ??= {})[method] = (...args) => call(object, method, args);
  }
  const listeners = new Map();
  const on = (name, callback, left) => {
    const entry = { callback, left };
    listeners.set(name, [...(listeners.get(name) ?? []), entry]);
    return () => listeners.set(name, (listeners.get(name) ?? []).filter((x) => x !== entry));
  };
  const events = new EventSource("/events");
  const ready = new Promise((resolve) => events.addEventListener("open", resolve, { once: true }));
  events.onmessage = (message) => {
    const { name, data } = JSON.parse(message.data);
    for (const entry of listeners.get(name) ?? []) entry.callback(data);
  };
  window.go = { api };
  window.bridgeReady = ready;
  window.runtime = {
    EventsOnMultiple: (name, callback, left) => on(name, callback, left),
    EventsOff: (...names) => names.forEach((name) => listeners.delete(name)),
    BrowserOpenURL: (url) => { window.openedURL = url; },
    ClipboardSetText: async (text) => { window.clipboardText = text; return true; },
    ClipboardGetText: async () => window.clipboardText ?? "",
    WindowSetTitle: (title) => { document.title = title; },
    WindowSetLightTheme() {}, WindowSetDarkTheme() {}, WindowSetSystemDefaultTheme() {},
    Environment: async () => ({ buildType: "headless", platform: "linux", arch: "amd64" }),
    EventsEmit() {}, // nothing that the page says is for a server
  };
})();
`

// hub sends events to every open page.
type hub struct {
	mu    sync.Mutex
	pages map[chan []byte]bool
}

func newHub() *hub { return &hub{pages: map[chan []byte]bool{}} }

func (h *hub) emit(name string, data any) {
	text, err := json.Marshal(map[string]any{"name": name, "data": data})
	if err != nil {
		panic(err) // events are structs of ours
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for page := range h.pages {
		select {
		case page <- text:
		default: // a page that does not listen must not hold up an execution
		}
	}
}

func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	page := make(chan []byte, 4096)
	h.mu.Lock()
	h.pages[page] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.pages, page)
		h.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	_ = flush.Flush() // tells the page that it is connected
	for {
		select {
		case <-r.Context().Done():
			return
		case text := <-page:
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
				return
			}
			_ = flush.Flush() // an error comes again with the next write
		}
	}
}
