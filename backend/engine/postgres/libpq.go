package postgres

import (
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgpassfile"

	"database-structure-sync/backend/engine"
)

// environment has the parameters that libpq takes from variables when they are not given. Where to connect is not among them.
var environment = [][2]string{
	{"sslmode", "PGSSLMODE"},
	{"sslrootcert", "PGSSLROOTCERT"},
	{"sslcert", "PGSSLCERT"},
	{"sslkey", "PGSSLKEY"},
	{"ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"},
	{"sslnegotiation", "PGSSLNEGOTIATION"},
	{"channel_binding", "PGCHANNELBINDING"},
	{"require_auth", "PGREQUIREAUTH"},
	{"passfile", "PGPASSFILE"},
}

// withEnvironment adds to a configuration what libpq would take from the environment and from ~/.postgresql: certificates that
// somebody has put there are shown to servers that ask, and an authority's is used where the mode verifies.
func withEnvironment(cfg engine.Config) engine.Config {
	params := maps.Clone(cfg.Params)
	if params == nil {
		params = url.Values{}
	}
	for _, e := range environment {
		if value := os.Getenv(e[1]); value != "" && params.Get(e[0]) == "" {
			params.Set(e[0], value)
		}
	}
	if params.Get("sslmode") == "allow" { // libpq's way to prefer no encryption; here it is preferred
		params.Set("sslmode", "prefer")
	}
	if cfg.KeyPassphrase == "" {
		cfg.KeyPassphrase = os.Getenv("PGSSLPASSWORD")
	}
	cfg.Params = params
	folder := settingsFolder()
	if folder == "" {
		return cfg
	}
	own := func(name string) string { return filepath.Join(folder, name) }
	verifies := slices.Contains([]string{"require", "verify-ca", "verify-full"}, params.Get("sslmode"))
	if params.Get("sslrootcert") == "" && verifies && exists(own("root.crt")) {
		params.Set("sslrootcert", own("root.crt"))
	}
	if params.Get("sslcert") == "" && params.Get("sslkey") == "" && exists(own("postgresql.crt")) && exists(own("postgresql.key")) {
		params.Set("sslcert", own("postgresql.crt"))
		params.Set("sslkey", own("postgresql.key"))
	}
	return cfg
}

// settingsFolder is where libpq looks for certificates; "" when the user has no home.
func settingsFolder() string {
	if runtime.GOOS == "windows" {
		if folder := os.Getenv("APPDATA"); folder != "" {
			return filepath.Join(folder, "postgresql")
		}
		return ""
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".postgresql")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// socketFolders are where servers make their sockets by default; in a file of passwords they are called localhost.
var socketFolders = []string{"/var/run/postgresql", "/run/postgresql", "/tmp"}

// storedPassword is the password from PGPASSWORD or the file of passwords, as libpq finds it; with a note when there is a file
// that is not used.
func storedPassword(cfg engine.Config) (password, note string) {
	if password := os.Getenv("PGPASSWORD"); password != "" {
		return password, ""
	}
	path := cfg.Params.Get("passfile")
	if path == "" {
		path = defaultPassfile()
	}
	info, err := os.Stat(path)
	switch {
	case path == "", errors.Is(err, fs.ErrNotExist):
		return "", ""
	case err != nil:
		return "", "; the file of passwords " + path + " cannot be read"
	case !info.Mode().IsRegular():
		return "", "; the file of passwords " + path + " is not used, because it is no plain file"
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return "", "; the file of passwords " + path + " is not used, because others may read it: chmod 0600 mends that"
	}
	file, err := pgpassfile.ReadPassfile(path)
	if err != nil {
		return "", "; the file of passwords " + path + " cannot be read"
	}
	host := strings.TrimSuffix(cfg.Host, "/")
	if slices.Contains(socketFolders, host) {
		host = "localhost"
	}
	return file.FindPassword(host, strconv.Itoa(cfg.Port), cfg.Database, cfg.User), ""
}

func defaultPassfile() string {
	if runtime.GOOS == "windows" {
		if folder := settingsFolder(); folder != "" {
			return filepath.Join(folder, "pgpass.conf")
		}
		return ""
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".pgpass")
}
