package service

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/google/uuid"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/store"
)

// The document in which connections travel between installations.
const (
	documentFormat  = "database-structure-sync/connections"
	documentVersion = 1
	maxDocument     = 10 << 20
)

// document is its JSON. No field of it can hold a secret.
type document struct {
	Format      string               `json:"format"`
	Version     int                  `json:"version"`
	Connections []documentConnection `json:"connections"`
}

type documentConnection struct {
	Name           string    `json:"name"`
	Engine         string    `json:"engine"`
	Environment    string    `json:"environment,omitempty"`
	Group          string    `json:"group,omitempty"`
	Host           string    `json:"host,omitempty"`
	Port           int       `json:"port,omitempty"`
	Socket         string    `json:"socket,omitempty"`
	Database       string    `json:"database,omitempty"`
	User           string    `json:"user,omitempty"`
	Schemas        []string  `json:"schemas,omitempty"`
	File           string    `json:"file,omitempty"`
	TLS            store.TLS `json:"tls,omitzero"`
	SSH            store.SSH `json:"ssh,omitzero"`
	AskPassword    bool      `json:"askPassword,omitempty"`
	ConnectTimeout int       `json:"connectTimeout,omitempty"`
}

// Export is a JSON document of connections, in the order of their names and without secrets; no ids: of all.
func (c *Connections) Export(ctx context.Context, ids ...string) ([]byte, error) {
	all, err := c.store.Connections(ctx)
	if err != nil {
		return nil, err
	}
	doc := document{Format: documentFormat, Version: documentVersion, Connections: []documentConnection{}}
	for _, conn := range all {
		if len(ids) > 0 && !slices.Contains(ids, conn.ID) {
			continue
		}
		doc.Connections = append(doc.Connections, documentConnection{
			conn.Name, conn.Engine, conn.Environment, conn.Group, conn.Host, conn.Port, conn.Socket, conn.Database, conn.User,
			conn.Schemas, conn.File, conn.TLS, conn.SSH, conn.AskPassword, conn.ConnectTimeout,
		})
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(doc); err != nil {
		return nil, fmt.Errorf("writing the connections: %w", err)
	}
	return text.Bytes(), nil
}

// Imported is a connection of a document and what becomes of it.
type Imported struct {
	Name     string // under which it is saved
	Original string // its name in the document
	Renamed  bool   // because another connection has that name
	Engine   string
	Problems []Problem // that do not keep it from being imported: files that are not there
}

// PreviewImport tells what Import would do with a document.
func (c *Connections) PreviewImport(ctx context.Context, text []byte) ([]Imported, error) {
	preview, _, err := c.readImport(ctx, text)
	return preview, err
}

// Import saves the connections of a document, all or none, beside those that are there.
func (c *Connections) Import(ctx context.Context, text []byte) ([]Imported, error) {
	preview, connections, err := c.readImport(ctx, text)
	if err != nil {
		return nil, err
	}
	if _, err := c.store.AddConnection(ctx, connections...); err != nil {
		return nil, err
	}
	return preview, nil
}

func (c *Connections) readImport(ctx context.Context, text []byte) ([]Imported, []store.Connection, error) {
	doc, err := parseDocument(text)
	if err != nil {
		return nil, nil, err
	}
	all, err := c.store.Connections(ctx)
	if err != nil {
		return nil, nil, err
	}
	taken := names(all)
	var preview []Imported
	var connections []store.Connection
	for i, d := range doc.Connections {
		conn := tidy(store.Connection{
			ID: uuid.NewString(), Name: d.Name, Engine: d.Engine, Environment: d.Environment, Group: d.Group, Host: d.Host, Port: d.Port,
			Socket: d.Socket, Database: d.Database, User: d.User, Schemas: d.Schemas, File: d.File, TLS: d.TLS, SSH: d.SSH,
			AskPassword: d.AskPassword, ConnectTimeout: d.ConnectTimeout,
		})
		problems := validate(conn)
		if bad := slices.IndexFunc(problems, func(p Problem) bool { return p.Code != FileMissing && p.Code != FileIsFolder }); bad >= 0 {
			return nil, nil, fault.New(fault.BadInput, "the document cannot be imported: in connection number %d (%.40q) the field %s is not right (%s)",
				i+1, conn.Name, problems[bad].Field, problems[bad].Code)
		}
		original := conn.Name
		conn.Name = freeName(original, taken)
		taken[nameKey(conn.Name)] = true
		preview = append(preview, Imported{conn.Name, original, conn.Name != original, conn.Engine, problems})
		connections = append(connections, conn)
	}
	return preview, connections, nil
}

func parseDocument(text []byte) (document, error) {
	refuse := func(format string, args ...any) (document, error) {
		return document{}, fault.New(fault.BadInput, "this is no document of exported connections: "+format, args...)
	}
	if len(text) > maxDocument {
		return refuse("it is larger than %d MB", maxDocument>>20)
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return refuse("it is not the JSON that this program writes")
	}
	switch {
	case head.Format != documentFormat:
		return refuse("its format is not %q", documentFormat)
	case head.Version > documentVersion:
		return refuse("its version %d is of a newer release of this program, which is needed to read it", head.Version)
	case head.Version != documentVersion:
		return refuse("it has no version")
	}
	var doc document
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&doc); err != nil {
		return refuse("it has a field that is unknown or has no proper value")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return refuse("something follows the document")
	}
	return doc, nil
}
