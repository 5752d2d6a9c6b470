package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"database-structure-sync/backend/internal/fault"
)

// Preset is a named set of options for comparisons. What is in the options is their owner's affair.
type Preset struct {
	Name    string // unique, whatever the case
	Options json.RawMessage
	Updated time.Time
}

// Presets are all of them, ordered by name.
func (s *Store) Presets(ctx context.Context) ([]Preset, error) {
	const doing = "reading the presets"
	rows, err := s.db.QueryContext(ctx, `SELECT name, options, updated_at FROM presets ORDER BY name_key`)
	if err != nil {
		return nil, s.fault(err, doing)
	}
	defer rows.Close()
	var out []Preset
	for rows.Next() {
		var p Preset
		var options, updated string
		if err := rows.Scan(&p.Name, &options, &updated); err != nil {
			return nil, s.fault(err, doing)
		}
		p.Options = json.RawMessage(options)
		if p.Updated, err = parseTime(updated); err != nil {
			return nil, s.fault(err, doing)
		}
		out = append(out, p)
	}
	return out, s.fault(rows.Err(), doing)
}

// PutPreset saves a preset in the place of one with the same name.
func (s *Store) PutPreset(ctx context.Context, name string, options json.RawMessage) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return fault.New(fault.BadInput, "a preset needs a name")
	}
	if !json.Valid(options) {
		return fault.New(fault.BadInput, "the options of the preset %q are no JSON", name)
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO presets (name_key, name, options, updated_at) VALUES (?, ?, ?, ?)
ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, options = excluded.options, updated_at = excluded.updated_at`,
		nameKey(name), name, string(options), timeText(now()))
	return s.fault(err, "saving the preset")
}

// DeletePreset forgets a preset. It is no error when it is gone already.
func (s *Store) DeletePreset(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM presets WHERE name_key = ?`, nameKey(name))
	return s.fault(err, "deleting the preset")
}

// Setting is the value of a setting as JSON; nil when it was never set.
func (s *Store) Setting(ctx context.Context, key string) (json.RawMessage, error) {
	var value string
	err := s.db.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = ?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, s.fault(err, "reading a setting")
	}
	return json.RawMessage(value), nil
}

// Settings are all that were set, by key.
func (s *Store) Settings(ctx context.Context) (map[string]json.RawMessage, error) {
	const doing = "reading the settings"
	rows, err := s.db.QueryContext(ctx, `SELECT key, value FROM settings`)
	if err != nil {
		return nil, s.fault(err, doing)
	}
	defer rows.Close()
	out := map[string]json.RawMessage{}
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return nil, s.fault(err, doing)
		}
		out[key] = json.RawMessage(value)
	}
	return out, s.fault(rows.Err(), doing)
}

// PutSetting sets a setting; nil forgets it.
func (s *Store) PutSetting(ctx context.Context, key string, value json.RawMessage) error {
	if value == nil {
		_, err := s.db.ExecContext(ctx, `DELETE FROM settings WHERE key = ?`, key)
		return s.fault(err, "forgetting a setting")
	}
	if !json.Valid(value) {
		return fault.New(fault.BadInput, "the value of the setting %s is no JSON", key)
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO settings (key, value) VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, string(value))
	return s.fault(err, "saving a setting")
}

// LastChoice is what was compared last. Connections that are deleted drop out of it.
type LastChoice struct {
	Source, Target string          // ids of connections; "": none
	Options        json.RawMessage // of the comparison
}

// LastChoice is what was compared last; its zero value when nothing was.
func (s *Store) LastChoice(ctx context.Context) (LastChoice, error) {
	var source, target sql.NullString
	var options string
	err := s.db.QueryRowContext(ctx, `SELECT source, target, options FROM last_choice`).Scan(&source, &target, &options)
	if errors.Is(err, sql.ErrNoRows) {
		return LastChoice{}, nil
	}
	if err != nil {
		return LastChoice{}, s.fault(err, "reading the last choice")
	}
	return LastChoice{source.String, target.String, json.RawMessage(options)}, nil
}

// PutLastChoice remembers what was chosen. A connection that does not exist (any more) is left out.
func (s *Store) PutLastChoice(ctx context.Context, choice LastChoice) error {
	if len(choice.Options) == 0 {
		choice.Options = json.RawMessage("null")
	}
	if !json.Valid(choice.Options) {
		return fault.New(fault.BadInput, "the options of the comparison are no JSON")
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO last_choice (id, source, target, options)
VALUES (1, (SELECT id FROM connections WHERE id = ?), (SELECT id FROM connections WHERE id = ?), ?)
ON CONFLICT (id) DO UPDATE SET source = excluded.source, target = excluded.target, options = excluded.options`,
		choice.Source, choice.Target, string(choice.Options))
	return s.fault(err, "remembering the last choice")
}
