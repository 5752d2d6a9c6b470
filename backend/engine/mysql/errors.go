package mysql

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"

	mysql "github.com/go-sql-driver/mysql"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// Numbers of the servers' errors that are told apart (errmsg files of either).
const (
	errDBAccessDenied    = 1044
	errAccessDenied      = 1045
	errBadDB             = 1049
	errServerShutdown    = 1053
	errTooManyConns      = 1040
	errHostBlocked       = 1129
	errHostNotPrivileged = 1130
	errTableAccess       = 1142
	errColumnAccess      = 1143
	errNoSuchTable       = 1146
	errUserConnections   = 1203
	errLockWait          = 1205
	errSpecificAccess    = 1227
	errQueryInterrupted  = 1317
	errViewInvalid       = 1356
	errProcAccess        = 1370
	errSecureTransport   = 3159
	errQueryTimeout      = 3024
	errStatementTimeout  = 1969 // MariaDB
	errConnectionKilled  = 1927 // MariaDB
	errClientInactive    = 4031
)

// numberOf is the number of the server's error in the chain, 0 when there is none.
func numberOf(err error) uint16 {
	var server *mysql.MySQLError
	if errors.As(err, &server) {
		return server.Number
	}
	return 0
}

// serverMessage is everything that the server said.
func serverMessage(e *mysql.MySQLError) error {
	if e.SQLState == [5]byte{} {
		return fmt.Errorf("error %d: %s", e.Number, e.Message)
	}
	return fmt.Errorf("error %d (%s): %s", e.Number, e.SQLState[:], e.Message)
}

// connectFault tells why a connection could not be opened.
func connectFault(ctx context.Context, err error, cfg engine.Config, config *mysql.Config) error {
	target := cfg.Redacted()
	var server *mysql.MySQLError
	if errors.As(err, &server) {
		return refusedFault(server, target, cfg)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return fault.New(fault.Cancelled, "connecting to %s was cancelled", target)
	}
	where := config.Addr
	if config.Net == "unix" {
		where = "the socket " + where
	}
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, mysql.ErrNoTLS):
		return fault.New(fault.TLSFailed, "the server at %s offers no TLS: use sslmode=prefer or disable if the network is trusted", where)
	case isTLS(err):
		return fault.Wrap(fault.TLSFailed, err, "no secure connection to %s could be made (sslmode %s)", where, sslmode(cfg))
	case errors.As(err, &dns):
		return fault.New(fault.Unreachable, "the host name %s cannot be resolved: check its spelling and the network", cfg.Host)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fault.New(fault.Unreachable, "%s did not answer within %s: check host, port and firewalls", where, config.Timeout)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return fault.New(fault.Unreachable, "nothing accepts connections at %s: check host and port, and that the server runs", where)
	case isDriverAuth(err):
		return fault.Wrap(fault.AuthFailed, err, "%s wants a way to log in that is not supported", target)
	}
	return fault.Wrap(fault.Unreachable, err, "no MySQL or MariaDB server answers properly at %s", where)
}

func isDriverAuth(err error) bool {
	return slices.ContainsFunc([]error{mysql.ErrCleartextPassword, mysql.ErrNativePassword, mysql.ErrOldPassword, mysql.ErrUnknownPlugin},
		func(e error) bool { return errors.Is(err, e) })
}

// refusedFault is a connection that the server itself turned down.
func refusedFault(e *mysql.MySQLError, target string, cfg engine.Config) error {
	cause := serverMessage(e)
	switch e.Number {
	case errAccessDenied, errHostNotPrivileged:
		return fault.Wrap(fault.AuthFailed, cause, "%s refused the log-in of user %q: check user and password", target, cfg.User)
	case errBadDB:
		return fault.New(fault.NoDatabase, "the database %q does not exist on the server of %s", cfg.Database, target)
	case errDBAccessDenied:
		return fault.Wrap(fault.NoPrivilege, cause, "user %q may not use the database of %s", cfg.User, target)
	case errTooManyConns, errUserConnections, errHostBlocked, errServerShutdown:
		return fault.Wrap(fault.Unreachable, cause, "%s takes no connection now: try again later", target)
	case errSecureTransport:
		return fault.Wrap(fault.TLSFailed, cause, "%s accepts secure connections only: use sslmode=require or stricter", target)
	}
	return fault.Wrap(fault.Unreachable, cause, "%s refused the connection", target)
}

func isTLS(err error) bool {
	var (
		record    tls.RecordHeaderError
		alert     tls.AlertError
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		invalid   x509.CertificateInvalidError
		host      x509.HostnameError
	)
	return errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &verify) || errors.As(err, &authority) ||
		errors.As(err, &invalid) || errors.As(err, &host) || strings.Contains(err.Error(), "tls:") || strings.Contains(err.Error(), "x509:")
}

// isLost tells that the connection itself is gone.
func isLost(err error) bool {
	var network net.Error
	switch numberOf(err) {
	case errServerShutdown, errConnectionKilled, errClientInactive:
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.Is(err, net.ErrClosed) || errors.As(err, &network)
}

// isDenied tells that the server refused for lack of a privilege.
func isDenied(err error) bool {
	switch numberOf(err) {
	case errDBAccessDenied, errTableAccess, errColumnAccess, errSpecificAccess, errProcAccess:
		return true
	}
	return false
}

// fault turns an error of the driver into one for the user; doing says what was being done.
func (c *conn) fault(err error, doing string) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if f := c.commonFault(err, doing); f != nil {
		return f
	}
	var server *mysql.MySQLError
	if errors.As(err, &server) {
		if isDenied(err) {
			return fault.Wrap(fault.NoPrivilege, serverMessage(server), "%s was refused on %s", doing, c.target)
		}
		return fault.Wrap(fault.Internal, serverMessage(server), "%s failed on %s", doing, c.target)
	}
	return fmt.Errorf("%s on %s: %w", doing, c.target, err)
}

// statementFault is the fault of a statement that somebody wanted executed.
func (c *conn) statementFault(err error) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	var server *mysql.MySQLError
	if errors.As(err, &server) && !isLost(err) {
		return &fault.Error{Code: fault.StatementFailed, Message: serverMessage(server).Error()}
	}
	if f := c.commonFault(err, "the statement"); f != nil {
		return f
	}
	return fault.Wrap(fault.StatementFailed, err, "the statement failed on %s", c.target)
}

// commonFault is what can happen to any statement; nil for everything else.
func (c *conn) commonFault(err error, doing string) error {
	switch {
	case isLost(err):
		return fault.Wrap(fault.ConnectionLost, err, "the connection to %s was lost during %s", c.target, doing)
	case numberOf(err) == errQueryInterrupted:
		return fault.New(fault.Cancelled, "%s was cancelled on %s", doing, c.target)
	case numberOf(err) == errLockWait, numberOf(err) == errQueryTimeout, numberOf(err) == errStatementTimeout:
		return fault.Wrap(fault.TimedOut, err, "%s took too long on %s", doing, c.target)
	}
	return nil
}
