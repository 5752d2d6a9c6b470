package mysql

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	driver "github.com/go-sql-driver/mysql"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/tlsconf"
)

const (
	defaultPort           = 3306
	defaultConnectTimeout = 10 * time.Second
)

// attempt is how a connection is to be opened.
type attempt struct {
	config *driver.Config
	tls    *tlsconf.Settings
	log    *journal
}

// prepare makes the driver's configuration. LOAD DATA LOCAL is never answered with a file, and a password is never sent in
// clear text: the driver does neither unless it is told to.
func prepare(cfg engine.Config) (*attempt, error) {
	if cfg.Database == "" {
		return nil, fault.New(fault.BadInput, "%s names no database: write it behind the host, as in mysql://host/database", cfg.Redacted())
	}
	a := &attempt{config: driver.NewConfig(), tls: &tlsconf.Settings{Mode: "disable"}, log: &journal{}}
	c := a.config
	c.User, c.Passwd, c.DBName = cfg.User, cfg.Password, cfg.Database
	c.Timeout = cfg.ConnectTimeout
	if c.Timeout == 0 {
		c.Timeout = defaultConnectTimeout
	}
	c.Logger = a.log
	// SHOW CREATE of hundreds of tables travels in one packet.
	c.MultiStatements = true
	c.MaxAllowedPacket = 0 // ask the server
	c.ConnectionAttributes = "program_name:dbstruct"
	c.DialFunc = cfg.Dial
	if path := socketPath(cfg); path != "" {
		c.Net, c.Addr = "unix", path
		return a, nil // as with libpq, TLS is for networks
	}
	host, port := cfg.Host, cfg.Port
	if host == "" {
		host = "localhost"
	}
	if port == 0 {
		port = defaultPort
	}
	c.Net, c.Addr = "tcp", net.JoinHostPort(host, strconv.Itoa(port))
	var err error
	if a.tls, err = tlsconf.New(cfg, host); err != nil {
		return nil, err
	}
	c.TLS, c.AllowFallbackToPlaintext = a.tls.Config, a.tls.MayBePlain
	c.ServerPubKey, err = serverKey(cfg)
	return a, err
}

// socketPath is the Unix socket to connect to; "" for the network. A folder stands for the socket that servers make in it, but
// not at the end of a route, where the files of this computer say nothing.
func socketPath(cfg engine.Config) string {
	path := cfg.Params.Get("socket")
	if strings.HasPrefix(cfg.Host, "/") {
		path = cfg.Host
	}
	if info, err := os.Stat(path); cfg.Route != nil || err != nil || !info.IsDir() {
		return path
	}
	for _, name := range []string{"mysqld.sock", "mysql.sock", "mariadb.sock", "mysqld/mysqld.sock", "socket"} {
		if _, err := os.Stat(filepath.Join(path, name)); err == nil {
			return filepath.Join(path, name)
		}
	}
	return filepath.Join(path, "mysqld.sock")
}
