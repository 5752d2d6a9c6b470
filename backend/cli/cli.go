package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
)

// The exit codes that scripts rely on.
const (
	exitEqual     = 0
	exitError     = 1
	exitDifferent = 2
)

// Setup is what a composition root puts into the command line.
type Setup struct {
	Engines *engine.Registry
	// Keyring opens the system's keyring; nil: there is none. It is called when a secret is needed.
	Keyring func(context.Context) (secret.Store, error)
}

// app is one invocation.
type app struct {
	setup   Setup
	service *service.Service
	kept    *kept // the saved connections; nil until they are needed
	term    terminal
	out     *output
	err     io.Writer
	code    int // of the command that ran without error
	timeout time.Duration
	// acceptNew: keys of SSH hosts that nothing is known of are added to the known ones.
	acceptNew bool
	asking    sync.Mutex // one question at a time, whoever asks
}

// Main runs the program on the process's own arguments and streams, and returns its exit code. A first interrupt cancels
// what is going on, which then reports in what state it left things; a second one kills.
func Main(setup Setup) int {
	ctx, stop := interruptible(context.Background(), os.Stderr)
	defer stop()
	return invoke(ctx, setup, takeArguments(os.Args)[1:], os.Stdin, os.Stdout, os.Stderr)
}

func invoke(ctx context.Context, setup Setup, args []string, in, out, stderr *os.File) int {
	a := &app{setup: setup, service: service.New(setup.Engines), term: newTerminal(in, out, stderr), out: newOutput(out), err: stderr}
	a.service.AskPassword, a.service.Asker, a.service.AskPassphrase = a.askPassword, asker{a}, a.askPassphrase
	defer a.close()
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if flushErr := a.out.Flush(); err == nil {
		err = flushErr
	}
	if err == nil {
		return a.code
	}
	if !errors.Is(err, errClosedPipe) {
		a.term.progress.clear()
		say(stderr, "dbstruct: %s\n", scrub(a.sentence(err)))
	}
	return exitError
}

// sentence is an error's text with what the user can do about it here.
func (a *app) sentence(err error) string {
	text := clean(err.Error())
	switch code := fault.CodeOf(err); {
	case code == fault.HostKeyUnknown && !a.term.canAsk:
		text += "; or give --accept-new"
	case code == fault.SSHAuthFailed && !a.term.canAsk:
		text += fmt.Sprintf("; there is no terminal to ask on: set %s or %s", variableOf(secret.SSHPassword), variableOf(secret.KeyPassphrase))
	case code == fault.TLSKeyPassphrase && !a.term.canAsk:
		text += fmt.Sprintf("; there is no terminal to ask on: set %s", variableOf(secret.TLSKeyPassphrase))
	}
	var usage usageError
	if errors.As(err, &usage) {
		return text + "\nSee 'dbstruct " + usage.command + "--help'."
	}
	return text
}

// usageError is a command line that cannot be understood.
type usageError struct {
	error
	command string // with a space behind it, or empty
}

func (e usageError) Unwrap() error { return e.error }

// usage makes every error of arguments and flags one of the user's.
func usage(cmd *cobra.Command, format string, args ...any) error {
	name := ""
	if cmd.HasParent() {
		name = strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ") + " "
	}
	return usageError{fault.New(fault.BadInput, format, args...), name}
}

const rootLong = `dbstruct compares the structure of a source database with that of a target database, shows
what differs, and makes the target like the source: PostgreSQL, MySQL, MariaDB and SQLite, each with
each. Between two kinds it says what the target cannot have as the source has it.

Databases are named by the name of a saved connection (see dbstruct connections --help) or by URL:

  postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full&schema=app
  mysql://USER@HOST/DATABASE          mariadb://USER@/DATABASE?socket=/run/mysqld/mysqld.sock
  sqlite:path/to/file.db              sqlite:///absolute/path/to/file.db

Parameters, of which docs/cli.md has more: sslmode (disable, prefer, require, verify-ca, verify-full), sslrootcert, sslcert,
sslkey, sslservername, service (PostgreSQL), connect_timeout (seconds), schema (PostgreSQL, may be repeated; every schema otherwise),
host or socket (path of a Unix socket), and ssh ([user@]host[:port] of an SSH host on the way). In user names, passwords and database names write @ as %40,
: as %3A, / as %2F, ? as %3F, # as %23, % as %25.

A password comes from the URL, from the environment variable DBSTRUCT_SOURCE_PASSWORD or
DBSTRUCT_TARGET_PASSWORD, from where the connection keeps it, or from a question on the terminal.
It is never printed.

Exit codes: 0 the structures are equal, 2 they differ, 1 an error.`

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "dbstruct",
		Short:         "Compare the structure of two databases and make one like the other",
		Long:          rootLong,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			if !commandPattern.MatchString(args[0]) { // it may be a URL with a password
				return usage(cmd, "name a command first: diff, sync, inspect, connections, demo or version")
			}
			return usage(cmd, "%q is no command: there are diff, sync, inspect, connections, demo and version", args[0])
		},
	}
	root.SetFlagErrorFunc(flagError)
	refuseSecretFlags(root)
	root.AddCommand(a.diffCommand(), a.syncCommand(), a.inspectCommand(), a.connectionsCommand(), a.demoCommand(), a.versionCommand())
	return root
}

// arguments demands exactly these arguments; those in brackets may be missing, from the end.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		write := cmd.Parent().CommandPath() + " " + cmd.Use
		switch {
		case len(args) < len(names) && !strings.HasPrefix(names[len(args)], "["):
			return usage(cmd, "%s is missing: write %s", names[len(args)], write)
		case len(args) > len(names):
			return usage(cmd, "there are %d arguments too many: write %s", len(args)-len(names), write)
		}
		return nil
	}
}

// limited puts --timeout into force.
func (a *app) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if a.timeout > 0 {
		return context.WithTimeout(ctx, a.timeout)
	}
	return context.WithCancel(ctx)
}

// explained adds to an error what the user should know about time limits and cancels; changed tells whether something
// may have been changed, which the error itself then explains.
func (a *app) explained(ctx context.Context, err error, changed bool) error {
	switch {
	case err == nil || changed:
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("the time limit of %s was up and nothing was changed: give more with --timeout (%w)", a.timeout, err)
	case ctx.Err() != nil:
		return fmt.Errorf("cancelled, nothing was changed (%w)", err)
	}
	return err
}

// graceful is how long reading that was cancelled may take to end in good order.
const graceful = time.Second

// soon does work that changes nothing, and does not wait long for it when the context has ended: a network that is gone
// would hold up even the cancelling.
func soon[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := work()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		return o.value, o.err
	case <-time.After(graceful):
		var none T
		return none, fault.New(fault.Cancelled, "the server does not answer")
	}
}
