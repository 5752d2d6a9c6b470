// Package testdb gives tests, benchmarks and demonstrations throw-away databases on the real servers that
// scripts/servers.sh runs, and the servers' own client programs to load and to dump them: a judge that shares no code
// with this program.
//
// It knows nothing of the model, the engines or any other package of the program. What tests call takes a testing.TB and
// fails it; each such method has a twin, its name ending in Context, that returns an error instead.
package testdb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The engines of servers, as [Server.Engine] and the schemes of URLs spell them.
const (
	Postgres = "postgres"
	MySQL    = "mysql"
	MariaDB  = "mariadb"
	SQLite   = "sqlite"
)

// Names lists every server that all tests of an engine run on.
var Names = []string{"postgres15", "postgres17", "postgres18", "mariadb10.11", "mariadb11.8", "mysql9.7"}

// Others lists the servers that only tests of pairs of versions ask for, by name.
var Others = []string{"postgres12", "postgres13", "postgres14", "postgres16"}

// How to get servers, for the ends of error messages.
const howToStart = "start the test servers with `make servers-up`, or run everything with `make test`"

// Server is a running database server whose data nobody will miss.
type Server struct {
	Name     string `json:"name"` // "postgres15"
	Engine   string `json:"engine"`
	Version  string `json:"version"` // as the server spells it, "10.11.19-MariaDB-0+deb12u1"
	Host     string `json:"host"`
	Port     int    `json:"port"`
	User     string `json:"user"` // may do everything
	Password string `json:"password"`
	// The server's command-line client, and its program that writes a database's structure as SQL, each with the
	// arguments that make it connect; what is missing is the name of a database. Servers of one engine share the newest
	// program, so that dumps of different versions can be compared.
	Client []string `json:"client"`
	Dump   []string `json:"dump"`
}

// Servers returns the running servers of the given engines, of all without any. It fails the test when one of [Names] is
// not up; DBSTRUCT_TEST_SERVERS=postgres15,mysql9.7 narrows what is wanted while developing. SQLite, which needs no server,
// is there for those who ask for it by name.
func Servers(t testing.TB, engines ...string) []Server {
	t.Helper()
	wanted := append([]string{SQLite}, Names...)
	if only := os.Getenv("DBSTRUCT_TEST_SERVERS"); only != "" {
		wanted = strings.Split(only, ",")
	}
	var servers []Server
	if i := slices.Index(wanted, SQLite); i >= 0 {
		wanted = slices.Delete(slices.Clone(wanted), i, i+1)
		if slices.Contains(engines, SQLite) {
			servers = append(servers, embedded())
		}
	}
	if len(wanted) == 0 || len(engines) == 1 && engines[0] == SQLite {
		return servers
	}
	for _, s := range up(t, wanted) {
		if len(engines) == 0 || slices.Contains(engines, s.Engine) {
			servers = append(servers, s)
		}
	}
	return servers
}

// Named returns the running servers of these names, of [Names] or [Others], in the order given; it fails the test when one
// is not up. What DBSTRUCT_TEST_SERVERS does not want is left out.
func Named(t testing.TB, names ...string) []Server {
	t.Helper()
	if only := os.Getenv("DBSTRUCT_TEST_SERVERS"); only != "" {
		wanted := strings.Split(only, ",")
		names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !slices.Contains(wanted, name) })
	}
	return up(t, names)
}

// up are the servers of these names.
func up(t testing.TB, names []string) (servers []Server) {
	t.Helper()
	if len(names) == 0 {
		return nil
	}
	found, err := reachable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !slices.Contains(Names, name) && !slices.Contains(Others, name) {
			t.Fatalf("%q is the name of no server; there are %s, %s, %s", name, strings.Join(Names, ", "), strings.Join(Others, ", "), SQLite)
		}
		i := slices.IndexFunc(found, func(s Server) bool { return s.Name == name })
		if i < 0 {
			t.Fatalf("%s is not up: %s", name, howToStart)
		}
		servers = append(servers, found[i])
	}
	return servers
}

// List returns the servers that are up, those of one engine in the order of their versions, reading $DBSTRUCT_SERVERS or build/servers/servers.json
// of the module around the working directory.
func List() ([]Server, error) {
	path, err := listPath()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no servers are up (there is no %s): %s", path, howToStart)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the list of servers: %w", err)
	}
	var servers []Server
	if err := json.Unmarshal(text, &servers); err != nil {
		return nil, fmt.Errorf("reading the list of servers %s: %w", path, err)
	}
	return servers, nil
}

func listPath() (string, error) {
	if path := os.Getenv("DBSTRUCT_SERVERS"); path != "" {
		return path, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("looking for the list of servers: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "build", "servers", "servers.json"), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("looking for the list of servers: the working directory is in no Go module; set DBSTRUCT_SERVERS")
		}
		dir = parent
	}
}

// reachable is List, once a process, and only after every server has accepted a connection.
var reachable = sync.OnceValues(func() ([]Server, error) {
	servers, err := List()
	if err != nil {
		return nil, err
	}
	for _, s := range servers {
		conn, err := net.DialTimeout("tcp", s.address(), 5*time.Second)
		if err != nil {
			return nil, fmt.Errorf("%s was up but cannot be reached (%w): %s", s.Name, err, howToStart)
		}
		conn.Close()
	}
	return servers, nil
})

// URL is how this program's users would write the database on their command line, password included.
func (s Server) URL(database string) string {
	if s.Engine == SQLite {
		return fileURL(database)
	}
	u := url.URL{Scheme: s.Engine, User: url.UserPassword(s.User, s.Password), Host: s.address(), Path: "/" + database}
	if s.Engine == Postgres {
		u.RawQuery = "sslmode=disable"
	}
	return u.String()
}

// major is the first number of the version.
func (s Server) major() int {
	text, _, _ := strings.Cut(s.Version, ".")
	n, _ := strconv.Atoi(text) // none: 0, older than all
	return n
}

func (s Server) address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

// Create makes an empty database that is dropped when the test is over.
func (s Server) Create(t testing.TB) *DB {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := s.CreateContext(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := db.DropContext(ctx); err != nil {
			t.Error(err)
		}
	})
	return db
}

// CreateContext makes an empty database; the caller drops it.
func (s Server) CreateContext(ctx context.Context) (*DB, error) {
	if s.Engine == SQLite {
		return s.createFile()
	}
	admin, err := s.admin()
	if err != nil {
		return nil, err
	}
	db := &DB{Server: s, Name: uniqueName()}
	statement := "CREATE DATABASE " + db.Name
	if s.Engine == Postgres {
		// template0 is free of whatever somebody put into template1. Copying files, which older servers always do, is
		// three times quicker than writing them to the log with fsync off.
		statement += " TEMPLATE template0"
		if s.major() >= 15 {
			statement += " STRATEGY file_copy"
		}
	}
	if _, err := admin.ExecContext(ctx, statement); err != nil {
		return nil, fmt.Errorf("creating a database on %s: %w", s.Name, err)
	}
	return db, nil
}
