package mysql

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql/driver"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
)

// refuses opens the configuration, which must fail with the code, soon and without the password.
func refuses(t *testing.T, cfg engine.Config, code fault.Code, words ...string) {
	t.Helper()
	c, err := Engine{}.Open(t.Context(), cfg)
	if err == nil {
		_ = c.Close()
		t.Fatalf("opened, want %s", code)
	}
	if fault.CodeOf(err) != code {
		t.Errorf("%s (%v), want %s", fault.CodeOf(err), err, code)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if cfg.Password != "" && strings.Contains(err.Error(), cfg.Password) {
		t.Errorf("the password is in %q", err)
	}
}

func TestWhatIsWrongWithAConnectionIsSaid(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		good := config(s.Create(t))
		cfg := good
		cfg.Password = "not-the-password"
		refuses(t, cfg, fault.AuthFailed, "check user and password")
		cfg = good
		cfg.Database = "no_such_database"
		refuses(t, cfg, fault.NoDatabase, `"no_such_database"`)
		cfg.Database = ""
		refuses(t, cfg, fault.BadInput, "names no database")
		cfg = good
		cfg.Host = "no-such-host.invalid"
		refuses(t, cfg, fault.Unreachable, "no-such-host.invalid")
		cfg = good
		cfg.Port = 1
		refuses(t, cfg, fault.Unreachable, "nothing accepts connections")
		cfg = good
		cfg.Host = filepath.Join(t.TempDir(), "none.sock")
		refuses(t, cfg, fault.Unreachable, "socket")
		cfg = good
		cfg.Params.Set("sslmode", "perhaps")
		refuses(t, cfg, fault.BadInput, "perhaps", "verify-full")
	})
}

func TestASilentServerIsGivenUp(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	addr := l.Addr().(*net.TCPAddr)
	cfg := engine.Config{Scheme: "mysql", Host: "127.0.0.1", Port: addr.Port, User: "u", Password: "secret-1", Database: "d", ConnectTimeout: 300 * time.Millisecond}
	start := time.Now()
	refuses(t, cfg, fault.Unreachable, "did not answer within 300ms")
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestTLSModes(t *testing.T) {
	ca := otherAuthority(t)
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := s.Create(t)
		encrypted := func(mode string) bool {
			cfg := config(db)
			cfg.Params.Set("sslmode", mode)
			c := open(t, cfg)
			var cipher string
			err := c.query(t.Context(), "SHOW STATUS LIKE 'Ssl_cipher'", func(row []driver.Value) error { cipher = text(row[1]); return nil })
			if err != nil {
				t.Fatal(err)
			}
			return cipher != ""
		}
		if encrypted("disable") {
			t.Error("sslmode=disable is encrypted")
		}
		offers := encrypted("prefer")
		cfg := config(db)
		cfg.Params.Set("sslmode", "require")
		if !offers {
			refuses(t, cfg, fault.TLSNotOffered, "does not offer TLS")
			return
		}
		if !encrypted("require") {
			t.Error("sslmode=require is not encrypted")
		}
		cfg.Params.Set("sslrootcert", ca)
		for _, mode := range []string{"require", "verify-ca"} {
			cfg.Params.Set("sslmode", mode)
			refuses(t, cfg, fault.TLSUnknownCA, "sslrootcert")
		}
		cfg.Params.Set("sslmode", "verify-full")
		refuses(t, cfg, fault.TLSWrongName, "common name") // the certificate that a server makes itself is for no host
		cfg.Params.Set("sslrootcert", ca+".missing")
		refuses(t, cfg, fault.TLSFile, "sslrootcert")
		cfg.Params.Del("sslrootcert")
		cfg.Params.Set("sslcert", ca)
		refuses(t, cfg, fault.BadInput, "sslkey")
	})
}

// otherAuthority makes a certificate that signed nobody's.
func otherAuthority(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "nobody"}, IsCA: true,
		BasicConstraintsValid: true, NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCancellingKillsTheStatementAndKeepsTheConnection(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := s.Create(t)
		c := open(t, config(db))
		db.Exec(t, "CREATE TABLE n (i int); INSERT INTO n VALUES (1)"+strings.Repeat(", (1)", 999))
		const long = "AS SELECT SUM(a.i + b.i + c.i + d.i) AS x FROM n a, n b, n c, n d"
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(200*time.Millisecond, cancel)
		start := time.Now()
		err := c.Exec(ctx, "CREATE TABLE t "+long)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %s", took)
		}
		if fault.CodeOf(err) != fault.Cancelled {
			t.Errorf("got %v, want cancelled", err)
		}
		// The server lists the statement for a moment yet while it sends the error that has come back here.
		const patience = 3 * time.Second
		for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
			rows := db.QueryStrings(t, "SELECT ID, COMMAND, STATE, INFO FROM information_schema.PROCESSLIST WHERE COMMAND = 'Query' AND INFO LIKE 'CREATE%' AND ID = "+c.id)
			if len(rows) == 0 {
				break
			}
			if time.Since(start) > patience {
				t.Errorf("the statement still runs: %v", rows)
				break
			}
		}
		if err := c.Exec(t.Context(), "CREATE TABLE t (id int)"); err != nil {
			t.Errorf("the connection is of no use any more: %v", err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if err := c.Exec(ctx, "CREATE TABLE t2 "+long); fault.CodeOf(err) != fault.TimedOut {
			t.Errorf("got %v, want timed out", err)
		}
		if _, err := c.Inspect(ctx, engine.InspectOptions{}); fault.CodeOf(err) != fault.TimedOut {
			t.Errorf("inspecting after the time is up: %v", err)
		}
	})
}

