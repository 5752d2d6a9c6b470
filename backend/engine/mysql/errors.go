package mysql

import (
	"context"
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

// fault tells why a connection could not be opened.
func (a *attempt) fault(ctx context.Context, err error, cfg engine.Config) error {
	target, config := cfg.Redacted(), a.config
	var server *mysql.MySQLError
	if errors.As(err, &server) {
		return a.refused(server, target, cfg)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return fault.New(fault.Cancelled, "connecting to %s was cancelled", target)
	}
	where := config.Addr
	if config.Net == "unix" {
		where = "the socket " + where
	}
	if errors.Is(err, mysql.ErrNoTLS) {
		return a.tls.NotOffered(where)
	}
	if f := a.tls.Fault(a.log.with(err), where); f != nil {
		return f
	}
	var known *fault.Error
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &dns):
		return fault.New(fault.Unreachable, "the host name %s cannot be resolved: check its spelling and the network", cfg.Host)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fault.New(fault.Unreachable, "%s did not answer within %s: check host, port and firewalls", where, config.Timeout)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return fault.New(fault.Unreachable, "nothing accepts connections at %s: check host and port, and that the server runs", where)
	case strings.Contains(err.Error(), "crypto/rsa"):
		return fault.New(fault.AuthFailed, "%s wants the password of user %q encrypted with its own public key, because the connection is not encrypted: use sslmode=require; or name the key's file as serverPubKey; or, if every network on the way is trusted, allowPublicKeyRetrieval=true takes the key from the server", target, cfg.User)
	case errors.Is(err, mysql.ErrUnknownPlugin):
		return a.log.unknownPlugin(target)
	case errors.Is(err, mysql.ErrCleartextPassword):
		return fault.New(fault.AuthFailed, "%s wants the password of user %q in clear text (LDAP, PAM), which this program does not send: use an account with a password of its own", target, cfg.User)
	case isDriverAuth(err):
		return fault.Wrap(fault.AuthFailed, err, "%s wants a way to log in that is not supported", target)
	}
	return fault.Wrap(fault.Unreachable, err, "no MySQL or MariaDB server answers properly at %s", where)
}

func isDriverAuth(err error) bool {
	return slices.ContainsFunc([]error{mysql.ErrNativePassword, mysql.ErrOldPassword}, func(e error) bool { return errors.Is(err, e) })
}

// refused is a connection that the server itself turned down.
func (a *attempt) refused(e *mysql.MySQLError, target string, cfg engine.Config) error {
	cause := serverMessage(e)
	switch e.Number {
	case errAccessDenied, errHostNotPrivileged:
		hint := ""
		if a.config.Net == "tcp" {
			hint = a.tls.LoginHint(a.tls.Config != nil)
		}
		return fault.Wrap(fault.AuthFailed, cause, "%s refused the log-in of user %q: check user and password%s", target, cfg.User, hint)
	case errBadDB:
		return fault.New(fault.NoDatabase, "the database %q does not exist on the server of %s", cfg.Database, target)
	case errDBAccessDenied:
		return fault.Wrap(fault.NoPrivilege, cause, "user %q may not use the database of %s", cfg.User, target)
	case errTooManyConns, errUserConnections, errHostBlocked, errServerShutdown:
		return fault.Wrap(fault.Unreachable, cause, "%s takes no connection now: try again later", target)
	case errSecureTransport:
		return fault.Wrap(fault.TLSRequired, cause, "%s accepts encrypted connections only: use sslmode=require or stricter", target)
	}
	return fault.Wrap(fault.Unreachable, cause, "%s refused the connection", target)
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
