package testtls_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net"
	"os"
	"os/user"
	"strings"
	"sync"
	"testing"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testtls"
)

// logins has the ways to log in, of each server its own.
func (p pair) logins(t *testing.T, w *world) {
	present(t, w, p.offers, "good")
	t.Run("the client's key is encrypted", func(t *testing.T) { p.encryptedKey(t, w) })
	for _, way := range ways {
		t.Run("the certificate is for another name than the host's, "+string(way), func(t *testing.T) { p.otherName(t, w, way) })
	}
	t.Run("local socket", func(t *testing.T) {
		cfg := p.base(w, "verify-full", "dbstruct")
		cfg.Host, cfg.Port = p.offers.Socket, 0
		if p.offers.Engine == testdb.Postgres { // whose sockets have the port in their names
			cfg.Port = p.offers.Port
		}
		connects(t, cfg) // no TLS: sockets are not a network
	})
	t.Run("insisting on encryption", func(t *testing.T) { p.insisting(t, w) })
	t.Run("a statement is stopped through TLS that somebody else has dialled", func(t *testing.T) { p.stopping(t, w) })
	switch p.offers.Engine {
	case testdb.Postgres:
		p.postgresLogins(t, w)
	case testdb.MySQL:
		p.mysqlLogins(t, w)
	case testdb.MariaDB:
		p.mariadbLogins(t, w)
	}
}

// base is how somebody connects over the network.
func (p pair) base(w *world, mode, user string) engine.Config {
	return attempt{server: p.offers, mode: mode, user: user, way: direct}.config(w)
}

// with is a configuration with more parameters: names and values in turn.
func with(cfg engine.Config, params ...string) engine.Config {
	for i := 0; i+1 < len(params); i += 2 {
		cfg.Params.Set(params[i], params[i+1])
	}
	return cfg
}

