package mysql

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	driver "github.com/go-sql-driver/mysql"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

const (
	defaultPort           = 3306
	defaultConnectTimeout = 10 * time.Second
)

// connectConfig is the driver's configuration.
func connectConfig(cfg engine.Config) (*driver.Config, error) {
	if cfg.Database == "" {
		return nil, fault.New(fault.BadInput, "%s names no database: write it behind the host, as in mysql://host/database", cfg.Redacted())
	}
	c := driver.NewConfig()
	c.User, c.Passwd, c.DBName = cfg.User, cfg.Password, cfg.Database
	c.Timeout = cfg.ConnectTimeout
	if c.Timeout == 0 {
		c.Timeout = defaultConnectTimeout
	}
	c.Logger = &driver.NopLogger{}
	// SHOW CREATE of hundreds of tables travels in one packet.
	c.MultiStatements = true
	c.MaxAllowedPacket = 0 // ask the server
	c.ConnectionAttributes = "program_name:dbstruct"
	c.DialFunc = cfg.Dial
	if path := socketPath(cfg); path != "" {
		c.Net, c.Addr = "unix", path
		return c, nil // as with libpq, TLS is for networks
	}
	host, port := cfg.Host, cfg.Port
	if host == "" {
		host = "localhost"
	}
	if port == 0 {
		port = defaultPort
	}
	c.Net, c.Addr = "tcp", net.JoinHostPort(host, strconv.Itoa(port))
	return c, setTLS(c, cfg, host)
}

// socketPath is the Unix socket to connect to; "" for the network. A folder stands for the socket that servers make in it.
func socketPath(cfg engine.Config) string {
	path := cfg.Params.Get("socket")
	if strings.HasPrefix(cfg.Host, "/") {
		path = cfg.Host
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return path
	}
	for _, name := range []string{"mysqld.sock", "mysql.sock", "mariadb.sock", "mysqld/mysqld.sock", "socket"} {
		if _, err := os.Stat(filepath.Join(path, name)); err == nil {
			return filepath.Join(path, name)
		}
	}
	return filepath.Join(path, "mysqld.sock")
}

// sslmode is the mode asked for; libpq's default.
func sslmode(cfg engine.Config) string {
	if mode := cfg.Params.Get("sslmode"); mode != "" {
		return mode
	}
	return "prefer"
}

// setTLS gives sslmode, sslrootcert, sslcert and sslkey the meaning that they have for libpq.
func setTLS(c *driver.Config, cfg engine.Config, host string) error {
	mode, root := sslmode(cfg), cfg.Params.Get("sslrootcert")
	if mode == "require" && root != "" {
		mode = "verify-ca" // libpq: a root certificate asks to be used
	}
	t := &tls.Config{ServerName: host}
	if cfg.ServerName != "" {
		t.ServerName = cfg.ServerName
	}
	switch mode {
	case "disable":
		return nil
	case "prefer": // this and the next mean what libpq means by them: encrypted, but nobody's identity is verified
		t.InsecureSkipVerify, c.AllowFallbackToPlaintext = true, true
	case "require":
		t.InsecureSkipVerify = true
	case "verify-ca":
		// The chain is verified below; only the name is not.
		t.InsecureSkipVerify = true
		t.VerifyConnection = func(s tls.ConnectionState) error { return verifyChain(s, t.RootCAs) }
	case "verify-full":
	default:
		return fault.New(fault.BadInput, "%q is no sslmode: choose disable, prefer, require, verify-ca or verify-full", mode)
	}
	if root != "" {
		pem, err := os.ReadFile(root)
		if err != nil {
			return fault.Wrap(fault.TLSFailed, err, "the file %s (sslrootcert) cannot be read", root)
		}
		t.RootCAs = x509.NewCertPool()
		if !t.RootCAs.AppendCertsFromPEM(pem) {
			return fault.New(fault.TLSFailed, "the file %s (sslrootcert) holds no certificate in PEM form", root)
		}
	}
	if err := clientCertificate(t, cfg); err != nil {
		return err
	}
	c.TLS = t
	if verify := t.VerifyConnection; cfg.Secured != nil {
		t.VerifyConnection = func(s tls.ConnectionState) error {
			if verify != nil {
				if err := verify(s); err != nil {
					return err
				}
			}
			cfg.Secured(s)
			return nil
		}
	}
	return nil
}

// verifyChain verifies the server's certificate up to a trusted one, whatever name it was made for.
func verifyChain(s tls.ConnectionState, roots *x509.CertPool) error {
	if len(s.PeerCertificates) == 0 {
		return errors.New("tls: the server sent no certificate")
	}
	intermediates := x509.NewCertPool()
	for _, c := range s.PeerCertificates[1:] {
		intermediates.AddCert(c)
	}
	_, err := s.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: intermediates})
	return err
}

func clientCertificate(t *tls.Config, cfg engine.Config) error {
	certFile, keyFile := cfg.Params.Get("sslcert"), cfg.Params.Get("sslkey")
	if certFile == "" && keyFile == "" {
		return nil
	}
	if certFile == "" || keyFile == "" {
		return fault.New(fault.BadInput, "sslcert and sslkey belong together: one of them is missing")
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return fault.Wrap(fault.TLSFailed, err, "the files %s (sslcert) and %s (sslkey) are no certificate with its key", certFile, keyFile)
	}
	t.Certificates = []tls.Certificate{pair}
	return nil
}
