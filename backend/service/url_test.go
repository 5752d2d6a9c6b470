package service

import (
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

func TestURLsAreRead(t *testing.T) {
	none := url.Values{}
	tests := []struct {
		name, url string
		want      engine.Config
	}{
		{
			"everything", "postgres://me:secret@db.example:5433/shop?sslmode=require",
			engine.Config{Scheme: "postgres", Host: "db.example", Port: 5433, User: "me", Password: "secret", Database: "shop", Params: url.Values{"sslmode": {"require"}}},
		},
		{"the least", "mysql:///shop", engine.Config{Scheme: "mysql", Host: "localhost", Database: "shop", Params: none}},
		{"the scheme's case does not matter", "MariaDB://h/d", engine.Config{Scheme: "mariadb", Host: "h", Database: "d", Params: none}},
		{
			"escapes are undone", "mysql://a%40b:p%2Fw%3F%23%25@h/my%20d%2Fb",
			engine.Config{Scheme: "mysql", Host: "h", User: "a@b", Password: "p/w?#%", Database: "my d/b", Params: none},
		},
		{"a plus in a name stays a plus", "mysql://h/a+b", engine.Config{Scheme: "mysql", Host: "h", Database: "a+b", Params: none}},
		{"@ in a password may stay as it is", "mysql://u:p@ss@h/d", engine.Config{Scheme: "mysql", Host: "h", User: "u", Password: "p@ss", Database: "d", Params: none}},
		{"IPv6", "postgresql://[::1]:5432/d", engine.Config{Scheme: "postgresql", Host: "::1", Port: 5432, Database: "d", Params: none}},
		{"a socket instead of a host", "postgres:///d?host=/run/postgresql", engine.Config{Scheme: "postgres", Host: "/run/postgresql", Database: "d", Params: none}},
		{"a socket beside localhost", "mysql://u@localhost/d?socket=/tmp/my.sock", engine.Config{Scheme: "mysql", Host: "/tmp/my.sock", User: "u", Database: "d", Params: none}},
		{
			"several schemas", "postgres://h/d?schema=a&schema=b%20c",
			engine.Config{Scheme: "postgres", Host: "h", Database: "d", Params: url.Values{"schema": {"a", "b c"}}},
		},
		{
			"an SSH host", "postgres://h/d?ssh=me@bastion:2222",
			engine.Config{Scheme: "postgres", Host: "h", Database: "d", Params: url.Values{"ssh": {"me@bastion:2222"}}},
		},
		{
			"an SSH host with an IPv6 address", "mysql://h/d?ssh=me%40corp@[fe80::1%25eth0]:22",
			engine.Config{Scheme: "mysql", Host: "h", Database: "d", Params: url.Values{"ssh": {"me@corp@[fe80::1%eth0]:22"}}},
		},
		{"a time limit", "postgres://h/d?connect_timeout=3", engine.Config{Scheme: "postgres", Host: "h", Database: "d", Params: none, ConnectTimeout: 3 * time.Second}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseURL(test.url)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestMalformedURLsAreRefusedWithoutRepeatingThem(t *testing.T) {
	tests := []struct{ url, says string }{
		{"shop", "it is no URL"},
		{"me:hunter2@host/shop", "it is no URL"},
		{"my scheme://h/d", "is no scheme"},
		{"postgres://h", "names no database"},
		{"postgres://h/", "names no database"},
		{"postgres://h/a/b", "more than one database"},
		{"postgres://h/a%zz", "malformed"},
		{"postgres://me:hunter2#x@h/d", "write %23"},
		{"postgres://me:hunter2/x@h/d", "malformed"},
		{"postgres://me:hunter2?x@h/d", "? as %3F"},
		{"postgres://me:hun%ter2@h/d", "malformed"},
		{"postgres://me:hun ter2@h/d", "write %20"},
		{"postgres://h:0/d", "port"},
		{"postgres://h:99999/d", "port"},
		{"postgres://h:hunter2/d", "malformed"},
		{"postgres://a,b/d", "one host"},
		{"postgres://h/d?colour=red", `unknown parameter "colour": known are allowPublicKeyRetrieval, application_name, `},
		{"postgres://h/d?sslmode=maybe", "one of disable, prefer, require, verify-ca, verify-full"},
		{"postgres://h/d?sslmode=disable&sslmode=require", "twice"},
		{"postgres://h/d?schema=", "no value"},
		{"postgres://h/d?host=other", "begin with /"},
		{"postgres://h/d?host=/run", "both a host and a Unix socket"},
		{"postgres://h/d?connect_timeout=soon", "number of seconds"},
		{"mysql://h/d?schema=a", "for PostgreSQL"},
		{"mysql://h/d%00", "zero byte"},
	}
	for _, test := range tests {
		_, err := ParseURL(test.url)
		if err == nil {
			t.Errorf("%s is accepted", test.url)
			continue
		}
		if fault.CodeOf(err) != fault.BadInput || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %q, want it to say %q", test.url, err, test.says)
		}
		if strings.Contains(err.Error(), "hun") {
			t.Errorf("%s: %q repeats the password", test.url, err)
		}
	}
}

// FuzzParseURL: whatever is typed, no panic, no password in an error, and what is accepted survives being written again.
func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{
		"postgres://me:secret@db.example:5433/shop?sslmode=require", "mysql:///shop?socket=/tmp/s", "postgresql://[fe80::1%25eth0]:5432/d",
		"mariadb://a%40b:p%2Fw%3F%23%25@h/my%20d%2Fb", "postgres://h/d?schema=a&schema=b", "x://y:z@/%2F", "://", "a://b@c@d/e?=", "postgres://h/d?host=/a&connect_timeout=5",
	} {
		f.Add(seed)
	}
	const secret = "hunter2hunter2"
	f.Fuzz(func(t *testing.T, text string) {
		cfg, err := ParseURL(text)
		if err != nil {
			_, err = ParseURL("postgres://user:" + secret + text)
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Fatalf("%q: the error repeats the password: %v", text, err)
			}
			return
		}
		if cfg.Database == "" || cfg.Host == "" {
			t.Fatalf("%q: %+v lacks a host or a database", text, cfg)
		}
		again, err := ParseURL(formatURL(cfg))
		if err != nil {
			t.Fatalf("%q → %q: %v", text, formatURL(cfg), err)
		}
		if !reflect.DeepEqual(again, cfg) {
			t.Fatalf("%q:\n%+v\n%+v", text, cfg, again)
		}
	})
}

// formatURL is the inverse of ParseURL.
func formatURL(cfg engine.Config) string {
	u := url.URL{Scheme: cfg.Scheme, Path: "/" + cfg.Database, RawPath: "/" + url.PathEscape(cfg.Database)}
	q := url.Values{}
	for name, values := range cfg.Params {
		q[name] = values
	}
	host := cfg.Host
	if strings.HasPrefix(host, "/") {
		q.Set("host", host)
		host = "localhost"
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if cfg.Port != 0 {
		host = host + ":" + strconv.Itoa(cfg.Port)
	}
	u.Host = host
	switch {
	case cfg.Password != "":
		u.User = url.UserPassword(cfg.User, cfg.Password)
	case cfg.User != "":
		u.User = url.User(cfg.User)
	}
	if cfg.ConnectTimeout != 0 {
		q.Set("connect_timeout", strconv.Itoa(int(cfg.ConnectTimeout/time.Second)))
	}
	if cfg.ServerName != "" {
		q.Set("sslservername", cfg.ServerName)
	}
	if cfg.KeyPassphrase != "" {
		q.Set("sslpassword", cfg.KeyPassphrase)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

func TestWhatLibpqUnderstandsIsUnderstood(t *testing.T) {
	dir := t.TempDir()
	own, system := filepath.Join(dir, "own.conf"), filepath.Join(dir, "pg_service.conf")
	must(t, os.WriteFile(own, []byte("# mine\n[prod]\nhost=db.example\nport=5433\ndbname=shop\nuser=me\npassword=secret-1\nsslmode=verify-full\nsslrootcert=/ca.pem\nkeepalives=1\n\n[odd]\nhost=h\ndbname=d\ncolour=red\n\n[local]\nhost=/run/pg\ndbname=d\n\n[near]\nhost=db.example\nhostaddr=192.0.2.7\ndbname=d\n"), 0o600))
	must(t, os.WriteFile(system, []byte("[everybody]\nhost=all.example\ndbname=d\n"), 0o600))
	t.Setenv("PGSERVICEFILE", own)
	t.Setenv("PGSYSCONFDIR", dir)
	for _, test := range []struct {
		url  string
		want engine.Config
	}{
		{
			"postgres:///?service=prod",
			engine.Config{Scheme: "postgres", Host: "db.example", Port: 5433, User: "me", Password: "secret-1", Database: "shop", Params: url.Values{"sslmode": {"verify-full"}, "sslrootcert": {"/ca.pem"}}},
		},
		{
			"postgres://you@other.example:1/d?service=prod&sslmode=require", // what the URL says goes first
			engine.Config{Scheme: "postgres", Host: "other.example", Port: 1, User: "you", Password: "secret-1", Database: "d", Params: url.Values{"sslmode": {"require"}, "sslrootcert": {"/ca.pem"}}},
		},
		{"postgres:///?service=local", engine.Config{Scheme: "postgres", Host: "/run/pg", Database: "d", Params: url.Values{}}},
		{"postgres:///?service=near", engine.Config{Scheme: "postgres", Host: "192.0.2.7", ServerName: "db.example", Database: "d", Params: url.Values{}}},
		{"postgres:///?service=everybody", engine.Config{Scheme: "postgres", Host: "all.example", Database: "d", Params: url.Values{}}},
		{
			"postgresql://h?dbname=d&user=me&password=secret-1&port=77&channel_binding=require&keepalives_idle=30&gssencmode=disable",
			engine.Config{Scheme: "postgresql", Host: "h", Port: 77, User: "me", Password: "secret-1", Database: "d", Params: url.Values{"channel_binding": {"require"}}},
		},
		{
			"mysql://h/d?allowPublicKeyRetrieval=true&sslservername=db.example&sslkey=/k&sslcert=/c&sslpassword=pp",
			engine.Config{Scheme: "mysql", Host: "h", Database: "d", ServerName: "db.example", KeyPassphrase: "pp", Params: url.Values{"allowPublicKeyRetrieval": {"true"}, "sslkey": {"/k"}, "sslcert": {"/c"}}},
		},
	} {
		got, err := ParseURL(test.url)
		if err != nil {
			t.Errorf("%s: %v", test.url, err)
		} else if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s\ngot  %+v\nwant %+v", test.url, got, test.want)
		}
	}
	for _, test := range []struct{ url, says string }{
		{"postgres:///?service=nobody", "no service of that name in " + own + ", " + system},
		{"postgres:///?service=odd", `a setting that is not known here: "colour"`},
		{"mysql:///?service=prod", "PostgreSQL only"},
		{"postgres://h/d?allowPublicKeyRetrieval=true", "MySQL and MariaDB only"},
		{"postgres://h/d?channel_binding=yes", "disable, prefer, require"},
		{"postgres://h/d?gssencmode=require", "disable, prefer"},
		{"postgres://h/d?dbname=e", "database twice"},
		{"postgres://h:1/d?port=2", "two ports"},
		{"postgres://u@h/d?user=v", "user twice"},
		{"postgres://h/d?hostaddr=h2", "an address"},
		{"mysql://h/d?allowPublicKeyRetrieval=1", "true, false"},
		{"mysql://h/d?ssl_min_protocol_version=TLSv1.1", "TLSv1.2, TLSv1.3"},
		{"mysql://h/d?sslservername=a%20b", "name of a host"},
	} {
		if _, err := ParseURL(test.url); fault.CodeOf(err) != fault.BadInput || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.url, err)
		}
	}
}
