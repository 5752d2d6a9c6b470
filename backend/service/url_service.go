package service

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/jackc/pgservicefile"

	"database-structure-sync/backend/engine"
)

// setService adds what a section of libpq's service file says and the URL does not.
func setService(cfg *engine.Config, name string, given url.Values) error {
	settings, err := serviceSettings(name)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(settings))
	for n := range settings {
		names = append(names, n)
	}
	slices.Sort(names) // hostaddr after host
	set := map[string]bool{
		"host": cfg.Host != "", "hostaddr": cfg.Host != "", "port": cfg.Port != 0, "dbname": cfg.Database != "", "user": cfg.User != "", "password": cfg.Password != "",
	}
	for _, n := range names {
		value := settings[n]
		if value == "" || set[n] || given.Has(n) {
			continue
		}
		read, known := parameters[n]
		switch {
		case n == "host" && !strings.HasPrefix(value, "/"):
			if strings.ContainsAny(value, ",") {
				return bad("the service %q names several hosts, which is not possible here", name)
			}
			cfg.Host = value
		case !known || n == "service":
			return bad("the service %q has a setting that is not known here: %s", name, shown(n))
		default:
			if err := read(cfg, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// serviceSettings finds a service where libpq looks for it: in the user's file, then in the system's.
func serviceSettings(name string) (map[string]string, error) {
	var looked []string
	for _, path := range serviceFiles() {
		file, err := pgservicefile.ReadServicefile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, bad("the service file %s cannot be read", path)
		}
		looked = append(looked, path)
		if service, err := file.GetService(name); err == nil {
			return service.Settings, nil
		}
	}
	if looked == nil {
		return nil, bad("it names a service, and there is no service file: PGSERVICEFILE names it, else it is ~/.pg_service.conf")
	}
	return nil, bad("there is no service of that name in %s", strings.Join(looked, ", "))
}

func serviceFiles() []string {
	var files []string
	if path := os.Getenv("PGSERVICEFILE"); path != "" {
		files = append(files, path)
	} else if runtime.GOOS == "windows" {
		files = append(files, filepath.Join(os.Getenv("APPDATA"), "postgresql", ".pg_service.conf"))
	} else if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".pg_service.conf"))
	}
	folder := os.Getenv("PGSYSCONFDIR")
	if folder == "" {
		folder = "/etc/postgresql-common" // where Debian's libpq looks
	}
	return append(files, filepath.Join(folder, "pg_service.conf"))
}
