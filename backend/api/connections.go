package api

import (
	"context"
	"errors"
	"maps"
	"os"
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/store"
)

// Connections keeps the saved connections.
type Connections struct {
	connections *service.Connections
	bench       *service.Workbench
	dialogs     Dialogs
}

// List are all saved connections by name.
func (c *Connections) List() ([]Connection, error) {
	all, err := c.connections.List(context.Background())
	if err != nil {
		return nil, err
	}
	out := make([]Connection, len(all))
	for i, s := range all {
		out[i] = c.shown(s)
	}
	return out, nil
}

// Save saves a draft, or tells what is wrong with it.
func (c *Connections) Save(d ConnectionDraft) (*Saved, error) {
	saved, err := c.connections.Save(context.Background(), draft(d))
	var invalid *service.InvalidError
	if errors.As(err, &invalid) {
		return &Saved{Problems: problems(invalid.Problems)}, nil
	}
	if err != nil {
		return nil, err
	}
	shown := c.shown(saved)
	return &Saved{Connection: &shown, Problems: []Problem{}}, nil
}

// Duplicate saves a copy, secrets included.
func (c *Connections) Duplicate(id string) (*Connection, error) {
	saved, err := c.connections.Duplicate(context.Background(), id)
	if err != nil {
		return nil, err
	}
	shown := c.shown(saved)
	return &shown, nil
}

// Delete forgets a connection and its secrets.
func (c *Connections) Delete(id string) error {
	return c.connections.Delete(context.Background(), id)
}

// Validate tells what is wrong with a draft.
func (c *Connections) Validate(d ConnectionDraft) ([]Problem, error) {
	found, err := c.connections.Validate(context.Background(), draft(d))
	return problems(found), err
}

// ParseURL fills a draft from a URL that the user has pasted. Secrets in it come back as they were pasted, to be saved.
func (c *Connections) ParseURL(text string) (*ConnectionDraft, error) {
	d, err := c.connections.ParseURL(text)
	if err != nil {
		return nil, err
	}
	out := &ConnectionDraft{ConnectionFields: fields(d.Connection), Secrets: map[string]SecretChange{}}
	for _, kind := range service.SecretKinds {
		change := SecretChange{Action: string(service.KeepSecret)}
		if s := d.Secrets[kind.Field]; s.Action == service.SetSecret {
			change = SecretChange{string(s.Action), s.Value}
		}
		out.Secrets[string(kind.Field)] = change
	}
	return out, nil
}

// Test tries a draft step by step. Comparisons.Cancel with the run's id ends it. A password that is given is used once.
func (c *Connections) Test(runID string, d ConnectionDraft, password string) (*TestReport, error) {
	ctx, done, err := c.bench.Begin(context.Background(), runID)
	if err != nil {
		return nil, err
	}
	defer done()
	given := service.Given{}
	if password != "" {
		given[secret.Password] = password
	}
	r, err := c.connections.Test(ctx, draft(d), given)
	if err != nil {
		return nil, err
	}
	out := &TestReport{OK: r.OK, Steps: []TestStep{}, Flavor: r.Flavor, Version: r.Version, Latency: r.LatencyMillis}
	for _, s := range r.Steps {
		step := TestStep{Name: s.Name, State: "ok", Detail: s.Detail, Millis: millis(s.Duration)}
		switch {
		case s.Skipped:
			step.State = "skipped"
		case !s.OK:
			step.State = "failed"
		}
		if s.Fault != nil {
			f := failure(s.Fault)
			step.Failure = &f
		}
		if step.Detail == nil {
			step.Detail = map[string]string{}
		}
		out.Steps = append(out.Steps, step)
	}
	return out, nil
}

// Export asks where to and writes all connections without secrets. The path is empty when the user cancelled.
func (c *Connections) Export(title string) (string, error) {
	text, err := c.connections.Export(context.Background())
	if err != nil {
		return "", err
	}
	path, err := c.dialogs.SaveFile(title, "connections.json", FileFilter{"JSON", "*.json"})
	if err != nil || path == "" {
		return "", err
	}
	return path, write(path, text)
}

// write writes a file that the user has chosen.
func write(path string, text []byte) error {
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return fault.New(fault.BadInput, "%s could not be written: %s", path, reason(err))
	}
	return nil
}

// Import asks for a file and adds its connections.
func (c *Connections) Import(title string) (*ImportResult, error) {
	path, err := c.dialogs.OpenFile(title, FileFilter{"JSON", "*.json"})
	if err != nil || path == "" {
		return &ImportResult{Added: []Imported{}}, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.New(fault.BadInput, "%s could not be read: %s", path, reason(err))
	}
	added, err := c.connections.Import(context.Background(), text)
	if err != nil {
		return nil, err
	}
	out := &ImportResult{Path: path, Added: []Imported{}}
	for _, x := range added {
		out.Added = append(out.Added, Imported{x.Name, x.Original, problems(x.Problems)})
	}
	return out, nil
}

// reason is what the system says about a file, without its path.
func reason(err error) error {
	var cause *os.PathError
	if errors.As(err, &cause) {
		return cause.Err
	}
	return err
}

// PickFile asks for a file, say a key; "" when the user cancelled.
func (c *Connections) PickFile(title string) (string, error) {
	return c.dialogs.OpenFile(title, FileFilter{})
}

func (c *Connections) shown(s service.Summary) Connection {
	out := Connection{
		ConnectionFields: fields(s.Connection), ID: s.ID, Address: c.connections.URLOf(service.Draft{Connection: s.Connection}),
		SavedSecrets: []string{}, Sample: s.Sample,
	}
	for _, field := range s.Secrets {
		out.SavedSecrets = append(out.SavedSecrets, string(field))
	}
	if !s.LastUsed.IsZero() {
		out.LastUsed = s.LastUsed.Format(time.RFC3339)
	}
	return out
}

func fields(c store.Connection) ConnectionFields {
	return ConnectionFields{
		c.Name, c.Engine, c.Environment, c.Group, c.Host, c.Port, c.Socket, c.Database, c.User, list(c.Schemas), c.File,
		tlsFields(c.TLS),
		SSH(c.SSH), c.AskPassword, c.ConnectTimeout,
	}
}

// tlsFields has its parameters never null in JSON.
func tlsFields(t store.TLS) TLS {
	out := TLS(t)
	if out.Parameters = maps.Clone(t.Parameters); out.Parameters == nil {
		out.Parameters = map[string]string{}
	}
	return out
}

func draft(d ConnectionDraft) service.Draft {
	out := service.Draft{
		Connection: store.Connection{
			ID: d.ID, Name: d.Name, Engine: d.Engine, Environment: d.Environment, Group: d.Group, Host: d.Host, Port: d.Port, Socket: d.Socket,
			Database: d.Database, User: d.User, Schemas: d.Schemas, File: d.File, TLS: store.TLS(d.TLS), SSH: store.SSH(d.SSH),
			AskPassword: d.AskPassword, ConnectTimeout: d.ConnectTimeout,
		},
		Secrets: map[secret.Field]service.SecretChange{},
	}
	for name, change := range d.Secrets {
		out.Secrets[secret.Field(name)] = service.SecretChange{Action: service.SecretAction(change.Action), Value: change.Value}
	}
	return out
}

func problems(found []service.Problem) []Problem {
	out := []Problem{}
	for _, p := range found {
		args := p.Args
		if args == nil {
			args = map[string]string{}
		}
		out = append(out, Problem{p.Field, string(p.Code), args})
	}
	return out
}