func connects(t *testing.T, cfg engine.Config) {
	t.Helper()
	conn, err := engines[cfg.Scheme].Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func refuses(t *testing.T, cfg engine.Config, code fault.Code, parts ...string) {
	t.Helper()
	conn, err := engines[cfg.Scheme].Open(t.Context(), cfg)
	if err == nil {
		conn.Close()
		t.Fatal("connected")
	}
	if fault.CodeOf(err) != code {
		t.Errorf("%s, not %s: %v", fault.CodeOf(err), code, err)
	}
	says(t, err, cfg.Host, parts, cfg.Password)
}

func (p pair) exec(t *testing.T, script string) {
	t.Helper()
	p.offers.Database().Exec(t, strings.ReplaceAll(script, "SECRET", "'"+p.offers.Password+"'"))
}

// variable is the second column of the only row.
func (p pair) variable(t *testing.T, query string) string {
	t.Helper()
	rows := p.offers.Database().QueryStrings(t, query)
	if len(rows) != 1 || len(rows[0]) < 2 {
		t.Fatalf("%s: %v", query, rows)
	}
	return rows[0][1]
}

func (p pair) encryptedKey(t *testing.T, w *world) {
	certificate, key := w.client.Issue(t, testtls.Request{Owner: "certified", Client: true}).WriteEncrypted(t, t.TempDir(), "locked", "open sesame")
	cfg := with(p.base(w, "verify-full", "certified"), "sslcert", certificate, "sslkey", key)
	refuses(t, cfg, fault.TLSKeyPassphrase, "encrypted", key)
	cfg.KeyPassphrase = "wrong-passphrase"
	refuses(t, cfg, fault.TLSKeyPassphrase, "cannot be decrypted", key)
	cfg.KeyPassphrase = "open sesame"
	connects(t, cfg)
}

// otherName: the name that the certificate must be for can be said. It is then the only one that counts.
func (p pair) otherName(t *testing.T, w *world, y way) {
	cfg := attempt{server: p.offers, mode: "verify-full", user: "dbstruct", way: y}.config(w)
	cfg.ServerName = "third.example"
	conn, err := engines[cfg.Scheme].Open(t.Context(), cfg)
	if err == nil {
		conn.Close()
		t.Fatal("connected")
	}
	if fault.CodeOf(err) != fault.TLSWrongName {
		t.Errorf("%s: %v", fault.CodeOf(err), err)
	}
	says(t, err, "third.example", []string{"is for " + realName, "not for HOST"}, cfg.Password)
	cfg.ServerName = realName
	connects(t, cfg)
	if y != ssh {
		return
	}
	cfg.Host = aliasName // the last host on the way finds the server by it
	connects(t, cfg)
	cfg.ServerName = ""
	refuses(t, cfg, fault.TLSWrongName, "is for "+realName, "not for "+aliasName)
	if addresses, err := net.DefaultResolver.LookupHost(t.Context(), aliasName); err == nil {
		t.Errorf("%s is known here too, as %v", aliasName, addresses)
	}
}

func writeFile(t *testing.T, text []byte) string {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(text); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// insisting: the server takes encrypted connections only.
func (p pair) insisting(t *testing.T, w *world) {
	if p.offers.Engine == testdb.Postgres {
		return // pg_hba.conf says so account by account; the matrix has it
	}
	conn, err := engines[p.offers.Engine].Open(t.Context(), p.base(w, "require", "dbstruct"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	set := func(value string) {
		if err := conn.Exec(context.WithoutCancel(t.Context()), "SET GLOBAL require_secure_transport = "+value); err != nil {
			t.Fatal(err)
		}
	}
	set("ON")
	defer set("OFF")
	refuses(t, p.base(w, "disable", "dbstruct"), fault.TLSRequired, "sslmode=require")
	connects(t, p.base(w, "prefer", "dbstruct"))
}

// nowhere is a connection that does not know where it leads, as one through a tunnel.
type nowhere struct{ net.Conn }

func (nowhere) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4zero} }

func (p pair) stopping(t *testing.T, w *world) {
	cfg := attempt{server: p.offers, mode: "verify-full", user: "dbstruct", way: dialled}.config(w)
	dial := cfg.Dial
	cfg.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		return nowhere{conn}, err
	}
	conn, err := engines[p.offers.Engine].Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	long := "SELECT SLEEP(60)"
	if p.offers.Engine == testdb.Postgres {
		long = "SELECT pg_catalog.pg_sleep(60)"
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	began := time.Now()
	if err := conn.Exec(ctx, long); err != nil && fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("%s: %v", fault.CodeOf(err), err)
	}
	if took := time.Since(began); took > 2500*time.Millisecond { // then the connection would have been given up instead
		t.Errorf("it took %s", took)
	}
	if err := conn.Exec(t.Context(), "SELECT 1"); err != nil {
		t.Errorf("the session is gone: %v", err)
	}
}

func (p pair) postgresLogins(t *testing.T, w *world) {
	p.exec(t, "SET password_encryption = md5; CREATE ROLE old LOGIN PASSWORD SECRET; SET password_encryption = 'scram-sha-256'")
	t.Run("channel binding", func(t *testing.T) {
		connects(t, with(p.base(w, "require", "dbstruct"), "channel_binding", "require"))
		connects(t, with(p.base(w, "disable", "dbstruct"), "channel_binding", "prefer"))
		refuses(t, with(p.base(w, "disable", "dbstruct"), "channel_binding", "require"), fault.AuthFailed, "channel_binding=require", "TLS")
		refuses(t, with(p.base(w, "require", "old"), "channel_binding", "require"), fault.AuthFailed, "scram-sha-256")
		refuses(t, with(p.base(w, "require", "dbstruct"), "channel_binding", "perhaps"), fault.BadInput, `"perhaps"`, "disable, prefer or require")
	})
	t.Run("which ways are allowed", func(t *testing.T) {
		connects(t, with(p.base(w, "require", "dbstruct"), "require_auth", "scram-sha-256"))
		connects(t, p.base(w, "require", "old"))
		refuses(t, with(p.base(w, "require", "old"), "require_auth", "scram-sha-256"), fault.AuthFailed, "require_auth=scram-sha-256")
	})
	t.Run("TLS from the first byte", func(t *testing.T) {
		connects(t, with(p.base(w, "verify-full", "dbstruct"), "sslnegotiation", "direct"))
		refuses(t, with(p.base(w, "prefer", "dbstruct"), "sslnegotiation", "direct"), fault.BadInput, "sslmode=require or stricter")
	})
	t.Run("file of passwords", func(t *testing.T) {
		cfg := p.base(w, "require", "dbstruct")
		cfg.Password = ""
		refuses(t, cfg, fault.AuthFailed)
		file := writeFile(t, []byte("# whose\nelsewhere:*:*:*:wrong\n127.0.0.1:*:postgres:dbstruct:"+p.offers.Password+"\n"))
		connects(t, with(cfg, "passfile", file))
		if err := os.Chmod(file, 0o640); err != nil {
			t.Fatal(err)
		}
		refuses(t, cfg, fault.AuthFailed, file, "chmod 0600")
	})
}

// spy keeps what is sent.
type spy struct {
	net.Conn
	mu   *sync.Mutex
	sent *bytes.Buffer
}

func (s spy) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent.Write(b)
	return s.Conn.Write(b)
}

