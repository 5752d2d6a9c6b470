package service

import (
	"net/url"
	"regexp"
	"strings"

	"database-structure-sync/backend/engine"
)

const sqliteScheme = "sqlite"

// windowsPath is an absolute path on Windows behind the slash that URLs put before it.
var windowsPath = regexp.MustCompile(`^/[A-Za-z]:[/\\\\]`)

// parseFileURL reads what stands behind "sqlite:": a path, relative or absolute, or // and an absolute path.
func parseFileURL(path string) (engine.Config, error) {
	if rest, ok := strings.CutPrefix(path, "//"); ok {
		if !strings.HasPrefix(rest, "/") {
			return engine.Config{}, bad("a file has no host: write sqlite:path/to/file.db, or sqlite:///path/to/file.db with three slashes")
		}
		path = rest
	}
	switch {
	case strings.ContainsAny(path, " \t\r\n"):
		return engine.Config{}, bad("it contains white space: write %%20 for a space")
	case strings.Contains(path, "#"):
		return engine.Config{}, bad("it contains #: write %%23 instead")
	case strings.Contains(path, "?"):
		return engine.Config{}, bad("a file takes no parameters: write %%3F for a question mark in its name")
	}
	name, err := url.PathUnescape(path)
	switch {
	case err != nil:
		return engine.Config{}, bad("the path is malformed: write %%25 for a per cent sign")
	case name == "" || strings.HasSuffix(name, "/"):
		return engine.Config{}, bad("it names no file: write sqlite:path/to/file.db")
	case name == ":memory:":
		return engine.Config{}, bad("a database in memory is empty and nobody else sees it: name a file")
	case strings.ContainsRune(name, 0):
		return engine.Config{}, bad("it contains a zero byte")
	}
	if windowsPath.MatchString(name) {
		name = name[1:]
	}
	return engine.Config{Scheme: sqliteScheme, Database: name, Params: url.Values{}}, nil
}
