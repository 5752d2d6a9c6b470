package api

import (
	"context"
	"encoding/json"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/store"
)

// Settings remembers the window's choices. Values are JSON texts that only the frontend understands.
type Settings struct{ store *store.Store }

// All are all settings.
func (s *Settings) All() (map[string]string, error) {
	all, err := s.store.Settings(context.Background())
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for key, value := range all {
		out[key] = string(value)
	}
	return out, nil
}

// Put remembers one setting.
func (s *Settings) Put(key, value string) error {
	if !json.Valid([]byte(value)) {
		return fault.New(fault.BadInput, "the setting %q is no JSON", key)
	}
	return s.store.PutSetting(context.Background(), key, json.RawMessage(value))
}

// Presets are the named sets of options.
func (s *Settings) Presets() ([]Preset, error) {
	all, err := s.store.Presets(context.Background())
	if err != nil {
		return nil, err
	}
	out := []Preset{}
	for _, p := range all {
		preset := Preset{Name: p.Name}
		if err := json.Unmarshal(p.Options, &preset.Options); err != nil {
			return nil, fault.Wrap(fault.Internal, err, "reading the preset %q", p.Name)
		}
		preset.Options = complete(preset.Options)
		out = append(out, preset)
	}
	return out, nil
}

// SavePreset saves a preset in the place of one with its name.
func (s *Settings) SavePreset(p Preset) error {
	text, err := json.Marshal(p.Options)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "writing the preset %q", p.Name)
	}
	return s.store.PutPreset(context.Background(), p.Name, text)
}

// DeletePreset forgets a preset.
func (s *Settings) DeletePreset(name string) error {
	return s.store.DeletePreset(context.Background(), name)
}

// LastChoice is what was compared last.
func (s *Settings) LastChoice() (LastChoice, error) {
	c, err := s.store.LastChoice(context.Background())
	if err != nil {
		return LastChoice{}, err
	}
	out := LastChoice{SourceID: c.Source, TargetID: c.Target}
	if len(c.Options) > 0 {
		if err := json.Unmarshal(c.Options, &out.Options); err != nil {
			return LastChoice{}, fault.Wrap(fault.Internal, err, "reading the last choice")
		}
	}
	out.Options = complete(out.Options)
	return out, nil
}

// PutLastChoice remembers what is compared.
func (s *Settings) PutLastChoice(c LastChoice) error {
	text, err := json.Marshal(c.Options)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "writing the last choice")
	}
	return s.store.PutLastChoice(context.Background(), store.LastChoice{Source: c.SourceID, Target: c.TargetID, Options: text})
}

// complete gives options lists that are never null in JSON.
func complete(o CompareOptions) CompareOptions {
	return CompareOptions{list(o.Include), list(o.Exclude), list(o.Ignore), list(o.SourceSchemas), list(o.TargetSchemas), list(o.Map)}
}