func (p pair) mysqlLogins(t *testing.T, w *world) {
	for _, plugin := range []struct{ name, key string }{
		{"caching_sha2_password", "SHOW STATUS LIKE 'Caching_sha2_password_rsa_public_key'"},
		{"sha256_password", "SHOW STATUS LIKE 'Rsa_public_key'"},
	} {
		t.Run(plugin.name, func(t *testing.T) {
			account := plugin.name[:6]
			p.exec(t, "CREATE USER "+account+"@'%' IDENTIFIED WITH "+plugin.name+" BY SECRET; GRANT ALL ON mysql.* TO "+account+"@'%'")
			forget := func() { p.exec(t, "FLUSH PRIVILEGES") } // with them what the server remembers of passwords
			unencrypted := func(params ...string) engine.Config { return with(p.base(w, "disable", account), params...) }

			s := spy{mu: &sync.Mutex{}, sent: &bytes.Buffer{}}
			cfg := unencrypted()
			cfg.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
				return spy{conn, s.mu, s.sent}, err
			}
			refuses(t, cfg, fault.AuthFailed, "sslmode=require", "serverPubKey", "allowPublicKeyRetrieval")
			if packets := clientPackets(s.sent.Bytes()); len(packets) > 2 {
				t.Errorf("after the server wanted the password, the client still sent %q", packets[1:])
			}

			stranger, err := rsa.GenerateKey(rand.Reader, 2048)
			if err != nil {
				t.Fatal(err)
			}
			der, err := x509.MarshalPKIXPublicKey(&stranger.PublicKey)
			if err != nil {
				t.Fatal(err)
			}
			refuses(t, unencrypted("serverPubKey", writeFile(t, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))), fault.AuthFailed)
			refuses(t, unencrypted("serverPubKey", writeFile(t, []byte("no key"))), fault.TLSFile, "serverPubKey", "public_key.pem")
			connects(t, unencrypted("serverPubKey", writeFile(t, []byte(p.variable(t, plugin.key)))))
			forget()
			connects(t, unencrypted("allowPublicKeyRetrieval", "true"))
			refuses(t, unencrypted("allowPublicKeyRetrieval", "perhaps"), fault.BadInput, "true or false")
			forget()
			connects(t, p.base(w, "verify-full", account))
			forget()
			cfg = p.base(w, "prefer", account)
			cfg.Host, cfg.Port = p.offers.Socket, 0
			connects(t, cfg)
		})
	}
	t.Run("the socket knows who it is", func(t *testing.T) {
		p.exec(t, "INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'")
		p.socketLogin(t, w, "IDENTIFIED WITH auth_socket")
	})
	p.localFiles(t, w)
}

