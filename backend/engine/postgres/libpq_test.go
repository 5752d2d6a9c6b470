package postgres

import (
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"database-structure-sync/backend/engine"
)

// home is an empty home, and an environment that says nothing.
func home(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("APPDATA", filepath.Join(dir, "postgresql-data"))
	for _, e := range append(environment, [2]string{"", "PGPASSWORD"}, [2]string{"", "PGSSLPASSWORD"}) {
		t.Setenv(e[1], "")
	}
	return dir
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func TestWhatTheURLDoesNotSayComesFromWhereLibpqTakesIt(t *testing.T) {
	dir := home(t)
	params := func(given ...string) url.Values {
		v := url.Values{}
		for i := 0; i < len(given); i += 2 {
			v.Set(given[i], given[i+1])
		}
		return withEnvironment(engine.Config{Params: v}).Params
	}
	equal := func(got, want url.Values) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	equal(params(), url.Values{})
	own := func(name string) string { return filepath.Join(dir, ".postgresql", name) }
	for _, name := range []string{"root.crt", "postgresql.crt", "postgresql.key"} {
		write(t, own(name), "x", 0o600)
	}
	client := func(v url.Values) url.Values {
		v["sslcert"], v["sslkey"] = []string{own("postgresql.crt")}, []string{own("postgresql.key")}
		return v
	}
	equal(params(), client(url.Values{})) // and prefer stays prefer
	equal(params("sslmode", "require"), client(url.Values{"sslmode": {"require"}, "sslrootcert": {own("root.crt")}}))
	equal(params("sslmode", "verify-full", "sslrootcert", "/r", "sslcert", "/c", "sslkey", "/k"),
		url.Values{"sslmode": {"verify-full"}, "sslrootcert": {"/r"}, "sslcert": {"/c"}, "sslkey": {"/k"}})
	t.Setenv("PGSSLMODE", "verify-ca")
	t.Setenv("PGSSLROOTCERT", "/other")
	t.Setenv("PGCHANNELBINDING", "require")
	t.Setenv("PGHOST", "elsewhere.example") // never where to connect
	equal(params(), client(url.Values{"sslmode": {"verify-ca"}, "sslrootcert": {"/other"}, "channel_binding": {"require"}}))
	equal(params("sslmode", "disable"), client(url.Values{"sslmode": {"disable"}, "sslrootcert": {"/other"}, "channel_binding": {"require"}}))
}

func TestTheFileOfPasswordsIsReadAsLibpqReadsIt(t *testing.T) {
	dir := home(t)
	file := filepath.Join(dir, ".pgpass")
	write(t, file, "# a comment\ndb.example:5433:shop:me:first\ndb.example:*:*:me:sec\\:ond\n/run/own:*:*:*:socket\nlocalhost:*:*:*:local\n", 0o600)
	cfg := func(host string, port int, database string) engine.Config {
		return engine.Config{Host: host, Port: port, Database: database, User: "me", Params: url.Values{}}
	}
	for _, test := range []struct {
		cfg  engine.Config
		want string
	}{
		{cfg("db.example", 5433, "shop"), "first"},
		{cfg("db.example", 5432, "shop"), "sec:ond"},
		{cfg("other.example", 5432, "shop"), ""},
		{cfg("/run/own/", 5432, "shop"), "socket"},
		{cfg("/var/run/postgresql", 5432, "shop"), "local"},
		{cfg("localhost", 5432, "shop"), "local"},
	} {
		if got, note := storedPassword(test.cfg); got != test.want || note != "" {
			t.Errorf("%s:%d: %q %s", test.cfg.Host, test.cfg.Port, got, note)
		}
	}
	if err := os.Chmod(file, 0o604); err != nil {
		t.Fatal(err)
	}
	if got, note := storedPassword(cfg("localhost", 1, "d")); got != "" || !strings.Contains(note, "chmod 0600") {
		t.Errorf("%q %s", got, note)
	}
	other := filepath.Join(dir, "other")
	write(t, other, "*:*:*:*:elsewhere\n", 0o600)
	t.Setenv("PGPASSFILE", other)
	if got, note := storedPassword(withEnvironment(cfg("localhost", 1, "d"))); got != "elsewhere" || note != "" {
		t.Errorf("%q %s", got, note)
	}
	t.Setenv("PGPASSWORD", "straight")
	if got, _ := storedPassword(cfg("localhost", 1, "d")); got != "straight" {
		t.Errorf("%q", got)
	}
}
