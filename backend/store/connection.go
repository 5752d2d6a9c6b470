package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"database-structure-sync/backend/internal/fault"
)

// Connection is a saved connection, without its secrets.
type Connection struct {
	ID          string // a random UUID
	Name        string // unique, whatever the case
	Engine      string // "postgres", "mysql", "mariadb", "sqlite"
	Environment string // "development", "staging", "production", ""
	Group       string // free text
	Host        string
	Port        int    // 0: the engine's default
	Socket      string // path of a Unix socket, instead of a host
	Database    string
	User        string
	Schemas     []string // to compare; empty: all
	File        string   // of an SQLite database
	TLS         TLS
	SSH         SSH
	// AskPassword: the password of the database is asked for every time and never kept.
	AskPassword    bool
	ConnectTimeout int // seconds; 0: the default
	// SavedSecrets are the names of the secrets that are kept elsewhere, sorted.
	SavedSecrets []string

	Created, Updated time.Time
	LastUsed         time.Time // zero: never
}

// TLS says how the connection is secured.
type TLS struct {
	Mode       string `json:"mode,omitempty"` // "disable", "prefer", "require", "verify-ca", "verify-full"; "": the default, prefer
	RootCert   string `json:"rootCert,omitempty"`
	Cert       string `json:"cert,omitempty"`
	Key        string `json:"key,omitempty"`
	ServerName string `json:"serverName,omitempty"` // that the certificate must be for; "": the host
	// AskPassphrase: the passphrase of the key is asked for every time and never kept.
	AskPassphrase bool `json:"askPassphrase,omitempty"`
	// Parameters are further ones of the connection's URL, by name: "channel_binding", "allowPublicKeyRetrieval", …; nil: none.
	Parameters map[string]string `json:"parameters,omitempty"`
}

// SSH says through which host the database is reached.
type SSH struct {
	Enabled bool   `json:"enabled,omitempty"`
	Host    string `json:"host,omitempty"` // a name, an address or an alias of ~/.ssh/config
	Port    int    `json:"port,omitempty"` // 0: what ~/.ssh/config says, else 22
	User    string `json:"user,omitempty"` // "": likewise, else the user of this system
	Auth    string `json:"auth,omitempty"` // "automatic", "agent", "key", "password", "interactive"; "": automatic
	KeyFile string `json:"keyFile,omitempty"`
	// Certificate of the key; "": the one beside it, where there is one.
	Certificate string `json:"certificate,omitempty"`
	// Jumps are the hosts on the way, as ssh's ProxyJump has them: "[user@]host[:port],…"; "": what ~/.ssh/config says,
	// "none": none.
	Jumps string `json:"jumps,omitempty"`
	// ConfigFile takes the place of ~/.ssh/config; "none": no file.
	ConfigFile string `json:"configFile,omitempty"`
	// AskSecret: the password on the host is asked for every time and never kept.
	AskSecret bool `json:"askSecret,omitempty"`
	// AskPassphrase: likewise the passphrase of the key.
	AskPassphrase bool `json:"askPassphrase,omitempty"`
}

const connectionColumns = `id, name, engine, environment, group_name, host, port, socket, database_name, user_name, schemas, file,
 tls, ssh, ask_password, connect_timeout, saved_secrets, created_at, updated_at, last_used_at`

// Connections are all saved connections, ordered by name.
func (s *Store) Connections(ctx context.Context) ([]Connection, error) {
	const doing = "reading the saved connections"
	rows, err := s.db.QueryContext(ctx, `SELECT `+connectionColumns+` FROM connections ORDER BY name_key`)
	if err != nil {
		return nil, s.fault(err, doing)
	}
	defer rows.Close()
	var out []Connection
	for rows.Next() {
		c, err := scanConnection(rows.Scan)
		if err != nil {
			return nil, s.fault(err, doing)
		}
		out = append(out, c)
	}
	return out, s.fault(rows.Err(), doing)
}

// Connection is the saved connection with the id; fault.NotFound when there is none.
func (s *Store) Connection(ctx context.Context, id string) (Connection, error) {
	return s.connection(ctx, "id", id, fault.New(fault.NotFound, "the connection is no longer there: it was deleted"))
}

// ConnectionNamed is the saved connection with the name, whatever its case; fault.NotFound when there is none.
func (s *Store) ConnectionNamed(ctx context.Context, name string) (Connection, error) {
	return s.connection(ctx, "name_key", nameKey(name), fault.New(fault.NotFound, "there is no saved connection with the name %q", name))
}

func (s *Store) connection(ctx context.Context, column, value string, missing error) (Connection, error) {
	row := s.db.QueryRowContext(ctx, `SELECT `+connectionColumns+` FROM connections WHERE `+column+` = ?`, value)
	c, err := scanConnection(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Connection{}, missing
	}
	return c, s.fault(err, "reading a saved connection")
}