// clientPackets are what a client sends on a connection that is not encrypted, each without its head.
func clientPackets(sent []byte) [][]byte {
	var out [][]byte
	for len(sent) >= 4 {
		n := int(sent[0]) | int(sent[1])<<8 | int(sent[2])<<16
		out = append(out, sent[4:4+n])
		sent = sent[4+n:]
	}
	return out
}

func (p pair) mariadbLogins(t *testing.T, w *world) {
	account := func(name, identified string) {
		p.exec(t, "CREATE USER "+name+"@'%' "+identified+"; GRANT ALL ON mysql.* TO "+name+"@'%'")
	}
	t.Run("ed25519", func(t *testing.T) {
		p.exec(t, "INSTALL SONAME 'auth_ed25519'")
		account("ed", "IDENTIFIED VIA ed25519 USING PASSWORD(SECRET)")
		connects(t, p.base(w, "disable", "ed")) // only a signature travels
		connects(t, p.base(w, "verify-full", "ed"))
		cfg := p.base(w, "disable", "ed")
		cfg.Password = "wrong-password"
		refuses(t, cfg, fault.AuthFailed)
	})
	t.Run("parsec, which the driver does not speak", func(t *testing.T) {
		p.exec(t, "INSTALL SONAME 'auth_parsec'")
		account("par", "IDENTIFIED VIA parsec USING PASSWORD(SECRET)")
		refuses(t, p.base(w, "verify-full", "par"), fault.AuthFailed, `"parsec"`, "ed25519")
	})
	t.Run("no password is sent in clear text", func(t *testing.T) {
		p.exec(t, "INSTALL SONAME 'auth_pam'")
		account("ldap", "IDENTIFIED VIA pam")
		for _, mode := range []string{"disable", "verify-full"} {
			s := spy{mu: &sync.Mutex{}, sent: &bytes.Buffer{}}
			cfg := p.base(w, mode, "ldap")
			cfg.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
				return spy{conn, s.mu, s.sent}, err
			}
			refuses(t, cfg, fault.AuthFailed, "in clear text", "does not send")
			if bytes.Contains(s.sent.Bytes(), []byte(cfg.Password)) {
				t.Errorf("with sslmode=%s the server was sent %q", mode, s.sent.Bytes())
			}
		}
	})
	t.Run("the socket knows who it is", func(t *testing.T) { p.socketLogin(t, w, "IDENTIFIED VIA unix_socket") })
	p.localFiles(t, w)
}

// socketLogin: an account without a password is for the user of the system who has its name.
func (p pair) socketLogin(t *testing.T, w *world, identified string) {
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	p.exec(t, "DROP USER IF EXISTS '"+me.Username+"'@localhost; CREATE USER '"+me.Username+"'@localhost "+identified+"; GRANT ALL ON mysql.* TO '"+me.Username+"'@localhost")
	cfg := p.base(w, "prefer", me.Username)
	cfg.Host, cfg.Port, cfg.Password = p.offers.Socket, 0, ""
	connects(t, cfg)
}

// localFiles: no server gets a file of this computer, even if both sides of it could.
func (p pair) localFiles(t *testing.T, w *world) {
	t.Run("no local file is read", func(t *testing.T) {
		p.exec(t, "SET GLOBAL local_infile = ON; CREATE TABLE mysql.got (line text)")
		conn, err := engines[p.offers.Engine].Open(t.Context(), p.base(w, "require", "dbstruct"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := conn.Exec(t.Context(), "LOAD DATA LOCAL INFILE '"+w.file("root.crt")+"' INTO TABLE mysql.got"); err == nil {
			t.Error("the server was given a file")
		}
		if rows := p.offers.Database().QueryStrings(t, "SELECT * FROM mysql.got"); len(rows) != 0 {
			t.Errorf("the server has %d lines of it", len(rows))
		}
	})
}