func TestAFailedStatementTellsEverythingTheServerSaid(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		c := open(t, config(s.Create(t)))
		err := c.Exec(t.Context(), "ALTER TABLE missing ADD x int")
		if fault.CodeOf(err) != fault.StatementFailed || !strings.Contains(err.Error(), "1146 (42S02)") || !strings.Contains(err.Error(), "missing") {
			t.Errorf("got %v", err)
		}
	})
}

func TestALostConnectionIsToldApart(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := s.Create(t)
		c := open(t, config(db))
		db.Exec(t, "KILL CONNECTION "+c.id)
		if err := c.Exec(t.Context(), "CREATE TABLE t (id int)"); fault.CodeOf(err) != fault.ConnectionLost {
			t.Errorf("got %v, want connection lost", err)
		}
		c = open(t, config(db))
		time.AfterFunc(300*time.Millisecond, func() { _ = db.ExecContext(quiet(), "KILL CONNECTION "+c.id) })
		if err := c.Exec(t.Context(), "SELECT SLEEP(30)"); fault.CodeOf(err) != fault.ConnectionLost {
			t.Errorf("got %v, want connection lost", err)
		}
		if err := c.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
}

func TestOnlyOneRunHoldsTheLock(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := s.Create(t)
		one, two, other := open(t, config(db)), open(t, config(db)), open(t, config(s.Create(t)))
		unlock, err := one.Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := two.Lock(t.Context()); fault.CodeOf(err) != fault.TargetLocked {
			t.Errorf("the second lock: %v", err)
		}
		if _, err := other.Lock(t.Context()); err != nil {
			t.Errorf("another database is locked too: %v", err)
		}
		if err := unlock(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := two.Lock(t.Context()); err != nil {
			t.Errorf("after the unlock: %v", err)
		}
	})
}

func TestTwoConnectionsToOneDatabaseAreRecognised(t *testing.T) {
	servers := testdb.Servers(t, testdb.MySQL, testdb.MariaDB)
	seen := map[string]string{}
	for _, s := range servers {
		db := s.Create(t)
		one, two, other := open(t, config(db)), open(t, config(db)), open(t, config(s.Create(t)))
		if one.Server() != two.Server() || one.Server().Identity == other.Server().Identity {
			t.Errorf("%s: %+v, %+v, %+v", s.Name, one.Server(), two.Server(), other.Server())
		}
		if before := seen[one.Server().Identity]; before != "" {
			t.Errorf("%s and %s are taken for one", before, s.Name)
		}
		seen[one.Server().Identity] = s.Name
		if !strings.HasPrefix(s.Version, one.Server().Version) {
			t.Errorf("%s says it is %s", s.Version, one.Server().Version)
		}
	}
}

func TestServersOfOtherVersionsAreRefused(t *testing.T) {
	for version, want := range map[string]bool{
		"5.7.44": false, "8.0.11": true, "8.4.3": true, "9.7.4-2": true, "10.0.0": false,
		"10.4.32-MariaDB": false, "10.5.0-MariaDB-log": true, "5.5.5-10.11.6-MariaDB": true, "11.8.6-MariaDB-0+deb13u1": true, "12.1.2-MariaDB": true,
		"13.0.0-MariaDB": false, "8.0.11-TiDB-v7.5.0": false, "unknown": false,
	} {
		c := &conn{target: "mysql://h/d"}
		err := c.identify(map[string]string{"version": version})
		if (err == nil) != want || err != nil && fault.CodeOf(err) != fault.UnsupportedServer {
			t.Errorf("%s: %v", version, err)
		}
	}
}

func TestAForeignKeyToAKeyThatIsNotUniqueCanBeMade(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		c := open(t, config(s.Create(t)))
		for _, sql := range []string{"CREATE TABLE p (a int, b int, KEY k (a, b))", "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (a))"} {
			if err := c.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	})
}
