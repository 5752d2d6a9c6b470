package service

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

func TestParametersOfAURLStayWithItsConnection(t *testing.T) {
	c := installation{t.TempDir()}.start(t)
	d, err := c.ParseURL("postgres://me@db.example/shop?sslmode=verify-full&sslservername=real.example&channel_binding=require&require_auth=scram-sha-256")
	must(t, err)
	want := map[string]string{"channel_binding": "require", "require_auth": "scram-sha-256"}
	if !reflect.DeepEqual(d.TLS.Parameters, want) || d.TLS.ServerName != "real.example" {
		t.Fatalf("%+v", d.TLS)
	}
	saved, err := c.Save(t.Context(), d)
	must(t, err)
	d = Draft{Connection: saved.Connection}
	d.Name, d.TLS.Parameters = "renamed", nil // by an editor that has no field for them
	saved, err = c.Save(t.Context(), d)
	must(t, err)
	cfg, err := c.Config(t.Context(), saved.ID, nil)
	must(t, err)
	if cfg.Params.Get("channel_binding") != "require" || cfg.Params.Get("require_auth") != "scram-sha-256" || cfg.ServerName != "real.example" {
		t.Errorf("%+v", cfg)
	}
	again, err := ParseURL(c.URLOf(Draft{Connection: saved.Connection}))
	must(t, err)
	if !reflect.DeepEqual(again.Params, cfg.Params) || again.ServerName != cfg.ServerName {
		t.Errorf("%s", c.URLOf(Draft{Connection: saved.Connection}))
	}
}

func TestOnlyKnownParametersAreKept(t *testing.T) {
	c := installation{t.TempDir()}.start(t)
	for name, value := range map[string]string{
		"colour": "red", "channel_binding": "perhaps", "sslmode": "disable", "password": "secret-1", "service": "prod", "allowPublicKeyRetrieval": "true", "options": "",
	} {
		d := Draft{Connection: store.Connection{
			Name: "n", Engine: "postgres", Host: "h", Database: "d", TLS: store.TLS{Parameters: map[string]string{name: value}},
		}}
		problems, err := c.Validate(t.Context(), d)
		must(t, err)
		if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Field == "tls.parameters" && p.Args["name"] == name }) {
			t.Errorf("%s=%s: %v", name, value, problems)
		}
	}
	d, err := c.ParseURL("mysql://h/d?sslcert=/c&sslkey=/k&sslpassword=secret-1")
	must(t, err)
	if got := d.Secrets[secret.TLSKeyPassphrase]; got.Action != SetSecret || got.Value != "secret-1" || strings.Contains(c.URLOf(d), "secret-1") {
		t.Errorf("%+v %s", d, c.URLOf(d))
	}
}
