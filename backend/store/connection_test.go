package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"database-structure-sync/backend/internal/fault"
)

// full has a value of its own in every field, so that a field that is forgotten somewhere shows.
func full(t *testing.T) Connection {
	t.Helper()
	var c Connection
	n := 0
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		n++
		switch v.Kind() {
		case reflect.String:
			v.SetString(fmt.Sprintf("value %d", n))
		case reflect.Int:
			v.SetInt(int64(n))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Slice:
			v.Set(reflect.ValueOf([]string{fmt.Sprintf("a %d", n), "b, \"c\""}))
		case reflect.Map:
			v.Set(reflect.ValueOf(map[string]string{fmt.Sprintf("name %d", n): "value"}).Convert(v.Type()))
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[time.Time]() {
				return
			}
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		default:
			t.Fatalf("a field is a %s", v.Kind())
		}
	}
	fill(reflect.ValueOf(&c).Elem())
	return c
}

func TestEveryFieldOfAConnectionIsKept(t *testing.T) {
	dir := t.TempDir()
	want := full(t)
	before := time.Now().Add(-time.Second)
	added, err := open(t, dir).AddConnection(t.Context(), want)
	must(t, err)
	got, err := open(t, dir).Connection(t.Context(), want.ID)
	must(t, err)
	if !reflect.DeepEqual(got, added[0]) {
		t.Errorf("added %+v\nread  %+v", added[0], got)
	}
	if got.Created.Before(before) || got.Created != got.Updated || !got.LastUsed.IsZero() {
		t.Errorf("times %s, %s, %s", got.Created, got.Updated, got.LastUsed)
	}
	got.Created, got.Updated = time.Time{}, time.Time{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestUpdatingReplacesEverythingButTheTimes(t *testing.T) {
	s := open(t, t.TempDir())
	c := full(t)
	added, err := s.AddConnection(t.Context(), c)
	must(t, err)
	must(t, s.MarkUsed(t.Context(), c.ID))
	updated, err := s.UpdateConnection(t.Context(), Connection{ID: c.ID, Name: "other", Engine: "mysql"})
	must(t, err)
	got, err := s.Connection(t.Context(), c.ID)
	must(t, err)
	if !reflect.DeepEqual(got, Connection{
		ID: c.ID, Name: "other", Engine: "mysql", Schemas: []string{}, SavedSecrets: []string{},
		Created: added[0].Created, Updated: updated.Updated, LastUsed: updated.LastUsed,
	}) || got.LastUsed.IsZero() {
		t.Errorf("%+v", got)
	}
	if _, err := s.UpdateConnection(t.Context(), Connection{ID: "gone", Name: "x"}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("updating what is gone: %v", err)
	}
}

func TestNamesAreUniqueWhateverTheirCase(t *testing.T) {
	s := open(t, t.TempDir())
	_, err := s.AddConnection(t.Context(), Connection{ID: "1", Name: "Éclair Prod"}, Connection{ID: "2", Name: "数据库"})
	must(t, err)
	if _, err := s.AddConnection(t.Context(), Connection{ID: "3", Name: "fine"}, Connection{ID: "4", Name: "éCLAIR prod"}); fault.CodeOf(err) != fault.NameTaken {
		t.Errorf("adding: %v", err)
	}
	if _, err := s.UpdateConnection(t.Context(), Connection{ID: "2", Name: "ÉCLAIR PROD"}); fault.CodeOf(err) != fault.NameTaken {
		t.Errorf("updating: %v", err)
	}
	if all, err := s.Connections(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%d connections are there, %v", len(all), err)
	}
	if c, err := s.ConnectionNamed(t.Context(), "éclair prod"); err != nil || c.ID != "1" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := s.ConnectionNamed(t.Context(), "none"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
}

func TestConnectionsComeByName(t *testing.T) {
	s := open(t, t.TempDir())
	for i, name := range []string{"b", "C", "a"} {
		_, err := s.AddConnection(t.Context(), Connection{ID: fmt.Sprint(i), Name: name})
		must(t, err)
	}
	all, err := s.Connections(t.Context())
	must(t, err)
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	if !reflect.DeepEqual(names, []string{"a", "b", "C"}) {
		t.Error(names)
	}
}

func TestDeletedConnectionsDropOutOfTheLastChoice(t *testing.T) {
	s := open(t, t.TempDir())
	if c, err := s.LastChoice(t.Context()); err != nil || c.Source != "" || c.Options != nil {
		t.Errorf("at first: %+v, %v", c, err)
	}
	_, err := s.AddConnection(t.Context(), Connection{ID: "1", Name: "a"}, Connection{ID: "2", Name: "b"})
	must(t, err)
	must(t, s.PutLastChoice(t.Context(), LastChoice{"1", "never there", json.RawMessage(`{"x":1}`)}))
	must(t, s.PutLastChoice(t.Context(), LastChoice{"1", "2", json.RawMessage(`{"x":2}`)}))
	must(t, s.DeleteConnection(t.Context(), "1"))
	must(t, s.DeleteConnection(t.Context(), "1"))
	c, err := s.LastChoice(t.Context())
	if err != nil || c.Source != "" || c.Target != "2" || string(c.Options) != `{"x":2}` {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := s.Connection(t.Context(), "1"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
}

func TestWhichSecretsAreKeptIsNoted(t *testing.T) {
	s := open(t, t.TempDir())
	_, err := s.AddConnection(t.Context(), Connection{ID: "1", Name: "a"})
	must(t, err)
	must(t, s.SetSavedSecrets(t.Context(), "1", []string{"password"}))
	c, err := s.Connection(t.Context(), "1")
	if err != nil || !reflect.DeepEqual(c.SavedSecrets, []string{"password"}) {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestPresetsReplaceThoseOfTheirName(t *testing.T) {
	s := open(t, t.TempDir())
	must(t, s.PutPreset(t.Context(), " Nightly ", json.RawMessage(`{"a":1}`)))
	must(t, s.PutPreset(t.Context(), "all", json.RawMessage(`{}`)))
	must(t, s.PutPreset(t.Context(), "NIGHTLY", json.RawMessage(`{"a":2}`)))
	all, err := s.Presets(t.Context())
	if err != nil || len(all) != 2 || all[0].Name != "all" || all[1].Name != "NIGHTLY" || string(all[1].Options) != `{"a":2}` || all[1].Updated.IsZero() {
		t.Errorf("%+v, %v", all, err)
	}
	must(t, s.DeletePreset(t.Context(), "nightly"))
	if all, err := s.Presets(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	for _, bad := range []struct{ name, options string }{{" ", "{}"}, {"x", "{"}, {"x", ""}} {
		if err := s.PutPreset(t.Context(), bad.name, json.RawMessage(bad.options)); fault.CodeOf(err) != fault.BadInput {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestSettingsAreSetAndForgotten(t *testing.T) {
	s := open(t, t.TempDir())
	if v, err := s.Setting(t.Context(), "theme"); v != nil || err != nil {
		t.Errorf("%s, %v", v, err)
	}
	must(t, s.PutSetting(t.Context(), "theme", json.RawMessage(`"light"`)))
	must(t, s.PutSetting(t.Context(), "theme", json.RawMessage(`"dark"`)))
	if v, err := s.Setting(t.Context(), "theme"); string(v) != `"dark"` || err != nil {
		t.Errorf("%s, %v", v, err)
	}
	must(t, s.PutSetting(t.Context(), "theme", nil))
	if all, err := s.Settings(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("%v, %v", all, err)
	}
	if err := s.PutSetting(t.Context(), "theme", json.RawMessage(`dark`)); fault.CodeOf(err) != fault.BadInput {
		t.Errorf("%v", err)
	}
}