// AddConnection saves new connections with their ids, all or none, and gives back how they were saved.
func (s *Store) AddConnection(ctx context.Context, connections ...Connection) ([]Connection, error) {
	at := now()
	var out []Connection
	err := s.write(ctx, "saving the connection", func(tx *sql.Tx) error {
		for _, c := range connections {
			c.Created, c.Updated, c.LastUsed = at, at, time.Time{}
			values, err := connectionValues(c)
			if err != nil {
				return err
			}
			_, err = tx.Exec(`INSERT INTO connections (`+connectionColumns+`, name_key)
VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, append(values, nameKey(c.Name))...)
			if isDuplicate(err) {
				return nameTaken(c.Name)
			}
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// UpdateConnection saves a connection in the place of the one with its id; fault.NotFound when that is gone. When it was
// made and last used stays.
func (s *Store) UpdateConnection(ctx context.Context, c Connection) (Connection, error) {
	c.Updated = now()
	err := s.write(ctx, "saving the connection", func(tx *sql.Tx) error {
		old, err := scanConnection(tx.QueryRow(`SELECT `+connectionColumns+` FROM connections WHERE id = ?`, c.ID).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.NotFound, "the connection %q is no longer there: it was deleted", c.Name)
		}
		if err != nil {
			return err
		}
		c.Created, c.LastUsed = old.Created, old.LastUsed
		values, err := connectionValues(c)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE connections SET (`+connectionColumns+`, name_key) =
(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE id = ?`, append(values, nameKey(c.Name), c.ID)...)
		if isDuplicate(err) {
			return nameTaken(c.Name)
		}
		return err
	})
	if err != nil {
		return Connection{}, err
	}
	return c, nil
}

func nameTaken(name string) error {
	return fault.New(fault.NameTaken, "there is another connection with the name %q: choose a different one", name)
}

// DeleteConnection forgets a connection. It is no error when it is gone already.
func (s *Store) DeleteConnection(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM connections WHERE id = ?`, id)
	return s.fault(err, "deleting the connection")
}

// MarkUsed notes that a connection was used just now.
func (s *Store) MarkUsed(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, `UPDATE connections SET last_used_at = ? WHERE id = ?`, timeText(now()), id)
	return s.fault(err, "noting the use of the connection")
}

// SetSavedSecrets notes of which secrets one is kept elsewhere.
func (s *Store) SetSavedSecrets(ctx context.Context, id string, names []string) error {
	text, err := json.Marshal(orEmpty(names))
	if err != nil {
		return fmt.Errorf("writing the names of secrets: %w", err)
	}
	_, err = s.db.ExecContext(ctx, `UPDATE connections SET saved_secrets = ? WHERE id = ?`, string(text), id)
	return s.fault(err, "noting which secrets are kept")
}

// connectionValues are the values of connectionColumns.
func connectionValues(c Connection) ([]any, error) {
	var texts [4]string
	for i, v := range []any{orEmpty(c.Schemas), c.TLS, c.SSH, orEmpty(c.SavedSecrets)} {
		text, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("writing the connection: %w", err)
		}
		texts[i] = string(text)
	}
	return []any{
		c.ID, c.Name, c.Engine, c.Environment, c.Group, c.Host, c.Port, c.Socket, c.Database, c.User, texts[0], c.File,
		texts[1], texts[2], c.AskPassword, c.ConnectTimeout, texts[3], timeText(c.Created), timeText(c.Updated), timeText(c.LastUsed),
	}, nil
}

func scanConnection(scan func(...any) error) (Connection, error) {
	var c Connection
	var schemas, tls, ssh, secrets, created, updated, used string
	err := scan(&c.ID, &c.Name, &c.Engine, &c.Environment, &c.Group, &c.Host, &c.Port, &c.Socket, &c.Database, &c.User, &schemas, &c.File,
		&tls, &ssh, &c.AskPassword, &c.ConnectTimeout, &secrets, &created, &updated, &used)
	if err != nil {
		return Connection{}, err
	}
	for _, x := range []struct {
		text string
		into any
	}{{schemas, &c.Schemas}, {tls, &c.TLS}, {ssh, &c.SSH}, {secrets, &c.SavedSecrets}} {
		if err := json.Unmarshal([]byte(x.text), x.into); err != nil {
			return Connection{}, fmt.Errorf("reading the connection %q: %w", c.Name, err)
		}
	}
	for _, x := range []struct {
		text string
		into *time.Time
	}{{created, &c.Created}, {updated, &c.Updated}, {used, &c.LastUsed}} {
		if *x.into, err = parseTime(x.text); err != nil {
			return Connection{}, fmt.Errorf("reading the connection %q: %w", c.Name, err)
		}
	}
	return c, nil
}

// orEmpty is the list, never null in JSON.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
