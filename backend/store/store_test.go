package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"database-structure-sync/backend/internal/fault"
)

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheStoreIsForItsOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	s := open(t, dir)
	must(t, s.PutSetting(t.Context(), "theme", []byte(`"dark"`)))
	check := func(path string, want os.FileMode) {
		t.Helper()
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), want)
		}
	}
	check(dir, 0o700)
	for _, name := range []string{"store.db", "store.db-wal", "store.db-shm"} {
		check(filepath.Join(dir, name), 0o600)
	}
}

func TestAFileThatOthersMayReadIsKeptFromThemAgain(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	path := filepath.Join(dir, "store.db")
	must(t, os.Chmod(path, 0o644))
	open(t, dir)
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
}

func TestTheEnvironmentNamesTheFolder(t *testing.T) {
	t.Setenv(DirVariable, "/somewhere/else")
	if dir, err := DefaultDir(); err != nil || dir != "/somewhere/else" {
		t.Errorf("%q, %v", dir, err)
	}
	t.Setenv(DirVariable, "")
	t.Setenv("XDG_CONFIG_HOME", "/home/x/.config")
	if dir, err := DefaultDir(); err != nil || dir != "/home/x/.config/database-structure-sync" {
		t.Errorf("%q, %v", dir, err)
	}
}

func TestOddFolderNamesAreNoTrouble(t *testing.T) {
	dir := filepath.Join(t.TempDir(), `a b?c=d#e%20f & "é 数据`)
	must(t, open(t, dir).PutSetting(t.Context(), "k", []byte("1")))
	if _, err := os.Stat(filepath.Join(dir, "store.db")); err != nil {
		t.Error(err)
	}
	if v, err := open(t, dir).Setting(t.Context(), "k"); err != nil || string(v) != "1" {
		t.Errorf("%s, %v", v, err)
	}
}

func TestAFileOfANewerReleaseIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	_, err := s.db.Exec(`INSERT INTO schema_version VALUES (999, 'future', '')`)
	must(t, err)
	_, err = Open(dir)
	if fault.CodeOf(err) != fault.StoreNewer || !strings.Contains(err.Error(), filepath.Join(dir, "store.db")) || !strings.Contains(err.Error(), "999") {
		t.Errorf("%v", err)
	}
}

func TestADamagedFileIsNamed(t *testing.T) {
	damage := map[string]func(path string) error{
		"no database at all": func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o600)
		},
		"the front is overwritten": func(path string) error {
			return overwrite(path, 0, 4096)
		},
		"its pages are overwritten": func(path string) error { return overwrite(path, 100, 40960) },
	}
	for name, do := range damage {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := Open(dir)
			must(t, err)
			must(t, s.PutSetting(t.Context(), "k", []byte("1")))
			must(t, s.Close())
			path := filepath.Join(dir, "store.db")
			must(t, do(path))
			s, err = Open(dir)
			if err == nil {
				_, err = s.Settings(t.Context())
				must(t, s.Close())
			}
			if fault.CodeOf(err) != fault.StoreUnusable || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "damaged") {
				t.Errorf("%s: %v", fault.CodeOf(err), err)
			}
		})
	}
}

func overwrite(path string, from, to int64) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	_, err = file.WriteAt([]byte(strings.Repeat("x", int(min(to, info.Size())-from))), from)
	return err
}

func TestAFolderThatCannotBeUsedIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	_, err := Open(filepath.Join(file, "folder"))
	if fault.CodeOf(err) != fault.StoreUnusable || !strings.Contains(err.Error(), file) {
		t.Errorf("%v", err)
	}
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "store.db"), 0o700))
	if _, err := Open(dir); fault.CodeOf(err) != fault.StoreUnusable || !strings.Contains(err.Error(), "store.db") {
		t.Errorf("%v", err)
	}
}

func TestAMigrationIsTakenWholeOrNotAtAll(t *testing.T) {
	s := open(t, t.TempDir())
	step := migration{900, "half", "CREATE TABLE half (a); CREATE TABLE half (b)"}
	err := s.write(t.Context(), "testing", func(tx *sql.Tx) error { return take(tx, step) })
	if err == nil {
		t.Fatal("it succeeded")
	}
	var n int
	must(t, s.db.QueryRow(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).Scan(&n))
	if n != 0 {
		t.Error("its first half stayed")
	}
	step.sql = "CREATE TABLE half (a)"
	for range 2 { // the second time it is done already
		must(t, s.write(t.Context(), "testing", func(tx *sql.Tx) error { return take(tx, step) }))
	}
}

// As the window and the command line are at the same time.
func TestSeveralProgramsUseTheStoreAtTheSameTime(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	errs := make(chan error, 8)
	for i := range 8 {
		group.Go(func() {
			errs <- func() error {
				s, err := Open(dir)
				if err != nil {
					return fmt.Errorf("opening: %w", err)
				}
				for j := range 20 {
					if err := s.PutSetting(t.Context(), fmt.Sprintf("%d-%d", i, j), []byte("true")); err != nil {
						return err
					}
					if _, err := s.Settings(t.Context()); err != nil {
						return err
					}
				}
				return s.Close()
			}()
		})
	}
	group.Wait()
	for range 8 {
		must(t, <-errs)
	}
	all, err := open(t, dir).Settings(t.Context())
	if err != nil || len(all) != 160 {
		t.Errorf("%d settings, %v", len(all), err)
	}
}

func TestCancelledWorkSaysSo(t *testing.T) {
	s := open(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Connections(ctx); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("reading: %v", err)
	}
	if _, err := s.AddConnection(ctx, Connection{ID: "a"}); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("writing: %v", err)
	}
}

func TestErrorsKeepTheirCause(t *testing.T) {
	s := open(t, t.TempDir())
	cause := errors.New("cause")
	if err := s.write(t.Context(), "testing", func(*sql.Tx) error { return cause }); !errors.Is(err, cause) {
		t.Errorf("%v", err)
	}
}
