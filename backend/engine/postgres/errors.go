package postgres

import (
	"context"
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

// fault tells why a connection could not be opened. The driver's own error repeats user and database and may quote settings,
// so only its innermost cause is shown.
func (a *attempt) fault(ctx context.Context, err error, cfg engine.Config) error {
	target, config := cfg.Redacted(), a.config
	var server *pgconn.PgError
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &server):
		return a.refused(server, target, cfg)
	case context.Cause(ctx) != nil && !errors.Is(context.Cause(ctx), errConnectTimeout):
		return contextFault(ctx, "connecting to "+target)
	}
	where := net.JoinHostPort(config.Host, fmt.Sprint(config.Port))
	if strings.HasPrefix(config.Host, "/") {
		where = fmt.Sprintf("the socket %s/.s.PGSQL.%d", strings.TrimSuffix(config.Host, "/"), config.Port)
	}
	if notOffered(err) {
		return a.tls.NotOffered(where)
	}
	if f := a.tls.Fault(err, where); f != nil {
		return f
	}
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return fault.New(fault.Unreachable, "the host name %s cannot be resolved: check its spelling and the network", config.Host)
	case pgconn.Timeout(err), errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unreachable, "%s did not answer within %s: check host, port and firewalls", where, config.ConnectTimeout)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return fault.New(fault.Unreachable, "nothing accepts connections at %s: check host and port, and that the server runs", where)
	case strings.Contains(err.Error(), "channel bind"):
		return fault.Wrap(fault.AuthFailed, innermost(err), "the log-in to %s cannot be bound to an encrypted connection, as channel_binding=require demands: it needs TLS, and a password of the kind scram-sha-256 on the server", target)
	case strings.Contains(err.Error(), "require_auth"):
		return fault.Wrap(fault.AuthFailed, innermost(err), "%s wants another way to log in than require_auth=%s allows", target, config.RequireAuth)
	case strings.Contains(err.Error(), "password"), strings.Contains(err.Error(), "SCRAM"), strings.Contains(err.Error(), "auth"):
		return fault.New(fault.AuthFailed, "%s wants a way to log in that was not possible with what was given: check user and password%s", target, a.note)
	}
	return fault.Wrap(fault.Unreachable, innermost(err), "no connection to PostgreSQL at %s could be opened", where)
}

// refused is a connection that the server itself turned down.
func (a *attempt) refused(e *pgconn.PgError, target string, cfg engine.Config) error {
	switch e.Code {
	case stateInvalidAuthorization:
		// One code for several things, which only the text tells apart. Before the log-in it is in the server's language.
		switch encrypted := a.config.TLSConfig != nil; {
		case strings.Contains(e.Message, "client certificate"):
			return a.certificate(e, target, cfg)
		case strings.Contains(e.Message, "pg_hba.conf") && !encrypted && a.tls.Mode == "disable":
			return fault.Wrap(fault.TLSRequired, serverMessage(e), "%s does not let user %q in from here without encryption: try sslmode=require, else pg_hba.conf on the server has to allow it", target, cfg.User)
		case strings.Contains(e.Message, "pg_hba.conf"):
			return fault.Wrap(fault.AuthFailed, serverMessage(e), "pg_hba.conf on the server does not let user %q in to %s from here", cfg.User, target)
		}
		fallthrough
	case stateInvalidPassword:
		return fault.Wrap(fault.AuthFailed, serverMessage(e), "%s refused the log-in of user %q: check user and password%s", target, cfg.User, a.note)
	case stateInvalidCatalogName:
		return fault.New(fault.NoDatabase, "the database %q does not exist on the server of %s", cfg.Database, target)
	case statePrivilege:
		return fault.Wrap(fault.NoPrivilege, serverMessage(e), "user %q may not connect to %s", cfg.User, target)
	case stateTooManyConnections, stateCannotConnectNow:
		return fault.Wrap(fault.Unreachable, serverMessage(e), "%s takes no connection now: try again later", target)
	}
	return fault.Wrap(fault.Unreachable, serverMessage(e), "%s refused the connection", target)
}

// certificate is a log-in that wants a client's certificate, or another one.
func (a *attempt) certificate(e *pgconn.PgError, target string, cfg engine.Config) error {
	if a.tls.HasClientCertificate() {
		return fault.Wrap(fault.TLSClientCert, serverMessage(e), "%s does not accept the client certificate in %s for user %q", target, cfg.Params.Get("sslcert"), cfg.User)
	}
	return fault.Wrap(fault.TLSClientCert, serverMessage(e), "%s requires a client certificate for user %q: give one with its key as sslcert and sslkey", target, cfg.User)
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
