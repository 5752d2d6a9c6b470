package service

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

func TestExportedConnectionsCanBeImportedElsewhere(t *testing.T) {
	_, c := inVault(t)
	full := shopDraft()
	full.TLS = store.TLS{Mode: "verify-ca", RootCert: "/ca.pem", ServerName: "real.example"}
	full.SSH = store.SSH{Enabled: true, Host: "bastion", Port: 2222, User: "me", Auth: "agent", AskSecret: true}
	full.AskPassword = true
	full.TLS.RootCert = t.TempDir() + "/ca.pem"
	must(t, writeFile(full.TLS.RootCert))
	save(t, c, full)
	save(t, c, Draft{Connection: store.Connection{Name: "little <&>", Engine: "mysql", Host: "h", Database: "d"}})
	text, err := c.Export(t.Context())
	must(t, err)
	again, err := c.Export(t.Context())
	must(t, err)
	if !bytes.Equal(text, again) {
		t.Error("the same connections give two documents")
	}
	if bytes.Contains(text, []byte("s3cret")) || !bytes.Contains(text, []byte(`"little <&>"`)) {
		t.Errorf("%s", text)
	}
	other := installation{t.TempDir()}.start(t)
	preview, err := other.PreviewImport(t.Context(), text)
	must(t, err)
	if all, _ := other.List(t.Context()); len(all) != 0 {
		t.Error("the preview imported")
	}
	done, err := other.Import(t.Context(), text)
	must(t, err)
	if !reflect.DeepEqual(preview, done) {
		t.Errorf("announced %+v\ndone %+v", preview, done)
	}
	mine, err := c.List(t.Context())
	must(t, err)
	theirs, err := other.List(t.Context())
	must(t, err)
	for i := range mine {
		mine[i].ID, mine[i].Created, mine[i].Updated, mine[i].SavedSecrets, mine[i].Secrets = "", time.Time{}, time.Time{}, nil, []secret.Field{}
		theirs[i].ID, theirs[i].Created, theirs[i].Updated, theirs[i].SavedSecrets = "", time.Time{}, time.Time{}, nil
	}
	if !reflect.DeepEqual(mine, theirs) {
		t.Errorf("%+v\n%+v", mine, theirs)
	}
}

func TestImportedConnectionsStepAsideForThoseThatAreThere(t *testing.T) {
	_, c := inVault(t)
	s := save(t, c, shopDraft())
	text, err := c.Export(t.Context(), s.ID)
	must(t, err)
	for _, want := range []string{"Shop (2)", "Shop (3)"} {
		done, err := c.Import(t.Context(), text)
		if err != nil || len(done) != 1 || done[0].Name != want || !done[0].Renamed || done[0].Original != "Shop" {
			t.Errorf("%+v, %v", done, err)
		}
	}
	if got := password(t, c, s.ID); got != "s3cret" {
		t.Errorf("the old one's password is %q", got)
	}
	twice := strings.Replace(string(text), `"connections": [`, `"connections": [{"name": "SHOP", "engine": "mysql", "host": "h", "database": "d"},`, 1)
	if done, err := c.Import(t.Context(), []byte(twice)); err != nil || done[0].Name != "SHOP (4)" || done[1].Name != "Shop (5)" {
		t.Errorf("%+v, %v", done, err)
	}
}

func TestAFileThatIsNotThereDoesNotStopAnImport(t *testing.T) {
	c := installation{t.TempDir()}.start(t)
	done, err := c.Import(t.Context(), []byte(`{"format": "database-structure-sync/connections", "version": 1, "connections": [
		{"name": "a", "engine": "mysql", "host": "h", "database": "d", "tls": {"mode": "verify-ca", "rootCert": "/not/there.pem"}}]}`))
	if err != nil || len(done) != 1 || len(done[0].Problems) != 1 || done[0].Problems[0].Code != FileMissing {
		t.Errorf("%+v, %v", done, err)
	}
}

func TestABadDocumentIsRefusedWhole(t *testing.T) {
	const good = `{"name": "a", "engine": "mysql", "host": "h", "database": "d"}`
	document := func(connections string) string {
		return `{"format": "database-structure-sync/connections", "version": 1, "connections": [` + connections + `]}`
	}
	for name, test := range map[string]struct{ text, says string }{
		"nothing":             {"", "not the JSON"},
		"other JSON":          {`{"connections": []}`, "format"},
		"an array":            {`[]`, "not the JSON"},
		"no version":          {`{"format": "database-structure-sync/connections"}`, "no version"},
		"a newer version":     {`{"format": "database-structure-sync/connections", "version": 2, "anything": true}`, "newer release"},
		"an unknown field":    {document(`{"name": "a", "engine": "mysql", "host": "h", "database": "d", "password": "hunter2"}`), "field that is unknown"},
		"a wrong type":        {document(`{"name": "a", "port": "hunter2"}`), "no proper value"},
		"half":                {document(good)[:100], "not the JSON"},
		"more after it":       {document(good) + document(good), "not the JSON"},
		"an unknown engine":   {document(good + `, {"name": "b", "engine": "oracle", "host": "h", "database": "d"}`), `number 2 ("b") the field engine`},
		"no name":             {document(good + `, {"engine": "mysql", "host": "h", "database": "d"}`), "the field name"},
		"a name of two lines": {document(`{"name": "a\nb", "engine": "mysql", "host": "h", "database": "d"}`), "the field name"},
		"too much":            {document(strings.Repeat(" ", maxDocument)), "larger than 10 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			c := installation{t.TempDir()}.start(t)
			_, err := c.Import(t.Context(), []byte(test.text))
			wantCode(t, err, fault.BadInput)
			if err != nil && (!strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "hunter2")) {
				t.Errorf("%v, want %q", err, test.says)
			}
			if all, err := c.List(t.Context()); len(all) != 0 || err != nil {
				t.Errorf("%+v, %v", all, err)
			}
		})
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(`{"format": "database-structure-sync/connections", "version": 1, "connections": [{"name": "a", "engine": "mysql", "host": "h", "database": "d"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := parseDocument(text)
		if err != nil && fault.CodeOf(err) != fault.BadInput || err == nil && doc.Version != documentVersion {
			t.Errorf("%+v, %v", doc, err)
		}
	})
}

func TestEveryFieldIsExported(t *testing.T) {
	// What is an installation's own and is not to travel.
	own := map[string]bool{"ID": true, "SavedSecrets": true, "Created": true, "Updated": true, "LastUsed": true}
	exported := reflect.TypeFor[documentConnection]()
	for i := range reflect.TypeFor[store.Connection]().NumField() {
		name := reflect.TypeFor[store.Connection]().Field(i).Name
		if _, ok := exported.FieldByName(name); ok == own[name] {
			t.Errorf("%s: exported %v", name, ok)
		}
	}
	if field, ok := exported.FieldByName(string(secret.Password)); ok {
		t.Error(field)
	}
}
