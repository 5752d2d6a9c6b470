package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// SQLSTATE codes that are told apart (errcodes.txt).
const (
	stateInvalidPassword      = "28P01"
	stateInvalidAuthorization = "28000"
	stateInvalidCatalogName   = "3D000"
	statePrivilege            = "42501"
	stateQueryCanceled        = "57014"
	stateAdminShutdown        = "57P01"
	stateCrashShutdown        = "57P02"
	stateCannotConnectNow     = "57P03"
	stateDatabaseDropped      = "57P04"
	stateTooManyConnections   = "53300"
	stateInternal             = "XX000"
)

var errConnectTimeout = errors.New("no answer in time")

// connectFault tells why a connection could not be opened. The driver's own error repeats user and database and may
// quote settings, so only its innermost cause is shown.
func connectFault(ctx context.Context, err error, cfg engine.Config, config *pgconn.Config) error {
	target := cfg.Redacted()
	var server *pgconn.PgError
	switch {
	case errors.As(err, &server):
		return refusedFault(server, target, cfg)
	case context.Cause(ctx) != nil && !errors.Is(context.Cause(ctx), errConnectTimeout):
		return contextFault(ctx, "connecting to "+target)
	}
	where := fmt.Sprintf("%s port %d", config.Host, config.Port)
	if strings.HasPrefix(config.Host, "/") {
		where = fmt.Sprintf("the socket %s/.s.PGSQL.%d", strings.TrimSuffix(config.Host, "/"), config.Port)
	}
	var dns *net.DNSError
	switch {
	case isTLS(err):
		return fault.Wrap(fault.TLSFailed, innermost(err), "no secure connection to %s could be made (sslmode %s)", where, sslmode(cfg))
	case errors.As(err, &dns):
		return fault.New(fault.Unreachable, "the host name %s cannot be resolved: check its spelling and the network", config.Host)
	case pgconn.Timeout(err), errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unreachable, "%s did not answer within %s: check host, port and firewalls", where, config.ConnectTimeout)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return fault.New(fault.Unreachable, "nothing accepts connections at %s: check host and port, and that the server runs", where)
	case strings.Contains(err.Error(), "password"), strings.Contains(err.Error(), "SCRAM"), strings.Contains(err.Error(), "auth"):
		return fault.New(fault.AuthFailed, "%s wants a way to log in that was not possible with what was given: check user and password", target)
	}
	return fault.Wrap(fault.Unreachable, innermost(err), "no connection to PostgreSQL at %s could be opened", where)
}

func sslmode(cfg engine.Config) string {
	if mode := cfg.Params.Get("sslmode"); mode != "" {
		return mode
	}
	return "prefer"
}

// refusedFault is a connection that the server itself turned down.
func refusedFault(e *pgconn.PgError, target string, cfg engine.Config) error {
	switch e.Code {
	case stateInvalidPassword, stateInvalidAuthorization:
		return fault.Wrap(fault.AuthFailed, serverMessage(e), "%s refused the log-in of user %q: check user and password", target, cfg.User)
	case stateInvalidCatalogName:
		return fault.New(fault.NoDatabase, "the database %q does not exist on the server of %s", cfg.Database, target)
	case statePrivilege:
		return fault.Wrap(fault.NoPrivilege, serverMessage(e), "user %q may not connect to %s", cfg.User, target)
	case stateTooManyConnections, stateCannotConnectNow:
		return fault.Wrap(fault.Unreachable, serverMessage(e), "%s takes no connection now: try again later", target)
	}
	return fault.Wrap(fault.Unreachable, serverMessage(e), "%s refused the connection", target)
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
		errors.As(err, &invalid) || errors.As(err, &host) || strings.Contains(err.Error(), "server refused TLS connection") ||
		strings.Contains(err.Error(), "tls:") || strings.Contains(err.Error(), "x509:")
}

// innermost is the end of the error's chain; of joined errors, the last one's.
func innermost(err error) error {
	for {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			if all := joined.Unwrap(); len(all) > 0 {
				err = all[len(all)-1]
				continue
			}
			return err
		}
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// fault turns an error of the driver into one for the user; doing says what was being done.
func (c *conn) fault(ctx context.Context, err error, doing string) error {
	if lost := c.commonFault(ctx, err, doing); lost != nil {
		return lost
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		if server.Code == statePrivilege {
			return fault.Wrap(fault.NoPrivilege, serverMessage(server), "%s was refused on %s", doing, c.target)
		}
		return fault.Wrap(fault.Internal, serverMessage(server), "%s failed on %s", doing, c.target)
	}
	return fmt.Errorf("%s on %s: %w", doing, c.target, err)
}

// statementFault is the fault of a statement that somebody wanted executed.
func (c *conn) statementFault(ctx context.Context, err error) error {
	if lost := c.commonFault(ctx, err, "the statement"); lost != nil {
		return lost
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return &fault.Error{Code: fault.StatementFailed, Message: serverMessage(server).Error()}
	}
	return fault.Wrap(fault.StatementFailed, err, "the statement failed on %s", c.target)
}

// commonFault is for what can happen to every statement: cancelled, out of time, connection lost; nil for the rest.
func (c *conn) commonFault(ctx context.Context, err error, doing string) error {
	var server *pgconn.PgError
	isServer := errors.As(err, &server)
	switch {
	case isServer && isShutdown(server.Code):
		return fault.Wrap(fault.ConnectionLost, serverMessage(server), "the connection to %s was lost during: %s", c.target, doing)
	case isServer && server.Code == stateQueryCanceled && ctx.Err() == nil:
		return fault.Wrap(fault.TimedOut, serverMessage(server), "%s was stopped by the server of %s", doing, c.target)
	case isServer && server.Code != stateQueryCanceled:
		return nil
	case ctx.Err() != nil:
		return contextFault(ctx, doing+" on "+c.target)
	case isLost(err) || c.pg.IsClosed():
		return fault.Wrap(fault.ConnectionLost, innermost(err), "the connection to %s was lost during: %s", c.target, doing)
	}
	return nil
}

func isShutdown(code string) bool {
	switch code {
	case stateAdminShutdown, stateCrashShutdown, stateCannotConnectNow, stateDatabaseDropped:
		return true
	}
	return strings.HasPrefix(code, "08")
}

func isLost(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, pgconn.ErrConnClosed)
}

func contextFault(ctx context.Context, doing string) error {
	if errors.Is(context.Cause(ctx), context.Canceled) {
		return fault.New(fault.Cancelled, "%s was cancelled", doing)
	}
	return fault.New(fault.TimedOut, "%s took longer than allowed", doing)
}

// serverMessage is everything that the server said, in one text.
func serverMessage(e *pgconn.PgError) error {
	text := e.Message
	for _, part := range [][2]string{{"detail", e.Detail}, {"hint", e.Hint}, {"where", e.Where}} {
		if part[1] != "" {
			text += "; " + part[0] + ": " + part[1]
		}
	}
	return fmt.Errorf("%s (SQLSTATE %s)", text, e.Code)
}
