package service

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/store"
)

func TestAURLFillsADraft(t *testing.T) {
	c := installation{t.TempDir()}.start(t)
	tests := []struct {
		url      string
		want     store.Connection
		password string
	}{
		{
			"postgresql://me:p%40ss@db.example:5433/shop?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&schema=a&schema=b&connect_timeout=5",
			store.Connection{
				Name: "shop @ db.example", Engine: "postgres", Host: "db.example", Port: 5433, User: "me", Database: "shop", Schemas: []string{"a", "b"},
				TLS: store.TLS{Mode: "verify-full", RootCert: "/ca.pem", Cert: "/c.pem", Key: "/k.pem"}, ConnectTimeout: 5,
			},
			"p@ss",
		},
		{"  mysql://root@[fe80::1%25eth0]/a%2Fb\n", store.Connection{Name: "a/b @ fe80::1%eth0", Engine: "mysql", Host: "fe80::1%eth0", User: "root", Database: "a/b"}, ""},
		{"mariadb:///shop?socket=/run/mysqld/mysqld.sock", store.Connection{Name: "shop", Engine: "mariadb", Socket: "/run/mysqld/mysqld.sock", Database: "shop"}, ""},
		{
			"mysql://root@db/shop?ssh=me@bastion.example:2222",
			store.Connection{
				Name: "shop @ db", Engine: "mysql", Host: "db", User: "root", Database: "shop",
				SSH: store.SSH{Enabled: true, Host: "bastion.example", Port: 2222, User: "me"},
			},
			"",
		},
		{
			"mysql://root@db/shop?ssh=%5B%3A%3A1%5D",
			store.Connection{Name: "shop @ db", Engine: "mysql", Host: "db", User: "root", Database: "shop", SSH: store.SSH{Enabled: true, Host: "::1"}},
			"",
		},
		{"sqlite:/home/me/my%20shop.db", store.Connection{Name: "my shop.db", Engine: "sqlite", File: "/home/me/my shop.db"}, ""},
		{"sqlite:///home/me/shop.db", store.Connection{Name: "shop.db", Engine: "sqlite", File: "/home/me/shop.db"}, ""},
		{"sqlite:shop.db", store.Connection{Name: "shop.db", Engine: "sqlite", File: "shop.db"}, ""},
	}
	for _, test := range tests {
		d, err := c.ParseURL(test.url)
		if err != nil {
			t.Errorf("%s: %v", test.url, err)
			continue
		}
		if !reflect.DeepEqual(d.Connection, test.want) || d.Secrets[secret.Password].Value != test.password {
			t.Errorf("%s:\ngot  %+v\nwant %+v", test.url, d.Connection, test.want)
		}
		// Back to a URL and again to a draft: the same without the password, which is in no URL.
		text := c.URLOf(d)
		again, err := c.ParseURL(text)
		if err != nil || !reflect.DeepEqual(again.Connection, d.Connection) || again.Secrets != nil || test.password != "" && strings.Contains(text, "ss@") {
			t.Errorf("%s → %s → %+v, %v", test.url, text, again, err)
		}
	}
	for _, text := range []string{"", "shop", "oracle://me:hunter2@h/d", "postgres://me:hunter2@h", "sqlite:", "me:hunter2@h/d"} {
		_, err := c.ParseURL(text)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestAConnectionIsOpenedAsItIsSaved(t *testing.T) {
	_, c := inVault(t)
	d := shopDraft()
	d.TLS.ServerName = "real.example"
	cfg, err := c.Config(t.Context(), save(t, c, d).ID, nil)
	must(t, err)
	if cfg.Scheme != "postgres" || cfg.Host != "db.example" || cfg.Port != 5433 || cfg.User != "me" || cfg.Password != "s3cret" || cfg.Database != "shop" ||
		cfg.ServerName != "real.example" || cfg.ConnectTimeout != 5*time.Second || cfg.Params.Encode() != "schema=public&schema=a+b&sslmode=require" {
		t.Errorf("%+v", cfg)
	}
	d.Name, d.Host, d.Socket, d.Schemas = "by socket", "", "/run/postgresql", nil
	cfg, err = c.Config(t.Context(), save(t, c, d).ID, nil)
	must(t, err)
	if cfg.Host != "/run/postgresql" || cfg.Params.Has("schema") {
		t.Errorf("%+v", cfg)
	}
	_, err = c.Config(t.Context(), "gone", nil)
	wantCode(t, err, fault.NotFound)
}

func FuzzConnectionURL(f *testing.F) {
	f.Add("me", "db.example", 5432, "shop", "a", "/run/x", "")
	f.Add("a@b", "fe80::1%eth0", 0, "a/b?c#d %", "b c", "", "bastion")
	f.Add("a@b", "db", 22, "shop", "b c", "", "::1")
	f.Fuzz(func(t *testing.T, user, host string, port int, database, schema, socket, bastion string) {
		conn := tidy(store.Connection{Name: "x", Engine: "postgres", Host: host, Port: port, User: user, Database: database, Schemas: []string{schema}})
		if bastion != "" {
			conn.SSH = tidy(store.Connection{SSH: store.SSH{Enabled: true, Host: bastion, Port: port, User: user}}).SSH
		}
		if strings.HasPrefix(socket, "/") {
			conn.Host, conn.Socket = "", socket
		}
		if len(validate(conn)) > 0 {
			return
		}
		c := &Connections{}
		text := c.URLOf(Draft{Connection: conn})
		d, err := c.ParseURL(text)
		if err != nil {
			t.Fatalf("%+v → %q: %v", conn, text, err)
		}
		d.Name = conn.Name
		if !reflect.DeepEqual(d.Connection, conn) {
			t.Fatalf("%q\n%+v\n%+v", text, d.Connection, conn)
		}
	})
}
